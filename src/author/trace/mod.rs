//! Tracing: while a rule script runs, operators and words on data do not compute,
//! they record a node of the graph. A `Datum` is what the script holds meanwhile.

mod conditions;
mod kind;
mod numbers;

pub use kind::Kind;
pub use numbers::Operation;

use super::problem::Trouble;
use crate::check::{Inputs, Value, Work, value_of};
use crate::number::Number;
use crate::rulebook::{Constant, Graph, Id, Node, Place, ZeroPolicy};
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
    /// What may still be spent on long numbers.
    work: Work,
}

type Outcome<T> = Result<T, Trouble>;

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
        self.keep(folded.unwrap_or(node), kind, place)
    }

    /// Records a node as it is.
    pub fn keep(&mut self, node: Node, kind: Kind, place: Place) -> Datum {
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
            &self.graph,
            node,
            &self.values,
            Inputs {
                slots: &[],
                parameters: &[],
                words: &[],
                as_of: None,
                work: &self.work,
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

    /// The number that a node is, where it does not depend on data.
    pub fn number_of(&self, id: Id) -> Option<Number> {
        match self.graph.node(id) {
            Some(Node::Constant(Constant::Number(number))) => Some(number.clone()),
            _ => None,
        }
    }

    /// Whether a node depends on what is entered.
    pub fn holds_data(&self, id: Id) -> bool {
        let slot = |id: Id| matches!(self.graph.node(id), Some(Node::Slot(_) | Node::Filled(_)));
        self.graph.support(id).into_iter().any(slot)
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

/// The exact number of a script value, if it is a plain number.
pub fn plain_number(value: &Dynamic) -> Option<Number> {
    if let Ok(number) = value.as_int() {
        return Some(Number::from(number));
    }
    let decimal = value.as_decimal().ok()?;
    Number::from_decimal(decimal.mantissa(), decimal.scale())
}
