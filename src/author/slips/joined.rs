//! A statement `if … { … } else { … }` with `-` or `[` at the head of the next line: the language would
//! read both lines as one expression, a difference or an item of a list, which nobody means.

use super::Finding;
use super::tokens::{Kind, Token};
use crate::author::problem::Trouble;

/// What would be joined to an `if` on the line before.
pub fn to_if(tokens: &[Token]) -> Vec<Finding> {
    let mut found = Vec::new();
    // For each open bracket, whether it is the block of such a statement.
    let mut open: Vec<bool> = Vec::new();
    // A statement that began with `if`, by the brackets around it, until its block opens.
    let mut waiting: Vec<usize> = Vec::new();
    let mut before: Option<&Token> = None;
    let mut ended = false;
    for token in tokens {
        let word = |text: &str| token.kind == Kind::Word && token.text == text;
        if ended && token.first && token.is_one_of(&["-", "["]) {
            found.push((trouble(&token.text), token.span.clone()));
        }
        let starts = before.is_none_or(|before| before.is_one_of(&["{", "}", ";"]));
        if word("if") && starts || word("else") && ended {
            waiting.push(open.len());
        }
        // The `if` of `else if` is the statement that went before.
        ended = false;
        if token.is_one_of(&["(", "[", "{", "#{"]) {
            let block = token.is("{") && waiting.last() == Some(&open.len());
            if block {
                waiting.pop();
            }
            open.push(block);
        } else if token.is_one_of(&[")", "]", "}"]) {
            ended = open.pop() == Some(true);
        }
        before = Some(token);
    }
    found
}

fn trouble(sign: &str) -> Trouble {
    Trouble::new(
        "joined-lines",
        format!("这一行的 {sign} 会和上一行的 if 连成一个式子"),
        format!("{sign} here would make one expression with the if of the line before"),
    )
    .advice(
        "两句话：在 } 后面加分号；一个式子：把 if 写成 let 值 = if … { … } else { … };",
        "for two statements write ; after }; for one expression write let value = if … { … } else { … }; first",
    )
}
