//! Scan: what the reader of workbooks does not tell, and how much there is, before it starts: sizes once unpacked, hidden
//! rows, and in `.xls` which cells are shown as percentages.

use super::book::{MOST_BYTES, MOST_CELLS};
use crate::office::cell;
use crate::office::trouble::Told;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// The most bytes of all texts of a packed workbook.
const MOST_UNPACKED: usize = 160 << 20;
/// The most files in it.
const MOST_FILES: usize = 5000;

/// The texts inside a packed workbook, by name.
pub type Parts = BTreeMap<String, String>;

/// Unpacks the texts, up to a limit.
pub fn unpack(bytes: &[u8]) -> Result<Parts, Told> {
    let damaged = |error: &dyn std::fmt::Display| Told::damaged(&error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > MOST_FILES {
        return Err(Told::too_much());
    }
    let mut parts = Parts::new();
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| damaged(&error))?;
        let name = file.name().map_err(|error| damaged(&error))?.to_string();
        let wanted = name.ends_with(".xml") || name.ends_with(".rels") || name == "mimetype";
        if !wanted {
            // Known to be there; what it holds is not for us.
            parts.insert(name, String::new());
            continue;
        }
        let mut bytes = Vec::new();
        let most = left as u64 + 1;
        (&mut file)
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&error))?;
        left = left.checked_sub(bytes.len()).ok_or_else(Told::too_much)?;
        // What is not UTF-8 has no names that we look for.
        parts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(parts)
}

/// An attribute of an element, with its escapes resolved.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|one| one.key.as_ref() == name)?;
    let text = quick_xml::escape::unescape(&found.value).ok()?;
    Some(text.into_owned())
}

fn local(element: &BytesStart<'_>) -> String {
    element.local_name().as_ref().to_string()
}

/// What a sheet says beside its values.
#[derive(Debug, Default)]
pub struct Extras {
    pub hidden_rows: BTreeSet<u32>,
    /// Cells that are shown as percentages; only where the reader does not tell.
    pub percent: BTreeSet<(u32, u32)>,
    /// Formulas without a value.
    pub uncomputed: BTreeSet<(u32, u32)>,
}

/// What the sheets of an `.xlsx` say, by their names.
pub fn packed_extras(parts: &Parts) -> BTreeMap<String, Extras> {
    let workbook = parts.get("xl/workbook.xml").map_or("", String::as_str);
    let relations = parts
        .get("xl/_rels/workbook.xml.rels")
        .map_or("", String::as_str);
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    each_element(relations, |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let path = target
                .strip_prefix('/')
                .map_or_else(|| ["xl/", &target].concat(), Into::into);
            targets.insert(id, path);
        }
    });
    let mut found = BTreeMap::new();
    each_element(workbook, |element| {
        if local(element) != "sheet" {
            return;
        }
        let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "r:id"))
        else {
            return;
        };
        let sheet = targets
            .get(&id)
            .and_then(|path| parts.get(path))
            .map_or("", String::as_str);
        found.insert(name, sheet_said(sheet));
    });
    found
}

fn sheet_said(sheet: &str) -> Extras {
    let mut extras = Extras::default();
    // Looked through only where there is anything of the kind.
    if !sheet.contains(" hidden=\"") && !sheet.contains("<f") {
        return extras;
    }
    // Where a cell does not say its place, it follows the one before.
    let (mut row, mut column) = (0_u32, 0_u32);
    let (mut formula, mut value, mut text) = (false, false, false);
    let mut reader = Reader::from_str(sheet);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            // An empty element has no end that would be told.
            Ok(Event::Empty(element)) if element.local_name().as_ref() == "v" => {
                formula &= !text;
            }
            Ok(Event::Start(element) | Event::Empty(element)) => {
                match element.local_name().as_ref() {
                    "row" => {
                        let hidden = attribute(&element, "hidden")
                            .is_some_and(|value| value == "1" || value == "true");
                        let own = attribute(&element, "r").and_then(|row| row.parse::<u32>().ok());
                        row = own.map_or(row, |own| own.saturating_sub(1));
                        column = 0;
                        extras.hidden_rows.extend(hidden.then_some(row));
                    }
                    "c" => {
                        let own = attribute(&element, "r").and_then(|name| cell::place(&name));
                        (row, column) = own.unwrap_or((row, column));
                        text = attribute(&element, "t").is_some_and(|kind| kind == "str");
                        (formula, value) = (false, false);
                    }
                    "f" => formula = true,
                    // A formula whose value is the empty text has been computed.
                    "v" => (formula, value) = (formula && !text, true),
                    _ => {}
                }
            }
            Ok(Event::Text(_)) if value => formula = false,
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "f" | "v" => value = false,
                "c" => {
                    extras.uncomputed.extend(formula.then_some((row, column)));
                    column = column.saturating_add(1);
                }
                "row" => row = row.saturating_add(1),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    extras
}

/// Calls with each element that begins, up to the first damage.
fn each_element(text: &str, mut call: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => call(&element),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

/// The stream of an `.xls`: the old container with a workbook inside.
pub fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Told> {
    let damaged = |error: std::io::Error| Told::damaged(&error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if file.exists("EncryptedPackage") {
        return Err(Told::encrypted());
    }
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| Told::not_a_table(""))?;
    let mut stream = Vec::new();
    let opened = file.open_stream(name).map_err(damaged)?;
    opened
        .take(MOST_BYTES as u64 * 2)
        .read_to_end(&mut stream)
        .map_err(damaged)?;
    Ok(stream)
}

/// A record of the stream.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    rest: &'a [u8],
}

fn record(stream: &[u8]) -> Option<Record<'_>> {
    let (kind, rest) = (number(stream, 0)?, stream.get(4..)?);
    let length = usize::from(number(stream, 2)?);
    let (data, rest) = rest.split_at_checked(length)?;
    Some(Record { kind, data, rest })
}

fn number(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at + 2)?.try_into().ok()?;
    Some(u16::from_le_bytes(bytes))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes))
}

/// Looks through an `.xls`: what it says beside the values, by sheet in their order. [MS-XLS]
pub fn extras(stream: &[u8]) -> Result<Vec<Extras>, Told> {
    let mut percents: BTreeMap<u16, bool> = BTreeMap::from([(9, true), (10, true)]);
    let mut formats: Vec<u16> = Vec::new();
    let mut sheets: Vec<u32> = Vec::new();
    let mut rest = stream;
    while let Some(record) = record(rest) {
        let data = record.data;
        match record.kind {
            // FilePass
            0x002F => return Err(Told::encrypted()),
            // Format
            0x041E => {
                let (Some(id), Some(wide)) = (number(data, 0), data.get(4)) else {
                    break;
                };
                let text: Vec<u8> = match wide & 1 {
                    0 => data.get(5..).unwrap_or_default().to_vec(),
                    _ => data
                        .get(5..)
                        .unwrap_or_default()
                        .iter()
                        .step_by(2)
                        .copied()
                        .collect(),
                };
                let text: String = text.into_iter().map(char::from).collect();
                percents.insert(id, is_percent(&text));
            }
            // XF
            0x00E0 => formats.extend(number(data, 2)),
            // BoundSheet8
            0x0085 => sheets.extend(long(data, 0)),
            // EOF
            0x000A => break,
            _ => {}
        }
        rest = record.rest;
    }
    let percent = |format: Option<u16>| {
        let id = format.and_then(|format| formats.get(usize::from(format)));
        id.is_some_and(|id| percents.get(id).copied().unwrap_or(false))
    };
    let mut found = Vec::new();
    for start in sheets {
        let rest = stream
            .get(start as usize..)
            .ok_or_else(|| Told::damaged(""))?;
        found.push(sheet_extras(rest, percent)?);
    }
    Ok(found)
}

fn sheet_extras(mut rest: &[u8], percent: impl Fn(Option<u16>) -> bool) -> Result<Extras, Told> {
    let mut extras = Extras::default();
    let (mut bottom, mut right) = (0_usize, 0_usize);
    while let Some(record) = record(rest) {
        let data = record.data;
        match record.kind {
            // Dimensions: as much memory is laid in for it.
            0x0200 => {
                let rows = (long(data, 0), long(data, 4));
                let columns = (number(data, 8), number(data, 10));
                if let ((Some(top), Some(end)), (Some(left), Some(width))) = (rows, columns) {
                    if end < top || width < left {
                        return Err(Told::damaged(""));
                    }
                    bottom = bottom.max(end as usize);
                    right = right.max(usize::from(width));
                }
            }
            // Row
            0x0208 => {
                if let (Some(row), Some(flags)) = (number(data, 0), number(data, 12))
                    && flags & 0x20 != 0
                {
                    extras.hidden_rows.insert(u32::from(row));
                }
            }
            // Formula, Number, Label, BoolErr, RString, LabelSst, RK
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x00FD | 0x027E => {
                if let (Some(row), Some(column)) = (number(data, 0), number(data, 2)) {
                    bottom = bottom.max(usize::from(row) + 1);
                    right = right.max(usize::from(column) + 1);
                    if percent(number(data, 4)) {
                        extras.percent.insert((u32::from(row), u32::from(column)));
                    }
                }
            }
            // MulRk
            0x00BD => {
                if let (Some(row), Some(first)) = (number(data, 0), number(data, 2)) {
                    let count = data.len().saturating_sub(6) / 6;
                    bottom = bottom.max(usize::from(row) + 1);
                    right = right.max(usize::from(first) + count);
                    for index in 0..count {
                        if percent(number(data, 4 + index * 6)) {
                            extras
                                .percent
                                .insert((u32::from(row), u32::from(first) + index as u32));
                        }
                    }
                }
            }
            // EOF
            0x000A => break,
            _ => {}
        }
        rest = record.rest;
    }
    // The reader lays a table of all of it out.
    if bottom.saturating_mul(right) > MOST_CELLS * 8 {
        return Err(Told::too_much());
    }
    Ok(extras)
}

/// Whether a number format shows a share as a percentage; a percent sign in quotation marks is only a letter.
pub fn is_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '\\' | '!' | '_' | '*' if !quoted => {
                letters.next();
            }
            // The first part is for what is above zero.
            ';' if !quoted => break,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_counts_where_it_is_a_format() {
        for (format, expected) in [
            ("0%", true),
            ("0.00%", true),
            ("#,##0.0%;[Red]-0.0%", true),
            ("General", false),
            ("0\"%\"", false),
            ("0\\%", false),
            ("0!%", false),
            ("0;0%", false),
        ] {
            assert_eq!(is_percent(format), expected, "{format}");
        }
    }
}
