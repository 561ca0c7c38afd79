//! Coverage: all examples of a standard run, and which outcomes of each indicator they show.
//!
//! What an indicator cannot show is not demanded: one without a line has nothing to be
//! exactly at. Proposing the examples that are lacking is the business of `draft`.

use super::{Compiled, Data, Text, run};
use crate::date::Date;
use crate::report::Finding;
use crate::rulebook::{Graph, Id, Node, Order, Rulebook};
use crate::wording::leaves;
use serde::Serialize;

/// Whether examples show something of an indicator.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Some example that passes does.
    Shown,
    /// None does.
    Lacking,
    /// There is no such case.
    NotNeeded,
}

/// What the examples of an indicator show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// Id of the indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// How many examples it has.
    pub examples: usize,
    /// That it can be met.
    pub met: Shown,
    /// That it can fail, wholly or in part.
    pub unmet: Shown,
    /// That it says what is missing.
    pub missing: Shown,
    /// What it says exactly at a line that decides.
    pub at_line: Shown,
}

impl Coverage {
    /// The four things to show, with their names in both languages.
    pub const NAMES: [(&'static str, &'static str); 4] = [
        ("达标", "met"),
        ("未达标", "unmet"),
        ("缺数据", "missing"),
        ("恰在线上", "at the line"),
    ];

    /// In the order of `NAMES`.
    pub const fn all(&self) -> [Shown; 4] {
        [self.met, self.unmet, self.missing, self.at_line]
    }
}

/// An example that was run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tried {
    /// Id of the indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// What the example shows.
    pub name: String,
    /// `file:line:column`
    pub at: String,
    /// The data, as a data file holds it.
    pub data: Data,
    /// The date that it was checked as of.
    pub as_of: String,
    /// The outcome expected.
    pub expected: &'static str,
    /// The outcome found.
    pub found: &'static str,
    /// What differs; empty when it passed.
    pub differences: Vec<Text>,
    /// The finding in words.
    pub text: String,
}

/// All examples, run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tested {
    /// How many are as expected.
    pub passed: usize,
    /// How many are not.
    pub failed: usize,
    /// Each of them, in the order of the files.
    pub examples: Vec<Tried>,
    /// One for each indicator.
    pub coverage: Vec<Coverage>,
}

/// Runs all examples of a standard; `as_of` is the date of those that name none.
pub fn test(compiled: &Compiled, as_of: Date) -> Tested {
    let rulebook = &compiled.rulebook;
    let mut coverage: Vec<Coverage> = rulebook
        .indicators
        .iter()
        .map(|indicator| Coverage {
            indicator: indicator.id.clone(),
            title: indicator.title.clone(),
            examples: 0,
            met: Shown::Lacking,
            unmet: Shown::Lacking,
            missing: needed(reads(rulebook, indicator.meets)),
            at_line: needed(has_line(&rulebook.graph, indicator.meets)),
        })
        .collect();
    let mut examples = Vec::new();
    for example in &compiled.examples {
        let (Some(covered), Some(verdict)) = (
            coverage.get_mut(example.indicator),
            run(rulebook, example, as_of),
        ) else {
            continue;
        };
        covered.examples += 1;
        if verdict.differences.is_empty() {
            let shows = match verdict.finding.outcome {
                "met" => Some(&mut covered.met),
                "unmet" | "partial" => Some(&mut covered.unmet),
                "missing" => Some(&mut covered.missing),
                _ => None,
            };
            if let Some(shows) = shows {
                *shows = Shown::Shown;
            }
            if is_at_line(&verdict.finding) {
                covered.at_line = Shown::Shown;
            }
        }
        examples.push(Tried {
            indicator: covered.indicator.clone(),
            title: covered.title.clone(),
            name: example.name.clone(),
            at: example.place.clone(),
            data: (&example.entry).into(),
            as_of: example.as_of.unwrap_or(as_of).iso(),
            expected: example.expected.word(),
            found: verdict.finding.outcome,
            differences: verdict.differences,
            text: verdict.finding.text,
        });
    }
    let failed = examples
        .iter()
        .filter(|tried| !tried.differences.is_empty())
        .count();
    Tested {
        passed: examples.len() - failed,
        failed,
        examples,
        coverage,
    }
}

const fn needed(needed: bool) -> Shown {
    if needed {
        Shown::Lacking
    } else {
        Shown::NotNeeded
    }
}

/// Whether a value that is not entered can leave a condition open.
fn reads(rulebook: &Rulebook, root: Id) -> bool {
    let support = rulebook.graph.support(root);
    let reads = |id: &Id| matches!(rulebook.graph.node(*id), Some(Node::Slot(_)));
    support.iter().any(reads)
}

/// Whether a condition has a line that data can lie exactly at.
fn has_line(graph: &Graph, root: Id) -> bool {
    !lines(graph, root).is_empty()
}

/// The comparisons of a condition that have a line, in order; not those within values.
pub fn lines(graph: &Graph, root: Id) -> Vec<Id> {
    let mut open = vec![root];
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        match graph.node(id) {
            Some(Node::Compare(Order::Equal | Order::Unequal, ..)) | None => {}
            Some(Node::Compare(..)) => found.push(id),
            Some(node) => node.for_each(&mut |part| open.push(part)),
        }
    }
    found.retain(|line| !graph.slots_of(*line).is_empty());
    found.sort_unstable();
    found
}

/// Whether a comparison that decided a finding has the same on both sides.
pub fn is_at_line(finding: &Finding) -> bool {
    finding.reason.iter().flat_map(leaves).any(|leaf| {
        let value = |side: &Option<crate::report::Term>| side.as_ref()?.value.clone();
        leaf.decisive
            && matches!(leaf.op, Some(">=" | ">" | "<=" | "<"))
            && value(&leaf.left).is_some()
            && value(&leaf.left) == value(&leaf.right)
    })
}
