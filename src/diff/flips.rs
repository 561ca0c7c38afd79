//! Verdicts that turn: the same data under two versions of a standard, and whether the rules or
//! which of their lines turned them.

use super::attribute::{Attribution, Line, Part, Side, Turned, Turning};
use super::{Change, Standing, compare};
use crate::date::Date;
use crate::entry::Entry;
use crate::report::Score;
use crate::rulebook::Rulebook;
use crate::score::score;
use serde::Serialize;

/// What turned a verdict.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The rules: conditions, points, fields or data checks.
    Rule,
    /// The values of parameters.
    Parameter,
    /// Either of them would have.
    Either,
    /// Only both together.
    Both,
}

/// An indicator whose verdict or points are others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flip {
    /// Id of the indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// Before; absent where the indicator is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Turned>,
    /// After; absent where the indicator is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Turned>,
    /// What turned it.
    pub cause: Cause,
    /// The lines that did, or took part.
    pub parameters: Vec<Line>,
    /// The changes of rules that did, or took part.
    pub rules: Vec<Change>,
}

/// The same data under two versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Indicators whose verdict or points are others.
    pub flips: Vec<Flip>,
    /// The score before.
    pub from: Score,
    /// The score after.
    pub to: Score,
    /// What the score decides, where that turned.
    pub standing: Vec<Standing>,
}

/// Which verdicts on an entry turn from `old` to `new`, and what turned them.
pub fn turned(old: &Rulebook, new: &Rulebook, entry: &Entry, as_of: Date) -> Compared {
    let side = |rules| Side {
        rules,
        entry,
        as_of,
    };
    let attribution = Attribution::new(side(old), side(new), compare(old, new));
    let flip = |found: super::Attributed| Flip {
        cause: match (found.turning, found.causes.as_slice()) {
            (Turning::Either, _) => Cause::Either,
            (_, [Part::Parameters]) => Cause::Parameter,
            (_, [Part::Rules]) => Cause::Rule,
            _ => Cause::Both,
        },
        indicator: found.indicator,
        title: found.title,
        from: found.from,
        to: found.to,
        parameters: found.parameters,
        rules: found.rules,
    };
    let from = score(old, attribution.before());
    let to = score(new, attribution.after());
    let [was, is] = [&from, &to].map(|score| serde_json::to_value(score).unwrap_or_default());
    let mut standing = super::standing(&was, &is);
    attribution.standing(&mut standing);
    Compared {
        flips: attribution.turned().into_iter().map(flip).collect(),
        from,
        to,
        standing,
    }
}
