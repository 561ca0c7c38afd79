//! What each step costs, from rule files to a report, and how that grows: standards of 10 to 10,000 indicators.
//!
//! `cargo bench --bench steps`; `-- fixes` for one of them. A row's `item/s` should stay about the same from one size to the
//! next: the cost of an indicator does not depend on how many others there are. `edit` is a single edit, so its time
//! should stay the same. `changzhou-2023` is the standard that is shipped.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark that cannot go on has failed"
)]

use divan::Bencher;
use divan::counter::ItemsCount;
use duibiao::author::{SourceFile, compile};
use duibiao::check::{Gate, Plain, Prepared, Session, Value, check, gates};
use duibiao::date::Date;
use duibiao::digest::digest;
use duibiao::entry::{self, Entry, Given};
use duibiao::explain::branches::Branches;
use duibiao::explain::fixes::Trial;
use duibiao::explain::reason::Explain;
use duibiao::number::Number;
use duibiao::report::{Lang, report};
use duibiao::rulebook::Rulebook;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::rc::Rc;

fn main() {
    divan::main();
}

const SHIPPED: &str = "changzhou-2023";
const STANDARDS: [&str; 5] = ["10", "100", "1000", "10000", SHIPPED];
const SIZES: [&str; 4] = ["10", "100", "1000", "10000"];

/// The rule files of a standard: the shipped one, or so many indicators, a hundred in a file, each with two fields, a line,
/// a check and an example.
fn files(standard: &str) -> Vec<SourceFile> {
    if standard == SHIPPED {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("rules")
            .join(SHIPPED);
        let mut files = Vec::new();
        read(&folder, &folder, &mut files);
        return files;
    }
    let indicators: usize = standard.parse().expect("a number");
    let frame = r#"standard("big", #{ title: "大", version: "1", notice: "参考", document: "无" });
                   chapter("1-a", #{ title: "章" });"#;
    let mut files = vec![SourceFile {
        path: "standard.rhai".into(),
        text: frame.into(),
    }];
    for first in (0..indicators).step_by(100) {
        let mut text = format!("group(\"组{first}\");\n");
        for i in first..indicators.min(first + 100) {
            let _ = writeln!(
                text,
                r#"field("部分{i}", #{{ id: "p{i}", type: "count", unit: "个" }});
field("总数{i}", #{{ id: "w{i}", type: "count", unit: "个", given: true }});
data_check(部分{i} <= 总数{i}, "部分不应大于总数");
parameter("线{i}", #{{ id: "l{i}", unit: "%", values: [#{{ from: "2021-01-01", value: 90, source: "文", confidence: "official" }}] }});
indicator("I-{i}", #{{ title: "指标{i}", advice: "改", value: percent(部分{i}, 总数{i}), meets: |v| v >= 线{i} }});
example("恰在线上", #{{ 部分{i}: 90, 总数{i}: 100 }}, met);"#
            );
        }
        files.push(SourceFile {
            path: format!("1-a/{first:06}.rhai"),
            text,
        });
    }
    files
}

fn read(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for item in fs::read_dir(folder).expect("a folder") {
        let path = item.expect("an item").path();
        if path.is_dir() {
            read(root, &path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rhai")
        {
            let inside = path.strip_prefix(root).expect("a path inside");
            files.push(SourceFile {
                path: inside.to_str().expect("a name").into(),
                text: fs::read_to_string(&path).expect("a text"),
            });
        }
    }
}

fn rulebook(standard: &str) -> Rulebook {
    compile(&files(standard))
        .unwrap_or_else(|problems| panic!("{}", problems[0].show("", false)))
        .rulebook
}

/// Every second indicator of a made standard falls one short of its line, or, where `failing`, each; what is entered into
/// the shipped one fails wherever a number can.
fn entry(standard: &str, failing: bool) -> Entry {
    let fields: Vec<(String, Given)> = if standard == SHIPPED {
        let rulebook = rulebook(standard);
        (0..rulebook.slots() as u32)
            .filter_map(|slot| {
                let (field, _) = rulebook.field_of(slot)?;
                let value = if field.given { "100" } else { "7" };
                Some((rulebook.slot_id(slot), Given::Text(value.into())))
            })
            .collect()
    } else {
        let indicators: usize = standard.parse().expect("a number");
        (0..indicators)
            .flat_map(|i| {
                let short = failing || i % 2 == 1;
                let part = if short { "89" } else { "90" };
                [
                    (format!("p{i}"), Given::Text(part.into())),
                    (format!("w{i}"), Given::Text("100".into())),
                ]
            })
            .collect()
    };
    Entry {
        fields,
        ..Entry::default()
    }
}

fn as_of() -> Date {
    Date::new(2024, 1, 1).expect("a date")
}

/// From rule files to a rulebook.
#[divan::bench(args = STANDARDS, sample_count = 3, sample_size = 1)]
fn compiling(bencher: Bencher, standard: &str) {
    let files = files(standard);
    bencher
        .counter(ItemsCount::new(rulebook(standard).indicators.len()))
        .bench_local(|| compile(&files).expect("no problems"));
}

/// From bytes to a rulebook, with its digest.
#[divan::bench(args = STANDARDS)]
fn loading(bencher: Bencher, standard: &str) {
    let rulebook = rulebook(standard);
    let bytes = rulebook.to_bytes();
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(|| {
            (
                Rulebook::from_bytes(&bytes).expect("a rulebook"),
                digest(&bytes),
            )
        });
}

/// From an entry to the values of its fields.
#[divan::bench(args = STANDARDS)]
fn reading(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, false));
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(|| entry::read(&rulebook, &entry));
}

/// Every node, exactly, and every indicator judged.
#[divan::bench(args = STANDARDS)]
fn checking(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, true));
    let reading = entry::read(&rulebook, &entry);
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(|| check(&rulebook, &reading, as_of()));
}

/// Outcomes and points alone, by the fast evaluation.
#[divan::bench(args = STANDARDS)]
fn judging(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, true));
    let reading = entry::read(&rulebook, &entry);
    let prepared = Prepared::new(&rulebook, &reading, as_of());
    let mut row = prepared.row(&reading);
    let entered = row.slots.clone();
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(|| {
            row.slots.clone_from(&entered);
            assert!(prepared.judge(&rulebook, &mut row));
        });
}

/// A row of numbers as a batch brings them: through the gates, then judged.
#[divan::bench(args = STANDARDS)]
fn batch_row(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, true));
    let nothing = entry::read(&rulebook, &Entry::default());
    let prepared = Prepared::new(&rulebook, &nothing, as_of());
    let gates = gates(&rulebook, &prepared.words);
    let numbers: Vec<Option<f64>> = (entry.fields.iter())
        .map(|(_, given)| match given {
            Given::Text(text) => text.parse().ok(),
            _ => None,
        })
        .collect();
    let mut places = vec![0; gates.len()];
    let mut row = prepared.blank();
    // What is no number in the shipped standard is invalid.
    let pass = |gate: &Gate, number: &Option<f64>, place: &mut u32| -> Plain {
        match gate.number(number.expect("a number"), place) {
            Value::Unknown(_) => Value::INVALID,
            value => value,
        }
    };
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(|| {
            row.slots.clear();
            for ((gate, number), place) in gates.iter().zip(&numbers).zip(&mut places) {
                row.slots.push(pass(gate, number, place));
            }
            assert!(prepared.judge(&rulebook, &mut row));
        });
}

/// The branches of every indicator as numbers, from what was judged.
#[divan::bench(args = STANDARDS)]
fn explaining(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, true));
    let reading = entry::read(&rulebook, &entry);
    let prepared = Prepared::new(&rulebook, &reading, as_of());
    let mut row = prepared.row(&reading);
    assert!(prepared.judge(&rulebook, &mut row));
    let mut branches = Branches::default();
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(|| {
            branches.marks.clear();
            branches.numbers.clear();
            for indicator in &rulebook.indicators {
                branches.add(&rulebook.graph, &row.values, indicator);
            }
        });
}

/// The reasons of every indicator as a report tells them, from what was checked.
#[divan::bench(args = STANDARDS)]
fn reasons(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, true));
    let reading = entry::read(&rulebook, &entry);
    let checked = check(&rulebook, &reading, as_of());
    let explain = Explain::new(&rulebook, &reading, &checked, Lang::Zh);
    let all = || -> Vec<_> {
        let indicators = rulebook.indicators.iter();
        indicators.map(|i| explain.indicator(i)).collect()
    };
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(all);
}

/// What would make each indicator of a sheet pass on which all fail, from what was checked.
#[divan::bench(args = STANDARDS, sample_count = 20)]
fn fixes(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, true));
    let reading = entry::read(&rulebook, &entry);
    let checked = check(&rulebook, &reading, as_of());
    let failing = (checked.findings.iter())
        .filter(|finding| finding.outcome.falls_short())
        .count();
    if standard != SHIPPED {
        assert_eq!(failing, rulebook.indicators.len());
    }
    let all = || -> usize {
        let mut trial = Trial::new(&rulebook, &reading, &checked);
        let indicators = 0..rulebook.indicators.len();
        indicators.map(|i| trial.fixes(i).len()).sum()
    };
    assert!(all() >= failing / 2);
    bencher.counter(ItemsCount::new(failing)).bench_local(all);
}

/// One edit in a session, which turns an indicator.
#[divan::bench(args = SIZES)]
fn edit(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, true));
    let reading = entry::read(&rulebook, &entry);
    let slot = entry::slot_of(&rulebook, None, "p5")
        .flatten()
        .expect("a slot");
    let mut session = Session::new(Rc::new(rulebook), reading, as_of());
    let mut turn = 0;
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        turn += 1;
        let value = Value::Number(Number::from(89 + turn % 2));
        assert_eq!(session.set(slot, value), [5]);
    });
}

/// With reasons, fixes and sentences, of a sheet on which every second indicator fails.
#[divan::bench(args = STANDARDS, sample_count = 10, sample_size = 1)]
fn reporting(bencher: Bencher, standard: &str) {
    let (rulebook, entry) = (rulebook(standard), entry(standard, false));
    bencher
        .counter(ItemsCount::new(rulebook.indicators.len()))
        .bench_local(|| report(&rulebook, "", &entry, as_of(), Lang::Zh));
}
