//! Awkward cases that published figures really hold, each decided as it should be.
//!
//! The cases are data, `golden/awkward.json`: the figures are those that were printed. The same
//! list is asserted on the command line, in Node and in Chromium (`awkward.test.mjs`).

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::author::compile;
use duibiao::date::Date;
use duibiao::entry::{Entry, Given};
use duibiao::report::{Lang, Report, report};
use duibiao::rulebook::Rulebook;
use probe::{shown, source};
use serde_json::Value;

/// What a list says, or nothing.
fn texts(value: &Value) -> Option<Vec<&str>> {
    let list = value.as_array()?;
    Some(list.iter().map(|text| text.as_str().unwrap()).collect())
}

fn items(value: &Value) -> Vec<(String, Given)> {
    let given = |value: &Value| match value {
        Value::Null => Given::Empty,
        Value::Bool(truth) => Given::Truth(*truth),
        Value::String(text) => Given::Text(text.clone()),
        Value::Object(_) => Given::Keyed(items(value)),
        number => Given::Text(number.to_string()),
    };
    let items = value.as_object().into_iter().flatten();
    items
        .map(|(name, value)| (name.clone(), given(value)))
        .collect()
}

fn told(rulebook: &Rulebook, one: &Value, as_of: &Value) -> Report {
    let entry = Entry {
        fields: items(&one["data"]["fields"]),
        parameters: items(&one["data"]["parameters"]),
        ..Entry::default()
    };
    let as_of = one["as_of"].as_str().or(as_of.as_str()).unwrap();
    report(rulebook, "", &entry, Date::parse(as_of).unwrap(), Lang::Zh)
}

#[test]
fn awkward_cases_are_decided_as_they_should_be() {
    let text = std::fs::read_to_string("tests/golden/awkward.json").unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    let mut numbers = Vec::new();
    for case in whole["cases"].as_array().unwrap() {
        numbers.push(case["case"].as_u64().unwrap());
        let rules = [&whole["group"], &case["rules"]].map(|text| text.as_str().unwrap());
        let files = [
            source("standard.rhai", whole["frame"].as_str().unwrap()),
            source("1-a/x.rhai", rules.concat()),
        ];
        let rulebook = match compile(&files) {
            Ok(compiled) => compiled.rulebook,
            Err(problems) => panic!("{}: {}", case["says"], shown(&problems)),
        };
        for one in case["tries"].as_array().unwrap() {
            let what = format!("{} {one}", case["says"]);
            let report = told(&rulebook, one, &whole["as_of"]);
            let finding = &report.findings[0];
            assert_eq!(one["outcome"], finding.outcome, "{what}: {}", finding.text);
            if let Some(codes) = texts(&one["codes"]) {
                let found: Vec<&str> = report.data.iter().map(|problem| problem.code).collect();
                assert_eq!(found, codes, "{what}");
            }
            for text in texts(&one["text"]).unwrap_or_default() {
                assert!(finding.text.contains(text), "{what}: {}", finding.text);
            }
            for text in texts(&one["without"]).unwrap_or_default() {
                assert!(!finding.text.contains(text), "{what}: {}", finding.text);
            }
            if let Some(points) = one["points"].as_str() {
                assert_eq!(finding.points.as_deref(), Some(points), "{what}");
            }
            if let Some(fix) = one["fix"].as_object() {
                let first = &finding.fixes[0].change;
                assert_eq!(
                    (&fix["field"], &fix["to"]),
                    (&first.field.as_str().into(), &first.to.as_str().into()),
                    "{what}"
                );
            }
        }
    }
    numbers.dedup();
    assert_eq!(numbers, (1..=10).collect::<Vec<u64>>());
}
