//! Numbers with more digits than the language keeps, which it would round without a word, and such
//! as `1e3`, which it does not know.

use super::Finding;
use super::tokens::{Kind, Token};
use crate::author::problem::Trouble;
use crate::number::Number;
use rust_decimal::Decimal;

/// Digits that are always kept.
const KEPT: usize = 28;

/// Whether a statement has a run of more digits than are always kept; most have none.
pub fn may_be_long(statement: &str) -> bool {
    let mut run = 0;
    statement.chars().any(|c| {
        run = match c {
            '0'..='9' => run + 1,
            '.' | '_' => run,
            _ => 0,
        };
        run > KEPT
    })
}

/// Numbers of which only some digits would be kept.
pub fn too_precise(tokens: &[Token]) -> Vec<Finding> {
    let numbers = tokens.iter().filter(|token| token.kind == Kind::Number);
    let rounded = numbers.filter(|token| {
        let digits = token.text.replace('_', "");
        Decimal::from_str_exact(&digits).is_err() && Number::parse(&digits).is_some()
    });
    let tell = |token: &Token| {
        let trouble = Trouble::new(
            "too-precise",
            format!("这个数的位数太多，规则里最多保留 {KEPT} 位"),
            format!("this number has more digits than the {KEPT} that rules keep"),
        )
        .advice(
            format!("写 {KEPT} 位以内的数"),
            format!("write a number of {KEPT} digits at most"),
        );
        (trouble, token.span.clone())
    };
    rounded.map(tell).collect()
}

/// What is said of a number with an exponent.
pub fn exponent(written: &str) -> Trouble {
    let trouble = Trouble::new(
        "syntax",
        format!("规则里没有 {written} 这种写法"),
        format!("rules do not know numbers like {written}"),
    );
    match Number::parse(written).map(|number| number.exact()) {
        Some(plain) if plain.len() <= KEPT && !plain.contains('/') => {
            trouble.like(Some(&plain), false)
        }
        _ => trouble.advice(
            "把数写全，例如 1000",
            "write the number in full, such as 1000",
        ),
    }
}
