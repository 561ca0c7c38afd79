//! How sentences are put together: the same way in each language, from its dictionary.

use super::{Dictionary, joined, told};
use crate::check::Outcome;
use crate::entry::{Problem, Trouble};
use crate::number::Number;
use crate::report::{Change, Finding, Fix, Reason, Term};
use crate::rulebook::{Field, Rulebook, StepMode};
use crate::text::cut;
use std::cell::Cell;

/// A template with its places filled: `{0}`, `{1}`, ….
pub(super) fn fill(template: &str, values: &[&str]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = cut(rest, b"{") {
        out.push_str(before);
        let (place, after) = cut(after, b"}").unwrap_or((after, ""));
        // There are no more than ten.
        let place = place.bytes().next().unwrap_or_default();
        let value = values.get(usize::from(place.wrapping_sub(b'0')));
        out.push_str(value.unwrap_or(&""));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What an expression is a part of, which says whether it needs brackets.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Within {
    Nothing,
    /// What is added, or taken away from: nothing needs brackets.
    Sum,
    /// What is taken away: sums need them.
    Subtrahend,
    /// A factor or a divisor.
    Product,
}

/// The most other ways to pass that are told; a report holds them all.
const MOST_OTHERS: usize = 3;

impl Dictionary {
    /// A number with its unit.
    pub(super) fn quantity(&self, number: &str, unit: &str) -> String {
        let own = match unit {
            "" | "%" => return [number, unit].concat(),
            "百分点" | "percentage points" => self.percentage_points,
            "天" | "days" => self.days,
            _ => return [number, " ", unit].concat(),
        };
        let one = own.strip_suffix('s').filter(|_| number == "1");
        [number, " ", one.unwrap_or(own)].concat()
    }

    /// A value of a yes-no field, or any other as it is.
    pub(super) fn word(&self, value: &str) -> String {
        match value {
            "yes" => self.yes.into(),
            "no" => self.no.into(),
            other => other.into(),
        }
    }

    /// A finding in one paragraph.
    pub(super) fn finding(
        &self,
        outcome: Outcome,
        finding: &Finding,
        open: &(Vec<String>, Vec<String>),
        excluded: Option<&str>,
    ) -> String {
        let mut sentences = vec![[&finding.title, self.dash, self.outcome(outcome)].concat()];
        if let Some(reason) = excluded {
            sentences.push(fill(self.excluded, &[reason]));
        }
        if let Some(waiver) = &finding.waiver {
            let template = match waiver.expired {
                true => self.waiver_expired,
                false => self.waived,
            };
            sentences.push(fill(template, &[&waiver.reason, &waiver.by, &waiver.until]));
        }
        if let Some(reason) = &finding.reason {
            self.because(outcome, open, reason, &mut sentences);
        }
        let scored = finding
            .scored
            .as_ref()
            .filter(|_| outcome == Outcome::Unmet);
        if let (true, Some(points)) = (
            outcome == Outcome::Partial || scored.is_some(),
            &finding.points,
        ) {
            let (points, template) = match points.strip_prefix('-') {
                Some(lost) => (lost, self.lost),
                None if finding.kind == Some("penalty") => (points.as_str(), self.lost),
                None => (points.as_str(), self.points),
            };
            let points = shown_points(points);
            let how = finding.scored.as_ref().and_then(|term| self.how(term));
            let how = how.map_or_else(String::new, |how| fill(self.aside, &[&how]));
            sentences.push([&fill(template, &[&points, &finding.of]), how.as_str()].concat());
        }
        match finding.fixes.split_first() {
            Some((fix, others)) => {
                sentences.push(self.fix(fix));
                let some = others.get(..MOST_OTHERS).unwrap_or(others);
                let mut told = told(some, self.semicolon, &|fix| self.changes(fix));
                if others.len() > MOST_OTHERS {
                    told.push_str(self.and_more);
                }
                if !told.is_empty() {
                    sentences.push(fill(self.or_else, &[&told]));
                }
            }
            None if outcome.falls_short() => {
                let told = match has_unknown(finding) {
                    true => self.no_fix_yet,
                    false => self.no_fix,
                };
                sentences.push(told.into());
            }
            None => {}
        }
        let mut text = joined(&sentences, self.stop);
        text.push_str(self.stop.trim_end());
        text
    }

    fn because(
        &self,
        outcome: Outcome,
        open: &(Vec<String>, Vec<String>),
        reason: &Reason,
        sentences: &mut Vec<String>,
    ) {
        let (missing, pending) = open;
        let leaves = super::decisive(reason);
        let mut say = |sentence: String| {
            if !sentence.is_empty() {
                sentences.push(sentence);
            }
        };
        if leaves.len() > 1 && reason.kind == "any" && outcome == Outcome::Unmet {
            say(self.any_would_do.into());
        }
        // What each leaf is told as, where it is told at all.
        let told = |tell: &dyn Fn(&Reason) -> Option<String>| {
            let mut told: Vec<String> = Vec::new();
            for leaf in &leaves {
                told.extend(tell(leaf).filter(|text| !text.is_empty()));
            }
            told
        };
        let failing = outcome != Outcome::Met;
        let all = || {
            joined(
                &told(&|leaf| Some(self.leaf(leaf, failing))),
                self.semicolon,
            )
        };
        match outcome {
            Outcome::Missing => say(self.what_is_open(missing, pending)),
            Outcome::Pending => {
                if reason.holds.is_some() {
                    // The line is met or not; how many points that costs is not settled.
                    say(all());
                } else {
                    let present = told(&|leaf| self.present(leaf));
                    if !present.is_empty() {
                        say(fill(self.at_present, &[&joined(&present, self.semicolon)]));
                    }
                }
                say(self.what_is_open(missing, pending));
            }
            Outcome::Invalid | Outcome::NotApplicable => {
                let mut zeros: Vec<String> = Vec::new();
                let unknown = match outcome {
                    Outcome::Invalid => "invalid",
                    _ => "not_applicable",
                };
                for leaf in &leaves {
                    for zero in zero_denominators(leaf, unknown) {
                        if !zeros.contains(&zero) {
                            zeros.push(zero);
                        }
                    }
                }
                let template = match outcome {
                    Outcome::Invalid => self.zero_invalid,
                    _ => self.zero_not_applicable,
                };
                if !zeros.is_empty() {
                    say(fill(template, &[&joined(&zeros, self.comma_in_list)]));
                } else if outcome == Outcome::Invalid {
                    let mut labels = invalid_labels(&leaves);
                    if labels.is_empty() {
                        // The points depend on a line that was set to what it can't be.
                        labels = pending.to_vec();
                    }
                    say(fill(self.invalid, &[&joined(&labels, self.comma_in_list)]));
                } else {
                    let found = told(&|leaf| self.found(leaf));
                    let found = joined(&found, self.semicolon);
                    say(fill(self.does_not_apply, &[&found]));
                }
            }
            Outcome::Met | Outcome::Partial | Outcome::Unmet | Outcome::Waived => say(all()),
        }
    }

    /// What has to be entered and set before an indicator can be judged.
    fn what_is_open(&self, missing: &[String], pending: &[String]) -> String {
        let pending = joined(pending, self.comma_in_list);
        let template = match (missing.is_empty(), pending.is_empty()) {
            (true, _) => return fill(self.pending, &[&pending]),
            (_, true) => self.missing,
            _ => self.missing_and_pending,
        };
        fill(template, &[&joined(missing, self.comma_in_list), &pending])
    }

    /// How points came about.
    fn how<'a>(&self, term: &'a Term) -> Option<String> {
        match (term.op?, term.terms.as_slice()) {
            ("per_step", [value, _, step, lose, _, mode]) => {
                let shown = |term: &'a Term| term.shown.as_deref().unwrap_or("");
                let (step, lose, mode) = (shown(step), shown(lose), shown(mode));
                let unit = match value.unit.as_str() {
                    "%" => "百分点",
                    unit => unit,
                };
                let known = StepMode::of(mode).and_then(|mode| self.modes.get(mode as usize));
                let mode = known.copied().unwrap_or(mode);
                Some(fill(
                    self.each_step,
                    &[&self.quantity(step, unit), lose, mode],
                ))
            }
            ("when", _) => {
                // Of a chain of conditions the one that held chose, or the last where none did.
                let mut chosen = None;
                let mut open = Some(term);
                while let Some(term) = open {
                    if let Some(because) = &term.because {
                        chosen = Some(because);
                        if because.holds == Some(true) {
                            break;
                        }
                    }
                    open = term.terms.first();
                }
                let leaves = super::leaves(chosen?);
                let tell = |leaf: &&Reason| self.leaf(leaf, true);
                Some(told(&leaves, self.semicolon, &tell))
            }
            _ => Some(self.expression(term, Within::Nothing)),
        }
    }

    /// A comparison or a yes-no value in words; `failing` says that a no is why.
    fn leaf(&self, reason: &Reason, failing: bool) -> String {
        if let Some(term) = &reason.term {
            let now = self.word(term.value.as_deref().unwrap_or(""));
            // A yes that is written in the rules needs no telling.
            let Some(label) = term.label.as_deref() else {
                return String::new();
            };
            let no = reason.holds != Some(true) && failing;
            let template = if no { self.should_be_yes } else { self.is };
            return fill(template, &[label, &now]);
        }
        let (Some(left), Some(right)) = (&reason.left, &reason.right) else {
            return String::new();
        };
        if reason.holds == Some(true) {
            let zeros = zero_denominators(reason, "not_applicable");
            if !zeros.is_empty() {
                return fill(self.zero_met, &[&joined(&zeros, self.comma_in_list)]);
            }
        }
        let op = match reason.op.unwrap_or("") {
            ">=" => "≥",
            "<=" => "≤",
            "==" => "=",
            "!=" => "≠",
            other => other,
        };
        let mut said = vec![
            self.side(left, true),
            fill(self.required, &[op, &self.side(right, false)]),
        ];
        if let (Some(holds), Some(gap), Some(unit)) = (reason.holds, &reason.gap, &reason.gap_unit)
        {
            let shown = Number::parse(gap)
                .map(|gap| gap_shown(&gap))
                .unwrap_or_default();
            let gap = self.quantity(&shown, unit);
            match (holds, shown.as_str(), op) {
                (_, _, "≠") | (true, _, "=") => {}
                (true, "0", _) => said.push(self.exactly.into()),
                (false, "0", "<") => said.push(self.not_below.into()),
                (false, "0", _) => said.push(self.not_above.into()),
                (true, ..) => said.push(fill(self.spare, &[&gap])),
                (false, _, "≤" | "<") => said.push(fill(self.over, &[&gap])),
                (false, _, "=") => said.push(fill(self.apart, &[&gap])),
                (false, ..) => said.push(fill(self.short, &[&gap])),
            }
        }
        joined(&said, self.comma)
    }

    /// What the left side of an undecided comparison is worth, where that is known.
    fn present(&self, reason: &Reason) -> Option<String> {
        let left = reason.left.as_ref()?;
        left.value.as_ref()?;
        Some(self.side(left, true))
    }

    /// What a condition found, whatever it asks for.
    fn found(&self, reason: &Reason) -> Option<String> {
        match (&reason.left, &reason.term) {
            (Some(left), _) => Some(self.side(left, true)),
            (None, Some(term)) => {
                let now = self.word(term.value.as_deref()?);
                Some(fill(self.is, &[term.label.as_deref()?, &now]))
            }
            (None, None) => None,
        }
    }

    /// One side of a comparison: how the value came about, and the value.
    fn side(&self, term: &Term, named: bool) -> String {
        let value = self.word(term.shown.as_deref().unwrap_or("?"));
        let value = self.quantity(&value, &term.unit);
        // What a condition chose is told as what it is.
        if let (Some("when"), [chosen]) = (term.op, term.terms.as_slice()) {
            return self.side(chosen, named);
        }
        if !term.terms.is_empty() {
            let mut text = self.expression(term, Within::Nothing);
            let out = left_out(term);
            if !out.is_empty() {
                let out = fill(self.left_out, &[&joined(&out, self.comma_in_list)]);
                text.push_str(&fill(self.aside, &[&out]));
            }
            return [&text, " = ", &value].concat();
        }
        match &term.label {
            Some(label) if named || term.field.is_some() => [label, " ", &value].concat(),
            None if term.op == Some("as_of") => self.expression(term, Within::Nothing),
            _ => value,
        }
    }

    /// An expression with the values read.
    fn expression(&self, term: &Term, within: Within) -> String {
        if term.terms.is_empty() {
            let value = self.word(term.shown.as_deref().unwrap_or("?"));
            let value = self.quantity(&value, &term.unit);
            return match &term.label {
                Some(label) => [label, " ", &value].concat(),
                None if term.op == Some("as_of") => [self.as_of, " ", &value].concat(),
                None => value,
            };
        }
        if let Some(counted) = counted(term) {
            let tell = |part: &&Term| self.expression(part, Within::Nothing);
            return fill(self.how_many, &[&told(&counted, self.comma_in_list, &tell)]);
        }
        if let (Some("convert" | "when"), [only]) = (term.op, term.terms.as_slice()) {
            return self.expression(only, within);
        }
        let [open, close] = self.brackets;
        let counting = counting(term);
        let parts = |sign: &str, first: Within, others: Within| {
            let within = Cell::new(first);
            told(&counting, sign, &|part: &&Term| {
                self.expression(part, within.replace(others))
            })
        };
        use Within::{Nothing, Product, Subtrahend, Sum};
        let (sign, first, others) = match term.op.unwrap_or("") {
            "percent" | "/" => (" ÷ ", Product, Product),
            "+" => (" + ", Sum, Sum),
            "-" => (" − ", Sum, Subtrahend),
            "*" => (" × ", Product, Product),
            "convert" | "when" => ("", Nothing, Nothing),
            word => {
                let word = self.function(word);
                return [
                    word,
                    open,
                    &parts(self.comma_in_list, Nothing, Nothing),
                    close,
                ]
                .concat();
            }
        };
        let text = parts(sign, first, others);
        if !sign.is_empty() && (within == Product || (within == Subtrahend && first == Sum)) {
            [open, &text, close].concat()
        } else {
            text
        }
    }

    fn fix(&self, fix: &Fix) -> String {
        fill(self.then_met, &[&self.changes(fix)])
    }

    fn changes(&self, fix: &Fix) -> String {
        let mut all = self.change(&fix.change);
        for change in &fix.also {
            all.push_str(self.and);
            all.push_str(&self.change(change));
        }
        all
    }

    fn change(&self, change: &Change) -> String {
        let numbers = change
            .from
            .as_deref()
            .and_then(Number::parse)
            .zip(Number::parse(&change.to));
        let to = self.quantity(&self.word(&change.to), &change.unit);
        let Some((from, target)) = numbers else {
            return fill(self.becomes, &[&change.label, &to]);
        };
        let by = target.checked_sub(&from).unwrap_or(Number::ZERO);
        let unit = if change.unit == "%" {
            self.percentage_points
        } else {
            change.unit.as_str()
        };
        let amount = self.quantity(&by.abs().exact(), unit);
        let template = if by.signum() > 0 {
            self.raise
        } else {
            self.lower
        };
        fill(template, &[&change.label, &amount, &to])
    }

    /// What is wrong with a given value, and what to write instead.
    pub(super) fn data_problem(&self, rulebook: &Rulebook, problem: &Problem) -> String {
        let (id, key) = cut(&problem.name, b".").unwrap_or((&problem.name, ""));
        let field = rulebook.fields.iter().find(|field| field.id == id);
        let parameter = rulebook
            .parameters
            .iter()
            .find(|parameter| parameter.id == id);
        let mut label = field
            .map(|f| f.label.clone())
            .or(parameter.map(|p| p.label.clone()));
        if let (Some(label), false) = (&mut label, key.is_empty()) {
            *label = [label, "（", key, "）"].concat();
        }
        let label = label.unwrap_or_else(|| problem.name.clone());
        let limit = |pick: fn(&Field) -> &Option<Number>| {
            let field = field?;
            let number = pick(field).as_ref()?;
            Some(self.quantity(&number.exact(), &field.unit))
        };
        let unit = field
            .map(|f| f.unit.as_str())
            .or(parameter.map(|p| p.unit.as_str()))
            .unwrap_or("");
        let choices = field.map(|f| &f.choices).or(parameter.map(|p| &p.choices));
        let third = match problem.trouble {
            Trouble::UnknownField | Trouble::UnknownParameter | Trouble::UnknownIndicator => {
                problem
                    .like
                    .as_ref()
                    .map(|like| fill(self.did_you_mean, &[like]))
            }
            Trouble::BelowLimit => limit(|field| &field.min),
            Trouble::AboveLimit => limit(|field| &field.max),
            Trouble::NotAChoice => choices.map(|choices| joined(choices, self.comma_in_list)),
            Trouble::Unreadable => Some(self.what_to_write(field).into()),
            _ => Some(unit.to_string()),
        };
        let given: String = problem.given.chars().take(40).collect();
        fill(
            self.trouble(problem.trouble),
            &[&label, &given, &third.unwrap_or_default()],
        )
    }
}

/// Whether some branch is not known yet, so that what would pass can't be told.
fn has_unknown(finding: &Finding) -> bool {
    let mut open: Vec<&Reason> = finding.reason.iter().collect();
    while let Some(reason) = open.pop() {
        if reason.parts.is_empty() && reason.holds.is_none() && !reason.not_applicable {
            return true;
        }
        // What holds already needs nothing more.
        for part in &reason.parts {
            if part.holds != Some(true) {
                open.push(part);
            }
        }
    }
    false
}

/// Points as people read them: a fraction in as many digits as are shown.
fn shown_points(points: &str) -> String {
    Number::parse(points).map_or_else(|| points.into(), |points| gap_shown(&points))
}

/// A gap with as many digits as it takes not to show it as nothing.
fn gap_shown(gap: &Number) -> String {
    Number::shown_apart(gap, &Number::ZERO, crate::explain::reason::SHOWN_DIGITS).0
}

/// Labels of the fields or parameters that keep leaves from having a valid value.
fn invalid_labels(leaves: &[&Reason]) -> Vec<String> {
    let mut labels = Vec::new();
    for leaf in leaves {
        note_invalid(leaf, &mut labels);
    }
    labels
}

fn note_invalid(leaf: &Reason, labels: &mut Vec<String>) {
    let mut open = vec![&leaf.term, &leaf.right, &leaf.left];
    let mut terms: Vec<&Term> = Vec::new();
    while let Some(side) = open.pop() {
        terms.extend(side);
        while let Some(term) = terms.pop() {
            if let (Some("invalid"), true, Some(label)) =
                (term.unknown, term.terms.is_empty(), &term.label)
                && !labels.contains(label)
            {
                labels.push(label.clone());
            }
            terms.extend(term.terms.iter().rev());
            // The condition by which a value is chosen may be what has none.
            if let Some(because) = &term.because {
                for leaf in super::leaves(because) {
                    note_invalid(leaf, labels);
                }
            }
        }
    }
}

/// The terms that have a part in a value: those that do not apply have none where others do.
fn counting(term: &Term) -> Vec<&Term> {
    let mut counting: Vec<&Term> = term.terms.iter().collect();
    if term.unknown.is_none() {
        counting.retain(|part| part.unknown != Some("not_applicable"));
    }
    counting
}

/// The labels of the denominators for whose zeros terms have no part in a value.
fn left_out(term: &Term) -> Vec<String> {
    if term.unknown.is_some() {
        return Vec::new();
    }
    let mut found: Vec<&Term> = Vec::new();
    let mut open = vec![term];
    while let Some(term) = open.pop() {
        match term.unknown {
            Some(_) => found.push(term),
            None => open.extend(&term.terms),
        }
    }
    zeros(found, "not_applicable")
}

/// The yes-no values that a sum counts, where it is nothing else.
fn counted(term: &Term) -> Option<Vec<&Term>> {
    if term.op != Some("+") {
        return None;
    }
    let mut asked = Vec::new();
    for part in &term.terms {
        match (part.op, part.terms.first()) {
            (Some("when"), Some(bare)) if bare.label.is_none() && bare.terms.is_empty() => {
                asked.push(part.because.as_ref()?.term.as_ref()?);
            }
            _ => return None,
        }
    }
    Some(asked)
}

/// The labels of the denominators that are zero, and make of a comparison what it is.
fn zero_denominators(reason: &Reason, unknown: &str) -> Vec<String> {
    let mut open: Vec<&Term> = Vec::new();
    open.extend(&reason.right);
    open.extend(&reason.left);
    zeros(open, unknown)
}

/// The labels of the denominators that are zero among some terms, the last first.
fn zeros(mut open: Vec<&Term>, unknown: &str) -> Vec<String> {
    let mut zeros: Vec<String> = Vec::new();
    while let Some(term) = open.pop() {
        if term.unknown != Some(unknown) {
            continue;
        }
        let divides = matches!(term.op, Some("percent" | "/"));
        if let (true, Some(below)) = (divides, term.terms.get(1))
            && below.value.as_deref() == Some("0")
        {
            if let Some(label) = below.label.as_ref()
                && !zeros.contains(label)
            {
                zeros.push(label.clone());
            }
            continue;
        }
        open.extend(term.terms.iter().rev());
        // What a condition chooses may lack no more than the condition.
        if let Some(because) = &term.because {
            for leaf in super::leaves(because) {
                open.extend(&leaf.right);
                open.extend(&leaf.left);
            }
        }
    }
    zeros
}
