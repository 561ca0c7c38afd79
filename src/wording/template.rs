//! Templates: texts of a standard in which `${id}` stands for a value, for instance `当前 ${rate}`.
//!
//! A `$` alone is text. The names were checked when the standard was compiled; a report fills in
//! values, a page without data the labels.

use crate::rulebook::Rulebook;

/// What a template shows where a value is not known.
pub const UNKNOWN: &str = "？";

/// A piece of a text.
pub enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// The name in `${name}`.
    Name(&'a str),
}

/// The pieces of a text, in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        pieces.extend([Piece::Text(before), Piece::Name(name)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The text with what stands for each name.
pub fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => out.push_str(words),
            Piece::Name(name) => out.push_str(&value(name)),
        }
    }
    out
}

/// The text with labels in place of values, for pages that know no data.
pub fn labelled(rulebook: &Rulebook, text: &str) -> String {
    fill(text, |id| {
        let parameter = rulebook.parameters.iter().find(|p| p.id == id);
        let label = match (rulebook.slot_of(id), parameter) {
            (Some(slot), _) => rulebook.slot_label(slot),
            (None, Some(parameter)) => parameter.label.clone(),
            (None, None) => UNKNOWN.into(),
        };
        ["［", &label, "］"].concat()
    })
}
