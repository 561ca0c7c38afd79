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
use js_sys::{Array, Error, Float64Array, Int32Array, Number, Object, Reflect, Uint8Array};
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How a value crosses in `Desk::kinds`; in the order of `wasm.js`.
const NUMBER: u8 = 1;
const NO: u8 = 2;
const YES: u8 = 3;
const TEXT: u8 = 4;

/// So many rows of a batch are copied at once.
const CHUNK: usize = 256;

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

    /// Tells the branches of what was judged last: where marks and numbers lie, and how many there are.
    #[wasm_bindgen(skip_typescript)]
    pub fn explain(&mut self) -> Vec<u32> {
        let Some(desk) = &mut self.desk else {
            return Vec::new();
        };
        let (reasons, row) = (&mut desk.reasons, desk.other.as_ref().unwrap_or(&desk.row));
        reasons.clear();
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
        to_js(&Explain::new(&self.rulebook, &nothing, &checked).branch(Id(node)))
    }

    /// Judges many rows: `columns` are triples of a slot, a typed array, and the texts that its codes stand for, parted by
    /// NUL, or nothing where the array holds numbers.
    ///
    /// # Errors
    ///
    /// When a column is none.
    #[wasm_bindgen(skip_typescript)]
    pub fn batch(
        &mut self,
        columns: &Array,
        rows: u32,
        outcomes: &Uint8Array,
        points: &Float64Array,
    ) -> Result<(), JsValue> {
        let Self { rulebook, desk, .. } = self;
        let Some(desk) = desk else {
            return Ok(());
        };
        let mut read: Vec<Column> = Vec::new();
        for column in columns.iter() {
            let column: Array = column.unchecked_into();
            read.push(desk.column(rulebook, &column));
        }
        let width = rulebook.indicators.len();
        for first in (0..rows as usize).step_by(CHUNK) {
            let count = CHUNK.min(rows as usize - first);
            for column in &mut read {
                column.copy(first, count);
            }
            let mut all = (Vec::new(), Vec::new());
            for row in 0..count {
                desk.judge_row(rulebook, &read, row);
                all.0.extend_from_slice(&desk.outcomes);
                all.1.extend_from_slice(&desk.points);
            }
            let at = (first * width) as u32;
            let end = at + (count * width) as u32;
            outcomes.subarray(at, end).copy_from(&all.0);
            points.subarray(at, end).copy_from(&all.1);
        }
        Ok(())
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

/// The number of an outcome: its place among all.
fn code(outcome: Outcome) -> u8 {
    let place = Outcome::ALL.iter().position(|known| *known == outcome);
    place.unwrap_or(0) as u8
}

fn nearest_points(finding: &Finding) -> f64 {
    let points = finding.points.as_ref().and_then(Small::of);
    points.map_or(f64::NAN, nearest)
}

impl Desk {
    fn tell(&mut self, findings: impl Iterator<Item = (Outcome, f64)>) {
        let places = self.outcomes.iter_mut().zip(&mut self.points);
        for ((outcome, points), (known, won)) in places.zip(findings) {
            *outcome = code(known);
            *points = won;
        }
    }

    fn tell_row(&mut self) {
        let places = self.outcomes.iter_mut().zip(&mut self.points);
        for ((outcome, points), finding) in places.zip(&self.row.findings) {
            *outcome = code(finding.outcome);
            *points = finding.points.map_or(f64::NAN, nearest);
        }
    }

    fn judge(&mut self, rulebook: &Rulebook, texts: &str) -> bool {
        let texts: Vec<&str> = texts.split('\0').collect();
        self.other = None;
        self.row.aside.clear();
        self.row.slots.clear();
        let given = self.kinds.iter().zip(&self.numbers);
        for ((gate, places), (kind, number)) in self.gates.iter().zip(&mut self.places).zip(given) {
            let value = match *kind {
                NUMBER => gate.number(*number, places),
                NO => gate.truth(false),
                YES => gate.truth(true),
                TEXT => {
                    let text = texts.get(*number as usize).copied().unwrap_or_default();
                    gate.text(rulebook, &self.prepared.words, text)
                }
                _ => Value::Unknown(Cause::Missing),
            };
            self.row.slots.push(value);
        }
        let judged =
            self.prepared.judge(rulebook, &mut self.row) && self.prepared.is_whole(&self.row);
        if judged {
            self.tell_row();
        }
        judged
    }

    fn column(&self, rulebook: &Rulebook, given: &Array) -> Column {
        let slot = given.get(0).as_f64().unwrap_or(0.0) as usize;
        let coded = match (given.get(2).as_string(), self.gates.get(slot)) {
            (Some(texts), Some(gate)) => {
                let words = &self.prepared.words;
                let value = |text: &str| (gate.text(rulebook, words, text), text.to_string());
                Some(texts.split('\0').map(value).collect())
            }
            _ => None,
        };
        Column {
            slot,
            array: given.get(1),
            coded,
            numbers: Vec::new(),
            codes: Vec::new(),
        }
    }

    /// Judges one row of the columns, by the full evaluation where it takes that.
    fn judge_row(&mut self, rulebook: &Rulebook, columns: &[Column], row: usize) {
        self.row.slots.clear();
        (self.row.slots).resize(self.gates.len(), Value::Unknown(Cause::Missing));
        for column in columns {
            let value = match &column.coded {
                Some(values) => {
                    let code = column.codes.get(row).copied().unwrap_or(-1);
                    let value = usize::try_from(code).ok().and_then(|code| values.get(code));
                    value.map(|(value, _)| *value)
                }
                None => {
                    let number = column.numbers.get(row).copied().filter(|n| !n.is_nan());
                    let gate = self.gates.get(column.slot);
                    let places = self.places.get_mut(column.slot);
                    match (number, gate, places) {
                        (Some(number), Some(gate), Some(places)) => {
                            Some(gate.number(number, places))
                        }
                        _ => None,
                    }
                }
            };
            if let (Some(value), Some(place)) = (value, self.row.slots.get_mut(column.slot)) {
                *place = value;
            }
        }
        self.row.aside.clear();
        if self.prepared.judge(rulebook, &mut self.row) {
            return self.tell_row();
        }
        let mut entry = Entry::default();
        for column in columns {
            if let Some(given) = column.given(row) {
                let name = rulebook.slot_id(column.slot as u32);
                entry.fields.push((name, given));
            }
        }
        let reading = entry::read(rulebook, &entry);
        let findings = (self.prepared).judge_reading(rulebook, &reading, &mut self.row);
        self.tell(
            findings
                .iter()
                .map(|finding| (finding.outcome, nearest_points(finding))),
        );
    }
}

/// A column of a batch, and its rows at hand.
struct Column {
    slot: usize,
    array: JsValue,
    /// What each code stands for.
    coded: Option<Vec<(Plain, String)>>,
    numbers: Vec<f64>,
    codes: Vec<i32>,
}

impl Column {
    fn copy(&mut self, first: usize, count: usize) {
        let (first, end) = (first as u32, (first + count) as u32);
        if self.coded.is_some() {
            let codes = self.array.unchecked_ref::<Int32Array>();
            self.codes = codes.subarray(first, end).to_vec();
        } else {
            let numbers = self.array.unchecked_ref::<Float64Array>();
            self.numbers = numbers.subarray(first, end).to_vec();
        }
    }

    /// The value of a row as it was given.
    fn given(&self, row: usize) -> Option<Given> {
        match &self.coded {
            Some(values) => {
                let code = usize::try_from(*self.codes.get(row)?).ok()?;
                Some(Given::Text(values.get(code)?.1.clone()))
            }
            None => {
                let number = self.numbers.get(row).filter(|number| !number.is_nan())?;
                Some(given(&JsValue::from_f64(*number), false))
            }
        }
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
                *outcome = u32::from(code(finding.outcome));
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
    let text = json::text(value).ok_or_else(|| problem("internal", "internal error"))?;
    js_sys::JSON::parse(&text)
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
