//! All ways to a verdict agree: checking and reporting, items in any order, points and score.

use crate::cases;
use crate::quantity::{Q, parse, whole};
use crate::random::{Filling, standard};
use crate::tape::{Tape, tapes};
use duibiao::check::{Outcome, check};
use duibiao::date::Date;
use duibiao::entry::{Entry, read};
use duibiao::report::{Lang, Report, report};
use duibiao::rulebook::Absent;
use proptest::collection::vec;
use proptest::prelude::*;

/// Items in another order.
fn shuffled(entry: &Entry, choices: &[u32]) -> Entry {
    fn shuffle<T>(list: &mut [T], tape: &mut Tape<'_>) {
        for at in 1..list.len() {
            list.swap(at, tape.below(at + 1));
        }
    }
    let (mut entry, tape) = (entry.clone(), &mut Tape::new(choices));
    shuffle(&mut entry.fields, tape);
    shuffle(&mut entry.parameters, tape);
    shuffle(&mut entry.not_applicable, tape);
    shuffle(&mut entry.waived, tape);
    entry
}

/// A report whose problems, told in the order of the entry, are in one order.
fn sorted(mut report: Report) -> Report {
    report
        .data
        .sort_by_key(|problem| (problem.fields.clone(), problem.code, problem.text.clone()));
    report
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn a_report_says_what_the_check_says(
        sample in standard(),
        tapes in vec((tapes(120), tapes(60)), 6),
    ) {
        for (tape, order) in tapes {
            let filled = sample.fill(&tape, Filling::MIXED);
            let (rulebook, entry) = (&sample.rulebook, &filled.entry);
            let told = report(rulebook, "", entry, filled.as_of, Lang::Zh);
            let checked = check(rulebook, &read(rulebook, entry), filled.as_of);
            for (ours, theirs) in checked.findings.iter().zip(&told.findings) {
                prop_assert_eq!(ours.outcome.word(), theirs.outcome);
                let points = theirs.points.as_ref().map(|points| parse(points));
                prop_assert_eq!(ours.points.as_ref().map(|p| parse(&p.exact())), points);
                // What is decided has points, unless it is aside; what is open names what is lacking.
                let open = !ours.outcome.is_decided();
                prop_assert_eq!(ours.points.is_none(), open || ours.outcome.is_aside());
                if ours.outcome == Outcome::Missing {
                    prop_assert!(!theirs.missing.is_empty(), "{:#?}", theirs);
                }
                if ours.outcome == Outcome::Pending {
                    prop_assert!(!theirs.pending.is_empty(), "{:#?}", theirs);
                }
            }
            let again = report(rulebook, "", &shuffled(entry, &order), filled.as_of, Lang::Zh);
            prop_assert_eq!(sorted(told), sorted(again));
        }
    }

    #[test]
    fn the_ledger_is_the_score(sample in standard(), tape in tapes(120)) {
        let rulebook = &sample.rulebook;
        let filled = sample.fill(&tape, Filling { missing: 9, aside: 6, set: true, ..Filling::default() });
        let told = report(rulebook, "", &filled.entry, filled.as_of, Lang::Zh);
        let (mut low, mut high) = (whole(0), whole(0));
        let mean = rulebook.scheme.absent == Absent::Mean;
        for chapter in &told.score.chapters {
            let (mut least, mut most, mut full) = (whole(0), whole(0), whole(0));
            for finding in &told.findings {
                if finding.chapter != chapter.chapter || finding.kind.is_some() {
                    continue;
                }
                // What may yet be filled in is open, whatever is known of it.
                if matches!(finding.outcome, "not_applicable" | "waived") && !finding.open {
                    continue;
                }
                let of = parse(&finding.of);
                let points = finding.points.as_ref().filter(|_| !finding.open);
                let points = points.map(|points| parse(points));
                least += points.clone().unwrap_or(whole(0));
                most += points.unwrap_or(of.clone());
                full += of;
            }
            if !mean {
                let found = [&chapter.low, &chapter.high, &chapter.full].map(|text| parse(text));
                prop_assert_eq!(found, [least.clone(), most.clone(), full]);
            }
            low += least;
            high += most;
        }
        // Without a scheme that scales them, points simply add up.
        let scheme = &rulebook.scheme;
        if scheme.full.is_none() && scheme.weights.is_empty() && scheme.absent == Absent::LeaveOut {
            let extra = |range: &Option<duibiao::report::Extra>| -> (Q, Q) {
                range.as_ref().map_or((whole(0), whole(0)), |r| (parse(&r.low), parse(&r.high)))
            };
            let (bonus, penalty) = (extra(&told.score.bonus), extra(&told.score.penalty));
            let low = (low + bonus.0 - penalty.1).max(whole(0));
            let high = (high + bonus.1 - penalty.0).max(whole(0));
            prop_assert_eq!((parse(&told.score.low), parse(&told.score.high)), (low, high));
        }
    }

    #[test]
    fn nothing_that_is_entered_does_harm(
        (_sample, told) in standard().prop_flat_map(|sample| {
            let entries = sample.entries();
            (Just(sample), entries)
        }).prop_map(|(sample, entry)| {
            let as_of = Date::new(2024, 1, 1).unwrap();
            let told = report(&sample.rulebook, "", &entry, as_of, Lang::En);
            (sample, told)
        })
    ) {
        // Whatever is wrong with a value is told, and no text is left without words.
        for problem in &told.data {
            prop_assert!(!problem.text.is_empty() && !problem.fields.is_empty());
        }
        for finding in &told.findings {
            prop_assert!(!finding.text.is_empty());
        }
    }
}
