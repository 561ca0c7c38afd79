//! What an expression is worth: a value, or why there is none.

use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Constant, StepMode};
use std::rc::Rc;

/// A value, or why there is none; its numbers are exact whatever their kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<N = Number, T = Rc<str>> {
    /// A number, in the unit of its node.
    Number(N),
    /// Yes or no.
    Truth(bool),
    /// A date.
    Date(Date),
    /// A word.
    Text(T),
    /// Not known.
    Unknown(Cause),
}

/// Why a value is not known; where several causes meet, the first of these counts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Cause {
    /// Beyond what the fast evaluation can hold; the full one has a value, or another cause.
    Beyond,
    /// Unreadable, out of limits, a zero denominator, or in contradiction to other data.
    Invalid,
    /// A threshold is not set.
    Pending,
    /// Not entered.
    Missing,
    /// There is nothing to judge: a denominator is zero, and its policy says so.
    NotApplicable,
    /// Nothing was due, so nothing is lacking; a comparison with it holds.
    Met,
}

/// Numbers that rules can be evaluated with. No operation is inexact: what can't be held is `None`.
pub trait Arithmetic: Clone + Ord + From<i64> {
    /// Words among them.
    type Text: Clone + Ord;

    /// Why there is no value where an operation gives none.
    const OVERFLOW: Cause;

    /// A value that is written down.
    fn constant(constant: &Constant) -> Value<Self, Self::Text>;
    /// A factor that is written down.
    fn factor(factor: &Number) -> Option<Self>;
    /// The mode that a word stands for; `words` are those of [`Inputs`](super::Inputs).
    fn mode(word: &Self::Text, words: &[Rc<str>]) -> Option<StepMode>;
    /// How long it takes to reckon with: 0 for machine words.
    fn length(&self) -> usize;
    /// `self + other`
    fn add(&self, other: &Self) -> Option<Self>;
    /// `self - other`
    fn sub(&self, other: &Self) -> Option<Self>;
    /// `self × other`
    fn mul(&self, other: &Self) -> Option<Self>;
    /// `self ÷ other`; `None` where that is zero.
    fn div(&self, other: &Self) -> Option<Self>;
    /// Without its sign.
    fn size(&self) -> Option<Self>;
    /// Half to even.
    fn rounded(&self, digits: u32) -> Option<Self>;
    /// Towards positive infinity.
    fn up(&self, digits: u32) -> Option<Self>;
    /// Towards negative infinity.
    fn down(&self, digits: u32) -> Option<Self>;
    /// Below, at or above zero.
    fn sign(&self) -> i32;
    /// The whole number that it is.
    fn whole(&self) -> Option<i64>;
}

impl Arithmetic for Number {
    type Text = Rc<str>;

    const OVERFLOW: Cause = Cause::Invalid;

    fn constant(constant: &Constant) -> Value {
        constant.into()
    }
    fn factor(factor: &Number) -> Option<Self> {
        Some(factor.clone())
    }
    fn mode(word: &Rc<str>, _: &[Rc<str>]) -> Option<StepMode> {
        StepMode::of(word)
    }
    fn length(&self) -> usize {
        self.length()
    }
    fn add(&self, other: &Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn sub(&self, other: &Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn mul(&self, other: &Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn div(&self, other: &Self) -> Option<Self> {
        self.checked_div(other)
    }
    fn size(&self) -> Option<Self> {
        Some(self.abs())
    }
    fn rounded(&self, digits: u32) -> Option<Self> {
        self.round_half_even(digits)
    }
    fn up(&self, digits: u32) -> Option<Self> {
        self.ceil(digits)
    }
    fn down(&self, digits: u32) -> Option<Self> {
        self.floor(digits)
    }
    fn sign(&self) -> i32 {
        self.signum()
    }
    fn whole(&self) -> Option<i64> {
        self.to_i64()
    }
}

impl From<&Constant> for Value {
    fn from(constant: &Constant) -> Self {
        match constant {
            Constant::Number(number) => Self::Number(number.clone()),
            Constant::Truth(truth) => Self::Truth(*truth),
            Constant::Date(date) => Self::Date(*date),
            Constant::Text(text) => Self::Text(text.as_str().into()),
        }
    }
}

impl<N, T> Value<N, T> {
    /// Data that can't be right, for instance a yes where a number belongs.
    pub const INVALID: Self = Self::Unknown(Cause::Invalid);

    /// The number, if it is one.
    pub const fn number(&self) -> Option<&N> {
        if let Self::Number(number) = self {
            Some(number)
        } else {
            None
        }
    }

    /// The truth, if it is one.
    pub const fn truth(&self) -> Option<bool> {
        if let Self::Truth(truth) = self {
            Some(*truth)
        } else {
            None
        }
    }

    /// Why there is nothing to judge, or nothing was due.
    pub fn policy(&self) -> Option<Cause> {
        self.cause().filter(|cause| *cause >= Cause::NotApplicable)
    }

    /// Why there is no value.
    pub const fn cause(&self) -> Option<Cause> {
        if let Self::Unknown(cause) = self {
            Some(*cause)
        } else {
            None
        }
    }
}
