//! What a datum will be, as far as rules need to know while they are compiled.

use crate::rulebook::{Field, FieldType, Parameter};
use crate::unit::Unit;
use std::rc::Rc;

/// What a datum will be.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A number in a unit; a bare number, which takes any unit, where there is none.
    Number(Option<Unit>),
    /// Yes or no.
    Truth,
    /// A date.
    Date,
    /// One of some words; any word where none are listed.
    Text(Rc<[String]>),
}

impl Kind {
    /// What it is called, in both languages.
    pub fn name(&self) -> (&'static str, &'static str) {
        match self {
            Self::Number(_) => ("数", "a number"),
            Self::Truth => ("“是或否”", "yes or no"),
            Self::Date => ("日期", "a date"),
            Self::Text(_) => ("文字", "text"),
        }
    }

    /// The kind of a field.
    pub fn of_field(field: &Field) -> Self {
        match field.kind {
            FieldType::Number | FieldType::Count | FieldType::Percent => Self::of_unit(&field.unit),
            FieldType::YesNo => Self::Truth,
            FieldType::Date => Self::Date,
            FieldType::Choice | FieldType::Text => Self::Text(field.choices.clone().into()),
        }
    }

    /// The kind of a parameter.
    pub fn of_parameter(parameter: &Parameter) -> Self {
        match parameter.choices.is_empty() {
            true => Self::of_unit(&parameter.unit),
            false => Self::Text(parameter.choices.clone().into()),
        }
    }

    fn of_unit(unit: &str) -> Self {
        Self::Number(Some(Unit::parse(unit).unwrap_or_else(Unit::one)))
    }

    /// The name of its unit.
    pub fn unit(&self) -> &str {
        if let Self::Number(Some(unit)) = self {
            &unit.name
        } else {
            ""
        }
    }
}
