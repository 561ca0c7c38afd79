//! The scheme: how the points of indicators make a score, and what the score decides.
//!
//! Every line is an expression, mostly a constant or a parameter: what the document does
//! not say is a parameter that is not set, and what depends on it is open until it is.

use super::graph::Id;
use crate::number::Number;

/// How points make a score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scheme {
    /// Full marks, to which the sum of points is scaled; the sum itself where there is none.
    pub full: Option<Id>,
    /// Share of each chapter in the full marks, in %; empty where chapters weigh as their points do.
    pub weights: Vec<Number>,
    /// What becomes of the points of what does not apply.
    pub absent: Absent,
    /// With `Absent::Mean`: the share of its points that what does not apply is given, in %.
    pub mean: Option<Id>,
    /// The score that passes.
    pub pass: Option<Id>,
    /// The share of its points that each chapter needs, in %.
    pub chapter_floor: Option<Id>,
    /// The most that bonus points add.
    pub bonus_cap: Option<Id>,
    /// The most that penalty points take away.
    pub penalty_cap: Option<Id>,
    /// A chapter that loses more than this share of its points is warned of, in %.
    pub warn_loss: Option<Id>,
    /// Grades, the highest first.
    pub grades: Vec<Grade>,
}

/// A grade, and the score from which it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// For instance 优秀.
    pub name: String,
    /// The lowest score.
    pub from: Id,
}

/// What becomes of the points of what does not apply.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Absent {
    /// They are left out of points and full marks alike.
    #[default]
    LeaveOut,
    /// What is left is scaled up to the same full marks.
    Rescale,
    /// They are given in the share that the user states.
    Mean,
}

/// How the points of an indicator count.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Kind {
    /// As part of the full marks.
    #[default]
    Base,
    /// On top of them.
    Bonus,
    /// What is not won is taken away.
    Penalty,
}

/// What the failing of an indicator means for the whole.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Veto {
    /// The whole fails: 一票否决.
    Fail,
    /// One may not even apply: 门槛.
    Gate,
    /// The grade is this one at best: 一票否优; an index of `Scheme::grades`.
    Cap(u32),
}

impl Kind {
    /// All kinds with the words that rules use for them.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("base", Self::Base),
        ("bonus", Self::Bonus),
        ("penalty", Self::Penalty),
    ];

    /// The word that rules and reports use.
    pub fn word(self) -> &'static str {
        super::word_of(&Self::WORDS, self)
    }
}

impl Veto {
    /// The word that reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Gate => "gate",
            Self::Cap(_) => "cap",
        }
    }
}

impl Absent {
    /// All ways with the words that rules use for them.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("leave_out", Self::LeaveOut),
        ("rescale", Self::Rescale),
        ("mean", Self::Mean),
    ];
}

impl Scheme {
    /// The expressions it refers to.
    pub fn lines(&self) -> Vec<Id> {
        let mut lines = Vec::new();
        for line in &[
            self.full,
            self.mean,
            self.pass,
            self.chapter_floor,
            self.bonus_cap,
            self.penalty_cap,
            self.warn_loss,
        ] {
            lines.extend(*line);
        }
        for grade in &self.grades {
            lines.push(grade.from);
        }
        lines
    }

    /// Calls `visit` with each reference, to change it.
    #[cfg(feature = "author")]
    pub fn for_each_mut(&mut self, visit: &mut dyn FnMut(&mut Id)) {
        let single = [
            &mut self.full,
            &mut self.mean,
            &mut self.pass,
            &mut self.chapter_floor,
            &mut self.bonus_cap,
            &mut self.penalty_cap,
            &mut self.warn_loss,
        ];
        single.into_iter().flatten().for_each(&mut *visit);
        self.grades
            .iter_mut()
            .for_each(|grade| visit(&mut grade.from));
    }
}
