//! `if` / `else if` / `else`: where data decide, both branches are in the rulebook; where a plain value
//! decides, only one is run.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::author::Problem;
use duibiao::date::Date;
use duibiao::entry::{Entry, Given};
use duibiao::report::{Lang, report};
use duibiao::rulebook::Rulebook;

const FIELDS: &str = r#"
group("组");
field("甲", #{ id: "a", unit: "公顷" });
field("乙", #{ id: "b", unit: "平方米" });
field("有", #{ id: "yes", type: "yes-no" });
field("日期", #{ id: "day", type: "date" });
field("规模", #{ id: "size", type: "choice", choices: ["大", "中", "小"] });
field("各区", #{ id: "districts", unit: "个", keys: ["东区", "西区"] });
parameter("线", #{ id: "line", unit: "公顷", values: [#{ from: "2023-01-01", value: 5, source: "文" }] });
parameter("未定线", #{ id: "open", unit: "公顷" });
"#;

fn compiled(rules: &str) -> Result<Rulebook, Vec<Problem>> {
    probe::compiled([FIELDS, rules].concat()).map(|compiled| compiled.rulebook)
}

/// Rules that end in an indicator, data as `name=value …`, and the outcome.
fn outcome(rules: &str, data: &str) -> String {
    let rulebook =
        compiled(rules).unwrap_or_else(|problems| panic!("{rules}\n{}", probe::shown(&problems)));
    let pairs = data
        .split_whitespace()
        .map(|pair| pair.split_once('=').unwrap());
    let entry = Entry {
        fields: pairs
            .map(|(name, value)| (name.into(), Given::Text(value.into())))
            .collect(),
        ..Entry::default()
    };
    let today = Date::new(2024, 6, 1).unwrap();
    let report = report(&rulebook, "", &entry, today, Lang::Zh);
    let finding = report.findings.last().unwrap();
    match &finding.points {
        Some(points) => format!("{} {points}", finding.outcome),
        None => finding.outcome.into(),
    }
}

fn expect(table: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (options, data, expected) in table {
        let rules = match options.contains("indicator(") {
            true => (*options).to_string(),
            false => format!("indicator(\"A\", #{{ title: \"标\", advice: \"改\", {options} }});"),
        };
        let found = outcome(&rules, data);
        if found != *expected {
            wrong.push(format!("{options} with {data}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn data_choose_between_two_branches() {
    expect(&[
        // Numbers, in the unit of the first.
        (
            "meets: if 有 { 甲 } else { 乙 } >= 2",
            "有=是 甲=2",
            "met 1",
        ),
        (
            "meets: if 有 { 甲 } else { 乙 } >= 2",
            "有=否 乙=19999",
            "unmet 0",
        ),
        (
            "meets: if 有 { 甲 } else { 乙 } >= 2",
            "有=否 乙=20000",
            "met 1",
        ),
        // What decides is enough; the other branch may be missing or not set.
        (
            "meets: if 有 { 甲 > 1 } else { 甲 > 未定线 }",
            "有=是 甲=2",
            "met 1",
        ),
        (
            "meets: if 有 { 甲 > 1 } else { 甲 > 未定线 }",
            "有=否 甲=2",
            "pending",
        ),
        (
            "meets: if 有 { 甲 > 1 } else { 甲 > 未定线 }",
            "甲=2",
            "missing",
        ),
        ("meets: if 有 { 甲 > 1 } else { 甲 > 3 }", "甲=2", "missing"),
        // Both branches the same way: which one does not matter.
        ("meets: if 有 { 甲 > 1 } else { 甲 > 3 }", "甲=4", "met 1"),
        // A condition and its opposite.
        ("meets: if 甲 > 1 { true } else { false }", "甲=2", "met 1"),
        (
            "meets: if 甲 > 1 { true } else { false }",
            "甲=1",
            "unmet 0",
        ),
        ("meets: if 甲 > 1 { false } else { true }", "甲=1", "met 1"),
        ("meets: if 有 { 甲 > 1 } else { true }", "有=否", "met 1"),
        // Dates, also written as texts.
        (
            "meets: 日期 <= if 有 { \"2023-05\" } else { date(\"2023-10\") }",
            "有=是 日期=2023-05-31",
            "met 1",
        ),
        (
            "meets: 日期 <= if 有 { \"2023-05\" } else { date(\"2023-10\") }",
            "有=是 日期=2023-06-01",
            "unmet 0",
        ),
        (
            "meets: 日期 <= if 有 { \"2023-05\" } else { date(\"2023-10\") }",
            "有=否 日期=2023-06-01",
            "met 1",
        ),
        // Texts.
        (
            "meets: 规模 == if 有 { \"大\" } else { \"中\" }",
            "有=是 规模=大",
            "met 1",
        ),
        (
            "meets: 规模 == if 有 { \"大\" } else { \"中\" }",
            "有=否 规模=大",
            "unmet 0",
        ),
    ]);
}

#[test]
fn chains_and_nests() {
    let chain = "value: 甲, meets: |v| v >= 9,
        score: if 甲 >= 9 { 1 } else if 甲 >= 7 { 0.5 } else if 甲 >= 5 { 0.25 } else { 0 }";
    let nest = "meets: if 有 { if 甲 > 5 { 乙 > 1 } else { 乙 > 2 } } else { 乙 > 3 }";
    expect(&[
        (chain, "甲=9", "met 1"),
        (chain, "甲=8.9", "partial 0.5"),
        (chain, "甲=5", "partial 0.25"),
        (chain, "甲=4.99", "unmet 0"),
        (nest, "有=是 甲=6 乙=2", "met 1"),
        (nest, "有=是 甲=5 乙=2", "unmet 0"),
        (nest, "有=否 乙=4", "met 1"),
        (
            "meets: all([if 有 { 甲 > 1 } else { true }, 乙 > 1])",
            "有=否 乙=2",
            "met 1",
        ),
        (
            "meets: if 规模 == \"大\" && 有 { 甲 > 1 } else { 甲 > 3 }",
            "规模=大 有=是 甲=2",
            "met 1",
        ),
        (
            "meets: if (有) { 甲 > 1 } else { 甲 > 3 } && 乙 > 1",
            "有=是 甲=2 乙=1",
            "unmet 0",
        ),
    ]);
}

#[test]
fn everywhere_a_value_can_stand() {
    let indicator = "indicator(\"A\", #{ title: \"标\", advice: \"改\", meets:";
    let function = format!(
        "fn 下限(x) {{ if x > 5 {{ let 半 = x / 2; 半 + 1 }} else {{ 2 }} }} {indicator} 甲 >= 下限(甲) }});"
    );
    let variable = format!("let 限 = if 有 {{ 1 }} else {{ 线 }}; {indicator} 甲 >= 限 }});");
    let closure = format!("{indicator} all(各区.map(|x| if x > 5 {{ true }} else {{ 有 }})) }});");
    let outer = format!(
        "let 底 = 3; let f = |x| if 有 {{ x > 底 }} else {{ x > 1 }}; {indicator} f.call(甲) }});"
    );
    let template = String::from(
        "for (名, i) in [\"一\", \"二\"] { indicator(`A-${i}`, #{ title: 名, advice: \"改\", meets: if 有 { 甲 > i } else { 甲 > 9 } }); }",
    );
    expect(&[
        (&function, "甲=6", "met 1"),
        (&function, "甲=1", "unmet 0"),
        (&variable, "有=是 甲=1", "met 1"),
        (&variable, "有=否 甲=4.9", "unmet 0"),
        (&variable, "有=否 甲=5", "met 1"),
        (&closure, "各区.东区=6 各区.西区=1 有=是", "met 1"),
        (&closure, "各区.东区=6 各区.西区=1 有=否", "unmet 0"),
        (&outer, "有=是 甲=3", "unmet 0"),
        (&outer, "有=否 甲=3", "met 1"),
        (&template, "有=是 甲=2", "met 1"),
        (
            "value: 甲, meets: |v| if 有 { v > 1 } else { v > 3 }",
            "有=否 甲=3",
            "unmet 0",
        ),
        (
            "meets: 甲 > 1, applies: if 有 { 乙 > 1 } else { false }",
            "有=否 甲=2",
            "not_applicable",
        ),
        ("meets: when(有, 甲 > 1, 乙 > 1)", "有=否 乙=2", "met 1"),
    ]);
}

#[test]
fn a_plain_condition_runs_one_branch_only() {
    let rule = "
        let 数 = 0;
        for n in [1, 2, 3] {
            if n == 2 { 数 += 10; continue; } else if n == 3 { 数 += 100 }
            数 += 1;
        }
        fn 级(n) { if n > 1 { return 2; } 1 }
        if 数 == 112 && 级(3) == 2 && 级(0) == 1 {
            indicator(\"A\", #{ title: \"标\", advice: \"改\", meets: 甲 > 1 });
        } else {
            indicator(\"B\", #{ title: \"标\", advice: \"改\", meets: 1 / 0 });
        }";
    assert_eq!(outcome(rule, "甲=2"), "met 1");
    // A condition on constants is plain, too.
    let rule = "indicator(\"A\", #{ title: \"标\", advice: \"改\",
        meets: if date(\"2023-01-01\") < date(\"2024-01-01\") { 甲 > 1 } else { all([]) } });";
    assert_eq!(outcome(rule, "甲=2"), "met 1");
}

#[test]
fn plain_numbers_divide_exactly() {
    expect(&[
        // 7 / 2 is 3.5, not 3; 1 / 3 × 3 is 1.
        ("meets: 甲 >= 7 / 2", "甲=3.5", "met 1"),
        ("meets: 甲 >= 7 / 2", "甲=3.49", "unmet 0"),
        ("meets: 甲 >= 1 / 3 * 3", "甲=1", "met 1"),
        // Functions without items, and `||` between conditions.
        (
            "meets: { let f = || 甲 > 1; f.call() || 乙 > 1 }",
            "甲=1 乙=2",
            "met 1",
        ),
    ]);
}

#[test]
fn what_a_branch_does_beside_giving_a_value_is_refused() {
    let table = [
        (
            "fn f(x) { if x > 1 { return 5; } 6 } let y = f(甲);",
            "return-in-branch",
        ),
        (
            "fn f(x) { if x > 1 { 5 } else { return 6; } } let y = f(甲);",
            "return-in-branch",
        ),
        (
            "for n in [1, 2] { if 甲 > n { break; } else { 1 } }",
            "return-in-branch",
        ),
        (
            "for n in [1, 2] { if 甲 > n { continue; } else { 1 } }",
            "return-in-branch",
        ),
        (
            "let x = 1; let y = if 有 { x = 2; 3 } else { 4 };",
            "change-in-branch",
        ),
        (
            "let x = 1; let y = if 有 { 3 } else if 甲 > 1 { 5 } else { x += 1; 4 };",
            "change-in-branch",
        ),
        (
            "let x = [1]; let y = if 有 { x[0] = 2; 3 } else { 4 };",
            "change-in-branch",
        ),
        (
            "let x = [1]; let y = if 有 { x.push(2); 3 } else { 4 };",
            "change-in-branch",
        ),
        (
            "let x = #{ a: 1 }; let y = if 有 { x.a = 2; 3 } else { 4 };",
            "change-in-branch",
        ),
        (
            "let x = 1; let f = |n| { x += n; x }; let y = if 有 { f.call(1) } else { 4 };",
            "change-in-branch",
        ),
        (
            "let x = [1]; let y = if 有 { [1, 2].map(|n| x.push(n)); 3 } else { 4 };",
            "change-in-branch",
        ),
        (
            "if 有 { field(\"丙\", #{ id: \"c\" }); 1 } else { 2 }",
            "declaration-in-branch",
        ),
        (
            "if 有 { 1 } else { parameter(\"丙\", #{ id: \"c\" }); 2 }",
            "declaration-in-branch",
        ),
        (
            "if 有 { group(\"又一组\"); 1 } else { 2 }",
            "declaration-in-branch",
        ),
        (
            "if 有 { indicator(\"A\", #{ title: \"标\", advice: \"改\", meets: 甲 > 1 }); 1 } else { 2 }",
            "declaration-in-branch",
        ),
        (
            "if 有 { data_check(甲 > 1, \"甲\"); 1 } else { 2 }",
            "declaration-in-branch",
        ),
        (
            "fn f(n) { field(`丙${n}`, #{ id: `c${n}` }); 1 } if 有 { f(1) } else { 2 }",
            "declaration-in-branch",
        ),
        ("if 有 { 1 }", "no-else"),
        ("if 有 { 1 } else if 甲 > 1 { 2 }", "no-else"),
        ("let y = if 有 { } else { 2 };", "not-a-value"),
        ("let y = if 有 { [1, 2] } else { 2 };", "not-a-value"),
        ("let y = if 有 { 甲 } else { 甲 > 1 };", "branch-kinds"),
        ("let y = if 有 { 日期 } else { 1 };", "branch-kinds"),
        ("let y = when(有, 甲, 甲 > 1);", "branch-kinds"),
        ("let y = if 有 { 甲 } else { 各区[0] };", "unit-mismatch"),
        ("let y = if 甲 { 1 } else { 2 };", "not-a-condition"),
        ("let y = if 各区 { 1 } else { 2 };", "not-a-value"),
        ("let y = if 5 { 1 } else { 2 };", "not-a-condition"),
        (
            "fn f(x) { if x > 1 { f(x - 1) } else { 0 } } let y = f(甲);",
            "too-long",
        ),
        (
            "fn f(x) { if x > 1 { f(x - 1) + f(x - 2) } else { 0 } } let y = f(甲);",
            "too-long",
        ),
        (
            "let y = if 规模 == if 有 { \"大\" } else { \"特大\" } { 1 } else { 2 };",
            "not-a-choice",
        ),
        ("let y = if 有 { 甲面 } else { 2 };", "unknown-name"),
        ("let y = if 有面 { 1 } else { 2 };", "unknown-name"),
        ("let y = if 有 { 1 } else { 甲面 };", "unknown-name"),
        ("let 甲 = if 有 { 1 } else { 2 };", "name-taken"),
    ];
    let mut wrong = Vec::new();
    for (rule, code) in table {
        let found: Vec<&str> = match compiled(rule) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(|p| p.trouble.code).collect(),
        };
        if found != [code] {
            wrong.push(format!("{rule}: {found:?}, not {code}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is told of a function far down in a file stands there.
#[test]
fn a_function_far_down_is_found() {
    let rule = ["\n".repeat(500).as_str(), "fn percent(a) { a }"].concat();
    let problems = compiled(&rule).unwrap_err();
    let places: Vec<(usize, usize)> = problems.iter().map(|p| (p.line, p.column)).collect();
    assert_eq!(places, [(FIELDS.lines().count() + 501, 4)]);
}

#[test]
fn a_bracket_on_the_line_under_an_if_is_a_statement_of_its_own() {
    let rules = "fn 和(a, b) {\n    if b { a } else { a + 1 }\n    (a + 5)\n}\n\
        indicator(\"A\", #{ title: \"标\", advice: \"改\", meets: 和(甲, 有) >= 7 });";
    expect(&[
        (rules, "甲=2 有=是", "met 1"),
        (rules, "甲=1.9 有=是", "unmet 0"),
    ]);
}
