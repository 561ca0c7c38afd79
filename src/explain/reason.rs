//! The reason tree: the condition of an indicator with every branch evaluated, as facts.
//!
//! The tree keeps the AND/OR structure and marks what decided. It holds no
//! sentences; `wording` makes them.

use crate::check::{Cause, Check, Value, at, in_force};
use crate::entry::Reading;
use crate::number::{Number, figures};
use crate::report::{Reason, Source, Term};
use crate::rulebook::{
    Constant, Graph, Id, Indicator, Node, Rounding, Rulebook, Steps, ZeroPolicy, in_order,
};
use crate::text::cut;
use crate::wording::{Lang, gap_unit};
use std::cell::Cell;

/// Decimal places that people are shown, unless more are needed to tell two values apart.
pub const SHOWN_DIGITS: u32 = 2;

/// The most decimal places of a value that was read, not computed, that people are shown: as many as
/// binary numbers that spreadsheets and scripts hand over have.
const MOST_SHOWN: u32 = 20;

/// The most branches of a reason tree, and how deep it goes: an expression that is shared many
/// times over would unfold without end. What lies beyond is told by its value alone, or not at all.
const MOST_BRANCHES: usize = 4_000;
pub(super) const DEEPEST: usize = 40;

/// The most branches of all reason trees together, and how many more for each node of the graph: what
/// is explained grows with the rules, not with how they are entangled.
const MOST_IN_ALL: usize = 20_000;
const MOST_OF_NODE: usize = 16;

/// How many branches may still be told: of the indicator at hand, and of all together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left {
    one: usize,
    all: usize,
}

impl Left {
    /// For the explanations of all indicators.
    pub const fn of(graph: &Graph) -> Self {
        Self {
            one: 0,
            all: MOST_IN_ALL + MOST_OF_NODE * graph.nodes.len(),
        }
    }

    /// Begins with an indicator.
    pub fn begin(&mut self) {
        self.one = MOST_BRANCHES.min(self.all);
    }

    /// Whether another branch is told, or what costs as much as so many.
    pub fn take(&mut self, cost: usize) -> bool {
        let told = self.one >= cost;
        let cost = cost.min(self.one);
        (self.one, self.all) = (self.one - cost, self.all - cost);
        told
    }

    /// Whether there is none left.
    pub const fn is_none(&self) -> bool {
        self.one == 0
    }
}

/// What explaining needs to know of a check.
#[derive(Clone)]
pub struct Explain<'a> {
    /// The rules.
    pub rulebook: &'a Rulebook,
    /// What was entered.
    pub reading: &'a Reading,
    /// What came of it.
    pub checked: &'a Check,
    lang: Lang,
    /// Branches that may still be told, and terms.
    left: Cell<Left>,
    terms: Cell<Left>,
    /// Within a term all counts as terms.
    within: Cell<bool>,
}

/// What keeps an indicator undecided, each in order.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// Slots that are to be filled in.
    pub missing: Vec<u32>,
    /// Slots whose value is of no use.
    pub wrong: Vec<u32>,
    /// Indices of the parameters that are not set, or not to anything of use.
    pub pending: Vec<u32>,
    /// Those of them whose value is of no use.
    pub refused: Vec<u32>,
}

impl<'a> Explain<'a> {
    /// Explains findings of a check.
    pub fn new(
        rulebook: &'a Rulebook,
        reading: &'a Reading,
        checked: &'a Check,
        lang: Lang,
    ) -> Self {
        Self {
            rulebook,
            reading,
            checked,
            lang,
            left: Cell::new(Left::of(&rulebook.graph)),
            terms: Cell::new(Left::of(&rulebook.graph)),
            within: Cell::new(false),
        }
    }

    /// Begins with an indicator.
    fn begin(&self) {
        for left in &[&self.left, &self.terms] {
            let mut begun = left.get();
            begun.begin();
            left.set(begun);
        }
    }

    fn left(&self) -> &Cell<Left> {
        if self.within.get() {
            &self.terms
        } else {
            &self.left
        }
    }

    /// Whether another branch at this depth is told.
    fn tells(&self, depth: usize) -> bool {
        let mut left = self.left().get();
        let told = left.take(1);
        self.left().set(left);
        told && depth < DEEPEST
    }

    /// Parts, as long as there is room for them.
    fn parts<T>(&self, list: &[Id], one: impl Fn(Id) -> T) -> Vec<T> {
        let mut parts = Vec::new();
        for id in list {
            if self.left().get().is_none() {
                break;
            }
            parts.push(one(*id));
        }
        parts
    }

    /// Whether numbers of this length are written out: writing the longest takes milliseconds.
    fn writes(&self, length: usize) -> bool {
        let mut terms = self.terms.get();
        let told = length == 0 || terms.take(length * length / 64 + 1);
        self.terms.set(terms);
        told
    }

    /// Why an indicator's condition holds or does not.
    pub fn indicator(&self, indicator: &Indicator) -> Reason {
        self.begin();
        match indicator.applies {
            // Not applicable, or unknown whether: the condition that says so is the reason.
            Some(applies) if self.value(applies).truth() != Some(true) => {
                self.reason(applies, true, false, 0)
            }
            _ => self.reason(indicator.meets, true, false, 0),
        }
    }

    /// What a branch is, without its parts.
    pub fn branch(&self, id: Id) -> Reason {
        // Enough for both sides of a comparison and what they are computed from, none for parts.
        self.begin();
        let mut reason = self.reason(id, false, false, DEEPEST - 2);
        reason.parts.clear();
        reason
    }

    /// How the points of an indicator came about.
    pub fn points(&self, score: Id) -> Term {
        self.begin();
        self.term(score, 0)
    }

    /// What keeps an indicator undecided.
    pub fn open(&self, indicator: &Indicator) -> Open {
        let mut open = Open::default();
        for root in &[indicator.applies, Some(indicator.meets), indicator.score] {
            let Some(root) = *root else {
                continue;
            };
            self.open_parts(root, &mut open);
            // Whether it is met is asked before the points. Whether it applies is asked first, but
            // where data is missing for that, what is missing further on has to be entered too.
            let cause = self.value(root).cause();
            if cause.is_some() && (Some(root) != indicator.applies || cause != Some(Cause::Missing))
            {
                break;
            }
        }
        in_order(&mut open.missing);
        in_order(&mut open.wrong);
        in_order(&mut open.pending);
        in_order(&mut open.refused);
        open
    }

    /// What slots are called on screens; a list none of whose values is there, by its name alone.
    pub fn labels(&self, slots: &[u32]) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        let mut told = 0;
        for (index, slot) in slots.iter().enumerate() {
            let Some((field, _)) = self.rulebook.field_of(*slot).filter(|_| *slot >= told) else {
                continue;
            };
            let width = field.width();
            let last = field.slot + width as u32 - 1;
            if field.slot == *slot && slots.get(index + width - 1) == Some(&last) {
                labels.push(field.label.clone());
                told = last + 1;
            } else {
                labels.push(self.rulebook.slot_label(*slot));
            }
        }
        labels
    }

    fn open_parts(&self, root: Id, found: &mut Open) {
        if self.value(root).cause().is_none() {
            return;
        }
        let mut open = vec![root];
        let mut seen = vec![false; root.0 as usize + 1];
        while let Some(id) = open.pop() {
            let Some(seen) = seen.get_mut(id.0 as usize).filter(|seen| !**seen) else {
                continue;
            };
            *seen = true;
            let Some(cause) = self.value(id).cause() else {
                continue;
            };
            match self.rulebook.graph.node(id) {
                Some(Node::Slot(slot)) if cause == Cause::Missing => found.missing.push(*slot),
                Some(Node::Slot(slot)) => found.wrong.push(*slot),
                Some(Node::Parameter(index)) => {
                    found.pending.push(*index);
                    if cause == Cause::Invalid {
                        found.refused.push(*index);
                    }
                }
                // A zero that counts as not entered: the denominator is what is missing.
                Some(
                    Node::Quotient(_, b, ZeroPolicy::Missing)
                    | Node::Percent(_, b, ZeroPolicy::Missing),
                ) if self.is_zero(*b) => found.missing.extend(self.rulebook.graph.slots_of(*b)),
                Some(Node::Quotient(_, b, _) | Node::Percent(_, b, _)) if self.is_zero(*b) => {
                    let refused = (cause == Cause::Invalid).then_some(*b);
                    let slots = refused.map(|b| self.rulebook.graph.slots_of(b));
                    found.wrong.extend(slots.unwrap_or_default());
                }
                // What does not apply takes no part in the decision.
                Some(node) => {
                    let mut known = cause == Cause::Invalid;
                    node.for_each(&mut |part| match self.value(part).cause() {
                        Some(Cause::NotApplicable) => known = false,
                        cause => {
                            known &= cause.is_none();
                            open.push(part);
                        }
                    });
                    // All that it is computed from is known, and yet there is no value: a step of
                    // zero, a result too large to hold.
                    if known {
                        let of = match node {
                            Node::Steps(steps) if self.is_zero(steps.step) => steps.step,
                            _ => id,
                        };
                        found.wrong.extend(self.rulebook.graph.slots_of(of));
                        let lines = self.rulebook.graph.parameters_of(of);
                        found.pending.extend(&lines);
                        found.refused.extend(&lines);
                    }
                }
                None => {}
            }
        }
    }

    fn is_constant(&self, id: Id) -> bool {
        matches!(self.rulebook.graph.node(id), Some(Node::Constant(_)))
    }

    /// Whether a value was read, not computed, and is short enough to be shown as it is.
    fn is_shown_whole(&self, id: Id) -> bool {
        self.rulebook.graph.node(id).is_some_and(is_read) && is_short(self.value(id))
    }

    fn is_zero(&self, id: Id) -> bool {
        self.value(id).number().is_some_and(Number::is_zero)
    }

    fn value(&self, id: Id) -> &Value {
        at(&self.checked.values, id)
    }

    /// `negated` says that what is asked of the whole asks that this branch does not hold.
    fn reason(&self, id: Id, decisive: bool, negated: bool, depth: usize) -> Reason {
        let value = self.value(id);
        let mut reason = Reason {
            holds: value.truth(),
            not_applicable: value.cause() == Some(Cause::NotApplicable),
            decisive,
            negated,
            at: self.rulebook.graph.place(id),
            ..Reason::default()
        };
        let mut combine = |kind, list: &[Id]| {
            reason.kind = kind;
            reason.parts = self.parts(list, |part| {
                let decisive = decisive && decides(&self.checked.values, kind, id, list, part);
                let negated = match kind {
                    "not" | "none" => !negated,
                    // By which of two branches it is judged, nothing is asked of.
                    "when" => negated && list.first() != Some(&part),
                    _ => negated,
                };
                self.reason(part, decisive, negated, depth + 1)
            });
        };
        match self.rulebook.graph.node(id).filter(|_| self.tells(depth)) {
            Some(Node::All(list)) => combine("all", list),
            Some(Node::Any(list)) => combine("any", list),
            Some(Node::None(list)) => combine("none", list),
            Some(Node::Not(part)) => combine("not", &[*part]),
            Some(Node::When(a, b, c)) => combine("when", &[*a, *b, *c]),
            Some(Node::AtLeast(n, list)) => {
                combine("at_least", list);
                reason.n = Some(*n);
            }
            Some(Node::Compare(order, a, b)) => {
                reason.kind = "compare";
                reason.op = Some(order.symbol());
                let (left_id, right_id) = (*a, *b);
                let (mut left, mut right) = (self.term(*a, depth), self.term(*b, depth));
                // A bare number takes the unit of what it is compared with.
                let chosen = matches!(self.rulebook.graph.node(*b), Some(Node::When(..)));
                if right.unit.is_empty() && (chosen || self.is_constant(*b)) {
                    right.unit.clone_from(&left.unit);
                }
                if let (Some(a), Some(b)) = (self.value(*a).number(), self.value(*b).number())
                    && self.writes(a.length() + b.length())
                {
                    let digits = digits(&left, a).max(digits(&right, b));
                    let (a_shown, b_shown) = Number::shown_apart(a, b, digits);
                    // What was read is shown as it is; what was computed, far enough to tell it apart.
                    // Nothing but a whole number is shown as one.
                    let apart = |shown: String, id: Id| match cut(&shown, b".") {
                        None => shown_value(self.value(id), digits),
                        Some(_) => shown,
                    };
                    let whole = (self.is_shown_whole(left_id), self.is_shown_whole(right_id));
                    if !whole.0 {
                        left.shown = Some(apart(a_shown, left_id));
                    }
                    if !whole.1 {
                        right.shown = Some(apart(b_shown, right_id));
                    }
                    // What is the same looks the same.
                    match whole {
                        (false, _) if a == b => left.shown.clone_from(&right.shown),
                        (true, false) if a == b => right.shown.clone_from(&left.shown),
                        _ => {}
                    }
                    reason.gap = a.checked_sub(b).map(|gap| gap.abs().exact());
                    let unit = if left.unit.is_empty() {
                        &right.unit
                    } else {
                        &left.unit
                    };
                    reason.gap_unit = Some(gap_unit(unit, self.lang).into());
                } else if let (Value::Date(a), Value::Date(b)) = (self.value(*a), self.value(*b)) {
                    reason.gap = Some(figures(a.days_until(*b).unsigned_abs()));
                    reason.gap_unit = Some(gap_unit("天", self.lang).into());
                }
                reason.left = Some(left);
                reason.right = Some(right);
            }
            _ => {
                reason.kind = "truth";
                reason.term = Some(self.term(id, depth));
            }
        }
        reason
    }

    fn term(&self, id: Id, depth: usize) -> Term {
        let outside = self.within.replace(true);
        let term = self.term_within(id, depth);
        self.within.set(outside);
        term
    }

    fn term_within(&self, id: Id, depth: usize) -> Term {
        let value = self.value(id);
        let mut term = Term {
            unit: self.rulebook.graph.unit(id).into(),
            ..Term::default()
        };
        match value {
            Value::Unknown(cause) => term.unknown = Some(cause_word(*cause)),
            Value::Number(number) if !self.writes(number.length()) => {
                term.shown = Some("…".into());
            }
            value => term.value = Some(exact(value)),
        }
        let mut computed = |op, parts: &[Id]| {
            term.op = Some(op);
            term.terms = self.parts(parts, |part| self.term(part, depth + 1));
        };
        let node = self.rulebook.graph.node(id);
        let told = self.tells(depth);
        match node.filter(|node| told || is_read(node)) {
            Some(node @ (Node::Slot(slot) | Node::Filled(slot))) => {
                if let Node::Filled(_) = node {
                    term.op = Some("filled");
                }
                term.field = Some(self.rulebook.slot_id(*slot));
                term.label = Some(self.rulebook.slot_label(*slot));
            }
            Some(Node::Parameter(index)) => {
                let parameter = self.rulebook.parameters.get(*index as usize);
                term.parameter = parameter.map(|p| p.id.clone());
                term.label = parameter.map(|p| p.label.clone());
                term.set_by_user =
                    matches!(self.reading.parameters.get(*index as usize), Some(Some(_)));
                if !term.set_by_user {
                    term.source = parameter
                        .and_then(|p| in_force(p, self.checked.as_of))
                        .map(Source::from);
                }
            }
            Some(Node::Sum(list) | Node::Total(list)) => computed("+", list),
            Some(Node::Difference(a, b)) => computed("-", &[*a, *b]),
            Some(Node::Product(a, b)) => computed("*", &[*a, *b]),
            Some(Node::Quotient(a, b, _)) => computed("/", &[*a, *b]),
            Some(Node::Percent(a, b, _)) => computed("percent", &[*a, *b]),
            Some(Node::Convert(a, _)) => computed("convert", &[*a]),
            Some(Node::Absolute(a)) => computed("abs", &[*a]),
            Some(Node::Least(list)) => computed("min", list),
            Some(Node::Greatest(list)) => computed("max", list),
            Some(Node::Average(list)) => computed("average", list),
            Some(Node::Weighted(list)) => computed("weighted_average", list),
            Some(Node::Round(a, _, rounding)) => {
                let op = match rounding {
                    Rounding::HalfEven => "round",
                    Rounding::Up => "ceil",
                    Rounding::Down => "floor",
                };
                computed(op, &[*a]);
            }
            Some(Node::DaysBetween(a, b)) => computed("days_between", &[*a, *b]),
            Some(Node::MonthsAfter(a, months)) => {
                // Years were written as 12 months each.
                let count = match self.rulebook.graph.node(*months) {
                    Some(Node::Product(years, _)) => *years,
                    _ => *months,
                };
                computed("months_after", &[*a, count]);
                if let Some(count) = term.terms.get_mut(1)
                    && let Some(years) = self.value(*months).number().and_then(whole_years)
                    && self.is_constant(*months)
                {
                    count.value = Some(years.exact());
                    count.shown = Some(years.exact());
                    count.unit = "年".into();
                }
            }
            Some(Node::AsOf) => term.op = Some("as_of"),
            Some(Node::YearsBetween(a, b)) => computed("years_between", &[*a, *b]),
            Some(Node::When(a, b, c)) => {
                // Only the branch that was taken has a part in the value.
                let taken = match self.value(*a).truth() {
                    Some(true) => vec![*b],
                    Some(false) => vec![*c],
                    None => vec![*b, *c],
                };
                computed("when", &taken);
                term.because = Some(Box::new(self.reason(*a, true, false, depth + 1)));
            }
            Some(Node::Steps(steps)) => {
                let Steps {
                    value,
                    line,
                    step,
                    lose,
                    full,
                    mode,
                    ..
                } = steps;
                computed("per_step", &[*value, *line, *step, *lose, *full, *mode]);
            }
            _ => {}
        }
        if term.value.is_some() {
            let digits = value.number().map_or(0, |number| digits(&term, number));
            term.shown = Some(match self.is_shown_whole(id) {
                true => exact(value),
                false => shown_value(value, digits),
            });
        }
        term
    }
}

/// In how many places a computed number is shown: in those of what it is computed from, where it has
/// an end; another scale changes nothing of it.
fn digits(term: &Term, number: &Number) -> u32 {
    let mut most = SHOWN_DIGITS;
    let Some(own) = number.decimals().filter(|own| *own <= MOST_SHOWN) else {
        return most;
    };
    if term.op == Some("convert") {
        return own.max(most);
    }
    for part in &term.terms {
        let shown = part.shown.as_deref().unwrap_or("");
        let places = cut(shown, b".").map_or(0, |(_, places)| places.len());
        most = most.max(places as u32);
    }
    most
}

/// Months as whole years, where they are.
pub fn whole_years(months: &Number) -> Option<Number> {
    let years = months.checked_div(&Number::from(12))?;
    (years.decimals() == Some(0)).then_some(years)
}

/// Whether a part decides what it is a part of; `kind` says how the whole combines the parts of `list`.
pub(super) fn decides<N, T>(
    values: &[Value<N, T>],
    kind: &str,
    whole: Id,
    list: &[Id],
    id: Id,
) -> bool {
    let (whole, part) = (at(values, whole), at(values, id));
    match (kind, whole.truth()) {
        // The branch that was taken; the condition where none could be.
        ("when", _) => match (list, list.first().and_then(|id| at(values, *id).truth())) {
            ([_, taken, _], Some(true)) | ([_, _, taken], Some(false)) => *taken == id,
            _ => list.first() == Some(&id),
        },
        (_, None) => part
            .cause()
            .is_some_and(|cause| Some(cause) == whole.cause()),
        ("all" | "any" | "at_least", Some(whole)) => part.truth() == Some(whole),
        ("none", Some(whole)) => part.truth() == Some(!whole),
        _ => true,
    }
}

/// Whether a node is read, not computed: it has no branches.
const fn is_read(node: &Node) -> bool {
    matches!(
        node,
        Node::Slot(_) | Node::Filled(_) | Node::Parameter(_) | Node::Constant(_)
    )
}

/// The word of a cause in a report.
pub const fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::Invalid | Cause::Beyond => "invalid",
        Cause::Pending => "pending",
        Cause::Missing => "missing",
        Cause::NotApplicable | Cause::Met => "not_applicable",
    }
}

/// A known value, exactly.
pub fn exact(value: &Value) -> String {
    match value {
        Value::Number(number) => number.exact(),
        other => shown_value(other, 0),
    }
}

/// A value that was read, not computed, as people are shown it; `None` where it is not known.
pub fn read_shown(value: &Value) -> Option<String> {
    match value {
        Value::Unknown(_) => None,
        value if is_short(value) => Some(exact(value)),
        value => Some(shown_value(value, SHOWN_DIGITS)),
    }
}

/// Whether a number is short enough to be shown as it is.
fn is_short(value: &Value) -> bool {
    let digits = value.number().and_then(Number::decimals);
    digits.is_some_and(|digits| digits <= MOST_SHOWN)
}

fn shown_value(value: &Value, digits: u32) -> String {
    match value {
        // What is not a whole number is not shown as one, nothing as zero.
        Value::Number(number) => {
            let whole = number.round_half_even(0);
            Number::shown_apart(number, whole.as_ref().unwrap_or(&Number::ZERO), digits).0
        }
        Value::Truth(true) => "yes".into(),
        Value::Truth(false) => "no".into(),
        Value::Date(date) => date.iso(),
        Value::Text(text) => text.as_ref().into(),
        Value::Unknown(_) => String::new(),
    }
}

/// A constant as a report shows it.
pub fn constant(constant: &Constant) -> String {
    exact(&constant.into())
}
