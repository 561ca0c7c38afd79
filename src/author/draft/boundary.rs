//! Values around the lines of an indicator: below, at and above, where that makes a difference.

use super::{Case, Study, given, is_number};
use crate::author::coverage::lines;
use crate::check::{Check, Value, Work, at};
use crate::date::Date;
use crate::entry::{Given, check_limits};
use crate::explain::turning::turning_points;
use crate::number::Number;
use crate::rulebook::{FieldType, Id, Node};
use std::collections::HashSet;

/// Values around a line: what they are called, and the values.
struct Around {
    values: Vec<(&'static str, Given)>,
    /// Whether one of them lies exactly at it.
    exact: bool,
}

impl Study<'_> {
    /// Below, at and above each line, once for each place in the rules.
    pub fn boundaries(&mut self, cases: &[Case]) {
        let graph = &self.rulebook.graph;
        let mut lines: Vec<Id> = self
            .roots
            .iter()
            .flat_map(|root| lines(graph, *root))
            .collect();
        lines.sort_unstable();
        lines.dedup();
        let mut done = HashSet::new();
        for line in lines {
            if done.contains(&graph.place(line)) {
                continue;
            }
            if let Some((case, slot, around)) = self.around(cases, line) {
                done.insert(graph.place(line));
                for (where_to, value) in around.values {
                    let shown = match &value {
                        Given::Text(text) => text.clone(),
                        _ => String::new(),
                    };
                    let name = format!("{}{where_to}（{shown}）", self.slot_name(slot));
                    self.propose(name, &case.with(slot, value));
                }
            }
        }
    }

    /// A case and a slot that lie around a line; best where a value lies exactly at it.
    fn around(&self, cases: &[Case], line: Id) -> Option<(Case, u32, Around)> {
        let mut slots = self.rulebook.graph.slots_of(line);
        let is_given = |slot: &u32| {
            let field = self.rulebook.field_of(*slot);
            field.is_none_or(|(field, _)| field.given)
        };
        // What nobody changes in order to pass comes last.
        slots.sort_by_key(is_given);
        let mut second = None;
        for round in [None, Some(100), Some(1000)] {
            for case in cases {
                for slot in &slots {
                    let case = match round {
                        None => case.clone(),
                        Some(number) => self.rounded(case, line, number),
                    };
                    let Some(around) = self.values_around(&case, line, *slot) else {
                        continue;
                    };
                    if around.exact {
                        return Some((case, *slot, around));
                    }
                    second.get_or_insert((case, *slot, around));
                }
            }
        }
        second
    }

    /// A case with a round number in each given field that a line reads.
    fn rounded(&self, case: &Case, line: Id, number: i64) -> Case {
        let mut case = case.clone();
        for slot in self.rulebook.graph.slots_of(line) {
            let field = self.rulebook.field_of(slot).map(|(field, _)| field);
            if field.is_some_and(|field| field.given && is_number(field)) {
                case.slots.insert(slot, Given::Text(number.to_string()));
            }
        }
        case
    }

    fn values_around(&self, case: &Case, line: Id, slot: u32) -> Option<Around> {
        let (field, _) = self.rulebook.field_of(slot)?;
        let (_, checked) = self.check(case);
        let mut all: Vec<Vec<Value>> = Vec::new();
        if is_number(field) {
            let graph = &self.rulebook.graph;
            let support = graph.support(line);
            for turn in turning_points(graph, &support, &checked.values, slot, &Work::default()) {
                all.extend(near(&turn, field.digits));
            }
        } else if field.kind == FieldType::Date {
            all.extend(self.dates(&checked, line, slot));
        }
        let date = field.kind == FieldType::Date;
        let mut best: Option<Around> = None;
        for values in all {
            let mut seen = Vec::new();
            let mut around = Around {
                values: Vec::new(),
                exact: false,
            };
            let exact = match values.len() {
                3 => values.get(1).cloned(),
                _ => None,
            };
            for value in values {
                let in_limits = value
                    .number()
                    .is_none_or(|number| check_limits(field, number).is_ok());
                let Some(text) = given(&value).filter(|_| in_limits) else {
                    continue;
                };
                let (_, checked) = self.check(&case.with(slot, text.clone()));
                let Some(finding) = checked.findings.get(self.indicator) else {
                    continue;
                };
                if !finding.outcome.is_decided() {
                    continue;
                }
                let is_at = self.is_at(&checked, line);
                around.exact |= is_at;
                let side = match (&exact, date) {
                    _ if is_at && exact.as_ref() == Some(&value) => "恰在线上",
                    (Some(turn), false) if value.number() < turn.number() => "略低于线",
                    (Some(_), false) => "略高于线",
                    (Some(turn), true) if earlier(&value, turn) => "早一天",
                    (Some(_), true) => "晚一天",
                    (None, _) if seen.is_empty() => "略低于线",
                    (None, _) => "略高于线",
                };
                around.values.push((side, text));
                seen.push(finding.clone());
            }
            // A line that makes no difference here is not shown by these values.
            if seen.windows(2).any(|pair| pair.first() != pair.last())
                && best.as_ref().is_none_or(|best| around.exact && !best.exact)
            {
                best = Some(around);
            }
        }
        best
    }

    fn is_at(&self, checked: &Check, line: Id) -> bool {
        let Some(Node::Compare(_, a, b)) = self.rulebook.graph.node(line) else {
            return false;
        };
        let (a, b) = (at(&checked.values, *a), at(&checked.values, *b));
        a.cause().is_none() && a == b
    }

    /// Days around the one at which a comparison turns.
    fn dates(&self, checked: &Check, line: Id, slot: u32) -> Vec<Vec<Value>> {
        let Some(Node::Compare(_, a, b)) = self.rulebook.graph.node(line) else {
            return Vec::new();
        };
        let Some(Value::Date(now)) = checked.slots.get(slot as usize) else {
            return Vec::new();
        };
        let mut turns = Vec::new();
        match (at(&checked.values, *a), at(&checked.values, *b)) {
            (Value::Date(a), Value::Date(b)) => turns.extend([*a, *b]),
            (Value::Number(a), Value::Number(b)) => {
                let gap = a.checked_sub(b).and_then(|gap| gap.ceil(0)?.to_i64());
                let gap = gap.and_then(|gap| i32::try_from(gap).ok()).unwrap_or(0);
                let (year, month, day) = now.year_month_day();
                for sign in [-1, 1] {
                    turns.extend(Date::from_days(now.days().saturating_add(sign * gap)));
                    turns.extend(Date::new(year.saturating_add(sign * gap), month, day));
                }
            }
            _ => {}
        }
        let day = |turn: Date, by: i32| Date::from_days(turn.days() + by).map(Value::Date);
        turns
            .into_iter()
            .map(|turn| {
                [-1, 0, 1]
                    .into_iter()
                    .filter_map(|by| day(turn, by))
                    .collect()
            })
            .collect()
    }
}

fn earlier(a: &Value, b: &Value) -> bool {
    matches!((a, b), (Value::Date(a), Value::Date(b)) if a < b)
}

/// Values of so many decimal places around a number: below, at and above; without the middle
/// one where the number has more places.
fn near(turn: &Number, digits: u32) -> Option<Vec<Value>> {
    let step = (0..digits).try_fold(Number::ONE, |step, _| step.checked_div(&10.into()))?;
    let values = if turn.decimals().is_some_and(|places| places <= digits) {
        vec![
            turn.checked_sub(&step)?,
            turn.clone(),
            turn.checked_add(&step)?,
        ]
    } else {
        vec![turn.floor(digits)?, turn.ceil(digits)?]
    };
    Some(values.into_iter().map(Value::Number).collect())
}
