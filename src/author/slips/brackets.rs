//! Brackets, commas, semicolons and values that were forgotten.

use super::Finding;
use super::signs::wrong_sign;
use super::tokens::{Kind, Token};
use crate::author::problem::Trouble;
use crate::author::source::DECLARATIONS;
use crate::author::words::WORDS;

/// What is missing in a statement, as far as it can be told.
pub fn missing(tokens: &[Token]) -> Vec<Finding> {
    let mut reading = Reading::default();
    for (index, token) in tokens.iter().enumerate() {
        let at = |index: Option<usize>| index.and_then(|index| tokens.get(index));
        let around = Around {
            before: at(index.checked_sub(1)),
            token,
            next: at(Some(index + 1)),
            second: at(Some(index + 2)),
        };
        if reading.take(&around) {
            return reading.found;
        }
    }
    // An error before it is often why a bracket seems to be open.
    if reading.found.is_empty() {
        reading.unclosed(tokens.last());
    }
    reading.found
}

/// A token with those around it.
struct Around<'a> {
    before: Option<&'a Token>,
    token: &'a Token,
    next: Option<&'a Token>,
    second: Option<&'a Token>,
}

impl Around<'_> {
    /// Whether two values stand side by side.
    fn adjacent(&self) -> bool {
        let ended = |before: &Token| before.ends_value() && !before.is("}");
        self.token.begins_value() && self.before.is_some_and(ended)
    }

    /// Whether an option begins here: `name:`.
    fn is_key(&self) -> bool {
        self.token.is_name() && self.next.is_some_and(|next| next.is(":"))
    }

    fn follows(&self, signs: &[&str]) -> bool {
        self.before.is_some_and(|before| before.is_one_of(signs))
    }
}

/// An open bracket.
struct Open<'a> {
    /// The bracket, also where it is forgotten.
    text: &'a str,
    token: &'a Token,
    /// The first comma directly within a block, where none belongs.
    comma: Option<&'a Token>,
}

/// The brackets that are open while a statement is read.
#[derive(Default)]
struct Reading<'a> {
    open: Vec<Open<'a>>,
    /// Between `if` and its block.
    testing: bool,
    /// The first comma within a block that is closed.
    suspect: Option<&'a Token>,
    found: Vec<Finding>,
}

impl<'a> Reading<'a> {
    fn inside(&self) -> &'a str {
        self.open.last().map_or("", |open| open.text)
    }

    fn push(&mut self, text: &'a str, token: &'a Token) {
        let comma = None;
        self.open.push(Open { text, token, comma });
    }

    fn report(&mut self, trouble: Trouble, token: &Token) {
        self.found.push((trouble, token.span.clone()));
    }

    /// Takes a token; whether there is no use in reading on.
    fn take(&mut self, around: &Around<'a>) -> bool {
        let (token, inside) = (around.token, self.inside());
        if matches!(inside, "(" | "[") && around.is_key() {
            match around
                .before
                .filter(|before| self.lacks_options(around, before))
            {
                Some(before) => {
                    let text = before.text.as_str();
                    let blank = if text == "," { " " } else { "" };
                    self.report(added(text, "#{", &[text, blank, "#{"].concat()), before);
                    self.push("#{", token);
                    return false;
                }
                None if self.in_options() => {
                    if let Some(open) = self.open.pop() {
                        self.report(no_pair(open.token), open.token);
                    }
                    return true;
                }
                None => {}
            }
        }
        self.separated(around);
        match (token.kind, token.text.as_str()) {
            (Kind::Word, "if" | "while") => self.testing = true,
            (Kind::Word, "else") => self.around_else(around),
            (Kind::Sign, "#") => {
                self.report(added("#", "{", "#{"), token);
                self.push("#{", token);
            }
            (Kind::Sign, "{") => {
                let option = around.next.is_some_and(Token::is_name)
                    && around.second.is_some_and(|token| token.is(":"));
                if option {
                    let trouble = Trouble::new(
                        "syntax",
                        "大括号前面少了 #",
                        "# is missing before the brace",
                    )
                    .advice("一组项目写成 #{ 项目: 值 }", "write #{ option: value }")
                    .edit("#{");
                    self.report(trouble, token);
                    self.push("#{", token);
                    return false;
                } else if inside == "(" && !self.testing && ends_value(around.before) {
                    if let Some(before) = around.before {
                        let text = &before.text;
                        self.report(added(text, ")", &[text, ")"].concat()), before);
                    }
                    return true;
                }
                self.testing = false;
                self.push("{", token);
            }
            (Kind::Sign, text @ ("(" | "[" | "#{")) => self.push(text, token),
            (Kind::Sign, ")" | "]" | "}") => return self.close(token),
            (Kind::Sign, ",") if inside == "{" => {
                if let Some(open) = self.open.last_mut() {
                    open.comma.get_or_insert(token);
                }
            }
            (Kind::Sign, text) => {
                let early = |next: &Token| next.is_one_of(&[",", ";", ")", "]", "}"]);
                if OPERATORS.contains(&text) && around.next.is_some_and(early) {
                    self.report(no_value(text), token);
                }
            }
            _ => {}
        }
        false
    }

    /// Whether an option begins where `#{` was forgotten, and not a bracket before it.
    fn lacks_options(&self, around: &Around<'a>, before: &Token) -> bool {
        let next_line = around.token.first && self.in_options();
        before.is_one_of(&["(", "["]) || before.is(",") && self.inside() == "(" && !next_line
    }

    /// Whether a bracket stands within the options of a declaration.
    fn in_options(&self) -> bool {
        self.open.iter().any(|open| open.text == "#{")
    }

    /// What should stand between a token and the one before it.
    fn separated(&mut self, around: &Around<'a>) {
        let (token, inside) = (around.token, self.inside());
        let Some(before) = around.before else { return };
        let text = before.text.as_str();
        let word = DECLARATIONS.contains(&text) || WORDS.iter().any(|told| told.word == text);
        if word && before.kind == Kind::Word && (token.kind == Kind::Text || token.is("#{")) {
            self.report(added(text, "(", &[text, "("].concat()), before);
            self.push("(", before);
        } else if inside == "#{"
            && around.is_key()
            && !around.follows(&[",", "#{", "#", "{", "(", "["])
        {
            self.no_comma(before);
        } else if self.testing && around.adjacent() {
            self.report(added(text, "{", &[text, " {"].concat()), before);
            self.push("{", before);
            self.testing = false;
        } else if inside == "{" && around.is_key() && before.is(",") {
            self.report(added("", "}", "},"), before);
            self.open.pop();
        } else if matches!(inside, "(" | "[" | "#{") && around.adjacent() {
            if self.found.is_empty() {
                let text = &token.text;
                let trouble = Trouble::new(
                    "syntax",
                    format!("{text} 前面少了逗号或运算符"),
                    format!("a comma or a sign is missing before {text}"),
                )
                .advice(
                    "两项之间写逗号；两个条件之间写 && 或 ||",
                    "write a comma between two items, && or || between two conditions",
                );
                self.report(trouble, token);
            }
        } else if token.first && around.adjacent() {
            let trouble = Trouble::new(
                "syntax",
                format!("{text} 后面少了分号，下一行是另一句了"),
                format!("a semicolon is missing after {text}: the next line is another statement"),
            )
            .advice(format!("写成 {text};"), format!("write {text};"));
            self.report(one_line(trouble, before, ";"), before);
        }
    }

    /// No comma after a token, or another sign, or nothing.
    fn no_comma(&mut self, before: &Token) {
        let text = before.text.as_str();
        let trouble = match text {
            ";" | "." => wrong_sign(
                text,
                ",",
                "各项之间写逗号",
                "a comma stands between options",
            ),
            _ if before.ends_value() => {
                let trouble = Trouble::new(
                    "syntax",
                    format!("{text} 后面少了逗号"),
                    format!("a comma is missing after {text}"),
                )
                .advice(format!("写成 {text},"), format!("write {text},"));
                one_line(trouble, before, ",")
            }
            _ => no_value(text),
        };
        self.report(trouble, before);
    }

    /// `else` stands between two blocks.
    fn around_else(&mut self, around: &Around<'a>) {
        let token = around.token;
        let closed = around.follows(&["}"]) || self.inside() != "{";
        let goes_on = |next: &Token| next.text == "if" || next.is("{");
        let opened = around.next.is_some_and(goes_on);
        if !closed {
            let right = if opened { "} else" } else { "} else {" };
            self.report(added("", "}", right), token);
            self.open.pop();
        } else if !opened {
            self.report(added("else", "{", "else {"), token);
        }
        if !opened {
            self.push("{", token);
        }
    }

    /// Closes a bracket; whether another one is open.
    fn close(&mut self, token: &Token) -> bool {
        let Some(last) = self.open.pop() else {
            let trouble = Trouble::new(
                "syntax",
                format!("多了一个 {}", token.text),
                format!("there is one {} too many", token.text),
            )
            .advice("删去它", "delete it");
            self.report(trouble, token);
            return true;
        };
        let right = closing(last.text);
        if right == token.text {
            self.suspect = self.suspect.or(last.comma);
            return false;
        }
        if let Some(comma) = last.comma.or(self.suspect) {
            self.report(added("", "}", "},"), comma);
            return true;
        }
        let (text, open, line) = (&token.text, last.text, last.token.span.line);
        let trouble = Trouble::new(
            "syntax",
            format!("第 {line} 行的 {open} 还没有配对的 {right}，这里却是 {text}"),
            format!("{open} of line {line} has no {right} yet, but here stands {text}"),
        )
        .advice(
            format!("在 {text} 前面补上 {right}"),
            format!("write {right} before {text}"),
        );
        let fits = |open: &Open<'_>| closing(open.text) == text;
        let trouble = match self.open.last().is_some_and(fits) {
            true => trouble.edit([right, text].concat()),
            false => trouble,
        };
        self.report(trouble, token);
        true
    }

    /// The statement ends while brackets are open.
    fn unclosed(&mut self, last: Option<&Token>) {
        let Some(open) = self.open.pop() else { return };
        let (text, line) = (open.text, open.token.span.line);
        match last.filter(|last| last.is(";") && self.open.is_empty()) {
            // Only one is missing, and the statement says where it ends.
            Some(last) => {
                let right = closing(text);
                let trouble = Trouble::new(
                    "syntax",
                    format!("第 {line} 行的 {text} 到这里还没有配对的 {right}"),
                    format!("{text} of line {line} has no {right} up to here"),
                )
                .advice(
                    format!("在分号前面补上 {right}"),
                    format!("write {right} before the semicolon"),
                )
                .edit([right, ";"].concat());
                self.report(trouble, last);
            }
            None => self.report(no_pair(open.token), open.token),
        }
    }
}

/// Signs after which a value comes.
const OPERATORS: [&str; 15] = [
    ":", "=", "+", "-", "*", "/", ">=", ">", "<=", "<", "==", "!=", "&&", "||", "!",
];

fn ends_value(token: Option<&Token>) -> bool {
    token.is_some_and(Token::ends_value)
}

fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

/// A sign that is missing after some text, with the text as it should be.
fn added(after: &str, sign: &str, right: &str) -> Trouble {
    let (zh, en) = match after {
        "" => (
            format!("这里前面少了 {sign}"),
            format!("{sign} is missing before this"),
        ),
        after => (
            format!("{after} 后面少了 {sign}"),
            format!("{sign} is missing after {after}"),
        ),
    };
    Trouble::new("syntax", zh, en)
        .advice(format!("写成 {right}"), format!("write {right}"))
        .edit(right)
}

fn no_value(sign: &str) -> Trouble {
    Trouble::new(
        "syntax",
        format!("{sign} 后面少了值"),
        format!("a value is missing after {sign}"),
    )
    .advice(
        "写上值：数、引号里的文字，或字段的名称",
        "write a value: a number, a text in quotation marks, or the name of a field",
    )
}

fn no_pair(open: &Token) -> Trouble {
    let (text, right) = (&open.text, closing(&open.text));
    Trouble::new(
        "syntax",
        format!("这里的 {text} 没有配对的 {right}"),
        format!("this {text} has no {right}"),
    )
    .advice(
        format!("在括起来的内容末尾补上 {right}"),
        format!("write {right} where what it holds ends"),
    )
}

/// Adds a sign after a text, unless that goes over several lines.
fn one_line(trouble: Trouble, before: &Token, sign: &str) -> Trouble {
    match before.text.contains('\n') {
        true => trouble,
        false => trouble.edit([&before.text, sign].concat()),
    }
}
