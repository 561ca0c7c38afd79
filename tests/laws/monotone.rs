//! What is better never loses points: neither those of the indicator nor the score.

use crate::cases;
use crate::quantity::{Q, parse};
use crate::tape::{Tape, tapes};
use duibiao::check::check;
use duibiao::date::Date;
use duibiao::entry::{Entry, Given, read};
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

/// Indicators of the simple kinds, each better with more of the first field of its own, or with
/// less of it; the second is its base.
fn standard(choices: &[u32]) -> (Rulebook, Vec<bool>) {
    let tape = &mut Tape::new(choices);
    let mut rules = String::from("group(\"组\");");
    let mut ways = Vec::new();
    for index in 0..4 {
        let up = !tape.once_in(3);
        let (points, line) = (1 + tape.below(5), 1 + tape.below(9));
        let score = if up {
            more(tape, points, line)
        } else {
            less(tape, points, line)
        };
        let value = match tape.below(5) {
            1 => format!("甲{index} / 2 + 1"),
            2 => format!("ratio(甲{index} * 3, 乙{index})"),
            3 => format!("min(甲{index}, 乙{index})"),
            4 => format!("round(甲{index}, 0)"),
            _ => format!("甲{index}"),
        };
        let order = match up {
            true => tape.pick(&[">=", ">"]),
            false => tape.pick(&["<=", "<"]),
        };
        let better = if up { "more" } else { "less" };
        let digits = tape.pick(&["", ", digits: 0", ", digits: 1"]);
        let kind = tape.pick(&["base", "base", "base", "bonus", "penalty"]);
        let kind = if index == 0 { "base" } else { kind };
        rules += &format!(
            "field(\"甲{index}\", #{{ id: \"f{index}\", better: \"{better}\" }});
             field(\"乙{index}\", #{{ id: \"g{index}\" }});
             indicator(\"A-{index}\", #{{ title: \"标\", advice: \"改\", points: {points}, kind: \"{kind}\",
                value: {value}, meets: |v| v {order} {line}{score}{digits} }});\n"
        );
        ways.push(up);
    }
    let frame = tape.pick(&[
        "",
        "scheme(#{ full: 100 });",
        "scheme(#{ bonus_cap: 2, penalty_cap: 1 });",
        "scheme(#{ full: 100, not_applicable: \"rescale\" });",
    ]);
    (crate::probe::standard(frame, &rules), ways)
}

/// The points of each indicator, and both ends of the score.
fn points(rulebook: &Rulebook, values: &[(String, String)]) -> (Vec<Option<Q>>, Q, Q) {
    let fields = values
        .iter()
        .map(|(name, text)| (name.clone(), Given::Text(text.clone())));
    let entry = Entry {
        fields: fields.collect(),
        ..Entry::default()
    };
    let checked = check(
        rulebook,
        &read(rulebook, &entry),
        Date::new(2024, 1, 1).unwrap(),
    );
    let score = score(rulebook, &checked);
    let points = |finding: &duibiao::check::Finding| Some(parse(&finding.points.as_ref()?.exact()));
    let points = checked.findings.iter().map(points).collect();
    (points, parse(&score.low), parse(&score.high))
}

proptest! {
    #![proptest_config(cases(100))]
    #[test]
    fn what_is_better_never_loses(tape in tapes(80), values in tapes(16)) {
        let (rulebook, ways) = standard(&tape);
        let values = &mut Tape::new(&values);
        let mut given: Vec<(String, String)> = Vec::new();
        for index in 0..ways.len() {
            let value = values.pick(&["5", "0", "2.5", "9", "-1", "12"]);
            given.push((format!("f{index}"), value.into()));
            given.push((format!("g{index}"), values.pick(&["3", "1", "8", "2.4"]).into()));
        }
        for (index, up) in ways.iter().enumerate() {
            let mut last: Option<(Vec<Option<Q>>, Q, Q)> = None;
            for step in -4..=48 {
                // From worse to better, in quarters.
                let quarters = if *up { step } else { 48 - step - 4 };
                let (whole, rest) = (quarters / 4, (quarters % 4_i32).abs() * 25);
                let sign = if quarters < 0 && whole == 0 { "-" } else { "" };
                given[2 * index].1 = format!("{sign}{whole}.{rest:02}");
                let now = points(&rulebook, &given);
                if let Some(last) = &last {
                    prop_assert!(now.0[index] >= last.0[index], "A-{} {:?}: {:?} {:?}", index, given, last, now);
                    prop_assert!(now.1 >= last.1 && now.2 >= last.2, "A-{} {:?}: {:?} {:?}", index, given, last, now);
                }
                last = Some(now);
            }
        }
    }
}
