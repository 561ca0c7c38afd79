//! The boundary to JavaScript; no logic. `wasm.d.ts` is its contract, `wasm.js` its other half.
//!
//! Reports cross as one text. What has to be fast crosses as arrays in this module's memory: `wasm.js` writes values by
//! slot and reads outcomes and points, and asks for names only when somebody reads them. Bad *data* never throws: it is
//! in the report. Misuse and unreadable rulebooks throw an `Error` with a `problems` array.

#[cfg(feature = "author")]
mod studio;

use crate::check::{
    Cause, Finding, Gate, Outcome, Plain, Prepared, Row, Small, Value, gates, nearest,
};
use crate::date::Date;
use crate::digest::digest;
use crate::entry::{self, Entry, Given};
use crate::explain::branches::Branches;
use crate::explain::reason::Explain;
use crate::report::{Lang, report};
use crate::rulebook::{Id, Rulebook, Unreadable};
use crate::{check, form, json};
use js_sys::{Array, Error, Number, Object, Reflect};
use serde::Serialize;
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

/// The memory that the arrays lie in.
#[wasm_bindgen(skip_typescript)]
pub fn own_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// A standard, ready to check entries.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Core {
    rulebook: Rc<Rulebook>,
    digest: String,
    desk: Option<Desk>,
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
    // What crosses; of the length of slots and indicators, so that they stay where they are.
    kinds: Vec<u8>,
    numbers: Vec<f64>,
    outcomes: Vec<u8>,
    points: Vec<f64>,
    reasons: Branches,
}

#[wasm_bindgen]
impl Core {
    /// Reads a rulebook.
    ///
    /// # Errors
    ///
    /// When the bytes are no rulebook that this version can read.
    #[wasm_bindgen(skip_typescript)]
    pub fn load(bytes: &[u8]) -> Result<Self, JsValue> {
        let rulebook = Rulebook::from_bytes(bytes).map_err(|unreadable| match unreadable {
            Unreadable::NotARulebook => problem(
                "not-a-rulebook",
                "这不是本版本能读的规则文件 (not a rulebook of this version)",
            ),
            Unreadable::Damaged => problem(
                "damaged-rulebook",
                "规则文件已损坏 (the rulebook is damaged)",
            ),
        })?;
        Ok(Self {
            rulebook: rulebook.into(),
            digest: digest(bytes),
            desk: None,
        })
    }

    /// What a form needs.
    ///
    /// # Errors
    ///
    /// None in practice: the form is plain data.
    #[wasm_bindgen(skip_typescript)]
    pub fn describe(&self) -> Result<JsValue, JsValue> {
        to_js(&form::form(&self.rulebook, &self.digest))
    }

    /// Judges every indicator and explains it.
    ///
    /// # Errors
    ///
    /// When the arguments are not of the types that `wasm.d.ts` says.
    #[wasm_bindgen(skip_typescript)]
    pub fn check(&self, given: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        let as_of = text_of(options, "as_of").unwrap_or_default();
        let as_of = date(&as_of)?;
        let lang = match text_of(options, "lang") {
            None => Lang::Zh,
            Some(code) => Lang::of(&code)
                .ok_or_else(|| problem("bad-lang", "lang 应为 zh 或 en (lang must be zh or en)"))?,
        };
        let entry = entry(given)?;
        to_js(&report(&self.rulebook, &self.digest, &entry, as_of, lang))
    }

    /// The slot of a field with one value; -1 where there is no such field, -2 where it is a list.
    #[wasm_bindgen(skip_typescript)]
    pub fn slot(&self, name: &str) -> i32 {
        match entry::slot_of(&self.rulebook, name) {
            Some(Some(slot)) => slot as i32,
            Some(None) => -2,
            None => -1,
        }
    }

    /// Makes everything ready for fast checks on a date: where kinds, numbers, outcomes and points lie.
    ///
    /// # Errors
    ///
    /// When the text is no date.
    #[wasm_bindgen(skip_typescript)]
    pub fn ready(&mut self, as_of: &str) -> Result<Vec<u32>, JsValue> {
        let as_of = date(as_of)?;
        let nothing = entry::read(&self.rulebook, &Entry::default());
        let prepared = Prepared::new(&self.rulebook, &nothing, as_of);
        let (slots, indicators) = (self.rulebook.slots(), self.rulebook.indicators.len());
        let desk = self.desk.insert(Desk {
            gates: gates(&self.rulebook, &prepared.words),
            row: prepared.blank(),
            other: None,
            coded: Vec::new(),
            prepared,
            places: vec![0; slots],
            kinds: vec![0; slots],
            numbers: vec![0.0; slots],
            outcomes: vec![0; indicators],
            points: vec![0.0; indicators],
            reasons: Branches::default(),
        });
        Ok(vec![
            desk.kinds.as_ptr() as u32,
            desk.numbers.as_ptr() as u32,
            desk.outcomes.as_ptr() as u32,
            desk.points.as_ptr() as u32,
            slots as u32,
            indicators as u32,
        ])
    }

    /// Judges the values that were written, of which `texts` are the texts, parted by NUL; `false` where
    /// only `judge_entry` can.
    #[wasm_bindgen(skip_typescript)]
    pub fn judge(&mut self, texts: &str) -> bool {
        let Self { rulebook, desk, .. } = self;
        desk.as_mut()
            .is_some_and(|desk| desk.judge(rulebook, texts))
    }

    /// Judges an entry of any shape.
    ///
    /// # Errors
    ///
    /// When the entry is no object.
    #[wasm_bindgen(skip_typescript)]
    pub fn judge_entry(&mut self, given: &JsValue) -> Result<(), JsValue> {
        let reading = entry::read(&self.rulebook, &entry(given)?);
        if let Some(desk) = &mut self.desk {
            let as_of = desk.prepared.as_of;
            // Its lines may be its own.
            let own = Prepared::new(&self.rulebook, &reading, as_of);
            let row = desk.other.insert(own.blank());
            let findings = own.judge_reading(&self.rulebook, &reading, row);
            desk.tell(
                findings
                    .iter()
                    .map(|finding| (finding.outcome, nearest_points(finding))),
            );
        }
        Ok(())
    }

    /// Tells the branches of what was judged last: where marks and numbers lie, and how many there are. Nothing where
    /// there are values that only `judge_entry` knows.
    #[wasm_bindgen(skip_typescript)]
    pub fn explain(&mut self) -> Vec<u32> {
        let Some(desk) = &mut self.desk else {
            return Vec::new();
        };
        if desk.other.is_none() && !desk.prepared.is_whole(&desk.row) {
            return Vec::new();
        }
        desk.prepared.complete(&mut desk.row);
        let (reasons, row) = (&mut desk.reasons, desk.other.as_ref().unwrap_or(&desk.row));
        reasons.clear(&self.rulebook.graph);
        for indicator in &self.rulebook.indicators {
            reasons.add(&self.rulebook.graph, &row.values, indicator);
        }
        vec![
            reasons.marks.as_ptr() as u32,
            reasons.marks.len() as u32,
            reasons.numbers.as_ptr() as u32,
            reasons.numbers.len() as u32,
        ]
    }

    /// What a branch is: kind, operator, place, and both sides without values.
    ///
    /// # Errors
    ///
    /// None in practice: it is plain data.
    #[wasm_bindgen(skip_typescript)]
    pub fn branch(&self, node: u32) -> Result<JsValue, JsValue> {
        let nothing = entry::read(&self.rulebook, &Entry::default());
        let as_of = self.desk.as_ref().map(|desk| desk.prepared.as_of);
        let as_of = as_of.ok_or_else(|| problem("internal", "internal error"))?;
        let checked = check::check(&self.rulebook, &nothing, as_of);
        to_js(&Explain::new(&self.rulebook, &nothing, &checked, Lang::Zh).branch(Id(node)))
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

    /// Begins a session.
    ///
    /// # Errors
    ///
    /// When the arguments are not of the types that `wasm.d.ts` says.
    #[wasm_bindgen(skip_typescript)]
    pub fn session(&self, given: &JsValue, as_of: &str) -> Result<CoreSession, JsValue> {
        let reading = entry::read(&self.rulebook, &entry(given)?);
        Ok(CoreSession {
            session: check::Session::new(self.rulebook.clone(), reading, date(as_of)?),
            changed: vec![0; 2 * self.rulebook.indicators.len()],
            points: vec![0.0; self.rulebook.indicators.len()],
            rulebook: self.rulebook.clone(),
        })
    }
}

fn nearest_points(finding: &Finding) -> f64 {
    let points = finding.points.as_ref().and_then(Small::of);
    points.map_or(f64::NAN, nearest)
}

impl Desk {
    fn tell(&mut self, findings: impl Iterator<Item = (Outcome, f64)>) {
        let places = self.outcomes.iter_mut().zip(&mut self.points);
        for ((outcome, points), (known, won)) in places.zip(findings) {
            *outcome = known.code();
            *points = won;
        }
    }

    fn judge(&mut self, rulebook: &Rulebook, texts: &str) -> bool {
        let texts: Vec<&str> = match texts {
            "" => Vec::new(),
            texts => texts.split('\0').collect(),
        };
        self.other = None;
        self.row.aside.clear();
        (self.row.slots).resize(self.gates.len(), Value::Unknown(Cause::Missing));
        let given = self.kinds.iter().zip(&self.numbers);
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
            let places = self.outcomes.iter_mut().zip(&mut self.points);
            for ((outcome, points), finding) in places.zip(&self.row.findings) {
                *outcome = finding.outcome.code();
                *points = finding.points.map_or(f64::NAN, nearest);
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
    session: check::Session,
    /// Indicator and outcome of each finding that changed.
    changed: Vec<u32>,
    /// Their points.
    points: Vec<f64>,
}

#[wasm_bindgen]
impl CoreSession {
    /// Where the changes are told.
    #[wasm_bindgen(skip_typescript)]
    pub fn places(&self) -> Vec<u32> {
        vec![self.changed.as_ptr() as u32, self.points.as_ptr() as u32]
    }

    /// Edits a value; how many findings changed, or, below zero, so many and one less, where the text can't be read.
    #[wasm_bindgen(skip_typescript)]
    pub fn set(&mut self, slot: u32, text: &str) -> i32 {
        let Some((field, _)) = self.rulebook.field_of(slot) else {
            return 0;
        };
        let value = entry::read_value(field, &Given::Text(text.into()));
        let unread = value.is_err();
        let value = match value {
            Ok(value) => value.unwrap_or(Value::Unknown(Cause::Missing)),
            Err(_) => Value::INVALID,
        };
        let changed = self.session.set(slot, value);
        let count = self.tell(&changed);
        if unread { -1 - count } else { count }
    }

    /// Takes the latest edit back: its slot and how many findings changed; nothing where there is none.
    #[wasm_bindgen(skip_typescript)]
    pub fn undo(&mut self) -> Vec<u32> {
        match self.session.undo() {
            Some((slot, changed)) => vec![slot, self.tell(&changed) as u32],
            None => Vec::new(),
        }
    }

    /// Tells every finding.
    #[wasm_bindgen(skip_typescript)]
    pub fn all(&mut self) -> i32 {
        let all: Vec<u32> = (0..self.session.findings().len() as u32).collect();
        self.tell(&all)
    }

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

fn date(text: &str) -> Result<Date, JsValue> {
    Date::parse(text).ok_or_else(|| {
        problem(
            "bad-date",
            "as_of 应为日期，例如 2023-05-31 (as_of must be a date)",
        )
    })
}

/// The entry that JavaScript gave.
fn entry(given: &JsValue) -> Result<Entry, JsValue> {
    Ok(Entry {
        fields: items(given, "fields")?,
        parameters: items(given, "parameters")?,
        not_applicable: items(given, "not_applicable")?,
        waived: items(given, "waived")?,
    })
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(&json::text(value))
}

fn problem(code: &str, text: &str) -> JsValue {
    let problem = Object::new();
    let error = Error::new(text);
    for (key, value) in [("code", code), ("text", text)] {
        let _ = Reflect::set(&problem, &key.into(), &value.into());
    }
    let _ = Reflect::set(&error, &"problems".into(), &Array::of1(&problem));
    error.into()
}

fn text_of(object: &JsValue, key: &str) -> Option<String> {
    if !object.is_object() {
        return None;
    }
    Reflect::get(object, &key.into()).ok()?.as_string()
}

/// The items of an object inside the entry, in their order; none where it is absent.
fn items(entry: &JsValue, key: &str) -> Result<Vec<(String, Given)>, JsValue> {
    if !entry.is_object() {
        return Err(problem(
            "bad-entry",
            "数据应为对象 (the entry must be an object)",
        ));
    }
    let value = Reflect::get(entry, &key.into()).unwrap_or(JsValue::UNDEFINED);
    if value.is_undefined() || value.is_null() {
        return Ok(Vec::new());
    }
    match value
        .dyn_ref::<Object>()
        .filter(|_| !Array::is_array(&value))
    {
        Some(object) => Ok(given_items(object, false)),
        None => {
            let text = [key, " 应为对象 (must be an object)"].concat();
            Err(problem("bad-entry", &text))
        }
    }
}

fn given_items(object: &Object, nested: bool) -> Vec<(String, Given)> {
    let mut found = Vec::new();
    for item in Object::entries(object).iter() {
        let item: Array = item.unchecked_into();
        found.push((
            item.get(0).as_string().unwrap_or_default(),
            given(&item.get(1), nested),
        ));
    }
    found
}

/// A value as it was given; an object within an object is no value.
fn given(value: &JsValue, nested: bool) -> Given {
    if value.is_undefined() || value.is_null() {
        Given::Empty
    } else if let Some(truth) = value.as_bool() {
        Given::Truth(truth)
    } else if let Some(text) = value.as_string() {
        Given::Text(text)
    } else if let Some(object) = value
        .dyn_ref::<Object>()
        .filter(|_| !nested && !Array::is_array(value))
    {
        Given::Keyed(given_items(object, true))
    } else {
        // A number, by the shortest decimal that means it; anything else by what is no value.
        Given::Text(
            value
                .unchecked_ref::<Number>()
                .to_string_with_radix(10)
                .map_or_else(|_| "?".into(), String::from),
        )
    }
}
