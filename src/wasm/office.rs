//! The boundary of the office module: rulebooks, entries and files in, workbooks and what was read out; reports in,
//! and why they differ out; no logic. `office.d.ts` is its contract. Reports come in as the checker made them.

use crate::date::Date;
use crate::digest::digest;
use crate::office::{self, Document, Options, Told, entry_of};
use crate::record::{self, AtHand, recorded};
use crate::rulebook::Rulebook;
use crate::wording::Lang;
use js_sys::{Array, Error, JSON, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The workbook to fill in.
///
/// # Errors
///
/// What keeps it from being written.
#[wasm_bindgen(skip_typescript)]
pub fn write_form(rulebook: &[u8], entry: &JsValue, options: &JsValue) -> Result<Vec<u8>, JsValue> {
    let options = value(options)?;
    let data = value(entry)?;
    let text = |name: &str| options.get(name).and_then(Value::as_str);
    let bad = |name: &str| thrown(&Told::bad_argument(name));
    let options = Options {
        department: text("department"),
        lang: text("lang")
            .map_or(Some(Lang::Zh), Lang::of)
            .ok_or_else(|| bad("lang"))?,
        as_of: text("as_of")
            .and_then(Date::parse)
            .ok_or_else(|| bad("as_of"))?,
        report: options.get("report").filter(|report| report.is_object()),
        data: Some(&data),
    };
    let entry = entry_of(&data);
    office::write_form(
        &read_rulebook(rulebook)?,
        &digest(rulebook),
        &entry,
        &options,
    )
    .map_err(|told| thrown(&told))
}

/// What a file holds.
///
/// # Errors
///
/// What keeps it from being read at all.
#[wasm_bindgen(skip_typescript)]
pub fn read(rulebook: &[u8], name: &str, bytes: &[u8]) -> Result<JsValue, JsValue> {
    let read = office::read(&read_rulebook(rulebook)?, &digest(rulebook), name, bytes);
    to_js(&read.map_err(|told| thrown(&told))?)
}

/// Lists as a workbook.
///
/// # Errors
///
/// What keeps it from being written.
#[wasm_bindgen(skip_typescript)]
pub fn write_tables(document: &JsValue) -> Result<Vec<u8>, JsValue> {
    let document = Document::of(&value(document)?);
    document
        .and_then(|document| office::write_tables(&document))
        .map_err(|told| thrown(&told))
}

/// Why the score moved from one report to another.
///
/// # Errors
///
/// What is no report, and what keeps two from being compared.
#[wasm_bindgen(skip_typescript)]
pub fn compare(before: &JsValue, after: &JsValue, rulebooks: &Array) -> Result<JsValue, JsValue> {
    let report =
        |given: &JsValue| recorded(value(given)?).map_err(|why| thrown(&Told::not_comparable(why)));
    let (before, after) = (report(before)?, report(after)?);
    let mut standards = Vec::new();
    for bytes in rulebooks.iter() {
        let bytes = Uint8Array::new(&bytes).to_vec();
        standards.push((read_rulebook(&bytes)?, digest(&bytes)));
    }
    let at_hand: Vec<AtHand<'_>> = standards
        .iter()
        .map(|(rulebook, digest)| (rulebook, digest.as_str()))
        .collect();
    let found = record::compare(&before, &after, &at_hand);
    to_js(&found.map_err(|why| thrown(&Told::not_comparable(why)))?)
}

/// Whether a report holds, by running it again: the report as text, as it lies in its file.
///
/// # Errors
///
/// What is no report.
#[wasm_bindgen(skip_typescript)]
pub fn recheck(report: &str, rulebook: &[u8]) -> Result<JsValue, JsValue> {
    let whole = record::json(report).map_err(|_| thrown(&Told::bad_argument("JSON")))?;
    let report = recorded(whole).map_err(|why| thrown(&Told::not_comparable(why)))?;
    to_js(&record::recheck(
        &report,
        &read_rulebook(rulebook)?,
        &digest(rulebook),
    ))
}

fn read_rulebook(bytes: &[u8]) -> Result<Rulebook, JsValue> {
    Rulebook::from_bytes(bytes).map_err(|_| thrown(&Told::bad_argument("rulebook")))
}

fn value(given: &JsValue) -> Result<Value, JsValue> {
    let bad = || thrown(&Told::bad_argument("JSON"));
    let text = JSON::stringify(given)?.as_string().ok_or_else(bad)?;
    serde_json::from_str(&text).map_err(|_| bad())
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value)
        .map_err(|error| JsValue::from(Error::new(&error.to_string())))?;
    JSON::parse(&text)
}

/// An `Error` with `problems`, like those of the checker.
fn thrown(told: &Told) -> JsValue {
    let error = Error::new(&[&told.text_zh, " (", &told.text_en, ")"].concat());
    let problem = to_js(told).unwrap_or_else(|_| Object::new().into());
    let _ = Reflect::set(&error, &"problems".into(), &Array::of1(&problem));
    error.into()
}
