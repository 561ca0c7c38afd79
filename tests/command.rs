//! The command as a user runs it: exit status, what it prints, and where.
//!
//! The standard is `data/standard`; data are written to a folder of their own for each test.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use probe::command::{Ran, command, finish, finish_telling, folder, run};
use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const STANDARD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/standard");

/// Everything met on 2024-06-01, with nothing to spare.
const ALL_MET: &str = r#"{"fields": {"area": 480, "swept": 446.4, "reuse": "40%", "estates": 100,
    "good_estates": 96, "complaints": 0, "closed": 0, "plan": true, "plan_date": "2023-05-31",
    "toilets": {"东区": 3, "西区": 4}}, "parameters": {"reuse_line": 40}}"#;

/// `check` of data on standard input, on a fixed day.
fn check(json: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["check", STANDARD, "-"];
    arguments.extend(
        ["--as-of", "2024-06-01"]
            .iter()
            .filter(|_| !more.contains(&"--as-of")),
    );
    arguments.extend(more);
    finish(command(&arguments), json.as_bytes())
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_string()
}

/// `check` of a file, on a fixed day.
fn check_file(path: &str) -> Ran {
    run(&["check", STANDARD, path, "--as-of", "2024-06-01"])
}

/// What is checked, what is expected, and what came of it, until all are told.
#[derive(Default)]
struct Table {
    wrong: Vec<String>,
}

impl Table {
    fn row(&mut self, name: &str, ran: &Ran, status: i32, texts: &[&str]) {
        if ran.status != status {
            let said: String = ran.said().chars().take(400).collect();
            self.wrong
                .push(format!("{name}: exit {}, not {status}: {said}", ran.status));
            return;
        }
        for text in texts {
            if !ran.said().contains(text) {
                let said: String = ran.said().chars().take(400).collect();
                self.wrong.push(format!("{name}: without “{text}”: {said}"));
            }
        }
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.wrong.is_empty(), "\n{}", self.wrong.join("\n"));
        }
    }
}

#[test]
#[rustfmt::skip]
fn the_exit_status_tells_whether_all_is_met() {
    let mut table = Table::default();
    for (name, from, to, status, texts) in [
        ("all met", "", "", 0, &["达标 5", "不涉及 1", "得分：9 / 9"][..]),
        ("one not met", "446.4", "446.3", 1, &["未达标 1", "A-1", "446.3", "93%", "446.4", "试用规划（修订）"]),
        ("strictly above", "\"good_estates\": 96", "\"good_estates\": 95", 1, &["B-1", "未达标", "> 95"]),
        ("missing", "\"swept\": 446.4,", "", 1, &["缺数据 1", "机械化清扫面积"]),
        ("part of nothing", "\"area\": 480", "\"area\": 0", 1, &["数据有误 1", "不应大于"]),
        ("a zero that means missing", "480, \"swept\": 446.4", "0, \"swept\": 0", 1, &["缺数据 1", "道路清扫面积"]),
        ("no line", "\"reuse_line\": 40", "", 1, &["待定线 1", "利用率下限"]),
        ("one district short", "\"西区\": 4", "\"西区\": 2.99", 1, &["B-4", "2.99", "西区"]),
        ("a day late", "2023-05-31", "2023-06-01", 1, &["B-3", "2023-05-31"]),
        ("no", "true", "false", 1, &["B-3", "应急预案"]),
        ("a warning", "\"东区\": 3", "\"东区\": 51", 0, &["东区公厕密度异常"]),
        ("set aside", "\"complaints\": 0", "\"complaints\": 1", 1, &["B-2", "未达标"]),
    ] {
        table.row(
            name,
            &check(&ALL_MET.replacen(from, to, 1), &[]),
            status,
            texts,
        );
    }
    let aside = ALL_MET.replace("446.4", "1").replacen(
        "\"parameters\"",
        "\"not_applicable\": {\"A-1\": \"道路移交外市\"}, \"parameters\"",
        1,
    );
    table.row(
        "set aside with a reason",
        &check(&aside, &[]),
        0,
        &["不涉及 2", "道路移交外市", "6 / 6"],
    );
    let aside = aside.replace("道路移交外市", "");
    table.row(
        "set aside without",
        &check(&aside, &[]),
        1,
        &["未达标 1", "请写明理由"],
    );
}

/// A workbook with one sheet of somebody's own.
fn sheet_of(at: &Path, name: &str, rows: &[&[&str]]) -> String {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("通报").unwrap();
    for (row, cells) in rows.iter().enumerate() {
        sheet
            .write_row(row as u32, 0, cells.iter().copied())
            .unwrap();
    }
    write(at, name, book.save_to_buffer().unwrap())
}

#[test]
fn what_is_doubtful_about_a_workbook_is_told_whatever_the_format() {
    let at = folder("doubts");
    let path = sheet_of(
        &at,
        "years.xlsx",
        &[
            &["数据项", "2022年", "2023年"],
            &["机扫面积", "440", "446.4"],
        ],
    );
    let ran = |arguments: &[&str]| finish_telling(command(arguments), b"");
    let check = ["check", STANDARD, &path, "--as-of", "2024-06-01"];
    for more in [&[][..], &["--format", "json"], &["--lang", "en"]] {
        let ran = ran(&[&check[..], more].concat());
        assert_eq!(ran.status, 1, "{}", ran.err);
        for text in ["通报：有几个年份的数", "2023（C1）", "several years"] {
            assert!(
                ran.err.contains(text),
                "{more:?} without {text}: {}",
                ran.err
            );
            assert!(!ran.out.contains(text), "{more:?}: {}", ran.out);
        }
        if more.contains(&"json") {
            assert_eq!(ran.json()["entry"]["fields"]["swept"], "446.4");
        }
    }
    // What was converted is told too.
    sheet_of(
        &at,
        "unit.xlsx",
        &[
            &["单位：公顷", ""],
            &["数据项", "填报值"],
            &["机扫面积", "93"],
        ],
    );
    let unit = at.join("unit.xlsx");
    let unit = ran(&[
        "check",
        STANDARD,
        unit.to_str().unwrap(),
        "--format",
        "json",
    ]);
    assert!(
        unit.err.contains("通报!B3：93公顷 按 93万平方米 计"),
        "{}",
        unit.err
    );
    let compared = ran(&["compare", &path, &path, "--standard", STANDARD]);
    assert!(compared.err.contains("2023（C1）"), "{}", compared.err);
}

#[test]
fn the_same_data_in_every_format_gives_the_same_report() {
    let at = folder("formats");
    let long = "字段,值\n道路清扫面积,480\n机扫面积,446.4\nreuse,40%\nestates,100\n达标小区数,96\n\
                complaints,0\nclosed,0\n有应急预案,是\nplan_date,2023年5月31日\ntoilets.东区,3\n公厕密度.西区,４\n";
    let mut wide = [String::new(), String::new()];
    for line in long.lines().skip(1) {
        for (row, cell) in wide.iter_mut().zip(line.split(',')) {
            row.push_str(if row.is_empty() { "" } else { "," });
            row.push_str(cell);
        }
    }
    let wide = wide.join("\r\n");
    let fields = ALL_MET
        .split_once("\"fields\": ")
        .unwrap()
        .1
        .split_once(", \"parameters\"")
        .unwrap()
        .0;
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    assert!(String::from_utf8(gb(long)).is_err());
    let files = [
        ("nested.json", ALL_MET.as_bytes().to_vec()),
        ("flat.json", fields.into()),
        ("mark.json", format!("\u{feff}{ALL_MET}").into()),
        ("gb.json", gb(ALL_MET)),
        ("long.csv", long.into()),
        ("no-heading.csv", long.split_once('\n').unwrap().1.into()),
        ("windows.csv", long.replace('\n', "\r\n").into()),
        ("blank-lines.csv", long.replace('\n', "\n\n,\n").into()),
        ("mark.csv", format!("\u{feff}{long}").into()),
        (
            "mark-no-heading.csv",
            format!("\u{feff}{}", long.split_once('\n').unwrap().1).into(),
        ),
        ("gb.csv", gb(long)),
        ("quoted.csv", long.replace(",480", ",\"480.00\"").into()),
        ("wide.csv", wide.clone().into()),
        ("wide-mark.csv", format!("\u{feff}{wide}\r\n").into()),
        ("wide-gb.csv", gb(&wide)),
    ];
    let report = |path: &str| {
        run(&[
            "check",
            STANDARD,
            path,
            "--as-of",
            "2024-06-01",
            "--set",
            "reuse_line=40",
            "--format",
            "json",
        ])
    };
    let mut table = Table::default();
    let mut first = None;
    for (name, bytes) in files {
        let ran = report(&write(&at, name, bytes));
        table.row(name, &ran, 0, &["duibiao-report/2"]);
        // What was written is recorded as it was; what came of it is the same.
        let mut found: Value = serde_json::from_str(&ran.out).unwrap();
        let entry = found["entry"].take();
        let digest = found["entry_digest"].take();
        let first = first.get_or_insert_with(|| (found.clone(), entry.clone(), digest.clone()));
        if found != first.0 || (entry == first.1) != (digest == first.2) {
            table.wrong.push(format!("{name}: another report"));
        }
        if name.ends_with("json") && entry != first.1 {
            table.wrong.push(format!("{name}: another entry"));
        }
    }
    let input = check(ALL_MET, &["--format", "json"]);
    let nested = report(at.join("nested.json").to_str().unwrap());
    assert_eq!(input.out, nested.out, "from standard input");
}

#[test]
fn a_report_holds_what_was_entered_in_one_form() {
    let report = |json: &str, more: &[&str]| {
        let ran = check(json, &[&["--format", "json"], more].concat());
        serde_json::from_str::<Value>(&ran.out).unwrap()
    };
    let data = r#"{"parameters": {"reuse_line": 40}, "fields": {"swept": 446.40, "area": "４８０", "plan": true,
        "toilets": {"西区": 4e0, "东区": null}, "nosuch": ""},
        "waived": {"B-1": {"until": "2024-12-31", "reason": "改造", "by": "市城管局"}}, "not_applicable": {"A-1": "移交"}}"#;
    let first = report(data, &[]);
    assert_eq!(
        first["entry"],
        serde_json::json!({
            "fields": {"area": "４８０", "nosuch": "", "plan": true, "swept": "446.4",
                "toilets": {"东区": null, "西区": "4"}},
            "not_applicable": {"A-1": "移交"},
            "parameters": {"reuse_line": "40"},
            "waived": {"B-1": {"by": "市城管局", "reason": "改造", "until": "2024-12-31"}},
        })
    );
    let text = serde_json::to_string(&first["entry"]).unwrap();
    assert_eq!(
        first["entry_digest"],
        duibiao::digest::digest(text.as_bytes()).as_str()
    );
    assert_eq!(
        first["engine"],
        concat!("duibiao ", env!("CARGO_PKG_VERSION"))
    );
    // The order of items, and how a number is written, make no other entry.
    let other = r#"{"not_applicable": {"A-1": "移交"}, "fields": {"nosuch": "", "area": "４８０", "swept": 4464e-1, "plan": true,
        "toilets": {"东区": null, "西区": "4"}}, "parameters": {"reuse_line": "40"},
        "waived": {"B-1": {"by": "市城管局", "reason": "改造", "until": "2024-12-31"}}}"#;
    assert_eq!(report(other, &[]), first);
    // What is entered is data again: the same report.
    assert_eq!(report(&first["entry"].to_string(), &[]), first);
    // A line that is set on the command line was entered too.
    let set = report(data, &["--set", "利用率下限=41"]);
    assert_eq!(
        set["entry"]["parameters"],
        serde_json::json!({"reuse_line": "41"})
    );
    assert_ne!(set["entry_digest"], first["entry_digest"]);
    assert_eq!(set["standard"]["digest"], first["standard"]["digest"]);
}

#[test]
fn parameters_need_no_fields_beside_them() {
    let json = r#"{"parameters": {"reuse_line": 40}, "not_applicable": {"A-1": "没有"}}"#;
    let ran = check(json, &["--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["data"], serde_json::json!([]), "these are no fields");
    assert_eq!(report["findings"][0]["outcome"], "not_applicable");
    assert_eq!(
        report["findings"][1]["outcome"], "missing",
        "its line is set"
    );
}

#[test]
#[rustfmt::skip]
fn the_day_chooses_the_line() {
    let mut table = Table::default();
    let met = ALL_MET.replace("446.4", "432");
    for (day, status, texts) in [
        ("2020-12-31", 1, &["待定线 1", "机扫率下限", "核查日期：2020-12-31"][..]),
        ("2021-01-01", 0, &["≥ 90%"]),
        ("2023-12-31", 0, &["≥ 90%"]),
        ("2024-01-01", 1, &["未达标 1", "≥ 93%", "2024-01-01"]),
        ("2024-13-01", 2, &["2024-13-01", "not a date"]),
        ("2023-02-29", 2, &["not a date"]),
        ("tomorrow", 2, &["tomorrow", "not a date"]),
        ("", 2, &["not a date"]),
    ] {
        table.row(day, &check(&met, &["--as-of", day]), status, texts);
    }
}

#[test]
#[rustfmt::skip]
fn a_line_holds_from_its_first_day_to_its_last() {
    let at = folder("dated");
    // In force in 2021, then a year without, then again.
    let standard = probe::command::copy(STANDARD, &at, |_, text| {
        text.replace("from: \"2021-01-01\",", "from: \"2021-01-01\", to: \"2021-12-31\",").replace("2024-01-01", "2023-01-01")
    });
    let met = write(&at, "met.json", ALL_MET.replace("446.4", "432"));
    let set = write(&at, "set.json", ALL_MET.replace("446.4", "432").replace("\"reuse_line\": 40", "\"reuse_line\": 40, \"swept_line\": 91"));
    let mut table = Table::default();
    for (data, day, status, texts) in [
        (&met, "2020-12-31", 1, &["待定线 1", "机扫率下限"][..]),
        (&met, "2021-01-01", 0, &["≥ 90%", "2021-01-01"]),
        (&met, "2021-12-31", 0, &["≥ 90%"]),
        (&met, "2022-01-01", 1, &["待定线 1", "机扫率下限"]),
        (&met, "2022-12-31", 1, &["待定线 1"]),
        (&met, "2023-01-01", 1, &["未达标 1", "≥ 93%"]),
        (&met, "9999-12-31", 1, &["未达标 1", "≥ 93%"]),
        // The user's own line has no dates.
        (&set, "2020-12-31", 1, &["未达标 1", "≥ 91%", "用户设定"]),
        (&set, "2022-06-01", 1, &["≥ 91%"]),
    ] {
        let ran = run(&["check", &standard, data, "--as-of", day]);
        table.row(day, &ran, status, texts);
    }
    // A report says by which line and which day it was, and holds on any other day.
    let report = run(&["check", &standard, &met, "--as-of", "2021-12-31", "--format", "json"]);
    let path = write(&at, "report.json", &report.out);
    table.row("recheck", &run(&["recheck", &path, &standard]), 0, &["2021-12-31", "成立"]);
    let source = &report.json()["findings"][0]["reason"]["right"]["source"];
    assert_eq!((&source["from"], &source["to"]), (&"2021-01-01".into(), &"2021-12-31".into()));
}

#[test]
#[rustfmt::skip]
fn a_waiver_holds_until_its_last_day() {
    let mut table = Table::default();
    let short = ALL_MET.replace("446.4", "400").replacen("\"parameters\"",
        "\"waived\": {\"A-1\": {\"reason\": \"道路改造\", \"by\": \"市城管局\", \"until\": \"2024-06-30\"}}, \"parameters\"", 1);
    for (name, data, day, status, texts) in [
        ("before its last day", short.clone(), "2024-06-01", 0, &["豁免 1", "道路改造", "市城管局", "得分：6 / 6"][..]),
        ("on it", short.clone(), "2024-06-30", 0, &["豁免 1"]),
        ("after it", short.clone(), "2024-07-01", 1, &["未达标 1", "豁免", "2024-06-30", "得分：6 / 9"]),
        ("after it, but met", short.replace("400", "480"), "2024-07-01", 0, &["达标 5", "得分：9 / 9"]),
        ("without a reason", short.replace("道路改造", ""), "2024-06-01", 1, &["未达标 1", "[no-waiver]"]),
        ("without anybody", short.replace("市城管局", " "), "2024-06-01", 1, &["未达标 1", "[no-waiver]"]),
        ("without a day", short.replace("2024-06-30", "年底"), "2024-06-01", 1, &["未达标 1", "[no-waiver]"]),
        ("of what is not there", short.replace("\"A-1\": {\"r", "\"A-9\": {\"r"), "2024-06-01", 1, &["未达标 1", "A-9"]),
    ] {
        table.row(name, &check(&data, &["--as-of", day]), status, texts);
    }
    let report = check(&short, &["--as-of", "2024-07-01", "--format", "json"]).json();
    assert_eq!(report["findings"][0]["waiver"]["expired"], true);
    assert_eq!(report["entry"]["waived"]["A-1"]["until"], "2024-06-30");
}

#[test]
#[rustfmt::skip]
fn a_line_is_set_by_the_user() {
    let mut table = Table::default();
    let data = &ALL_MET.replace("\"reuse_line\": 40", "");
    for (set, status, texts) in [
        (&["reuse_line=40"][..], 0, &["达标 5"][..]),
        (&["利用率下限=40％"], 0, &["达标 5"]),
        (&["reuse_line=40.01"], 1, &["未达标 1", "40.01", "用户设定"]),
        (&["reuse_line=99", "reuse_line=40"], 0, &["达标 5"]),
        (&["reuse_line=40", "swept_line=93.5"], 1, &["A-1", "93.5", "用户设定"]),
        (&["nosuch=3"], 2, &["nosuch", "reuse_line", "unknown parameter"]),
        (&["area=3"], 2, &["area", "unknown parameter"]),
        (&["reuse_line"], 2, &["reuse_line", "PARAMETER=VALUE"]),
        (&["reuse_line="], 2, &["reuse_line"]),
        (&["reuse_line=高"], 2, &["高", "利用率下限", "not a value"]),
        (&["reuse_line=≥40"], 2, &["not a value"]),
        (&["reuse_line=0.4"], 2, &["not a value"]),
        (&["reuse_line=40", "swept_line=x"], 2, &["not a value"]),
    ] {
        let arguments: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
        table.row(&set.join(" "), &check(data, &arguments), status, texts);
    }
    table.row(
        "over the data's own",
        &check(ALL_MET, &["--set", "利用率下限=41"]),
        1,
        &["41%", "未达标 1"],
    );
}

#[test]
fn the_report_is_json_when_asked() {
    let ran = check(&ALL_MET.replace("446.4", "412"), &["--format", "json"]);
    assert_eq!(ran.status, 1);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["schema"], "duibiao-report/2");
    assert_eq!(report["as_of"], "2024-06-01");
    assert_eq!(report["standard"]["id"], "small");
    assert_eq!(report["standard"]["version"], "0.1.0");
    assert!(
        report["standard"]["digest"]
            .as_str()
            .unwrap()
            .contains(|c: char| c.is_ascii_hexdigit())
    );
    assert_eq!(
        report["score"],
        serde_json::json!({"low": "6", "high": "6", "full": "9", "chapters": [
            {"chapter": "1-clean", "low": "1", "high": "1", "full": "4"},
            {"chapter": "2-service", "low": "5", "high": "5", "full": "5"},
        ], "fix_first": [{"indicator": "A-1", "low": "3", "high": "3"}]})
    );
    let finding = &report["findings"][0];
    for (key, value) in [
        ("indicator", "A-1"),
        ("chapter", "1-clean"),
        ("outcome", "unmet"),
        ("points", "0"),
        ("of", "3"),
        ("advice", "增配机扫车辆。"),
    ] {
        assert_eq!(finding[key], value, "{key}");
    }
    assert_eq!(finding["missing"], serde_json::json!([]));
    assert_eq!(finding["reason"]["left"]["value"], "515/6");
    assert_eq!(finding["reason"]["left"]["shown"], "85.83");
    assert_eq!(
        finding["reason"]["right"]["source"]["confidence"],
        "official"
    );
    let fix = &finding["fixes"][0];
    assert_eq!(
        (&fix["field"], &fix["from"], &fix["to"]),
        (&"swept".into(), &"412".into(), &"446.4".into())
    );
    assert!(
        finding["text"].as_str().unwrap().contains("34.4"),
        "{}",
        finding["text"]
    );
    // No number of JSON: exact decimals travel as strings.
    fn numbers(value: &Value) -> usize {
        match value {
            Value::Number(_) => 1,
            Value::Array(list) => list.iter().map(numbers).sum(),
            Value::Object(map) => map
                .iter()
                .filter(|(key, _)| *key != "n")
                .map(|(_, v)| numbers(v))
                .sum(),
            _ => 0,
        }
    }
    assert_eq!(numbers(&report), 0);
    let again = check(&ALL_MET.replace("446.4", "412"), &["--format", "json"]);
    assert_eq!(again.out, ran.out, "the same bytes again");
}

#[test]
fn numbers_of_json_are_read_as_they_are_written() {
    let mut table = Table::default();
    for (number, status, text) in [
        ("446.4", 0, "恰好达到"),
        ("446.40", 0, "恰好达到"),
        ("4.464e2", 0, "恰好达到"),
        ("\" ４４６．４ \"", 0, "恰好达到"),
        ("446.39999999999999999999999999", 1, "未达标 1"),
        ("446.40000000000000000000000001", 0, "达标 5"),
        ("null", 1, "缺数据 1"),
        ("\"\"", 1, "缺数据 1"),
        ("true", 1, "数据有误 1"),
        ("-1", 1, "不能小于 0"),
        ("1e400", 1, "数据有误 1"),
    ] {
        table.row(
            number,
            &check(&ALL_MET.replace("446.4", number), &[]),
            status,
            &[text],
        );
    }
}

#[test]
fn the_report_is_english_when_asked() {
    let ran = check(&ALL_MET.replace("446.4", "412"), &["--lang", "en"]);
    Table::default().row(
        "en",
        &ran,
        1,
        &[
            "not met 1",
            "met 4",
            "score: 6 / 9",
            "as of: 2024-06-01",
            "required ≥ 93%",
            "advice: ",
        ],
    );
    // Notice, names and advice are as the standard has them; the signs between them are not Chinese.
    let own = ran.out.lines().skip(2);
    for line in own.filter(|line| !line.contains("advice: ")) {
        assert!(!line.contains(['，', '：', '。', '；']), "{line}");
    }
    let report = check("{}", &["--lang", "en", "--format", "json"]);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(report["lang"], "en");
    assert!(
        report["findings"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Missing:")
    );
}

#[test]
#[rustfmt::skip]
fn bad_data_is_named() {
    let mut table = Table::default();
    for (name, from, to, status, texts) in [
        ("text in a number", "446.4", "\"很多\"", 1, &["数据有误 1", "机械化清扫面积", "很多"][..]),
        ("part above whole", "446.4", "480.01", 1, &["机械化清扫面积不应大于道路清扫面积", "数据有误 1"]),
        ("count above whole", "\"good_estates\": 96", "\"good_estates\": 101", 1, &["达标小区数不应大于小区总数", "数据有误 1"]),
        ("unknown field", "\"swept\"", "\"swetp\"", 1, &["swetp", "是不是“swept”", "缺数据 1"]),
        ("unknown field, all met", "\"area\"", "\"note\": \"x\", \"area\"", 0, &["note", "未采用"]),
        ("unknown district", "\"西区\"", "\"西\"", 1, &["toilets.西", "缺数据 1"]),
        ("a list for one value", "446.4", "{\"东区\": 1}", 1, &["数据有误 1", "机械化清扫面积"]),
        ("one value for a list", "{\"东区\": 3, \"西区\": 4}", "3", 1, &["数据有误 1", "公厕密度"]),
        ("half an estate", "\"good_estates\": 96", "\"good_estates\": 95.5", 1, &["整数", "95.5"]),
        ("a ratio for a percentage", "40%", "0.4", 1, &["数据有误 1", "0.4", "%"]),
        ("about", "40%", "40%左右", 1, &["40%左右"]),
        ("no such day", "2023-05-31", "2023-05-32", 1, &["2023-05-32", "预案日期"]),
        ("twice by two names", "\"swept\": 446.4", "\"swept\": 446.4, \"机扫面积\": 447", 1, &["两次", "数据有误 1"]),
        ("unknown parameter", "reuse_line", "reuse_lien", 1, &["reuse_lien", "reuse_line", "待定线 1"]),
        ("unreadable parameter", "\"reuse_line\": 40", "\"reuse_line\": \"高\"", 1, &["利用率下限", "高"]),
    ] {
        table.row(
            name,
            &check(&ALL_MET.replacen(from, to, 1), &[]),
            status,
            texts,
        );
    }
}

#[test]
#[rustfmt::skip]
fn broken_json_is_named_with_its_place() {
    let at = folder("json");
    let mut table = Table::default();
    for (name, text, texts) in [
        ("cut.json", "{\"area\": 480,\n \"swept\": ", &["cut.json:2:"][..]),
        ("comma.json", "{\"area\": 480,\n}", &["comma.json:2:1", "JSON 有误：最后一项之后不应有逗号"]),
        ("bare.json", "{\"area\": 480,\n  swept: 1}", &["bare.json:2:3"]),
        ("single.json", "{\n'area': 480}", &["single.json:2:1"]),
        ("nan.json", "{\"area\": NaN}", &["nan.json:1:10"]),
        ("twice.json", "{\"area\": 480,\n \"swept\": 1,\n \"area\": 481}", &["twice.json:3:", "area", "given twice"]),
        ("twice-inside.json", "{\"fields\": {\"toilets\": {\"东区\": 1,\n \"东区\": 2}}}", &["twice-inside.json:2:", "东区"]),
        ("two.json", "{\"area\": 480}\n{\"area\": 480}", &["two.json:2:1"]),
        ("list.json", "{\"area\": [480]}", &["list.json:1:"]),
        ("whole-list.json", "[1, 2]", &["whole-list.json:1:"]),
        ("number.json", "5", &["number.json"]),
        ("empty.json", "", &["empty.json"]),
        ("blank.json", " \n ", &["blank.json"]),
        ("part.json", "{\"fields\": {}, \"feilds\": {}}", &["part.json", "feilds", "not_applicable"]),
        ("fields.json", "{\"fields\": 3}", &["fields.json", "fields"]),
        ("deep.json", &"{\"a\":".repeat(10_000), &["deep.json"]),
    ] {
        table.row(name, &check_file(&write(&at, name, text)), 2, texts);
    }
    table.row(
        "on standard input",
        &check("{\"area\": 480,\n}", &[]),
        2,
        &["2:1"],
    );
}

#[test]
#[rustfmt::skip]
fn broken_csv_is_named_with_its_place() {
    let at = folder("csv");
    let mut table = Table::default();
    for (name, text, status, texts) in [
        ("comma.csv", "字段,值\narea,1,825.95\n", 2, &["comma.csv:2", "逗号"][..]),
        ("windows.csv", "字段,值\r\narea,480\r\nswept\r\n", 2, &["windows.csv:3"][..]),
        ("one-cell.csv", "字段,值\narea,480\nswept\n", 2, &["one-cell.csv:3"]),
        ("twice.csv", "area,480\nswept,1\narea,481\n", 2, &["twice.csv:3", "area", "given twice"]),
        ("quote.csv", "area,480\nswept,\"446.4\nestates,100\nclosed,3\n", 2, &["quote.csv:2"]),
        ("wide-short.csv", "area,swept,estates\n480,446.4\n", 2, &["wide-short.csv:2"]),
        ("wide-long.csv", "area,swept\n480,446.4,3\n", 2, &["wide-long.csv:2"]),
        ("wide-two.csv", "area,swept\n480,446.4\n480,446.5\n", 2, &["wide-two.csv"]),
        ("wide-twice.csv", "area,swept,area\n480,446.4,481\n", 2, &["wide-twice.csv:1", "area", "given twice"]),
        ("wide-twice-named.csv", "area,swept,清扫面积\n480,446.4,481\n", 1, &["area", "两次", "数据有误 1"]),
        ("wide-none.csv", "area,swept\n", 2, &["wide-none.csv"]),
        ("empty.csv", "", 2, &["empty.csv", "no rows"]),
        ("blank.csv", ",\n\n , \n", 2, &["blank.csv", "no rows"]),
        ("unknown.csv", "字段,值\narea,480\nswetp,446.4\n", 1, &["swetp", "是不是“swept”"]),
        ("unknown-first.csv", "swetp,446.4\narea,480\n", 1, &["swetp", "是不是“swept”"]),
        ("unknown-wide.csv", "area,swetp,estates\n480,446.4,100\n", 1, &["swetp", "是不是“swept”"]),
        ("text.csv", "area,480\nswept,很多\n", 1, &["机械化清扫面积", "很多"]),
        ("comma-quoted.csv", "area,\"1,825.95\"\nswept,1\n", 1, &["1825.95"]),
        ("two-lines.csv", "area,480\nswept,\"446\n.4\"\n", 1, &["机械化清扫面积", "数据有误"]),
        ("last-blank.csv", "area,480\nswept,\"446.4\n\"\n", 1, &["93%", "达标 1"]),
    ] {
        table.row(name, &check_file(&write(&at, name, text)), status, texts);
    }
}

#[test]
fn what_is_no_data_is_refused() {
    let at = folder("no-data");
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0";
    let noise: Vec<u8> = (0..4096_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 1)
        .collect();
    assert!(!noise.contains(&0));
    let mut table = Table::default();
    for (name, bytes) in [
        ("picture.json", &png[..]),
        ("picture.csv", png),
        ("book.csv", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("noise.json", &noise),
        ("noise.csv", &noise),
        ("wide-characters.csv", b"\xff\xfea\0,\x001\0"),
    ] {
        table.row(
            name,
            &check_file(&write(&at, name, bytes)),
            2,
            &[name, "not a text file"],
        );
    }
    let path = at.to_str().unwrap();
    table.row("a folder", &check_file(path), 2, &[path]);
    for (name, texts) in [
        ("nothing.json", &["nothing.json", "cannot read"][..]),
        ("nothing.csv", &["nothing.csv"]),
    ] {
        table.row(name, &check_file(&format!("{path}/{name}")), 2, texts);
    }
    let text = write(&at, "data.txt", "area,480");
    table.row(
        "another extension",
        &check_file(&text),
        2,
        &["data.txt", ".json", ".csv"],
    );
}

/// A file as large as this, without a byte of it on the disk.
fn large(folder: &Path, name: &str) -> String {
    let path = write(folder, name, "");
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    path
}

/// Runs the command with this many kilobytes of memory, and half a minute of the processor.
#[cfg(target_os = "linux")]
fn run_within(kilobytes: u32, arguments: &[&str]) -> Ran {
    let mut command = Command::new("sh");
    let script = format!("ulimit -c 0 && ulimit -v {kilobytes} && ulimit -t 30 && exec \"$@\"");
    command
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_duibiao")])
        .args(arguments);
    finish(command, b"")
}

#[test]
#[cfg(target_os = "linux")]
fn a_large_file_is_refused_without_holding_it() {
    let at = folder("large");
    let mut table = Table::default();
    let small = write(&at, "small.json", ALL_MET);
    let within = |standard: &str, data: &str| {
        run_within(60_000, &["check", standard, data, "--as-of", "2024-06-01"])
    };
    table.row("a small file", &within(STANDARD, &small), 0, &["达标 5"]);
    for name in ["large.json", "large.csv"] {
        table.row(name, &within(STANDARD, &large(&at, name)), 2, &[name, "MB"]);
    }
    table.row(
        "a module",
        &run(&["check", &large(&at, "large.wasm"), &small]),
        2,
        &["large.wasm"],
    );
    let rules = at.join("rules");
    write(
        &rules,
        "standard.rhai",
        fs::read(format!("{STANDARD}/standard.rhai")).unwrap(),
    );
    large(&rules, "1-clean/large.rhai");
    let rules = rules.to_str().unwrap();
    table.row("a rule file", &within(rules, &small), 2, &["large.rhai"]);
}

#[test]
fn a_large_input_is_refused() {
    let input = vec![b' '; 100 << 20];
    let ran = finish(command(&["check", STANDARD, "-"]), &input);
    Table::default().row("100 MB", &ran, 2, &["MB"]);
}

#[test]
fn what_is_no_standard_is_refused() {
    let at = folder("no-standard");
    let path = |name: &str| at.join(name).to_str().unwrap().to_string();
    let data = write(&at, "data.json", ALL_MET);
    fs::create_dir_all(at.join("empty")).unwrap();
    write(&at, "text/readme.txt", "x");
    write(&at, "header-only.wasm", b"\0asm\x01\0\0\0");
    write(
        &at,
        "cut.wasm",
        b"\0asm\x01\0\0\0\0\xff\xff\xff\xff\x0f\x10duibiao.rulebook",
    );
    write(
        &at,
        "damaged.wasm",
        b"\0asm\x01\0\0\0\0\x15\x10duibiao.rulebook\x01\x02\x03\x04",
    );
    write(&at, "binary/standard.rhai", b"\x89PNG\0\0\0");
    let mut table = Table::default();
    for (name, text) in [
        ("nowhere", "cannot read"),
        ("empty", ".rhai"),
        ("text", ".rhai"),
        ("data.json", "neither a folder of rules nor a module"),
        ("header-only.wasm", "neither a folder of rules nor a module"),
        ("cut.wasm", "cut.wasm"),
        ("damaged.wasm", "damaged.wasm"),
        ("binary", "not a text file"),
    ] {
        for arguments in [&["check", &path(name), &data][..], &["test", &path(name)]] {
            table.row(
                &format!("{} {name}", arguments[0]),
                &run(arguments),
                2,
                &[name, text],
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_named() {
    let at = folder("links");
    let rules = fs::read_to_string(format!("{STANDARD}/1-clean/sweeping.rhai")).unwrap();
    let standard = standard_with(&at.join("rules"), &rules);
    let links = [
        ("1-clean/again", "."),
        ("1-clean/above", ".."),
        ("outside", "/"),
    ];
    for (name, to) in links {
        let link = Path::new(&standard).join(name);
        std::os::unix::fs::symlink(to, &link).unwrap();
        run(&["test", &standard]).says(2, &[name, "绕回上层文件夹"]);
        fs::remove_file(link).unwrap();
    }
    // A link to a folder elsewhere is followed.
    let (chapter, elsewhere) = (Path::new(&standard).join("1-clean"), at.join("elsewhere"));
    let before = run(&["test", &standard]);
    fs::rename(&chapter, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &chapter).unwrap();
    let after = run(&["test", &standard]);
    assert_eq!((before.status, before.out), (after.status, after.out));
}

/// `standard.rhai` of the small standard, and one file of rules.
fn standard_with(folder: &Path, rules: &str) -> String {
    write(
        folder,
        "standard.rhai",
        fs::read(format!("{STANDARD}/standard.rhai")).unwrap(),
    );
    write(folder, "1-clean/rules.rhai", rules);
    folder.to_str().unwrap().to_string()
}

#[test]
fn a_score_never_looks_like_the_line_that_it_misses() {
    let at = folder("near");
    write(
        &at,
        "standard.rhai",
        r#"standard("near", #{ title: "试", version: "1", document: "无", notice: "参考" });
chapter("1-a", #{ title: "章" });
scheme(#{ pass: 85, chapter_floor: 85 });"#,
    );
    let rules = r#"group("组");
field("率", #{ id: "r", unit: "%", digits: 6 });
indicator("A-1", #{ title: "按比例", advice: "改", points: 100, value: 率, meets: |v| v >= 85, score: |v| proportional(#{ target: 100 }) });"#;
    write(&at, "1-a/rules.rhai", rules);
    let standard = at.to_str().unwrap();
    for (rate, lines) in [
        (
            "84.996",
            [
                "得分：84.996 / 100",
                "达标线：85，未达到",
                "章：84.996 / 100 低于分项线 85",
            ],
        ),
        (
            "84.999999",
            [
                "得分：84.999999 / 100",
                "达标线：85，未达到",
                "章：84.999999 / 100 低于分项线 85",
            ],
        ),
        (
            "84.5",
            [
                "得分：84.5 / 100",
                "达标线：85，未达到",
                "章：84.5 / 100 低于分项线 85",
            ],
        ),
        (
            "85.001",
            ["得分：85.001 / 100", "达标线：85，已达到", "得分：85.001"],
        ),
    ] {
        let data = write(&at, "data.json", format!(r#"{{"r": "{rate}"}}"#));
        let ran = run(&["check", standard, &data]);
        for line in lines {
            assert!(
                ran.out.contains(line),
                "{rate}: without “{line}”: {}",
                ran.out
            );
        }
    }
}

#[test]
fn broken_rules_are_told_all_at_once_with_their_places() {
    let at = folder("broken");
    let data = write(&at, "data.json", ALL_MET);
    let rules = "group(\"组\");\n\
                 field(\"清扫面积\", #{ id: \"area\" );\n\
                 field(\"机扫面积\", #{ id: \"swept\" });\n\
                 indicator(\"A\", #{ title: \"标\", advice: \"改\", meets: 机扫面只 >= 93 });\n\
                 indicator(\"B\", #{ title: \"标\", advice: \"改\", meets: atlest(1, [机扫面积 >= 93]) });\n\
                 loop { }\n";
    let standard = standard_with(&at.join("rules"), rules);
    let file = format!("{standard}/1-clean/rules.rhai");
    let mut table = Table::default();
    for arguments in [&["check", &standard, &data][..], &["test", &standard]] {
        let ran = run(arguments);
        table.row(
            arguments[0],
            &ran,
            2,
            &[
                "[syntax]",
                &format!("{file}:2:29"),
                "[unknown-name] 没有叫“机扫面只”的字段或参数",
                &format!("{file}:4:51"),
                "改成“机扫面积”",
                "[unknown-word]",
                &format!("{file}:5:51"),
                "at_least",
                "[too-long]",
                &format!("{file}:6:6"),
                "4 problems",
            ],
        );
    }
    // For tools the same, as data.
    for arguments in [
        &["check", &standard, &data, "--format", "json"][..],
        &["test", &standard, "--format", "json"],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.status, 2);
        let told: Value = serde_json::from_str(&ran.err).unwrap();
        assert_eq!(told["problems"].as_array().unwrap().len(), 4);
        let unknown = &told["problems"][1];
        assert_eq!(unknown["code"], "unknown-name");
        assert_eq!(unknown["file"], "1-clean/rules.rhai");
        assert_eq!(
            (&unknown["line"], &unknown["column"]),
            (&4.into(), &51.into())
        );
        assert_eq!(unknown["advice"]["zh"], "改成“机扫面积”");
    }
    // A place that an editor can open, whether or not the folder ends with a slash.
    let ran = run(&["test", &format!("{standard}/")]);
    table.row("with a slash", &ran, 2, &[&format!("--> {file}:2:29")]);
}

#[test]
#[rustfmt::skip]
fn an_endless_rule_ends() {
    let at = folder("endless");
    let mut table = Table::default();
    for (name, rules, text) in [
        ("loop", "loop {}", "too-long"),
        ("while", "while true { let a = 1; }", "too-long"),
        ("for", "for a in 0..9223372036854775807 { }", "too-long"),
        ("recursion", "fn f(n) { f(n + 1) } f(1);", "too-long"),
        ("string", "let a = \"a\"; loop { a += a; }", "too-large"),
        ("array", "let a = []; loop { a.push(a); }", "too-large"),
        ("map", "let a = #{}; loop { a = #{ a: a, b: a }; }", "too-l"),
        ("nesting", &"(".repeat(100_000), "syntax"),
        ("fields", "group(\"组\"); let n = 0; loop { n += 1; field(`f${n}`, #{ id: `f${n}` }); }", "too-l"),
        ("nodes", "group(\"组\"); field(\"甲\", #{ id: \"a\" }); let a = 甲; loop { a = a * a; }", "too-l"),
        ("sums", "group(\"组\"); field(\"甲\", #{ id: \"a\" }); let a = 甲; for n in 0..64 { a = a + a; } indicator(\"A\", #{ title: \"标\", advice: \"改\", meets: b > 1 });", "unknown-name"),
    ] {
        let standard = standard_with(&at.join(name), rules);
        table.row(name, &run(&["test", &standard]), 2, &[text, "rules.rhai:"]);
    }
}

#[test]
#[cfg(target_os = "linux")]
#[rustfmt::skip]
fn a_small_rule_does_no_harm() {
    let at = folder("harm");
    let data = write(&at, "data.json", "{\"a\": 7}");
    let mut table = Table::default();
    // What is used twice, forty times over, is a graph of forty nodes and a tree of a billion.
    for (name, before, condition) in [
        ("twice in a sum", "let a = 甲; for n in 0..40 { a = a + a; }", "a > 1"),
        ("twice in a product", "let a = 甲; for n in 0..40 { a = a * a; }", "a > 1"),
        ("twice among the largest", "let a = 甲; for n in 0..40 { a = max([a, a + 1]); }", "a > 1"),
        ("twice in a condition", "let c = 甲 > 1; for n in 0..40 { c = all([c, c]); }", "c"),
        ("twice in a choice", "let a = 甲; for n in 0..40 { a = when(甲 > 1, a, a + 1); }", "a > 1"),
        ("twice in a line", "let a = 7; for n in 0..40 { a = a * 1.0 * a; }", "甲 > a"),
        ("a long sum", "let a = 甲; for n in 0..20000 { a = a + 1; }", "a > 1"),
        ("a long condition", "let c = 甲 > 1; for n in 0..20000 { c = !c; }", "c"),
        ("a wide list", "let l = []; for n in 0..1000 { l.push(甲 > n); }", "all(l)"),
        ("a text that grows", "let t = \"甲\"; for n in 0..19 { t += t; }", "甲 > 1 && one_of(词, [t])"),
    ] {
        let rules = format!(
            "group(\"组\"); field(\"甲\", #{{ id: \"a\" }}); field(\"词\", #{{ id: \"w\", type: \"text\" }});
             {before}
             indicator(\"A\", #{{ title: \"标\", advice: \"改\", meets: {condition} }});"
        );
        let standard = standard_with(&at.join(name), &rules);
        let ran = run_within(600_000, &["check", &standard, &data]);
        // Judged, or refused with a place; never killed for want of memory, stack or time.
        match ran.status {
            0 | 1 => table.row(name, &ran, ran.status, &["A  标"]),
            _ => table.row(name, &ran, 2, &["rules.rhai"]),
        }
    }
}

#[test]
fn the_examples_beside_the_rules_are_run() {
    let mut table = Table::default();
    let good = run(&["test", STANDARD]);
    table.row("good", &good, 0, &[]);
    assert_eq!(good.out.lines().last(), Some("8 passed, 0 failed"));

    let at = folder("examples");
    let rules = "group(\"组\");\nfield(\"甲\", #{ id: \"a\", digits: 0 }); field(\"乙\", #{ id: \"b\" });\n\
                 indicator(\"A-9\", #{ title: \"甲够多\", advice: \"改\", points: 2, meets: 甲 >= 5 });\n\
                 example(\"对\", #{ 甲: 5 }, met);\n\
                 example(\"结果不对\", #{ 甲: 4 }, met);\n\
                 example(\"分数不对\", #{ 甲: 5 }, met, #{ points: 1 });\n\
                 example(\"改法不对\", #{ 甲: 4 }, unmet, #{ fix: #{ 甲: 6 } });\n\
                 example(\"缺的不对\", #{ }, missing, #{ fields: [\"乙\"] });\n";
    let standard = standard_with(&at, rules);
    let ran = run(&["test", &standard]);
    let place = |line: u32| format!("{standard}/1-clean/rules.rhai:{line}:1");
    table.row(
        "failing",
        &ran,
        1,
        &[
            "A-9",
            "甲够多",
            "结果不对",
            &place(5),
            "期望 met，实得 unmet",
            "expected met, found unmet",
            "分数不对",
            &place(6),
            "期望 1，实得 2",
            "改法不对",
            &place(7),
            "a → 6",
            "a → 5",
            "缺的不对",
            &place(8),
            "期望 b，实得 a",
        ],
    );
    assert!(
        !ran.out.contains("对\n  --> ") || !ran.out.contains(&place(4)),
        "what passes is not told"
    );
    assert_eq!(ran.out.lines().last(), Some("1 passed, 4 failed"));
}

#[test]
fn a_module_is_built() {
    let at = folder("build");
    let module = at.join("small.wasm");
    let path = module.to_str().unwrap();
    let built = run(&["build", STANDARD, "-o", path]);
    let mut table = Table::default();
    if built.err.contains("built without the checker module") {
        // Nothing is written by a command that has no module to write.
        table.row("without the module", &built, 2, &["make"]);
        assert!(!module.exists());
        return;
    }
    table.row("build", &built, 0, &["small.wasm", "6 个指标", "sha256"]);
    let data = write(&at, "data.json", ALL_MET);
    let check = |standard: &str| {
        run(&[
            "check",
            standard,
            &data,
            "--as-of",
            "2024-06-01",
            "--format",
            "json",
        ])
    };
    assert_eq!(
        check(path).out,
        check(STANDARD).out,
        "the module and its rules agree to the byte"
    );
    table.row("examples", &run(&["test", path]), 2, &["folder"]);
    let bytes = fs::read(&module).unwrap();
    table.row("again", &run(&["build", STANDARD, "-o", path]), 0, &[]);
    assert_eq!(fs::read(&module).unwrap(), bytes, "the same bytes again");
    let from_module = at.join("second.wasm");
    table.row(
        "from a module",
        &run(&["build", path, "-o", from_module.to_str().unwrap()]),
        0,
        &[],
    );
    assert_eq!(fs::read(&from_module).unwrap(), bytes);
    // As a script it is the same standard, and needs no module around it.
    let script = at.join("small.js");
    table.row(
        "as a script",
        &run(&["build", path, "-o", script.to_str().unwrap()]),
        0,
        &["small.js", "6 个指标", "sha256"],
    );
    let text = fs::read_to_string(&script).unwrap();
    assert!(
        text.starts_with("/* sha256:") && text.contains(".push([document.currentScript.src, \"")
    );
    assert!(text.is_ascii() && text.len() < bytes.len());
    // A module that was cut short is refused.
    fs::write(&module, &bytes[..bytes.len() - 10]).unwrap();
    table.row("cut", &check(path), 2, &["small.wasm"]);
}

#[test]
fn a_module_is_not_written_where_it_cannot_be() {
    let at = folder("unwritable");
    let file = write(&at, "file", "");
    let at = at.to_str().unwrap();
    let mut table = Table::default();
    for output in [
        format!("{at}/nowhere/x.wasm"),
        format!("{file}/x.wasm"),
        at.to_string(),
    ] {
        table.row(&output, &run(&["build", STANDARD, "-o", &output]), 2, &[]);
    }
    let left: Vec<_> = fs::read_dir(at)
        .unwrap()
        .map(|item| item.unwrap().file_name())
        .collect();
    assert_eq!(left, ["file"], "no half module is left");
    assert!(
        !Path::new(&format!("{at}.part")).exists()
            && !Path::new(&format!("{at}.wasm.part")).exists()
    );
    let broken = standard_with(&folder("unwritable-broken"), "group(\"组\");\nfield(;");
    let output = folder("unwritable-out").join("x.wasm");
    let ran = run(&["build", &broken, "-o", output.to_str().unwrap()]);
    table.row("broken rules", &ran, 2, &[]);
    assert!(!output.exists());
}

#[test]
fn bad_usage_is_refused() {
    let mut table = Table::default();
    for arguments in [
        &[][..],
        &["chekc", STANDARD, "-"],
        &["check"],
        &["check", STANDARD],
        &["check", STANDARD, "-", "--format", "xml"],
        &["check", STANDARD, "-", "--lang", "fr"],
        &["check", STANDARD, "-", "--as-of"],
        &["check", STANDARD, "-", "--nosuch"],
        &["check", STANDARD, "-", "more"],
        &["test"],
        &["build", STANDARD],
    ] {
        table.row(&arguments.join(" "), &run(arguments), 2, &["--help"]);
    }
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"]] {
        table.row(&arguments.join(" "), &run(arguments), 0, &["duibiao"]);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    for format in ["text", "json"] {
        let mut command = command(&["check", STANDARD, "-", "--format", format]);
        let pipes = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = pipes.spawn().unwrap();
        drop(child.stdout.take());
        child
            .stdin
            .take()
            .unwrap()
            .write_all(ALL_MET.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("panicked"), "{format}: {err}");
    }
}

#[test]
fn data_of_another_standard_is_refused_and_a_report_is_read_for_its_data() {
    let folder = folder("data-of-another");
    let mut table = Table::default();
    let other = r#"{"standard": {"id": "other"}, "fields": {"area": 1}}"#;
    table.row(
        "another standard",
        &check(other, &[]),
        2,
        &["标准“other”的数据", "请删去其中的 standard"],
    );
    table.row("nothing", &check(" ", &[]), 2, &["是空的，应为 JSON"]);
    let report = check(ALL_MET, &["--format", "json"]);
    let path = write(&folder, "report.json", &report.out);
    let again = run(&[
        "check",
        STANDARD,
        &path,
        "--as-of",
        "2024-06-01",
        "--format",
        "json",
    ]);
    assert_eq!(again.out, report.out);
    // A report whose verdicts were altered, beside the one that was not.
    let text = report.out;
    let altered = write(
        &folder,
        "altered.json",
        text.replace("\"met\"", "\"unmet\""),
    );
    table.row(
        "altered",
        &run(&["compare", &path, &altered]),
        1,
        &["结论却不同", "duibiao recheck"],
    );
}

#[test]
fn a_workbook_that_may_be_filled_in_is_not_written_over() {
    let folder = folder("sheet-there");
    let mut table = Table::default();
    let there = write(&folder, "form.xlsx", "filled in");
    let sheet = |path: &str, more: &[&str]| run(&[&["sheet", STANDARD, "-o", path], more].concat());
    table.row("there", &sheet(&there, &[]), 2, &["--force"]);
    assert_eq!(fs::read_to_string(&there).unwrap(), "filled in");
    table.row("forced", &sheet(&there, &["--force"]), 0, &["form.xlsx"]);
    let paper = folder.join("form.pdf");
    table.row(
        "no workbook",
        &sheet(paper.to_str().unwrap(), &[]),
        2,
        &[".xlsx"],
    );
    assert!(!paper.exists());
}
