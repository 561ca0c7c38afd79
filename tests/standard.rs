//! The shipped standard: its golden report, its bytes, and what each indicator must have beside it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what should not be"
)]

mod probe;

use duibiao::author::{Compiled, Coverage, Shown, compile};
use duibiao::date::Date;
use duibiao::entry::Entry;
use duibiao::report::{Lang, report};
use duibiao::rulebook::Rulebook;
use probe::files::rule_files;
use std::fs;
use std::process::Command;

const FOLDER: &str = "rules/changzhou-2023";

fn compiled() -> Compiled {
    compile(&rule_files(FOLDER)).unwrap()
}

#[test]
fn the_report_is_the_golden_one() {
    let arguments = [
        "check",
        FOLDER,
        "tests/golden/data.json",
        "--as-of",
        "2024-01-01",
        "--format",
        "json",
    ];
    let output = Command::new(env!("CARGO_BIN_EXE_duibiao"))
        .args(arguments)
        .output()
        .unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    let golden = fs::read_to_string("tests/golden/report.json").unwrap();
    assert!(
        report == golden,
        "the report has changed; if that is meant: duibiao {} > tests/golden/report.json",
        arguments.join(" ")
    );
}

#[test]
fn a_rulebook_is_read_back_as_it_was_and_damage_is_told() {
    let rulebook = compiled().rulebook;
    let bytes = rulebook.to_bytes();
    assert_eq!(Rulebook::from_bytes(&bytes).as_ref(), Ok(&rulebook));
    let near = (0..2_000).chain(bytes.len() - 500..bytes.len());
    for length in near.chain((2_000..bytes.len()).step_by(997)) {
        assert!(
            Rulebook::from_bytes(&bytes[..length]).is_err(),
            "cut at {length}"
        );
    }
    // An altered byte may give another rulebook, but one that has that very form: never a panic.
    for at in (0..bytes.len()).step_by(419) {
        let mut altered = bytes.clone();
        altered[at] ^= 0x55;
        if let Ok(other) = Rulebook::from_bytes(&altered) {
            assert_eq!(other.to_bytes(), altered, "altered at {at}");
            // Nor when it is used.
            let as_of = Date::new(2024, 1, 1).unwrap();
            report(&other, "", &Entry::default(), as_of, Lang::Zh);
        }
    }
}

#[test]
fn each_indicator_has_examples_for_each_way_it_can_go() {
    let compiled = compiled();
    let tested = duibiao::author::test(&compiled, Date::new(2024, 1, 1).unwrap());
    assert_eq!(tested.failed, 0);
    let lacking: Vec<&Coverage> = tested
        .coverage
        .iter()
        .filter(|covered| covered.all().contains(&Shown::Lacking))
        .collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn the_standard_calls_itself_a_reference() {
    let standard = compiled().rulebook.standard;
    assert!(standard.title.contains("参考") && standard.notice.contains("不代表正式评定"));
}
