//! What is written for people beside the data: evidence and notes, by indicator. No checker reads them.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A document that shows that a figure is true.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Paper {
    /// What it is called.
    pub name: String,
    /// 文号 or 编号.
    pub number: String,
    /// As staff wrote it.
    pub date: String,
    /// Which pages.
    pub pages: String,
    /// Of the bytes of its file.
    pub digest: String,
    /// Name of its file.
    pub file: String,
}

/// Evidence and notes, by the id of the indicator.
#[derive(Debug, Default)]
pub struct Papers {
    pub evidence: BTreeMap<String, Vec<Paper>>,
    pub notes: BTreeMap<String, String>,
}

impl Papers {
    /// Those in a data file; what is none is left out.
    pub fn of(data: &Value) -> Self {
        let part = |name: &str| {
            data.get(name)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
        };
        let paper = |one: &Value| {
            let text = |name: &str| {
                one.get(name)
                    .and_then(Value::as_str)
                    .unwrap_or("")
                    .to_string()
            };
            Paper {
                name: text("name"),
                number: text("number"),
                date: text("date"),
                pages: text("pages"),
                digest: text("digest"),
                file: text("file"),
            }
        };
        let list = |(id, list): (&String, &Value)| {
            let list: Vec<Paper> = list.as_array()?.iter().map(paper).collect();
            Some((id.clone(), list))
        };
        let note = |(id, note): (&String, &Value)| Some((id.clone(), note.as_str()?.to_string()));
        Self {
            evidence: part("evidence").filter_map(list).collect(),
            notes: part("notes").filter_map(note).collect(),
        }
    }
}

/// A part of a paper by the word of its column; in the order of the columns.
pub const PARTS: [&str; 6] = [
    "paper",
    "paper_number",
    "paper_date",
    "paper_pages",
    "paper_file",
    "paper_digest",
];

impl Paper {
    /// Its texts in the order of [`PARTS`].
    pub fn texts(&self) -> [&str; 6] {
        [
            &self.name,
            &self.number,
            &self.date,
            &self.pages,
            &self.file,
            &self.digest,
        ]
    }

    /// The paper of such texts.
    pub fn of_texts([name, number, date, pages, file, digest]: [String; 6]) -> Self {
        Self {
            name,
            number,
            date,
            pages,
            digest,
            file,
        }
    }
}
