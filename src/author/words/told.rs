//! Every word for conditions and values as authors read it: how it is written, what it means, and
//! what its items should be.

/// A word, told.
pub struct Told {
    /// The word.
    pub word: &'static str,
    /// What its items should be: `N` a number, `W` a whole number, `C` a condition, `L` a list, `T` a
    /// text, `D` a date, `M` options, `F` a field, `*` any value; `?` after what may be left out, `|`
    /// between two ways to write it.
    pub items: &'static str,
    /// How it is written, in Chinese and English.
    pub usage: [&'static str; 2],
    /// What it means, in Chinese and English.
    pub meaning: [&'static str; 2],
}

/// Every word for conditions and values.
pub const WORDS: &[Told] = &[
    Told {
        word: "percent",
        items: "NNM?",
        usage: ["percent(部分, 总数)", "percent(part, whole)"],
        meaning: [
            "部分 ÷ 总数 × 100%；总数为零时按其 zero 的约定，或写 percent(部分, 总数, #{ zero: … })",
            "part ÷ whole × 100%; a zero whole is what its zero says, or write percent(part, whole, #{ zero: … })",
        ],
    },
    Told {
        word: "ratio",
        items: "NNM?",
        usage: ["ratio(a, b)", "ratio(a, b)"],
        meaning: ["a ÷ b，不乘 100", "a ÷ b, not times 100"],
    },
    Told {
        word: "sum",
        items: "L|NN",
        usage: ["sum([a, b, …])", "sum([a, b, …])"],
        meaning: ["相加，不涉及的不计入", "the sum of those that apply"],
    },
    Told {
        word: "average",
        items: "L|NN",
        usage: ["average([a, b, …])", "average([a, b, …])"],
        meaning: ["平均，不涉及的不计入", "the mean of those that apply"],
    },
    Told {
        word: "min",
        items: "L|NN",
        usage: ["min([a, b, …])", "min([a, b, …])"],
        meaning: ["最小的一个", "the smallest"],
    },
    Told {
        word: "max",
        items: "L|NN",
        usage: ["max([a, b, …])", "max([a, b, …])"],
        meaning: ["最大的一个", "the largest"],
    },
    Told {
        word: "abs",
        items: "N",
        usage: ["abs(a)", "abs(a)"],
        meaning: ["绝对值", "the absolute value"],
    },
    Told {
        word: "round",
        items: "NW",
        usage: ["round(a, 位数)", "round(a, places)"],
        meaning: [
            "修约到几位小数，四舍六入五成双（GB/T 8170）",
            "rounded to so many decimal places, half to even (GB/T 8170)",
        ],
    },
    Told {
        word: "weighted_average",
        items: "L",
        usage: [
            "weighted_average([[a, 40], [b, 60]])",
            "weighted_average([[a, 40], [b, 60]])",
        ],
        meaning: [
            "加权平均；权重合计 100，不涉及的不计入，权重由其余各项分担",
            "the weighted mean of those that apply; the weights sum to 100",
        ],
    },
    Told {
        word: "count",
        items: "L",
        usage: ["count([条件, …])", "count([condition, …])"],
        meaning: ["成立的有几个", "how many hold"],
    },
    Told {
        word: "changes",
        items: "L",
        usage: ["changes([a, b, c])", "changes([a, b, c])"],
        meaning: ["后一个减前一个，逐个相减", "each less the one before it"],
    },
    Told {
        word: "key",
        items: "LT",
        usage: ["字段.key(\"天宁区\")", "field.key(\"East\")"],
        meaning: [
            "按辖区、年份等分列的字段中的一个值",
            "one value of a field that has several",
        ],
    },
    Told {
        word: "ceil",
        items: "N",
        usage: ["ceil(a)", "ceil(a)"],
        meaning: [
            "不小于 a 的最小整数",
            "the smallest whole number not below a",
        ],
    },
    Told {
        word: "floor",
        items: "N",
        usage: ["floor(a)", "floor(a)"],
        meaning: [
            "不大于 a 的最大整数",
            "the largest whole number not above a",
        ],
    },
    Told {
        word: "all",
        items: "L",
        usage: ["all([条件, …])", "all([condition, …])"],
        meaning: ["全部成立", "all hold"],
    },
    Told {
        word: "any",
        items: "L",
        usage: ["any([条件, …])", "any([condition, …])"],
        meaning: ["任一成立", "at least one holds"],
    },
    Told {
        word: "none",
        items: "L",
        usage: ["none([条件, …])", "none([condition, …])"],
        meaning: ["全都不成立", "none holds"],
    },
    Told {
        word: "at_least",
        items: "WL",
        usage: ["at_least(n, [条件, …])", "at_least(n, [condition, …])"],
        meaning: ["至少 n 个成立", "at least n hold"],
    },
    Told {
        word: "between",
        items: "***",
        usage: ["between(a, 低, 高)", "between(a, low, high)"],
        meaning: ["低 ≤ a ≤ 高", "low ≤ a ≤ high"],
    },
    Told {
        word: "not_decreasing",
        items: "L",
        usage: ["not_decreasing([a, b, c])", "not_decreasing([a, b, c])"],
        meaning: [
            "从前到后不降；increasing 逐个上升，not_increasing 不升，decreasing 逐个下降",
            "none is below the one before it; the oldest first",
        ],
    },
    Told {
        word: "increasing",
        items: "L",
        usage: ["increasing([a, b, c])", "increasing([a, b, c])"],
        meaning: ["从前到后逐个上升", "each is above the one before it"],
    },
    Told {
        word: "not_increasing",
        items: "L",
        usage: ["not_increasing([a, b, c])", "not_increasing([a, b, c])"],
        meaning: ["从前到后不升", "none is above the one before it"],
    },
    Told {
        word: "decreasing",
        items: "L",
        usage: ["decreasing([a, b, c])", "decreasing([a, b, c])"],
        meaning: ["从前到后逐个下降", "each is below the one before it"],
    },
    Told {
        word: "advise",
        items: "CT",
        usage: [
            "advise(条件, \"建议\")",
            "advise(condition, \"what to do\")",
        ],
        meaning: [
            "这个条件不成立时的建议；条件本身不变",
            "what to do where the condition fails; the condition stays as it is",
        ],
    },
    Told {
        word: "when",
        items: "C**",
        usage: ["when(条件, a, b)", "when(condition, a, b)"],
        meaning: [
            "条件成立取 a，否则取 b",
            "a where the condition holds, else b",
        ],
    },
    Told {
        word: "one_of",
        items: "*L",
        usage: ["one_of(a, [b, c, …])", "one_of(a, [b, c, …])"],
        meaning: ["a 是所列之一", "a is one of those"],
    },
    Told {
        word: "filled",
        items: "F",
        usage: ["filled(字段)", "filled(field)"],
        meaning: ["已填写", "something is entered"],
    },
    Told {
        word: "date",
        items: "T",
        usage: ["date(\"2023-05-31\")", "date(\"2023-05-31\")"],
        meaning: [
            "日期；只写月份表示当月最后一天",
            "a date; a month alone means its last day",
        ],
    },
    Told {
        word: "as_of",
        items: "",
        usage: ["as_of()", "as_of()"],
        meaning: ["检查日期", "the date of the check"],
    },
    Told {
        word: "years_after",
        items: "DN",
        usage: ["years_after(日期, 3)", "years_after(date, 3)"],
        meaning: [
            "日期之后满几年的那一天，没有对应日的为月末；“至少每 3 年一次”写成 as_of() <= years_after(最近一次, 3)",
            "the day so many years after a date; “at least every 3 years” is as_of() <= years_after(last, 3)",
        ],
    },
    Told {
        word: "months_after",
        items: "DN",
        usage: ["months_after(日期, 6)", "months_after(date, 6)"],
        meaning: [
            "日期之后满几个月的那一天",
            "the day so many months after a date",
        ],
    },
    Told {
        word: "days_between",
        items: "DD",
        usage: ["days_between(a, b)", "days_between(a, b)"],
        meaning: ["从 a 到 b 的天数", "the days from a to b"],
    },
    Told {
        word: "years_between",
        items: "DD",
        usage: ["years_between(a, b)", "years_between(a, b)"],
        meaning: ["从 a 到 b 的整年数", "the whole years from a to b"],
    },
    Told {
        word: "per_step",
        items: "M",
        usage: [
            "per_step(#{ below: 线, step: 每降低, lose: 扣, mode: \"满一档才扣\" })",
            "per_step(#{ below: line, step: step, lose: points, mode: \"whole\" })",
        ],
        meaning: [
            "每低于线一档扣若干分，扣完为止；高于为差时写 above；mode：满一档才扣、不足一档按一档扣（不写时）、按比例扣，也可以是参数",
            "so many points are lost for each step below the line, down to none; above where more is worse; mode: whole, part (unless written) or linear, or a parameter",
        ],
    },
    Told {
        word: "proportional",
        items: "M",
        usage: [
            "proportional(#{ target: 目标 })",
            "proportional(#{ target: target })",
        ],
        meaning: [
            "满分 × 完成比例，最多满分",
            "full points × the share that is reached, at most full points",
        ],
    },
    Told {
        word: "per_occurrence",
        items: "M",
        usage: [
            "per_occurrence(#{ lose: 每次扣, least: 最低得分 })",
            "per_occurrence(#{ lose: points, least: least points })",
        ],
        meaning: [
            "value 是次数，每次扣若干分，扣完为止；least 不写为 0",
            "value is a count, and so many points are lost for each; least is 0 unless written",
        ],
    },
    Told {
        word: "bands",
        items: "L",
        usage: [
            "bands([#{ from: 90, points: 1 }, #{ from: 80, below: 90, points: 0.8 }, #{ below: 80, points: 0 }])",
            "bands([#{ from: 90, points: 1 }, #{ from: 80, below: 90, points: 0.8 }, #{ below: 80, points: 0 }])",
        ],
        meaning: [
            "分档得分；界线：from 含、above 不含，below 不含、to 含；各档首尾相接，不重不漏",
            "points by bands; from and to include their line, above and below do not; each band begins where the next ends",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_told_once_and_in_both_languages() {
        let chinese = |text: &str| text.chars().any(|c| c >= '\u{2e80}');
        let mut words = Vec::new();
        for told in WORDS {
            assert!(!words.contains(&told.word), "{}", told.word);
            words.push(told.word);
            assert!(told.usage.iter().all(|usage| usage.contains(told.word)));
            assert!(chinese(told.meaning[0]), "{}", told.meaning[0]);
            for english in [told.usage[1], told.meaning[1]] {
                assert!(!chinese(english), "{english}");
            }
            assert!(told.items.chars().all(|item| "NWCLTDMF*?|".contains(item)));
        }
    }
}
