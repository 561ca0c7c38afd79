//! What to do first: which data narrows the score most, and which indicators win most back.
//!
//! Both try the score with some indicators decided otherwise. As the sums are at hand, each trial
//! exchanges the points of these indicators alone.

use super::{Grading, Scorer, Span, Sums, add, minus, product};
use crate::number::Number;
use crate::report::{Finding, FixFirst, Narrowing, PointRange};
use crate::rulebook::{Id, Indicator, Kind, ordered};
use std::cmp::Ordering;

/// The most that is told of what narrows a score.
const MOST_TOLD: usize = 10;

/// Something that keeps the score open, and whether it waits for one thing alone.
struct Doubt<'a> {
    about: About<'a>,
    alone: bool,
}

#[derive(Clone, Copy)]
enum About<'a> {
    Indicator(&'a Indicator),
    /// The mean that is given to what does not apply.
    Mean,
    Cap(Kind),
}

impl Scorer<'_> {
    /// What is not known and narrows the score most, by what each indicator waits for: slots, and behind
    /// all slots the parameters.
    pub fn narrowing(&self, awaited: &[Vec<u32>]) -> Vec<Narrowing> {
        let rulebook = self.rulebook;
        let slots = rulebook.slots();
        let mut doubts: Vec<Doubt<'_>> = Vec::new();
        // Of each slot, then of each parameter, the doubts that wait for it, and its share of their points.
        let mut waiting = Vec::new();
        for _ in 0..slots + rulebook.parameters.len() {
            waiting.push((Number::ZERO, Vec::new()));
        }
        let mut doubt = |about, awaited: &[u32]| {
            let [_, width] = self.narrowed(&[about]);
            let share = width.checked_div(&Number::from(awaited.len() as i64));
            for one in awaited {
                let waiting = waiting.get_mut(*one as usize);
                if let (Some((points, waiting)), Some(share)) = (waiting, &share)
                    && !share.is_zero()
                {
                    add(points, share, false);
                    waiting.push(doubts.len());
                }
            }
            doubts.push(Doubt {
                about,
                alone: awaited.len() == 1,
            });
        };
        let all = rulebook.indicators.iter().zip(&self.findings);
        for ((indicator, finding), awaited) in all.zip(awaited) {
            if !finding.outcome.is_decided() {
                doubt(About::Indicator(indicator), awaited);
            }
        }
        let scheme = &rulebook.scheme;
        let lines = [
            (About::Mean, scheme.mean),
            (About::Cap(Kind::Bonus), scheme.bonus_cap),
            (About::Cap(Kind::Penalty), scheme.penalty_cap),
        ];
        for (about, line) in lines {
            if self.line(line).is_none() {
                doubt(about, &self.unset(line));
            }
        }
        let points = |at: usize| waiting.get(at).map(|(points, _)| points);
        let order = ordered(waiting.len(), &|a, b| points(b).cmp(&points(a)));
        let mut told = Vec::new();
        for at in order {
            let Some((points, own)) = waiting.get(at) else {
                break;
            };
            if points.is_zero() || told.len() == MOST_TOLD {
                break;
            }
            let (mut all, mut alone, mut indicators) = (Vec::new(), Vec::new(), Vec::new());
            for at in own {
                let Some(doubt) = doubts.get(*at) else {
                    continue;
                };
                all.push(doubt.about);
                if doubt.alone {
                    alone.push(doubt.about);
                }
                if let About::Indicator(indicator) = doubt.about {
                    indicators.push(indicator.id.clone());
                }
            }
            let parameter = at
                .checked_sub(slots)
                .and_then(|at| rulebook.parameters.get(at));
            let [low, _] = self.narrowed(&alone);
            let [_, high] = self.narrowed(&all);
            told.push(Narrowing {
                field: (at < slots).then(|| rulebook.slot_id(at as u32)),
                parameter: parameter.map(|one| one.id.clone()),
                label: match parameter {
                    Some(parameter) => parameter.label.clone(),
                    None => rulebook.slot_label(at as u32),
                },
                low: low.exact(),
                high: high.exact(),
                indicators,
            });
        }
        told
    }

    /// The parameters that a line of the scheme waits for, behind all slots.
    fn unset(&self, line: Option<Id>) -> Vec<u32> {
        let Some(line) = line else {
            return Vec::new();
        };
        let mut unset = Vec::new();
        for index in self.rulebook.graph.parameters_of(line) {
            let value = self.checked.parameters.get(index as usize);
            if value.is_some_and(|value| value.cause().is_some()) {
                unset.push(index + self.rulebook.slots() as u32);
            }
        }
        unset
    }

    /// How many points narrower the score is with some doubts gone: the lesser and the greater of
    /// all turning out well, and none. Where sums are so long that trying all would take for ever, none at last.
    fn narrowed(&self, doubts: &[About<'_>]) -> [Number; 2] {
        let mut length = 0;
        for end in self.sums.base.ends() {
            length += 16 * end.length();
        }
        for about in doubts {
            if let About::Indicator(indicator) = about {
                length += 4 * indicator.points.length();
            }
        }
        if !self.work.bears(length) {
            return [Number::ZERO, Number::ZERO];
        }
        let width = |sums: &Sums| {
            let score = sums.score();
            minus(&score.high, &score.low, false)
        };
        let now = width(&self.sums);
        let narrower = |well: bool| {
            let mut sums = self.sums.clone();
            for about in doubts {
                self.decide(&mut sums, *about, well);
            }
            minus(&now, &width(&sums), false)
        };
        match [narrower(true), narrower(false)] {
            [more, less] if more > less => [less, more],
            both => both,
        }
    }

    /// Decides what was open.
    fn decide(&self, sums: &mut Sums, about: About<'_>, well: bool) {
        let raise = |span: &mut Span, points: &Number, low: bool| match low {
            true => add(&mut span.low, points, false),
            false => span.high = minus(&span.high, points, true),
        };
        match about {
            About::Indicator(indicator) => match indicator.kind {
                Kind::Base => raise(
                    &mut sums.base,
                    &self.worth(indicator, &indicator.points),
                    well,
                ),
                Kind::Bonus => raise(&mut sums.bonus, &indicator.points, well),
                // Well is what is not lost.
                Kind::Penalty => raise(&mut sums.penalty, &indicator.points, !well),
            },
            About::Mean => {
                for (part, worth) in self.chapters.iter().zip(&self.worths) {
                    raise(&mut sums.base, &product(&part.unset, worth, false), well);
                }
            }
            About::Cap(kind) => {
                let (cap, well) = match kind {
                    Kind::Penalty => (&mut sums.penalty_cap, !well),
                    _ => (&mut sums.bonus_cap, well),
                };
                let most = (!well).then_some(Number::ZERO);
                *cap = [most.clone(), most];
            }
        }
    }

    /// What points of an indicator of the full marks are worth in the score.
    fn worth(&self, indicator: &Indicator, points: &Number) -> Number {
        let worth = self.chapter(indicator).and_then(|at| self.worths.get(at));
        worth.map_or(Number::ZERO, |worth| product(points, worth, false))
    }

    /// The indicators that could win points or lift something, in the order in which to put them right; `findings` have
    /// the fixes.
    pub fn fix_first(&self, findings: &[Finding]) -> Vec<FixFirst> {
        let all = self.rulebook.indicators.iter().zip(&self.findings);
        let now = self.sums.score();
        let pass = self.mark(self.rulebook.scheme.pass);
        let grading = Grading::new(self);
        let mut found = Vec::new();
        for ((indicator, judged), finding) in all.zip(findings) {
            let Some(won) = &judged.points else {
                continue;
            };
            let all = match indicator.kind {
                Kind::Base | Kind::Bonus => &indicator.points,
                Kind::Penalty => &Number::ZERO,
            };
            let lost = minus(all, won, false);
            if lost.is_zero() && !judged.outcome.falls_short() {
                continue;
            }
            let mut sums = self.sums.clone();
            match indicator.kind {
                Kind::Base => sums.base = sums.base.moved(&self.worth(indicator, &lost)),
                Kind::Bonus => sums.bonus = sums.bonus.moved(&lost),
                Kind::Penalty => sums.penalty = sums.penalty.moved(&lost.neg()),
            }
            let then = sums.score();
            let mut lifts: Vec<&'static str> = Vec::new();
            let veto = indicator.veto.filter(|_| judged.outcome.falls_short());
            if let Some(veto) = veto {
                lifts.push(veto.word());
            }
            let chapter = self
                .chapter(indicator)
                .filter(|_| indicator.kind == Kind::Base);
            if let Some(part) = chapter.and_then(|at| self.chapters.get(at))
                && crosses(
                    &part.points,
                    &part.points.moved(&lost),
                    self.floor(part).as_ref(),
                )
            {
                lifts.push("floor");
            }
            if crosses(&now, &then, pass.as_ref()) {
                lifts.push("pass");
            }
            if let Some(grading) = &grading {
                let before = grading.of(&now, None);
                let after = grading.of(&then, veto);
                if before
                    .iter()
                    .zip(&after)
                    .any(|(before, after)| after < before)
                {
                    lifts.push("grade");
                }
            }
            let rank = |lift: &&str| u8::from(matches!(*lift, "cap" | "grade"));
            let rank = lifts.iter().map(rank).min().unwrap_or(2);
            let size = finding.fixes.first().map(|fix| &fix.size);
            let points = Span {
                low: minus(&then.low, &now.low, false),
                high: minus(&then.high, &now.high, false),
            };
            // Above a cap nothing is won; where it has its points already, neither.
            if lifts.is_empty() && points.ends().iter().all(|end| end.is_zero()) {
                continue;
            }
            found.push(Win {
                indicator,
                rank,
                points,
                size,
                lifts,
            });
        }
        let order = ordered(found.len(), &|a, b| match (found.get(a), found.get(b)) {
            (Some(a), Some(b)) => a.compared(b),
            _ => Ordering::Equal,
        });
        let mut told = Vec::new();
        for at in order {
            let Some(win) = found.get_mut(at) else {
                continue;
            };
            let PointRange { low, high } = win.points.range();
            told.push(FixFirst {
                indicator: win.indicator.id.clone(),
                low,
                high,
                lifts: std::mem::take(&mut win.lifts),
            });
        }
        told
    }
}

/// What putting an indicator right would do.
struct Win<'a> {
    indicator: &'a Indicator,
    rank: u8,
    points: Span,
    /// That of the change, if one is known.
    size: Option<&'a Number>,
    lifts: Vec<&'static str>,
}

impl Win<'_> {
    fn compared(&self, other: &Self) -> Ordering {
        let (own, others) = (self.points.ends(), other.points.ends());
        let unknown = self.size.is_none().cmp(&other.size.is_none());
        (self.rank.cmp(&other.rank))
            .then_with(|| others.cmp(&own))
            .then(unknown)
            .then_with(|| self.size.cmp(&other.size))
    }
}

/// Whether either end of some points comes to reach a line.
fn crosses(before: &Span, after: &Span, line: Option<&Number>) -> bool {
    let mut ends = before.ends().into_iter().zip(after.ends());
    line.is_some_and(|line| ends.any(|(before, after)| before < line && after >= line))
}
