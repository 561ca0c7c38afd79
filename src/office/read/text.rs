//! Tables as text: `.csv` and tables parted by tabs, in UTF-8, UTF-16 or GB18030.

use super::book::{Book, Held, Sheet};
use crate::office::trouble::Told;

/// The most columns of such a table.
const MOST_COLUMNS: usize = 4096;

/// A text as a book with one sheet.
pub fn open(name: &str, bytes: &[u8]) -> Result<Book, Told> {
    let text = decode(bytes).ok_or_else(|| Told::not_a_table(name))?;
    let begin: String = text
        .trim_start()
        .chars()
        .take(200)
        .collect::<String>()
        .to_ascii_lowercase();
    if ["<html", "<!doctype", "<table", "<?xml", "<meta", "<head"]
        .iter()
        .any(|mark| begin.starts_with(mark))
    {
        return Err(Told::web_page());
    }
    if begin.starts_with('{') || begin.starts_with('[') {
        return Err(Told::not_a_table(name));
    }
    let terminator = if text.contains('\n') {
        csv::Terminator::Any(b'\n')
    } else {
        csv::Terminator::CRLF
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .terminator(terminator)
        .from_reader(text.as_bytes());
    let title = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut sheet = Sheet {
        name: title.into(),
        ..Sheet::default()
    };
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| Told::damaged(&error.to_string()))?;
        for (column, text) in record.iter().take(MOST_COLUMNS).enumerate() {
            // What the terminator leaves of `\r\n`.
            let text = text.strip_suffix('\r').unwrap_or(text);
            if !text.is_empty() {
                let held = match text.trim() {
                    error if is_error(error) => Held::Error(error.into()),
                    _ => Held::Text(text.into()),
                };
                sheet.cells.insert((row as u32, column as u32), held);
            }
        }
    }
    Ok(Book {
        sheets: vec![sheet],
    })
}

/// What spreadsheets write where a formula fails.
pub fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 7] = [
        "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
    ];
    ERRORS.contains(&text)
}

fn decode(bytes: &[u8]) -> Option<String> {
    let marked = match bytes {
        [0xFF, 0xFE, ..] => Some(encoding_rs::UTF_16LE),
        [0xFE, 0xFF, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = marked {
        let (text, _, damaged) = encoding.decode(bytes);
        return (!damaged).then(|| text.into_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}').into()),
        Err(_) => {
            let (text, _, damaged) = encoding_rs::GB18030.decode(bytes);
            (!damaged).then(|| text.into_owned())
        }
    }
}

/// What parts the cells: what most lines have most of, outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let count = |mark: char| {
        let mut quoted = false;
        let mut count = 0_usize;
        for letter in text.chars().take(20_000) {
            match letter {
                '"' => quoted = !quoted,
                letter if letter == mark && !quoted => count += 1,
                _ => {}
            }
        }
        count
    };
    let marks = [(b',', count(',')), (b'\t', count('\t')), (b';', count(';'))];
    let most = marks.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(mark, _)| *mark)
}
