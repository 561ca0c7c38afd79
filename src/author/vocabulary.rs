//! The vocabulary as data for editors: every word with its usage and meaning, its options
//! and the texts that these may have. The words themselves are told in `doc` and `words`.

use super::doc::DECLARATIONS;
use super::words::WORDS;
use crate::rulebook::{Confidence, FieldType, ZeroPolicy};
use serde::Serialize;

/// A word of the rule language.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// Whether it declares something, or makes a value or a condition.
    pub declares: bool,
    /// How it is written.
    pub usage: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What may stand between its `#{` and `}`.
    pub options: Vec<Choice>,
}

/// An option of a declaration.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Choice {
    /// Its name.
    pub word: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// How its value is written.
    pub how: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// The texts that it may have; empty where any will do.
    pub values: Vec<&'static str>,
}

/// All words: what declares first, then values and conditions.
pub fn vocabulary() -> Vec<Word> {
    let declarations = DECLARATIONS.iter().map(|declaration| {
        let options = declaration.options.iter().map(|option| Choice {
            word: option.name,
            needed: option.needed,
            how: option.how,
            meaning: option.meaning,
            values: values(option.name, option.how),
        });
        Word {
            word: declaration.word,
            declares: true,
            usage: declaration.usage,
            meaning: declaration.meaning,
            options: options.collect(),
        }
    });
    let words = WORDS.iter().map(|told| Word {
        word: told.word,
        declares: false,
        usage: told.usage[0],
        meaning: told.meaning[0],
        options: Vec::new(),
    });
    declarations.chain(words).collect()
}

/// The texts that an option may have: its type's own, or those in a list such as
/// `"base"、"bonus" 或 "penalty"`.
fn values(name: &str, how: &'static str) -> Vec<&'static str> {
    fn all<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
        words.iter().map(|(word, _)| *word).collect()
    }
    match name {
        "type" => return all(&FieldType::WORDS),
        "zero" => return all(&ZeroPolicy::WORDS),
        "confidence" => return all(&Confidence::WORDS),
        _ => {}
    }
    if !how.starts_with('"') {
        return Vec::new();
    }
    how.split('"').skip(1).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_told_once() {
        let mut words: Vec<&str> = vocabulary().iter().map(|word| word.word).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }

    #[test]
    fn texts_are_read_from_how_an_option_is_written() {
        assert_eq!(
            values("severity", "\"error\" 或 \"warning\""),
            ["error", "warning"]
        );
        assert_eq!(
            values("kind", "\"base\"、\"bonus\" 或 \"penalty\""),
            ["base", "bonus", "penalty"]
        );
        assert_eq!(values("given", "true 或 false"), [""; 0]);
        assert_eq!(values("title", "文字"), [""; 0]);
        assert_eq!(values("from", "日期，或月份 \"2023-03\""), [""; 0]);
    }
}
