//! A condition as a formula, with the names of fields and parameters in place of values.

use crate::explain::reason::constant;
use crate::number::Number;
use crate::rulebook::{Constant, Field, Id, Node, Order, Rounding, Rulebook};
use std::cell::{Cell, RefCell};

/// The formula of a condition, for instance `机械化清扫面积 ÷ 道路清扫保洁面积 ≥ 机扫率下限`.
///
/// What is asked of every key of a field alike is told once. A formula that is very long all the same
/// ends in `…`.
pub fn formula(rulebook: &Rulebook, root: Id) -> String {
    let writer = Writer {
        rulebook,
        left: Cell::new(MOST_PARTS),
        folded: RefCell::new(None),
    };
    writer.write(root, false, 0)
}

/// The most parts of a formula, and how deep it goes.
const MOST_PARTS: usize = 400;
const DEEPEST: usize = 40;

/// As many keys are named; more are told by the first where the field has no others.
const MOST_KEYS: usize = 2;

/// What the sum of a field's values is called.
const SUM: &str = "合计";

struct Writer<'a> {
    rulebook: &'a Rulebook,
    /// Parts that may still be told.
    left: Cell<usize>,
    /// The slots that were told without their keys, while one part stands for all.
    folded: RefCell<Option<Vec<u32>>>,
}

impl Writer<'_> {
    fn write(&self, id: Id, inner: bool, depth: usize) -> String {
        if self.left.get() == 0 || depth > DEEPEST {
            return "…".into();
        }
        self.left.set(self.left.get() - 1);
        let write = |id: Id, inner: bool| self.write(id, inner, depth + 1);
        let part = |id: &Id| write(*id, true);
        let plain = |id: &Id| write(*id, false);
        // The first part that is not told stands for all that follow.
        let parts = |list: &[Id]| -> Vec<String> {
            let told = self.left.get() + 1;
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
            let folded = self.fold(list, depth);
            let text = folded.map_or_else(
                || list.iter().map(plain).collect::<Vec<_>>().join("、"),
                |(who, what)| [who, what].concat(),
            );
            [word, "（", &text, "）"].concat()
        };
        // What is asked of each part, told once.
        let each = |list: &[Id], how: &str, otherwise: &dyn Fn() -> String| {
            let Some((who, what)) = self.fold(list, depth) else {
                return otherwise();
            };
            let bare = what.is_empty() && how != SUM;
            let what = if bare { "为“是”" } else { &what };
            [&who, how, what].concat()
        };
        match self.rulebook.graph.node(id) {
            Some(Node::Constant(Constant::Truth(truth))) => if *truth { "是" } else { "否" }.into(),
            Some(Node::Constant(value)) => constant(value),
            Some(Node::Slot(slot)) => self.slot(*slot),
            Some(Node::Parameter(index)) => self
                .rulebook
                .parameters
                .get(*index as usize)
                .map_or_else(String::new, |p| p.label.clone()),
            Some(Node::Filled(slot)) => [&self.slot(*slot), "已填写"].concat(),
            Some(Node::Sum(list)) => match counted(self.rulebook, list) {
                Some(conditions) => call("“是”的个数", &conditions),
                None => {
                    let list = addends(self.rulebook, list);
                    each(&list, SUM, &|| join(&list, " + "))
                }
            },
            Some(Node::Difference(a, b)) => join(&[*a, *b], " − "),
            Some(Node::Product(a, b)) => join(&[*a, *b], " × "),
            Some(Node::Quotient(a, b, _) | Node::Percent(a, b, _)) => join(&[*a, *b], " ÷ "),
            Some(Node::Convert(a, _)) => write(*a, inner),
            Some(Node::Round(a, _, Rounding::Up)) => call("向上取整", &[*a]),
            Some(Node::Round(a, _, Rounding::Down)) => call("向下取整", &[*a]),
            Some(Node::Round(a, digits, Rounding::HalfEven)) => {
                let (to, digits) = match digits {
                    0 => ("整数", String::new()),
                    digits => (" 位", [" ", &digits.to_string()].concat()),
                };
                let rounded = ["（按 GB/T 8170 修约到", &digits, to, "）"];
                [write(*a, true), rounded.concat()].concat()
            }
            Some(Node::Absolute(a)) => call("绝对值", &[*a]),
            Some(Node::Least(list)) => call("最小值", list),
            Some(Node::Greatest(list)) => call("最大值", list),
            Some(Node::Average(list)) => call("平均值", list),
            Some(Node::DaysBetween(a, b)) => call("相隔天数", &[*a, *b]),
            Some(Node::YearsBetween(a, b)) => call("相隔整年", &[*a, *b]),
            Some(Node::Compare(order, a, b)) => {
                // Of a side that is chosen it must be seen where it ends.
                let side = |id: Id| write(id, is_chosen(self.rulebook, id));
                [side(*a).as_str(), sign(*order), &side(*b)].concat()
            }
            Some(Node::All(list)) => each(list, "均", &|| join(list, " 且 ")),
            Some(Node::Any(list)) => each(list, "任一", &|| join(list, " 或 ")),
            Some(Node::None(list)) => {
                each(list, "均不", &|| ["均不：", &join(list, "、")].concat())
            }
            Some(Node::AtLeast(n, list)) => {
                let n = n.to_string();
                each(list, &["至少 ", &n, " 项"].concat(), &|| {
                    call(&["至少 ", &n, " 项"].concat(), list)
                })
            }
            Some(Node::Not(a)) => ["非", &part(a)].concat(),
            Some(Node::When(a, b, c)) => {
                let otherwise = write(*c, !is_chosen(self.rulebook, *c));
                let text = ["若 ", &part(a), " 则 ", &part(b), "，否则 ", &otherwise].concat();
                if inner {
                    ["（", &text, "）"].concat()
                } else {
                    text
                }
            }
            Some(Node::MonthsAfter(a, months)) => {
                // Years were written as 12 months each.
                let (count, unit) = match self.rulebook.graph.node(*months) {
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

    fn slot(&self, slot: u32) -> String {
        if let (Some(folded), Some((field, Some(_)))) = (
            self.folded.borrow_mut().as_mut(),
            self.rulebook.field_of(slot),
        ) {
            folded.push(slot);
            return field.label.clone();
        }
        self.rulebook.slot_label(slot)
    }

    /// Of parts that are alike but for the key they are about: whom they are about, and what
    /// they say, where that is more than the name of the field.
    fn fold(&self, list: &[Id], depth: usize) -> Option<(String, String)> {
        if list.len() < 2 || self.folded.borrow().is_some() {
            return None;
        }
        let left = self.left.get();
        let folded = self.alike(list, depth);
        self.folded.replace(None);
        if folded.is_none() {
            self.left.set(left);
        }
        folded
    }

    fn alike(&self, list: &[Id], depth: usize) -> Option<(String, String)> {
        let mut same: Option<String> = None;
        let mut keys: Vec<&str> = Vec::new();
        let mut of = None;
        for part in list {
            self.folded.replace(Some(Vec::new()));
            let text = self.write(*part, false, depth + 1);
            let slots = self.folded.take().unwrap_or_default();
            let mut slots = slots.into_iter().map(|slot| self.rulebook.field_of(slot));
            let (field, key) = slots.next()??;
            let one = |other| matches!(other, Some((_, Some(own))) if Some(own) == key);
            if !slots.all(one) || same.get_or_insert_with(|| text.clone()) != &text {
                return None;
            }
            keys.push(key?);
            of = Some(field);
        }
        let (field, same): (&Field, String) = (of?, same?);
        let named = match (keys.first(), keys.len() == field.keys.len()) {
            (Some(first), true) if keys.len() > MOST_KEYS => [first, "、…"].concat(),
            _ => keys.join("、"),
        };
        // The name of the field comes first where it is compared, or all there is.
        let compared = same.strip_prefix(&field.label).filter(|what| {
            let signs = ["≥", ">", "≤", "<", "=", "≠"];
            what.is_empty() || signs.iter().any(|sign| what.trim_start().starts_with(sign))
        });
        Some(match compared {
            Some(what) => ([&field.label, "（", &named, "）"].concat(), what.into()),
            None => (["各（", &named, "）"].concat(), ["：", &same].concat()),
        })
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

/// Whether a value is chosen by a condition.
fn is_chosen(rulebook: &Rulebook, id: Id) -> bool {
    matches!(rulebook.graph.node(id), Some(Node::When(..)))
}

/// What is added, where sums are added to sums.
fn addends(rulebook: &Rulebook, list: &[Id]) -> Vec<Id> {
    let mut all = Vec::new();
    let mut open: Vec<Id> = list.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        match rulebook.graph.node(id) {
            Some(Node::Sum(list)) if all.len() + open.len() + list.len() <= MOST_PARTS => {
                open.extend(list.iter().rev());
            }
            _ => all.push(id),
        }
    }
    all
}

/// The conditions of which a sum counts how many hold.
fn counted(rulebook: &Rulebook, list: &[Id]) -> Option<Vec<Id>> {
    let is = |id: Id, number: &Number| {
        let node = rulebook.graph.node(id);
        matches!(node, Some(Node::Constant(Constant::Number(value))) if value == number)
    };
    let condition = |id: &Id| match rulebook.graph.node(*id) {
        Some(Node::When(condition, one, none)) => {
            (is(*one, &Number::ONE) && is(*none, &Number::ZERO)).then_some(*condition)
        }
        _ => None,
    };
    let all: Option<Vec<Id>> = list.iter().map(condition).collect();
    all.filter(|all| !all.is_empty())
}
