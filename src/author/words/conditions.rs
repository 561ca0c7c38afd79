//! Words that combine conditions, and that choose between values.

use super::{Answer, called, of_three, of_two, traced};
use crate::author::Shared;
use crate::author::branch::choose;
use crate::author::problem::Trouble;
use crate::author::trace::{Datum, Kind, Trace};
use crate::rulebook::{Constant, Id, Node, Order, Place};
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
    of_two(engine, shared, "at_least", |trace, [n, list], place| {
        let data = trace.data(list, place)?;
        let ids = trace.conditions(&data)?;
        let n = trace.plain(&n).and_then(|number| number.to_i64());
        let n = n.and_then(|n| u32::try_from(n).ok());
        let n = n.filter(|n| (1..=ids.len()).contains(&(*n as usize)));
        let n = n.ok_or_else(|| {
            let most = ids.len();
            Trouble::new(
                "wrong-option",
                format!("个数应为 1 到 {most}"),
                format!("the number goes from 1 to {most}"),
            )
            .advice(
                format!("列表里有 {most} 个条件，写 1 到 {most} 的一个固定的数"),
                format!("the list has {most} conditions: write a fixed number from 1 to {most}"),
            )
        })?;
        Ok(trace.record(Node::AtLeast(n, ids), Kind::Truth, place))
    });
    of_three(engine, shared, "when", |trace, [condition, a, b], place| {
        let condition = trace.datum(condition, place)?;
        let (a, b) = (trace.datum(a, place)?, trace.datum(b, place)?);
        let chosen = choose(trace, &condition, &a, &b, place)?;
        // What is known now needs no choice later.
        match trace.graph.node(condition.id) {
            Some(Node::Constant(Constant::Truth(true))) => Ok(a),
            Some(Node::Constant(Constant::Truth(false))) => Ok(b),
            _ => Ok(chosen),
        }
    });
    of_two(engine, shared, "one_of", |trace, [a, list], place| {
        let a = trace.datum(a, place)?;
        let mut ids = Vec::new();
        for item in trace.data(list, place)? {
            ids.push(trace.compare(Order::Equal, &a, &item, place)?.id);
        }
        Ok(trace.record(Node::Any(ids), Kind::Truth, place))
    });
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
    of_three(engine, shared, "between", |trace, [a, low, high], place| {
        let a = trace.datum(a, place)?;
        let mut ids = Vec::new();
        for (order, line) in [(Order::AtLeast, low), (Order::AtMost, high)] {
            let line = trace.datum(line, place)?;
            ids.push(trace.compare(order, &a, &line, place)?.id);
        }
        Ok(trace.record(Node::All(ids), Kind::Truth, place))
    });
    series(engine, shared);
    let s = shared.clone();
    let advise = move |ctx: NativeCallContext<'_>, condition: Dynamic, text: Dynamic| {
        let at = ctx.call_position();
        let texts = text.clone();
        let items = [condition, text];
        let found = called(
            &s,
            "advise",
            at,
            items,
            &|trace: &mut Trace, [condition, _], place| {
                let condition = trace.datum(condition, place)?;
                trace.condition(&condition)?;
                Ok(condition)
            },
        )?;
        let mut state = s.borrow_mut();
        // A condition that is known now never fails, and all that are known alike are one node.
        if !matches!(state.trace.graph.node(found.id), Some(Node::Constant(_))) {
            let text = state.template(&texts.into_string().unwrap_or_default(), at);
            state.advices.insert(found.id, text);
        }
        Answer::Ok(found)
    };
    engine.register_fn("advise", advise);
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
        )
        .advice(
            "从前到后写两个以上的值，例如 [前年, 去年, 今年]",
            "write two values or more, the oldest first, for instance [before, last, now]",
        ));
    }
    let pairs = data.iter().zip(data.iter().skip(1));
    pairs.map(|(last, next)| f(trace, next, last)).collect()
}
