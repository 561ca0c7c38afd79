//! The rulebook: a compiled standard, as plain data.
//!
//! A rulebook is a finite graph: a node refers only to nodes before it, so
//! there are no cycles and nothing to run. It can be wrong; it cannot be harmful.
//! How it is made is `author`'s business, what it says about data is `check`'s.

mod bytes;
mod graph;
#[cfg(feature = "author")]
mod module;
mod scheme;

pub use bytes::Unreadable;
pub use graph::{
    Constant, Graph, Id, Node, Order, Place, Rounding, StepMode, Steps, ZeroPolicy, in_order,
    ordered,
};
#[cfg(feature = "author")]
pub use module::{section, with_section};
pub use scheme::{Absent, Grade, Kind, Scheme, Veto};

use crate::date::Date;
use crate::number::Number;
use crate::text::concat;

/// A compiled standard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rulebook {
    /// What the standard is.
    pub standard: Standard,
    /// Chapters, in the order of the document.
    pub chapters: Vec<Chapter>,
    /// Phases of the work, in the order of the document.
    pub phases: Vec<Phase>,
    /// Groups of indicators that share data, in the order of the files.
    pub groups: Vec<Group>,
    /// What staff enter.
    pub fields: Vec<Field>,
    /// Thresholds kept out of the rules.
    pub parameters: Vec<Parameter>,
    /// The criteria.
    pub indicators: Vec<Indicator>,
    /// What must hold between fields.
    pub data_checks: Vec<DataCheck>,
    /// The other scales in which values may be entered, unit by unit.
    pub scales: Vec<Scale>,
    /// How points make a score.
    pub scheme: Scheme,
    /// Every expression of the above.
    pub graph: Graph,
}

/// What a standard is and where it comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standard {
    /// ASCII, the same in every version.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version of these rules.
    pub version: String,
    /// Shown wherever the standard is: what it is and what it is not.
    pub notice: String,
    /// Governing document with its number.
    pub document: String,
    /// Who issued the document.
    pub issuer: String,
}

/// A chapter of the standard.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// The folder of its rule files.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause of the governing document.
    pub clause: String,
}

/// A phase of the work, with its last day.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// ASCII.
    pub id: String,
    /// Title.
    pub title: String,
    /// First day.
    pub from: Date,
    /// Last day, which belongs to it.
    pub to: Date,
    /// What is to be done in it.
    pub task: String,
}

/// Indicators that share data; one rule file.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// `<chapter>/<file>`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Index of the chapter.
    pub chapter: u32,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FieldType {
    /// A quantity.
    Number,
    /// A whole number of things.
    Count,
    /// 0–100, or more where the field's limits say so.
    Percent,
    /// 是 or 否.
    YesNo,
    /// One of the field's choices.
    Choice,
    /// A civil date.
    Date,
    /// Words.
    Text,
}

/// Which way a value should go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Better {
    /// The more the better.
    More,
    /// The less the better.
    Less,
}

impl FieldType {
    /// All types with the words that rules and forms use for them.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("number", Self::Number),
        ("count", Self::Count),
        ("percent", Self::Percent),
        ("yes-no", Self::YesNo),
        ("choice", Self::Choice),
        ("date", Self::Date),
        ("text", Self::Text),
    ];

    /// The word that rules and forms use.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// Something that staff enter.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// ASCII, unique among fields and parameters.
    pub id: String,
    /// Short name, as rules write it.
    pub name: String,
    /// Name in full, as forms show it.
    pub label: String,
    /// What it holds.
    pub kind: FieldType,
    /// Unit of the value; empty where it has none.
    pub unit: String,
    /// Smallest value allowed, in `unit`.
    pub min: Option<Number>,
    /// Largest value allowed, in `unit`.
    pub max: Option<Number>,
    /// Decimal places that a suggested value may have.
    pub digits: u32,
    /// How to fill it in.
    pub help: String,
    /// Index of the group.
    pub group: u32,
    /// Who enters it.
    pub department: String,
    /// Evidence wanted.
    pub evidence: String,
    /// One value per key; empty for a single value.
    pub keys: Vec<String>,
    /// The words allowed, for a choice.
    pub choices: Vec<String>,
    /// A fact that nobody changes in order to pass.
    pub given: bool,
    /// Whether more of it is better, or less; where it is known, no fix goes the other way.
    pub better: Option<Better>,
    /// Entered for the record; no rule reads it.
    pub record: bool,
    /// Index of its first value among all values of an entry.
    pub slot: u32,
}

impl Field {
    /// How many values it has.
    pub fn width(&self) -> usize {
        self.keys.len().max(1)
    }
}

/// Another scale of a unit's quantity: 公顷 where the unit is 万平方米.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// A unit of fields or parameters.
    pub unit: String,
    /// What the other scale is called.
    pub name: String,
    /// How many of `unit` one of it is.
    pub factor: Number,
}

/// How well the source of a value is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Confidence {
    /// The plan itself asks for it.
    Plan,
    /// An official text, for this very line.
    Official,
    /// Published by some public body for a like thing.
    Published,
    /// From memory of a published standard, not read again.
    Recalled,
}

impl Confidence {
    /// All of them with the words that rules and reports use for them.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("plan", Self::Plan),
        ("official", Self::Official),
        ("published elsewhere", Self::Published),
        ("recalled", Self::Recalled),
    ];

    /// The word that rules and reports use.
    pub fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

/// The word of a value in a table of words.
fn word_of<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    let found = words.iter().find(|(_, known)| *known == value);
    found.map_or("", |(word, _)| word)
}

/// A threshold: a number with a unit, or one of some words.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// ASCII, unique among fields and parameters.
    pub id: String,
    /// Name, as rules write it and screens show it.
    pub label: String,
    /// Unit of the value.
    pub unit: String,
    /// The words allowed, where it is not a number.
    pub choices: Vec<String>,
    /// What is known about it beyond its values.
    pub note: String,
    /// By effective date, oldest first; empty where none is known: the user sets it.
    pub values: Vec<ParameterValue>,
}

/// A value of a parameter, and from when to when it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterValue {
    /// First day.
    pub from: Date,
    /// Last day, if it has one.
    pub to: Option<Date>,
    /// The value, in the parameter's unit.
    pub value: Constant,
    /// Document.
    pub source: String,
    /// Clause of the document.
    pub clause: String,
    /// Where it was read.
    pub url: String,
    /// How well it is known.
    pub confidence: Confidence,
}

/// A criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// As the standard numbers it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Index of the group.
    pub group: u32,
    /// Clause of the governing document.
    pub clause: String,
    /// The words of that clause.
    pub quote: String,
    /// Who answers for it.
    pub department: String,
    /// Full points.
    pub points: Number,
    /// How its points count.
    pub kind: Kind,
    /// What its failing means for the whole.
    pub veto: Option<Veto>,
    /// Index of the phase in which it is due.
    pub phase: Option<u32>,
    /// Last day on which it is in time.
    pub deadline: Option<Date>,
    /// Evidence wanted.
    pub evidence: String,
    /// Indices of the fields that are no way to pass here.
    pub given: Vec<u32>,
    /// The condition.
    pub meets: Id,
    /// Points won, where they are not all or nothing.
    pub score: Option<Id>,
    /// Whether it concerns this user at all.
    pub applies: Option<Id>,
    /// What to do when it fails.
    pub advice: String,
    /// What to do when a certain part of the condition fails.
    pub advices: Vec<Advice>,
    /// What to know when reading the result.
    pub note: String,
}

/// What to do when a part of a condition fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The part.
    pub condition: Id,
    /// What to do.
    pub text: String,
}

/// A condition that must hold between fields.
#[derive(Clone, Debug, PartialEq)]
pub struct DataCheck {
    /// The condition.
    pub holds: Id,
    /// What to say when it does not.
    pub message: String,
    /// An error makes what depends on these fields `invalid`; a warning is only shown.
    pub error: bool,
}

impl Rulebook {
    /// How many values an entry has.
    pub fn slots(&self) -> usize {
        self.fields
            .last()
            .map_or(0, |f| f.slot as usize + f.width())
    }

    /// The field of a slot, and the key where the field is a list.
    pub fn field_of(&self, slot: u32) -> Option<(&Field, Option<&str>)> {
        let after = self.fields.partition_point(|f| f.slot <= slot);
        let field = self.fields.get(after.checked_sub(1)?)?;
        Some((
            field,
            field
                .keys
                .get((slot - field.slot) as usize)
                .map(String::as_str),
        ))
    }

    /// What a slot is called in data: `id`, or `id.key` for one value of a list.
    pub fn slot_id(&self, slot: u32) -> String {
        match self.field_of(slot) {
            Some((field, None)) => field.id.clone(),
            Some((field, Some(key))) => concat(&[&field.id, ".", key]),
            None => String::new(),
        }
    }

    /// What a slot is called on screens.
    pub fn slot_label(&self, slot: u32) -> String {
        match self.field_of(slot) {
            Some((field, None)) => field.label.clone(),
            Some((field, Some(key))) => concat(&[&field.label, "（", key, "）"]),
            None => String::new(),
        }
    }

    /// The chapter of a group.
    pub fn chapter_of(&self, group: u32) -> Option<&Chapter> {
        self.chapters
            .get(self.groups.get(group as usize)?.chapter as usize)
    }
}
