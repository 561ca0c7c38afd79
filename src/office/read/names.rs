//! Names: what the words in somebody's table may stand for in a standard.

use super::heads::{Whose, plain, whole};
use super::units::bracket;
use super::value::plain_unit;
use crate::office::write::layout::readers;
use crate::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet};

/// What names stand for.
pub struct Names<'a> {
    /// By name with what stands in its brackets: the index of the field.
    exact: BTreeMap<String, usize>,
    /// By plain name: indices of fields.
    pub fields: BTreeMap<String, BTreeSet<usize>>,
    /// By plain name with its key: slots.
    pub slots: BTreeMap<String, u32>,
    pub lines: BTreeMap<String, usize>,
    /// Fields that each indicator reads, by its plain id and title.
    pub indicators: BTreeMap<String, BTreeSet<usize>>,
    pub keys: BTreeSet<&'a str>,
    title: &'a str,
    units: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub fn of(rulebook: &'a Rulebook) -> Self {
        let mut names = Self {
            exact: BTreeMap::new(),
            fields: BTreeMap::new(),
            slots: BTreeMap::new(),
            lines: BTreeMap::new(),
            indicators: BTreeMap::new(),
            keys: rulebook
                .fields
                .iter()
                .flat_map(|field| &field.keys)
                .map(String::as_str)
                .collect(),
            title: &rulebook.standard.title,
            units: (rulebook.fields.iter().map(|field| &field.unit))
                .chain(rulebook.parameters.iter().map(|line| &line.unit))
                .filter(|unit| !unit.is_empty())
                .map(|unit| plain_unit(unit))
                .collect(),
        };
        for indicator in &rulebook.indicators {
            for name in [&indicator.id, &indicator.title] {
                names.indicators.entry(plain(name)).or_default();
            }
        }
        for (index, (field, readers)) in rulebook.fields.iter().zip(readers(rulebook)).enumerate() {
            for name in [&field.id, &field.name, &field.label] {
                names.exact.entry(compact(name)).or_insert(index);
                names.fields.entry(plain(name)).or_default().insert(index);
                for (place, key) in field.keys.iter().enumerate() {
                    let slot = field.slot + place as u32;
                    names.slots.insert(with_key(name, key), slot);
                }
            }
            for indicator in readers {
                for name in [&indicator.id, &indicator.title] {
                    names
                        .indicators
                        .entry(plain(name))
                        .or_default()
                        .insert(index);
                }
            }
        }
        for (index, line) in rulebook.parameters.iter().enumerate() {
            for name in [&line.id, &line.label] {
                names.lines.insert(plain(name), index);
            }
        }
        names
    }

    /// The fields of a name; of several, those that an indicator of the row reads.
    pub fn fields(&self, name: &str, indicators: &[String]) -> BTreeSet<usize> {
        let whole = [compact(name), compact(&unnumbered(name))];
        if let Some(index) = whole.iter().find_map(|name| self.exact.get(name)) {
            return BTreeSet::from([*index]);
        }
        let all = [plain(name), plain(&unnumbered(name))]
            .into_iter()
            .find_map(|name| self.fields.get(&name));
        let all = all.cloned().unwrap_or_default();
        if all.len() < 2 {
            return all;
        }
        let read = indicators
            .iter()
            .filter_map(|one| self.indicators.get(&plain(one)))
            .flatten()
            .copied();
        let some: BTreeSet<usize> = read.filter(|index| all.contains(index)).collect();
        if some.is_empty() { all } else { some }
    }

    /// Whether the standard has a unit of this name.
    pub fn is_unit(&self, text: &str) -> bool {
        self.units.contains(&plain_unit(text))
    }

    /// Whose figures a word promises; the city goes by the name that the standard's title has for it, too.
    pub fn whose(&self, text: &str) -> Option<Whose> {
        let text = text.trim();
        if self.keys.contains(text) {
            return Some(Whose::Part);
        }
        let city = text.ends_with('市') && text.chars().count() > 2 && self.title.contains(text);
        city.then_some(Whose::Whole).or_else(|| whole(text))
    }

    /// The district that a heading of rows, or a sheet, is called by. Other parts (环境卫生) are headings that mean no list.
    pub fn district(&self, text: &str) -> Option<&'a str> {
        let text = text.trim();
        let is_place = text.ends_with(['区', '县', '市', '镇', '乡']) || text.ends_with("街道");
        self.keys.get(text).copied().filter(|_| is_place)
    }

    /// Whether a word beside figures says that they are the whole's.
    pub fn is_whole(&self, text: &str) -> bool {
        matches!(self.whose(text), Some(Whose::Whole | Whose::Sum))
    }

    /// Whether a name says in brackets that it is of one part only: `公厕服务半径（天宁区）`.
    pub fn is_of_part(&self, name: &str) -> bool {
        !self.exact.contains_key(&compact(name))
            && bracket(name).is_some_and(|key| self.keys.contains(key.trim()))
    }

    pub fn is_field(&self, name: &str) -> bool {
        !name.trim().is_empty()
            && (self.fields.contains_key(&plain(name)) || self.slots.contains_key(&compact(name)))
    }
}

/// A name and a key, in any of the ways in which people join them.
pub fn with_key(name: &str, key: &str) -> String {
    compact(&[name, "(", key, ")"].concat())
}

pub fn compact(name: &str) -> String {
    let name = crate::entry::half_width(name).to_lowercase();
    name.chars()
        .filter(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// A name without the number before it: `1.`, `（二）`, `其中：`.
fn unnumbered(name: &str) -> String {
    let name = crate::entry::half_width(name);
    let name = name
        .strip_prefix("其中")
        .unwrap_or(&name)
        .trim_start_matches([':', '：', ' ']);
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = name.trim_start_matches('(').trim_start_matches(is_number);
    match rest.trim_start().strip_prefix([')', '、', '.', '．']) {
        Some(text) if rest.len() < name.len() => text.trim().into(),
        _ => name.into(),
    }
}
