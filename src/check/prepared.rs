//! The fast evaluation: a rulebook made ready for many checks on one date, with the same lines.
//!
//! It computes outcomes and points with numbers of machine words, and only what depends on
//! data. What does not fit makes it say so, and the full evaluation decides: they always agree.

use super::evaluate::{Inputs, Work, at, evaluate, value_of};
use super::small::{Plain, Small};
use super::value::{Cause, Value};
use super::{Criterion, Finding, Outcome, aside, check, judge, lines};
use crate::date::Date;
use crate::entry::{Reading, missing};
use crate::rulebook::{Constant, Graph, Id, Node, Order, Rulebook, ordered};
use std::rc::Rc;

/// What is the same for every check on a date with the same lines.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The date of the checks.
    pub as_of: Date,
    /// The words that rules know, in order.
    pub words: Vec<Rc<str>>,
    /// What judges each indicator, and its full points.
    pub(super) criteria: Vec<(Criterion, Option<Small>)>,
    /// The conditions that refuse data.
    pub(super) refusals: Vec<Refusal>,
    /// The lines.
    parameters: Vec<Plain>,
    /// The nodes that data decides, in order, but those that are entered values.
    pub(super) live: Vec<Id>,
    /// The same, as the way to their values.
    steps: Vec<Step>,
    /// The nodes that are entered values, with their slots; and those of them that steps look for among the values.
    pub(super) entered: Vec<(Id, u32)>,
    read: Vec<(Id, u32)>,
    /// The values of all others.
    pub(super) start: Vec<Plain>,
    /// No number here is long, so nothing is taken of it.
    work: Work,
    /// The rules themselves hold long numbers. How far the full evaluation gets with those depends on the data.
    pub(super) long: bool,
}

/// The way to the value of a node.
#[derive(Clone, Debug)]
enum Step {
    /// A comparison of an entered value with a line that no data moves: by far the most frequent.
    Entered(Id, Order, (Id, u32), Small),
    /// A comparison of another value with such a line.
    Line(Id, Order, Id, Small),
    /// Anything.
    Node(Id),
}

/// A data check whose failing makes what it reads invalid.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub holds: Id,
    /// The nodes that it stands on, in order.
    pub support: Vec<Id>,
    pub slots: Vec<u32>,
}

/// An entry on its way through the fast evaluation; used again for the next.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What was entered.
    pub slots: Vec<Plain>,
    /// Indicators that are set aside, whatever the data.
    pub aside: Vec<Option<Outcome>>,
    /// One for each indicator.
    pub findings: Vec<Finding<Small>>,
    /// The value of every node, once the row is complete.
    pub values: Vec<Plain>,
    complete: bool,
}

impl Prepared {
    /// Makes a rulebook ready; of the reading only the lines count.
    pub fn new(rulebook: &Rulebook, reading: &Reading, as_of: Date) -> Self {
        let graph = &rulebook.graph;
        let words = words(rulebook);
        let exact = lines(rulebook, reading, as_of);
        let slots = missing(rulebook);
        let values = evaluate(
            graph,
            Inputs {
                slots: &slots,
                parameters: &exact,
                words: &[],
                as_of: Some(as_of),
                work: &Work::default(),
            },
        );
        let is_long = |value: &Value| value.number().is_some_and(|number| number.length() > 0);
        let long = values.iter().any(is_long);
        let (mut criteria, mut refusals, mut roots) = (Vec::new(), Vec::new(), Vec::new());
        for indicator in &rulebook.indicators {
            let criterion: Criterion = indicator.into();
            for root in &criterion.roots() {
                roots.extend(*root);
            }
            criteria.push((criterion, Small::of(&indicator.points)));
        }
        for check in &rulebook.data_checks {
            if !check.error {
                continue;
            }
            let support = graph.support(check.holds);
            roots.push(check.holds);
            refusals.push(Refusal {
                holds: check.holds,
                slots: graph.slots_in(&support),
                support,
            });
        }
        let (entered, live) = live(graph, &roots);
        let start = plains(&values, &words);
        let moves = |id: Id| {
            live.binary_search(&id).is_ok() || matches!(graph.node(id), Some(Node::Slot(_)))
        };
        let mut seen = vec![false; graph.nodes.len()];
        for root in roots {
            mark(&mut seen, root);
        }
        let mut steps = Vec::new();
        for id in &live {
            let Some(node) = graph.node(*id) else {
                continue;
            };
            let step = match node {
                Node::Compare(order, a, b) => match (at(&start, *b), graph.node(*a)) {
                    (Value::Number(line), of) if !moves(*b) => match of {
                        Some(Node::Slot(slot)) => Step::Entered(*id, *order, (*a, *slot), *line),
                        _ => Step::Line(*id, *order, *a, *line),
                    },
                    _ => Step::Node(*id),
                },
                _ => Step::Node(*id),
            };
            if !matches!(step, Step::Entered(..)) {
                node.for_each(&mut |part| mark(&mut seen, part));
            }
            steps.push(step);
        }
        let mut read = Vec::new();
        for (id, slot) in &entered {
            if seen.get(id.0 as usize) == Some(&true) {
                read.push((*id, *slot));
            }
        }
        Self {
            as_of,
            parameters: plains(&exact, &words),
            steps,
            live,
            entered,
            read,
            start,
            criteria,
            refusals,
            words,
            work: Work::default(),
            long,
        }
    }

    /// A row to write slots into.
    pub fn blank(&self) -> Row {
        Row {
            values: self.start.clone(),
            ..Row::default()
        }
    }

    /// An entry that was read; what does not fit is `Beyond`.
    pub fn row(&self, reading: &Reading) -> Row {
        let mut row = self.blank();
        row.slots = plains(&reading.slots, &self.words);
        for index in 0..self.criteria.len() {
            row.aside.push(aside(reading, index, self.as_of));
        }
        row
    }

    /// Judges every indicator of an entry that was read, by the full evaluation where it takes that.
    pub fn judge_reading(
        &self,
        rulebook: &Rulebook,
        reading: &Reading,
        row: &mut Row,
    ) -> Vec<Finding> {
        *row = self.row(reading);
        if self.judge(rulebook, row) && self.is_whole(row) {
            self.complete(row);
            let mut findings = Vec::new();
            for finding in &row.findings {
                findings.push(finding.exact());
            }
            return findings;
        }
        let checked = check(rulebook, reading, self.as_of);
        row.values = plains(&checked.values, &self.words);
        row.complete = true;
        checked.findings
    }

    /// Whether every value is known that the full evaluation knows, not only what decided.
    pub fn is_whole(&self, row: &Row) -> bool {
        let mut values = self.live.iter().map(|id| at(&row.values, *id));
        values.all(|value| value.cause() != Some(Cause::Beyond))
    }

    /// Judges every indicator; `false` where only the full evaluation can.
    #[cfg_attr(target_arch = "wasm32", optimize(speed))]
    pub fn judge(&self, rulebook: &Rulebook, row: &mut Row) -> bool {
        row.complete = false;
        if self.long {
            return false;
        }
        self.run(&rulebook.graph, row);
        let mut refused: Vec<u32> = Vec::new();
        for refusal in &self.refusals {
            match at(&row.values, refusal.holds) {
                Value::Truth(false) => refused.extend(&refusal.slots),
                Value::Unknown(Cause::Beyond) => return false,
                _ => {}
            }
        }
        if !refused.is_empty() {
            let entered = row.slots.clone();
            for slot in refused {
                if let Some(place) = row.slots.get_mut(slot as usize) {
                    *place = Value::INVALID;
                }
            }
            self.run(&rulebook.graph, row);
            self.complete(row);
            row.slots = entered;
        }
        row.findings.truncate(self.criteria.len());
        while row.findings.len() < self.criteria.len() {
            row.findings.push(Outcome::Invalid.into());
        }
        let places = row.findings.iter_mut().enumerate();
        for ((index, place), (criterion, full)) in places.zip(&self.criteria) {
            let finding = match (row.aside.get(index), at(&row.values, criterion.meets), full) {
                (Some(Some(outcome)), ..) => Some((*outcome).into()),
                // By far the most frequent: all points or none.
                (_, Value::Truth(true), Some(full)) if criterion.is_plain() => Some(Finding {
                    outcome: Outcome::Met,
                    points: Some(*full),
                }),
                (_, Value::Truth(false), Some(_)) if criterion.is_plain() => Some(Finding {
                    outcome: Outcome::Unmet,
                    points: Some(0.into()),
                }),
                (_, _, Some(full)) => judge(*criterion, full, &row.values),
                _ => None,
            };
            let Some(finding) = finding else {
                return false;
            };
            *place = finding;
        }
        true
    }

    /// Puts every entered value where its node is, for those who look at values.
    pub fn complete(&self, row: &mut Row) {
        if !row.complete {
            enter(&self.entered, &row.slots, &mut row.values);
            row.complete = true;
        }
    }

    /// Evaluates everything that data decides.
    #[cfg_attr(target_arch = "wasm32", optimize(speed))]
    pub(super) fn run(&self, graph: &Graph, row: &mut Row) {
        let (slots, values) = (&row.slots, &mut row.values);
        enter(&self.read, slots, values);
        let inputs = self.inputs(slots);
        for step in &self.steps {
            let (id, holds) = match step {
                Step::Entered(id, order, entered, line) => match slots.get(entered.1 as usize) {
                    Some(Value::Number(number)) => (id, Some(order.holds(number.cmp(line)))),
                    _ => {
                        enter(&[*entered], slots, values);
                        (id, None)
                    }
                },
                Step::Line(id, order, of, line) => match at(values, *of) {
                    Value::Number(number) => (id, Some(order.holds(number.cmp(line)))),
                    _ => (id, None),
                },
                Step::Node(id) => (id, None),
            };
            match holds {
                Some(holds) => put(values, *id, Value::Truth(holds)),
                None => {
                    let value = of_node(graph, *id, values, inputs);
                    put(values, *id, value);
                }
            }
        }
    }

    fn inputs<'a>(&'a self, slots: &'a [Plain]) -> Inputs<'a, Small> {
        Inputs {
            slots,
            parameters: &self.parameters,
            words: &self.words,
            as_of: Some(self.as_of),
            work: &self.work,
        }
    }

    /// Evaluates some nodes, which must be in order.
    pub(super) fn evaluate(
        &self,
        graph: &Graph,
        nodes: &[Id],
        slots: &[Plain],
        values: &mut [Plain],
    ) {
        let inputs = self.inputs(slots);
        for id in nodes {
            let value = of_node(graph, *id, values, inputs);
            put(values, *id, value);
        }
    }
}

/// Puts a value where its node is.
#[inline(always)]
fn put(values: &mut [Plain], id: Id, value: Plain) {
    if let Some(place) = values.get_mut(id.0 as usize) {
        *place = value;
    }
}

/// Puts entered values where their nodes are.
#[cfg_attr(target_arch = "wasm32", optimize(speed))]
fn enter(nodes: &[(Id, u32)], slots: &[Plain], values: &mut [Plain]) {
    for (id, slot) in nodes {
        let value = slots.get(*slot as usize).unwrap_or(&Value::INVALID);
        put(values, *id, *value);
    }
}

#[cfg_attr(target_arch = "wasm32", optimize(speed))]
fn of_node(graph: &Graph, id: Id, values: &[Plain], inputs: Inputs<'_, Small>) -> Plain {
    match graph.node(id) {
        Some(node) => value_of(graph, node, values, inputs),
        None => Value::INVALID,
    }
}

/// A value as the fast evaluation holds it.
pub fn plain(value: &Value, words: &[Rc<str>]) -> Plain {
    match value {
        Value::Number(number) => {
            Small::of(number).map_or(Value::Unknown(Cause::Beyond), Value::Number)
        }
        Value::Truth(truth) => Value::Truth(*truth),
        Value::Date(date) => Value::Date(*date),
        Value::Text(text) => {
            number_of(words, text).map_or(Value::Unknown(Cause::Beyond), Value::Text)
        }
        Value::Unknown(cause) => Value::Unknown(*cause),
    }
}

fn plains(values: &[Value], words: &[Rc<str>]) -> Vec<Plain> {
    let mut plains = Vec::new();
    for value in values {
        plains.push(plain(value, words));
    }
    plains
}

/// The number of a word.
pub fn number_of(words: &[Rc<str>], text: &str) -> Option<u32> {
    let found = words.binary_search_by(|word| (**word).cmp(text));
    found.ok().map(|index| index as u32)
}

/// Notes a node.
fn mark(nodes: &mut [bool], id: Id) {
    if let Some(place) = nodes.get_mut(id.0 as usize) {
        *place = true;
    }
}

/// Every word that rules compare with or choose from, in order.
fn words(rulebook: &Rulebook) -> Vec<Rc<str>> {
    let mut words: Vec<Rc<str>> = Vec::new();
    let mut add = |choices: &[String]| {
        for choice in choices {
            words.push(choice.as_str().into());
        }
    };
    for field in &rulebook.fields {
        add(&field.choices);
    }
    for parameter in &rulebook.parameters {
        add(&parameter.choices);
    }
    for node in &rulebook.graph.nodes {
        if let Node::Constant(Constant::Text(text)) = node {
            words.push(text.as_str().into());
        }
    }
    let mut all: Vec<Rc<str>> = Vec::new();
    for at in ordered(words.len(), &|a, b| words.get(a).cmp(&words.get(b))) {
        if let Some(word) = words.get(at).filter(|word| all.last() != Some(*word)) {
            all.push(word.clone());
        }
    }
    all
}

/// The nodes that `roots` stand on and data decides, in order: those that are entered values, and the others.
fn live(graph: &Graph, roots: &[Id]) -> (Vec<(Id, u32)>, Vec<Id>) {
    let count = graph.nodes.len();
    let mut needed = vec![false; count];
    for root in roots {
        mark(&mut needed, *root);
    }
    for (index, node) in graph.nodes.iter().enumerate().rev() {
        if needed.get(index) == Some(&true) {
            node.for_each(&mut |part| mark(&mut needed, part));
        }
    }
    let mut moved = vec![false; count];
    let (mut entered, mut live) = (Vec::new(), Vec::new());
    for (index, node) in graph.nodes.iter().enumerate() {
        let mut moves = matches!(node, Node::Slot(_) | Node::Filled(_));
        node.for_each(&mut |part| moves |= moved.get(part.0 as usize) == Some(&true));
        if let Some(place) = moved.get_mut(index) {
            *place = moves;
        }
        if moves && needed.get(index) == Some(&true) {
            let id = Id(index as u32);
            match node {
                Node::Slot(slot) => entered.push((id, *slot)),
                _ => live.push(id),
            }
        }
    }
    (entered, live)
}
