//! The graph of expressions: what rules compute, as data.
//!
//! Units were settled when the rules were compiled; a node only remembers the
//! unit's name, for people.

use crate::date::Date;
use crate::number::{Number, figures};
use crate::text::concat;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The most nodes of a value that is known to be a line.
const MOST_OF_LINE: usize = 16;

/// A node, by its place in the graph.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, PartialOrd, Ord)]
pub struct Id(pub u32);

/// All expressions of a rulebook; each node refers only to nodes before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Names of units and of rule files, each once.
    pub names: Vec<String>,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// Unit of each node's value: an index into `names`.
    pub units: Vec<u32>,
    /// Where each node was written.
    pub places: Vec<Place>,
}

/// A place in a rule file.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Place {
    /// Index of the file's name.
    pub file: u32,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// A value that is written down.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Constant {
    /// A number.
    Number(Number),
    /// Yes or no.
    Truth(bool),
    /// A date.
    Date(Date),
    /// A word, for instance a choice.
    Text(String),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Order {
    /// ≥
    AtLeast,
    /// >
    Above,
    /// ≤
    AtMost,
    /// <
    Below,
    /// =
    Equal,
    /// ≠
    Unequal,
}

impl Order {
    /// Whether two values that are so ordered compare.
    #[inline(always)]
    pub const fn holds(self, ordering: Ordering) -> bool {
        // Bits for less, equal and greater.
        let bits = match self {
            Self::AtLeast => 0b110,
            Self::Above => 0b100,
            Self::AtMost => 0b011,
            Self::Below => 0b001,
            Self::Equal => 0b010,
            Self::Unequal => 0b101,
        };
        bits >> (ordering as i8 + 1) & 1 == 1
    }

    /// The operator as rules write it.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Equal => "==",
            Self::Unequal => "!=",
        }
    }
}

/// What it means that a denominator is zero.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ZeroPolicy {
    /// The data is wrong.
    Invalid,
    /// There is nothing to judge: the branch does not apply.
    NotApplicable,
    /// Nothing was due, so nothing is lacking: the comparison holds.
    Met,
    /// A zero here is a figure not yet entered.
    Missing,
}

impl ZeroPolicy {
    /// All policies with the words that rules use for them.
    #[cfg(feature = "compare")]
    pub const WORDS: [(&'static str, Self); 4] = [
        ("invalid", Self::Invalid),
        ("not_applicable", Self::NotApplicable),
        ("met", Self::Met),
        ("missing", Self::Missing),
    ];
}

/// Which way to round.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Rounding {
    /// Half to even, GB/T 8170.
    HalfEven,
    /// Towards positive infinity.
    Up,
    /// Towards negative infinity.
    Down,
}

/// How a part of a step is counted.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum StepMode {
    /// Whole steps only.
    Whole,
    /// A part counts as a whole step.
    Part,
    /// In proportion.
    Linear,
}

impl StepMode {
    /// All modes with the words that rules and parameters use for them: those that staff
    /// choose from, then the short ones.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("满一档才扣", Self::Whole),
        ("不足一档按一档扣", Self::Part),
        ("按比例扣", Self::Linear),
        ("whole", Self::Whole),
        ("part", Self::Part),
        ("linear", Self::Linear),
    ];

    /// The mode of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(w, _)| *w == word)
            .map(|(_, mode)| *mode)
    }
}

/// Points lost for each step by which a value falls short of a line.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Steps {
    /// The value.
    pub value: Id,
    /// The line.
    pub line: Id,
    /// Whether falling short means exceeding the line.
    pub above: bool,
    /// Size of a step, in the unit of the value.
    pub step: Id,
    /// Points lost for a step.
    pub lose: Id,
    /// Full points.
    pub full: Id,
    /// How a part of a step is counted: a text, `whole`, `part` or `linear`.
    pub mode: Id,
}

/// An expression.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Node {
    /// A value that is written down.
    Constant(Constant),
    /// An entered value.
    Slot(u32),
    /// A threshold, as of the date of the check.
    Parameter(u32),
    /// a + b + …
    Sum(Vec<Id>),
    /// a − b
    Difference(Id, Id),
    /// a × b
    Product(Id, Id),
    /// a ÷ b
    Quotient(Id, Id, ZeroPolicy),
    /// a ÷ b × 100
    Percent(Id, Id, ZeroPolicy),
    /// The same quantity in another unit: a × factor.
    Convert(Id, Number),
    /// |a|
    Absolute(Id),
    /// The smallest.
    Least(Vec<Id>),
    /// The largest.
    Greatest(Vec<Id>),
    /// The mean.
    Average(Vec<Id>),
    /// The sum of those parts that apply; what is added with a sign, as a `Sum` is, has a value only as a whole.
    Total(Vec<Id>),
    /// The mean of values that were multiplied with their weights.
    Weighted(Vec<Id>),
    /// Rounded to decimal places.
    Round(Id, u32, Rounding),
    /// Days from the first date to the second.
    DaysBetween(Id, Id),
    /// Whole years from the first date to the second.
    YearsBetween(Id, Id),
    /// A comparison.
    Compare(Order, Id, Id),
    /// Every part holds.
    All(Vec<Id>),
    /// Some part holds.
    Any(Vec<Id>),
    /// No part holds.
    None(Vec<Id>),
    /// At least so many parts hold.
    AtLeast(u32, Vec<Id>),
    /// The part does not hold.
    Not(Id),
    /// One of two values, by a condition.
    When(Id, Id, Id),
    /// The value has been entered.
    Filled(u32),
    /// Points by steps.
    Steps(Steps),
    /// The date of the check.
    AsOf,
    /// The day so many months after a date.
    MonthsAfter(Id, Id),
}

/// The parts of a node, by shared or by mutable reference.
macro_rules! visit {
    ($node:expr, $visit:expr, $iter:ident) => {
        match $node {
            Node::Constant(_)
            | Node::Slot(_)
            | Node::Parameter(_)
            | Node::Filled(_)
            | Node::AsOf => {}
            Node::Convert(a, _) | Node::Absolute(a) | Node::Round(a, ..) | Node::Not(a) => {
                $visit(a)
            }
            Node::Difference(a, b)
            | Node::Product(a, b)
            | Node::Quotient(a, b, _)
            | Node::Percent(a, b, _)
            | Node::DaysBetween(a, b)
            | Node::MonthsAfter(a, b)
            | Node::YearsBetween(a, b)
            | Node::Compare(_, a, b) => {
                $visit(a);
                $visit(b);
            }
            Node::When(a, b, c) => {
                $visit(a);
                $visit(b);
                $visit(c);
            }
            Node::Sum(list)
            | Node::Least(list)
            | Node::Greatest(list)
            | Node::Average(list)
            | Node::Total(list)
            | Node::Weighted(list)
            | Node::All(list)
            | Node::Any(list)
            | Node::None(list)
            | Node::AtLeast(_, list) => list.$iter().for_each($visit),
            Node::Steps(Steps {
                value,
                line,
                above: _,
                step,
                lose,
                full,
                mode,
            }) => {
                [value, line, step, lose, full, mode]
                    .into_iter()
                    .for_each($visit);
            }
        }
    };
}

impl Node {
    /// Calls `visit` with each node that this one refers to, in order.
    pub fn for_each(&self, visit: &mut dyn FnMut(Id)) {
        let mut visit = |id: &Id| visit(*id);
        visit!(self, visit, iter);
    }

    /// Calls `visit` with each reference, to change it.
    #[cfg(feature = "compare")]
    pub fn for_each_mut(&mut self, visit: &mut dyn FnMut(&mut Id)) {
        visit!(self, visit, iter_mut);
    }
}

impl Graph {
    /// The node of an id.
    pub fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The name of the unit of a node's value; empty where it has none.
    pub fn unit(&self, id: Id) -> &str {
        let name = self
            .units
            .get(id.0 as usize)
            .and_then(|name| self.names.get(*name as usize));
        name.map_or("", String::as_str)
    }

    /// Where a node was written: `file:line:column`.
    pub fn place(&self, id: Id) -> String {
        let Some(place) = self.places.get(id.0 as usize) else {
            return String::new();
        };
        let file = self
            .names
            .get(place.file as usize)
            .map_or("", String::as_str);
        concat(&[file, ":", &figures(place.line), ":", &figures(place.column)])
    }

    /// The weights of the parts of a weighted mean.
    pub fn weights(&self, parts: &[Id]) -> Vec<Id> {
        let mut weights = Vec::new();
        for part in parts {
            if let Some(Node::Product(_, weight)) = self.node(*part) {
                weights.push(*weight);
            }
        }
        weights
    }

    /// Whether no data has a part in a value. Of what is computed from much, or in other ways than
    /// lines are, it is not known.
    pub fn is_line(&self, id: Id) -> bool {
        let mut open = vec![id];
        for _ in 0..MOST_OF_LINE {
            let Some(node) = open.pop().map(|id| self.node(id)) else {
                return true;
            };
            match node {
                Some(
                    Node::Constant(_)
                    | Node::Parameter(_)
                    | Node::Convert(..)
                    | Node::Absolute(_)
                    | Node::Round(..)
                    | Node::Difference(..)
                    | Node::Product(..)
                    | Node::Quotient(..)
                    | Node::Percent(..),
                ) => {}
                Some(Node::Sum(list)) if list.len() < MOST_OF_LINE => {}
                _ => return false,
            }
            if let Some(node) = node {
                node.for_each(&mut |part| open.push(part));
            }
        }
        false
    }

    /// Every node that `root` depends on, itself included, in the order of evaluation.
    pub fn support(&self, root: Id) -> Vec<Id> {
        // Nodes refer to earlier nodes only, so taking the latest first meets each node
        // after all that refer to it, and its duplicates stand side by side.
        let mut open = BinaryHeap::from([root]);
        let mut support: Vec<Id> = Vec::new();
        while let Some(id) = open.pop() {
            if support.last() == Some(&id) {
                continue;
            }
            support.push(id);
            if let Some(node) = self.node(id) {
                node.for_each(&mut |part| open.push(part));
            }
        }
        support.reverse();
        support
    }

    /// How many steps it takes to evaluate some nodes: one for each of them and for each of their parts.
    pub fn weight(&self, support: &[Id]) -> usize {
        let mut weight = support.len();
        for id in support {
            if let Some(node) = self.node(*id) {
                node.for_each(&mut |_| weight += 1);
            }
        }
        weight
    }

    /// The slots that `root` reads, each once, in order.
    pub fn slots_of(&self, root: Id) -> Vec<u32> {
        self.slots_in(&self.support(root))
    }

    /// The slots among some nodes, each once, in order.
    pub fn slots_in(&self, support: &[Id]) -> Vec<u32> {
        self.read_in(support, |node| match node {
            Node::Slot(slot) | Node::Filled(slot) => Some(*slot),
            _ => None,
        })
    }

    /// The parameters that `root` reads, each once, in order.
    pub fn parameters_of(&self, root: Id) -> Vec<u32> {
        self.read_in(&self.support(root), |node| match node {
            Node::Parameter(index) => Some(*index),
            _ => None,
        })
    }

    fn read_in(&self, support: &[Id], pick: fn(&Node) -> Option<u32>) -> Vec<u32> {
        let mut found = Vec::new();
        for id in support {
            found.extend(self.node(*id).and_then(pick));
        }
        in_order(&mut found);
        found
    }
}

/// Puts numbers in order, each once.
pub fn in_order(numbers: &mut Vec<u32>) {
    numbers.sort_unstable();
    numbers.dedup();
}

/// So many places in order; equal ones stay as they are. The module holds the code that sorts once for all that is
/// ordered by places, where it would hold it for each kind of item.
pub fn ordered(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}
