//! Units: what somebody's table says of the units of its figures: in a row of their own, behind a name, or for all of it
//! (`单位：公里` above, beside or below).

use super::book::{Held, Sheet};
use super::value::plain_unit;
use crate::entry::half_width;
use std::collections::{BTreeMap, BTreeSet};

/// The units in a row that holds nothing else.
pub fn row_of_units(sheet: &Sheet, row: u32) -> Option<BTreeMap<u32, String>> {
    let cells = sheet.cells.range((row, 0)..(row + 1, 0));
    let cells = cells.filter(|(_, held)| !held.is_blank());
    let units = cells.map(|((_, column), held)| Some((*column, unit_alone(&held.text())?)));
    let units: BTreeMap<u32, String> = units.collect::<Option<_>>()?;
    (!units.is_empty()).then_some(units)
}

/// A unit, and nothing else but brackets around it.
fn unit_alone(text: &str) -> Option<String> {
    let text = half_width(text);
    let text = labelled(&text).unwrap_or(&text);
    let text = text.strip_prefix('(').unwrap_or(text);
    let text = text.strip_suffix(')').unwrap_or(text).trim();
    let short = text.chars().count() <= 12
        && !text.contains(|c: char| c.is_ascii_digit() && c != '2' && c != '3');
    (short && (ends_as_unit(text) || is_measure(text))).then(|| text.into())
}

/// What stands behind the word for units, at the beginning of a text.
fn labelled(text: &str) -> Option<&str> {
    let text = text.strip_prefix("计量").unwrap_or(text);
    let text = text.strip_prefix("单位")?;
    Some(text.trim_start_matches([':', ' ']).trim())
}

fn ends_as_unit(text: &str) -> bool {
    const ENDS: [&str; 21] = [
        "米", "公里", "元", "座", "个", "%", "人", "吨", "户", "辆", "件", "次", "天", "公顷",
        "亩", "处", "条", "㎡", "m²", "m2", "小时",
    ];
    ENDS.iter().any(|unit| text.ends_with(unit))
}

/// What stands in the brackets behind a name.
pub fn bracket(name: &str) -> Option<String> {
    let name = half_width(name);
    let (_, inner) = name.strip_suffix(')')?.rsplit_once('(')?;
    Some(inner.into())
}

/// The unit in the brackets behind a name.
pub fn bracketed(name: &str) -> String {
    let inner = bracket(name).unwrap_or_default();
    let unit = labelled(&inner).unwrap_or(&inner);
    let is_unit = ends_as_unit(unit) || is_measure(unit);
    if is_unit { unit.into() } else { String::new() }
}

/// The unit behind the head of a column, in brackets or parted from it.
pub fn behind(head: &str) -> String {
    let in_brackets = bracketed(head);
    if !in_brackets.is_empty() {
        return in_brackets;
    }
    let head = half_width(head);
    let last = head.rsplit([' ', ',', ':', '、']).next().unwrap_or("");
    let last = [last, last.split_once('/').map_or("", |(_, unit)| unit)];
    let unit = last.into_iter().find(|unit| is_measure(unit));
    unit.map_or_else(String::new, Into::into)
}

/// Whether a text is the name of a unit and no more: stricter than its end, as 市园林处 is no unit.
fn is_measure(text: &str) -> bool {
    const MEASURES: [&str; 47] = [
        "平方米",
        "公顷",
        "亩",
        "平方公里",
        "平方千米",
        "立方米",
        "m3",
        "m³",
        "公里",
        "千米",
        "km",
        "米",
        "m",
        "厘米",
        "cm",
        "毫米",
        "mm",
        "吨",
        "t",
        "公斤",
        "千克",
        "kg",
        "元",
        "座",
        "个",
        "人",
        "户",
        "辆",
        "件",
        "次",
        "天",
        "日",
        "小时",
        "分钟",
        "处",
        "条",
        "张",
        "份",
        "家",
        "项",
        "盏",
        "栋",
        "株",
        "分",
        "%",
        "‰",
        "百分点",
    ];
    let text = plain_unit(text);
    let scaled = |part: &str| {
        let part = part.trim_start_matches(['十', '百', '千', '万', '亿']);
        MEASURES.contains(&part)
    };
    // 千米 and 千克 begin like a scale.
    let one = |part: &str| MEASURES.contains(&part) || scaled(part);
    ["万", "亿"].contains(&text.as_str()) || text.split(['/', '·']).all(one)
}

/// The most units that hold for the same figures.
const MOST_UNITS: usize = 12;

/// Units that hold for several figures.
#[derive(Clone, Debug)]
pub struct Group {
    /// Where that is said.
    pub place: (u32, u32),
    pub units: Vec<String>,
}

/// What a table says of all its figures, of those below a row, or of one row.
#[derive(Debug, Default)]
pub struct OfTable {
    /// By the row from which they hold.
    from: BTreeMap<u32, Group>,
    /// By the only row in which they hold.
    within: BTreeMap<u32, Group>,
    /// Cells that hold a unit and no value.
    pub cells: BTreeSet<(u32, u32)>,
}

/// Where the parts of a table are.
pub struct Rows<'a> {
    /// The first row of the heading; the row itself where there is none.
    pub head: u32,
    /// The first row of figures.
    pub below: u32,
    /// Columns with names or figures.
    pub columns: &'a dyn Fn(u32) -> bool,
    /// Columns with figures.
    pub figures: &'a [u32],
}

impl OfTable {
    /// `known`: whether the standard has a unit of this name.
    pub fn of(sheet: &Sheet, rows: &Rows<'_>, known: &dyn Fn(&str) -> bool) -> Self {
        let mut all = Self::default();
        let mut said: Vec<Group> = Vec::new();
        for (place, held) in &sheet.cells {
            let Held::Text(text) = held else { continue };
            let (row, column) = *place;
            let is_heading = (rows.head..rows.below).contains(&row);
            if is_heading && (rows.columns)(column) {
                continue;
            }
            let is_unit = |text: &str| known(text) || is_measure(text);
            let mut units = stated(text, &is_unit);
            // A title may end with the unit; a heading's belongs to its column.
            if units.is_empty() && row < rows.head {
                let own = bracket(text).unwrap_or_else(|| half_width(text));
                let own = own.trim_start_matches('(').trim_end_matches(')');
                units.extend(is_unit(own).then(|| own.to_string()));
            }
            // The word in one cell, the unit in the next.
            if units.is_empty() && !is_heading && names_unit(text) {
                let mut right = sheet.cells.range((row, column + 1)..(row + 1, 0));
                let next = right.find(|(_, held)| !held.is_blank());
                if let Some((next, held)) = next
                    && is_unit(&held.text())
                {
                    units.push(half_width(&held.text()));
                    all.cells.extend([*place, *next]);
                }
            }
            if !units.is_empty() {
                // KM is km; what counts is written in lower case.
                let units = units.iter().map(|unit| unit.to_ascii_lowercase()).collect();
                said.push(Group {
                    place: *place,
                    units,
                });
            }
        }
        for group in said {
            all.add(sheet, rows, group);
        }
        all
    }

    fn add(&mut self, sheet: &Sheet, rows: &Rows<'_>, group: Group) {
        let row = group.place.0;
        let mut figures = rows.figures.iter();
        let has_figures = figures.any(|column| {
            let place = (row, *column);
            let says = place == group.place || self.cells.contains(&place);
            !says && !sheet.is_empty_at(row, *column)
        });
        let (map, row) = match row < rows.below {
            true => (&mut self.from, 0),
            // Beside a figure it is that one's.
            false if has_figures => (&mut self.within, row),
            false => (&mut self.from, row),
        };
        match map.get_mut(&row) {
            Some(known) => {
                for unit in group.units {
                    if known.units.len() < MOST_UNITS && !known.units.contains(&unit) {
                        known.units.push(unit);
                    }
                }
            }
            None => {
                map.insert(row, group);
            }
        }
    }

    /// A row of units that are of no column with figures: then of the whole table.
    pub fn loose(&mut self, row: u32, units: &BTreeMap<u32, String>) {
        if let Some(column) = units.keys().next() {
            let units = units.values().cloned().collect();
            let place = (row, *column);
            self.from.entry(0).or_insert(Group { place, units });
        }
    }

    /// The unit that a cell states for the figures of its row.
    pub fn beside(&mut self, place: (u32, u32), unit: &str) {
        let units = vec![half_width(unit)];
        let units = units.into_iter().filter(|unit| !unit.is_empty());
        let units: Vec<String> = units.collect();
        if !units.is_empty() {
            self.within.insert(place.0, Group { place, units });
        }
    }

    /// The cells that state units and hold nothing else.
    pub fn places(&self) -> BTreeSet<(u32, u32)> {
        let groups = self.from.values().chain(self.within.values());
        let places = groups.map(|group| &group.place);
        places.chain(&self.cells).copied().collect()
    }

    /// What holds for the figures of a row: said beside them, above them, or else below the table.
    pub fn at(&self, row: u32) -> Option<&Group> {
        let above = || self.from.range(..=row).next_back().map(|(_, group)| group);
        let own = self.within.get(&row).or_else(above);
        own.or_else(|| self.from.values().next())
    }
}

/// Whether a cell is the word for units alone.
fn names_unit(text: &str) -> bool {
    let text = half_width(text);
    ["单位", "计量单位"].contains(&text.trim_end_matches(':').trim())
}

/// The units that a text states: `单位：公里、座`, `公厕情况表（单位：公里）`, `以公里为单位`. Who filled it in is none.
fn stated(text: &str, is_unit: &dyn Fn(&str) -> bool) -> Vec<String> {
    let text = half_width(text);
    let lower = text.to_lowercase();
    // Letters keep their length in lower case, or the text has none that matter.
    let lower = if lower.len() == text.len() {
        &lower
    } else {
        &text
    };
    for word in ["单位", "unit"] {
        for (at, _) in lower.match_indices(word) {
            let (before, after) = text.split_at_checked(at).unwrap_or_default();
            let after = after.get(word.len()..).unwrap_or_default();
            let own = before
                .strip_suffix('为')
                .and_then(|before| before.rsplit(['以', '按', '(']).next());
            let after = after.trim_start_matches([':', ' ', '为', '是', '均']);
            let end = after.find([')', ']', '】', ';', '。', '\n', ' ']);
            let after = after.get(..end.unwrap_or(after.len())).unwrap_or(after);
            let of_measures = before.ends_with("计量");
            for said in own.into_iter().chain([after]) {
                let all = said.split(['、', ',', '和', '或']).map(str::trim);
                let some = all.filter(|unit| is_unit(unit)).map(String::from);
                let some: Vec<String> = some.collect();
                if !some.is_empty() {
                    return some;
                }
            }
            if of_measures && !after.is_empty() && after.chars().count() <= 12 {
                return vec![after.into()];
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_stated_in_many_ways() {
        for (text, expected) in [
            ("单位：公里", &["公里"][..]),
            ("（单位：公里）", &["公里"]),
            ("公厕情况表(单位: km)", &["km"]),
            ("计量单位：公顷", &["公顷"]),
            ("长度单位为千米", &["千米"]),
            ("单位：万平方米、座", &["万平方米", "座"]),
            ("单位：公里 填报人：张三", &["公里"]),
            ("注：以公里为单位。", &["公里"]),
            ("Unit: km", &["km"]),
            ("单位：座/平方公里", &["座/平方公里"]),
            ("计量单位：华里", &["华里"]),
            ("单位：市城市管理局", &[]),
            ("填报单位：市园林处", &[]),
            ("各单位人数统计表", &[]),
            ("单位", &[]),
            ("", &[]),
        ] {
            assert_eq!(stated(text, &is_measure), expected, "{text}");
        }
    }

    #[test]
    fn a_unit_behind_a_head_is_parted_from_it() {
        for (head, unit) in [
            ("填报值（公里）", "公里"),
            ("填报值（单位：公里）", "公里"),
            ("填报值/公里", "公里"),
            ("填报值 公里", "公里"),
            ("填报值：公里", "公里"),
            ("填报值，单位：公里", "公里"),
            ("填报值（座/平方公里）", "座/平方公里"),
            ("填报值", ""),
            ("人数（本年）", ""),
        ] {
            assert_eq!(behind(head), unit, "{head}");
        }
    }
}
