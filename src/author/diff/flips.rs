//! Verdicts that turn: the same data under two versions of a standard, and what turned them.
//!
//! Beside both versions, the rules of each are tried with the lines of the other: what turns
//! with the lines alone was done by a parameter, what turns with the rules alone by a rule.

use super::{Change, compare};
use crate::check::{Check, check, in_force};
use crate::date::Date;
use crate::entry::{Entry, read};
use crate::explain::reason::constant;
use crate::report::Score;
use crate::rulebook::{Indicator, Node, Parameter, Rulebook};
use crate::score::score;
use serde::Serialize;

/// What turned a verdict.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The rules: conditions, points, fields or data checks.
    Rule,
    /// The values of parameters.
    Parameter,
    /// Either of them would have.
    Either,
    /// Only both together.
    Both,
}

/// A verdict, with its points.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Turned {
    /// One of the words of `Outcome`.
    pub outcome: &'static str,
    /// Points won; absent while undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
}

/// A line whose value is another one.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Line {
    /// Id of the parameter.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The value that was in force; empty where none was.
    pub from: String,
    /// The value that is in force.
    pub to: String,
    /// Unit of the value.
    pub unit: String,
}

/// An indicator whose verdict or points are others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flip {
    /// Id of the indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// Before; absent where the indicator is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Turned>,
    /// After; absent where the indicator is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Turned>,
    /// What turned it.
    pub cause: Cause,
    /// The lines that did, or took part.
    pub parameters: Vec<Line>,
    /// The changes of rules that did, or took part.
    pub rules: Vec<Change>,
}

/// The same data under two versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Indicators whose verdict or points are others.
    pub flips: Vec<Flip>,
    /// The score before.
    pub from: Score,
    /// The score after.
    pub to: Score,
}

/// Which verdicts on an entry turn from `old` to `new`, and what turned them.
pub fn turned(old: &Rulebook, new: &Rulebook, entry: &Entry, as_of: Date) -> Compared {
    let run = |rulebook: &Rulebook| check(rulebook, &read(rulebook, entry), as_of);
    let (before, after) = (run(old), run(new));
    let (new_lines, old_lines) = (with_lines(old, new, None), with_lines(new, old, None));
    // Only the lines are new; only the rules are new.
    let (by_lines, by_rules) = (run(&new_lines), run(&old_lines));
    let changes = compare(old, new);
    let mut flips = Vec::new();
    for indicator in &new.indicators {
        let (from, to) = (
            verdict(old, &before, &indicator.id),
            verdict(new, &after, &indicator.id),
        );
        if from == to {
            continue;
        }
        let lines = verdict(&new_lines, &by_lines, &indicator.id);
        let rules = verdict(&old_lines, &by_rules, &indicator.id);
        // Where the outcome is another one, that is what is asked about; else the points.
        let outcome = |turned: &Option<Turned>| turned.as_ref().map(|turned| turned.outcome);
        let alike = |a: &Option<Turned>, b: &Option<Turned>| {
            outcome(a) == outcome(b) && (outcome(&from) != outcome(&to) || a == b)
        };
        let cause = match (alike(&lines, &to), alike(&rules, &to)) {
            _ if from.is_none() => Cause::Rule,
            (true, false) => Cause::Parameter,
            (false, true) => Cause::Rule,
            (true, true) => Cause::Either,
            (false, false) => Cause::Both,
        };
        let parameters = if cause == Cause::Rule {
            Vec::new()
        } else {
            let moved = lines_of(old, new, indicator, as_of);
            // Those without which it would be as before, or all where no single one did it.
            let alone = |line: &&Line| {
                let without = with_lines(new, old, Some(&line.id));
                !alike(&verdict(&without, &run(&without), &indicator.id), &to)
            };
            let single: Vec<Line> = moved.iter().filter(alone).cloned().collect();
            if single.is_empty() { moved } else { single }
        };
        let rules = match cause {
            Cause::Parameter => Vec::new(),
            _ => rules_of(new, indicator, &changes),
        };
        flips.push(Flip {
            indicator: indicator.id.clone(),
            title: indicator.title.clone(),
            from,
            to,
            cause,
            parameters,
            rules,
        });
    }
    for indicator in &old.indicators {
        if !new.indicators.iter().any(|new| new.id == indicator.id) {
            flips.push(Flip {
                indicator: indicator.id.clone(),
                title: indicator.title.clone(),
                from: verdict(old, &before, &indicator.id),
                to: None,
                cause: Cause::Rule,
                parameters: Vec::new(),
                rules: rules_of(old, indicator, &changes),
            });
        }
    }
    Compared {
        flips,
        from: score(old, &before),
        to: score(new, &after),
    }
}

fn verdict(rulebook: &Rulebook, checked: &Check, id: &str) -> Option<Turned> {
    let all = rulebook.indicators.iter().zip(&checked.findings);
    let (_, finding) = { all }.find(|(indicator, _)| indicator.id == id)?;
    Some(Turned {
        outcome: finding.outcome.word(),
        points: finding.points.as_ref().map(ToString::to_string),
    })
}

/// Rules with the values of the lines of another version; only of one line where that is named.
fn with_lines(rules: &Rulebook, lines: &Rulebook, only: Option<&str>) -> Rulebook {
    let mut mixed = rules.clone();
    for parameter in &mut mixed.parameters {
        if only.is_some_and(|only| only != parameter.id) {
            continue;
        }
        if let Some(other) = like(lines, parameter) {
            parameter.values.clone_from(&other.values);
        }
    }
    mixed
}

/// The parameter of another version whose values can stand in the place of this one's.
fn like<'a>(rulebook: &'a Rulebook, parameter: &Parameter) -> Option<&'a Parameter> {
    let is_like = |other: &&Parameter| {
        (&other.id, &other.unit, &other.choices)
            == (&parameter.id, &parameter.unit, &parameter.choices)
    };
    rulebook.parameters.iter().find(is_like)
}

/// The lines of an indicator whose value in force is another one.
fn lines_of(old: &Rulebook, new: &Rulebook, indicator: &Indicator, as_of: Date) -> Vec<Line> {
    let value = |parameter: &Parameter| {
        let value = in_force(parameter, as_of);
        value.map_or_else(String::new, |value| constant(&value.value))
    };
    let used = support(new, indicator);
    let mut found = Vec::new();
    for id in used {
        let Some(Node::Parameter(index)) = new.graph.node(id) else {
            continue;
        };
        let Some(now) = new.parameters.get(*index as usize) else {
            continue;
        };
        let Some(before) = like(old, now) else {
            continue;
        };
        let line = Line {
            id: now.id.clone(),
            label: now.label.clone(),
            from: value(before),
            to: value(now),
            unit: now.unit.clone(),
        };
        if line.from != line.to && !found.contains(&line) {
            found.push(line);
        }
    }
    found
}

/// The changes of rules that an indicator depends on.
fn rules_of(rulebook: &Rulebook, indicator: &Indicator, changes: &[Change]) -> Vec<Change> {
    let support = support(rulebook, indicator);
    let slots: Vec<u32> = support
        .iter()
        .filter_map(|id| match rulebook.graph.node(*id) {
            Some(Node::Slot(slot) | Node::Filled(slot)) => Some(*slot),
            _ => None,
        })
        .collect();
    let concerns = |change: &&Change| match change.of {
        "indicator" => change.id == indicator.id,
        "field" => slots.iter().any(|slot| {
            let field = rulebook.field_of(*slot).map(|(field, _)| &field.id);
            field == Some(&change.id)
        }),
        "data_check" => rulebook.data_checks.iter().any(|check| {
            let own = rulebook.graph.slots_of(check.holds);
            change.id.starts_with(&check.message) && own.iter().any(|slot| slots.contains(slot))
        }),
        // A line that came with the rules, or is measured otherwise.
        "parameter" => support.iter().any(|id| match rulebook.graph.node(*id) {
            Some(Node::Parameter(index)) => {
                let parameter = rulebook.parameters.get(*index as usize);
                parameter.is_some_and(|p| p.id == change.id) && !change.what.en.contains("value")
            }
            _ => false,
        }),
        _ => false,
    };
    let judging = changes.iter().filter(|change| change.judges);
    judging.filter(concerns).cloned().collect()
}

fn support(rulebook: &Rulebook, indicator: &Indicator) -> Vec<crate::rulebook::Id> {
    let roots = [indicator.applies, Some(indicator.meets), indicator.score];
    let roots = roots.into_iter().flatten();
    roots
        .flat_map(|root| rulebook.graph.support(root))
        .collect()
}
