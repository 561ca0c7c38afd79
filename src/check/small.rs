//! Numbers that fit into machine words, for the fast evaluation.
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
    /// Not zero. Short, so that a numerator times a denominator seldom needs more than a machine word.
    den: u32,
}

/// `a × b`. Most factors are short, and then the product fits.
#[inline(always)]
const fn times(a: i64, b: i64) -> Option<i64> {
    if a as i32 as i64 == a && b as i32 as i64 == b {
        Some(a * b)
    } else {
        a.checked_mul(b)
    }
}

const POWERS_OF_TEN: [u32; 10] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
];

fn power_of_ten(exponent: u32) -> Option<u32> {
    POWERS_OF_TEN.get(exponent as usize).copied()
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
        let den = u32::try_from(den).ok()?;
        Some(Self { num, den })
    }

    /// The same number, reduced.
    pub fn number(self) -> Number {
        Number::ratio(self.num, self.den.into()).unwrap_or(Number::ZERO)
    }

    /// Numerator and denominator.
    pub const fn parts(self) -> (i64, u32) {
        (self.num, self.den)
    }

    /// Both numerators over one denominator.
    fn aligned(self, other: Self) -> Option<(i64, i64, u32)> {
        let (a, b) = (self, other);
        Some(if a.den == b.den {
            (a.num, b.num, a.den)
        } else if b.den.is_multiple_of(a.den) {
            (times(a.num, (b.den / a.den).into())?, b.num, b.den)
        } else if a.den.is_multiple_of(b.den) {
            (a.num, times(b.num, (a.den / b.den).into())?, a.den)
        } else {
            let den = a.den.checked_mul(b.den)?;
            (
                times(a.num, b.den.into())?,
                times(b.num, a.den.into())?,
                den,
            )
        })
    }

    /// Rounded to the step of `10^-digits` below, or to the next where `goes_up` says so of that and the rest.
    fn to_step(self, digits: u32, goes_up: impl Fn(i64, i64) -> bool) -> Option<Self> {
        let steps = power_of_ten(digits)?;
        let (scaled, den) = (times(self.num, steps.into())?, i64::from(self.den));
        let (below, rest) = (scaled.div_euclid(den), scaled.rem_euclid(den));
        let num = below.checked_add(i64::from(goes_up(below, rest)))?;
        Some(Self { num, den: steps })
    }
}

impl From<i64> for Small {
    fn from(num: i64) -> Self {
        Self { num, den: 1 }
    }
}

impl Ord for Small {
    #[inline(always)]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        let (a, b) = (
            times(self.num, other.den.into()),
            times(other.num, self.den.into()),
        );
        match (a, b) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => {
                let cross = |num: i64, den: u32| i128::from(num) * i128::from(den);
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
        // The module holds the whole comparison once less.
        self.partial_cmp(other) == Some(Ordering::Equal)
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
            den: self.den.checked_mul(other.den)?,
        })
    }
    fn div(&self, other: &Self) -> Option<Self> {
        let (num, den) = if self.den == other.den {
            (self.num, other.num)
        } else {
            (
                times(self.num, other.den.into())?,
                times(other.num, self.den.into())?,
            )
        };
        Some(Self {
            num: if den < 0 { num.checked_neg()? } else { num },
            den: u32::try_from(den.unsigned_abs())
                .ok()
                .filter(|den| *den > 0)?,
        })
    }
    fn size(&self) -> Option<Self> {
        let num = self.num.checked_abs()?;
        Some(Self { num, ..*self })
    }
    fn rounded(&self, digits: u32) -> Option<Self> {
        self.to_step(digits, |below, rest| {
            match rest.cmp(&(i64::from(self.den) - rest)) {
                Ordering::Less => false,
                Ordering::Equal => below & 1 == 1,
                Ordering::Greater => true,
            }
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
        let den = i64::from(self.den);
        (self.num % den == 0).then(|| self.num / den)
    }
}
