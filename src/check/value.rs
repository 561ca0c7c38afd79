//! What an expression is worth: a value, or why there is none.

use crate::date::Date;
use crate::number::Number;
use crate::rulebook::Constant;
use std::rc::Rc;

/// A value, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, in the unit of its node.
    Number(Number),
    /// Yes or no.
    Truth(bool),
    /// A date.
    Date(Date),
    /// A word.
    Text(Rc<str>),
    /// Not known.
    Unknown(Cause),
}

/// Why a value is not known; where several causes meet, the first of these counts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Cause {
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

impl Value {
    /// Data that can't be right, for instance a yes where a number belongs.
    pub const INVALID: Self = Self::Unknown(Cause::Invalid);

    /// The number, if it is one.
    pub const fn number(&self) -> Option<&Number> {
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

    /// Why there is no value.
    pub const fn cause(&self) -> Option<Cause> {
        if let Self::Unknown(cause) = self {
            Some(*cause)
        } else {
            None
        }
    }
}
