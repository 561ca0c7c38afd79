//! A condition as a formula, with the names of fields and parameters in place of values.

use crate::explain::reason::constant;
use crate::rulebook::{Constant, Id, Node, Order, Rounding, Rulebook};
use std::cell::Cell;

/// The formula of a condition, for instance `机械化清扫面积 ÷ 道路清扫保洁面积 ≥ 机扫率下限`.
///
/// One that is very long, for instance because it is built by a loop, ends in `…`.
pub fn formula(rulebook: &Rulebook, root: Id) -> String {
    write(rulebook, root, false, &Cell::new(MOST_PARTS), 0)
}

/// The most parts of a formula, and how deep it goes.
const MOST_PARTS: usize = 400;
const DEEPEST: usize = 40;

fn write(rulebook: &Rulebook, id: Id, inner: bool, left: &Cell<usize>, depth: usize) -> String {
    if left.get() == 0 || depth > DEEPEST {
        return "…".into();
    }
    left.set(left.get() - 1);
    let write = |id: Id, inner: bool| write(rulebook, id, inner, left, depth + 1);
    let part = |id: &Id| write(*id, true);
    let plain = |id: &Id| write(*id, false);
    // The first part that is not told stands for all that follow.
    let parts = |list: &[Id]| -> Vec<String> {
        let told = left.get() + 1;
        list.iter().take(told).map(part).collect()
    };
    let join = |list: &[Id], sign: &str| {
        let text = parts(list).join(sign);
        if inner && list.len() > 1 {
            ["（", &text, "）"].concat()
        } else {
            text
        }
    };
    let call = |word: &str, list: &[Id]| {
        [
            word,
            "（",
            &list.iter().map(plain).collect::<Vec<_>>().join("、"),
            "）",
        ]
        .concat()
    };
    match rulebook.graph.node(id) {
        Some(Node::Constant(Constant::Truth(truth))) => if *truth { "是" } else { "否" }.into(),
        Some(Node::Constant(value)) => constant(value),
        Some(Node::Slot(slot)) => rulebook.slot_label(*slot),
        Some(Node::Parameter(index)) => rulebook
            .parameters
            .get(*index as usize)
            .map_or_else(String::new, |p| p.label.clone()),
        Some(Node::Filled(slot)) => [&rulebook.slot_label(*slot), "已填写"].concat(),
        Some(Node::Sum(list)) => {
            let mut asked = Vec::new();
            for id in list {
                if let Some(Node::When(condition, one, none)) = rulebook.graph.node(*id)
                    && (plain(one).as_str(), plain(none).as_str()) == ("1", "0")
                {
                    asked.push(*condition);
                }
            }
            if asked.len() == list.len() {
                call("“是”的个数", &asked)
            } else {
                join(list, " + ")
            }
        }
        Some(Node::Difference(a, b)) => join(&[*a, *b], " − "),
        Some(Node::Product(a, b)) => join(&[*a, *b], " × "),
        Some(Node::Quotient(a, b, _) | Node::Percent(a, b, _)) => join(&[*a, *b], " ÷ "),
        Some(Node::Convert(a, _)) => write(*a, inner),
        Some(Node::Round(a, _, rounding)) => {
            let word = match rounding {
                Rounding::HalfEven => "修约",
                Rounding::Up => "向上取整",
                Rounding::Down => "向下取整",
            };
            call(word, &[*a])
        }
        Some(Node::Absolute(a)) => call("绝对值", &[*a]),
        Some(Node::Least(list)) => call("最小值", list),
        Some(Node::Greatest(list)) => call("最大值", list),
        Some(Node::Average(list)) => call("平均值", list),
        Some(Node::DaysBetween(a, b)) => call("相隔天数", &[*a, *b]),
        Some(Node::YearsBetween(a, b)) => call("相隔整年", &[*a, *b]),
        Some(Node::Compare(order, a, b)) => {
            let sign = match order {
                Order::AtLeast => " ≥ ",
                Order::Above => " > ",
                Order::AtMost => " ≤ ",
                Order::Below => " < ",
                Order::Equal => " = ",
                Order::Unequal => " ≠ ",
            };
            // Of a side that is chosen it must be seen where it ends.
            let side = |id: Id| write(id, is_chosen(rulebook, id));
            [side(*a).as_str(), sign, &side(*b)].concat()
        }
        Some(Node::All(list)) => join(list, " 且 "),
        Some(Node::Any(list)) => join(list, " 或 "),
        Some(Node::None(list)) => ["均不：", &join(list, "、")].concat(),
        Some(Node::AtLeast(n, list)) => call(&["至少 ", &n.to_string(), " 项"].concat(), list),
        Some(Node::Not(a)) => ["非", &part(a)].concat(),
        Some(Node::When(a, b, c)) => {
            let otherwise = write(*c, !is_chosen(rulebook, *c));
            let text = ["若 ", &part(a), " 则 ", &part(b), "，否则 ", &otherwise].concat();
            if inner {
                ["（", &text, "）"].concat()
            } else {
                text
            }
        }
        Some(Node::MonthsAfter(a, months)) => {
            // Years were written as 12 months each.
            let (count, unit) = match rulebook.graph.node(*months) {
                Some(Node::Product(years, _)) => (*years, " 年"),
                _ => (*months, " 个月"),
            };
            [&part(a), "后 ", &part(&count), unit].concat()
        }
        Some(Node::AsOf) => "检查日期".into(),
        Some(Node::Steps(steps)) => call("分档扣分", &[steps.value, steps.line]),
        None => String::new(),
    }
}

/// Whether a value is chosen by a condition.
fn is_chosen(rulebook: &Rulebook, id: Id) -> bool {
    matches!(rulebook.graph.node(id), Some(Node::When(..)))
}
