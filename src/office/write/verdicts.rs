//! Verdicts: what a report says of each indicator, for the columns beside the rows.

use crate::check::Outcome;
use crate::rulebook::Indicator;
use crate::wording::{self, Lang};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a report says.
pub struct Verdicts {
    lang: Lang,
    /// By indicator: outcome, points of full points, why.
    findings: BTreeMap<String, (String, String, String)>,
    /// By path: what is wrong with the value.
    data: BTreeMap<String, String>,
}

impl Verdicts {
    /// From a report as JSON; what is none says nothing.
    pub fn of(report: &Value, lang: Lang) -> Self {
        let text = |value: &Value, name: &str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_string()
        };
        let list = |name: &str| {
            report
                .get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let mut data: BTreeMap<String, String> = BTreeMap::new();
        for problem in list("data") {
            for path in problem
                .get("fields")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                let told = data.entry(path.as_str().unwrap_or("").into()).or_default();
                if !told.is_empty() {
                    told.push('\n');
                }
                told.push_str(&text(problem, "text"));
            }
        }
        let findings = list("findings").map(|finding| {
            let word = text(finding, "outcome");
            let known = Outcome::ALL.into_iter().find(|known| known.word() == word);
            let outcome = known.map_or(word, |known| wording::outcome(known, lang).to_string());
            let points = match (text(finding, "points"), text(finding, "of")) {
                (points, _) if points.is_empty() => String::new(),
                (points, of) => [&points, "/", &of].concat(),
            };
            (
                text(finding, "indicator"),
                (outcome, points, text(finding, "text")),
            )
        });
        Self {
            lang,
            findings: findings.collect(),
            data,
        }
    }

    /// Outcome, points and reason of an indicator.
    pub fn of_indicator(&self, id: &str) -> (String, String, String) {
        self.findings.get(id).cloned().unwrap_or_default()
    }

    /// Outcomes and reasons of all the indicators that a row belongs to.
    pub fn of_indicators(&self, indicators: &[&Indicator]) -> (String, String) {
        let found: Vec<_> = indicators
            .iter()
            .filter_map(|one| Some((&one.id, self.findings.get(&one.id)?)))
            .collect();
        if let [(_, (outcome, _, why))] = found.as_slice() {
            return (outcome.clone(), why.clone());
        }
        let colon = match self.lang {
            Lang::Zh => "：",
            Lang::En => ": ",
        };
        let outcomes: Vec<String> = found
            .iter()
            .map(|(id, (outcome, _, _))| [id, " ", outcome].concat())
            .collect();
        let whys: Vec<String> = found
            .iter()
            .map(|(id, (_, _, why))| [id, colon, why].concat())
            .collect();
        (outcomes.join("\n"), whys.join("\n"))
    }

    /// What is wrong with the value at a path.
    pub fn of_data(&self, path: &str) -> &str {
        self.data.get(path).map_or("", String::as_str)
    }
}
