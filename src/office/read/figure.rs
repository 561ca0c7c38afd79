//! Figures of somebody's table: in which unit each is, and into its place with it.

use super::Reading;
use super::book::{Held, Sheet};
use super::left::Left;
use super::text::is_error;
use super::units::Group;
use super::value::{is_bare, same_unit};
use crate::office::trouble;
use crate::rulebook::FieldType;

/// What is known of the unit of a figure.
pub struct Unit<'a> {
    /// Beside it, behind its name, or in the heading of its column.
    pub own: String,
    pub of_table: Option<&'a Group>,
    /// Whether the table has a column of units, where it has none.
    pub has_column: bool,
}

/// The unit that a figure is read in, the wanted one with what wants it; nothing where that has to be asked.
pub fn settled(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    place: (u32, u32),
    (wanted, label): (&str, &str),
    unit: &Unit<'_>,
    held: &Held,
    left: &mut Left,
) -> Option<String> {
    let is_bare = matches!(held, Held::Text(text) | Held::Number(text) if is_bare(text));
    let Some(group) = unit.of_table.filter(|_| unit.own.is_empty() && is_bare) else {
        return Some(unit.own.clone());
    };
    let fitting: Vec<(&String, String)> = (group.units.iter())
        .filter_map(|unit| Some((unit, reading.one_of(wanted, unit)?)))
        .collect();
    let Some((first, times)) = fitting.first() else {
        let [open, close] = if wanted.is_empty() {
            ["", ""]
        } else {
            ["（", "）"]
        };
        let item = [label, open, wanted, close].concat();
        let (_, items) =
            (left.unfit.entry(group.place)).or_insert((group.units.join("、"), Vec::new()));
        items.push(item);
        return Some(String::new());
    };
    let one = fitting.iter().all(|(_, other)| other == times);
    if one && (!unit.has_column || same_unit(first, wanted)) {
        return Some((*first).clone());
    }
    let about = trouble::unit_unclear(&group.units.join("、"), wanted);
    reading.problem(sheet, Some(place), about);
    None
}

/// Puts a figure, or another value, into its place, in the unit that it is in.
pub fn put(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    place: (u32, u32),
    slot: u32,
    unit: &Unit<'_>,
    held: &Held,
    left: &mut Left,
) {
    let rulebook = reading.rulebook;
    let Some((field, _)) = rulebook.field_of(slot) else {
        return;
    };
    let figure = [FieldType::Number, FieldType::Count, FieldType::Percent].contains(&field.kind);
    let wanted = (field.unit.as_str(), field.label.as_str());
    let unit = match figure {
        true => settled(reading, sheet, place, wanted, unit, held, left),
        false => Some(unit.own.clone()),
    };
    let Some(unit) = unit else { return };
    let trimmed = match held {
        Held::Text(text) if is_error(text.trim()) => Held::Error(text.trim().into()),
        Held::Text(text) => Held::Text(text.trim().into()),
        held => held.clone(),
    };
    if let Some(single) = reading.value(sheet, place, Some(field), &unit, &trimmed) {
        reading.put(sheet, place, rulebook.slot_id(slot), single);
    }
}
