//! Read aloud: what the shipped standards say of each indicator, in both languages, one text for each
//! outcome that its examples show. Whoever changes a sentence sees here what becomes of all of them:
//!
//! ```sh
//! RENEW=1 cargo test --test aloud && git diff tests/golden
//! ```

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::author::{Compiled, compile};
use duibiao::check::Outcome;
use duibiao::date::Date;
use duibiao::entry::{Entry, Given};
use duibiao::report::{Lang, report};
use probe::files::{rule_files, standards};
use probe::rulebook_of;
use std::fmt::Write as _;

/// What is said of each indicator.
fn aloud(compiled: &Compiled, lang: Lang) -> String {
    let mut text = String::new();
    let title = &compiled.rulebook.standard.title;
    writeln!(text, "# {title}").unwrap();
    for (index, indicator) in compiled.rulebook.indicators.iter().enumerate() {
        writeln!(text, "\n{} {}", indicator.id, indicator.title).unwrap();
        // On its own, as the others have no data here.
        let mut rulebook = compiled.rulebook.clone();
        rulebook.indicators = vec![indicator.clone()];
        let mut shown: Vec<Outcome> = Vec::new();
        for example in compiled
            .examples
            .iter()
            .filter(|example| example.indicator == index)
        {
            if shown.contains(&example.expected) {
                continue;
            }
            shown.push(example.expected);
            let as_of = example.as_of.unwrap_or(Date::new(2024, 1, 1).unwrap());
            let told = report(&rulebook, "", &example.entry, as_of, lang);
            writeln!(text, "- {}", told.findings[0].text).unwrap();
            for problem in &told.data {
                writeln!(text, "  ! {}", problem.text).unwrap();
            }
        }
        let failing = [Outcome::Unmet, Outcome::Partial];
        assert!(shown.contains(&Outcome::Met), "{}", indicator.id);
        assert!(shown.contains(&Outcome::Missing), "{}", indicator.id);
        assert!(
            shown.iter().any(|outcome| failing.contains(outcome)),
            "{}",
            indicator.id
        );
    }
    text
}

#[test]
fn every_indicator_reads_well_in_both_languages() {
    let compiled: Vec<Compiled> = standards()
        .iter()
        .map(|standard| compile(&rule_files(standard)).unwrap())
        .collect();
    for (lang, path) in [
        (Lang::Zh, "tests/golden/aloud-zh.txt"),
        (Lang::En, "tests/golden/aloud-en.txt"),
    ] {
        let texts: Vec<String> = compiled
            .iter()
            .map(|compiled| aloud(compiled, lang))
            .collect();
        let text = texts.join("\n");
        if std::env::var("RENEW").is_ok() {
            std::fs::write(path, &text).unwrap();
        }
        let golden = std::fs::read_to_string(path).unwrap_or_default();
        let differs = text
            .lines()
            .zip(golden.lines())
            .position(|(now, before)| now != before);
        if let Some(line) = differs {
            let (now, before) = (
                text.lines().nth(line).unwrap(),
                golden.lines().nth(line).unwrap(),
            );
            panic!(
                "{path}:{}\n  was: {before}\n  now: {now}\nIf it reads well, renew: RENEW=1 cargo test --test aloud",
                line + 1
            );
        }
        assert!(
            text == golden,
            "{path} is of another length; renew: RENEW=1 cargo test --test aloud"
        );
    }
}

/// A condition, data, and what is said of it in both languages between the verdict and the fixes.
const ASKED: &[(&str, &str, &str, &str)] = &[
    (
        "!(甲 >= 4)",
        "甲=5",
        "未达标。甲 5 件，要求 < 4 件，超出 1 件",
        "not met. 甲 5 件, required < 4 件, over by 1 件",
    ),
    (
        "!(甲 >= 4)",
        "甲=1",
        "达标。甲 1 件，要求 < 4 件，余 3 件",
        "met. 甲 1 件, required < 4 件, 3 件 to spare",
    ),
    (
        "!(甲 <= 4)",
        "甲=4",
        "未达标。甲 4 件，要求 > 4 件，恰在线上，未超过",
        "not met. 甲 4 件, required > 4 件, on the line, not beyond it",
    ),
    (
        "none([甲 >= 4, 乙 > 3])",
        "甲=5 乙=5",
        "未达标。甲 5 件，要求 < 4 件，超出 1 件；乙 5，要求 ≤ 3，超出 2",
        "not met. 甲 5 件, required < 4 件, over by 1 件; 乙 5, required ≤ 3, over by 2",
    ),
    (
        "!(甲 >= 4 && 乙 >= 4)",
        "甲=5 乙=5",
        "未达标。以下满足一项即可，现均未满足：甲 5 件，要求 < 4 件，超出 1 件；乙 5，要求 < 4，超出 1",
        "not met. One of these would do, none holds: 甲 5 件, required < 4 件, over by 1 件; 乙 5, required < 4, over by 1",
    ),
    (
        "none([!有, 无])",
        "有=否 无=是",
        "未达标。有：否，要求为“是”；无：是，要求为“否”",
        "not met. 有: no, should be “yes”; 无: yes, should be “no”",
    ),
    (
        "!one_of(选, [\"中\", \"差\"])",
        "选=差",
        "未达标。选 差，要求 ≠ 差",
        "not met. 选 差, required ≠ 差",
    ),
    (
        "any([甲 >= 40 && 有, 乙 >= 10])",
        "甲=5 乙=5 有=否",
        "未达标。以下满足一项即可，现均未满足：须同时满足（甲 5 件，要求 ≥ 40 件，差 35 件；有：否，要求为“是”）；乙 5，要求 ≥ 10，差 5",
        "not met. One of these would do, none holds: all of these together (甲 5 件, required ≥ 40 件, short by 35 件; 有: no, should be “yes”); 乙 5, required ≥ 10, short by 5",
    ),
    (
        "at_least(2, [甲 >= 4, 乙 >= 10, 有])",
        "甲=5 乙=5 有=否",
        "未达标。须满足 2 项，已满足 1 项，以下再满足 1 项即可：乙 5，要求 ≥ 10，差 5；有：否，要求为“是”",
        "not met. 2 must hold, 1 so far; 1 more of these would do: 乙 5, required ≥ 10, short by 5; 有: no, should be “yes”",
    ),
    (
        "!at_least(2, [甲 >= 4, 乙 >= 4, 有])",
        "甲=5 乙=5 有=否",
        "未达标。须满足 2 项，已满足 1 项，以下再满足 1 项即可：甲 5 件，要求 < 4 件，超出 1 件；乙 5，要求 < 4，超出 1",
        "not met. 2 must hold, 1 so far; 1 more of these would do: 甲 5 件, required < 4 件, over by 1 件; 乙 5, required < 4, over by 1",
    ),
    (
        "count([甲 >= 4, 乙 > 9, !无]) <= 1",
        "甲=5 乙=5 无=否",
        "未达标。成立项数（成立：甲 5 件 ≥ 4 件、无为“否”；不成立：乙 5 > 9） = 2，要求 ≤ 1，超出 1",
        "not met. number of conditions that hold (these do: 甲 5 件 ≥ 4 件, 无 is “no”; these do not: 乙 5 > 9) = 2, required ≤ 1, over by 1",
    ),
    (
        "if 有 { 甲 <= 3 } else { 甲 <= 10 }",
        "甲=5 有=是",
        "未达标。因有为“是”，适用：甲 5 件，要求 ≤ 3 件，超出 2 件",
        "not met. Because 有 is “yes”, this applies: 甲 5 件, required ≤ 3 件, over by 2 件",
    ),
    (
        "甲 <= when(选 == \"好\", 3, when(选 == \"中\", 4, 10))",
        "甲=11 选=差",
        "未达标。甲 11 件，要求 ≤ 10 件（因选为“差”），超出 1 件",
        "not met. 甲 11 件, required ≤ 10 件 (because 选 is “差”), over by 1 件",
    ),
    (
        "甲 <= when(乙 >= 9, 3, 4)",
        "甲=5 乙=8",
        "未达标。甲 5 件，要求 ≤ 4 件（因乙 8 < 9），超出 1 件",
        "not met. 甲 5 件, required ≤ 4 件 (because 乙 8 < 9), over by 1 件",
    ),
    (
        "filled(日) && 甲 >= 4",
        "甲=5",
        "未达标。日：未填写，要求为“已填写”",
        "not met. 日: not filled in, should be “filled in”",
    ),
    (
        "filled(日) && 甲 >= 4",
        "甲=5 日=2024-01-01",
        "达标。日：已填写；甲 5 件",
        "met. 日: filled in; 甲 5 件",
    ),
    // What is shown reckons up.
    (
        "乙 <= 3",
        "乙=80.004",
        "乙 80.004，要求 ≤ 3，超出 77.004",
        "乙 80.004, required ≤ 3, over by 77.004",
    ),
    (
        "abs(乙 - 90) <= 3",
        "乙=80.004",
        "绝对值（乙 80.004 − 90） = 9.996，要求 ≤ 3，超出 6.996",
        "= 9.996, required ≤ 3, over by 6.996",
    ),
    ("乙 >= 500", "乙=999.999", "余 499.999", "499.999 to spare"),
    (
        "甲 / 乙 >= 1.5",
        "甲=5 乙=5.004",
        "甲 5 件 ÷ 乙 5.004 = 0.999 件，要求 ≥ 1.5 件，差 0.501 件",
        "= 0.999 件, required ≥ 1.5 件, short by 0.501 件",
    ),
    (
        "甲 / 乙 <= 1",
        "甲=0.30000000000000004 乙=0.3",
        "甲 0.30000000000000004 件 ÷ 乙 0.3 = 1.0000000000000001 件，要求 ≤ 1 件",
        "甲 0.30000000000000004 件 ÷ 乙 0.3 = 1.0000000000000001 件",
    ),
    (
        "甲 / 乙 >= 0.940625",
        "甲=301 乙=320",
        "= 0.940625 件，要求 ≥ 0.940625 件，恰好达到",
        "= 0.940625 件, required ≥ 0.940625 件, exactly on the line",
    ),
    (
        "甲 / 乙 >= 50",
        "甲=5 乙=7",
        "= 0.71 件，要求 ≥ 50 件，差 49.29 件",
        "short by 49.29 件",
    ),
];

#[test]
fn what_is_asked_is_told_as_it_is() {
    let mut wrong = Vec::new();
    for (condition, data, zh, en) in ASKED {
        let rulebook = rulebook_of(format!(
            r#"group("组"); field("甲", #{{ id: "a", unit: "件" }}); field("乙", #{{ id: "b" }});
               field("有", #{{ id: "y", type: "yes-no" }}); field("无", #{{ id: "n", type: "yes-no" }});
               field("选", #{{ id: "c", type: "choice", choices: ["好", "中", "差"] }});
               field("日", #{{ id: "d", type: "date" }});
               indicator("A", #{{ title: "标", advice: "改", meets: {condition} }});"#
        ));
        let fields = data.split(' ').filter_map(|pair| pair.split_once('='));
        let entry = Entry {
            fields: fields
                .map(|(name, text)| (name.into(), Given::Text(text.into())))
                .collect(),
            ..Entry::default()
        };
        for (lang, due) in [(Lang::Zh, zh), (Lang::En, en)] {
            let as_of = Date::new(2024, 1, 1).unwrap();
            let told = report(&rulebook, "", &entry, as_of, lang);
            let text = &told.findings[0].text;
            if !text.contains(due) {
                wrong.push(format!("{condition}, {data}: {text}, not {due}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
