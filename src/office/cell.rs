//! Cells: the border where a spreadsheet's binary numbers come in and go out, and how cells are called.

use crate::record::number_text;

/// The most significant digits that spreadsheets show, and keep.
const DIGITS: usize = 15;

/// A number of a spreadsheet as decimals: what it shows, without the noise of binary numbers (0.1+0.2 is 0.3).
pub fn shown(number: f64) -> String {
    number_text(&format!("{:.*e}", DIGITS - 1, number))
}

/// A share as the percentage that a spreadsheet shows: 0.95 is `95%`.
pub fn percent(number: f64) -> String {
    let scientific = format!("{:.*e}", DIGITS - 1, number);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent = exponent.parse::<i32>().unwrap_or_default() + 2;
    let percent = number_text(&format!("{mantissa}e{exponent}"));
    [&percent, "%"].concat()
}

/// A number that a file writes in decimals, as a spreadsheet shows it.
pub fn decimal(text: &str) -> Option<String> {
    text.trim()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .map(shown)
}

/// A share that a file writes in decimals, as a spreadsheet shows it.
pub fn decimal_percent(text: &str) -> Option<String> {
    text.trim()
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .map(percent)
}

/// Whether a day counts as a time of day only.
pub fn is_below_one(days: f64) -> bool {
    days < 1.0
}

/// The number that a spreadsheet can hold for a text so that it reads as the same text again.
pub fn number(text: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let number: f64 = text.parse().ok().filter(|_| text.chars().all(plain))?;
    (shown(number) == text).then_some(number)
}

/// The number that a spreadsheet can hold of a decimal, where none of its digits is lost.
pub fn held(text: &str) -> Option<f64> {
    let significant = text
        .chars()
        .filter(char::is_ascii_digit)
        .collect::<String>();
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let fits = significant.trim_start_matches('0').len() <= DIGITS && text.chars().all(plain);
    text.parse().ok().filter(|_| fits)
}

/// What a place is called: row and column from 0.
pub fn name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default() + b'A';
        letters.push(char::from(letter));
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", String::from_iter(letters), row + 1)
}

/// Row and column, from 0, of the place of a name.
pub fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = name.strip_suffix(digits)?;
    let column = letters.bytes().try_fold(0_u32, |all, letter| {
        all.checked_mul(26)?
            .checked_add(u32::from(letter - b'A') + 1)
    })?;
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_a_spreadsheet_shows() {
        for (given, expected) in [
            (0.1 + 0.2, "0.3"),
            (95.0, "95"),
            (1825.95, "1825.95"),
            (0.29 * 100.0, "29"),
            (1.0 / 3.0, "0.333333333333333"),
            (-0.0, "0"),
            (123_456_789_012_345.0, "123456789012345"),
            (1e20, "100000000000000000000"),
            (0.000_001_5, "0.0000015"),
        ] {
            assert_eq!(shown(given), expected);
        }
    }

    #[test]
    fn shares_are_percentages() {
        for (given, expected) in [
            (0.95, "95%"),
            (1.2, "120%"),
            (0.29, "29%"),
            (0.005, "0.5%"),
            (0.0, "0%"),
            (-0.125, "-12.5%"),
            (1.0 / 3.0, "33.3333333333333%"),
        ] {
            assert_eq!(percent(given), expected);
        }
    }

    #[test]
    fn a_text_becomes_a_number_only_where_it_comes_back() {
        for text in ["0", "95", "93.5", "-4", "1825.95", "0.3", "123456789012345"] {
            assert!(number(text).is_some(), "{text}");
        }
        for text in [
            "007",
            "3.10",
            "1,825",
            "95%",
            "１２",
            "1.2万",
            "1e3",
            "+5",
            ".5",
            "5.",
            "-0",
            "inf",
            "NaN",
            "1234567890123456",
            "0.1234567890123456",
            "",
            "-",
            " 5",
        ] {
            assert!(number(text).is_none(), "{text}");
        }
    }

    #[test]
    fn cells_are_called_by_letters_and_rows() {
        for (row, column, expected) in [
            (0, 0, "A1"),
            (11, 25, "Z12"),
            (0, 26, "AA1"),
            (9, 701, "ZZ10"),
            (0, 702, "AAA1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(name(row, column), expected);
            assert_eq!(place(expected), Some((row, column)));
        }
    }
}
