//! The score: points that add up, by the scheme that the standard declares.
//!
//! The ledger is the findings: each indicator's points, of its full points. While anything
//! is undecided the score is an interval: its low end has nothing of what is undecided, its
//! high end all of it. A line that is not set leaves open what depends on it.
//!
//! Sums are exact as long as they are short. Those of many fractions with nothing in common grow with each
//! of them; a long one is rounded to a trillionth of a point, its low end down and its high end up, and where nothing else
//! is between them both ends are told as one number of nine places.

mod first;

use crate::check::{Check, Finding, Outcome, Work, at};
use crate::number::Number;
use crate::report::{ChapterScore, Extra, GradeRange, PointRange, Score, Standing, VetoState};
use crate::rulebook::{Absent, Id, Indicator, Kind, Rulebook, Veto};

/// The score of a checked entry, as exact decimals.
pub fn score(rulebook: &Rulebook, checked: &Check) -> Score {
    Scorer::new(rulebook, checked).score()
}

/// Points at least and at most.
#[derive(Clone, Debug)]
struct Span {
    low: Number,
    high: Number,
}

impl Span {
    const NOTHING: Self = Self {
        low: Number::ZERO,
        high: Number::ZERO,
    };

    /// Both ends moved.
    fn moved(&self, by: &Number) -> Self {
        Self {
            low: sum(&self.low, by, false),
            high: sum(&self.high, by, true),
        }
    }

    fn times(&self, by: &Number) -> Self {
        Self {
            low: product(&self.low, by, false),
            high: product(&self.high, by, true),
        }
    }

    const fn ends(&self) -> [&Number; 2] {
        [&self.low, &self.high]
    }

    /// Both ends as they are told: what lies between them because they were rounded is not open.
    fn told(&self) -> [Number; 2] {
        let apart = self.low != self.high
            && Number::ratio(1, 1_000_000_000)
                .is_some_and(|least| sum(&self.high, &self.low.neg(), true).abs() < least);
        match self.low.round_half_even(9).filter(|_| apart) {
            Some(both) => [both.clone(), both],
            None => [self.low.clone(), self.high.clone()],
        }
    }

    fn range(&self) -> PointRange {
        let [low, high] = self.told();
        PointRange {
            low: low.exact(),
            high: high.exact(),
        }
    }
}

/// Points of some indicators: at least, at most, out of how many, and of what does not apply.
#[derive(Clone, Debug)]
struct Part {
    points: Span,
    full: Number,
    absent: Number,
    /// Of what does not apply and has the mean, while that is not set.
    unset: Number,
}

impl Part {
    const NOTHING: Self = Self {
        points: Span::NOTHING,
        full: Number::ZERO,
        absent: Number::ZERO,
        unset: Number::ZERO,
    };
}

/// What the score is the sum of, after weights and scaling.
#[derive(Clone, Debug)]
struct Sums {
    base: Span,
    /// Bonus points won, and the most that counts of them at either end; `None` where that has no limit.
    bonus: Span,
    bonus_cap: [Option<Number>; 2],
    /// Penalty points lost.
    penalty: Span,
    penalty_cap: [Option<Number>; 2],
}

impl Sums {
    fn score(&self) -> Span {
        let bonus = capped(&self.bonus, &self.bonus_cap);
        let penalty = capped(&self.penalty, &self.penalty_cap);
        let end = |base: &Number, bonus: &Number, penalty: &Number, up: bool| {
            minus(&sum(base, bonus, up), penalty, up)
        };
        Span {
            low: end(&self.base.low, &bonus.low, &penalty.high, false),
            high: end(&self.base.high, &bonus.high, &penalty.low, true),
        }
    }
}

fn capped(points: &Span, caps: &[Option<Number>; 2]) -> Span {
    let most = |points: &Number, cap: &Option<Number>| match cap {
        Some(cap) => points.min(cap).clone(),
        None => points.clone(),
    };
    let [low, high] = caps;
    Span {
        low: most(&points.low, low),
        high: most(&points.high, high),
    }
}

/// A checked entry whose points have been added up.
pub struct Scorer<'a> {
    rulebook: &'a Rulebook,
    checked: &'a Check,
    /// What is known of each indicator, that being open which an entry may yet turn by being filled in.
    findings: Vec<Finding>,
    /// One for each chapter, before weights and scaling.
    chapters: Vec<Part>,
    /// What a point of each chapter is worth in the score.
    worths: Vec<Number>,
    /// Full marks of what applies, and those of the whole.
    full: Number,
    whole: Number,
    sums: Sums,
    /// What may be spent on trying sums of long numbers.
    work: Work,
}

impl<'a> Scorer<'a> {
    /// Adds up.
    pub fn new(rulebook: &'a Rulebook, checked: &'a Check) -> Self {
        let mut scorer = Self {
            rulebook,
            checked,
            findings: Vec::new(),
            chapters: Vec::new(),
            worths: Vec::new(),
            full: Number::ZERO,
            whole: Number::ZERO,
            sums: Sums {
                base: Span::NOTHING,
                bonus: Span::NOTHING,
                bonus_cap: [None, None],
                penalty: Span::NOTHING,
                penalty_cap: [None, None],
            },
            work: Work::default(),
        };
        let (mut bonus, mut penalty) = (Part::NOTHING, Part::NOTHING);
        let mut chapters = Vec::new();
        for _ in &rulebook.chapters {
            chapters.push(Part::NOTHING);
        }
        for (index, finding) in checked.findings.iter().enumerate() {
            scorer.findings.push(match checked.unfilled.get(index) {
                Some(true) => Outcome::Missing.into(),
                _ => finding.clone(),
            });
        }
        for (indicator, finding) in rulebook.indicators.iter().zip(&scorer.findings) {
            let part = match indicator.kind {
                Kind::Base => scorer
                    .chapter(indicator)
                    .and_then(|at| chapters.get_mut(at)),
                Kind::Bonus => Some(&mut bonus),
                Kind::Penalty => Some(&mut penalty),
            };
            if let Some(part) = part {
                scorer.count(indicator, finding, part);
            }
        }
        scorer.chapters = chapters;
        scorer.sums.bonus = bonus.points;
        // Points of a penalty are below zero.
        scorer.sums.penalty = Span {
            low: penalty.points.high.neg(),
            high: penalty.points.low.neg(),
        };
        scorer.sums.bonus_cap = scorer.cap(rulebook.scheme.bonus_cap);
        scorer.sums.penalty_cap = scorer.cap(rulebook.scheme.penalty_cap);
        scorer.weigh();
        scorer
    }

    /// Weighs and scales the chapters, and adds them up.
    fn weigh(&mut self) {
        let scheme = &self.rulebook.scheme;
        let (mut base, mut full, mut absent) = (Span::NOTHING, Number::ZERO, Number::ZERO);
        for (index, part) in self.chapters.iter().enumerate() {
            // A chapter of which nothing applies weighs nothing.
            let (share, left) = match scheme.weights.get(index) {
                None => (Some(Number::ONE), &part.absent),
                Some(weight) => match weight.checked_div(&part.full) {
                    None => (None, weight),
                    share => (share, &Number::ZERO),
                },
            };
            add(&mut absent, left, false);
            let share = share.unwrap_or(Number::ZERO);
            let own = part.points.times(&share);
            add(&mut base.low, &own.low, false);
            add(&mut base.high, &own.high, true);
            add(&mut full, &product(&part.full, &share, false), false);
            self.worths.push(share);
        }
        // Left out of a weighted sum, a chapter takes its weight with it; otherwise the rest is scaled.
        let all = sum(&full, &absent, false);
        self.whole = self.line(scheme.full).unwrap_or_else(|| all.clone());
        let factor = match scheme.absent {
            Absent::LeaveOut => self.whole.checked_div(&all),
            Absent::Rescale | Absent::Mean => self.whole.checked_div(&full),
        };
        if let Some(factor) = factor {
            base = base.times(&factor);
            full = product(&full, &factor, false);
            for worth in &mut self.worths {
                *worth = product(worth, &factor, false);
            }
        }
        (self.sums.base, self.full) = (base, full);
    }

    /// The score, at its low and its high end.
    pub fn points(&self) -> [Number; 2] {
        self.sums.score().told()
    }

    /// What the score is, and what it decides.
    pub fn score(&self) -> Score {
        let scheme = &self.rulebook.scheme;
        let sums = &self.sums;
        let points = sums.score();
        let vetoes = self.vetoes();
        let pass = scheme.pass.map(|line| self.standing(line, &points));
        let chapters = self.chapters();
        let extra = |kind: Kind, points: &Span, caps: &[Option<Number>; 2], cap: Option<Id>| {
            let mut all = self.rulebook.indicators.iter();
            all.find(|indicator| indicator.kind == kind)?;
            let PointRange { low, high } = capped(points, caps).range();
            let sum = points.range();
            Some(Extra {
                sum: (sum.low != low || sum.high != high).then_some(sum),
                cap: self.line(cap).map(|cap| cap.exact()),
                low,
                high,
            })
        };
        let PointRange { low, high } = points.range();
        Score {
            low,
            high,
            full: self.full.exact(),
            grade: self.grades(&points),
            passes: passes(&pass, scheme.chapter_floor.is_some(), &chapters, &vetoes),
            pending: self.pending(),
            chapters,
            bonus: extra(Kind::Bonus, &sums.bonus, &sums.bonus_cap, scheme.bonus_cap),
            penalty: extra(
                Kind::Penalty,
                &sums.penalty,
                &sums.penalty_cap,
                scheme.penalty_cap,
            ),
            pass,
            vetoes,
            narrowing: Vec::new(),
            fix_first: Vec::new(),
        }
    }

    /// The value of a line of the scheme, if it is set.
    fn line(&self, line: Option<Id>) -> Option<Number> {
        // A line that is reckoned from others may turn out below zero: then it is none.
        let line = at(&self.checked.values, line?).number();
        line.filter(|line| line.signum() >= 0).cloned()
    }

    /// A line that the score is compared with: it is one of the whole full marks. Where what does not apply is left
    /// out of these, as much of the line is left out; what it asks on top of them is not.
    fn mark(&self, line: Option<Id>) -> Option<Number> {
        let line = self.line(line)?;
        let within = (&line).min(&self.whole);
        let share = product(within, &self.full, false).checked_div(&self.whole);
        Some(match share {
            Some(share) if self.full.signum() > 0 && self.full < self.whole => {
                sum(&share, &minus(&line, &self.whole, false), false)
            }
            _ => line,
        })
    }

    /// A cap at both ends; one that is not set may leave nothing.
    fn cap(&self, cap: Option<Id>) -> [Option<Number>; 2] {
        match (cap, self.line(cap)) {
            (Some(_), None) => [Some(Number::ZERO), None],
            (_, line) => [line.clone(), line],
        }
    }

    /// The index of an indicator's chapter.
    fn chapter(&self, indicator: &Indicator) -> Option<usize> {
        let group = self.rulebook.groups.get(indicator.group as usize)?;
        Some(group.chapter as usize)
    }

    /// Counts the points of an indicator.
    fn count(&self, indicator: &Indicator, finding: &Finding, part: &mut Part) {
        let all = &indicator.points;
        let mut points = finding.points.clone();
        if indicator.kind == Kind::Penalty {
            // At worst all of it is lost; what does not apply loses nothing.
            let open = !finding.outcome.is_aside();
            let worst = points.clone().or_else(|| open.then(|| all.neg()));
            let best = points.unwrap_or(Number::ZERO);
            add(&mut part.points.low, &worst.unwrap_or(Number::ZERO), false);
            add(&mut part.points.high, &best, true);
            return;
        }
        if finding.outcome.is_aside() {
            // What does not apply is left aside, or given the mean.
            let scheme = &self.rulebook.scheme;
            if scheme.absent != Absent::Mean || indicator.kind != Kind::Base {
                add(&mut part.absent, all, false);
                return;
            }
            // One that is reckoned from others may turn out above all of them.
            let share = |percent: Number| percent.min(100.into()).checked_div(&Number::from(100));
            let share = self.line(scheme.mean).and_then(share);
            points = share.and_then(|share| all.checked_mul(&share));
            if points.is_none() {
                add(&mut part.unset, all, false);
            }
        }
        add(&mut part.full, all, false);
        if let Some(points) = &points {
            add(&mut part.points.low, points, false);
        }
        add(&mut part.points.high, points.as_ref().unwrap_or(all), true);
    }

    /// Where the score stands to a line.
    fn standing(&self, line: Id, points: &Span) -> Standing {
        let (set, line) = (self.line(Some(line)), self.mark(Some(line)));
        Standing {
            holds: line.as_ref().and_then(|line| reaches(points, line)),
            set: set
                .filter(|set| line.as_ref() != Some(set))
                .map(|set| set.exact()),
            line: line.map(|line| line.exact()),
        }
    }

    fn chapters(&self) -> Vec<ChapterScore> {
        let mut all = Vec::new();
        let scheme = &self.rulebook.scheme;
        let both = self.rulebook.chapters.iter().zip(&self.chapters);
        for (index, (chapter, part)) in both.enumerate() {
            let points = &part.points;
            let floor = self.floor(part);
            let loss = self.percent(scheme.warn_loss, part);
            let PointRange { low, high } = points.range();
            all.push(ChapterScore {
                chapter: chapter.id.clone(),
                low,
                high,
                full: part.full.exact(),
                weight: scheme.weights.get(index).map(|weight| weight.exact()),
                floor: floor.as_ref().and_then(|floor| reaches(points, floor)),
                floor_line: floor.map(|floor| floor.exact()),
                warned: loss.is_some_and(|loss| minus(&part.full, &points.high, false) > loss),
            });
        }
        all
    }

    /// A line of the scheme that is a share of a chapter's points, in points.
    fn percent(&self, line: Option<Id>, of: &Part) -> Option<Number> {
        product(&self.line(line)?, &of.full, false).checked_div(&Number::from(100))
    }

    fn floor(&self, part: &Part) -> Option<Number> {
        self.percent(self.rulebook.scheme.chapter_floor, part)
    }

    /// The indicators with a veto that have failed, or may yet.
    fn vetoes(&self) -> Vec<VetoState> {
        let mut states = Vec::new();
        for (indicator, finding) in self.rulebook.indicators.iter().zip(&self.findings) {
            let (Some(veto), Some(triggered)) = (indicator.veto, triggered(finding.outcome)) else {
                continue;
            };
            let grade = match veto {
                Veto::Cap(grade) => self.rulebook.scheme.grades.get(grade as usize),
                Veto::Fail | Veto::Gate => None,
            };
            states.push(VetoState {
                indicator: indicator.id.clone(),
                kind: veto.word(),
                grade: grade.map(|grade| grade.name.clone()),
                triggered,
            });
        }
        states
    }

    /// The grades of both ends; `None` where there are none, or a line of theirs is not set.
    fn grades(&self, points: &Span) -> Option<GradeRange> {
        let [low, high] = Grading::new(self)?.of(points, None);
        let grades = &self.rulebook.scheme.grades;
        let name = |index: usize| grades.get(index).map(|grade| grade.name.clone());
        Some(GradeRange {
            low: name(low),
            high: name(high),
        })
    }

    /// The parameters that the scheme needs and nobody has set.
    fn pending(&self) -> Vec<String> {
        let graph = &self.rulebook.graph;
        let mut found: Vec<String> = Vec::new();
        for line in self.rulebook.scheme.lines() {
            for index in graph.parameters_of(line) {
                let set = self.checked.parameters.get(index as usize);
                let parameter = self.rulebook.parameters.get(index as usize);
                let open = set.is_some_and(|value| value.cause().is_some());
                if let (true, Some(parameter)) = (open, parameter)
                    && !found.contains(&parameter.id)
                {
                    found.push(parameter.id.clone());
                }
            }
        }
        found
    }
}

/// Grades by their places, from the highest; past the last where even that is not reached.
struct Grading {
    /// The lowest score of each.
    lines: Vec<Number>,
    /// How many vetoes leave each grade at best: those that have struck, and those that may yet; past the last, no grade.
    limits: Vec<[usize; 2]>,
}

impl Grading {
    /// `None` where there are none, or a line of theirs is not set.
    fn new(scorer: &Scorer<'_>) -> Option<Self> {
        let grades = &scorer.rulebook.scheme.grades;
        let mut lines = Vec::new();
        for grade in grades {
            lines.push(scorer.mark(Some(grade.from))?);
        }
        if lines.is_empty() {
            return None;
        }
        let mut limits = vec![[0; 2]];
        for _ in &lines {
            limits.push([0; 2]);
        }
        let mut grading = Self { limits, lines };
        let all = scorer.rulebook.indicators.iter();
        for (indicator, finding) in all.zip(&scorer.findings) {
            let best = indicator.veto.map_or(usize::MAX, |veto| grading.best(veto));
            if let (Some(struck), Some([certain, open])) =
                (triggered(finding.outcome), grading.limits.get_mut(best))
            {
                *(if struck.is_some() { certain } else { open }) += 1;
            }
        }
        Some(grading)
    }

    /// The best grade that a veto leaves.
    const fn best(&self, veto: Veto) -> usize {
        match veto {
            Veto::Cap(grade) => grade as usize,
            Veto::Fail | Veto::Gate => self.lines.len(),
        }
    }

    /// The grades of both ends; but for one veto that has struck, if one is given.
    fn of(&self, points: &Span, but: Option<Veto>) -> [usize; 2] {
        let but = but.map(|veto| self.best(veto));
        let grade = |score: &Number, sure: bool| {
            let own = self.lines.iter().take_while(|line| score < *line).count();
            let limits = self.limits.iter().enumerate();
            let limit = limits.rev().find(|(grade, [certain, open])| {
                let strikes = certain + if sure { 0 } else { *open };
                strikes > usize::from(but == Some(*grade))
            });
            own.max(limit.map_or(0, |(grade, _)| grade))
        };
        [grade(&points.low, false), grade(&points.high, true)]
    }
}

/// Whether a veto has struck, by the outcome of its indicator: `None` where it can't, `Some(None)` while open.
const fn triggered(outcome: Outcome) -> Option<Option<bool>> {
    match outcome {
        Outcome::Met | Outcome::NotApplicable | Outcome::Waived => None,
        Outcome::Unmet | Outcome::Partial => Some(Some(true)),
        Outcome::Missing | Outcome::Pending | Outcome::Invalid => Some(None),
    }
}

/// Whether a line is reached; `None` while the score may yet turn out on either side.
fn reaches(points: &Span, line: &Number) -> Option<bool> {
    match (points.low >= *line, points.high >= *line) {
        (true, _) => Some(true),
        (_, false) => Some(false),
        _ => None,
    }
}

/// Whether everything that the scheme asks holds; `None` while something is open, or it asks nothing.
fn passes(
    pass: &Option<Standing>,
    floors: bool,
    chapters: &[ChapterScore],
    vetoes: &[VetoState],
) -> Option<bool> {
    let line = pass.as_ref()?.holds;
    let vetoes = vetoes.iter().filter(|veto| veto.kind != "cap");
    let vetoes = vetoes.map(|veto| veto.triggered.map(|triggered| !triggered));
    let mut open = false;
    let floors = chapters
        .iter()
        .filter(|_| floors)
        .map(|chapter| chapter.floor);
    for holds in floors.chain(vetoes).chain([line]) {
        match holds {
            Some(false) => return Some(false),
            Some(true) => {}
            None => open = true,
        }
    }
    (!open).then_some(true)
}

/// The most limbs that a sum has: no longer than the longest number that is read (`Number::parse`).
const MOST_LIMBS: usize = 40;
/// The decimal places of a sum that would be longer.
const PLACES: u32 = 12;

/// The number itself, or as much of it as a sum may have.
fn short(number: &Number, up: bool) -> Number {
    let rounded = match (number.length() > MOST_LIMBS, up) {
        (false, _) => None,
        (_, true) => number.ceil(PLACES),
        (_, false) => number.floor(PLACES),
    };
    rounded.unwrap_or_else(|| number.clone())
}

/// The end of a span that a result is, up or down. Points are short numbers, and lines have limits: there is a result.
fn sum(a: &Number, b: &Number, up: bool) -> Number {
    let sum = short(a, up).checked_add(&short(b, up));
    short(&sum.unwrap_or(Number::ZERO), up)
}

/// Adds to an end of a span. Not held once for each use, as an assignment would be, which drops what was there.
#[inline(never)]
fn add(end: &mut Number, more: &Number, up: bool) {
    *end = sum(end, more, up);
}

fn product(a: &Number, b: &Number, up: bool) -> Number {
    let product = short(a, up).checked_mul(&short(b, up));
    short(&product.unwrap_or(Number::ZERO), up)
}

/// What is left, which is nothing at least.
fn minus(a: &Number, b: &Number, up: bool) -> Number {
    sum(a, &b.neg(), up).max(Number::ZERO)
}
