//! Slips of the pen: a statement that Rhai can't read is looked through again for what people
//! write by habit or forget: full-width signs, `≥`, `=` for `==`, `80%`, 且 and 或, commas,
//! brackets and quotation marks. All are found at once, most with the exact remedy.

mod brackets;
mod digits;
mod joined;
mod quotes;
mod signs;
mod tokens;

use super::problem::Trouble;
use super::source::Span;
pub use quotes::{Meant, trouble as unquoted};
pub use signs::SIGN_WORDS;
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
    quotes::sentences(statement, &tokens, &mut found);
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

/// Numbers of which the language would keep only some digits.
pub fn too_precise(statement: &str) -> Vec<Finding> {
    if !digits::may_be_long(statement) {
        return Vec::new();
    }
    let mut reader = Reader::default();
    reader.read(statement);
    digits::too_precise(&reader.tokens)
}

/// What a name that stands for nothing was probably meant to be, by its place in the statement.
pub fn meant(statement: &str, line: usize, column: usize) -> Option<Meant> {
    let mut reader = Reader::default();
    reader.read(statement);
    let at = |token: &tokens::Token| (token.span.line, token.span.column) == (line, column);
    quotes::meant(&reader.tokens, reader.tokens.iter().position(at)?)
}

/// `=` where values are compared, which Rhai reads as giving a name another value.
pub fn single_equals(statement: &str) -> Vec<Finding> {
    let chars: Vec<char> = statement.chars().collect();
    let alone = |around: &[char]| matches!(around, [a, '=', b] if !"=<>!+-*/".contains(*a) && !"=>".contains(*b));
    if !chars.windows(3).any(alone) {
        return Vec::new();
    }
    let mut reader = Reader::default();
    reader.read(statement);
    let mut found = Vec::new();
    signs::wrong_signs(&reader.tokens, &mut found);
    found.retain(|(trouble, _)| trouble.edit.as_deref() == Some("=="));
    found
}
