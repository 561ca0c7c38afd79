//! Conditions and scores in words, as the documentation and the form tell them.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::wording::{formula, scoring};

const FIELDS: &str = r#"group("组");
const 区 = ["天宁区", "钟楼区", "新北区"];
field("率", #{ id: "rate", unit: "%" });
field("部分", #{ id: "part", unit: "个" });
field("总数", #{ id: "whole", unit: "个" });
field("次数", #{ id: "times", type: "count" });
field("件数", #{ id: "cases", type: "count", unit: "件" });
field("中心", #{ id: "centres", label: "各区中心", type: "count", keys: 区 });
field("新建", #{ id: "fresh", type: "count", keys: 区 });
field("达标", #{ id: "good", type: "count", keys: 区 });
field("方案", #{ id: "plans", type: "yes-no", keys: 区 });
field("满意度", #{ id: "liked", unit: "%", keys: ["2022", "2023"] });
parameter("线", #{ id: "line", unit: "%" });
"#;

fn indicator(options: &str) -> (String, String) {
    let text = format!(r#"{FIELDS}indicator("A", #{{ title: "标", advice: "改", {options} }});"#);
    let rulebook = probe::standard("", &text);
    let indicator = &rulebook.indicators[0];
    let score = indicator.score.map(|score| scoring(&rulebook, score));
    (
        formula(&rulebook, indicator.meets),
        score.unwrap_or_default(),
    )
}

#[test]
fn conditions_are_told_in_words() {
    for (condition, told) in [
        ("percent(部分, 总数) >= 线", "部分 ÷ 总数 ≥ 线"),
        (
            "round(percent(部分, 总数), 2) >= 93",
            "（部分 ÷ 总数）（按 GB/T 8170 修约到 2 位） ≥ 93",
        ),
        ("round(率, 0) >= 93", "率（按 GB/T 8170 修约到整数） ≥ 93"),
        (
            "ceil(部分) > floor(总数)",
            "向上取整（部分） > 向下取整（总数）",
        ),
        // What is asked of every key alike.
        ("all(中心.map(|x| x >= 1))", "各区中心（天宁区、…）均 ≥ 1"),
        ("中心.all_at_least_one()", "各区中心（天宁区、…）均 ≥ 1"),
        ("any(中心.map(|x| x < 3))", "各区中心（天宁区、…）任一 < 3"),
        (
            "none(中心.map(|x| x == 0))",
            "各区中心（天宁区、…）均不 = 0",
        ),
        (
            "at_least(2, 中心.map(|x| x >= 1))",
            "各区中心（天宁区、…）至少 2 项 ≥ 1",
        ),
        (
            "all([中心.key(\"天宁区\") >= 1, 中心.key(\"新北区\") >= 1])",
            "各区中心（天宁区、新北区）均 ≥ 1",
        ),
        ("all(方案)", "方案（天宁区、…）均为“是”"),
        ("sum(中心) >= 7", "各区中心（天宁区、…）合计 ≥ 7"),
        ("min(满意度) >= 90", "最小值（满意度（2022、2023）） ≥ 90"),
        (
            "all(区.map(|k| percent(达标.key(k), 新建.key(k)) >= 90))",
            "各（天宁区、…）均：达标 ÷ 新建 ≥ 90",
        ),
        (
            "all([all(区.map(|k| percent(达标.key(k), 新建.key(k)) >= 90)), 率 > 1])",
            "（各（天宁区、…）均：达标 ÷ 新建 ≥ 90） 且 率 > 1",
        ),
        (
            "sum(区.map(|k| 达标.key(k) * 新建.key(k))) >= 90",
            "合计（各（天宁区、…）：达标 × 新建） ≥ 90",
        ),
        ("count(方案) >= 2", "成立项数（方案（天宁区、…）） ≥ 2"),
        (
            "count([率 > 1, 部分 > 2]) >= 2",
            "成立项数（率 > 1、部分 > 2） ≥ 2",
        ),
        // What differs from key to key is spelled.
        (
            "all([中心.key(\"天宁区\") >= 1, 中心.key(\"新北区\") >= 2])",
            "各区中心（天宁区） ≥ 1 且 各区中心（新北区） ≥ 2",
        ),
        ("not_decreasing(满意度)", "满意度（2023） ≥ 满意度（2022）"),
    ] {
        let options = match condition.contains("all_at_least_one") {
            true => "meets: { let parts = []; for x in 中心 { parts += x >= 1; } parts }".into(),
            false => format!("meets: {condition}"),
        };
        assert_eq!(indicator(&options).0, told, "{condition}");
    }
}

#[test]
fn scores_are_told_in_words() {
    for (value, score, told) in [
        (
            "率",
            "bands([#{ from: 90, points: 1 }, #{ from: 80, below: 90, points: 0.8 }, #{ below: 80, points: 0 }])",
            "分档得分（率：≥ 90 得 1 分；80 至 90 得 0.8 分；< 80 不得分）",
        ),
        (
            "次数",
            "bands([#{ to: 0, points: 1 }, #{ above: 0, to: 1, points: 0.5 }, #{ above: 1, points: 0 }])",
            "分档得分（次数：> 1 不得分；0 至 1 得 0.5 分；≤ 0 得 1 分）",
        ),
        (
            "率",
            "bands([#{ above: 90, points: 1 }, #{ from: 80, to: 90, points: 0.5 }, #{ below: 80, points: 0.1 }])",
            "分档得分（率：> 90 得 1 分；80 至 90，含两端 得 0.5 分；< 80 得 0.1 分）",
        ),
        (
            "percent(部分, 总数)",
            "proportional(#{ target: 线 })",
            "按比例得分（部分 ÷ 总数：以 线 为满分）",
        ),
        (
            "次数",
            "per_occurrence(#{ lose: 0.2 })",
            "次数每次扣 0.2 分，扣完为止",
        ),
        (
            "件数",
            "per_occurrence(#{ lose: 0.2, least: 0.4 })",
            "件数每件扣 0.2 分，最低得 0.4 分",
        ),
        (
            "率",
            "per_step(#{ below: 线, step: 5, lose: 0.1 })",
            "比线每低 5 个百分点 扣 0.1 分，不足一档按一档扣，扣完为止",
        ),
        (
            "率",
            "|v| if v >= 90 { 1 } else if 部分 > 3 { 0.5 } else { 0 }",
            "若 率 ≥ 90 则 1，否则 若 部分 > 3 则 0.5，否则 0",
        ),
    ] {
        let options = format!("value: {value}, meets: |v| v >= 1, score: {score}");
        assert_eq!(indicator(&options).1, told, "{score}");
    }
}

#[test]
fn the_digits_of_an_indicator_are_told() {
    let options = "value: percent(部分, 总数), digits: 2, meets: |v| v >= 93";
    assert_eq!(
        indicator(options).0,
        "（部分 ÷ 总数）（按 GB/T 8170 修约到 2 位） ≥ 93"
    );
}
