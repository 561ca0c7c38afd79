//! The sheet of a chapter or of a department: a row for each value, with what it is, how to write it, and what was judged.

use super::form::{Book, HEADS, Head, reference};
use super::layout::Row;
use super::look;
use super::value::{choose, date, figure};
use crate::office::given::Single;
use crate::office::{NO, YES};
use crate::rulebook::{Field, FieldType, Indicator};
use rust_xlsxwriter::{DataValidation, IgnoreError, Worksheet, XlsxError};
use std::collections::BTreeMap;

/// The most characters of a hint beside a cell.
const MOST_HINT: usize = 250;

impl Book<'_> {
    pub(super) fn part(
        &self,
        sheet: &mut Worksheet,
        title: &str,
        rows: &[Row<'_>],
    ) -> Result<(), XlsxError> {
        let (words, look) = (self.words, &self.look);
        let mut heads: Vec<Head> = vec![
            ("", words.code, 10),
            ("number", words.number, 8),
            ("indicator", words.indicator, 20),
            ("label", words.label, 30),
            ("unit", words.unit, 9),
            ("value", words.value, 15),
            ("help", words.help, 28),
            ("department", words.responsible, 15),
            ("evidence", words.evidence, 18),
        ];
        if self.verdicts.is_some() {
            heads.extend([("verdict", words.verdict, 10), ("reason", words.reason, 46)]);
        }
        self.begin(
            sheet,
            title,
            &heads,
            rows.len(),
            reference(self.options.lang),
        )?;
        let mut told: BTreeMap<String, u32> = BTreeMap::new();
        for (index, one) in rows.iter().enumerate() {
            let row = HEADS + 1 + index as u32;
            let joined = |part: fn(&Indicator) -> &str| {
                let parts: Vec<&str> = one
                    .indicators
                    .iter()
                    .map(|indicator| part(indicator))
                    .collect();
                parts.join(words.comma)
            };
            let help = self.help(one.field);
            let cells = [
                (0, one.path.as_str(), &look.text),
                (1, &joined(|indicator| &indicator.id), &look.centre),
                (2, &joined(|indicator| &indicator.title), &look.text),
                (3, &one.label, &look.text),
                (4, &one.field.unit, &look.centre),
                (6, &help, &look.text),
                (7, &one.field.department, &look.text),
                (8, &one.field.evidence, &look.text),
            ];
            for (column, text, format) in cells {
                look::text(sheet, row, column, text, format)?;
            }
            self.value(sheet, row, 5, one)?;
            self.hint(sheet, row, 5, one.field, &help)?;
            let Some(verdicts) = &self.verdicts else {
                continue;
            };
            let (verdict, mut why) = verdicts.of_indicators(&one.indicators);
            // What several rows have in common is told once.
            let same = told
                .get(why.as_str())
                .map(|row| words.as_in_row.replace("{0}", &(row + 1).to_string()));
            match same {
                Some(same) if why.chars().count() > same.chars().count() => why = same,
                _ => {
                    told.insert(why.clone(), row);
                }
            }
            let doubts = verdicts.of_data(&one.path);
            let why = [doubts, &why]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
            look::text(sheet, row, 9, &verdict, &look.centre)?;
            look::text(sheet, row, 10, &why, &look.text)?;
        }
        if let Some(last) = rows.len().checked_sub(1) {
            // A figure as text is wanted here: 1.2万, 007.
            sheet.ignore_error_range(
                HEADS + 1,
                5,
                HEADS + 1 + last as u32,
                5,
                IgnoreError::NumberStoredAsText,
            )?;
        }
        Ok(())
    }

    fn value(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        one: &Row<'_>,
    ) -> Result<(), XlsxError> {
        let look = &self.look;
        let kind = one.field.kind;
        let format = match kind {
            FieldType::Number | FieldType::Count | FieldType::Percent => &look.figure,
            FieldType::Date => &look.date,
            FieldType::YesNo | FieldType::Choice | FieldType::Text => &look.words,
        };
        match (self.placed.values.get(&one.path), kind) {
            (None, _) => {
                sheet.write_blank(row, column, format)?;
            }
            (Some(Single::Truth(truth)), FieldType::YesNo) => {
                look::text(sheet, row, column, if *truth { YES } else { NO }, format)?;
            }
            (Some(Single::Truth(truth)), _) => {
                sheet.write_boolean_with_format(row, column, *truth, format)?;
            }
            (
                Some(Single::Text(text)),
                FieldType::Number | FieldType::Count | FieldType::Percent,
            ) => {
                figure(sheet, row, column, text, format)?;
            }
            (Some(Single::Text(text)), FieldType::Date) => match date(text) {
                Some(day) => {
                    sheet.write_datetime_with_format(row, column, &day, format)?;
                }
                None => look::text(sheet, row, column, text, format)?,
            },
            (Some(Single::Text(text)), _) => look::text(sheet, row, column, text, format)?,
        }
        Ok(())
    }

    /// What to write in a field, in one line.
    fn help(&self, field: &Field) -> String {
        let words = self.words;
        let mut parts: Vec<String> = Vec::new();
        if !field.help.is_empty() {
            parts.push(field.help.trim_end_matches(['。', '.']).into());
        }
        match field.kind {
            FieldType::Choice => {
                parts.push([words.one_of, &field.choices.join(words.comma)].concat())
            }
            // A number is a number; that an article says so of each helps nobody.
            FieldType::Number | FieldType::Text => {}
            kind => parts.push(words.how_to_write(kind).into()),
        }
        if let Some(min) = &field.min
            && !(min.is_zero() && field.kind != FieldType::Percent)
        {
            parts.push([words.at_least, &min.exact(), &field.unit].concat());
        }
        if let Some(max) = &field.max {
            parts.push([words.at_most, &max.exact(), &field.unit].concat());
        }
        parts.join(words.stop)
    }

    /// A list to choose from, or what to write; nothing is refused, since reading asks back.
    fn hint(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        field: &Field,
        help: &str,
    ) -> Result<(), XlsxError> {
        let yes_no = [YES.to_string(), NO.to_string()];
        let list: &[String] = match field.kind {
            FieldType::YesNo => &yes_no,
            FieldType::Choice => &field.choices,
            _ => &[],
        };
        let words = self.words;
        let hint = if help.is_empty() {
            words.how_to_write(field.kind)
        } else {
            help
        };
        if !choose(sheet, row, column, list, words.pick)? && !hint.is_empty() {
            let hint: String = hint.chars().take(MOST_HINT).collect();
            let title: String = field.unit.chars().take(30).collect();
            let validation = DataValidation::new()
                .allow_any_value()
                .set_input_title(title)?
                .set_input_message(hint)?;
            sheet.add_data_validation(row, column, row, column, &validation)?;
        }
        Ok(())
    }
}
