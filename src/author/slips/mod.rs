//! Slips of the pen: a statement that Rhai can't read is looked through again for what people
//! write by habit or forget: full-width signs, `≥`, `=` for `==`, `80%`, 且 and 或, commas,
//! brackets and quotation marks. All are found at once, most with the exact remedy.

mod brackets;
mod joined;
mod signs;
mod tokens;

use super::problem::Trouble;
use super::source::Span;
use tokens::Reader;

/// What is wrong, and the characters of the statement that are marked.
pub type Finding = (Trouble, Span);

/// Every slip in a statement, in order.
pub fn look_through(statement: &str) -> Vec<Finding> {
    let mut reader = Reader::default();
    reader.read(statement);
    let Reader {
        tokens, mut found, ..
    } = reader;
    signs::wrong_signs(&tokens, &mut found);
    // Brackets are counted when the signs are right.
    if found.is_empty() {
        found = brackets::missing(&tokens);
    }
    found.sort_by_key(|(_, span)| (span.line, span.column));
    found
}

/// What Rhai can read, but would join to the `if` on the line before.
pub fn joined_lines(statement: &str) -> Vec<Finding> {
    if !statement.contains("if") {
        return Vec::new();
    }
    let mut reader = Reader::default();
    reader.read(statement);
    joined::to_if(&reader.tokens)
}
