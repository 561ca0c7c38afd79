//! What is suggested passes, is allowed, and is no more than it takes; where nothing is
//! suggested, no single field could do it.

use crate::cases;
use crate::random::{Filled, Filling, Sample, Wanted, standards};
use crate::tape::tapes;
use duibiao::check::{Check, Outcome, Value, check};
use duibiao::date::Date;
use duibiao::entry::{Entry, Given, Reading, check_limits, read};
use duibiao::number::Number;
use duibiao::report::{Change, Fix, Lang, Report, report};
use duibiao::rulebook::{Better, Field, FieldType, Rulebook};
use proptest::collection::vec;
use proptest::prelude::*;

const WANTED: Wanted = Wanted {
    rules: 3,
    filled: true,
    scheme: true,
    narrow: true,
};

/// Entries of which everything is known, and such as they mostly are.
const FILLINGS: [Filling; 2] = [
    Filling {
        ids: true,
        ..Filling::WHOLE
    },
    Filling {
        ids: true,
        ..Filling::MIXED
    },
];

pub fn changed(entry: &Entry, changes: &[(String, String)]) -> Entry {
    let mut entry = entry.clone();
    for (id, to) in changes {
        let (_, given) = entry
            .fields
            .iter_mut()
            .find(|(name, _)| name == id)
            .unwrap();
        *given = Given::Text(to.clone());
    }
    entry
}

/// The changes of a fix, as they would be entered.
pub fn changes(fix: &Fix) -> Vec<(String, String)> {
    let all = std::iter::once(&fix.change).chain(&fix.also);
    // 0.5 alone would be asked about where the unit is %.
    let text = |change: &Change| match change.unit.as_str() {
        "%" => format!("{}%", change.to),
        _ => change.to.clone(),
    };
    all.map(|change| (change.field.clone(), text(change)))
        .collect()
}

/// Data that is contradictory or can't be read.
fn errors(report: &Report) -> usize {
    report
        .data
        .iter()
        .filter(|problem| problem.severity == "error")
        .count()
}

/// Whether an indicator is met, and nothing is wrong that was not before.
fn passes(rulebook: &Rulebook, before: &Report, entry: &Entry, as_of: Date, index: usize) -> bool {
    let told = report(rulebook, "", entry, as_of, Lang::Zh);
    told.findings[index].outcome == "met" && errors(&told) <= errors(before)
}

fn field_of<'a>(rulebook: &'a Rulebook, id: &str) -> &'a Field {
    let name = id.split('.').next().unwrap();
    rulebook
        .fields
        .iter()
        .find(|field| field.id == name)
        .unwrap()
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// The value one step nearer to where it was; `None` where that is no change any more.
fn one_less(field: &Field, change: &Change) -> Option<String> {
    let from = change.from.as_ref()?;
    match field.kind {
        FieldType::Date => {
            let (from, to) = (Date::parse(from)?, Date::parse(&change.to)?);
            let less = to.days() + (from.days() - to.days()).signum();
            (less != from.days()).then(|| Date::from_days(less).unwrap().iso())
        }
        FieldType::Number | FieldType::Count | FieldType::Percent => {
            let (from, to) = (number(from), number(&change.to));
            let step =
                (0..field.digits).fold(Number::ONE, |s, _| s.checked_div(&10.into()).unwrap());
            let step = if to > from { step.neg() } else { step };
            let less = to.checked_add(&step).unwrap();
            let between = (less > from) == (to > from) && less != from;
            between.then(|| less.exact())
        }
        _ => None,
    }
}

/// Whether a change is one that a field allows.
fn allowed(indicator_given: &[u32], rulebook: &Rulebook, change: &Change) -> Result<(), String> {
    let field = field_of(rulebook, &change.field);
    let at = rulebook
        .fields
        .iter()
        .position(|one| one.id == field.id)
        .unwrap();
    if field.given || indicator_given.contains(&(at as u32)) {
        return Err(format!("{} is given", field.id));
    }
    if let (Some(to), Some(from)) = (Number::parse(&change.to), &change.from)
        && matches!(
            field.kind,
            FieldType::Number | FieldType::Count | FieldType::Percent
        )
    {
        let from = number(from);
        if check_limits(field, &to).is_err() {
            return Err("beyond its limits".into());
        }
        if to.decimals().is_none_or(|digits| digits > field.digits) {
            return Err("more decimal places than it has".into());
        }
        if field.better == Some(Better::More) && to < from
            || field.better == Some(Better::Less) && to > from
        {
            return Err("the wrong way".into());
        }
    }
    Ok(())
}

/// All values that a field can be given in steps of its last decimal place.
fn grid(field: &Field) -> Vec<Value> {
    match field.kind {
        FieldType::YesNo => vec![Value::Truth(true), Value::Truth(false)],
        FieldType::Choice => field
            .choices
            .iter()
            .map(|c| Value::Text(c.as_str().into()))
            .collect(),
        FieldType::Text => Vec::new(),
        FieldType::Date => {
            let first = Date::parse("2019-01-01").unwrap().days();
            let days = (0..3000)
                .step_by(5)
                .map(|by| Date::from_days(first + by).unwrap());
            days.map(Value::Date).collect()
        }
        _ => {
            let (min, max) = (field.min.clone().unwrap(), field.max.clone().unwrap());
            let scale = if field.digits == 0 { 1 } else { 10 };
            let all = min.to_i64().unwrap() * scale..=max.to_i64().unwrap() * scale;
            all.map(|at| Value::Number(Number::ratio(at, scale).unwrap()))
                .collect()
        }
    }
}

/// What may be changed for an indicator: slots, each with its field.
fn free<'a>(rulebook: &'a Rulebook, before: &Check, index: usize) -> Vec<(u32, &'a Field)> {
    let indicator = &rulebook.indicators[index];
    let mut free = Vec::new();
    for slot in rulebook.graph.slots_of(indicator.meets) {
        let (field, _) = rulebook.field_of(slot).unwrap();
        let at = rulebook
            .fields
            .iter()
            .position(|one| one.id == field.id)
            .unwrap() as u32;
        // What a data check refuses is no value either.
        let known = before.slots[slot as usize].cause().is_none();
        if known && !field.given && !indicator.given.contains(&at) {
            free.push((slot, field));
        }
    }
    free
}

fn is_worse(field: &Field, was: &Value, to: &Value) -> bool {
    match (field.better, was.number(), to.number()) {
        (Some(Better::More), Some(was), Some(to)) => to < was,
        (Some(Better::Less), Some(was), Some(to)) => to > was,
        _ => false,
    }
}

/// Whether an indicator is met and no data check broken that was not.
fn is_met(rulebook: &Rulebook, before: &Check, reading: &Reading, index: usize) -> bool {
    let now = check(rulebook, reading, before.as_of);
    let error = |at: &usize| rulebook.data_checks[*at].error && !before.broken.contains(at);
    now.findings[index].outcome == Outcome::Met && !now.broken.iter().any(error)
}

/// A change of one field that passes, tried one by one.
fn by_trying(sample: &Sample, filled: &Filled, index: usize) -> Option<String> {
    let rulebook = &sample.rulebook;
    let mut reading = read(rulebook, &filled.entry);
    let before = check(rulebook, &reading, filled.as_of);
    for (slot, field) in free(rulebook, &before, index) {
        let was = reading.slots[slot as usize].clone();
        for value in grid(field) {
            if is_worse(field, &was, &value) {
                continue;
            }
            reading.slots[slot as usize] = value.clone();
            if is_met(rulebook, &before, &reading, index) {
                return Some(format!("{} = {value:?}", rulebook.slot_id(slot)));
            }
        }
        reading.slots[slot as usize] = was;
    }
    None
}

/// Changes to the ends of the fields that pass together, all that may be changed being tried.
fn by_ends(sample: &Sample, filled: &Filled, index: usize) -> Option<String> {
    let rulebook = &sample.rulebook;
    let mut reading = read(rulebook, &filled.entry);
    let before = check(rulebook, &reading, filled.as_of);
    let mut tried: Vec<(u32, Vec<Value>)> = Vec::new();
    for (slot, field) in free(rulebook, &before, index).into_iter().take(6) {
        let grid = grid(field);
        let mut values = vec![reading.slots[slot as usize].clone()];
        for end in grid.first().into_iter().chain(grid.last()) {
            if !is_worse(field, &values[0], end) {
                values.push(end.clone());
            }
        }
        tried.push((slot, values));
    }
    let all: usize = tried.iter().map(|(_, values)| values.len()).product();
    for mut at in 0..all {
        let mut told = Vec::new();
        for (slot, values) in &tried {
            let value = values[at % values.len()].clone();
            at /= values.len();
            if value != values[0] {
                told.push(format!("{} = {value:?}", rulebook.slot_id(*slot)));
            }
            reading.slots[*slot as usize] = value;
        }
        if is_met(rulebook, &before, &reading, index) {
            return Some(told.join(", "));
        }
    }
    None
}

/// Holds the law for one entry; how many findings had single fixes, sets, and none, and for how many of the last there is a set.
fn held(sample: &Sample, filled: &Filled) -> Result<[usize; 4], TestCaseError> {
    let rulebook = &sample.rulebook;
    let told = report(rulebook, "", &filled.entry, filled.as_of, Lang::Zh);
    let mut counts = [0; 4];
    for (index, finding) in told.findings.iter().enumerate() {
        if !matches!(finding.outcome, "unmet" | "partial") {
            continue;
        }
        let case = |what: &str| {
            format!(
                "{what}\n{}\n{:#?}\n{:#?}",
                sample.rules[index].text(),
                finding.fixes,
                filled.entry
            )
        };
        let tried = |changes: &[(String, String)]| {
            let entry = changed(&filled.entry, changes);
            passes(rulebook, &told, &entry, filled.as_of, index)
        };
        for fix in &finding.fixes {
            counts[usize::from(!fix.also.is_empty())] += 1;
            let all = changes(fix);
            let mut names: Vec<&String> = all.iter().map(|(name, _)| name).collect();
            names.sort();
            names.dedup();
            prop_assert_eq!(names.len(), all.len(), "{}", case("a field twice"));
            prop_assert!(tried(&all), "{}", case("does not pass"));
            let parts: Vec<&Change> = std::iter::once(&fix.change).chain(&fix.also).collect();
            for (at, change) in parts.iter().enumerate() {
                let ok = allowed(&rulebook.indicators[index].given, rulebook, change);
                prop_assert!(ok.is_ok(), "{}", case(&format!("{ok:?}")));
                if let Some(less) = one_less(field_of(rulebook, &change.field), change) {
                    let mut smaller = all.clone();
                    smaller[at].1 = if change.unit == "%" {
                        format!("{less}%")
                    } else {
                        less
                    };
                    prop_assert!(!tried(&smaller), "{}", case("less would do"));
                }
                if parts.len() > 1 {
                    let mut without = all.clone();
                    without.remove(at);
                    prop_assert!(!tried(&without), "{}", case("fewer would do"));
                }
            }
        }
        if finding.fixes.iter().all(|fix| !fix.also.is_empty()) {
            if finding.fixes.is_empty() {
                counts[2] += 1;
                counts[3] += usize::from(by_ends(sample, filled, index).is_some());
            }
            let found = by_trying(sample, filled, index);
            prop_assert!(found.is_none(), "{}", case(&format!("there is {found:?}")));
        }
    }
    Ok(counts)
}

proptest! {
    #![proptest_config(cases(120))]
    #[test]
    fn what_is_suggested_passes_and_is_least(sample in standards(WANTED), tapes in vec(tapes(120), 6)) {
        for (tape, filling) in tapes.iter().zip(FILLINGS.iter().cycle()) {
            held(&sample, &sample.fill(tape, *filling))?;
        }
    }
}

#[test]
fn there_are_fixes_of_all_kinds() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut counts = [0; 4];
    for _ in 0..120 {
        let sample = standards(WANTED).new_tree(&mut runner).unwrap().current();
        for _ in 0..3 {
            let tape = tapes(120).new_tree(&mut runner).unwrap().current();
            let filled = sample.fill(&tape, FILLINGS[0]);
            for (total, more) in counts.iter_mut().zip(held(&sample, &filled).unwrap()) {
                *total += more;
            }
        }
    }
    println!("single, sets, none, of these missed: {counts:?}");
    assert!(counts[0] > 100 && counts[1] > 10, "{counts:?}");
    // Sets are searched for, not solved: few are missed, and then nothing is suggested.
    assert!(counts[3] * 10 < counts[1], "{counts:?}");
}
