//! Fixes: the smallest changes that would pass.
//!
//! For one field at a time, every comparison is solved for the value at which its
//! outcome turns; that value, moved to the field's decimal places, is tried. What
//! is suggested has been evaluated: it passes, keeps the field's limits and breaks
//! no data check. Where no single change passes, a set of changes is put together.

use super::reason::exact;
use super::turning::candidates;
use crate::check::{Check, Value, Work, at, evaluate_again};
use crate::entry::check_limits;
use crate::number::Number;
use crate::report::{Change, Fix};
use crate::rulebook::{Better, Field, Id, Node, Rulebook};
use std::rc::Rc;

/// The most steps of evaluation in search of the fixes of one indicator, and of all together.
const MOST_WORK: usize = 1_000_000;
const MOST_IN_ALL: usize = 40_000_000;

/// A new value for a slot.
#[derive(Clone, Debug)]
struct Step {
    slot: u32,
    to: Value,
    /// How far it is from the present value, relative to it.
    size: Number,
}

/// A checked entry whose values are changed to see what comes of it, and put back.
pub struct Trial<'a> {
    rulebook: &'a Rulebook,
    checked: &'a Check,
    slots: Vec<Value>,
    values: Vec<Value>,
    /// The slots that data checks read, in order, each with what the check stands on; errors only.
    data_checks: Vec<(u32, Rc<[Id]>)>,
    /// Indices of the fields that are no way to pass the indicator at hand.
    given: &'a [u32],
    /// Steps that may still be taken: for the indicator at hand, and for all together.
    work: usize,
    all: usize,
    /// What may still be spent on long numbers, for all indicators together.
    long: Work,
}

impl<'a> Trial<'a> {
    /// Nothing changed yet.
    pub fn new(rulebook: &'a Rulebook, checked: &'a Check) -> Self {
        let graph = &rulebook.graph;
        let mut data_checks: Vec<(u32, Rc<[Id]>)> = Vec::new();
        for check in rulebook.data_checks.iter().filter(|check| check.error) {
            let support: Rc<[Id]> = graph.support(check.holds).into();
            for slot in graph.slots_in(&support) {
                data_checks.push((slot, support.clone()));
            }
        }
        data_checks.sort_unstable();
        Self {
            rulebook,
            checked,
            slots: checked.slots.clone(),
            values: checked.values.clone(),
            data_checks,
            given: &[],
            work: 0,
            all: MOST_IN_ALL,
            long: Work::default(),
        }
    }

    /// What would make a failing indicator pass: alternatives, the smallest relative change first.
    pub fn fixes(&mut self, indicator: usize) -> Vec<Fix> {
        let (Some(finding), Some(indicator)) = (
            self.checked.findings.get(indicator),
            self.rulebook.indicators.get(indicator),
        ) else {
            return Vec::new();
        };
        if !finding.outcome.falls_short() {
            return Vec::new();
        }
        (self.given, self.work) = (&indicator.given, MOST_WORK);
        self.spend(0);
        let single = self.singles(indicator.meets);
        if !single.is_empty() {
            let one = |step: Step| Fix {
                change: self.change(&step),
                also: Vec::new(),
            };
            return single.into_iter().map(one).collect();
        }
        let steps = self.set(indicator.meets).unwrap_or_default();
        self.put_back(indicator.meets);
        let mut changes = steps.iter().map(|step| self.change(step));
        let first = changes.next();
        first
            .map(|change| Fix {
                change,
                also: changes.collect(),
            })
            .into_iter()
            .collect()
    }

    /// Takes so many steps, if there are so many left.
    fn spend(&mut self, steps: usize) -> bool {
        let left = self.work.min(self.all);
        let steps = steps.min(left);
        (self.work, self.all) = (left - steps, self.all - steps);
        self.work > 0
    }

    /// Every slot that `root` reads, and every value it stands on, as it was checked.
    fn put_back(&mut self, root: Id) {
        let graph = &self.rulebook.graph;
        let support = graph.support(root);
        for slot in graph.slots_in(&support) {
            let at = slot as usize;
            if let (Some(slot), Some(was)) = (self.slots.get_mut(at), self.checked.slots.get(at)) {
                slot.clone_from(was);
            }
        }
        for id in support {
            let at = id.0 as usize;
            if let (Some(value), Some(was)) = (self.values.get_mut(at), self.checked.values.get(at))
            {
                value.clone_from(was);
            }
        }
    }

    fn change(&self, step: &Step) -> Change {
        let now = self.checked.slots.get(step.slot as usize);
        let known = now.filter(|value| value.cause().is_none());
        Change {
            field: self.rulebook.slot_id(step.slot),
            label: self.rulebook.slot_label(step.slot),
            from: known.map(exact),
            to: exact(&step.to),
            unit: self
                .rulebook
                .field_of(step.slot)
                .map_or("", |(f, _)| f.unit.as_str())
                .into(),
        }
    }

    fn slot(&self, slot: u32) -> &Value {
        self.slots.get(slot as usize).unwrap_or(&Value::INVALID)
    }

    fn is_slot_of(&self, field: u32, slot: u32) -> bool {
        let field = self.rulebook.fields.get(field as usize);
        field.is_some_and(|f| (f.slot..f.slot + f.width() as u32).contains(&slot))
    }

    /// Evaluates what `support` says; what the values were before.
    fn evaluate(&mut self, support: &[Id]) -> Vec<Value> {
        let inputs = self.checked.inputs(&self.slots, &self.long);
        evaluate_again(&self.rulebook.graph, support, inputs, &mut self.values)
    }

    /// Undoes an `evaluate`.
    fn restore(&mut self, support: &[Id], before: Vec<Value>) {
        for (id, value) in support.iter().zip(before) {
            if let Some(place) = self.values.get_mut(id.0 as usize) {
                *place = value;
            }
        }
    }

    /// Sets a slot; what it was before.
    fn set_slot(&mut self, slot: u32, value: Value) -> Value {
        match self.slots.get_mut(slot as usize) {
            Some(place) => std::mem::replace(place, value),
            None => Value::INVALID,
        }
    }

    /// The best change of each single field that alone makes `root` hold.
    fn singles(&mut self, root: Id) -> Vec<Step> {
        let graph = &self.rulebook.graph;
        let support = graph.support(root);
        let weight = graph.weight(&support);
        let mut found: Vec<Step> = Vec::new();
        for slot in graph.slots_in(&support) {
            let Some((field, _)) = self.rulebook.field_of(slot) else {
                continue;
            };
            let given = field.given || self.given.iter().any(|f| self.is_slot_of(*f, slot));
            if given || self.slot(slot).cause().is_some() {
                continue;
            }
            if !self.spend(weight) {
                break;
            }
            found.extend(self.best(root, &support, weight, slot, field));
        }
        found.sort_by(|a, b| a.size.cmp(&b.size));
        found
    }

    /// The smallest change of one slot that makes `root` hold.
    fn best(
        &mut self,
        root: Id,
        support: &[Id],
        weight: usize,
        slot: u32,
        field: &Field,
    ) -> Option<Step> {
        let now = self.slot(slot).clone();
        let graph = &self.rulebook.graph;
        let found = candidates(graph, support, &self.values, slot, field, &now, &self.long);
        let step = |to| Step {
            slot,
            size: distance(&now, &to),
            to,
        };
        let mut steps: Vec<Step> = found
            .into_iter()
            .filter(|to| *to != now && goes_well(field, &now, to))
            .map(step)
            .collect();
        steps.sort_by(|a, b| a.size.cmp(&b.size));
        // The nearest that passes is the smallest change.
        steps.into_iter().find(|step| {
            self.spend(2 * weight) && self.passes(root, support, slot, field, &step.to)
        })
    }

    fn passes(&mut self, root: Id, support: &[Id], slot: u32, field: &Field, to: &Value) -> bool {
        if to
            .number()
            .is_some_and(|number| check_limits(field, number).is_err())
        {
            return false;
        }
        let was = self.set_slot(slot, to.clone());
        let before = self.evaluate(support);
        let holds = at(&self.values, root).truth() == Some(true) && self.is_consistent(slot);
        self.set_slot(slot, was);
        self.restore(support, before);
        holds
    }

    /// Whether no data check that reads a slot is broken.
    fn is_consistent(&mut self, slot: u32) -> bool {
        let first = self.data_checks.partition_point(|(of, _)| *of < slot);
        let after = self.data_checks.partition_point(|(of, _)| *of <= slot);
        (first..after).all(|index| {
            let Some((_, support)) = self.data_checks.get(index).cloned() else {
                return true;
            };
            let before = self.evaluate(&support);
            let holds = support.last().map(|root| at(&self.values, *root).truth());
            self.restore(&support, before);
            holds != Some(Some(false))
        })
    }

    /// Changes that together make `root` hold; they stay in place.
    fn set(&mut self, root: Id) -> Option<Vec<Step>> {
        let support = self.rulebook.graph.support(root);
        self.evaluate(&support);
        if at(&self.values, root).truth() == Some(true) {
            return Some(Vec::new());
        }
        if let Some(step) = self.singles(root).into_iter().next() {
            self.set_slot(step.slot, step.to.clone());
            self.evaluate(&support);
            return Some(vec![step]);
        }
        let mut steps = Vec::new();
        match self.rulebook.graph.node(root)? {
            Node::All(list) => {
                for part in list {
                    if at(&self.values, *part).cause() != Some(crate::check::Cause::NotApplicable) {
                        steps.extend(self.set(*part)?);
                    }
                }
            }
            Node::Any(list) => steps = list.iter().find_map(|part| self.set(*part))?,
            Node::AtLeast(n, list) => {
                let parts = list.iter().filter_map(|part| self.set(*part));
                let held: Vec<Vec<Step>> = parts.take(*n as usize).collect();
                steps.extend(held.into_iter().flatten());
            }
            _ => return None,
        }
        // A part that was fixed first may have been broken again by a later one.
        self.evaluate(&support);
        let changed: Vec<u32> = steps.iter().map(|step| step.slot).collect();
        let whole = at(&self.values, root).truth() == Some(true);
        (whole && changed.into_iter().all(|slot| self.is_consistent(slot))).then_some(steps)
    }
}

/// Whether a change goes the way in which the field is better.
fn goes_well(field: &Field, now: &Value, to: &Value) -> bool {
    match (field.better, now.number(), to.number()) {
        (Some(Better::More), Some(now), Some(to)) => to > now,
        (Some(Better::Less), Some(now), Some(to)) => to < now,
        _ => true,
    }
}

/// How far two values of a slot are apart, relative to the first.
fn distance(now: &Value, to: &Value) -> Number {
    let relative = |a: &Number, b: &Number| {
        let gap = b.checked_sub(a)?.abs();
        if a.is_zero() {
            Some(gap)
        } else {
            gap.checked_div(&a.abs())
        }
    };
    match (now, to) {
        (Value::Number(a), Value::Number(b)) => relative(a, b).unwrap_or(Number::ONE),
        (Value::Date(a), Value::Date(b)) => Number::from(i64::from(a.days_until(*b)).abs()),
        _ => Number::ONE,
    }
}
