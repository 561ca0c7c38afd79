//! Evaluation: from values of slots and parameters to values of all nodes.
//!
//! Logic is three-valued (Kleene): an `all` with one false part is false even
//! when another part is unknown. A part that does not apply takes no part in
//! the decision; if none applies, neither does the whole.

use super::value::{Arithmetic, Cause, Value};
use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Graph, Id, Node, Order, Rounding, StepMode, Steps, ZeroPolicy};
use std::cell::Cell;
use std::rc::Rc;

/// The values that expressions start from.
#[derive(Debug)]
pub struct Inputs<'a, N: Arithmetic = Number> {
    /// One for each slot.
    pub slots: &'a [Value<N, N::Text>],
    /// One for each parameter.
    pub parameters: &'a [Value<N, N::Text>],
    /// The words that are known by number, where words are numbers.
    pub words: &'a [Rc<str>],
    /// The date of the check, where there is one.
    pub as_of: Option<Date>,
    /// What may still be spent on long numbers.
    pub work: &'a Work,
}

/// What may still be spent on numbers beyond machine words: with those, rules of a stranger could
/// take for ever. What is beyond it is worth what a number too large to hold is worth.
#[derive(Clone, Debug)]
pub struct Work(Cell<usize>);

impl Default for Work {
    fn default() -> Self {
        Self(Cell::new(MOST_WORK))
    }
}

/// An eighth of a second: 64 sums of the longest numbers, 20,000 of numbers of 200 bits.
const MOST_WORK: usize = 1 << 24;

impl Work {
    /// Whether an operation on numbers of this length is done.
    pub fn bears(&self, length: usize) -> bool {
        // The longest common divisor of two such numbers takes so many steps, each through their whole length.
        let left = self.0.get().checked_sub(length * length);
        left.map(|left| self.0.set(left)).is_some()
    }
}

impl<N: Arithmetic> Clone for Inputs<'_, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N: Arithmetic> Copy for Inputs<'_, N> {}

/// A value of the numbers `N`.
type Of<N> = Value<N, <N as Arithmetic>::Text>;

/// The value of every node.
pub fn evaluate(graph: &Graph, inputs: Inputs<'_>) -> Vec<Value> {
    let mut values = Vec::with_capacity(graph.nodes.len());
    for node in &graph.nodes {
        let value = value_of(graph, node, &values, inputs);
        values.push(value);
    }
    values
}

/// Evaluates again the nodes of `support`, which must be in order; returns what they were before.
pub fn evaluate_again(
    graph: &Graph,
    support: &[Id],
    inputs: Inputs<'_>,
    values: &mut [Value],
) -> Vec<Value> {
    let mut before = Vec::with_capacity(support.len());
    for id in support {
        if let Some(node) = graph.node(*id) {
            let value = value_of(graph, node, values, inputs);
            if let Some(place) = values.get_mut(id.0 as usize) {
                before.push(std::mem::replace(place, value));
            }
        }
    }
    before
}

/// The value of a node; a reference to nothing is worth `INVALID`.
#[inline(always)]
pub fn at<N, T>(values: &[Value<N, T>], id: Id) -> &Value<N, T> {
    values.get(id.0 as usize).unwrap_or(&Value::INVALID)
}

/// The value of one node of a graph, from the values of those before it.
pub fn value_of<N: Arithmetic>(
    graph: &Graph,
    node: &Node,
    values: &[Of<N>],
    inputs: Inputs<'_, N>,
) -> Of<N> {
    let of = |id: &Id| at(values, *id);
    let sum = |list: &[Id]| fold(values, list, inputs.work, N::add);
    match node {
        Node::Constant(constant) => N::constant(constant),
        Node::Slot(slot) => inputs
            .slots
            .get(*slot as usize)
            .unwrap_or(&Value::INVALID)
            .clone(),
        Node::Parameter(p) => inputs
            .parameters
            .get(*p as usize)
            .unwrap_or(&Value::INVALID)
            .clone(),
        Node::Filled(slot) => match inputs.slots.get(*slot as usize) {
            Some(Value::Unknown(Cause::Missing)) => Value::Truth(false),
            // Also what does not fit into the fast evaluation: it may be refused.
            Some(Value::Unknown(cause)) => Value::Unknown(*cause),
            _ => Value::Truth(true),
        },
        Node::Sum(list) => sum(list),
        Node::Total(list) => among(graph, values, list, &sum),
        Node::Least(list) => among(graph, values, list, &|list| {
            fold(values, list, inputs.work, |a, b| Some(a.min(b).clone()))
        }),
        Node::Greatest(list) => among(graph, values, list, &|list| {
            fold(values, list, inputs.work, |a, b| Some(a.max(b).clone()))
        }),
        Node::Average(list) => among(graph, values, list, &|list| match sum(list) {
            Value::Number(sum) => number(sum.div(&N::from(list.len() as i64))),
            unknown => unknown,
        }),
        Node::Weighted(list) => among(graph, values, list, &|list| {
            // What weighs nothing decides nothing.
            let (sum, weights) = (sum(list), sum(&graph.weights(list)));
            match sum.cause() {
                None => quotient(
                    &sum,
                    &weights,
                    ZeroPolicy::NotApplicable,
                    inputs.work,
                    N::div,
                ),
                Some(_) => sum,
            }
        }),
        Node::Difference(a, b) => arithmetic(of(a), of(b), inputs.work, N::sub),
        Node::Product(a, b) => arithmetic(of(a), of(b), inputs.work, N::mul),
        Node::Quotient(a, b, zero) => quotient(of(a), of(b), *zero, inputs.work, N::div),
        Node::Percent(a, b, zero) => quotient(of(a), of(b), *zero, inputs.work, |a, b| {
            a.mul(&N::from(100))?.div(b)
        }),
        Node::Convert(a, factor) => map(of(a), inputs.work, &|a| a.mul(&N::factor(factor)?)),
        Node::Absolute(a) => map(of(a), inputs.work, &N::size),
        Node::Round(a, digits, rounding) => map(of(a), inputs.work, &|a| match rounding {
            Rounding::HalfEven => a.rounded(*digits),
            Rounding::Up => a.up(*digits),
            Rounding::Down => a.down(*digits),
        }),
        Node::DaysBetween(a, b) => between(of(a), of(b), |a, b| a.days_until(b)),
        Node::YearsBetween(a, b) => between(of(a), of(b), |a, b| a.whole_years_until(b)),
        Node::Compare(order, a, b) => compare(*order, of(a), of(b), inputs.work),
        Node::All(list) => at_least(values, list, None),
        Node::Any(list) => at_least(values, list, Some(1)),
        Node::AtLeast(n, list) => at_least(values, list, Some(*n as usize)),
        Node::None(list) => not::<N>(&at_least(values, list, Some(1))),
        Node::Not(a) => not(of(a)),
        Node::When(condition, then, otherwise) => match of(condition) {
            Value::Truth(true) => of(then).clone(),
            Value::Truth(false) => of(otherwise).clone(),
            // Either way the same: the condition does not matter.
            _ if of(then) == of(otherwise) => of(then).clone(),
            // Whether they are the same, only the full evaluation knows; and where the condition does not apply,
            // what is open may yet turn out to be the same.
            condition => match (
                condition.cause(),
                cause(&[condition, of(then), of(otherwise)]),
            ) {
                (Some(Cause::NotApplicable), first)
                | (_, first @ Value::Unknown(Cause::Beyond)) => first,
                (own, _) => Value::Unknown(own.unwrap_or(Cause::Invalid)),
            },
        },
        Node::Steps(steps) => by_steps(steps, values, inputs),
        Node::MonthsAfter(a, months) => match (of(a), of(months)) {
            (Value::Date(date), Value::Number(months)) => {
                let months = months.whole().and_then(|n| i32::try_from(n).ok());
                let later = months.and_then(|months| date.months_after(months));
                later.map_or(Value::INVALID, Value::Date)
            }
            (date, months) => cause(&[date, months]),
        },
        Node::AsOf => inputs.as_of.map_or(Value::INVALID, Value::Date),
    }
}

/// A result that may be too large to hold.
fn number<N: Arithmetic>(result: Option<N>) -> Of<N> {
    result.map_or(Value::Unknown(N::OVERFLOW), Value::Number)
}

/// The first cause among values of which one at least is not as it should be.
fn cause<N: Arithmetic>(values: &[&Of<N>]) -> Of<N> {
    let mut first = None;
    for value in values {
        let cause = value.cause();
        if cause.is_some() && (first.is_none() || cause < first) {
            first = cause;
        }
    }
    Value::Unknown(first.unwrap_or(Cause::Invalid))
}

// Not generic over what is done: the module would hold each of these once for each operation.

fn map<N: Arithmetic>(a: &Of<N>, work: &Work, f: &dyn Fn(&N) -> Option<N>) -> Of<N> {
    match a {
        Value::Number(a) => number(work.bears(a.length()).then(|| f(a)).flatten()),
        other => cause(&[other]),
    }
}

fn arithmetic<N: Arithmetic>(
    a: &Of<N>,
    b: &Of<N>,
    work: &Work,
    f: fn(&N, &N) -> Option<N>,
) -> Of<N> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => number(
            work.bears(a.length() + b.length())
                .then(|| f(a, b))
                .flatten(),
        ),
        _ => cause(&[a, b]),
    }
}

fn fold<N: Arithmetic>(
    values: &[Of<N>],
    list: &[Id],
    work: &Work,
    f: fn(&N, &N) -> Option<N>,
) -> Of<N> {
    let mut items = list.iter().map(|id| at(values, *id));
    let Some(mut total) = items.next().cloned() else {
        return Value::INVALID;
    };
    for item in items {
        total = arithmetic(&total, item, work, f);
    }
    total
}

/// What `of` makes of the parts that apply. One for which nothing was due takes no part either: where
/// others fail, it lacks nothing, but helps nobody. Lines are no parts: a value that is held to a line
/// does not apply where it has nothing to hold.
fn among<N: Arithmetic>(
    graph: &Graph,
    values: &[Of<N>],
    list: &[Id],
    of: &dyn Fn(&[Id]) -> Of<N>,
) -> Of<N> {
    match applying(graph, list, &|id| at(values, id).cause()) {
        Ok(None) => of(list),
        Ok(Some(left)) => of(&left),
        Err(aside) => Value::Unknown(aside),
    }
}

/// The parts that apply, by why they have no value; `None` where all do, and why none is left that counts.
fn applying(
    graph: &Graph,
    list: &[Id],
    cause: &dyn Fn(Id) -> Option<Cause>,
) -> Result<Option<Vec<Id>>, Cause> {
    let (mut aside, mut left, mut counts) = (None, Vec::new(), false);
    for id in list {
        let cause = cause(*id);
        if cause >= Some(Cause::NotApplicable) {
            aside = aside.max(cause);
        }
    }
    let Some(aside) = aside else {
        return Ok(None);
    };
    for id in list {
        let cause = cause(*id);
        if cause < Some(Cause::NotApplicable) {
            left.push(*id);
            counts = counts || cause.is_some() || !graph.is_line(*id);
        }
    }
    if counts { Ok(Some(left)) } else { Err(aside) }
}

fn quotient<N: Arithmetic>(
    a: &Of<N>,
    b: &Of<N>,
    zero: ZeroPolicy,
    work: &Work,
    f: fn(&N, &N) -> Option<N>,
) -> Of<N> {
    match (a, b) {
        (_, Value::Number(b)) if b.sign() == 0 => Value::Unknown(match zero {
            ZeroPolicy::Invalid => Cause::Invalid,
            ZeroPolicy::NotApplicable => Cause::NotApplicable,
            ZeroPolicy::Met => Cause::Met,
            ZeroPolicy::Missing => Cause::Missing,
        }),
        _ => arithmetic(a, b, work, f),
    }
}

fn between<N: Arithmetic>(a: &Of<N>, b: &Of<N>, f: fn(Date, Date) -> i32) -> Of<N> {
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => Value::Number(N::from(i64::from(f(*a, *b)))),
        _ => cause(&[a, b]),
    }
}

fn compare<N: Arithmetic>(order: Order, a: &Of<N>, b: &Of<N>, work: &Work) -> Of<N> {
    let ordering = match (a, b) {
        (Value::Number(a), Value::Number(b)) if work.bears(a.length() + b.length()) => a.cmp(b),
        (Value::Number(_), Value::Number(_)) => return Value::Unknown(N::OVERFLOW),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Truth(a), Value::Truth(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        _ => {
            // Where there is nothing to judge, or nothing was due, no line could matter. A value that
            // is open or unreadable may yet turn out so itself, whatever is known of its line.
            let open = a.cause().is_some_and(|cause| cause < Cause::NotApplicable);
            return match a.policy().or_else(|| b.policy().filter(|_| !open)) {
                Some(Cause::Met) => Value::Truth(true),
                Some(cause) => Value::Unknown(cause),
                None => cause(&[a, b]),
            };
        }
    };
    Value::Truth(order.holds(ordering))
}

fn not<N: Arithmetic>(a: &Of<N>) -> Of<N> {
    match a {
        Value::Truth(a) => Value::Truth(!a),
        other => cause(&[other]),
    }
}

/// At least `n` parts hold; every part where `n` is not given.
#[cfg_attr(target_arch = "wasm32", optimize(speed))]
fn at_least<N: Arithmetic>(values: &[Of<N>], list: &[Id], n: Option<usize>) -> Of<N> {
    let (mut held, mut failed, mut unknown) = (0, 0, 0);
    let mut open = Cause::Met;
    for id in list {
        match at(values, *id) {
            Value::Truth(true) => held += 1,
            Value::Truth(false) => failed += 1,
            Value::Unknown(Cause::NotApplicable) => {}
            other => {
                unknown += 1;
                open = open.min(other.cause().unwrap_or(Cause::Invalid));
            }
        }
    }
    let judged = held + failed + unknown;
    let needed = n.unwrap_or(judged);
    if judged == 0 && !list.is_empty() {
        Value::Unknown(Cause::NotApplicable)
    } else if open == Cause::Beyond && judged == unknown {
        // Whether any of them applies, only the full evaluation knows.
        Value::Unknown(open)
    } else if held >= needed {
        Value::Truth(true)
    } else if held + unknown < needed {
        Value::Truth(false)
    } else {
        Value::Unknown(open)
    }
}

/// Full points less the points of the steps by which the value falls short; never below zero.
fn by_steps<N: Arithmetic>(steps: &Steps, values: &[Of<N>], inputs: Inputs<'_, N>) -> Of<N> {
    let of = |id: Id| at(values, id);
    let parts = [
        of(steps.value),
        of(steps.line),
        of(steps.step),
        of(steps.lose),
        of(steps.full),
    ];
    let [
        Value::Number(value),
        Value::Number(line),
        Value::Number(step),
        Value::Number(lose),
        Value::Number(full),
    ] = parts
    else {
        return cause(&parts);
    };
    let lost = || {
        let ends = value.length() + line.length() + full.length();
        let length = ends + step.length() + lose.length();
        inputs.work.bears(length).then_some(())?;
        let short = if steps.above {
            value.sub(line)
        } else {
            line.sub(value)
        }?;
        if short.sign() <= 0 {
            return Some(full.clone());
        }
        let Value::Text(mode) = of(steps.mode) else {
            return None;
        };
        let count = short.div(step)?;
        let count = match N::mode(mode, inputs.words)? {
            StepMode::Whole => count.down(0)?,
            StepMode::Part => count.up(0)?,
            StepMode::Linear => count,
        };
        Some(full.sub(&count.mul(lose)?)?.max(N::from(0)))
    };
    match lost() {
        Some(points) => Value::Number(points),
        None => Value::Unknown(of(steps.mode).cause().unwrap_or(N::OVERFLOW)),
    }
}
