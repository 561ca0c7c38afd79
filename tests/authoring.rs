//! The commands for rule authors, as an author runs them.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/standard");

/// What a run left behind.
struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// Expects a status and texts, on standard error where it could not do its work.
    #[track_caller]
    fn says(self, status: i32, texts: &[&str]) -> Self {
        let said = if status == 2 { &self.err } else { &self.out };
        assert_eq!(self.status, status, "{}{}", self.out, self.err);
        for text in texts {
            assert!(said.contains(text), "without “{text}”: {said}");
        }
        self
    }
}

fn run(arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duibiao"));
    let output = command.args(arguments).output().unwrap();
    let ran = Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert_eq!(
        ran.status == 2,
        !ran.err.is_empty(),
        "the reason, and nothing else, is on standard error: {}",
        ran.err
    );
    assert!(ran.status != 2 || ran.out.is_empty(), "{}", ran.out);
    ran
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("authoring")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The files below a folder, by path.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        for item in fs::read_dir(path).unwrap() {
            let item = item.unwrap().path();
            if item.is_dir() {
                open.push(item);
            } else {
                let name = item.strip_prefix(folder).unwrap().to_str().unwrap();
                found.push((name.to_string(), fs::read_to_string(&item).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A copy of a standard, changed file by file.
fn copy(from: &str, to: &Path, change: impl Fn(&str, String) -> String) -> String {
    for (name, text) in files(Path::new(from)) {
        let path = to.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, change(&name, text)).unwrap();
    }
    to.to_str().unwrap().to_string()
}

/// Every standard that is here.
fn standards() -> Vec<String> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let folders = fs::read_dir(rules).unwrap();
    let mut found: Vec<String> = folders
        .map(|item| item.unwrap().path())
        .filter(|path| path.join("standard.rhai").exists())
        .map(|path| path.to_str().unwrap().to_string())
        .collect();
    found.push(SMALL.into());
    found
}

// ―― duibiao test ――

#[test]
fn coverage_is_judged_by_what_examples_do() {
    let ran = run(&["test", SMALL]).says(
        0,
        &[
            "A-2  缺 达标、未达标、缺数据、恰在线上",
            "B-3  缺 未达标、缺数据",
            "恰在线上 at the line 3/6",
        ],
    );
    assert_eq!(ran.out.lines().last(), Some("8 passed, 0 failed"));
    assert!(!ran.out.contains("  A-1"), "A-1 lacks nothing: {}", ran.out);

    // Named 恰…, but not at the line; and no line at all, so nothing to be at.
    let at = folder("coverage");
    let standard = copy(SMALL, &at, |name, text| match name {
        "1-clean/sweeping.rhai" => {
            text.replace("机扫面积: 93 }, met", "机扫面积: 94 }, met")
                + "indicator(\"A-3\", #{ title: \"是否\", meets: 有方案, advice: \"写\" });\nfield(\"有方案\", #{ id: \"has\", type: \"yes-no\" });\nexample(\"有\", #{ 有方案: true }, met);\n"
        }
        _ => text,
    });
    let report = run(&["test", &standard, "--format", "json"]).json();
    let of = |id: &str| {
        let all = report["coverage"].as_array().unwrap();
        all.iter().find(|c| c["indicator"] == id).unwrap().clone()
    };
    assert_eq!(of("A-1")["at_line"], "lacking");
    assert_eq!(of("A-3")["at_line"], "not_needed");
    assert_eq!(of("A-3")["met"], "shown");
    assert_eq!(of("A-3")["missing"], "lacking");
    // An example that fails shows nothing.
    let standard = copy(SMALL, &at, |_, text| {
        text.replace("机扫面积: 93 }, met", "机扫面积: 93 }, unmet")
    });
    let ran = run(&["test", &standard, "--format", "json"]);
    assert_eq!(ran.status, 1);
    let report = ran.json();
    assert_eq!(
        (&report["passed"], &report["failed"]),
        (&7.into(), &1.into())
    );
    assert_eq!(report["coverage"][0]["at_line"], "lacking");
    let failed = &report["examples"][0];
    assert_eq!(
        (&failed["expected"], &failed["found"]),
        (&"unmet".into(), &"met".into())
    );
    assert_eq!(failed["differences"].as_array().unwrap().len(), 1);
}

/// A standard with the proposed examples pasted behind each indicator.
fn pasted(standard: &str, at: &Path) -> (String, usize) {
    let ran = run(&["test", standard, "--generate", "--format", "json"]).says(0, &[]);
    let drafts = ran.json();
    let drafts = drafts.as_array().unwrap();
    let mut left: Vec<String> = drafts
        .iter()
        .map(|draft| draft["indicator"].as_str().unwrap().to_string())
        .collect();
    left.dedup();
    let path = copy(standard, at, |_, text| {
        let mut out = String::new();
        let mut after: Option<String> = None;
        let behind = |after: &Option<String>| {
            let of =
                |draft: &&Value| Some(draft["indicator"].as_str().unwrap()) == after.as_deref();
            let lines = drafts
                .iter()
                .filter(of)
                .map(|draft| draft["rhai"].as_str().unwrap());
            lines.fold(String::new(), |text, line| text + line + "\n")
        };
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("indicator(\"") {
                out.push_str(&behind(&after));
                after = rest.split('"').next().map(String::from);
            }
            out.push_str(line);
            out.push('\n');
        }
        out.push_str(&behind(&after));
        out
    });
    left.retain(|id| {
        !files(at)
            .iter()
            .any(|(_, text)| text.contains(&format!("indicator(\"{id}\"")))
    });
    assert_eq!(left, [""; 0], "indicators that are declared in another way");
    (path, drafts.len())
}

#[test]
fn what_is_proposed_compiles_and_passes_when_pasted() {
    for standard in standards() {
        let name = Path::new(&standard).file_name().unwrap().to_str().unwrap();
        let before = run(&["test", &standard, "--format", "json"]).json();
        let (path, count) = pasted(&standard, &folder(&format!("pasted-{name}")));
        assert!(count > 20, "{name}: {count}");
        let ran = run(&["test", &path, "--format", "json"]);
        let after = ran.json();
        let failed: Vec<&Value> = after["examples"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|e| e["expected"] != e["found"] || e["differences"] != serde_json::json!([]))
            .collect();
        assert_eq!(ran.status, 0, "{name}: {failed:#?}");
        let passed = |report: &Value| report["passed"].as_u64().unwrap();
        assert_eq!(passed(&after), passed(&before) + count as u64);
        // With them nothing is lacking.
        for covered in after["coverage"].as_array().unwrap() {
            for key in ["met", "unmet", "missing", "at_line"] {
                assert_ne!(covered[key], "lacking", "{name}: {key} of {covered}");
            }
        }
        // What was pasted is not proposed again.
        let again = run(&["test", &path, "--generate"]).says(0, &[]);
        let more = again
            .out
            .lines()
            .filter(|line| line.starts_with("example("))
            .count();
        assert!(more * 10 <= count, "{name}: {}", again.out);
    }
}

#[test]
fn drafts_lie_below_at_and_above_each_line() {
    let ran = run(&["test", SMALL, "--generate", "B-2"]).says(
        0,
        &[
            "// 草稿：B-2 投诉办结率",
            "请逐条对照文件",
            "#{ 投诉件数: 100, 办结件数: 89 }, unmet",
            "#{ 投诉件数: 100, 办结件数: 90 }, met",
            "#{ 投诉件数: 100, 办结件数: 91 }, met",
            "#{ 投诉件数: 100 }, missing, #{ fields: [\"办结件数\"] }",
            "#{ 投诉件数: \"很多\", 办结件数: 100 }, invalid",
        ],
    );
    assert!(!ran.out.contains("B-1"), "only the one that was asked for");
    run(&["test", SMALL, "--generate", "A-2"]).says(
        0,
        &["恰在线上（50）\", #{ 绿化废弃物利用率: 50 }, met, #{ parameters: #{ 利用率下限: 50 } }", "pending"],
    );
    run(&["test", SMALL, "--generate", "B-3"])
        .says(0, &["早一天（2023-05-30）", "晚一天（2023-06-01）"]);
    run(&["test", SMALL, "--generate", "B2"])
        .says(2, &["没有编号为“B2”的指标，是不是“B-2”", "A-1、A-2"]);
}

#[test]
fn a_line_that_begins_later_is_told_and_drafts_are_dated() {
    let standard = copy(SMALL, &folder("dated"), |name, text| match name {
        "1-clean/sweeping.rhai" => {
            text + r#"
field("总数", #{ id: "all_signs", type: "count", unit: "块", given: true });
field("完好数", #{ id: "sound_signs", type: "count", unit: "块" });
parameter("完好率下限", #{ id: "sound_line", unit: "%", values: [#{ from: "2025-01-01", value: 85, source: "规程" }] });
indicator("A-3", #{
    title: "完好率", value: percent(完好数, 总数), meets: |率| 率 >= 完好率下限, advice: "修",
});
example("恰好", #{ 总数: 100, 完好数: 85 }, met);
example("半块", #{ 总数: 100, 完好数: 84.5 }, unmet, #{ as_of: "2025-01-01" });
field("有方案", #{ id: "has", type: "yes-no" });
indicator("A-4", #{ title: "方案", meets: 有方案, advice: "写" });
"#
        }
        _ => text,
    });
    run(&["test", &standard]).says(
        1,
        &[
            "例子按 2024-01-01 的线，那天“完好率下限”没有值：在结果后写 #{ as_of: \"2025-01-01\" }",
            "完好数应为整数，填的是 84.5",
        ],
    );
    let ran = run(&["test", &standard, "--generate", "A-3"]).says(
        0,
        &["#{ 总数: 100, 完好数: 84 }, unmet, #{ as_of: \"2025-01-01\" }"],
    );
    assert!(!ran.out.contains("parameters"), "{}", ran.out);
    run(&["test", &standard, "--generate", "A-4"])
        .says(0, &["example(\"有方案为否\", #{ 有方案: false }, unmet);"]);
}

// ―― duibiao doc ――

#[test]
fn the_generated_pages_are_the_ones_in_the_folder() {
    let mut wanted = vec![(
        "rules/README.md".to_string(),
        vec!["doc".to_string(), "--vocabulary".to_string()],
    )];
    for standard in standards().iter().filter(|path| *path != SMALL) {
        let name = Path::new(standard).file_name().unwrap().to_str().unwrap();
        wanted.push((
            format!("rules/{name}/PARAMETERS.md"),
            vec!["doc".into(), format!("rules/{name}"), "--parameters".into()],
        ));
    }
    for (path, arguments) in wanted {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let generated = run(&arguments).says(0, &[]).out;
        let found = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path));
        assert!(
            found.is_ok_and(|found| found == generated),
            "{path} is not as generated now: duibiao {} -o {path}",
            arguments.join(" ")
        );
    }
}

/// The problems of a small standard with a statement added.
fn problems_of(statement: &str) -> Vec<duibiao::author::Problem> {
    let text = "standard(\"s\", #{ title: \"t\", version: \"1\", document: \"d\", notice: \"n\" });\nchapter(\"a\", #{ title: \"a\" });\n";
    let file = |path: &str, text: String| duibiao::author::SourceFile {
        path: path.into(),
        text,
    };
    let field = "field(\"甲\", #{ id: \"a\" });\nindicator(\"A\", #{ title: \"t\", meets: 甲 > 1, advice: \"a\" });\n";
    duibiao::author::compile(&[
        file("standard.rhai", text.into()),
        file("a/a.rhai", format!("group(\"a\");\n{field}{statement}")),
    ])
    .unwrap_err()
}

#[test]
fn the_vocabulary_has_every_option_of_every_declaration() {
    for declaration in duibiao::author::doc::DECLARATIONS {
        let word = declaration.word;
        let statement = match word {
            "parameter … values" => {
                "parameter(\"乙\", #{ id: \"b\", values: [#{ from: \"2020-01-01\", value: 1, zzz: 1 }] });".to_string()
            }
            "data_check" => "data_check(甲 > 0, \"m\", #{ zzz: 1 });".into(),
            "example" => "example(\"x\", #{}, missing, #{ zzz: 1 });".into(),
            "scheme" => "scheme(#{ zzz: 1 });".into(),
            word => format!("{word}(\"x\", #{{ zzz: 1 }});"),
        };
        let (mut told, mut lacking) = (Vec::new(), Vec::new());
        for problem in problems_of(&statement) {
            let trouble = problem.trouble;
            if let ("unknown-option", Some(exists)) = (trouble.code, trouble.exists) {
                let list = exists.en.strip_prefix("options: ").unwrap().to_string();
                told = list.split(", ").map(String::from).collect();
            }
            if let ("missing-option", Some((_, name))) =
                (trouble.code, trouble.message.en.split_once(" lacks "))
            {
                lacking.push(name.to_string());
            }
        }
        told.sort();
        lacking.sort();
        let listed = |needed: bool| {
            let options = declaration.options.iter();
            let mut names: Vec<&str> = options
                .filter(|o| !needed || o.needed)
                .map(|o| o.name)
                .collect();
            names.sort_unstable();
            names
        };
        let place = "src/author/doc/declarations.rs";
        assert_eq!(told, listed(false), "options of {word} in {place}");
        if word == "parameter … values" {
            lacking.extend(["from".into(), "value".into()]);
            lacking.sort();
        }
        assert_eq!(lacking, listed(true), "needed options of {word} in {place}");
    }
}

#[test]
fn the_page_has_all_of_the_standard_and_no_markup_of_its_texts() {
    let at = folder("doc");
    let standard = copy(SMALL, &at.join("rules"), |_, text| {
        text.replace("试用标准（参考）", "试用<script>alert(1)</script>标准")
            .replace(
                "试用规划（修订）\"",
                "试用规划 & 修订\", url: \"javascript:alert(1)\"",
            )
            .replace(
                "source: \"试用规划\"",
                "source: \"试用规划\", url: \"https://example.com/?a=1&b=2\"",
            )
    });
    let file = at.join("doc.html");
    let file = file.to_str().unwrap();
    run(&["doc", &standard, "-o", file]).says(0, &["doc.html"]);
    let page = fs::read_to_string(file).unwrap();
    for text in [
        "<html lang=\"zh-CN\">",
        "<strong>参考</strong>",
        "仅供测试，不代表正式评定。",
        "试用&lt;script&gt;alert(1)&lt;/script&gt;标准",
        "A-1</span> 机械化清扫率",
        "机械化清扫面积 ÷ 道路清扫面积 ≥ 机扫率下限",
        "<span>93%</span></td><td><span>2024-01-01 起</span>",
        "试用规划 &amp; 修订",
        "<a href=\"https://example.com/?a=1&amp;b=2\">试用规划</a>",
        "<b>未设定</b>",
        "机械化清扫面积（机扫面积） <code>swept</code>",
        "道路清扫面积为 0：视为没有填写",
        "机械化清扫面积 ≤ 道路清扫面积",
        "逐个填写：东区、西区",
        "增配机扫车辆。",
        "<th scope=\"row\">差一点</th><td>机扫面积 92.99 万平方米；清扫面积 100 万平方米；按 2024-01-01 的线</td>",
        "<th scope=\"col\">可信度</th>",
        "<a href=\"#indicator-A-2\">A-2 绿化废弃物利用率</a>",
    ] {
        assert!(page.contains(text), "without {text}");
    }
    for text in ["<script", "href=\"javascript:", "src=", "@import"] {
        assert!(!page.contains(text), "{text}");
    }
    // Every address within the page leads somewhere, and every id is there once.
    for (_, rest) in page
        .match_indices("href=\"#")
        .map(|(at, m)| (at, &page[at + m.len()..]))
    {
        let id = rest.split('"').next().unwrap();
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    let again = run(&["doc", &standard]).out;
    assert_eq!(again, page, "the same to standard output");
    // What cannot be written leaves nothing behind.
    let nowhere = at.join("nowhere/doc.html");
    run(&["doc", &standard, "-o", nowhere.to_str().unwrap()]).says(2, &["写不了", "nowhere"]);
    run(&["doc", "nowhere"]).says(2, &["nowhere"]);
    run(&["doc"]).says(2, &["STANDARD"]);
}

// ―― duibiao new ――

#[test]
fn what_is_new_compiles_without_a_warning_and_passes() {
    let at = folder("new");
    let path = at.join("deep/fire-safety");
    let standard = path.to_str().unwrap();
    let good = |standard: &str, examples: u64| {
        let report = run(&["test", standard, "--format", "json"])
            .says(0, &[])
            .json();
        assert_eq!(report["warnings"], serde_json::json!([]));
        assert_eq!(report["passed"], examples);
        for covered in report["coverage"].as_array().unwrap() {
            for key in ["met", "unmet", "missing", "at_line"] {
                assert_eq!(covered[key], "shown", "{covered}");
            }
        }
    };
    run(&["new", "standard", standard, "消防\"自查\"（参考）"]).says(0, &["新建", "first.rhai"]);
    good(standard, 5);
    run(&["new", "chapter", standard, "2-exits", "安全出口"]).says(0, &["添加 (added to)"]);
    good(standard, 10);
    // In a file that is there, in a new one, with names that cannot be names of fields, and alike ones.
    for (file, id, title) in [
        ("2-exits/first", "E-1", "防火门\\完好率"),
        ("2-exits/doors.rhai", "3.1", "应急照明"),
        ("2-exits/doors", "消防一", "消火栓"),
        ("2-exits/doors", "E_1", "与 E-1 同名"),
    ] {
        let path = format!("{}.rhai", file.trim_end_matches(".rhai"));
        run(&["new", "indicator", standard, file, id, title]).says(0, &[&path, "duibiao test"]);
    }
    good(standard, 30);
    let all: Vec<String> = files(&path).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        all,
        [
            "1-first/first.rhai",
            "2-exits/doors.rhai",
            "2-exits/first.rhai",
            "standard.rhai"
        ]
    );
    // What it gives is what the other commands take.
    run(&["doc", standard]).says(0, &["消防&quot;自查&quot;（参考）"]);
    run(&["check", standard, "--as-of", "2024-01-01", "-"]).says(2, &["JSON"]);
}

#[test]
fn new_overwrites_nothing_and_says_what_to_do() {
    let at = folder("new-refused");
    let standard = copy(SMALL, &at.join("rules"), |_, text| text);
    let before = files(&at);
    let taken = at.join("taken");
    fs::write(&taken, "a file").unwrap();
    for (arguments, texts) in [
        (
            &["standard", &standard][..],
            &["已经有了，不覆盖", "换一个文件夹"][..],
        ),
        (&["standard", taken.to_str().unwrap()], &["taken", "不覆盖"]),
        (
            &["chapter", &standard, "1-clean", "再来"],
            &["“1-clean”已经有了", "1-clean、2-service"],
        ),
        (
            &["chapter", &standard, "../3", "出去"],
            &["不能作文件夹", "英文字母"],
        ),
        (
            &["chapter", &standard, "第三章", "中文"],
            &["不能作文件夹", "2-facilities"],
        ),
        (&["chapter", &standard, "3-new", " "], &["不能作编号或名称"]),
        (&["chapter", "nowhere", "3-new", "x"], &["nowhere"]),
        (
            &["indicator", &standard, "1-clean/sweeping", "A-1", "重复"],
            &["“A-1”已经用过"],
        ),
        (
            &["indicator", &standard, "3-none/a", "A-9", "没有"],
            &["没有“3-none”这一章", "new chapter"],
        ),
        (
            &["indicator", &standard, "sweeping", "A-9", "没有章"],
            &["章/文件", "1-clean/first"],
        ),
        (
            &["indicator", &standard, "1-clean/../a", "A-9", "出去"],
            &["章/文件"],
        ),
        (
            &["indicator", &standard, "1-clean/a", "A\n9", "换行"],
            &["A\\n9"],
        ),
    ] {
        let arguments: Vec<&str> = ["new"].iter().chain(arguments).copied().collect();
        run(&arguments).says(2, texts);
    }
    fs::remove_file(&taken).unwrap();
    assert_eq!(files(&at), before, "nothing was written");
    // A file that is there, though it is none of the rules.
    fs::create_dir_all(at.join("rules/3-new")).unwrap();
    fs::write(at.join("rules/3-new/first.rhai"), "").unwrap();
    run(&["new", "chapter", &standard, "3-new", "新"]).says(2, &["已经有了"]);
    // Rules that are broken are told, not made worse.
    let broken = copy(SMALL, &at.join("broken"), |_, text| {
        text.replace("机扫率下限;", "机扫率上限;")
            .replace("rate >= 机扫率下限", "rate >= 机扫率上限")
    });
    run(&["new", "chapter", &broken, "3-new", "新"]).says(2, &["[unknown-name]", "机扫率上限"]);
    // One whose examples fail already can still be added to.
    let failing = copy(SMALL, &at.join("failing"), |_, text| {
        text.replace("机扫面积: 93 }, met", "机扫面积: 92 }, met")
    });
    run(&["new", "chapter", &failing, "3-new", "新"]).says(0, &["3-new/first.rhai"]);
}

// ―― duibiao diff ――

/// Data that meets all of the small standard on 2024-06-01.
const DATA: &str = r#"{"fields": {"area": 480, "swept": 446.4, "reuse": "40%", "estates": 100,
    "good_estates": 96, "complaints": 0, "closed": 0, "plan": true, "plan_date": "2023-05-31",
    "toilets": {"东区": 3, "西区": 4}}, "parameters": {"reuse_line": 40}}"#;

#[test]
fn what_is_written_elsewhere_is_not_different() {
    let at = folder("diff-same");
    run(&["diff", SMALL, SMALL]).says(0, &["规则相同 (the same)"]);
    // Comments, other indicators' order, other names of files' lines.
    let moved = copy(SMALL, &at, |_, text| {
        let text = text.replace("field(\"清扫面积\"", "\n\n// 注释\nfield(\"清扫面积\"");
        match text.split_once("field(\"绿化") {
            Some((before, rest)) => {
                let (line, after) = rest.split_once('\n').unwrap();
                let (head, body) = before.split_once("\n\n").unwrap();
                format!("{head}\nfield(\"绿化{line}\n{body}{after}")
            }
            None => text,
        }
    });
    run(&["diff", SMALL, &moved]).says(0, &["规则相同 (the same)"]);
}

#[test]
fn every_change_is_told_in_words() {
    let at = folder("diff-words");
    let mut wrong = Vec::new();
    for (number, (from, to, texts)) in [
        ("title: \"机械化清扫率\"", "title: \"机扫率\"", &["A-1 机扫率", "标题：机械化清扫率 → 机扫率"][..]),
        ("points: 3", "points: 2.5", &["★     分值：3 → 2.5"]),
        ("rate >= 机扫率下限", "rate > 机扫率下限", &["★     要求：机械化清扫面积 ÷ 道路清扫面积 ≥ 机扫率下限 → 机械化清扫面积 ÷ 道路清扫面积 > 机扫率下限"]),
        ("advice: \"增配机扫车辆。\"", "advice: \"增车。\"", &["      建议：增配机扫车辆。 → 增车。"]),
        ("value: 93", "value: 94", &["~ swept_line 机扫率下限", "★     2024-01-01 起的值：93% → 94%"]),
        ("试用规划（修订）", "试用规划（再修订）", &["2024-01-01 起的值的出处"]),
        ("from: \"2024-01-01\"", "from: \"2024-02-01\"", &["2024-02-01 起的值：新增 93%", "2024-01-01 起的值：删去 93%"]),
        ("label: \"道路清扫面积\"", "label: \"清扫面积合计\"", &["全称：道路清扫面积 → 清扫面积合计"]),
        ("unit: \"万平方米\", min: 0 }", "unit: \"平方公里\", min: 0 }", &["★     单位：万平方米 → 平方公里", "写法相同"]),
        ("zero: \"missing\"", "zero: \"not_applicable\"", &["写法相同，换算、取整或零的约定不同"]),
        ("type: \"percent\"", "unit: \"%\"", &["★     类型：百分数 → 数", "最小值：删去 0%"]),
        ("机扫面积 <= 清扫面积, \"机械化", "机扫面积 < 清扫面积, \"机械化", &["~ 机械化清扫面积不应大于道路清扫面积", "★     条件："]),
        ("机械化清扫面积不应大于道路清扫面积", "机扫不应大于清扫", &["+ 机扫不应大于清扫（新增 added）", "- 机械化清扫面积不应大于道路清扫面积（删去 removed）"]),
        ("severity: \"warning\"", "severity: \"error\"", &["不成立时：仅提醒 → 数据有误"]),
        ("indicator(\"B-4\"", "indicator(\"B-9\"", &["★ + B-9", "★ - B-4"]),
        ("chapter(\"2-service\", #{ title: \"服务\"", "chapter(\"2-service\", #{ title: \"公共服务\"", &["~ 2-service 公共服务", "标题：服务 → 公共服务"]),
        ("version: \"0.1.0\"", "version: \"0.2.0\"", &["版本：0.1.0 → 0.2.0", "新 new: 试用标准（参考） 0.2.0"]),
        ("keys: [\"东区\", \"西区\"]", "keys: [\"东区\", \"西区\", \"南区\"]", &["逐个填写：东区、西区 → 东区、西区、南区"]),
    ].into_iter().enumerate() {
        let standard = copy(SMALL, &at.join(number.to_string()), |_, text| text.replace(from, to));
        let ran = run(&["diff", SMALL, &standard]);
        for text in texts {
            if ran.status != 1 || !ran.out.contains(text) {
                wrong.push(format!("{from}: without “{text}”: {}{}", ran.out, ran.err));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_turned_a_verdict_is_named() {
    let at = folder("diff-flips");
    let data = at.join("data.json");
    fs::write(&data, DATA).unwrap();
    let data = data.to_str().unwrap();
    let line = ("value: 93", "value: 95");
    let rule = ("rate >= 机扫率下限", "rate > 机扫率下限");
    for (name, edits, cause, parameters, rules) in [
        // 446.4 ÷ 480 = 93 %: below a line of 95, and not above one of 93.
        (
            "parameter",
            &[line][..],
            "parameter",
            &["swept_line"][..],
            0,
        ),
        ("rule", &[rule], "rule", &[], 1),
        ("either", &[line, rule], "either", &["swept_line"], 1),
        ("points", &[("points: 3", "points: 2")], "rule", &[], 1),
        (
            "limit",
            &[(
                "unit: \"万平方米\", min: 0 }",
                "unit: \"万平方米\", min: 0, max: 400 }",
            )],
            "rule",
            &[],
            1,
        ),
        (
            "check",
            &[("机扫面积 <= 清扫面积, \"", "机扫面积 <= 清扫面积 / 2, \"")],
            "rule",
            &[],
            1,
        ),
    ] {
        let standard = copy(SMALL, &at.join(name), |_, text| {
            edits
                .iter()
                .fold(text, |text, (from, to)| text.replace(from, to))
        });
        let ran = run(&[
            "diff",
            SMALL,
            &standard,
            data,
            "--as-of",
            "2024-06-01",
            "--format",
            "json",
        ]);
        assert_eq!(ran.status, 1, "{name}: {}", ran.err);
        let told = ran.json();
        let flips = told["data"][0]["flips"].as_array().unwrap();
        assert_eq!(flips.len(), 1, "{name}: {flips:#?}");
        let flip = &flips[0];
        assert_eq!(flip["indicator"], "A-1", "{name}");
        assert_eq!(flip["cause"], cause, "{name}");
        let named: Vec<&str> = flip["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["id"].as_str().unwrap())
            .collect();
        assert_eq!(named, parameters, "{name}");
        assert_eq!(
            flip["rules"].as_array().unwrap().len(),
            rules,
            "{name}: {flip:#?}"
        );
    }
    // Only both together: the rule alone is still met with the old line, the line alone with the old rule.
    let one = copy(SMALL, &at.join("one"), |_, text| {
        text.replace("rate >= 机扫率下限", "rate >= 机扫率下限 - 2")
    });
    let two = copy(SMALL, &at.join("two"), |_, text| {
        text.replace("value: 93", "value: 95")
    });
    let both = run(&[
        "diff",
        &one,
        &two,
        data,
        "--as-of",
        "2024-06-01",
        "--format",
        "json",
    ])
    .json();
    let flip = &both["data"][0]["flips"][0];
    assert_eq!(
        (&flip["cause"], &flip["parameters"][0]["from"]),
        (&"both".into(), &"93".into())
    );
    run(&["diff", &one, &two, data, "--as-of", "2024-06-01"]).says(
        1,
        &[
            "A-1 机械化清扫率：达标 3 分 → 未达标 0 分，规则和线一起 (both)",
            "线“机扫率下限” 93% → 95%",
            "得分 9/9 → 6/9",
        ],
    );
    // Before the new line holds, nothing turns: the standards differ all the same.
    run(&["diff", SMALL, &two, data, "--as-of", "2023-06-01"]).says(1, &["0 项结果不同"]);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let at = folder("diff-bad");
    fs::write(at.join("data.json"), "{\"fields\": ").unwrap();
    let data = at.join("data.json");
    run(&["diff", SMALL, "nowhere"]).says(2, &["nowhere"]);
    run(&["diff", "nowhere", SMALL]).says(2, &["nowhere"]);
    run(&["diff", SMALL, SMALL, data.to_str().unwrap()]).says(2, &["data.json", "JSON 有误"]);
    run(&["diff", SMALL, SMALL, "--as-of", "tomorrow"]).says(2, &["--as-of tomorrow 不是日期"]);
    let broken = copy(SMALL, &at.join("broken"), |_, text| {
        text.replace("机扫率下限,", "机扫率上限,")
    });
    let ran = run(&["diff", SMALL, &broken, "--format", "json"]).says(2, &["unknown-name"]);
    assert!(serde_json::from_str::<Value>(&ran.err).unwrap()["problems"].is_array());
}

// ―― duibiao schema ――

#[test]
fn schemas_are_printed_or_written() {
    let at = folder("schema");
    let report = run(&["schema", "report"]).says(0, &["duibiao-report/1"]);
    assert_eq!(report.json()["additionalProperties"], false);
    let file = at.join("data.schema.json");
    run(&["schema", "data", SMALL, "-o", file.to_str().unwrap()]).says(0, &["data.schema.json"]);
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written, run(&["schema", "data", SMALL]).out);
    let schema: Value = serde_json::from_str(&written).unwrap();
    let swept = &schema["$defs"]["field.swept"];
    assert_eq!(swept["title"], "机械化清扫面积");
    assert!(
        swept["description"]
            .as_str()
            .unwrap()
            .contains("单位：万平方米")
    );
    assert_eq!(swept["minimum"], 0);
    run(&["schema", "data"]).says(0, &["data for Duibiao"]);
    run(&["schema", "report", SMALL]).says(2, &["不写标准"]);
    run(&["schema", "rules"]).says(2, &["data", "report"]);
    run(&["schema"]).says(2, &["<WHAT>"]);
    run(&["schema", "data", "nowhere"]).says(2, &["nowhere"]);
}
