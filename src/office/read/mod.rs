//! Filled workbooks: sheets of ours by their codes, other people's tables by their headings, into one entry with the
//! place of each value.
//!
//! Two different values for one place are a problem that names both; neither is taken. What has no place is kept apart.

mod book;
mod figure;
mod heads;
mod left;
mod names;
mod ods;
mod ours;
mod scan;
mod table;
mod text;
mod units;
mod value;
mod wide;

use crate::entry::{Entry, Given};
use crate::office::cell;
use crate::office::given::{Single, enter, keyed};
use crate::office::papers::Paper;
use crate::office::trouble::{self, About, Problem, Told};
use crate::office::write::layout::departments;
use crate::rulebook::Rulebook;
use book::{Book, Held, Sheet};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use value::shown;

/// The most formulas without a value that are told one by one, of those that no value was looked for in.
const MOST_UNCOMPUTED: usize = 50;

/// Reads a spreadsheet: a workbook of ours that was filled in, or any table with a heading.
///
/// # Errors
///
/// Why the file could not be read at all, and what to do about it.
pub fn read(rulebook: &Rulebook, digest: &str, name: &str, bytes: &[u8]) -> Result<Read, Told> {
    let book = book::open(name, bytes)?;
    Ok(read_book(rulebook, digest, &book))
}

/// What was read.
#[derive(Debug, Default, Serialize)]
pub struct Read {
    /// `form`: ours; `table`: somebody else's; `none`: nothing was found.
    pub kind: &'static str,
    /// Which standard a form says it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<Stated>,
    /// Whom a form is for; empty where for all.
    pub department: String,
    /// What was filled in.
    pub entry: Entry,
    /// What has no place in this standard.
    pub strays: Entry,
    /// Evidence, by indicator.
    pub evidence: BTreeMap<String, Vec<Paper>>,
    /// Notes, by indicator.
    pub notes: BTreeMap<String, String>,
    /// By path, where each value of the entry stands.
    pub places: BTreeMap<String, Place>,
    /// Which places of a form were left empty by a department that filled others in, and where.
    pub empty: BTreeMap<String, Place>,
    /// What is wrong, sheet by sheet.
    pub problems: Vec<Problem>,
    /// Every sheet.
    pub sheets: Vec<SheetRead>,
}

/// A standard as a form names it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Stated {
    /// Id.
    pub id: String,
    /// Version.
    pub version: String,
    /// Digest of the rulebook.
    pub digest: String,
}

/// Where a value stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Place {
    /// Name of the sheet.
    pub sheet: String,
    /// `F12`
    pub cell: String,
}

/// What became of a sheet.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SheetRead {
    /// Name.
    pub name: String,
    /// `form`, `table`, or `none`.
    pub kind: &'static str,
    /// How many values were taken over.
    pub values: u32,
}

/// Reads all sheets.
fn read_book(rulebook: &Rulebook, digest: &str, book: &Book) -> Read {
    let mut reading = Reading {
        rulebook,
        digest,
        found: BTreeMap::new(),
        waived: BTreeMap::new(),
        asked: Vec::new(),
        read: Read {
            kind: "none",
            ..Read::default()
        },
    };
    let mut unread: Vec<&str> = Vec::new();
    for sheet in &book.sheets {
        let before = reading.count();
        let problems = reading.read.problems.len();
        let mark = ours::mark_of(sheet);
        let kind = match &mark {
            Some((place, stated, department)) => {
                reading.form(sheet, *place, stated, department);
                "form"
            }
            None if table::read(&mut reading, sheet) => "table",
            None => "none",
        };
        if kind == "none" && !sheet.cells.is_empty() {
            unread.push(&sheet.name);
        }
        if kind == "form" || (kind == "table" && reading.read.kind == "none") {
            reading.read.kind = kind;
        }
        reading.uncomputed(sheet, problems);
        let values = reading.count().saturating_sub(before) as u32;
        reading.read.sheets.push(SheetRead {
            name: sheet.name.clone(),
            kind,
            values,
        });
        let rows = reading.rows_read(&sheet.name, problems);
        // The row by which a form is known is hidden and holds no data.
        let own = |row: u32| mark.as_ref().is_some_and(|(place, ..)| place.0 == row);
        let hidden = rows
            .iter()
            .filter(|row| sheet.hidden_rows.contains(row) && !own(**row))
            .count();
        if hidden > 0 {
            reading.problem(sheet, None, trouble::hidden_rows(hidden));
        }
    }
    // A form has a cover; where nothing was found, every sheet is named.
    if reading.read.kind != "form" {
        for name in unread {
            let (code, severity, text_zh, text_en) = trouble::no_head();
            let problem = Problem {
                sheet: name.into(),
                cell: String::new(),
                code,
                severity,
                text_zh,
                text_en,
            };
            reading.read.problems.push(problem);
        }
    }
    reading.finish()
}

/// What is being read.
struct Reading<'a> {
    rulebook: &'a Rulebook,
    digest: &'a str,
    /// By path.
    found: BTreeMap<String, Found>,
    /// By path and part.
    waived: BTreeMap<String, Vec<(&'static str, Given)>>,
    asked: Vec<Asked>,
    read: Read,
}

/// A place that a form asked for.
struct Asked {
    /// Whom, as the form or the standard says.
    whom: String,
    path: String,
    /// Where it was left empty.
    empty: Option<Place>,
}

/// A value that was found.
struct Found {
    single: Single,
    place: Place,
    row: u32,
    /// Another place says otherwise: then neither is taken.
    disputed: bool,
}

impl Reading<'_> {
    fn taken(&self) -> impl Iterator<Item = &Found> {
        self.found.values().filter(|found| !found.disputed)
    }

    fn count(&self) -> usize {
        let papers = self.read.evidence.len() + self.read.notes.len();
        self.taken().count() + self.waived.len() + papers
    }

    /// The rows of a sheet from which something was read or refused.
    fn rows_read(&self, sheet: &str, problems: usize) -> Vec<u32> {
        let row_of = |cell: &str| {
            cell.trim_start_matches(|c: char| c.is_ascii_uppercase())
                .parse::<u32>()
                .ok()
        };
        let found = self.taken().filter(|found| found.place.sheet == sheet);
        let mut rows: Vec<u32> = found.map(|found| found.row).collect();
        let told = self.read.problems.iter().skip(problems);
        rows.extend(told.filter_map(|problem| row_of(&problem.cell)?.checked_sub(1)));
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Tells each formula without a value that was not told yet, whatever column it stands in: it is not nothing.
    fn uncomputed(&mut self, sheet: &Sheet, problems: usize) {
        let told = self.read.problems.iter().skip(problems);
        let told = told.filter(|one| one.code == trouble::NOT_COMPUTED);
        let told: BTreeSet<String> = told.map(|one| one.cell.clone()).collect();
        let all = sheet.cells.iter();
        let some = all.filter(|(_, held)| matches!(held, Held::Uncomputed));
        let some = some.map(|(place, _)| *place);
        let left: Vec<_> = some
            .filter(|(row, column)| !told.contains(&cell::name(*row, *column)))
            .collect();
        let more = left.len().saturating_sub(MOST_UNCOMPUTED);
        for (nth, place) in left.into_iter().take(MOST_UNCOMPUTED).enumerate() {
            let last = nth + 1 == MOST_UNCOMPUTED;
            let more = if last { more } else { 0 };
            self.problem(sheet, Some(place), trouble::not_computed(more));
        }
    }

    fn problem(&mut self, sheet: &Sheet, place: Option<(u32, u32)>, about: About) {
        let (code, severity, text_zh, text_en) = about;
        self.read.problems.push(Problem {
            sheet: sheet.name.clone(),
            cell: place.map_or_else(String::new, |(row, column)| cell::name(row, column)),
            code,
            severity,
            text_zh,
            text_en,
        });
    }

    /// The slot of a path.
    fn slot(&self, path: &str) -> Option<u32> {
        let (id, key) = path
            .split_once('.')
            .map_or((path, None), |(id, key)| (id, Some(key)));
        let field = self.rulebook.fields.iter().find(|field| field.id == id)?;
        match key {
            None => field.keys.is_empty().then_some(field.slot),
            Some(key) => {
                Some(field.slot + field.keys.iter().position(|known| known == key)? as u32)
            }
        }
    }

    /// What a path is called on screens.
    fn label(&self, path: &str) -> String {
        if let Some(id) = path.strip_prefix("parameter:") {
            let mut all = self.rulebook.parameters.iter();
            return all
                .find(|one| one.id == id)
                .map_or(id, |one| &one.label)
                .into();
        }
        self.slot(path)
            .map_or_else(|| path.into(), |slot| self.rulebook.slot_label(slot))
    }

    /// A value for a place; of two that differ, neither.
    fn put(&mut self, sheet: &Sheet, place: (u32, u32), path: String, single: Single) {
        let at = Place {
            sheet: sheet.name.clone(),
            cell: cell::name(place.0, place.1),
        };
        let Some(known) = self.found.get_mut(&path) else {
            let found = Found {
                single,
                place: at,
                row: place.0,
                disputed: false,
            };
            self.found.insert(path, found);
            return;
        };
        if known.single == single {
            return;
        }
        known.disputed = true;
        let there = format!("{}!{}", known.place.sheet, known.place.cell);
        let other = shown(&known.single);
        let about = trouble::two_values(&self.label(&path), &shown(&single), &other, &there);
        self.problem(sheet, Some(place), about);
    }

    /// The slots and values into an entry, in the order of the standard.
    fn finish(mut self) -> Read {
        let mut paths: Vec<String> = (0..self.rulebook.slots() as u32)
            .map(|slot| self.rulebook.slot_id(slot))
            .collect();
        paths.extend(
            self.rulebook
                .parameters
                .iter()
                .map(|one| ["parameter:", &one.id].concat()),
        );
        paths.extend(
            self.rulebook
                .indicators
                .iter()
                .map(|one| ["reason:", &one.id].concat()),
        );
        for path in paths {
            let Some(found) = self.found.remove(&path).filter(|found| !found.disputed) else {
                continue;
            };
            let single = found.single;
            self.read.places.insert(path.clone(), found.place);
            let list = self.slot(&path).and_then(|_| path.split_once('.'));
            match list {
                Some((id, key)) => keyed(&mut self.read.entry.fields, id, key, single.given()),
                None => enter(&mut self.read.entry, &path, single),
            }
        }
        for (path, parts) in self.waived {
            let id = path.strip_prefix("waived:").unwrap_or(&path);
            for (role, given) in parts {
                keyed(&mut self.read.entry.waived, id, role, given);
            }
        }
        // A form for all comes back from each department with the cells of the others empty: that says nothing of those.
        let speaking: BTreeSet<&str> = (self.asked.iter())
            .filter(|one| one.empty.is_none())
            .map(|one| one.whom.as_str())
            .collect();
        let filled: BTreeSet<&str> = (self.asked.iter())
            .filter(|one| one.empty.is_none())
            .map(|one| one.path.as_str())
            .collect();
        for one in &self.asked {
            let speaks = speaking.contains(one.whom.as_str())
                || departments(&one.whom).any(|one| speaking.contains(one));
            if let (Some(place), true, false) =
                (&one.empty, speaks, filled.contains(one.path.as_str()))
            {
                self.read.empty.insert(one.path.clone(), place.clone());
            }
        }
        self.read
    }
}
