//! Fixes: the smallest changes that would pass.
//!
//! For one field at a time, every comparison is solved for the value at which its
//! outcome turns; that value, moved to the field's decimal places, is tried. What
//! is suggested has been evaluated: the indicator is met, the field's limits are kept,
//! no data check breaks, and less would not do. Where no single change passes, a set of
//! changes is put together, none of which could be left out.

use super::reason::exact;
use super::turning::{add, candidates, last_place, plus_steps};
use crate::check::{Cause, Check, Value, Work, at, evaluate_again, is_met};
use crate::date::Date;
use crate::entry::{Reading, check_limits};
use crate::number::Number;
use crate::report::{Change, Fix};
use crate::rulebook::{Better, Field, Id, Indicator, Node, Order, Rulebook, in_order, ordered};
use std::rc::Rc;

/// The most steps of evaluation in search of the fixes of one indicator, and of all together.
const MOST_WORK: usize = 1_000_000;
const MOST_IN_ALL: usize = 40_000_000;

/// How deep conditions within conditions are looked into for a set of changes.
const DEEPEST: usize = 24;

/// How many times the parts of a condition are gone through: mending one may break another.
const MOST_ROUNDS: usize = 4;

/// A new value for a slot.
#[derive(Clone, Debug)]
struct Step {
    slot: u32,
    to: Value,
    /// How far it is from the present value, relative to it.
    size: Number,
}

/// A condition that is to hold, or not to.
struct Goal {
    root: Id,
    wanted: bool,
    /// What it stands on.
    support: Rc<Vec<Id>>,
    /// It is what an indicator asks: then the indicator is to be met.
    whole: bool,
    /// What is not to break meanwhile, and what that stands on.
    kept: Vec<(Id, bool)>,
    kept_support: Vec<Id>,
}

/// A checked entry whose values are changed to see what comes of it, and put back.
pub struct Trial<'a> {
    rulebook: &'a Rulebook,
    checked: &'a Check,
    /// The slots as they were entered, also what data checks refuse.
    entered: &'a [Value],
    slots: Vec<Value>,
    values: Vec<Value>,
    /// The slots that data checks read, in order, each with what the check stands on; errors only.
    data_checks: Vec<(u32, Rc<Vec<Id>>)>,
    /// The indicator at hand.
    indicator: Option<&'a Indicator>,
    /// What whether it applies, and its points, stand on.
    beside: Rc<Vec<Id>>,
    /// The slots that were changed, in order, each with its value before.
    changed: Vec<(u32, Value)>,
    /// Slots that are to stay as they are, in order, and conditions that are to stay as they are.
    settled: Vec<u32>,
    kept: Vec<(Id, bool)>,
    /// Whether data checks may break for now.
    loose: bool,
    /// Steps that may still be taken: for the indicator at hand, and for all together.
    work: usize,
    all: usize,
    /// What may still be spent on long numbers, for all together.
    long: Work,
}

impl<'a> Trial<'a> {
    /// Nothing changed yet; `checked` is the check of `reading`.
    pub fn new(rulebook: &'a Rulebook, reading: &'a Reading, checked: &'a Check) -> Self {
        let graph = &rulebook.graph;
        let mut all: Vec<(u32, Rc<Vec<Id>>)> = Vec::new();
        for check in rulebook.data_checks.iter().filter(|check| check.error) {
            let support = Rc::new(graph.support(check.holds));
            for slot in graph.slots_in(&support) {
                all.push((slot, support.clone()));
            }
        }
        let mut data_checks = Vec::new();
        for at in ordered(all.len(), &|a, b| all.get(a).cmp(&all.get(b))) {
            if let Some((slot, support)) = all.get(at) {
                data_checks.push((*slot, support.clone()));
            }
        }
        Self {
            rulebook,
            checked,
            entered: &reading.slots,
            slots: checked.slots.clone(),
            values: checked.values.clone(),
            data_checks,
            indicator: None,
            beside: Rc::default(),
            changed: Vec::new(),
            settled: Vec::new(),
            kept: Vec::new(),
            loose: false,
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
        let mut beside = Vec::new();
        for root in [indicator.applies, indicator.score].into_iter().flatten() {
            beside.extend(self.rulebook.graph.support(root));
        }
        (self.indicator, self.beside) = (Some(indicator), Rc::new(beside));
        self.work = MOST_WORK.min(self.all);
        let mut goal = self.goal(indicator.meets, true);
        goal.whole = true;
        let mut single = self.singles(&goal, false);
        if single.is_empty() {
            if self.stays_open(goal.root, 0) {
                return Vec::new();
            }
            single = self.singles(&goal, true);
        }
        let mut fixes = Vec::new();
        for step in single {
            fixes.push(Fix {
                change: self.change_of(step.slot, &step.to),
                also: Vec::new(),
                size: step.size,
            });
        }
        if fixes.is_empty()
            && let Some(fix) = self.together(&goal)
        {
            fixes.push(fix);
        }
        fixes
    }

    fn goal(&self, root: Id, wanted: bool) -> Goal {
        let mut kept_support = Vec::new();
        for (kept, _) in &self.kept {
            kept_support.extend(self.rulebook.graph.support(*kept));
        }
        kept_support.sort_unstable();
        kept_support.dedup();
        Goal {
            kept: self.kept.clone(),
            kept_support,
            root,
            wanted,
            support: Rc::new(self.rulebook.graph.support(root)),
            whole: false,
        }
    }

    fn change_of(&self, slot: u32, to: &Value) -> Change {
        let now = self.checked.slots.get(slot as usize);
        let known = now.filter(|value| value.cause().is_none());
        Change {
            field: self.rulebook.slot_id(slot),
            label: self.rulebook.slot_label(slot),
            from: known.map(exact),
            to: exact(to),
            unit: self
                .rulebook
                .field_of(slot)
                .map_or("", |(f, _)| f.unit.as_str())
                .into(),
        }
    }

    fn slot(&self, slot: u32) -> &Value {
        self.slots.get(slot as usize).unwrap_or(&Value::INVALID)
    }

    /// The value of a slot as it was checked.
    fn original(&self, slot: u32) -> &'a Value {
        let value = self.checked.slots.get(slot as usize);
        value.unwrap_or(&Value::INVALID)
    }

    fn is_slot_of(&self, field: u32, slot: u32) -> bool {
        let field = self.rulebook.fields.get(field as usize);
        field.is_some_and(|f| (f.slot..f.slot + f.width() as u32).contains(&slot))
    }

    fn truth(&self, id: Id) -> Option<bool> {
        at(&self.values, id).truth()
    }

    /// Notes that some nodes are gone through; whether that may go on.
    fn spend(&mut self, support: &[Id]) -> bool {
        let steps = self.rulebook.graph.weight(support).min(self.work);
        (self.work, self.all) = (self.work - steps, self.all - steps);
        self.work > 0
    }

    /// Evaluates what `support` says; what the values were before.
    fn evaluate(&mut self, support: &[Id]) -> Vec<Value> {
        self.spend(support);
        let inputs = self.checked.inputs(&self.slots, &self.long);
        evaluate_again(&self.rulebook.graph, support, inputs, &mut self.values)
    }

    /// Undoes an `evaluate`.
    fn restore(&mut self, support: &[Id], before: Vec<Value>) {
        // A node that stands there twice was evaluated twice.
        for (id, value) in support.iter().zip(before).rev() {
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

    /// Sets a slot for as long as it is not undone.
    fn change(&mut self, slot: u32, value: Value) {
        let was = self.set_slot(slot, value);
        self.changed.push((slot, was));
    }

    /// Undoes all changes but the first `count`.
    fn undo(&mut self, count: usize) {
        while self.changed.len() > count
            && let Some((slot, was)) = self.changed.pop()
        {
            self.set_slot(slot, was);
        }
    }

    /// The slots that are not as they were checked, in order.
    fn differing(&self) -> Vec<u32> {
        let mut slots = Vec::new();
        for (slot, _) in &self.changed {
            slots.push(*slot);
        }
        in_order(&mut slots);
        kept(&slots, &|slot| self.slot(slot) != self.original(slot))
    }

    /// The best change of each single field that alone reaches a goal; `widely` also tries values at
    /// which nothing is known to turn.
    fn singles(&mut self, goal: &Goal, widely: bool) -> Vec<Step> {
        let graph = &self.rulebook.graph;
        // Every part that fails has to change.
        let mut slots = graph.slots_in(&goal.support);
        if let (Some(Node::All(list)), true) = (graph.node(goal.root), goal.wanted) {
            for part in list {
                if self.truth(*part) != Some(false) {
                    continue;
                }
                if !self.spend(&goal.support) {
                    return Vec::new();
                }
                let read = graph.slots_of(*part);
                slots = kept(&slots, &|slot| read.binary_search(&slot).is_ok());
            }
        }
        let mut found: Vec<Step> = Vec::new();
        for slot in slots {
            let Some(field) = self.movable(slot) else {
                continue;
            };
            if !self.spend(&goal.support) {
                break;
            }
            if let Some(step) = self.best(goal, slot, field, widely) {
                found.push(step);
            }
        }
        nearest_first(&found)
    }

    /// The field of a slot, if it may be changed.
    fn movable(&self, slot: u32) -> Option<&'a Field> {
        let (field, _) = self.rulebook.field_of(slot)?;
        let given = self.indicator.map_or(&[][..], |indicator| &indicator.given);
        let given = field.given || given.iter().any(|f| self.is_slot_of(*f, slot));
        let settled = self.settled.binary_search(&slot).is_ok();
        let known = self.slot(slot).cause().is_none();
        (known && !given && !settled).then_some(field)
    }

    /// The smallest change of one slot that reaches a goal.
    fn best(&mut self, goal: &Goal, slot: u32, field: &Field, widely: bool) -> Option<Step> {
        let now = self.slot(slot).clone();
        let found = match widely {
            true => far_and_wide(field, &now),
            false => self.turns(goal, slot, field),
        };
        // The nearest that passes is the smallest change.
        for step in self.tries(slot, field, found) {
            if self.passes(goal, slot, &step.to) {
                let to = self.least(goal, slot, field, &now, step.to);
                let size = distance(&now, &to);
                return Some(Step { slot, to, size });
            }
        }
        None
    }

    /// The values of a slot at which something turns that a goal stands on.
    fn turns(&self, goal: &Goal, slot: u32, field: &Field) -> Vec<Value> {
        candidates(
            &self.rulebook.graph,
            &goal.support,
            &self.values,
            slot,
            field,
            self.slot(slot),
            &self.long,
        )
    }

    /// Those of some values that a slot may have, the nearest first.
    fn tries(&self, slot: u32, field: &Field, values: Vec<Value>) -> Vec<Step> {
        let (now, original) = (self.slot(slot), self.original(slot));
        let mut steps = Vec::new();
        for to in values {
            let fits = match to.number() {
                Some(number) => {
                    number.decimals().is_some_and(|own| own <= field.digits)
                        && check_limits(field, number).is_ok()
                }
                None => true,
            };
            if fits && to != *now && to != *original && goes_well(field, original, &to) {
                let size = distance(now, &to);
                steps.push(Step { slot, to, size });
            }
        }
        nearest_first(&steps)
    }

    /// The value nearest to `from` that passes, on the way from `to`, which does.
    fn least(&mut self, goal: &Goal, slot: u32, field: &Field, from: &Value, to: Value) -> Value {
        let (mut passing, mut failing) = (0, steps_between(field, from, &to));
        let mut found = to.clone();
        // One step less fails mostly, as the values tried are those at which something turns.
        let mut tried = 1;
        while passing + 1 < failing {
            match stepped(field, &to, from, tried) {
                Some(less) if self.passes(goal, slot, &less) => {
                    (passing, found) = (tried, less);
                }
                _ => failing = tried,
            }
            tried = passing + (failing - passing) / 2;
        }
        found
    }

    /// Whether a value, which lies within the limits of its field, reaches a goal.
    fn passes(&mut self, goal: &Goal, slot: u32, to: &Value) -> bool {
        if self.work == 0 {
            return false;
        }
        let was = self.set_slot(slot, to.clone());
        let before = self.evaluate(&goal.support);
        let reached = self.is_reached(goal) && self.is_allowed(goal, slot);
        self.set_slot(slot, was);
        self.restore(&goal.support, before);
        reached && self.work > 0
    }

    /// Whether a goal is reached, its support having been evaluated.
    fn is_reached(&mut self, goal: &Goal) -> bool {
        if self.truth(goal.root) != Some(goal.wanted) || !goal.whole {
            return self.truth(goal.root) == Some(goal.wanted);
        }
        let beside = self.beside.clone();
        let before = self.evaluate(&beside);
        let met = self.indicator.is_some_and(|one| is_met(one, &self.values));
        self.restore(&beside, before);
        met
    }

    /// Whether the value of a slot breaks neither what a goal keeps nor, where those count, a data check.
    fn is_allowed(&mut self, goal: &Goal, slot: u32) -> bool {
        self.is_kept(goal) && (self.loose || self.breaks(slot).is_none())
    }

    /// Whether nothing breaks that a goal keeps.
    fn is_kept(&mut self, goal: &Goal) -> bool {
        if goal.kept.is_empty() {
            return true;
        }
        let before = self.evaluate(&goal.kept_support);
        let mut kept = true;
        for (root, wanted) in &goal.kept {
            kept &= self.truth(*root) == Some(*wanted);
        }
        self.restore(&goal.kept_support, before);
        kept
    }

    /// A data check that reads a slot and is broken.
    fn breaks(&mut self, slot: u32) -> Option<Id> {
        let first = self.data_checks.partition_point(|(of, _)| *of < slot);
        let after = self.data_checks.partition_point(|(of, _)| *of <= slot);
        for index in first..after {
            if self.work == 0 {
                return None;
            }
            let support = self.data_checks.get(index)?.1.clone();
            // What another data check refuses counts here as it was entered.
            let mut refused = Vec::new();
            if !self.checked.broken.is_empty() {
                let read = self.rulebook.graph.slots_in(&support);
                refused = kept(&read, &|slot| *self.slot(slot) == Value::INVALID);
            }
            for slot in &refused {
                let entered = self.entered.get(*slot as usize).cloned();
                self.set_slot(*slot, entered.unwrap_or(Value::INVALID));
            }
            let before = self.evaluate(&support);
            let root = support.last().copied();
            let broken = root.filter(|root| self.truth(*root) == Some(false));
            self.restore(&support, before);
            for slot in refused {
                self.set_slot(slot, Value::INVALID);
            }
            if broken.is_some() {
                return broken;
            }
        }
        None
    }

    /// A set of changes that reaches a goal where no single one does.
    fn together(&mut self, goal: &Goal) -> Option<Fix> {
        // What passes but for the data checks, with what these need further.
        self.loose = true;
        for step in self.singles(goal, false) {
            self.change(step.slot, step.to);
            let fix = self.settle(goal);
            if fix.is_some() {
                return fix;
            }
        }
        self.loose = false;
        self.set(goal.root, true, 0);
        self.settle(goal).or_else(|| {
            self.loose = true;
            self.set(goal.root, true, 0);
            self.settle(goal)
        })
    }

    /// Whether a condition stays open whatever is changed, as its line is not set, or data is lacking.
    fn stays_open(&mut self, id: Id, depth: usize) -> bool {
        let graph = &self.rulebook.graph;
        match graph.node(id) {
            Some(Node::All(list) | Node::Any(list)) if depth > DEEPEST || !self.spend(list) => {
                false
            }
            Some(Node::All(list)) => list.iter().any(|part| self.stays_open(*part, depth + 1)),
            Some(Node::Any(list)) => list.iter().all(|part| self.stays_open(*part, depth + 1)),
            Some(Node::Compare(_, a, b)) => {
                let divides = |id: &Id| {
                    let node = graph.node(*id);
                    matches!(
                        node,
                        Some(Node::Quotient(..) | Node::Percent(..) | Node::Weighted(_))
                    )
                };
                // What does not apply, as its base is zero, needs no line.
                self.is_stuck(*a) || (self.is_stuck(*b) && !graph.support(*a).iter().any(divides))
            }
            _ => self.is_stuck(id),
        }
    }

    /// Whether a value is open, and nothing that it stands on may be changed.
    fn is_stuck(&mut self, id: Id) -> bool {
        let cause = at(&self.values, id).cause();
        if cause.is_none_or(|cause| cause >= Cause::NotApplicable) {
            return false;
        }
        let support = self.rulebook.graph.support(id);
        let slots = self.rulebook.graph.slots_in(&support);
        self.spend(&support) && !slots.iter().any(|slot| self.movable(*slot).is_some())
    }

    /// Makes of the changes in place a fix, with what data checks need further and without what
    /// could be left out; puts everything back.
    fn settle(&mut self, goal: &Goal) -> Option<Fix> {
        self.loose = true;
        for _ in 0..DEEPEST {
            let slots = self.differing();
            let Some(broken) = slots.iter().find_map(|slot| self.breaks(*slot)) else {
                break;
            };
            self.settled = slots;
            if !self.set(broken, true, 0) {
                break;
            }
        }
        self.settled = Vec::new();
        self.loose = false;
        let fix = self.fix(goal);
        // As it was checked.
        let mut supports = vec![goal.support.clone()];
        for (slot, _) in &self.changed {
            for (of, support) in &self.data_checks {
                if of == slot {
                    supports.push(support.clone());
                }
            }
        }
        self.undo(0);
        for support in supports {
            self.evaluate(&support);
        }
        fix
    }

    /// The changes in place as a fix, if they reach the goal.
    fn fix(&mut self, goal: &Goal) -> Option<Fix> {
        if !self.stands(goal) {
            return None;
        }
        // What one change needs less may leave more to another: again, until no less would do.
        let mut least = false;
        while !least {
            least = true;
            while let Some(slot) = self.needless(goal) {
                self.set_slot(slot, self.original(slot).clone());
            }
            self.evaluate(&goal.support);
            for slot in self.differing() {
                if let Some((field, _)) = self.rulebook.field_of(slot) {
                    let now = self.slot(slot).clone();
                    let less = self.least(goal, slot, field, self.original(slot), now);
                    least &= less == *self.slot(slot);
                    self.set_slot(slot, less);
                    self.evaluate(&goal.support);
                }
            }
        }
        let slots = self.differing();
        let mut fix: Option<Fix> = None;
        for slot in slots {
            let change = self.change_of(slot, self.slot(slot));
            let size = distance(self.original(slot), self.slot(slot));
            match &mut fix {
                Some(fix) => {
                    fix.also.push(change);
                    if let Some(sum) = fix.size.checked_add(&size) {
                        fix.size = sum;
                    }
                }
                None => {
                    let also = Vec::new();
                    fix = Some(Fix { change, also, size });
                }
            }
        }
        fix
    }

    /// Whether the changes in place reach a goal and break no data check.
    fn stands(&mut self, goal: &Goal) -> bool {
        self.evaluate(&goal.support);
        let slots = self.differing();
        let mut stands = self.is_reached(goal);
        for slot in slots {
            stands = stands && self.breaks(slot).is_none();
        }
        stands && self.work > 0
    }

    /// A slot whose change could be left out, the last first.
    fn needless(&mut self, goal: &Goal) -> Option<u32> {
        let mut slots = self.differing();
        while let Some(slot) = slots.pop()
            && self.work > 0
        {
            let now = self.set_slot(slot, self.original(slot).clone());
            let stands = self.stands(goal);
            self.set_slot(slot, now);
            if stands {
                return Some(slot);
            }
        }
        None
    }

    /// Makes changes that together give `root` the wanted truth; whether that could be done. Where not, there are none.
    fn set(&mut self, root: Id, wanted: bool, depth: usize) -> bool {
        if self.work == 0 {
            return false;
        }
        let goal = self.goal(root, wanted);
        self.evaluate(&goal.support);
        let reached = |trial: &Self| trial.truth(root) == Some(wanted);
        if reached(self) || depth > DEEPEST {
            return reached(self);
        }
        let count = self.changed.len();
        for attempt in 0..4 {
            match attempt {
                1 | 2 => self.parts(&goal, attempt == 2, depth + 1),
                _ => {
                    if let Some(step) = self.singles(&goal, attempt == 3).into_iter().next() {
                        self.change(step.slot, step.to);
                    }
                }
            }
            self.evaluate(&goal.support);
            if reached(self) {
                return true;
            }
            self.undo(count);
            self.evaluate(&goal.support);
        }
        false
    }

    /// Changes for the parts of a condition, as many as are needed; `back` begins with the last.
    fn parts(&mut self, goal: &Goal, back: bool, depth: usize) {
        let graph = &self.rulebook.graph;
        let wanted = goal.wanted;
        let node = graph.node(goal.root);
        if back
            && !matches!(
                node,
                Some(Node::All(_) | Node::Any(_) | Node::None(_) | Node::AtLeast(..))
            )
        {
            return;
        }
        let judged = |list: &[Id]| {
            let aside = |part: &&Id| at(&self.values, **part).cause() != Some(Cause::NotApplicable);
            list.iter().filter(aside).count()
        };
        let (list, needed, wanted) = match node {
            Some(Node::All(list)) => (&list[..], if wanted { judged(list) } else { 1 }, wanted),
            Some(Node::Any(list)) => (&list[..], if wanted { 1 } else { judged(list) }, wanted),
            Some(Node::None(list)) => (&list[..], if wanted { judged(list) } else { 1 }, !wanted),
            Some(Node::AtLeast(n, list)) => {
                let n = *n as usize;
                let most = (judged(list) + 1).saturating_sub(n);
                (&list[..], if wanted { n } else { most }, wanted)
            }
            Some(Node::Not(part)) => (std::slice::from_ref(part), 1, !wanted),
            Some(Node::When(condition, a, b)) => {
                let Some(first) = self.truth(*condition) else {
                    return;
                };
                let (taken, other) = if first { (*a, *b) } else { (*b, *a) };
                if !self.set(taken, wanted, depth) && self.set(other, wanted, depth) {
                    self.set(*condition, !first, depth);
                }
                return;
            }
            _ => return self.counted(goal, depth),
        };
        let every = needed == judged(list);
        for round in 0..MOST_ROUNDS {
            let mut parts = list.to_vec();
            if back == (round % 2 == 0) {
                parts.reverse();
            }
            let mut mended = false;
            for part in &parts {
                let mut held = Vec::new();
                for other in list {
                    if self.truth(*other) == Some(wanted) {
                        held.push(*other);
                    }
                }
                if held.len() >= needed || self.work == 0 {
                    return;
                }
                if self.truth(*part) == Some(wanted) {
                    continue;
                }
                // Where all are needed, those that hold stay, if that can be; else they are mended again.
                let (count, own) = (self.kept.len(), graph.slots_of(*part));
                if every {
                    for other in held {
                        let read = graph.slots_of(other);
                        if own.iter().any(|slot| read.binary_search(slot).is_ok()) {
                            self.kept.push((other, wanted));
                        }
                    }
                }
                let beside = self.kept.len() > count;
                let mut set = self.set(*part, wanted, depth);
                self.kept.truncate(count);
                if beside && !set {
                    set = self.set(*part, wanted, depth);
                }
                mended |= set;
                self.evaluate(&goal.support);
            }
            if !mended {
                return;
            }
        }
    }

    /// Changes for the conditions that a comparison counts or chooses by, one after the other.
    fn counted(&mut self, goal: &Goal, depth: usize) {
        let graph = &self.rulebook.graph;
        let chosen = |id: &Id| match graph.node(*id) {
            Some(Node::When(condition, ..)) => Some(*condition),
            _ => None,
        };
        let count = self.changed.len();
        for wanted in [true, false] {
            for condition in goal.support.iter().filter_map(chosen) {
                if self.truth(condition) == Some(!wanted) {
                    self.set(condition, wanted, depth);
                    self.evaluate(&goal.support);
                }
                if self.truth(goal.root) == Some(goal.wanted) {
                    return;
                }
            }
            self.undo(count);
            self.evaluate(&goal.support);
        }
        self.moved_in_turn(goal);
    }

    /// Moves what a comparison reads, one slot after the other, as far as that brings it nearer, until another one does the rest.
    fn moved_in_turn(&mut self, goal: &Goal) {
        for slot in self.rulebook.graph.slots_in(&goal.support) {
            let (Some(field), Some(gap), true) =
                (self.movable(slot), self.gap(goal), self.work > 0)
            else {
                continue;
            };
            let mut values = self.turns(goal, slot, field);
            for limit in [&field.min, &field.max] {
                add(&mut values, limit.clone().map(Value::Number));
            }
            // As far as it gets no worse: of several that are too small only the smallest counts.
            let mut tries = self.tries(slot, field, values);
            let mut helps = false;
            while !helps && let Some(Step { to, .. }) = tries.pop() {
                let count = self.changed.len();
                self.change(slot, to);
                self.evaluate(&goal.support);
                helps =
                    self.gap(goal).is_some_and(|after| after <= gap) && self.is_allowed(goal, slot);
                if !helps {
                    self.undo(count);
                }
            }
            self.evaluate(&goal.support);
            if !helps {
                continue;
            }
            if self.truth(goal.root) == Some(goal.wanted) {
                return;
            }
            if let Some(last) = self.singles(goal, false).into_iter().next() {
                return self.change(last.slot, last.to);
            }
        }
    }

    /// How much the sides of a comparison are on the wrong sides of each other.
    fn gap(&self, goal: &Goal) -> Option<Number> {
        let Some(Node::Compare(order, a, b)) = self.rulebook.graph.node(goal.root) else {
            return None;
        };
        let (a, b) = (
            at(&self.values, *a).number()?,
            at(&self.values, *b).number()?,
        );
        let above = b.checked_sub(a)?;
        match (order, goal.wanted) {
            (Order::AtLeast | Order::Above, true) | (Order::AtMost | Order::Below, false) => {
                Some(above)
            }
            (Order::AtMost | Order::Below, true) | (Order::AtLeast | Order::Above, false) => {
                Some(above.neg())
            }
            (Order::Equal, true) | (Order::Unequal, false) => Some(above.abs()),
            _ => None,
        }
    }
}

fn nearest_first(steps: &[Step]) -> Vec<Step> {
    let size = |at: usize| steps.get(at).map(|step| &step.size);
    let mut nearest = Vec::new();
    for at in ordered(steps.len(), &|a, b| size(a).cmp(&size(b))) {
        if let Some(step) = steps.get(at) {
            nearest.push(step.clone());
        }
    }
    nearest
}

/// Those of some slots for which something holds.
fn kept(slots: &[u32], holds: &dyn Fn(u32) -> bool) -> Vec<u32> {
    let mut kept = Vec::new();
    for slot in slots {
        if holds(*slot) {
            kept.push(*slot);
        }
    }
    kept
}

/// Values all around: near ones, then ones that are half as far again each time, and those at the limits.
fn far_and_wide(field: &Field, now: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let mut by = 1;
    while by < 1 << 40 {
        add(&mut found, moved(field, now, by));
        add(&mut found, moved(field, now, -by));
        by += if by < 32 { 1 } else { by / 2 };
    }
    if now.number().is_some() {
        let mut around = |limit: &Option<Number>| {
            let limit = limit.clone().map(Value::Number);
            for by in -1..=1 {
                let next = limit.as_ref().and_then(|limit| moved(field, limit, by));
                add(&mut found, next);
            }
        };
        around(&field.min);
        around(&field.max);
    }
    found
}

/// The value so many of a field's steps away.
fn moved(field: &Field, from: &Value, by: i64) -> Option<Value> {
    match from {
        Value::Number(from) if by < 0 => {
            plus_steps(field, &from.ceil(field.digits)?, by).map(Value::Number)
        }
        Value::Number(from) => plus_steps(field, &from.floor(field.digits)?, by).map(Value::Number),
        Value::Date(from) => {
            let day = from.days().checked_add(i32::try_from(by).ok()?)?;
            Date::from_days(day).map(Value::Date)
        }
        _ => None,
    }
}

/// The value so many of a field's steps from one value towards another.
fn stepped(field: &Field, from: &Value, towards: &Value, steps: i64) -> Option<Value> {
    let back = match (from, towards) {
        (Value::Number(from), Value::Number(towards)) => towards < from,
        (Value::Date(from), Value::Date(towards)) => towards < from,
        _ => return None,
    };
    moved(field, from, if back { -steps } else { steps })
}

/// How many of a field's steps lie between two values, a part of one counting as one.
fn steps_between(field: &Field, a: &Value, b: &Value) -> i64 {
    let count = || match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let gap = b.checked_sub(a)?.abs();
            gap.checked_div(&last_place(field.digits)?)?
                .ceil(0)?
                .to_i64()
        }
        (Value::Date(a), Value::Date(b)) => Some(i64::from(a.days_until(*b)).abs()),
        _ => None,
    };
    count().unwrap_or(0)
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
