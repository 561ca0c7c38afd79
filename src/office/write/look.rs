//! Look: formats, widths and paper of the workbooks we write. Fonts are those that Chinese Windows has.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

const FONT: &str = "微软雅黑";
const GREY: u32 = 0x005F_6B76;
const LINE: u32 = 0x00C3_CBD3;
const HEAD: u32 = 0x00E7_EDF3;
const INPUT: u32 = 0x00FF_F9E0;
/// A4.
const PAPER: u8 = 9;

/// The formats of a workbook.
pub struct Look {
    pub title: Format,
    pub notice: Format,
    pub label: Format,
    pub head: Format,
    pub text: Format,
    pub centre: Format,
    pub right: Format,
    pub bold: Format,
    pub bold_centre: Format,
    pub bold_right: Format,
    pub plain: Format,
    /// What may be filled in: figures, words, dates.
    pub figure: Format,
    pub words: Format,
    pub date: Format,
}

impl Look {
    pub fn new() -> Self {
        let base = Format::new()
            .set_font_name(FONT)
            .set_font_size(10)
            .set_align(FormatAlign::VerticalCenter);
        let boxed = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(LINE)
            .set_text_wrap();
        let bold = boxed.clone().set_bold();
        let input = boxed.clone().set_background_color(INPUT).set_unlocked();
        let centre = |format: &Format| format.clone().set_align(FormatAlign::Center);
        let right = |format: &Format| format.clone().set_align(FormatAlign::Right);
        Self {
            title: base.clone().set_font_size(16).set_bold(),
            notice: base.clone().set_font_color(GREY).set_text_wrap(),
            label: boxed.clone().set_font_color(GREY),
            head: centre(&bold).set_background_color(HEAD),
            centre: centre(&boxed),
            right: right(&boxed),
            bold_centre: centre(&bold),
            bold_right: right(&bold),
            plain: base.clone().set_text_wrap(),
            figure: right(&input),
            words: input.clone().set_num_format("@"),
            date: centre(&input).set_num_format("yyyy-mm-dd"),
            text: boxed,
            bold,
        }
    }
}

/// How a page lies.
pub enum Page {
    Portrait,
    Landscape,
}

/// Paper, margins, page numbers; `heads`: the last of the rows that every page repeats.
pub fn page(
    sheet: &mut Worksheet,
    page: &Page,
    heads: Option<u32>,
    footer: &str,
) -> Result<(), XlsxError> {
    match page {
        Page::Portrait => sheet.set_portrait(),
        Page::Landscape => sheet.set_landscape(),
    };
    // As wide as the paper, as many pages as it takes.
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    // `&` begins a code there.
    let footer = footer.replace('&', "&&");
    // A blank, since digits right behind a size would belong to it.
    sheet.set_footer(format!("&L&9 {footer}&R&9 &P / &N"));
    if let Some(last) = heads {
        sheet.set_repeat_rows(0, last)?;
    }
    Ok(())
}

/// Without a password: against slips, not against people. Columns and rows may be made wider, and filtered.
pub fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
}

/// A text that stays one, whatever it begins with.
pub fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match text.strip_prefix('<') {
        // The writer takes a text that begins with `<r>` for one that has formats of its own, in its markup.
        Some(rest) if rest.starts_with("r>") && text.ends_with("</r>") => {
            let plain = Format::default();
            sheet.write_rich_string_with_format(
                row,
                column,
                &[(&plain, "<"), (&plain, rest)],
                format,
            )?;
        }
        _ if text.is_empty() => {
            sheet.write_blank(row, column, format)?;
        }
        _ => {
            sheet.write_string_with_format(row, column, text, format)?;
        }
    }
    Ok(())
}

/// Columns of a text that is to be one line or some, as wide as told.
pub fn widths(
    sheet: &mut Worksheet,
    widths: impl IntoIterator<Item = u32>,
) -> Result<(), XlsxError> {
    for (column, width) in widths.into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    Ok(())
}

/// A name that a sheet may have and no other has yet.
pub fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    const MOST: usize = 31;
    let allowed =
        |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let shortened = |most: usize| {
        let mut units = 0;
        let mut name = String::new();
        for c in title.chars().map(|c| if allowed(c) { c } else { ' ' }) {
            units += c.len_utf16();
            if units > most {
                break;
            }
            name.push(c);
        }
        name.trim().to_string()
    };
    let mut name = shortened(MOST);
    let is_taken = |name: &str, taken: &[String]| {
        taken
            .iter()
            .any(|known| known.to_lowercase() == name.to_lowercase())
    };
    let mut number = 1;
    while name.is_empty() || is_taken(&name, taken) {
        number += 1;
        name = format!("{} {number}", shortened(MOST - 5));
    }
    taken.push(name.clone());
    name
}

/// A workbook that is the same whenever it is made.
pub fn workbook(
    title: &str,
    subject: &str,
    day: Option<(i32, u32, u32)>,
) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, date) = day.unwrap_or((2020, 1, 1));
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let day = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(2020), part(month), part(date))
        .or_else(|_| ExcelDateTime::from_ymd(2020, 1, 1))?;
    let properties = DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author("对标 Duibiao")
        .set_creation_datetime(&day);
    workbook.set_properties(&properties);
    Ok(workbook)
}
