//! What to do first: which data narrows the score most, and which indicators win most back.
//!
//! Both try the score with some indicators decided otherwise. As the sums are at hand, each trial
//! exchanges the points of these indicators alone.

use super::{Grading, Scorer, Span, Sums, add, minus, times};
use crate::number::Number;
use crate::report::{Finding, FixFirst, Narrowing};
use crate::rulebook::{Id, Indicator, Kind};
use std::cmp::Reverse;

/// The most that is told of what narrows a score.
const MOST_TOLD: usize = 10;

/// Something that has to be known before an indicator is decided.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Awaited {
    /// A slot.
    Slot(u32),
    /// The index of a parameter.
    Parameter(u32),
}

/// Something that keeps the score open, and how many things it waits for.
struct Doubt<'a> {
    about: About<'a>,
    waits: usize,
    /// How many points narrower the score is without it.
    width: Number,
}

#[derive(Clone, Copy)]
enum About<'a> {
    Indicator(&'a Indicator),
    /// The mean that is given to what does not apply.
    Mean,
    Cap(Kind),
}

impl Scorer<'_> {
    /// What is not known and narrows the score most, by what each indicator waits for.
    pub fn narrowing(&self, awaited: &[Vec<Awaited>]) -> Vec<Narrowing> {
        let (mut doubts, mut pairs) = (Vec::new(), Vec::new());
        let mut doubt = |about, awaited: &[Awaited]| {
            pairs.extend(awaited.iter().map(|one| (*one, doubts.len())));
            let [_, width] = self.narrowed(&[about]);
            doubts.push(Doubt {
                about,
                waits: awaited.len(),
                width,
            });
        };
        let all = self.rulebook.indicators.iter().zip(&self.checked.findings);
        for ((indicator, finding), awaited) in all.zip(awaited) {
            if !finding.outcome.is_decided() {
                doubt(About::Indicator(indicator), awaited);
            }
        }
        let scheme = &self.rulebook.scheme;
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
        pairs.sort_unstable();
        let mut found: Vec<(Number, Narrowing)> = Vec::new();
        for pairs in pairs.chunk_by(|a, b| a.0 == b.0) {
            let own = || pairs.iter().filter_map(|(_, index)| doubts.get(*index));
            let mut points = Number::ZERO;
            for doubt in own() {
                let share = doubt.width.checked_div(&Number::from(doubt.waits as i64));
                add(&mut points, &share.unwrap_or(Number::ZERO));
            }
            if let (Some((awaited, _)), false) = (pairs.first(), points.is_zero()) {
                let all: Vec<About<'_>> = own().map(|doubt| doubt.about).collect();
                let alone = own().filter(|doubt| doubt.waits == 1);
                let alone: Vec<About<'_>> = alone.map(|doubt| doubt.about).collect();
                found.push((points, self.told(*awaited, &alone, &all)));
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0));
        found.truncate(MOST_TOLD);
        found.into_iter().map(|(_, told)| told).collect()
    }

    fn told(&self, awaited: Awaited, alone: &[About<'_>], all: &[About<'_>]) -> Narrowing {
        let rulebook = self.rulebook;
        let (field, parameter, label) = match awaited {
            Awaited::Slot(slot) => (
                Some(rulebook.slot_id(slot)),
                None,
                rulebook.slot_label(slot),
            ),
            Awaited::Parameter(index) => {
                let parameter = rulebook.parameters.get(index as usize);
                let label = parameter.map_or_else(String::new, |one| one.label.clone());
                (None, parameter.map(|one| one.id.clone()), label)
            }
        };
        let [low, _] = self.narrowed(alone);
        let [_, high] = self.narrowed(all);
        let id = |about: &About<'_>| match about {
            About::Indicator(indicator) => Some(indicator.id.clone()),
            _ => None,
        };
        Narrowing {
            field,
            parameter,
            label,
            low: low.exact(),
            high: high.exact(),
            indicators: all.iter().filter_map(id).collect(),
        }
    }

    /// The parameters that a line of the scheme waits for.
    fn unset(&self, line: Option<Id>) -> Vec<Awaited> {
        let read = line.map(|line| self.rulebook.graph.parameters_of(line));
        let open = |index: &u32| {
            let value = self.checked.parameters.get(*index as usize);
            value.is_some_and(|value| value.cause().is_some())
        };
        let open = read.into_iter().flatten().filter(open);
        open.map(Awaited::Parameter).collect()
    }

    /// How many points narrower the score is with some doubts gone: the lesser and the greater of
    /// all turning out well, and none.
    fn narrowed(&self, doubts: &[About<'_>]) -> [Number; 2] {
        let width = |sums: &Sums| {
            let score = sums.score();
            minus(&score.high, &score.low)
        };
        let now = width(&self.sums);
        let narrower = |well: bool| {
            let mut sums = self.sums.clone();
            for about in doubts {
                self.decide(&mut sums, *about, well);
            }
            minus(&now, &width(&sums))
        };
        let mut both = [narrower(true), narrower(false)];
        both.sort_unstable();
        both
    }

    /// Decides what was open.
    fn decide(&self, sums: &mut Sums, about: About<'_>, well: bool) {
        let raise = |span: &mut Span, points: &Number, low: bool| match low {
            true => add(&mut span.low, points),
            false => span.high = minus(&span.high, points),
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
                    raise(&mut sums.base, &times(&part.unset, worth), well);
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
        worth.map_or(Number::ZERO, |worth| times(points, worth))
    }

    /// The indicators that fall short, in the order in which to put them right; `findings` have the fixes.
    pub fn fix_first(&self, findings: &[Finding]) -> Vec<FixFirst> {
        let all = self.rulebook.indicators.iter().zip(&self.checked.findings);
        let now = self.sums.score();
        let pass = self.line(self.rulebook.scheme.pass);
        let grading = Grading::new(self);
        let mut found = Vec::new();
        for (index, ((indicator, judged), finding)) in all.zip(findings).enumerate() {
            let Some(won) = judged
                .points
                .as_ref()
                .filter(|_| judged.outcome.falls_short())
            else {
                continue;
            };
            let lost = minus(&indicator.points, won);
            let mut sums = self.sums.clone();
            match indicator.kind {
                Kind::Base => sums.base = sums.base.moved(&self.worth(indicator, &lost)),
                Kind::Bonus => sums.bonus = sums.bonus.moved(&lost),
                Kind::Penalty => sums.penalty = sums.penalty.moved(&lost.neg()),
            }
            let then = sums.score();
            let mut lifts: Vec<&'static str> = Vec::new();
            lifts.extend(indicator.veto.map(|veto| veto.word()));
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
                let after = grading.of(&then, Some(index));
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
            let (low, high) = (minus(&then.low, &now.low), minus(&then.high, &now.high));
            let told = FixFirst {
                indicator: indicator.id.clone(),
                low: low.exact(),
                high: high.exact(),
                lifts,
            };
            let key = (rank, Reverse((low, high)), size.is_none(), size);
            found.push((key, told));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.into_iter().map(|(_, told)| told).collect()
    }
}

/// Whether either end of some points comes to reach a line.
fn crosses(before: &Span, after: &Span, line: Option<&Number>) -> bool {
    let mut ends = before.ends().into_iter().zip(after.ends());
    line.is_some_and(|line| ends.any(|(before, after)| before < line && after >= line))
}
