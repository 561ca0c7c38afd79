//! What is different between two versions of a standard, in words; and which verdicts on
//! given data turn, and what turned them.
//!
//! Two rulebooks are compared as lists of things with properties (`things`); expressions
//! are the same when they compute the same, wherever they are written.

mod attribute;
mod flips;
mod standing;
mod support;
mod things;

pub use attribute::{Attributed, Attribution, Line, Part, Side, Turned, Turning};
pub use flips::{Cause, Compared, Flip, turned};
pub use standing::{Standing, standing};

use crate::rulebook::Rulebook;
use crate::wording::Text;
use serde::Serialize;
use things::{Property, Thing, things};

/// What happened to a thing or to a property of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// Both have it, differently.
    Changed,
}

/// Something that is different.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// `standard`, `chapter`, `phase`, `scheme`, `parameter`, `field`, `data_check` or `indicator`.
    pub of: &'static str,
    /// Its id; the message of a data check.
    pub id: String,
    /// Its title or label.
    pub title: String,
    /// What happened.
    pub how: How,
    /// Which property; empty where it is the whole thing.
    pub what: Text,
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
    /// Whether it can turn a verdict or a score.
    pub judges: bool,
    /// The part of a check that it belongs to: `Parameters` for the values of lines and their last days, else `Rules`.
    #[serde(skip)]
    pub part: Part,
}

impl Change {
    /// The change in a line, without the thing it is of.
    pub fn shown(&self) -> Text {
        let mut zh = format!(
            "{}：{} → {}",
            self.what.zh,
            told(&self.from),
            told(&self.to)
        );
        let mut en = format!(
            "{}: {} → {}",
            self.what.en,
            told(&self.from),
            told(&self.to)
        );
        match self.how {
            How::Changed if self.from == self.to => {
                zh = format!(
                    "{}：{}（写法相同，换算、取整或零的约定不同）",
                    self.what.zh, self.to
                );
                en = format!(
                    "{}: {} (the same words; rounding or units differ)",
                    self.what.en, self.to
                );
            }
            How::Changed => {}
            How::Added => {
                zh = format!("{}：新增 {}", self.what.zh, told(&self.to));
                en = format!("{}: added {}", self.what.en, told(&self.to));
            }
            How::Removed => {
                zh = format!("{}：删去 {}", self.what.zh, told(&self.from));
                en = format!("{}: removed {}", self.what.en, told(&self.from));
            }
        }
        Text { zh, en }
    }
}

fn told(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

/// What is different in `new`; nothing where the rules say the same, wherever they are written.
pub fn compare(old: &Rulebook, new: &Rulebook) -> Vec<Change> {
    let (before, after) = things(old, new);
    let mut changes = Vec::new();
    for thing in &after {
        match before.iter().find(|old| old.is_same(thing)) {
            Some(old) => properties(old, thing, &mut changes),
            None => changes.push(thing.change(How::Added)),
        }
    }
    for thing in &before {
        if !after.iter().any(|new| new.is_same(thing)) {
            changes.push(thing.change(How::Removed));
        }
    }
    // Things of a kind stand together.
    changes.sort_by_key(|change| {
        things::KINDS
            .iter()
            .position(|(kind, ..)| *kind == change.of)
    });
    changes
}

fn properties(old: &Thing, new: &Thing, changes: &mut Vec<Change>) {
    let find = |thing: &Thing, property: &Property| {
        let mut all = thing.properties.iter();
        all.find(|p| p.name == property.name).cloned()
    };
    let change = |how, from: Option<&Property>, to: Option<&Property>| {
        let either = to.or(from);
        let shown =
            |property: Option<&Property>| property.map_or_else(String::new, |p| p.shown.clone());
        Change {
            of: new.of,
            id: new.id.clone(),
            title: new.title.clone(),
            how,
            what: either.map(|p| p.name.clone()).unwrap_or_default(),
            from: shown(from),
            to: shown(to),
            judges: either.is_some_and(|p| p.judges),
            part: either.map_or(Part::Rules, |p| p.part),
        }
    };
    for property in &new.properties {
        match find(old, property) {
            Some(before) if before.same == property.same => {}
            Some(before) => changes.push(change(How::Changed, Some(&before), Some(property))),
            None => changes.push(change(How::Added, None, Some(property))),
        }
    }
    for property in &old.properties {
        if find(new, property).is_none() {
            changes.push(change(How::Removed, Some(property), None));
        }
    }
}

/// The kinds of things, with their names in both languages, in the order of a comparison.
pub fn kinds() -> impl Iterator<Item = (&'static str, Text)> {
    let all = things::KINDS.iter();
    all.map(|(kind, zh, en)| (*kind, Text::new(*zh, *en)))
}
