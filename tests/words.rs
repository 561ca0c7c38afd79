//! Every word for values and conditions, with plain values and with data: what is plain is known while
//! rules are compiled, and what data give is known when they are checked, and both are the same.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::author::vocabulary;
use duibiao::rulebook::{Constant, Node};
use probe::checked;
use std::collections::BTreeSet;

const FIELDS: &str = r#"group("组");
field("一", #{ id: "one" });
field("二", #{ id: "two" });
field("半", #{ id: "half" });
field("负", #{ id: "minus" });
field("好", #{ id: "good", type: "yes-no" });
field("坏", #{ id: "bad", type: "yes-no" });
field("初", #{ id: "first", type: "date" });
field("末", #{ id: "last", type: "date" });
field("各区", #{ id: "all_of", keys: ["东", "西"] });
parameter("线", #{ id: "line", values: [#{ from: "2020-01-01", value: 10, source: "文" }] });
"#;

const DATA: &str =
    "一=1 二=2 半=2.5 负=-2 好=是 坏=否 初=2023-01-31 末=2024-01-01 各区.东=1 各区.西=2";

/// A word with plain values, and with data that are the same; both hold.
const CONDITIONS: &[(&str, &str, &str)] = &[
    ("percent", "percent(1, 2) == 50", "percent(一, 二) == 50"),
    (
        "percent",
        "percent(1, 2, #{ zero: \"met\" }) == 50",
        "percent(一, 2) == 50",
    ),
    ("ratio", "ratio(1, 2) == 0.5", "ratio(一, 二) == 0.5"),
    ("sum", "sum([1, 2]) == 3", "sum(一, 二) == 3"),
    (
        "average",
        "average([1, 2]) == 1.5",
        "average([一, 2]) == 1.5",
    ),
    ("min", "min([2, 1]) == 1", "min([二, 一]) == 1"),
    ("max", "max(1, 2) == 2", "max(一, 2) == 2"),
    ("abs", "abs(-2) == 2", "abs(负) == 2"),
    ("abs", "abs(0.5 - 1) == 0.5", "abs(负 + 1.5) == 0.5"),
    ("round", "round(2.5, 0) == 2", "round(半, 0) == 2"),
    (
        "round",
        "round(7 / 3, 2) == 2.33",
        "round(半 - 1 / 6, 2) == 2.33",
    ),
    ("ceil", "ceil(2.5) == 3", "ceil(半) == 3"),
    ("floor", "floor(2.5) == 2", "floor(半) == 2"),
    (
        "weighted_average",
        "weighted_average([[1, 40], [2, 60]]) == 1.6",
        "weighted_average([[一, 40], [二, 120 / 2]]) == 1.6",
    ),
    (
        "count",
        "count([true, false, true]) == 2",
        "count([好, 坏, true]) == 2",
    ),
    (
        "changes",
        "sum(changes([1, 2, 4])) == 3",
        "sum(changes([一, 二, 4])) == 3",
    ),
    ("all", "all([true, true])", "all([好, true])"),
    ("any", "any([false, true])", "any([坏, 好])"),
    ("none", "none([false, false])", "none([坏, false])"),
    (
        "at_least",
        "at_least(2, [true, false, true])",
        "at_least(4 / 2, [好, 坏, true])",
    ),
    ("between", "between(1, 0, 1)", "between(一, 0.5, 二)"),
    (
        "not_decreasing",
        "not_decreasing([1, 1, 2])",
        "not_decreasing([一, 1, 二])",
    ),
    ("increasing", "increasing([1, 2])", "increasing(各区)"),
    (
        "not_increasing",
        "not_increasing([2, 1, 1])",
        "not_increasing([二, 一, 1])",
    ),
    ("decreasing", "decreasing([2, 1])", "decreasing([二, 1])"),
    ("advise", "advise(1 < 2, \"改\")", "advise(一 < 二, \"改\")"),
    ("when", "when(true, 1, 2) == 1", "when(好, 一, 2) == 1"),
    (
        "when",
        "when(1 > 2, 1, 2) == 2",
        "when(一 > 二, 1, 二) == 2",
    ),
    ("one_of", "one_of(1, [2, 1])", "one_of(一, [二, 1])"),
    (
        "one_of",
        "one_of(\"大\", [\"小\", \"大\"])",
        "one_of(二, [一, 2])",
    ),
    (
        "date",
        "date(\"2024-01\") == date(\"2024-01-31\")",
        "末 == date(\"2024-01-01\")",
    ),
    (
        "as_of",
        "date(\"2023-01-01\") < date(\"2024-01-01\")",
        "as_of() == 末",
    ),
    (
        "years_after",
        "years_after(\"2023-01-31\", 1) == date(\"2024-01-31\")",
        "years_after(初, 2 / 2) == date(\"2024-01-31\")",
    ),
    (
        "months_after",
        "months_after(date(\"2023-01-31\"), 1) == date(\"2023-02-28\")",
        "months_after(初, 1) == date(\"2023-02-28\")",
    ),
    (
        "days_between",
        "days_between(\"2023-01-31\", \"2024-01-01\") == 335",
        "days_between(初, 末) == 335",
    ),
    (
        "years_between",
        "years_between(date(\"2020-01-01\"), \"2024-01-01\") == 4",
        "years_between(初, \"2024-01-31\") == 1",
    ),
];

/// Points of 3 for the value 5, with plain values and with a parameter or data.
const SCORES: &[(&str, &str, &str)] = &[
    (
        "per_step",
        "per_step(#{ below: 10, step: 5, lose: 1 })",
        "per_step(#{ below: 线, step: 二 + 3, lose: 一 })",
    ),
    (
        "proportional",
        "proportional(#{ target: 7.5 })",
        "proportional(#{ target: 线 - 半 })",
    ),
    (
        "per_occurrence",
        "per_occurrence(#{ lose: 0.2 })",
        "per_occurrence(#{ lose: 二 / 线, least: 一 })",
    ),
    (
        "bands",
        "bands([#{ from: 5, points: 2 }, #{ below: 5, points: 0 }])",
        "bands([#{ from: 半 + 2.5, points: 二 }, #{ points: 0 }])",
    ),
];

/// Words that are of data alone: a value by its key, whether something is entered.
const OF_DATA: &[(&str, &str)] = &[("key", "各区.key(\"西\") == 2"), ("filled", "filled(一)")];

fn indicator(condition: &str) -> String {
    format!("{FIELDS}indicator(\"A\", #{{ title: \"标\", advice: \"改\", {condition} }});")
}

#[test]
fn every_word_is_tried_below() {
    let told: BTreeSet<&str> = vocabulary()
        .into_iter()
        .filter(|word| !word.declares)
        .map(|word| word.word)
        .collect();
    let tables = CONDITIONS.iter().chain(SCORES);
    let tried = tables.map(|(word, ..)| *word);
    let tried: BTreeSet<&str> = tried.chain(OF_DATA.iter().map(|(word, _)| *word)).collect();
    assert_eq!(told, tried);
}

#[test]
fn plain_values_are_known_while_rules_are_compiled() {
    for (word, plain, data) in CONDITIONS {
        // A plain condition takes one branch at once: no choice is left in the rulebook.
        let chosen = format!("meets: if {plain} {{ 一 >= 1 }} else {{ 一 >= 9 }}");
        let rulebook = probe::standard("", &indicator(&chosen));
        let choices = |node: &&Node| matches!(node, Node::When(..));
        assert_eq!(
            rulebook.graph.nodes.iter().filter(choices).count(),
            0,
            "{plain}"
        );
        let lines: Vec<&Node> = rulebook.graph.nodes.iter().collect();
        let one = Node::Constant(Constant::Number(1.into()));
        assert!(lines.contains(&&one), "{plain} does not hold");
        let rulebook = probe::standard("", &indicator(&format!("meets: {data}")));
        let finding = &checked(&rulebook, DATA).findings[0];
        assert_eq!(finding.outcome, "met", "{word}: {data}: {}", finding.text);
    }
    for (_, condition) in OF_DATA {
        let rulebook = probe::standard("", &indicator(&format!("meets: {condition}")));
        assert_eq!(
            checked(&rulebook, DATA).findings[0].outcome,
            "met",
            "{condition}"
        );
    }
}

#[test]
fn scoring_words_take_plain_values_and_data() {
    for (word, plain, data) in SCORES {
        for score in [plain, data] {
            let options = format!("points: 3, value: 一 * 5, meets: |v| v >= 10, score: {score}");
            let rulebook = probe::standard("", &indicator(&options));
            let finding = &checked(&rulebook, DATA).findings[0];
            assert_eq!(finding.points.as_deref(), Some("2"), "{word}: {score}");
        }
    }
}

#[test]
fn what_is_computed_from_plain_values_is_a_number_anywhere() {
    let options = "points: 7 / 2, digits: 6 / 3, value: 一, meets: |v| v >= round(0.994, 2)";
    let rulebook = probe::standard("", &indicator(options));
    let finding = &checked(&rulebook, "一=0.985").findings[0];
    assert_eq!((finding.outcome, finding.of.as_str()), ("unmet", "3.5"));
}
