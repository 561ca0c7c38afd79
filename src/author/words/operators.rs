//! Operators, between data and between data and plain values.

use super::values::zero_divisor;
use super::{Answer, Range, WholeRange, traced};
use crate::author::Shared;
use crate::author::problem::Trouble;
use crate::author::trace::{Datum, Kind, Operation, Trace, plain_number};
use crate::rulebook::{Id, Node, Order};
use rhai::{Array, Dynamic, Engine, FnPtr, Map, NativeCallContext, Position};
use rust_decimal::Decimal;

/// Registers the operators.
pub fn register(engine: &mut Engine, shared: &Shared) {
    const OPERATORS: [&str; 12] = [
        "+", "-", "*", "/", ">=", ">", "<=", "<", "==", "!=", "&", "|",
    ];
    /// Registers an operator between two types of script values.
    fn pair<A: Clone + 'static, B: Clone + 'static>(engine: &mut Engine, shared: &Shared) {
        for op in OPERATORS {
            let shared = shared.clone();
            engine.register_fn(op, move |ctx: NativeCallContext<'_>, a: A, b: B| {
                operate(
                    &shared,
                    op,
                    Dynamic::from(a),
                    Dynamic::from(b),
                    ctx.call_position(),
                )
            });
        }
    }
    macro_rules! pairs {
        ($($other:ty),*) => {$(
            pair::<Datum, $other>(engine, shared);
            pair::<$other, Datum>(engine, shared);
        )*};
    }
    pairs!(
        i64,
        Decimal,
        bool,
        rhai::ImmutableString,
        char,
        (),
        Array,
        Map,
        FnPtr,
        Range,
        WholeRange
    );
    pair::<Datum, Datum>(engine, shared);
    // With any other type Rhai would say that they differ, and never tell.
    pair::<Datum, Dynamic>(engine, shared);
    pair::<Dynamic, Datum>(engine, shared);
    // Plain numbers divide and multiply exactly, too.
    macro_rules! plain {
        ($($a:ty, $b:ty);*) => {$(
            for op in ["+", "-", "*", "/"] {
                let shared = shared.clone();
                engine.register_fn(op, move |ctx: NativeCallContext<'_>, a: $a, b: $b| {
                    operate(&shared, op, Dynamic::from(a), Dynamic::from(b), ctx.call_position())
                });
            }
        )*};
    }
    plain!(Decimal, Decimal; i64, Decimal; Decimal, i64);
    let s = shared.clone();
    engine.register_fn(
        "/",
        move |ctx: NativeCallContext<'_>, a: i64, b: i64| -> Answer<Dynamic> {
            match a.checked_rem(b) {
                Some(0) => Ok(Dynamic::from(a / b)),
                _ => operate(
                    &s,
                    "/",
                    Dynamic::from(a),
                    Dynamic::from(b),
                    ctx.call_position(),
                ),
            }
        },
    );
    engine.register_fn("!", |a: bool| !a);
    let s = shared.clone();
    engine.register_fn("!", move |ctx: NativeCallContext<'_>, a: Datum| {
        traced(&s, ctx.call_position(), |trace, place| {
            let id = trace.condition(&a)?;
            Ok(trace.record(Node::Not(id), Kind::Truth, place))
        })
    });
    let s = shared.clone();
    engine.register_fn("-", move |ctx: NativeCallContext<'_>, a: Datum| {
        traced(&s, ctx.call_position(), |trace, place| {
            let zero = trace.datum(Dynamic::from(0_i64), place)?;
            trace.arithmetic(Operation::Subtract, &zero, &a, place)
        })
    });
}

fn operate(shared: &Shared, op: &str, a: Dynamic, b: Dynamic, at: Position) -> Answer<Dynamic> {
    let datum = traced(shared, at, |trace, place| {
        if op == "/" && plain_number(&b).is_some_and(|b| b.is_zero()) {
            return Err(zero_divisor());
        }
        let (a, b) = (trace.datum(a, place)?, trace.datum(b, place)?);
        let order = match op {
            "+" => return trace.arithmetic(Operation::Add, &a, &b, place),
            "-" => return trace.arithmetic(Operation::Subtract, &a, &b, place),
            "*" => return trace.arithmetic(Operation::Multiply, &a, &b, place),
            "/" => return trace.arithmetic(Operation::Divide, &a, &b, place),
            "&" | "|" => {
                let parts = flat(trace, op, &[a, b])?;
                let node = if op == "&" {
                    Node::All(parts)
                } else {
                    Node::Any(parts)
                };
                return Ok(trace.record(node, Kind::Truth, place));
            }
            ">=" => Order::AtLeast,
            ">" => Order::Above,
            "<=" => Order::AtMost,
            "<" => Order::Below,
            "==" => Order::Equal,
            _ => Order::Unequal,
        };
        trace.compare(order, &a, &b, place)
    })?;
    Ok(Dynamic::from(datum))
}

/// a && b && c is one list of three, not two lists of two.
fn flat(trace: &Trace, op: &str, data: &[Datum]) -> Result<Vec<Id>, Trouble> {
    let mut parts = Vec::new();
    for id in trace.conditions(data)? {
        match (op, trace.graph.node(id)) {
            ("&", Some(Node::All(list))) | ("|", Some(Node::Any(list))) => parts.extend(list),
            _ => parts.push(id),
        }
    }
    Ok(parts)
}
