//! `duibiao batch`: a table judged row by row, whatever is wrong with it, and however often it is interrupted.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use probe::command::{Ran, command, finish, folder, run};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/standard");
const HEADING: &str = "编号,清扫面积,机扫面积,reuse,estates,达标小区数,complaints,closed,有应急预案,plan_date,toilets.东区,公厕密度.西区";
const MET: &str = "480,446.4,40%,100,96,0,0,是,2023-05-31,3,４";

/// A table in a folder of its own, and what comes of it.
struct Table {
    at: PathBuf,
}

impl Table {
    fn new(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let at = folder(name);
        fs::write(at.join("in.csv"), bytes).unwrap();
        Self { at }
    }

    fn path(&self, name: &str) -> String {
        self.at.join(name).to_str().unwrap().into()
    }

    fn arguments<'a>(&self, more: &[&'a str]) -> Vec<String> {
        let mut all = vec![
            "batch".to_string(),
            SMALL.into(),
            self.path("in.csv"),
            "-o".into(),
            self.path("out.csv"),
        ];
        if !more.contains(&"--as-of") && !more.contains(&"--no-day") {
            all.extend(["--as-of".into(), "2024-06-01".into()]);
        }
        all.extend(
            more.iter()
                .filter(|word| **word != "--no-day")
                .map(|word: &&'a str| word.to_string()),
        );
        all
    }

    fn run(&self, more: &[&str]) -> Ran {
        let arguments = self.arguments(more);
        run(&arguments.iter().map(String::as_str).collect::<Vec<&str>>())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at.join(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.at)
            .unwrap()
            .map(|item| item.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// The rows of a table, as cells.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(String::from).collect());
    rows.collect()
}

const SET: [&str; 2] = ["--set", "reuse_line=40"];

#[test]
fn each_row_is_judged_as_it_is_alone() {
    let mut rows = String::from(HEADING) + ",as_of,利用率下限,不涉及.A-1\n";
    let mut alone = Vec::new();
    for (number, (swept, reuse, plan, day, line)) in [
        ("446.4", "40%", "是", "", ""),
        ("446.39", "40%", "是", "", ""),
        ("432", "", "否", "2023-12-31", "40"),
        ("４３２", "39.99%", "", "2024-01-01", "39"),
        ("", "100", "yes", "2020-12-31", ""),
        ("480", "0", "no", "", "99.5%"),
        // A part above its whole can be read, and is judged.
        ("481", "40%", "是", "", ""),
    ]
    .into_iter()
    .enumerate()
    {
        // What does not apply, with the reason.
        let aside = ["", " 没有道路 ", " "].get(number % 3).unwrap();
        let _ = writeln!(
            rows,
            "R{number},480,{swept},{reuse},100,96,1,1,{plan},2023-05-31,3,4,{day},{line},{aside}"
        );
        let line = if line.is_empty() { "40" } else { line };
        let aside = match aside.trim() {
            "" => String::new(),
            reason => format!(r#", "not_applicable": {{"A-1": "{reason}"}}"#),
        };
        let data = format!(
            r#"{{"fields": {{"area": 480, "swept": "{swept}", "reuse": "{reuse}", "estates": 100, "good_estates": 96, "complaints": 1,
                "closed": 1, "plan": "{plan}", "plan_date": "2023-05-31", "toilets": {{"东区": 3, "西区": 4}}}}, "parameters": {{"reuse_line": "{line}"}}{aside}}}"#
        );
        let day = if day.is_empty() { "2024-06-01" } else { day };
        let ran = finish(
            command(&["check", SMALL, "-", "--as-of", day, "--format", "json"]),
            data.as_bytes(),
        );
        alone.push(serde_json::from_str::<Value>(&ran.out).unwrap());
    }
    let table = Table::new("batch-alone", rows);
    table
        .run(&SET)
        .says(1, &["out.csv：7 行，其中 4 行未全部达标"]);
    let found = cells(&table.read("out.csv"));
    assert_eq!(
        found[0][..6],
        [
            "编号",
            "as_of",
            "score_low",
            "score_high",
            "A-1",
            "A-1_points"
        ]
    );
    assert_eq!(found.len(), 8);
    for (number, (row, report)) in found[1..].iter().zip(&alone).enumerate() {
        let mut expected = vec![format!("R{number}"), row[1].clone()];
        for end in ["low", "high"] {
            expected.push(report["score"][end].as_str().unwrap().into());
        }
        for finding in report["findings"].as_array().unwrap() {
            expected.push(finding["outcome"].as_str().unwrap().into());
            expected.push(finding["points"].as_str().unwrap_or("").into());
        }
        assert_eq!(row, &expected, "row {number}");
    }
    assert_eq!(table.names(), ["in.csv", "out.csv"], "nothing else is left");
    // All met.
    let met = Table::new("batch-met", format!("{HEADING}\n1,{MET}\n2,{MET}\n"));
    met.run(&SET).says(0, &["2 行，其中 0 行未全部达标"]);
}

#[test]
fn rows_that_cannot_be_read_are_told_with_place_and_reason() {
    let table = Table::new(
        "batch-bad",
        format!(
            "{HEADING}\n1,{MET}\n2,{MET},7\n3\n\n , ,\n4,480,很多,0.4,100,96.5,0,0,是,2023-05-32,3,4\n\"5\n五\",480,≥3,40%,100,96,0,0,是,2023-05-31,3,4\n6,480,-1,40%,100,96,0,0,是,2023-05-31,3,4\n7,{MET}\n"
        ),
    );
    table
        .run(&SET)
        .says(1, &["out.csv：2 行，其中 0 行", "out.bad.csv：5 行读不了"]);
    let good = cells(&table.read("out.csv"));
    assert_eq!(
        good.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["编号", "1", "7"]
    );
    let bad = cells(&table.read("out.bad.csv"));
    assert_eq!(bad[0][..4], ["line", "column", "reason", "编号"]);
    for (row, (line, column, reason, id)) in bad[1..].iter().zip([
        (
            "3",
            "",
            "这一行有 13 格，标题有 12 格 (13 cells, the heading has 12)",
            "2",
        ),
        ("4", "", "这一行有 1 格", "3"),
        ("7", "机扫面积；reuse；达标小区数；plan_date", "很多", "4"),
        ("8", "机扫面积", "≥3", "5\n五"),
        ("10", "机扫面积", "不能小于 0", "6"),
    ]) {
        assert_eq!(
            (row[0].as_str(), row[1].as_str(), row[3].as_str()),
            (line, column, id)
        );
        assert!(row[2].contains(reason), "{}", row[2]);
    }
    // Where they go can be chosen; without an id each row has its line.
    let table = Table::new(
        "batch-bad-named",
        format!("{}\n{MET}\n,x\n{MET}\n", HEADING.split_once(',').unwrap().1),
    );
    table
        .run(&[&SET[..], &["--bad", &table.path("wrong.csv")]].concat())
        .says(1, &["wrong.csv：1 行读不了"]);
    let good = cells(&table.read("out.csv"));
    assert_eq!(
        good.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["line", "2", "4"]
    );
    assert_eq!(table.names(), ["in.csv", "out.csv", "wrong.csv"]);
}

#[test]
fn the_same_rows_in_every_encoding_give_the_same_results() {
    let text = format!(
        "{HEADING},备注\n1,{MET},\"两行\n备注，有 \"\"引号\"\"\"\n2,{MET},丽\u{3400}\n3,480,很多,40%,100,96,0,0,是,2023-05-31,3,4,\n"
    );
    // Characters that fall across the blocks in which the file is read.
    let long: String = (0..12_000).fold(text.clone(), |text, number| {
        text + format!("{number},{MET},甲{}\n", "乙".repeat(number % 7)).as_str()
    });
    for (name, text) in [("batch-short", &text), ("batch-long", &long)] {
        let windows = text
            .replace('\n', "\r\n")
            .replace("两行\r\n备注", "两行\n备注");
        let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let mut first: Option<[String; 2]> = None;
        for (kind, bytes) in [
            ("plain", text.clone().into_bytes()),
            ("mark", format!("\u{feff}{text}").into_bytes()),
            ("windows", windows.clone().into_bytes()),
            ("windows-mark", format!("\u{feff}{windows}").into_bytes()),
            ("gb", gb(text)),
            ("gb-windows", gb(&windows)),
            ("no-last-line", text.trim_end().as_bytes().to_vec()),
        ] {
            if name == "batch-long" && !["plain", "gb-windows"].contains(&kind) {
                continue;
            }
            let table = Table::new(&format!("{name}-{kind}"), bytes);
            table
                .run(&[&SET[..], &["--id", "备注"]].concat())
                .says(1, &["1 行读不了"]);
            let both = ["out.csv", "out.bad.csv"].map(|name| table.read(name));
            // A spreadsheet that wrote a mark, or no UTF-8, needs the mark to read it.
            let marked = kind.contains("mark") || kind.contains("gb");
            assert_eq!(both[0].starts_with('\u{feff}'), marked, "{kind}");
            let both = both.map(|text| text.trim_start_matches('\u{feff}').to_string());
            assert!(
                first.get_or_insert_with(|| both.clone()) == &both,
                "{name} {kind}"
            );
            assert!(both[0].contains("两行\n备注，有 \"\"引号\"\""));
        }
    }
}

#[test]
#[rustfmt::skip]
fn what_is_no_such_table_is_refused_and_nothing_is_written() {
    let met = |heading: &str| format!("{heading}\n1,{MET}\n").into_bytes();
    let mut wrong = Vec::new();
    for (name, bytes, texts) in [
        ("empty", vec![], &["in.csv 是空的", "no rows"][..]),
        ("unknown", met(&HEADING.replace("机扫面积", "机扫面只")), &["第 3 列“机扫面只”", "是不是“机扫面积”", "--id 机扫面只"]),
        ("two-unknown", met(&HEADING.replace("机扫面积", "x1").replace("closed", "x2")), &["第 3 列“x1”", "第 8 列“x2”"]),
        ("twice", met(&HEADING.replace("机扫面积", "area")), &["第 3 列“area”", "“清扫面积”是同一项"]),
        ("list", met(&HEADING.replace("toilets.东区", "toilets")), &["逐个填写", "toilets.东区"]),
        ("no-key", met(&HEADING.replace("toilets.东区", "toilets.南区")), &["toilets.南区"]),
        ("no-field", b"id,as_of\n1,2024-01-01\n".to_vec(), &["没有一列是字段"]),
        ("quote", format!("{HEADING}\n1,{MET}\n\"2,{MET}\n3,{MET}\n").into_bytes(), &["in.csv:3", "引号没有配对"]),
        ("long-row", [format!("{HEADING}\n1,{MET}\n\"2,{MET}\n").into_bytes(), b"x\n".repeat(1 << 20)].concat(), &["in.csv:3", "1 MB"]),
        ("binary", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), &["not a text file"]),
        ("neither", [met(HEADING), b"\xff\xff\xff\n".to_vec()].concat(), &["in.csv:3", "neither UTF-8 nor GB18030"]),
        ("cut", [met(HEADING), "2,甲".as_bytes()[..4].to_vec()].concat(), &["in.csv:3", "neither UTF-8 nor GB18030"]),
        ("mark-not-utf8", [b"\xef\xbb\xbf".to_vec(), met(HEADING), b"\xc4\xe3\n".to_vec()].concat(), &["in.csv:3", "not UTF-8"]),
    ] {
        let table = Table::new(&format!("batch-refused-{name}"), bytes);
        let ran = table.run(&SET);
        if ran.status != 2 || !texts.iter().all(|text| ran.err.contains(text)) || table.names() != ["in.csv"] {
            wrong.push(format!("{name}: {} {}{} {:?}", ran.status, ran.out, ran.err, table.names()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let table = Table::new("batch-usage", met(HEADING));
    table.run(&["--id", "nosuch"]).says(2, &["no column “nosuch”"]);
    for (column, why) in [("不涉及.X-9", "没有这个编号的指标"), ("不涉及.A-1,not_applicable.A-1", "同一项")] {
        let table = Table::new("batch-aside", met(&format!("{HEADING},{column}")));
        table.run(&[]).says(2, &[why]);
    }
    table.run(&["--set", "nosuch=1"]).says(2, &["nosuch"]);
    table.run(&["--as-of", "tomorrow"]).says(2, &["not a date"]);
    table.run(&["--bad", &table.path("in.csv")]).says(2, &["另有用处"]);
    table.run(&["--bad", &table.path("out.csv")]).says(2, &["另有用处"]);
    table.run(&["--resume", "--force"]).says(2, &["--help"]);
    run(&["batch", SMALL, &table.path("in.csv"), "-o", &table.path("in.csv"), "--force"]).says(2, &["另有用处"]);
    run(&["batch", SMALL, &table.path("nowhere.csv"), "-o", &table.path("out.csv")]).says(2, &["nowhere.csv"]);
    run(&["batch", SMALL, SMALL, "-o", &table.path("out.csv")]).says(2, &["a file is needed"]);
    run(&["batch", "nowhere", &table.path("in.csv"), "-o", &table.path("out.csv")]).says(2, &["nowhere"]);
    run(&["batch", SMALL, &table.path("in.csv"), "-o", &table.path("nowhere/out.csv")]).says(2, &["nowhere"]);
    assert_eq!(table.names(), ["in.csv"]);
}

#[test]
fn what_is_there_is_not_overwritten() {
    let table = Table::new("batch-there", format!("{HEADING}\n1,{MET}\n2\n"));
    table.run(&SET).says(1, &[]);
    let first = table.read("out.csv");
    table.run(&SET).says(2, &["out.csv 已经有了", "--force"]);
    table
        .run(&[&SET[..], &["--resume"]].concat())
        .says(2, &["已经做完了"]);
    assert_eq!(table.read("out.csv"), first);
    table
        .run(&["--set", "reuse_line=41", "--force"])
        .says(1, &[]);
    assert_ne!(table.read("out.csv"), first);
    // Without bad rows there is no file of them, nor one of an earlier run.
    fs::write(table.at.join("in.csv"), format!("{HEADING}\n1,{MET}\n")).unwrap();
    table.run(&[&SET[..], &["--force"]].concat()).says(0, &[]);
    assert_eq!(table.names(), ["in.csv", "out.csv"]);
    // Nor is a file of bad rows that somebody has under that name.
    fs::remove_file(table.at.join("out.csv")).unwrap();
    fs::write(table.at.join("out.bad.csv"), "mine").unwrap();
    table.run(&SET).says(2, &["out.bad.csv 已经有了"]);
    assert_eq!(table.read("out.bad.csv"), "mine");
    // The first time there is nothing to go on with, which is no fault.
    fs::remove_file(table.at.join("out.bad.csv")).unwrap();
    table.run(&[&SET[..], &["--resume"]].concat()).says(0, &[]);
}

#[test]
fn no_two_runs_write_to_one_place() {
    let table = interrupted("batch-two", &SET);
    let whole = Table::new("batch-two-whole", table.read("in.csv"));
    // As the other run does for as long as it is at work.
    let other = fs::File::open(table.at.join("out.csv.journal")).unwrap();
    other.lock().unwrap();
    let before: Vec<String> = table.names().iter().map(|name| table.read(name)).collect();
    for how in [&[][..], &["--force"], &["--resume"]] {
        let ran = table.run(&[&SET[..], how].concat());
        let ran = ran.says(
            2,
            &["另一次运行正在写", "out.csv，", "another run is at work"],
        );
        assert!(!ran.err.contains("--resume"), "{}", ran.err);
    }
    let after: Vec<String> = table.names().iter().map(|name| table.read(name)).collect();
    assert!(before == after, "nothing is touched");
    drop(other);
    table.run(&[&SET[..], &["--resume"]].concat()).says(1, &[]);
    whole.run(&SET).says(1, &[]);
    assert!(table.read("out.csv") == whole.read("out.csv"));
    assert_eq!(table.names(), whole.names());
}

/// A table of many rows, of which some can't be read.
fn many(rows: usize) -> String {
    let mut text = format!("{HEADING}\n");
    for number in 0..rows {
        let _ = match number % 100 {
            3 => writeln!(text, "{number},坏"),
            57 => writeln!(
                text,
                "\"{number}\n换行\",480,很多,40%,100,96,0,0,是,2023-05-31,3,4"
            ),
            other => writeln!(
                text,
                "{number},480,4{other:02}.5,40%,100,{},0,0,是,2023-05-31,3,4",
                90 + other % 10
            ),
        };
    }
    text
}

/// Runs until killed after a time; whether it was still at work.
fn killed(arguments: &[String], after: Duration) -> bool {
    let mut command = command(&arguments.iter().map(String::as_str).collect::<Vec<&str>>());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    let ended = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    let _ = child.wait();
    !ended
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_bytes() {
    let text = many(6_000);
    let whole = Table::new("batch-whole", &text);
    let started = std::time::Instant::now();
    whole.run(&SET).says(1, &["120 行读不了"]);
    let took = started.elapsed();
    let expected = ["out.csv", "out.bad.csv"].map(|name| whole.read(name));
    let mut random = 12_345_u32;
    // How far a run had come when it was killed is chance: it goes on until three were at work.
    let (mut round, mut halfway) = (0, 0);
    while round < 4 || halfway < 3 {
        assert!(
            round < 60,
            "{halfway} runs were at work when they were killed"
        );
        round += 1;
        let table = Table::new(&format!("batch-killed-{round}"), &text);
        let arguments = table.arguments(&[&SET[..], &["--resume"]].concat());
        for _ in 0..12 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let share = u64::from(random >> 16) % 100;
            if !killed(&arguments, took * share as u32 / 100) {
                break;
            }
            halfway += u32::from(table.at.join("out.csv.journal").exists());
            assert!(!table.at.join("out.csv").exists() || !table.at.join("out.csv.part").exists());
        }
        if table.at.join("out.csv.journal").exists() || !table.at.join("out.csv").exists() {
            table
                .run(&[&SET[..], &["--resume"]].concat())
                .says(1, &["5880 行", "120 行读不了"]);
        }
        let found = ["out.csv", "out.bad.csv"].map(|name| table.read(name));
        assert!(found == expected, "round {round}: not the same bytes");
        assert_eq!(table.names(), ["in.csv", "out.bad.csv", "out.csv"]);
    }
}

/// What is left of a run that was interrupted after some blocks.
fn interrupted(name: &str, more: &[&str]) -> Table {
    for _ in 0..50 {
        let slow = Table::new(name, many(8_000));
        let arguments: Vec<String> = slow.arguments(more);
        let child = command(&arguments.iter().map(String::as_str).collect::<Vec<&str>>())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.unwrap();
        let journal = slow.at.join("out.csv.journal");
        for _ in 0..2_000 {
            if fs::read_to_string(&journal).is_ok_and(|text| text.lines().count() > 3) {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = child.kill();
        let _ = child.wait();
        if journal.exists() {
            return slow;
        }
    }
    panic!("never interrupted");
}

#[test]
fn an_interrupted_run_goes_on_only_as_it_began() {
    let table = interrupted("batch-other", &SET);
    let resume = |more: &[&str]| table.run(&[more, &["--resume"]].concat());
    table.run(&SET).says(2, &["--resume", "--force"]);
    resume(&["--set", "reuse_line=41"]).says(2, &["不能接着做", "--force"]);
    resume(&[&SET[..], &["--as-of", "2024-06-02"]].concat()).says(2, &["不能接着做"]);
    let path = table.at.join("in.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("480", "481", 1)).unwrap();
    resume(&SET).says(2, &["不能接着做"]);
    fs::write(&path, &text).unwrap();
    assert!(
        table.at.join("out.csv.part").exists() && !table.at.join("out.csv").exists(),
        "nothing is lost by asking"
    );
    // What stands behind the last line of the journal, and half a line of it, is cut off.
    for name in ["out.csv.part", "out.bad.csv.part", "out.csv.journal"] {
        let mut bytes = fs::read(table.at.join(name)).unwrap();
        bytes.extend_from_slice(b"12345 6");
        fs::write(table.at.join(name), bytes).unwrap();
    }
    // The day of the interrupted run is kept, where it was its own.
    let ran = resume(&[&SET[..], &["--no-day"]].concat()).says(1, &[]);
    let whole = Table::new("batch-other-whole", &text);
    let again = whole.run(&SET).says(1, &[]);
    let counts = |ran: &Ran| {
        ran.out
            .lines()
            .map(|line| line.rsplit('：').next().unwrap().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(counts(&ran), counts(&again));
    for name in ["out.csv", "out.bad.csv"] {
        assert!(table.read(name) == whole.read(name), "{name}");
    }
}

#[test]
fn a_journal_that_is_damaged_begins_anew_or_is_refused() {
    let table = interrupted("batch-journal", &SET);
    let whole = Table::new("batch-journal-whole", table.read("in.csv"));
    whole.run(&SET).says(1, &[]);
    // Files shorter than the journal says, as after a power failure: an earlier line holds.
    let journal = table.read("out.csv.journal");
    let points: Vec<&str> = journal.lines().collect();
    let second: u64 = points[2].split(' ').nth(1).unwrap().parse().unwrap();
    let part = fs::File::options()
        .write(true)
        .open(table.at.join("out.csv.part"))
        .unwrap();
    part.set_len(second + 10).unwrap();
    drop(part);
    table.run(&[&SET[..], &["--resume"]].concat()).says(1, &[]);
    assert!(table.read("out.csv") == whole.read("out.csv"));
    assert!(table.read("out.bad.csv") == whole.read("out.bad.csv"));
    // No journal to speak of.
    for journal in [
        "",
        "duibiao-batch/1 2024",
        "\n",
        "x\n1 2 3\n",
        "\u{1}\n9 9 9 9 9 9\n",
    ] {
        let table = Table::new("batch-journal-bad", many(10));
        fs::write(table.at.join("out.csv.journal"), journal).unwrap();
        let ran = table.run(&[&SET[..], &["--resume"]].concat());
        assert!(
            ran.status == 1 || ran.err.contains("--force"),
            "{journal:?}: {} {}",
            ran.status,
            ran.err
        );
        table
            .run(&[&SET[..], &["--force"]].concat())
            .says(1, &["行"]);
        assert!(!Path::new(&table.path("out.csv.journal")).exists());
    }
}
