//! What is told to come first does to the score what is told: each indicator is decided as told, and
//! everything added up again; and where a fix is suggested, what it wins is won when it is made.

use crate::cases;
use crate::fixes::{changed, changes};
use crate::random::{Filled, Filling, Sample, standard};
use crate::tape::tapes;
use duibiao::check::{Check, Finding, Outcome, check};
use duibiao::entry::read;
use duibiao::number::Number;
use duibiao::report::{self, FixFirst, Lang, Report, Score, report};
use duibiao::rulebook::{Kind, Rulebook};
use duibiao::score::score;
use proptest::collection::vec;
use proptest::prelude::*;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn minus(a: &str, b: &str) -> Number {
    number(a).checked_sub(&number(b)).unwrap()
}

fn width(score: &Score) -> Number {
    minus(&score.high, &score.low)
}

/// The score with some indicators met in full, or with nothing.
fn decided(rulebook: &Rulebook, checked: &Check, indicators: &[String], met: bool) -> Score {
    let mut checked = checked.clone();
    for (index, indicator) in rulebook.indicators.iter().enumerate() {
        if indicators.contains(&indicator.id) {
            // What is decided is no longer open for what is not filled in.
            if let Some(open) = checked.unfilled.get_mut(index) {
                *open = false;
            }
            let penalty = indicator.kind == Kind::Penalty;
            let (outcome, points) = match (met, penalty) {
                (true, false) => (Outcome::Met, indicator.points.clone()),
                (false, true) => (Outcome::Unmet, indicator.points.neg()),
                (true, true) => (Outcome::Met, Number::ZERO),
                (false, false) => (Outcome::Unmet, Number::ZERO),
            };
            checked.findings[index] = Finding {
                outcome,
                points: Some(points),
            };
        }
    }
    score(rulebook, &checked)
}

/// Whether a fix lifts what it says, by the scores before and after.
fn lifts(before: &Score, after: &Score, chapter: &str) -> Vec<&'static str> {
    let mut lifts = Vec::new();
    let vetoes = before.vetoes.iter();
    let gone = vetoes.filter(|veto| {
        let mut after = after.vetoes.iter();
        !after.any(|after| after.indicator == veto.indicator)
    });
    lifts.extend(gone.map(|veto| veto.kind));
    let floor = |score: &Score| {
        let mut chapters = score.chapters.iter();
        chapters.find(|one| one.chapter == chapter).unwrap().floor
    };
    // Not reached, open, reached.
    let rank = |holds: Option<bool>| holds.map_or(1, |holds| if holds { 2 } else { 0 });
    if rank(floor(after)) > rank(floor(before)) {
        lifts.push("floor");
    }
    let pass = |score: &Score| rank(score.pass.as_ref().and_then(|pass| pass.holds));
    if pass(after) > pass(before) {
        lifts.push("pass");
    }
    if before.grade != after.grade {
        lifts.push("grade");
    }
    lifts
}

const FILLING: Filling = Filling {
    ids: true,
    ..Filling::MIXED
};

/// The place of a fix: what bars from passing comes first, then what limits the grade, then points, then the
/// smaller change.
fn place(one: &FixFirst, told: &Report) -> impl PartialOrd + use<> {
    let rank = |lift: &&str| usize::from(matches!(*lift, "cap" | "grade"));
    let rank = one.lifts.iter().map(rank).min().unwrap_or(2);
    let points = [&one.low, &one.high].map(|end| number(end).neg());
    let size = found(told, &one.indicator).fixes.first();
    let size = size.map(|fix| fix.size.clone());
    (rank, points, size.is_none(), size)
}

fn found<'a>(told: &'a Report, indicator: &str) -> &'a report::Finding {
    let mut findings = told.findings.iter();
    findings.find(|one| one.indicator == indicator).unwrap()
}

/// Makes the fixes of what is told to come first; how many of them win what is told and what is lifted.
fn made(
    sample: &Sample,
    filled: &Filled,
    told: &Report,
    checked: &Check,
) -> Result<usize, TestCaseError> {
    let (rulebook, now) = (&sample.rulebook, &told.score);
    let mut count = 0;
    for one in &now.fix_first {
        let mut findings = told.findings.iter();
        let index = findings.position(|finding| finding.indicator == one.indicator);
        let index = index.unwrap();
        let finding = &told.findings[index];
        let all = &rulebook.indicators[index];
        for fix in &finding.fixes {
            let entry = changed(&filled.entry, &changes(fix));
            let after = check(rulebook, &read(rulebook, &entry), filled.as_of);
            // What it does to other indicators is not told.
            let mut alone = checked.clone();
            alone.findings[index] = after.findings[index].clone();
            if alone.findings != after.findings || alone.unfilled != after.unfilled {
                continue;
            }
            let then = score(rulebook, &after);
            let rises = [minus(&then.low, &now.low), minus(&then.high, &now.high)];
            let most = [number(&one.low), number(&one.high)];
            let best = match all.kind {
                Kind::Penalty => Number::ZERO,
                _ => all.points.clone(),
            };
            // Met is not always with all points.
            if after.findings[index].points.as_ref() == Some(&best) {
                count += 1;
                prop_assert_eq!(&rises, &most, "{:?} {:#?}", one, fix);
                prop_assert_eq!(
                    &one.lifts,
                    &lifts(now, &then, &finding.chapter),
                    "{:?} {:#?}",
                    one,
                    fix
                );
            } else {
                let mut ends = rises.iter().zip(&most);
                prop_assert!(
                    ends.all(|(rise, most)| rise <= most),
                    "{:?} {:#?}",
                    one,
                    fix
                );
            }
        }
    }
    Ok(count)
}

fn held(sample: &Sample, filled: &Filled) -> Result<usize, TestCaseError> {
    let (rulebook, entry, as_of) = (&sample.rulebook, &filled.entry, filled.as_of);
    let told = report(rulebook, "", entry, as_of, Lang::Zh);
    let checked = check(rulebook, &read(rulebook, entry), as_of);
    let now = &told.score;
    // What is told is what wins points or lifts something, whatever its outcome.
    for finding in &told.findings {
        let then = decided(
            rulebook,
            &checked,
            std::slice::from_ref(&finding.indicator),
            true,
        );
        let listed = now
            .fix_first
            .iter()
            .any(|one| one.indicator == finding.indicator);
        let decided = finding.points.is_some() && !finding.open;
        let wins = [minus(&then.low, &now.low), minus(&then.high, &now.high)];
        let lifts = lifts(now, &then, &finding.chapter);
        let wanted = decided && (wins.iter().any(|end| !end.is_zero()) || !lifts.is_empty());
        prop_assert_eq!(listed, wanted, "{}", finding.text);
    }
    for one in &now.fix_first {
        let then = decided(
            rulebook,
            &checked,
            std::slice::from_ref(&one.indicator),
            true,
        );
        let rises = (minus(&then.low, &now.low), minus(&then.high, &now.high));
        prop_assert_eq!((number(&one.low), number(&one.high)), rises, "{:?}", one);
        let chapter = &found(&told, &one.indicator).chapter;
        prop_assert_eq!(&one.lifts, &lifts(now, &then, chapter), "{:?}", one);
    }
    let places: Vec<_> = now.fix_first.iter().map(|one| place(one, &told)).collect();
    prop_assert!(places.is_sorted(), "{:#?}", now.fix_first);
    for one in &now.narrowing {
        prop_assert!(number(&one.low) <= number(&one.high));
        // A line of the scheme narrows on its own, too.
        let own = one.parameter.as_ref();
        if own.is_some_and(|own| now.pending.contains(own)) {
            continue;
        }
        let narrower = [true, false].map(|met| {
            let then = decided(rulebook, &checked, &one.indicators, met);
            width(now).checked_sub(&width(&then)).unwrap()
        });
        let [met, unmet] = narrower;
        prop_assert_eq!(number(&one.high), met.max(unmet), "{:?}", one);
    }
    made(sample, filled, &told, &checked)
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn points_told_first_are_those_of_the_score(sample in standard(), tapes in vec(tapes(120), 10)) {
        for tape in tapes {
            held(&sample, &sample.fill(&tape, FILLING))?;
        }
    }
}

#[test]
fn fixes_that_are_made_win_what_is_told() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut count = 0;
    for _ in 0..12 {
        let sample = standard().new_tree(&mut runner).unwrap().current();
        for _ in 0..10 {
            let tape = tapes(120).new_tree(&mut runner).unwrap().current();
            count += held(&sample, &sample.fill(&tape, FILLING)).unwrap();
        }
    }
    assert!(count > 20, "{count}");
}
