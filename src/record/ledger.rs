//! What each indicator brings to a score, so that two scores can be compared to the last point.
//!
//! A report says what an indicator has won of its own points; the standard's scheme weighs and scales
//! them, and caps what is on top. The rows of a ledger are after all that, and add up to the score; where their sum would
//! be too long to be exact, as the score's is not, each row has twelve decimal places.

use super::recorded::{Range, Recorded, Verdict};
use crate::check::Outcome;
use crate::number::Number;
use crate::rulebook::Rulebook;

/// What an indicator, or something else, brings to the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Id of the indicator.
    pub id: String,
    /// Id of its chapter.
    pub chapter: String,
    /// At the low end of the score, and at its high end.
    pub ends: [Number; 2],
}

/// All of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// One for each indicator.
    pub rows: Vec<Row>,
    /// What no indicator brings on its own, by kind: `bonus_cap`, `penalty_cap`, and `scheme` (a score is
    /// never below zero; weights that are not known).
    pub rest: Vec<(&'static str, [Number; 2])>,
    /// Rows were rounded.
    pub rounded: bool,
}

/// The ledger of a report. Without its rulebook the chapters' weights are not known: then what they
/// do is in `rest`. `None` where the numbers of the report are too large to reckon with.
pub fn ledger(report: &Recorded, rulebook: Option<&Rulebook>) -> Option<Ledger> {
    let [low, high] = [end(report, rulebook, false)?, end(report, rulebook, true)?];
    let rounded = low.2 || high.2;
    let rows = report.findings.iter().zip(low.0.into_iter().zip(high.0));
    let row = |(finding, (low, high)): (&Verdict, (Number, Number))| Row {
        id: finding.indicator.clone(),
        chapter: finding.chapter.clone(),
        ends: [low, high],
    };
    let rest = low.1.into_iter().zip(high.1);
    let rest = rest.map(|((kind, low), (_, high))| (kind, [low, high]));
    Some(Ledger {
        rows: rows.map(row).collect(),
        rest: rest.collect(),
        rounded,
    })
}

/// What each finding brings, the rest, and whether either was rounded.
type End = (Vec<Number>, [(&'static str, Number); 3], bool);

/// A number as far as it is kept where sums of such would be too long; whether that is not all of it.
fn kept(number: &mut Number, rounded: &mut bool) -> Option<()> {
    *rounded = true;
    *number = number.round_half_even(12)?;
    Some(())
}

/// The sum of rows; `None` where it is longer than a score is.
fn added(rows: &[Number]) -> Option<Number> {
    let mut sum = Number::ZERO;
    for row in rows {
        sum = sum.checked_add(row).filter(|sum| sum.length() <= 40)?;
    }
    Some(sum)
}

/// One end of the ledger: what each finding brings, in their order, and the rest.
fn end(report: &Recorded, rulebook: Option<&Rulebook>, high: bool) -> Option<End> {
    let score = &report.score;
    let mut rounded = false;
    let pick = |range: &Range| if high { &range.high } else { &range.low }.clone();
    let mut rows = vec![Number::ZERO; report.findings.len()];
    // Its share of the whole, for each chapter.
    let mut shares = Vec::new();
    let mut total = Number::ZERO;
    for (id, _, full) in &score.chapters {
        let share = match weight(rulebook, id) {
            Some(weight) => weight.checked_div(full).unwrap_or(Number::ZERO),
            None => Number::ONE,
        };
        total = total.checked_add(&full.checked_mul(&share)?)?;
        shares.push(share);
    }
    let factor = score.full.checked_div(&total).unwrap_or(Number::ONE);
    for ((id, range, _), share) in score.chapters.iter().zip(&shares) {
        let share = share.checked_mul(&factor)?;
        let own = |finding: &&Verdict| finding.chapter == *id && finding.kind.is_none();
        // What does not apply may have the mean of the others.
        let mut others = Vec::new();
        let mut aside = Number::ZERO;
        for finding in report.findings.iter().filter(own) {
            match won(finding, high) {
                Some(points) => others.push(points),
                None => aside = aside.checked_add(&finding.of)?,
            }
        }
        if added(&others).is_none() {
            for points in &mut others {
                kept(points, &mut rounded)?;
            }
        }
        let left = pick(range).checked_sub(&added(&others)?)?;
        let mean = left.checked_div(&aside).unwrap_or(Number::ZERO);
        for (finding, row) in report.findings.iter().zip(&mut rows) {
            if own(&finding) {
                let points = won(finding, high).or_else(|| finding.of.checked_mul(&mean));
                *row = points?.checked_mul(&share)?;
            }
        }
    }
    let (mut bonus, mut penalty) = (Vec::new(), Vec::new());
    for (finding, row) in report.findings.iter().zip(&mut rows) {
        let brought = match finding.kind.as_deref() {
            Some("bonus") => &mut bonus,
            Some("penalty") => &mut penalty,
            _ => continue,
        };
        *row = won(finding, high).unwrap_or(Number::ZERO);
        brought.push(row.clone());
    }
    if added(&rows).is_none() {
        for row in rows.iter_mut().chain(&mut bonus).chain(&mut penalty) {
            kept(row, &mut rounded)?;
        }
    }
    let (bonus, penalty) = (added(&bonus)?, added(&penalty)?);
    let most = score.bonus.as_ref().map_or(Number::ZERO, pick);
    let bonus_cap = most.checked_sub(&bonus)?;
    // The low end of the score has the high end of what is taken away.
    let taken = score.penalty.as_ref();
    let taken = taken.map(|range| if high { &range.low } else { &range.high }.neg());
    let penalty_cap = taken.unwrap_or(Number::ZERO).checked_sub(&penalty)?;
    let sum = added(&rows)?
        .checked_add(&bonus_cap)?
        .checked_add(&penalty_cap)?;
    let scheme = pick(&score.whole).checked_sub(&sum)?;
    let rest = [
        ("bonus_cap", bonus_cap),
        ("penalty_cap", penalty_cap),
        ("scheme", scheme),
    ];
    Some((rows, rest, rounded))
}

/// The weight of a chapter, where the standard has weights.
fn weight(rulebook: Option<&Rulebook>, chapter: &str) -> Option<Number> {
    let rulebook = rulebook?;
    let at = rulebook.chapters.iter().position(|c| c.id == chapter)?;
    rulebook.scheme.weights.get(at).cloned()
}

/// The points of a finding, all or nothing where it is undecided; `None` where it is set aside.
fn won(finding: &Verdict, high: bool) -> Option<Number> {
    let penalty = finding.kind.as_deref() == Some("penalty");
    match (&finding.points, finding.outcome) {
        // What is open may come to apply.
        (_, Outcome::NotApplicable | Outcome::Waived) if !finding.open => None,
        (Some(points), _) if !finding.open => Some(points.clone()),
        // A penalty takes its points away, at worst.
        _ if penalty && high => Some(Number::ZERO),
        _ if penalty => Some(finding.of.neg()),
        _ if high => Some(finding.of.clone()),
        _ => Some(Number::ZERO),
    }
}
