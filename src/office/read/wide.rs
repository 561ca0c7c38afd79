//! Tables with a heading of fields: above one row of values, or above a row for each district.

use super::Reading;
use super::book::Sheet;
use super::figure::{Unit, put};
use super::heads::{Role, is_beside, role};
use super::left::{Left, unplaced};
use super::names::{Names, compact, with_key};
use super::ours::is_figure;
use super::units::{OfTable, Rows, bracketed, row_of_units};
use crate::office::trouble;
use std::collections::BTreeSet;

/// A heading of fields above one row of values, or above a row for each district.
pub fn wide(reading: &mut Reading<'_>, sheet: &Sheet, names: &Names<'_>) -> bool {
    let rows: Vec<u32> = sheet.rows().into_iter().collect();
    let heading = |row: u32| -> Vec<(u32, String)> {
        let cells = sheet.cells.range((row, 0)..(row + 1, 0));
        let texts = cells.map(|((_, column), held)| (*column, held.text()));
        texts.filter(|(_, text)| names.is_field(text)).collect()
    };
    let found = rows
        .iter()
        .filter(|row| !sheet.hidden_rows.contains(row))
        .take(40)
        .map(|row| (*row, heading(*row)))
        .find(|(_, heads)| heads.len() > 1);
    let Some((top, heads)) = found else {
        return false;
    };
    let units = row_of_units(sheet, top + 1);
    let first = top + 1 + u32::from(units.is_some());
    let units = units.unwrap_or_default();
    let columns: BTreeSet<u32> = heads.iter().map(|(column, _)| *column).collect();
    let is_one = |column: u32| columns.contains(&column);
    let figures: Vec<u32> = columns.iter().copied().collect();
    let parts = Rows {
        head: top,
        below: first,
        columns: &is_one,
        figures: &figures,
    };
    let mut of_table = OfTable::of(sheet, &parts, &|text| names.is_unit(text));
    if !units.keys().any(|column| columns.contains(column)) {
        of_table.loose(top + 1, &units);
    }
    // A column of units is one for the figures of each row.
    let column_of_units = sheet.cells.range((top, 0)..(top + 1, 0));
    let mut column_of_units =
        column_of_units.filter(|(_, held)| role(&held.text()) == Some(Role::Unit));
    let column_of_units = column_of_units.next().map(|((_, column), _)| *column);
    for row in rows.iter().filter(|row| **row >= first) {
        let cell = column_of_units.map(|column| (*row, column));
        if let Some((place, held)) = cell.and_then(|cell| sheet.cells.get_key_value(&cell)) {
            of_table.beside(*place, &held.text());
        }
    }
    // Below the table there may be a word on units, and no figure.
    let said = of_table.places();
    let is_data = |row: &u32| {
        let mut cells = sheet.cells.range((*row, 0)..(*row + 1, 0));
        *row >= first && !cells.all(|(place, _)| said.contains(place))
    };
    let below: Vec<u32> = rows.into_iter().filter(|row| is_data(row)).collect();
    let rulebook = reading.rulebook;
    // The district of a row, wherever it stands.
    let key = |row: u32| {
        let mut cells = sheet.cells.range((row, 0)..(row + 1, 0));
        cells.find_map(|(_, held)| names.keys.get(held.text().trim()).copied())
    };
    let by_key = below.iter().any(|row| key(*row).is_some());
    if !by_key && below.len() != 1 {
        reading.problem(sheet, None, trouble::several_rows(below.len()));
        return true;
    }
    let beside = || {
        let cells = sheet.cells.range((top, 0)..(top + 1, 0));
        cells.filter(|((_, column), _)| !columns.contains(column))
    };
    let of_keys = beside().any(|(_, held)| role(&held.text()) == Some(Role::Key));
    // What a row is called, where it is neither a district's nor the city's.
    let called = |row: u32| {
        let mut cells = sheet.cells.range((row, 0)..(row + 1, 0));
        let named = cells.find(|((_, column), held)| {
            !columns.contains(column) && !held.is_blank() && !is_figure(&held.text())
        });
        named.map(|(_, held)| held.text().trim().to_string())
    };
    let mut left = Left::default();
    // A sheet may be one district's.
    let of_sheet = names.district(&sheet.name).filter(|_| !by_key && !of_keys);
    for row in below {
        let of_row = key(row).or(of_sheet);
        if of_row.is_none() && (by_key || of_keys) {
            let name = called(row).unwrap_or_default();
            let mut held = heads.iter().map(|(column, _)| (row, *column));
            let first = held.find(|(row, column)| !sheet.is_empty_at(*row, *column));
            if !names.is_whole(&name) {
                if let Some(place) = first {
                    reading.problem(sheet, Some(place), trouble::whose_row(&name));
                }
                continue;
            }
        }
        for (column, name) in &heads {
            let Some(held) = sheet
                .cells
                .get(&(row, *column))
                .filter(|held| !held.is_blank())
            else {
                continue;
            };
            let place = (row, *column);
            let in_brackets = bracketed(name);
            let unit = Unit {
                own: units.get(column).unwrap_or(&in_brackets).clone(),
                of_table: of_table.at(row),
                has_column: false,
            };
            let keyed = of_row.map_or_else(|| compact(name), |key| with_key(name, key));
            if let Some(slot) = names.slots.get(&keyed) {
                put(reading, sheet, place, *slot, &unit, held, &mut left);
                continue;
            }
            let fields = names.fields(name, &[]);
            let found: Vec<_> = fields
                .iter()
                .filter_map(|index| rulebook.fields.get(*index))
                .collect();
            match found.as_slice() {
                // A figure of the city has no place in the row of a district.
                [field] if field.keys.is_empty() && of_row.is_none() && !names.is_of_part(name) => {
                    put(reading, sheet, place, field.slot, &unit, held, &mut left)
                }
                [field] if field.keys.is_empty() => {
                    let path = rulebook.slot_id(field.slot);
                    left.parts.entry(path).or_insert(place);
                }
                [_] if by_key && of_row.is_none() => {
                    let index = fields.first().copied().unwrap_or_default();
                    left.wholes.entry(index).or_insert(place);
                }
                [field] => {
                    let about = trouble::needs_key(field);
                    reading.problem(sheet, Some(place), about);
                }
                several => {
                    let about = trouble::several_match(name, several);
                    reading.problem(sheet, Some(place), about);
                }
            }
        }
    }
    left.told(reading, sheet);
    let strange = beside().map(|((_, column), held)| (*column, held.text()));
    let strange = strange.filter(|(_, head)| !is_beside(head) && role(head).is_none());
    unplaced(reading, sheet, first, &strange.collect());
    true
}
