//! Texts without quotation marks: `unit: 册`, `field(清扫面积, …)`, `advice: 请增配车辆。`

use super::Finding;
use super::tokens::{Kind, Token};
use crate::author::doc::DECLARATIONS;
use crate::author::problem::Trouble;
use crate::author::source::Span;
use crate::rulebook::StepMode;

/// What a name that stands for nothing was probably meant to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Meant {
    /// A text, but for its quotation marks.
    Text,
    /// The value of the indicator, but for `|…|`.
    Value,
}

/// What the word at an index was meant to be, judged by its place.
pub fn meant(tokens: &[Token], index: usize) -> Option<Meant> {
    let at = |back: usize| index.checked_sub(back).and_then(|index| tokens.get(index));
    let next = tokens.get(index + 1)?;
    let (sign, before) = (at(1)?, at(2)?);
    let declares = |token: &Token| DECLARATIONS.iter().any(|told| told.word == token.text);
    if sign.is("(") && declares(before) && before.text != "data_check" {
        return next.is_one_of(&[",", ")"]).then_some(Meant::Text);
    }
    if !sign.is(":") || !before.is_name() {
        return None;
    }
    let token = tokens.get(index)?;
    let named = takes_text(tokens, index, &before.text) || is_mode(&before.text, &token.text);
    if next.is_one_of(&[",", "}"]) && named {
        return Some(Meant::Text);
    }
    let value = tokens
        .windows(2)
        .any(|pair| matches!(pair, [key, colon] if key.text == "value" && colon.is(":")));
    let judges = matches!(before.text.as_str(), "meets" | "score");
    (judges && value).then_some(Meant::Value)
}

/// Whether an option of the declaration around a place is a text.
fn takes_text(tokens: &[Token], index: usize, key: &str) -> bool {
    let before = tokens.get(..index).unwrap_or_default();
    let around = before.iter().rev().find_map(|token| {
        let same = |word: &&str| word.split(' ').next() == Some(token.text.as_str());
        DECLARATIONS.iter().map(|told| told.word).find(same)
    });
    let own = |word: &str| around.is_some_and(|around| word.split(' ').next() == Some(around));
    let options = DECLARATIONS
        .iter()
        .filter(|told| own(told.word))
        .flat_map(|told| told.options);
    let mut how = options.filter(|option| option.name == key).map(|o| o.how);
    const TEXTS: [&str; 8] = [
        "文字",
        "单位",
        "英文字母",
        "日期",
        "网址",
        "见“",
        "阶段",
        "\"",
    ];
    // The grades of a scheme have names.
    let grade = around == Some("scheme") && key == "name";
    grade || how.any(|how| !how.contains("列表") && TEXTS.iter().any(|text| how.starts_with(text)))
}

/// Whether a word says how steps are counted, which only `mode` takes.
fn is_mode(key: &str, word: &str) -> bool {
    key == "mode" && StepMode::WORDS.iter().any(|(mode, _)| *mode == word)
}

/// What is said of a text without quotation marks.
pub fn trouble(text: &str) -> Trouble {
    Trouble::new(
        "unknown-name",
        format!("“{text}”是文字，要写在引号里"),
        format!("“{text}” is a text and needs quotation marks"),
    )
    .advice(format!("写成 \"{text}\""), format!("write \"{text}\""))
    .edit(format!("\"{text}\""))
}

/// Sentences without quotation marks: their signs are told as part of them.
pub fn sentences(statement: &str, tokens: &[Token], found: &mut Vec<Finding>) {
    let lines: Vec<Vec<char>> = statement
        .lines()
        .map(|line| line.chars().collect())
        .collect();
    let written = |from: &Span, to: usize| -> String {
        let line = from.line.checked_sub(1).and_then(|line| lines.get(line));
        let rest = line.and_then(|line| line.get(from.column - 1..to - 1));
        rest.unwrap_or_default().iter().collect()
    };
    for (index, token) in tokens.iter().enumerate() {
        let option = index.checked_sub(2).and_then(|key| tokens.get(key));
        let colon = index.checked_sub(1).and_then(|colon| tokens.get(colon));
        let (Some(option), Some(colon)) = (option, colon) else {
            continue;
        };
        let begins = token.kind == Kind::Word && !token.text.is_ascii() && colon.is(":");
        if !begins || !option.is_name() || !takes_text(tokens, index, &option.text) {
            continue;
        }
        let end = |token: &Token| token.span.column + token.span.length;
        let raw = |token: &Token| written(&token.span, end(token));
        let rest = tokens.get(index..).unwrap_or_default();
        let mut sentence: Vec<&Token> = rest
            .iter()
            .take_while(|part| part.span.line == token.span.line)
            .take_while(|part| !matches!(raw(part).as_str(), "," | "}" | ";"))
            .collect();
        // The last full-width comma of a line stands between options.
        if sentence.last().is_some_and(|last| raw(last) == "，") {
            sentence.pop();
        }
        // What is computed is no sentence.
        let computed = |part: &&Token| {
            part.kind == Kind::Text || raw(part).is_ascii() && part.kind == Kind::Sign
        };
        if sentence.len() < 2 || sentence.iter().any(computed) {
            continue;
        }
        let Some(last) = sentence.last() else {
            continue;
        };
        let (from, to) = (token.span.column, end(last));
        let span = Span {
            length: to - from,
            ..token.span.clone()
        };
        found.retain(|(_, other)| {
            other.line != span.line || other.column < from || other.column >= to
        });
        found.push((trouble(&written(&span, to)), span));
    }
}
