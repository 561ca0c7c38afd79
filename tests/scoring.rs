//! How points are won and added up: each scoring mode, and each thing a scheme can say, with
//! the arithmetic beside it.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::batch::{Columns, Judge};
use duibiao::check::{Finding, Prepared, Session};
use duibiao::date::Date;
use duibiao::entry::{Entry, Given, read};
use duibiao::number::Number;
use duibiao::report::{Lang, report};
use duibiao::rulebook::Rulebook;
use probe::checked;
use std::rc::Rc;

const FIELDS: &str = r#"group("组");
field("率", #{ id: "rate", unit: "%", min: 0 });
field("次数", #{ id: "times", type: "count", unit: "次" });
field("件数", #{ id: "cases", type: "count", unit: "件" });
field("有", #{ id: "yes", type: "yes-no" });
parameter("未定", #{ id: "open" });
"#;

fn standard(frame: &str, rules: &str) -> Rulebook {
    probe::standard(frame, &format!("{FIELDS}{rules}"))
}

/// Data, outcome and points of the first indicator.
fn expect(options: &str, table: &[(&str, &str, &str)]) {
    let indicator = format!(r#"indicator("A-1", #{{ title: "标", advice: "改", {options} }});"#);
    let rulebook = standard("", &indicator);
    for (data, outcome, points) in table {
        let finding = &checked(&rulebook, data).findings[0];
        let found = (finding.outcome, finding.points.as_deref().unwrap_or("-"));
        assert_eq!(found, (*outcome, *points), "{data} — {}", finding.text);
    }
}

/// The score as `low–high/full`.
fn score(rulebook: &Rulebook, data: &str) -> String {
    let score = checked(rulebook, data).score;
    if score.low == score.high {
        format!("{}/{}", score.low, score.full)
    } else {
        format!("{}–{}/{}", score.low, score.high, score.full)
    }
}

#[test]
fn all_or_nothing() {
    // 县城污水处理率达 80% 以上，否则不得分。
    expect(
        "points: 5, value: 率, meets: |v| v >= 80",
        &[
            ("率=80", "met", "5"),
            ("率=79.99", "unmet", "0"),
            ("", "missing", "-"),
        ],
    );
}

#[test]
fn per_step_in_its_three_modes() {
    // ≥ 70% 得 1 分，每降低 10% 扣 0.2 分。66% 低 4 个百分点，是 0.4 档：
    // 满一档才扣 → 0 档，1 − 0 = 1；不足一档按一档扣 → 1 档，1 − 0.2 = 0.8；按比例扣 → 1 − 0.4 × 0.2 = 0.92。
    for (mode, outcome, points) in [
        ("满一档才扣", "unmet", "1"),
        ("不足一档按一档扣", "partial", "0.8"),
        ("按比例扣", "partial", "0.92"),
        ("whole", "unmet", "1"),
        ("part", "partial", "0.8"),
        ("linear", "partial", "0.92"),
    ] {
        let score = format!(
            r#"value: 率, meets: |v| v >= 70,
               score: per_step(#{{ below: 70, step: 10, lose: 0.2, mode: "{mode}" }})"#
        );
        expect(&score, &[("率=66", outcome, points), ("率=70", "met", "1")]);
    }
    // 扣完为止：低 60 个百分点是 6 档，1 − 6 × 0.2 < 0；低 49.99 按 5 档扣，正好扣完；低 40 是 4 档，余 0.2。
    expect(
        r#"value: 率, meets: |v| v >= 70, score: per_step(#{ below: 70, step: 10, lose: 0.2 })"#,
        &[
            ("率=10", "unmet", "0"),
            ("率=20", "unmet", "0"),
            ("率=20.01", "unmet", "0"),
            ("率=30", "partial", "0.2"),
        ],
    );
}

#[test]
fn per_step_upwards() {
    // 漏损率 ≤ 9%，每高 1 个百分点扣 0.5 分：11.2% 高 2.2，满 2 档，3 − 2 × 0.5 = 2。
    expect(
        r#"points: 3, value: 率, meets: |v| v <= 9, score: per_step(#{ above: 9, step: 1, lose: 0.5, mode: "满一档才扣" })"#,
        &[
            ("率=9", "met", "3"),
            ("率=11.2", "partial", "2"),
            ("率=15", "unmet", "0"),
        ],
    );
}

#[test]
fn bands_are_half_open() {
    // ≥ 90 得 1 分；80 及以上不到 90 得 0.8 分；不到 80 不得分。
    let bands = r#"value: 率, meets: |v| v >= 90, score: bands([
        #{ from: 90, points: 1 }, #{ from: 80, below: 90, points: 0.8 }, #{ below: 80, points: 0 }])"#;
    let table = [
        ("率=90", "met", "1"),
        ("率=89.99", "partial", "0.8"),
        ("率=80", "partial", "0.8"),
        ("率=79.99", "unmet", "0"),
    ];
    expect(bands, &table);
    // 从低到高写、上限由上一档定，是一回事。
    let upwards = r#"value: 率, meets: |v| v >= 90, score: bands([
        #{ below: 80, points: 0 }, #{ from: 80, below: 90, points: 0.8 }, #{ from: 90, points: 1 }])"#;
    expect(upwards, &table);
    let short = r#"value: 率, meets: |v| v >= 90, score: bands([
        #{ from: 90, points: 1 }, #{ from: 80, points: 0.8 }, #{ points: 0 }])"#;
    expect(short, &table);
    // 越低越好，线在上一档：≤ 2.3 满分，超过 2.3 到 3 得一半。
    expect(
        r#"value: 率, meets: |v| v <= 2.3, score: bands([
            #{ to: 2.3, points: 1 }, #{ above: 2.3, to: 3, points: 0.5 }, #{ above: 3, points: 0 }])"#,
        &[
            ("率=2.3", "met", "1"),
            ("率=2.31", "partial", "0.5"),
            ("率=3", "partial", "0.5"),
            ("率=3.01", "unmet", "0"),
        ],
    );
}

#[test]
fn in_proportion_to_a_target() {
    // 案件 10 例以上满分，否则按完成比例：7 例得 2 × 7/10 = 1.4；12 例不超过满分。
    expect(
        r#"points: 2, value: 件数, meets: |v| v >= 10, score: proportional(#{ target: 10 })"#,
        &[
            ("件数=7", "partial", "1.4"),
            ("件数=10", "met", "2"),
            ("件数=12", "met", "2"),
            ("件数=0", "unmet", "0"),
        ],
    );
    // 目标是字段、单位又要换算时，它为零也照它自己的约定。
    let rulebook = standard(
        "",
        r#"field("面积", #{ id: "area", unit: "公顷" });
           field("应做", #{ id: "due", unit: "平方米", zero: "not_applicable" });
           indicator("A-1", #{ title: "标", advice: "改", value: 面积, meets: |v| v >= 1,
               score: proportional(#{ target: 应做 }) });"#,
    );
    for (data, outcome) in [
        ("面积=0 应做=10000", "unmet"),
        ("面积=0 应做=0", "not_applicable"),
    ] {
        assert_eq!(
            checked(&rulebook, data).findings[0].outcome,
            outcome,
            "{data}"
        );
    }
    // 1/3 没有有限小数，得分是分数：2 × 1/3 = 2/3。
    expect(
        r#"points: 2, value: 件数, meets: |v| v >= 3, score: proportional(#{ target: 3 })"#,
        &[("件数=1", "partial", "2/3")],
    );
}

#[test]
fn per_occurrence_down_to_the_least() {
    // 发现一处扣 2 分，扣完为止：5 − 2 × 1 = 3，5 − 2 × 3 < 0。
    expect(
        r#"points: 5, value: 次数, meets: |v| v == 0, score: per_occurrence(#{ lose: 2 })"#,
        &[
            ("次数=0", "met", "5"),
            ("次数=1", "partial", "3"),
            ("次数=3", "unmet", "0"),
        ],
    );
    // 最多扣到 1 分。
    expect(
        r#"points: 5, value: 次数, meets: |v| v == 0, score: per_occurrence(#{ lose: 2, least: 1 })"#,
        &[("次数=2", "partial", "1"), ("次数=9", "partial", "1")],
    );
}

#[test]
fn two_strikes_are_out() {
    // 发现一次扣 0.5 分，两次及以上不得分。
    expect(
        r#"value: 次数, meets: |v| v == 0, score: bands([
            #{ below: 1, points: 1 }, #{ from: 1, below: 2, points: 0.5 }, #{ from: 2, points: 0 }])"#,
        &[
            ("次数=0", "met", "1"),
            ("次数=1", "partial", "0.5"),
            ("次数=2", "unmet", "0"),
            ("次数=5", "unmet", "0"),
        ],
    );
}

#[test]
fn points_are_within_nothing_and_the_full_points() {
    // 自写的得分公式超出范围时，按 0 和满分算。
    expect(
        r#"points: 2, value: 率, meets: |v| v >= 90, score: |v| ratio(v - 50, 10)"#,
        &[
            ("率=100", "met", "2"),
            ("率=65", "partial", "1.5"),
            ("率=10", "unmet", "0"),
        ],
    );
}

#[test]
fn a_composite_value_is_weighed() {
    // 综合分 = 率 × 60% + 件数 × 40%：80 × 0.6 + 90 × 0.4 = 84。
    let options = r#"value: weighted_average([[率 / 1, 60], [率, 40]]), meets: |v| v >= 84"#;
    expect(
        options,
        &[("率=84", "met", "1"), ("率=83.99", "unmet", "0")],
    );
    // 三年 15/25/60：70 × 0.15 + 80 × 0.25 + 90 × 0.6 = 84.5。
    let rules = r#"
        field("历年", #{ id: "years", unit: "%", keys: ["2021", "2022", "2023"] });
        indicator("A-1", #{ title: "标", advice: "改",
            value: weighted_average([[历年.key("2021"), 15], [历年.key("2022"), 25], [历年.key("2023"), 60]]),
            meets: |v| v >= 84.5 });"#;
    let rulebook = standard("", rules);
    let report = checked(&rulebook, "years.2021=70 years.2022=80 years.2023=90");
    assert_eq!(report.findings[0].outcome, "met");
}

#[test]
fn what_does_not_apply_by_the_three_policies() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 6, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 2, meets: 有 });
        indicator("A-3", #{ title: "三", advice: "改", points: 2, meets: 次数 == 0 });"#;
    let data = "率=95 有=否 !A-3";
    // 剔除：6/8。
    assert_eq!(score(&standard("", rules), data), "6/8");
    assert_eq!(
        score(
            &standard(r#"scheme(#{ not_applicable: "leave_out" });"#, rules),
            data
        ),
        "6/8"
    );
    // 折算：6 × 10/(10 − 2) = 7.5。
    assert_eq!(
        score(
            &standard(r#"scheme(#{ not_applicable: "rescale" });"#, rules),
            data
        ),
        "7.5/10"
    );
    // 取平均：平均得分率 85%，6 + 2 × 0.85 = 7.7；平均没给时在 6 与 8 之间。
    let mean = r#"parameter("平均", #{ id: "mean", unit: "%" }); scheme(#{ not_applicable: "mean", mean: 平均 });"#;
    let rulebook = standard(mean, rules);
    assert_eq!(score(&rulebook, &format!("{data} 平均=85")), "7.7/10");
    assert_eq!(score(&rulebook, data), "6–8/10");
    assert_eq!(checked(&rulebook, data).score.pending, ["mean"]);
}

#[test]
fn a_waiver_holds_until_its_last_day() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 6, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 2, meets: 有 });"#;
    let rulebook = standard("", rules);
    let with = |until: &str, as_of: &str| {
        let text = |text: &str| Given::Text(text.into());
        let waiver = [
            ("reason", "道路封闭"),
            ("by", "市城管委办公室"),
            ("until", until),
        ];
        let waiver = waiver.map(|(key, value)| (key.into(), text(value)));
        let entry = Entry {
            fields: vec![("率".into(), text("95")), ("有".into(), text("否"))],
            waived: vec![("A-2".into(), Given::Keyed(waiver.into()))],
            ..Entry::default()
        };
        let as_of = Date::parse(as_of).unwrap();
        report(&rulebook, "", &entry, as_of, Lang::Zh)
    };
    // 只写月份，到月末当日：豁免期内不计分，6/6；次日起照数据判，6/8。
    for (as_of, outcome, score, expired) in [
        ("2024-05-31", "waived", "6/6", false),
        ("2024-06-01", "unmet", "6/8", true),
    ] {
        let report = with("2024-05", as_of);
        let finding = &report.findings[1];
        let found = (finding.outcome, finding.waiver.as_ref().unwrap().expired);
        assert_eq!(found, (outcome, expired), "{}", finding.text);
        assert_eq!(format!("{}/{}", report.score.low, report.score.full), score);
        assert!(finding.text.contains("道路封闭") && finding.text.contains("2024-05-31"));
    }
    // 没有期限就不是豁免。
    let report = with("以后再说", "2024-05-31");
    assert_eq!(report.findings[1].outcome, "unmet");
    assert_eq!(report.data[0].code, "no-waiver");
}

#[test]
fn the_sum_is_scaled_to_the_full_marks() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 3, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 1, meets: 有 });"#;
    // 各项合计 4 分，满分 100：3 × 100/4 = 75。
    let rulebook = standard("scheme(#{ full: 100 });", rules);
    assert_eq!(score(&rulebook, "率=95 有=否"), "75/100");
    assert_eq!(score(&rulebook, "率=95"), "75–100/100");
    // 不涉及的剔除后：满分 100 × 3/4 = 75；折算则仍为 100。
    assert_eq!(score(&rulebook, "率=95 !A-2"), "75/75");
    let rulebook = standard(
        r#"scheme(#{ full: 100, not_applicable: "rescale" });"#,
        rules,
    );
    assert_eq!(score(&rulebook, "率=95 !A-2"), "100/100");
    // 满分没有设定：各项之和。
    let rulebook = standard("scheme(#{ full: 未定 });", rules);
    assert_eq!(score(&rulebook, "率=95 有=否"), "3/4");
    assert_eq!(score(&rulebook, "率=95 有=否 未定=100"), "75/100");
}

#[test]
fn chapters_weigh_what_the_scheme_says() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 1, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 1, meets: 有 });
        //@ 2-b
        indicator("B-1", #{ title: "三", advice: "改", points: 8, meets: 次数 == 0 });"#;
    let rulebook = standard(
        r#"scheme(#{ full: 100, weights: #{ "1-a": 60, "2-b": 40 } });"#,
        rules,
    );
    // 甲章 1/2 × 60 + 乙章 8/8 × 40 = 70。
    assert_eq!(score(&rulebook, "率=95 有=否 次数=0"), "70/100");
    // 乙章整章不涉及：剔除，满分余 60，得 30。
    assert_eq!(score(&rulebook, "率=95 有=否 !B-1"), "30/60");
}

#[test]
fn bonus_and_penalty_have_caps() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 10, meets: 率 >= 90 });
        indicator("A-2", #{ title: "通报表扬", advice: "争取", points: 20, kind: "bonus", meets: 有 });
        indicator("A-3", #{ title: "曝光", advice: "改", points: 20, kind: "penalty", value: 次数,
            meets: |v| v == 0, score: per_occurrence(#{ lose: 6 }) });"#;
    // 没有上限：10 + 20 − 2 × 6 = 18，满分仍是 10。
    let rulebook = standard("", rules);
    assert_eq!(score(&rulebook, "率=95 有=是 次数=2"), "18/10");
    let report = checked(&rulebook, "率=95 有=是 次数=2");
    let points: Vec<_> = report
        .findings
        .iter()
        .map(|f| f.points.clone().unwrap())
        .collect();
    assert_eq!(points, ["10", "20", "-12"]);
    // 加分最多 7，扣分最多 10：10 + 7 − 10 = 7。
    let rulebook = standard("scheme(#{ bonus_cap: 7, penalty_cap: 10 });", rules);
    assert_eq!(score(&rulebook, "率=95 有=是 次数=2"), "7/10");
    // 还没定：加分 0 到 7，扣分 0 到 10。
    assert_eq!(score(&rulebook, "率=95"), "0–17/10");
    // 不会低于零：0 + 0 − 10。
    assert_eq!(score(&rulebook, "率=1 有=否 次数=9"), "0/10");
}

#[test]
fn a_line_and_floors_decide_whether_it_passes() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 8, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 2, meets: 有 });
        //@ 2-b
        indicator("B-1", #{ title: "三", advice: "改", points: 10, value: 次数, meets: |v| v == 0,
            score: per_occurrence(#{ lose: 5 }) });"#;
    let rulebook = standard("scheme(#{ pass: 15, chapter_floor: 60 });", rules);
    let passes = |data: &str| checked(&rulebook, data).score.passes;
    // 8 + 0 + 10 = 18 ≥ 15；甲章 8/10，乙章 10/10，都不低于 60%。
    assert_eq!(passes("率=95 有=否 次数=0"), Some(true));
    // 8 + 2 + 5 = 15，恰好达到；但乙章 5/10 = 50%，低于 60%。
    assert_eq!(passes("率=95 有=是 次数=1"), Some(false));
    // 缺次数：10–20，未定；缺有也不碍事：18 已够。
    assert_eq!(passes("率=95 有=是"), None);
    assert_eq!(passes("率=95 次数=0"), Some(true));
    // 甲章最多 2/10：不论其他，不达标。
    assert_eq!(passes("率=1"), Some(false));
    let pass = checked(&rulebook, "率=95 有=是 次数=1").score.pass.unwrap();
    assert_eq!((pass.line.as_deref(), pass.holds), (Some("15"), Some(true)));
    // 线没有设：未定。
    let rulebook = standard("scheme(#{ pass: 未定 });", rules);
    assert_eq!(checked(&rulebook, "率=95 有=是 次数=0").score.passes, None);
    assert_eq!(
        checked(&rulebook, "率=95 有=是 次数=0 未定=20")
            .score
            .passes,
        Some(true)
    );
}

#[test]
fn a_chapter_that_loses_too_much_is_warned_of() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 7, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 3, meets: 有 });"#;
    let rulebook = standard("scheme(#{ warn_loss: 30 });", rules);
    let warned = |data: &str| checked(&rulebook, data).score.chapters[0].warned;
    // 扣 3 分是 30%，不超过；扣 7 分是 70%；还没填不算扣。
    assert!(!warned("率=95 有=否"));
    assert!(warned("率=1 有=是"));
    assert!(!warned(""));
}

#[test]
fn both_kinds_of_veto_and_the_gate() {
    let frame = r#"scheme(#{ pass: 5, grades: [
        #{ name: "优秀", from: 9 }, #{ name: "良好", from: 7 }, #{ name: "合格", from: 5 }] });"#;
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 8, meets: 率 >= 90 });
        indicator("A-2", #{ title: "重大事故", advice: "改", points: 1, veto: "fail", meets: 次数 == 0 });
        indicator("A-3", #{ title: "一票否优", advice: "改", points: 1, veto: "良好", meets: 有 });
        indicator("A-4", #{ title: "门槛", advice: "改", points: 0, veto: "gate", meets: 件数 >= 85 });"#;
    let rulebook = standard(frame, rules);
    let of = |data: &str| {
        let score = checked(&rulebook, data).score;
        let grade = score.grade.unwrap();
        let struck: Vec<String> = (score.vetoes.iter())
            .filter(|veto| veto.triggered == Some(true))
            .map(|veto| format!("{} {}", veto.indicator, veto.kind))
            .collect();
        (
            score.low,
            score.passes,
            grade.low.unwrap_or_default(),
            grade.high.unwrap_or_default(),
            struck,
        )
    };
    // 全部达标：10 分，优秀。
    let all = of("率=95 次数=0 有=是 件数=85");
    assert_eq!(
        all,
        (
            "10".into(),
            Some(true),
            "优秀".into(),
            "优秀".into(),
            vec![]
        )
    );
    // 一票否优：9 分本是优秀，只到良好；分数不变，仍达标。
    let capped = of("率=95 次数=0 有=否 件数=85");
    assert_eq!(
        capped,
        (
            "9".into(),
            Some(true),
            "良好".into(),
            "良好".into(),
            vec!["A-3 cap".to_string()]
        )
    );
    // 一票否决：分数照算，不达标，没有等级。
    let failed = of("率=95 次数=1 有=是 件数=85");
    assert_eq!(
        failed,
        (
            "9".into(),
            Some(false),
            String::new(),
            String::new(),
            vec!["A-2 fail".to_string()]
        )
    );
    // 门槛低于 85：不得申报。
    assert_eq!(of("率=95 次数=0 有=是 件数=84").1, Some(false));
    // 还没填：等级从没有到优秀。
    let open = of("率=95 有=是 件数=85");
    assert_eq!(
        (open.1, open.2.as_str(), open.3.as_str()),
        (None, "", "优秀")
    );
}

#[test]
fn ranks_need_the_others_and_are_given_as_points() {
    // 名次得分无法自评：1—5 名 60/57/54/51/48 由使用者填名次，用分档取分。
    expect(
        r#"points: 60, value: 次数, meets: |v| v == 1, score: bands([
            #{ to: 1, points: 60 }, #{ above: 1, to: 2, points: 57 }, #{ above: 2, to: 3, points: 54 },
            #{ above: 3, to: 4, points: 51 }, #{ above: 4, points: 48 }])"#,
        &[
            ("次数=1", "met", "60"),
            ("次数=4", "partial", "51"),
            ("次数=5", "partial", "48"),
        ],
    );
}

#[test]
fn points_are_explained() {
    let rulebook = standard(
        "",
        r#"indicator("A-1", #{ title: "标", advice: "改", value: 率, meets: |v| v >= 90,
            score: bands([#{ from: 90, points: 1 }, #{ from: 80, points: 0.8 }, #{ points: 0 }]) });
           indicator("A-2", #{ title: "标", advice: "改", points: 2, value: 件数, meets: |v| v >= 10,
            score: proportional(#{ target: 10 }) });
           indicator("A-3", #{ title: "标", advice: "改", points: 5, value: 件数, meets: |v| v <= 1,
            score: per_occurrence(#{ lose: 0.5 }) });"#,
    );
    let report = checked(&rulebook, "率=85 件数=7");
    let text = |index: usize| report.findings[index].text.as_str();
    assert!(
        text(0).contains("得 0.8 分，满分 1 分（率 85%，要求 ≥ 80%"),
        "{}",
        text(0)
    );
    assert!(
        text(1).contains("得 1.4 分，满分 2 分（按比例得分：7 件，到 10 得满分）"),
        "{}",
        text(1)
    );
    assert!(
        text(2).contains("得 1.5 分，满分 5 分（7 件，每件扣 0.5 分，扣完为止）"),
        "{}",
        text(2)
    );
}

/// What narrows the score, as `name low–high indicators`.
fn narrowing(rulebook: &Rulebook, data: &str) -> Vec<String> {
    let told = checked(rulebook, data).score.narrowing.into_iter();
    told.map(|one| {
        let name = one.field.or(one.parameter).unwrap();
        format!(
            "{name} {}–{} {}",
            one.low,
            one.high,
            one.indicators.join(" ")
        )
        .trim()
        .into()
    })
    .collect()
}

#[test]
fn what_narrows_the_score_most_comes_first() {
    let rules = r#"
        parameter("件线", #{ id: "line", unit: "件" });
        indicator("A-1", #{ title: "一", advice: "改", points: 6, meets: 率 >= 90 & 件数 >= 1 });
        indicator("A-2", #{ title: "二", advice: "改", points: 2, meets: 有 });
        indicator("A-3", #{ title: "三", advice: "改", points: 1, meets: 件数 <= 件线 });
        indicator("A-4", #{ title: "四", advice: "改", points: 1, meets: 次数 == 0 });"#;
    let rulebook = standard("", rules);
    // 件数：6/2 + 1/2 = 3.5；率：6/2 = 3；有：2；次数：1；件线：1/2。
    assert_eq!(
        narrowing(&rulebook, ""),
        [
            "cases 0–7 A-1 A-3",
            "rate 0–6 A-1",
            "yes 2–2 A-2",
            "times 1–1 A-4",
            "line 0–1 A-3"
        ]
    );
    // 率填了：件数独自定 A-1，A-3 还等件线。
    assert_eq!(
        narrowing(&rulebook, "率=95"),
        [
            "cases 6–7 A-1 A-3",
            "yes 2–2 A-2",
            "times 1–1 A-4",
            "line 0–1 A-3"
        ]
    );
    // 率不到 90：A-1 已经定了。读不懂的也等着重填。
    assert_eq!(
        narrowing(&rulebook, "率=9 有=约"),
        [
            "yes 2–2 A-2",
            "times 1–1 A-4",
            "cases 0–1 A-3",
            "line 0–1 A-3"
        ]
    );
    assert_eq!(
        narrowing(&rulebook, "率=95 件数=1 有=是 次数=0 件线=3"),
        [""; 0]
    );
}

#[test]
fn narrowing_is_in_points_of_the_score() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 6, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 2, meets: 有 });
        //@ 2-b
        indicator("B-1", #{ title: "三", advice: "改", points: 1, meets: 次数 == 0 });
        indicator("B-2", #{ title: "四", advice: "改", points: 1, meets: 件数 == 0 });"#;
    // 甲章 30 分摊到 8 分，乙章 70 分摊到 2 分：率 6 × 30/8，有 2 × 30/8，次数 1 × 70/2。
    let rulebook = standard(r#"scheme(#{ weights: #{ "1-a": 30, "2-b": 70 } });"#, rules);
    assert_eq!(
        narrowing(&rulebook, "件数=0"),
        ["times 35–35 B-1", "rate 22.5–22.5 A-1", "yes 7.5–7.5 A-2"]
    );
    // 不涉及的折算：6 × 10/8、2 × 10/8。
    let rulebook = standard(r#"scheme(#{ not_applicable: "rescale" });"#, rules);
    assert_eq!(
        narrowing(&rulebook, "件数=0 次数=0 !B-1 !B-2"),
        ["rate 7.5–7.5 A-1", "yes 2.5–2.5 A-2"]
    );
    // 平均没给：不涉及的 2 分是它的。
    let mean = r#"parameter("平均", #{ id: "mean", unit: "%" }); scheme(#{ not_applicable: "mean", mean: 平均 });"#;
    assert_eq!(
        narrowing(&standard(mean, rules), "率=90 次数=0 !A-2"),
        ["mean 2–2", "cases 1–1 B-2"]
    );
}

#[test]
fn narrowing_minds_caps() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 10, meets: 率 >= 90 });
        indicator("A-2", #{ title: "加", advice: "改", points: 5, kind: "bonus", meets: 有 });
        indicator("A-3", #{ title: "加", advice: "改", points: 5, kind: "bonus", meets: 次数 == 0 });"#;
    // 加分最多 5：有加分就满了，没有还差另一项的 5。
    let rulebook = standard("scheme(#{ bonus_cap: 5 });", rules);
    assert_eq!(
        narrowing(&rulebook, "率=90"),
        ["times 0–5 A-3", "yes 0–5 A-2"]
    );
    assert_eq!(narrowing(&rulebook, "率=90 有=是"), [""; 0]);
    // 上限没设：加分在 0 与 5 之间，设为 0 就定了，设得高就是 5。
    let rulebook = standard(
        r#"parameter("上限", #{ id: "cap" }); scheme(#{ bonus_cap: 上限 });"#,
        rules,
    );
    assert_eq!(narrowing(&rulebook, "率=90 有=是 次数=1"), ["cap 5–5"]);
}

/// What to fix first, as `indicator low–high lifts`.
fn fix_first(rulebook: &Rulebook, data: &str) -> Vec<String> {
    let told = checked(rulebook, data).score.fix_first.into_iter();
    told.map(|one| {
        let lifts = one.lifts.join(" ");
        let points = match one.low == one.high {
            true => one.low,
            false => format!("{}–{}", one.low, one.high),
        };
        format!("{} {points} {lifts}", one.indicator).trim().into()
    })
    .collect()
}

#[test]
fn what_wins_most_points_is_fixed_first() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 2, meets: 有 });
        indicator("A-2", #{ title: "二", advice: "改", points: 6, value: 率, meets: |v| v >= 90,
            score: proportional(#{ target: 90 }) });
        //@ 2-b
        indicator("B-1", #{ title: "三", advice: "改", points: 1, meets: 次数 == 0 });
        indicator("B-2", #{ title: "四", advice: "改", points: 1, meets: 件数 == 0 });"#;
    // 率 45 得 3 分，改好赢 3 分；次数 9 → 0 与件数 1 → 0 一样多分、一样远，按标准的顺序。
    let data = "有=否 率=45 次数=9 件数=1";
    assert_eq!(
        fix_first(&standard("", rules), data),
        ["A-2 3", "A-1 2", "B-1 1", "B-2 1"]
    );
    // 乙章每分值 70/2 = 35，甲章每分值 30/8 = 3.75。
    let weights = r#"scheme(#{ weights: #{ "1-a": 30, "2-b": 70 } });"#;
    assert_eq!(
        fix_first(&standard(weights, rules), data),
        ["B-1 35", "B-2 35", "A-2 11.25", "A-1 7.5"]
    );
    // B-1 不涉及：剩 9 分折算到 10 分。
    let rescale = r#"scheme(#{ not_applicable: "rescale" });"#;
    assert_eq!(
        fix_first(&standard(rescale, rules), &format!("{data} !B-1")),
        ["A-2 10/3", "A-1 20/9", "B-2 10/9"]
    );
    // 满分 100。
    assert_eq!(
        fix_first(&standard("scheme(#{ full: 100 });", rules), "有=否 率=90"),
        ["A-1 20"]
    );
}

#[test]
fn the_smaller_change_is_made_first_for_the_same_points() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", meets: 件数 >= 10 });"#;
    let rulebook = standard("", rules);
    assert_eq!(fix_first(&rulebook, "率=30 件数=9"), ["A-2 1", "A-1 1"]);
    assert_eq!(fix_first(&rulebook, "率=89 件数=5"), ["A-1 1", "A-2 1"]);
}

#[test]
fn caps_take_what_fixing_would_win() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 10, meets: 率 >= 90 });
        indicator("A-2", #{ title: "加", advice: "改", points: 5, kind: "bonus", meets: 有 });
        indicator("A-3", #{ title: "加", advice: "改", points: 5, kind: "bonus", meets: 件数 == 0 });
        indicator("A-4", #{ title: "扣", advice: "改", points: 8, kind: "penalty", meets: 次数 == 0 });"#;
    // 加分最多 7：已有 5，还赢 2。扣分最多 6：改好赢 6。
    let rulebook = standard("scheme(#{ bonus_cap: 7, penalty_cap: 6 });", rules);
    assert_eq!(
        fix_first(&rulebook, "率=90 有=是 件数=1 次数=2"),
        ["A-4 6", "A-3 2"]
    );
    // 有没填：低端没有那 5 分，能赢 5；高端有，只能赢 2。
    assert_eq!(
        fix_first(&rulebook, "率=90 件数=1 次数=2"),
        ["A-4 6", "A-3 5–2"]
    );
    // 不低于零：0 + 5 − 6 是 0；改扣分只回到 5，改 A-1 到 9。
    assert_eq!(
        fix_first(&rulebook, "率=1 有=是 件数=0 次数=2"),
        ["A-1 10", "A-4 6"]
    );
    assert_eq!(
        fix_first(&rulebook, "率=1 有=是 件数=1 次数=2"),
        ["A-1 9", "A-4 5", "A-3 1"]
    );
}

#[test]
fn what_bars_from_passing_is_fixed_first() {
    let frame = r#"scheme(#{ pass: 12, chapter_floor: 60, grades: [
        #{ name: "优秀", from: 19 }, #{ name: "良好", from: 15 }, #{ name: "合格", from: 12 }] });"#;
    let rules = r#"
        field("又", #{ id: "more", type: "yes-no" });
        indicator("A-1", #{ title: "一", advice: "改", points: 7, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 1, veto: "良好", meets: 有 });
        indicator("A-3", #{ title: "三", advice: "改", points: 2, meets: 又 });
        //@ 2-b
        indicator("B-1", #{ title: "四", advice: "改", points: 1, veto: "fail", meets: 次数 == 0 });
        indicator("B-2", #{ title: "五", advice: "改", points: 9, value: 件数, meets: |v| v == 0,
            score: per_occurrence(#{ lose: 3 }) });"#;
    let rulebook = standard(frame, rules);
    // 7 + 6 = 13：已过 12；一票否决在前，等级受限的改好 20 分里还是 14，再后；又改好 15 分，但有否决，没有等级。
    assert_eq!(
        fix_first(&rulebook, "率=90 有=否 又=否 次数=1 件数=1"),
        ["B-1 1 fail grade", "A-2 1 cap", "B-2 3", "A-3 2"]
    );
    // 乙章 1 + 3 = 4 < 6；改好到 10，总分从 12 到 18，良好；又改好到 14，还是合格。
    assert_eq!(
        fix_first(&rulebook, "率=90 有=是 又=否 次数=0 件数=2"),
        ["B-2 6 floor grade", "A-3 2"]
    );
    // 差 1 分到 12：哪一项改好都够到。
    assert_eq!(
        fix_first(&rulebook, "率=90 有=否 又=否 次数=0 件数=2"),
        [
            "B-2 6 floor pass grade",
            "A-3 2 pass grade",
            "A-2 1 cap pass grade"
        ]
    );
    // 8 + 10 = 18，良好；又改好是 20，优秀。
    assert_eq!(
        fix_first(&rulebook, "率=90 有=是 又=否 次数=0 件数=0"),
        ["A-3 2 grade"]
    );
    // 18 − 1 = 17：又改好够优秀，但等级受限；受限的改好只 18，也还是良好。
    assert_eq!(
        fix_first(&rulebook, "率=90 有=否 又=否 次数=0 件数=0"),
        ["A-2 1 cap", "A-3 2"]
    );
}

/// Shares whose figures have nothing in common: the exact sum of their points is longer with each of them.
fn shares(count: u64) -> (String, String) {
    let (mut rules, mut data) = (String::new(), String::new());
    for n in 0..count {
        rules += &format!(
            "field(\"总{n}\", #{{ id: \"t{n}\", unit: \"元\" }}); field(\"部{n}\", #{{ id: \"p{n}\", unit: \"元\" }});
             indicator(\"A-{n}\", #{{ title: \"项\", advice: \"改\", value: ratio(部{n}, 总{n}), meets: |v| v >= 1, score: proportional(#{{ target: 1 }}) }});\n"
        );
        let total = 10_000_000_019 + n * n * 7919;
        let part = 3_000_000_000 + n * 31_415_927;
        data += &format!("t{n}={total} p{n}={part} ");
    }
    (rules, data)
}

#[test]
fn sums_lose_no_points_however_long_they_are() {
    let (rules, data) = shares(130);
    let rulebook = standard("scheme(#{ pass: 50 });", &rules);
    let report = checked(&rulebook, &data);
    let grid = |text: &str| {
        Number::parse_exact(text)
            .unwrap()
            .round_half_even(20)
            .unwrap()
    };
    let mut sum = Number::ZERO;
    for finding in &report.findings {
        sum = sum
            .checked_add(&grid(finding.points.as_deref().unwrap()))
            .unwrap();
    }
    // 各项合计与得分相差不到十亿分之一分；没有未定的，两端写成同一个数。
    let apart = sum.checked_sub(&grid(&report.score.low)).unwrap().abs();
    assert!(
        apart < Number::ratio(1, 1_000_000_000).unwrap(),
        "{}",
        apart.exact()
    );
    assert_eq!(report.score.low, report.score.high);
    assert!(report.score.low.len() < 20, "{}", report.score.low);
    assert_eq!(report.score.passes, Some(true));
    // 少填一项：两端差它的 1 分。
    let open = checked(&rulebook, data.trim_end().rsplit_once(' ').unwrap().0).score;
    let apart = grid(&open.high).checked_sub(&grid(&open.low)).unwrap();
    assert_eq!(apart.shown(6), "1");
    // 一行与单独核查相同。
    let heading: Vec<String> = data
        .split_whitespace()
        .map(|one| one.split_once('=').unwrap().0.into())
        .collect();
    let cells: Vec<&str> = data
        .split_whitespace()
        .map(|one| one.split_once('=').unwrap().1)
        .collect();
    let columns = Columns::of(&rulebook, &heading, &[]).unwrap();
    let row = Judge::new(&rulebook, &columns, &[], Date::parse("2024-01-01").unwrap())
        .row(&cells)
        .unwrap();
    assert_eq!(
        row.score.map(|end| end.exact()),
        [report.score.low, report.score.high]
    );
}

#[test]
fn a_penalty_has_one_sign_everywhere() {
    let rulebook = standard(
        "",
        r#"indicator("A-1", #{ title: "曝光", advice: "改", points: 20, kind: "penalty", value: 次数,
               meets: |v| v == 0, score: per_occurrence(#{ lose: 6 }) });
           indicator("A-2", #{ title: "通报", advice: "改", points: 5, kind: "penalty", meets: 有 });"#,
    );
    for (data, points) in [
        ("次数=2 有=否", ["-12", "-5"]),
        ("次数=0 有=是", ["0", "0"]),
        ("次数=9 有=否", ["-20", "-5"]),
    ] {
        let report = checked(&rulebook, data);
        let told: Vec<_> = report
            .findings
            .iter()
            .map(|f| f.points.clone().unwrap())
            .collect();
        assert_eq!(told, points, "{data}");
        let reading = read(&rulebook, &report.entry);
        let as_of = Date::parse("2024-01-01").unwrap();
        let exact = |found: &[Finding]| -> Vec<String> {
            found
                .iter()
                .map(|one| one.points.as_ref().unwrap().exact())
                .collect()
        };
        let prepared = Prepared::new(&rulebook, &reading, as_of);
        let mut row = prepared.row(&reading);
        assert_eq!(
            exact(&prepared.judge_reading(&rulebook, &reading, &mut row)),
            points
        );
        assert_eq!(
            exact(Session::new(Rc::new(rulebook.clone()), reading, as_of).findings()),
            points
        );
    }
}

#[test]
fn points_that_do_not_follow_from_the_outcome_are_told() {
    let rulebook = standard(
        "",
        r#"indicator("A-1", #{ title: "零分达标", advice: "改", points: 10, value: 率, meets: |v| v >= 10,
               score: bands([#{ from: 100, points: 10 }, #{ below: 100, points: 0 }]) });
           indicator("A-2", #{ title: "满分未达标", advice: "改", points: 10, value: 率, meets: |v| v >= 100,
               score: proportional(#{ target: 50 }) });
           indicator("A-3", #{ title: "达标", advice: "改", points: 10, value: 率, meets: |v| v >= 50,
               score: proportional(#{ target: 50 }) });"#,
    );
    let report = checked(&rulebook, "率=60");
    let text = |index: usize| report.findings[index].text.as_str();
    assert!(text(0).contains("得 0 分，满分 10 分"), "{}", text(0));
    assert!(text(1).contains("得 10 分，满分 10 分"), "{}", text(1));
    assert!(!text(2).contains("满分"), "{}", text(2));
    // 先改的是能赢分的：达标而没有得分的在内，未达标却已满分的不在。
    assert_eq!(fix_first(&rulebook, "率=60"), ["A-1 10"]);
}

#[test]
fn a_score_holds_what_explains_it() {
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 1, meets: 率 >= 90 });
        indicator("A-2", #{ title: "二", advice: "改", points: 6, kind: "bonus", meets: 有 });
        indicator("A-3", #{ title: "三", advice: "改", points: 6, kind: "penalty", value: 次数, meets: |v| v == 0,
            score: per_occurrence(#{ lose: 2 }) });
        //@ 2-b
        indicator("B-1", #{ title: "四", advice: "改", points: 8, meets: 件数 == 0 });"#;
    let frame = r#"scheme(#{ full: 100, weights: #{ "1-a": 60, "2-b": 40 }, chapter_floor: 50, bonus_cap: 3, penalty_cap: 未定 });"#;
    let score = checked(&standard(frame, rules), "率=95 有=是 次数=2 件数=1").score;
    let chapters: Vec<_> = (score.chapters.iter())
        .map(|one| {
            (
                one.weight.as_deref().unwrap(),
                one.floor_line.as_deref().unwrap(),
                one.floor,
            )
        })
        .collect();
    assert_eq!(
        chapters,
        [("60", "0.5", Some(true)), ("40", "4", Some(false))]
    );
    let (bonus, penalty) = (score.bonus.unwrap(), score.penalty.unwrap());
    let sum = bonus.sum.unwrap();
    assert_eq!(
        (bonus.high.as_str(), bonus.cap.as_deref(), sum.high.as_str()),
        ("3", Some("3"), "6")
    );
    // 封顶没有设定：扣 0 到 4 分。
    let sum = penalty.sum.unwrap();
    assert_eq!(
        (penalty.low.as_str(), penalty.high.as_str(), penalty.cap),
        ("0", "4", None)
    );
    assert_eq!((sum.low.as_str(), sum.high.as_str()), ("4", "4"));
}

#[test]
fn lines_for_the_whole_shrink_with_what_is_left_out() {
    let frame = r#"scheme(#{ pass: 80, not_applicable: "leave_out", grades: [
        #{ name: "优秀", from: 90 }, #{ name: "合格", from: 60 }] });"#;
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 40, value: 率, meets: |v| v >= 100, score: proportional(#{ target: 100 }) });
        indicator("A-2", #{ title: "二", advice: "改", points: 60, meets: 有 });"#;
    let rulebook = standard(frame, rules);
    // 60 分不涉及，满分余 40：达标线 80 折成 32，优秀 36，合格 24。
    for (data, line, set, passes, grade) in [
        ("率=80 !A-2", "32", Some("80"), true, "合格"),
        ("率=79 !A-2", "32", Some("80"), false, "合格"),
        ("率=90 !A-2", "32", Some("80"), true, "优秀"),
        ("率=100 有=是", "80", None, true, "优秀"),
        ("率=100 有=否", "80", None, false, ""),
    ] {
        let score = checked(&rulebook, data).score;
        let pass = score.pass.unwrap();
        assert_eq!(
            (pass.line.as_deref(), pass.set.as_deref()),
            (Some(line), set),
            "{data}"
        );
        assert_eq!(score.passes, Some(passes), "{data}");
        assert_eq!(
            score.grade.unwrap().low.unwrap_or_default(),
            grade,
            "{data}"
        );
    }
}

#[test]
fn a_mean_is_no_more_than_all() {
    // 算出来的平均得分率 60% × 2 超过 100%：按 100% 计，4 分。
    let frame = r#"scheme(#{ not_applicable: "mean", mean: 均 * 2 });"#;
    let rules = r#"parameter("均", #{ id: "meanp", unit: "%" });
        indicator("A-1", #{ title: "一", advice: "改", points: 4, meets: 率 >= 90 });"#;
    let rulebook = standard(frame, rules);
    assert_eq!(score(&rulebook, "!A-1"), "0–4/4");
    assert_eq!(score(&rulebook, "!A-1 均=60"), "4/4");
    assert_eq!(score(&rulebook, "!A-1 均=40"), "3.2/4");
}

#[test]
fn what_may_yet_be_filled_in_is_open_in_the_score() {
    let rulebook = standard(
        "scheme(#{ pass: 5 });",
        r#"indicator("A-1", #{ title: "填", advice: "改", points: 2, meets: filled(件数) });
           indicator("A-2", #{ title: "比", advice: "改", points: 3, meets: 率 >= 90 });
           indicator("A-3", #{ title: "无关", advice: "改", points: 1, veto: "fail", meets: filled(次数) || 率 >= 1 });"#,
    );
    assert_eq!(score(&rulebook, "率=95"), "4–6/6");
    assert_eq!(score(&rulebook, "率=95 件数=0"), "6/6");
    assert_eq!(narrowing(&rulebook, "率=95"), ["cases 2–2 A-1"]);
    assert_eq!(fix_first(&rulebook, "率=95"), [""; 0]);
    let report = checked(&rulebook, "率=95");
    // 既没有填、又要判的，只算一次。
    let twice = standard(
        "",
        r#"indicator("A-1", #{ title: "填了才算", advice: "改", points: 2, applies: filled(件数), meets: 件数 >= 1 });"#,
    );
    assert_eq!(narrowing(&twice, ""), ["cases 2–2 A-1"]);
    // 结论照旧，另注明未定。
    assert_eq!(
        (report.findings[0].outcome, report.findings[0].open),
        ("unmet", true)
    );
    assert!(!report.findings[1].open && !report.findings[2].open);
    assert_eq!(report.score.passes, None);
    // 否决也未定：填了次数就不否决。
    let veto = &checked(&rulebook, "率=0").score.vetoes[0];
    assert_eq!((veto.indicator.as_str(), veto.triggered), ("A-3", None));
}

#[test]
fn impossible_lines_are_refused() {
    let frame = r#"
        parameter("均", #{ id: "meanp", unit: "%" }); parameter("加封", #{ id: "bcap" }); parameter("扣封", #{ id: "pcap" });
        parameter("过", #{ id: "pass" }); parameter("满", #{ id: "full" }); parameter("步", #{ id: "step", unit: "%" }); parameter("扣", #{ id: "lose" });
        scheme(#{ not_applicable: "mean", mean: 均, bonus_cap: 加封, penalty_cap: 扣封, pass: 过, full: 满 });"#;
    let rules = r#"
        indicator("A-1", #{ title: "一", advice: "改", points: 10, value: 率, meets: |v| v >= 90, score: per_step(#{ below: 90, step: 步, lose: 扣 }) });
        indicator("A-2", #{ title: "扣", advice: "改", points: 5, kind: "penalty", meets: 有 });"#;
    let rulebook = standard(frame, rules);
    for (line, code, told) in [
        ("扣封=-3", "below-limit", "扣封填的是 -3，不能小于 0"),
        ("加封=-1", "below-limit", "加封填的是 -1"),
        ("均=120", "above-limit", "均填的是 120，不能大于 100%"),
        ("满=-100", "below-limit", "满填的是 -100，应大于 0"),
        ("满=0", "below-limit", "应大于 0"),
        ("步=-10", "below-limit", "步填的是 -10，应大于 0"),
        ("扣=-1", "below-limit", "扣填的是 -1，不能小于 0"),
        ("过=10000000000", "above-limit", "不能大于 1000000000"),
    ] {
        let report = checked(&rulebook, &format!("率=50 有=否 {line}"));
        let problem = &report.data[0];
        assert_eq!((problem.code, problem.severity), (code, "error"), "{line}");
        assert!(problem.text.contains(told), "{line}: {}", problem.text);
        // 与没有设定一样，不用它算分。
        let unset = checked(&rulebook, "率=50 有=否").score;
        assert_eq!(
            (report.score.low, report.score.high),
            (unset.low, unset.high),
            "{line}"
        );
    }
    for line in ["扣封=0", "均=100", "满=1", "步=0.5%", "扣=0", "过=0"] {
        assert_eq!(
            checked(&rulebook, &format!("率=50 有=否 {line}")).data,
            [],
            "{line}"
        );
    }
}
