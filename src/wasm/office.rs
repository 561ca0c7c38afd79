//! The boundary of the office module: rulebooks, entries and files in, workbooks and what was read out; no logic.
//! `office.d.ts` is its contract. It holds no checker: reports come in as the checker made them.

use crate::date::Date;
use crate::digest::digest;
use crate::json;
use crate::office::{self, Document, Options, Told, entry_of};
use crate::rulebook::Rulebook;
use crate::wording::Lang;
use js_sys::{Array, Error, JSON, Object, Reflect};
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
    };
    let entry = entry_of(&value(entry)?);
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

fn read_rulebook(bytes: &[u8]) -> Result<Rulebook, JsValue> {
    Rulebook::from_bytes(bytes).map_err(|_| thrown(&Told::bad_argument("rulebook")))
}

fn value(given: &JsValue) -> Result<Value, JsValue> {
    let bad = || thrown(&Told::bad_argument("JSON"));
    let text = JSON::stringify(given)?.as_string().ok_or_else(bad)?;
    serde_json::from_str(&text).map_err(|_| bad())
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    JSON::parse(&json::text(value))
}

/// An `Error` with `problems`, like those of the checker.
fn thrown(told: &Told) -> JsValue {
    let error = Error::new(&[&told.text_zh, " (", &told.text_en, ")"].concat());
    let problem = to_js(told).unwrap_or_else(|_| Object::new().into());
    let _ = Reflect::set(&error, &"problems".into(), &Array::of1(&problem));
    error.into()
}
