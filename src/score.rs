//! The score: points that add up.
//!
//! What does not apply is left out of points and full points alike. While
//! anything is undecided the score is an interval.

use crate::check::{Check, Outcome};
use crate::number::Number;
use crate::report::Score;
use crate::rulebook::Rulebook;

/// The score of a checked entry, as exact decimals.
pub fn score(rulebook: &Rulebook, checked: &Check) -> Score {
    let (mut low, mut high, mut full) = (Number::ZERO, Number::ZERO, Number::ZERO);
    for (indicator, finding) in rulebook.indicators.iter().zip(&checked.findings) {
        if finding.outcome == Outcome::NotApplicable {
            continue;
        }
        add(&mut full, &indicator.points);
        match &finding.points {
            Some(points) => {
                add(&mut low, points);
                add(&mut high, points);
            }
            None => add(&mut high, &indicator.points),
        }
    }
    Score {
        low: low.exact(),
        high: high.exact(),
        full: full.exact(),
    }
}

fn add(total: &mut Number, points: &Number) {
    if let Some(sum) = total.checked_add(points) {
        *total = sum;
    }
}
