//! Documents: lists to hand upward, as a workbook. What they say is the page's; this sets them on A4 paper.

use super::look::{self, Look, Page};
use crate::date::Date;
use crate::office::cell;
use crate::office::trouble::Told;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use serde_json::Value;

/// Widths add up to this much on an upright page.
const UPRIGHT: u32 = 95;
/// The width of a column that has none, in letters of half width.
const WIDTH: u32 = 16;
/// Points of a line of text.
const LINE: u32 = 16;
/// Points of a line in a cell, and what the cell adds.
const CELL_LINE: u32 = 14;
const CELL: u32 = 4;
/// Points of a line to sign on.
const SIGN: u32 = 32;
const MOST_CELL: usize = 32_767;
/// Points that a row may be high.
const MOST_HEIGHT: u32 = 409;

/// A workbook of tables.
#[derive(Debug, Default)]
pub struct Document {
    /// Above each table.
    pub title: String,
    /// What it is and is not; below each title.
    pub notice: String,
    /// The day that the file says it is of.
    pub as_of: Option<Date>,
    /// What frames all of it: facts before the first table, the rest after the last.
    pub frame: Frame,
    /// A sheet each.
    pub tables: Vec<Table>,
}

/// What stands around tables.
#[derive(Debug, Default)]
pub struct Frame {
    /// Label and text, before; a text alone where the label is empty.
    pub facts: Vec<(String, String)>,
    /// Places to sign, after, two on a line; an empty one leaves its place free.
    pub signatures: Vec<String>,
    /// Small lines, after those.
    pub marks: Vec<String>,
}

/// A table, on a sheet of its own.
#[derive(Debug, Default)]
pub struct Table {
    /// Names the sheet.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows, and whether each is a total.
    pub rows: Vec<(Vec<Cell>, bool)>,
    /// Below the table.
    pub note: String,
    /// What frames this one, beside what frames the document: where a workbook holds several papers.
    pub frame: Frame,
}

/// A column.
#[derive(Debug, Default)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// In letters of half width; 0 where it does not matter.
    pub width: u32,
    /// `left`, `center` or `right`.
    pub align: String,
}

/// What stands in a cell.
#[derive(Debug)]
pub enum Cell {
    /// Words; never a formula.
    Text(String),
    /// A decimal number, and how many places are shown.
    Number(String, Option<usize>),
}

impl Document {
    /// A document from JSON.
    ///
    /// # Errors
    ///
    /// What is not as `office.d.ts` says.
    pub fn of(value: &Value) -> Result<Self, Told> {
        let mut tables = Vec::new();
        for table in list(value, "tables")? {
            let columns = list(&table, "columns")?;
            let columns = columns.iter().map(|column| Column {
                title: text(column, "title"),
                width: column
                    .get("width")
                    .and_then(Value::as_u64)
                    .map_or(0, |width| width.min(120) as u32),
                align: text(column, "align"),
            });
            let columns: Vec<Column> = columns.collect();
            let mut rows = Vec::new();
            for row in list(&table, "rows")? {
                let total = row.get("total").and_then(Value::as_bool).unwrap_or(false);
                let cells = row.get("cells").unwrap_or(&row);
                let cells = cells.as_array().ok_or_else(|| Told::bad_argument("rows"))?;
                rows.push((cells.iter().map(Cell::of).collect(), total));
            }
            if columns.is_empty() {
                return Err(Told::bad_argument("columns"));
            }
            tables.push(Table {
                title: text(&table, "title"),
                columns,
                rows,
                note: text(&table, "note"),
                frame: Frame::of(&table)?,
            });
        }
        if tables.is_empty() {
            return Err(Told::bad_argument("tables"));
        }
        Ok(Self {
            title: text(value, "title"),
            notice: text(value, "notice"),
            as_of: Date::parse(&text(value, "as_of")),
            frame: Frame::of(value)?,
            tables,
        })
    }
}

impl Frame {
    fn of(value: &Value) -> Result<Self, Told> {
        let pair = |pair: &Value| {
            let part = |index: usize| {
                pair.get(index)
                    .and_then(Value::as_str)
                    .unwrap_or("")
                    .to_string()
            };
            (part(0), part(1))
        };
        let lines = |name: &str| -> Result<Vec<String>, Told> {
            let lines = list(value, name)?;
            Ok(lines
                .iter()
                .filter_map(|line| line.as_str().map(Into::into))
                .collect())
        };
        Ok(Self {
            facts: list(value, "facts")?.iter().map(pair).collect(),
            signatures: lines("signatures")?,
            marks: lines("marks")?,
        })
    }
}

fn text(value: &Value, name: &str) -> String {
    let text = value.get(name).and_then(Value::as_str);
    text.unwrap_or("").to_string()
}

fn list(value: &Value, name: &str) -> Result<Vec<Value>, Told> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => Ok(list.clone()),
        Some(_) => Err(Told::bad_argument(name)),
    }
}

impl Cell {
    fn of(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.clone()),
            Value::Number(number) => Self::Number(number.to_string(), None),
            Value::Object(parts) => {
                let digits = parts
                    .get("digits")
                    .and_then(Value::as_u64)
                    .map(|digits| digits.min(15) as usize);
                match parts.get("number") {
                    Some(Value::String(number)) => Self::Number(number.clone(), digits),
                    Some(Value::Number(number)) => Self::Number(number.to_string(), digits),
                    _ => Self::Text(
                        parts
                            .get("text")
                            .and_then(Value::as_str)
                            .unwrap_or("")
                            .into(),
                    ),
                }
            }
            _ => Self::Text(String::new()),
        }
    }
}

/// Writes the workbook, as `.xlsx`.
///
/// # Errors
///
/// A text that no cell can hold.
pub fn write_tables(document: &Document) -> Result<Vec<u8>, Told> {
    write(document).map_err(|error| Told::not_written(&error.to_string()))
}

fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let day = document.as_of.map(Date::year_month_day);
    let mut workbook = look::workbook(&document.title, &document.notice, day)?;
    let mut taken = Vec::new();
    let last = document.tables.len().saturating_sub(1);
    for (index, table) in document.tables.iter().enumerate() {
        let title = if table.title.is_empty() {
            &document.title
        } else {
            &table.title
        };
        let name = look::sheet_name(title, &mut taken);
        let sheet = workbook.add_worksheet().set_name(name)?;
        sheet_of(sheet, &look, document, table, index == 0, index == last)?;
    }
    workbook.save_to_buffer()
}

fn sheet_of(
    sheet: &mut Worksheet,
    look: &Look,
    document: &Document,
    table: &Table,
    first: bool,
    last: bool,
) -> Result<(), XlsxError> {
    let widths: Vec<u32> = table
        .columns
        .iter()
        .map(|column| {
            if column.width == 0 {
                WIDTH
            } else {
                column.width
            }
        })
        .collect();
    let total: u32 = widths.iter().sum();
    let end = (widths.len() as u16).saturating_sub(1);
    let mut row = 0;
    look::widths(sheet, widths.iter().copied())?;
    sheet.set_screen_gridlines(false);
    let centred = look
        .title
        .clone()
        .set_align(rust_xlsxwriter::FormatAlign::Center);
    across(sheet, row, end, &document.title, &centred)?;
    sheet.set_row_height(row, 30)?;
    row += 1;
    if !table.title.is_empty() && table.title != document.title {
        across(
            sheet,
            row,
            end,
            &table.title,
            &look
                .plain
                .clone()
                .set_bold()
                .set_align(rust_xlsxwriter::FormatAlign::Center),
        )?;
        sheet.set_row_height(row, 22)?;
        row += 1;
    }
    if !document.notice.is_empty() {
        across(sheet, row, end, &document.notice, &look.notice)?;
        sheet.set_row_height(row, lines(&document.notice, total) * LINE)?;
        row += 1;
    }
    let before = first.then_some(&document.frame);
    for (label, text) in before
        .iter()
        .flat_map(|frame| &frame.facts)
        .chain(&table.frame.facts)
    {
        let fact = if label.is_empty() {
            text.clone()
        } else {
            format!("{label}：{text}")
        };
        across(sheet, row, end, &fact, &look.plain)?;
        sheet.set_row_height(row, lines(&fact, total) * LINE)?;
        row += 1;
    }
    let heads = row;
    for (column, one) in table.columns.iter().enumerate() {
        look::text(sheet, heads, column as u16, &one.title, &look.head)?;
    }
    let head = table.columns.iter().zip(&widths);
    let head = head
        .map(|(column, width)| lines(&column.title, *width))
        .max();
    sheet.set_row_height(row, head.unwrap_or(1) * CELL_LINE + CELL)?;
    row += 1;
    for (cells, total) in &table.rows {
        for (column, (cell, one)) in cells.iter().zip(&table.columns).enumerate() {
            put(sheet, look, row, column as u16, cell, &one.align, *total)?;
        }
        for column in cells.len()..table.columns.len() {
            sheet.write_blank(row, column as u16, &look.text)?;
        }
        // Not every program fits rows to wrapped text when it opens a file.
        let tallest = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| match cell {
                Cell::Text(text) => lines(text, width.saturating_sub(1)),
                Cell::Number(..) => 1,
            })
            .max()
            .unwrap_or(1);
        if tallest > 1 {
            sheet.set_row_height(row, (tallest * CELL_LINE + CELL).min(MOST_HEIGHT))?;
        }
        row += 1;
    }
    if !table.note.is_empty() {
        across(sheet, row, end, &table.note, &look.notice)?;
        sheet.set_row_height(row, lines(&table.note, total) * LINE)?;
        row += 1;
    }
    let after = last.then_some(&document.frame);
    let ends = [&table.frame].into_iter().chain(after);
    let signatures: Vec<&str> = ends
        .clone()
        .flat_map(|frame| &frame.signatures)
        .map(String::as_str)
        .collect();
    if !signatures.is_empty() {
        row += 1;
    }
    let halves = match half(&widths) {
        _ if end == 0 => vec![(0, 0)],
        half => vec![(0, half), (half + 1, end)],
    };
    for pair in signatures.chunks(halves.len()) {
        for (signature, place) in pair.iter().zip(&halves) {
            span(sheet, row, *place, signature, &look.plain)?;
        }
        sheet.set_row_height(row, SIGN)?;
        row += 1;
    }
    for mark in ends.flat_map(|frame| &frame.marks) {
        across(sheet, row, end, mark, &look.notice)?;
        sheet.set_row_height(row, lines(mark, total) * LINE)?;
        row += 1;
    }
    let page = if total > UPRIGHT {
        Page::Landscape
    } else {
        Page::Portrait
    };
    look::page(sheet, &page, None, &document.title)?;
    sheet.set_repeat_rows(heads, heads)?;
    sheet.set_print_area(0, 0, row.saturating_sub(1), end)?;
    sheet.set_freeze_panes(heads + 1, 0)?;
    Ok(())
}

/// A text over the whole width.
fn across(
    sheet: &mut Worksheet,
    row: u32,
    end: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    span(sheet, row, (0, end), text, format)
}

/// A text over some columns.
fn span(
    sheet: &mut Worksheet,
    row: u32,
    (from, to): (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text: String = text.chars().take(MOST_CELL / 2).collect();
    if to > from {
        sheet.merge_range(row, from, row, to, "", format)?;
    }
    look::text(sheet, row, from, &text, format)
}

/// The last column of the left half of a page.
fn half(widths: &[u32]) -> u16 {
    let total: u32 = widths.iter().sum();
    let mut sum = 0;
    let left = widths.iter().take_while(|width| {
        sum += **width;
        sum * 2 <= total
    });
    (left.count() as u16).saturating_sub(1)
}

fn put(
    sheet: &mut Worksheet,
    look: &Look,
    row: u32,
    column: u16,
    cell: &Cell,
    align: &str,
    total: bool,
) -> Result<(), XlsxError> {
    let format = |align: &str| match (align, total) {
        ("center", false) => &look.centre,
        ("center", true) => &look.bold_centre,
        ("right", false) => &look.right,
        ("right", true) => &look.bold_right,
        (_, false) => &look.text,
        (_, true) => &look.bold,
    };
    match cell {
        Cell::Text(text) => look::text(sheet, row, column, text, format(align)),
        Cell::Number(number, digits) => {
            let format = format(if align.is_empty() { "right" } else { align });
            let format = match digits {
                None => format.clone(),
                Some(0) => format.clone().set_num_format("0"),
                Some(digits) => format
                    .clone()
                    .set_num_format(["0.", &"0".repeat(*digits)].concat()),
            };
            match cell::held(number) {
                Some(number) => sheet
                    .write_number_with_format(row, column, number, &format)
                    .map(|_| ()),
                None => look::text(sheet, row, column, number, &format),
            }
        }
    }
}

/// How many lines a text takes, in a width of so many letters; Chinese ones take two each.
fn lines(text: &str, width: u32) -> u32 {
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    let line = |line: &str| {
        line.chars()
            .map(wide)
            .sum::<u32>()
            .div_ceil(width.max(1))
            .max(1)
    };
    text.lines().map(line).sum::<u32>().max(1)
}
