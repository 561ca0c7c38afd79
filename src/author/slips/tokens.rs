//! The tokens of a statement that Rhai can't read, as its author meant them: full-width signs
//! are read as what they stand for, and reported.

use super::Finding;
use crate::author::problem::Trouble;
use crate::author::source::Span;
use std::ops::Range;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    Word,
    Number,
    Text,
    Sign,
}

#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    pub text: String,
    pub span: Span,
    /// First of its line.
    pub first: bool,
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        self.kind == Kind::Sign && self.text == text
    }

    pub fn is_one_of(&self, texts: &[&str]) -> bool {
        self.kind == Kind::Sign && texts.contains(&self.text.as_str())
    }

    /// Whether a value may end here.
    pub fn ends_value(&self) -> bool {
        match self.kind {
            Kind::Word => !KEYWORDS.contains(&self.text.as_str()),
            Kind::Number | Kind::Text => true,
            Kind::Sign => matches!(self.text.as_str(), ")" | "]" | "}"),
        }
    }

    /// Whether a value may begin here.
    pub fn begins_value(&self) -> bool {
        match self.kind {
            Kind::Word => !CONNECTIVES.contains(&self.text.as_str()),
            Kind::Number | Kind::Text => true,
            Kind::Sign => self.text == "#{",
        }
    }

    pub fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Text)
    }
}

/// Words of the language that are no value.
const KEYWORDS: [&str; 19] = [
    "let", "const", "fn", "private", "if", "else", "for", "in", "while", "until", "loop", "do",
    "return", "break", "continue", "throw", "switch", "try", "catch",
];

/// Words that stand between two values or after a block.
const CONNECTIVES: [&str; 5] = ["in", "is", "else", "until", "catch"];

/// Signs of two characters.
const DOUBLE: [&str; 7] = [">=", "<=", "==", "!=", "&&", "||", "#{"];

/// The plain-width form of a full-width sign or digit, where code needs one.
fn narrow(c: char) -> Option<char> {
    Some(match c {
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' => '\'',
        '。' => '.',
        '、' => ',',
        '【' => '[',
        '】' => ']',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(c as u32 - 0xfee0)?;
            if plain.is_ascii_alphabetic() || plain == '_' {
                return None;
            }
            plain
        }
        _ => return None,
    })
}

/// Cuts a statement into tokens.
#[derive(Default)]
pub struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    column: usize,
    pub tokens: Vec<Token>,
    /// Full-width signs, and texts that are not closed.
    pub found: Vec<Finding>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn step(&mut self) {
        match self.peek(0) {
            Some('\n') => (self.line, self.column) = (self.line + 1, 1),
            _ => self.column += 1,
        }
        self.at += 1;
    }

    fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// Reads a statement.
    pub fn read(&mut self, statement: &str) {
        self.chars = statement.chars().collect();
        (self.line, self.column) = (1, 1);
        while let Some(c) = self.peek(0) {
            let next = self.peek(1);
            if c == '\u{3000}' {
                self.full_width(1, " ");
            } else if c.is_whitespace() {
                self.step();
            } else if c == '/' && next == Some('/') {
                while self.peek(0).is_some_and(|c| c != '\n') {
                    self.step();
                }
            } else if c == '/' && next == Some('*') {
                self.comment();
            } else if c == '`' {
                self.take(Kind::Text, |this| {
                    this.until_quote('`', true);
                });
            } else if c == '"' {
                self.plain_text();
            } else if matches!(c, '“' | '”') {
                self.wide_text();
            } else if c.is_ascii_digit() {
                self.number();
            } else if c.is_alphabetic() || c == '_' {
                self.take(Kind::Word, |this| {
                    while this
                        .peek(0)
                        .is_some_and(|c| c.is_alphanumeric() || c == '_')
                        && !this.peek(0).is_some_and(|c| ('０'..='９').contains(&c))
                    {
                        this.step();
                    }
                });
            } else if let Some(plain) = narrow(c).or_else(|| self.begins_wide(c)) {
                self.wide_sign(plain);
            } else {
                let two: String = self.text(self.at..self.at + 2);
                let double = [
                    "#{", ">=", "<=", "==", "!=", "&&", "||", "=>", "=<", "<>", "+=", "-=", "*=",
                    "/=", "**", "..", "::", "??", "?.",
                ];
                let length = 1 + usize::from(double.contains(&two.as_str()));
                self.take(Kind::Sign, |this| (0..length).for_each(|_| this.step()));
            }
        }
    }

    fn take(&mut self, kind: Kind, pass: impl FnOnce(&mut Self)) {
        let (start, line, column) = (self.at, self.line, self.column);
        pass(self);
        let text = self.text(start..self.at);
        let length = text.lines().next().unwrap_or("").chars().count();
        let first = self
            .tokens
            .last()
            .is_none_or(|before| before.span.line < line);
        let span = Span {
            line,
            column,
            length,
        };
        self.tokens.push(Token {
            kind,
            text,
            span,
            first,
        });
    }

    fn number(&mut self) {
        let mut exponent = false;
        self.take(Kind::Number, |this| {
            this.digits();
            let power = match this.peek(0) {
                Some('e' | 'E') => 1 + usize::from(matches!(this.peek(1), Some('+' | '-'))),
                _ => return,
            };
            exponent = this.peek(power).is_some_and(|c| c.is_ascii_digit());
            if exponent {
                (0..power).for_each(|_| this.step());
                this.digits();
            }
        });
        if let Some(token) = self.tokens.last().filter(|_| exponent) {
            let told = super::digits::exponent(&token.text);
            self.found.push((told, token.span.clone()));
        }
    }

    fn digits(&mut self) {
        while self.peek(0).is_some_and(|c| c.is_ascii_digit() || c == '_')
            || (self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()))
        {
            self.step();
        }
    }

    fn comment(&mut self) {
        let mut depth = 0usize;
        while let Some(c) = self.peek(0) {
            match (c, self.peek(1)) {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth = depth.saturating_sub(1),
                _ => {
                    self.step();
                    continue;
                }
            }
            self.step();
            self.step();
            if depth == 0 {
                return;
            }
        }
    }

    /// Passes a text; whether it is closed.
    fn until_quote(&mut self, quote: char, lines: bool) -> bool {
        self.step();
        while let Some(c) = self.peek(0) {
            if c == '\n' && !lines {
                return false;
            }
            if c == '\\' && self.peek(1).is_some_and(|c| c != '\n') {
                self.step();
            }
            self.step();
            if c == quote {
                return true;
            }
        }
        false
    }

    /// The rest of the line from here, as far as a text may reach.
    fn rest(&self) -> Vec<char> {
        const FARTHEST: usize = 2_000;
        let rest = self.chars.get(self.at..).unwrap_or_default();
        (rest.iter().take(FARTHEST))
            .take_while(|c| **c != '\n')
            .copied()
            .collect()
    }

    /// A text that begins with a quotation mark as it should; it may end with a full-width one.
    fn plain_text(&mut self) {
        let rest = self.rest();
        let quotes = |range: &[char]| range.iter().filter(|c| **c == '"').count();
        let wide = rest.iter().position(|c| matches!(c, '“' | '”'));
        let plain = rest.iter().skip(1).position(|c| *c == '"');
        if let Some(wide) = wide
            && quotes(&rest) % 2 == 1
            && ends_text(rest.get(wide + 1..).unwrap_or_default())
            && plain.is_none_or(|plain| wide <= plain)
        {
            self.take(Kind::Text, |this| {
                (0..wide).for_each(|_| this.step());
                this.full_width(1, "\"");
            });
            return;
        }
        let (at, line, column) = (self.at, self.line, self.column);
        let mut closed = false;
        self.take(Kind::Text, |this| closed = this.until_quote('"', false));
        if !closed {
            let length = self.at - at;
            let span = Span {
                line,
                column,
                length,
            };
            self.found.push((unclosed_text(), span));
        }
    }

    /// A text between full-width quotation marks.
    fn wide_text(&mut self) {
        let rest = self.rest();
        let end = rest.iter().skip(1).position(|c| matches!(c, '“' | '”'));
        let plain = rest.iter().skip(1).position(|c| *c == '"');
        let end = match (end, plain) {
            // “清扫" is closed by the plain mark, unless more text follows it.
            (Some(wide), Some(plain)) if plain < wide => {
                match ends_text(rest.get(plain + 2..).unwrap_or_default()) {
                    true => plain,
                    false => wide,
                }
            }
            (Some(wide), _) => wide,
            (None, Some(plain)) => plain,
            (None, None) => {
                self.take(Kind::Text, |this| {
                    this.full_width(1, "\"");
                });
                return;
            }
        };
        self.take(Kind::Text, |this| {
            this.full_width(1, "\"");
            (0..end).for_each(|_| this.step());
            match this.peek(0) {
                Some('"') => this.step(),
                _ => this.full_width(1, "\""),
            }
        });
    }

    /// A sign of which only the second half is full-width: `>＝`.
    fn begins_wide(&self, c: char) -> Option<char> {
        let second = narrow(self.peek(1)?)?;
        DOUBLE
            .contains(&[c, second].iter().collect::<String>().as_str())
            .then_some(c)
    }

    /// A full-width sign outside a text, or a run of full-width digits.
    fn wide_sign(&mut self, plain: char) {
        if plain.is_ascii_digit() {
            let run: String = (self.rest().into_iter())
                .map_while(|c| narrow(c).filter(|c| c.is_ascii_digit() || *c == '.'))
                .collect();
            let length = run.chars().count();
            return self.take(Kind::Number, |this| this.full_width(length, &run));
        }
        // ＞＝ is one sign.
        let both: String = (self.rest().into_iter().take(2))
            .map(|c| narrow(c).unwrap_or(c))
            .collect();
        match DOUBLE.contains(&both.as_str()) {
            true => self.take(Kind::Sign, |this| this.full_width(2, &both)),
            false => self.take(Kind::Sign, |this| this.full_width(1, &plain.to_string())),
        }
        if let Some(token) = self.tokens.last_mut() {
            token.text = if DOUBLE.contains(&both.as_str()) {
                both
            } else {
                plain.to_string()
            };
        }
    }

    /// Passes full-width characters and reports them.
    fn full_width(&mut self, length: usize, plain: &str) {
        let wide = self.text(self.at..self.at + length);
        let span = Span {
            line: self.line,
            column: self.column,
            length,
        };
        (0..length).for_each(|_| self.step());
        let (zh, en) = match plain {
            " " => ("全角空格".to_string(), "a full-width blank".to_string()),
            _ => (
                format!("全角符号 {wide}"),
                format!("a full-width sign {wide}"),
            ),
        };
        let shown = if plain == " " { "空格" } else { plain };
        let shown_en = if plain == " " { "a blank" } else { plain };
        let trouble = Trouble::new(
            "full-width",
            format!("这里用了{zh}"),
            format!("{en} stands here"),
        )
        .advice(
            format!("改成半角 {shown}（切换到英文输入法）"),
            format!("write {shown_en}"),
        )
        .edit(plain);
        self.found.push((trouble, span));
    }
}

/// Whether what follows a quotation mark can follow a text.
fn ends_text(rest: &[char]) -> bool {
    let next = rest.iter().find(|c| !c.is_whitespace());
    next.is_none_or(|c| {
        let plain = narrow(*c).unwrap_or(*c);
        matches!(plain, ',' | ')' | ']' | '}' | ':' | ';' | '=' | '!' | '+')
    })
}

fn unclosed_text() -> Trouble {
    Trouble::new(
        "syntax",
        "引号没有配对：这段文字到行末还没有结束",
        "this text is not closed before the line ends",
    )
    .advice(
        "在文字末尾补一个半角引号 \"",
        "write a quotation mark \" at the end of the text",
    )
}
