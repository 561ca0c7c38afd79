//! `duibiao diff`: what changed in words, and what turned a verdict.

use crate::SMALL;
use crate::probe::command::{copy, folder, run};
use serde_json::Value;
use std::fs;

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
    // Points are shown as people read them, not as fractions.
    let third = copy(SMALL, &at.join("third"), |name, text| match name {
        "standard.rhai" => text + "scheme(#{ full: 7, not_applicable: \"rescale\" });\n",
        _ => text.replace("value: 93", "value: 97"),
    });
    let ran = run(&["diff", SMALL, &third, data, "--as-of", "2024-06-01"]);
    let points = ran.out.lines().find(|line| line.contains("得分")).unwrap();
    assert!(points.ends_with("得分 9/9 → 4.67/7"), "{points}");
    // Before the new line holds, nothing turns: the standards differ all the same.
    run(&["diff", SMALL, &two, data, "--as-of", "2023-06-01"]).says(1, &["0 项结果不同"]);
    // A line that begins later, and one that ends: by the day it is asked about.
    let later = copy(SMALL, &at.join("later"), |_, text| {
        text.replace(
            "from: \"2024-01-01\", value: 93",
            "from: \"2025-01-01\", value: 95",
        )
    });
    let ended = copy(SMALL, &at.join("ended"), |_, text| {
        text.replace(
            "from: \"2021-01-01\",",
            "from: \"2021-01-01\", to: \"2023-12-31\",",
        )
        .replace(
            "from: \"2024-01-01\",",
            "from: \"2024-01-01\", to: \"2024-12-31\",",
        )
    });
    assert_ne!(
        fs::read(at.join("later/1-clean/sweeping.rhai")).unwrap(),
        fs::read(format!("{SMALL}/1-clean/sweeping.rhai")).unwrap()
    );
    for (new, day, texts) in [
        (&later, "2024-12-31", &["0 项结果不同"][..]),
        (
            &later,
            "2025-01-01",
            &[
                "A-1 机械化清扫率：达标 3 分 → 未达标 0 分，线变了 (parameter)",
                "线“机扫率下限” 93% → 95%",
            ],
        ),
        (&ended, "2024-12-31", &["0 项结果不同"]),
        (
            &ended,
            "2025-01-01",
            &[
                "A-1 机械化清扫率：达标 3 分 → 待定线，线变了 (parameter)",
                "线“机扫率下限” 93% → 未设定",
            ],
        ),
    ] {
        run(&["diff", SMALL, new, data, "--as-of", day]).says(1, texts);
    }
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
