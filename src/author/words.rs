//! The words and operators of the rule language, as Rhai sees them.
//!
//! Each word records nodes through `trace`; what a declaration such as `field` or
//! `indicator` means is in `declare`.

use super::Shared;
use super::problem::Trouble;
use super::trace::{Datum, Kind, Operation, plain_number};
use crate::date::Date;
use crate::rulebook::{Constant, Id, Node, Order, Place, Rounding, StepMode, Steps, ZeroPolicy};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, Map, NativeCallContext, Position};
use rust_decimal::Decimal;

/// What a word returns to the script.
pub type Answer<T> = Result<T, Box<EvalAltResult>>;

/// Points that depend on an indicator's value: `per_step` without a value.
#[derive(Clone, Debug)]
pub struct Scoring {
    options: Map,
    /// Where it is written.
    pub at: Position,
}

/// Every word for conditions and values: how it is written, and what it means.
pub const WORDS: &[(&str, &str, &str)] = &[
    (
        "percent",
        "percent(部分, 总数)",
        "部分 ÷ 总数 × 100%；总数为零时按其 zero 的约定，或写 percent(部分, 总数, #{ zero: … })",
    ),
    ("ratio", "ratio(a, b)", "a ÷ b，不乘 100"),
    ("sum", "sum([a, b, …])", "相加"),
    ("average", "average([a, b, …])", "平均"),
    ("min", "min([a, b, …])", "最小的一个"),
    ("max", "max([a, b, …])", "最大的一个"),
    ("abs", "abs(a)", "绝对值"),
    (
        "round",
        "round(a, 位数)",
        "修约到几位小数，四舍六入五成双（GB/T 8170）",
    ),
    ("ceil", "ceil(a)", "不小于 a 的最小整数"),
    ("floor", "floor(a)", "不大于 a 的最大整数"),
    ("all", "all([条件, …])", "全部成立"),
    ("any", "any([条件, …])", "任一成立"),
    ("none", "none([条件, …])", "全都不成立"),
    ("at_least", "at_least(n, [条件, …])", "至少 n 个成立"),
    ("when", "when(条件, a, b)", "条件成立取 a，否则取 b"),
    ("one_of", "one_of(a, [b, c, …])", "a 是所列之一"),
    ("filled", "filled(字段)", "已填写"),
    (
        "date",
        "date(\"2023-05-31\")",
        "日期；只写月份表示当月最后一天",
    ),
    ("days_between", "days_between(a, b)", "从 a 到 b 的天数"),
    ("years_between", "years_between(a, b)", "从 a 到 b 的整年数"),
    (
        "per_step",
        "per_step(#{ below: 线, step: 每降低, lose: 扣, mode: \"whole\" })",
        "每低于线一档扣若干分，扣完为止；高于为差时写 above；mode：whole 满一档才扣、part 不足一档按一档、linear 按比例",
    ),
];

/// Registers all operators and words.
pub fn register(engine: &mut Engine, shared: &Shared) {
    operators(engine, shared);
    values(engine, shared);
    conditions(engine, shared);
    lists(engine, shared);
    engine.register_fn("per_step", |ctx: NativeCallContext<'_>, options: Map| {
        Scoring {
            options,
            at: ctx.call_position(),
        }
    });
}

/// The trouble as Rhai carries it.
pub fn raise<T>(trouble: Trouble, at: Position) -> Answer<T> {
    Err(EvalAltResult::ErrorRuntime(Dynamic::from(trouble), at).into())
}

fn place(shared: &Shared, at: Position) -> Place {
    shared.borrow().place(at)
}

type Outcome = Result<Datum, Trouble>;

/// Runs `f` on the trace, with the place of the call.
fn traced(
    shared: &Shared,
    at: Position,
    f: impl FnOnce(&mut super::trace::Trace, Place) -> Outcome,
) -> Answer<Datum> {
    let place = place(shared, at);
    let result = f(&mut shared.borrow_mut().trace, place);
    result.or_else(|trouble| raise(trouble, at))
}

fn operators(engine: &mut Engine, shared: &Shared) {
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

type Range = std::ops::Range<i64>;
type WholeRange = std::ops::RangeInclusive<i64>;

/// What Rhai would decide at once between lists and values: with data in them it is refused.
fn lists(engine: &mut Engine, shared: &Shared) {
    const COMPARISONS: [&str; 6] = [">=", ">", "<=", "<", "==", "!="];
    fn pair<A: Clone + 'static, B: Clone + 'static>(engine: &mut Engine, shared: &Shared) {
        for op in COMPARISONS {
            let shared = shared.clone();
            engine.register_fn(op, move |ctx: NativeCallContext<'_>, a: A, b: B| {
                let (a, b, at) = (Dynamic::from(a), Dynamic::from(b), ctx.call_position());
                if !holds_data(&a) && !holds_data(&b) && matches!(op, "==" | "!=") {
                    return Ok(equal(&a, &b) == (op == "=="));
                }
                let place = place(&shared, at);
                let result = {
                    let trace = &mut shared.borrow_mut().trace;
                    trace.datum(a, place).and_then(|_| trace.datum(b, place))
                };
                result.map(|_| false).or_else(|trouble| raise(trouble, at))
            });
        }
    }
    macro_rules! pairs {
        ($($list:ty: $($other:ty),*);*) => {$($(
            pair::<$list, $other>(engine, shared);
            pair::<$other, $list>(engine, shared);
        )*)*};
    }
    pairs!(
        Array: i64, Decimal, bool, rhai::ImmutableString, char, (), Map, Range, WholeRange;
        Map: i64, Decimal, bool, rhai::ImmutableString, char, ()
    );
    pair::<Array, Array>(engine, shared);
    pair::<Map, Map>(engine, shared);
    let among = || {
        Trouble::new(
            "condition-on-data",
            "不能在列表里找数据",
            "data can't be looked for in a list",
        )
        .advice("写成 one_of(a, [b, c])", "write one_of(a, [b, c])")
    };
    for word in ["contains", "index_of"] {
        let find =
            move |ctx: NativeCallContext<'_>, list: Array, item: Dynamic| -> Answer<Dynamic> {
                if holds_data(&item) || list.iter().any(holds_data) {
                    return raise(among(), ctx.call_position());
                }
                let found = list.iter().position(|one| equal(one, &item));
                Ok(match (word, found) {
                    ("contains", found) => found.is_some().into(),
                    (_, found) => found.map_or(-1, |at| at as i64).into(),
                })
            };
        engine.register_fn(
            word,
            move |ctx: NativeCallContext<'_>, list: Array, item: Datum| {
                find(ctx, list, Dynamic::from(item))
            },
        );
        macro_rules! find {
            ($($item:ty),*) => {$(
                engine.register_fn(word, move |ctx: NativeCallContext<'_>, list: Array, item: $item| {
                    find(ctx, list, Dynamic::from(item))
                });
            )*};
        }
        find!(i64, Decimal, bool, rhai::ImmutableString, char, Array, Map);
    }
    for (word, whole) in [("some", false), ("all", true)] {
        engine.register_fn(
            word,
            move |ctx: NativeCallContext<'_>, list: Array, f: FnPtr| -> Answer<bool> {
                let found = first(&ctx, word, &list, &f, !whole)?;
                Ok(found.is_some() != whole)
            },
        );
    }
    engine.register_fn(
        "index_of",
        |ctx: NativeCallContext<'_>, list: Array, f: FnPtr| -> Answer<i64> {
            let found = first(&ctx, "index_of", &list, &f, true)?;
            Ok(found.map_or(-1, |index| index as i64))
        },
    );
    engine.register_fn(
        "find",
        |ctx: NativeCallContext<'_>, list: Array, f: FnPtr| -> Answer<Dynamic> {
            let found = first(&ctx, "find", &list, &f, true)?;
            let item = found.and_then(|index| list.into_iter().nth(index));
            Ok(item.unwrap_or(Dynamic::UNIT))
        },
    );
    engine.register_fn(
        "filter",
        |ctx: NativeCallContext<'_>, list: Array, f: FnPtr| -> Answer<Array> {
            let mut kept = Array::new();
            for (index, item) in list.into_iter().enumerate() {
                if passes(&ctx, "filter", &f, &item, index)? {
                    kept.push(item);
                }
            }
            Ok(kept)
        },
    );
    for word in ["to_string", "to_debug"] {
        let shared = shared.clone();
        // Rhai passes over what is raised while it writes a text, so it is told here.
        engine.register_fn(
            word,
            move |ctx: NativeCallContext<'_>, _: Datum| -> String {
                let trouble = Trouble::new(
                    "not-a-value",
                    "数据不能写进文字里，编译时还不知道它的值",
                    "data can't be written into a text: their values are not known yet",
                );
                shared.borrow_mut().problem(trouble, ctx.call_position());
                String::new()
            },
        );
    }
}

/// Whether a function of a script keeps an item; data can't say so while rules are compiled.
fn passes(
    ctx: &NativeCallContext<'_>,
    word: &str,
    f: &FnPtr,
    item: &Dynamic,
    index: usize,
) -> Answer<bool> {
    let answer: Answer<Dynamic> = f.call_within_context(ctx, (item.clone(),));
    let answer = match answer {
        // A function may take the index as well.
        Err(error) if matches!(*error, EvalAltResult::ErrorFunctionNotFound(ref signature, _) if signature.starts_with(f.fn_name())) => {
            f.call_within_context(ctx, (item.clone(), index as i64))?
        }
        answer => answer?,
    };
    if answer.is::<Datum>() {
        let trouble = super::messages::condition_on_data(word).advice(
            "写成 all(各区.map(|x| x >= 线)) 或 any(…)",
            "write all(list.map(|x| x >= line)) or any(…)",
        );
        return raise(trouble, ctx.call_position());
    }
    Ok(answer.as_bool().unwrap_or(false))
}

/// The index of the first item of which a function says `wanted`.
fn first(
    ctx: &NativeCallContext<'_>,
    word: &str,
    list: &Array,
    f: &FnPtr,
    wanted: bool,
) -> Answer<Option<usize>> {
    for (index, item) in list.iter().enumerate() {
        if passes(ctx, word, f, item, index)? == wanted {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

fn holds_data(value: &Dynamic) -> bool {
    if let Some(list) = value.read_lock::<Array>() {
        return list.iter().any(holds_data);
    }
    if let Some(map) = value.read_lock::<Map>() {
        return map.values().any(holds_data);
    }
    value.is::<Datum>()
}

/// Whether two plain values are the same.
fn equal(a: &Dynamic, b: &Dynamic) -> bool {
    if let (Some(a), Some(b)) = (a.read_lock::<Array>(), b.read_lock::<Array>()) {
        return a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b));
    }
    if let (Some(a), Some(b)) = (a.read_lock::<Map>(), b.read_lock::<Map>()) {
        let same =
            |(key, value): (_, &Dynamic)| b.get(key).is_some_and(|other| equal(value, other));
        return a.len() == b.len() && a.iter().all(same);
    }
    if let (Some(a), Some(b)) = (plain_number(a), plain_number(b)) {
        return a == b;
    }
    a.type_name() == b.type_name() && a.to_string() == b.to_string()
}

fn operate(shared: &Shared, op: &str, a: Dynamic, b: Dynamic, at: Position) -> Answer<Dynamic> {
    let datum = traced(shared, at, |trace, place| {
        if op == "/" && plain_number(&b).is_some_and(|b| b.is_zero()) {
            return Err(Trouble::new(
                "zero-denominator",
                "除数是零",
                "the divisor is zero",
            ));
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
fn flat(trace: &super::trace::Trace, op: &str, data: &[Datum]) -> Result<Vec<Id>, Trouble> {
    let mut parts = Vec::new();
    for id in trace.conditions(data)? {
        match (op, trace.graph.node(id)) {
            ("&", Some(Node::All(list))) | ("|", Some(Node::Any(list))) => parts.extend(list),
            _ => parts.push(id),
        }
    }
    Ok(parts)
}

fn values(engine: &mut Engine, shared: &Shared) {
    for (word, hundred) in [("percent", true), ("ratio", false)] {
        let s = shared.clone();
        engine.register_fn(
            word,
            move |ctx: NativeCallContext<'_>, a: Dynamic, b: Dynamic| {
                share(&s, hundred, [a, b], None, ctx.call_position())
            },
        );
        let s = shared.clone();
        let with = move |ctx: NativeCallContext<'_>, a: Dynamic, b: Dynamic, options: Map| {
            let at = ctx.call_position();
            let mut options = super::declare::Options::new(&s, word, options, at);
            let zero = options.zero();
            options.finish();
            share(&s, hundred, [a, b], zero, at)
        };
        engine.register_fn(word, with);
    }
    type Fold = fn(Vec<Id>) -> Node;
    const FOLDS: [(&str, Fold); 4] = [
        ("sum", Node::Sum),
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
                fold(ctx.call_position(), vec![a, b].into())
            },
        );
    }
    let s = shared.clone();
    engine.register_fn("abs", move |ctx: NativeCallContext<'_>, a: Datum| {
        traced(&s, ctx.call_position(), |trace, place| {
            trace.unit_of(&a)?;
            Ok(trace.record(Node::Absolute(a.id), a.kind, place))
        })
    });
    let s = shared.clone();
    engine.register_fn(
        "round",
        move |ctx: NativeCallContext<'_>, a: Datum, digits: i64| {
            traced(&s, ctx.call_position(), |trace, place| {
                trace.unit_of(&a)?;
                let digits = u32::try_from(digits)
                    .ok()
                    .filter(|d| *d <= 30)
                    .ok_or_else(|| {
                        Trouble::new(
                            "wrong-option",
                            "小数位数应为 0 到 30",
                            "decimal places go from 0 to 30",
                        )
                    })?;
                Ok(trace.record(Node::Round(a.id, digits, Rounding::HalfEven), a.kind, place))
            })
        },
    );
    for (word, rounding) in [("ceil", Rounding::Up), ("floor", Rounding::Down)] {
        let s = shared.clone();
        engine.register_fn(word, move |ctx: NativeCallContext<'_>, a: Datum| {
            traced(&s, ctx.call_position(), |trace, place| {
                trace.unit_of(&a)?;
                Ok(trace.record(Node::Round(a.id, 0, rounding), a.kind, place))
            })
        });
    }
    let s = shared.clone();
    engine.register_fn("date", move |ctx: NativeCallContext<'_>, text: &str| {
        traced(&s, ctx.call_position(), |trace, place| {
            let date = Date::parse_deadline(text).ok_or_else(|| not_a_date(text))?;
            Ok(trace.constant(Constant::Date(date), Kind::Date, place))
        })
    });
    for (word, days) in [("days_between", true), ("years_between", false)] {
        let s = shared.clone();
        engine.register_fn(
            word,
            move |ctx: NativeCallContext<'_>, a: Datum, b: Datum| {
                traced(&s, ctx.call_position(), |trace, place| {
                    if !matches!((&a.kind, &b.kind), (Kind::Date, Kind::Date)) {
                        return Err(Trouble::new(
                            "not-a-date",
                            "这里需要两个日期",
                            "two dates are needed here",
                        ));
                    }
                    let node = if days {
                        Node::DaysBetween(a.id, b.id)
                    } else {
                        Node::YearsBetween(a.id, b.id)
                    };
                    let unit = crate::unit::Unit::parse(if days { "天" } else { "年" });
                    Ok(trace.record(node, Kind::Number(unit), place))
                })
            },
        );
    }
}

/// A text that is no date.
pub fn not_a_date(text: &str) -> Trouble {
    Trouble::new(
        "not-a-date",
        format!("“{text}”不是日期"),
        format!("“{text}” is no date"),
    )
    .advice("写成 2023-05-31", "write 2023-05-31")
}

fn share(
    shared: &Shared,
    hundred: bool,
    [a, b]: [Dynamic; 2],
    zero: Option<ZeroPolicy>,
    at: Position,
) -> Answer<Datum> {
    traced(shared, at, |trace, place| {
        let (a, b) = (trace.datum(a, place)?, trace.datum(b, place)?);
        let zero = zero.unwrap_or_else(|| trace.zero_policy(&b));
        let (ids, _) = trace.aligned(&[a.clone(), b.clone()], place)?;
        let [a, b] = ids.try_into().unwrap_or([a.id, b.id]);
        let (node, unit) = match hundred {
            true => (Node::Percent(a, b, zero), crate::unit::Unit::parse("%")),
            false => (Node::Quotient(a, b, zero), Some(crate::unit::Unit::one())),
        };
        Ok(trace.record(node, Kind::Number(unit), place))
    })
}

fn conditions(engine: &mut Engine, shared: &Shared) {
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
            super::branch::choose(trace, &condition, &a, &b, place)
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
                _ => Err(Trouble::new(
                    "not-a-field",
                    "filled 只用于字段",
                    "filled takes a field",
                )),
            }
        })
    });
}

/// The points of `per_step` for a value.
pub fn per_step(
    shared: &Shared,
    value: &Datum,
    full: &Datum,
    scoring: Scoring,
    at: Position,
) -> Answer<Datum> {
    let mut options = super::declare::Options::new(shared, "per_step", scoring.options, scoring.at);
    let (below, above) = (options.take("below"), options.take("above"));
    let (step, lose, mode) = (
        options.take("step"),
        options.take("lose"),
        options.take("mode"),
    );
    options.finish();
    let place = place(shared, at);
    let mut state = shared.borrow_mut();
    let trace = &mut state.trace;
    let result = (|| {
        let (line, above) = match (below, above) {
            (Some(line), None) => (line, false),
            (None, Some(line)) => (line, true),
            _ => {
                return Err(Trouble::new(
                    "missing-option",
                    "per_step 要写 below 或 above 之一",
                    "per_step needs either below or above",
                ));
            }
        };
        let missing = |name: &str| {
            Trouble::new(
                "missing-option",
                format!("per_step 缺少 {name}"),
                format!("per_step lacks {name}"),
            )
        };
        let unit = trace.unit_of(value)?;
        let line = trace.datum(line, place)?;
        let line = trace.convert(&line, unit.as_ref(), place)?;
        let step = trace.datum(step.ok_or_else(|| missing("step"))?, place)?;
        let lose = trace.datum(lose.ok_or_else(|| missing("lose"))?, place)?;
        let words: Vec<String> = StepMode::WORDS
            .iter()
            .map(|(word, _)| (*word).into())
            .collect();
        let mode = trace.datum(mode.unwrap_or_else(|| "part".into()), place)?;
        trace.check_word(&words, &mode)?;
        let steps = Steps {
            value: value.id,
            line: line.id,
            above,
            step: step.id,
            lose: lose.id,
            full: full.id,
            mode: mode.id,
        };
        Ok(trace.record(Node::Steps(steps), Kind::Number(None), place))
    })();
    drop(state);
    result.or_else(|trouble| raise(trouble, scoring.at))
}
