//! The score: points that add up, by the scheme that the standard declares.
//!
//! The ledger is the findings: each indicator's points, of its full points. While anything
//! is undecided the score is an interval: its low end has nothing of what is undecided, its
//! high end all of it. A line that is not set leaves open what depends on it.

use crate::check::{Check, Outcome, at};
use crate::number::Number;
use crate::report::{ChapterScore, GradeRange, PointRange, Score, Standing, VetoState};
use crate::rulebook::{Absent, Chapter, Id, Indicator, Kind, Rulebook, Veto};

/// The score of a checked entry, as exact decimals.
pub fn score(rulebook: &Rulebook, checked: &Check) -> Score {
    let scorer = Scorer { rulebook, checked };
    let scheme = &rulebook.scheme;
    let chapters: Vec<Part> = (0..rulebook.chapters.len())
        .map(|chapter| scorer.part(Kind::Base, Some(chapter)))
        .collect();
    let mut base = Part::default();
    for (index, part) in chapters.iter().enumerate() {
        match scheme.weights.get(index) {
            None => {
                base.add(part, &Number::ONE);
                add(&mut base.absent, &part.absent);
            }
            // A chapter of which nothing applies weighs nothing.
            Some(weight) => {
                let share = weight.checked_div(&part.full);
                if let Some(share) = share {
                    base.add(part, &share);
                } else {
                    add(&mut base.absent, weight);
                }
            }
        }
    }
    // Left out of a weighted sum, a chapter takes its weight with it; otherwise the rest is scaled.
    let all = base.full.checked_add(&base.absent);
    let full = match (scorer.line(scheme.full), scheme.absent, all) {
        (Some(full), Absent::LeaveOut, Some(all)) if !all.is_zero() => {
            times(&full, &base.full).checked_div(&all)
        }
        (Some(full), ..) => Some(full),
        (None, Absent::LeaveOut, _) => None,
        (None, _, all) => all,
    };
    if let Some(full) = full
        && let Some(factor) = full.checked_div(&base.full)
    {
        base = base.scaled(&factor);
    }
    let bonus = scorer.extra(Kind::Bonus, scheme.bonus_cap);
    let penalty = scorer.extra(Kind::Penalty, scheme.penalty_cap);
    let (mut low, mut high) = (base.low.clone(), base.high.clone());
    if let Some(bonus) = &bonus {
        add(&mut low, &bonus.low);
        add(&mut high, &bonus.high);
    }
    if let Some(penalty) = &penalty {
        low = minus(&low, &penalty.high);
        high = minus(&high, &penalty.low);
    }
    let vetoes = scorer.vetoes();
    let pass = scheme.pass.map(|line| scorer.standing(line, &low, &high));
    let chapters = scorer.chapters(&chapters);
    Score {
        low: low.exact(),
        high: high.exact(),
        full: base.full.exact(),
        grade: scorer.grades(&low, &high, &vetoes),
        passes: passes(&pass, scheme.chapter_floor.is_some(), &chapters, &vetoes),
        pending: scorer.pending(),
        chapters,
        bonus: bonus.as_ref().map(Part::range),
        penalty: penalty.as_ref().map(Part::range),
        pass,
        vetoes,
    }
}

/// Points of some indicators: at least, at most, out of how many, and of what does not apply.
#[derive(Clone, Debug)]
struct Part {
    low: Number,
    high: Number,
    full: Number,
    absent: Number,
}

impl Default for Part {
    fn default() -> Self {
        Self {
            low: Number::ZERO,
            high: Number::ZERO,
            full: Number::ZERO,
            absent: Number::ZERO,
        }
    }
}

impl Part {
    fn add(&mut self, other: &Self, share: &Number) {
        add(&mut self.low, &times(&other.low, share));
        add(&mut self.high, &times(&other.high, share));
        add(&mut self.full, &times(&other.full, share));
    }

    fn scaled(&self, by: &Number) -> Self {
        Self {
            low: times(&self.low, by),
            high: times(&self.high, by),
            full: times(&self.full, by),
            absent: Number::ZERO,
        }
    }

    fn range(&self) -> PointRange {
        PointRange {
            low: self.low.exact(),
            high: self.high.exact(),
        }
    }
}

struct Scorer<'a> {
    rulebook: &'a Rulebook,
    checked: &'a Check,
}

impl Scorer<'_> {
    /// The value of a line of the scheme, if it is set.
    fn line(&self, line: Option<Id>) -> Option<Number> {
        at(&self.checked.values, line?).number().cloned()
    }

    /// The points of the indicators of a kind, of one chapter or of all.
    fn part(&self, kind: Kind, chapter: Option<usize>) -> Part {
        let mut part = Part::default();
        let all = self.rulebook.indicators.iter().zip(&self.checked.findings);
        for (indicator, finding) in all {
            let group = self.rulebook.groups.get(indicator.group as usize);
            let own =
                chapter.is_none_or(|c| group.is_some_and(|group| group.chapter as usize == c));
            if indicator.kind != kind || !own {
                continue;
            }
            if finding.outcome.is_aside() {
                self.absent(indicator, &mut part);
                continue;
            }
            add(&mut part.full, &indicator.points);
            match &finding.points {
                Some(points) => {
                    add(&mut part.low, points);
                    add(&mut part.high, points);
                }
                None => add(&mut part.high, &indicator.points),
            }
        }
        part
    }

    /// What does not apply: left aside, or given the mean.
    fn absent(&self, indicator: &Indicator, part: &mut Part) {
        let scheme = &self.rulebook.scheme;
        if scheme.absent != Absent::Mean || indicator.kind != Kind::Base {
            return add(&mut part.absent, &indicator.points);
        }
        add(&mut part.full, &indicator.points);
        let share = |percent: Number| percent.checked_div(&Number::from(100));
        match self.line(scheme.mean).and_then(share) {
            Some(share) => {
                let points = times(&indicator.points, &share);
                add(&mut part.low, &points);
                add(&mut part.high, &points);
            }
            None => add(&mut part.high, &indicator.points),
        }
    }

    /// Bonus points won, or penalty points lost, up to their cap; `None` where the standard has none.
    fn extra(&self, kind: Kind, cap: Option<Id>) -> Option<Part> {
        let mut all = self.rulebook.indicators.iter();
        all.find(|indicator| indicator.kind == kind)?;
        let mut part = self.part(kind, None);
        if kind == Kind::Penalty {
            // What is not won is lost.
            (part.low, part.high) = (minus(&part.full, &part.high), minus(&part.full, &part.low));
        }
        match (cap, self.line(cap)) {
            (None, _) => {}
            (Some(_), Some(cap)) => {
                part.low = part.low.min(cap.clone());
                part.high = part.high.min(cap);
            }
            // A cap that is not set may leave nothing.
            (Some(_), None) => part.low = Number::ZERO,
        }
        Some(part)
    }

    /// Where the score stands to a line.
    fn standing(&self, line: Id, low: &Number, high: &Number) -> Standing {
        let line = self.line(Some(line));
        Standing {
            holds: line.as_ref().and_then(|line| reaches(low, high, line)),
            line: line.map(|line| line.exact()),
        }
    }

    fn chapters(&self, parts: &[Part]) -> Vec<ChapterScore> {
        let scheme = &self.rulebook.scheme;
        let percent =
            |line: Option<Number>, of: &Number| times(&line?, of).checked_div(&Number::from(100));
        let one = |(chapter, part): (&Chapter, &Part)| {
            let floor = percent(self.line(scheme.chapter_floor), &part.full);
            let loss = percent(self.line(scheme.warn_loss), &part.full);
            let lost = (minus(&part.full, &part.high), minus(&part.full, &part.low));
            ChapterScore {
                chapter: chapter.id.clone(),
                low: part.low.exact(),
                high: part.high.exact(),
                full: part.full.exact(),
                floor: floor.and_then(|floor| reaches(&part.low, &part.high, &floor)),
                warned: loss.is_some_and(|loss| lost.0 > loss),
            }
        };
        self.rulebook.chapters.iter().zip(parts).map(one).collect()
    }

    /// The indicators with a veto that have failed, or may yet.
    fn vetoes(&self) -> Vec<VetoState> {
        let all = self.rulebook.indicators.iter().zip(&self.checked.findings);
        let state = |(indicator, finding): (&Indicator, &crate::check::Finding)| {
            let triggered = match finding.outcome {
                Outcome::Met | Outcome::NotApplicable | Outcome::Waived => return None,
                Outcome::Unmet | Outcome::Partial => Some(true),
                Outcome::Missing | Outcome::Pending | Outcome::Invalid => None,
            };
            let (kind, grade) = match indicator.veto? {
                Veto::Fail => ("fail", None),
                Veto::Gate => ("gate", None),
                Veto::Cap(grade) => ("cap", self.rulebook.scheme.grades.get(grade as usize)),
            };
            Some(VetoState {
                indicator: indicator.id.clone(),
                kind,
                grade: grade.map(|grade| grade.name.clone()),
                triggered,
            })
        };
        all.filter_map(state).collect()
    }

    /// The grades of both ends; `None` where there are none, or a line of theirs is not set.
    fn grades(&self, low: &Number, high: &Number, vetoes: &[VetoState]) -> Option<GradeRange> {
        let grades = &self.rulebook.scheme.grades;
        let lines: Option<Vec<Number>> = grades.iter().map(|g| self.line(Some(g.from))).collect();
        let lines = lines.filter(|lines| !lines.is_empty())?;
        // The index of a grade, from the highest; past the last where even that is not reached.
        let of = |score: &Number| lines.iter().take_while(|line| score < *line).count();
        let cap = |state: &VetoState| match &state.grade {
            Some(name) => grades.iter().position(|grade| grade.name == *name),
            None => Some(grades.len()),
        };
        let worst = |certain: bool| {
            let met = vetoes
                .iter()
                .filter(|v| !certain || v.triggered == Some(true));
            met.filter_map(cap).max().unwrap_or(0)
        };
        let name = |index: usize| grades.get(index).map(|grade| grade.name.clone());
        Some(GradeRange {
            low: name(of(low).max(worst(false))),
            high: name(of(high).max(worst(true))),
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

/// Whether a line is reached; `None` while the score may yet turn out on either side.
fn reaches(low: &Number, high: &Number, line: &Number) -> Option<bool> {
    match (low >= line, high >= line) {
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
