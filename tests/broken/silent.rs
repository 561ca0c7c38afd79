//! What would be decided silently is a problem, and rules that hold are none.

use crate::probe::{STANDARD, source};
use crate::problems;
use duibiao::author::compile;

/// What Rhai would decide silently while rules are compiled, whatever the data.
#[test]
fn a_condition_that_data_could_not_change_is_a_problem() {
    const FIELDS: &str = r#"
group("组");
field("甲", #{ id: "a", unit: "个" });
field("有", #{ id: "b", type: "yes-no" });
field("各区", #{ id: "c", unit: "个", keys: ["东区", "西区"] });
"#;
    let silent: Vec<&str> = [
        "switch 甲 { 5 => true, _ => false }",
        "switch 有 { true => true, _ => false }",
        "{ let x = 0; while 甲 > x { x += 1; } x > 1 }",
        "{ let x = 0; do { x += 1; } until 甲 > x; x > 1 }",
        "{ let x = false; for y in 甲 { x = true; } x }",
        "甲 in [1, 5]",
        "!(甲 in [1, 5])",
        "[1, 5].contains(甲)",
        "[1, 5].index_of(甲) >= 0",
        "[1, 5].some(|x| x == 甲)",
        "`${甲}` == \"5\"",
        "\"共\" + 甲 == \"共5\"",
        "各区 >= 10",
        "各区 == 10",
        "各区 != 10",
        "10 <= 各区",
        "各区 == [1, 20]",
        "[甲] == [5]",
        "#{ a: 甲 } == #{ a: 5 }",
        "甲 == (1..6)",
        "甲 in 1..6",
        "(1..6).contains(甲)",
        "true",
        "1 > 0",
        // A part of a condition that would be.
        "甲 > 1 && 甲 in [1, 5]",
        "甲 > 1 || 各区 == 10",
        "甲 > 1 || 各区 == ()",
        "甲 > 1 && [1, 5].some(|x| x == 甲)",
        "all([1, 5].filter(|x| x == 甲).map(|y| 甲 > y)) || 甲 > 1",
        "甲 > [1, 5].index_of(|x| x == 甲)",
        "甲 > 1 && `${甲}` == \"5\"",
        "switch 甲 { 5 => 甲 > 1, _ => 甲 > 2 }",
    ]
    .into_iter()
    .filter(|condition| {
        let rule = format!(
            "{FIELDS}indicator(\"A\", #{{ title: \"标\", advice: \"改\", meets: {condition} }});"
        );
        problems(&[
            source("standard.rhai", STANDARD),
            source("1-a/x.rhai", rule),
        ])
        .is_empty()
    })
    .collect();
    assert!(silent.is_empty(), "compiled without a word: {silent:#?}");
}

#[test]
fn what_contradicts_itself_is_a_problem() {
    let silent: Vec<&str> = [
        r#"field("甲", #{ id: "a", min: 10, max: 5 });"#,
        r#"field("甲", #{ id: "面积" });"#,
        r#"field("甲", #{ id: "" });"#,
        r#"field("甲", #{ id: "a", type: "choice" });"#,
        r#"field("甲", #{ id: "a", keys: ["东区", "东区"] });"#,
        r#"field("甲", #{ id: "a", digits: -1 });"#,
        r#"field("甲", #{ id: "a", type: "percent", unit: "万元" });"#,
        r#"parameter("线", #{ id: "l", values: [#{ from: "2023-01-01", to: "2022-01-01", value: 1, source: "文" }] });"#,
        r#"parameter("线", #{ id: "l", values: [#{ from: "2023-01-01", value: 1, source: "文" }, #{ from: "2023-01-01", value: 2, source: "文" }] });"#,
        r#"parameter("线", #{ id: "l", values: [#{ from: "2023-01-01", source: "文" }] });"#,
        r#"field("甲", #{ id: "a" }); indicator("A", #{ title: "标", advice: "改", points: -1, meets: 甲 > 1 });"#,
        r#"field("甲", #{ id: "a" }); indicator("A", #{ title: "标", advice: "改", meets: 甲 > 1 }); example("错名", #{ 乙: 1 }, missing);"#,
        r#"field("甲", #{ id: "a" }); indicator("A", #{ title: "标", advice: "改", meets: 甲 > 1 }); example("错名", #{ 甲: 2 }, met, #{ parameters: #{ 乙: 1 } });"#,
        r#"field("甲", #{ id: "met" });"#,
    ]
    .into_iter()
    .filter(|rule| {
        let rule = format!("group(\"组\");\n{rule}");
        problems(&[source("standard.rhai", STANDARD), source("1-a/x.rhai", rule)]).is_empty()
    })
    .collect();
    assert!(silent.is_empty(), "compiled without a word: {silent:#?}");
}

#[test]
fn rules_that_hold_are_no_problem() {
    let rule = r#"
group("组");
field("甲", #{ id: "a", unit: "公顷" });
field("乙", #{ id: "b", unit: "平方米" });
const 线 = [1, 2];
fn over(a, b) { a > b }
for n in 线 {
    indicator(`A-${n}`, #{ title: "标", advice: "改", meets: over(甲 + 乙, n) && !(甲 < 1) });
}
field("各区", #{ id: "c", unit: "公顷", keys: ["东区", "西区"] });
const 名 = ["a", "b"];
if "a" in 名 && !("z" in 名) && 名 == ["a", "b"] && 名.index_of("b") == 1 && 名.some(|x| x == "b") {
    indicator("B-1", #{ title: "标", advice: "改", meets: all(各区.map(|x| any([甲, 乙].map(|y| y > 1 && x > 2)))) });
    indicator("B-2", #{ title: "标", advice: "改", meets: all(名.filter(|x, i| i > 0).map(|x| 甲 > x.len())) });
}
let above = |x, y| x > y;
indicator("B-3", #{ title: "标", advice: "改", meets: above.call(甲, 3) });
example("键", #{ 甲: 2, 各区: #{ 西区: 3 }, "各区.东区": 2 }, met);
"#;
    let sources = [
        source("standard.rhai", STANDARD),
        source("1-a/x.rhai", rule),
    ];
    assert_eq!(compile(&sources).unwrap().rulebook.indicators.len(), 5);
}
