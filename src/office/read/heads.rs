//! Heads: which columns of somebody's table hold names, units and values, and whose, told by the words that people use.
//!
//! Of several years the newest is read, and that is told; what was aimed at, or reached the year before, is never read.

use super::book::Sheet;
use super::units::{behind, row_of_units};
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
    /// What is to be reached, or was before: a figure that is no value.
    Other,
}

const CODE: [&str; 4] = ["识别码", "字段", "字段名", "id"];
const NUMBER: [&str; 5] = ["编号", "指标编号", "指标代码", "项目编号", "number"];
const INDICATOR: [&str; 6] = [
    "指标",
    "指标名称",
    "考核指标",
    "考核内容",
    "指标内容",
    "indicator",
];
const LABEL: [&str; 11] = [
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
    "label",
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
    &["完成数", "实际完成", "实际", "实际情况", "数量", "值"],
    &["本期", "本年", "本月", "累计"],
];
/// A column with a year and no other word.
const YEAR_ONLY: usize = VALUE.len();
const OTHERS: [&str; 10] = [
    "目标", "计划", "标准", "要求", "满分", "上年", "去年", "上期", "上月", "同期",
];

/// Whose figures a column or a row holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whose {
    /// One district's, or another part's.
    Part,
    /// The whole city's.
    Whole,
    /// A sum: the whole where it stands beside parts.
    Sum,
}

const SUMS: [&str; 5] = ["合计", "总计", "共计", "总数", "总量"];
const CITY: &str = "全市";

/// Whether a word means the whole: 全市, 合计, 全市完成值. What the city's own offices do (市本级), and an average, is none.
pub fn whole(text: &str) -> Option<Whose> {
    let text = undated(text);
    let Some(rest) = text.strip_prefix(CITY) else {
        return SUMS.contains(&text.as_str()).then_some(Whose::Sum);
    };
    let known = rest.is_empty() || SUMS.contains(&rest);
    (known || matches!(role(rest), Some(Role::Value(_)))).then_some(Whose::Whole)
}

/// Words for columns whose figures are none of the data.
const BESIDE: [&str; 10] = [
    "序号", "行次", "分值", "权重", "得分", "扣分", "排名", "名次", "备注", "说明",
];

/// Whether the figures of a column are none of the data, by its heading.
pub fn is_beside(text: &str) -> bool {
    let text = plain(text);
    text.is_empty() || BESIDE.iter().any(|word| text.contains(word))
}

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

/// The year that a heading names, where it names one and no other number.
fn year_of(text: &str) -> Option<u32> {
    let text = half_width(text);
    let begin = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(begin..)?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, rest) = rest.split_at_checked(end)?;
    let year = digits
        .parse()
        .ok()
        .filter(|year| (1900..2200).contains(year))?;
    let alone = rest.trim_start().is_empty() || rest.trim_start().starts_with(['年', ')', ']']);
    (alone && digits.len() == 4 && !rest.contains(|c: char| c.is_ascii_digit())).then_some(year)
}

/// A heading without the year that it names.
fn undated(text: &str) -> String {
    let text = plain(text);
    let Some(year) = year_of(&text) else {
        return text;
    };
    let year = year.to_string();
    let (before, after) = text.split_once(&year).unwrap_or((&text, ""));
    let after = after.strip_prefix('年').unwrap_or(after);
    let after = after.strip_prefix(['度', '底', '末']).unwrap_or(after);
    [before, after].concat()
}

/// What a heading says that its column holds.
pub fn role(text: &str) -> Option<Role> {
    let text = undated(text);
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
    known
        .or_else(|| VALUE.iter().position(|words| is(words)).map(Role::Value))
        .or_else(|| {
            let other = OTHERS.iter().any(|word| text.contains(word));
            other.then_some(Role::Other)
        })
}

/// The heading of a table.
#[derive(Debug)]
pub struct Heads {
    /// Its first row; without a heading, the first of the table.
    pub first: u32,
    /// Its last row.
    pub last: u32,
    /// The first row below it, and below the row of units.
    pub below: u32,
    /// By column, from the left.
    pub roles: BTreeMap<u32, Role>,
    /// Columns that stand for a key of a list; without a name for the whole.
    pub keys: BTreeMap<u32, String>,
    /// Columns of a table by districts that are neither a district's nor the whole's, with their headings.
    pub unplaced: BTreeMap<u32, String>,
    /// The unit that a column says its values are in; of a column of units, that of cells without.
    pub units: BTreeMap<u32, String>,
    /// The row of units, where they are not those of columns with figures.
    pub loose: Option<(u32, BTreeMap<u32, String>)>,
    /// The years of columns with values.
    years: BTreeMap<u32, u32>,
}

impl Heads {
    /// Columns that no heading names.
    pub fn of_pairs(below: u32, roles: BTreeMap<u32, Role>) -> Self {
        Self {
            first: below,
            last: below.saturating_sub(1),
            below,
            roles,
            keys: BTreeMap::new(),
            unplaced: BTreeMap::new(),
            units: BTreeMap::new(),
            loose: None,
            years: BTreeMap::new(),
        }
    }

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

    /// Of columns with values of several years only those of the newest stay: its year and theirs, then the others.
    pub fn newest(&mut self) -> Option<[Vec<(u32, u32)>; 2]> {
        let mut read = self.values();
        read.extend(self.keys.keys());
        let dated: Vec<(u32, u32)> = read
            .iter()
            .filter_map(|column| Some((*self.years.get(column)?, *column)))
            .collect();
        let newest = dated.iter().map(|(year, _)| *year).max()?;
        let (kept, left): (Vec<_>, Vec<_>) =
            dated.into_iter().partition(|(year, _)| *year == newest);
        for (_, column) in &left {
            self.roles.remove(column);
            self.keys.remove(column);
        }
        (!left.is_empty()).then_some([kept, left])
    }

    fn names_rows(&self) -> bool {
        [Role::Code, Role::Label, Role::Indicator, Role::Number]
            .into_iter()
            .any(|role| self.column(role).is_some())
    }

    /// `one`: whether the figures of one district alone make a table.
    fn holds_values(&self, one: bool) -> bool {
        !self.values().is_empty() || self.keys.len() > usize::from(!one)
    }

    /// Takes up the units that stand in a row of their own below the heading.
    fn units_below(&mut self, sheet: &Sheet) {
        if let Some(units) = row_of_units(sheet, self.below) {
            let figures = |column: &u32| {
                self.keys.contains_key(column)
                    || matches!(self.roles.get(column), Some(Role::Value(_)))
            };
            if units.keys().any(figures) {
                self.units.extend(units);
            } else {
                self.loose = Some((self.below, units));
            }
            self.below += 1;
        }
    }
}

/// The rows among which a heading is looked for.
const MOST_ABOVE: usize = 40;

/// Finds the heading, of one row or of two; `whose` tells the keys of lists, and the whole.
pub fn heads(sheet: &Sheet, whose: impl Fn(&str) -> Option<Whose>) -> Option<Heads> {
    let rows = sheet.rows().into_iter().take(MOST_ABOVE);
    // What a machine wrote for itself is hidden.
    let rows: Vec<u32> = rows
        .filter(|row| !sheet.hidden_rows.contains(row))
        .collect();
    // A district beside a name may be who filled it in; a heading only where there is no other.
    [false, true].into_iter().find_map(|one| {
        rows.iter().find_map(|row| {
            let mut heads = at(sheet, *row, false, &whose);
            // A title is no upper heading, however wide it is: it names nothing.
            if heads.names_rows() && is_double(sheet, *row) {
                heads = at(sheet, *row, true, &whose);
            }
            (heads.names_rows() && heads.holds_values(one)).then(|| {
                heads.units_below(sheet);
                heads
            })
        })
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

fn at(sheet: &Sheet, row: u32, two: bool, whose: &impl Fn(&str) -> Option<Whose>) -> Heads {
    let mut heads = Heads::of_pairs(row + 1 + u32::from(two), BTreeMap::new());
    heads.first = row;
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
    let is_part = |text: &str| whose(text.trim()) == Some(Whose::Part);
    let is_whole = |text: &str, parts: bool| match whose(text.trim()) {
        Some(Whose::Whole) => true,
        Some(Whose::Sum) => parts,
        _ => false,
    };
    let mut all = sheet.cells.range((row, 0)..(heads.below, 0));
    let parts = all.any(|(_, held)| is_part(&held.text()));
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
        let texts = texts.into_iter().flatten();
        let key = texts.clone().find(|text| is_part(text));
        let key = key.or_else(|| {
            let mut texts = texts.clone();
            texts.any(|text| is_whole(text, parts)).then_some("")
        });
        // The lowest heading that says something decides.
        let said = texts.clone().filter(|text| !is_part(text)).find_map(role);
        // Beside districts, a column that says something else is not the city's, whatever stands above it.
        let own_text = low.as_deref().or(high.as_deref()).unwrap_or("");
        let names_nothing = role(own_text).is_none() && year_of(own_text).is_none();
        if parts
            && key.is_none()
            && names_nothing
            && !is_beside(own_text)
            && said != Some(Role::Other)
        {
            heads.unplaced.insert(column, own_text.trim().into());
            continue;
        }
        let year = texts.clone().find_map(year_of);
        let unit = texts.map(behind).find(|unit| !unit.is_empty());
        let role = match (key, said) {
            (_, Some(Role::Other)) => Role::Other,
            (Some(key), _) => {
                heads.keys.insert(column, key.trim().into());
                heads.years.extend(year.map(|year| (column, year)));
                heads.units.extend(unit.map(|unit| (column, unit)));
                continue;
            }
            (None, Some(role)) => role,
            (None, None) if year.is_some() => Role::Value(YEAR_ONLY),
            (None, None) => continue,
        };
        heads.roles.insert(column, role);
        if role == Role::Unit {
            heads.units.extend(unit.map(|unit| (column, unit)));
        } else if matches!(role, Role::Value(_)) {
            heads.years.extend(year.map(|year| (column, year)));
            heads.units.extend(unit.map(|unit| (column, unit)));
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
            ("目标值", Some(Role::Other)),
            ("2022年计划数", Some(Role::Other)),
            ("上年完成值", Some(Role::Other)),
            ("2023年度完成值（%）", Some(Role::Value(1))),
            ("完成情况（2023年）", Some(Role::Value(2))),
            ("2023年", None),
            ("分值", None),
            ("序号", None),
        ] {
            assert_eq!(role(text), expected, "{text}");
        }
    }

    #[test]
    fn a_year_is_one_that_stands_alone() {
        for (text, expected) in [
            ("2023年", Some(2023)),
            ("２０２３", Some(2023)),
            ("2023 年底", Some(2023)),
            ("完成情况（2023年）", Some(2023)),
            ("完成情况(2023)", Some(2023)),
            ("2021-2023年", None),
            ("2023年1-9月", None),
            ("2023.5", None),
            ("4830", None),
            ("20230", None),
            ("2023座", None),
        ] {
            assert_eq!(year_of(text), expected, "{text}");
        }
    }
}
