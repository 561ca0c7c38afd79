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
        // Without what the user set, the line that was in force would count again; and full marks that are not set
        // are the sum of points, another scale for all of it.
        let stays = known.is_some_and(|index| {
            let full = sample.rulebook.scheme.full;
            let scale = full.is_some_and(|full| graph.parameters_of(full) == [index as u32]);
            scale || in_force(&sample.rulebook.parameters[index], filled.as_of).is_some()
        });
        if *given == Given::Empty || stays {
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

/// The places of the grades of both ends, from the highest; past the last where even that is not reached.
pub fn ranks(rulebook: &Rulebook, score: &Score) -> Option<[usize; 2]> {
    let grades = &rulebook.scheme.grades;
    let rank = |name: &Option<String>| match name {
        Some(name) => grades.iter().position(|grade| grade.name == *name).unwrap(),
        None => grades.len(),
    };
    (score.grade.as_ref()).map(|grade| [rank(&grade.low), rank(&grade.high)])
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
    if let Some([low, high]) = ranks(rulebook, before) {
        let inside = |[a, b]: [usize; 2]| a <= low && b >= high;
        expect(ranks(rulebook, after).is_some_and(inside), "grade");
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

/// What may be entered for one thing, and where it is entered.
struct Item {
    name: String,
    parameter: bool,
    /// The best, the worst, and others.
    values: Vec<&'static str>,
}

/// Indicators that each read fields of their own and win from nothing to all of their points, and
/// a scheme with at most one line that is not set.
fn independent(choices: &[u32]) -> (Rulebook, Vec<Item>) {
    let tape = &mut Tape::new(choices);
    let mut items = Vec::new();
    let lines = [
        ("mean", vec!["100", "0"]),
        ("pass", vec!["0", "1000"]),
        ("chapter_floor", vec!["0", "100"]),
        ("bonus_cap", vec!["1000", "0", "1"]),
        ("penalty_cap", vec!["0", "1000", "1"]),
        ("warn_loss", vec!["100", "0"]),
    ];
    let own = tape.pick(&[6, 0, 1, 2, 3, 4, 5]);
    let mut frame = String::new();
    let absent = tape.pick(&["leave_out", "rescale", "mean"]);
    let absent = if own == 0 { "mean" } else { absent };
    frame += &format!("not_applicable: \"{absent}\", ");
    for (at, (name, values)) in lines.into_iter().enumerate() {
        let numbers: &[&str] = match name {
            "mean" if absent == "mean" => &["80"],
            "mean" => &[""],
            "pass" => &["", "4", "7.5", "60"],
            "bonus_cap" | "penalty_cap" => &["", "2"],
            _ => &["", "40"],
        };
        let text = if at == own { "线" } else { tape.pick(numbers) };
        if !text.is_empty() {
            frame += &format!("{name}: {text}, ");
        }
        if at == own {
            items.push(Item {
                name: "line".into(),
                parameter: true,
                values,
            });
        }
    }
    frame += tape.pick(&["", "full: 100, "]);
    frame += tape.pick(&["", "weights: #{ \"1-a\": 70, \"2-b\": 30 }, "]);
    let grades = tape.pick(&["", "8, 5", "6, 3", "90, 30"]);
    let vetoes = match grades.split_once(", ") {
        None => vec!["", "", ", veto: \"fail\"", ", veto: \"gate\""],
        Some((first, second)) => {
            frame += &format!(
                "grades: [#{{ name: \"优\", from: {first} }}, #{{ name: \"良\", from: {second} }}]"
            );
            vec![
                "",
                "",
                ", veto: \"良\"",
                ", veto: \"良\"",
                ", veto: \"gate\"",
            ]
        }
    };
    let mut chapters = [String::new(), String::new()];
    for index in 0..5 {
        let kind = tape.pick(&["base", "base", "bonus", "penalty"]);
        // The second chapter has something of its own to weigh.
        let kind = if index % 2 == 1 && index < 3 {
            "base"
        } else {
            kind
        };
        let points = tape.pick(&["1", "2", "4"]);
        let score = tape.pick(&[
            String::new(),
            ", score: per_step(#{ below: 5, step: 1, lose: 5 })".into(),
            ", score: proportional(#{ target: 5 })".into(),
            format!(", score: bands([#{{ from: 5, points: {points} }}, #{{ points: 0 }}])"),
        ]);
        let meets = tape.pick(&["v >= 5", "v >= 5", "filled(甲) && v >= 5"]);
        let meets = meets.replace('甲', &format!("甲{index}"));
        let veto = tape.pick(&vetoes);
        let (mut applies, mut values) = (String::new(), vec!["5", "0", "3"]);
        if index < 2 && tape.once_in(3) {
            // Below nothing it does not apply.
            applies = format!(", applies: 甲{index} >= 0");
            values.push("-1");
        }
        chapters[index % 2] += &format!(
            "field(\"甲{index}\", #{{ id: \"f{index}\" }});
             indicator(\"A-{index}\", #{{ title: \"标\", advice: \"改\", points: {points}, kind: \"{kind}\",
                value: 甲{index}, meets: |v| {meets}{score}{applies}{veto} }});\n"
        );
        items.push(Item {
            name: format!("f{index}"),
            parameter: false,
            values,
        });
    }
    let [first, second] = chapters;
    let line = match own {
        0 | 2 | 5 => "parameter(\"线\", #{ id: \"line\", unit: \"%\" });",
        6 => "",
        _ => "parameter(\"线\", #{ id: \"line\" });",
    };
    let rulebook = crate::probe::standard(
        &format!("{line} scheme(#{{ {frame} }});"),
        &format!("group(\"组\");{first}//@ 2-b\n{second}"),
    );
    (rulebook, items)
}

/// What a score decides, by name: so, not so, or open.
fn verdicts(score: &Score) -> Vec<(String, Option<bool>)> {
    let floors = score.chapters.iter();
    let mut all: Vec<_> = floors
        .map(|one| (format!("floor of {}", one.chapter), one.floor))
        .collect();
    all.push(("passes".into(), score.passes));
    all.push((
        "pass".into(),
        score.pass.as_ref().and_then(|pass| pass.holds),
    ));
    all
}

proptest! {
    #![proptest_config(cases(80))]
    // Not so where a value decides two indicators, or no value wins nothing, such as with the
    // lowest of some bands: the low end has nothing of what is open, the high end all of it.
    #[test]
    fn both_ends_of_the_score_are_reached(tape in tapes(50), given in tapes(8)) {
        let (rulebook, items) = independent(&tape);
        let as_of = duibiao::date::Date::new(2024, 1, 1).unwrap();
        let given = &mut Tape::new(&given);
        let mut aside = duibiao::entry::Entry::default();
        let mut values: Vec<Option<&str>> = Vec::new();
        for item in &items {
            let at = given.below(item.values.len() + 3);
            values.push(at.checked_sub(3).map(|at| item.values[at]));
            // Rarely set aside by hand.
            if at == 2 && item.name == "f4" {
                aside.not_applicable.push(("A-4".into(), Given::Text("没有".into())));
            }
        }
        let scored = |values: &[Option<&str>]| {
            let mut entry = aside.clone();
            for (item, value) in items.iter().zip(values) {
                let list = if item.parameter { &mut entry.parameters } else { &mut entry.fields };
                list.extend(value.map(|text| (item.name.clone(), Given::Text(text.into()))));
            }
            score(&rulebook, &check(&rulebook, &read(&rulebook, &entry), as_of))
        };
        let told = scored(&values);
        let mut found: Vec<Score> = Vec::new();
        let open: Vec<usize> = (0..items.len()).filter(|at| values[*at].is_none()).collect();
        let all: usize = open.iter().map(|at| items[*at].values.len().min(3)).product();
        for mut pattern in 0..all {
            let mut whole = values.clone();
            for at in &open {
                let own = &items[*at].values;
                // What lies between the best and the worst, or does not apply, comes last.
                let count = own.len().min(3);
                whole[*at] = Some(match pattern % count {
                    2 => own[own.len() - 1],
                    at => own[at],
                });
                pattern /= count;
            }
            let one = scored(&whole);
            prop_assert_eq!(&one.low, &one.high);
            let within = narrows(&rulebook, &told, &one);
            prop_assert!(within.is_ok(), "{:?} {:?}\n{:#?}\n{:#?}", within, whole, told, one);
            found.push(one);
        }
        let ends = |range: &dyn Fn(&Score) -> Option<(Q, Q)>| {
            let all: Vec<(Q, Q)> = found.iter().filter_map(range).collect();
            let lows = all.iter().map(|(low, _)| low.clone());
            let highs = all.iter().map(|(_, high)| high.clone());
            (lows.min().zip(highs.max()), range(&told))
        };
        let both = |low: &str, high: &str| Some((parse(low), parse(high)));
        let (reached, range) = ends(&|score| both(&score.low, &score.high));
        prop_assert_eq!(reached, range);
        let (reached, range) = ends(&|score| score.bonus.as_ref().and_then(|own| both(&own.low, &own.high)));
        prop_assert_eq!(reached, range);
        let (reached, range) = ends(&|score| score.penalty.as_ref().and_then(|own| both(&own.low, &own.high)));
        prop_assert_eq!(reached, range);
        for at in 0..2 {
            let (reached, range) = ends(&|score| both(&score.chapters[at].low, &score.chapters[at].high));
            prop_assert_eq!(reached, range);
            let warned = found.iter().all(|one| one.chapters[at].warned);
            prop_assert_eq!(told.chapters[at].warned, warned);
        }
        if let Some([low, high]) = ranks(&rulebook, &told) {
            let all = || found.iter().filter_map(|one| ranks(&rulebook, one));
            prop_assert_eq!(all().map(|[low, _]| low).max(), Some(low));
            prop_assert_eq!(all().map(|[_, high]| high).min(), Some(high));
        }
        // What is open can turn out both ways, and what may strike does for some.
        for (at, (what, open)) in verdicts(&told).into_iter().enumerate() {
            let turns: Vec<Option<bool>> = found.iter().map(|one| verdicts(one)[at].1).collect();
            let same = turns.iter().all(|one| *one == turns[0]).then_some(turns[0]).flatten();
            // A floor that is not set may turn out to be all that a chapter has, which it may have.
            if rulebook.scheme.chapter_floor.is_none() || told.pending.is_empty() {
                prop_assert_eq!(open, same, "{} {:?} {:#?}", what, values, told);
            }
        }
        for indicator in rulebook.indicators.iter().filter(|indicator| indicator.veto.is_some()) {
            let of = |score: &Score| {
                let mut all = score.vetoes.iter();
                all.find(|veto| veto.indicator == indicator.id).map(|veto| veto.triggered)
            };
            let struck = found.iter().filter(|one| of(one) == Some(Some(true))).count();
            let expected = match struck {
                0 => None,
                all if all == found.len() => Some(Some(true)),
                _ => Some(None),
            };
            prop_assert_eq!(of(&told), expected);
        }
    }
}

/// Conditions on two ratios, each of which may have nothing below its line.
const CONDITIONS: [&str; 24] = [
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
    "when(P >= 50, 丙, 丁) >= 1",
    "all([when(P >= 50, 丙 >= 1, 丁 >= 1), 甲 >= 0])",
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
