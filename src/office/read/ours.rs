//! Sheets of ours: each row by the path in its hidden column, each column by the word in the hidden row.

use super::book::{Held, Sheet};
use super::value::{shown, single_of};
use super::{Asked, Place, Reading, Stated};
use crate::office::given::{Single, WAIVER, enter};
use crate::office::papers::{PARTS, Paper};
use crate::office::write::form::HEADS;
use crate::office::write::words::Words;
use crate::office::{BETWEEN, EXCLUDED, MARK, cell, trouble};
use crate::wording::{Lang, most_like};
use std::collections::{BTreeMap, BTreeSet};

/// The rows among which that is looked for: somebody may have put others above.
const MOST_ABOVE: u32 = 40;

/// The row below which the values of a sheet of ours begin: that of the heads, though somebody put rows above it.
fn row_of_heads(sheet: &Sheet, (top, left): (u32, u32)) -> u32 {
    let codes = [Words::of(Lang::Zh).code, Words::of(Lang::En).code];
    let below = sheet.cells.range((top + 1, 0)..(top + MOST_ABOVE, 0));
    let mut heads =
        below.filter(|((_, column), held)| *column == left && codes.contains(&held.text().trim()));
    heads.next().map_or(top + HEADS, |((row, _), _)| *row)
}

/// The most figures beside the cells to fill in that are told one by one.
const MOST_BESIDE: usize = 12;

/// Whether a text is a number, with no more than a unit behind it.
pub fn is_figure(text: &str) -> bool {
    let text = crate::entry::half_width(text);
    let text = text.trim_start_matches(['+', '-']);
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
    behind.len() < text.len()
        && behind.chars().count() <= 6
        && !behind.contains(|c: char| c.is_ascii_digit())
}

/// Where a sheet of ours says what it is.
pub type Mark = ((u32, u32), Stated, String);

pub fn mark_of(sheet: &Sheet) -> Option<Mark> {
    let mut begin = sheet.cells.range((0, 0)..(MOST_ABOVE, 0));
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
        let heads = row_of_heads(sheet, mark);
        let rows: Vec<(u32, String)> = (sheet.cells.range((heads + 1, 0)..))
            .filter(|((_, column), _)| *column == left)
            .map(|((row, _), held)| (*row, held.text()))
            .filter(|(_, path)| !path.is_empty())
            .collect();
        // A figure in a row that somebody put above the heads has no place.
        for (place, held) in sheet.cells.range((top + 1, 0)..(heads, 0)) {
            if is_figure(&held.text()) {
                self.problem(sheet, Some(*place), trouble::beside(&held.text()));
            }
        }
        self.beside(sheet, heads + 1, left, &roles, &rows);
        let mut evidence: BTreeMap<String, u32> = BTreeMap::new();
        // Evidence with a formula that nobody computed: not nothing.
        let mut uncomputed: BTreeSet<String> = BTreeSet::new();
        for (row, path) in rows {
            let text = |role: &str| {
                at(role)
                    .and_then(|column| sheet.cells.get(&(row, column)))
                    .map_or_else(String::new, Held::text)
            };
            let empty = |role: &str| at(role).is_none_or(|column| sheet.is_empty_at(row, column));
            if let Some(id) = path.strip_prefix("evidence:") {
                if !other {
                    let unknown = PARTS.map(&at).into_iter().flatten();
                    let mut unknown = unknown.map(|column| sheet.is_uncomputed_at(row, column));
                    if unknown.any(|one| one) {
                        uncomputed.insert(path.clone());
                    } else {
                        self.paper(sheet, row, id, PARTS.map(&text), at("paper"));
                    }
                    evidence.entry(path.clone()).or_insert(row);
                }
            } else if let (Some(id), Some(column)) = (path.strip_prefix("note:"), at("value")) {
                if !other {
                    self.asked(sheet, (row, column), department, &path, empty("value"));
                    self.note(sheet, (row, column), id, text("value"));
                }
            } else if let Some(column) = at("stray") {
                let held = sheet.cells.get(&(row, column));
                if let Some(held) = held.filter(|held| !matches!(held, Held::Uncomputed)) {
                    enter(&mut self.read.strays, &path, single_of(held));
                }
            } else if path.starts_with("waived:") {
                self.waiver(sheet, row, &path, &at, other);
                if let (Some(column), false) = (at("reason"), other) {
                    let empty = WAIVER.iter().all(|role| empty(role));
                    self.asked(sheet, (row, column), department, &path, empty);
                }
            } else if path.starts_with("reason:") {
                self.exclusion(sheet, row, &path, &at, other);
                if let (Some(column), false) = (at("value"), other) {
                    let empty = ["value", "why"].iter().all(|role| empty(role));
                    self.asked(sheet, (row, column), department, &path, empty);
                }
            } else if let Some(column) = at("value") {
                let held = sheet.cells.get(&(row, column));
                let held = held.filter(|held| !held.is_blank());
                if !other {
                    self.asked(sheet, (row, column), department, &path, held.is_none());
                }
                let Some(held) = held else { continue };
                let labels = (altered.then(|| text("label")), text("unit"));
                self.row(sheet, (row, column), path, held, &labels, other);
            }
        }
        for (path, row) in evidence {
            let id = path.strip_prefix("evidence:").unwrap_or(&path);
            let empty = !self.read.evidence.contains_key(id) && !uncomputed.contains(&path);
            let place = (row, at("paper").unwrap_or(left));
            self.asked(sheet, place, department, &path, empty);
        }
    }

    /// A row of evidence.
    fn paper(
        &mut self,
        sheet: &Sheet,
        row: u32,
        id: &str,
        texts: [String; 6],
        column: Option<u32>,
    ) {
        if texts.iter().all(|text| text.trim().is_empty()) {
            return;
        }
        let place = (row, column.unwrap_or(0));
        let paper = Paper::of_texts(texts);
        if self.for_people(sheet, place, "evidence:", id, &paper.name) {
            let list = self.read.evidence.entry(id.into()).or_default();
            list.push(paper);
        }
    }

    fn note(&mut self, sheet: &Sheet, place: (u32, u32), id: &str, note: String) {
        if !note.trim().is_empty() && self.for_people(sheet, place, "note:", id, &note) {
            self.read.notes.insert(id.into(), note);
        }
    }

    /// Notes where something for people stands; whether the standard has its indicator.
    fn for_people(
        &mut self,
        sheet: &Sheet,
        place: (u32, u32),
        kind: &str,
        id: &str,
        text: &str,
    ) -> bool {
        if !self.is_indicator(id) {
            let text = shown(&Single::Text(text.into()));
            self.problem(sheet, Some(place), trouble::unknown_id(id, "", &text, None));
            return false;
        }
        let at = Place {
            sheet: sheet.name.clone(),
            cell: cell::name(place.0, place.1),
        };
        let path = [kind, id].concat();
        self.read.places.entry(path).or_insert(at);
        true
    }

    /// Tells what stands beside the cells to fill in, and is not read for that.
    fn beside(
        &mut self,
        sheet: &Sheet,
        top: u32,
        left: u32,
        roles: &BTreeMap<String, u32>,
        rows: &[(u32, String)],
    ) {
        const TO_FILL: [&str; 10] = [
            "value",
            "why",
            "reason",
            "by",
            "until",
            "stray",
            "paper",
            "paper_number",
            "paper_date",
            "paper_pages",
        ];
        const BESIDE: [&str; 4] = ["help", "unit", "department", "evidence"];
        let paths: BTreeMap<u32, &str> = rows
            .iter()
            .map(|(row, path)| (*row, path.as_str()))
            .collect();
        let words: BTreeMap<u32, &str> = roles
            .iter()
            .map(|(word, column)| (*column, word.as_str()))
            .collect();
        let (mut figures, mut others) = (Vec::new(), Vec::new());
        for (place, held) in sheet.cells.range((top, 0)..) {
            let (row, column) = *place;
            let text = held.text();
            if column <= left || text.trim().is_empty() {
                continue;
            }
            let lost = match (paths.get(&row), words.get(&column)) {
                (_, None) => true,
                (None, Some(word)) => TO_FILL.contains(word),
                (Some(path), Some(word)) => {
                    let value = roles.get("value").map(|column| (row, *column));
                    let filled = value.and_then(|place| sheet.cells.get(&place));
                    BESIDE.contains(word)
                        && value.is_some()
                        && filled.is_none_or(Held::is_blank)
                        && is_figure(&text)
                        && !self.says(path, text.trim())
                }
            };
            if lost && is_figure(&text) {
                figures.push((*place, text));
            } else if lost {
                others.push((*place, text));
            }
        }
        if figures.len() <= MOST_BESIDE {
            for (place, text) in figures {
                self.problem(sheet, Some(place), trouble::beside(&text));
            }
        } else {
            others.extend(figures);
            others.sort_by_key(|(place, _)| *place);
        }
        if let Some((place, text)) = others.first() {
            self.problem(sheet, Some(*place), trouble::not_read(text, others.len()));
        }
    }

    /// Whether a text is part of what the standard itself says of a place.
    fn says(&self, path: &str, text: &str) -> bool {
        let slot = self.slot(path);
        let field = slot.and_then(|slot| self.rulebook.field_of(slot));
        let own = field.map(|(f, _)| [&f.help, &f.unit, &f.department, &f.evidence]);
        own.into_iter().flatten().any(|own| own.contains(text))
    }

    /// Notes that a form asked for a place, and whether it was left empty.
    fn asked(
        &mut self,
        sheet: &Sheet,
        place: (u32, u32),
        department: &str,
        path: &str,
        empty: bool,
    ) {
        let (kind, id) = path.split_once(':').unwrap_or(("", path));
        let own = match kind {
            "" => {
                let slot = self.slot(path);
                let field = slot.and_then(|slot| self.rulebook.field_of(slot));
                field.map(|(field, _)| field.department.as_str())
            }
            "parameter" => {
                let known = self.rulebook.parameters.iter().any(|one| one.id == id);
                known.then_some(kind)
            }
            _ => {
                let mut all = self.rulebook.indicators.iter();
                let found = all.find(|one| one.id == id);
                found.map(|one| {
                    if kind == "waived" {
                        kind
                    } else {
                        one.department.as_str()
                    }
                })
            }
        };
        let Some(own) = own else { return };
        let whom = if department.is_empty() {
            own
        } else {
            department
        };
        let at = Place {
            sheet: sheet.name.clone(),
            cell: cell::name(place.0, place.1),
        };
        self.asked.push(Asked {
            whom: whom.into(),
            path: path.into(),
            empty: empty.then_some(at),
        });
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
        // Told for the sheet as a whole; there is nothing to keep.
        if matches!(held, Held::Uncomputed) {
            return;
        }
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
        // Told for the sheet as a whole; what it says is not known.
        if [choice, why].map(|column| sheet.is_uncomputed_at(row, column)) != [false, false] {
            return;
        }
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
                .filter(|held| !held.is_blank() && !matches!(held, Held::Uncomputed))
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
