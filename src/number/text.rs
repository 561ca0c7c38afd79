//! Numbers as text: read from plain ASCII, written exactly, rounded, or just far enough to tell two apart.

use super::{Form, Natural, Number, Parts, Rounding, power_of_ten, reduced, shifted};
use crate::text::{concat, cut};
use std::fmt;

/// The most characters [`Number::parse`] reads.
const MAX_TEXT: usize = 400;
/// The most characters that [`Number::exact`] writes: a sign, 1,234 digits, a point and 4,096 digits, rounded up.
#[cfg(feature = "compare")]
const MAX_EXACT: usize = 5_400;
/// The largest exponent, of either sign, [`Number::parse`] reads.
const MAX_EXPONENT: i32 = 400;
/// The most decimal places [`Number::shown`] and [`Number::shown_apart`] write.
const MAX_SHOWN: u32 = 40;

impl Number {
    /// Reads a plain number or fraction in ASCII: `12`, `-0.5`, `.5`, `5.`, `1.2e-3`, `515/6`.
    ///
    /// A sign may come first. `None` for anything else, a zero denominator, an exponent beyond ±400, or more than 400
    /// characters.
    pub fn parse(text: &str) -> Option<Number> {
        Number::parse_up_to(text, MAX_TEXT)
    }

    /// Reads what [`exact`](Self::exact) wrote, which can be longer than what anybody enters.
    #[cfg(feature = "compare")]
    pub fn parse_exact(text: &str) -> Option<Number> {
        Number::parse_up_to(text, MAX_EXACT)
    }

    fn parse_up_to(text: &str, most: usize) -> Option<Number> {
        if text.len() > most {
            return None;
        }
        let (negative, text) = sign(text);
        if let Some((num, den)) = cut(text, b"/") {
            let den = natural(den, "")?;
            return (!den.is_zero()).then(|| reduced(negative, natural(num, "")?, den))?;
        }
        let (mantissa, exponent) = match cut(text, b"eE") {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = cut(mantissa, b".").unwrap_or((mantissa, ""));
        let shift = exponent - fraction.len() as i32;
        if whole.len() + fraction.len() <= 18
            && let -18..=0 = shift
        {
            let mut num = 0;
            for part in &[whole, fraction] {
                for digit in part.bytes() {
                    num = num * 10 + i64::from(decimal_digit(digit)?);
                }
            }
            let den = i64::try_from(power_of_ten(shift.unsigned_abs())?).ok()?;
            let empty = whole.is_empty() && fraction.is_empty();
            return (!empty).then(|| Number::ratio(if negative { -num } else { num }, den))?;
        }
        shifted(negative, natural(whole, fraction)?, shift)
    }

    /// The fewest decimal places that write it exactly; `None` if no number of places does.
    pub fn decimals(&self) -> Option<u32> {
        if let Form::Small { den, .. } = self.0 {
            // Most numbers by far, told without allocating.
            let twos = den.trailing_zeros();
            let (mut den, mut fives) = (den.max(1) >> twos.min(63), 0);
            while den % 5 == 0 {
                den /= 5;
                fives += 1;
            }
            return (den == 1).then_some(fives.max(twos));
        }
        let mut den = self.parts().den;
        let twos = den.trailing_zeros() as u32;
        den.shift_down(twos as usize);
        let mut fives = 0;
        while !den.is_one() {
            if den.divide_small(5) != 0 {
                return None;
            }
            fives += 1;
        }
        Some(twos.max(fives))
    }

    /// The exact text: `93`, `-0.29`, or a reduced fraction `515/6` where no finite decimal exists.
    ///
    /// The same as `to_string`, without the machinery of `core::fmt`.
    pub fn exact(&self) -> String {
        if let Some(digits) = self.decimals() {
            return self.decimal(digits);
        }
        let Parts { negative, num, den } = self.parts();
        let mut text = point(negative, num, 0);
        text.push('/');
        concat(&[&text, &point(false, den, 0)])
    }

    /// A decimal rounded half to even, with at most `digits` places (and at most 40) and no trailing zeros.
    ///
    /// ```
    /// use duibiao::number::Number;
    ///
    /// assert_eq!(Number::ratio(515, 6).map(|n| n.shown(2)).as_deref(), Some("85.83"));
    /// ```
    pub fn shown(&self, digits: u32) -> String {
        self.decimal(digits.min(MAX_SHOWN))
    }

    /// Both as [`shown`](Self::shown), with as many more places as it takes to tell different values apart.
    ///
    /// Where 40 places are not enough, both are [`exact`](Self::exact). Texts that differ are ordered as the values are.
    pub fn shown_apart(a: &Number, b: &Number, digits: u32) -> (String, String) {
        let fewest = digits.min(MAX_SHOWN);
        for digits in fewest..=MAX_SHOWN {
            let texts = (a.decimal(digits), b.decimal(digits));
            if texts.0 != texts.1 || a == b {
                return texts;
            }
        }
        (a.exact(), b.exact())
    }

    fn decimal(&self, digits: u32) -> String {
        point(
            self.signum() < 0,
            self.scaled(digits, Rounding::HalfEven),
            digits as usize,
        )
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact())
    }
}

/// A whole number in figures, without the machinery of `core::fmt`.
pub fn figures(number: u32) -> String {
    let mut text = if number < 10 {
        String::new()
    } else {
        figures(number / 10)
    };
    text.extend(char::from_digit(number % 10, 10));
    text
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn decimal_digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

/// The digits of `first` and then `second` as one number; `None` if there is none, or something else.
fn natural(first: &str, second: &str) -> Option<Natural> {
    let mut value = Natural::from(0_u64);
    for part in &[first, second] {
        for byte in part.bytes() {
            value.scale(10, decimal_digit(byte)?);
        }
    }
    (!first.is_empty() || !second.is_empty()).then_some(value)
}

fn parse_exponent(text: &str) -> Option<i32> {
    let (negative, digits) = sign(text);
    let size = i32::try_from(natural(digits, "")?.to_u64()?).ok()?;
    (size <= MAX_EXPONENT).then_some(if negative { -size } else { size })
}

/// `value / 10^digits` in decimal, without trailing zeros; zero has no sign.
fn point(negative: bool, value: Natural, digits: usize) -> String {
    let mut text = String::new();
    if negative && !value.is_zero() {
        text.push('-');
    }
    let mut figures = value.into_digits();
    while figures.len() <= digits {
        figures.push(b'0');
    }
    let trailing = figures
        .iter()
        .take(digits)
        .take_while(|figure| **figure == b'0')
        .count();
    for (place, figure) in figures.iter().enumerate().skip(trailing).rev() {
        if place + 1 == digits {
            text.push('.');
        }
        text.push(char::from(*figure));
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]
mod tests {
    use super::super::tests::{Exact, exact, number, numbers};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn exact_text_returns(a in numbers()) {
            let text = a.to_string();
            prop_assert_eq!(text.contains('/'), a.decimals().is_none());
            if text.len() <= MAX_TEXT {
                prop_assert_eq!(Number::parse(&text), Some(a.clone()));
            }
            #[cfg(feature = "compare")]
            prop_assert_eq!(Number::parse_exact(&text), Some(a));
        }

        #[test]
        fn any_text_is_refused_or_a_number(text in "[-+0-9./eE]{0,12}|.{0,12}") {
            if let Some(read) = Number::parse(&text) {
                prop_assert_eq!(Number::parse(&read.exact()), Some(read));
            }
        }

        #[test]
        fn decimals_are_read_as_written(
            negative: bool, whole in "[0-9]{1,30}", fraction in "[0-9]{0,30}", exponent in -40_i32..40
        ) {
            let sign = if negative { "-" } else { "" };
            let read = number(&format!("{sign}{whole}.{fraction}e{exponent}"));
            let digits: num_bigint::BigInt = format!("{sign}{whole}{fraction}").parse().unwrap();
            let shift = exponent - fraction.len() as i32;
            let expected = Exact::from(digits) * Exact::from(num_bigint::BigInt::from(10)).pow(shift);
            prop_assert_eq!(exact(&read), expected);
        }

        #[test]
        fn decimals_count_the_places(a in numbers()) {
            if let Some(digits) = a.decimals() {
                let ten = Exact::from(num_bigint::BigInt::from(10));
                let scaled = |digits: i32| (exact(&a) * ten.pow(digits)).is_integer();
                prop_assert!(scaled(digits as i32));
                prop_assert!(digits == 0 || !scaled(digits as i32 - 1));
            } else {
                let power = Exact::from(num_bigint::BigInt::from(10)).pow(4096);
                prop_assert!(!(exact(&a) * power).is_integer());
            }
        }

        #[test]
        fn what_is_shown_is_what_is_rounded(a in numbers(), digits in 0_u32..=30) {
            let shown = a.shown(digits);
            prop_assert_eq!(Number::parse(&shown), a.round_half_even(digits));
            prop_assert!(shown != "-0" && !(shown.contains('.') && shown.ends_with('0')));
        }

        #[test]
        fn texts_apart_keep_the_order(a in numbers(), gap in numbers(), shift in 0_u32..50, digits in 0_u32..45) {
            let gap = gap.checked_mul(&Number::from_decimal(1, shift).unwrap()).unwrap();
            let b = a.checked_add(&gap).unwrap();
            let (x, y) = Number::shown_apart(&a, &b, digits);
            prop_assert_eq!(x == y, a == b);
            if x.len() <= MAX_TEXT && y.len() <= MAX_TEXT {
                prop_assert_eq!(number(&x).cmp(&number(&y)), a.cmp(&b));
            }
        }
    }

    #[cfg(feature = "compare")]
    #[test]
    fn the_longest_exact_text_is_read() {
        let two = Number::from(2);
        let mut power = two.clone();
        for _ in 1..super::super::MAX_BITS - 1 {
            power = power.checked_mul(&two).unwrap();
        }
        let most = power.checked_sub(&Number::ONE).unwrap();
        for number in [
            Number::ONE.checked_div(&power),
            most.neg().checked_div(&power),
            Some(most),
        ] {
            let number = number.unwrap();
            assert_eq!(Number::parse_exact(&number.exact()), Some(number));
        }
    }

    #[test]
    fn plain_numbers_are_read() {
        for (text, exact) in [
            ("12", "12"),
            ("-0.5", "-0.5"),
            ("+7", "7"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("007.10", "7.1"),
            ("1.2e3", "1200"),
            ("1.2E+3", "1200"),
            ("12e-1", "1.2"),
            ("515/6", "515/6"),
            ("-50/100", "-0.5"),
            ("0/7", "0"),
            ("446.40", "446.4"),
            ("999999999999999999", "999999999999999999"),
            ("9999999999999999999", "9999999999999999999"),
            ("0.0000000000000000001", "0.0000000000000000001"),
            ("0e400", "0"),
        ] {
            assert_eq!(number(text).to_string(), exact, "{text}");
        }
        assert_eq!(number("1e-400").exact().len(), 402);
        assert_eq!(number(&"9".repeat(400)).exact(), "9".repeat(400));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "-",
            "+",
            ".",
            "-.",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "1e401",
            "1e-401",
            "1e99999999999999999999",
            "1.2.3",
            "--1",
            "+-1",
            "1-",
            " 1",
            "1 ",
            "1,000",
            "1_000",
            "0x10",
            "１２",
            "12%",
            "一",
            "é",
            "1/0",
            "0/0",
            "1/",
            "/1",
            "1/-2",
            "1/+2",
            "1.5/2",
            "1/2/3",
            "1e2/3",
            "1/2e3",
            "inf",
            "NaN",
            "5/6 ",
            "-/2",
        ] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::parse(&"9".repeat(401)), None);
    }

    #[test]
    fn shown_is_short() {
        for (value, digits, text) in [
            ("515/6", 2, "85.83"),
            ("93", 2, "93"),
            ("92.999", 2, "93"),
            ("-0.004", 2, "0"),
            ("-0.005", 2, "0"),
            ("-0.006", 2, "-0.01"),
            ("0.125", 2, "0.12"),
            ("100", 0, "100"),
            ("446.40", 3, "446.4"),
            (
                "1/3",
                u32::MAX,
                "0.3333333333333333333333333333333333333333",
            ),
        ] {
            assert_eq!(number(value).shown(digits), text, "{value}");
        }
    }

    #[test]
    fn different_values_look_different() {
        for (a, b, digits, x, y) in [
            ("89.999999", "90", 2, "89.999999", "90"),
            ("90", "90", 2, "90", "90"),
            ("85.83", "93", 2, "85.83", "93"),
            ("89.996", "90.004", 2, "89.996", "90.004"),
            ("2/3", "0.6667", 2, "0.66667", "0.6667"),
            ("-1e-50", "0", 2, &format!("-0.{}1", "0".repeat(49)), "0"),
        ] {
            let texts = Number::shown_apart(&number(a), &number(b), digits);
            assert_eq!(texts, (x.to_string(), y.to_string()));
        }
    }

    #[test]
    fn decimals_end_or_do_not() {
        for (value, decimals) in [
            ("93", Some(0)),
            ("1200", Some(0)),
            ("1/8", Some(3)),
            ("1/50", Some(2)),
            ("515/6", None),
            ("1e-400", Some(400)),
        ] {
            assert_eq!(number(value).decimals(), decimals, "{value}");
        }
    }
}
