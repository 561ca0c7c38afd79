//! `duibiao test`: which examples are lacking, and proposals for them.

use crate::probe::command::{copy, files, folder, run};
use crate::{SMALL, standards};
use serde_json::Value;
use std::path::Path;

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
