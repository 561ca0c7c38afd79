//! How sentences are put together: the same way in each language, from its dictionary.

use super::{Dictionary, Open, joined, told};
use crate::check::Outcome;
use crate::entry::{Problem, Trouble, limits};
use crate::number::{Number, figures};
use crate::report::{Change, Finding, Fix, Reason, Term};
use crate::rulebook::{Field, FieldType, Rulebook, StepMode};
use crate::text::{concat, cut};
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
            "" | "%" => return concat(&[number, unit]),
            "百分点" | "percentage points" => self.percentage_points,
            "天" | "days" => self.days,
            _ => return concat(&[number, " ", unit]),
        };
        let one = own.strip_suffix('s').filter(|_| number == "1");
        concat(&[number, " ", one.unwrap_or(own)])
    }

    /// A value of a yes-no field, or any other as it is.
    pub(super) fn word(&self, value: &str) -> String {
        match value {
            "yes" => self.yes.into(),
            "no" => self.no.into(),
            other => other.into(),
        }
    }

    /// Texts as a list.
    fn list(&self, texts: &[String]) -> String {
        joined(texts, self.comma_in_list)
    }

    /// A template of which one place is a list.
    fn filled(&self, template: &str, texts: &[String]) -> String {
        fill(template, &[&self.list(texts)])
    }

    /// What is told in brackets.
    fn in_brackets(&self, text: &str) -> String {
        fill(self.aside, &[text])
    }

    /// A finding in one paragraph.
    pub(super) fn finding(
        &self,
        outcome: Outcome,
        finding: &Finding,
        open: &Open,
        excluded: Option<&str>,
    ) -> String {
        let mut sentences = vec![concat(&[&finding.title, self.dash, self.outcome(outcome)])];
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
        // Points that follow from the outcome need no telling.
        let tells = match outcome {
            Outcome::Unmet => finding.scored.is_some(),
            _ => finding.points_are_told(),
        };
        if let (true, Some(points)) = (tells, &finding.points) {
            let (points, template) = match points.strip_prefix('-') {
                Some(lost) => (lost, self.lost),
                None if finding.kind == Some("penalty") => (points.as_str(), self.lost),
                None => (points.as_str(), self.points),
            };
            let points = shown_points(points);
            let how = finding.scored.as_ref().and_then(|term| self.how(term));
            let how = how.map_or_else(String::new, |how| self.in_brackets(&how));
            sentences.push(concat(&[&fill(template, &[&points, &finding.of]), &how]));
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

    fn because(&self, outcome: Outcome, open: &Open, reason: &Reason, sentences: &mut Vec<String>) {
        let leaves = super::decisive(reason);
        let mut say = |sentence: String| {
            if !sentence.is_empty() {
                sentences.push(sentence);
            }
        };
        // What each leaf is told as, where it is told at all.
        let told = |tell: &dyn Fn(&Reason) -> Option<String>| {
            let mut told: Vec<String> = Vec::new();
            for leaf in &leaves {
                if let Some(text) = tell(leaf)
                    && !text.is_empty()
                {
                    told.push(text);
                }
            }
            told
        };
        let (unknown, template) = match outcome {
            Outcome::Missing | Outcome::Pending => ("missing", self.zero_missing),
            Outcome::Invalid => ("invalid", self.zero_invalid),
            Outcome::NotApplicable => ("not_applicable", self.zero_not_applicable),
            Outcome::Met | Outcome::Partial | Outcome::Unmet | Outcome::Waived => {
                say(self.grounds(reason, true, false));
                return;
            }
        };
        let mut zeros: Vec<String> = Vec::new();
        for leaf in &leaves {
            for zero in zero_denominators(leaf, unknown) {
                if !zeros.contains(&zero) {
                    zeros.push(zero);
                }
            }
        }
        if !zeros.is_empty() {
            say(self.filled(template, &zeros));
        }
        match outcome {
            Outcome::Missing => say(self.what_is_open(open)),
            Outcome::Pending => {
                if reason.holds.is_some() {
                    // The line is met or not; how many points that costs is not settled.
                    say(self.grounds(reason, true, false));
                } else {
                    let present = told(&|leaf| self.present(leaf));
                    if !present.is_empty() {
                        say(fill(self.at_present, &[&joined(&present, self.semicolon)]));
                    }
                }
                say(self.what_is_open(open));
            }
            _ if !zeros.is_empty() => {}
            Outcome::Invalid => say(self.filled(self.invalid, &open.wrong)),
            _ => {
                let found = told(&|leaf| self.found(leaf));
                let found = joined(&found, self.semicolon);
                say(fill(self.does_not_apply, &[&found]));
            }
        }
    }

    /// Why a branch is as it is: what decided, with how it combines in words. `top` says that nothing is told
    /// before it, `among` that it is one of several ways.
    fn grounds(&self, reason: &Reason, top: bool, among: bool) -> String {
        let (taken, because) = self.taken(reason);
        if !because.is_empty() {
            let text = self.grounds(taken, false, true);
            if text.is_empty() {
                return text;
            }
            let mut text = fill(self.since, &[&self.list(&because), &text]);
            if top {
                capital(&mut text);
            }
            return text;
        }
        let mut decided = Vec::new();
        for part in &reason.parts {
            if part.decisive {
                decided.push(part);
            }
        }
        let several = match decided.as_slice() {
            [] => return self.leaf(reason),
            [only] if reason.kind != "at_least" => return self.grounds(only, top, among),
            decided => decided.len() > 1,
        };
        let wanted = !reason.negated;
        let fails = reason.holds == Some(!wanted);
        // What fails of ways of which each would do, is all that could be done.
        let counted = reason.kind == "at_least" && fails;
        let ways = counted || (several && fails && (reason.kind == "any") == wanted);
        let together = among && several && fails && !ways;
        let mut parts = Vec::new();
        for part in decided {
            let text = self.grounds(part, false, ways || (among && !together));
            if !text.is_empty() && !parts.contains(&text) {
                parts.push(text);
            }
        }
        let list = joined(&parts, self.semicolon);
        let mut head = match (counted, ways, together) {
            (true, ..) => self.how_many_more(reason, wanted),
            (_, true, _) => self.any_would_do.into(),
            (.., true) => self.all_needed.into(),
            _ => return list,
        };
        if top {
            capital(&mut head);
            return concat(&[&head, self.colon, &list]);
        }
        concat(&[&head, &self.in_brackets(&list)])
    }

    /// The branch that conditions chose, and what chose it.
    fn taken<'a>(&self, reason: &'a Reason) -> (&'a Reason, Vec<String>) {
        let (mut taken, mut because) = (reason, Vec::new());
        while let ("when", [condition, branches @ ..]) = (taken.kind, taken.parts.as_slice())
            && let Some(next) = branches.iter().find(|part| part.decisive)
        {
            self.facts(condition, &mut because);
            taken = next;
        }
        (taken, because)
    }

    /// How many of some parts are wanted, and how many more of them.
    fn how_many_more(&self, reason: &Reason, wanted: bool) -> String {
        let (mut judged, mut held) = (0, 0);
        for part in &reason.parts {
            judged += u32::from(!part.not_applicable);
            held += u32::from(part.holds == Some(wanted));
        }
        let n = reason.n.unwrap_or(0);
        // That fewer than so many hold is asked of all but so many.
        let needed = if wanted {
            n
        } else {
            (judged + 1).saturating_sub(n)
        };
        let more = figures(needed.saturating_sub(held));
        fill(
            self.how_many_more,
            &[&figures(needed), &figures(held), &more],
        )
    }

    /// Why a condition holds or does not, as statements that are true, each once.
    fn facts(&self, condition: &Reason, told: &mut Vec<String>) {
        if condition.parts.is_empty() {
            let fact = self.claim(condition, condition.holds == Some(true));
            if !fact.is_empty() && !told.contains(&fact) {
                told.push(fact);
            }
        }
        let opposite = matches!(condition.kind, "not" | "none");
        for part in &condition.parts {
            if part.holds.map(|holds| holds != opposite) == condition.holds {
                self.facts(part, told);
            }
        }
    }

    /// What a condition asks.
    fn asked(&self, reason: &Reason) -> String {
        if reason.parts.is_empty() {
            return self.claim(reason, !reason.negated);
        }
        let (taken, because) = self.taken(reason);
        if !because.is_empty() {
            return self.asked(taken);
        }
        let sign = match ((reason.kind == "any") != reason.negated, reason.kind) {
            (_, "at_least") => self.comma_in_list,
            (true, _) => self.either,
            _ => self.both,
        };
        let text = told(&reason.parts, sign, &|part| self.asked(part));
        match reason.parts.len() {
            1 => text,
            _ => concat(&[self.brackets[0], &text, self.brackets[1]]),
        }
    }

    /// What a leaf says, or the opposite of it.
    fn claim(&self, leaf: &Reason, truth: bool) -> String {
        if let Some(term) = &leaf.term {
            let value = self.yes_no(term, truth);
            let label = term.label.as_deref();
            return label.map_or_else(String::new, |label| fill(self.is_so, &[label, value]));
        }
        let (Some(left), Some(right)) = (&leaf.left, &leaf.right) else {
            return String::new();
        };
        let op = sign(leaf, truth);
        let so = leaf.holds == Some(truth);
        // Of words and yes-no values, what it is says all.
        let words = leaf.gap.is_none() && (so || op == "=");
        if let (true, Some(label), Some(_)) = (words, &left.label, &left.value) {
            return fill(
                self.is_so,
                &[label, &self.now(if so { left } else { right })],
            );
        }
        let left = self.side(left, true);
        if so && (op == "=" || op == "≠") {
            return left;
        }
        beside(&beside(&left, op), &self.side(right, false))
    }

    /// What has to be entered and set before an indicator can be judged.
    fn what_is_open(&self, open: &Open) -> String {
        let mut all = Vec::new();
        if !open.missing.is_empty() {
            all.push(self.filled(self.missing, &open.missing));
        }
        let missing = all.len();
        if !open.unset.is_empty() {
            all.push(self.filled(self.pending, &open.unset));
        }
        for (labels, until, from) in &open.out_of_force {
            let labels = self.list(labels);
            let [ended, begins, between] = self.out_of_force;
            all.push(match (until, from) {
                (Some(until), Some(from)) => fill(between, &[&labels, until, from]),
                (None, Some(from)) => fill(begins, &[&labels, from]),
                (until, None) => fill(ended, &[&labels, until.as_deref().unwrap_or("")]),
            });
        }
        let [fill_in, set, both] = self.then_decided;
        let then = match (missing, all.len() - missing) {
            (0, _) => set,
            (_, 0) => fill_in,
            _ => both,
        };
        let mut text = joined(&all, self.semicolon);
        capital(&mut text);
        text.push_str(then);
        text
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
                Some(self.grounds(chosen?, false, true))
            }
            (_, [first, second]) => Some(
                self.known_way(term, first, second)
                    .unwrap_or_else(|| self.expression(term, Within::Nothing)),
            ),
            _ => Some(self.expression(term, Within::Nothing)),
        }
    }

    /// Points in proportion, or so many lost each time, by the shapes that these words leave in the graph.
    fn known_way(&self, term: &Term, first: &Term, second: &Term) -> Option<String> {
        if let (Some("*"), Some("min"), [one, share]) =
            (term.op, second.op, second.terms.as_slice())
            && let (Some("1"), Some("/"), [value, target]) =
                (one.value.as_deref(), share.op, share.terms.as_slice())
        {
            return Some(fill(
                self.in_proportion,
                &[&self.now(value), &self.now(target)],
            ));
        }
        let (Some("max"), Some("-"), [full, lost]) = (term.op, second.op, second.terms.as_slice())
        else {
            return None;
        };
        let (Some("*"), [value, lose]) = (lost.op, lost.terms.as_slice()) else {
            return None;
        };
        let unit = match value.unit.as_str() {
            "" => self.once,
            unit => unit,
        };
        let [nothing, at_least] = self.down_to;
        let down_to = match first.shown.as_deref() {
            Some("0") | None => nothing.into(),
            Some(least) => fill(at_least, &[least]),
        };
        let each = [&self.now(value), unit, &self.now(lose), &down_to];
        full.terms.is_empty().then(|| fill(self.each_time, &each))
    }

    /// A comparison or a yes-no value in words.
    fn leaf(&self, reason: &Reason) -> String {
        let wanted = !reason.negated;
        let held = reason.holds == Some(wanted);
        if let Some(term) = &reason.term {
            // A yes that is written in the rules needs no telling.
            let Some(label) = term.label.as_deref() else {
                return String::new();
            };
            let template = if held { self.is } else { self.should_be };
            return fill(
                template,
                &[label, &self.now(term), self.yes_no(term, wanted)],
            );
        }
        let (Some(left), Some(right)) = (&reason.left, &reason.right) else {
            return String::new();
        };
        if reason.holds == Some(true) {
            let zeros = zero_denominators(reason, "not_applicable");
            if !zeros.is_empty() {
                return self.filled(self.zero_met, &zeros);
            }
        }
        let op = sign(reason, wanted);
        let mut said = vec![
            self.side(left, true),
            fill(self.required, &[op, &self.side(right, false)]),
        ];
        if let (Some(_), Some(gap), Some(unit)) = (reason.holds, &reason.gap, &reason.gap_unit) {
            let shown = apart(left, right).unwrap_or_else(|| shown_points(gap));
            let gap = self.quantity(&shown, unit);
            match (held, shown.as_str(), op) {
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

    /// What a yes-no value is called, which for whether a field is filled in is that.
    const fn yes_no(&self, term: &Term, truth: bool) -> &'static str {
        match (term.op.is_some(), truth) {
            (true, true) => self.filled[0],
            (true, false) => self.filled[1],
            (false, true) => self.yes,
            (false, false) => self.no,
        }
    }

    /// What a value that was read is now.
    fn now(&self, term: &Term) -> String {
        let value = term.shown.as_deref().unwrap_or("?");
        match (term.op, value) {
            (Some("filled"), "yes" | "no") => self.yes_no(term, value == "yes").into(),
            _ => self.quantity(&self.word(value), &term.unit),
        }
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
                term.value.as_ref()?;
                Some(fill(self.is, &[term.label.as_deref()?, &self.now(term)]))
            }
            (None, None) => None,
        }
    }

    /// One side of a comparison: how the value came about, and the value.
    fn side(&self, term: &Term, named: bool) -> String {
        let value = self.now(term);
        // What conditions chose is told as what it is, and why.
        let (mut term, mut because) = (term, Vec::new());
        while let (Some("when"), [chosen]) = (term.op, term.terms.as_slice()) {
            if let Some(condition) = &term.because {
                self.facts(condition, &mut because);
            }
            term = chosen;
        }
        let text = self.told_side(term, value, named);
        if because.is_empty() {
            return text;
        }
        let because = self.filled(self.because, &because);
        concat(&[&text, &self.in_brackets(&because)])
    }

    fn told_side(&self, term: &Term, value: String, named: bool) -> String {
        if !term.terms.is_empty() {
            let mut text = self.expression(term, Within::Nothing);
            let out = left_out(term);
            if !out.is_empty() {
                text.push_str(&self.in_brackets(&self.filled(self.left_out, &out)));
            }
            return concat(&[&text, " = ", &value]);
        }
        match &term.label {
            Some(label) if named || term.field.is_some() => beside(label, &value),
            None if term.op == Some("as_of") => self.expression(term, Within::Nothing),
            _ => value,
        }
    }

    /// An expression with the values read.
    fn expression(&self, term: &Term, within: Within) -> String {
        if term.terms.is_empty() {
            let value = self.now(term);
            return match &term.label {
                Some(label) => beside(label, &value),
                None if term.op == Some("as_of") => beside(self.as_of, &value),
                None => value,
            };
        }
        if let Some(counted) = counted(term) {
            return self.counted(&counted);
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
                return concat(&[
                    word,
                    open,
                    &parts(self.comma_in_list, Nothing, Nothing),
                    close,
                ]);
            }
        };
        let text = parts(sign, first, others);
        if !sign.is_empty() && (within == Product || (within == Subtrahend && first == Sum)) {
            concat(&[open, &text, close])
        } else {
            text
        }
    }

    /// Conditions of which those that hold are counted.
    fn counted(&self, conditions: &[&Reason]) -> String {
        let (mut all, mut hold, mut fail) = (Vec::new(), Vec::new(), Vec::new());
        for condition in conditions {
            match &condition.term {
                Some(term) if term.op.is_none() && term.label.is_some() => {
                    all.push(self.expression(term, Within::Nothing));
                }
                _ => {}
            }
            let list = if condition.holds == Some(true) {
                &mut hold
            } else {
                &mut fail
            };
            list.push(self.asked(condition));
        }
        if all.len() == conditions.len() {
            return self.filled(self.how_many, &all);
        }
        let [held, failed] = self.hold_or_not;
        let mut told = Vec::new();
        for (template, list) in [(held, &hold), (failed, &fail)] {
            if !list.is_empty() {
                told.push(self.filled(template, list));
            }
        }
        fill(self.how_many_hold, &[&joined(&told, self.semicolon)])
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
        let from = change.from.as_deref().and_then(Number::parse);
        let to = self.quantity(&self.word(&change.to), &change.unit);
        let (Some(from), Some(target)) = (from, Number::parse(&change.to)) else {
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
            *label = concat(&[label, "（", key, "）"]);
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
            // Of a line, the limit is that of its use.
            Trouble::BelowLimit if field.is_none() => Some(self.quantity("0", unit)),
            Trouble::AboveLimit if field.is_none() => {
                let mut all = rulebook.parameters.iter();
                let index = all.position(|parameter| parameter.id == id);
                let limit = index.and_then(|index| limits(rulebook).get(index)?.max());
                limit.map(|limit| self.quantity(&limit.exact(), unit))
            }
            Trouble::BelowLimit => limit(|field| &field.min),
            Trouble::AboveLimit => limit(|field| &field.max),
            Trouble::NotAChoice => choices.map(|choices| self.list(choices)),
            Trouble::Unreadable => {
                let write = self.what_to_write(field);
                let measured = field.is_none_or(|field| field.kind == FieldType::Number);
                Some(match unit {
                    unit if measured && !unit.is_empty() => {
                        concat(&[write, &fill(self.in_unit, &[unit])])
                    }
                    _ => write.into(),
                })
            }
            _ => Some(unit.to_string()),
        };
        let given = problem.given.as_str();
        let end = given.char_indices().nth(40);
        let given = end.and_then(|(end, _)| given.get(..end)).unwrap_or(given);
        fill(
            self.trouble(problem.trouble),
            &[&label, given, &third.unwrap_or_default()],
        )
    }
}

/// Whether some branch is not known yet, so that what would pass can't be told.
fn has_unknown(finding: &Finding) -> bool {
    let mut open = Vec::new();
    if let Some(reason) = &finding.reason {
        open.push(reason);
    }
    while let Some(reason) = open.pop() {
        if reason.parts.is_empty() && reason.holds.is_none() && !reason.not_applicable {
            return true;
        }
        // What holds already needs nothing more.
        for part in &reason.parts {
            if part.holds != Some(!part.negated) {
                open.push(part);
            }
        }
    }
    false
}

/// Points as people read them: a fraction in as many digits as are shown, and as many as it takes not
/// to show it as nothing.
fn shown_points(points: &str) -> String {
    Number::parse(points).map_or_else(
        || points.into(),
        |points| {
            Number::shown_apart(&points, &Number::ZERO, crate::explain::reason::SHOWN_DIGITS).0
        },
    )
}

/// How far two sides are apart by what is shown of them, so that whoever reckons it again gets the same.
fn apart(left: &Term, right: &Term) -> Option<String> {
    let left = Number::parse(left.shown.as_deref()?)?;
    let right = Number::parse(right.shown.as_deref()?)?;
    Some(left.checked_sub(&right)?.abs().exact())
}

/// The sign of a comparison, or that of its opposite.
fn sign(reason: &Reason, truth: bool) -> &'static str {
    match (reason.op.unwrap_or(""), truth) {
        (">=", true) | ("<", false) => "≥",
        (">", true) | ("<=", false) => ">",
        ("<=", true) | (">", false) => "≤",
        ("<", true) | (">=", false) => "<",
        ("==", true) | ("!=", false) => "=",
        _ => "≠",
    }
}

/// Two texts with a space between them, but where a full-width bracket leaves one.
fn beside(a: &str, b: &str) -> String {
    concat(&[a, if a.ends_with('）') { "" } else { " " }, b])
}

/// The terms that have a part in a value: those that do not apply have none where others do.
fn counting(term: &Term) -> Vec<&Term> {
    let mut counting = Vec::new();
    for part in &term.terms {
        if term.unknown.is_some() || part.unknown != Some("not_applicable") {
            counting.push(part);
        }
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

/// Begins a sentence.
fn capital(text: &mut str) {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}

/// The conditions that a sum counts, where it is nothing else.
fn counted(term: &Term) -> Option<Vec<&Reason>> {
    if term.op != Some("+") {
        return None;
    }
    let mut asked = Vec::new();
    for part in counting(term) {
        let (Some("when"), [chosen], Some(condition)) =
            (part.op, part.terms.as_slice(), &part.because)
        else {
            return None;
        };
        let one = condition.holds == Some(true);
        if chosen.value.as_deref() != Some(if one { "1" } else { "0" }) || chosen.label.is_some() {
            return None;
        }
        asked.push(condition.as_ref());
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
