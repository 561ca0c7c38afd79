//! Numbers while they are traced: their units are settled here, so that the rulebook holds none that do
//! not fit.

use super::{Datum, Kind, Outcome, Trace};
use crate::author::problem::Trouble;
use crate::number::Number;
use crate::rulebook::{Constant, Id, Node, Place};
use crate::unit::Unit;

/// Arithmetic between two values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Operation {
    /// a + b
    Add,
    /// a − b
    Subtract,
    /// a × b
    Multiply,
    /// a ÷ b
    Divide,
}

fn too_large() -> Trouble {
    Trouble::new(
        "too-large",
        "数值过大，无法精确计算",
        "the number is too large to hold exactly",
    )
}

impl Trace {
    /// The unit of a number.
    pub fn unit_of(&self, datum: &Datum) -> Outcome<Option<Unit>> {
        match &datum.kind {
            Kind::Number(unit) => Ok(unit.clone()),
            other => {
                let (zh, en) = other.name();
                Err(Trouble::new(
                    "not-a-number",
                    format!("这里需要数，却是{zh}"),
                    format!("a number is needed here, not {en}"),
                )
                .advice(
                    "换成数；几个条件里成立的个数写 count([条件, 条件])",
                    "write a number; how many conditions hold is count([condition, condition])",
                ))
            }
        }
    }

    /// The same quantity in another unit.
    pub fn convert(&mut self, datum: &Datum, unit: Option<&Unit>, place: Place) -> Outcome<Datum> {
        let (Some(from), Some(to)) = (self.unit_of(datum)?, unit) else {
            return Ok(datum.clone());
        };
        let factor = from
            .factor_to(to)
            .ok_or_else(|| self.mismatch(datum, &from, to))?;
        if factor == Number::ONE {
            return Ok(datum.clone());
        }
        Ok(self.record(
            Node::Convert(datum.id, factor),
            Kind::Number(Some(to.clone())),
            place,
        ))
    }

    fn mismatch(&self, datum: &Datum, from: &Unit, to: &Unit) -> Trouble {
        let name = self.called.get(&datum.id);
        let show = |unit: &Unit, name: Option<&String>, zh: bool| {
            let unit = match (unit.name.as_str(), zh) {
                ("", true) => "没有单位",
                ("", false) => "without unit",
                (unit, _) => unit,
            };
            match (name, zh) {
                (Some(name), true) => format!("“{name}”（{unit}）"),
                (Some(name), false) => format!("“{name}” ({unit})"),
                (None, _) => unit.into(),
            }
        };
        let trouble = Trouble::new(
            "unit-mismatch",
            format!(
                "单位不相合：{} 与 {}",
                show(to, None, true),
                show(from, name, true)
            ),
            format!(
                "the units do not fit: {} and {}",
                show(to, None, false),
                show(from, name, false)
            ),
        );
        let parameter = matches!(self.graph.node(datum.id), Some(Node::Parameter(_)));
        match name {
            Some(name) if from.name.is_empty() && parameter => trouble.advice(
                format!("在参数“{name}”里写上 unit: \"{}\"", to.name),
                format!("write unit: \"{}\" in the parameter “{name}”", to.name),
            ),
            _ if (from.is_percent() && to.is_one()) || (from.is_one() && to.is_percent()) => {
                trouble.advice(
                    "比率与 % 比较时写 percent(部分, 总数)",
                    "for a share in % write percent(part, whole)",
                )
            }
            _ => trouble.advice(
                "换成同一类的量，或看看字段和参数的 unit 写得对不对",
                "use quantities of one kind, or look at unit of the fields and parameters",
            ),
        }
    }

    /// A number as points, which have no unit, or 分.
    pub fn points_of(&mut self, datum: &Datum, place: Place) -> Outcome<Datum> {
        let Some(unit) = self.unit_of(datum)? else {
            return Ok(datum.clone());
        };
        let points = Unit::parse("分").filter(|points| points.fits(&unit));
        match (points, unit.is_one()) {
            (None, false) => Err(self.no_points(datum, &unit)),
            (points, _) => self.convert(datum, Some(&points.unwrap_or_else(Unit::one)), place),
        }
    }

    fn no_points(&self, datum: &Datum, unit: &Unit) -> Trouble {
        let name = self.called.get(&datum.id);
        let (unit, named) = (&unit.name, name.map(String::as_str));
        let trouble = match named {
            Some(name) => Trouble::new(
                "unit-mismatch",
                format!("分数没有单位，“{name}”的单位却是 {unit}"),
                format!("points have no unit, but “{name}” is in {unit}"),
            ),
            None => Trouble::new(
                "unit-mismatch",
                format!("分数没有单位，这里却是 {unit}"),
                format!("points have no unit, but this is in {unit}"),
            ),
        };
        let named = named.unwrap_or("值");
        if matches!(self.graph.node(datum.id), Some(Node::Parameter(_))) {
            return trouble.advice(
                format!("在参数“{named}”里写 unit: \"分\"，值写分数"),
                format!("write unit: \"分\" in the parameter “{named}”, and points as its value"),
            );
        }
        match unit == "%" {
            true => trouble.advice(
                "写成 满分 * ratio(率, 100)，或写 value: 率 和 score: proportional(#{ target: 目标 })",
                "write full * ratio(share, 100), or value: share and score: proportional(#{ target: … })",
            ),
            false => trouble.advice(
                format!("写明多少{unit}得 1 分：ratio({named}, 多少)；或用 proportional、per_step、per_occurrence"),
                format!("say how many {unit} win a point: ratio(value, how many); or write proportional, per_step, per_occurrence"),
            ),
        }
    }

    /// Arithmetic.
    pub fn arithmetic(
        &mut self,
        op: Operation,
        a: &Datum,
        b: &Datum,
        place: Place,
    ) -> Outcome<Datum> {
        if matches!(
            (&a.kind, &b.kind, op),
            (Kind::Date, Kind::Date, Operation::Subtract)
        ) {
            return Err(self.between_dates(a, b));
        }
        let (left, right) = (self.unit_of(a)?, self.unit_of(b)?);
        match op {
            Operation::Add | Operation::Subtract => self.sum(op, a, b, place),
            Operation::Multiply => {
                let unit = match (&left, &right) {
                    (Some(a), Some(b)) => Some(a.times(b).ok_or_else(too_large)?),
                    _ => left.or(right),
                };
                Ok(self.record(Node::Product(a.id, b.id), Kind::Number(unit), place))
            }
            Operation::Divide => {
                let one = Unit::one();
                let unit = match (&left, &right) {
                    (a, Some(b)) => Some(a.as_ref().unwrap_or(&one).per(b).ok_or_else(too_large)?),
                    (a, None) => a.clone(),
                };
                let zero = self.zero_policy(b);
                let node = Node::Quotient(a.id, b.id, zero);
                let quotient = self.record(node, Kind::Number(unit.clone()), place);
                // 万平方米 ÷ 平方公里 is a bare ratio, in the scale of one.
                match unit {
                    Some(unit) if unit.is_one() => self.convert(&quotient, Some(&one), place),
                    _ => Ok(quotient),
                }
            }
        }
    }

    /// A date less a date: the days between them have a word of their own.
    fn between_dates(&self, later: &Datum, earlier: &Datum) -> Trouble {
        let name = |datum: &Datum| match self.graph.node(datum.id) {
            Some(Node::AsOf) => "as_of()".to_string(),
            Some(Node::Constant(Constant::Date(date))) => format!("\"{}\"", date.iso()),
            _ => self.called.get(&datum.id).cloned().unwrap_or("…".into()),
        };
        let word = format!("days_between({}, {})", name(earlier), name(later));
        Trouble::new("not-a-number", "日期不能相减", "dates can't be subtracted").advice(
            format!("相隔的天数写 {word}；整年数写 years_between"),
            format!("for the days between them write {word}; for whole years years_between"),
        )
    }

    fn sum(&mut self, op: Operation, a: &Datum, b: &Datum, place: Place) -> Outcome<Datum> {
        let (left, right) = (self.unit_of(a)?, self.unit_of(b)?);
        let points = Unit::parse("百分点");
        let unit = match (&left, &right) {
            // A share more or less some points is a share; the difference of shares is in points.
            (Some(a), Some(b)) if a.is_percent() && points.as_ref().is_some_and(|p| p.fits(b)) => {
                left.clone()
            }
            (Some(a), Some(b)) if a.is_percent() && b.is_percent() && op == Operation::Subtract => {
                points
            }
            (Some(_), _) => {
                let b = self.convert(b, left.as_ref(), place)?;
                return Ok(self.record(sum_node(op, a.id, b.id), Kind::Number(left), place));
            }
            (None, _) => right,
        };
        Ok(self.record(sum_node(op, a.id, b.id), Kind::Number(unit), place))
    }

    /// All in the unit of the first that has one.
    pub fn aligned(&mut self, data: &[Datum], place: Place) -> Outcome<(Vec<Id>, Kind)> {
        let mut unit = None;
        for datum in data {
            unit = unit.or(self.unit_of(datum)?);
        }
        let mut ids = Vec::new();
        for datum in data {
            ids.push(self.convert(datum, unit.as_ref(), place)?.id);
        }
        if ids.is_empty() {
            return Err(
                Trouble::new("empty-list", "列表是空的", "the list is empty").advice(
                    "在方括号里写上字段或条件",
                    "write fields or conditions between the brackets",
                ),
            );
        }
        Ok((ids, Kind::Number(unit)))
    }
}

fn sum_node(op: Operation, a: Id, b: Id) -> Node {
    if op == Operation::Add {
        Node::Sum(vec![a, b])
    } else {
        Node::Difference(a, b)
    }
}
