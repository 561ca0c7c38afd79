//! The sheets of what is written for people: evidence, with rows left free for more, and notes.

use super::form::{Book, HEADS, Head};
use super::look;
use crate::office::papers::Paper;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The rows of an indicator, at least; and those that are free.
const ROWS: usize = 3;
const FREE: usize = 2;

impl Book<'_> {
    /// How many rows the evidence takes.
    pub(super) fn evidence_rows(&self) -> usize {
        let listed = |id: &str| self.papers.evidence.get(id).map_or(0, Vec::len);
        let indicators = self.layout.indicators.iter();
        indicators.map(|one| ROWS.max(listed(&one.id) + FREE)).sum()
    }

    pub(super) fn evidence(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (words, look) = (self.words, &self.look);
        let [name, number, date, pages, file, digest] = words.paper;
        let heads: [Head; 9] = [
            ("", words.code, 10),
            ("number", words.number, 8),
            ("indicator", words.indicator, 30),
            ("paper", name, 40),
            ("paper_number", number, 20),
            ("paper_date", date, 13),
            ("paper_pages", pages, 10),
            ("paper_file", file, 20),
            ("paper_digest", digest, 16),
        ];
        self.begin(
            sheet,
            words.papers,
            &heads,
            self.evidence_rows(),
            words.papers_hint,
        )?;
        let mut row = HEADS + 1;
        for indicator in &self.layout.indicators {
            let path = ["evidence:", &indicator.id].concat();
            let list = self.papers.evidence.get(&indicator.id);
            let list = list.map_or(&[][..], Vec::as_slice);
            let none = Paper::default();
            for index in 0..ROWS.max(list.len() + FREE) {
                look::text(sheet, row, 0, &path, &look.text)?;
                look::text(sheet, row, 1, &indicator.id, &look.centre)?;
                look::text(sheet, row, 2, &indicator.title, &look.text)?;
                let texts = list.get(index).unwrap_or(&none).texts();
                for (column, text) in (3..).zip(texts) {
                    // What was looked at on this computer is not for others to change.
                    let format = if column < 7 { &look.words } else { &look.text };
                    look::text(sheet, row, column, text, format)?;
                }
                row += 1;
            }
        }
        Ok(())
    }

    pub(super) fn notes(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (words, look) = (self.words, &self.look);
        let heads: [Head; 4] = [
            ("", words.code, 10),
            ("number", words.number, 8),
            ("indicator", words.indicator, 40),
            ("value", words.notes, 90),
        ];
        let rows = self.layout.indicators.len();
        self.begin(sheet, words.notes, &heads, rows, words.notes_hint)?;
        for (row, indicator) in (HEADS + 1..).zip(&self.layout.indicators) {
            let note = self.papers.notes.get(&indicator.id);
            let path = ["note:", &indicator.id].concat();
            look::text(sheet, row, 0, &path, &look.text)?;
            look::text(sheet, row, 1, &indicator.id, &look.centre)?;
            look::text(sheet, row, 2, &indicator.title, &look.text)?;
            look::text(sheet, row, 3, note.map_or("", String::as_str), &look.words)?;
        }
        Ok(())
    }
}
