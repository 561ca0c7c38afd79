//! A table of submissions, one in each row: what its columns are, and what comes of a row.
//!
//! A row whose cells cannot be read is no submission: it is told, and not judged. What can be read but
//! contradicts itself is judged, as it is everywhere else.

use crate::author::Text;
use crate::check::{Cause, Outcome, Value, check};
use crate::date::Date;
use crate::entry::{
    Given, Limit, Problem, Reading, Trouble, limits, read_parameter, read_value, reason,
};
use crate::number::Number;
use crate::rulebook::Rulebook;
use crate::score::Scorer;
use crate::wording::{Lang, data_problem, most_like, trouble_code};
use std::collections::HashMap;

/// What a column holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Column {
    /// Something to copy through.
    Id,
    /// The date whose lines apply to the row.
    AsOf,
    /// A figure: the index of its field, and its place where it is one of a list.
    Field(usize, Option<usize>),
    /// A line that the user sets.
    Parameter(usize),
    /// The reason why an indicator does not apply; empty where it does.
    NotApplicable(usize),
    /// Nothing: it has no name.
    Nameless,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Their names, as they are written.
    pub names: Vec<String>,
    /// What they hold.
    pub holds: Vec<Column>,
}

/// The name of the column with the date.
const AS_OF: &str = "as_of";
/// Names of a column that is copied through without being named.
const IDS: [&str; 3] = ["id", "编号", "序号"];
/// What the columns with reasons begin with, before the id of an indicator.
const NOT_APPLICABLE: [&str; 2] = ["不涉及", "not_applicable"];

impl Columns {
    /// The columns of a heading; `ids` are those to copy through.
    ///
    /// # Errors
    ///
    /// All that is wrong with the heading.
    pub fn of(rulebook: &Rulebook, heading: &[String], ids: &[String]) -> Result<Self, Vec<Text>> {
        let mut names: HashMap<&str, Column> = HashMap::new();
        let mut add = |name, column| {
            names.entry(name).or_insert(column);
        };
        for (index, field) in rulebook.fields.iter().enumerate() {
            for name in [&field.id, &field.name, &field.label] {
                add(name.as_str(), Column::Field(index, None));
            }
        }
        for (index, parameter) in rulebook.parameters.iter().enumerate() {
            for name in [&parameter.id, &parameter.label] {
                add(name.as_str(), Column::Parameter(index));
            }
        }
        let mut wrong = Vec::new();
        let mut columns = Self {
            names: heading.to_vec(),
            holds: Vec::new(),
        };
        let mut seen: HashMap<(usize, usize), &str> = HashMap::new();
        for (index, name) in heading.iter().enumerate() {
            let place = index + 1;
            let column = match columns.one(rulebook, &names, name, ids) {
                Ok(column) => column,
                Err(why) => {
                    wrong.push(Text::new(
                        format!("第 {place} 列“{name}”{}", why.zh),
                        format!("column {place} “{name}” {}", why.en),
                    ));
                    Column::Nameless
                }
            };
            let key = match column {
                Column::Id | Column::Nameless => None,
                Column::AsOf => Some((0, 0)),
                Column::Parameter(index) => Some((1, index)),
                Column::NotApplicable(index) => Some((3, index)),
                Column::Field(index, key) => {
                    let slot = rulebook.fields.get(index).map_or(0, |f| f.slot as usize);
                    Some((2, slot + key.unwrap_or(0)))
                }
            };
            if let Some(before) = key.and_then(|key| seen.insert(key, name)) {
                wrong.push(Text::new(
                    format!("第 {place} 列“{name}”和前面的“{before}”是同一项"),
                    format!("column {place} “{name}” is the same as “{before}”"),
                ));
            }
            columns.holds.push(column);
        }
        for id in ids {
            if !heading.contains(id) {
                wrong.push(Text::new(
                    format!("--id {id}：没有这一列"),
                    format!("no column “{id}”"),
                ));
            }
        }
        let figures = |column: &Column| matches!(column, Column::Field(..));
        if wrong.is_empty() && !columns.holds.iter().any(figures) {
            wrong.push(Text::new("没有一列是字段", "no column is a field"));
        }
        if wrong.is_empty() {
            Ok(columns)
        } else {
            Err(wrong)
        }
    }

    /// What a column of this name holds.
    fn one(
        &self,
        rulebook: &Rulebook,
        names: &HashMap<&str, Column>,
        name: &str,
        ids: &[String],
    ) -> Result<Column, Text> {
        if name.is_empty() {
            return Ok(Column::Nameless);
        }
        if ids.iter().any(|id| id == name) {
            return Ok(Column::Id);
        }
        let keys = |index: usize| {
            rulebook
                .fields
                .get(index)
                .map(|field| field.keys.as_slice())
        };
        match names.get(name) {
            Some(Column::Field(index, _)) if keys(*index).is_some_and(|keys| !keys.is_empty()) => {
                let key = keys(*index)
                    .and_then(<[String]>::first)
                    .map_or("", String::as_str);
                return Err(Text::new(
                    format!("是逐个填写的，每个一列，例如“{name}.{key}”"),
                    format!("is a list: a column for each, such as “{name}.{key}”"),
                ));
            }
            Some(column) => return Ok(*column),
            None => {}
        }
        let keyed = name.rsplit_once('.').and_then(|(name, key)| {
            let Some(Column::Field(index, _)) = names.get(name.trim()) else {
                return None;
            };
            let key = keys(*index)?.iter().position(|known| known == key.trim())?;
            Some(Column::Field(*index, Some(key)))
        });
        if let Some(column) = keyed {
            return Ok(column);
        }
        if let Some((first, id)) = name.split_once('.')
            && NOT_APPLICABLE.contains(&first.trim())
        {
            let mut all = rulebook.indicators.iter();
            let found = all.position(|indicator| indicator.id == id.trim());
            return found
                .map(Column::NotApplicable)
                .ok_or_else(|| Text::new("：没有这个编号的指标", "names no indicator"));
        }
        if name == AS_OF {
            return Ok(Column::AsOf);
        }
        if IDS.contains(&name.to_lowercase().as_str()) {
            return Ok(Column::Id);
        }
        let like = most_like(name, names.keys().copied());
        let (zh, en) = match like {
            Some(like) => (format!("，是不是“{like}”？"), format!("; is it “{like}”?")),
            None => ("。".into(), ".".into()),
        };
        Err(Text::new(
            format!("不是字段{zh}要照抄到结果里，请加 --id {name}"),
            format!("is no field{en} To copy it through, add --id"),
        ))
    }
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The score, at its low and its high end.
    pub score: [Number; 2],
    /// One for each indicator: the outcome, and the points where they are decided.
    pub verdicts: Vec<(Outcome, Option<Number>)>,
}

/// Why a cell cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Bad {
    /// The index of its column; `None` where it is the row as a whole.
    pub column: Option<usize>,
    /// Why.
    pub why: Text,
}

/// What rows are judged by. Each thread has its own.
#[derive(Debug)]
pub struct Judge<'a> {
    rulebook: &'a Rulebook,
    columns: &'a Columns,
    as_of: Date,
    /// What lines may be.
    limits: Vec<Limit>,
    /// Nothing entered but the lines set for all rows.
    empty: Reading,
}

impl<'a> Judge<'a> {
    /// A judge; `set` are lines for all rows, by index, and `as_of` is for rows that name no date.
    pub fn new(
        rulebook: &'a Rulebook,
        columns: &'a Columns,
        set: &[(usize, Given)],
        as_of: Date,
    ) -> Self {
        let mut parameters = vec![None; rulebook.parameters.len()];
        let limits = limits(rulebook);
        for (index, given) in set {
            let both = rulebook.parameters.get(*index).zip(limits.get(*index));
            let value =
                both.and_then(|(one, limit)| read_parameter(rulebook, one, *limit, given).ok());
            if let (Some(place), Some(value)) = (parameters.get_mut(*index), value) {
                *place = value;
            }
        }
        Self {
            rulebook,
            columns,
            as_of,
            limits,
            empty: Reading {
                slots: vec![Value::Unknown(Cause::Missing); rulebook.slots()],
                parameters,
                not_applicable: vec![None; rulebook.indicators.len()],
                waived: vec![None; rulebook.indicators.len()],
                problems: Vec::new(),
            },
        }
    }

    /// Reads a row, and judges it.
    ///
    /// # Errors
    ///
    /// Every cell that cannot be read.
    pub fn row(&self, cells: &[&str]) -> Result<Row, Vec<Bad>> {
        let (count, heading) = (cells.len(), self.columns.holds.len());
        if count != heading {
            let why = Text::new(
                format!("这一行有 {count} 格，标题有 {heading} 格"),
                format!("{count} cells, the heading has {heading}"),
            );
            return Err(vec![Bad { column: None, why }]);
        }
        let mut reading = self.empty.clone();
        let mut as_of = self.as_of;
        let mut bad = Vec::new();
        for (index, (cell, column)) in cells.iter().zip(&self.columns.holds).enumerate() {
            if let Err(why) = self.cell(cell, *column, &mut reading, &mut as_of) {
                bad.push(Bad {
                    column: Some(index),
                    why,
                });
            }
        }
        if bad.is_empty() {
            Ok(judge_row(self.rulebook, &reading, as_of))
        } else {
            Err(bad)
        }
    }

    fn cell(
        &self,
        cell: &str,
        column: Column,
        reading: &mut Reading,
        as_of: &mut Date,
    ) -> Result<(), Text> {
        let given = || Given::Text(cell.into());
        match column {
            Column::Id | Column::Nameless => {}
            Column::AsOf if cell.trim().is_empty() => {}
            Column::AsOf => {
                *as_of = Date::parse(cell.trim()).ok_or_else(|| {
                    Text::new(
                        format!("“{cell}”不是日期，请写成 2023-05-31"),
                        format!("“{cell}” is no date: write 2023-05-31"),
                    )
                })?;
            }
            Column::Field(index, key) => {
                let Some(field) = self.rulebook.fields.get(index) else {
                    return Ok(());
                };
                let slot = field.slot as usize + key.unwrap_or(0);
                let value = read_value(self.rulebook, field, &given()).map_err(|trouble| {
                    self.why(trouble, &self.rulebook.slot_id(slot as u32), cell)
                })?;
                if let (Some(place), Some(value)) = (reading.slots.get_mut(slot), value) {
                    *place = value;
                }
            }
            Column::NotApplicable(index) => {
                let indicator = self.rulebook.indicators.get(index);
                let name = indicator.map_or("", |indicator| &indicator.id);
                match reason(cell) {
                    None if cell.trim().is_empty() => {}
                    None => return Err(self.why(Trouble::NoReason, name, cell)),
                    Some(reason) => {
                        if let Some(place) = reading.not_applicable.get_mut(index) {
                            *place = Some(reason.into());
                        }
                    }
                }
            }
            Column::Parameter(index) => {
                let Some(parameter) = self.rulebook.parameters.get(index) else {
                    return Ok(());
                };
                let limit = self.limits.get(index).copied().unwrap_or_default();
                let value = read_parameter(self.rulebook, parameter, limit, &given())
                    .map_err(|trouble| self.why(trouble, &parameter.id, cell))?;
                if let (Some(place), Some(value)) = (reading.parameters.get_mut(index), value) {
                    *place = Some(value);
                }
            }
        }
        Ok(())
    }

    fn why(&self, trouble: Trouble, name: &str, given: &str) -> Text {
        let problem = Problem {
            trouble,
            name: name.into(),
            given: given.into(),
            like: None,
        };
        debug_assert!(trouble_code(trouble).1, "what is only doubtful is read");
        let told = |lang| data_problem(self.rulebook, &problem, lang);
        Text::new(told(Lang::Zh), told(Lang::En))
    }
}

/// Judges a row that was read.
pub fn judge_row(rulebook: &Rulebook, reading: &Reading, as_of: Date) -> Row {
    let checked = check(rulebook, reading, as_of);
    let score = Scorer::new(rulebook, &checked).points();
    let verdicts = checked.findings.into_iter();
    Row {
        score,
        verdicts: verdicts.map(|f| (f.outcome, f.points)).collect(),
    }
}
