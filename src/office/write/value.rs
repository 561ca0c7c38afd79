//! Values into cells: so that they come back as they were.

use super::look;
use crate::date::Date;
use crate::office::cell;
use crate::office::given::Single;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, Worksheet, XlsxError,
};

/// The most characters of the words of a list.
const MOST_LIST: usize = 250;

/// A value as it stands.
pub fn single(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Option<&Single>,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        None => look::text(sheet, row, column, "", format),
        Some(Single::Text(text)) => look::text(sheet, row, column, text, format),
        Some(Single::Truth(truth)) => sheet
            .write_boolean_with_format(row, column, *truth, format)
            .map(|_| ()),
    }
}

/// A number where it comes back as the same text, else the text.
pub fn figure(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell::number(text) {
        Some(number) => sheet
            .write_number_with_format(row, column, number, format)
            .map(|_| ()),
        None => look::text(sheet, row, column, text, format),
    }
}

/// A date that spreadsheets count like everyone else, and that is written as they show it.
pub fn date(text: &str) -> Option<ExcelDateTime> {
    let day = Date::parse(text).filter(|day| day.iso() == text)?;
    let (year, month, date) = day.year_month_day();
    let year = u16::try_from(year)
        .ok()
        .filter(|year| (1901..=9999).contains(year))?;
    ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(date).ok()?).ok()
}

/// Offers a list, where a cell can hold it; whatever else is written stays possible.
pub fn choose(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    list: &[String],
    hint: &str,
) -> Result<bool, XlsxError> {
    let length: usize = list
        .iter()
        .map(|word| word.encode_utf16().count() + 1)
        .sum();
    if list.is_empty() || length > MOST_LIST || list.iter().any(|word| word.contains([',', '"'])) {
        return Ok(false);
    }
    let validation = DataValidation::new()
        .allow_list_strings(list)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(hint)?;
    sheet.add_data_validation(row, column, row, column, &validation)?;
    Ok(true)
}
