//! How points are won, in words: the scoring words are told by the shapes that they leave in
//! the graph, and anything else as a formula.

use super::formula;
use crate::number::Number;
use crate::rulebook::{Constant, Id, Node, Order, Rulebook, Steps};

/// How points are won, for instance `分档得分（率：≥ 90 得 1 分；80 至 90 得 0.8 分；< 80 不得分）`.
pub fn scoring(rulebook: &Rulebook, score: Id) -> String {
    let node = |id: Id| rulebook.graph.node(id);
    let told = |id: Id| formula(rulebook, id);
    match node(score) {
        Some(Node::Steps(steps)) => by_steps(rulebook, steps),
        Some(Node::When(..)) => by_bands(rulebook, score).unwrap_or_else(|| told(score)),
        Some(Node::Product(full, share)) if number(rulebook, *full).is_some() => {
            if let Some(Node::Least(parts)) = node(*share)
                && let [one, share] = parts.as_slice()
                && number(rulebook, *one) == Some(&Number::ONE)
                && let Some(Node::Quotient(value, target, _)) = node(*share)
            {
                let (value, target) = (told(*value), told(*target));
                return format!("按比例得分（{value}：以 {target} 为满分）");
            }
            told(score)
        }
        Some(Node::Greatest(parts)) => {
            if let [least, left] = parts.as_slice()
                && let Some(Node::Difference(full, lost)) = node(*left)
                && number(rulebook, *full).is_some()
                && let Some(Node::Product(value, lose)) = node(*lost)
            {
                let each = match rulebook.graph.unit(*value) {
                    "" => "次",
                    unit => unit,
                };
                let until = match number(rulebook, *least) {
                    Some(least) if least.is_zero() => "扣完为止".into(),
                    _ => format!("最低得 {} 分", told(*least)),
                };
                return format!("{}每{each}扣 {} 分，{until}", told(*value), told(*lose));
            }
            told(score)
        }
        _ => told(score),
    }
}

fn number(rulebook: &Rulebook, id: Id) -> Option<&Number> {
    match rulebook.graph.node(id) {
        Some(Node::Constant(Constant::Number(number))) => Some(number),
        _ => None,
    }
}

/// Points lost by steps.
fn by_steps(rulebook: &Rulebook, steps: &Steps) -> String {
    let told = |id: Id| formula(rulebook, id);
    let unit = |id: Id| rulebook.graph.unit(id);
    let step = match (unit(steps.step), unit(steps.value)) {
        ("%", _) | ("", "%") => format!("{} 个百分点", told(steps.step)),
        ("", "") => told(steps.step),
        ("", unit) | (unit, _) => format!("{} {unit}", told(steps.step)),
    };
    let (side, line) = (if steps.above { "高" } else { "低" }, told(steps.line));
    // A mode that is a parameter has a name, not a way.
    let mode = match rulebook.graph.node(steps.mode) {
        Some(Node::Constant(_)) => told(steps.mode),
        _ => format!("不足一档的扣法见“{}”", told(steps.mode)),
    };
    format!(
        "比{line}每{side} {step} 扣 {} 分，{mode}，扣完为止",
        told(steps.lose)
    )
}

/// The bands of a chain of choices by one value, from the highest down.
fn by_bands(rulebook: &Rulebook, score: Id) -> Option<String> {
    let told = |id: Id| formula(rulebook, id);
    let mut bands = Vec::new();
    let mut of = None;
    let mut above: Option<(Order, String)> = None;
    let mut rest = score;
    while let Some(Node::When(test, won, next)) = rulebook.graph.node(rest) {
        let Some(Node::Compare(order @ (Order::AtLeast | Order::Above), value, line)) =
            rulebook.graph.node(*test)
        else {
            return None;
        };
        if *of.get_or_insert(*value) != *value {
            return None;
        }
        let line = told(*line);
        let band = match (&above, order) {
            (None, Order::AtLeast) => format!("≥ {line}"),
            (None, _) => format!("> {line}"),
            // Which of two bands a line belongs to is told by the first and the last.
            (Some((upper, end)), lower) => {
                let ends = match (lower, upper) {
                    (Order::AtLeast, Order::Above) => "，含两端",
                    (Order::Above, Order::AtLeast) => "，不含两端",
                    _ => "",
                };
                format!("{line} 至 {end}{ends}")
            }
        };
        bands.push(format!("{band} {}", points(rulebook, *won)));
        above = Some((*order, line));
        rest = *next;
    }
    let (order, line) = above?;
    let sign = if order == Order::AtLeast { "<" } else { "≤" };
    bands.push(format!("{sign} {line} {}", points(rulebook, rest)));
    Some(format!("分档得分（{}：{}）", told(of?), bands.join("；")))
}

fn points(rulebook: &Rulebook, won: Id) -> String {
    match number(rulebook, won) {
        Some(won) if won.is_zero() => "不得分".into(),
        _ => format!("得 {} 分", formula(rulebook, won)),
    }
}
