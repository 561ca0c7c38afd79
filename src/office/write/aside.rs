//! The sheets beside the chapters: lines to set, what does not apply, waivers, and what has no place.

use super::form::{Book, HEADS, Head, reference};
use super::layout::line_readers;
use super::look;
use super::value::{choose, figure, single};
use crate::office::EXCLUDED;
use crate::office::given::Single;
use rust_xlsxwriter::{Worksheet, XlsxError};

impl Book<'_> {
    pub(super) fn lines(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (words, look) = (self.words, &self.look);
        let heads: [Head; 6] = [
            ("", words.code, 10),
            ("indicator", words.indicator, 30),
            ("label", words.line, 34),
            ("unit", words.unit, 10),
            ("value", words.value, 16),
            ("help", words.line_help, 60),
        ];
        self.begin(
            sheet,
            words.lines,
            &heads,
            self.layout.lines.len(),
            reference(self.options.lang),
        )?;
        let readers = line_readers(self.rulebook);
        for (index, parameter) in self.layout.lines.iter().enumerate() {
            let row = HEADS + 1 + index as u32;
            let path = ["parameter:", &parameter.id].concat();
            let used: Vec<String> = readers
                .get(parameter.id.as_str())
                .into_iter()
                .flatten()
                .map(|indicator| [&indicator.id, " ", &indicator.title].concat())
                .collect();
            let choices = match parameter.choices.as_slice() {
                [] => String::new(),
                choices => [words.one_of, &choices.join(words.comma), words.stop].concat(),
            };
            let cells = [
                (0, path.as_str(), &look.text),
                (1, &used.join(words.comma), &look.text),
                (2, &parameter.label, &look.text),
                (3, &parameter.unit, &look.centre),
                (5, &[&choices, parameter.note.as_str()].concat(), &look.text),
            ];
            for (column, text, format) in cells {
                look::text(sheet, row, column, text, format)?;
            }
            match self.placed.values.get(&path) {
                None => {
                    sheet.write_blank(row, 4, &look.figure)?;
                }
                Some(Single::Truth(truth)) => {
                    sheet.write_boolean_with_format(row, 4, *truth, &look.figure)?;
                }
                Some(Single::Text(text)) => figure(sheet, row, 4, text, &look.figure)?,
            }
            choose(sheet, row, 4, &parameter.choices, words.pick)?;
        }
        Ok(())
    }

    pub(super) fn excluded(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (words, look) = (self.words, &self.look);
        let mut heads: Vec<Head> = vec![
            ("", words.code, 10),
            ("number", words.number, 8),
            ("indicator", words.indicator, 34),
            ("department", words.responsible, 22),
            ("value", words.excluded_head, 12),
            ("why", words.excluded_reason, 46),
        ];
        if self.verdicts.is_some() {
            heads.extend([
                ("verdict", words.verdict, 10),
                ("points", words.points, 9),
                ("reason", words.reason, 60),
            ]);
        }
        self.begin(
            sheet,
            words.excluded,
            &heads,
            self.layout.indicators.len(),
            words.excluded_hint,
        )?;
        for (index, indicator) in self.layout.indicators.iter().enumerate() {
            let row = HEADS + 1 + index as u32;
            let path = ["reason:", &indicator.id].concat();
            look::text(sheet, row, 0, &path, &look.text)?;
            look::text(sheet, row, 1, &indicator.id, &look.centre)?;
            look::text(sheet, row, 2, &indicator.title, &look.text)?;
            look::text(sheet, row, 3, &indicator.department, &look.text)?;
            let reason = self.placed.values.get(&path);
            look::text(
                sheet,
                row,
                4,
                if reason.is_some() { EXCLUDED } else { "" },
                &look.words,
            )?;
            single(sheet, row, 5, reason, &look.words)?;
            choose(sheet, row, 4, &[EXCLUDED.to_string()], words.excluded_hint)?;
            let Some(verdicts) = &self.verdicts else {
                continue;
            };
            let (verdict, points, why) = verdicts.of_indicator(&indicator.id);
            look::text(sheet, row, 6, &verdict, &look.centre)?;
            look::text(sheet, row, 7, &points, &look.right)?;
            look::text(sheet, row, 8, &why, &look.text)?;
        }
        Ok(())
    }

    pub(super) fn waived(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (words, look) = (self.words, &self.look);
        let [reason, by, until] = words.waiver;
        let heads: [Head; 6] = [
            ("", words.code, 10),
            ("number", words.number, 8),
            ("indicator", words.indicator, 40),
            ("reason", reason, 50),
            ("by", by, 24),
            ("until", until, 14),
        ];
        self.begin(
            sheet,
            words.waived,
            &heads,
            self.layout.indicators.len(),
            reference(self.options.lang),
        )?;
        for (index, indicator) in self.layout.indicators.iter().enumerate() {
            let row = HEADS + 1 + index as u32;
            let path = ["waived:", &indicator.id].concat();
            look::text(sheet, row, 0, &path, &look.text)?;
            look::text(sheet, row, 1, &indicator.id, &look.centre)?;
            look::text(sheet, row, 2, &indicator.title, &look.text)?;
            let parts = self.placed.waived.get(&path);
            for part in 0..3 {
                let value = parts.and_then(|parts| parts.get(part)?.as_ref());
                single(sheet, row, 3 + part as u16, value, &look.words)?;
            }
        }
        Ok(())
    }

    /// What has no place: kept as it was.
    pub(super) fn others(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (words, look) = (self.words, &self.look);
        let heads: [Head; 3] = [
            ("", words.code, 10),
            ("label", words.label, 50),
            ("stray", words.value, 70),
        ];
        self.begin(
            sheet,
            words.others,
            &heads,
            self.placed.strays.len(),
            words.others_why,
        )?;
        for (index, (path, value)) in self.placed.strays.iter().enumerate() {
            let row = HEADS + 1 + index as u32;
            look::text(sheet, row, 0, path, &look.text)?;
            look::text(sheet, row, 1, path, &look.text)?;
            single(sheet, row, 2, Some(value), &look.words)?;
        }
        Ok(())
    }
}
