//! Numbers that fit into two machine words, for the fast evaluation.
//!
//! Exact as all numbers here are: what does not fit is none, and the full evaluation decides.

use super::value::{Arithmetic, Cause, Value};
use crate::number::Number;
use crate::rulebook::{Constant, StepMode};
use std::cmp::Ordering;
use std::rc::Rc;

/// A value of the fast evaluation; its words are known by number.
pub type Plain = Value<Small, u32>;

/// A fraction that need not be reduced.
#[derive(Clone, Copy, Debug)]
pub struct Small {
    num: i64,
    /// Above zero.
    den: i64,
}

/// `a × b`. Most factors are short, and multiplying them needs no care.
const fn times(a: i64, b: i64) -> Option<i64> {
    if a as i32 as i64 == a && b as i32 as i64 == b {
        Some(a * b)
    } else {
        a.checked_mul(b)
    }
}

fn power_of_ten(exponent: u32) -> Option<i64> {
    10_i64.checked_pow(exponent)
}

impl Small {
    /// `num / 10^places`
    pub fn decimal(num: i64, places: u32) -> Option<Self> {
        let den = power_of_ten(places)?;
        Some(Self { num, den })
    }

    /// The same number, where it fits.
    pub fn of(number: &Number) -> Option<Self> {
        let (num, den) = number.small()?;
        Some(Self { num, den })
    }

    /// The same number, reduced.
    pub fn number(self) -> Number {
        Number::ratio(self.num, self.den).unwrap_or(Number::ZERO)
    }

    /// Numerator and denominator.
    pub const fn parts(self) -> (i64, i64) {
        (self.num, self.den)
    }

    /// Both numerators over one denominator.
    fn aligned(self, other: Self) -> Option<(i64, i64, i64)> {
        let (a, b) = (self, other);
        Some(if a.den == b.den {
            (a.num, b.num, a.den)
        } else if a.den == 1 {
            (times(a.num, b.den)?, b.num, b.den)
        } else if b.den == 1 {
            (a.num, times(b.num, a.den)?, a.den)
        } else if b.den % a.den == 0 {
            (times(a.num, b.den / a.den)?, b.num, b.den)
        } else if a.den % b.den == 0 {
            (a.num, times(b.num, a.den / b.den)?, a.den)
        } else {
            let den = times(a.den, b.den)?;
            (times(a.num, b.den)?, times(b.num, a.den)?, den)
        })
    }

    /// Whole steps of `10^-digits`, and what is left over that step count's denominator.
    fn steps(self, digits: u32) -> Option<(i64, i64, i64)> {
        let scale = power_of_ten(digits)?;
        let scaled = times(self.num, scale)?;
        Some((
            scaled.div_euclid(self.den),
            scaled.rem_euclid(self.den),
            scale,
        ))
    }

    /// Rounded to the step below, or the next where `goes_up` says so of the rest.
    fn to_step(self, digits: u32, goes_up: impl Fn(i64, i64) -> bool) -> Option<Self> {
        let (below, rest, den) = self.steps(digits)?;
        let num = below.checked_add(i64::from(goes_up(below, rest)))?;
        Some(Self { num, den })
    }
}

impl From<i64> for Small {
    fn from(num: i64) -> Self {
        Self { num, den: 1 }
    }
}

impl Ord for Small {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        match (times(self.num, other.den), times(other.num, self.den)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => {
                let cross = |a: i64, b: i64| i128::from(a) * i128::from(b);
                cross(self.num, other.den).cmp(&cross(other.num, self.den))
            }
        }
    }
}

impl PartialOrd for Small {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Small {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Small {}

impl Arithmetic for Small {
    type Text = u32;

    const OVERFLOW: Cause = Cause::Beyond;

    fn constant(constant: &Constant) -> Plain {
        match constant {
            Constant::Number(number) => {
                Self::of(number).map_or(Value::Unknown(Cause::Beyond), Value::Number)
            }
            Constant::Truth(truth) => Value::Truth(*truth),
            Constant::Date(date) => Value::Date(*date),
            // Known by number only to those who have the list of words.
            Constant::Text(_) => Value::Unknown(Cause::Beyond),
        }
    }
    fn factor(factor: &Number) -> Option<Self> {
        Self::of(factor)
    }
    fn mode(word: &u32, words: &[Rc<str>]) -> Option<StepMode> {
        StepMode::of(words.get(*word as usize)?)
    }
    fn length(&self) -> usize {
        0
    }
    fn add(&self, other: &Self) -> Option<Self> {
        let (a, b, den) = self.aligned(*other)?;
        let num = a.checked_add(b)?;
        Some(Self { num, den })
    }
    fn sub(&self, other: &Self) -> Option<Self> {
        let (a, b, den) = self.aligned(*other)?;
        let num = a.checked_sub(b)?;
        Some(Self { num, den })
    }
    fn mul(&self, other: &Self) -> Option<Self> {
        Some(Self {
            num: times(self.num, other.num)?,
            den: times(self.den, other.den)?,
        })
    }
    fn div(&self, other: &Self) -> Option<Self> {
        let (num, den) = (times(self.num, other.den)?, times(self.den, other.num)?);
        match den.signum() {
            1 => Some(Self { num, den }),
            -1 => Some(Self {
                num: num.checked_neg()?,
                den: den.checked_neg()?,
            }),
            _ => None,
        }
    }
    fn size(&self) -> Option<Self> {
        let num = self.num.checked_abs()?;
        Some(Self { num, ..*self })
    }
    fn rounded(&self, digits: u32) -> Option<Self> {
        self.to_step(digits, |below, rest| match rest.cmp(&(self.den - rest)) {
            Ordering::Less => false,
            Ordering::Equal => below & 1 == 1,
            Ordering::Greater => true,
        })
    }
    fn up(&self, digits: u32) -> Option<Self> {
        self.to_step(digits, |_, rest| rest > 0)
    }
    fn down(&self, digits: u32) -> Option<Self> {
        self.to_step(digits, |_, _| false)
    }
    fn sign(&self) -> i32 {
        self.num.signum() as i32
    }
    fn whole(&self) -> Option<i64> {
        (self.num % self.den == 0).then(|| self.num / self.den)
    }
}
