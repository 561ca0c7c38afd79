//! Words for values: shares, sums, rounding, dates, series over years.

use super::conditions::neighbours;
use super::{Answer, of_one, of_two, place, raise, traced};
use crate::author::Shared;
use crate::author::messages::{check_items, like_key, unknown_key};
use crate::author::options::Options;
use crate::author::problem::Trouble;
use crate::author::trace::{Datum, Kind, Operation, Trace};
use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Constant, Id, Node, Place, Rounding, ZeroPolicy};
use crate::unit::Unit;
use rhai::{Array, Dynamic, Engine, Map, NativeCallContext, Position};

/// Registers the words.
pub fn register(engine: &mut Engine, shared: &Shared) {
    for word in ["percent", "ratio"] {
        let s = shared.clone();
        engine.register_fn(
            word,
            move |ctx: NativeCallContext<'_>, a: Dynamic, b: Dynamic| {
                share(&s, word, [a, b], None, ctx.call_position())
            },
        );
        let s = shared.clone();
        let with = move |ctx: NativeCallContext<'_>, a: Dynamic, b: Dynamic, options: Map| {
            let at = ctx.call_position();
            let mut options = Options::new(&s, word, options, at);
            let zero = options.zero();
            options.finish();
            share(&s, word, [a, b], zero, at)
        };
        engine.register_fn(word, with);
    }
    type Fold = fn(Vec<Id>) -> Node;
    const FOLDS: [(&str, Fold); 4] = [
        ("sum", Node::Total),
        ("min", Node::Least),
        ("max", Node::Greatest),
        ("average", Node::Average),
    ];
    for (word, node) in FOLDS {
        let s = shared.clone();
        let fold = move |at: Position, list: Dynamic| {
            traced(&s, at, |trace, place| {
                let data = trace.data(list, place)?;
                let (ids, kind) = trace.aligned(&data, place)?;
                Ok(trace.record(node(ids), kind, place))
            })
        };
        let one = fold.clone();
        engine.register_fn(word, move |ctx: NativeCallContext<'_>, list: Array| {
            one(ctx.call_position(), list.into())
        });
        engine.register_fn(
            word,
            move |ctx: NativeCallContext<'_>, a: Dynamic, b: Dynamic| {
                let at = ctx.call_position();
                let items = [a, b];
                check_items(word, &items).or_else(|trouble| raise(trouble, at))?;
                fold(at, items.to_vec().into())
            },
        );
    }
    of_one(engine, shared, "abs", |trace, [a], place| {
        let a = trace.datum(a, place)?;
        trace.unit_of(&a)?;
        Ok(trace.record(Node::Absolute(a.id), a.kind, place))
    });
    of_two(engine, shared, "round", |trace, [a, digits], place| {
        let a = trace.datum(a, place)?;
        trace.unit_of(&a)?;
        let digits = trace.plain(&digits).and_then(|number| number.to_i64());
        let digits = digits.and_then(|digits| u32::try_from(digits).ok());
        let digits = digits.filter(|digits| *digits <= 30).ok_or_else(|| {
            let (zh, en) = ("小数位数应为 0 到 30", "decimal places go from 0 to 30");
            Trouble::new("wrong-option", zh, en).advice(
                "写一个固定的数，例如 round(机扫率, 2)",
                "write a fixed number, for instance round(rate, 2)",
            )
        })?;
        Ok(trace.record(Node::Round(a.id, digits, Rounding::HalfEven), a.kind, place))
    });
    for (word, rounding) in [("ceil", Rounding::Up), ("floor", Rounding::Down)] {
        of_one(engine, shared, word, move |trace, [a], place| {
            let a = trace.datum(a, place)?;
            trace.unit_of(&a)?;
            Ok(trace.record(Node::Round(a.id, 0, rounding), a.kind, place))
        });
    }
    let s = shared.clone();
    engine.register_fn("date", move |ctx: NativeCallContext<'_>, text: &str| {
        traced(&s, ctx.call_position(), |trace, place| {
            let date = Date::parse_deadline(text).ok_or_else(|| not_a_date(text))?;
            Ok(trace.constant(Constant::Date(date), Kind::Date, place))
        })
    });
    type Between = fn(Id, Id) -> Node;
    const SPANS: [(&str, Between, &str); 2] = [
        ("days_between", Node::DaysBetween, "天"),
        ("years_between", Node::YearsBetween, "年"),
    ];
    for (word, node, unit) in SPANS {
        of_two(engine, shared, word, move |trace, [a, b], place| {
            let (a, b) = (date_of(trace, a, place)?, date_of(trace, b, place)?);
            let unit = Unit::parse(unit);
            Ok(trace.record(node(a.id, b.id), Kind::Number(unit), place))
        });
    }
    series(engine, shared);
    periods(engine, shared);
    let s = shared.clone();
    engine.register_fn("as_of", move |ctx: NativeCallContext<'_>| {
        traced(&s, ctx.call_position(), |trace, place| {
            Ok(trace.record(Node::AsOf, Kind::Date, place))
        })
    });
}

/// Words for lists: a count, a weighted mean, differences, one value by its key.
fn series(engine: &mut Engine, shared: &Shared) {
    let s = shared.clone();
    engine.register_fn("count", move |ctx: NativeCallContext<'_>, list: Array| {
        traced(&s, ctx.call_position(), |trace, place| {
            let data = trace.data(list.into(), place)?;
            let bare = Kind::Number(None);
            let [one, none] = [Number::ONE, Number::ZERO].map(|number| {
                let constant = Constant::Number(number);
                trace.constant(constant, bare.clone(), place).id
            });
            let mut ids = Vec::new();
            for condition in trace.conditions(&data)? {
                let node = Node::When(condition, one, none);
                ids.push(trace.record(node, bare.clone(), place).id);
            }
            Ok(trace.record(Node::Total(ids), bare, place))
        })
    });
    let s = shared.clone();
    engine.register_fn(
        "weighted_average",
        move |ctx: NativeCallContext<'_>, list: Array| {
            traced(&s, ctx.call_position(), |trace, place| {
                weighted_average(trace, list, place)
            })
        },
    );
    let s = shared.clone();
    engine.register_fn(
        "changes",
        move |ctx: NativeCallContext<'_>, list: Array| -> Answer<Array> {
            let at = ctx.call_position();
            let place = place(&s, at);
            let found = neighbours(
                &mut s.borrow_mut().trace,
                list.into(),
                place,
                |trace, next, last| trace.arithmetic(Operation::Subtract, next, last, place),
            );
            match found {
                Ok(data) => Ok(data.into_iter().map(Dynamic::from).collect()),
                Err(trouble) => raise(trouble, at),
            }
        },
    );
    let s = shared.clone();
    engine.register_fn(
        "key",
        move |ctx: NativeCallContext<'_>, list: Array, key: &str| -> Answer<Datum> {
            let state = s.borrow();
            let mut keys = Vec::new();
            for datum in list.into_iter().filter_map(Dynamic::try_cast::<Datum>) {
                let Some(Node::Slot(slot)) = state.trace.graph.node(datum.id) else {
                    continue;
                };
                match state.rulebook.field_of(*slot) {
                    Some((_, Some(own))) if own == key => return Ok(datum),
                    Some((_, Some(own))) => keys.push(own.to_string()),
                    _ => {}
                }
            }
            drop(state);
            let like = like_key(key, &keys);
            let trouble = unknown_key(key, &keys)
                .marks(format!("\"{key}\""))
                .like(like.as_deref(), true);
            raise(trouble, ctx.call_position())
        },
    );
}

/// What is said of weights that do not sum to 100.
pub fn wrong_sum(total: &Number) -> Option<Trouble> {
    if *total == Number::from(100) {
        return None;
    }
    let total = total.exact();
    let trouble = Trouble::new(
        "weights",
        format!("权重合计 {total}，应为 100"),
        format!("the weights sum to {total}, not to 100"),
    );
    Some(trouble.advice(
        "调整各项权重，使合计为 100",
        "change the weights so that they sum to 100",
    ))
}

/// The mean of values by their weights, which are in % and sum to 100.
fn weighted_average(trace: &mut Trace, list: Array, place: Place) -> Result<Datum, Trouble> {
    let wrong = || {
        Trouble::new(
            "wrong-option",
            "weighted_average 要写 [[值, 权重], …]，权重是数",
            "weighted_average takes [[value, weight], …]; weights are numbers",
        )
        .advice(
            "例如 weighted_average([[清扫率, 40], [清运率, 60]])",
            "for instance weighted_average([[swept, 40], [collected, 60]])",
        )
    };
    let (mut data, mut weights) = (Vec::new(), Vec::new());
    let mut total = Number::ZERO;
    for pair in list {
        let pair = pair.try_cast::<Array>().ok_or_else(wrong)?;
        let [value, weight] = <[Dynamic; 2]>::try_from(pair.to_vec()).map_err(|_| wrong())?;
        let weight = (trace.plain(&weight))
            .filter(|w| w.signum() >= 0)
            .ok_or_else(wrong)?;
        total = total.checked_add(&weight).ok_or_else(wrong)?;
        data.push(trace.datum(value, place)?);
        weights.push(weight);
    }
    if let Some(trouble) = wrong_sum(&total) {
        return Err(trouble);
    }
    let (ids, kind) = trace.aligned(&data, place)?;
    let known = ids.iter().all(|id| trace.number_of(*id).is_some());
    let mut parts = Vec::new();
    for (id, weight) in ids.into_iter().zip(weights) {
        let share = weight.checked_div(&Number::from(100)).ok_or_else(wrong)?;
        let share = trace.constant(Constant::Number(share), Kind::Number(None), place);
        let part = Node::Product(id, share.id);
        // Beside data it is kept even where it could be computed now: the weight is looked up there.
        let part = match known {
            true => trace.record(part, kind.clone(), place),
            false => trace.keep(part, kind.clone(), place),
        };
        parts.push(part.id);
    }
    let node = match known {
        true => Node::Sum(parts),
        false => Node::Weighted(parts),
    };
    Ok(trace.record(node, kind, place))
}

/// Registers `years_after` and `months_after`.
fn periods(engine: &mut Engine, shared: &Shared) {
    for (word, unit, months) in [("years_after", "年", 12), ("months_after", "月", 1)] {
        of_two(engine, shared, word, move |trace, [date, count], place| {
            let date = date_of(trace, date, place)?;
            let count = trace.datum(count, place)?;
            let mut months_of = trace.convert(&count, Unit::parse(unit).as_ref(), place)?;
            if months != 1 {
                let twelve = Constant::Number(Number::from(months));
                let twelve = trace.constant(twelve, Kind::Number(None), place);
                let node = Node::Product(months_of.id, twelve.id);
                months_of = trace.record(node, Kind::Number(Unit::parse("月")), place);
            }
            let node = Node::MonthsAfter(date.id, months_of.id);
            Ok(trace.record(node, Kind::Date, place))
        });
    }
}

/// The date that an item of a word is; a plain text is read as one.
fn date_of(trace: &mut Trace, given: Dynamic, place: Place) -> Result<Datum, Trouble> {
    let datum = trace.datum(given, place)?;
    if let (Kind::Text(_), Some(Node::Constant(Constant::Text(text)))) =
        (&datum.kind, trace.graph.node(datum.id))
    {
        let date = Date::parse_deadline(text).ok_or_else(|| not_a_date(text))?;
        return Ok(trace.constant(Constant::Date(date), Kind::Date, place));
    }
    match datum.kind {
        Kind::Date => Ok(datum),
        other => {
            let (zh, en) = other.name();
            Err(Trouble::new(
                "not-a-date",
                format!("这里需要日期，却是{zh}"),
                format!("a date is needed here, not {en}"),
            )
            .advice(
                "写日期字段，或 date(\"2023-12-31\")",
                "write a field of type date, or date(\"2023-12-31\")",
            ))
        }
    }
}

/// A division by a plain zero.
pub fn zero_divisor() -> Trouble {
    Trouble::new("zero-denominator", "除数是零", "the divisor is zero").advice(
        "换成不是零的数；字段可能为零时在它的声明里写 zero",
        "write another number; for a field that may be zero write zero in its declaration",
    )
}

/// A text that is no date.
pub fn not_a_date(text: &str) -> Trouble {
    Trouble::new(
        "not-a-date",
        format!("“{text}”不是日期"),
        format!("“{text}” is no date"),
    )
    .marks(format!("\"{text}\""))
    .advice(
        "写成 年-月-日，那一天要有，例如 2023-05-31",
        "write year-month-day, a day that there is, for instance 2023-05-31",
    )
}

fn share(
    shared: &Shared,
    word: &str,
    items: [Dynamic; 2],
    zero: Option<ZeroPolicy>,
    at: Position,
) -> Answer<Datum> {
    traced(shared, at, |trace, place| {
        check_items(word, &items)?;
        let [a, b] = items;
        let (a, b) = (trace.datum(a, place)?, trace.datum(b, place)?);
        if trace.number_of(b.id).is_some_and(|number| number.is_zero()) {
            return Err(zero_divisor());
        }
        let zero = zero.unwrap_or_else(|| trace.zero_policy(&b));
        let (ids, _) = trace.aligned(&[a.clone(), b.clone()], place)?;
        let [a, b] = ids.try_into().unwrap_or([a.id, b.id]);
        let (node, unit) = match word {
            "percent" => (Node::Percent(a, b, zero), Unit::parse("%")),
            _ => (Node::Quotient(a, b, zero), Some(Unit::one())),
        };
        Ok(trace.record(node, Kind::Number(unit), place))
    })
}
