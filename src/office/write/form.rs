//! The workbook to fill in: a cover, a sheet for each chapter or one for a department, the lines to set, what does not
//! apply. Given an entry, it holds its values; given a report, the verdicts too.
//!
//! The first row of every sheet and its first column are hidden: they say which standard it is, what each column holds,
//! and the path of each row. Reading goes by them alone, so wording may change.

use super::layout::{Layout, all_departments, layout};
use super::look::{self, Look, Page};
use super::verdicts::Verdicts;
use super::words::Words;
use crate::date::Date;
use crate::entry::Entry;
use crate::office::given::{Placed, Single, placed};
use crate::office::papers::{Paper, Papers};
use crate::office::trouble::Told;
use crate::office::{BETWEEN, MARK, REFERENCE};
use crate::rulebook::Rulebook;
use crate::wording::Lang;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use serde_json::Value;

/// The most UTF-16 units of a cell.
const MOST_CELL: usize = 32_767;
/// Machine row, title, heads.
pub(in crate::office) const HEADS: u32 = 2;

/// Which workbook is wanted.
#[derive(Debug)]
pub struct Options<'a> {
    /// One of the standard's departments; everything without.
    pub department: Option<&'a str>,
    /// The language of headings and help.
    pub lang: Lang,
    /// The date whose lines apply.
    pub as_of: Date,
    /// A report, as JSON: its verdicts stand beside the rows.
    pub report: Option<&'a Value>,
    /// The data as JSON, for the `evidence` and `notes` in it.
    pub data: Option<&'a Value>,
}

/// Writes the workbook to fill in, as `.xlsx`.
///
/// # Errors
///
/// A department that the standard does not know; a value that no cell can hold.
pub fn write_form(
    rulebook: &Rulebook,
    digest: &str,
    entry: &Entry,
    options: &Options<'_>,
) -> Result<Vec<u8>, Told> {
    if let Some(department) = options.department
        && !all_departments(rulebook).contains(&department)
    {
        return Err(Told::no_such_department(
            department,
            &all_departments(rulebook),
        ));
    }
    let placed = placed(rulebook, entry);
    let texts = placed.values.iter();
    let texts = texts.chain(placed.strays.iter().map(|(path, single)| (path, single)));
    let too_long = |text: &str| text.encode_utf16().count() > MOST_CELL;
    for (path, single) in texts {
        if matches!(single, Single::Text(text) if too_long(text)) {
            return Err(Told::too_long(path));
        }
    }
    let papers = options.data.map(Papers::of).unwrap_or_default();
    let listed = |(id, list): &(&String, &Vec<Paper>)| {
        let mut texts = list.iter().flat_map(Paper::texts);
        texts.any(too_long).then(|| (*id).clone())
    };
    let mut long = papers.evidence.iter().filter_map(|one| listed(&one));
    let note = papers.notes.iter().find(|(_, note)| too_long(note));
    if let Some(id) = long.next().or(note.map(|(id, _)| id.clone())) {
        return Err(Told::too_long(&id));
    }
    drop(long);
    let layout = layout(rulebook, options.department, Some(options.as_of), |id| {
        placed.values.contains_key(&["parameter:", id].concat())
    });
    let standard = &rulebook.standard;
    let department = options.department.unwrap_or("");
    let mark = [MARK, &standard.id, &standard.version, digest, department]
        .map(|part| part.replace(BETWEEN, "/"));
    let book = Book {
        words: Words::of(options.lang),
        look: Look::new(),
        verdicts: options
            .report
            .map(|report| Verdicts::of(report, options.lang)),
        mark: mark.join(&BETWEEN.to_string()),
        footer: format!("{}　{}", standard.title, reference(options.lang)),
        rulebook,
        digest,
        options,
        layout,
        placed,
        papers,
    };
    book.write()
        .map_err(|error| Told::not_written(&error.to_string()))
}

pub(super) fn reference(lang: Lang) -> &'static str {
    let [zh, en] = REFERENCE;
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

pub(super) struct Book<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) digest: &'a str,
    pub(super) options: &'a Options<'a>,
    pub(super) words: &'static Words,
    pub(super) look: Look,
    pub(super) layout: Layout<'a>,
    pub(super) placed: Placed,
    pub(super) papers: Papers,
    pub(super) verdicts: Option<Verdicts>,
    pub(super) mark: String,
    pub(super) footer: String,
}

/// A column: what it is called for reading, its head, its width.
pub(super) type Head = (&'static str, &'static str, u32);

impl Book<'_> {
    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let standard = &self.rulebook.standard;
        let mut workbook = look::workbook(
            &standard.title,
            self.words.form,
            Some(self.options.as_of.year_month_day()),
        )?;
        let mut taken: Vec<String> = Vec::new();
        let mut contents: Vec<(String, usize)> = Vec::new();
        let name = look::sheet_name(self.words.cover, &mut taken);
        workbook.add_worksheet().set_name(name)?;
        let mut add =
            |workbook: &mut Workbook, title: &str, count: usize| -> Result<String, XlsxError> {
                let name = look::sheet_name(title, &mut taken);
                workbook.add_worksheet().set_name(&name)?;
                contents.push((name.clone(), count));
                Ok(name)
            };
        for part in &self.layout.parts {
            let name = add(&mut workbook, &part.title, part.rows.len())?;
            self.part(
                workbook.worksheet_from_name(&name)?,
                &part.title,
                &part.rows,
            )?;
        }
        if !self.layout.lines.is_empty() {
            let name = add(&mut workbook, self.words.lines, self.layout.lines.len())?;
            self.lines(workbook.worksheet_from_name(&name)?)?;
        }
        let name = add(
            &mut workbook,
            self.words.excluded,
            self.layout.indicators.len(),
        )?;
        self.excluded(workbook.worksheet_from_name(&name)?)?;
        let name = add(&mut workbook, self.words.papers, self.evidence_rows())?;
        self.evidence(workbook.worksheet_from_name(&name)?)?;
        let name = add(
            &mut workbook,
            self.words.notes,
            self.layout.indicators.len(),
        )?;
        self.notes(workbook.worksheet_from_name(&name)?)?;
        if self.options.department.is_none() {
            let name = add(
                &mut workbook,
                self.words.waived,
                self.layout.indicators.len(),
            )?;
            self.waived(workbook.worksheet_from_name(&name)?)?;
            if !self.placed.strays.is_empty() {
                let name = add(&mut workbook, self.words.others, self.placed.strays.len())?;
                self.others(workbook.worksheet_from_name(&name)?)?;
            }
        }
        self.cover(workbook.worksheet_from_index(0)?, &contents)?;
        // What there is to do comes first; the cover is one click away.
        workbook.worksheet_from_index(0)?.set_active(true);
        workbook.save_to_buffer()
    }

    fn cover(&self, sheet: &mut Worksheet, contents: &[(String, usize)]) -> Result<(), XlsxError> {
        let (words, look, standard) = (self.words, &self.look, &self.rulebook.standard);
        look::widths(sheet, [16, 74])?;
        look::page(sheet, &Page::Portrait, None, &self.footer)?;
        look::protect(sheet);
        sheet.set_screen_gridlines(false);
        look::text(
            sheet,
            0,
            0,
            &[&standard.title, "　", words.form].concat(),
            &look.title,
        )?;
        sheet.set_row_height(0, 30)?;
        sheet.merge_range(1, 0, 1, 1, reference(self.options.lang), &look.bold)?;
        let facts = [
            (words.standard, standard.id.as_str()),
            (words.version, &standard.version),
            (words.digest, self.digest),
            (words.document, &standard.document),
            (words.issuer, &standard.issuer),
            ("", &standard.notice),
            (words.as_of, &self.options.as_of.iso()),
            (
                words.department,
                self.options.department.unwrap_or(words.everyone),
            ),
        ];
        let mut row = 3;
        let mut line = |sheet: &mut Worksheet,
                        label: &str,
                        text: &str,
                        format: &Format|
         -> Result<(), XlsxError> {
            look::text(sheet, row, 0, label, &look.label)?;
            look::text(sheet, row, 1, text, format)?;
            row += 1;
            Ok(())
        };
        for (label, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
            line(sheet, label, text, &look.text)?;
        }
        for (number, step) in words.steps.iter().enumerate() {
            let label = if number == 0 { words.how } else { "" };
            line(sheet, label, &format!("{}. {step}", number + 1), &look.text)?;
        }
        for (number, (name, count)) in contents.iter().enumerate() {
            let label = if number == 0 { words.contents } else { "" };
            line(
                sheet,
                label,
                &format!("{name}　{} {count}", words.count),
                &look.text,
            )?;
        }
        Ok(())
    }

    /// What all sheets with rows begin with, and how they lie on paper.
    pub(super) fn begin(
        &self,
        sheet: &mut Worksheet,
        title: &str,
        heads: &[Head],
        rows: usize,
        note: &str,
    ) -> Result<(), XlsxError> {
        let look = &self.look;
        look::page(sheet, &Page::Landscape, Some(HEADS), &self.footer)?;
        look::protect(sheet);
        look::widths(sheet, heads.iter().map(|(_, _, width)| *width))?;
        for (column, (role, head, _)) in heads.iter().enumerate() {
            let role = if column == 0 {
                self.mark.as_str()
            } else {
                role
            };
            look::text(sheet, 0, column as u16, role, &look.plain)?;
            look::text(sheet, HEADS, column as u16, head, &look.head)?;
        }
        sheet.set_row_hidden(0)?;
        sheet.set_column_hidden(0)?;
        let title = [title, "　", note].concat();
        look::text(sheet, 1, 1, &title, &look.title.clone().set_font_size(12))?;
        sheet.set_row_height(1, 24)?;
        sheet.set_row_height(HEADS, 22)?;
        sheet.set_freeze_panes(HEADS + 1, 4.min(heads.len() as u16 - 1))?;
        let last = HEADS + rows as u32;
        sheet.autofilter(HEADS, 1, last.max(HEADS + 1), heads.len() as u16 - 1)?;
        Ok(())
    }
}
