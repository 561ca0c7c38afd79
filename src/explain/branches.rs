//! The reason trees of all indicators as numbers: what a page needs to know of each branch, in arrays that cross the
//! module's boundary at once. What a branch is called is looked up by its node, when somebody reads it.

use super::reason::{DEEPEST, Left, decides};
use crate::check::{Arithmetic, Cause, Plain, Value, at, nearest};
use crate::rulebook::{Graph, Id, Indicator, Node};

/// The branches of some conditions, in the order of reading.
#[derive(Clone, Debug, Default)]
pub struct Branches {
    /// Of each branch its node and its marks: bits 0–1 whether it holds (0 unknown, 1 no, 2 yes, 3 does not apply), bit 2
    /// whether it decides, bit 3 whether it compares, and the number of its parts above.
    pub marks: Vec<u32>,
    /// Of each branch that compares: left, right, and how far they are apart; `NaN` where that is not known.
    pub numbers: Vec<f64>,
    left: Left,
}

impl Branches {
    /// Begins anew.
    pub fn clear(&mut self, graph: &Graph) {
        self.marks.clear();
        self.numbers.clear();
        self.left = Left::of(graph);
    }

    /// Adds the condition of an indicator, as its reason in a report has it.
    pub fn add(&mut self, graph: &Graph, values: &[Plain], indicator: &Indicator) {
        self.left.begin();
        let applies = indicator.applies;
        let doubted = applies.filter(|applies| at(values, *applies).truth() != Some(true));
        self.branch(graph, values, doubted.unwrap_or(indicator.meets), true, 0);
    }

    fn branch(&mut self, graph: &Graph, values: &[Plain], id: Id, decisive: bool, depth: usize) {
        let value = at(values, id);
        let holds = match (value.truth(), value.cause()) {
            (Some(false), _) => 1,
            (Some(true), _) => 2,
            (None, Some(Cause::NotApplicable)) => 3,
            (None, _) => 0,
        };
        let told = self.left.take(1) && depth < DEEPEST;
        let mut compares = false;
        let (single, choice);
        let (kind, list): (_, &[Id]) = match graph.node(id).filter(|_| told) {
            Some(Node::All(list)) => ("all", list),
            Some(Node::Any(list)) => ("any", list),
            Some(Node::None(list)) => ("none", list),
            Some(Node::AtLeast(_, list)) => ("at_least", list),
            Some(Node::Not(part)) => {
                single = [*part];
                ("not", &single)
            }
            Some(Node::When(a, b, c)) => {
                choice = [*a, *b, *c];
                ("when", &choice)
            }
            Some(Node::Compare(_, a, b)) => {
                let (a, b) = (at(values, *a), at(values, *b));
                for number in &[figure(a), figure(b), gap(a, b)] {
                    self.numbers.push(*number);
                }
                compares = true;
                ("", &[])
            }
            _ => ("", &[]),
        };
        let flags = u32::from(decisive) << 2 | u32::from(compares) << 3;
        let own = self.marks.len() + 1;
        self.marks.push(id.0);
        self.marks.push(holds | flags);
        for part in list {
            if self.left.is_none() {
                break;
            }
            if let Some(mark) = self.marks.get_mut(own) {
                *mark += 1 << 4;
            }
            let decisive = decisive && decides(values, kind, id, list, *part);
            self.branch(graph, values, *part, decisive, depth + 1);
        }
    }
}

/// The nearest binary number: of a date its days since 1970-01-01, of a word its number, of a truth 1 or 0.
fn figure(value: &Plain) -> f64 {
    match value {
        Value::Number(number) => nearest(*number),
        Value::Truth(truth) => f64::from(u8::from(*truth)),
        Value::Date(date) => f64::from(date.days()),
        Value::Text(word) => f64::from(*word),
        Value::Unknown(_) => f64::NAN,
    }
}

fn gap(a: &Plain, b: &Plain) -> f64 {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let gap = a.sub(b).and_then(|gap| gap.size());
            gap.map_or(f64::NAN, nearest)
        }
        (Value::Date(a), Value::Date(b)) => f64::from(a.days_until(*b)).abs(),
        _ => f64::NAN,
    }
}
