//! The oracle: a rule compiled and checked says what the same text says when Rhai runs it
//! directly on plain exact numbers.

use crate::cases;
use crate::plain::{Verdict, Zero, engine, judge, scope, zero_of};
use crate::quantity::parse;
use crate::random::{Filled, Filling, Sample, standard};
use crate::tape::tapes;
use duibiao::check::{Check, Outcome, check};
use duibiao::entry::read;
use duibiao::number::Number;
use duibiao::rulebook::Kind;
use proptest::collection::vec;
use proptest::prelude::*;

fn checked(sample: &Sample, filled: &Filled) -> Check {
    let reading = read(&sample.rulebook, &filled.entry);
    check(&sample.rulebook, &reading, filled.as_of)
}

/// A verdict with the points that the rule gives: those of a penalty are told as what it takes away.
fn found(sample: &Sample, check: &Check, index: usize) -> Verdict {
    let (finding, indicator) = (&check.findings[index], &sample.rulebook.indicators[index]);
    let given = |points: &Number| match indicator.kind {
        Kind::Penalty => points.checked_add(&indicator.points).unwrap(),
        Kind::Base | Kind::Bonus => points.clone(),
    };
    let points = finding
        .points
        .as_ref()
        .map(|points| parse(&given(points).exact()));
    (finding.outcome.word(), points)
}

/// Compares what Rhai can run; how many verdicts that were.
fn agree(sample: &Sample, filled: &Filled) -> Result<usize, TestCaseError> {
    let (engine, scope) = (engine(&filled.as_of.iso()), scope(sample, filled));
    let check = checked(sample, filled);
    for (index, condition) in sample.checks.iter().enumerate() {
        let mut scope = scope.clone();
        if let Ok(holds) = engine.eval_with_scope::<bool>(&mut scope, condition) {
            prop_assert_eq!(check.broken.contains(&index), !holds, "{}", condition);
        }
    }
    // What contradicts other data is invalid, which plain values can't be.
    if check
        .broken
        .iter()
        .any(|index| sample.rulebook.data_checks[*index].error)
    {
        return Ok(0);
    }
    let mut compared = 0;
    for (index, rule) in sample.rules.iter().enumerate() {
        if check.findings[index].outcome.is_aside() && !filled.entry.not_applicable.is_empty() {
            continue;
        }
        let told = || format!("{}\n{filled:#?}", rule.text());
        let found = found(sample, &check, index);
        match judge(&engine, &scope, rule) {
            Ok(expected) => {
                compared += 1;
                prop_assert_eq!(found, expected, "{}", told());
            }
            Err(error) => {
                if let (Some(Zero(policy)), true) = (zero_of(&error), rule.plain_ratio) {
                    compared += 1;
                    prop_assert_eq!(found.0, policy, "{}", told());
                }
            }
        }
    }
    Ok(compared)
}

proptest! {
    #![proptest_config(cases(110))]
    #[test]
    fn rules_say_what_rhai_says(sample in standard(), tapes in vec(tapes(120), 12)) {
        for tape in tapes {
            agree(&sample, &sample.fill(&tape, Filling::WHOLE))?;
        }
    }

    #[test]
    fn and_where_rhai_gets_by_without_what_is_missing(sample in standard(), tapes in vec(tapes(120), 6)) {
        let some = Filling { missing: 8, ..Filling::WHOLE };
        for tape in tapes {
            let filled = sample.fill(&tape, some);
            // What is unknown is never told as known.
            agree(&sample, &filled)?;
        }
    }
}

#[test]
fn most_verdicts_are_compared() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut compared, mut all, mut outcomes) = (0, 0, std::collections::BTreeMap::new());
    for _ in 0..40 {
        let sample = standard().new_tree(&mut runner).unwrap().current();
        for _ in 0..6 {
            let tape = tapes(120).new_tree(&mut runner).unwrap().current();
            let filled = sample.fill(&tape, Filling::WHOLE);
            compared += agree(&sample, &filled).unwrap();
            for finding in checked(&sample, &filled).findings {
                all += 1;
                *outcomes.entry(finding.outcome.word()).or_insert(0) += 1;
            }
        }
    }
    assert!(compared * 2 > all, "{compared} of {all}");
    for outcome in [
        Outcome::Met,
        Outcome::Partial,
        Outcome::Unmet,
        Outcome::NotApplicable,
    ] {
        assert!(outcomes[outcome.word()] * 50 > all, "{outcomes:?} of {all}");
    }
}
