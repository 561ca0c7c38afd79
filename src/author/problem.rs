//! Problems: what is wrong with the rules, where, and what to try.

use super::source::{self, Span};
use crate::wording::Text;
use serde::Serialize;
use std::fmt::Write as _;

/// What is wrong, without its place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Trouble {
    /// Stable code, for tools and tests.
    pub code: &'static str,
    /// What happened.
    pub message: Text,
    /// What exists.
    pub exists: Option<Text>,
    /// What to try.
    pub advice: Option<Text>,
    /// What to write in place of the marked words, where that is certain.
    pub edit: Option<String>,
    /// The rules can be used all the same.
    pub warning: bool,
    /// The words that are wrong, where they stand after the place and not at it.
    #[serde(skip)]
    marks: Option<String>,
}

impl Trouble {
    /// A trouble with its message in Chinese and English.
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            message: Text::new(zh, en),
            exists: None,
            advice: None,
            edit: None,
            warning: false,
            marks: None,
        }
    }

    /// Says which words are wrong: the first such after the place where the problem is told.
    pub fn marks(mut self, words: impl Into<String>) -> Self {
        self.marks = Some(words.into());
        self
    }

    /// Where the mark belongs; without the words that an edit would replace there is none.
    pub(super) fn settle(&mut self, text: &str, from: Span) -> Span {
        let Some(words) = self.marks.take() else {
            return from;
        };
        let found = source::find(text, &words, from.line, from.column);
        if found.is_none() {
            self.edit = None;
        }
        found.unwrap_or(from)
    }

    /// Says what exists.
    pub fn exists(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.exists = Some(Text::new(zh, en));
        self
    }

    /// Says what to write in place of the marked words.
    pub fn edit(mut self, text: impl Into<String>) -> Self {
        self.edit = Some(text.into());
        self
    }

    /// A trouble that does not keep the rules from being used.
    pub fn warning(mut self) -> Self {
        self.warning = true;
        self
    }

    /// Says what was probably meant, and that the marked words are to be replaced by it.
    pub fn like(self, like: Option<&str>, quoted: bool) -> Self {
        let Some(like) = like else { return self };
        let text = match quoted {
            true => format!("\"{like}\""),
            false => like.into(),
        };
        self.advice(format!("改成 {text}"), format!("write {text}"))
            .edit(text)
    }

    /// Says what to try.
    pub fn advice(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.advice = Some(Text::new(zh, en));
        self
    }
}

/// A problem in a rule file.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Problem {
    /// What is wrong.
    #[serde(flatten)]
    pub trouble: Trouble,
    /// Path of the file within the standard.
    pub file: String,
    /// From 1; 0 where the problem is of the file as a whole.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Length of the span, in characters.
    pub length: usize,
    /// The source line.
    pub source: String,
}

impl Problem {
    /// A problem of the standard as a whole.
    pub fn of_standard(trouble: Trouble) -> Self {
        let (file, source) = (String::new(), String::new());
        Self {
            trouble,
            file,
            line: 0,
            column: 0,
            length: 0,
            source,
        }
    }

    /// The problem as a person reads it: message, place, source line with the span marked, advice.
    pub fn show(&self, folder: &str, chinese: bool) -> String {
        let pick = |text: &Text| {
            if chinese {
                text.zh.clone()
            } else {
                text.en.clone()
            }
        };
        let trouble = &self.trouble;
        let mut out = String::new();
        let (error, advice) = match (trouble.warning, chinese) {
            (false, true) => ("错误", "建议："),
            (true, true) => ("提醒", "建议："),
            (false, false) => ("error", "try: "),
            (true, false) => ("warning", "try: "),
        };
        let _ = writeln!(out, "{error}[{}] {}", trouble.code, pick(&trouble.message));
        let separator = if folder.is_empty() || folder.ends_with('/') {
            ""
        } else {
            "/"
        };
        let _ = write!(out, "  --> {folder}{separator}{}", self.file);
        if self.line > 0 {
            let _ = write!(out, ":{}:{}", self.line, self.column);
        }
        out.push('\n');
        let margin = self.line.to_string();
        if self.line > 0 && !self.source.is_empty() {
            let _ = writeln!(out, "{margin} | {}", self.source);
            let before = self.source.chars().take(self.column.saturating_sub(1));
            let blank: String = before
                .map(|c| if c == '\t' { "\t" } else { blanks(c) })
                .collect();
            let span = self
                .source
                .chars()
                .skip(self.column.saturating_sub(1))
                .take(self.length);
            let marks: usize = span.map(|c| blanks(c).len()).sum();
            let _ = write!(
                out,
                "{} | {blank}{}",
                " ".repeat(margin.len()),
                "^".repeat(marks.max(1))
            );
            if let Some(exists) = &trouble.exists {
                let _ = write!(out, " {}", pick(exists));
            }
            out.push('\n');
        } else if let Some(exists) = &trouble.exists {
            let _ = writeln!(out, "  = {}", pick(exists));
        }
        if let Some(text) = &trouble.advice {
            let _ = writeln!(out, "{} = {advice}{}", " ".repeat(margin.len()), pick(text));
        }
        out
    }
}

/// As many blanks as a character is wide in a terminal.
fn blanks(c: char) -> &'static str {
    let wide = matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x2018..=0x201d | 0x1f300..=0x1faff | 0x20000..=0x3fffd);
    if wide { "  " } else { " " }
}
