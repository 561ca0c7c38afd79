//! Rule files as text: cut into statements, so that each is compiled and run by
//! itself and one broken statement does not hide the problems of the next.

/// A rule file: its path within the standard, and its text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SourceFile {
    /// For instance `3-sanitation/sweeping.rhai`; always with `/`.
    pub path: String,
    /// Rhai.
    pub text: String,
}

/// A top-level statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Statement {
    /// The statement, after as many empty lines and blanks as stand before it in its
    /// file, so that positions are those of the file.
    pub text: String,
    /// First line, from 1.
    pub line: usize,
    /// The word that it begins with.
    pub word: String,
}

/// Words that begin a declaration: at the start of a line they begin a statement, even
/// where a bracket before them was never closed.
pub const DECLARATIONS: [&str; 10] = [
    "standard",
    "chapter",
    "phase",
    "scheme",
    "group",
    "field",
    "parameter",
    "indicator",
    "data_check",
    "example",
];

/// The declaration that a statement is, also where its word is misspelt.
pub fn meant(statement: &Statement) -> Option<&'static str> {
    let word = statement.word.as_str();
    let known = |name: &str| DECLARATIONS.into_iter().find(|known| *known == name);
    known(word).or_else(|| {
        let rest = statement.text.trim_start().get(word.len()..)?;
        let called = rest.trim_start().starts_with(['(', '（']);
        let near = crate::wording::most_like(word, DECLARATIONS).filter(|_| called)?;
        known(&near)
    })
}

/// Whether a statement judges data, and so has to wait until all data is declared.
pub fn judges(statement: &Statement) -> bool {
    if statement.word == "fn" || statement.word == "private" {
        return false;
    }
    let judging = ["indicator", "data_check", "example", "scheme"];
    let called = |word: &&str| statement.text.contains(&[word, "("].concat());
    meant(statement).is_some_and(|word| judging.contains(&word)) || judging.iter().any(called)
}

/// Whether a statement was meant to declare an indicator, also where its word is misspelt.
pub fn declares_indicator(statement: &Statement) -> bool {
    meant(statement) == Some("indicator") || statement.text.contains("indicator(")
}

/// What is longer, in bytes, is no name but a text that was not closed.
const LONGEST_NAME: usize = 1_000;

/// The names that a statement declares, as far as its text tells.
pub fn declared(statement: &Statement) -> Vec<String> {
    let mut names = Vec::new();
    let text = &statement.text;
    let mut calls = vec!["field", "parameter"];
    // A misspelt word may have been meant to declare.
    if !DECLARATIONS.contains(&statement.word.as_str()) {
        calls.push(&statement.word);
    }
    let mut add = |name: &str| {
        if name.len() <= LONGEST_NAME {
            names.push(name.into());
        }
    };
    for call in calls.into_iter().filter(|call| !call.is_empty()) {
        for (at, _) in text.match_indices(call) {
            let rest = text.get(at + call.len()..).unwrap_or("");
            let rest = rest.trim_start_matches(['(', '（', ' ']);
            let Some(rest) = rest.strip_prefix(['"', '“', '”', '`']) else {
                // The quotation marks may be what is wrong.
                let name = rest.split([',', '，']).next().unwrap_or("").trim();
                if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                    add(name);
                }
                continue;
            };
            let label = rest.split(['"', '“', '”', '`', '\n']).next();
            let id = rest.split_once("id: \"");
            let id = id.and_then(|(_, id)| id.split('"').next());
            [label, id].into_iter().flatten().for_each(&mut add);
        }
    }
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .take(3)
        .collect();
    match words.as_slice() {
        ["private", "fn", name, ..] | ["fn" | "let" | "const", name, ..] => {
            names.push((*name).into());
        }
        _ => {}
    }
    names
}

/// Words that begin a statement which ends with its block.
const BLOCKS: [&str; 9] = [
    "fn", "private", "if", "for", "while", "loop", "do", "switch", "try",
];

/// Words that stand only where a statement begins.
const STARTS: [&str; 3] = ["let", "const", "fn"];

/// Closes a bracket, and one within it that was forgotten.
fn close(open: &mut Vec<char>, c: char) {
    let fits = |open: &char| match c {
        ')' => *open == '(',
        ']' => *open == '[',
        _ => matches!(open, '{' | '#'),
    };
    let depth = open.len();
    if open.last().is_some_and(fits) {
        open.pop();
    } else if depth > 1 && open.get(depth - 2).is_some_and(fits) {
        open.truncate(depth - 2);
    }
}

/// The top-level statements of a file.
pub fn statements(source: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let chars: Vec<char> = source.chars().collect();
    let mut cut = Cut {
        chars: &chars,
        at: 0,
        line: 1,
        column: 1,
    };
    while cut.skip_blank() {
        let (start, line, column) = (cut.at, cut.line, cut.column);
        let word = cut.word();
        cut.statement(&word);
        let mut text = "\n".repeat(line - 1);
        text.push_str(&" ".repeat(column - 1));
        text.extend(chars.get(start..cut.at).unwrap_or_default());
        found.push(Statement { text, line, word });
    }
    found
}

/// A stretch of one line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Span {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In characters.
    pub length: usize,
}

/// How many lines a declaration may go on before what is looked for is no longer part of it.
const NEAR: usize = 200;

/// The first place of some words at or after a place, as words of their own.
pub fn find(text: &str, words: &str, line: usize, column: usize) -> Option<Span> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let (starts, ends) = (words.starts_with(word), words.ends_with(word));
    let lines = text.lines().enumerate().skip(line.max(1) - 1).take(NEAR);
    for (index, content) in lines {
        for (at, _) in content.match_indices(words) {
            let (before, after) = (content.get(..at)?, content.get(at + words.len()..)?);
            let part = starts && before.ends_with(word) || ends && after.starts_with(word);
            let here = before.chars().count() + 1;
            if !part && (index + 1 > line || here >= column) {
                return Some(Span {
                    line: index + 1,
                    column: here,
                    length: words.chars().count(),
                });
            }
        }
    }
    None
}

/// Where a comment begins that is never closed: all that follows would be passed over.
pub fn open_comment(source: &str) -> Option<Span> {
    let chars: Vec<char> = source.chars().collect();
    let mut cut = Cut {
        chars: &chars,
        at: 0,
        line: 1,
        column: 1,
    };
    while let Some(c) = cut.peek(0) {
        let (at, line, column) = (cut.at, cut.line, cut.column);
        if matches!(c, '"' | '`') {
            cut.string(c);
        } else if cut.comment() {
            let passed = chars.get(at..cut.at).unwrap_or_default();
            if passed.starts_with(&['/', '*']) && !passed.ends_with(&['*', '/']) {
                return Some(Span {
                    line,
                    column,
                    length: 2,
                });
            }
        } else {
            cut.step();
        }
    }
    None
}

/// Operators of two characters.
const OPERATORS: [&str; 12] = [
    ">=", "<=", "==", "!=", "&&", "||", "**", "+=", "-=", "*=", "/=", "..",
];

/// The characters of a line's span from `column` that belong together: a name, a number or an operator.
pub fn span(line: &str, column: usize) -> usize {
    let rest: Vec<char> = line.chars().skip(column.saturating_sub(1)).collect();
    let word = |c: &&char| c.is_alphanumeric() || **c == '_';
    let quoted = rest.first().filter(|c| matches!(c, '"' | '`'));
    match quoted {
        Some(quote) => match rest.iter().skip(1).position(|c| c == quote) {
            Some(end) => end + 2,
            None => rest.len(),
        },
        None => {
            let two: String = rest.iter().take(2).collect();
            if OPERATORS.contains(&two.as_str()) {
                return 2;
            }
            rest.iter().take_while(word).count().max(1)
        }
    }
}

struct Cut<'a> {
    chars: &'a [char],
    at: usize,
    line: usize,
    column: usize,
}

impl Cut<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn step(&mut self) {
        if self.peek(0) == Some('\n') {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        self.at += 1;
    }

    /// Passes white space, comments and empty statements; whether anything is left.
    fn skip_blank(&mut self) -> bool {
        while let Some(c) = self.peek(0) {
            if c.is_whitespace() || c == ';' || c == '\u{feff}' {
                self.step();
            } else if !self.comment() {
                return true;
            }
        }
        false
    }

    /// Passes a comment, if one is here.
    fn comment(&mut self) -> bool {
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => {
                while self.peek(0).is_some_and(|c| c != '\n') {
                    self.step();
                }
                true
            }
            (Some('/'), Some('*')) => {
                let mut depth = 0usize;
                loop {
                    match (self.peek(0), self.peek(1)) {
                        (Some('/'), Some('*')) => depth += 1,
                        (Some('*'), Some('/')) => depth -= 1,
                        (None, _) => return true,
                        _ => {
                            self.step();
                            continue;
                        }
                    }
                    self.step();
                    self.step();
                    if depth == 0 {
                        return true;
                    }
                }
            }
            _ => false,
        }
    }

    /// The word that begins here, without passing it.
    fn word(&self) -> String {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        rest.iter()
            .take_while(|c| c.is_alphanumeric() || **c == '_')
            .collect()
    }

    fn statement(&mut self, word: &str) {
        let block = BLOCKS.contains(&word) || self.peek(0) == Some('{');
        let mut open: Vec<char> = Vec::new();
        let mut first = true;
        while let Some(c) = self.peek(0) {
            if self.comment() {
                continue;
            }
            if !first && self.column == 1 {
                let word = self.word();
                // What begins there can't stand within ( or #{, so the bracket was never closed.
                let outside = matches!(open.last(), None | Some('{'));
                let begins = STARTS.contains(&word.as_str()) && !outside;
                if begins || DECLARATIONS.contains(&word.as_str()) {
                    return;
                }
            }
            first = false;
            match c {
                '"' | '`' => {
                    self.string(c);
                    continue;
                }
                '(' | '[' => open.push(c),
                '{' => open.push(if self.at > 0 && self.before() == Some('#') {
                    '#'
                } else {
                    '{'
                }),
                ')' | ']' | '}' => close(&mut open, c),
                _ => {}
            }
            self.step();
            if open.is_empty() && (c == ';' || block && c == '}' && !self.goes_on()) {
                return;
            }
        }
    }

    fn before(&self) -> Option<char> {
        self.chars.get(self.at.checked_sub(1)?).copied()
    }

    fn string(&mut self, quote: char) {
        self.step();
        while let Some(c) = self.peek(0) {
            // A quotation mark that is never closed ends with its line.
            if quote == '"' && c == '\n' {
                return;
            }
            if c == '\\' && quote == '"' {
                self.step();
            }
            self.step();
            if c == quote {
                return;
            }
        }
    }

    /// Whether `else`, `while` or `catch` follows, which continue a block.
    fn goes_on(&self) -> bool {
        let mut ahead = Cut { ..*self };
        while ahead.peek(0).is_some_and(char::is_whitespace) || ahead.comment() {
            if ahead.peek(0).is_some_and(char::is_whitespace) {
                ahead.step();
            }
        }
        matches!(ahead.word().as_str(), "else" | "catch")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str) -> Vec<(usize, String)> {
        let trimmed = |s: Statement| (s.line, s.text.trim().to_string());
        statements(source).into_iter().map(trimmed).collect()
    }

    #[test]
    fn statements_end_with_a_semicolon_or_their_block() {
        let source = "// a; b\nfield(\"甲;\", #{ a: 1 });\nfor x in [1] { y(x); }\nif a { b } // d\nelse { c }\nz(`1;\n2`);";
        let found = cut(source);
        assert_eq!(
            found.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
            [2, 3, 4, 6]
        );
        assert_eq!(found[0].1, "field(\"甲;\", #{ a: 1 });");
    }

    #[test]
    fn a_bracket_left_open_does_not_swallow_the_next_declaration() {
        let found = cut("field(\"甲\", #{ id: \"a\"\nfield(\"乙\", #{ id: \"b\" });");
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], (2, "field(\"乙\", #{ id: \"b\" });".into()));
    }

    #[test]
    fn positions_are_those_of_the_file() {
        let all = statements("a();\n  b();");
        assert_eq!(all[1].text, "\n  b();");
    }

    #[test]
    fn a_span_is_a_name_a_number_or_a_sign() {
        assert_eq!(span("  percent(机扫面只, b)", 11), 4);
        assert_eq!(span("a >= b", 3), 2);
        assert_eq!(span("a > b", 3), 1);
        assert_eq!(span("x(\"甲乙\")", 3), 4);
    }
}
