//! Sheets of ours: each row by the path in its hidden column, each column by the word in the hidden row.

use super::book::{Held, Sheet};
use super::value::{shown, single_of};
use super::{Place, Reading, Stated};
use crate::office::given::{WAIVER, enter};
use crate::office::{BETWEEN, EXCLUDED, MARK, cell, trouble};
use crate::wording::most_like;
use std::collections::BTreeMap;

/// Where a sheet of ours says what it is.
pub type Mark = ((u32, u32), Stated, String);

pub fn mark_of(sheet: &Sheet) -> Option<Mark> {
    let mut begin = sheet.cells.range((0, 0)..(8, 0));
    begin.find_map(|(place, held)| {
        let Held::Text(text) = held else { return None };
        let mut parts = text.split(BETWEEN).map(String::from);
        (parts.next()? == MARK).then_some(())?;
        let stated = Stated {
            id: parts.next()?,
            version: parts.next()?,
            digest: parts.next()?,
        };
        Some((*place, stated, parts.next().unwrap_or_default()))
    })
}

impl Reading<'_> {
    /// A sheet of ours.
    pub fn form(&mut self, sheet: &Sheet, mark: (u32, u32), stated: &Stated, department: &str) {
        let standard = &self.rulebook.standard;
        let other = stated.id != standard.id;
        let altered = !other && stated.digest != self.digest;
        if self.read.standard.is_none() {
            self.read.standard = Some(stated.clone());
            self.read.department = department.into();
        }
        let is_told = |code: &str| {
            self.read
                .problems
                .iter()
                .any(|problem| problem.code == code)
        };
        if other && !is_told("other-standard") {
            self.problem(
                sheet,
                Some(mark),
                trouble::other_standard(&stated.id, &standard.id),
            );
        } else if altered && !is_told("other-version") {
            self.problem(
                sheet,
                Some(mark),
                trouble::other_version(&stated.version, &standard.version),
            );
        }
        let (top, left) = mark;
        let roles: BTreeMap<String, u32> = (sheet.cells.range((top, left + 1)..(top + 1, 0)))
            .map(|((_, column), held)| (held.text(), *column))
            .collect();
        let at = |role: &str| roles.get(role).copied();
        let rows: Vec<(u32, String)> = (sheet.cells.range((top + 3, 0)..))
            .filter(|((_, column), _)| *column == left)
            .map(|((row, _), held)| (*row, held.text()))
            .filter(|(_, path)| !path.is_empty())
            .collect();
        for (row, path) in rows {
            let text = |role: &str| {
                at(role)
                    .and_then(|column| sheet.cells.get(&(row, column)))
                    .map_or_else(String::new, Held::text)
            };
            if let Some(column) = at("stray") {
                if let Some(held) = sheet.cells.get(&(row, column)) {
                    enter(&mut self.read.strays, &path, single_of(held));
                }
            } else if path.starts_with("waived:") {
                self.waiver(sheet, row, &path, &at, other);
            } else if path.starts_with("reason:") {
                self.exclusion(sheet, row, &path, &at, other);
            } else if let Some(column) = at("value")
                && let Some(held) = sheet.cells.get(&(row, column))
            {
                let labels = (altered.then(|| text("label")), text("unit"));
                self.row(sheet, (row, column), path, held, &labels, other);
            }
        }
    }

    /// A row with one value.
    fn row(
        &mut self,
        sheet: &Sheet,
        place: (u32, u32),
        path: String,
        held: &Held,
        labels: &(Option<String>, String),
        other: bool,
    ) {
        if held.is_blank() {
            return;
        }
        let line = path.strip_prefix("parameter:");
        let known_line =
            line.is_some_and(|id| self.rulebook.parameters.iter().any(|one| one.id == id));
        let slot = self.slot(&path);
        if other || !(known_line || slot.is_some()) {
            let single = single_of(held);
            if !other {
                let label = labels.0.as_deref().unwrap_or("");
                let like = self.like(&path, label);
                let about = trouble::unknown_id(&path, label, &shown(&single), like.as_deref());
                self.problem(sheet, Some(place), about);
            }
            enter(&mut self.read.strays, &path, single);
            return;
        }
        let rulebook = self.rulebook;
        let field = slot
            .and_then(|slot| rulebook.field_of(slot))
            .map(|(field, _)| field);
        let label = self.label(&path);
        if let Some(was) = &labels.0
            && !was.is_empty()
            && *was != label
        {
            self.problem(sheet, Some(place), trouble::label_changed(&label));
        }
        let unit = if labels.0.is_some() {
            labels.1.as_str()
        } else {
            ""
        };
        if let Some(single) = self.value(sheet, place, field, unit, held) {
            self.put(sheet, place, path, single);
        }
    }

    fn like(&self, path: &str, label: &str) -> Option<String> {
        let fields = self.rulebook.fields.iter();
        let labels = fields.clone().map(|field| field.label.as_str());
        let by_label = (!label.is_empty())
            .then(|| most_like(label, labels))
            .flatten();
        by_label.or_else(|| most_like(path, fields.map(|field| field.id.as_str())))
    }

    fn is_indicator(&self, id: &str) -> bool {
        self.rulebook.indicators.iter().any(|one| one.id == id)
    }

    fn exclusion(
        &mut self,
        sheet: &Sheet,
        row: u32,
        path: &str,
        at: &impl Fn(&str) -> Option<u32>,
        other: bool,
    ) {
        let (Some(choice), Some(why)) = (at("value"), at("why")) else {
            return;
        };
        let held = |column| {
            sheet
                .cells
                .get(&(row, column))
                .filter(|held| !held.is_blank())
        };
        let chosen = held(choice).is_some_and(|held| held.text().trim() == EXCLUDED);
        match (chosen, held(why)) {
            (false, None) => {}
            (true, None) => self.problem(sheet, Some((row, why)), trouble::no_reason()),
            (false, Some(reason)) => self.problem(
                sheet,
                Some((row, choice)),
                trouble::reason_alone(&reason.text()),
            ),
            (true, Some(reason)) => {
                let single = single_of(reason);
                let id = path.strip_prefix("reason:").unwrap_or(path);
                if other || !self.is_indicator(id) {
                    if !other {
                        self.problem(
                            sheet,
                            Some((row, why)),
                            trouble::unknown_id(id, "", &shown(&single), None),
                        );
                    }
                    enter(&mut self.read.strays, path, single);
                } else {
                    self.put(sheet, (row, why), path.into(), single);
                }
            }
        }
    }

    fn waiver(
        &mut self,
        sheet: &Sheet,
        row: u32,
        path: &str,
        at: &impl Fn(&str) -> Option<u32>,
        other: bool,
    ) {
        let id = path.strip_prefix("waived:").unwrap_or(path);
        let known = !other && self.is_indicator(id);
        for role in WAIVER {
            let Some(column) = at(role) else { continue };
            let Some(held) = sheet
                .cells
                .get(&(row, column))
                .filter(|held| !held.is_blank())
            else {
                continue;
            };
            let single = single_of(held);
            if known {
                let place = Place {
                    sheet: sheet.name.clone(),
                    cell: cell::name(row, column),
                };
                self.read.places.entry(path.into()).or_insert(place);
                self.waived
                    .entry(path.into())
                    .or_default()
                    .push((role, single.given()));
            } else {
                if !other {
                    self.problem(
                        sheet,
                        Some((row, column)),
                        trouble::unknown_id(id, "", &shown(&single), None),
                    );
                }
                enter(&mut self.read.strays, &[path, ".", role].concat(), single);
            }
        }
    }
}
