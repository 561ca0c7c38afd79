//! The gate of a slot: values that arrive as they are, not as text, on their way to the fast evaluation.
//!
//! Binary floating point comes in and goes out here and nowhere else; nothing is decided with it. A number that
//! comes in stands for the shortest decimal that is nearest to it, as everywhere. What staff would be asked about
//! (0.95 in a percent field) is invalid here too: `entry` says the same of its text.

use super::prepared::{number_of, plain};
use super::small::{Plain, Small};
use super::value::{Arithmetic, Cause, Value};
use crate::entry::{Given, read_value};
use crate::number::Number;
use crate::rulebook::{FieldType, Rulebook, in_order};
use std::rc::Rc;

/// What the values of a slot have to be.
#[derive(Clone, Debug)]
pub struct Gate {
    kind: FieldType,
    /// Whether the limits fit; otherwise only the full evaluation can tell.
    whole: bool,
    min: Option<Small>,
    max: Option<Small>,
    /// Index of the field.
    field: usize,
    /// The words allowed, by number, in order.
    words: Vec<u32>,
}

/// The gates of all slots of a rulebook, whose `words` are those of the fast evaluation.
pub fn gates(rulebook: &Rulebook, words: &[Rc<str>]) -> Vec<Gate> {
    let mut gates = Vec::with_capacity(rulebook.slots());
    for (index, field) in rulebook.fields.iter().enumerate() {
        let small = |limit: &Option<Number>| limit.as_ref().and_then(Small::of);
        let (min, max) = (small(&field.min), small(&field.max));
        let mut numbers = Vec::new();
        for choice in &field.choices {
            if let Some(number) = number_of(words, choice) {
                numbers.push(number);
            }
        }
        in_order(&mut numbers);
        for _ in 0..field.width() {
            gates.push(Gate {
                kind: field.kind,
                whole: min.is_some() == field.min.is_some() && max.is_some() == field.max.is_some(),
                min,
                max,
                field: index,
                words: numbers.clone(),
            });
        }
    }
    gates
}

impl Gate {
    /// A number; `places` is where to begin looking for its decimal places, and how many it turned out to have.
    #[cfg_attr(target_arch = "wasm32", optimize(speed))]
    pub fn number(&self, number: f64, places: &mut u32) -> Plain {
        let numeric = matches!(
            self.kind,
            FieldType::Number | FieldType::Count | FieldType::Percent
        );
        if !numeric || !self.whole {
            return Value::Unknown(Cause::Beyond);
        }
        let Some(number) = decimal(number, places) else {
            return Value::Unknown(Cause::Beyond);
        };
        let doubtful =
            self.kind == FieldType::Percent && number.sign() > 0 && number <= Small::from(1);
        let broken = self.kind == FieldType::Count && number.whole().is_none();
        let outside =
            self.min.is_some_and(|min| number < min) || self.max.is_some_and(|max| number > max);
        if doubtful || broken || outside {
            Value::INVALID
        } else {
            Value::Number(number)
        }
    }

    /// A yes or a no.
    pub fn truth(&self, truth: bool) -> Plain {
        if self.kind == FieldType::YesNo {
            Value::Truth(truth)
        } else {
            Value::INVALID
        }
    }

    /// A text, read as `entry` reads it.
    pub fn text(&self, rulebook: &Rulebook, words: &[Rc<str>], text: &str) -> Plain {
        if self.kind == FieldType::Choice
            && let Some(word) = number_of(words, text)
            && self.words.binary_search(&word).is_ok()
        {
            return Value::Text(word);
        }
        let Some(field) = rulebook.fields.get(self.field) else {
            return Value::INVALID;
        };
        match read_value(rulebook, field, &Given::Text(text.into())) {
            Ok(Some(value)) => plain(&value, words),
            Ok(None) => Value::Unknown(Cause::Missing),
            Err(_) => Value::INVALID,
        }
    }
}

/// The nearest binary number, for those who only look at it.
pub fn nearest(number: Small) -> f64 {
    match number.parts() {
        (num, 1) => num as f64,
        (num, den) => num as f64 / f64::from(den),
    }
}

/// The shortest decimal that is nearest to a binary number, where it has at most 6 places and 15 digits: no other
/// decimal of 15 digits is as near.
#[cfg_attr(target_arch = "wasm32", optimize(speed))]
fn decimal(number: f64, places: &mut u32) -> Option<Small> {
    const POWERS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
    // 1.5 × 2^52. Beside it a number has no binary places left, and its last bits are a whole number as i64 has it.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    let with = |places: u32| {
        let power = *POWERS.get(places as usize)?;
        let shifted = number * power + WHOLE;
        let scaled = shifted - WHOLE;
        let meant = scaled.abs() < 1e15 && scaled / power == number;
        meant.then(|| {
            let whole = shifted.to_bits().cast_signed() - WHOLE.to_bits().cast_signed();
            Small::decimal(whole, places)
        })?
    };
    if let Some(found) = with(*places) {
        return Some(found);
    }
    for places_now in 0..7 {
        if let Some(found) = with(places_now) {
            *places = places_now;
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_float_means_its_shortest_decimal(whole in -1_000_000_i64..1_000_000_000, places in 0..10_u32, first in 0..7_u32) {
            let number: f64 = format!("{whole}e-{places}").parse().unwrap();
            let meant = Number::parse(&format!("{number}")).unwrap();
            match decimal(number, &mut first.clone()) {
                Some(found) => prop_assert_eq!(found.number(), meant),
                None => prop_assert!(meant.decimals() > Some(6)),
            }
        }

        #[test]
        fn of_any_float_it_is_that_or_none(number: f64) {
            if let Some(found) = decimal(number, &mut 0) {
                prop_assert_eq!(Some(found.number()), Number::parse(&format!("{number:e}")));
            }
        }
    }
}
