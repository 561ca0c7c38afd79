//! The score: points that add up, by the scheme that the standard declares.
//!
//! The ledger is the findings: each indicator's points, of its full points. While anything
//! is undecided the score is an interval: its low end has nothing of what is undecided, its
//! high end all of it. A line that is not set leaves open what depends on it.

mod first;

use crate::check::{Check, Finding, Outcome, at};
use crate::number::Number;
use crate::report::{ChapterScore, GradeRange, PointRange, Score, Standing, VetoState};
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
        let mut moved = self.clone();
        add(&mut moved.low, by);
        add(&mut moved.high, by);
        moved
    }

    fn times(&self, by: &Number) -> Self {
        Self {
            low: times(&self.low, by),
            high: times(&self.high, by),
        }
    }

    const fn ends(&self) -> [&Number; 2] {
        [&self.low, &self.high]
    }

    fn range(&self) -> PointRange {
        PointRange {
            low: self.low.exact(),
            high: self.high.exact(),
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
        let end = |base: &Number, bonus: &Number, penalty: &Number| {
            let mut sum = base.clone();
            add(&mut sum, bonus);
            minus(&sum, penalty)
        };
        Span {
            low: end(&self.base.low, &bonus.low, &penalty.high),
            high: end(&self.base.high, &bonus.high, &penalty.low),
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
    /// One for each chapter, before weights and scaling.
    chapters: Vec<Part>,
    /// What a point of each chapter is worth in the score.
    worths: Vec<Number>,
    /// Full marks.
    full: Number,
    sums: Sums,
}

impl<'a> Scorer<'a> {
    /// Adds up.
    pub fn new(rulebook: &'a Rulebook, checked: &'a Check) -> Self {
        let mut scorer = Self {
            rulebook,
            checked,
            chapters: vec![Part::NOTHING; rulebook.chapters.len()],
            worths: Vec::new(),
            full: Number::ZERO,
            sums: Sums {
                base: Span::NOTHING,
                bonus: Span::NOTHING,
                bonus_cap: [None, None],
                penalty: Span::NOTHING,
                penalty_cap: [None, None],
            },
        };
        let (mut bonus, mut penalty) = (Part::NOTHING, Part::NOTHING);
        let mut chapters = std::mem::take(&mut scorer.chapters);
        for (indicator, finding) in rulebook.indicators.iter().zip(&checked.findings) {
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
        // What is not won is lost.
        scorer.sums.penalty = Span {
            low: minus(&penalty.full, &penalty.points.high),
            high: minus(&penalty.full, &penalty.points.low),
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
            add(&mut absent, left);
            let share = share.unwrap_or(Number::ZERO);
            let own = part.points.times(&share);
            add(&mut base.low, &own.low);
            add(&mut base.high, &own.high);
            add(&mut full, &times(&part.full, &share));
            self.worths.push(share);
        }
        // Left out of a weighted sum, a chapter takes its weight with it; otherwise the rest is scaled.
        let all = full.checked_add(&absent);
        let marks = match (self.line(scheme.full), scheme.absent, all) {
            (Some(marks), Absent::LeaveOut, Some(all)) if !all.is_zero() => {
                times(&marks, &full).checked_div(&all)
            }
            (Some(marks), ..) => Some(marks),
            (None, Absent::LeaveOut, _) => None,
            (None, _, all) => all,
        };
        if let Some(marks) = marks
            && let Some(factor) = marks.checked_div(&full)
        {
            base = base.times(&factor);
            full = times(&full, &factor);
            for worth in &mut self.worths {
                *worth = times(worth, &factor);
            }
        }
        (self.sums.base, self.full) = (base, full);
    }

    /// What the score is, and what it decides.
    pub fn score(&self) -> Score {
        let scheme = &self.rulebook.scheme;
        let sums = &self.sums;
        let points = sums.score();
        let vetoes = self.vetoes();
        let pass = scheme.pass.map(|line| self.standing(line, &points));
        let chapters = self.chapters();
        let extra = |kind: Kind, points: &Span, caps: &[Option<Number>; 2]| {
            let mut all = self.rulebook.indicators.iter();
            all.find(|indicator| indicator.kind == kind)?;
            Some(capped(points, caps).range())
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
            bonus: extra(Kind::Bonus, &sums.bonus, &sums.bonus_cap),
            penalty: extra(Kind::Penalty, &sums.penalty, &sums.penalty_cap),
            pass,
            vetoes,
            narrowing: Vec::new(),
            fix_first: Vec::new(),
        }
    }

    /// The value of a line of the scheme, if it is set.
    fn line(&self, line: Option<Id>) -> Option<Number> {
        at(&self.checked.values, line?).number().cloned()
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
        if finding.outcome.is_aside() {
            // What does not apply is left aside, or given the mean.
            let scheme = &self.rulebook.scheme;
            if scheme.absent != Absent::Mean || indicator.kind != Kind::Base {
                return add(&mut part.absent, all);
            }
            let share = |percent: Number| percent.checked_div(&Number::from(100));
            let share = self.line(scheme.mean).and_then(share);
            points = share.map(|share| times(all, &share));
            if points.is_none() {
                add(&mut part.unset, all);
            }
        }
        add(&mut part.full, all);
        if let Some(points) = &points {
            add(&mut part.points.low, points);
        }
        add(&mut part.points.high, points.as_ref().unwrap_or(all));
    }

    /// Where the score stands to a line.
    fn standing(&self, line: Id, points: &Span) -> Standing {
        let line = self.line(Some(line));
        Standing {
            holds: line.as_ref().and_then(|line| reaches(points, line)),
            line: line.map(|line| line.exact()),
        }
    }

    fn chapters(&self) -> Vec<ChapterScore> {
        let mut all = Vec::new();
        for (chapter, part) in self.rulebook.chapters.iter().zip(&self.chapters) {
            let points = &part.points;
            let loss = self.percent(self.rulebook.scheme.warn_loss, part);
            let PointRange { low, high } = points.range();
            all.push(ChapterScore {
                chapter: chapter.id.clone(),
                low,
                high,
                full: part.full.exact(),
                floor: self.floor(part).and_then(|floor| reaches(points, &floor)),
                warned: loss.is_some_and(|loss| minus(&part.full, &points.high) > loss),
            });
        }
        all
    }

    /// A line of the scheme that is a share of a chapter's points, in points.
    fn percent(&self, line: Option<Id>, of: &Part) -> Option<Number> {
        times(&self.line(line)?, &of.full).checked_div(&Number::from(100))
    }

    fn floor(&self, part: &Part) -> Option<Number> {
        self.percent(self.rulebook.scheme.chapter_floor, part)
    }

    /// The indicators with a veto that have failed, or may yet.
    fn vetoes(&self) -> Vec<VetoState> {
        let mut states = Vec::new();
        for (indicator, finding) in self.rulebook.indicators.iter().zip(&self.checked.findings) {
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
            lines.push(scorer.line(Some(grade.from))?);
        }
        if lines.is_empty() {
            return None;
        }
        let mut grading = Self {
            limits: vec![[0; 2]; lines.len() + 1],
            lines,
        };
        let all = scorer.rulebook.indicators.iter();
        for (indicator, finding) in all.zip(&scorer.checked.findings) {
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

fn add(total: &mut Number, points: &Number) {
    if let Some(sum) = total.checked_add(points) {
        *total = sum;
    }
}

fn times(a: &Number, b: &Number) -> Number {
    a.checked_mul(b).unwrap_or(Number::ZERO)
}

/// What is left, which is nothing at least.
fn minus(a: &Number, b: &Number) -> Number {
    a.checked_sub(b).unwrap_or(Number::ZERO).max(Number::ZERO)
}
