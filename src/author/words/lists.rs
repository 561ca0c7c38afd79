//! What Rhai would decide at once between lists and values: with data in them it is refused,
//! with a way to write what was meant.

use super::{Answer, Range, WholeRange, place, raise};
use crate::author::Shared;
use crate::author::messages::condition_on_data;
use crate::author::problem::Trouble;
use crate::author::trace::{Datum, plain_number};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, Map, NativeCallContext};
use rust_decimal::Decimal;

/// Registers comparisons and searches of lists.
pub fn register(engine: &mut Engine, shared: &Shared) {
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
                )
                .advice(
                    "提示和建议里改用普通引号，报告会填上：\"当前 ${字段}\"",
                    "in messages and advice use plain quotes, and reports fill it in: \"now ${field}\"",
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
        let trouble = condition_on_data(word).advice(
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
