//! How cost grows with the standard: compiling, reading and checking 10 to 10,000 indicators.
//!
//! `cargo bench`. Each row's `item/s` should stay about the same from one size to the next: the cost
//! of an indicator does not depend on how many others there are.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark that cannot go on has failed"
)]

use divan::Bencher;
use divan::counter::ItemsCount;
use duibiao::author::{SourceFile, compile};
use duibiao::check::check;
use duibiao::date::Date;
use duibiao::entry::{self, Entry, Given};
use duibiao::explain::fixes::Trial;
use duibiao::report::{Lang, report};
use duibiao::rulebook::Rulebook;
use std::fmt::Write as _;

fn main() {
    divan::main();
}

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// A standard of so many indicators, a hundred in a file, each with two fields, a line, a check and an example.
fn files(indicators: usize) -> Vec<SourceFile> {
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

fn rulebook(indicators: usize) -> Rulebook {
    compile(&files(indicators))
        .unwrap_or_else(|problems| panic!("{}", problems[0].show("", false)))
        .rulebook
}

/// Every second indicator falls one short of its line.
fn entry(indicators: usize) -> Entry {
    entry_with(indicators, |i| 90 - i % 2)
}

fn entry_with(indicators: usize, part: fn(usize) -> usize) -> Entry {
    let fields = (0..indicators).flat_map(|i| {
        let part = part(i).to_string();
        [
            (format!("p{i}"), Given::Text(part)),
            (format!("w{i}"), Given::Text("100".into())),
        ]
    });
    Entry {
        fields: fields.collect(),
        ..Entry::default()
    }
}

fn as_of() -> Date {
    Date::new(2024, 1, 1).expect("a date")
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn compiling(bencher: Bencher, indicators: usize) {
    let files = files(indicators);
    bencher
        .counter(ItemsCount::new(indicators))
        .bench_local(|| compile(&files).expect("no problems"));
}

#[divan::bench(args = SIZES)]
fn loading(bencher: Bencher, indicators: usize) {
    let bytes = rulebook(indicators).to_bytes();
    bencher
        .counter(ItemsCount::new(indicators))
        .bench_local(|| Rulebook::from_bytes(&bytes).expect("a rulebook"));
}

#[divan::bench(args = SIZES)]
fn checking(bencher: Bencher, indicators: usize) {
    let (rulebook, entry) = (rulebook(indicators), entry(indicators));
    let reading = entry::read(&rulebook, &entry);
    bencher
        .counter(ItemsCount::new(indicators))
        .bench_local(|| check(&rulebook, &reading, as_of()));
}

/// The fixes of a sheet on which every indicator fails; less than 100 times what checking it costs.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn fixing(bencher: Bencher, indicators: usize) {
    let (rulebook, entry) = (rulebook(indicators), entry_with(indicators, |_| 89));
    let reading = entry::read(&rulebook, &entry);
    let checked = check(&rulebook, &reading, as_of());
    let fixes = || {
        let mut trial = Trial::new(&rulebook, &reading, &checked);
        let all: Vec<_> = (0..indicators).map(|index| trial.fixes(index)).collect();
        all
    };
    assert!(fixes().iter().all(|fixes| !fixes.is_empty()));
    bencher
        .counter(ItemsCount::new(indicators))
        .bench_local(fixes);
}

/// With reasons, fixes and sentences.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn reporting(bencher: Bencher, indicators: usize) {
    let (rulebook, entry) = (rulebook(indicators), entry(indicators));
    let unmet = |entry: &Entry| {
        let report = report(&rulebook, "", entry, as_of(), Lang::Zh);
        report
            .findings
            .iter()
            .filter(|f| f.outcome == "unmet")
            .count()
    };
    assert_eq!(unmet(&entry), indicators / 2);
    bencher
        .counter(ItemsCount::new(indicators))
        .bench_local(|| report(&rulebook, "", &entry, as_of(), Lang::Zh));
}
