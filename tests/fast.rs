//! The fast evaluation, sessions and the full check say the same of the shipped standards, whatever is entered.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what should not be"
)]

mod probe;

use duibiao::author::{SourceFile, compile};
use duibiao::check::{Cause, Check, Finding, Outcome, Prepared, Session, Value, check};
use duibiao::date::Date;
use duibiao::entry::{self, Entry, Given, read_value};
use duibiao::number::Number;
use duibiao::rulebook::{FieldType, Rulebook};
use probe::files::{rule_files, standards};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::rc::Rc;

fn as_of() -> Date {
    Date::new(2024, 1, 1).unwrap()
}

/// Something that staff may write into a field: mostly a value of its type, sometimes anything.
fn text(kind: FieldType, choices: &[String], pick: u32) -> String {
    let odd = [
        "",
        "无",
        "≥95",
        "0.95",
        "-3",
        "1e30",
        "99999999999999999999.123456789",
        "2023-05-31",
        "是",
        "x",
    ];
    if pick & 7 == 0 {
        return odd[pick as usize / 8 % odd.len()].into();
    }
    let n = pick / 8;
    match kind {
        FieldType::YesNo => ["是", "否"][n as usize % 2].into(),
        FieldType::Choice => choices[n as usize % choices.len()].clone(),
        FieldType::Date => format!("20{:02}-{:02}-{:02}", 18 + n % 8, 1 + n % 12, 1 + n % 28),
        FieldType::Text => "说明".into(),
        FieldType::Count => (n % 120).to_string(),
        FieldType::Number | FieldType::Percent => format!("{}.{}", n % 130, n % 7),
    }
}

/// A slot, mostly near `near`, by its name in data, and a text for it.
fn edit(rulebook: &Rulebook, near: u32, (at, pick): (u32, u32)) -> (u32, String, String) {
    let at = if at & 3 == 0 {
        at
    } else {
        near % 10_000 + at / 4 % 6
    };
    let slot = at % rulebook.slots() as u32;
    let field = rulebook.field_of(slot).unwrap().0;
    (
        slot,
        rulebook.slot_id(slot),
        text(field.kind, &field.choices, pick),
    )
}

fn same(fast: &[Finding], full: &Check) {
    assert_eq!(fast, full.findings);
}

fn judged(rulebook: &Rulebook, entry: &Entry) -> (Vec<Finding>, Check) {
    let reading = entry::read(rulebook, entry);
    let full = check(rulebook, &reading, as_of());
    let prepared = Prepared::new(rulebook, &reading, as_of());
    let mut row = prepared.row(&reading);
    let fast = if prepared.judge(rulebook, &mut row) {
        row.findings.iter().map(Finding::exact).collect()
    } else {
        full.findings.clone()
    };
    (fast, full)
}

fn agrees(rulebook: &Rc<Rulebook>, edits: &[(u32, u32)]) {
    let mut entry = Entry::default();
    let mut session = Session::new(rulebook.clone(), entry::read(rulebook, &entry), as_of());
    let mut states = vec![session.findings().to_vec()];
    for pick in edits {
        let (slot, name, text) = edit(rulebook, edits[0].0, *pick);
        entry.fields.retain(|(known, _)| *known != name);
        let given = Given::Text(text);
        let value = read_value(rulebook, rulebook.field_of(slot).unwrap().0, &given);
        entry.fields.push((name, given));
        let before = session.findings().to_vec();
        let value = match value {
            Ok(Some(value)) => value,
            Ok(None) => Value::Unknown(Cause::Missing),
            Err(_) => Value::INVALID,
        };
        let changed = session.set(slot, value);
        let (fast, full) = judged(rulebook, &entry);
        same(&fast, &full);
        same(session.findings(), &full);
        // Told is what changed, and nothing else.
        let differs = |index: &u32| before[*index as usize] != full.findings[*index as usize];
        let expected: Vec<u32> = (0..full.findings.len() as u32).filter(differs).collect();
        assert_eq!(changed, expected);
        states.push(full.findings);
    }
    for state in states.iter().rev().skip(1) {
        assert!(session.undo().is_some());
        assert_eq!(session.findings(), state);
    }
    assert!(session.undo().is_none());
}

/// Entries made by editing, one standard after the other.
#[test]
fn of_the_shipped_standards() {
    for folder in rule_files_of_all() {
        let rulebook = Rc::new(compile(&folder).unwrap().rulebook);
        let edits = proptest::collection::vec(any::<(u32, u32)>(), 1..100);
        let mut runner = TestRunner::new(ProptestConfig::with_cases(40));
        let result = runner.run(&edits, |edits| {
            agrees(&rulebook, &edits);
            Ok(())
        });
        assert!(result.is_ok(), "{result:?}");
    }
}

fn rule_files_of_all() -> Vec<Vec<SourceFile>> {
    standards()
        .iter()
        .map(|folder| rule_files(folder))
        .collect()
}

/// Ordinary data needs no help of the full evaluation.
#[test]
fn ordinary_data_is_judged_fast() {
    let data = std::fs::read_to_string("tests/golden/data.json").unwrap();
    let rulebook = compile(&rule_files("rules/changzhou-2023"))
        .unwrap()
        .rulebook;
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    let fields = data["fields"].as_object().unwrap().iter();
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let entry = Entry {
        fields: fields
            .map(|(name, value)| (name.clone(), Given::Text(text(value))))
            .collect(),
        ..Entry::default()
    };
    let reading = entry::read(&rulebook, &entry);
    let prepared = Prepared::new(&rulebook, &reading, as_of());
    let mut row = prepared.row(&reading);
    assert!(prepared.judge(&rulebook, &mut row));
    let met = row
        .findings
        .iter()
        .filter(|finding| finding.outcome == Outcome::Met);
    assert!(met.count() > 10);
}

/// Whether a value is refused only the full evaluation may know: until then it is not known to be there.
#[test]
fn what_may_be_refused_is_not_yet_there() {
    let rulebook = Rc::new(probe::rulebook_of(
        r#"group("组"); field("甲", #{ id: "a" });
           data_check(甲 * 甲 * 甲 * 甲 <= 1, "太大");
           indicator("A-1", #{ title: "标", advice: "填", meets: filled(甲) });"#,
    ));
    let mut reading = entry::read(&rulebook, &Entry::default());
    let mut session = Session::new(rulebook.clone(), reading.clone(), as_of());
    for number in [1, 99_999_999_999, 0] {
        let value = Value::Number(Number::from(number));
        reading.slots[0] = value.clone();
        session.set(0, value);
        same(session.findings(), &check(&rulebook, &reading, as_of()));
    }
}
