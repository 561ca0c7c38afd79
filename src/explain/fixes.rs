//! Fixes: the smallest changes that would pass.
//!
//! For one field at a time, every comparison is solved for the value at which its
//! outcome turns; that value, moved to the field's decimal places, is tried. What
//! is suggested has been evaluated: it passes, keeps the field's limits and breaks
//! no data check. Where no single change passes, a set of changes is put together.

use super::reason::exact;
use crate::check::{Check, Outcome, Value, at, evaluate_again};
use crate::entry::check_limits;
use crate::number::Number;
use crate::report::{Change, Fix};
use crate::rulebook::{Field, FieldType, Graph, Id, Node, Rulebook};
use std::cmp::Ordering;

/// The most pieces of a piecewise function that are followed.
const MOST_PIECES: usize = 16;

/// The most nodes that are evaluated in search of the fixes of one indicator.
const MOST_WORK: usize = 400_000;

/// What would make a failing indicator pass: alternatives, the smallest relative change first.
pub fn fixes(rulebook: &Rulebook, checked: &Check, indicator: usize) -> Vec<Fix> {
    let (Some(finding), Some(indicator)) = (
        checked.findings.get(indicator),
        rulebook.indicators.get(indicator),
    ) else {
        return Vec::new();
    };
    if !matches!(finding.outcome, Outcome::Unmet | Outcome::Partial) {
        return Vec::new();
    }
    let mut trial = Trial {
        rulebook,
        checked,
        slots: checked.slots.clone(),
        values: checked.values.clone(),
        given: &indicator.given,
        work: MOST_WORK,
    };
    let single = trial.singles(indicator.meets);
    if !single.is_empty() {
        let one = |step: Step| Fix {
            change: trial.change(&step),
            also: Vec::new(),
        };
        return single.into_iter().map(one).collect();
    }
    let steps = trial.set(indicator.meets).unwrap_or_default();
    let mut changes = steps.iter().map(|step| trial.change(step));
    let first = changes.next();
    first
        .map(|change| Fix {
            change,
            also: changes.collect(),
        })
        .into_iter()
        .collect()
}

/// A new value for a slot.
#[derive(Clone, Debug)]
struct Step {
    slot: u32,
    to: Value,
    /// How far it is from the present value, relative to it.
    size: Number,
}

/// Values that may be changed, to see what comes of it.
struct Trial<'a> {
    rulebook: &'a Rulebook,
    checked: &'a Check,
    slots: Vec<Value>,
    values: Vec<Value>,
    /// Indices of the fields that are no way to pass here.
    given: &'a [u32],
    /// Nodes that may still be evaluated.
    work: usize,
}

impl Trial<'_> {
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

    /// Sets a slot and evaluates what `support` says.
    fn set_slot(&mut self, slot: u32, value: Value, support: &[Id]) -> Value {
        let before = match self.slots.get_mut(slot as usize) {
            Some(place) => std::mem::replace(place, value),
            None => Value::INVALID,
        };
        let inputs = self.checked.inputs(&self.slots);
        evaluate_again(&self.rulebook.graph, support, inputs, &mut self.values);
        before
    }

    /// The best change of each single field that alone makes `root` hold.
    fn singles(&mut self, root: Id) -> Vec<Step> {
        let support = self.rulebook.graph.support(root);
        let mut found: Vec<Step> = Vec::new();
        for slot in self.rulebook.graph.slots_of(root) {
            let Some((field, _)) = self.rulebook.field_of(slot) else {
                continue;
            };
            let given = field.given || self.given.iter().any(|f| self.is_slot_of(*f, slot));
            if given || self.slot(slot).cause().is_some() {
                continue;
            }
            found.extend(self.best(root, &support, slot, field));
        }
        found.sort_by(|a, b| a.size.cmp(&b.size));
        found
    }

    /// The smallest change of one slot that makes `root` hold.
    fn best(&mut self, root: Id, support: &[Id], slot: u32, field: &Field) -> Option<Step> {
        let now = self.slot(slot).clone();
        let found = candidates(
            &self.rulebook.graph,
            support,
            &self.values,
            slot,
            field,
            &now,
        );
        let step = |to| Step {
            slot,
            size: distance(&now, &to),
            to,
        };
        let mut steps: Vec<Step> = found
            .into_iter()
            .filter(|to| *to != now)
            .map(step)
            .collect();
        steps.sort_by(|a, b| a.size.cmp(&b.size));
        // The nearest that passes is the smallest change.
        steps.into_iter().find(|step| {
            self.work = self.work.saturating_sub(2 * support.len());
            self.work > 0 && self.passes(root, support, slot, field, &step.to)
        })
    }

    fn passes(&mut self, root: Id, support: &[Id], slot: u32, field: &Field, to: &Value) -> bool {
        if to
            .number()
            .is_some_and(|number| check_limits(field, number).is_err())
        {
            return false;
        }
        let before = self.set_slot(slot, to.clone(), support);
        let holds = at(&self.values, root).truth() == Some(true) && self.is_consistent(slot);
        self.set_slot(slot, before, support);
        holds
    }

    /// Whether no data check that reads a slot is broken.
    fn is_consistent(&mut self, slot: u32) -> bool {
        let graph = &self.rulebook.graph;
        self.rulebook
            .data_checks
            .iter()
            .filter(|check| check.error)
            .all(|check| {
                if !graph.slots_of(check.holds).contains(&slot) {
                    return true;
                }
                let inputs = self.checked.inputs(&self.slots);
                let mut values = self.values.clone();
                evaluate_again(graph, &graph.support(check.holds), inputs, &mut values);
                at(&values, check.holds).truth() != Some(false)
            })
    }

    /// Changes that together make `root` hold; they stay in place.
    fn set(&mut self, root: Id) -> Option<Vec<Step>> {
        let support = self.rulebook.graph.support(root);
        let inputs = self.checked.inputs(&self.slots);
        evaluate_again(&self.rulebook.graph, &support, inputs, &mut self.values);
        if at(&self.values, root).truth() == Some(true) {
            return Some(Vec::new());
        }
        if let Some(step) = self.singles(root).into_iter().next() {
            self.set_slot(step.slot, step.to.clone(), &support);
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
        let inputs = self.checked.inputs(&self.slots);
        evaluate_again(&self.rulebook.graph, &support, inputs, &mut self.values);
        let changed: Vec<u32> = steps.iter().map(|step| step.slot).collect();
        let whole = at(&self.values, root).truth() == Some(true);
        (whole && changed.into_iter().all(|slot| self.is_consistent(slot))).then_some(steps)
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

/// Values of a slot at which something may turn.
fn candidates(
    graph: &Graph,
    support: &[Id],
    values: &[Value],
    slot: u32,
    field: &Field,
    now: &Value,
) -> Vec<Value> {
    match field.kind {
        FieldType::YesNo => vec![Value::Truth(now != &Value::Truth(true))],
        FieldType::Choice => field
            .choices
            .iter()
            .map(|c| Value::Text(c.as_str().into()))
            .collect(),
        FieldType::Date => turning_dates(graph, support, values),
        FieldType::Text => Vec::new(),
        FieldType::Number | FieldType::Count | FieldType::Percent => {
            let mut found = Vec::new();
            let step =
                (0..field.digits).try_fold(Number::ONE, |step, _| step.checked_div(&10.into()));
            for turn in turning_points(graph, support, values, slot) {
                for near in [turn.floor(field.digits), turn.ceil(field.digits)]
                    .into_iter()
                    .flatten()
                {
                    let moved = |by: &Number| near.checked_add(by);
                    let down = step.as_ref().and_then(|step| moved(&step.neg()));
                    let up = step.as_ref().and_then(moved);
                    found.extend([Some(near.clone()), down, up].into_iter().flatten());
                }
                found.push(turn);
            }
            // Only values that have the field's decimal places, or are exactly on the line.
            found.retain(|number| {
                number
                    .decimals()
                    .is_some_and(|digits| digits <= field.digits)
            });
            found.sort_unstable();
            found.dedup();
            found.into_iter().map(Value::Number).collect()
        }
    }
}

/// Dates that are compared with something, and their neighbours.
fn turning_dates(graph: &Graph, support: &[Id], values: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    let mut periods = vec![0];
    for id in support {
        if let Some(Node::MonthsAfter(_, months)) = graph.node(*id) {
            periods.extend(i32::try_from(*months));
        }
    }
    for id in support {
        let Some(Node::Compare(_, a, b)) = graph.node(*id) else {
            continue;
        };
        for side in [a, b] {
            let Value::Date(date) = at(values, *side) else {
                continue;
            };
            for months in &periods {
                let Some(date) = date.months_after(-months) else {
                    continue;
                };
                // A period that ends on the last of a month may have begun up to three days later.
                let near = (-1..=3).map(|by| crate::date::Date::from_days(date.days() + by));
                found.extend(near.flatten().map(Value::Date));
            }
        }
    }
    found
}

/// A function of one slot: (a·x + b) ÷ (c·x + d).
#[derive(Clone, Debug)]
struct Piece {
    a: Number,
    b: Number,
    c: Number,
    d: Number,
}

impl Piece {
    fn constant(value: &Number) -> Self {
        Self {
            a: Number::ZERO,
            b: value.clone(),
            c: Number::ZERO,
            d: Number::ONE,
        }
    }

    const fn identity() -> Self {
        Self {
            a: Number::ONE,
            b: Number::ZERO,
            c: Number::ZERO,
            d: Number::ONE,
        }
    }

    /// `None` where the result is of a higher degree.
    fn add(&self, other: &Self, sign: i64) -> Option<Self> {
        let sign = Number::from(sign);
        // The same denominator, or one that is a number.
        let (p, q) = if self.c.is_zero() {
            (other, self)
        } else {
            (self, other)
        };
        if !q.c.is_zero() {
            return None;
        }
        let (ps, qs) = if self.c.is_zero() {
            (sign, Number::ONE)
        } else {
            (Number::ONE, sign)
        };
        let linear = |x: &Number, y: &Number| x.checked_mul(y);
        // ps·(pa·x + pb)/(pc·x + pd) + qs·(qa·x + qb)/qd
        if !q.a.is_zero() && !p.c.is_zero() {
            return None;
        }
        let k = qs.checked_div(&q.d)?;
        let a = linear(&ps, &p.a)?.checked_add(&linear(
            &k,
            &linear(&q.b, &p.c)?.checked_add(&linear(&q.a, &p.d)?)?,
        )?)?;
        let b = linear(&ps, &p.b)?.checked_add(&linear(&k, &linear(&q.b, &p.d)?)?)?;
        Some(Self {
            a,
            b,
            c: p.c.clone(),
            d: p.d.clone(),
        })
    }

    fn scale(&self, by: &Number) -> Option<Self> {
        let (a, b) = (self.a.checked_mul(by)?, self.b.checked_mul(by)?);
        Some(Self {
            a,
            b,
            c: self.c.clone(),
            d: self.d.clone(),
        })
    }

    fn value(&self) -> Option<Number> {
        if self.a.is_zero() && self.c.is_zero() {
            self.b.checked_div(&self.d)
        } else {
            None
        }
    }

    fn multiply(&self, other: &Self) -> Option<Self> {
        match (self.value(), other.value()) {
            (Some(k), _) => other.scale(&k),
            (_, Some(k)) => self.scale(&k),
            _ => None,
        }
    }

    fn invert(&self) -> Self {
        Self {
            a: self.c.clone(),
            b: self.d.clone(),
            c: self.a.clone(),
            d: self.b.clone(),
        }
    }

    /// (a·x + b)/d over (a'·x + b')/d'.
    fn divide(&self, other: &Self) -> Option<Self> {
        if let Some(k) = other.value() {
            return self.scale(&Number::ONE.checked_div(&k)?);
        }
        if let Some(k) = self.value() {
            return other.invert().scale(&k);
        }
        if !self.c.is_zero() || !other.c.is_zero() {
            return None;
        }
        let top = self.scale(&other.d)?;
        let below = other.scale(&self.d)?;
        Some(Self {
            a: top.a,
            b: top.b,
            c: below.a,
            d: below.b,
        })
    }

    /// Where it is zero.
    fn root(&self) -> Option<Number> {
        if self.a.is_zero() {
            None
        } else {
            self.b.neg().checked_div(&self.a)
        }
    }
}

/// The values of a slot at which a comparison turns, every other slot staying as it is.
pub fn turning_points(graph: &Graph, support: &[Id], values: &[Value], slot: u32) -> Vec<Number> {
    let mut pieces: Vec<Vec<Piece>> = Vec::with_capacity(support.len());
    let mut found = Vec::new();
    for id in support {
        let of = |id: &Id| {
            let place = support.binary_search(id).ok();
            place
                .and_then(|place| pieces.get(place))
                .map_or(&[][..], Vec::as_slice)
        };
        let pairs = |a: &Id, b: &Id, f: &dyn Fn(&Piece, &Piece) -> Option<Piece>| -> Vec<Piece> {
            let all = of(a)
                .iter()
                .flat_map(|a| of(b).iter().filter_map(move |b| f(a, b)));
            all.take(MOST_PIECES).collect()
        };
        let union = |list: &[Id]| -> Vec<Piece> {
            list.iter()
                .flat_map(of)
                .take(MOST_PIECES)
                .cloned()
                .collect()
        };
        let sum = |list: &[Id]| -> Vec<Piece> {
            let mut total = vec![Piece::constant(&Number::ZERO)];
            for item in list {
                let next = total
                    .iter()
                    .flat_map(|a| of(item).iter().filter_map(move |b| a.add(b, 1)));
                total = next.take(MOST_PIECES).collect();
            }
            total
        };
        let scaled = |pieces: Vec<Piece>, by: &Number| -> Vec<Piece> {
            pieces.iter().filter_map(|piece| piece.scale(by)).collect()
        };
        let own = match graph.node(*id) {
            Some(Node::Slot(s)) if *s == slot => vec![Piece::identity()],
            Some(Node::Sum(list)) => sum(list),
            Some(Node::Average(list)) => match Number::ratio(1, list.len() as i64) {
                Some(share) => scaled(sum(list), &share),
                None => Vec::new(),
            },
            Some(Node::Difference(a, b)) => pairs(a, b, &|a, b| a.add(b, -1)),
            Some(Node::Product(a, b)) => pairs(a, b, &Piece::multiply),
            Some(Node::Quotient(a, b, _)) => pairs(a, b, &Piece::divide),
            Some(Node::Percent(a, b, _)) => scaled(pairs(a, b, &Piece::divide), &100.into()),
            Some(Node::Convert(a, factor)) => scaled(of(a).to_vec(), factor),
            Some(Node::Absolute(a)) => {
                let mut both = of(a).to_vec();
                both.extend(scaled(of(a).to_vec(), &Number::from(-1)));
                both
            }
            Some(Node::Least(list) | Node::Greatest(list)) => union(list),
            // What is rounded turns within one unit of its last digit.
            Some(Node::Round(a, digits, _)) => {
                let unit =
                    (0..*digits).try_fold(Number::ONE, |unit, _| unit.checked_div(&10.into()));
                let moved = |(by, of): (i64, i64)| {
                    let by = Number::ratio(by, of)?.checked_mul(unit.as_ref()?)?;
                    Some(Piece::constant(&by))
                };
                let moved: Vec<Piece> = [(0, 1), (1, 2), (-1, 2), (1, 1), (-1, 1)]
                    .into_iter()
                    .filter_map(moved)
                    .collect();
                let moved = &moved;
                let all = of(a)
                    .iter()
                    .flat_map(|a| moved.iter().filter_map(move |by| a.add(by, 1)));
                all.take(MOST_PIECES).collect()
            }
            Some(Node::When(_, a, b)) => union(&[*a, *b]),
            Some(Node::Compare(_, a, b)) => {
                let differences = pairs(a, b, &|a, b| a.add(b, -1));
                found.extend(differences.iter().filter_map(Piece::root));
                Vec::new()
            }
            _ => match at(values, *id) {
                Value::Number(number) => vec![Piece::constant(number)],
                _ => Vec::new(),
            },
        };
        pieces.push(own);
    }
    found.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    found.dedup();
    found
}
