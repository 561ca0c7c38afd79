//! Values: what a cell holds for a field, and what is to be said about it.

use super::Reading;
use super::book::{Held, Sheet};
use crate::check::Value;
use crate::date::Date;
use crate::entry::{Given, Limit, half_width, read_parameter};
use crate::office::given::Single;
use crate::office::{NO, YES, trouble};
use crate::rulebook::{Field, FieldType, Parameter};

impl Reading<'_> {
    /// The value that a cell holds for a field, with what is to be said about it; nothing where it is none.
    pub fn value(
        &mut self,
        sheet: &Sheet,
        place: (u32, u32),
        field: Option<&Field>,
        unit: &str,
        held: &Held,
    ) -> Option<Single> {
        let kind = field.map(|field| field.kind);
        let own_unit = field.map_or("", |field| &field.unit);
        let figure = matches!(
            kind,
            Some(FieldType::Number | FieldType::Count | FieldType::Percent)
        );
        let single = match held {
            held if held.is_blank() => return None,
            Held::Error(error) => {
                self.problem(sheet, Some(place), trouble::error_cell(error));
                return None;
            }
            Held::Uncomputed => {
                self.problem(sheet, Some(place), trouble::not_computed(0));
                return None;
            }
            Held::Truth(truth) => Single::Truth(*truth),
            Held::Date(date) if figure => {
                self.problem(sheet, Some(place), trouble::became_date(date));
                return None;
            }
            Held::Number(number) if kind == Some(FieldType::Date) => match serial(number) {
                Some(date) => {
                    self.problem(sheet, Some(place), trouble::serial_date(number, &date));
                    Single::Text(date)
                }
                None => Single::Text(number.clone()),
            },
            Held::Text(text) if kind == Some(FieldType::YesNo) && text == YES => {
                Single::Truth(true)
            }
            Held::Text(text) if kind == Some(FieldType::YesNo) && text == NO => {
                Single::Truth(false)
            }
            Held::Number(number) | Held::Text(number)
                if figure && is_bare(number) && !unit.is_empty() && !same_unit(unit, own_unit) =>
            {
                // With its unit the checker can tell what it is, or ask.
                let unit = half_width(unit);
                let unit = unit.strip_prefix('(').unwrap_or(&unit);
                let unit = unit.strip_suffix(')').unwrap_or(unit);
                let text = [number.trim(), unit].concat();
                let about = match self.converted(own_unit, &text) {
                    Some(value) => trouble::unit_converted(&text, &[&value, own_unit].concat()),
                    None => trouble::unit_differs(unit, own_unit),
                };
                self.problem(sheet, Some(place), about);
                Single::Text(text)
            }
            held => Single::Text(held.text()),
        };
        Some(single)
    }
}

impl Reading<'_> {
    /// What a number with another unit behind it is in this one; nothing where it is none of that quantity.
    pub fn converted(&self, unit: &str, text: &str) -> Option<String> {
        let any = Parameter {
            id: String::new(),
            label: String::new(),
            unit: unit.into(),
            choices: Vec::new(),
            note: String::new(),
            values: Vec::new(),
        };
        match read_parameter(self.rulebook, &any, Limit::None, &Given::Text(text.into())) {
            Ok(Some(Value::Number(number))) => Some(number.exact()),
            _ => None,
        }
    }
}

impl Reading<'_> {
    /// How much one of a unit is in the wanted one; nothing where it is none of that quantity.
    pub fn one_of(&self, wanted: &str, unit: &str) -> Option<String> {
        if same_unit(unit, wanted) {
            return Some("1".into());
        }
        // Counting alone makes no share another.
        let counts = ["万", "亿"].contains(&unit) && ["", "%"].contains(&wanted);
        let text = ["1", unit].concat();
        self.converted(wanted, &text).filter(|_| !counts)
    }

    /// The value that a cell holds for a line, in its unit.
    pub fn line(
        &mut self,
        sheet: &Sheet,
        place: (u32, u32),
        wanted: &str,
        unit: &str,
        held: &Held,
    ) -> Option<Single> {
        let single = self.value(sheet, place, None, "", held)?;
        let Single::Text(text) = &single else {
            return Some(single);
        };
        if unit.is_empty() || same_unit(unit, wanted) || !is_bare(text) {
            return Some(single);
        }
        let text = [text.trim(), unit].concat();
        let about = match self.converted(wanted, &text) {
            Some(value) => trouble::unit_converted(&text, &[&value, wanted].concat()),
            None => trouble::unit_differs(unit, wanted),
        };
        self.problem(sheet, Some(place), about);
        Some(Single::Text(text))
    }
}

/// What a cell holds, taken as it stands.
pub fn single_of(held: &Held) -> Single {
    match held {
        Held::Truth(truth) => Single::Truth(*truth),
        held => Single::Text(held.text()),
    }
}

/// A value in a sentence.
pub fn shown(single: &Single) -> String {
    match single {
        Single::Text(text) if text.chars().count() > 40 => {
            text.chars().take(40).chain(['…']).collect()
        }
        Single::Text(text) => text.clone(),
        Single::Truth(true) => YES.into(),
        Single::Truth(false) => NO.into(),
    }
}

/// The day of a number, where it can hardly be anything else: from 1954 to 2119.
fn serial(number: &str) -> Option<String> {
    const EPOCH: i32 = -25_569;
    let days: i32 = number
        .parse()
        .ok()
        .filter(|days| (20_000..=80_000).contains(days))?;
    Date::from_days(days + EPOCH).map(Date::iso)
}

/// Whether a text is a number without a unit; 万 and its like only count.
pub fn is_bare(text: &str) -> bool {
    let text = half_width(text);
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, '.' | ',' | '-' | '+' | ' ' | 'e' | 'E')
                || matches!(c, '十' | '百' | '千' | '万' | '亿')
        })
}

/// Whether two texts name one unit.
pub fn same_unit(a: &str, b: &str) -> bool {
    plain_unit(a) == plain_unit(b)
}

/// A unit in the one way of writing it that units are compared by.
pub fn plain_unit(text: &str) -> String {
    let text = half_width(text).to_lowercase();
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')'))
        .collect();
    let square = text
        .replace('²', "2")
        .replace('㎡', "m2")
        .replace('㎢', "km2");
    let whole = square.replace("km2", "平方公里").replace("m2", "平方米");
    whole.replace("平米", "平方米")
}
