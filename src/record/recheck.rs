//! Checking a report again: what it says against what the same rules make of the same data.
//!
//! That a report holds means that its verdicts follow from the data and the rules that it names;
//! whether that data is true, no recheck can say.

use super::recorded::Recorded;
use super::{ENGINE, canonical, entry_digest};
use crate::report::report;
use crate::rulebook::Rulebook;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recheck {
    /// Whether the report says what the rules make of its data. Another version of the program is
    /// no difference by itself.
    pub holds: bool,
    /// Why it does not; and, where it does, that another version made it.
    pub causes: Vec<Cause>,
    /// What is different, the verdicts first.
    pub differences: Vec<Difference>,
}

/// Why a report does not hold.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The rulebook is not the one that the report names.
    Rulebook,
    /// The entry is not the one that the report has the digest of.
    Entry,
    /// Another version of the program made it.
    Engine,
    /// Nothing of this: the report was altered after it was made.
    Report,
}

/// A part of a report, the weightiest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The outcome of an indicator; or that there is one.
    Verdict,
    /// Its points.
    Points,
    /// The score.
    Score,
    /// What is wrong with the data.
    Data,
    /// What was entered.
    Entry,
    /// Which standard it is.
    Standard,
    /// Reasons, fixes, what is missing.
    Explanation,
    /// Sentences.
    Text,
    /// What no report has, or has elsewhere.
    Form,
}

/// Something that the report says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Which part.
    pub part: Part,
    /// Of which indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// Where: the names from the outside in.
    pub at: String,
    /// What the report says; absent where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Value>,
    /// What was found; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Value>,
}

/// Whether the entry of a report is the one that it has the digest of.
pub fn entry_agrees(recorded: &Recorded) -> bool {
    recorded.entry_digest == entry_digest(&canonical(&recorded.entry))
}

/// Checks a report again; `digest` is that of the rulebook's bytes.
pub fn recheck(recorded: &Recorded, rulebook: &Rulebook, digest: &str) -> Recheck {
    let found = report(
        rulebook,
        digest,
        &recorded.entry,
        recorded.as_of,
        recorded.lang,
    );
    let mut differences = Vec::new();
    // A report consists of what can be written.
    let found = serde_json::to_value(&found).unwrap_or(Value::Null);
    for (name, old, new) in names(Some(&recorded.whole), Some(&found)) {
        let part = match name {
            // That is a cause, not a difference.
            "engine" => continue,
            "findings" => {
                findings(old, new, &mut differences);
                continue;
            }
            "score" => Part::Score,
            "data" => Part::Data,
            "entry" | "entry_digest" => Part::Entry,
            "standard" => Part::Standard,
            _ => Part::Form,
        };
        leaves(part, None, name, old, new, &mut differences);
    }
    differences.sort_by_key(|difference| difference.part);
    let mut causes = Vec::new();
    if recorded.standard.digest != digest {
        causes.push(Cause::Rulebook);
    }
    if !entry_agrees(recorded) {
        causes.push(Cause::Entry);
    }
    if recorded.engine != ENGINE {
        causes.push(Cause::Engine);
    }
    if causes.is_empty() && !differences.is_empty() {
        causes.push(Cause::Report);
    }
    Recheck {
        holds: differences.is_empty(),
        causes,
        differences,
    }
}

/// The names of two objects, each with what both say to it.
fn names<'a>(
    old: Option<&'a Value>,
    new: Option<&'a Value>,
) -> Vec<(&'a str, Option<&'a Value>, Option<&'a Value>)> {
    let map = |value: Option<&'a Value>| value.and_then(Value::as_object);
    let (old, new) = (map(old), map(new));
    let keys = |map: &'a serde_json::Map<String, Value>| map.keys().map(String::as_str);
    let all: BTreeSet<&str> = old.into_iter().chain(new).flat_map(keys).collect();
    let each = |name| {
        let get = |map: Option<&'a serde_json::Map<String, Value>>| map?.get(name);
        (name, get(old), get(new))
    };
    all.into_iter().map(each).collect()
}

/// The findings: each indicator on its own, whatever the order.
fn findings(old: Option<&Value>, new: Option<&Value>, out: &mut Vec<Difference>) {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let (old, new) = (list(old), list(new));
    let id = |finding: &Value| {
        let id = finding.get("indicator").and_then(Value::as_str);
        id.unwrap_or_default().to_string()
    };
    let mut known: HashMap<String, &Value> = HashMap::new();
    let mut surplus = Vec::new();
    for (index, finding) in old.iter().enumerate() {
        if known.insert(id(finding), finding).is_some() {
            surplus.push((index, finding));
        }
    }
    for (index, finding) in new.iter().enumerate() {
        let id = id(finding);
        let at = format!("findings/{index}");
        let Some(recorded) = known.remove(&id) else {
            out.push(Difference {
                part: Part::Verdict,
                indicator: Some(id),
                at,
                recorded: None,
                found: finding.get("outcome").cloned(),
            });
            continue;
        };
        for (name, old, new) in names(Some(recorded), Some(finding)) {
            let part = match name {
                "outcome" => Part::Verdict,
                "points" | "of" | "kind" => Part::Points,
                "text" | "title" | "advice" => Part::Text,
                _ => Part::Explanation,
            };
            leaves(part, Some(&id), &format!("{at}/{name}"), old, new, out);
        }
    }
    let left = old
        .iter()
        .enumerate()
        .filter(|(_, finding)| known.contains_key(&id(finding)));
    for (index, finding) in left.chain(surplus) {
        out.push(Difference {
            part: Part::Verdict,
            indicator: Some(id(finding)),
            at: format!("findings/{index}"),
            recorded: finding.get("outcome").cloned(),
            found: None,
        });
    }
    let order = |list: &[Value]| list.iter().map(id).collect::<Vec<String>>();
    if out.is_empty() && order(&old) != order(&new) {
        out.push(Difference {
            part: Part::Form,
            indicator: None,
            at: "findings".into(),
            recorded: Some(order(&old).into()),
            found: Some(order(&new).into()),
        });
    }
}

/// Where two values differ, down to what holds no others.
fn leaves(
    part: Part,
    indicator: Option<&str>,
    at: &str,
    old: Option<&Value>,
    new: Option<&Value>,
    out: &mut Vec<Difference>,
) {
    match (old, new) {
        _ if old == new => {}
        (Some(Value::Object(_)), Some(Value::Object(_))) => {
            for (name, old, new) in names(old, new) {
                leaves(part, indicator, &format!("{at}/{name}"), old, new, out);
            }
        }
        (Some(Value::Array(one)), Some(Value::Array(two))) if one.len() == two.len() => {
            for (index, (old, new)) in one.iter().zip(two).enumerate() {
                let at = format!("{at}/{index}");
                leaves(part, indicator, &at, Some(old), Some(new), out);
            }
        }
        _ => out.push(Difference {
            part,
            indicator: indicator.map(String::from),
            at: at.into(),
            recorded: old.cloned(),
            found: new.cloned(),
        }),
    }
}
