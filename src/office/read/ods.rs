//! OpenDocument: sheets from `content.xml`. Read here, since calamine tells neither percentages nor merged cells nor hidden
//! rows of it, and lays repeated cells out before anybody can say how many there are.

use super::book::{Area, Held, MOST_CELLS, Sheet};
use super::scan::attribute;
use crate::office::cell;
use crate::office::trouble::Told;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A cell that is being read.
#[derive(Default)]
struct Open {
    repeated: u32,
    kind: String,
    value: String,
    is_error: bool,
    has_formula: bool,
    text: String,
    paragraphs: usize,
    spans: (u32, u32),
}

/// The sheets in a `content.xml`.
pub fn sheets(content: &str) -> Result<Vec<Sheet>, Told> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut left = MOST_CELLS;
    let (mut row, mut column, mut rows_repeated) = (0_u32, 0_u32, 1_u32);
    let mut open: Option<Open> = None;
    // Drawings and notes have text of their own.
    let mut aside = 0_usize;
    let mut in_table = false;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| Told::damaged(&error.to_string()))?;
        match event {
            Event::Eof => break,
            Event::Start(element) => {
                let name = element.name();
                match name.as_ref() {
                    _ if aside > 0 => aside += 1,
                    name if name.starts_with("draw:")
                        || name == "office:annotation"
                        || name == "table:shapes" =>
                    {
                        aside = 1
                    }
                    "table:table" => {
                        sheets.push(Sheet {
                            name: attribute(&element, "table:name").unwrap_or_default(),
                            ..Sheet::default()
                        });
                        (row, in_table) = (0, true);
                    }
                    "table:table-row" if in_table => {
                        column = 0;
                        rows_repeated = count(&element, "table:number-rows-repeated");
                        let visible = attribute(&element, "table:visibility");
                        if let (Some(sheet), Some("collapse" | "filter")) =
                            (sheets.last_mut(), visible.as_deref())
                        {
                            // Below the last row with anything, a whole sheet may be one row.
                            sheet
                                .hidden_rows
                                .extend(row..row + rows_repeated.min(10_000));
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" if in_table => {
                        open = Some(Open::of(&element))
                    }
                    "text:p" => {
                        if let Some(open) = &mut open {
                            if open.paragraphs > 0 {
                                open.text.push('\n');
                            }
                            open.paragraphs += 1;
                        }
                    }
                    "text:s" => put(
                        &mut open,
                        &" ".repeat(count(&element, "text:c").min(10_000) as usize),
                    ),
                    "text:tab" => put(&mut open, "\t"),
                    "text:line-break" => put(&mut open, "\n"),
                    _ => {}
                }
            }
            Event::End(element) => match element.name().as_ref() {
                _ if aside > 0 => aside -= 1,
                "table:table" => in_table = false,
                "table:table-row" => row = row.saturating_add(rows_repeated),
                "table:table-cell" | "table:covered-table-cell" => {
                    let (Some(open), Some(sheet)) = (open.take(), sheets.last_mut()) else {
                        continue;
                    };
                    let (wide, high) = open.spans;
                    if wide > 1 || high > 1 {
                        sheet.merged.push(Area {
                            from: (row, column),
                            to: (row + (high - 1), column + (wide - 1)),
                        });
                    }
                    if let Some(held) = open.held() {
                        let count = (open.repeated as usize).saturating_mul(rows_repeated as usize);
                        left = left.checked_sub(count).ok_or_else(Told::too_much)?;
                        for row in row..row + rows_repeated {
                            for column in column..column + open.repeated {
                                sheet.cells.insert((row, column), held.clone());
                            }
                        }
                    }
                    column = column.saturating_add(open.repeated);
                }
                _ => {}
            },
            Event::Text(text) if aside == 0 => put(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) if aside == 0 => {
                let letter = resolved(&reference).ok_or_else(|| Told::damaged(""))?;
                put(&mut open, &letter);
            }
            _ => {}
        }
    }
    Ok(sheets)
}

fn put(open: &mut Option<Open>, text: &str) {
    if let Some(open) = open
        && open.paragraphs > 0
    {
        open.text.push_str(text);
    }
}

fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(text) = quick_xml::escape::resolve_xml_entity(reference) {
        return Some(text.into());
    }
    reference.resolve_char_ref().ok()?.map(String::from)
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    let count = attribute(element, name).and_then(|text| text.parse().ok());
    count.unwrap_or(1).clamp(1, 1 << 21)
}

impl Open {
    fn of(element: &BytesStart<'_>) -> Self {
        let kind = attribute(element, "office:value-type").unwrap_or_default();
        let name = match kind.as_str() {
            "date" => "office:date-value",
            "boolean" => "office:boolean-value",
            "time" => "office:time-value",
            "string" => "office:string-value",
            _ => "office:value",
        };
        Self {
            repeated: count(element, "table:number-columns-repeated"),
            value: attribute(element, name).unwrap_or_default(),
            is_error: attribute(element, "calcext:value-type").is_some_and(|kind| kind == "error"),
            has_formula: attribute(element, "table:formula").is_some(),
            spans: (
                count(element, "table:number-columns-spanned"),
                count(element, "table:number-rows-spanned"),
            ),
            kind,
            ..Self::default()
        }
    }

    fn held(&self) -> Option<Held> {
        let text = if self.paragraphs > 0 {
            &self.text
        } else {
            &self.value
        };
        Some(match self.kind.as_str() {
            _ if self.is_error => Held::Error(text.clone()),
            "float" | "currency" => Held::Number(cell::decimal(&self.value)?),
            "percentage" => Held::Percent(cell::decimal_percent(&self.value)?),
            "date" => Held::Date(self.value.chars().take(10).collect()),
            "boolean" => Held::Truth(self.value == "true"),
            _ if text.is_empty() && self.has_formula && self.kind.is_empty() => Held::Uncomputed,
            _ if text.is_empty() => return None,
            _ => Held::Text(text.clone()),
        })
    }
}
