//! What turned a verdict: two checks, tried again with one part exchanged at a time.
//!
//! A check starts from four parts: the rules, the data, the lines (dated in the standard, or set by
//! the user) and the date. A part that turns a verdict alone is its cause; where several would,
//! each of them is; where none does alone, those without which it would not have turned.

use super::Change;
use super::support::{Support, rules_of};
use crate::check::{Cause as Why, Check, Finding, Value, check, in_force};
use crate::date::Date;
use crate::entry::{Entry, Reading, read};
use crate::rulebook::{Indicator, Parameter, Rulebook};
use serde::Serialize;
use std::collections::HashMap;

/// What a check starts from.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The rules, with their dated lines.
    pub rules: &'a Rulebook,
    /// The data, with the lines that the user sets.
    pub entry: &'a Entry,
    /// The date.
    pub as_of: Date,
}

/// A part of that.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What was entered, which indicators do not apply, and which are let off.
    Data,
    /// Conditions, points, fields, data checks.
    Rules,
    /// The values of lines.
    Parameters,
    /// The date whose lines apply.
    Date,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 4] = [Self::Data, Self::Rules, Self::Parameters, Self::Date];
}

/// How parts turned a verdict.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turning {
    /// This one, and no other alone.
    Alone,
    /// Any of these alone.
    Either,
    /// Only together.
    Together,
    /// They can't be told apart: a standard is not at hand.
    Untold,
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

/// A line or a figure whose value is another one.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Line {
    /// Id of the parameter; of the field, with its key where it is a list; of the indicator.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The value before; empty where there was none.
    pub from: String,
    /// The value after.
    pub to: String,
    /// Unit of the value.
    pub unit: String,
    /// `user` or `standard`, for a line: who set the value before; with `standard` the value may be empty, where it is not known.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub from_by: &'static str,
    /// Who set the value after.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub to_by: &'static str,
}

/// An indicator whose verdict or points are others, and what turned them.
#[derive(Clone, Debug, Serialize)]
pub struct Attributed {
    /// Id of the indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// Before; absent where the indicator is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Turned>,
    /// After; absent where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Turned>,
    /// The parts that turned it, or may have.
    pub causes: Vec<Part>,
    /// How.
    pub turning: Turning,
    /// The figures that did, or took part.
    pub fields: Vec<Line>,
    /// The lines that did, or took part.
    pub parameters: Vec<Line>,
    /// The changes of rules that did, or took part.
    pub rules: Vec<Change>,
}

/// Two checks, and what is different in what they start from.
#[derive(Debug)]
pub struct Attribution<'a> {
    old: Known<'a>,
    new: Known<'a>,
    /// Both entries, as the new rules read them.
    readings: [Reading; 2],
    before: Check,
    after: Check,
    /// The parts that differ.
    pub parts: Vec<Part>,
    /// With only this part as it is after; and with all but this part.
    tried: Vec<(Part, Check, Check)>,
    /// All figures that differ.
    pub fields: Vec<Line>,
    /// All lines that differ.
    pub parameters: Vec<Line>,
    /// All that differs in the rules.
    pub rules: Vec<Change>,
    /// The verdicts that are others after, where only this figure or line is as it was before.
    without: HashMap<String, HashMap<usize, Finding>>,
}

/// A part, and a check with its rules: with only this part as it is after, and with all but this part.
pub type Tried<'a> = (Part, (&'a Rulebook, &'a Check), (&'a Rulebook, &'a Check));

/// A side, and where it has what goes by an id.
#[derive(Debug)]
struct Known<'a> {
    side: Side<'a>,
    rules: &'a Rulebook,
    slots: HashMap<String, usize>,
    indicators: HashMap<String, usize>,
}

impl<'a> Known<'a> {
    fn of(side: Side<'a>) -> Self {
        let rules = side.rules;
        let slots = (0..rules.slots()).map(|slot| (rules.slot_id(slot as u32), slot));
        let indicators = rules.indicators.iter().enumerate();
        Self {
            side,
            rules,
            slots: slots.collect(),
            indicators: indicators.map(|(at, one)| (one.id.clone(), at)).collect(),
        }
    }

    fn indicator(&self, id: &str) -> Option<usize> {
        self.indicators.get(id).copied()
    }

    fn verdict(&self, checked: &Check, id: &str) -> Option<Turned> {
        checked.findings.get(self.indicator(id)?).map(told_finding)
    }
}

fn told_finding(finding: &Finding) -> Turned {
    Turned {
        outcome: finding.outcome.word(),
        points: finding.points.as_ref().map(ToString::to_string),
    }
}

/// The reading of a check with its rules, data, lines and date from different sides.
fn mixed([rules, data, lines, date]: [Side<'_>; 4]) -> Reading {
    let entry = Entry {
        parameters: lines.entry.parameters.clone(),
        ..data.entry.clone()
    };
    let mut reading = read(rules.rules, &entry);
    let all = rules.rules.parameters.iter().zip(&mut reading.parameters);
    for (parameter, set) in all {
        // What the user sets comes before the standard's own values.
        if set.is_none()
            && !std::ptr::eq(rules.rules, lines.rules)
            && let Some(other) = like(lines.rules, parameter)
        {
            let value = in_force(other, date.as_of);
            *set = Some(value.map_or(Value::Unknown(Why::Pending), |v| (&v.value).into()));
        }
    }
    reading
}

fn run(sides: [Side<'_>; 4]) -> Check {
    let [rules, _, _, date] = sides;
    check(rules.rules, &mixed(sides), date.as_of)
}

/// The parameter of another version whose values can stand in the place of this one's.
fn like<'a>(rulebook: &'a Rulebook, parameter: &Parameter) -> Option<&'a Parameter> {
    let is_like = |other: &&Parameter| {
        (&other.id, &other.unit, &other.choices)
            == (&parameter.id, &parameter.unit, &parameter.choices)
    };
    rulebook.parameters.iter().find(is_like)
}

/// How an indicator is set aside or let off; empty where it is not.
fn aside(reading: &Reading, at: usize) -> String {
    let excluded = reading.not_applicable.get(at).and_then(Option::as_ref);
    let waived = reading.waived.get(at).and_then(Option::as_ref);
    match (excluded, waived) {
        (Some(reason), _) => format!("不涉及：{reason}"),
        (None, Some(waiver)) => format!(
            "豁免：{}，{}，至 {}",
            waiver.reason, waiver.by, waiver.until
        ),
        (None, None) => String::new(),
    }
}

/// A value as text; empty where there is none.
fn told(value: &Value) -> String {
    match value {
        Value::Number(number) => number.exact(),
        Value::Truth(true) => "yes".into(),
        Value::Truth(false) => "no".into(),
        Value::Date(date) => date.iso(),
        Value::Text(text) => text.as_ref().into(),
        Value::Unknown(Why::Invalid) => "?".into(),
        Value::Unknown(_) => String::new(),
    }
}

impl<'a> Attribution<'a> {
    /// Compares two sides; `changes` are those of their rules.
    pub fn new(old: Side<'a>, new: Side<'a>, changes: Vec<Change>) -> Self {
        let mut parts = Vec::new();
        let data = |entry: &Entry| Entry {
            parameters: Vec::new(),
            ..crate::record::canonical(entry)
        };
        if data(old.entry) != data(new.entry) {
            parts.push(Part::Data);
        }
        if !std::ptr::eq(old.rules, new.rules) && old.rules != new.rules {
            parts.extend([Part::Rules, Part::Parameters]);
        } else if crate::record::canonical(old.entry).parameters
            != crate::record::canonical(new.entry).parameters
        {
            parts.push(Part::Parameters);
        }
        if old.as_of != new.as_of {
            parts.push(Part::Date);
        }
        let tried = parts.iter().map(|part| {
            let try_with = |others: Side<'a>, one: Side<'a>| {
                let of = |which| if which == *part { one } else { others };
                run([
                    of(Part::Rules),
                    of(Part::Data),
                    of(Part::Parameters),
                    of(Part::Date),
                ])
            };
            (*part, try_with(old, new), try_with(new, old))
        });
        let tried = tried.collect();
        let mut whole = Self {
            old: Known::of(old),
            new: Known::of(new),
            readings: [old, new].map(|side| read(new.rules, side.entry)),
            before: run([old; 4]),
            after: run([new; 4]),
            parts,
            tried,
            fields: Vec::new(),
            parameters: Vec::new(),
            rules: changes,
            without: HashMap::new(),
        };
        whole.fields = whole.moved_fields();
        whole.parameters = whole.moved_lines();
        let others = |check: Check| {
            let both = check.findings.into_iter().zip(&whole.after.findings);
            let others = both
                .enumerate()
                .filter(|(_, (finding, after))| finding != *after);
            others.map(|(at, (finding, _))| (at, finding)).collect()
        };
        let mut without = HashMap::new();
        for line in &whole.fields {
            let check = whole.without_field(&line.id);
            without.insert(format!("field {}", line.id), others(check));
        }
        for line in &whole.parameters {
            let check = whole.without_line(&line.id);
            without.insert(format!("line {}", line.id), others(check));
        }
        whole.without = without;
        whole
    }

    /// The check before.
    pub const fn before(&self) -> &Check {
        &self.before
    }

    /// The check after.
    pub const fn after(&self) -> &Check {
        &self.after
    }

    /// With only this part as it is after, and with all but this part, each with its rules; for each part that differs.
    pub fn tried(&self) -> Vec<Tried<'_>> {
        let (old, new) = (self.old.rules, self.new.rules);
        let mut all = Vec::new();
        for (part, with, without) in &self.tried {
            all.push(match part {
                Part::Rules => (*part, (new, with), (old, without)),
                _ => (*part, (old, with), (new, without)),
            });
        }
        all
    }

    /// What turned something, by the parts that do alone, and those without which it would not have turned.
    pub fn caused(&self, alone: Vec<Part>, needed: Vec<Part>) -> (Vec<Part>, Turning) {
        match alone.as_slice() {
            [_] => (alone, Turning::Alone),
            [_, ..] => (alone, Turning::Either),
            [] if needed.is_empty() => (self.parts.clone(), Turning::Together),
            [] => (needed, Turning::Together),
        }
    }

    /// The figures whose values differ, and what is set aside or let off otherwise.
    fn moved_fields(&self) -> Vec<Line> {
        let rules = self.new.rules;
        let [was, is] = &self.readings;
        let line = |id, label, from, to, unit: &str| Line {
            id,
            label,
            from,
            to,
            unit: unit.into(),
            from_by: "",
            to_by: "",
        };
        let mut found = Vec::new();
        for (slot, (before, value)) in (0u32..).zip(was.slots.iter().zip(&is.slots)) {
            if before != value {
                let unit = rules.field_of(slot).map_or("", |(field, _)| &field.unit);
                let (id, label) = (rules.slot_id(slot), rules.slot_label(slot));
                found.push(line(id, label, told(before), told(value), unit));
            }
        }
        for (at, indicator) in rules.indicators.iter().enumerate() {
            let (from, to) = (aside(was, at), aside(is, at));
            if from != to {
                let (id, title) = (indicator.id.clone(), indicator.title.clone());
                found.push(line(id, title, from, to, ""));
            }
        }
        found
    }

    /// The lines whose values in force differ.
    fn moved_lines(&self) -> Vec<Line> {
        let (old, new) = (&self.old, &self.new);
        let [_, is] = &self.readings;
        let was = read(old.rules, old.side.entry);
        let by = |reading: &Reading, value: &Value, at: usize| match reading.parameters.get(at) {
            Some(Some(_)) => "user",
            _ if value.cause().is_some() => "",
            _ => "standard",
        };
        let mut found = Vec::new();
        let all = new.rules.parameters.iter().zip(&self.after.parameters);
        for (index, (parameter, value)) in all.enumerate() {
            let is_like = like(old.rules, parameter).map(|p| &p.id);
            let before = old
                .rules
                .parameters
                .iter()
                .position(|p| Some(&p.id) == is_like);
            let Some((before, old_value)) =
                before.and_then(|before| Some((before, self.before.parameters.get(before)?)))
            else {
                continue;
            };
            if old_value != value {
                found.push(Line {
                    id: parameter.id.clone(),
                    label: parameter.label.clone(),
                    from: told(old_value),
                    to: told(value),
                    unit: parameter.unit.clone(),
                    from_by: by(&was, old_value, before),
                    to_by: by(is, value, index),
                });
            }
        }
        found
    }

    /// After, with one figure, or one indicator's standing, as it was before.
    fn without_field(&self, id: &str) -> Check {
        let [was, is] = &self.readings;
        let mut reading = is.clone();
        fn restore<T: Clone>(to: &mut [T], from: &[T], at: usize) {
            if let (Some(to), Some(from)) = (to.get_mut(at), from.get(at)) {
                to.clone_from(from);
            }
        }
        if let Some(slot) = self.new.slots.get(id) {
            restore(&mut reading.slots, &was.slots, *slot);
        } else if let Some(at) = self.new.indicator(id) {
            restore(&mut reading.not_applicable, &was.not_applicable, at);
            restore(&mut reading.waived, &was.waived, at);
        }
        check(self.new.rules, &reading, self.new.side.as_of)
    }

    /// After, with one line as it was before.
    fn without_line(&self, id: &str) -> Check {
        let (old, new) = (&self.old, &self.new);
        let [_, mut reading] = self.readings.clone();
        let find = |rules: &Rulebook| rules.parameters.iter().position(|p| p.id == id);
        let before = find(old.rules).and_then(|at| self.before.parameters.get(at));
        let place = find(new.rules).and_then(|at| reading.parameters.get_mut(at));
        if let (Some(place), Some(before)) = (place, before) {
            *place = Some(before.clone());
        }
        check(new.rules, &reading, new.side.as_of)
    }

    /// The indicators whose verdicts or points are others, those of `new` first.
    pub fn turned(&self) -> Vec<Attributed> {
        let (old, new) = (&self.old, &self.new);
        let mut found = Vec::new();
        for indicator in &new.rules.indicators {
            found.extend(self.one(indicator));
        }
        for indicator in &old.rules.indicators {
            if new.indicator(&indicator.id).is_none() {
                found.push(Attributed {
                    indicator: indicator.id.clone(),
                    title: indicator.title.clone(),
                    from: old.verdict(&self.before, &indicator.id),
                    to: None,
                    causes: vec![Part::Rules],
                    turning: Turning::Alone,
                    fields: Vec::new(),
                    parameters: Vec::new(),
                    rules: rules_of(old.rules, indicator, &self.rules),
                });
            }
        }
        found
    }

    fn one(&self, indicator: &Indicator) -> Option<Attributed> {
        let (old, new) = (&self.old, &self.new);
        let id = &indicator.id;
        let (from, to) = (old.verdict(&self.before, id), new.verdict(&self.after, id));
        if from == to {
            return None;
        }
        // Where the outcome is another one, that is what is asked about; else the points.
        let outcome = |turned: &Option<Turned>| turned.as_ref().map(|turned| turned.outcome);
        let alike = |a: &Option<Turned>, b: &Option<Turned>| {
            outcome(a) == outcome(b) && (outcome(&from) != outcome(&to) || a == b)
        };
        let mut alone = Vec::new();
        let mut needed = Vec::new();
        for (part, with, without) in &self.tried {
            let (with_rules, without_rules) = match part {
                Part::Rules => (new, old),
                _ => (old, new),
            };
            if alike(&with_rules.verdict(with, id), &to) {
                alone.push(*part);
            }
            if !alike(&without_rules.verdict(without, id), &to) {
                needed.push(*part);
            }
        }
        let (causes, turning) = match from {
            None => (vec![Part::Rules], Turning::Alone),
            Some(_) => self.caused(alone, needed),
        };
        let within = |kind: &str, lines: &[Line], own: &[String]| {
            let moved = lines.iter().filter(|line| own.contains(&line.id));
            let moved: Vec<Line> = moved.cloned().collect();
            // Those without which it would be as before, or all where no single one did it.
            let alone = |line: &&Line| {
                let without = self.without.get(&format!("{kind} {}", line.id));
                without.is_some_and(|others| {
                    let other = new.indicator(id).and_then(|at| others.get(&at));
                    other.is_some_and(|finding| !alike(&Some(told_finding(finding)), &to))
                })
            };
            let single: Vec<Line> = moved.iter().filter(alone).cloned().collect();
            if single.is_empty() { moved } else { single }
        };
        let caused = |part| causes.contains(&part);
        let support = Support::of(new.rules, indicator);
        Some(Attributed {
            indicator: id.clone(),
            title: indicator.title.clone(),
            fields: if caused(Part::Data) {
                within("field", &self.fields, &support.fields)
            } else {
                Vec::new()
            },
            parameters: if caused(Part::Parameters) || caused(Part::Date) {
                within("line", &self.parameters, &support.parameters)
            } else {
                Vec::new()
            },
            rules: if caused(Part::Rules) {
                rules_of(new.rules, indicator, &self.rules)
            } else {
                Vec::new()
            },
            from,
            to,
            causes,
            turning,
        })
    }
}
