//! The words and operators of the rule language, as Rhai sees them.
//!
//! Each word records nodes through `trace`; what a declaration such as `field` or
//! `indicator` means is in `declare`.

mod conditions;
mod lists;
mod operators;
mod scoring;
mod values;

pub use scoring::{Scoring, points};
pub use values::not_a_date;

use super::Shared;
use super::problem::Trouble;
use super::trace::{Datum, Trace};
use crate::rulebook::Place;
use rhai::{Dynamic, Engine, EvalAltResult, Position};

/// What a word returns to the script.
pub type Answer<T> = Result<T, Box<EvalAltResult>>;

type Range = std::ops::Range<i64>;
type WholeRange = std::ops::RangeInclusive<i64>;

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
    (
        "weighted_average",
        "weighted_average([[a, 40], [b, 60]])",
        "加权平均；权重合计 100",
    ),
    ("count", "count([条件, …])", "成立的有几个"),
    ("changes", "changes([a, b, c])", "后一个减前一个，逐个相减"),
    (
        "key",
        "字段.key(\"天宁区\")",
        "按辖区、年份等分列的字段中的一个值",
    ),
    ("ceil", "ceil(a)", "不小于 a 的最小整数"),
    ("floor", "floor(a)", "不大于 a 的最大整数"),
    ("all", "all([条件, …])", "全部成立"),
    ("any", "any([条件, …])", "任一成立"),
    ("none", "none([条件, …])", "全都不成立"),
    ("at_least", "at_least(n, [条件, …])", "至少 n 个成立"),
    ("between", "between(a, 低, 高)", "低 ≤ a ≤ 高"),
    (
        "not_decreasing",
        "not_decreasing([a, b, c])",
        "从前到后不降；increasing 逐个上升，not_increasing 不升，decreasing 逐个下降",
    ),
    ("increasing", "increasing([a, b, c])", "从前到后逐个上升"),
    (
        "not_increasing",
        "not_increasing([a, b, c])",
        "从前到后不升",
    ),
    ("decreasing", "decreasing([a, b, c])", "从前到后逐个下降"),
    (
        "advise",
        "advise(条件, \"建议\")",
        "这个条件不成立时的建议；条件本身不变",
    ),
    ("when", "when(条件, a, b)", "条件成立取 a，否则取 b"),
    ("one_of", "one_of(a, [b, c, …])", "a 是所列之一"),
    ("filled", "filled(字段)", "已填写"),
    (
        "date",
        "date(\"2023-05-31\")",
        "日期；只写月份表示当月最后一天",
    ),
    ("as_of", "as_of()", "检查日期"),
    (
        "years_after",
        "years_after(日期, 3)",
        "日期之后满几年的那一天，没有对应日的为月末；“至少每 3 年一次”写成 as_of() <= years_after(最近一次, 3)",
    ),
    (
        "months_after",
        "months_after(日期, 6)",
        "日期之后满几个月的那一天",
    ),
    ("days_between", "days_between(a, b)", "从 a 到 b 的天数"),
    ("years_between", "years_between(a, b)", "从 a 到 b 的整年数"),
    (
        "per_step",
        "per_step(#{ below: 线, step: 每降低, lose: 扣, mode: \"满一档才扣\" })",
        "每低于线一档扣若干分，扣完为止；高于为差时写 above；mode：满一档才扣、不足一档按一档扣（不写时）、按比例扣，也可以是参数",
    ),
    (
        "proportional",
        "proportional(#{ target: 目标 })",
        "满分 × 完成比例，最多满分",
    ),
    (
        "per_occurrence",
        "per_occurrence(#{ lose: 每次扣, least: 最低得分 })",
        "value 是次数，每次扣若干分，扣完为止；least 不写为 0",
    ),
    (
        "bands",
        "bands([#{ from: 90, points: 1 }, #{ from: 80, below: 90, points: 0.8 }, #{ below: 80, points: 0 }])",
        "分档得分；界线：from 含、above 不含，below 不含、to 含；各档首尾相接，不重不漏",
    ),
];

/// Registers all operators and words.
pub fn register(engine: &mut Engine, shared: &Shared) {
    operators::register(engine, shared);
    values::register(engine, shared);
    conditions::register(engine, shared);
    lists::register(engine, shared);
    scoring::register(engine);
}

/// The trouble as Rhai carries it.
pub fn raise<T>(trouble: Trouble, at: Position) -> Answer<T> {
    Err(EvalAltResult::ErrorRuntime(Dynamic::from(trouble), at).into())
}

fn place(shared: &Shared, at: Position) -> Place {
    shared.borrow().place(at)
}

/// Runs `f` on the trace, with the place of the call.
fn traced(
    shared: &Shared,
    at: Position,
    f: impl FnOnce(&mut Trace, Place) -> Result<Datum, Trouble>,
) -> Answer<Datum> {
    let place = place(shared, at);
    let result = f(&mut shared.borrow_mut().trace, place);
    result.or_else(|trouble| raise(trouble, at))
}
