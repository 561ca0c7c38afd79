//! What is better never loses points: neither those of the indicator nor the score, nor what the score decides.

use crate::cases;
use crate::quantity::{Q, parse};
use crate::random::picked;
use crate::tape::{Tape, tapes};
use duibiao::check::check;
use duibiao::date::Date;
use duibiao::entry::{Entry, Given, read};
use duibiao::report::Score;
use duibiao::rulebook::Rulebook;
use duibiao::score::score;
use proptest::prelude::*;

const MODES: [&str; 5] = ["", "满一档才扣", "不足一档按一档扣", "按比例扣", "whole"];

/// The score of a value of which more is better, by a word at random.
fn more(tape: &mut Tape<'_>, points: usize, line: usize) -> String {
    let low = line.saturating_sub(1 + tape.below(4));
    let half = points as f64 / 2.0;
    match tape.below(5) {
        1 => {
            let (step, lose) = (
                tape.pick(&["1", "0.5", "3", "0.7"]),
                tape.pick(&["1", "0.25", "0.3"]),
            );
            let mode = tape.pick(&MODES);
            let mode = if mode.is_empty() {
                String::new()
            } else {
                format!(", mode: \"{mode}\"")
            };
            format!(", score: per_step(#{{ below: {line}, step: {step}, lose: {lose}{mode} }})")
        }
        2 => format!(
            ", score: proportional(#{{ target: {} }})",
            line + tape.below(3)
        ),
        3 => format!(
            ", score: bands([#{{ from: {line}, points: {points} }}, #{{ from: {low}, points: {half} }}, #{{ points: 0 }}])"
        ),
        4 => format!(
            ", score: bands([#{{ above: {line}, points: {points} }}, #{{ above: {low}, to: {line}, points: {half} }}, #{{ to: {low}, points: 0.1 }}])"
        ),
        _ => String::new(),
    }
}

/// The score of a value of which less is better.
fn less(tape: &mut Tape<'_>, points: usize, line: usize) -> String {
    let half = points as f64 / 2.0;
    match tape.below(4) {
        1 => {
            let mode = tape.pick(&MODES[1..]);
            format!(", score: per_step(#{{ above: {line}, step: 2, lose: 0.4, mode: \"{mode}\" }})")
        }
        2 => format!(
            ", score: per_occurrence(#{{ lose: {}, least: 0.2 }})",
            tape.pick(&["0.3", "1"])
        ),
        3 => format!(
            ", score: bands([#{{ to: {line}, points: {points} }}, #{{ above: {line}, to: {}, points: {half} }}, #{{ above: {}, points: 0 }}])",
            line + 3,
            line + 3
        ),
        _ => String::new(),
    }
}

/// A standard, and for each of its indicators what is improved, in which unit it is entered and which way.
struct Sample {
    rulebook: Rulebook,
    ways: Vec<(String, &'static str, bool)>,
}

/// Units of the first and the second field, and those in which the first may be entered.
const UNITS: [(&str, &str, &[&str]); 4] = [
    ("", "", &[""]),
    ("公顷", "平方公里", &["", "公顷", "万平方米", "平方公里"]),
    ("万平方米", "公顷", &["", "亩", "平方米"]),
    ("%", "%", &["%"]),
];

/// Indicators each better with more of the first field of its own, or with less of it; the second is its base, and the
/// third has one value for each of some districts, of which the first is improved in its place.
fn standard(choices: &[u32]) -> Sample {
    let tape = &mut Tape::new(choices);
    let frame = picked(
        tape,
        &[
            &["", "full: 100"],
            &["", "weights: #{ \"1-a\": 70, \"2-b\": 30 }"],
            &[
                "",
                "not_applicable: \"rescale\"",
                "not_applicable: \"mean\", mean: 80",
            ],
            &["", "pass: 6", "pass: 60"],
            &["", "chapter_floor: 50"],
            &["", "bonus_cap: 2"],
            &["", "penalty_cap: 1"],
            &["", "warn_loss: 30"],
            &[
                "",
                "grades: [#{ name: \"优\", from: 8 }, #{ name: \"良\", from: 3 }]",
            ],
        ],
    );
    let best: &[&str] = match frame.contains("grades") {
        true => &["", "", "fail", "gate", "良"],
        false => &["", "", "fail", "gate"],
    };
    let mut chapters = [String::new(), String::new()];
    let mut ways = Vec::new();
    for index in 0..4 {
        let up = !tape.once_in(3);
        let (points, line) = (1 + tape.below(5), 1 + tape.below(9));
        let score = if up {
            more(tape, points, line)
        } else {
            less(tape, points, line)
        };
        let (unit, second, written) = tape.pick(&UNITS);
        let list = tape.once_in(3);
        let value = match list {
            false => tape.pick(&[
                "甲",
                "甲 / 2 + 甲",
                "ratio(甲 * 3, 乙)",
                "min(甲, 乙)",
                "round(甲, 0)",
                "percent(甲, 乙)",
                "甲 + 乙",
            ]),
            true => tape.pick(&[
                "min(各)",
                "sum(各)",
                "max(各)",
                "average(各)",
                "weighted_average([[各.key(\"东\"), 60], [各.key(\"西\"), 40]])",
                "count(各.map(|x| x > 3))",
                "min(各) + 甲",
            ]),
        };
        let order = match up {
            true => tape.pick(&[">=", ">"]),
            false => tape.pick(&["<=", "<"]),
        };
        let (better, each) = if up { ("more", "all") } else { ("less", "any") };
        let meets = match list && tape.once_in(3) {
            true => format!("{each}(各.map(|x| x {order} {line}))"),
            false => format!("v {order} {line}"),
        };
        let digits = tape.pick(&["", ", digits: 0", ", digits: 1"]);
        let kind = tape.pick(&["base", "base", "base", "bonus", "penalty"]);
        let kind = if index < 2 { "base" } else { kind };
        let veto = match tape.pick(best) {
            "" => String::new(),
            veto => format!(", veto: \"{veto}\""),
        };
        let rule = format!(
            "field(\"甲\", #{{ id: \"f@\", unit: \"{unit}\", better: \"{better}\" }});
             field(\"乙\", #{{ id: \"g@\", unit: \"{second}\" }});
             field(\"各\", #{{ id: \"h@\", unit: \"{unit}\", keys: [\"东\", \"西\", \"南\"] }});
             indicator(\"A-@\", #{{ title: \"标\", advice: \"改\", points: {points}, kind: \"{kind}\",
                value: {value}, meets: |v| {meets}{score}{digits}{veto} }});\n"
        );
        let rule = (["甲", "乙", "各"].iter())
            .fold(rule, |rule, name| rule.replace(name, &format!("{name}@")));
        chapters[index % 2] += &rule.replace('@', &index.to_string());
        let improved = if list {
            format!("h{index}.东")
        } else {
            format!("f{index}")
        };
        ways.push((improved, tape.pick(written), up));
    }
    let [first, rest] = chapters;
    let rulebook = crate::probe::standard(
        &format!("scheme(#{{ {frame} }});"),
        &format!("group(\"组\");{first}//@ 2-b\n{rest}"),
    );
    Sample { rulebook, ways }
}

/// What is told of an entry, each the more the better.
#[derive(Debug)]
struct Told {
    /// Those of an indicator, and both ends of the score.
    points: [Q; 3],
    /// What the score decides.
    ranks: Vec<usize>,
}

/// What is told where an indicator is decided.
fn told(rulebook: &Rulebook, entry: &Entry, index: usize) -> Option<Told> {
    let as_of = Date::new(2024, 1, 1).unwrap();
    let checked = check(rulebook, &read(rulebook, entry), as_of);
    let own = checked.findings[index].points.as_ref()?.exact();
    let score = score(rulebook, &checked);
    Some(Told {
        points: [&own, &score.low, &score.high].map(|text| parse(text)),
        ranks: ranks(rulebook, &score),
    })
}

/// What a score decides, each the more the better.
fn ranks(rulebook: &Rulebook, score: &Score) -> Vec<usize> {
    // Not so, open, so.
    let rank = |holds: Option<bool>| holds.map_or(1, |holds| if holds { 2 } else { 0 });
    let mut ranks = vec![rank(score.passes)];
    ranks.push(rank(score.pass.as_ref().and_then(|pass| pass.holds)));
    for chapter in &score.chapters {
        ranks.push(rank(chapter.floor));
        ranks.push(usize::from(!chapter.warned));
    }
    for indicator in &rulebook.indicators {
        let mut vetoes = score.vetoes.iter();
        let veto = vetoes.find(|veto| veto.indicator == indicator.id);
        ranks.push(veto.map_or(2, |veto| usize::from(veto.triggered.is_none())));
    }
    for place in crate::kleene::ranks(rulebook, score).into_iter().flatten() {
        // The lowest is the first above none.
        ranks.push(rulebook.scheme.grades.len() - place);
    }
    ranks
}

proptest! {
    #![proptest_config(cases(80))]
    #[test]
    fn what_is_better_never_loses(tape in tapes(110), values in tapes(40)) {
        let sample = standard(&tape);
        let rulebook = &sample.rulebook;
        let values = &mut Tape::new(&values);
        let mut entry = Entry::default();
        for (slot, id) in (0..rulebook.slots()).map(|slot| (slot, rulebook.slot_id(slot as u32))) {
            let (field, _) = rulebook.field_of(slot as u32).unwrap();
            let text = match id.starts_with('g') {
                true => values.pick(&["3", "1", "8", "2.4", ""]),
                false => values.pick(&["5", "0", "2.5", "9", "-1", "12", ""]),
            };
            let unit = if field.unit == "%" { "%" } else { "" };
            let given = if text.is_empty() { Given::Empty } else { Given::Text(format!("{text}{unit}")) };
            entry.fields.push((id, given));
        }
        if values.once_in(4) {
            let reason = Given::Text("没有".into());
            entry.not_applicable.push((rulebook.indicators[3].id.clone(), reason));
        }
        for (index, indicator) in rulebook.indicators.iter().enumerate() {
            let own = usize::from(indicator.id.as_bytes()[2] - b'0');
            let (improved, unit, up) = &sample.ways[own];
            let at = entry.fields.iter().position(|(id, _)| id == improved).unwrap();
            let given = entry.fields[at].1.clone();
            let mut last: Option<Told> = None;
            for step in -4..=48 {
                // From worse to better, in quarters.
                let quarters = if *up { step } else { 48 - step - 4 };
                let (whole, rest) = (quarters / 4, (quarters % 4_i32).abs() * 25);
                let sign = if quarters < 0 && whole == 0 { "-" } else { "" };
                entry.fields[at].1 = Given::Text(format!("{sign}{whole}.{rest:02}{unit}"));
                // Open, it may turn out either way.
                let Some(now) = told(rulebook, &entry, index) else {
                    continue;
                };
                if let Some(last) = &last {
                    let points = last.points.iter().zip(&now.points).all(|(last, now)| now >= last);
                    let ranks = last.ranks.iter().zip(&now.ranks).all(|(last, now)| now >= last);
                    prop_assert!(points && ranks, "{} {:#?}: {:?} {:?}", indicator.id, entry.fields, last, now);
                }
                last = Some(now);
            }
            entry.fields[at].1 = given;
        }
    }
}
