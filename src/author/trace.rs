//! Tracing: while a rule script runs, operators and words on data do not compute,
//! they record a node of the graph. A `Datum` is what the script holds meanwhile.

use super::problem::Trouble;
use crate::check::{Inputs, Value, value_of};
use crate::number::Number;
use crate::rulebook::{
    Constant, Field, FieldType, Graph, Id, Node, Order, Parameter, Place, ZeroPolicy,
};
use crate::unit::Unit;
use rhai::Dynamic;
use std::collections::HashMap;
use std::rc::Rc;

/// A value that will be known when data is checked.
#[derive(Clone, Debug)]
pub struct Datum {
    /// Its node.
    pub id: Id,
    /// What it will be.
    pub kind: Kind,
}

/// What a datum will be.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A number in a unit; a bare number, which takes any unit, where there is none.
    Number(Option<Unit>),
    /// Yes or no.
    Truth,
    /// A date.
    Date,
    /// One of some words; any word where none are listed.
    Text(Rc<[String]>),
}

impl Kind {
    /// What it is called, in both languages.
    pub fn name(&self) -> (&'static str, &'static str) {
        match self {
            Self::Number(_) => ("数", "a number"),
            Self::Truth => ("“是或否”", "yes or no"),
            Self::Date => ("日期", "a date"),
            Self::Text(_) => ("文字", "text"),
        }
    }

    /// The kind of a field.
    pub fn of_field(field: &Field) -> Self {
        match field.kind {
            FieldType::Number | FieldType::Count | FieldType::Percent => Self::of_unit(&field.unit),
            FieldType::YesNo => Self::Truth,
            FieldType::Date => Self::Date,
            FieldType::Choice | FieldType::Text => Self::Text(field.choices.clone().into()),
        }
    }

    /// The kind of a parameter.
    pub fn of_parameter(parameter: &Parameter) -> Self {
        match parameter.choices.is_empty() {
            true => Self::of_unit(&parameter.unit),
            false => Self::Text(parameter.choices.clone().into()),
        }
    }

    fn of_unit(unit: &str) -> Self {
        Self::Number(Some(Unit::parse(unit).unwrap_or_else(Unit::one)))
    }

    fn unit(&self) -> &str {
        if let Self::Number(Some(unit)) = self {
            &unit.name
        } else {
            ""
        }
    }
}

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

/// What makes a node the same as another: itself, its unit, and for a condition its place.
type Key = (Node, u32, Option<(u32, u32, u32)>);

/// The graph while it is being built.
#[derive(Debug, Default)]
pub struct Trace {
    /// The graph so far.
    pub graph: Graph,
    /// Values of the nodes that do not depend on data.
    values: Vec<Value>,
    known: HashMap<Key, Id>,
    names: HashMap<String, u32>,
    /// Fields and parameters by the names that scripts use.
    pub called: HashMap<Id, String>,
    /// What a zero means where a slot is a denominator.
    pub zero: HashMap<u32, ZeroPolicy>,
}

type Outcome<T> = Result<T, Trouble>;

fn too_large() -> Trouble {
    Trouble::new(
        "too-large",
        "数值过大，无法精确计算",
        "the number is too large to hold exactly",
    )
}

impl Trace {
    /// The index of a name of a unit or file.
    pub fn name(&mut self, name: &str) -> u32 {
        if let Some(index) = self.names.get(name) {
            return *index;
        }
        let index = self.graph.names.len() as u32;
        self.graph.names.push(name.into());
        self.names.insert(name.into(), index);
        index
    }

    /// The index of a file's name, if it has one yet.
    pub fn file(&self, name: &str) -> u32 {
        self.names.get(name).copied().unwrap_or(0)
    }

    /// An entered value.
    pub fn slot(&mut self, slot: u32, kind: Kind, place: Place) -> Datum {
        self.record(Node::Slot(slot), kind, place)
    }

    /// A threshold.
    pub fn parameter(&mut self, index: u32, kind: Kind, place: Place) -> Datum {
        self.record(Node::Parameter(index), kind, place)
    }

    /// Records a node; what does not depend on data is computed at once.
    pub fn record(&mut self, node: Node, kind: Kind, place: Place) -> Datum {
        let mut constant = !matches!(node, Node::Constant(_));
        let mut parts = 0;
        node.for_each(&mut |id| {
            parts += 1;
            constant &= matches!(self.graph.node(id), Some(Node::Constant(_)));
        });
        let folded = (constant && parts > 0).then(|| self.fold(&node)).flatten();
        let node = folded.unwrap_or(node);
        let unit = self.name(kind.unit());
        // A condition is told apart by its place: each is explained where it was written.
        let own = matches!(
            node,
            Node::Compare(..)
                | Node::All(_)
                | Node::Any(_)
                | Node::None(_)
                | Node::AtLeast(..)
                | Node::Not(_)
        );
        let key = (
            node.clone(),
            unit,
            own.then_some((place.file, place.line, place.column)),
        );
        if let Some(id) = self.known.get(&key) {
            return Datum { id: *id, kind };
        }
        let id = Id(self.graph.nodes.len() as u32);
        self.values.push(match &node {
            Node::Constant(constant) => constant.into(),
            _ => Value::INVALID,
        });
        self.graph.nodes.push(node);
        self.graph.units.push(unit);
        self.graph.places.push(place);
        self.known.insert(key, id);
        Datum { id, kind }
    }

    fn fold(&self, node: &Node) -> Option<Node> {
        let value = value_of(
            node,
            &self.values,
            Inputs {
                slots: &[],
                parameters: &[],
                as_of: None,
            },
        );
        Some(Node::Constant(match value {
            Value::Number(number) => Constant::Number(number),
            Value::Truth(truth) => Constant::Truth(truth),
            Value::Date(date) => Constant::Date(date),
            Value::Text(text) => Constant::Text(text.as_ref().into()),
            Value::Unknown(_) => return None,
        }))
    }

    /// A constant.
    pub fn constant(&mut self, constant: Constant, kind: Kind, place: Place) -> Datum {
        self.record(Node::Constant(constant), kind, place)
    }

    /// The datum of a script value: data as it is, numbers, truths and texts as constants.
    pub fn datum(&mut self, value: Dynamic, place: Place) -> Outcome<Datum> {
        let (zh, en) = super::messages::plain_type(value.type_name());
        let list = value.is_array();
        if let Some(datum) = value.clone().try_cast::<Datum>() {
            return Ok(datum);
        }
        if let Some(number) = plain_number(&value) {
            return Ok(self.constant(Constant::Number(number), Kind::Number(None), place));
        }
        if let Ok(truth) = value.as_bool() {
            return Ok(self.constant(Constant::Truth(truth), Kind::Truth, place));
        }
        if let Ok(text) = value.into_string() {
            return Ok(self.constant(Constant::Text(text), Kind::Text(Rc::from([])), place));
        }
        let trouble = Trouble::new(
            "not-a-value",
            format!("这里需要一个数、日期、文字或条件，却是{zh}"),
            format!("a number, date, text or condition is needed here, not {en}"),
        );
        Err(match list {
            true => trouble.advice(
                "列表要逐个判断：all(各区.map(|x| x >= 线))",
                "test the values one by one: all(list.map(|x| x >= line))",
            ),
            false => trouble.advice(
                "写字段、参数、算出的值，或固定的数和文字",
                "write a field, a parameter, what is computed from them, or a fixed number or text",
            ),
        })
    }

    /// The data of a list in a script, or of one value.
    pub fn data(&mut self, value: Dynamic, place: Place) -> Outcome<Vec<Datum>> {
        let mut data = Vec::new();
        match value.try_cast_result::<rhai::Array>() {
            Ok(array) => {
                for item in array {
                    data.extend(self.data(item, place)?);
                }
            }
            Err(value) => data.push(self.datum(value, place)?),
        }
        Ok(data)
    }

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

    /// Arithmetic.
    pub fn arithmetic(
        &mut self,
        op: Operation,
        a: &Datum,
        b: &Datum,
        place: Place,
    ) -> Outcome<Datum> {
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

    /// The number that a node is, where it does not depend on data.
    pub fn number_of(&self, id: Id) -> Option<Number> {
        match self.graph.node(id) {
            Some(Node::Constant(Constant::Number(number))) => Some(number.clone()),
            _ => None,
        }
    }

    /// The number that a script value is, where it does not depend on data.
    pub fn plain(&self, value: &Dynamic) -> Option<Number> {
        let computed = || self.number_of(value.clone().try_cast::<Datum>()?.id);
        plain_number(value).or_else(computed)
    }

    /// What a zero means in this denominator.
    pub fn zero_policy(&self, denominator: &Datum) -> ZeroPolicy {
        let slot = match self.graph.node(denominator.id) {
            Some(Node::Slot(slot)) => self.zero.get(slot),
            _ => None,
        };
        slot.copied().unwrap_or(ZeroPolicy::Invalid)
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
                super::messages::meant(given, words.iter().map(String::as_str)).as_deref(),
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

    /// The graph with only what `roots` need, and where each node of before is now.
    pub fn finish(self, roots: impl IntoIterator<Item = Id>) -> (Graph, HashMap<Id, Id>) {
        let count = self.graph.nodes.len();
        let mut needed = vec![false; count];
        for root in roots {
            if let Some(needed) = needed.get_mut(root.0 as usize) {
                *needed = true;
            }
        }
        for (index, node) in self.graph.nodes.iter().enumerate().rev() {
            if needed.get(index) == Some(&true) {
                node.for_each(&mut |id| {
                    if let Some(needed) = needed.get_mut(id.0 as usize) {
                        *needed = true;
                    }
                });
            }
        }
        let mut graph = Graph {
            names: self.graph.names,
            ..Graph::default()
        };
        let mut now = HashMap::new();
        let parts = self
            .graph
            .nodes
            .into_iter()
            .zip(self.graph.units)
            .zip(self.graph.places);
        for (index, ((mut node, unit), place)) in parts.enumerate() {
            if needed.get(index) == Some(&true) {
                node.for_each_mut(&mut |id| *id = now.get(id).copied().unwrap_or(*id));
                now.insert(Id(index as u32), Id(graph.nodes.len() as u32));
                graph.nodes.push(node);
                graph.units.push(unit);
                graph.places.push(place);
            }
        }
        (graph, now)
    }
}

fn sum_node(op: Operation, a: Id, b: Id) -> Node {
    if op == Operation::Add {
        Node::Sum(vec![a, b])
    } else {
        Node::Difference(a, b)
    }
}

/// The exact number of a script value, if it is a plain number.
pub fn plain_number(value: &Dynamic) -> Option<Number> {
    if let Ok(number) = value.as_int() {
        return Some(Number::from(number));
    }
    let decimal = value.as_decimal().ok()?;
    Number::from_decimal(decimal.mantissa(), decimal.scale())
}
