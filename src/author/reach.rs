//! Scores that a scheme asks for and nobody reaches: a pass line or a grade above the full marks.

use super::State;
use super::bounds::{self, Known};
use super::problem::Trouble;
use crate::number::Number;
use crate::rulebook::{Id, Kind};
use rhai::Position;

/// The most that can be won, as far as that is known.
struct Most {
    /// Without bonus points.
    full: Number,
    bonus: Number,
    /// Whether the scheme says how many the full marks are; otherwise indicators may be yet to come.
    written: bool,
}

/// Lines of the scheme that are above what can be won, each with its place.
pub fn beyond(state: &State) -> Vec<(String, Position, Trouble)> {
    let Some(most) = most(state) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, line, (file, at)) in &state.scheme_lines {
        let above = |known: &Known| known.number > most.full;
        let known = bounds::known(state, *line);
        if let Some(known) = known
            .into_iter()
            .filter(above)
            .max_by_key(|k| k.number.clone())
        {
            found.push((file.clone(), *at, told(state, name, &known, &most)));
        }
    }
    found
}

fn most(state: &State) -> Option<Most> {
    let scheme = &state.rulebook.scheme;
    let full = match scheme.full {
        Some(full) => greatest(state, full)?,
        None => points(state, Kind::Base)?,
    };
    let bonus = points(state, Kind::Bonus)?;
    let cap = scheme.bonus_cap.and_then(|cap| greatest(state, cap));
    Some(Most {
        full,
        bonus: cap.filter(|cap| *cap < bonus).unwrap_or(bonus),
        written: scheme.full.is_some(),
    })
}

/// The greatest number that a line is known to be.
fn greatest(state: &State, line: Id) -> Option<Number> {
    let known = bounds::known(state, line).into_iter();
    known.map(|known| known.number).max()
}

/// The points of all indicators of a kind.
fn points(state: &State, kind: Kind) -> Option<Number> {
    let all = state.rulebook.indicators.iter();
    let own = all.filter(|indicator| indicator.kind == kind);
    own.map(|indicator| &indicator.points)
        .try_fold(Number::ZERO, |sum, points| sum.checked_add(points))
}

fn told(state: &State, name: &str, known: &Known, most: &Most) -> Trouble {
    let (full, number) = (most.full.exact(), known.number.exact());
    let (zh, en) = bounds::whose(state, known)
        .unwrap_or_else(|| (format!("这里是 {number}"), format!("here is {number}")));
    let (line, line_en) = match name {
        "pass" => ("达标的总分 pass".into(), "pass".into()),
        grade => (
            format!("等次“{grade}”的 from"),
            format!("from of the grade “{grade}”"),
        ),
    };
    let trouble = Trouble::new(
        "unreachable",
        format!("{line} 高于满分 {full}：{zh}"),
        format!("{line_en} is above the full {full}: {en}"),
    )
    .marks(number);
    let trouble = bounds::declared_at(state, trouble, known);
    let with_bonus = most.full.checked_add(&most.bonus);
    if with_bonus.is_some_and(|most| known.number <= most) {
        let bonus = most.bonus.exact();
        return trouble
            .advice(
                format!("要靠加分（最多 {bonus}）才够得到；确是这样就不用改"),
                format!("it takes bonus points ({bonus} at most); leave it if that is meant"),
            )
            .warning();
    }
    match most.written {
        true => trouble.advice(
            "谁也得不到这么多：改这条线，或改满分 full",
            "nobody wins that many: change the line, or full",
        ),
        false => trouble
            .advice(
                "没有写 full，满分就是各项分值之和：改这条线或各项的分值，或写上 full",
                "without full, the full marks are the sum of all points: change the line or the points, or write full",
            )
            .warning(),
    }
}
