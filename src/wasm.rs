//! The boundary to JavaScript; no logic. `wasm.d.ts` is its contract.
//!
//! Bad data never throws: it is in the report. Misuse and unreadable rulebooks
//! throw an `Error` with a `problems` array.

#[cfg(feature = "author")]
mod studio;

use crate::date::Date;
use crate::entry::{Entry, Given};
use crate::report::{Lang, report};
use crate::rulebook::{Rulebook, Unreadable, digest};
use crate::{form, json};
use js_sys::{Array, Error, Number, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A third of the size of the standard library's allocator, and as fast.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A standard, ready to check entries.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Checker {
    rulebook: Rulebook,
    digest: String,
}

#[wasm_bindgen]
impl Checker {
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
            rulebook,
            digest: digest(bytes),
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

    /// Judges every indicator.
    ///
    /// # Errors
    ///
    /// When the arguments are not of the types that `wasm.d.ts` says.
    #[wasm_bindgen(skip_typescript)]
    pub fn check(&self, entry: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
        let as_of = text_of(options, "as_of").and_then(|text| Date::parse(&text));
        let as_of = as_of.ok_or_else(|| {
            problem(
                "bad-date",
                "as_of 应为日期，例如 2023-05-31 (as_of must be a date)",
            )
        })?;
        let lang = match text_of(options, "lang") {
            None => Lang::Zh,
            Some(code) => Lang::of(&code)
                .ok_or_else(|| problem("bad-lang", "lang 应为 zh 或 en (lang must be zh or en)"))?,
        };
        let entry = Entry {
            fields: items(entry, "fields")?,
            parameters: items(entry, "parameters")?,
            not_applicable: items(entry, "not_applicable")?,
            waived: items(entry, "waived")?,
        };
        to_js(&report(&self.rulebook, &self.digest, &entry, as_of, lang))
    }
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
