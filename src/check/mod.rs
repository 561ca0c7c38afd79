//! Checking: one entry against every indicator of a rulebook.
//!
//! A check is a pure function of its arguments: the same rulebook, entry and
//! as-of date give the same findings in a browser, in Node and in a terminal.
//! Why a finding is what it is, and what would pass, is `explain`'s business.

mod evaluate;
mod gate;
mod prepared;
mod session;
mod small;
mod value;

pub use evaluate::{Inputs, Work, at, evaluate, evaluate_again, value_of};
pub use gate::{Gate, gates, nearest};
pub use prepared::{Prepared, Row};
pub use session::Session;
pub use small::{Plain, Small};
pub use value::{Arithmetic, Cause, Value};

use crate::date::Date;
use crate::entry::Reading;
use crate::number::Number;
use crate::rulebook::{
    Graph, Id, Indicator, Kind, Node, Parameter, ParameterValue, Rulebook, in_order,
};

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

    /// Its place among all.
    pub const fn code(self) -> u8 {
        self as u8
    }

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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding<N = Number> {
    /// What is known.
    pub outcome: Outcome,
    /// Points won, or those taken away by a penalty, below zero; `None` while undecided, and where it does not apply.
    pub points: Option<N>,
}

impl Finding<Small> {
    /// The same, with its points as they are told.
    pub fn exact(&self) -> Finding {
        Finding {
            outcome: self.outcome,
            points: self.points.map(Small::number),
        }
    }
}

impl<N> From<Outcome> for Finding<N> {
    fn from(outcome: Outcome) -> Self {
        let points = None;
        Self { outcome, points }
    }
}

/// What nobody has entered.
const MISSING: Value = Value::Unknown(Cause::Missing);

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
    /// One for each indicator: it is decided only because `filled` takes a value that is missing for an answer, and may
    /// turn when that is filled in. The score counts it as open. Empty where there is none.
    pub unfilled: Vec<bool>,
    /// Indices of the data checks that do not hold.
    pub broken: Vec<usize>,
}

impl Check {
    /// What expressions start from.
    pub fn inputs<'a>(&'a self, slots: &'a [Value], work: &'a Work) -> Inputs<'a> {
        Inputs {
            slots,
            parameters: &self.parameters,
            words: &[],
            as_of: Some(self.as_of),
            work,
        }
    }

    /// The slots that an indicator asks whether they are filled, and that are not.
    pub fn not_filled(&self, rulebook: &Rulebook, indicator: &Indicator) -> Vec<u32> {
        let mut found = Vec::new();
        let criterion: Criterion = indicator.into();
        for root in &criterion.roots() {
            let support = root.map(|root| rulebook.graph.support(root));
            for id in &support.unwrap_or_default() {
                if let Some(Node::Filled(slot)) = rulebook.graph.node(*id)
                    && self.slots.get(*slot as usize) == Some(&MISSING)
                {
                    found.push(*slot);
                }
            }
        }
        in_order(&mut found);
        found
    }
}

/// The value of a parameter that holds on a date: the latest that has begun, unless it has ended. What was before it does
/// not come back.
pub fn in_force(parameter: &Parameter, date: Date) -> Option<&ParameterValue> {
    let begun = parameter.values.iter().rev().find(|v| v.from <= date);
    begun.filter(|v| v.to.is_none_or(|to| date <= to))
}

/// The last day of a parameter's latest value before a date on which none is in force, and the first day of the next one after it.
pub fn dates_known(parameter: &Parameter, date: Date) -> (Option<Date>, Option<Date>) {
    let begun = parameter.values.iter().rev().find(|v| v.from <= date);
    let next = parameter.values.iter().find(|v| v.from > date);
    (begun.and_then(|v| v.to), next.map(|v| v.from))
}

/// The lines as of a date, or as the user set them.
fn lines(rulebook: &Rulebook, reading: &Reading, as_of: Date) -> Vec<Value> {
    let mut lines = Vec::new();
    for (parameter, set) in rulebook.parameters.iter().zip(&reading.parameters) {
        lines.push(match (set, in_force(parameter, as_of)) {
            (Some(value), _) => value.clone(),
            (None, Some(value)) => (&value.value).into(),
            (None, None) => Value::Unknown(Cause::Pending),
        });
    }
    lines
}

/// What an indicator is without looking at the data: set aside by the user, or let off on this day.
fn aside(reading: &Reading, indicator: usize, as_of: Date) -> Option<Outcome> {
    if let Some(Some(_)) = reading.not_applicable.get(indicator) {
        return Some(Outcome::NotApplicable);
    }
    match reading.waived.get(indicator) {
        Some(Some(waiver)) if as_of <= waiver.until => Some(Outcome::Waived),
        _ => None,
    }
}

/// Judges every indicator.
pub fn check(rulebook: &Rulebook, reading: &Reading, as_of: Date) -> Check {
    let graph = &rulebook.graph;
    let mut checked = Check {
        as_of,
        slots: reading.slots.clone(),
        parameters: lines(rulebook, reading, as_of),
        values: Vec::new(),
        findings: Vec::new(),
        unfilled: Vec::new(),
        broken: Vec::new(),
    };
    checked.values = evaluate(graph, checked.inputs(&checked.slots, &Work::default()));
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
        checked.values = evaluate(graph, checked.inputs(&checked.slots, &Work::default()));
    }
    for (index, indicator) in rulebook.indicators.iter().enumerate() {
        checked.findings.push(match aside(reading, index, as_of) {
            Some(outcome) => outcome.into(),
            None => judge(indicator.into(), &indicator.points, &checked.values)
                .unwrap_or_else(|| Outcome::Invalid.into()),
        });
    }
    if let Some(values) = unanswered(graph, &checked) {
        for (index, indicator) in rulebook.indicators.iter().enumerate() {
            let decided = aside(reading, index, as_of).is_none()
                && (checked.findings.get(index)).is_some_and(|found| found.outcome.is_decided());
            let open = || {
                judge(indicator.into(), &indicator.points, &values)
                    .is_none_or(|finding| !finding.outcome.is_decided())
            };
            checked.unfilled.push(decided && open());
        }
    }
    checked
}

/// The values of all nodes, were what is missing no answer for `filled`; `None` where none asks for it.
fn unanswered(graph: &Graph, checked: &Check) -> Option<Vec<Value>> {
    let mut values = checked.values.clone();
    let mut moved = vec![false; values.len()];
    let mut support = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let mut moves = false;
        if let Node::Filled(slot) = node {
            moves = checked.slots.get(*slot as usize) == Some(&MISSING);
            if let (true, Some(value)) = (moves, values.get_mut(index)) {
                *value = MISSING;
            }
        } else {
            node.for_each(&mut |part| moves |= moved.get(part.0 as usize) == Some(&true));
            if moves {
                support.push(Id(index as u32));
            }
        }
        if let Some(place) = moved.get_mut(index) {
            *place = moves;
        }
    }
    moved.contains(&true).then(|| {
        let work = Work::default();
        evaluate_again(
            graph,
            &support,
            checked.inputs(&checked.slots, &work),
            &mut values,
        );
        values
    })
}

/// The expressions that judge an indicator.
#[derive(Clone, Copy, Debug)]
struct Criterion {
    applies: Option<Id>,
    meets: Id,
    score: Option<Id>,
    penalty: bool,
}

impl Criterion {
    /// Whether nothing but the condition counts.
    const fn is_plain(self) -> bool {
        self.applies.is_none() && self.score.is_none() && !self.penalty
    }

    const fn roots(self) -> [Option<Id>; 3] {
        [self.applies, Some(self.meets), self.score]
    }
}

impl From<&Indicator> for Criterion {
    fn from(indicator: &Indicator) -> Self {
        Self {
            applies: indicator.applies,
            meets: indicator.meets,
            score: indicator.score,
            penalty: indicator.kind == Kind::Penalty,
        }
    }
}

/// Whether an indicator is met, by the values of its nodes.
pub(crate) fn is_met(indicator: &Indicator, values: &[Value]) -> bool {
    let finding = judge(indicator.into(), &indicator.points, values);
    finding.is_some_and(|finding| finding.outcome == Outcome::Met)
}

/// Judges an indicator by the values of its nodes; `None` where they are beyond what `N` can hold.
fn judge<N: Arithmetic>(
    criterion: Criterion,
    full: &N,
    values: &[Value<N, N::Text>],
) -> Option<Finding<N>> {
    let undecided = |value: &Value<N, N::Text>| {
        let outcome = match value.cause() {
            Some(Cause::Beyond) => return None,
            Some(Cause::Pending) => Outcome::Pending,
            Some(Cause::Missing) => Outcome::Missing,
            Some(Cause::NotApplicable) => Outcome::NotApplicable,
            Some(Cause::Invalid | Cause::Met) | None => Outcome::Invalid,
        };
        Some(outcome.into())
    };
    if let Some(applies) = criterion.applies {
        match at(values, applies) {
            Value::Truth(true) => {}
            Value::Truth(false) => return Some(Outcome::NotApplicable.into()),
            unknown => return undecided(unknown),
        }
    }
    let met = match at(values, criterion.meets) {
        Value::Truth(met) => *met,
        unknown => return undecided(unknown),
    };
    let points = match criterion.score.map(|score| at(values, score)) {
        // A value that is met by policy has no number to score; nothing is lacking.
        None | Some(Value::Unknown(Cause::Met)) => {
            if met {
                full.clone()
            } else {
                N::from(0)
            }
        }
        // No scoring gives less than nothing or more than the full points.
        Some(Value::Number(points)) => points.max(&N::from(0)).min(full).clone(),
        Some(unknown) => return undecided(unknown),
    };
    let outcome = match met {
        true => Outcome::Met,
        false if points.sign() > 0 && points < *full => Outcome::Partial,
        false => Outcome::Unmet,
    };
    // What is not won of a penalty's points is taken away.
    let points = Some(match criterion.penalty {
        true => points.sub(full)?,
        false => points,
    });
    Some(Finding { outcome, points })
}
