//! Books: the sheets of a file, whatever its format, as cells that hold what staff see.

use super::ods;
use super::scan::{self, is_percent};
use crate::office::cell;
use crate::office::trouble::Told;
use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// The most bytes of a file.
pub const MOST_BYTES: usize = 24 << 20;
/// The most cells with something in them.
pub const MOST_CELLS: usize = 400_000;
/// The most sheets.
const MOST_SHEETS: usize = 300;
/// The most merged areas of a sheet that are minded.
const MOST_AREAS: usize = 5000;

/// The sheets of a file, in their order.
#[derive(Debug, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
}

/// A sheet: rows and columns from 0.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub cells: BTreeMap<(u32, u32), Held>,
    pub merged: Vec<Area>,
    pub hidden_rows: BTreeSet<u32>,
}

/// Cells that were made one; both corners belong to it.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    pub from: (u32, u32),
    pub to: (u32, u32),
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    Text(String),
    /// In decimals.
    Number(String),
    /// As shown: `95%`.
    Percent(String),
    /// `2023-05-31`
    Date(String),
    Truth(bool),
    /// `#DIV/0!`
    Error(String),
    /// A formula whose value nobody computed.
    Uncomputed,
}

impl Held {
    /// As staff see it.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text)
            | Self::Number(text)
            | Self::Percent(text)
            | Self::Date(text)
            | Self::Error(text) => text.clone(),
            Self::Truth(true) => "TRUE".into(),
            Self::Truth(false) => "FALSE".into(),
            Self::Uncomputed => String::new(),
        }
    }

    /// Whether nothing but blanks is there.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

impl Sheet {
    /// The area that a cell is in.
    pub fn area(&self, row: u32, column: u32) -> Option<&Area> {
        let inside = |area: &&Area| {
            (area.from.0..=area.to.0).contains(&row) && (area.from.1..=area.to.1).contains(&column)
        };
        self.merged.iter().find(inside)
    }

    /// What is to be read at a place: the cell, or the first one of its area.
    pub fn seen(&self, row: u32, column: u32) -> Option<&Held> {
        let own = self.cells.get(&(row, column));
        own.or_else(|| self.cells.get(&self.area(row, column)?.from))
            .filter(|held| !held.is_blank())
    }

    /// Whether nothing but blanks is at a place. A formula without a value is something.
    pub fn is_empty_at(&self, row: u32, column: u32) -> bool {
        self.cells.get(&(row, column)).is_none_or(Held::is_blank)
    }

    /// Whether a formula without a value is at a place.
    pub fn is_uncomputed_at(&self, row: u32, column: u32) -> bool {
        matches!(self.cells.get(&(row, column)), Some(Held::Uncomputed))
    }

    /// The rows that hold something.
    pub fn rows(&self) -> BTreeSet<u32> {
        self.cells.keys().map(|(row, _)| *row).collect()
    }
}

/// Opens a file by what is in it; its name only helps to tell what it should have been.
pub fn open(name: &str, bytes: &[u8]) -> Result<Book, Told> {
    if bytes.len() > MOST_BYTES {
        return Err(Told::too_large(MOST_BYTES));
    }
    let book = match bytes {
        [] => return Err(Told::empty()),
        [b'P', b'K', 3, 4, ..] => packed(name, bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => old(name, bytes)?,
        _ => super::text::open(name, bytes)?,
    };
    let cells: usize = book.sheets.iter().map(|sheet| sheet.cells.len()).sum();
    if cells > MOST_CELLS || book.sheets.len() > MOST_SHEETS {
        return Err(Told::too_much());
    }
    Ok(book)
}

fn packed(name: &str, bytes: &[u8]) -> Result<Book, Told> {
    let parts = scan::unpack(bytes)?;
    if let Some(content) = parts.get("content.xml") {
        let manifest = parts.get("META-INF/manifest.xml");
        if manifest.is_some_and(|text| text.contains("encryption-data")) {
            return Err(Told::encrypted());
        }
        return ods::sheets(content).map(|sheets| Book { sheets });
    }
    if parts.contains_key("xl/workbook.bin") {
        return Err(Told::binary_workbook());
    }
    if !parts.contains_key("xl/workbook.xml") {
        return Err(Told::not_a_table(name));
    }
    guarded(|| xlsx(bytes, &parts))
}

/// What the reader breaks at is damage too.
fn guarded<T>(read: impl FnOnce() -> Result<T, Told>) -> Result<T, Told> {
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    read.unwrap_or_else(|_| Err(Told::damaged("")))
}

fn areas(merged: Vec<Dimensions>) -> Vec<Area> {
    let area = |one: Dimensions| Area {
        from: one.start,
        to: one.end,
    };
    merged.into_iter().take(MOST_AREAS).map(area).collect()
}

fn xlsx(bytes: &[u8], parts: &scan::Parts) -> Result<Book, Told> {
    let damaged = |error: calamine::XlsxError| match error {
        calamine::XlsxError::Password => Told::encrypted(),
        error => Told::damaged(&error.to_string()),
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut extras = scan::packed_extras(parts);
    let mut found = Book::default();
    let mut left = MOST_CELLS;
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet || sheet.visible == SheetVisible::VeryHidden {
            continue;
        }
        let merged = areas(
            book.merge_cells_by_sheet_name(&sheet.name)
                .map_err(damaged)?,
        );
        let mut reader = match book.worksheet_cells_reader(&sheet.name) {
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            reader => reader.map_err(damaged)?,
        };
        let extras = extras.remove(&sheet.name).unwrap_or_default();
        let mut percents: BTreeMap<usize, bool> = BTreeMap::new();
        let mut cells = BTreeMap::new();
        while let Some((one, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
            let percent = *percents.entry(style).or_insert_with(|| {
                let format = reader
                    .styles()
                    .get(style)
                    .and_then(|style| style.number_format.as_ref());
                format.is_some_and(|format| is_percent(&format.format_code))
            });
            if let Some(held) = held_ref(one.get_value(), percent) {
                left = left.checked_sub(1).ok_or_else(Told::too_much)?;
                cells.insert(one.get_position(), held);
            }
        }
        for place in extras.uncomputed {
            left = left.checked_sub(1).ok_or_else(Told::too_much)?;
            cells.entry(place).or_insert(Held::Uncomputed);
        }
        found.sheets.push(Sheet {
            name: sheet.name,
            cells,
            merged,
            hidden_rows: extras.hidden_rows,
        });
    }
    Ok(found)
}

fn held_ref(value: &DataRef<'_>, percent: bool) -> Option<Held> {
    match value {
        DataRef::SharedString(text) => held(&Data::String((*text).into()), percent),
        value => held(&value.clone().into(), percent),
    }
}

fn held(value: &Data, percent: bool) -> Option<Held> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) if text.is_empty() => return None,
        Data::String(text) => Held::Text(text.clone()),
        Data::Float(number) if percent => Held::Percent(cell::percent(*number)),
        Data::Float(number) => Held::Number(cell::shown(*number)),
        Data::Int(number) => Held::Number(number.to_string()),
        Data::Bool(truth) => Held::Truth(*truth),
        Data::DateTime(day) => date(day),
        Data::DateTimeIso(text) => Held::Date(text.chars().take(10).collect()),
        Data::DurationIso(text) => Held::Text(text.clone()),
        Data::Error(error) => Held::Error(error.to_string()),
    })
}

/// The day; a time of day without one stays as it was counted.
fn date(day: &ExcelDateTime) -> Held {
    let (year, month, date, ..) = day.to_ymd_hms_milli();
    if day.is_duration() || cell::is_below_one(day.as_f64()) {
        return Held::Number(cell::shown(day.as_f64()));
    }
    Held::Date(format!("{year:04}-{month:02}-{date:02}"))
}

fn old(name: &str, bytes: &[u8]) -> Result<Book, Told> {
    let stream = scan::workbook_stream(bytes).map_err(|told| match told.code {
        "not-a-spreadsheet" => Told::not_a_table(name),
        _ => told,
    })?;
    let mut extras = scan::extras(&stream)?.into_iter();
    guarded(|| {
        let damaged = |error: calamine::XlsError| match error {
            calamine::XlsError::Password => Told::encrypted(),
            error => Told::damaged(&error.to_string()),
        };
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut found = Book::default();
        for sheet in book.sheets_metadata().to_vec() {
            let extras = extras.next().unwrap_or_default();
            if sheet.typ != SheetType::WorkSheet || sheet.visible == SheetVisible::VeryHidden {
                continue;
            }
            let range = book.worksheet_range(&sheet.name).map_err(damaged)?;
            let (top, left) = range.start().unwrap_or_default();
            let cells = range.used_cells().filter_map(|(row, column, value)| {
                let place = (top + row as u32, left + column as u32);
                Some((place, held(value, extras.percent.contains(&place))?))
            });
            let cells = cells.collect();
            let merged = areas(
                book.merge_cells_by_sheet_name(&sheet.name)
                    .map_err(damaged)?,
            );
            found.sheets.push(Sheet {
                name: sheet.name,
                cells,
                merged,
                hidden_rows: extras.hidden_rows,
            });
        }
        Ok(found)
    })
}
