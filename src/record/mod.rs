//! The record: what makes a report something that anyone can check again. It holds what was
//! entered in one form, with the digest of that form, beside the digest of the rulebook.
//!
//! The form is RFC 8785 (JSON Canonicalization Scheme): no blanks, names by their UTF-16 units,
//! whatever order they were entered in; and numbers as texts, so that nothing has to be said
//! about those. `{"fields":{"area":"480"},"not_applicable":{},"parameters":{},"waived":{}}`

#[cfg(feature = "office")]
mod compare;
#[cfg(feature = "office")]
mod ledger;
#[cfg(feature = "office")]
mod recheck;
#[cfg(feature = "office")]
mod recorded;

#[cfg(feature = "office")]
pub use compare::{AtHand, Comparison, Ends, Flip, Moved, Untold, compare};
#[cfg(feature = "office")]
pub use ledger::{Ledger, Row, ledger};
#[cfg(feature = "office")]
pub use recheck::{Cause, Difference, Part, Recheck, entry_agrees, recheck};
#[cfg(feature = "office")]
pub use recorded::{Range, Recorded, SCHEMA, Score, Standard, Verdict, is_report, json, recorded};

use crate::digest::digest;
use crate::entry::{Entry, Given};
use crate::json;
use crate::rulebook::ordered;
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use std::cmp::Ordering;

/// The program that makes a report, with its version.
pub const ENGINE: &str = concat!("duibiao ", env!("CARGO_PKG_VERSION"));

/// An entry with its names in the order of the record. Names are there once each.
pub fn canonical(entry: &Entry) -> Entry {
    Entry {
        fields: sorted(&entry.fields),
        parameters: sorted(&entry.parameters),
        not_applicable: sorted(&entry.not_applicable),
        waived: sorted(&entry.waived),
    }
}

fn sorted(items: &[(String, Given)]) -> Vec<(String, Given)> {
    let name = |at: usize| items.get(at).map_or("", |(name, _)| name);
    let compare = |a, b| in_utf16(name(a), name(b));
    let mut all = Vec::new();
    for at in ordered(items.len(), &compare) {
        if let Some((name, given)) = items.get(at) {
            let given = match given {
                Given::Keyed(items) => Given::Keyed(sorted(items)),
                Given::Text(text) => Given::Text(text.clone()),
                Given::Truth(truth) => Given::Truth(*truth),
                Given::Empty => Given::Empty,
            };
            all.push((name.clone(), given));
        }
    }
    all
}

/// The order of two texts in UTF-16, which is that of their bytes but for what UTF-16 writes with two units: that
/// stands before U+E000 to U+FFFF there.
fn in_utf16(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && a.get(at) == b.get(at) {
        at += 1;
    }
    let place = |byte: &u8| match byte {
        0xee | 0xef => byte | 0x10,
        _ => *byte,
    };
    a.get(at).map(place).cmp(&b.get(at).map(place))
}

/// The digest of an entry that is in canonical form: of its text in UTF-8.
pub fn entry_digest(canonical: &Entry) -> String {
    // An entry consists of what can be written.
    digest(json::text(canonical).as_bytes())
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("Entry", 4)?;
        entry.serialize_field("fields", &Items(&self.fields))?;
        entry.serialize_field("not_applicable", &Items(&self.not_applicable))?;
        entry.serialize_field("parameters", &Items(&self.parameters))?;
        entry.serialize_field("waived", &Items(&self.waived))?;
        entry.end()
    }
}

struct Items<'a>(&'a [(String, Given)]);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, given) in self.0 {
            map.serialize_entry(name, given)?;
        }
        map.end()
    }
}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Keyed(items) => Items(items).serialize(serializer),
        }
    }
}

/// A number of JSON as JavaScript writes it (ECMA-262, Number::toString), so that a file read by the
/// command is recorded as it is by the module: `446.40` and `4.464e2` are `446.4`. Digits that a
/// binary number could not hold stay.
#[cfg(feature = "office")]
pub fn number_text(number: &str) -> String {
    let (sign, rest) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let significant = all.trim_start_matches('0');
    // The point stands so many digits behind the first one.
    let point = (exponent.parse::<i64>().ok())
        .filter(|exponent| exponent.unsigned_abs() < 1_000_000)
        .map(|exponent| exponent + whole.len() as i64 - (all.len() - significant.len()) as i64);
    let Some(point) = point else {
        return number.into();
    };
    let digits = significant.trim_end_matches('0');
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
    let count = digits.len() as i64;
    if digits.is_empty() {
        return "0".into();
    }
    let (first, rest) = digits.split_at(match point {
        1..=21 => (point as usize).min(digits.len()),
        _ => 1,
    });
    let dot = if rest.is_empty() { "" } else { "." };
    match point {
        1..=21 => [sign, first, &zeros(point - count), dot, rest].concat(),
        -5..=0 => [sign, "0.", &zeros(-point), digits].concat(),
        _ => format!("{sign}{first}{dot}{rest}e{:+}", point - 1),
    }
}

#[cfg(all(test, feature = "office"))]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_utf16() {
        let names = [
            "",
            "a",
            "ab",
            "b",
            "\u{7ff}",
            "\u{d7ff}",
            "\u{e000}",
            "\u{ffff}",
            "\u{10000}",
            "\u{10ffff}",
        ];
        for a in names {
            for b in names {
                let expected = a.encode_utf16().cmp(b.encode_utf16());
                assert_eq!(in_utf16(a, b), expected, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn numbers_are_recorded_as_javascript_writes_them() {
        for (given, expected) in [
            ("480", "480"),
            ("446.40", "446.4"),
            ("4.464e2", "446.4"),
            ("4464E-1", "446.4"),
            ("0", "0"),
            ("-0.0", "0"),
            ("-0.50", "-0.5"),
            ("100", "100"),
            ("1e2", "100"),
            ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"),
            ("123456789012345678901", "123456789012345678901"),
            ("1.5e300", "1.5e+300"),
            ("0.000001", "0.000001"),
            ("0.0000001", "1e-7"),
            ("0.00000012", "1.2e-7"),
            ("-12e-9", "-1.2e-8"),
            (
                "446.39999999999999999999999999",
                "446.39999999999999999999999999",
            ),
            ("1e99999999999999999999", "1e99999999999999999999"),
        ] {
            assert_eq!(number_text(given), expected, "{given}");
        }
    }

    #[test]
    fn the_order_of_items_is_not_recorded_but_every_item_is() {
        let text = |text: &str| Given::Text(text.into());
        let item = |name: &str, given: Given| (name.to_string(), given);
        let entry = |fields| Entry {
            fields,
            ..Entry::default()
        };
        let inner = vec![item("西区", text("4")), item("东区", Given::Empty)];
        let one = entry(vec![
            item("b", text("\"1\t\u{1}\"")),
            item("𠮷", Given::Truth(true)),
            item("Ａ", Given::Keyed(inner)),
        ]);
        let mut two = one.clone();
        two.fields.reverse();
        assert_ne!(one, two);
        let (one, two) = (canonical(&one), canonical(&two));
        assert_eq!(one, two);
        // RFC 8785: by UTF-16 units, of which those of 𠮷 come first.
        assert_eq!(
            json::text(&one),
            r#"{"fields":{"b":"\"1\t\u0001\"","𠮷":true,"Ａ":{"东区":null,"西区":"4"}},"not_applicable":{},"parameters":{},"waived":{}}"#
        );
        assert_eq!(json::text(&one), serde_json::to_string(&one).unwrap());
        let mut other = one.clone();
        other.fields[0].1 = text("\"1\t\u{2}\"");
        assert_ne!(entry_digest(&one), entry_digest(&other));
    }
}
