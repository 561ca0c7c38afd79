//! Civil dates: what is due when, and how many days or years lie between.
//!
//! A date has no time and no time zone, and nothing here knows what day it is: the date a check counts from comes
//! with the check.

use std::fmt;

/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
///
/// ```
/// use duibiao::date::Date;
///
/// let due = Date::parse_deadline("2023年5月");
/// assert_eq!(due, Date::new(2023, 5, 31));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Since 1970-01-01.
    days: i32,
}

/// 0001-01-01, in days since 1970-01-01.
const FIRST: i32 = -719_162;
/// 9999-12-31, in days since 1970-01-01.
const LAST: i32 = 2_932_896;

impl Date {
    /// The day with these numbers; `None` if the calendar has no such day or the year is not within 1–9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        if !(1..=9999).contains(&year) || day == 0 || day > days_in_month(year, month)? {
            return None;
        }
        // Howard Hinnant's days_from_civil: a year that starts in March ends with the leap day.
        let year = if month > 2 { year } else { year - 1 };
        let months_since_march = (month as i32 + 9) % 12;
        let day_of_year = (153 * months_since_march + 2) / 5 + day as i32 - 1;
        Some(Date {
            days: year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468,
        })
    }

    /// The day `days` days after 1970-01-01 (before, if negative); `None` outside the years 1–9999.
    pub fn from_days(days: i32) -> Option<Date> {
        (FIRST..=LAST).contains(&days).then_some(Date { days })
    }

    /// Reads `2023-05-31`, `2023/5/31`, `2023.5.31` or `2023年5月31日`, with or without leading zeros.
    ///
    /// The year has four ASCII digits, so that `23-5-31` is not taken for the year 23. `None` for anything else, a day
    /// the calendar does not have, or surrounding spaces.
    pub fn parse(text: &str) -> Option<Date> {
        let (year, month, day) = numbers(text)?;
        Date::new(year, month, day?)
    }

    /// Reads what [`parse`](Self::parse) reads, or a month alone, which means its last day: `2023-05`, `2023/5`, `2023年5月`.
    ///
    /// `None` for `2023.1`: a spreadsheet writes October, `2023.10`, this way.
    pub fn parse_deadline(text: &str) -> Option<Date> {
        let (year, month, day) = numbers(text)?;
        let day = match day {
            Some(day) => day,
            None => days_in_month(year, month)?,
        };
        Date::new(year, month, day)
    }

    /// Year (1–9999), month (1–12) and day of the month (1–31).
    pub fn year_month_day(self) -> (i32, u32, u32) {
        // Howard Hinnant's civil_from_days. No date lies before 0000-03-01, so nothing here is negative.
        let days = self.days + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months_since_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
        let month = (months_since_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + i32::from(month <= 2);
        (year, month as u32, day as u32)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.days
    }

    /// Days from this date to `other`; negative if `other` is earlier.
    pub fn days_until(self, other: Date) -> i32 {
        other.days - self.days
    }

    /// Whole years from this date to `other`; the anniversary itself completes a year.
    ///
    /// The anniversary of 29 February is 1 March in a year without a 29 February. If `other` is earlier, the result is the
    /// whole years from `other` to this date, negated.
    pub fn whole_years_until(self, other: Date) -> i32 {
        if other < self {
            return -other.whole_years_until(self);
        }
        let (from, from_month, from_day) = self.year_month_day();
        let (to, month, day) = other.year_month_day();
        to - from - i32::from((month, day) < (from_month, from_day))
    }

    /// The day so many months later, or earlier where `months` is below zero; the last of the month where that has no
    /// such day (民法典第二百零二条). `None` beyond the years 1 to 9999.
    pub fn months_after(self, months: i32) -> Option<Date> {
        let (year, month, day) = self.year_month_day();
        let count = year
            .checked_mul(12)?
            .checked_add(month as i32 - 1)?
            .checked_add(months)?;
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
        (0..4).find_map(|less| Date::new(year, month, day.checked_sub(less)?))
    }

    /// The text `YYYY-MM-DD`, the same as `to_string` without the machinery of `core::fmt`.
    pub fn iso(self) -> String {
        let (year, month, day) = self.year_month_day();
        let mut text = String::with_capacity(10);
        push_digits(&mut text, year as u32, 1000);
        text.push('-');
        push_digits(&mut text, month, 10);
        text.push('-');
        push_digits(&mut text, day, 10);
        text
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

/// `None` if there is no such month.
fn days_in_month(year: i32, month: u32) -> Option<u32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

/// Year, month and, where it is given, day; none of them checked against the calendar.
fn numbers(text: &str) -> Option<(i32, u32, Option<u32>)> {
    let (year, rest) = number(text)?;
    if text.len() - rest.len() != 4 {
        return None;
    }
    let year = i32::try_from(year).ok()?;
    if let Some(rest) = rest.strip_prefix('年') {
        let (month, rest) = number(rest)?;
        let rest = rest.strip_prefix('月')?;
        if rest.is_empty() {
            return Some((year, month, None));
        }
        let (day, rest) = number(rest)?;
        return (rest == "日").then_some((year, month, Some(day)));
    }
    let separator = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = number(rest.strip_prefix(separator)?)?;
    if rest.is_empty() && separator != '.' {
        return Some((year, month, None));
    }
    let (day, rest) = number(rest.strip_prefix(separator)?)?;
    rest.is_empty().then_some((year, month, Some(day)))
}

/// The number of one to four digits at the start of `text`, and what follows.
fn number(text: &str) -> Option<(u32, &str)> {
    let mut value = 0;
    let mut rest = text;
    while let Some(digit) = rest.chars().next().and_then(|c| c.to_digit(10)) {
        value = value * 10 + digit;
        rest = rest.get(1..)?;
        if text.len() - rest.len() > 4 {
            return None;
        }
    }
    (rest.len() < text.len()).then_some((value, rest))
}

fn push_digits(text: &mut String, value: u32, highest: u32) {
    let mut place = highest;
    while place > 0 {
        text.extend(char::from_digit(value / place % 10, 10));
        place /= 10;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn dates() -> impl Strategy<Value = Date> {
        (FIRST..=LAST).prop_map(|days| Date::from_days(days).unwrap())
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut days = FIRST;
        for year in 1..=9999 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month).unwrap() {
                    let date = Date::new(year, month, day).unwrap();
                    assert_eq!(date.days(), days);
                    assert_eq!(date.year_month_day(), (year, month, day));
                    days += 1;
                }
            }
        }
        assert_eq!(days, LAST + 1);
        assert_eq!(Date::from_days(FIRST - 1), None);
        assert_eq!(Date::from_days(LAST + 1), None);
        assert_eq!(date("1970-01-01").days(), 0);
        assert_eq!(date("2023-05-31").days(), 19_508);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (year, month, day) in [
            (0, 12, 31),
            (10_000, 1, 1),
            (i32::MIN, 1, 1),
            (2023, 0, 1),
            (2023, 13, 1),
            (2023, u32::MAX, 1),
            (2023, 1, 0),
            (2023, 1, 32),
            (2023, 4, 31),
            (2023, 2, 29),
            (1900, 2, 29),
            (2024, 2, 30),
            (2023, 1, u32::MAX),
        ] {
            assert_eq!(Date::new(year, month, day), None, "{year}-{month}-{day}");
        }
        assert!(Date::new(2000, 2, 29).is_some() && Date::new(2024, 2, 29).is_some());
    }

    #[test]
    fn dates_are_read_as_staff_write_them() {
        for text in [
            "2023-05-31",
            "2023-5-31",
            "2023/5/31",
            "2023/05/31",
            "2023.5.31",
            "2023.05.31",
            "2023年5月31日",
            "2023年05月31日",
        ] {
            assert_eq!(date(text).to_string(), "2023-05-31", "{text}");
            assert_eq!(Date::parse_deadline(text), Some(date(text)), "{text}");
        }
        assert_eq!(date("0001-01-01").to_string(), "0001-01-01");
    }

    #[test]
    fn a_month_is_due_on_its_last_day() {
        for (text, due) in [
            ("2023-05", "2023-05-31"),
            ("2023/5", "2023-05-31"),
            ("2023年5月", "2023-05-31"),
            ("2023年02月", "2023-02-28"),
            ("2024年2月", "2024-02-29"),
            ("2023-12", "2023-12-31"),
        ] {
            assert_eq!(Date::parse_deadline(text), Some(date(due)), "{text}");
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "2023",
            "2023-",
            "2023年",
            "2023.1",
            "2023.10",
            "2023-5-",
            "2023-5/31",
            "2023.5-31",
            "2023年5-31",
            "2023年5月31",
            "2023年5月31号",
            "2023-5-31日",
            "23-05-31",
            "02023-05-31",
            "20230531",
            "2023-00-10",
            "2023-13",
            "0000-05",
            "2023-02-29",
            "2023-04-31",
            " 2023-05-31",
            "2023-05-31 ",
            "2023--5-31",
            "-2023-05-31",
            "2023-+5-31",
            "2023-05-31T00:00",
            "２０２３-05-31",
            "31/5/2023",
            "2023-00005-1",
            "2023-99999999999-1",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
            assert_eq!(Date::parse_deadline(text), None, "{text}");
        }
    }

    #[test]
    fn the_anniversary_completes_a_year() {
        for (from, to, years) in [
            ("2020-05-31", "2023-05-30", 2),
            ("2020-05-31", "2023-05-31", 3),
            ("2020-02-29", "2021-02-28", 0),
            ("2020-02-29", "2021-03-01", 1),
            ("2020-02-29", "2024-02-28", 3),
            ("2020-02-29", "2024-02-29", 4),
            ("2019-03-01", "2020-02-29", 0),
            ("2023-05-31", "2020-05-31", -3),
            ("2023-05-30", "2020-05-31", -2),
            ("0001-01-01", "9999-12-31", 9998),
        ] {
            assert_eq!(date(from).whole_years_until(date(to)), years, "{from} {to}");
        }
    }

    #[test]
    fn months_end_on_the_same_day_or_the_last() {
        for (from, months, to) in [
            ("2020-02-29", 36, "2023-02-28"),
            ("2020-02-29", 48, "2024-02-29"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2023-01-31", 2, "2023-03-31"),
            ("2023-12-15", 1, "2024-01-15"),
            ("2024-01-15", -1, "2023-12-15"),
            ("2024-03-31", -13, "2023-02-28"),
        ] {
            assert_eq!(
                date(from).months_after(months),
                Some(date(to)),
                "{from} {months}"
            );
        }
        assert_eq!(date("9999-12-01").months_after(1), None);
        assert_eq!(date("0001-01-01").months_after(-1), None);
        assert_eq!(date("2023-01-01").months_after(i32::MAX), None);
    }

    proptest! {
        #[test]
        fn text_returns(a in dates()) {
            prop_assert_eq!(Date::parse(&a.to_string()), Some(a));
            let (year, month, day) = a.year_month_day();
            prop_assert_eq!(a.to_string(), format!("{year:04}-{month:02}-{day:02}"));
            prop_assert_eq!(Date::parse(&format!("{year:04}年{month}月{day}日")), Some(a));
        }

        #[test]
        fn any_text_is_refused_or_a_date(text in "[0-9年月日./-]{0,12}|.{0,12}") {
            if let Some(read) = Date::parse(&text) {
                prop_assert_eq!(Date::parse_deadline(&text), Some(read));
                prop_assert_eq!(Date::parse(&read.iso()), Some(read));
            }
        }

        #[test]
        fn distance_and_order_agree(a in dates(), b in dates()) {
            prop_assert_eq!(Date::from_days(a.days() + a.days_until(b)), Some(b));
            prop_assert_eq!(a.cmp(&b), 0.cmp(&a.days_until(b)));
            prop_assert_eq!(a.whole_years_until(b), -b.whole_years_until(a));
        }
    }
}
