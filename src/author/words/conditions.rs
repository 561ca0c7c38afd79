//! Words that combine conditions, and that choose between values.

use super::traced;
use crate::author::Shared;
use crate::author::branch::choose;
use crate::author::problem::Trouble;
use crate::author::trace::{Datum, Kind, Trace};
use crate::rulebook::{Id, Node, Order, Place};
use rhai::{Array, Dynamic, Engine, NativeCallContext};

/// Registers the words.
pub fn register(engine: &mut Engine, shared: &Shared) {
    type Combine = fn(Vec<Id>) -> Node;
    const COMBINED: [(&str, Combine); 3] =
        [("all", Node::All), ("any", Node::Any), ("none", Node::None)];
    for (word, node) in COMBINED {
        let s = shared.clone();
        engine.register_fn(word, move |ctx: NativeCallContext<'_>, list: Array| {
            traced(&s, ctx.call_position(), |trace, place| {
                let data = trace.data(list.into(), place)?;
                let ids = trace.conditions(&data)?;
                Ok(trace.record(node(ids), Kind::Truth, place))
            })
        });
    }
    let s = shared.clone();
    engine.register_fn(
        "at_least",
        move |ctx: NativeCallContext<'_>, n: i64, list: Array| {
            traced(&s, ctx.call_position(), |trace, place| {
                let data = trace.data(list.into(), place)?;
                let ids = trace.conditions(&data)?;
                let n = u32::try_from(n)
                    .ok()
                    .filter(|n| (1..=ids.len()).contains(&(*n as usize)));
                let n = n.ok_or_else(|| {
                    let most = ids.len();
                    Trouble::new(
                        "wrong-option",
                        format!("个数应为 1 到 {most}"),
                        format!("the number goes from 1 to {most}"),
                    )
                })?;
                Ok(trace.record(Node::AtLeast(n, ids), Kind::Truth, place))
            })
        },
    );
    let s = shared.clone();
    let when = move |ctx: NativeCallContext<'_>, condition: Datum, a: Dynamic, b: Dynamic| {
        traced(&s, ctx.call_position(), |trace, place| {
            let (a, b) = (trace.datum(a, place)?, trace.datum(b, place)?);
            choose(trace, &condition, &a, &b, place)
        })
    };
    engine.register_fn("when", when);
    let s = shared.clone();
    engine.register_fn(
        "one_of",
        move |ctx: NativeCallContext<'_>, a: Datum, list: Array| {
            traced(&s, ctx.call_position(), |trace, place| {
                let mut ids = Vec::new();
                for item in trace.data(list.into(), place)? {
                    ids.push(trace.compare(Order::Equal, &a, &item, place)?.id);
                }
                Ok(trace.record(Node::Any(ids), Kind::Truth, place))
            })
        },
    );
    let s = shared.clone();
    engine.register_fn("filled", move |ctx: NativeCallContext<'_>, a: Datum| {
        traced(&s, ctx.call_position(), |trace, place| {
            match trace.graph.node(a.id) {
                Some(Node::Slot(slot)) => {
                    let node = Node::Filled(*slot);
                    Ok(trace.record(node, Kind::Truth, place))
                }
                _ => Err(
                    Trouble::new("not-a-field", "filled 只用于字段", "filled takes a field")
                        .advice(
                            "括号里只写一个字段的名称",
                            "write the name of one field between the brackets",
                        ),
                ),
            }
        })
    });
    series(engine, shared);
    let s = shared.clone();
    engine.register_fn(
        "between",
        move |ctx: NativeCallContext<'_>, a: Datum, low: Dynamic, high: Dynamic| {
            traced(&s, ctx.call_position(), |trace, place| {
                let mut ids = Vec::new();
                for (order, line) in [(Order::AtLeast, &low), (Order::AtMost, &high)] {
                    let line = trace.datum(line.clone(), place)?;
                    ids.push(trace.compare(order, &a, &line, place)?.id);
                }
                Ok(trace.record(Node::All(ids), Kind::Truth, place))
            })
        },
    );
    let s = shared.clone();
    engine.register_fn(
        "advise",
        move |ctx: NativeCallContext<'_>, condition: Datum, text: &str| {
            let found = traced(&s, ctx.call_position(), |trace, _| {
                trace.condition(&condition).map(|_| condition.clone())
            })?;
            let mut state = s.borrow_mut();
            let text = state.template(text, ctx.call_position());
            state.advices.insert(found.id, text);
            Ok::<Datum, Box<rhai::EvalAltResult>>(found)
        },
    );
}

/// Words for a series, the oldest value first.
fn series(engine: &mut Engine, shared: &Shared) {
    const SERIES: [(&str, Order); 4] = [
        ("not_decreasing", Order::AtLeast),
        ("increasing", Order::Above),
        ("not_increasing", Order::AtMost),
        ("decreasing", Order::Below),
    ];
    for (word, order) in SERIES {
        let s = shared.clone();
        engine.register_fn(word, move |ctx: NativeCallContext<'_>, list: Array| {
            traced(&s, ctx.call_position(), |trace, place| {
                let ids = neighbours(trace, list.into(), place, |trace, next, last| {
                    trace.compare(order, next, last, place)
                })?;
                let ids = ids.iter().map(|datum| datum.id).collect();
                Ok(trace.record(Node::All(ids), Kind::Truth, place))
            })
        });
    }
}

/// What `f` makes of each value of a list and the one before it.
pub fn neighbours(
    trace: &mut Trace,
    list: Dynamic,
    place: Place,
    mut f: impl FnMut(&mut Trace, &Datum, &Datum) -> Result<Datum, Trouble>,
) -> Result<Vec<Datum>, Trouble> {
    let data = trace.data(list, place)?;
    if data.len() < 2 {
        return Err(Trouble::new(
            "empty-list",
            "至少要有两个值才能比较前后",
            "it takes two values to compare one with the next",
        ));
    }
    let pairs = data.iter().zip(data.iter().skip(1));
    pairs.map(|(last, next)| f(trace, next, last)).collect()
}
