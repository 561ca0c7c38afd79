//! Heads: which columns of somebody's table hold names, units and values, told by the words that people use.

use super::book::Sheet;
use crate::entry::half_width;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// The id of a field.
    Code,
    /// The number of an indicator.
    Number,
    /// The title of an indicator.
    Indicator,
    /// What a value is called.
    Label,
    /// A district or another key of a list.
    Key,
    Unit,
    /// The value; of several, that of the first kind of word.
    Value(usize),
}

const CODE: [&str; 4] = ["识别码", "字段", "字段名", "id"];
const NUMBER: [&str; 4] = ["编号", "指标编号", "指标代码", "项目编号"];
const INDICATOR: [&str; 6] = [
    "指标",
    "指标名称",
    "考核指标",
    "考核内容",
    "指标内容",
    "indicator",
];
const LABEL: [&str; 10] = [
    "数据项",
    "数据项名称",
    "项目",
    "项目名称",
    "名称",
    "填报项",
    "填报内容",
    "内容",
    "item",
    "name",
];
const KEY: [&str; 7] = ["辖市区", "辖区", "地区", "区域", "区县", "各区", "区"];
const UNIT: [&str; 3] = ["单位", "计量单位", "unit"];
/// The clearer a word is, the earlier it stands.
const VALUE: [&[&str]; 5] = [
    &["填报值", "填报数据", "填报数", "填写值"],
    &[
        "实际值",
        "实际完成值",
        "现状值",
        "完成值",
        "实际数",
        "自查值",
        "自评值",
    ],
    &[
        "数值",
        "数据",
        "指标值",
        "当前值",
        "现状",
        "完成情况",
        "value",
    ],
    &["完成数", "实际完成", "实际情况", "数量", "值"],
    &["本期", "本年", "本月", "累计"],
];

/// A heading without blanks, brackets and what stands in them.
pub fn plain(text: &str) -> String {
    let text = half_width(text).to_lowercase();
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && !c.is_whitespace() && !matches!(c, ':' | '*' | '.' | '、') => {
                out.push(c)
            }
            _ => {}
        }
    }
    out
}

fn role(text: &str) -> Option<Role> {
    let text = plain(text);
    let is = |words: &[&str]| words.contains(&text.as_str());
    let simple = [
        (CODE.as_slice(), Role::Code),
        (&NUMBER, Role::Number),
        (&INDICATOR, Role::Indicator),
        (&LABEL, Role::Label),
        (&KEY, Role::Key),
        (&UNIT, Role::Unit),
    ];
    let known = simple
        .into_iter()
        .find(|(words, _)| is(words))
        .map(|(_, role)| role);
    known.or_else(|| VALUE.iter().position(|words| is(words)).map(Role::Value))
}

/// The heading of a table.
#[derive(Debug)]
pub struct Heads {
    /// The first row below it.
    pub below: u32,
    /// By column, from the left.
    pub roles: BTreeMap<u32, Role>,
    /// Columns that stand for a key of a list.
    pub keys: BTreeMap<u32, String>,
}

impl Heads {
    /// The column of a role, the first from the left.
    pub fn column(&self, role: Role) -> Option<u32> {
        self.roles
            .iter()
            .find(|(_, known)| **known == role)
            .map(|(column, _)| *column)
    }

    /// The columns with the clearest word for values.
    pub fn values(&self) -> Vec<u32> {
        let of = |role: &Role| match role {
            Role::Value(kind) => Some(*kind),
            _ => None,
        };
        let best = self.roles.values().filter_map(of).min();
        let same = self
            .roles
            .iter()
            .filter(|(_, role)| best.is_some() && of(role) == best);
        same.map(|(column, _)| *column).collect()
    }

    fn names_rows(&self) -> bool {
        [Role::Code, Role::Label, Role::Indicator, Role::Number]
            .into_iter()
            .any(|role| self.column(role).is_some())
    }

    fn holds_values(&self) -> bool {
        !self.values().is_empty() || self.keys.len() > 1
    }
}

/// The rows among which a heading is looked for.
const MOST_ABOVE: usize = 40;

/// Finds the heading, of one row or of two; `is_key` tells the keys of lists.
pub fn heads(sheet: &Sheet, is_key: impl Fn(&str) -> bool) -> Option<Heads> {
    let rows: Vec<u32> = sheet.rows().into_iter().take(MOST_ABOVE).collect();
    rows.iter().find_map(|row| {
        let two = is_double(sheet, *row);
        let heads = at(sheet, *row, two, &is_key);
        (heads.names_rows() && heads.holds_values()).then_some(heads)
    })
}

/// Whether the row below belongs to the heading too: something there is divided, and nothing that is not stands below.
fn is_double(sheet: &Sheet, row: u32) -> bool {
    let below: Vec<u32> = sheet
        .cells
        .range((row + 1, 0)..(row + 2, 0))
        .map(|((_, column), _)| *column)
        .collect();
    let wide = |column: u32| {
        sheet
            .area(row, column)
            .is_some_and(|area| area.to.1 > area.from.1 && area.to.0 == row)
    };
    let own = |column: u32| {
        sheet
            .cells
            .get(&(row, column))
            .is_some_and(|held| !held.is_blank())
    };
    let names = sheet
        .cells
        .range((row, 0)..(row + 1, 0))
        .filter(|(_, held)| {
            matches!(
                role(&held.text()),
                Some(Role::Label | Role::Indicator | Role::Code)
            )
        });
    let names_open = names
        .map(|((_, column), _)| *column)
        .all(|column| !below.contains(&column));
    // A cell without a neighbour to its right may be spread over the columns below.
    let spread = |column: u32| {
        wide(column) || !own(column) || below.contains(&(column + 1)) && !own(column + 1)
    };
    let words = below.iter().all(|column| {
        let held = sheet.cells.get(&(row + 1, *column));
        held.is_some_and(|held| {
            held.text()
                .trim()
                .parse::<u64>()
                .map_or(true, |number| (1900..2200).contains(&number))
        })
    });
    !below.is_empty() && names_open && words && below.iter().all(|column| spread(*column))
}

fn at(sheet: &Sheet, row: u32, two: bool, is_key: &impl Fn(&str) -> bool) -> Heads {
    let mut heads = Heads {
        below: row + 1 + u32::from(two),
        roles: BTreeMap::new(),
        keys: BTreeMap::new(),
    };
    let own = |row: u32, column: u32| {
        sheet
            .cells
            .get(&(row, column))
            .filter(|held| !held.is_blank())
            .map(super::book::Held::text)
    };
    let columns: std::collections::BTreeSet<u32> = (sheet.cells.range((row, 0)..(heads.below, 0)))
        .map(|((_, column), _)| *column)
        .collect();
    let mut upper = String::new();
    for column in columns {
        let high = own(row, column);
        // A heading over several columns holds for those to its right that have none.
        if let Some(text) = &high {
            upper.clone_from(text);
        }
        let low = if two { own(row + 1, column) } else { None };
        let texts = [
            low.as_deref(),
            high.as_deref(),
            Some(upper.as_str()).filter(|_| low.is_some()),
        ];
        let mut texts = texts.into_iter().flatten();
        if let Some(key) = texts.clone().find(|text| is_key(text.trim())) {
            heads.keys.insert(column, key.trim().into());
        } else if let Some(role) = texts.find_map(role) {
            heads.roles.entry(column).or_insert(role);
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_words() {
        for (text, expected) in [
            ("填报值", Some(Role::Value(0))),
            ("完成值（%）", Some(Role::Value(1))),
            ("计量单位", Some(Role::Unit)),
            ("数 据 项", Some(Role::Label)),
            ("指标\n名称", Some(Role::Indicator)),
            ("目标值", None),
            ("分值", None),
            ("序号", None),
        ] {
            assert_eq!(role(text), expected, "{text}");
        }
    }
}
