//! Templates: texts of a standard in which `${id}` stands for a value, for instance `当前 ${rate}`.
//!
//! A `$` alone is text. The names were checked when the standard was compiled; a report fills in
//! values, a page without data the labels.

use crate::text::cut;

/// What a template shows where a value is not known.
pub const UNKNOWN: &str = "？";

/// The text with what stands for each name.
pub fn fill(text: &str, value: &mut dyn FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = cut(rest, b"$") {
        out.push_str(before);
        let named = after.strip_prefix('{');
        match named.and_then(|named| cut(named, b"}")) {
            Some((name, next)) => {
                out.push_str(&value(name));
                rest = next;
            }
            None => {
                out.push('$');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text with labels in place of values, for pages that know no data.
#[cfg(feature = "compare")]
pub fn labelled(rulebook: &crate::rulebook::Rulebook, text: &str) -> String {
    fill(text, &mut |id| {
        let mut slots = (0..rulebook.slots() as u32).filter(|slot| rulebook.slot_id(*slot) == id);
        let parameter = rulebook.parameters.iter().find(|p| p.id == id);
        let label = match (slots.next(), parameter) {
            (Some(slot), _) => rulebook.slot_label(slot),
            (None, Some(parameter)) => parameter.label.clone(),
            (None, None) => UNKNOWN.into(),
        };
        ["［", &label, "］"].concat()
    })
}
