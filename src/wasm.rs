//! The boundary to JavaScript; no logic. `wasm.d.ts` is its contract, `wasm.js` its other half.
//!
//! Only numbers and texts cross, since each kind of JavaScript's values costs code on both sides: `wasm.js` takes entries
//! apart, gives them item by item, asks, and reads in this module's memory where an answer lies. Reports are one text.
//! What has to be fast lies in arrays there: `wasm.js` writes values by slot and reads outcomes and points, and asks for
//! names only when somebody reads them. Bad *data* never throws: it is in the report. Misuse and unreadable rulebooks
//! throw, in `wasm.js`.

#[cfg(feature = "author")]
mod studio;

use crate::check::{
    Cause, Finding, Gate, Plain, Prepared, Row, Session, Small, Value, check, gates, nearest,
};
use crate::date::Date;
use crate::digest::digest;
use crate::entry::{self, Entry, Given};
use crate::explain::branches::Branches;
use crate::explain::reason::Explain;
use crate::report::{Lang, report};
use crate::rulebook::{Id, Rulebook, Unreadable};
use crate::text::cut;
use crate::{form, json};
use std::mem;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A third of the size of the standard library's allocator, and as fast.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// How a value crosses in `Desk::kinds`; in the order of `wasm.js`.
const NUMBER: u8 = 1;
const NO: u8 = 2;
const YES: u8 = 3;
const TEXT: u8 = 4;
/// A text of `Desk::coded`, by its place; in batches, where what is no number is nothing.
const CODE: u8 = 5;
/// A number, in batches, where what is no number is nothing.
const NUMBER_OR_NOTHING: u8 = 6;

/// So many values of rows cross at once, if one row has not more: a quarter of a megabyte.
const BLOCK: usize = 1 << 14;

/// A standard, ready to check entries.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Core {
    rulebook: Rc<Rulebook>,
    /// The rulebook's bytes, until their digest is wanted.
    bytes: Vec<u8>,
    digest: String,
    /// What was given, for the next question that is about an entry.
    entry: Entry,
    desk: Option<Desk>,
    /// The latest answer that is a text.
    text: String,
    /// Where the latest answer lies, if it is more than a number.
    answer: Vec<u32>,
}

/// Where fast checks on one date are done.
#[derive(Debug)]
struct Desk {
    prepared: Prepared,
    gates: Vec<Gate>,
    /// Where to look first for the decimal places of each slot's numbers.
    places: Vec<u32>,
    /// Texts that batches know by their place.
    coded: Vec<Plain>,
    row: Row,
    /// What was judged last, where it was not `row`.
    other: Option<Row>,
    // What crosses; of a length that never changes, so that they stay where they are: one kind for each slot, then numbers,
    // outcomes and points of a block of rows.
    kinds: Vec<u8>,
    numbers: Vec<f64>,
    outcomes: Vec<u8>,
    points: Vec<f64>,
    /// The points that each indicator won last.
    known: Vec<Known>,
    reasons: Branches,
}

/// Points, and the nearest binary number: most rows win the same or nothing, and dividing takes long.
#[derive(Clone, Debug)]
struct Known(Small, f64);

impl Known {
    fn of(&mut self, points: Small) -> f64 {
        if points.parts().0 == 0 {
            return 0.0;
        }
        if self.0.parts() != points.parts() {
            *self = Self(points, nearest(points));
        }
        self.1
    }
}

#[wasm_bindgen]
impl Core {
    /// Reads a rulebook, if the bytes are one that this version can read.
    #[wasm_bindgen(skip_typescript)]
    pub fn load(bytes: Vec<u8>) -> Option<Self> {
        Some(Self {
            rulebook: Rulebook::from_bytes(&bytes).ok()?.into(),
            bytes,
            digest: String::new(),
            entry: Entry::default(),
            desk: None,
            text: String::new(),
            answer: Vec::new(),
        })
    }

    /// Whether bytes begin as a rulebook of this version does.
    #[wasm_bindgen(skip_typescript)]
    pub fn is_rulebook(bytes: &[u8]) -> bool {
        !matches!(Rulebook::from_bytes(bytes), Err(Unreadable::NotARulebook))
    }

    /// Gives an item of an entry: bits 0–1 say of which part, bits 2–4 what it is, bit 5 that it belongs to the list
    /// that was given last.
    #[wasm_bindgen(skip_typescript)]
    pub fn give(&mut self, kind: u32, name: &str, text: &str) {
        let part = match kind & 3 {
            0 => &mut self.entry.fields,
            1 => &mut self.entry.parameters,
            2 => &mut self.entry.not_applicable,
            _ => &mut self.entry.waived,
        };
        let given = match kind >> 2 & 7 {
            0 => Given::Empty,
            1 => Given::Truth(false),
            2 => Given::Truth(true),
            3 => Given::Text(text.into()),
            _ => Given::Keyed(Vec::new()),
        };
        let list = match part.last_mut() {
            Some((_, Given::Keyed(list))) if kind & 32 != 0 => list,
            _ => part,
        };
        list.push((name.into(), given));
    }

    /// Begins a session with the entry that was given; nothing where the text is no date.
    #[wasm_bindgen(skip_typescript)]
    pub fn session(&mut self, as_of: &str) -> Option<CoreSession> {
        let entry = mem::take(&mut self.entry);
        let reading = entry::read(&self.rulebook, &entry);
        let indicators = self.rulebook.indicators.len();
        Some(CoreSession {
            session: Session::new(self.rulebook.clone(), reading, Date::parse(as_of)?),
            changed: vec![0; 2 * indicators],
            points: vec![0.0; indicators],
            rulebook: self.rulebook.clone(),
            answer: [0; 2],
        })
    }

    /// The report of the entry that was given; none where the text is no date.
    #[wasm_bindgen(skip_typescript)]
    pub fn report(&mut self, lang: u32, as_of: &str) -> u32 {
        let entry = mem::take(&mut self.entry);
        let Some(as_of) = Date::parse(as_of) else {
            return 0;
        };
        // Not both texts at once.
        self.text = String::new();
        let lang = if lang == 0 { Lang::Zh } else { Lang::En };
        self.seal();
        let report = report(&self.rulebook, &self.digest, &entry, as_of, lang);
        self.tell(json::text(&report))
    }

    /// What a form needs.
    #[wasm_bindgen(skip_typescript)]
    pub fn describe(&mut self) -> u32 {
        self.seal();
        let described = json::text(&form::form(&self.rulebook, &self.digest));
        self.tell(described)
    }

    /// The slots of the fields that were given; -1 where there is no such field, -2 where it is a list.
    #[wasm_bindgen(skip_typescript)]
    pub fn slots(&mut self) -> u32 {
        let Entry { fields, .. } = mem::take(&mut self.entry);
        // A list of all names pays off where many are looked up.
        let names = (fields.len() > 8).then(|| entry::field_names(&self.rulebook));
        let mut answer = Vec::new();
        for (name, _) in &fields {
            let slot = entry::slot_of(&self.rulebook, names.as_ref(), name);
            answer.push(slot.map_or(-1, |slot| slot.map_or(-2, |slot| slot as i32)) as u32);
        }
        self.answer(answer)
    }

    /// Makes everything ready for fast checks on a date: where kinds, numbers, outcomes and points lie, and how many
    /// slots, indicators, and rows at once there are. None where the text is no date.
    #[wasm_bindgen(skip_typescript)]
    pub fn ready(&mut self, as_of: &str) -> u32 {
        let Some(as_of) = Date::parse(as_of) else {
            return 0;
        };
        let nothing = entry::read(&self.rulebook, &Entry::default());
        let prepared = Prepared::new(&self.rulebook, &nothing, as_of);
        let (slots, indicators) = (self.rulebook.slots(), self.rulebook.indicators.len());
        let block = (BLOCK / (slots + indicators + 1)).clamp(1, 64);
        let mut known = Vec::new();
        known.resize_with(indicators, || Known(0.into(), 0.0));
        let desk = self.desk.insert(Desk {
            gates: gates(&self.rulebook, &prepared.words),
            row: prepared.blank(),
            other: None,
            coded: Vec::new(),
            prepared,
            places: vec![0; slots],
            kinds: vec![0; slots],
            numbers: vec![0.0; slots * block],
            outcomes: vec![0; indicators * block],
            points: vec![0.0; indicators * block],
            known,
            reasons: Branches::default(),
        });
        let answer = vec![
            desk.kinds.as_ptr() as u32,
            desk.numbers.as_ptr() as u32,
            desk.outcomes.as_ptr() as u32,
            desk.points.as_ptr() as u32,
            slots as u32,
            indicators as u32,
            block as u32,
        ];
        self.answer(answer)
    }

    /// Judges the values that were written, of which `texts` are the texts, parted by NUL; `false` where
    /// only `judge_entry` can.
    #[wasm_bindgen(skip_typescript)]
    pub fn judge(&mut self, texts: &str) -> bool {
        let Self { rulebook, desk, .. } = self;
        desk.as_mut()
            .is_some_and(|desk| desk.judge(rulebook, 0, texts))
    }

    /// Judges rows of a block, from one to before another; the first of them that only `judge_entry` can, or the other.
    #[wasm_bindgen(skip_typescript)]
    pub fn judge_rows(&mut self, from: u32, to: u32) -> u32 {
        let Self { rulebook, desk, .. } = self;
        let mut row = from;
        if let Some(desk) = desk {
            while row < to && desk.judge(rulebook, row as usize, "") {
                row += 1;
            }
        }
        row
    }

    /// Judges the entry that was given, of any shape.
    #[wasm_bindgen(skip_typescript)]
    pub fn judge_entry(&mut self) {
        let entry = mem::take(&mut self.entry);
        let reading = entry::read(&self.rulebook, &entry);
        if let Some(desk) = &mut self.desk {
            let as_of = desk.prepared.as_of;
            // Its lines may be its own.
            let own = Prepared::new(&self.rulebook, &reading, as_of);
            let row = desk.other.insert(own.blank());
            let findings = own.judge_reading(&self.rulebook, &reading, row);
            let places = desk.outcomes.iter_mut().zip(&mut desk.points);
            for ((outcome, points), finding) in places.zip(&findings) {
                *outcome = finding.outcome.code();
                *points = nearest_points(finding);
            }
        }
    }

    /// Tells the branches of what was judged last: where marks and numbers lie, and how many there are. None where
    /// there are values that only `judge_entry` knows.
    #[wasm_bindgen(skip_typescript)]
    pub fn explain(&mut self) -> u32 {
        let Some(desk) = &mut self.desk else {
            return 0;
        };
        if desk.other.is_none() && !desk.prepared.is_whole(&desk.row) {
            return 0;
        }
        desk.prepared.complete(&mut desk.row);
        let (reasons, row) = (&mut desk.reasons, desk.other.as_ref().unwrap_or(&desk.row));
        reasons.clear(&self.rulebook.graph);
        for indicator in &self.rulebook.indicators {
            reasons.add(&self.rulebook.graph, &row.values, indicator);
        }
        let answer = vec![
            reasons.marks.as_ptr() as u32,
            reasons.marks.len() as u32,
            reasons.numbers.as_ptr() as u32,
            reasons.numbers.len() as u32,
        ];
        self.answer(answer)
    }

    /// What a branch is: kind, operator, place, and both sides without values.
    #[wasm_bindgen(skip_typescript)]
    pub fn branch(&mut self, node: u32) -> u32 {
        let Some(desk) = &self.desk else {
            return 0;
        };
        let nothing = entry::read(&self.rulebook, &Entry::default());
        let checked = check(&self.rulebook, &nothing, desk.prepared.as_of);
        let explain = Explain::new(&self.rulebook, &nothing, &checked, Lang::Zh);
        let branch = json::text(&explain.branch(Id(node)));
        self.tell(branch)
    }

    /// The code of a text in a slot, for batches.
    #[wasm_bindgen(skip_typescript)]
    pub fn code(&mut self, slot: u32, text: &str) -> u32 {
        let Some(desk) = &mut self.desk else {
            return 0;
        };
        if let Some(gate) = desk.gates.get(slot as usize) {
            let value = gate.text(&self.rulebook, &desk.prepared.words, text);
            desk.coded.push(value);
        }
        (desk.coded.len() as u32).saturating_sub(1)
    }
}

impl Core {
    /// Where an answer lies.
    fn answer(&mut self, answer: Vec<u32>) -> u32 {
        self.answer = answer;
        self.answer.as_ptr() as u32
    }

    /// Works out the rulebook's digest: as long as reading the rulebook takes, so not before it is wanted.
    fn seal(&mut self) {
        if self.digest.is_empty() {
            self.digest = digest(&mem::take(&mut self.bytes));
        }
    }

    fn tell(&mut self, text: String) -> u32 {
        let (at, length) = (text.as_ptr() as u32, text.len() as u32);
        self.text = text;
        self.answer(vec![at, length])
    }
}

fn nearest_points(finding: &Finding) -> f64 {
    let points = finding.points.as_ref();
    // Where the fraction is too long, nine places are as near as anybody looks.
    let points = points
        .and_then(|points| Small::of(points).or_else(|| Small::of(&points.round_half_even(9)?)));
    points.map_or(f64::NAN, nearest)
}

impl Desk {
    /// Judges the values of a row of the block.
    #[cfg_attr(target_arch = "wasm32", optimize(speed))]
    fn judge(&mut self, rulebook: &Rulebook, row: usize, texts: &str) -> bool {
        let (mut rest, mut texts) = (texts, Vec::new());
        while let Some((text, after)) = cut(rest, b"\0") {
            texts.push(text);
            rest = after;
        }
        if !rest.is_empty() {
            texts.push(rest);
        }
        self.other = None;
        self.row.aside.clear();
        self.row.slots.truncate(self.gates.len());
        while self.row.slots.len() < self.gates.len() {
            self.row.slots.push(Value::Unknown(Cause::Missing));
        }
        let numbers = self.numbers.get(row * self.gates.len()..);
        let given = self.kinds.iter().zip(numbers.unwrap_or_default());
        let gates = self.gates.iter().zip(&mut self.places);
        for ((slot, (kind, number)), (gate, places)) in
            self.row.slots.iter_mut().zip(given).zip(gates)
        {
            *slot = match *kind {
                NUMBER => gate.number(*number, places),
                NO => gate.truth(false),
                YES => gate.truth(true),
                TEXT => {
                    let text = texts.get(*number as usize).copied().unwrap_or_default();
                    gate.text(rulebook, &self.prepared.words, text)
                }
                CODE if !number.is_nan() => {
                    let coded = self.coded.get(*number as usize).copied();
                    coded.unwrap_or(Value::INVALID)
                }
                NUMBER_OR_NOTHING if !number.is_nan() => gate.number(*number, places),
                _ => Value::Unknown(Cause::Missing),
            };
        }
        let judged = self.prepared.judge(rulebook, &mut self.row);
        if judged {
            let first = row * self.row.findings.len();
            let places = self.outcomes.iter_mut().zip(&mut self.points).skip(first);
            let known = self.known.iter_mut();
            for (((outcome, points), finding), known) in places.zip(&self.row.findings).zip(known) {
                *outcome = finding.outcome.code();
                *points = match finding.points {
                    Some(won) => known.of(won),
                    None => f64::NAN,
                };
            }
        }
        judged
    }
}

/// An entry that is edited.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct CoreSession {
    rulebook: Rc<Rulebook>,
    session: Session,
    /// Indicator and outcome of each finding that changed.
    changed: Vec<u32>,
    /// Their points.
    points: Vec<f64>,
    /// Where both lie.
    answer: [u32; 2],
}

#[wasm_bindgen]
impl CoreSession {
    /// Where the changes are told.
    #[wasm_bindgen(skip_typescript)]
    pub fn places(&mut self) -> u32 {
        self.answer = [self.changed.as_ptr() as u32, self.points.as_ptr() as u32];
        self.answer.as_ptr() as u32
    }

    /// Edits a value; how many findings changed, or, below zero, so many and one less, where the text can't be read.
    #[wasm_bindgen(skip_typescript)]
    pub fn set(&mut self, slot: u32, text: &str) -> i32 {
        let Some((field, _)) = self.rulebook.field_of(slot) else {
            return 0;
        };
        let value = entry::read_value(&self.rulebook, field, &Given::Text(text.into()));
        let unread = value.is_err();
        let value = match value {
            Ok(value) => value.unwrap_or(Value::Unknown(Cause::Missing)),
            Err(_) => Value::INVALID,
        };
        let changed = self.session.set(slot, value);
        let count = self.tell(&changed);
        if unread { -1 - count } else { count }
    }

    /// Takes the latest edit back; how many findings changed.
    #[wasm_bindgen(skip_typescript)]
    pub fn undo(&mut self) -> i32 {
        match self.session.undo() {
            Some((_, changed)) => self.tell(&changed),
            None => 0,
        }
    }

    /// Tells every finding.
    #[wasm_bindgen(skip_typescript)]
    pub fn all(&mut self) -> i32 {
        let all: Vec<u32> = (0..self.session.findings().len() as u32).collect();
        self.tell(&all)
    }
}

impl CoreSession {
    fn tell(&mut self, changed: &[u32]) -> i32 {
        let places = self.changed.chunks_exact_mut(2).zip(&mut self.points);
        for (index, (place, points)) in changed.iter().zip(places) {
            if let (Some(finding), [indicator, outcome]) =
                (self.session.findings().get(*index as usize), place)
            {
                *indicator = *index;
                *outcome = u32::from(finding.outcome.code());
                *points = nearest_points(finding);
            }
        }
        changed.len() as i32
    }
}
