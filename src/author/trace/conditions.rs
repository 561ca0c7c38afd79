//! Conditions while they are traced: what can be compared with what, and what is no condition.

use super::{Datum, Kind, Outcome, Trace};
use crate::author::messages::meant;
use crate::author::problem::Trouble;
use crate::rulebook::{Constant, Id, Node, Order, Place};

impl Trace {
    /// All as conditions.
    pub fn conditions(&self, data: &[Datum]) -> Outcome<Vec<Id>> {
        if data.is_empty() {
            return Err(
                Trouble::new("empty-list", "列表是空的", "the list is empty").advice(
                    "在方括号里写上字段或条件",
                    "write fields or conditions between the brackets",
                ),
            );
        }
        data.iter().map(|datum| self.condition(datum)).collect()
    }

    /// A datum as a condition.
    pub fn condition(&self, datum: &Datum) -> Outcome<Id> {
        match &datum.kind {
            Kind::Truth => Ok(datum.id),
            other => {
                let (zh, en) = other.name();
                Err(Trouble::new(
                    "not-a-condition",
                    format!("这里需要条件，却是{zh}"),
                    format!("a condition is needed here, not {en}"),
                )
                .advice(
                    "写成比较，例如 清扫率 >= 90",
                    "write a comparison, for instance rate >= 90",
                ))
            }
        }
    }

    /// A condition that data can change.
    pub fn depends(&self, condition: Id) -> Outcome<Id> {
        match self.graph.node(condition) {
            Some(Node::Constant(_)) => Err(Trouble::new(
                "constant-condition",
                "这个条件不随数据变化",
                "no data could change this condition",
            )
            .advice(
                "写成字段的比较；字段是列表时写 all(各区.map(|x| x >= 线))",
                "compare a field; for a field of several values write all(list.map(|x| x >= line))",
            )),
            _ => Ok(condition),
        }
    }

    /// A comparison.
    pub fn compare(&mut self, order: Order, a: &Datum, b: &Datum, place: Place) -> Outcome<Datum> {
        let equality = matches!(order, Order::Equal | Order::Unequal);
        let (a, b) = (self.as_date(a, b, place), self.as_date(b, a, place));
        match (&a.kind, &b.kind) {
            (Kind::Number(left), Kind::Number(right)) => {
                let (left, right) = (left.clone(), right.clone());
                // What was computed is shown in the unit of what it is compared with.
                let read = |id| {
                    matches!(
                        self.graph.node(id),
                        Some(Node::Slot(_) | Node::Parameter(_))
                    )
                };
                let (a, b) = match (&left, &right) {
                    (Some(_), Some(_)) if read(b.id) && !read(a.id) => {
                        (self.convert(&a, right.as_ref(), place)?, b.clone())
                    }
                    (Some(_), _) => (a.clone(), self.convert(&b, left.as_ref(), place)?),
                    (None, _) => (a.clone(), b.clone()),
                };
                let node = Node::Compare(order, a.id, b.id);
                return Ok(self.record(node, Kind::Truth, place));
            }
            (Kind::Date, Kind::Date) => {}
            (Kind::Truth, Kind::Truth) if equality => {}
            (Kind::Text(words), Kind::Text(other)) if equality => {
                for (words, of, datum) in [(words, &a, &b), (other, &b, &a)] {
                    // The words of a choice between texts are those that are written there.
                    if !matches!(self.graph.node(of.id), Some(Node::When(..))) {
                        self.check_word(words, datum)?;
                    }
                }
            }
            (left, right) => {
                let ((a, a_en), (b, b_en)) = (left.name(), right.name());
                let symbol = order.symbol();
                let trouble = Trouble::new(
                    "not-comparable",
                    format!("{a}不能用 {symbol} 与{b}比较"),
                    format!("{a_en} can't be compared with {b_en} by {symbol}"),
                );
                return Err(self.comparable(trouble, left, right));
            }
        }
        Ok(self.record(Node::Compare(order, a.id, b.id), Kind::Truth, place))
    }

    /// How two values of these kinds can be compared.
    fn comparable(&self, trouble: Trouble, left: &Kind, right: &Kind) -> Trouble {
        match (left, right) {
            (Kind::Date, _) | (_, Kind::Date) => trouble.advice(
                "日期与日期比较，例如 完成日期 <= date(\"2023-12-31\")",
                "compare a date with a date, for instance done <= date(\"2023-12-31\")",
            ),
            (Kind::Number(_), Kind::Text(_)) | (Kind::Text(_), Kind::Number(_)) => trouble.advice(
                "数不写引号，例如 清扫面积 >= 93",
                "write numbers without quotation marks, for instance area >= 93",
            ),
            (Kind::Truth, Kind::Truth) => trouble.advice(
                "是或否只比较是否相同：== 或 !=；直接写字段的名称就表示“是”",
                "compare them by == or !=; the name of the field alone means yes",
            ),
            (Kind::Truth, Kind::Text(_)) | (Kind::Text(_), Kind::Truth) => trouble.advice(
                "是或否的字段直接写名称就是“是”，前面加 ! 就是“否”",
                "the name of the field alone means yes; ! before it means no",
            ),
            (Kind::Truth, Kind::Number(_)) | (Kind::Number(_), Kind::Truth) => trouble.advice(
                "一次只比较两个数；在两条线之间写 between(a, 低, 高)",
                "compare two numbers at a time; between two lines write between(a, low, high)",
            ),
            _ => trouble.advice(
                "大小只在数和日期之间比较；其他的写 == 或 !=",
                "only numbers and dates have an order; compare others by == or !=",
            ),
        }
    }

    /// A text that stands beside a date is a date.
    pub fn as_date(&mut self, datum: &Datum, other: &Datum, place: Place) -> Datum {
        if let (Kind::Text(_), Kind::Date, Some(Node::Constant(Constant::Text(text)))) =
            (&datum.kind, &other.kind, self.graph.node(datum.id))
            && let Some(date) = crate::date::Date::parse_deadline(text)
        {
            return self.constant(Constant::Date(date), Kind::Date, place);
        }
        datum.clone()
    }

    /// Whether a datum is one of some words, as far as that is known; every word if none are listed.
    pub fn check_word(&self, words: &[String], datum: &Datum) -> Outcome<()> {
        let all = words.join("、");
        let trouble = |given: &str| {
            Trouble::new(
                "not-a-choice",
                format!("没有“{given}”这一选项"),
                format!("there is no choice “{given}”"),
            )
            .marks(format!("\"{given}\""))
            .exists(format!("可选：{all}"), format!("choices: {all}"))
            .advice("从可选的词里写一个", "write one of the choices")
            .like(
                meant(given, words.iter().map(String::as_str)).as_deref(),
                true,
            )
        };
        match (&datum.kind, self.graph.node(datum.id)) {
            _ if words.is_empty() => Ok(()),
            (_, Some(Node::Constant(Constant::Text(text)))) => {
                if words.contains(text) {
                    Ok(())
                } else {
                    Err(trouble(text))
                }
            }
            (Kind::Text(own), _) => match own.iter().find(|word| !words.contains(word)) {
                Some(word) => Err(trouble(word)),
                None => Ok(()),
            },
            (other, _) => Err(trouble(other.name().0)),
        }
    }
}
