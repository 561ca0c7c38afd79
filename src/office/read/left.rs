//! What is left of somebody's table: figures that the standard has no place for, told once all of it is read.

use super::Reading;
use super::book::Sheet;
use super::ours::is_figure;
use crate::office::trouble;
use std::collections::{BTreeMap, BTreeSet};

/// What a table says that the standard has no place for, until all of it is read.
#[derive(Default)]
pub struct Left {
    /// How many names matched nothing.
    pub refused: usize,
    /// By path, figures of parts where the standard asks for the whole: the first of each.
    pub parts: BTreeMap<String, (u32, u32)>,
    /// By the place of a unit of the whole table: that unit, and what it does not fit.
    pub unfit: BTreeMap<(u32, u32), (String, Vec<String>)>,
    /// By the index of a field, figures of the whole where the standard asks for each part.
    pub wholes: BTreeMap<usize, (u32, u32)>,
}

impl Left {
    /// Tells what nothing else stands in for, and what is not needed.
    pub fn told(self, reading: &mut Reading<'_>, sheet: &Sheet) {
        for (place, (unit, items)) in self.unfit {
            reading.problem(sheet, Some(place), trouble::unit_unfit(&unit, &items));
        }
        let mut needless = Vec::new();
        for (path, place) in self.parts {
            let label = reading.label(&path);
            if reading.found.contains_key(&path) {
                needless.push(label);
            } else {
                reading.problem(sheet, Some(place), trouble::needs_total(&label));
            }
        }
        let rulebook = reading.rulebook;
        for (index, place) in self.wholes {
            let Some(field) = rulebook.fields.get(index) else {
                continue;
            };
            let mut slots = field.slot..field.slot + field.width() as u32;
            if slots.any(|slot| reading.found.contains_key(&rulebook.slot_id(slot))) {
                needless.push(field.label.clone());
            } else {
                let about = trouble::needs_key(field);
                reading.problem(sheet, Some(place), about);
            }
        }
        if !needless.is_empty() {
            reading.problem(sheet, None, trouble::needless(&needless));
        }
    }
}

/// Tells the columns with figures that nobody can place.
pub fn unplaced(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    below: u32,
    columns: &BTreeMap<u32, String>,
) {
    let mut told: BTreeSet<u32> = BTreeSet::new();
    for ((row, column), held) in sheet.cells.range((below, 0)..) {
        let Some(head) = columns.get(column).filter(|_| is_figure(&held.text())) else {
            continue;
        };
        if told.insert(*column) {
            let about = trouble::unplaced(head, &held.text());
            reading.problem(sheet, Some((*row, *column)), about);
        }
    }
}
