//! Checking: one entry against every indicator of a rulebook.
//!
//! A check is a pure function of its arguments: the same rulebook, entry and
//! as-of date give the same findings in a browser, in Node and in a terminal.
//! Why a finding is what it is, and what would pass, is `explain`'s business.

mod evaluate;
mod value;

pub use evaluate::{Inputs, at, evaluate, evaluate_again, value_of};
pub use value::{Cause, Value};

use crate::date::Date;
use crate::entry::Reading;
use crate::number::Number;
use crate::rulebook::{Indicator, Parameter, ParameterValue, Rulebook};

/// What is known about an indicator.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// 达标
    Met,
    /// 部分得分: some but not all points.
    Partial,
    /// 未达标
    Unmet,
    /// 缺数据: staff's turn.
    Missing,
    /// 待定线: a threshold is not set; the coordinator's turn.
    Pending,
    /// 数据有误: staff's turn.
    Invalid,
    /// 不涉及
    NotApplicable,
    /// 豁免: let off for a time.
    Waived,
}

impl Check {
    /// What expressions start from.
    pub fn inputs<'a>(&'a self, slots: &'a [Value]) -> Inputs<'a> {
        Inputs {
            slots,
            parameters: &self.parameters,
            as_of: Some(self.as_of),
        }
    }
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 8] = [
        Self::Met,
        Self::Partial,
        Self::Unmet,
        Self::Missing,
        Self::Pending,
        Self::Invalid,
        Self::NotApplicable,
        Self::Waived,
    ];

    /// The word that rules and reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partial => "partial",
            Self::Unmet => "unmet",
            Self::Missing => "missing",
            Self::Pending => "pending",
            Self::Invalid => "invalid",
            Self::NotApplicable => "not_applicable",
            Self::Waived => "waived",
        }
    }

    /// Whether the data and the lines decide the points.
    pub const fn is_decided(self) -> bool {
        matches!(
            self,
            Self::Met | Self::Partial | Self::Unmet | Self::NotApplicable | Self::Waived
        )
    }

    /// Whether there is something to put right.
    pub const fn falls_short(self) -> bool {
        matches!(self, Self::Unmet | Self::Partial)
    }

    /// Whether it is left out of the score.
    pub const fn is_aside(self) -> bool {
        matches!(self, Self::NotApplicable | Self::Waived)
    }
}

/// An indicator, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is known.
    pub outcome: Outcome,
    /// Points won; `None` while undecided, and where it does not apply.
    pub points: Option<Number>,
}

/// An entry, checked.
#[derive(Clone, Debug)]
pub struct Check {
    /// The date of the check.
    pub as_of: Date,
    /// The values that the rules saw: what a data check refuses is `INVALID`.
    pub slots: Vec<Value>,
    /// The lines as of the date, or as the user set them.
    pub parameters: Vec<Value>,
    /// The value of every node.
    pub values: Vec<Value>,
    /// One for each indicator.
    pub findings: Vec<Finding>,
    /// Indices of the data checks that do not hold.
    pub broken: Vec<usize>,
}

/// The value of a parameter that holds on a date.
pub fn in_force(parameter: &Parameter, date: Date) -> Option<&ParameterValue> {
    let holds = |v: &&ParameterValue| v.from <= date && v.to.is_none_or(|to| date <= to);
    parameter.values.iter().rev().find(holds)
}

/// Judges every indicator.
pub fn check(rulebook: &Rulebook, reading: &Reading, as_of: Date) -> Check {
    let parameters: Vec<Value> = (rulebook.parameters.iter().zip(&reading.parameters))
        .map(|(parameter, set)| match (set, in_force(parameter, as_of)) {
            (Some(value), _) => value.clone(),
            (None, Some(value)) => (&value.value).into(),
            (None, None) => Value::Unknown(Cause::Pending),
        })
        .collect();
    let graph = &rulebook.graph;
    let mut checked = Check {
        as_of,
        slots: reading.slots.clone(),
        parameters,
        values: Vec::new(),
        findings: Vec::new(),
        broken: Vec::new(),
    };
    checked.values = evaluate(graph, checked.inputs(&checked.slots));
    let mut contradicted = false;
    for (index, check) in rulebook.data_checks.iter().enumerate() {
        if at(&checked.values, check.holds).truth() != Some(false) {
            continue;
        }
        checked.broken.push(index);
        if check.error {
            contradicted = true;
            for slot in graph.slots_of(check.holds) {
                if let Some(place) = checked.slots.get_mut(slot as usize) {
                    *place = Value::INVALID;
                }
            }
        }
    }
    if contradicted {
        checked.values = evaluate(graph, checked.inputs(&checked.slots));
    }
    let aside = reading.not_applicable.iter().zip(&reading.waived);
    let findings = (rulebook.indicators.iter().zip(aside))
        .map(|(indicator, (excluded, waiver))| {
            let outcome = match (excluded, waiver) {
                (Some(_), _) => Outcome::NotApplicable,
                (None, Some(waiver)) if as_of <= waiver.until => Outcome::Waived,
                _ => return judge(indicator, &checked.values),
            };
            Finding {
                outcome,
                points: None,
            }
        })
        .collect();
    checked.findings = findings;
    checked
}

/// Judges an indicator by the values of its nodes.
pub fn judge(indicator: &Indicator, values: &[Value]) -> Finding {
    let undecided = |value: &Value| Finding {
        outcome: match value.cause() {
            Some(Cause::Pending) => Outcome::Pending,
            Some(Cause::Missing) => Outcome::Missing,
            Some(Cause::NotApplicable) => Outcome::NotApplicable,
            Some(Cause::Invalid | Cause::Met) | None => Outcome::Invalid,
        },
        points: None,
    };
    if let Some(applies) = indicator.applies {
        match at(values, applies) {
            Value::Truth(true) => {}
            Value::Truth(false) => {
                return Finding {
                    outcome: Outcome::NotApplicable,
                    points: None,
                };
            }
            unknown => return undecided(unknown),
        }
    }
    let met = match at(values, indicator.meets) {
        Value::Truth(met) => *met,
        unknown => return undecided(unknown),
    };
    let points = match indicator.score.map(|score| at(values, score)) {
        // A value that is met by policy has no number to score; nothing is lacking.
        None | Some(Value::Unknown(Cause::Met)) => {
            if met {
                indicator.points.clone()
            } else {
                Number::ZERO
            }
        }
        // No scoring gives less than nothing or more than the full points.
        Some(Value::Number(points)) => {
            let points = points.max(&Number::ZERO);
            points.min(&indicator.points).clone()
        }
        Some(unknown) => return undecided(unknown),
    };
    let outcome = match met {
        true => Outcome::Met,
        false if points.signum() > 0 && points < indicator.points => Outcome::Partial,
        false => Outcome::Unmet,
    };
    Finding {
        outcome,
        points: Some(points),
    }
}
