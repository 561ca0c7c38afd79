//! Templates: `${name}` in the texts of `data_check` and `advice`. Names are checked while rules are
//! compiled; the rulebook holds the id of what is named, so that a report only has to fill it in.

use super::State;
use super::declare::Named;
use super::messages::unknown_name;
use super::problem::Trouble;
use super::source;
use crate::wording::{fill, most_like};
use rhai::Position;

impl State {
    /// A text with the ids of what it names; a name that stands for nothing is a problem.
    pub fn template(&mut self, text: &str, at: Position) -> String {
        if text
            .rsplit_once("${")
            .is_some_and(|(_, last)| !last.contains('}'))
        {
            let trouble = Trouble::new("template", "${ 后面没有配对的 }", "${ has no }").advice(
                "写成 ${名称}，例如 \"当前 ${清扫率}\"",
                "write ${name}, for instance \"at present ${rate}\"",
            );
            self.problem(trouble, self.place_in_text("${", 0, at));
        }
        fill(text, &mut |name| {
            match self.named_in_text(name.trim()) {
                Ok(id) => return ["${", &id, "}"].concat(),
                Err(None) => {}
                Err(Some(trouble)) => {
                    let written = ["${", name, "}"].concat();
                    self.problem(*trouble, self.place_in_text(&written, 2, at));
                }
            }
            String::new()
        })
    }

    /// The id of what a template names; no trouble where its declaration is broken.
    fn named_in_text(&self, name: &str) -> Result<String, Option<Box<Trouble>>> {
        let (whole, key) = match self.names.contains_key(name) {
            true => (name, None),
            false => match name.split_once('.') {
                Some((whole, key)) => (whole.trim(), Some(key.trim())),
                None => (name, None),
            },
        };
        let field = match self.names.get(whole) {
            None if self.broken.contains(whole) => return Err(None),
            None => return Err(Some(Box::new(unknown_name(whole, self)))),
            Some(Named::Field(index)) => self.rulebook.fields.get(*index),
            Some(Named::Parameter(index)) => {
                let parameter = self.rulebook.parameters.get(*index);
                return match (parameter, key) {
                    (Some(parameter), None) => Ok(parameter.id.clone()),
                    _ => Err(Some(Box::new(no_key(whole, key.unwrap_or_default(), &[])))),
                };
            }
        };
        let field = field.ok_or(None)?;
        match key {
            None if field.keys.is_empty() => Ok(field.id.clone()),
            Some(key) if field.keys.iter().any(|own| own == key) => {
                Ok([&field.id, ".", key].concat())
            }
            key => Err(Some(Box::new(no_key(
                whole,
                key.unwrap_or_default(),
                &field.keys,
            )))),
        }
    }

    /// Where some words stand in the text that begins at or after a place; `ahead` is how far
    /// into them.
    fn place_in_text(&self, words: &str, ahead: usize, at: Position) -> Position {
        let text = self.texts.get(&self.file).map_or("", String::as_str);
        let (line, column) = (at.line().unwrap_or(1), at.position().unwrap_or(1));
        match source::find(text, words, line, column) {
            Some(span) => Position::new(span.line as u16, (span.column + ahead) as u16),
            None => at,
        }
    }
}

/// A list of which no value is named, or one that is not there.
fn no_key(name: &str, key: &str, keys: &[String]) -> Trouble {
    let Some(first) = keys.first() else {
        return Trouble::new(
            "unknown-key",
            format!("“{name}”只有一个值，没有“{key}”这一项"),
            format!("“{name}” has one value, and none for “{key}”"),
        )
        .marks([name, ".", key].concat())
        .advice(format!("改成 ${{{name}}}"), format!("write ${{{name}}}"))
        .edit(name);
    };
    let like = most_like(key, keys.iter().map(String::as_str));
    let trouble = match key {
        "" => Trouble::new(
            "unknown-key",
            format!("“{name}”有几个值，没有写明是哪一个"),
            format!("“{name}” has several values; which one is not said"),
        )
        .marks(name),
        key => Trouble::new(
            "unknown-key",
            format!("“{name}”没有“{key}”这一项"),
            format!("“{name}” has no value for “{key}”"),
        )
        .marks(key),
    };
    let all = keys.join("、");
    let trouble = trouble.exists(format!("已有：{all}"), format!("there are: {all}"));
    match like {
        Some(like) => trouble
            .advice(
                format!("改成 ${{{name}.{like}}}"),
                format!("write ${{{name}.{like}}}"),
            )
            .edit(like),
        None => trouble.advice(
            format!("写成 ${{{name}.{first}}}"),
            format!("write ${{{name}.{first}}}"),
        ),
    }
}
