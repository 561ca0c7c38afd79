//! What a compiled standard says of itself without any data: names that nothing uses,
//! conditions that no entry could change, indicators without examples.

use super::State;
use super::declare::Named;
use super::problem::Trouble;
use super::reach;
use crate::number::Number;
use crate::rulebook::{Constant, FieldType, Graph, Id, Node, Order};
use rhai::Position;
use std::cmp::Ordering::{Greater, Less};
use std::collections::{HashMap, HashSet};

/// Everything doubtful; conditions that can't hold are errors, the rest are warnings.
pub fn analyse(state: &mut State) {
    let mut found = unused(state);
    found.extend(without_examples(state));
    found.extend(empty_chapters(state));
    found.extend(fixed_conditions(state));
    found.extend(small_shares(state));
    found.extend(small_comparisons(state));
    found.extend(reach::beyond(state));
    for (file, at, trouble) in found {
        state.file = file;
        state.problem(trouble, at);
    }
}

type Found = (String, Position, Trouble);

/// Fields and parameters that no rule reads.
fn unused(state: &State) -> Vec<Found> {
    let mut used: HashSet<Named> = HashSet::new();
    for root in state.roots() {
        for id in state.trace.graph.support(root) {
            match state.trace.graph.node(id) {
                Some(Node::Slot(slot) | Node::Filled(slot)) => {
                    let after = state.rulebook.fields.partition_point(|f| f.slot <= *slot);
                    used.insert(Named::Field(after.saturating_sub(1)));
                }
                Some(Node::Parameter(index)) => {
                    used.insert(Named::Parameter(*index as usize));
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    let mut tell = |named: Named, trouble: Trouble| {
        if let (false, Some((file, at))) = (used.contains(&named), state.named_at.get(&named)) {
            found.push((file.clone(), *at, trouble.warning()));
        }
    };
    for (index, field) in state.rulebook.fields.iter().enumerate() {
        if field.record {
            continue;
        }
        let name = &field.name;
        let trouble = Trouble::new(
            "unused-field",
            format!("没有规则用到字段“{name}”"),
            format!("no rule uses the field “{name}”"),
        );
        tell(
            Named::Field(index),
            trouble.advice(
                "删去它；只作备案的，写 record: true",
                "delete it; or write record: true if it is only kept for the record",
            ),
        );
    }
    for (index, parameter) in state.rulebook.parameters.iter().enumerate() {
        let name = &parameter.label;
        let trouble = Trouble::new(
            "unused-parameter",
            format!("没有规则用到参数“{name}”"),
            format!("no rule uses the parameter “{name}”"),
        );
        tell(
            Named::Parameter(index),
            trouble.advice("删去它，或在规则中用它", "delete it, or use it in a rule"),
        );
    }
    found
}

fn without_examples(state: &State) -> Vec<Found> {
    let shown: HashSet<usize> = state.examples.iter().map(|e| e.indicator).collect();
    let all = state.rulebook.indicators.iter().zip(&state.indicators_at);
    let without = all.enumerate().filter(|(index, _)| !shown.contains(index));
    let tell = |(_, (indicator, (file, at))): (_, (&crate::rulebook::Indicator, &(String, _)))| {
        let id = &indicator.id;
        let trouble = Trouble::new(
            "no-example",
            format!("指标 {id} 没有例子"),
            format!("indicator {id} has no examples"),
        )
        .advice(
            "在它后面写 example(\"恰在线上\", #{ 字段: 值 }, met);",
            "write example(\"on the line\", #{ field: value }, met); after it",
        );
        (file.clone(), *at, trouble.warning())
    };
    without.map(tell).collect()
}

/// Chapters of which no file is left: their weight counts all the same.
fn empty_chapters(state: &State) -> Vec<Found> {
    let rulebook = &state.rulebook;
    let chapter = |indicator: &crate::rulebook::Indicator| {
        let group = rulebook.groups.get(indicator.group as usize);
        group.map(|group| group.chapter as usize)
    };
    let filled: HashSet<usize> = rulebook.indicators.iter().filter_map(chapter).collect();
    // A file that is only begun says so by itself; what weighs has to be there.
    let begun = |index: usize| {
        rulebook
            .groups
            .iter()
            .any(|group| group.chapter as usize == index)
    };
    let all = rulebook.chapters.iter().zip(&state.chapters_at).enumerate();
    let empty = all.filter(|(index, _)| {
        !filled.contains(index) && (!begun(*index) || !rulebook.scheme.weights.is_empty())
    });
    let tell =
        |(index, (chapter, (file, at))): (usize, (&crate::rulebook::Chapter, &(String, _)))| {
            let id = &chapter.id;
            let weight = rulebook.scheme.weights.get(index).map(Number::exact);
            let (zh, en) = match weight {
                Some(weight) => (
                    format!("，它的权重 {weight} 却照样计入"),
                    format!(", but its weight of {weight} counts"),
                ),
                None => (String::new(), String::new()),
            };
            let trouble = Trouble::new(
                "empty-chapter",
                format!("章“{id}”没有指标{zh}"),
                format!("the chapter “{id}” has no indicators{en}"),
            )
            .marks(format!("\"{id}\""))
            .advice(
                format!("看看文件夹“{id}”还在不在，名称对不对；不要这一章就删去这一句"),
                format!(
                    "look whether the folder “{id}” is there and so named, or delete the chapter"
                ),
            );
            (file.clone(), *at, trouble.warning())
        };
    empty.map(tell).collect()
}

/// What is said of a line in % that looks like a ratio: 0.8 where 80 was meant.
pub fn small_share(number: &Number) -> Trouble {
    let (written, percent) = (number.exact(), number.checked_mul(&Number::from(100)));
    let percent = percent.unwrap_or(Number::ZERO).exact();
    Trouble::new(
        "small-share",
        format!("单位是 %，线却是 {written}，即 {written}%"),
        format!("the unit is % and the line is {written}, that is {written}%"),
    )
    .advice(
        format!("要的是 {percent}% 就写 {percent}；确是 {written}% 就不用改"),
        format!("write {percent} if {percent}% is meant; leave it if it is {written}%"),
    )
    .warning()
}

/// Shares that are compared with a plain number below 1.
fn small_comparisons(state: &State) -> Vec<Found> {
    let graph = &state.trace.graph;
    let unit = |id: &Id| {
        let index = graph.units.get(id.0 as usize)?;
        graph.names.get(*index as usize).map(String::as_str)
    };
    let small = |share: &Id, line: &Id| {
        let number = state.trace.number_of(*line)?;
        let plain = unit(share) == Some("%") && unit(line) == Some("");
        (plain && number.signum() > 0 && number < Number::ONE).then_some(number)
    };
    let mut nodes: Vec<Id> = state.roots();
    nodes = nodes.iter().flat_map(|root| graph.support(*root)).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let found = nodes.into_iter().filter_map(|id| {
        let Node::Compare(_, a, b) = graph.node(id)? else {
            return None;
        };
        let number = small(a, b).or_else(|| small(b, a))?;
        let (file, at) = place_of(graph, id)?;
        Some((file, at, small_share(&number)))
    });
    found.collect()
}

/// Where a node is written.
fn place_of(graph: &Graph, id: Id) -> Option<(String, Position)> {
    let place = graph.places.get(id.0 as usize)?;
    let file = graph.names.get(place.file as usize).cloned();
    let at = match (u16::try_from(place.line), u16::try_from(place.column)) {
        (Ok(line), Ok(column)) if line > 0 => Position::new(line, column),
        _ => Position::NONE,
    };
    Some((file.unwrap_or_default(), at))
}

/// Parameters in % that look like ratios.
fn small_shares(state: &State) -> Vec<Found> {
    let small = |number: &Number| number.signum() > 0 && *number <= Number::ONE;
    let mut found = Vec::new();
    for (index, parameter) in state.rulebook.parameters.iter().enumerate() {
        let mut values = parameter.values.iter().map(|value| &value.value);
        let value = values.find_map(|value| match value {
            Constant::Number(number) if small(number) => Some(number),
            _ => None,
        });
        let at = state.named_at.get(&Named::Parameter(index));
        if let (true, Some(number), Some((file, at))) = (parameter.unit == "%", value, at) {
            found.push((file.clone(), *at, small_share(number)));
        }
    }
    found
}

/// Conditions whose outcome the limits of their fields settle.
fn fixed_conditions(state: &State) -> Vec<Found> {
    let graph = &state.trace.graph;
    let ranges = Ranges::of(state);
    let mut roots: Vec<Id> = Vec::new();
    for indicator in &state.rulebook.indicators {
        roots.extend(
            [Some(indicator.meets), indicator.applies]
                .into_iter()
                .flatten(),
        );
    }
    roots.extend(state.rulebook.data_checks.iter().map(|check| check.holds));
    let mut conditions: Vec<Id> = roots.iter().flat_map(|root| graph.support(*root)).collect();
    conditions.sort_unstable();
    conditions.dedup();
    let mut found = Vec::new();
    for id in conditions {
        let Some(holds) = ranges.truth(graph, id) else {
            continue;
        };
        let trouble = if holds {
            Trouble::new(
                "always-true",
                "按字段的范围，这个条件总是成立",
                "within the limits of its fields this condition always holds",
            )
            .warning()
        } else {
            Trouble::new(
                "always-false",
                "按字段的范围，这个条件不可能成立",
                "within the limits of its fields this condition can't hold",
            )
        };
        let trouble = trouble.advice(
            "核对线、单位和字段的 min、max",
            "check the line, the unit, and min and max of the field",
        );
        let Some((file, at)) = place_of(graph, id) else {
            continue;
        };
        found.push((file, at, trouble));
    }
    found
}

/// The least and the greatest that a value can be, as far as that is known.
#[derive(Clone, Debug, Default)]
struct Range {
    least: Option<Number>,
    most: Option<Number>,
}

impl Range {
    fn map2(a: &Self, b: &Self, f: impl Fn(&Number, &Number) -> Option<Number>) -> Self {
        let both = |a: &Option<Number>, b: &Option<Number>| f(a.as_ref()?, b.as_ref()?);
        Self {
            least: both(&a.least, &b.least),
            most: both(&a.most, &b.most),
        }
    }

    /// Not below zero, and nothing else is known.
    fn positive(&self) -> bool {
        self.least.as_ref().is_some_and(|least| least.signum() >= 0)
    }

    /// Whether a comparison between two ranges is settled.
    fn compare(order: Order, a: &Self, b: &Self) -> Option<bool> {
        let below = |a: &Self, b: &Self| Some(a.most.as_ref()?.cmp(b.least.as_ref()?));
        let (less, more) = (below(a, b), below(b, a));
        let (under, over) = (less == Some(Less), more == Some(Less));
        let at_most = less.is_some_and(|order| order != Greater);
        let at_least = more.is_some_and(|order| order != Greater);
        match order {
            Order::AtLeast if at_least => Some(true),
            Order::AtLeast if under => Some(false),
            Order::Above if over => Some(true),
            Order::Above if at_most => Some(false),
            Order::AtMost if at_most => Some(true),
            Order::AtMost if over => Some(false),
            Order::Below if under => Some(true),
            Order::Below if at_least => Some(false),
            Order::Equal if under || over => Some(false),
            Order::Unequal if under || over => Some(true),
            _ => None,
        }
    }
}

struct Ranges(HashMap<Id, Range>);

impl Ranges {
    fn of(state: &State) -> Self {
        let graph = &state.trace.graph;
        let mut ranges: HashMap<Id, Range> = HashMap::new();
        for (index, node) in graph.nodes.iter().enumerate() {
            let range = {
                let of = |id: &Id| ranges.get(id).cloned().unwrap_or_default();
                range(node, state, &of)
            };
            if range.least.is_some() || range.most.is_some() {
                ranges.insert(Id(index as u32), range);
            }
        }
        Self(ranges)
    }

    /// The truth of a condition, where ranges settle it.
    fn truth(&self, graph: &Graph, id: Id) -> Option<bool> {
        let of = |id: Id| self.0.get(&id).cloned().unwrap_or_default();
        match graph.node(id)? {
            Node::Compare(order, a, b) => {
                // Without any data at all it is a constant, which is told where it is written.
                Range::compare(*order, &of(*a), &of(*b))
            }
            // Parts that exclude each other: x >= 5 && x < 3.
            Node::All(parts) => self.excludes(graph, parts, |order| order).then_some(false),
            // One of the parts always holds: x >= 5 || x < 5.
            Node::Any(parts) => self.excludes(graph, parts, opposite).then_some(true),
            _ => None,
        }
    }

    /// Whether comparisons of one value with constants can't hold together.
    fn excludes(&self, graph: &Graph, parts: &[Id], turn: impl Fn(Order) -> Order) -> bool {
        // For each value its lower and its upper end, and whether the end is included.
        type End = Option<(Number, bool)>;
        let mut ends: HashMap<Id, (End, End)> = HashMap::new();
        for part in parts {
            let Some(Node::Compare(order, value, line)) = graph.node(*part) else {
                continue;
            };
            let Some(line) = self.0.get(line).filter(|r| r.least == r.most) else {
                continue;
            };
            let Some(line) = &line.least else { continue };
            let (low, high) = ends.entry(*value).or_default();
            let order = turn(*order);
            if matches!(order, Order::AtLeast | Order::Above | Order::Equal) {
                let end = (line.clone(), order != Order::Above);
                if low
                    .as_ref()
                    .is_none_or(|(old, within)| *old < end.0 || (*old == end.0 && *within))
                {
                    *low = Some(end);
                }
            }
            if matches!(order, Order::AtMost | Order::Below | Order::Equal) {
                let end = (line.clone(), order != Order::Below);
                if high
                    .as_ref()
                    .is_none_or(|(old, within)| *old > end.0 || (*old == end.0 && *within))
                {
                    *high = Some(end);
                }
            }
        }
        ends.values().any(|(low, high)| match (low, high) {
            (Some((low, low_in)), Some((high, high_in))) => {
                low > high || (low == high && !(*low_in && *high_in))
            }
            _ => false,
        })
    }
}

const fn opposite(order: Order) -> Order {
    match order {
        Order::AtLeast => Order::Below,
        Order::Above => Order::AtMost,
        Order::AtMost => Order::Above,
        Order::Below => Order::AtLeast,
        Order::Equal => Order::Unequal,
        Order::Unequal => Order::Equal,
    }
}

fn range(node: &Node, state: &State, of: &dyn Fn(&Id) -> Range) -> Range {
    let zero = || Range {
        least: Some(Number::ZERO),
        most: None,
    };
    match node {
        Node::Constant(crate::rulebook::Constant::Number(number)) => Range {
            least: Some(number.clone()),
            most: Some(number.clone()),
        },
        Node::Slot(slot) => match state.rulebook.field_of(*slot) {
            Some((field, _))
                if matches!(
                    field.kind,
                    FieldType::Number | FieldType::Count | FieldType::Percent
                ) =>
            {
                Range {
                    least: field.min.clone(),
                    most: field.max.clone(),
                }
            }
            _ => Range::default(),
        },
        Node::Sum(list) | Node::Total(list) => {
            let slot = |id: &Id| matches!(state.trace.graph.node(*id), Some(Node::Slot(_)));
            let partly = matches!(node, Node::Total(_)) && !list.iter().all(slot);
            // What does not apply may be left out, so a sum of those that do can be any part of it.
            if partly {
                return if list.iter().all(|id| of(id).positive()) {
                    zero()
                } else {
                    Range::default()
                };
            }
            let mut parts = list.iter().map(of);
            let first = parts.next().unwrap_or_default();
            parts.fold(first, |total, part| {
                Range::map2(&total, &part, Number::checked_add)
            })
        }
        Node::Convert(a, factor) if factor.signum() > 0 => {
            let a = of(a);
            let scale = |end: &Option<Number>| end.as_ref()?.checked_mul(factor);
            Range {
                least: scale(&a.least),
                most: scale(&a.most),
            }
        }
        Node::Difference(a, b) => {
            let (a, b) = (of(a), of(b));
            let minus =
                |a: &Option<Number>, b: &Option<Number>| a.as_ref()?.checked_sub(b.as_ref()?);
            Range {
                least: minus(&a.least, &b.most),
                most: minus(&a.most, &b.least),
            }
        }
        Node::Product(a, b) | Node::Quotient(a, b, _) | Node::Percent(a, b, _)
            if of(a).positive() && of(b).positive() =>
        {
            zero()
        }
        Node::Weighted(list) if list.iter().all(|id| of(id).positive()) => zero(),
        Node::Absolute(_) => zero(),
        _ => Range::default(),
    }
}
