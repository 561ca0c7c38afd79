//! What is decided while data is missing stays so, whatever is entered later; what is open
//! narrows.
//!
//! A verdict that stands on `filled` alone is left out, as it takes what is missing for an answer; the score counts it
//! as open, and narrows all the same. Data that contradicts other data is left out too: it undoes what was decided, as it must.

use crate::cases;
use crate::quantity::{Q, parse};
use crate::random::{Filled, Filling, Sample, Wanted, standards};
use crate::tape::{Tape, tapes};
use duibiao::check::{Check, check, in_force};
use duibiao::entry::{Given, read};
use duibiao::report::{Extra, Score};
use duibiao::rulebook::Rulebook;
use duibiao::score::score;
use proptest::collection::vec;
use proptest::prelude::*;

const WANTED: Wanted = Wanted {
    rules: 6,
    filled: true,
    scheme: true,
    narrow: false,
};

/// Something that is open: where it stands among the entry's items, and what it may be.
struct Open {
    parameter: bool,
    at: usize,
    values: Vec<String>,
}

fn judged(sample: &Sample, filled: &Filled) -> (Check, Score) {
    let reading = read(&sample.rulebook, &filled.entry);
    let checked = check(&sample.rulebook, &reading, filled.as_of);
    let score = score(&sample.rulebook, &checked);
    (checked, score)
}

/// Up to three items of a whole entry that some rule reads, left empty.
fn leave_open(sample: &Sample, filled: &mut Filled, choices: &[u32]) -> Vec<Open> {
    let tape = &mut Tape::new(choices);
    let graph = &sample.rulebook.graph;
    let all: Vec<_> = (0..graph.nodes.len() as u32)
        .map(duibiao::rulebook::Id)
        .collect();
    let slots = graph.slots_in(&all);
    let mut open: Vec<Open> = Vec::new();
    for _ in 0..=tape.below(3) {
        let (parameter, at) = if slots.is_empty() || tape.once_in(6) {
            (true, tape.below(filled.entry.parameters.len().max(1)))
        } else {
            (false, tape.pick(&slots) as usize)
        };
        let items = match parameter {
            true => &mut filled.entry.parameters,
            false => &mut filled.entry.fields,
        };
        let Some((name, given)) = items.get_mut(at) else {
            continue;
        };
        let known = (sample.rulebook.parameters.iter())
            .position(|p| p.id == *name)
            .filter(|_| parameter);
        // Without what the user set, the line that was in force would count again.
        let dated = known.is_some_and(|index| {
            in_force(&sample.rulebook.parameters[index], filled.as_of).is_some()
        });
        if *given == Given::Empty || dated {
            continue;
        }
        *given = Given::Empty;
        let values = match known {
            Some(index) => sample.settings(index),
            None => sample.domain(at),
        };
        open.push(Open {
            parameter,
            at,
            values,
        });
    }
    for one in &mut open {
        one.values.truncate(5);
    }
    open
}

/// Calls `each` with every way of filling in some or all of what is open.
fn complete(
    filled: &mut Filled,
    open: &[Open],
    each: &mut dyn FnMut(&Filled) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let Some((first, rest)) = open.split_first() else {
        return each(filled);
    };
    for value in std::iter::once(None).chain(first.values.iter().map(Some)) {
        let given = value.map_or(Given::Empty, |value| Given::Text(value.clone()));
        let items = match first.parameter {
            true => &mut filled.entry.parameters,
            false => &mut filled.entry.fields,
        };
        items[first.at].1 = given;
        complete(filled, rest, each)?;
    }
    Ok(())
}

/// Whether a range lies within another one.
fn within(inner: (&str, &str), outer: (&str, &str)) -> bool {
    parse(inner.0) >= parse(outer.0) && parse(inner.1) <= parse(outer.1)
}

fn stays<T: PartialEq>(before: &Option<T>, after: &Option<T>) -> bool {
    before.is_none() || before == after
}

fn narrows(rulebook: &Rulebook, before: &Score, after: &Score) -> Result<(), String> {
    let mut wrong = Vec::new();
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_string());
        }
    };
    expect(
        within((&after.low, &after.high), (&before.low, &before.high)),
        "score",
    );
    expect(stays(&before.passes, &after.passes), "passes");
    let line = |score: &Score| score.pass.as_ref().and_then(|pass| pass.holds);
    expect(stays(&line(before), &line(after)), "pass line");
    let extras = |a: &Option<Extra>, b: &Option<Extra>| match (a, b) {
        (Some(a), Some(b)) => within((&b.low, &b.high), (&a.low, &a.high)),
        (a, b) => a.is_none() && b.is_none(),
    };
    expect(extras(&before.bonus, &after.bonus), "bonus");
    expect(extras(&before.penalty, &after.penalty), "penalty");
    for (a, b) in before.chapters.iter().zip(&after.chapters) {
        expect(stays(&a.floor, &b.floor), "floor");
        expect(!a.warned || b.warned, "warned");
    }
    for veto in &before.vetoes {
        let now = after
            .vetoes
            .iter()
            .find(|one| one.indicator == veto.indicator);
        if veto.triggered.is_some() {
            expect(now == Some(veto), "veto");
        }
    }
    let known = |veto: &&duibiao::report::VetoState| {
        before
            .vetoes
            .iter()
            .any(|one| one.indicator == veto.indicator)
    };
    expect(after.vetoes.iter().all(|veto| known(&veto)), "new veto");
    if let (Some(a), Some(b)) = (&before.grade, &after.grade) {
        // From the highest; past the last where even that is not reached.
        let grades = &rulebook.scheme.grades;
        let rank = |name: &Option<String>| match name {
            Some(name) => grades.iter().position(|grade| grade.name == *name).unwrap(),
            None => grades.len(),
        };
        expect(
            rank(&b.low) <= rank(&a.low) && rank(&b.high) >= rank(&a.high),
            "grade",
        );
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join(", ")),
    }
}

proptest! {
    #![proptest_config(cases(120))]
    #[test]
    fn what_is_decided_stays(
        sample in standards(WANTED),
        tapes in vec((tapes(120), tapes(8)), 4),
    ) {
        for (tape, holes) in tapes {
            let whole = Filling { aside: 8, set: true, ..Filling::default() };
            let mut filled = sample.fill(&tape, whole);
            let open = leave_open(&sample, &mut filled, &holes);
            let (first, score) = judged(&sample, &filled);
            let before = filled.clone();
            complete(&mut filled, &open, &mut |filled| {
                let (next, later) = judged(&sample, filled);
                let error = |index: &usize| sample.rulebook.data_checks[*index].error;
                if next.broken.iter().any(|index| error(index) && !first.broken.contains(index)) {
                    return Ok(());
                }
                for (index, (a, b)) in first.findings.iter().zip(&next.findings).enumerate() {
                    prop_assert!(
                        !a.outcome.is_decided() || a == b || first.unfilled.get(index) == Some(&true),
                        "{a:?}, then {b:?}\n{}\nbefore {:#?}\nafter {:#?}",
                        sample.rules[index].text(), before.entry, filled.entry
                    );
                }
                let narrowed = narrows(&sample.rulebook, &score, &later);
                prop_assert!(
                    narrowed.is_ok(),
                    "{narrowed:?}\n{score:#?}\nthen {later:#?}\n{}\n{:#?}\nthen {:#?}",
                    sample.files[0].text, first.findings, next.findings
                );
                Ok(())
            })?;
        }
    }
}

/// Indicators that each read a field of their own and win from nothing to all of their points.
fn independent(choices: &[u32]) -> Rulebook {
    let tape = &mut Tape::new(choices);
    let mut frame = vec!["not_applicable: \"rescale\"".to_string()];
    for options in [
        ["", "full: 100"],
        ["", "weights: #{ \"1-a\": 70, \"2-b\": 30 }"],
        ["", "bonus_cap: 2"],
        ["", "penalty_cap: 2"],
    ] {
        let option = tape.pick(&options);
        if !option.is_empty() {
            frame.push(option.into());
        }
    }
    let mut chapters = [String::new(), String::new()];
    for index in 0..5 {
        let points = tape.pick(&["1", "2", "4"]);
        let kind = tape.pick(&["base", "base", "bonus", "penalty"]);
        // The second chapter has something of its own to weigh.
        let kind = if index % 2 == 1 && index < 3 {
            "base"
        } else {
            kind
        };
        let score = tape.pick(&[
            String::new(),
            ", score: per_step(#{ below: 5, step: 1, lose: 5 })".into(),
            ", score: proportional(#{ target: 5 })".into(),
            format!(", score: bands([#{{ from: 5, points: {points} }}, #{{ points: 0 }}])"),
        ]);
        let meets = tape.pick(&["v >= 5", "v >= 5", "filled(甲) && v >= 5"]);
        let meets = meets.replace('甲', &format!("甲{index}"));
        chapters[index % 2] += &format!(
            "field(\"甲{index}\", #{{ id: \"f{index}\" }});
             indicator(\"A-{index}\", #{{ title: \"标\", advice: \"改\", points: {points}, kind: \"{kind}\",
                value: 甲{index}, meets: |v| {meets}{score} }});\n"
        );
    }
    let [first, second] = chapters;
    crate::probe::standard(
        &format!("scheme(#{{ {} }});", frame.join(", ")),
        &format!("group(\"组\");{first}//@ 2-b\n{second}"),
    )
}

proptest! {
    #![proptest_config(cases(60))]
    // Not so where a value decides two indicators, or no value wins nothing, such as with the
    // lowest of some bands: the low end has nothing of what is open, the high end all of it.
    #[test]
    fn both_ends_of_the_score_are_reached(tape in tapes(30), given in vec(0_usize..4, 5)) {
        let rulebook = independent(&tape);
        let scores = |values: &[Option<&str>]| {
            let entry = duibiao::entry::Entry {
                fields: (values.iter().enumerate())
                    .filter_map(|(at, value)| Some((format!("f{at}"), Given::Text((*value)?.into()))))
                    .collect(),
                ..Default::default()
            };
            let as_of = duibiao::date::Date::new(2024, 1, 1).unwrap();
            let score = score(&rulebook, &check(&rulebook, &read(&rulebook, &entry), as_of));
            (parse(&score.low), parse(&score.high))
        };
        let domain = [None, Some("5"), Some("0"), Some("3")];
        let values: Vec<Option<&str>> = given.iter().map(|at| domain[*at]).collect();
        let (low, high) = scores(&values);
        let mut found: Vec<Q> = Vec::new();
        for pattern in 0..1 << values.len() {
            let whole: Vec<Option<&str>> = (values.iter().enumerate())
                .map(|(at, value)| value.or(domain[1 + (pattern >> at & 1)]))
                .collect();
            let (only, same) = scores(&whole);
            prop_assert_eq!(&only, &same);
            found.push(only);
        }
        prop_assert_eq!(found.iter().min(), Some(&low));
        prop_assert_eq!(found.iter().max(), Some(&high));
    }
}

/// Conditions on two ratios, each of which may have nothing below its line.
const CONDITIONS: [&str; 22] = [
    "P >= Q",
    "Q != P",
    "P >= 50 && Q >= 50",
    "P >= 50 || Q >= 50",
    "none([P >= 50, Q >= 50])",
    "at_least(1, [P >= 50, Q >= 50, 甲 >= 1])",
    "at_least(2, [P >= 50, Q >= 50, 甲 >= 1])",
    "!(P >= 50) || Q >= 50",
    "when(P >= 50, Q >= 50, 甲 >= 1)",
    "when(甲 >= 1, P, Q) >= 50",
    "when(P >= 50, 丙, 丙) >= 1",
    "P + Q >= 100",
    "sum([P, Q]) >= 100",
    "average([P, Q]) >= 50",
    "max(P, Q) >= 50",
    "weighted_average([[P, 40], [Q, 40], [甲, 20]]) >= 50",
    "min([P, 80]) >= 50",
    "max([P, Q, 50]) >= 50",
    "min(P, Q) >= 50",
    "(P >= 50) == (Q >= 50)",
    "count([P >= 50, Q >= 50]) >= 1",
    "not_decreasing([P, Q, 甲])",
];

/// All of them with all policies, on all of the few values there are.
#[test]
fn what_is_decided_stays_in_a_small_world() {
    const POLICIES: [&str; 4] = ["invalid", "missing", "not_applicable", "met"];
    const VALUES: [&str; 3] = ["", "0", "1"];
    let mut rules = String::from("group(\"组\");\n");
    let names = [("甲", "a"), ("乙", "b"), ("丙", "c"), ("丁", "d")];
    for (name, id) in names {
        rules += &format!("field(\"{name}\", #{{ id: \"{id}\", unit: \"%\" }});\n");
    }
    let mut conditions = Vec::new();
    for first in POLICIES {
        for second in POLICIES {
            let p = format!("percent(甲, 乙, #{{ zero: \"{first}\" }})");
            let q = format!("percent(丙, 丁, #{{ zero: \"{second}\" }})");
            let ratios = |text: &str| text.replace('P', &p).replace('Q', &q);
            for (index, condition) in CONDITIONS.iter().enumerate() {
                conditions.push(ratios(condition));
                let id = format!("A-{first}-{second}-{index}");
                let score = match index % 3 {
                    0 => String::new(),
                    1 => ", score: per_step(#{ below: 50, step: 10, lose: 0.2 })".into(),
                    _ => ", score: bands([#{ from: 50, points: 1 }, #{ points: 0.5 }])".into(),
                };
                rules += &format!(
                    "indicator(\"{id}\", #{{ title: \"标\", advice: \"改\", value: {p}, meets: {}{score} }});\n",
                    conditions[conditions.len() - 1]
                );
            }
        }
    }
    let rulebook = crate::probe::standard("", &rules);
    let as_of = duibiao::date::Date::new(2024, 1, 1).unwrap();
    let world: Vec<[&str; 4]> = (0..81_usize)
        .map(|at| [1, 3, 9, 27].map(|of| VALUES[at / of % 3]))
        .collect();
    let findings: Vec<_> = (world.iter())
        .map(|values| {
            let given = names.iter().zip(values);
            let given = given.map(|((_, id), text)| {
                let text = if text.is_empty() {
                    Given::Empty
                } else {
                    Given::Text(format!("{text}%"))
                };
                ((*id).into(), text)
            });
            let entry = duibiao::entry::Entry {
                fields: given.collect(),
                ..Default::default()
            };
            check(&rulebook, &read(&rulebook, &entry), as_of).findings
        })
        .collect();
    let mut wrong = Vec::new();
    for (before, earlier) in world.iter().zip(&findings) {
        for (after, later) in world.iter().zip(&findings) {
            if before
                .iter()
                .zip(after)
                .any(|(a, b)| !a.is_empty() && a != b)
            {
                continue;
            }
            for (index, (a, b)) in earlier.iter().zip(later).enumerate() {
                if a.outcome.is_decided() && a != b {
                    wrong.push(format!(
                        "{}: {before:?} {a:?}, {after:?} {b:?}",
                        conditions[index]
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of them, such as {}",
        wrong.len(),
        wrong[..wrong.len().min(9)].join("\n")
    );
}
