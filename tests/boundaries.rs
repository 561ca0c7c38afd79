//! Where a decision turns: exact lines, missing and unreadable data, lines that are not set, and the
//! changes that would just pass. Small standards, checked through the library.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::check::Value;
use duibiao::date::Date;
use duibiao::entry::{self, Entry, Given};
use duibiao::number::Number;
use duibiao::report::{Change, Finding, Fix, Lang, Report, report};
use duibiao::rulebook::Rulebook;
use probe::rulebook_of;

/// Fields of each kind, and lines; every test adds its own rules.
const FIELDS: &str = r#"
group("组");
field("甲", #{ id: "a", digits: 6 });
field("乙", #{ id: "b", digits: 6 });
field("部分", #{ id: "part", type: "count", unit: "个" });
field("总数", #{ id: "whole", type: "count", unit: "个", given: true });
field("率", #{ id: "rate", type: "percent" });
field("有", #{ id: "yes", type: "yes-no" });
field("又有", #{ id: "too", type: "yes-no" });
field("日期", #{ id: "day", type: "date" });
field("各区", #{ id: "districts", digits: 1, keys: ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"] });
field("公顷数", #{ id: "hectares", unit: "公顷", digits: 6 });
field("平方米数", #{ id: "square", unit: "平方米" });
parameter("线", #{ id: "line", unit: "%", values: [
    #{ from: "2023-01-01", to: "2023-12-31", value: 80, source: "旧文件", confidence: "official" },
    #{ from: "2024-01-01", value: 90, source: "新文件", confidence: "official" },
] });
parameter("未定线", #{ id: "open" });
parameter("未定率", #{ id: "open_rate", unit: "%" });
"#;

/// `FIELDS` and one indicator with these options.
fn with(options: &str) -> Rulebook {
    rulebook_of(format!(
        "{FIELDS}indicator(\"A\", #{{ title: \"标\", advice: \"改\", {options} }});"
    ))
}

fn given(pairs: &[(&str, &str)]) -> Vec<(String, Given)> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, text)| ((*name).into(), Given::Text((*text).into())))
        .collect()
}

fn data(pairs: &[(&str, &str)]) -> Entry {
    Entry {
        fields: given(pairs),
        ..Entry::default()
    }
}

fn checked(rulebook: &Rulebook, entry: &Entry) -> Report {
    report(
        rulebook,
        "",
        entry,
        Date::new(2024, 6, 1).unwrap(),
        Lang::Zh,
    )
}

fn finding(rulebook: &Rulebook, pairs: &[(&str, &str)]) -> Finding {
    checked(rulebook, &data(pairs)).findings.remove(0)
}

/// Condition, data as `name=value …`, and the outcome that is due.
fn expect(table: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (condition, values, outcome) in table {
        let pairs: Vec<(&str, &str)> = values
            .split_whitespace()
            .map(|pair| pair.split_once('=').unwrap())
            .collect();
        let found = finding(&with(&format!("meets: {condition}")), &pairs);
        if found.outcome != *outcome {
            wrong.push(format!(
                "{condition} with {values}: {}, not {outcome}",
                found.outcome
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[rustfmt::skip]
fn a_line_is_exact() {
    let ten = "districts.一=0.1 districts.二=0.1 districts.三=0.1 districts.四=0.1 districts.五=0.1 \
               districts.六=0.1 districts.七=0.1 districts.八=0.1 districts.九=0.1 districts.十=0.1";
    let less = &ten.replace("十=0.1", "十=0.0999999999999999");
    expect(&[
        ("percent(部分, 总数) >= 57", "part=57 whole=100", "met"),
        ("部分 / 总数 * 100 >= 57", "part=57 whole=100", "met"),
        ("percent(部分, 总数) > 57", "part=57 whole=100", "unmet"),
        ("percent(部分, 总数) >= 57", "part=56 whole=100", "unmet"),
        ("率 >= 90", "rate=89.999999", "unmet"),
        ("率 >= 90", "rate=89.995", "unmet"),
        ("率 >= 90", "rate=89.99999999999999999999999999999999", "unmet"),
        ("率 >= 90", "rate=90", "met"),
        ("率 > 90", "rate=90", "unmet"),
        ("率 > 90", "rate=90.00000000000000000001", "met"),
        ("率 <= 90", "rate=90", "met"),
        ("率 < 90", "rate=90", "unmet"),
        ("率 == 90", "rate=90.0", "met"),
        ("率 != 90", "rate=90.00", "unmet"),
        ("甲 * 100 == 29", "a=0.29", "met"),
        ("甲 * 100 >= 29", "a=0.29", "met"),
        ("甲 * 100 > 29", "a=0.29", "unmet"),
        ("甲 >= 0.29 * 100", "a=29", "met"),
        ("甲 > 0.29 * 100", "a=29", "unmet"),
        ("甲 + 乙 == 0.3", "a=0.1 b=0.2", "met"),
        ("sum(各区) == 1", ten, "met"),
        ("sum(各区) >= 1", ten, "met"),
        ("sum(各区) > 1", ten, "unmet"),
        ("sum(各区) >= 1", less, "unmet"),
        ("average(各区) == 0.1", ten, "met"),
        ("percent(部分, 总数) >= 99.33", "part=597 whole=601", "met"),
        ("percent(部分, 总数) >= 99.34", "part=597 whole=601", "unmet"),
        ("percent(部分, 总数) >= 100", "part=597 whole=601", "unmet"),
        ("percent(部分, 总数) == 99.33", "part=597 whole=601", "unmet"),
        ("甲 >= 7/2", "a=3.5", "met"),
        ("甲 >= 7/2", "a=3.4999", "unmet"),
        ("甲 == 7/2", "a=3", "unmet"),
        ("甲 / 2 == 3.5", "a=7", "met"),
        ("甲 / 3 * 3 == 1", "a=1", "met"),
        ("甲 * 3 == 1", "a=0.3333333333333333333333333333", "unmet"),
        ("甲 >= 1000000000000000000000000000", "a=999999999999999999999999999.9999", "unmet"),
        ("甲 * 甲 >= 甲", "a=1000000000000000000000000000000000000000000000000", "met"),
    ]);
}

#[test]
fn rounding_happens_only_where_the_rule_says_so() {
    expect(&[
        ("round(甲, 0) >= 90", "a=89.5", "met"),
        ("round(甲, 0) >= 90", "a=89.4999999", "unmet"),
        ("round(甲, 0) == 90", "a=90.5", "met"),
        ("round(甲, 1) == 0.2", "a=0.25", "met"),
        ("ceil(甲) == 3", "a=2.0000001", "met"),
        ("floor(甲) == 2", "a=2.9999999", "met"),
    ]);
}

#[test]
#[rustfmt::skip]
fn what_falls_short_is_never_shown_as_the_line() {
    for (value, shown) in [
        ("89.999999", "89.999999"),
        ("89.995", "89.995"),
        ("89.9999999999999999999999999999999999", "89.9999999999999999999999999999999999"),
    ] {
        let found = finding(&with("meets: 率 >= 90"), &[("rate", value)]);
        let reason = found.reason.unwrap();
        let (left, right) = (reason.left.unwrap(), reason.right.unwrap());
        assert_eq!(left.shown.as_deref(), Some(shown));
        assert_eq!(right.shown.as_deref(), Some("90"));
        assert!(found.text.contains(shown), "{}", found.text);
        let short = found.text.split_once("差 ").expect("how far it is").1;
        assert!(short.starts_with("0.0"), "{}", found.text);
    }
    let found = finding(
        &with("meets: percent(部分, 总数) >= 99.34"),
        &[("part", "597"), ("whole", "601")],
    );
    assert!(
        found.text.contains("597") && found.text.contains("601"),
        "{}",
        found.text
    );
    assert!(
        found.text.contains("99.33%") && found.text.contains("≥ 99.34"),
        "{}",
        found.text
    );
    let exact = found.reason.unwrap().left.unwrap().value.unwrap();
    assert_eq!(exact, "59700/601");
}

#[test]
fn a_met_line_and_a_strict_line_say_so() {
    let met = finding(&with("meets: 率 >= 90"), &[("rate", "90")]);
    assert!(
        met.text.contains("达标") && !met.text.contains("未达标"),
        "{}",
        met.text
    );
    let unmet = finding(&with("meets: 率 > 90"), &[("rate", "90")]);
    assert!(
        unmet.text.contains("未达标") && unmet.text.contains("> 90"),
        "{}",
        unmet.text
    );
    assert!(!unmet.text.contains("差 "), "{}", unmet.text);
}

#[test]
#[rustfmt::skip]
fn logic_has_three_values() {
    expect(&[
        ("all([甲 >= 1, 乙 >= 1])", "a=0", "unmet"),
        ("all([甲 >= 1, 乙 >= 1])", "a=1", "missing"),
        ("甲 >= 1 && 乙 >= 1", "b=0", "unmet"),
        ("any([甲 >= 1, 乙 >= 1])", "a=1", "met"),
        ("any([甲 >= 1, 乙 >= 1])", "a=0", "missing"),
        ("甲 >= 1 || 乙 >= 1", "b=1", "met"),
        ("none([甲 >= 1, 乙 >= 1])", "a=1", "unmet"),
        ("none([甲 >= 1, 乙 >= 1])", "a=0", "missing"),
        ("!(甲 >= 1)", "", "missing"),
        ("at_least(2, [甲 >= 1, 乙 >= 1, 率 >= 1])", "a=1 b=1", "met"),
        ("at_least(2, [甲 >= 1, 乙 >= 1, 率 >= 1])", "a=0 b=0", "unmet"),
        ("at_least(2, [甲 >= 1, 乙 >= 1, 率 >= 1])", "a=1 b=0", "missing"),
        ("all([甲 >= 1, 率 >= 1])", "a=0 rate=？5%", "unmet"),
        ("any([甲 >= 1, 率 >= 1])", "a=1 rate=？5%", "met"),
        ("all([甲 >= 1, 率 >= 1])", "a=1 rate=？5%", "invalid"),
        ("when(有, 甲, 乙) >= 1", "yes=是 a=1", "met"),
        ("when(有, 甲, 乙) >= 1", "yes=否 a=1", "missing"),
        ("有", "", "missing"),
        ("有", "yes=否", "unmet"),
        ("有 && 又有", "yes=否", "unmet"),
        ("有 && 又有", "yes=是", "missing"),
        ("有 && 又有", "yes=是 too=有", "met"),
        ("filled(甲)", "", "unmet"),
        ("filled(甲)", "a=0", "met"),
        ("min(各区) >= 1", "districts.一=0", "missing"),
    ]);
}

#[test]
fn missing_data_is_named() {
    let found = finding(
        &with("meets: percent(部分, 总数) >= 57"),
        &[("whole", "100")],
    );
    assert_eq!(
        (found.outcome, found.missing.as_slice()),
        ("missing", &["part".to_string()][..])
    );
    assert!(
        found.text.contains("缺 部分") && found.points.is_none(),
        "{}",
        found.text
    );
    for blank in ["", "  ", "\n", "　"] {
        let found = finding(&with("meets: 甲 >= 0"), &[("a", blank)]);
        assert_eq!(
            (found.outcome, found.missing.len()),
            ("missing", 1),
            "{blank:?}"
        );
    }
    let found = finding(
        &with("meets: sum(各区) >= 0"),
        &[("districts.一", "1"), ("districts.二", "1")],
    );
    assert_eq!(found.outcome, "missing");
    assert_eq!(found.missing.len(), 8, "{:?}", found.missing);
    assert_eq!(found.missing[0], "districts.三");
    // What could no longer change the outcome is not asked for.
    let found = finding(&with("meets: any([甲 >= 1, 乙 >= 1])"), &[("a", "1")]);
    assert_eq!((found.outcome, found.missing.len()), ("met", 0));
}

#[test]
fn a_zero_denominator_follows_its_policy() {
    for (policy, outcome, missing) in [
        ("", "invalid", 0),
        (", #{ zero: \"invalid\" }", "invalid", 0),
        (", #{ zero: \"not_applicable\" }", "not_applicable", 0),
        (", #{ zero: \"met\" }", "met", 0),
        (", #{ zero: \"missing\" }", "missing", 1),
    ] {
        for word in ["percent", "ratio"] {
            let rulebook = with(&format!("meets: {word}(部分, 总数{policy}) >= 50"));
            for part in ["0", "5"] {
                let found = finding(&rulebook, &[("part", part), ("whole", "0")]);
                assert_eq!(
                    (found.outcome, found.missing.len()),
                    (outcome, missing),
                    "{word}{policy}"
                );
                assert!(
                    !found.text.contains("NaN") && !found.text.contains("0%"),
                    "{}",
                    found.text
                );
            }
            // A denominator that is not zero is not concerned.
            let found = finding(&rulebook, &[("part", "0"), ("whole", "1")]);
            assert_eq!(found.outcome, "unmet", "{word}{policy}");
        }
    }
    // The field's own policy holds wherever it is a denominator.
    for (policy, outcome) in [
        ("invalid", "invalid"),
        ("not_applicable", "not_applicable"),
        ("met", "met"),
        ("missing", "missing"),
    ] {
        for value in ["percent(甲, 乙)", "ratio(甲, 乙)", "甲 / 乙"] {
            let rules = format!(
                "group(\"组\"); field(\"甲\", #{{ id: \"a\" }}); field(\"乙\", #{{ id: \"b\", zero: \"{policy}\" }});
                 indicator(\"A\", #{{ title: \"标\", advice: \"改\", meets: {value} >= 50 }});"
            );
            let found = finding(&rulebook_of(&rules), &[("a", "1"), ("b", "0")]);
            assert_eq!(found.outcome, outcome, "{value}, {policy}");
        }
    }
}

#[test]
fn a_line_without_a_value_decides_nothing_while_what_it_is_for_is_open_or_unreadable() {
    for policy in ["not_applicable", "met"] {
        let rules = format!(
            "group(\"组\"); field(\"甲\", #{{ id: \"a\" }}); field(\"乙\", #{{ id: \"b\" }}); field(\"丙\", #{{ id: \"c\", zero: \"{policy}\" }});
             indicator(\"A\", #{{ title: \"标\", advice: \"改\", meets: 甲 >= ratio(乙, 丙) }});"
        );
        let rulebook = rulebook_of(&rules);
        for (a, outcome) in [("80", policy), ("八成", "invalid"), ("", "missing")] {
            let found = finding(&rulebook, &[("a", a), ("b", "1"), ("c", "0")]);
            assert_eq!(found.outcome, outcome, "{policy}, “{a}”");
        }
    }
}

#[test]
fn words_for_lists_get_by_without_what_does_not_apply() {
    let na = "percent(部分, 总数, #{ zero: \"not_applicable\" })";
    let due = "percent(部分, 总数, #{ zero: \"met\" })";
    let table = [
        // A part that fails is not hidden by one that does not apply, nor by one for which nothing was due.
        ("min([率, P]) >= 80", "unmet", "unmet"),
        ("max([P, 率]) >= 80", "unmet", "unmet"),
        ("average([率, P, 率]) >= 50", "met", "met"),
        ("average([率, P]) > 50", "unmet", "unmet"),
        ("sum([P, 率]) >= 80", "unmet", "unmet"),
        ("weighted_average([[率, 40], [P, 60]]) == 50", "met", "met"),
        (
            "weighted_average([[20, 30], [率, 20], [P, 50]]) == 32",
            "met",
            "met",
        ),
        ("count([率 >= 80, P >= 80, 甲 >= 1]) >= 2", "unmet", "met"),
        ("at_least(2, [率 >= 80, P >= 80, 甲 >= 1])", "unmet", "met"),
        // If nothing else is left, the whole is what the parts are.
        ("min([P, P]) >= 80", "not_applicable", "met"),
        (
            "weighted_average([[P, 40], [P, 60]]) >= 80",
            "not_applicable",
            "met",
        ),
        (
            "weighted_average([[P, 100], [率, 0]]) >= 80",
            "not_applicable",
            "not_applicable",
        ),
        ("count([P >= 80, P >= 90]) >= 3", "not_applicable", "unmet"),
        // A line is no part: it holds where there is something to hold.
        ("min([P, 100]) >= 80", "not_applicable", "met"),
        ("max([P, 线]) >= 80", "not_applicable", "met"),
        ("sum([P, 线 / 2 + 5]) >= 80", "not_applicable", "met"),
        ("min([P, 未定率]) >= 80", "pending", "pending"),
        ("min([P, 未定率, 率]) >= 80", "pending", "pending"),
        // What is calculated with signs has a value only as a whole.
        ("P + 率 >= 10", "not_applicable", "met"),
        ("0.4 * P + 0.6 * 率 >= 10", "not_applicable", "met"),
        // What is missing stays so, and what is invalid.
        ("min([P, percent(乙, 甲)]) >= 80", "missing", "missing"),
        ("sum([P, percent(甲, 甲 - 1)]) >= 80", "invalid", "invalid"),
    ];
    let given = "part=0 whole=0 rate=50% a=1";
    for (condition, not_applicable, met) in table {
        expect(&[
            (&condition.replace('P', na), given, not_applicable),
            (&condition.replace('P', due), given, met),
        ]);
    }
    // Of both kinds, those for which nothing was due are left last.
    expect(&[(&format!("min([{na}, {due}]) >= 80"), given, "met")]);
    // It is told what was left out, in both languages, and a change is found.
    let least = with(&format!("meets: min([率, {na}]) >= 80"));
    let found = finding(&least, &[("part", "0"), ("whole", "0"), ("rate", "50")]);
    assert!(
        found
            .text
            .contains("最小值（率 50%）（总数为 0，不计入） = 50%，要求 ≥ 80%"),
        "{}",
        found.text
    );
    assert_eq!(found.fixes[0].change.to, "80");
    let fixes = [
        (format!("average([率, {na}]) >= 80"), "80"),
        (
            format!("weighted_average([[率, 30], [{na}, 70]]) >= 80"),
            "80",
        ),
        (format!("sum([率, {na}]) >= 80"), "80"),
        (format!("count([率 >= 70, {na} >= 80]) >= 1"), "70"),
    ];
    for (condition, to) in fixes {
        let rulebook = with(&format!("meets: {condition}"));
        let found = finding(&rulebook, &[("part", "0"), ("whole", "0"), ("rate", "50")]);
        assert_eq!(found.fixes[0].change.to, to, "{condition}");
    }
    let given = [("part", "0"), ("whole", "0")];
    let none = finding(
        &with(&format!("meets: count([{na} >= 1, {na} >= 2]) >= 1")),
        &given,
    );
    assert!(
        none.text.ends_with("总数为 0，本项不涉及。"),
        "{}",
        none.text
    );
}

#[test]
fn what_does_not_apply_takes_no_part() {
    let condition = "all([percent(部分, 总数, #{ zero: \"not_applicable\" }) >= 50, 甲 >= 1])";
    expect(&[
        (condition, "part=0 whole=0 a=1", "met"),
        (condition, "part=0 whole=0 a=0", "unmet"),
        (condition, "part=0 whole=0", "missing"),
    ]);
    // 按哪一支判没有着落；两支一样时仍照它判，所以还没填的那一支先等着，填了不会翻案。
    let branch = "all([when(percent(部分, 总数, #{ zero: \"not_applicable\" }) >= 50, 甲 >= 1, 乙 >= 1), 率 >= 0])";
    expect(&[
        (branch, "part=0 whole=0 rate=5 a=0", "missing"),
        (branch, "part=0 whole=0 rate=5 a=0 b=0", "unmet"),
        (branch, "part=0 whole=0 rate=5 a=0 b=1", "met"),
    ]);
    for (condition, missing) in [(condition, "a"), (branch, "b")] {
        let found = finding(
            &with(&format!("meets: {condition}")),
            &[("part", "0"), ("whole", "0"), ("rate", "5")],
        );
        let last = found.missing.last().map(String::as_str);
        assert_eq!(last, Some(missing), "the total is there, and zero");
    }
    let report = checked(
        &with("points: 3, meets: percent(部分, 总数, #{ zero: \"not_applicable\" }) >= 50"),
        &data(&[("part", "0"), ("whole", "0")]),
    );
    let score = &report.score;
    assert_eq!(
        (score.low.as_str(), score.high.as_str(), score.full.as_str()),
        ("0", "0", "0")
    );
}

#[test]
fn a_line_that_is_not_set_is_pending() {
    expect(&[
        ("甲 >= 未定线", "a=5", "pending"),
        ("甲 >= 未定线", "", "pending"),
        ("all([甲 >= 未定线, 乙 >= 1])", "a=5", "pending"),
        ("all([甲 >= 未定线, 乙 >= 1])", "b=0", "unmet"),
        ("any([甲 >= 未定线, 乙 >= 1])", "b=1", "met"),
        ("甲 >= 未定线", "a=三", "invalid"),
    ]);
    let found = finding(&with("meets: 甲 >= 未定线"), &[("a", "5")]);
    assert_eq!(found.pending, ["open"]);
    assert!(
        found.text.contains("待定线") && found.text.contains("未定线"),
        "{}",
        found.text
    );
    assert!(found.points.is_none() && found.fixes.is_empty());
}

#[test]
fn what_is_open_is_all_told_by_name() {
    // Setting the line would not be enough.
    let found = finding(&with("meets: 甲 >= 未定线"), &[]);
    assert_eq!((found.outcome, found.missing.len()), ("pending", 1));
    assert!(
        found
            .text
            .ends_with("缺 甲；“未定线”尚未设定，齐备后即可判定。"),
        "{}",
        found.text
    );
    // What chooses a value is missing or wrong, not the value.
    let chosen = with("meets: 甲 >= when(有, 1, 2)");
    let found = finding(&chosen, &[("a", "1.5")]);
    assert!(
        found.text.ends_with("缺 有，填写后即可判定。"),
        "{}",
        found.text
    );
    let found = finding(&chosen, &[("a", "1.5"), ("yes", "也许")]);
    assert!(
        found.text.ends_with("有的数据有误，改正后即可判定。"),
        "{}",
        found.text
    );
    // Whether it applies is not known yet, and more is missing.
    let applies = with("applies: 总数 > 0, meets: 部分 / 总数 >= 未定线");
    let found = finding(&applies, &[]);
    assert_eq!((found.outcome, found.missing.len()), ("missing", 2));
    assert!(
        found
            .text
            .ends_with("缺 部分、总数；“未定线”尚未设定，齐备后即可判定。"),
        "{}",
        found.text
    );
    // A list none of whose values is there is told by its name.
    let found = finding(&with("meets: sum(各区) + 甲 >= 0"), &[]);
    assert_eq!(found.missing.len(), 11);
    assert!(
        found.text.ends_with("缺 甲、各区，填写后即可判定。"),
        "{}",
        found.text
    );
}

#[test]
fn a_sentence_says_what_was_computed() {
    let told = |condition: &str, pairs: &[(&str, &str)]| {
        finding(&with(&format!("meets: {condition}")), pairs).text
    };
    let counted = told("count([有, 又有]) >= 2", &[("yes", "是"), ("too", "否")]);
    assert!(
        counted.contains("“是”的个数（有 是、又有 否） = 1，要求 ≥ 2，差 1。"),
        "{counted}"
    );
    let late = told("as_of() <= years_after(日期, 3)", &[("day", "2020-12-31")]);
    assert!(
        late.contains("检查日期 2024-06-01，要求 ≤ 到期日（日期 2020-12-31、3 年） = 2023-12-31"),
        "{late}"
    );
    // Nothing but zero is shown as zero.
    let little = told("甲 / 乙 >= 30", &[("a", "3"), ("b", "1000")]);
    assert!(little.contains("= 0.003，"), "{little}");
    // A zero is named once.
    let zero = "#{ zero: \"not_applicable\" }";
    let none = told(
        &format!("all([percent(部分, 总数, {zero}) >= 1, percent(部分, 总数, {zero}) >= 2])"),
        &[("part", "0"), ("whole", "0")],
    );
    assert!(none.contains("总数为 0，本项不涉及。"), "{none}");
    let set = told("有", &[("yes", "否")]);
    assert!(set.contains("有改为“是”，即可达标。"), "{set}");
    // Of many other ways to pass, three.
    let most: Vec<(String, &str)> = "一二三四五六七八九十"
        .chars()
        .map(|key| (format!("districts.{key}"), "1"))
        .collect();
    let most: Vec<(&str, &str)> = most
        .iter()
        .map(|(id, value)| (id.as_str(), *value))
        .collect();
    let found = finding(&with("meets: sum(各区) >= 11"), &most);
    assert_eq!(found.fixes.len(), 10);
    assert_eq!(found.text.matches("至少增加").count(), 4, "{}", found.text);
    assert!(found.text.ends_with("；……。"), "{}", found.text);
}

#[test]
fn a_line_holds_from_its_first_day_to_its_last() {
    let rulebook = with("meets: 率 >= 线");
    for (day, rate, outcome) in [
        ((2022, 12, 31), "100", "pending"),
        ((2023, 1, 1), "80", "met"),
        ((2023, 12, 31), "80", "met"),
        ((2024, 1, 1), "80", "unmet"),
        ((2024, 1, 1), "90", "met"),
    ] {
        let day = Date::new(day.0, day.1, day.2).unwrap();
        let found = &report(&rulebook, "", &data(&[("rate", rate)]), day, Lang::Zh).findings[0];
        assert_eq!(found.outcome, outcome, "{day}, {rate}");
    }
    let found = finding(&rulebook, &[("rate", "85")]);
    let source = found.reason.unwrap().right.unwrap().source.unwrap();
    assert_eq!(
        (source.from.as_str(), source.source.as_str()),
        ("2024-01-01", "新文件")
    );
    // A line that has run out does not go on by itself.
    let ended = rulebook_of(
        "group(\"组\"); field(\"甲\", #{ id: \"a\" });
         parameter(\"线\", #{ id: \"l\", values: [#{ from: \"2020-01-01\", to: \"2023-12-31\", value: 1, source: \"文\" }] });
         indicator(\"A\", #{ title: \"标\", advice: \"改\", meets: 甲 >= 线 });",
    );
    let after = finding(&ended, &[("a", "1")]);
    assert_eq!(after.outcome, "pending");
    let then = "“线”的值只到 2023-12-31，此后尚未设定，设定后即可判定。";
    assert!(after.text.ends_with(then), "{}", after.text);
    let lines = checked(&ended, &data(&[("a", "1")])).out_of_force;
    assert_eq!(lines[0].parameter, "l");
    assert_eq!(
        (lines[0].until.as_deref(), &lines[0].from),
        (Some("2023-12-31"), &None)
    );
    let day = Date::new(2022, 12, 31).unwrap();
    let before = report(&rulebook, "", &data(&[("rate", "85")]), day, Lang::Zh);
    let then = "“线”从 2023-01-01 起才有值，此前尚未设定，设定后即可判定。";
    let text = &before.findings[0].text;
    assert!(text.ends_with(then), "{text}");
    assert_eq!(before.out_of_force[0].from.as_deref(), Some("2023-01-01"));
    // Whoever sets it has one.
    let mut set = data(&[("a", "1")]);
    set.parameters = given(&[("l", "2")]);
    assert!(checked(&ended, &set).out_of_force.is_empty());
}

#[test]
fn a_line_that_gives_no_points_is_named() {
    let rulebook = rulebook_of(
        "group(\"组\"); field(\"甲\", #{ id: \"a\" }); parameter(\"步\", #{ id: \"step\" });
         indicator(\"A\", #{ title: \"标\", advice: \"改\", value: 甲, meets: |v| v >= 9,
            score: per_step(#{ below: 9, step: 步, lose: 1, mode: \"linear\" }) });",
    );
    let mut entry = data(&[("a", "5")]);
    entry.parameters = given(&[("step", "0")]);
    let report = checked(&rulebook, &entry);
    let text = &report.findings[0].text;
    assert!(text.ends_with("步的数据有误，改正后即可判定。"), "{text}");
}

#[test]
fn the_user_sets_a_line() {
    let rulebook = with("meets: 甲 >= 未定线 && 率 >= 线");
    let outcome = |parameters: &[(&str, &str)]| {
        let entry = Entry {
            parameters: given(parameters),
            ..data(&[("a", "5"), ("rate", "85")])
        };
        checked(&rulebook, &entry).findings[0].outcome
    };
    assert_eq!(outcome(&[("open", "5")]), "unmet");
    assert_eq!(outcome(&[("open", "5"), ("line", "85")]), "met");
    assert_eq!(outcome(&[("未定线", "５"), ("线", "85％")]), "met");
    assert_eq!(outcome(&[("open", "5.000001"), ("line", "85")]), "unmet");
    assert_eq!(outcome(&[("line", "85")]), "pending");
    assert_eq!(outcome(&[("open", "≥5"), ("line", "85")]), "invalid");
    assert_eq!(outcome(&[("open", ""), ("line", "85")]), "pending");

    let entry = Entry {
        parameters: given(&[("opne", "5")]),
        ..data(&[("a", "5"), ("rate", "95")])
    };
    let report = checked(&rulebook, &entry);
    assert_eq!(report.findings[0].outcome, "pending");
    assert_eq!(report.data[0].code, "unknown-parameter");
    assert!(
        report.data[0].text.contains("open"),
        "{}",
        report.data[0].text
    );

    let entry = Entry {
        parameters: given(&[("open", "6")]),
        ..data(&[("a", "5"), ("rate", "95")])
    };
    let set = checked(&rulebook, &entry)
        .findings
        .remove(0)
        .reason
        .unwrap()
        .parts
        .remove(0);
    assert!(set.right.as_ref().unwrap().set_by_user && set.right.unwrap().source.is_none());
}

#[test]
fn an_indicator_is_set_aside_with_a_reason_only() {
    let rulebook = with("points: 2, meets: 甲 >= 1");
    let excluded = |reason: Given| {
        let entry = Entry {
            not_applicable: vec![("A".into(), reason)],
            ..data(&[("a", "0")])
        };
        checked(&rulebook, &entry)
    };
    let report = excluded(Given::Text("本市没有".into()));
    let found = &report.findings[0];
    assert_eq!(
        (found.outcome, found.points.as_ref()),
        ("not_applicable", None)
    );
    assert!(found.text.contains("本市没有"), "{}", found.text);
    assert_eq!(report.score.full, "0");
    for reason in [
        Given::Text(String::new()),
        Given::Text(" 　".into()),
        Given::Truth(true),
        Given::Empty,
    ] {
        let report = excluded(reason.clone());
        assert_eq!(report.findings[0].outcome, "unmet", "{reason:?}");
        assert_eq!(report.data[0].code, "no-reason", "{reason:?}");
        assert_eq!(
            (report.data[0].severity, report.score.full.as_str()),
            ("error", "2")
        );
    }
    let entry = Entry {
        not_applicable: given(&[("B", "没有")]),
        ..Entry::default()
    };
    assert_eq!(checked(&rulebook, &entry).data[0].code, "unknown-indicator");
}

/// What a text is worth in a field of a kind and unit: a number, or the code of the problem.
fn entered(kind: &str, unit: &str, text: &str) -> String {
    let unit = if kind == "percent" {
        String::new()
    } else {
        format!(", unit: \"{unit}\"")
    };
    let rulebook = rulebook_of(format!(
        "group(\"组\"); field(\"甲\", #{{ id: \"a\", type: \"{kind}\"{unit} }});"
    ));
    let entry = data(&[("a", text)]);
    match &entry::read(&rulebook, &entry).slots[0] {
        Value::Number(number) => number.exact(),
        Value::Truth(truth) => truth.to_string(),
        Value::Date(date) => date.iso(),
        _ => checked(&rulebook, &entry)
            .data
            .first()
            .map_or("nothing", |problem| problem.code)
            .into(),
    }
}

/// Kind, unit, text, and what it is worth.
fn expect_entered(table: &[(&str, &str, &str, &str)]) {
    let wrong: Vec<String> = (table.iter())
        .map(|(kind, unit, text, due)| (kind, unit, text, due, entered(kind, unit, text)))
        .filter(|(.., due, found)| *due != found)
        .map(|(kind, unit, text, due, found)| {
            format!("{text:?} as {kind} in {unit}: {found}, not {due}")
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[rustfmt::skip]
fn text_is_read_as_staff_write_it() {
    expect_entered(&[
        ("number", "", "１２３４５", "12345"),
        ("percent", "%", "９５．５％", "95.5"),
        ("percent", "%", "95%", "95"),
        ("percent", "%", "95％", "95"),
        ("percent", "%", " 95 % ", "95"),
        ("percent", "%", "97.54", "97.54"),
        ("percent", "%", "9.55‰", "0.955"),
        ("percent", "%", "955‰", "95.5"),
        ("percent", "%", "0.95%", "0.95"),
        ("percent", "%", "０．９５％", "0.95"),
        ("percent", "%", "1%", "1"),
        ("percent", "%", "0", "0"),
        ("percent", "%", "0.0", "0"),
        ("percent", "%", "1.01", "1.01"),
        ("percent", "%", "100", "100"),
        ("percent", "%", "100%", "100"),
        ("number", "吨", "1,825.95", "1825.95"),
        ("number", "吨", "1，825", "1825"),
        ("number", "吨", "１，８２５．９５", "1825.95"),
        ("number", "吨", "12,345,678", "12345678"),
        ("number", "平方米", "1.2万", "12000"),
        ("number", "平方米", "1.2万平方米", "12000"),
        ("number", "平方米", "1.2 万 平方米", "12000"),
        ("number", "元", "2亿", "200000000"),
        ("number", "元", "2亿元", "200000000"),
        ("count", "个", "1.2万", "12000"),
        ("number", "万平方米", "412", "412"),
        ("number", "万平方米", "412万平方米", "412"),
        // Another scale of the same quantity is converted, exactly.
        ("number", "万平方米", "480公顷", "480"),
        ("number", "万平方米", "4.8平方公里", "480"),
        ("number", "万平方米", "4.8 km²", "480"),
        ("number", "万平方米", "４.８ｋｍ²", "480"),
        ("number", "万平方米", "4800000平方米", "480"),
        ("number", "万平方米", "4,800,000 m2", "480"),
        ("number", "万平方米", "480㎡", "0.048"),
        ("number", "万平方米", "480万㎡", "480"),
        ("number", "万平方米", "480 万 平方米", "480"),
        ("number", "万平方米", "0.048亿㎡", "480"),
        ("number", "万平方米", "1.2万公顷", "12000"),
        ("number", "万平方米", "100亩", "20/3"),
        ("number", "万元", "5000元", "0.5"),
        ("number", "万元", "1.2亿元", "12000"),
        ("number", "吨", "12345千克", "12.345"),
        ("number", "小时", "2天", "48"),
        ("count", "公里", "5000米", "5"),
        ("number", "吨", "1 825", "1825"),
        ("number", "吨", "1\u{2009}825\u{2009}000.5 吨", "1825000.5"),
        ("number", "件", "1004件", "1004"),
        ("number", "件", "1004 件", "1004"),
        ("number", "", "\n 95.5 \r\n", "95.5"),
        ("number", "", "　95.5　", "95.5"),
        ("number", "", "-5", "-5"),
        ("number", "", "－5", "-5"),
        ("number", "", "−5", "-5"),
        ("number", "", "+5", "5"),
        ("number", "", "3.10", "3.1"),
        ("number", "", "007", "7"),
        ("number", "", "0.1000000000000000000000000000001", "0.1000000000000000000000000000001"),
        ("count", "个", "3.0", "3"),
        ("count", "个", "0", "0"),
        ("yes-no", "", "是", "true"),
        ("yes-no", "", "有", "true"),
        ("yes-no", "", "否", "false"),
        ("yes-no", "", "无", "false"),
        ("date", "", "2023年5月31日", "2023-05-31"),
        ("date", "", "２０２３-５-３１", "2023-05-31"),
    ]);
}

#[test]
fn what_is_ambiguous_is_asked() {
    let asked = [
        ("percent", "%", "0.95"),
        ("percent", "%", "０．９５"),
        ("percent", "%", "1"),
        ("percent", "%", "1.0"),
        ("percent", "%", "0.000001"),
        ("percent", "%", "60%左右"),
        ("percent", "%", "60左右"),
        ("percent", "%", "≥95"),
        ("percent", "%", "≥95%"),
        ("percent", "%", ">95%"),
        ("percent", "%", "＞95"),
        ("percent", "%", "＜5"),
        ("percent", "%", "95%以上"),
        ("number", "个", "约60"),
        ("number", "个", "不少于3"),
        ("number", "个", "1000余"),
        ("number", "个", "无"),
        ("number", "个", "/"),
        ("number", "个", "／"),
        ("number", "个", "—"),
        ("number", "个", "——"),
        ("number", "个", "－"),
        ("count", "个", "无"),
        ("percent", "%", "无"),
        ("number", "万平方米", "1.2万"),
        ("number", "万元", "2亿"),
        ("number", "亿元", "3万"),
    ];
    expect_entered(&asked.map(|(kind, unit, text)| (kind, unit, text, "ambiguous")));
}

#[test]
fn what_is_damaged_is_refused() {
    expect_entered(&[
        ("number", "件", "1004件件", "unreadable"),
        ("percent", "%", "90(%)", "unreadable"),
        ("percent", "%", "90（%）", "unreadable"),
        ("percent", "%", "?5%", "unreadable"),
        ("percent", "%", "？5%", "unreadable"),
        ("percent", "%", "\u{fffd}5%", "unreadable"),
        ("percent", "%", "57%%", "unreadable"),
        ("percent", "%", "0.04个百分点", "unreadable"),
        ("number", "", "12\n34", "unreadable"),
        ("number", "", "12 34", "unreadable"),
        ("number", "", "1.2.3", "unreadable"),
        ("number", "", "1,82", "unreadable"),
        ("number", "", "1,8250", "unreadable"),
        ("number", "", "12,34,567", "unreadable"),
        ("number", "", ",825", "unreadable"),
        ("number", "", "1.234,567", "unreadable"),
        ("number", "", "--5", "unreadable"),
        ("number", "", "5-", "unreadable"),
        ("number", "", "3-5", "unreadable"),
        ("number", "", "3—5", "unreadable"),
        ("number", "", "1/2", "unreadable"),
        ("number", "", "515/6", "unreadable"),
        ("number", "", "NaN", "unreadable"),
        ("number", "", "inf", "unreadable"),
        ("number", "", "0x10", "unreadable"),
        ("number", "", "1_000", "unreadable"),
        ("number", "", "三", "unreadable"),
        ("number", "", "½", "unreadable"),
        ("number", "", "٣", "unreadable"),
        ("number", "", "O", "unreadable"),
        ("number", "", "95%", "unreadable"),
        ("number", "公顷", "5米", "unreadable"),
        ("number", "公顷", "5平方米左右", "ambiguous"),
        ("number", "万平方米", "480吨", "unreadable"),
        ("number", "万平方米", "480平方", "unreadable"),
        ("number", "座/平方公里", "480平方公里", "unreadable"),
        ("number", "吨", "1 82", "unreadable"),
        ("number", "吨", "1 8250", "unreadable"),
        ("number", "吨", "1 825.5 2", "unreadable"),
        ("number", "吨", "3 e5", "unreadable"),
        ("number", "万平方米", "3万万平方米", "ambiguous"),
        ("number", "元", "2万亿", "unreadable"),
        ("number", "", "暂无", "unreadable"),
        ("number", "", ".", "unreadable"),
        ("count", "个", "3.5", "not-whole"),
        ("count", "个", "-1", "below-limit"),
        ("percent", "%", "100.01", "above-limit"),
        ("percent", "%", "-0.01", "below-limit"),
        ("yes-no", "", "1", "unreadable"),
        ("yes-no", "", "是否", "unreadable"),
        ("date", "", "2023-02-29", "unreadable"),
        ("date", "", "45077", "unreadable"),
    ]);
    // An absurd length is refused as well, not computed with.
    assert_eq!(entered("number", "", &"9".repeat(100_000)), "unreadable");
    assert_eq!(entered("number", "", "1e999999999"), "unreadable");
}

#[test]
fn a_unit_of_another_quantity_is_told_with_the_one_that_is_wanted() {
    let rulebook = rulebook_of("group(\"组\"); field(\"甲\", #{ id: \"a\", unit: \"万平方米\" });");
    let entry = data(&[("a", "480吨")]);
    for (lang, told) in [
        (Lang::Zh, "本项单位是万平方米"),
        (Lang::En, "its unit is 万平方米"),
    ] {
        let report = report(&rulebook, "", &entry, Date::default(), lang);
        assert!(
            report.data[0].text.contains(told),
            "{}",
            report.data[0].text
        );
    }
}

#[test]
fn unreadable_data_is_invalid_and_told_with_what_was_written() {
    let report = checked(&with("meets: 率 >= 90"), &data(&[("rate", "?5%")]));
    assert_eq!(report.findings[0].outcome, "invalid");
    let problem = &report.data[0];
    assert_eq!((problem.severity, problem.given.as_str()), ("error", "?5%"));
    assert_eq!(problem.fields, ["rate"]);
    assert!(
        problem.text.contains("率") && problem.text.contains("?5%"),
        "{}",
        problem.text
    );
    // Whoever has another unit is told which one it is.
    let report = checked(&with("meets: 公顷数 >= 1"), &data(&[("hectares", "?5")]));
    let text = &report.data[0].text;
    assert!(text.ends_with("（单位为公顷，其他单位请先换算）"), "{text}");
}

#[test]
#[rustfmt::skip]
fn units_are_converted_exactly() {
    expect(&[
        ("公顷数 >= 平方米数", "hectares=1 square=10000", "met"),
        ("公顷数 > 平方米数", "hectares=1 square=10000", "unmet"),
        ("公顷数 >= 平方米数", "hectares=1 square=10000.000001", "unmet"),
        ("平方米数 <= 公顷数", "hectares=1 square=10000", "met"),
        ("公顷数 + 平方米数 == 1.5", "hectares=1 square=5000", "met"),
        ("平方米数 + 公顷数 == 15000", "hectares=1 square=5000", "met"),
        ("公顷数 / 平方米数 == 1", "hectares=1 square=10000", "met"),
        ("percent(平方米数, 公顷数) == 50", "hectares=1 square=5000", "met"),
        ("sum([公顷数, 平方米数]) == 2", "hectares=1 square=10000", "met"),
        ("max([公顷数, 平方米数]) == 2", "hectares=1 square=20000", "met"),
        ("公顷数 - 平方米数 == 0", "hectares=0.3 square=3000", "met"),
    ]);
}

#[test]
#[rustfmt::skip]
fn dates_are_whole_days() {
    expect(&[
        ("日期 <= date(\"2023年5月\")", "day=2023-05-31", "met"),
        ("日期 <= date(\"2023年5月\")", "day=2023-06-01", "unmet"),
        ("日期 < date(\"2023-05-31\")", "day=2023年5月31日", "unmet"),
        ("日期 <= date(\"2024-02\")", "day=2024-02-29", "met"),
        ("日期 <= \"2023-05\"", "day=2023-05-31", "met"),
        ("days_between(日期, date(\"2024-03-01\")) == 1", "day=2024-02-29", "met"),
        ("years_between(日期, date(\"2023-02-28\")) < 3", "day=2020-02-29", "met"),
        ("years_between(日期, date(\"2023-03-01\")) == 3", "day=2020-02-29", "met"),
        ("日期 <= date(\"2023-05\")", "", "missing"),
        ("日期 <= date(\"2023-05\")", "day=5月底", "invalid"),
    ]);
}

#[test]
fn points_are_lost_by_steps() {
    for (mode, rate, points) in [
        ("whole", "66", "1"),
        ("part", "66", "0.8"),
        ("linear", "66", "0.92"),
        ("whole", "60", "0.8"),
        ("part", "60", "0.8"),
        ("linear", "60", "0.8"),
        ("whole", "60.000001", "1"),
        ("part", "59.999999", "0.6"),
        ("whole", "70", "1"),
        ("part", "70", "1"),
        ("part", "69.999999", "0.8"),
        ("part", "10", "0"),
    ] {
        let rulebook = with(&format!(
            "points: 1, value: 率, meets: |rate| rate >= 70,
             score: |rate| per_step(#{{ below: 70, step: 10, lose: 0.2, mode: \"{mode}\" }})"
        ));
        let found = finding(&rulebook, &[("rate", rate)]);
        assert_eq!(found.points.as_deref(), Some(points), "{mode}, {rate}");
        let outcome = match (rate, points) {
            ("70", _) => "met",
            (_, "0") => "unmet",
            (_, "1") => continue,
            _ => "partial",
        };
        assert_eq!(found.outcome, outcome, "{mode}, {rate}");
    }
}

/// Every change of a fix applied to the data.
fn applied(
    pairs: &[(&str, &str)],
    changes: &[&Change],
    instead: Option<&str>,
) -> Vec<(String, Given)> {
    let mut fields = given(pairs);
    for (index, change) in changes.iter().enumerate() {
        let to = instead.filter(|_| index == 0).unwrap_or(&change.to);
        fields.retain(|(name, _)| *name != change.field);
        fields.push((change.field.clone(), Given::Text(to.into())));
    }
    fields
}

fn all(fix: &Fix) -> Vec<&Change> {
    std::iter::once(&fix.change).chain(&fix.also).collect()
}

#[test]
#[rustfmt::skip]
fn a_fix_just_passes() {
    let mut wrong = Vec::new();
    for (condition, pairs, field, to) in [
        ("甲 >= 90", &[("a", "85.5")][..], "a", "90"),
        ("甲 > 90", &[("a", "85.5")], "a", "90.000001"),
        ("甲 <= 2.3", &[("a", "3")], "a", "2.3"),
        ("甲 < 2.3", &[("a", "3")], "a", "2.299999"),
        ("率 > 95", &[("rate", "95")], "rate", "95.01"),
        ("percent(部分, 总数) >= 57", &[("part", "50"), ("whole", "100")], "part", "57"),
        ("percent(部分, 总数) > 57", &[("part", "50"), ("whole", "100")], "part", "58"),
        ("percent(部分, 总数) >= 99.34", &[("part", "590"), ("whole", "601")], "part", "598"),
        ("percent(部分, 总数) >= 100", &[("part", "600"), ("whole", "601")], "part", "601"),
        ("甲 * 3 >= 1", &[("a", "0")], "a", "0.333334"),
        ("100 - 甲 >= 90", &[("a", "20")], "a", "10"),
        ("甲 >= 0.1 + 0.2", &[("a", "0")], "a", "0.3"),
        ("公顷数 >= 平方米数", &[("hectares", "1"), ("square", "12345")], "hectares", "1.2345"),
        ("round(甲, 0) >= 90", &[("a", "80")], "a", "89.5"),
        ("round(甲, 0) > 90", &[("a", "80")], "a", "90.500001"),
        ("ceil(甲) >= 90", &[("a", "80")], "a", "89.000001"),
        ("floor(甲) >= 90", &[("a", "80")], "a", "90"),
        ("abs(甲) <= 2", &[("a", "-5")], "a", "-2"),
        ("max([甲, 乙]) >= 9", &[("a", "1"), ("b", "2")], "b", "9"),
        ("when(有, 甲, 乙) >= 9", &[("yes", "是"), ("a", "1"), ("b", "2")], "a", "9"),
        (
            "min(各区) >= 1",
            &[
                ("districts.一", "0.5"),
                ("districts.二", "1"),
                ("districts.三", "1"),
                ("districts.四", "1"),
                ("districts.五", "1"),
                ("districts.六", "1"),
                ("districts.七", "1"),
                ("districts.八", "1"),
                ("districts.九", "1"),
                ("districts.十", "1"),
            ],
            "districts.一",
            "1",
        ),
        ("日期 <= date(\"2023-05\")", &[("day", "2023-07-01")], "day", "2023-05-31"),
        ("日期 < date(\"2023-05-31\")", &[("day", "2023-07-01")], "day", "2023-05-30"),
        ("有", &[("yes", "否")], "yes", "yes"),
    ] {
        let rulebook = with(&format!("meets: {condition}"));
        let found = finding(&rulebook, pairs);
        let fix = found.fixes.iter().find(|fix| fix.change.field == field);
        let Some(fix) = fix else {
            wrong.push(format!(
                "{condition}: no fix of {field}, but {:?}",
                found.fixes
            ));
            continue;
        };
        if (fix.change.to.as_str(), fix.also.len()) != (to, 0) {
            wrong.push(format!("{condition}: {}, not {to}", fix.change.to));
            continue;
        }
        for fix in &found.fixes {
            let outcome = |instead: Option<&str>| {
                let fields = applied(pairs, &all(fix), instead);
                checked(
                    &rulebook,
                    &Entry {
                        fields,
                        ..Entry::default()
                    },
                )
                .findings[0]
                    .outcome
            };
            assert_eq!(outcome(None), "met", "{condition}: {fix:?}");
            // One step less does not pass.
            let slot = rulebook
                .fields
                .iter()
                .find(|f| fix.change.field.starts_with(&f.id))
                .unwrap();
            let from = fix.change.from.as_deref().and_then(Number::parse);
            if let (Some(from), Some(to)) = (from, Number::parse(&fix.change.to)) {
                let step = Number::from_decimal(1, slot.digits).unwrap();
                let less = if to > from {
                    to.checked_sub(&step)
                } else {
                    to.checked_add(&step)
                };
                assert_eq!(
                    outcome(Some(&less.unwrap().exact())),
                    "unmet",
                    "{condition}: {fix:?}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_fix_keeps_limits_and_data_checks() {
    let rulebook = |more: &str, condition: &str| {
        rulebook_of(format!(
            "group(\"组\");
             field(\"机扫\", #{{ id: \"swept\", unit: \"万平方米\", min: 0{more} }});
             field(\"清扫\", #{{ id: \"area\", unit: \"万平方米\", min: 0, given: true }});
             field(\"台数\", #{{ id: \"count\", type: \"count\", max: 10 }});
             data_check(机扫 <= 清扫, \"机扫不应大于清扫\");
             indicator(\"A\", #{{ title: \"标\", advice: \"改\", meets: {condition} }});"
        ))
    };
    let of = |rulebook: &Rulebook, pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let found = finding(rulebook, pairs);
        assert_eq!(found.outcome, "unmet");
        found
            .fixes
            .iter()
            .map(|fix| (fix.change.field.clone(), fix.change.to.clone()))
            .collect()
    };
    let pairs = &[("swept", "412"), ("area", "480")];
    let fix = |to: &str| vec![("swept".to_string(), to.to_string())];
    assert_eq!(
        of(&rulebook("", "percent(机扫, 清扫) >= 93"), pairs),
        fix("446.4")
    );
    assert_eq!(
        of(
            &rulebook(", max: 446.4", "percent(机扫, 清扫) >= 93"),
            pairs
        ),
        fix("446.4")
    );
    // Over the limit, beyond the whole, or against a fact: nothing is offered.
    assert_eq!(
        of(
            &rulebook(", max: 446.39", "percent(机扫, 清扫) >= 93"),
            pairs
        ),
        []
    );
    assert_eq!(of(&rulebook("", "percent(机扫, 清扫) >= 101"), pairs), []);
    assert_eq!(
        of(
            &rulebook(", given: true", "percent(机扫, 清扫) >= 93"),
            pairs
        ),
        []
    );
    assert_eq!(
        of(
            &rulebook("", "台数 > 10 * count([清扫 > 0])"),
            &[("count", "3"), ("area", "1")]
        ),
        []
    );
    assert_eq!(
        of(&rulebook("", "台数 >= 9.5"), &[("count", "3")]),
        [("count".to_string(), "10".to_string())]
    );
    // Between two whole numbers there is none.
    assert_eq!(
        of(&rulebook("", "台数 > 4 && 台数 < 5"), &[("count", "3")]),
        []
    );
}

#[test]
fn what_one_change_cannot_fix_a_set_does() {
    let rulebook = with("meets: all([甲 >= 90, 率 > 95, 有])");
    let pairs = &[("a", "80"), ("rate", "95"), ("yes", "否")];
    let found = finding(&rulebook, pairs);
    assert_eq!(found.fixes.len(), 1, "{:?}", found.fixes);
    let fix = &found.fixes[0];
    let mut changes: Vec<(&str, &str)> = all(fix)
        .into_iter()
        .map(|c| (c.field.as_str(), c.to.as_str()))
        .collect();
    changes.sort_unstable();
    assert_eq!(changes, [("a", "90"), ("rate", "95.01"), ("yes", "yes")]);
    let fields = applied(pairs, &all(fix), None);
    assert_eq!(
        checked(
            &rulebook,
            &Entry {
                fields,
                ..Entry::default()
            }
        )
        .findings[0]
            .outcome,
        "met"
    );
    // A part that holds is left alone.
    let found = finding(&rulebook, &[("a", "95"), ("rate", "95"), ("yes", "否")]);
    assert!(
        all(&found.fixes[0])
            .iter()
            .all(|change| change.field != "a"),
        "{:?}",
        found.fixes
    );
    // One of several is enough.
    let any = finding(
        &with("meets: any([甲 >= 90, 乙 >= 90])"),
        &[("a", "80"), ("b", "70")],
    );
    let fields: Vec<&str> = any
        .fixes
        .iter()
        .map(|fix| fix.change.field.as_str())
        .collect();
    assert_eq!(fields, ["a", "b"], "the smaller change first");
    // What passes needs no change, and what is not known cannot be changed.
    assert!(
        finding(&with("meets: 甲 >= 90"), &[("a", "90")])
            .fixes
            .is_empty()
    );
    assert!(finding(&with("meets: 甲 >= 90"), &[]).fixes.is_empty());
    assert!(
        finding(&with("meets: 甲 >= 90"), &[("a", "三")])
            .fixes
            .is_empty()
    );
    // Two parts of one field must be fixed by one value.
    let both = finding(
        &with("meets: 甲 >= 90 && 甲 <= 95 && 乙 >= 1"),
        &[("a", "80"), ("b", "0")],
    );
    let pairs = &[("a", "80"), ("b", "0")];
    let fields = applied(pairs, &all(&both.fixes[0]), None);
    let rulebook = with("meets: 甲 >= 90 && 甲 <= 95 && 乙 >= 1");
    assert_eq!(
        checked(
            &rulebook,
            &Entry {
                fields,
                ..Entry::default()
            }
        )
        .findings[0]
            .outcome,
        "met"
    );
}

#[test]
fn a_data_check_is_an_error_or_a_warning() {
    for (severity, options, outcome) in [
        ("error", "", "invalid"),
        ("error", ", #{ severity: \"error\" }", "invalid"),
        ("warning", ", #{ severity: \"warning\" }", "met"),
    ] {
        let rulebook = rulebook_of(format!(
            "{FIELDS}data_check(部分 <= 总数, \"部分不应大于总数\"{options});
             indicator(\"A\", #{{ title: \"标\", advice: \"改\", meets: percent(部分, 总数) >= 57 }});
             indicator(\"B\", #{{ title: \"别的\", advice: \"改\", meets: 甲 >= 1 }});"
        ));
        let report = checked(
            &rulebook,
            &data(&[("part", "28498"), ("whole", "28491"), ("a", "1")]),
        );
        assert_eq!(report.findings[0].outcome, outcome, "{options}");
        assert_eq!(
            report.findings[1].outcome, "met",
            "what does not read these fields"
        );
        let problem = &report.data[0];
        assert_eq!((problem.code, problem.severity), ("data-check", severity));
        assert_eq!(problem.fields, ["part", "whole"]);
        assert!(problem.text.contains("部分不应大于总数"));
        // Equal is no contradiction, and what is missing contradicts nothing.
        for pairs in [&[("part", "5"), ("whole", "5")][..], &[("part", "5")], &[]] {
            assert!(
                checked(&rulebook, &data(pairs)).data.is_empty(),
                "{pairs:?}"
            );
        }
    }
}

#[test]
fn messages_and_advice_are_filled_with_what_was_entered() {
    // By name, by id, by label; a key of a list; a parameter; `$` alone is text.
    let rulebook = rulebook_of(format!(
        "{FIELDS}field(\"区厕\", #{{ id: \"toilets\", label: \"各区公厕\", unit: \"座\", keys: [\"东区\", \"西区\"] }});
         data_check(部分 <= 总数, \"${{部分}} 大于 ${{whole}}，$5，${{甲}}\");
         indicator(\"A\", #{{ title: \"标\", advice: \"现在 ${{率}}，线 ${{线}}，${{未定线}}；${{又有}}，${{日期}}\",
             meets: all([率 >= 线, advise(区厕.key(\"东区\") > 3, \"东区 ${{各区公厕.东区}}，西区 ${{区厕.西区}}\")]) }});"
    ));
    let fields = [
        ("part", "28498"),
        ("whole", "28491"),
        ("rate", "89.5%"),
        ("too", "是"),
        ("day", "2024年5月1日"),
        ("toilets.东区", "4"),
    ];
    let report = checked(&rulebook, &data(&fields));
    // What the check refuses is shown as it was entered; what was not entered as ？.
    assert_eq!(report.data[0].text, "28498 个 大于 28491 个，$5，？");
    assert_eq!(
        report.findings[0].advice,
        "现在 89.5%，线 90%，？；是，2024-05-01"
    );
    let fewer = [&fields[2..5], &[("toilets.东区", "3")]].concat();
    let report = checked(&rulebook, &data(&fewer));
    assert_eq!(report.findings[0].advice, "东区 3 座，西区 ？");
    // The documentation shows what will stand there.
    let advice = &rulebook.indicators[0].advice;
    assert_eq!(
        duibiao::wording::labelled(&rulebook, advice),
        "现在 ［率］，线 ［线］，［未定线］；［又有］，［日期］"
    );
}

#[test]
fn a_name_that_is_not_known_is_told_and_the_same_twice_is_refused() {
    let rulebook = with("meets: 甲 >= 1");
    let report = checked(&rulebook, &data(&[("wohle", "1")]));
    assert_eq!(
        (report.data[0].code, report.findings[0].outcome),
        ("unknown-field", "missing")
    );
    assert!(
        report.data[0].text.contains("whole"),
        "{}",
        report.data[0].text
    );
    let report = checked(&rulebook, &data(&[("districts.十一", "1")]));
    assert_eq!(report.data[0].code, "unknown-field");
    // Id and name are the same field.
    let report = checked(&rulebook, &data(&[("a", "1"), ("甲", "2")]));
    assert_eq!(
        (report.data[0].code, report.findings[0].outcome),
        ("duplicate", "invalid")
    );
    // So are id and name of a line.
    let rulebook = with("meets: 甲 >= 未定线");
    let set = |values: [&str; 2]| Entry {
        parameters: given(&[("open", values[0]), ("未定线", values[1])]),
        ..data(&[("a", "5")])
    };
    let report = checked(&rulebook, &set(["1", "9"]));
    assert_eq!(
        (report.data[0].code, report.findings[0].outcome),
        ("duplicate", "invalid")
    );
    let report = checked(&rulebook, &set(["1", "1.0"]));
    assert_eq!((report.data.len(), report.findings[0].outcome), (0, "met"));
}

#[test]
fn the_score_is_an_interval_while_anything_is_open() {
    let rulebook = rulebook_of(format!(
        "{FIELDS}
         indicator(\"A\", #{{ title: \"一\", advice: \"改\", points: 0.1, meets: 甲 >= 1 }});
         indicator(\"B\", #{{ title: \"二\", advice: \"改\", points: 0.2, meets: 乙 >= 1 }});
         indicator(\"C\", #{{ title: \"三\", advice: \"改\", points: 3, meets: 甲 >= 未定线 }});"
    ));
    let score = checked(&rulebook, &data(&[("a", "1"), ("b", "1")])).score;
    assert_eq!(
        (score.low.as_str(), score.high.as_str(), score.full.as_str()),
        ("0.3", "3.3", "3.3")
    );
    let score = checked(&rulebook, &data(&[("a", "0")])).score;
    assert_eq!(
        (score.low.as_str(), score.high.as_str(), score.full.as_str()),
        ("0", "3.2", "3.3")
    );
}
