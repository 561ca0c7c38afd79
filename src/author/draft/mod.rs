//! Drafts: examples proposed for an indicator, with the outcomes that its rules give them.
//!
//! Below, at and above each line, each field missing, a value of the wrong type, a zero below
//! the line of a fraction. Whether the outcomes are right only the document can tell: the
//! author has to confirm them. Values around lines are found in `boundary`; how an example is
//! written as Rhai is left to `text`.

mod boundary;
mod failing;
pub mod text;

use super::Compiled;
use crate::check::{Check, Outcome, Value, at, check, in_force};
use crate::date::Date;
use crate::entry::{Entry, Given, Reading, read};
use crate::explain::fixes::Trial;
use crate::explain::reason::{Explain, exact};
use crate::number::Number;
use crate::rulebook::{Field, FieldType, Id, Indicator, Node, Parameter, Rulebook};
use crate::wording::Lang;
use std::collections::{BTreeMap, HashSet};

/// A proposed example.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it shows.
    pub name: String,
    /// The data.
    pub entry: Entry,
    /// The outcome that the rules give it.
    pub outcome: Outcome,
    /// Names of the fields that are missing.
    pub fields: Vec<String>,
    /// The date to check as of, where it is not the usual one.
    pub as_of: Option<Date>,
}

/// Examples for an indicator that stand for cases of their own and are not there yet.
///
/// `as_of` is the date of examples that name none.
pub fn drafts(compiled: &Compiled, indicator: usize, as_of: Date) -> Vec<Draft> {
    let rulebook = &compiled.rulebook;
    let Some(judged) = rulebook.indicators.get(indicator) else {
        return Vec::new();
    };
    let roots: Vec<Id> = [judged.applies, Some(judged.meets), judged.score]
        .into_iter()
        .flatten()
        .collect();
    let mut slots: Vec<u32> = roots
        .iter()
        .flat_map(|root| rulebook.graph.slots_of(*root))
        .collect();
    slots.sort_unstable();
    slots.dedup();
    let mut study = Study {
        rulebook,
        indicator,
        judged,
        roots,
        slots,
        usual: as_of,
        day: as_of,
        known: HashSet::new(),
        names: HashSet::new(),
        found: Vec::new(),
    };
    study.day = study.first_day();
    let mut cases = Vec::new();
    for example in compiled
        .examples
        .iter()
        .filter(|e| e.indicator == indicator)
    {
        let as_of = example.as_of.unwrap_or(as_of);
        let reading = read(rulebook, &example.entry);
        let checked = check(rulebook, &reading, as_of);
        study.known.insert(study.key(&checked));
        study.names.insert(example.name.clone());
        let usable = reading.problems.is_empty() && example.entry.not_applicable.is_empty();
        if usable {
            cases.push(Case::of(rulebook, example, &reading, as_of));
        }
    }
    let met = |study: &Study<'_>, case: &Case| study.outcome(case) == Outcome::Met;
    if !cases.iter().any(|case| met(&study, case)) {
        cases.extend(study.synthesized());
    }
    // What is met first: it says most about what may go wrong.
    let order = |outcome| match outcome {
        Outcome::Met => 0,
        Outcome::Partial | Outcome::Unmet => 1,
        _ => 2,
    };
    cases.sort_by_key(|case| order(study.outcome(case)));
    let Some(base) = cases.first().cloned() else {
        return Vec::new();
    };
    let name = match study.outcome(&base) {
        Outcome::Met => "都符合",
        _ => "一组数据",
    };
    study.propose(name.into(), &base);
    study.boundaries(&cases);
    study.failing(&cases, &base);
    study.missing(&base);
    study.wrong_types(&base);
    study.zero_denominators(&base);
    study.unset_lines(&base);
    study.found
}

/// Data of an example, slot by slot.
#[derive(Clone, Debug)]
struct Case {
    slots: BTreeMap<u32, Given>,
    parameters: Vec<(String, Given)>,
    as_of: Date,
}

impl Case {
    fn of(rulebook: &Rulebook, example: &super::Example, reading: &Reading, as_of: Date) -> Self {
        let mut parameters = Vec::new();
        for (name, given) in &example.entry.parameters {
            let parameter = rulebook
                .parameters
                .iter()
                .find(|p| p.id == *name || p.label == *name);
            let label = parameter.map_or_else(|| name.clone(), |p| p.label.clone());
            parameters.push((label, given.clone()));
        }
        let slots = (0u32..).zip(&reading.slots);
        Self {
            slots: slots
                .filter_map(|(slot, value)| Some((slot, given(value)?)))
                .collect(),
            parameters,
            as_of,
        }
    }

    fn with(&self, slot: u32, value: Given) -> Self {
        let mut case = self.clone();
        case.slots.insert(slot, value);
        case
    }

    /// The data under the names that rules use.
    fn entry(&self, rulebook: &Rulebook) -> Entry {
        let mut fields: Vec<(String, Given)> = Vec::new();
        for (slot, value) in &self.slots {
            let Some((field, key)) = rulebook.field_of(*slot) else {
                continue;
            };
            match key {
                None => fields.push((field.name.clone(), value.clone())),
                Some(key) => {
                    let item = (key.to_string(), value.clone());
                    match fields.last_mut() {
                        Some((name, Given::Keyed(items))) if *name == field.name => {
                            items.push(item);
                        }
                        _ => fields.push((field.name.clone(), Given::Keyed(vec![item]))),
                    }
                }
            }
        }
        Entry {
            fields,
            parameters: self.parameters.clone(),
            ..Entry::default()
        }
    }
}

fn given(value: &Value) -> Option<Given> {
    match value {
        Value::Unknown(_) => None,
        Value::Truth(truth) => Some(Given::Truth(*truth)),
        value => Some(Given::Text(exact(value))),
    }
}

/// An indicator under study.
struct Study<'a> {
    rulebook: &'a Rulebook,
    indicator: usize,
    judged: &'a Indicator,
    /// What judges it.
    roots: Vec<Id>,
    /// What it reads.
    slots: Vec<u32>,
    usual: Date,
    /// The first date from the usual one on when every line that has values has one.
    day: Date,
    /// The data of examples that are there, as the indicator sees them.
    known: HashSet<String>,
    names: HashSet<String>,
    found: Vec<Draft>,
}

impl Study<'_> {
    fn check(&self, case: &Case) -> (Reading, Check) {
        let reading = read(self.rulebook, &case.entry(self.rulebook));
        let checked = check(self.rulebook, &reading, case.as_of);
        (reading, checked)
    }

    fn outcome(&self, case: &Case) -> Outcome {
        self.outcome_of(&self.check(case).1)
    }

    fn outcome_of(&self, checked: &Check) -> Outcome {
        let finding = checked.findings.get(self.indicator);
        finding.map_or(Outcome::Invalid, |finding| finding.outcome)
    }

    /// What the indicator sees of an entry: the values that it reads.
    fn key(&self, checked: &Check) -> String {
        let slots: Vec<_> = self
            .slots
            .iter()
            .map(|slot| checked.slots.get(*slot as usize))
            .collect();
        let lines = self.lines().map(|(id, _)| at(&checked.values, id));
        let lines: Vec<_> = lines.collect();
        format!("{slots:?} {lines:?}")
    }

    /// Proposes a case, unless an example like it is there.
    fn propose(&mut self, name: String, case: &Case) {
        let (reading, checked) = self.check(case);
        if !self.known.insert(self.key(&checked)) {
            return;
        }
        let outcome = self.outcome_of(&checked);
        let explain = Explain::new(self.rulebook, &reading, &checked, Lang::Zh);
        let fields = match outcome {
            Outcome::Missing => explain.open(self.judged).missing,
            _ => Vec::new(),
        };
        let ids = fields.into_iter().map(|slot| self.rulebook.slot_id(slot));
        let mut unlike = name.clone();
        let mut number = 2;
        while !self.names.insert(unlike.clone()) {
            unlike = format!("{name}（{number}）");
            number += 1;
        }
        self.found.push(Draft {
            name: unlike,
            entry: case.entry(self.rulebook),
            outcome,
            fields: ids.map(|id| self.name_of(&id)).collect(),
            as_of: (case.as_of != self.usual).then_some(case.as_of),
        });
    }

    /// The name that rules use for a slot, from its id.
    fn name_of(&self, id: &str) -> String {
        let (field_id, key) = id.split_once('.').unwrap_or((id, ""));
        let field = self.rulebook.fields.iter().find(|f| f.id == field_id);
        let name = field.map_or(field_id, |field| field.name.as_str());
        if key.is_empty() {
            name.into()
        } else {
            [name, ".", key].concat()
        }
    }

    fn slot_name(&self, slot: u32) -> String {
        self.name_of(&self.rulebook.slot_id(slot))
    }

    /// Each field missing; one value of a list.
    fn missing(&mut self, base: &Case) {
        let mut seen = HashSet::new();
        for slot in self.slots.clone() {
            let field = self.rulebook.field_of(slot).map(|(field, _)| field.slot);
            let mut case = base.clone();
            if case.slots.remove(&slot).is_none() || !seen.insert(field) {
                continue;
            }
            if self.outcome(&case) == Outcome::Missing {
                let name = format!("没填{}", self.slot_name(slot));
                self.propose(name, &case);
            }
        }
    }

    /// Something that is no value of its field, once for each type.
    fn wrong_types(&mut self, base: &Case) {
        let mut seen = HashSet::new();
        for slot in self.slots.clone() {
            let Some((field, _)) = self.rulebook.field_of(slot) else {
                continue;
            };
            let (what, text) = match field.kind {
                FieldType::Number | FieldType::Count | FieldType::Percent => ("数", "很多"),
                FieldType::YesNo => ("是否", "也许"),
                FieldType::Choice => ("选项", "没有的选项"),
                FieldType::Date => ("日期", "上个月"),
                FieldType::Text => continue,
            };
            if !seen.insert(what) {
                continue;
            }
            let case = base.with(slot, Given::Text(text.into()));
            if self.outcome(&case) == Outcome::Invalid {
                let name = format!("{}填的不是{what}", self.slot_name(slot));
                self.propose(name, &case);
            }
        }
    }

    /// Nothing below the line of a fraction, and nothing above it.
    fn zero_denominators(&mut self, base: &Case) {
        let graph = &self.rulebook.graph;
        let support: Vec<Id> = (self.roots.iter())
            .flat_map(|root| graph.support(*root))
            .collect();
        let mut seen = HashSet::new();
        for id in support {
            let Some(Node::Quotient(a, b, _) | Node::Percent(a, b, _)) = graph.node(id) else {
                continue;
            };
            let Some(Node::Slot(below)) = graph.node(*b) else {
                continue;
            };
            // One value of a list stands for all of them.
            let field = self.rulebook.field_of(*below).map(|(field, _)| field.slot);
            if !seen.insert(field) {
                continue;
            }
            let mut case = base.clone();
            for slot in graph.slots_of(*a).into_iter().chain([*below]) {
                let field = self.rulebook.field_of(slot).map(|(field, _)| field);
                if field.is_some_and(is_number) {
                    case.slots.insert(slot, Given::Text("0".into()));
                }
            }
            let name = format!("{}为零", self.slot_name(*below));
            self.propose(name, &case);
        }
    }

    /// Without the lines that only the user sets.
    fn unset_lines(&mut self, base: &Case) {
        let case = Case {
            parameters: Vec::new(),
            ..base.clone()
        };
        if !base.parameters.is_empty() && self.outcome(&case) == Outcome::Pending {
            self.propose("线没有设".into(), &case);
        }
    }

    /// The lines that the indicator reads.
    fn lines(&self) -> impl Iterator<Item = (Id, &Parameter)> {
        let graph = &self.rulebook.graph;
        let support = self.roots.iter().flat_map(|root| graph.support(*root));
        support.filter_map(|id| match graph.node(id) {
            Some(Node::Parameter(index)) => {
                Some((id, self.rulebook.parameters.get(*index as usize)?))
            }
            _ => None,
        })
    }

    /// When a line begins to hold later than examples are usually checked, they are checked then.
    fn first_day(&self) -> Date {
        let begins = |line: &Parameter| {
            let later = in_force(line, self.usual).is_none();
            let first = || line.values.iter().find(|value| value.from > self.usual);
            later.then(first)?.map(|value| value.from)
        };
        let days = self.lines().filter_map(|(_, line)| begins(line));
        days.max().unwrap_or(self.usual)
    }

    /// Data that meets the indicator, made up; the nearest to it where none is found.
    fn synthesized(&self) -> Option<Case> {
        let mut second = None;
        for number in [100, 1, 0, 10, 1000] {
            for truth in [true, false] {
                let mut case = self.made_up(number, truth);
                for _ in 0..4 {
                    let (reading, checked) = self.check(&case);
                    match self.outcome_of(&checked) {
                        Outcome::Met => return Some(case),
                        Outcome::Unmet | Outcome::Partial => {}
                        _ => break,
                    }
                    second.get_or_insert_with(|| case.clone());
                    let mut trial = Trial::new(self.rulebook, &reading, &checked);
                    let found = trial.fixes(self.indicator);
                    let Some(fix) = found.first() else { break };
                    for change in std::iter::once(&fix.change).chain(&fix.also) {
                        let slots = &self.slots;
                        let slot = slots
                            .iter()
                            .find(|slot| self.rulebook.slot_id(**slot) == change.field);
                        if let Some(slot) = slot {
                            let value = match change.to.as_str() {
                                "yes" => Given::Truth(true),
                                "no" => Given::Truth(false),
                                text => Given::Text(text.into()),
                            };
                            case.slots.insert(*slot, value);
                        }
                    }
                }
            }
        }
        second
    }

    fn made_up(&self, number: i64, truth: bool) -> Case {
        let mut slots = BTreeMap::new();
        for slot in &self.slots {
            let Some((field, _)) = self.rulebook.field_of(*slot) else {
                continue;
            };
            let value = match field.kind {
                FieldType::YesNo => Given::Truth(truth),
                FieldType::Choice => {
                    Given::Text(field.choices.first().cloned().unwrap_or_default())
                }
                FieldType::Date => Given::Text(self.day.iso()),
                FieldType::Text => Given::Text("有".into()),
                _ => {
                    let mut number = Number::from(number);
                    for (limit, above) in [(&field.min, true), (&field.max, false)] {
                        if let Some(limit) = limit
                            && (number < *limit) == above
                            && number != *limit
                        {
                            number = limit.clone();
                        }
                    }
                    Given::Text(number.exact())
                }
            };
            slots.insert(*slot, value);
        }
        let mut case = Case {
            slots,
            parameters: Vec::new(),
            as_of: self.day,
        };
        let (_, checked) = self.check(&case);
        for (id, parameter) in self.lines() {
            let known = case
                .parameters
                .iter()
                .any(|(name, _)| *name == parameter.label);
            if at(&checked.values, id).cause().is_none() || known {
                continue;
            }
            let value = match parameter.choices.first() {
                Some(word) => word.clone(),
                None if parameter.unit == "%" => "50".into(),
                None => "10".into(),
            };
            case.parameters
                .push((parameter.label.clone(), Given::Text(value)));
        }
        case
    }
}

const fn is_number(field: &Field) -> bool {
    matches!(
        field.kind,
        FieldType::Number | FieldType::Count | FieldType::Percent
    )
}
