//! What would pass, where it is not as simple as one line: fixes of dates, counts, sums that must
//! agree, and sets of changes. What holds for all of them is in `laws/fixes.rs`.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::report::Change;
use probe::checked;

const FIELDS: &str = r#"group("组");
field("甲", #{ id: "a", min: 0, digits: 0 });
field("乙", #{ id: "b", min: 0, digits: 0 });
field("丙", #{ id: "c", min: 0, max: 12, digits: 0 });
field("丁", #{ id: "d", min: 0, max: 12, digits: 0 });
field("合计", #{ id: "total", min: 0, digits: 0 });
field("有", #{ id: "yes", type: "yes-no" });
field("无", #{ id: "none", type: "yes-no" });
field("始", #{ id: "first", type: "date" });
field("终", #{ id: "last", type: "date", given: true });
"#;

/// The fixes of some options with some data: `a=5 b=6` for a set.
fn fixes(options: &str, data: &str) -> Vec<String> {
    let rules =
        format!(r#"{FIELDS}indicator("A-1", #{{ title: "标", advice: "改", {options} }});"#);
    let rulebook = match options.split_once("//") {
        None => probe::standard("", &rules),
        Some((options, checks)) => probe::standard(
            "",
            &format!(
                r#"{FIELDS}{checks}
                   indicator("A-1", #{{ title: "标", advice: "改", {options} }});"#
            ),
        ),
    };
    let told = |change: &Change| format!("{}={}", change.field, change.to);
    let found = &checked(&rulebook, data).findings[0];
    assert!(
        matches!(found.outcome, "unmet" | "partial"),
        "{}",
        found.text
    );
    (found.fixes.iter())
        .map(|fix| {
            let all = std::iter::once(&fix.change).chain(&fix.also);
            all.map(told).collect::<Vec<String>>().join(" ")
        })
        .collect()
}

#[test]
fn the_indicator_as_a_whole_is_met() {
    // 到 10 就不涉及了，不是达标。
    assert_eq!(fixes("applies: 甲 < 10, meets: 甲 >= 10", "甲=5"), [""; 0]);
    // 到 0 时得分没有数可算。
    let options = "value: 甲, meets: |v| v <= 1, score: |v| 3 / 甲";
    assert_eq!(fixes(options, "甲=5"), ["a=1"]);
    let options = "value: 甲, meets: |v| v < 1, score: |v| 3 / 甲";
    assert_eq!(fixes(options, "甲=5"), [""; 0]);
}

#[test]
fn what_a_data_check_refuses_still_counts_for_another() {
    // 甲应不大于乙，甲因此不作数；但乙、丙之间的检查照填报的甲算，丙改成 3 就不成立了。
    let checks = "// data_check(甲 <= 乙, \"甲多\"); data_check(甲 <= 5 || 丙 >= 8, \"丙少\");";
    assert_eq!(
        fixes(&format!("meets: 丙 <= 3{checks}"), "甲=6 乙=1 丙=9"),
        [""; 0]
    );
    assert_eq!(
        fixes(&format!("meets: 丙 <= 8{checks}"), "甲=6 乙=1 丙=9"),
        ["c=8"]
    );
}

#[test]
fn less_would_not_do() {
    // 先修约后比：每一层修约都有自己的转折，最近的那个才是答案。
    let options = "value: round(ratio(max([甲, 0]), 乙), 1), digits: 0, meets: |v| v < 3";
    assert_eq!(fixes(options, "甲=10 乙=3"), ["a=7", "b=4"]);
    // 没有可解的式子，靠逐个试：12 × 12 = 144 ≥ 140 > 11 × 11。
    assert_eq!(fixes("meets: 甲 * 甲 >= 140", "甲=5"), ["a=12"]);
    // 连续两段期限：1 月 15 日起 7 个月是 8 月 15 日，要晚一天。
    let options = "meets: months_after(months_after(始, 6), 1) > date(\"2024-08-15\")";
    assert_eq!(fixes(options, "始=2024-01-15"), ["first=2024-01-16"]);
}

#[test]
fn dates_are_solved_for() {
    assert_eq!(
        fixes(
            "meets: days_between(始, 终) <= 30",
            "始=2024-01-01 终=2024-12-31"
        ),
        ["first=2024-12-01"]
    );
    assert_eq!(
        fixes(
            "meets: years_between(始, 终) >= 3",
            "始=2023-05-01 终=2024-02-29"
        ),
        ["first=2021-02-28"]
    );
    assert_eq!(
        fixes("meets: as_of() <= years_after(始, 3)", "始=2010-01-01"),
        ["first=2021-01-01"]
    );
}

#[test]
fn parts_and_their_sum_move_together() {
    let check = "// data_check(甲 + 乙 == 合计, \"合计不等\");";
    assert_eq!(
        fixes(&format!("meets: 甲 >= 8{check}"), "甲=5 乙=10 合计=15"),
        ["a=8 total=18"]
    );
    // 合计改不了时，另一部分跟着改。
    let given = "given: [合计], ";
    assert_eq!(
        fixes(
            &format!("{given}meets: 甲 >= 8{check}"),
            "甲=5 乙=10 合计=15"
        ),
        ["a=8 b=7"]
    );
    assert_eq!(
        fixes(
            &format!("{given}meets: percent(甲, 合计) >= 50{check}"),
            "甲=5 乙=10 合计=15"
        ),
        ["a=8 b=7"]
    );
}

#[test]
fn as_many_as_are_counted() {
    assert_eq!(
        fixes(
            "meets: count([甲 >= 5, 乙 >= 5, 有]) >= 2",
            "甲=1 乙=2 有=是"
        ),
        ["b=5", "a=5"]
    );
    assert_eq!(
        fixes(
            "meets: count([甲 >= 5, 乙 >= 5, 有]) >= 2",
            "甲=1 乙=2 有=否"
        ),
        ["a=5 b=5"]
    );
    assert_eq!(
        fixes("meets: count([有, 无]) <= 0", "有=是 无=是"),
        ["yes=no none=no"]
    );
}

#[test]
fn a_set_is_no_larger_than_it_must_be() {
    // 同一个字段只改一次，已经成立的不改。
    assert_eq!(
        fixes("meets: all([甲 >= 5, 甲 * 2 >= 14, 有])", "甲=1 有=否"),
        ["a=7 yes=yes"]
    );
    // 要两个里的一个时，前一个改不成就不留痕迹。
    let options = "meets: any([all([甲 >= 5, 丙 == 5.5]), all([乙 >= 5, 有])])";
    assert_eq!(fixes(options, "甲=1 乙=1 丙=1 有=否"), ["b=5 yes=yes"]);
    let options = "meets: at_least(2, [all([甲 >= 5, 丙 == 5.5]), 无, 有])";
    assert_eq!(
        fixes(options, "甲=1 丙=1 有=否 无=否"),
        ["yes=yes none=yes"]
    );
    // 都不应成立的，逐个改成不成立；取哪一支由数据定的，改那一支。
    assert_eq!(
        fixes("meets: none([甲 < 5, 有]) && 乙 >= 3", "甲=1 乙=1 有=是"),
        ["a=5 b=3 yes=no"]
    );
    assert_eq!(
        fixes(
            "meets: if 无 { 甲 >= 5 && 乙 >= 5 } else { 甲 >= 100 && 乙 >= 100 && 丙 == 5.5 }",
            "甲=1 乙=1 丙=1 无=是"
        ),
        ["a=5 b=5"]
    );
}

#[test]
fn each_change_of_a_set_is_no_larger_than_the_others_need() {
    // 甲降到 5 就够，丙跟着降到 5 即可，不必到 0。
    assert_eq!(
        fixes(
            "given: [丁], meets: not_decreasing([max(甲 + 乙, 丙), 甲, 丁])",
            "甲=10 乙=6 丙=10 丁=5"
        ),
        ["a=5 b=0 c=5"]
    );
}

#[test]
fn what_mends_one_part_does_not_break_another() {
    let series = |word: &str| format!("meets: {word}([甲, 乙, 丁])");
    for (options, data, expected) in [
        (series("not_decreasing"), "甲=12 乙=11 丁=10", "a=11 d=11"),
        (series("increasing"), "甲=10 乙=10 丁=10", "a=9 d=11"),
        (series("increasing"), "甲=12 乙=11 丁=10", "a=10 d=12"),
        (series("not_increasing"), "甲=10 乙=11 丁=12", "b=10 d=10"),
        (series("decreasing"), "甲=5 乙=5 丁=5", "a=6 d=4"),
        (
            "meets: 甲 < 乙 && 乙 < 丁".into(),
            "甲=8 乙=5 丁=5",
            "a=4 d=6",
        ),
        // 丁到顶了：乙要再低，甲跟着再低，改过的也再改。
        (
            "meets: 甲 < 乙 && 乙 < 丁".into(),
            "甲=14 乙=12 丁=12",
            "a=10 b=11",
        ),
        // 从后往前才行：甲不能改。
        (
            "given: [甲], meets: 甲 < 乙 && 乙 < 丁".into(),
            "甲=8 乙=5 丁=5",
            "b=9 d=10",
        ),
    ] {
        assert_eq!(fixes(&options, data), [expected], "{options}, {data}");
    }
}

#[test]
fn where_none_is_found_it_is_said() {
    let rulebook = probe::standard(
        "",
        &format!(
            r#"{FIELDS}indicator("A-1", #{{ title: "标", advice: "改", meets: 丙 >= 5 && 终 >= date("2024-01-01") }});"#
        ),
    );
    let text = &checked(&rulebook, "丙=1 终=2023-01-01").findings[0].text;
    assert!(text.ends_with("。没有找到可以建议的达标办法。"), "{text}");
    // 还有没填的，齐了再说。
    let text = &checked(&rulebook, "终=2023-01-01").findings[0].text;
    assert!(text.contains("齐备后再给出达标办法"), "{text}");
}

#[test]
fn one_line_may_take_several_figures() {
    for (options, data, expected) in [
        // 各项都有上限，单改一项到不了。
        ("meets: average([丙, 丁]) >= 10", "丙=3 丁=5", "c=12 d=8"),
        ("meets: 丙 + 丁 >= 24", "丙=3 丁=5", "c=12 d=12"),
        ("meets: 丙 + 丁 * 2 > 30", "丙=0 丁=0", "c=11 d=10"),
        ("meets: 甲 - 丙 - 丁 <= 0", "甲=20 丙=1 丁=1", "a=2"),
        // 最小的不止一个，要一起提高。
        ("meets: min([甲, 乙, 丙]) >= 8", "甲=5 乙=6 丙=9", "a=8 b=8"),
        (
            "meets: max([甲, 乙, 丙]) <= 8",
            "甲=9 乙=10 丙=7",
            "a=8 b=8",
        ),
        ("meets: min([丙, 丁]) * 2 > 22", "丙=3 丁=5", "c=12 d=12"),
        (
            "meets: percent(丙 + 丁, 甲) >= 50",
            "given: [甲], 甲=40 丙=1 丁=1",
            "c=12 d=8",
        ),
    ] {
        let (options, data) = match data.split_once(", ") {
            Some((given, data)) => (format!("{given}, {options}"), data),
            None => (options.to_owned(), data),
        };
        assert_eq!(fixes(&options, data), [expected], "{options}");
    }
    // 到顶也不够的，不出主意。
    let beyond = "given: [合计], meets: 丙 + 丁 >= 合计";
    assert!(fixes(beyond, "丙=3 丁=5 合计=25").is_empty());
}

#[test]
fn conditions_that_share_parts_are_not_gone_through_over_and_over() {
    // 每一层都把下一层用十次，走遍要 10 的 12 次方步。
    let mut nested = String::from("甲 >= 5 && 合计 >= 5");
    let mut rules = String::new();
    for level in 0..20 {
        rules += &format!("let 层{level} = {nested};");
        let parts = ["乙", "丙", "丁", "甲", "合计"].map(|field| {
            let line = level % 12;
            format!("any([层{level}, {field} > {line}]), any([层{level}, {field} == 11])")
        });
        nested = format!("all([{}])", parts.join(", "));
    }
    let found = fixes(
        &format!("meets: {nested} && 丙 == 5.5// {rules}"),
        "甲=1 乙=0 丙=0 丁=0 合计=1",
    );
    assert!(found.is_empty(), "{found:?}");
}
