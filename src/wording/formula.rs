//! A condition as a formula, with the names of fields and parameters in place of values.

use super::told;
use crate::explain::reason::{constant, whole_years};
use crate::number::figures;
use crate::rulebook::{Constant, Id, Node, Order, Rounding, Rulebook};
use crate::text::concat;
use std::cell::Cell;
#[cfg(feature = "compare")]
use std::cell::RefCell;

/// The formula of a condition, for instance `机械化清扫面积 ÷ 道路清扫保洁面积 ≥ 机扫率下限`.
///
/// For authors, what is asked of every key of a field alike is told once. A formula that is very long
/// all the same ends in `…`.
pub fn formula(rulebook: &Rulebook, root: Id) -> String {
    let writer = Writer {
        rulebook,
        left: Cell::new(MOST_PARTS),
        #[cfg(feature = "compare")]
        folded: RefCell::new(None),
    };
    writer.write(root, false, 0)
}

/// The most parts of a formula, and how deep it goes.
const MOST_PARTS: usize = 400;
const DEEPEST: usize = 40;

/// What the sum of a field's values is called.
const SUM: &str = "合计";

pub(super) struct Writer<'a> {
    pub rulebook: &'a Rulebook,
    /// Parts that may still be told.
    pub left: Cell<usize>,
    /// The slots that were told without their keys, while one part stands for all.
    #[cfg(feature = "compare")]
    pub folded: RefCell<Option<Vec<u32>>>,
}

impl Writer<'_> {
    pub fn write(&self, id: Id, inner: bool, depth: usize) -> String {
        if self.left.get() == 0 || depth > DEEPEST {
            return "…".into();
        }
        self.left.set(self.left.get() - 1);
        let write = |id: Id, inner: bool| self.write(id, inner, depth + 1);
        let part = |id: &Id| write(*id, true);
        // The first part that is not told stands for all that follow. Sums within sums, and calculations
        // among what is counted out, are told without brackets.
        let parts = |list: &[Id], sign: &str| {
            let some = list.get(..=self.left.get()).unwrap_or(list);
            told(some, sign, &|id| {
                let bare = match self.rulebook.graph.node(*id) {
                    Some(Node::Sum(_) | Node::Total(_)) => sign == " + " || sign == "、",
                    Some(Node::Difference(..) | Node::Product(..) | Node::Quotient(..)) => {
                        sign == "、"
                    }
                    _ => false,
                };
                write(*id, !bare)
            })
        };
        let join = |list: &[Id], sign: &str| {
            let text = parts(list, sign);
            if inner && list.len() > 1 {
                concat(&["（", &text, "）"])
            } else {
                text
            }
        };
        let call = |word: &str, list: &[Id]| {
            let folded = self.fold(list, depth);
            let text =
                folded.map_or_else(|| parts(list, "、"), |(who, what)| concat(&[&who, &what]));
            concat(&[word, "（", &text, "）"])
        };
        // What is asked of each part, told once.
        let each = |list: &[Id], how: &str, otherwise: &dyn Fn() -> String| {
            let Some((who, what)) = self.fold(list, depth) else {
                return otherwise();
            };
            match (what.is_empty(), what.starts_with('：')) {
                (true, _) if how == SUM => concat(&[&who, how]),
                (true, _) => concat(&[&who, how, "为“是”"]),
                // What goes on beyond one comparison is held together.
                (_, true) if how == SUM => concat(&[how, "（", &who, &what, "）"]),
                (_, true) if inner => concat(&["（", &who, how, &what, "）"]),
                _ => concat(&[&who, how, &what]),
            }
        };
        #[cfg(feature = "compare")]
        if let Some(conditions) = self.counted(id) {
            return call("成立项数", &conditions);
        }
        match self.rulebook.graph.node(id) {
            Some(Node::Constant(Constant::Truth(truth))) => if *truth { "是" } else { "否" }.into(),
            Some(Node::Constant(value)) => constant(value),
            Some(Node::Slot(slot)) => self.slot(*slot),
            Some(Node::Parameter(index)) => self
                .rulebook
                .parameters
                .get(*index as usize)
                .map_or_else(String::new, |p| p.label.clone()),
            Some(Node::Filled(slot)) => concat(&[&self.slot(*slot), "已填写"]),
            Some(Node::Sum(list) | Node::Total(list)) => each(list, SUM, &|| join(list, " + ")),
            Some(Node::Difference(a, b)) => join(&[*a, *b], " − "),
            Some(Node::Product(a, b)) => join(&[*a, *b], " × "),
            Some(Node::Quotient(a, b, _) | Node::Percent(a, b, _)) => join(&[*a, *b], " ÷ "),
            Some(Node::Convert(a, _)) => write(*a, inner),
            Some(Node::Round(a, _, Rounding::Up)) => call("向上取整", &[*a]),
            Some(Node::Round(a, _, Rounding::Down)) => call("向下取整", &[*a]),
            Some(Node::Round(a, digits, Rounding::HalfEven)) => {
                let (to, digits) = match digits {
                    0 => ("整数", String::new()),
                    digits => (" 位", concat(&[" ", &figures(*digits)])),
                };
                let rounded: [&str; 4] = ["（按 GB/T 8170 修约到", &digits, to, "）"];
                concat(&[&write(*a, true), &concat(&rounded)])
            }
            Some(Node::Absolute(a)) => call("绝对值", &[*a]),
            Some(Node::Least(list)) => call("最小值", list),
            Some(Node::Greatest(list)) => call("最大值", list),
            Some(Node::Average(list)) => call("平均值", list),
            Some(Node::Weighted(list)) => join(list, " + "),
            Some(Node::DaysBetween(a, b)) => call("相隔天数", &[*a, *b]),
            Some(Node::YearsBetween(a, b)) => call("相隔整年", &[*a, *b]),
            Some(Node::Compare(order, a, b)) => {
                concat(&[&write(*a, false), sign(*order), &write(*b, false)])
            }
            Some(Node::All(list)) => each(list, "均", &|| join(list, " 且 ")),
            Some(Node::Any(list)) => each(list, "任一", &|| join(list, " 或 ")),
            Some(Node::None(list)) => {
                each(list, "均不", &|| concat(&["均不：", &join(list, "、")]))
            }
            Some(Node::AtLeast(n, list)) => {
                let n = figures(*n);
                each(list, &concat(&["至少 ", &n, " 项"]), &|| {
                    call(&concat(&["至少 ", &n, " 项"]), list)
                })
            }
            Some(Node::Not(a)) => concat(&["非", &part(a)]),
            Some(Node::When(a, b, c)) => {
                concat(&["若 ", &part(a), " 则 ", &part(b), "，否则 ", &part(c)])
            }
            Some(Node::MonthsAfter(a, months)) => {
                // Years were written as 12 months each.
                let (count, unit) = match self.rulebook.graph.node(*months) {
                    Some(Node::Product(years, _)) => (part(years), " 年"),
                    Some(Node::Constant(Constant::Number(count))) => match whole_years(count) {
                        Some(years) => (years.exact(), " 年"),
                        None => (count.exact(), " 个月"),
                    },
                    _ => (part(months), " 个月"),
                };
                concat(&[&part(a), "后 ", &count, unit])
            }
            Some(Node::AsOf) => "检查日期".into(),
            Some(Node::Steps(steps)) => call("分档扣分", &[steps.value, steps.line]),
            None => String::new(),
        }
    }

    fn slot(&self, slot: u32) -> String {
        #[cfg(feature = "compare")]
        if let Some(label) = self.without_key(slot) {
            return label;
        }
        self.rulebook.slot_label(slot)
    }

    /// The checker's module has no room for it: portals get the spelled formula.
    #[cfg(not(feature = "compare"))]
    const fn fold(&self, _: &[Id], _: usize) -> Option<(String, String)> {
        None
    }
}

const fn sign(order: Order) -> &'static str {
    match order {
        Order::AtLeast => " ≥ ",
        Order::Above => " > ",
        Order::AtMost => " ≤ ",
        Order::Below => " < ",
        Order::Equal => " = ",
        Order::Unequal => " ≠ ",
    }
}
