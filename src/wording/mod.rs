//! Wording: sentences from facts, one dictionary for each language.

#[cfg(feature = "compare")]
mod both;
mod en;
#[cfg(feature = "compare")]
mod folded;
mod formula;
#[cfg(feature = "author")]
mod scoring;
mod sentences;
mod template;
mod zh;

#[cfg(feature = "compare")]
pub use both::Text;
#[cfg(feature = "compare")]
pub(crate) use both::{kind_in_words, with_unit};
pub use formula::formula;
#[cfg(feature = "author")]
pub use scoring::scoring;
#[cfg(feature = "compare")]
pub use template::labelled;
pub use template::{UNKNOWN, fill};

use crate::check::Outcome;
use crate::entry::{Problem, Trouble};
use crate::report::{Finding, Reason};
use crate::rulebook::{Field, Rulebook};
use serde::Serialize;

/// A language that reports can be written in.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The language of a code: `zh` or `en`.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// The words of a language; `{0}`, `{1}` are places to fill.
struct Dictionary {
    /// In the order of `Outcome::ALL`.
    outcomes: [&'static str; 8],
    yes: &'static str,
    no: &'static str,
    stop: &'static str,
    comma: &'static str,
    semicolon: &'static str,
    colon: &'static str,
    comma_in_list: &'static str,
    brackets: [&'static str; 2],
    dash: &'static str,
    and: &'static str,
    excluded: &'static str,
    waived: &'static str,
    waiver_expired: &'static str,
    points: &'static str,
    lost: &'static str,
    each_step: &'static str,
    in_proportion: &'static str,
    each_time: &'static str,
    once: &'static str,
    down_to: [&'static str; 2],
    aside: &'static str,
    required: &'static str,
    short: &'static str,
    over: &'static str,
    apart: &'static str,
    spare: &'static str,
    exactly: &'static str,
    not_above: &'static str,
    not_below: &'static str,
    is: &'static str,
    should_be: &'static str,
    is_so: &'static str,
    /// Whether a field is filled in.
    filled: [&'static str; 2],
    because: &'static str,
    since: &'static str,
    both: &'static str,
    either: &'static str,
    any_would_do: &'static str,
    all_needed: &'static str,
    how_many_more: &'static str,
    missing: &'static str,
    pending: &'static str,
    /// Values that ended, that are to come, and both.
    out_of_force: [&'static str; 3],
    /// What is filled in, what is set, and both.
    then_decided: [&'static str; 3],
    at_present: &'static str,
    invalid: &'static str,
    zero_invalid: &'static str,
    zero_not_applicable: &'static str,
    zero_missing: &'static str,
    zero_met: &'static str,
    does_not_apply: &'static str,
    no_fix_yet: &'static str,
    no_fix: &'static str,
    then_met: &'static str,
    or_else: &'static str,
    and_more: &'static str,
    how_many: &'static str,
    how_many_hold: &'static str,
    hold_or_not: [&'static str; 2],
    left_out: &'static str,
    as_of: &'static str,
    becomes: &'static str,
    raise: &'static str,
    lower: &'static str,
    percentage_points: &'static str,
    days: &'static str,
    /// How a part of a step is counted, in the order of `StepMode`.
    modes: [&'static str; 3],
    did_you_mean: &'static str,
    /// What the functions of a term's `op` are called.
    functions: [(&'static str, &'static str); 12],
    /// What to write in a field, in the order of `FieldType`.
    write: [&'static str; 7],
    in_unit: &'static str,
    /// In the order of `Trouble`: the name, what was given, and what helps.
    troubles: [&'static str; 17],
}

impl Dictionary {
    fn outcome(&self, outcome: Outcome) -> &'static str {
        let all = Outcome::ALL.iter().zip(self.outcomes);
        all.into_iter()
            .find(|(o, _)| **o == outcome)
            .map_or("", |(_, word)| word)
    }

    fn function(&self, op: &str) -> &'static str {
        self.functions
            .iter()
            .find(|(name, _)| *name == op)
            .map_or("", |(_, word)| word)
    }

    fn what_to_write(&self, field: Option<&Field>) -> &'static str {
        let kind = field.map_or(0, |field| field.kind as usize);
        self.write.get(kind).copied().unwrap_or("")
    }

    fn trouble(&self, trouble: Trouble) -> &'static str {
        self.troubles.get(trouble as usize).copied().unwrap_or("")
    }
}

const fn dictionary(lang: Lang) -> &'static Dictionary {
    match lang {
        Lang::Zh => &zh::ZH,
        Lang::En => &en::EN,
    }
}

/// What an outcome is called.
pub fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    dictionary(lang).outcome(outcome)
}

/// What keeps an indicator undecided, as people call it.
#[derive(Debug, Default)]
pub struct Open {
    /// Fields that are to be filled in.
    pub missing: Vec<String>,
    /// Parameters that are not set.
    pub unset: Vec<String>,
    /// Parameters whose values ended on a day, or begin on one.
    pub out_of_force: Vec<(Vec<String>, Option<String>, Option<String>)>,
    /// Fields and parameters whose value is of no use.
    pub wrong: Vec<String>,
}

/// A finding in one paragraph; `excluded` is the reason why the user set the indicator aside.
pub fn finding(
    outcome: Outcome,
    finding: &Finding,
    open: &Open,
    excluded: Option<&str>,
    lang: Lang,
) -> String {
    dictionary(lang).finding(outcome, finding, open, excluded)
}

/// A value as a report shows it, with its unit.
pub fn quantity(shown: &str, unit: &str, lang: Lang) -> String {
    let words = dictionary(lang);
    words.quantity(&words.word(shown), unit)
}

/// What is wrong with a given value, and what to write instead.
pub fn data_problem(rulebook: &Rulebook, problem: &Problem, lang: Lang) -> String {
    dictionary(lang).data_problem(rulebook, problem)
}

/// The stable code of a trouble, and whether it is an error.
pub const fn trouble_code(trouble: Trouble) -> (&'static str, bool) {
    match trouble {
        Trouble::UnknownField => ("unknown-field", false),
        Trouble::UnknownParameter => ("unknown-parameter", false),
        Trouble::UnknownIndicator => ("unknown-indicator", false),
        Trouble::Unreadable | Trouble::OtherUnit => ("unreadable", true),
        Trouble::AmbiguousPercent
        | Trouble::AmbiguousUnit
        | Trouble::AmbiguousBound
        | Trouble::AmbiguousNothing => ("ambiguous", true),
        Trouble::NotWhole => ("not-whole", true),
        Trouble::BelowLimit | Trouble::NotAboveZero => ("below-limit", true),
        Trouble::AboveLimit => ("above-limit", true),
        Trouble::NotAChoice => ("not-a-choice", true),
        Trouble::NoReason => ("no-reason", true),
        Trouble::NoWaiver => ("no-waiver", true),
        Trouble::Duplicate => ("duplicate", true),
    }
}

/// The leaves of a reason tree that decided it, in order.
fn decisive(reason: &Reason) -> Vec<&Reason> {
    let mut decisive = Vec::new();
    for leaf in leaves(reason) {
        if leaf.decisive {
            decisive.push(leaf);
        }
    }
    decisive
}

/// The unit of how far two values of a unit are apart.
pub fn gap_unit(unit: &str, lang: Lang) -> &str {
    match (unit, lang) {
        ("%", Lang::Zh) => "百分点",
        ("%" | "百分点", Lang::En) => "percentage points",
        ("天", Lang::En) => "days",
        _ => unit,
    }
}

/// The leaves of a reason tree, in order.
pub fn leaves(reason: &Reason) -> Vec<&Reason> {
    let mut leaves = Vec::new();
    let mut open = vec![reason];
    while let Some(reason) = open.pop() {
        if reason.parts.is_empty() {
            leaves.push(reason);
        }
        open.extend(reason.parts.iter().rev());
    }
    leaves
}

/// The most letters of a name that are compared, and the most bytes of one that is proposed.
const MOST_COMPARED: usize = 200;

/// The known name that is most like a given one, if one is like it at all.
pub fn most_like<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let given = letters(given);
    let mut best: Option<(usize, &str, usize)> = None;
    for name in known {
        if !(1..MOST_COMPARED).contains(&name.len()) {
            continue;
        }
        let own = letters(name);
        let found = (distance(&given, &own), name, own.len().max(given.len()));
        if best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    let (distance, name, length) = best?;
    (distance * 3 <= length.max(3)).then(|| name.into())
}

fn letters(name: &str) -> Vec<char> {
    let name = name.to_ascii_lowercase();
    let mut letters = Vec::new();
    for letter in name.chars() {
        if letters.len() < MOST_COMPARED {
            letters.push(letter);
        }
    }
    letters
}

/// How many letters have to be changed, added, left out or swapped (Damerau–Levenshtein, adjacent swaps).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = vec![0];
    for _ in b {
        last.push(last.len());
    }
    let mut previous_a = None;
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut previous_b = None;
        for (j, y) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = get(&last, j) + usize::from(x != y);
            best = best.min(get(&last, j + 1) + 1).min(get(&row, j) + 1);
            if j > 0 && previous_a == Some(y) && previous_b == Some(x) {
                best = best.min(get(&before, j - 1) + 1);
            }
            row.push(best);
            previous_b = Some(y);
        }
        before = std::mem::replace(&mut last, row);
        previous_a = Some(x);
    }
    last.last().copied().unwrap_or(0)
}

/// Texts with `between` between them.
fn joined(texts: &[String], between: &str) -> String {
    told(texts, between, &String::clone)
}

/// What items are told as, with `between` between them. The module holds this once for each kind of item, where iterators
/// would be held for each use.
fn told<T>(items: &[T], between: &str, tell: &dyn Fn(&T) -> String) -> String {
    let mut all = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            all.push_str(between);
        }
        all.push_str(&tell(item));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        for (given, expected) in [
            ("机扫面只", Some("机扫面积")),
            ("mech_swept_aera", Some("mech_swept_area")),
            ("公厕总数", None),
        ] {
            let known = ["机扫面积", "清扫面积", "mech_swept_area"];
            assert_eq!(most_like(given, known).as_deref(), expected, "{given}");
        }
    }
}
