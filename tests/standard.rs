//! The shipped standard: its golden report, its bytes, and what each indicator must have beside it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what should not be"
)]

use duibiao::author::{Compiled, Coverage, Shown, SourceFile, compile};
use duibiao::date::Date;
use duibiao::rulebook::Rulebook;
use std::fs;
use std::path::Path;
use std::process::Command;

const FOLDER: &str = "rules/changzhou-2023";

fn rule_files(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            rule_files(&path, root, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rhai")
        {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_string();
            files.push(SourceFile {
                path: name,
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

fn compiled(reversed: bool) -> Compiled {
    let mut files = Vec::new();
    rule_files(Path::new(FOLDER), Path::new(FOLDER), &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    if reversed {
        files.reverse();
    }
    compile(&files).unwrap()
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
fn compiling_gives_the_same_bytes_whatever_the_order_of_the_files() {
    assert_eq!(
        compiled(false).rulebook.to_bytes(),
        compiled(true).rulebook.to_bytes()
    );
}

#[test]
fn a_rulebook_is_read_back_as_it_was_and_damage_is_told() {
    let rulebook = compiled(false).rulebook;
    let bytes = rulebook.to_bytes();
    assert_eq!(Rulebook::from_bytes(&bytes).as_ref(), Ok(&rulebook));
    for length in 0..bytes.len() {
        assert!(
            Rulebook::from_bytes(&bytes[..length]).is_err(),
            "cut at {length}"
        );
    }
    // An altered byte may give another rulebook, but one that has that very form: never a panic.
    for at in (0..bytes.len()).step_by(7) {
        let mut altered = bytes.clone();
        altered[at] ^= 0x55;
        if let Ok(other) = Rulebook::from_bytes(&altered) {
            assert_eq!(other.to_bytes(), altered, "altered at {at}");
        }
    }
}

#[test]
fn each_indicator_has_examples_for_each_way_it_can_go() {
    let compiled = compiled(false);
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
    let standard = compiled(false).rulebook.standard;
    assert!(standard.title.contains("参考") && standard.notice.contains("不代表正式评定"));
}
