//! The report: the one shape that page, terminal, sheet and print share.
//!
//! A report is a pure function of rulebook, entry, as-of date and language, and holds or names
//! all four, so anyone can check it again (`record`). Exact
//! decimals travel as strings, a value without a finite decimal form as a fraction.
//! The JSON of a report is the same everywhere, down to the byte.

use crate::check::{Check, Outcome, Value, at, check, dates_known, in_force};
use crate::date::Date;
use crate::entry::{self, Entry, Reading};
use crate::explain::fixes::Trial;
use crate::explain::reason;
use crate::number::Number;
use crate::rulebook::{Confidence, Indicator, Kind, ParameterValue, Rulebook, in_order};
use crate::score::Scorer;
use crate::{record, wording};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

pub use crate::wording::Lang;

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// `duibiao-report/2`
    pub schema: &'static str,
    /// The program that made it, with its version: `duibiao 0.1.0`.
    pub engine: &'static str,
    /// What the entry was checked against.
    pub standard: StandardRef,
    /// The date whose parameter values apply.
    pub as_of: String,
    /// The language of the sentences.
    pub lang: Lang,
    /// What was entered, in canonical form.
    pub entry: Entry,
    /// SHA-256 and SM3 of the entry's text by RFC 8785: `sha256:… sm3:…`
    pub entry_digest: String,
    /// One for each indicator, in the order of the standard.
    pub findings: Vec<Finding>,
    /// The score, as an interval.
    pub score: Score,
    /// What is wrong or doubtful in the entered data.
    pub data: Vec<DataProblem>,
    /// Parameters with values of which none holds on this date, and which the user did not set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub out_of_force: Vec<OutOfForce>,
}

/// Which standard, exactly.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StandardRef {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version of the rules.
    pub version: String,
    /// SHA-256 and SM3 of the rulebook's bytes: `sha256:… sm3:…`
    pub digest: String,
    /// What the standard is and what it is not.
    pub notice: String,
}

/// The score, as exact decimals, by the standard's scheme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Points that are certain.
    pub low: String,
    /// Points if everything undecided turns out met.
    pub high: String,
    /// Full marks.
    pub full: String,
    /// One for each chapter, in points before they are weighed and scaled.
    pub chapters: Vec<ChapterScore>,
    /// Points on top of the full marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus: Option<Extra>,
    /// Points taken away, told above zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty: Option<Extra>,
    /// Where the score stands to the line that passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<Standing>,
    /// Indicators with a veto that have failed, or may yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<VetoState>,
    /// The grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<GradeRange>,
    /// Whether the score, every chapter's floor and every veto allow to pass; absent while open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passes: Option<bool>,
    /// Parameters of the scheme that are not set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<String>,
    /// What is not known and keeps the score open, what narrows it most first; ten at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub narrowing: Vec<Narrowing>,
    /// The indicators that could win points or lift something, in the order in which to put them right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fix_first: Vec<FixFirst>,
}

/// Something that is not known, and how many points narrower the score is with it.
///
/// Ordered by points: those of each indicator that waits for it, in equal parts with all else that it waits for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Narrowing {
    /// Id of the field; `id.key` for one value of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Id of the parameter, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Label of the field or parameter.
    pub label: String,
    /// At least, by what waits for nothing else.
    pub low: String,
    /// At most, by all that waits for it, everything else that it waits for being known too.
    pub high: String,
    /// Ids of the indicators that wait for it.
    pub indicators: Vec<String>,
}

/// An indicator that falls short or lacks points, and what meeting it in full would do.
///
/// Ordered by whether it lifts what bars from passing, then what limits the grade; then by points;
/// then by how small the change of its best fix is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FixFirst {
    /// Id of the indicator.
    pub indicator: String,
    /// Points by which the low end of the score rises, after weights, scaling and caps.
    pub low: String,
    /// Points by which its high end rises.
    pub high: String,
    /// What no longer stands in the way: its own veto (`fail`, `gate`, `cap`), the `floor` of its chapter, the line
    /// to `pass`, or that of a better `grade`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lifts: Vec<&'static str>,
}

/// The points of a chapter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChapterScore {
    /// Id of the chapter.
    pub chapter: String,
    /// Points that are certain.
    pub low: String,
    /// Points if everything undecided turns out met.
    pub high: String,
    /// Full points of what applies.
    pub full: String,
    /// Its share of the full marks, in %, before what does not apply is left out or scaled; absent where chapters
    /// weigh as their points do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// Whether it reaches its floor; absent without one, and while open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<bool>,
    /// The points of its floor; absent without one, and while it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor_line: Option<String>,
    /// It has certainly lost more than the scheme warns of.
    #[serde(skip_serializing_if = "is_false")]
    pub warned: bool,
}

/// Points, at least and at most.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointRange {
    /// At least.
    pub low: String,
    /// At most.
    pub high: String,
}

/// Points beside the full marks: what counts of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extra {
    /// At least.
    pub low: String,
    /// At most.
    pub high: String,
    /// The most that counts; absent where there is no limit, and while it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<String>,
    /// What they add up to, where not all of it counts or may count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<PointRange>,
}

/// A line, and whether it is reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The line; absent while its parameter is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The line as it is set for the whole full marks, where so much of these is left out that another one holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// Absent while open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
}

/// An indicator with a veto.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VetoState {
    /// Id of the indicator.
    pub indicator: String,
    /// `fail`: the whole fails; `gate`: one may not apply; `cap`: the grade is capped.
    pub kind: &'static str,
    /// The best grade left, with `cap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Whether it has struck; absent while open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triggered: Option<bool>,
}

/// The grade at both ends of the score; absent where none is reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradeRange {
    /// With the points that are certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// If everything undecided turns out met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
}

/// An indicator, judged and explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Id.
    pub indicator: String,
    /// Title.
    pub title: String,
    /// Id of the chapter.
    pub chapter: String,
    /// One of the words of `Outcome`.
    pub outcome: &'static str,
    /// Points won, below zero where a penalty takes them away; absent while undecided, and where it does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<String>,
    /// It is decided only because something is not filled in, and may turn when it is: the score counts it as open.
    #[serde(skip_serializing_if = "is_false")]
    pub open: bool,
    /// Full points.
    pub of: String,
    /// `bonus` or `penalty`, where its points are not among the full marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Last day on which it is in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// The deadline is past and it is not met.
    #[serde(skip_serializing_if = "is_false")]
    pub overdue: bool,
    /// Why, by whom and until when it is let off; there while it is, and when it no longer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver: Option<WaiverRef>,
    /// Fields that would decide it.
    pub missing: Vec<String>,
    /// Parameters that are not set.
    pub pending: Vec<String>,
    /// Why; absent where the user set the indicator aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// How the points came about, where they are not all or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scored: Option<Term>,
    /// Alternatives, of which each alone passes.
    pub fixes: Vec<Fix>,
    /// What to do, in the standard's words.
    pub advice: String,
    /// The finding in one paragraph.
    pub text: String,
}

impl Finding {
    /// Whether its points do not follow from its outcome: some of them, none although it is met, or all although it is not.
    pub fn points_are_told(&self) -> bool {
        let Some(points) = &self.points else {
            return false;
        };
        let penalty = self.kind == Some("penalty") && self.of != "0";
        match (self.outcome == "met", penalty) {
            (true, false) => *points != self.of,
            (false, true) => points.strip_prefix('-') != Some(&self.of),
            _ => points != "0",
        }
    }
}

/// Why an indicator is let off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaiverRef {
    /// Why.
    pub reason: String,
    /// Who decided so.
    pub by: String,
    /// Last day.
    pub until: String,
    /// That day is past: it is judged again.
    #[serde(skip_serializing_if = "is_false")]
    pub expired: bool,
}

/// A change that passes; in JSON the change itself, with what it needs further as `also`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// The change.
    pub change: Change,
    /// The further changes that it needs.
    pub also: Vec<Change>,
    /// How far all of them are from what was entered, relative to it; not told.
    pub size: Number,
}

impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Change {
            field,
            label,
            from,
            to,
            unit,
        } = &self.change;
        let mut fix = serializer.serialize_struct("Fix", 6)?;
        fix.serialize_field("field", field)?;
        fix.serialize_field("label", label)?;
        if let Some(from) = from {
            fix.serialize_field("from", from)?;
        }
        fix.serialize_field("to", to)?;
        fix.serialize_field("unit", unit)?;
        if !self.also.is_empty() {
            fix.serialize_field("also", &self.also)?;
        }
        fix.end()
    }
}

/// Another value for a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Id of the field; `id.key` for one value of a list.
    pub field: String,
    /// Label of the field.
    pub label: String,
    /// The value it has, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The value that it would need.
    pub to: String,
    /// Unit of both.
    pub unit: String,
}

/// Why, as facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reason {
    /// `compare`, `truth`, or how the parts combine.
    pub kind: &'static str,
    /// Absent while unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
    /// The branch has no meaning here: its denominator is zero by policy.
    #[serde(skip_serializing_if = "is_false")]
    pub not_applicable: bool,
    /// Whether it decided the outcome.
    pub decisive: bool,
    /// What is asked is that it does not hold: an odd number of `not` and `none` stand above it.
    #[serde(skip_serializing_if = "is_false")]
    pub negated: bool,
    /// `file:line:column` in the rules.
    pub at: String,
    /// How many parts must hold, with `at_least`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// The operator, with `compare`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub op: Option<&'static str>,
    /// What is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Term>,
    /// What it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<Term>,
    /// How far left and right are apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<String>,
    /// Unit of the gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_unit: Option<String>,
    /// What must be yes, with `truth`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// The parts that are combined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Reason>,
}

/// A value, and how it came about.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Term {
    /// Exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// As shown, with enough digits to tell it from the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// Unit.
    pub unit: String,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<&'static str>,
    /// The field it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The parameter it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Label of the field or parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where the parameter's value comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The user set the parameter.
    #[serde(skip_serializing_if = "is_false")]
    pub set_by_user: bool,
    /// How the value was computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub op: Option<&'static str>,
    /// What it was computed from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// The condition by which it was chosen, with `when`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<Box<Reason>>,
}

/// Where a threshold comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// First day.
    pub from: String,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Document.
    pub source: String,
    /// Clause.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// Where it was read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// How well it is known.
    pub confidence: &'static str,
}

impl From<&ParameterValue> for Source {
    fn from(value: &ParameterValue) -> Self {
        let confidence: Confidence = value.confidence;
        Self {
            from: value.from.iso(),
            to: value.to.map(Date::iso),
            source: value.source.clone(),
            clause: value.clause.clone(),
            url: value.url.clone(),
            confidence: confidence.word(),
        }
    }
}

/// A parameter that has values, but not on the date of the check.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutOfForce {
    /// Id of the parameter.
    pub parameter: String,
    /// Last day of the values before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// First day of those to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// Something wrong or doubtful in the entered data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DataProblem {
    /// Stable code.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// Ids of the fields; the name as given where it is unknown.
    pub fields: Vec<String>,
    /// The value as given.
    pub given: String,
    /// What is wrong and what to do.
    pub text: String,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Checks an entry and explains every finding.
///
/// `digest` is that of the rulebook's bytes; see [`crate::digest::digest`].
pub fn report(rulebook: &Rulebook, digest: &str, entry: &Entry, as_of: Date, lang: Lang) -> Report {
    let entry = record::canonical(entry);
    let reading = entry::read(rulebook, &entry);
    let checked = check(rulebook, &reading, as_of);
    // Set up for the first indicator that falls short.
    let mut trial = None;
    let explain = reason::Explain::new(rulebook, &reading, &checked, lang);
    let (mut findings, mut awaited) = (Vec::new(), Vec::new());
    for index in 0..rulebook.indicators.len() {
        if let Some((finding, open)) = finding(&explain, &mut trial, index, lang) {
            findings.push(finding);
            awaited.push(open);
        }
    }
    let standard = &rulebook.standard;
    let scorer = Scorer::new(rulebook, &checked);
    let mut score = scorer.score();
    score.narrowing = scorer.narrowing(&awaited);
    score.fix_first = scorer.fix_first(&findings);
    Report {
        schema: "duibiao-report/2",
        engine: record::ENGINE,
        standard: StandardRef {
            id: standard.id.clone(),
            title: standard.title.clone(),
            version: standard.version.clone(),
            digest: digest.into(),
            notice: standard.notice.clone(),
        },
        as_of: as_of.iso(),
        lang,
        entry_digest: record::entry_digest(&entry),
        entry,
        findings,
        score,
        data: data_problems(rulebook, &reading, &checked, lang),
        out_of_force: out_of_force(rulebook, &reading, as_of),
    }
}

fn out_of_force(rulebook: &Rulebook, reading: &Reading, as_of: Date) -> Vec<OutOfForce> {
    let mut lines = Vec::new();
    for (parameter, set) in rulebook.parameters.iter().zip(&reading.parameters) {
        let (until, from) = dates_known(parameter, as_of);
        if set.is_none()
            && in_force(parameter, as_of).is_none()
            && (until.is_some() || from.is_some())
        {
            lines.push(OutOfForce {
                parameter: parameter.id.clone(),
                until: until.map(Date::iso),
                from: from.map(Date::iso),
            });
        }
    }
    lines
}

fn finding<'a>(
    explain: &reason::Explain<'a>,
    trial: &mut Option<Trial<'a>>,
    index: usize,
    lang: Lang,
) -> Option<(Finding, Vec<u32>)> {
    let (rulebook, reading, checked) = (explain.rulebook, explain.reading, explain.checked);
    let indicator = rulebook.indicators.get(index)?;
    let judged = checked.findings.get(index)?;
    let excluded = reading.not_applicable.get(index)?.as_deref();
    let waiver = reading.waived.get(index)?;
    let aside = excluded.is_some() || judged.outcome == Outcome::Waived;
    let reason = (!aside).then(|| explain.indicator(indicator));
    let open = match aside {
        true => reason::Open::default(),
        false => explain.open(indicator),
    };
    let mut missing = Vec::new();
    for slot in &open.missing {
        missing.push(rulebook.slot_id(*slot));
    }
    let mut labels = wording::Open {
        missing: explain.labels(&open.missing),
        wrong: explain.labels(&open.wrong),
        ..wording::Open::default()
    };
    let (mut pending, mut out_of_force) = (Vec::new(), Vec::new());
    for index in &open.pending {
        if let Some(parameter) = rulebook.parameters.get(*index as usize) {
            pending.push(parameter.id.clone());
            match dates_known(parameter, checked.as_of) {
                _ if open.refused.binary_search(index).is_ok() => {
                    labels.wrong.push(parameter.label.clone())
                }
                (None, None) => labels.unset.push(parameter.label.clone()),
                dates => out_of_force.push((dates, parameter.label.clone())),
            }
        }
    }
    // Those of the same dates are told together.
    let mut told = None;
    for (dates, label) in out_of_force {
        match labels.out_of_force.last_mut() {
            Some((labels, ..)) if told == Some(dates) => labels.push(label),
            _ => {
                let (until, from) = dates;
                let lines = (vec![label], until.map(Date::iso), from.map(Date::iso));
                labels.out_of_force.push(lines);
            }
        }
        told = Some(dates);
    }
    let mut finding = Finding {
        indicator: indicator.id.clone(),
        title: indicator.title.clone(),
        chapter: rulebook
            .chapter_of(indicator.group)
            .map_or_else(String::new, |c| c.id.clone()),
        outcome: judged.outcome.word(),
        points: judged.points.as_ref().map(|points| points.exact()),
        open: checked.unfilled.get(index) == Some(&true),
        of: indicator.points.exact(),
        kind: (indicator.kind != Kind::Base).then(|| indicator.kind.word()),
        deadline: indicator.deadline.map(Date::iso),
        overdue: indicator
            .deadline
            .is_some_and(|deadline| checked.as_of > deadline)
            && judged.outcome != Outcome::Met
            && !judged.outcome.is_aside(),
        waiver: waiver.as_ref().map(|waiver| WaiverRef {
            reason: waiver.reason.clone(),
            by: waiver.by.clone(),
            until: waiver.until.iso(),
            expired: checked.as_of > waiver.until,
        }),
        missing,
        pending,
        reason,
        scored: (indicator.score.filter(|_| judged.points.is_some()))
            .map(|score| explain.points(score)),
        fixes: if judged.outcome.falls_short() {
            trial
                .get_or_insert_with(|| Trial::new(rulebook, reading, checked))
                .fixes(index)
        } else {
            Vec::new()
        },
        advice: filled(
            rulebook,
            reading,
            checked,
            &advice(indicator, checked),
            lang,
        ),
        text: String::new(),
    };
    finding.text = wording::finding(judged.outcome, &finding, &labels, excluded, lang);
    let mut all = awaited(rulebook, open);
    if finding.open {
        all.append(&mut checked.not_filled(rulebook, indicator));
        in_order(&mut all);
    }
    Some((finding, all))
}

/// What has to be known before an indicator is decided: slots, and behind all slots the parameters.
fn awaited(rulebook: &Rulebook, mut open: reason::Open) -> Vec<u32> {
    let mut all = open.missing;
    all.append(&mut open.wrong);
    for at in open.pending {
        all.push(at + rulebook.slots() as u32);
    }
    in_order(&mut all);
    all
}

/// What to do: the advice of the parts that fail, or that of the indicator.
fn advice(indicator: &Indicator, checked: &Check) -> String {
    let (mut text, mut between) = (String::new(), "");
    for advice in &indicator.advices {
        if at(&checked.values, advice.condition).truth() == Some(false) {
            text.push_str(between);
            text.push_str(&advice.text);
            between = "\n";
        }
    }
    if between.is_empty() {
        text.push_str(&indicator.advice);
    }
    text
}

/// A text of the standard with the values that it names, as they were entered.
fn filled(
    rulebook: &Rulebook,
    reading: &Reading,
    checked: &Check,
    text: &str,
    lang: Lang,
) -> String {
    wording::fill(text, &mut |id| {
        let mut parameters = rulebook.parameters.iter().zip(&checked.parameters);
        let line = parameters.find(|(parameter, _)| parameter.id == id);
        // What a data check refuses is still what was entered.
        let (value, unit) = match (line, entry::slot_of(rulebook, None, id)) {
            (Some((parameter, value)), _) => (value, parameter.unit.as_str()),
            (None, Some(Some(slot))) => {
                let field = rulebook.field_of(slot);
                let value = reading.slots.get(slot as usize);
                (
                    value.unwrap_or(&Value::INVALID),
                    field.map_or("", |(field, _)| &field.unit),
                )
            }
            (None, _) => (&Value::INVALID, ""),
        };
        match reason::read_shown(value) {
            Some(shown) => wording::quantity(&shown, unit, lang),
            None => wording::UNKNOWN.into(),
        }
    })
}

fn data_problems(
    rulebook: &Rulebook,
    reading: &Reading,
    checked: &Check,
    lang: Lang,
) -> Vec<DataProblem> {
    let mut problems = Vec::new();
    let mut add = |code, error, fields, given, text| {
        problems.push(DataProblem {
            code,
            severity: if error { "error" } else { "warning" },
            fields,
            given,
            text,
        });
    };
    for problem in &reading.problems {
        let (code, error) = wording::trouble_code(problem.trouble);
        let text = wording::data_problem(rulebook, problem, lang);
        let given = problem.given.clone();
        add(code, error, vec![problem.name.clone()], given, text);
    }
    for index in &checked.broken {
        let Some(check) = rulebook.data_checks.get(*index) else {
            continue;
        };
        let mut fields = Vec::new();
        for slot in rulebook.graph.slots_of(check.holds) {
            fields.push(rulebook.slot_id(slot));
        }
        let text = filled(rulebook, reading, checked, &check.message, lang);
        add("data-check", check.error, fields, String::new(), text);
    }
    problems
}
