//! What is told to come first does to the score what is told: each indicator is decided as told, and
//! everything added up again.

use crate::cases;
use crate::random::{Filling, Sample, standard};
use crate::tape::tapes;
use duibiao::check::{Check, Finding, Outcome, check};
use duibiao::date::Date;
use duibiao::entry::{Entry, read};
use duibiao::number::Number;
use duibiao::report::{Lang, Score, report};
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

fn held(sample: &Sample, entry: &Entry) -> Result<(), TestCaseError> {
    let rulebook = &sample.rulebook;
    let as_of = Date::parse("2024-01-01").unwrap();
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
        let mut findings = told.findings.iter();
        let chapter = &findings
            .find(|f| f.indicator == one.indicator)
            .unwrap()
            .chapter;
        prop_assert_eq!(&one.lifts, &lifts(now, &then, chapter), "{:?}", one);
    }
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
    Ok(())
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn points_told_first_are_those_of_the_score(sample in standard(), tapes in vec(tapes(120), 10)) {
        for tape in tapes {
            held(&sample, &sample.fill(&tape, Filling::MIXED).entry)?;
        }
    }
}
