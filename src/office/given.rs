//! Entries: from JSON, apart into the places of a standard, and the names of those places.
//!
//! A place is a path, the same as in the page: `swept_area`, `district_dustfall.金坛区`, `parameter:ID`, `reason:C-10`,
//! `waived:C-10`.

use crate::entry::{Entry, Given};
use crate::record::number_text;
use crate::rulebook::Rulebook;
use serde_json::Value;
use std::collections::BTreeMap;

/// The entry in a JSON object with `fields` and so on; what is no value is left out.
pub fn entry_of(value: &Value) -> Entry {
    let part = |name: &str| value.get(name).map_or_else(Vec::new, items);
    Entry {
        fields: part("fields"),
        parameters: part("parameters"),
        not_applicable: part("not_applicable"),
        waived: part("waived"),
    }
}

fn items(value: &Value) -> Vec<(String, Given)> {
    let object = value.as_object().into_iter().flatten();
    object
        .map(|(name, value)| (name.clone(), given(value)))
        .collect()
}

fn given(value: &Value) -> Given {
    match value {
        Value::Null | Value::Array(_) => Given::Empty,
        Value::Bool(truth) => Given::Truth(*truth),
        Value::String(text) => Given::Text(text.clone()),
        Value::Number(number) => Given::Text(number_text(&number.to_string())),
        Value::Object(_) => Given::Keyed(items(value)),
    }
}

/// A value of one cell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Single {
    Text(String),
    Truth(bool),
}

impl Single {
    fn of(given: &Given) -> Option<Self> {
        match given {
            Given::Empty | Given::Keyed(_) => None,
            Given::Text(text) if text.is_empty() => None,
            Given::Text(text) => Some(Self::Text(text.clone())),
            Given::Truth(truth) => Some(Self::Truth(*truth)),
        }
    }

    pub fn given(self) -> Given {
        match self {
            Self::Text(text) => Given::Text(text),
            Self::Truth(truth) => Given::Truth(truth),
        }
    }
}

/// The parts of a waiver, in the order of its columns.
pub const WAIVER: [&str; 3] = ["reason", "by", "until"];

/// An entry, each value at its place.
#[derive(Debug, Default)]
pub struct Placed {
    /// By path.
    pub values: BTreeMap<String, Single>,
    /// Reason, who, until; by path.
    pub waived: BTreeMap<String, [Option<Single>; 3]>,
    /// What has no place in this standard, in the order of the entry.
    pub strays: Vec<(String, Single)>,
}

/// What the values of an entry are the values of. Names and labels become ids; the second of two
/// for one place stays under the name that it had.
pub fn placed(rulebook: &Rulebook, entry: &Entry) -> Placed {
    let mut placed = Placed::default();
    let fields = &rulebook.fields;
    for (name, given) in &entry.fields {
        let find = |name: &str| {
            let mut all = fields.iter();
            all.find(|f| {
                [&f.id, &f.name, &f.label]
                    .into_iter()
                    .any(|known| known == name)
            })
        };
        let trimmed = name.trim();
        match (find(trimmed), given) {
            (Some(field), Given::Keyed(items)) if !field.keys.is_empty() => {
                for (key, item) in items {
                    let known = field.keys.iter().any(|known| known == key.trim());
                    let key = if known { key.trim() } else { key };
                    placed.put([&field.id, ".", key].concat(), known, None, item);
                }
            }
            (Some(field), Given::Keyed(items)) => {
                for (key, item) in items {
                    placed.put([&field.id, ".", key].concat(), false, None, item);
                }
            }
            (Some(field), given) => {
                placed.put(field.id.clone(), field.keys.is_empty(), Some(name), given);
            }
            (None, Given::Keyed(items)) => {
                for (key, item) in items {
                    placed.put([name, ".", key].concat(), false, None, item);
                }
            }
            (None, given) => {
                let keyed = trimmed.rsplit_once('.').and_then(|(name, key)| {
                    let field = find(name.trim())?;
                    let key = field.keys.iter().find(|known| *known == key.trim())?;
                    Some([&field.id, ".", key].concat())
                });
                let known = keyed.is_some();
                placed.put(
                    keyed.unwrap_or_else(|| name.clone()),
                    known,
                    Some(name),
                    given,
                );
            }
        }
    }
    for (name, given) in &entry.parameters {
        let mut all = rulebook.parameters.iter();
        let known = all.find(|p| p.id == name.trim() || p.label == name.trim());
        let path = ["parameter:", known.map_or(name, |p| &p.id)].concat();
        placed.put(
            path,
            known.is_some(),
            Some(&["parameter:", name].concat()),
            given,
        );
    }
    let is_indicator = |name: &str| rulebook.indicators.iter().any(|i| i.id == name.trim());
    for (name, given) in &entry.not_applicable {
        let known = is_indicator(name);
        let path = ["reason:", if known { name.trim() } else { name }].concat();
        placed.put(path, known, Some(&["reason:", name].concat()), given);
    }
    for (name, given) in &entry.waived {
        let items: &[(String, Given)] = match given {
            Given::Keyed(items) => items,
            _ => &[],
        };
        let known = is_indicator(name)
            && !placed
                .waived
                .contains_key(&["waived:", name.trim()].concat());
        let path = ["waived:", if known { name.trim() } else { name }].concat();
        let mut parts = [None, None, None];
        for (key, item) in items {
            let part = WAIVER
                .iter()
                .position(|known| known == key)
                .filter(|_| known);
            match part.and_then(|part| parts.get_mut(part)) {
                Some(part) => *part = Single::of(item),
                None => placed.put([&path, ".", key].concat(), false, None, item),
            }
        }
        if parts.iter().any(Option::is_some) {
            placed.waived.insert(path, parts);
        }
    }
    placed
}

impl Placed {
    /// `name`: what it stays under where its place is taken.
    fn put(&mut self, path: String, known: bool, name: Option<&str>, given: &Given) {
        let Some(single) = Single::of(given) else {
            return;
        };
        if known && !self.values.contains_key(&path) {
            self.values.insert(path, single);
        } else {
            let name = name.map_or(path, Into::into);
            self.strays.push((name, single));
        }
    }
}

/// Puts a value at a path into an entry.
pub fn enter(entry: &mut Entry, path: &str, single: Single) {
    let given = single.given();
    if let Some(id) = path.strip_prefix("parameter:") {
        entry.parameters.push((id.into(), given));
    } else if let Some(id) = path.strip_prefix("reason:") {
        entry.not_applicable.push((id.into(), given));
    } else if let Some((id, part)) = path
        .strip_prefix("waived:")
        .and_then(|rest| rest.rsplit_once('.'))
    {
        keyed(&mut entry.waived, id, part, given);
    } else {
        entry.fields.push((path.into(), given));
    }
}

/// Puts a value under a key of a name.
pub fn keyed(items: &mut Vec<(String, Given)>, name: &str, key: &str, given: Given) {
    let known = items.iter_mut().find_map(|(known, value)| match value {
        Given::Keyed(items) if known == name => Some(items),
        _ => None,
    });
    match known {
        Some(list) => list.push((key.into(), given)),
        None => items.push((name.into(), Given::Keyed(vec![(key.into(), given)]))),
    }
}
