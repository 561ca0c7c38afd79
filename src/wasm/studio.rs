//! The studio's boundary: rule files in, problems, a rulebook and verdicts out; no logic.
//! `studio.d.ts` is its contract. Nothing here throws over what an author wrote: mistakes are problems.

use crate::author::{self, Compiled, Name, Problem, SourceFile, Text, doc, scaffold};
use crate::date::Date;
use crate::entry::Given;
use crate::rulebook::with_section;
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// The custom section that holds the rulebook.
const SECTION: &str = "duibiao.rulebook";

/// A standard that is being written; keeps what compiled last.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug, Default)]
pub struct Studio {
    files: Vec<SourceFile>,
    compiled: Option<Compiled>,
}

/// As the command does: an example that names no date is checked as of a fixed one.
fn day() -> Option<Date> {
    Date::new(2024, 1, 1)
}

#[derive(Serialize)]
struct Answer {
    problems: Vec<Problem>,
    names: Vec<Name>,
    examples: usize,
}

#[derive(Serialize)]
struct Verdict<'a> {
    name: &'a str,
    place: &'a str,
    indicator: &'a str,
    title: &'a str,
    expected: &'static str,
    outcome: &'static str,
    differences: Vec<Text>,
    text: String,
}

#[wasm_bindgen]
impl Studio {
    /// A studio without a standard yet.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Compiles the files of a standard.
    ///
    /// # Errors
    ///
    /// None in practice: the answer is plain data.
    #[wasm_bindgen(skip_typescript)]
    pub fn compile(&mut self, files: &Array) -> Result<JsValue, JsValue> {
        let files: Vec<SourceFile> = files.iter().map(|file| source_file(&file)).collect();
        let result = author::compile(&files);
        let (problems, compiled) = match result {
            Ok(compiled) => (compiled.warnings.clone(), Some(compiled)),
            Err(problems) => (problems, None),
        };
        let answer = to_js(&Answer {
            problems,
            names: author::names(&files, compiled.as_ref()),
            examples: compiled.as_ref().map_or(0, |c| c.examples.len()),
        })?;
        if let Some(compiled) = &compiled {
            let bytes = compiled.rulebook.to_bytes();
            Reflect::set(&answer, &"rulebook".into(), &Uint8Array::from(&*bytes))?;
        }
        self.compiled = compiled;
        self.files = files;
        Ok(answer)
    }

    /// Checks some of the examples of what compiled last, from one number up to another.
    ///
    /// # Errors
    ///
    /// None in practice: the answer is plain data.
    #[wasm_bindgen(skip_typescript)]
    pub fn examples(&self, from: usize, to: usize) -> Result<Array, JsValue> {
        let found = Array::new();
        let Some((compiled, as_of)) = self.compiled.as_ref().zip(day()) else {
            return Ok(found);
        };
        let examples = compiled.examples.iter().take(to).skip(from);
        for example in examples {
            let indicator = compiled.rulebook.indicators.get(example.indicator);
            let verdict = author::run(&compiled.rulebook, example, as_of);
            let Some((indicator, verdict)) = indicator.zip(verdict) else {
                continue;
            };
            let item = to_js(&Verdict {
                name: &example.name,
                place: &example.place,
                indicator: &indicator.id,
                title: &indicator.title,
                expected: example.expected.word(),
                outcome: verdict.finding.outcome,
                differences: verdict.differences,
                text: verdict.finding.text,
            })?;
            let entry = Object::new();
            let parts = [
                ("fields", &example.entry.fields),
                ("parameters", &example.entry.parameters),
                ("not_applicable", &example.entry.not_applicable),
                ("waived", &example.entry.waived),
            ];
            for (part, values) in parts {
                Reflect::set(&entry, &part.into(), &items(values)?)?;
            }
            Reflect::set(&item, &"entry".into(), &entry)?;
            let as_of = example.as_of.unwrap_or(as_of).to_string();
            Reflect::set(&item, &"as_of".into(), &as_of.into())?;
            found.push(&item);
        }
        Ok(found)
    }

    /// Examples that an indicator lacks, as text for its author to confirm; empty where it lacks none.
    #[wasm_bindgen(skip_typescript)]
    pub fn drafts(&self, indicator: &str) -> String {
        let Some((compiled, as_of)) = self.compiled.as_ref().zip(day()) else {
            return String::new();
        };
        let mut all = compiled.rulebook.indicators.iter();
        let Some(index) = all.position(|one| one.id == indicator) else {
            return String::new();
        };
        let drafts = author::drafts(compiled, index, as_of);
        let lines = drafts
            .iter()
            .map(|draft| author::draft_line(&compiled.rulebook, draft));
        lines.collect::<Vec<String>>().join("\n")
    }

    /// An indicator to start from, added to a file: the file with its new text.
    ///
    /// # Errors
    ///
    /// None in practice: why it cannot be is part of the answer.
    #[wasm_bindgen(skip_typescript)]
    pub fn add_indicator(&self, file: &str, id: &str, title: &str) -> Result<JsValue, JsValue> {
        let made = self
            .compiled
            .as_ref()
            .map(|compiled| scaffold::indicator(compiled, &self.files, file, id, title));
        changed(made.map(|made| made.map(|file| vec![file])))
    }

    /// A chapter to start from: the files that are new or changed.
    ///
    /// # Errors
    ///
    /// None in practice: why it cannot be is part of the answer.
    #[wasm_bindgen(skip_typescript)]
    pub fn add_chapter(&self, id: &str, title: &str) -> Result<JsValue, JsValue> {
        let made = self
            .compiled
            .as_ref()
            .map(|compiled| scaffold::chapter(compiled, &self.files, id, title));
        changed(made)
    }

    /// The standard as a page to read and print; empty where it did not compile.
    #[wasm_bindgen(skip_typescript)]
    pub fn document(&self) -> String {
        self.compiled.as_ref().map_or_else(String::new, doc::page)
    }
}

/// Files that a scaffold made, or why it did not; nothing where the standard does not compile.
fn changed(made: Option<Result<Vec<SourceFile>, Text>>) -> Result<JsValue, JsValue> {
    let answer = Object::new();
    match made {
        None => {}
        Some(Err(why)) => {
            Reflect::set(&answer, &"why".into(), &to_js(&why)?)?;
        }
        Some(Ok(files)) => {
            Reflect::set(&answer, &"files".into(), &file_list(&files)?.into())?;
        }
    }
    Ok(answer.into())
}

fn file_list(files: &[SourceFile]) -> Result<Array, JsValue> {
    let list = Array::new();
    for file in files {
        let item = Object::new();
        Reflect::set(&item, &"path".into(), &file.path.as_str().into())?;
        Reflect::set(&item, &"text".into(), &file.text.as_str().into())?;
        list.push(&item);
    }
    Ok(list)
}

/// A standard to start from, with examples that pass.
///
/// # Errors
///
/// None in practice: why it cannot be is part of the answer.
#[wasm_bindgen(skip_typescript)]
pub fn new_standard(id: &str, title: &str) -> Result<JsValue, JsValue> {
    changed(Some(scaffold::standard(id, title)))
}

/// Every word of the rule language, with usage, meaning and options.
///
/// # Errors
///
/// None in practice: the answer is plain data.
#[wasm_bindgen(skip_typescript)]
pub fn vocabulary() -> Result<JsValue, JsValue> {
    to_js(&author::vocabulary())
}

/// The checker module with a rulebook inside: the same bytes that `duibiao build` writes.
#[wasm_bindgen(skip_typescript)]
pub fn build_module(checker: &[u8], rulebook: &[u8]) -> Vec<u8> {
    with_section(checker, SECTION, rulebook)
}

fn source_file(file: &JsValue) -> SourceFile {
    let text = |key: &str| {
        let value = file.is_object().then(|| Reflect::get(file, &key.into()));
        value.and_then(|value| value.ok()?.as_string())
    };
    SourceFile {
        path: text("path").unwrap_or_default(),
        text: text("text").unwrap_or_default(),
    }
}

fn items(values: &[(String, Given)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (key, value) in values {
        let value = match value {
            Given::Empty => JsValue::NULL,
            Given::Text(text) => text.into(),
            Given::Truth(truth) => (*truth).into(),
            Given::Keyed(values) => items(values)?,
        };
        Reflect::set(&object, &key.into(), &value)?;
    }
    Ok(object.into())
}

/// Anything that serde can name as a value of JavaScript.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(JsValue::from)
}
