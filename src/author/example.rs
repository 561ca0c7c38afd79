//! Examples: the cases that stand beside the rules, and what becomes of them.

use crate::check::Outcome;
use crate::date::Date;
use crate::entry::{Entry, Given};
use crate::number::Number;
use crate::report::{Finding, Lang, Report, report};
use crate::rulebook::{Parameter, Rulebook};
use crate::wording::Text;
use serde::{Serialize, Serializer};

/// Data, and what an indicator should say of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// Index of the indicator.
    pub indicator: usize,
    /// The data.
    pub entry: Entry,
    /// The outcome expected.
    pub expected: Outcome,
    /// The points expected, where the example says.
    pub points: Option<Number>,
    /// The missing fields expected, where the example says.
    pub fields: Vec<String>,
    /// Changes of which each should be among the fixes.
    pub fix: Vec<(String, Given)>,
    /// The date to check as of, where the example says.
    pub as_of: Option<Date>,
    /// Where it is written: `file:line:column`.
    pub place: String,
}

/// Data as a data file holds it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Data {
    fields: Item,
    parameters: Item,
    not_applicable: Item,
    waived: Item,
}

/// A value of a data file.
#[derive(Clone, Debug, PartialEq)]
struct Item(Given);

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Given::Empty => serializer.serialize_unit(),
            Given::Text(text) => serializer.serialize_str(text),
            Given::Truth(truth) => serializer.serialize_bool(*truth),
            Given::Keyed(items) => {
                serializer.collect_map(items.iter().map(|(key, item)| (key, Self(item.clone()))))
            }
        }
    }
}

impl From<&Entry> for Data {
    fn from(entry: &Entry) -> Self {
        let item = |items: &[(String, Given)]| Item(Given::Keyed(items.to_vec()));
        Self {
            fields: item(&entry.fields),
            parameters: item(&entry.parameters),
            not_applicable: item(&entry.not_applicable),
            waived: item(&entry.waived),
        }
    }
}

/// What became of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What differs from what was expected, in both languages; empty when it passed.
    pub differences: Vec<Text>,
    /// The finding.
    pub finding: Finding,
}

/// Checks the data of an example and compares.
pub fn run(rulebook: &Rulebook, example: &Example, as_of: Date) -> Option<Verdict> {
    let as_of = example.as_of.unwrap_or(as_of);
    let report = reported(rulebook, example, as_of, Lang::Zh);
    let finding = report.findings.into_iter().nth(example.indicator)?;
    let mut differences = Vec::new();
    if finding.outcome != example.expected.word() {
        differences.push(differs(
            ("结果", "outcome"),
            example.expected.word(),
            finding.outcome,
        ));
        differences.extend(not_in_force(rulebook, &finding.pending, as_of));
        if finding.outcome == "invalid" {
            differences.extend(unsound(rulebook, example, as_of));
        }
    }
    if let Some(points) = &example.points {
        let (expected, found) = (
            points.to_string(),
            finding.points.clone().unwrap_or_else(|| "–".into()),
        );
        if expected != found {
            differences.push(differs(("得分", "points"), &expected, &found));
        }
    }
    if !example.fields.is_empty() {
        let id = |name: &String| field_id(rulebook, name);
        let mut expected: Vec<String> = example.fields.iter().map(id).collect();
        let mut found = finding.missing.clone();
        expected.sort_unstable();
        found.sort_unstable();
        if expected != found {
            differences.push(differs(
                ("缺少的字段", "missing fields"),
                &expected.join("、"),
                &found.join("、"),
            ));
        }
    }
    for (name, to) in &example.fix {
        let id = field_id(rulebook, name);
        let to = match to {
            Given::Text(text) => text.clone(),
            Given::Truth(truth) => if *truth { "yes" } else { "no" }.into(),
            Given::Empty | Given::Keyed(_) => String::new(),
        };
        let fixes = finding
            .fixes
            .iter()
            .flat_map(|fix| std::iter::once(&fix.change).chain(&fix.also));
        let found: Vec<String> = fixes
            .filter(|change| change.field == id)
            .map(|change| change.to.clone())
            .collect();
        if !found.contains(&to) {
            differences.push(differs(
                ("改法", "fix"),
                &format!("{id} → {to}"),
                &format!("{id} → {}", found.join("、")),
            ));
        }
    }
    Some(Verdict {
        differences,
        finding,
    })
}

fn differs(what: (&str, &str), expected: &str, found: &str) -> Text {
    Text::new(
        format!("{}：期望 {expected}，实得 {found}", what.0),
        format!("{}: expected {expected}, found {found}", what.1),
    )
}

fn reported(rulebook: &Rulebook, example: &Example, as_of: Date, lang: Lang) -> Report {
    report(rulebook, "", &example.entry, as_of, lang)
}

/// Which lines have a value, but not on the date of an example: an author who sees the value
/// in the rules would not guess it.
fn not_in_force<'a>(
    rulebook: &'a Rulebook,
    pending: &'a [String],
    as_of: Date,
) -> impl Iterator<Item = Text> + 'a {
    let dated = |parameter: &&Parameter| pending.contains(&parameter.id);
    let parameters = rulebook.parameters.iter().filter(dated);
    parameters.filter_map(move |parameter| {
        let values = &parameter.values;
        let value = values.iter().find(|value| value.from > as_of);
        let from = value.or(values.last())?.from.iso();
        let (label, day) = (&parameter.label, as_of.iso());
        Some(Text::new(
            format!(
                "例子按 {day} 的线，那天“{label}”没有值：在结果后写 #{{ as_of: \"{from}\" }}，已有 #{{ … }} 就写在里面"
            ),
            format!(
                "examples are checked as of {day}, when “{label}” has no value: write #{{ as_of: \"{from}\" }} behind the outcome, or within the #{{ … }} there"
            ),
        ))
    })
}

/// What is wrong with the data of an example.
fn unsound(rulebook: &Rulebook, example: &Example, as_of: Date) -> Vec<Text> {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| {
        let data = reported(rulebook, example, as_of, lang).data;
        data.into_iter()
            .filter(|problem| problem.severity == "error")
            .map(|problem| problem.text)
            .collect::<Vec<String>>()
    });
    zh.into_iter()
        .zip(en)
        .map(|(zh, en)| Text::new(zh, en))
        .collect()
}

/// The id of a field from any of its names.
fn field_id(rulebook: &Rulebook, name: &str) -> String {
    let (field, key) = name
        .split_once('.')
        .map_or((name, None), |(field, key)| (field, Some(key)));
    let found = rulebook
        .fields
        .iter()
        .find(|f| f.id == field || f.name == field || f.label == field);
    match (found, key) {
        (Some(field), Some(key)) => [&field.id, ".", key].concat(),
        (Some(field), None) => field.id.clone(),
        (None, _) => name.into(),
    }
}
