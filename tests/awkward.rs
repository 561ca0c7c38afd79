//! Awkward cases that published figures really hold, each decided as it should be.
//! The figures are those that were printed.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::report::Report;
use duibiao::rulebook::Rulebook;
use probe::{checked, checked_as_of};

fn standard(rules: &str) -> Rulebook {
    probe::standard("", &format!("group(\"组\");{rules}"))
}

/// Fields, and one indicator with the condition.
fn with(fields: &str, condition: &str) -> Rulebook {
    standard(&format!(
        r#"{fields} indicator("A-1", #{{ title: "标", advice: "改", meets: {condition} }});"#
    ))
}

fn outcome(rulebook: &Rulebook, data: &str) -> &'static str {
    checked(rulebook, data).findings[0].outcome
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.data.iter().map(|problem| problem.code).collect()
}

#[test]
fn case_1_a_share_below_one_is_asked_about_and_never_multiplied() {
    // 宿迁印的是 97.54 和 100，别处写 0.95 或 95%。
    let rulebook = with(r#"field("率", #{ id: "r", type: "percent" });"#, "率 >= 93");
    for (given, expected) in [
        ("97.54", "met"),
        ("95%", "met"),
        ("95％", "met"),
        ("0.95", "invalid"),
        ("1", "invalid"),
        ("0.95%", "unmet"),
        ("1.01", "unmet"),
        ("0", "unmet"),
    ] {
        assert_eq!(
            outcome(&rulebook, &format!("r={given}")),
            expected,
            "{given}"
        );
    }
    assert_eq!(codes(&checked(&rulebook, "r=0.95")), ["ambiguous"]);
}

#[test]
fn case_2_a_zero_denominator_is_what_its_policy_says() {
    // 计生委 0 件，结案率空白：不是 0%，不是 100%，也不是 NaN。
    for (policy, expected) in [
        ("not_applicable", "not_applicable"),
        ("met", "met"),
        ("missing", "missing"),
        ("invalid", "invalid"),
    ] {
        let fields = format!(
            r#"field("应结", #{{ id: "due", type: "count", unit: "件", zero: "{policy}" }});
               field("已结", #{{ id: "done", type: "count", unit: "件" }});"#
        );
        let rulebook = with(&fields, "percent(已结, 应结) >= 95");
        assert_eq!(outcome(&rulebook, "due=0 done=0"), expected);
        let text = &checked(&rulebook, "due=0 done=0").findings[0].text;
        assert!(!text.contains("NaN") && !text.contains("100%"), "{text}");
    }
}

#[test]
fn case_3_the_denominator_is_named_and_the_share_made_again() {
    // 宁国 2022：城管局 68 件，其中热线 66 件，不满意 5 件，印作 8%。5/66 = 7.58%，5/68 = 7.35%。
    let fields = r#"
        field("件数", #{ id: "all", label: "全部件数", type: "count", unit: "件" });
        field("热线件数", #{ id: "hotline", type: "count", unit: "件" });
        field("不满意", #{ id: "bad", label: "不满意件数", type: "count", unit: "件" });"#;
    for (of, shown) in [("热线件数", "7.58%"), ("件数", "7.35%")] {
        let rulebook = standard(&format!(
            r#"{fields} indicator("A-1", #{{ title: "标", advice: "改", meets: percent(不满意, {of}) <= 7.5 }});
               data_check(不满意 <= 件数 && 热线件数 <= 件数, "分件数不应大于全部");"#
        ));
        let text = checked(&rulebook, "all=68 hotline=66 bad=5").findings[0]
            .text
            .clone();
        let label = if of == "件数" {
            "全部件数 68 件"
        } else {
            "热线件数 66 件"
        };
        assert!(text.contains(label) && text.contains(shown), "{text}");
    }
    // 常州 2017-11：207/5314 印作 3.78%，复算 3.90%，差过半个末位。
    let rulebook = with(
        r#"field("件", #{ id: "n", type: "count", unit: "件" }); field("总", #{ id: "d", type: "count", unit: "件" });
           field("印作", #{ id: "printed", type: "percent" });"#,
        "abs(印作 - percent(件, 总)) <= 0.005",
    );
    assert_eq!(outcome(&rulebook, "n=207 d=5314 printed=3.78"), "unmet");
    assert_eq!(outcome(&rulebook, "n=207 d=5314 printed=3.90"), "met");
}

#[test]
fn case_4_more_than_all_is_right_only_with_what_was_carried_over() {
    // 银川 2019：受理 28491，办结 28498，其中 7 件是上期结转。
    let fields = r#"
        field("受理", #{ id: "taken", type: "count", unit: "件" });
        field("结转", #{ id: "carried", type: "count", unit: "件" });
        field("办结", #{ id: "closed", type: "count", unit: "件" });"#;
    let without = format!(r#"{fields} data_check(办结 <= 受理, "办结不应大于受理");"#);
    let rulebook = with(&without, "percent(办结, 受理) >= 95 && 结转 >= 0");
    assert_eq!(
        outcome(&rulebook, "taken=28491 closed=28498 carried=7"),
        "invalid"
    );
    let carried = format!(r#"{fields} data_check(办结 <= 受理 + 结转, "办结不应大于受理加结转");"#);
    let rulebook = with(&carried, "percent(办结, 受理 + 结转) >= 95");
    assert_eq!(
        outcome(&rulebook, "taken=28491 closed=28498 carried=7"),
        "met"
    );
    assert_eq!(
        outcome(&rulebook, "taken=28491 closed=28499 carried=7"),
        "invalid"
    );
}

#[test]
fn case_5_boundaries_are_exact_and_what_is_shown_agrees() {
    let rulebook = with(r#"field("率", #{ id: "r", unit: "%" });"#, "率 >= 90");
    for value in ["89.999999", "89.995"] {
        let finding = &checked(&rulebook, &format!("r={value}")).findings[0];
        assert_eq!(finding.outcome, "unmet");
        // 不说“90.00 不足 90”。
        assert!(finding.text.contains(value), "{}", finding.text);
    }
    // 0.29 × 100 = 29；二进制浮点数会说 28.999999999999996。
    let rulebook = with(r#"field("甲", #{ id: "a" });"#, "甲 * 100 >= 29");
    assert_eq!(outcome(&rulebook, "a=0.29"), "met");
    // 597/601 = 99.3344…%，印作 99%。
    let rulebook = with(
        r#"field("办结", #{ id: "n", type: "count" }); field("件", #{ id: "d", type: "count" });"#,
        "percent(办结, 件) >= 99.34",
    );
    assert_eq!(outcome(&rulebook, "n=597 d=601"), "unmet");
}

#[test]
fn case_6_operators_and_tiers_are_kept_apart() {
    // 常州写“>95%”，省里写“95%以上”：恰为 95% 时不同。
    for (operator, expected) in [(">", "unmet"), (">=", "met")] {
        let condition = format!("率 {operator} 95");
        let rulebook = with(r#"field("率", #{ id: "r", type: "percent" });"#, &condition);
        assert_eq!(outcome(&rulebook, "r=95"), expected);
    }
    // “90 及以上不到 100”：半开区间。
    let rulebook = with(r#"field("分", #{ id: "s" });"#, "分 >= 90 && 分 < 100");
    for (given, expected) in [
        ("90", "met"),
        ("99.99", "met"),
        ("100", "unmet"),
        ("89.99", "unmet"),
    ] {
        assert_eq!(outcome(&rulebook, &format!("s={given}")), expected);
    }
    // 百分点不是百分数：福州“同比上升 0.04%”说的是百分点。88.75 − 88.71 = 0.04 个百分点。
    let fields = r#"field("今年", #{ id: "now", type: "percent" }); field("上年", #{ id: "last", type: "percent" });
                    parameter("升幅", #{ id: "rise", unit: "百分点" });"#;
    let rulebook = with(fields, "今年 - 上年 >= 升幅");
    let finding = &checked(&rulebook, "now=88.75 last=88.71 升幅=0.04").findings[0];
    assert_eq!(finding.outcome, "met");
    assert!(finding.text.contains("0.04 个百分点"), "{}", finding.text);
}

#[test]
fn case_7_units_are_converted_and_lost_magnitudes_warned_of() {
    // 钟楼 2021：计划 100 万平方米，“累计完成 112㎡”，丢了“万”。
    let rulebook = standard(
        r#"
        field("计划", #{ id: "plan", unit: "万平方米", min: 0 });
        field("完成", #{ id: "done", unit: "平方米", min: 0 });
        data_check(完成 >= 计划 / 100, "完成面积与计划相差悬殊，是不是漏了“万”？", #{ severity: "warning" });
        indicator("A-1", #{ title: "标", advice: "改", meets: 完成 >= 计划 });"#,
    );
    let report = checked(&rulebook, "plan=100 done=112");
    assert_eq!(
        (report.findings[0].outcome, codes(&report)),
        ("unmet", vec!["data-check"])
    );
    let report = checked(&rulebook, "plan=100 done=1120000");
    assert_eq!(
        (report.findings[0].outcome, codes(&report)),
        ("met", vec![])
    );
    // 同一个量的各种单位：1 平方公里 = 100 公顷 = 100 万平方米。
    let fields = r#"field("平方公里", #{ id: "a", unit: "平方公里" }); field("公顷", #{ id: "b", unit: "公顷" });
                    field("万平", #{ id: "c", unit: "万平方米" });"#;
    let rulebook = with(fields, "平方公里 == 公顷 && 公顷 == 万平");
    assert_eq!(outcome(&rulebook, "a=1 b=100 c=100"), "met");
}

#[test]
fn case_8_dirty_text_is_read_or_asked_about_and_never_guessed() {
    let rulebook = with(r#"field("数", #{ id: "n", unit: "件" });"#, "数 >= 0");
    let of = |given: &str| outcome(&rulebook, &format!("n={given}"));
    for given in ["９５．５", "1,825.95", "1，825", "1.2万", "1004件", "0"] {
        assert_eq!(of(given), "met", "{given}");
    }
    for given in ["≥95", "60左右", "1004件件", "?6.2", "/", "—", "无", "6.2分"] {
        assert_eq!(of(given), "invalid", "{given}");
    }
    assert_eq!(of(""), "missing");
    let rulebook = with(
        r#"field("率", #{ id: "n", type: "percent" });"#,
        "率 >= 0 && 率 <= 100",
    );
    for given in ["９５．５％", "95%"] {
        assert_eq!(outcome(&rulebook, &format!("n={given}")), "met", "{given}");
    }
    for given in ["60%左右", "90(%)", "?5%", "≥95%"] {
        assert_eq!(
            outcome(&rulebook, &format!("n={given}")),
            "invalid",
            "{given}"
        );
    }
}

#[test]
fn case_9_districts_by_their_sum_their_least_and_their_failures() {
    let fields = r#"
        field("合格", #{ id: "ok", type: "count", unit: "处", keys: ["甲区", "乙区"] });
        field("抽查", #{ id: "of", type: "count", unit: "处", keys: ["甲区", "乙区"] });"#;
    // 全市率由合计再算，不是各区率的平均：(90 + 5)/(100 + 10) = 86.36%，而 (90% + 50%)/2 = 70%。
    let data = "ok.甲区=90 of.甲区=100 ok.乙区=5 of.乙区=10";
    let rulebook = with(fields, "percent(sum(合格), sum(抽查)) >= 86.36");
    assert_eq!(outcome(&rulebook, data), "met");
    let rulebook = with(
        fields,
        r#"average([percent(合格.key("甲区"), 抽查.key("甲区")), percent(合格.key("乙区"), 抽查.key("乙区"))]) == 70"#,
    );
    assert_eq!(outcome(&rulebook, data), "met");
    // 降尘 2023：全市平均达标，金坛超线。平均看平均，逐区看逐区，说出是哪一区。
    let dust =
        r#"field("降尘", #{ id: "dust", unit: "吨/月·平方公里", keys: ["天宁区", "金坛区"] });"#;
    let data = "dust.天宁区=2.0 dust.金坛区=2.5";
    assert_eq!(outcome(&with(dust, "average(降尘) <= 2.3"), data), "met");
    let rulebook = with(dust, "all(降尘.map(|区| 区 <= 2.3))");
    let finding = &checked(&rulebook, data).findings[0];
    assert_eq!(finding.outcome, "unmet");
    assert!(
        finding.text.contains("金坛区") && !finding.text.contains("天宁区"),
        "{}",
        finding.text
    );
    // 取最小的一区：≥ 5.5。
    let green =
        r#"field("绿地", #{ id: "green", unit: "平方米/人", keys: ["天宁区", "钟楼区"] });"#;
    let rulebook = with(green, "min(绿地) >= 5.5");
    assert_eq!(
        outcome(&rulebook, "green.天宁区=20 green.钟楼区=5.4"),
        "unmet"
    );
    assert_eq!(outcome(&rulebook, "green.天宁区=20"), "missing");
}

#[test]
fn case_10_time_is_plain_dates() {
    // “2023 年 5 月”作期限是月末当日。
    let rulebook = with(
        r#"field("印发", #{ id: "d", type: "date" });"#,
        r#"印发 <= date("2023-05")"#,
    );
    for (given, expected) in [
        ("2023-05-31", "met"),
        ("2023-06-01", "unmet"),
        ("2023-02-30", "invalid"),
    ] {
        assert_eq!(outcome(&rulebook, &format!("d={given}")), expected);
    }
    // 至少每 3 年演练一次：满 3 年的那一天还在期内，没有对应日的为月末（民法典第二百零二条）。
    let rulebook = with(
        r#"field("演练", #{ id: "drill", type: "date" });"#,
        "as_of() <= years_after(演练, 3)",
    );
    for (drill, as_of, expected) in [
        ("2020-02-29", "2023-02-28", "met"),
        ("2020-02-29", "2023-03-01", "unmet"),
        ("2021-02-28", "2024-02-28", "met"),
        ("2021-02-28", "2024-02-29", "unmet"),
    ] {
        let finding = &checked_as_of(&rulebook, &format!("drill={drill}"), as_of).findings[0];
        assert_eq!(finding.outcome, expected, "{drill} {as_of}");
        // 最早的一次能让它达标的演练。
        let fix = finding.fixes.first().map(|fix| fix.change.to.as_str());
        let due = match as_of {
            "2023-03-01" => Some("2020-03-01"),
            "2024-02-29" => Some("2021-03-01"),
            _ => None,
        };
        assert_eq!(fix, due, "{drill} {as_of}");
    }
    // 整年数是去尾的：2020-02-29 到 2024-02-28 还是 3 整年，不要拿它当期限。
    let rulebook = with(
        r#"field("演练", #{ id: "drill", type: "date" }); field("检查", #{ id: "check", type: "date" });"#,
        "years_between(演练, 检查) <= 3",
    );
    for (drill, check, expected) in [
        ("2021-02-28", "2024-02-28", "met"),
        ("2020-02-29", "2024-02-28", "met"),
        ("2020-02-29", "2024-02-29", "unmet"),
        ("2020-02-29", "2024-03-01", "unmet"),
    ] {
        let data = format!("drill={drill} check={check}");
        assert_eq!(outcome(&rulebook, &data), expected, "{data}");
    }
    // 逐年不降：持平算不降，不算上升；缺一年是缺数据，已经降了就不必等。
    let fields = r#"field("满意度", #{ id: "s", unit: "%", keys: ["2021", "2022", "2023"] });"#;
    let rulebook = with(fields, "not_decreasing(满意度)");
    for (data, expected) in [
        ("s.2021=90 s.2022=90 s.2023=91", "met"),
        ("s.2021=90 s.2022=89.9 s.2023=91", "unmet"),
        ("s.2021=90 s.2023=91", "missing"),
        ("s.2022=92 s.2023=91", "unmet"),
    ] {
        assert_eq!(outcome(&rulebook, data), expected, "{data}");
    }
    assert_eq!(
        outcome(
            &with(fields, "increasing(满意度)"),
            "s.2021=90 s.2022=90 s.2023=91"
        ),
        "unmet"
    );
    // 线随日期变：保洁 12 小时改 16 小时；2025-02-01 起的线不能用来判 2024 年。
    let rulebook = with(
        r#"field("保洁", #{ id: "h", unit: "小时" });
           parameter("下限", #{ id: "l", unit: "小时", values: [
               #{ from: "2014-01-01", to: "2020-12-31", value: 12, source: "旧版", confidence: "published elsewhere" },
               #{ from: "2021-01-01", to: "2024-12-31", value: 16, source: "新版", confidence: "recalled" }] });"#,
        "保洁 >= 下限",
    );
    for (as_of, expected) in [
        ("2013-12-31", "pending"),
        ("2020-12-31", "met"),
        ("2021-01-01", "unmet"),
        ("2024-12-31", "unmet"),
        ("2025-01-01", "pending"),
    ] {
        let report = checked_as_of(&rulebook, "h=14", as_of);
        assert_eq!(report.findings[0].outcome, expected, "{as_of}");
    }
}
