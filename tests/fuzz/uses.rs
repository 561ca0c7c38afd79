//! Everything that is done with a rulebook and an entry, with what must agree.

use crate::harness::{magnitude, mark};
use crate::random::{Random, VALUES};
use duibiao::check::{Cause, Finding, Plain, Prepared, Session, Value, check, gates};
use duibiao::date::Date;
use duibiao::digest::digest;
use duibiao::entry::{Entry, Given, read, read_value};
use duibiao::explain::branches::Branches;
use duibiao::form::form;
use duibiao::record::{json, recheck, recorded};
use duibiao::report::{Lang, Reason, Report, report};
use duibiao::rulebook::{Field, FieldType, Rulebook};
use std::collections::HashSet;
use std::rc::Rc;

/// Dates at which something may turn, and the ends of the calendar.
pub fn as_of(random: &mut Random) -> Date {
    let dates = [
        "2024-01-01",
        "2023-05-31",
        "2020-02-29",
        "0001-01-01",
        "9999-12-31",
    ];
    Date::parse(random.pick(&dates)).unwrap()
}

/// Something for a field: mostly what it asks for, sometimes anything.
fn value(random: &mut Random, field: &Field) -> Given {
    if random.once_in(5) {
        return Given::Text(random.pick(VALUES).into());
    }
    let text = match field.kind {
        FieldType::YesNo => return Given::Truth(random.once_in(2)),
        FieldType::Choice if !field.choices.is_empty() => {
            field.choices[random.below(field.choices.len())].clone()
        }
        FieldType::Choice | FieldType::Text => "说明".into(),
        FieldType::Date => format!(
            "20{}-0{}-1{}",
            19 + random.below(6),
            1 + random.below(9),
            random.below(10)
        ),
        FieldType::Count => random.below(120).to_string(),
        FieldType::Number | FieldType::Percent => match random.below(3) {
            0 => format!("{}.{}", random.below(100), random.below(1000)),
            1 => random.below(101).to_string(),
            _ => format!("{}/{}", random.below(1000), 1 + random.below(60)),
        },
    };
    Given::Text(text)
}

/// An entry for a rulebook.
pub fn entry(random: &mut Random, rulebook: &Rulebook) -> Entry {
    let mut entry = Entry::default();
    let full = 1 + random.below(8);
    // Of very many fields the first do.
    for slot in 0..rulebook.slots().min(400) as u32 {
        if random.below(8) < full
            && let Some((field, _)) = rulebook.field_of(slot)
        {
            entry
                .fields
                .push((rulebook.slot_id(slot), value(random, field)));
        }
    }
    for parameter in rulebook.parameters.iter().take(100) {
        if random.once_in(4) {
            let text = match parameter.choices.first() {
                Some(choice) if random.once_in(2) => choice.clone(),
                _ if random.once_in(3) => random.pick(VALUES).into(),
                _ => random.below(120).to_string(),
            };
            entry
                .parameters
                .push((parameter.id.clone(), Given::Text(text)));
        }
    }
    for indicator in rulebook.indicators.iter().take(100) {
        match random.below(20) {
            0 => entry
                .not_applicable
                .push((indicator.id.clone(), Given::Text("没有".into()))),
            1 => {
                let part = |name: &str, text: &str| (name.to_string(), Given::Text(text.into()));
                let parts = vec![
                    part("reason", "修路"),
                    part("by", "市创建办"),
                    part("until", "2024-06-30"),
                ];
                entry
                    .waived
                    .push((indicator.id.clone(), Given::Keyed(parts)));
            }
            _ => {}
        }
    }
    // A file has each name once.
    for items in [
        &mut entry.fields,
        &mut entry.parameters,
        &mut entry.not_applicable,
        &mut entry.waived,
    ] {
        let mut known = HashSet::new();
        items.retain(|(name, _)| known.insert(name.clone()));
    }
    entry
}

/// Whether a rulebook is small enough to be used in every way.
fn is_small(rulebook: &Rulebook) -> bool {
    rulebook.indicators.len() <= 300
        && rulebook.graph.nodes.len() <= 10_000
        && rulebook.slots() <= 1_000
}

/// Uses a rulebook in every way; the traits of what came of it.
pub fn rulebook(rulebook: Rulebook, random: &mut Random) -> Vec<u64> {
    let rulebook = Rc::new(rulebook);
    serde_json::to_string(&form(&rulebook, "")).unwrap();
    let mut traits = Vec::new();
    for _ in 0..2 {
        let entry = entry(random, &rulebook);
        let as_of = as_of(random);
        let lang = if random.once_in(2) {
            Lang::Zh
        } else {
            Lang::En
        };
        // Not held while what follows makes reports of its own.
        traits.extend(of_report(&told(&rulebook, &entry, as_of, lang)));
        if is_small(&rulebook) {
            agree(&rulebook, &entry, as_of, random);
            if random.once_in(4) {
                holds_again(&rulebook, &entry, as_of);
            }
        }
    }
    traits
}

/// A report, which tells each indicator.
pub fn told(rulebook: &Rulebook, entry: &Entry, as_of: Date, lang: Lang) -> Report {
    let told = report(rulebook, "", entry, as_of, lang);
    assert_eq!(told.findings.len(), rulebook.indicators.len());
    for finding in &told.findings {
        assert!(!finding.text.is_empty());
    }
    told
}

/// What a report shows.
pub fn of_report(report: &Report) -> Vec<u64> {
    let mut traits = Vec::new();
    for finding in report.findings.iter().take(200) {
        let kind = finding.reason.as_ref().map_or("", |reason| reason.kind);
        traits.push(mark(&[
            &finding.outcome,
            &kind,
            &finding.fixes.len().min(3),
            &magnitude(finding.text.len()),
        ]));
        let mut open: Vec<&Reason> = finding.reason.iter().collect();
        let mut left = 60;
        while let (Some(reason), 1..) = (open.pop(), left) {
            left -= 1;
            open.extend(&reason.parts);
            for term in [&reason.left, &reason.right, &reason.term]
                .into_iter()
                .flatten()
            {
                let parts = term.terms.len().min(4);
                traits.push(mark(&[
                    &reason.kind,
                    &term.op.unwrap_or(""),
                    &term.unknown.unwrap_or(""),
                    &parts,
                ]));
            }
        }
    }
    for problem in report.data.iter().take(200) {
        traits.push(mark(&[&problem.code, &magnitude(problem.given.len())]));
    }
    let score = &report.score;
    traits.push(mark(&[
        &magnitude(score.low.len()),
        &magnitude(score.high.len()),
        &score.vetoes.len().min(3),
    ]));
    traits
}

/// The full check, the fast one and a session say the same.
fn agree(rulebook: &Rc<Rulebook>, entry: &Entry, as_of: Date, random: &mut Random) {
    let mut reading = read(rulebook, entry);
    let full = check(rulebook, &reading, as_of);
    let prepared = Prepared::new(rulebook, &reading, as_of);
    let mut row = prepared.row(&reading);
    if prepared.judge(rulebook, &mut row) {
        let fast: Vec<Finding> = row.findings.iter().map(Finding::exact).collect();
        assert_eq!(fast, full.findings, "the fast evaluation disagrees");
    }
    let judged = prepared.judge_reading(rulebook, &reading, &mut row);
    assert_eq!(judged, full.findings, "judging a reading disagrees");
    branches_agree(
        rulebook,
        &row.values,
        &told(rulebook, entry, as_of, Lang::Zh),
    );
    // Numbers that arrive as they are mean what their text means.
    let gates = gates(rulebook, &prepared.words);
    let slots = rulebook.slots();
    for _ in 0..4.min(slots) {
        let slot = random.below(slots);
        let numbers = [
            0.0,
            -0.0,
            1.0,
            0.95,
            95.5,
            1e15,
            123_456.789,
            0.1 + 0.2,
            -3.0,
            1e300,
            5e-324,
            f64::INFINITY,
        ];
        let number = numbers[random.below(numbers.len())];
        let mut places = random.below(8) as u32;
        let fast = gates[slot].number(number, &mut places);
        let text = format!("{number}");
        let meant = gates[slot].text(rulebook, &prepared.words, &text);
        assert!(
            fast.cause() == Some(Cause::Beyond) || fast == meant,
            "{text}: {fast:?} {meant:?}"
        );
    }
    // Edits, one after the other, and taken back.
    let mut session = Session::new(rulebook.clone(), reading.clone(), as_of);
    assert_eq!(
        session.findings(),
        full.findings,
        "a session begins otherwise"
    );
    for _ in 0..3.min(slots) {
        let slot = random.below(slots);
        let (field, _) = rulebook.field_of(slot as u32).unwrap();
        let value = match read_value(rulebook, field, &value(random, field)) {
            Ok(value) => value.unwrap_or(Value::Unknown(Cause::Missing)),
            Err(_) => Value::INVALID,
        };
        reading.slots[slot] = value.clone();
        session.set(slot as u32, value);
        let again = check(rulebook, &reading, as_of).findings;
        assert_eq!(session.findings(), again, "a session goes another way");
    }
    while session.undo().is_some() {}
    assert_eq!(
        session.findings(),
        full.findings,
        "a session does not come back"
    );
}

/// The branches as numbers are the reasons of the report.
fn branches_agree(rulebook: &Rulebook, values: &[Plain], told: &Report) {
    fn walk(reason: &Reason, marks: &mut std::slice::ChunksExact<'_, u32>) {
        let mark = marks.next().unwrap();
        let holds = match (reason.holds, reason.not_applicable) {
            (Some(false), _) => 1,
            (Some(true), _) => 2,
            (None, true) => 3,
            (None, false) => 0,
        };
        let expected =
            holds | u32::from(reason.decisive) << 2 | u32::from(reason.kind == "compare") << 3;
        assert_eq!(mark[1] & 15, expected, "another branch at {}", reason.at);
        assert_eq!(
            (mark[1] >> 4) as usize,
            reason.parts.len(),
            "other parts at {}",
            reason.at
        );
        reason.parts.iter().for_each(|part| walk(part, marks));
    }
    let mut branches = Branches::default();
    branches.clear(&rulebook.graph);
    for (indicator, finding) in rulebook.indicators.iter().zip(&told.findings) {
        if let Some(reason) = &finding.reason {
            branches.marks.clear();
            branches.add(&rulebook.graph, values, indicator);
            let mut marks = branches.marks.chunks_exact(2);
            walk(reason, &mut marks);
            assert!(marks.next().is_none(), "more branches than the report has");
        }
    }
}

/// A report that is written and read again holds.
pub fn holds_again(rulebook: &Rulebook, entry: &Entry, as_of: Date) {
    // Indicators are told apart by their ids, as authors have to; and one name is an object's own in serde_json.
    let ids: HashSet<&String> = rulebook
        .indicators
        .iter()
        .map(|indicator| &indicator.id)
        .collect();
    let reserved = |items: &[(String, Given)]| {
        items
            .iter()
            .any(|(name, _)| name.starts_with("$serde_json"))
    };
    if ids.len() < rulebook.indicators.len()
        || reserved(&entry.fields)
        || reserved(&entry.parameters)
    {
        return;
    }
    let digest = digest(b"");
    let told = report(rulebook, &digest, entry, as_of, Lang::En);
    let written = serde_json::to_string(&told).unwrap();
    let again = recorded(json(&written).unwrap()).unwrap_or_else(|why| panic!("{}", why.en));
    let found = recheck(&again, rulebook, &digest);
    assert!(
        found.holds,
        "a report does not hold: {:?}",
        found.differences
    );
}
