//! Two reports: why the score moved. By indicator and by chapter, to the last point; and for each
//! verdict that turned, whether data, rules, lines or the date turned it.
//!
//! With both standards at hand the checks are tried again with one part exchanged at a time.
//! Without, only what is the same in both can be ruled out.

use super::canonical;
use super::ledger::{Ledger, ledger};
use super::recheck::recheck;
use super::recorded::{Range, Recorded, Verdict};
pub use crate::diff::Attributed as Flip;
use crate::diff::{self, Attribution, Change, Line, Part, Side, Standing, Turned, Turning};
use crate::entry::{Entry, Given};
use crate::number::Number;
use crate::rulebook::Rulebook;
use crate::wording::Text;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What a comparison found.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// The score before.
    pub from: Ends,
    /// The score after.
    pub to: Ends,
    /// How far it moved: at its low end, and at its high end.
    pub moved: Ends,
    /// What it moved by, in the order of the chapters; these, and `rest`, add up to `moved`.
    pub chapters: Vec<Moved>,
    /// The same by indicator: those that moved it, or turned.
    pub indicators: Vec<Moved>,
    /// What no indicator did on its own: caps, and what the scheme does with the whole.
    pub rest: Vec<Moved>,
    /// What the score decides, where that turned: passing, the pass line, floors, the grade, vetoes.
    pub standing: Vec<Standing>,
    /// The parts that differ.
    pub parts: Vec<Part>,
    /// The dates.
    pub as_of: [String; 2],
    /// The figures that differ.
    pub fields: Vec<Line>,
    /// The lines that differ: all of them with both standards at hand, else those that the reports show.
    pub parameters: Vec<Line>,
    /// What differs in the rules, where both standards are at hand.
    pub rules: Vec<Change>,
    /// The verdicts that turned, or won other points, and why.
    pub turned: Vec<Flip>,
    /// Why the causes were not tried out; absent where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untold: Option<Untold>,
}

/// Points at both ends of a score, exactly.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Ends {
    /// Points that are certain.
    pub low: String,
    /// Points if everything undecided turns out met.
    pub high: String,
}

/// How far something moved the score.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Moved {
    /// Id of the indicator or chapter; `bonus_cap`, `penalty_cap` or `scheme` in `rest`.
    pub id: String,
    /// At the low end.
    pub low: String,
    /// At the high end.
    pub high: String,
}

/// Why causes were not tried out.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Untold {
    /// A standard is not at hand.
    NoStandard,
    /// A report does not hold by its own standard.
    DoesNotHold,
}

/// A standard that is at hand: its rulebook, and the digest of that.
pub type AtHand<'a> = (&'a Rulebook, &'a str);

/// Compares two reports.
///
/// # Errors
///
/// What keeps them from being compared: an indicator that stands twice, numbers too large to reckon with.
pub fn compare(
    old: &Recorded,
    new: &Recorded,
    standards: &[AtHand<'_>],
) -> Result<Comparison, Text> {
    for report in [old, new] {
        let mut known = HashSet::new();
        let mut all = report.findings.iter().map(|finding| &finding.indicator);
        if let Some(twice) = all.find(|id| !known.insert(*id)) {
            return Err(Text::new(
                format!("报告里指标“{twice}”写了两次"),
                format!("{twice} stands twice in a report"),
            ));
        }
    }
    compared(old, new, standards).ok_or_else(|| {
        Text::new(
            "报告里的数太大，无法计算",
            "the numbers of a report are too large",
        )
    })
}

fn compared(old: &Recorded, new: &Recorded, standards: &[AtHand<'_>]) -> Option<Comparison> {
    let own = |report: &Recorded| {
        let mut all = standards.iter();
        all.find(|(_, digest)| *digest == report.standard.digest)
            .copied()
    };
    let (one, two) = (own(old), own(new));
    let before = ledger(old, one.map(|own| own.0))?;
    let after = ledger(new, two.map(|own| own.0))?;
    let untold = match (one, two) {
        (Some(one), Some(two)) => {
            let holds = |report, (rulebook, digest)| recheck(report, rulebook, digest).holds;
            let both = holds(old, one) && holds(new, two);
            (!both).then_some(Untold::DoesNotHold)
        }
        _ => Some(Untold::NoStandard),
    };
    let mut found = by_points(old, new, &before, &after)?;
    found.untold = untold;
    match (untold, one, two) {
        (None, Some(one), Some(two)) => told(&mut found, old, new, [one.0, two.0]),
        _ => {
            guessed(&mut found, old, new);
            named(&mut found.fields, standards);
            for line in &mut found.parameters {
                let mut all = standards.iter().flat_map(|(rules, _)| &rules.parameters);
                if let Some(parameter) = all.find(|one| one.id == line.id && line.label == line.id)
                {
                    line.label.clone_from(&parameter.label);
                    line.unit.clone_from(&parameter.unit);
                }
            }
        }
    }
    // What turned and moved nothing is told too.
    let known: Vec<String> = found.indicators.iter().map(|row| row.id.clone()).collect();
    let more = found
        .turned
        .iter()
        .filter(|flip| !known.contains(&flip.indicator));
    let still = |flip: &Flip| Moved {
        id: flip.indicator.clone(),
        low: "0".into(),
        high: "0".into(),
    };
    let more: Vec<Moved> = more.map(still).collect();
    found.indicators.extend(more);
    Some(found)
}

fn ends(range: &Range) -> Ends {
    Ends {
        low: range.low.exact(),
        high: range.high.exact(),
    }
}

/// Both ends of what comes after, less those of what was before.
fn less(after: &[Number; 2], before: &[Number; 2]) -> Option<[Number; 2]> {
    let ([low, high], [old_low, old_high]) = (after, before);
    Some([low.checked_sub(old_low)?, high.checked_sub(old_high)?])
}

fn moved(id: &str, [low, high]: &[Number; 2]) -> Moved {
    Moved {
        id: id.into(),
        low: low.exact(),
        high: high.exact(),
    }
}

fn is_still([low, high]: &[Number; 2]) -> bool {
    low.is_zero() && high.is_zero()
}

/// Where the points moved.
fn by_points(
    old: &Recorded,
    new: &Recorded,
    before: &Ledger,
    after: &Ledger,
) -> Option<Comparison> {
    const NOTHING: [Number; 2] = [Number::ZERO, Number::ZERO];
    let mut was: HashMap<&str, &[Number; 2]> = HashMap::new();
    for row in &before.rows {
        was.insert(&row.id, &row.ends);
    }
    // Each chapter once, in the order of the new report.
    let mut chapters: Vec<(&str, [Number; 2])> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let all = [new, old]
        .into_iter()
        .flat_map(|report| &report.score.chapters);
    let all = all.map(|(id, ..)| id.as_str());
    let rows = after.rows.iter().chain(&before.rows);
    for id in all.chain(rows.map(|row| row.chapter.as_str())) {
        places.entry(id).or_insert_with(|| {
            chapters.push((id, NOTHING));
            chapters.len() - 1
        });
    }
    let mut indicators = Vec::new();
    let now = after.rows.iter().map(|row| (row, row.ends.clone()));
    let kept: HashSet<&str> = after.rows.iter().map(|row| row.id.as_str()).collect();
    let gone = before
        .rows
        .iter()
        .filter(|row| !kept.contains(row.id.as_str()));
    for (row, ends) in now.chain(gone.map(|row| (row, NOTHING))) {
        let before = was.remove(row.id.as_str()).unwrap_or(&NOTHING);
        let by = less(&ends, before)?;
        if is_still(&by) {
            continue;
        }
        indicators.push(moved(&row.id, &by));
        let place = places.get(row.chapter.as_str());
        if let Some((_, [low, high])) = place.and_then(|at| chapters.get_mut(*at)) {
            let [by_low, by_high] = &by;
            (*low, *high) = (low.checked_add(by_low)?, high.checked_add(by_high)?);
        }
    }
    let mut rest = Vec::new();
    // What is left of rounding moved nothing.
    let least = match before.rounded || after.rounded {
        true => Number::ratio(1, 1_000_000)?,
        false => Number::ZERO,
    };
    for ((kind, now), (_, then)) in after.rest.iter().zip(&before.rest) {
        let by = less(now, then)?;
        if by.iter().any(|end| end.abs() > least) {
            rest.push(moved(kind, &by));
        }
    }
    let score = |report: &Recorded| {
        let Range { low, high } = report.score.whole.clone();
        [low, high]
    };
    let [low, high] = less(&score(new), &score(old))?;
    Some(Comparison {
        from: ends(&old.score.whole),
        to: ends(&new.score.whole),
        moved: Ends {
            low: low.exact(),
            high: high.exact(),
        },
        chapters: chapters
            .iter()
            .filter(|(_, by)| !is_still(by))
            .map(|(id, by)| moved(id, by))
            .collect(),
        indicators,
        rest,
        standing: {
            let of = |report: &Recorded| report.whole.get("score").cloned();
            diff::standing(&of(old).unwrap_or_default(), &of(new).unwrap_or_default())
        },
        parts: Vec::new(),
        as_of: [old.as_of.iso(), new.as_of.iso()],
        fields: Vec::new(),
        parameters: Vec::new(),
        rules: Vec::new(),
        turned: Vec::new(),
        untold: None,
    })
}

/// The causes, tried out.
fn told(found: &mut Comparison, old: &Recorded, new: &Recorded, [one, two]: [&Rulebook; 2]) {
    let side = |report: &'_ Recorded| (report.as_of, canonical(&report.entry));
    let ((then, was), (now, is)) = (side(old), side(new));
    let changes = diff::compare(one, two);
    let side = |rules, entry, as_of| Side {
        rules,
        entry,
        as_of,
    };
    let attribution = Attribution::new(side(one, &was, then), side(two, &is, now), changes);
    attribution.standing(&mut found.standing);
    found.turned = attribution.turned();
    // Rules and lines are told apart by what changed in them.
    let changed = |part: Part| attribution.rules.iter().any(|change| change.part == part);
    let differs = |part: &Part| match part {
        Part::Rules => changed(Part::Rules),
        Part::Parameters => changed(Part::Parameters) || was.parameters != is.parameters,
        Part::Data | Part::Date => true,
    };
    found.parts = attribution.parts.iter().copied().filter(differs).collect();
    found.fields = attribution.fields;
    found.parameters = attribution.parameters;
    found.rules = attribution.rules;
}

/// The causes, as far as the reports alone tell.
fn guessed(found: &mut Comparison, old: &Recorded, new: &Recorded) {
    let (was, is) = (canonical(&old.entry), canonical(&new.entry));
    let data = |entry: &Entry| Entry {
        parameters: Vec::new(),
        ..entry.clone()
    };
    if data(&was) != data(&is) {
        found.parts.push(Part::Data);
    }
    let other_rules = old.standard.digest != new.standard.digest;
    if other_rules {
        found.parts.push(Part::Rules);
    }
    if other_rules || was.parameters != is.parameters {
        found.parts.push(Part::Parameters);
    }
    if old.as_of != new.as_of {
        found.parts.push(Part::Date);
    }
    let pairs = [
        (&was.fields, &is.fields),
        (&was.not_applicable, &is.not_applicable),
        (&was.waived, &is.waived),
    ];
    for (was, is) in pairs {
        found.fields.extend(entered(was, is));
    }
    let turning = match found.parts.as_slice() {
        [_] => Turning::Alone,
        _ => Turning::Untold,
    };
    for moved in &mut found.standing {
        (moved.causes, moved.turning) = (found.parts.clone(), turning);
    }
    // Those of the scheme stand in no finding.
    let lines = entered(&was.parameters, &is.parameters);
    let (old, new) = (Findings::of(old), Findings::of(new));
    let mut seen = HashSet::new();
    for Verdict { indicator: id, .. } in new.all.iter().chain(old.all) {
        if !seen.insert(id) {
            continue;
        }
        let (was, is) = (old.find(id), new.find(id));
        let told = |found: Option<(&Verdict, &Value)>| {
            found.map(|(verdict, _)| Turned {
                outcome: verdict.outcome.word(),
                points: verdict.points.as_ref().map(Number::exact),
            })
        };
        let (from, to) = (told(was), told(is));
        let moved = |kind: &str| terms_moved(was.map(|(_, raw)| raw), is.map(|(_, raw)| raw), kind);
        let (fields, parameters) = (moved("field"), moved("parameter"));
        for line in &parameters {
            if !found.parameters.iter().any(|known| known.id == line.id) {
                found.parameters.push(line.clone());
            }
        }
        if from != to || was.zip(is).is_some_and(|((a, _), (b, _))| a.open != b.open) {
            found.turned.push(Flip {
                indicator: id.clone(),
                title: is.or(was).map(|(v, _)| v.title.clone()).unwrap_or_default(),
                from,
                to,
                causes: found.parts.clone(),
                turning,
                fields,
                parameters,
                rules: Vec::new(),
            });
        }
    }
    for mut line in lines {
        let known = |known: &Line| known.id == line.id || known.label == line.id;
        if !found.parameters.iter().any(known) {
            // What the standard has for a line that nobody set, the reports do not tell.
            let by = |value: &str| if value.is_empty() { "standard" } else { "user" };
            (line.from_by, line.to_by) = (by(&line.from), by(&line.to));
            found.parameters.push(line);
        }
    }
}

/// The findings of a report, by indicator.
struct Findings<'a> {
    all: &'a [Verdict],
    raw: &'a [Value],
    places: HashMap<&'a str, usize>,
}

impl<'a> Findings<'a> {
    fn of(report: &'a Recorded) -> Self {
        let raw = report.whole.get("findings").and_then(Value::as_array);
        let all = report.findings.iter().enumerate();
        Self {
            all: &report.findings,
            raw: raw.map_or(&[], Vec::as_slice),
            places: all.map(|(at, f)| (f.indicator.as_str(), at)).collect(),
        }
    }

    fn find(&self, id: &str) -> Option<(&'a Verdict, &'a Value)> {
        let at = *self.places.get(id)?;
        Some((self.all.get(at)?, self.raw.get(at)?))
    }
}

/// What was entered otherwise, by the names that it was given.
fn entered(was: &[(String, Given)], is: &[(String, Given)]) -> Vec<Line> {
    let flat = |items: &[(String, Given)]| {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (name, given) in items {
            match given {
                Given::Keyed(items) => {
                    for (key, given) in items {
                        all.insert(format!("{name}.{key}"), as_given(given));
                    }
                }
                given => drop(all.insert(name.clone(), as_given(given))),
            }
        }
        all
    };
    let (was, is) = (flat(was), flat(is));
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let line = |name: &String| Line {
        id: name.clone(),
        label: name.clone(),
        from: was.get(name).cloned().unwrap_or_default(),
        to: is.get(name).cloned().unwrap_or_default(),
        unit: String::new(),
        from_by: "",
        to_by: "",
    };
    let lines = names.into_iter().map(line);
    lines.filter(|line| line.from != line.to).collect()
}

/// Figures that were entered by their ids get the labels of a standard that is at hand.
fn named(lines: &mut [Line], standards: &[AtHand<'_>]) {
    for line in lines {
        let label = standards.iter().find_map(|(rulebook, _)| {
            let mut slots = 0..rulebook.slots() as u32;
            let slot = slots.find(|slot| rulebook.slot_id(*slot) == line.id)?;
            let (field, _) = rulebook.field_of(slot)?;
            Some((rulebook.slot_label(slot), field.unit.clone()))
        });
        if let Some((label, unit)) = label {
            (line.label, line.unit) = (label, unit);
        }
    }
}

fn as_given(given: &Given) -> String {
    match given {
        Given::Empty => String::new(),
        Given::Text(text) => text.clone(),
        Given::Truth(true) => "yes".into(),
        Given::Truth(false) => "no".into(),
        Given::Keyed(_) => "{…}".into(),
    }
}

/// The terms of a finding that were read from a field or a parameter, by its id.
fn collect<'a>(value: &'a Value, kind: &str, found: &mut BTreeMap<&'a str, &'a Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| collect(item, kind, found)),
        Value::Object(map) => {
            if let Some(id) = map.get(kind).and_then(Value::as_str)
                && map.contains_key("unit")
                && !map.contains_key("to")
            {
                found.insert(id, value);
            }
            map.values().for_each(|item| collect(item, kind, found));
        }
        _ => {}
    }
}

/// The terms of two findings that were read from the same field or parameter, and differ.
fn terms_moved(was: Option<&Value>, is: Option<&Value>, kind: &str) -> Vec<Line> {
    let [was, is] = [was, is].map(|finding| {
        let mut terms = BTreeMap::new();
        if let Some(finding) = finding {
            collect(finding, kind, &mut terms);
        }
        terms
    });
    let text = |term: Option<&&Value>, name: &str| {
        let text = term.and_then(|term| term.get(name)).and_then(Value::as_str);
        text.unwrap_or_default().to_string()
    };
    let by = |term: Option<&&Value>| {
        let has = |name: &str| term.is_some_and(|term| term.get(name).is_some());
        match (has("set_by_user"), has("source")) {
            (true, _) => "user",
            (_, true) => "standard",
            _ => "",
        }
    };
    let all: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let line = |id: &str| {
        let (then, now) = (was.get(id), is.get(id));
        Line {
            id: id.into(),
            label: text(now.or(then), "label"),
            from: text(then, "value"),
            to: text(now, "value"),
            unit: text(now.or(then), "unit"),
            from_by: by(then),
            to_by: by(now),
        }
    };
    let lines = all.into_iter().map(line);
    lines.filter(|line| line.from != line.to).collect()
}
