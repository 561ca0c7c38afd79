//! Signs: a statement that Rhai can't read is looked through again for what people write
//! by habit: full-width signs, `≥`, `=` for `==`, `80%`, 且 and 或, forgotten commas,
//! brackets and quotation marks. All of them are found at once, most with the exact remedy.

use super::problem::Trouble;
use super::source::Span;
use std::ops::Range;

/// What is wrong, and the characters of the statement that are marked.
pub type Finding = (Trouble, Span);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Word,
    Number,
    Text,
    Sign,
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    text: String,
    span: Span,
    /// First of its line.
    first: bool,
}

impl Token {
    fn is(&self, text: &str) -> bool {
        self.kind == Kind::Sign && self.text == text
    }

    fn is_one_of(&self, texts: &[&str]) -> bool {
        self.kind == Kind::Sign && texts.contains(&self.text.as_str())
    }

    /// Whether a value may end here.
    fn ends_value(&self) -> bool {
        match self.kind {
            Kind::Word => !KEYWORDS.contains(&self.text.as_str()),
            Kind::Number | Kind::Text => true,
            Kind::Sign => matches!(self.text.as_str(), ")" | "]" | "}"),
        }
    }

    /// Whether a value may begin here.
    fn begins_value(&self) -> bool {
        match self.kind {
            Kind::Word => !CONNECTIVES.contains(&self.text.as_str()),
            Kind::Number | Kind::Text => true,
            Kind::Sign => self.text == "#{",
        }
    }

    fn is_name(&self) -> bool {
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

/// Signs as people write them, and as Rhai reads them.
const HABITS: [(&str, &str); 14] = [
    ("≥", ">="),
    ("⩾", ">="),
    ("≧", ">="),
    ("≤", "<="),
    ("⩽", "<="),
    ("≦", "<="),
    ("≠", "!="),
    ("×", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("–", "-"),
    ("=>", ">="),
    ("=<", "<="),
    ("<>", "!="),
];

/// Words that people write for a sign between two values.
const AND_OR: [(&str, &str); 9] = [
    ("and", "&&"),
    ("AND", "&&"),
    ("且", "&&"),
    ("并且", "&&"),
    ("而且", "&&"),
    ("or", "||"),
    ("OR", "||"),
    ("或", "||"),
    ("或者", "||"),
];

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

/// Everything in a statement that was written by habit, in order.
pub fn look_through(statement: &str) -> Vec<Finding> {
    let mut reader = Reader::default();
    reader.read(statement);
    let Reader {
        tokens, mut found, ..
    } = reader;
    wrong_signs(&tokens, &mut found);
    // Brackets are counted when the signs are right.
    if found.is_empty() {
        structure(&tokens, &mut found);
    }
    found.sort_by_key(|(_, span)| (span.line, span.column));
    found
}

/// Cuts a statement into tokens.
#[derive(Default)]
struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    column: usize,
    tokens: Vec<Token>,
    found: Vec<Finding>,
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

    fn read(&mut self, statement: &str) {
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
                self.take(Kind::Number, |this| {
                    while this.peek(0).is_some_and(|c| c.is_ascii_digit() || c == '_')
                        || (this.peek(0) == Some('.')
                            && this.peek(1).is_some_and(|c| c.is_ascii_digit()))
                    {
                        this.step();
                    }
                });
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
            } else if let Some(plain) = narrow(c) {
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

    /// The rest of the line from here.
    fn rest(&self) -> Vec<char> {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        rest.iter().take_while(|c| **c != '\n').copied().collect()
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
        let known = [">=", "<=", "==", "!=", "&&", "||", "#{"];
        match known.contains(&both.as_str()) {
            true => self.take(Kind::Sign, |this| this.full_width(2, &both)),
            false => self.take(Kind::Sign, |this| this.full_width(1, &plain.to_string())),
        }
        if let Some(token) = self.tokens.last_mut() {
            token.text = if known.contains(&both.as_str()) {
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

fn wrong_sign(written: &str, right: &str, zh: &str, en: &str) -> Trouble {
    Trouble::new("wrong-sign", zh, en)
        .advice(
            format!("把 {written} 改成 {right}"),
            format!("write {right} for {written}"),
        )
        .edit(right)
}

/// Signs and words that mean another sign.
fn wrong_signs(tokens: &[Token], found: &mut Vec<Finding>) {
    let mut open: Vec<&str> = Vec::new();
    let mut testing = false;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| tokens.get(index));
        let next = tokens.get(index + 1);
        let after_value = before.is_some_and(Token::ends_value);
        match (token.kind, token.text.as_str()) {
            (Kind::Sign, "(" | "[" | "{" | "#{") => {
                testing &= token.text != "{";
                open.push(&token.text);
            }
            (Kind::Sign, ")" | "]" | "}") => {
                open.pop();
            }
            (Kind::Word, "if" | "while" | "until") => testing = true,
            (Kind::Word, "let" | "const") => testing = false,
            (Kind::Sign, "=") => {
                let inside = open.last().copied();
                let option = inside == Some("#{")
                    && before.is_some_and(Token::is_name)
                    && index
                        .checked_sub(2)
                        .and_then(|index| tokens.get(index))
                        .is_some_and(|token| token.is_one_of(&[",", "#{"]));
                if option {
                    found.push((
                        wrong_sign(
                            "=",
                            ":",
                            "项目和值之间写冒号",
                            "a colon stands between an option and its value",
                        ),
                        token.span.clone(),
                    ));
                } else if testing || matches!(inside, Some("(" | "[" | "#{")) {
                    found.push((
                        wrong_sign(
                            "=",
                            "==",
                            "比较是否相等写两个等号",
                            "two equals signs compare",
                        ),
                        token.span.clone(),
                    ));
                }
            }
            (Kind::Sign, "%") => percent(before, token, next, found),
            (Kind::Sign, text) => {
                if let Some((_, right)) = HABITS.iter().find(|(habit, _)| *habit == text) {
                    let (zh, en) = (
                        format!("规则里不能写 {text}"),
                        format!("{text} can't be written in rules"),
                    );
                    found.push((wrong_sign(text, right, &zh, &en), token.span.clone()));
                }
            }
            (Kind::Word, text) => {
                let followed = next.is_some_and(|next| {
                    next.begins_value() || next.is_one_of(&["(", "[", "!", "-"])
                });
                if after_value && !token.first {
                    habit_word(token, followed, found);
                } else if text == "not" && next.is_some_and(|next| next.kind == Kind::Word) {
                    let trouble = wrong_sign("not", "!", "“不”写成感叹号", "not is written !");
                    found.push((trouble, token.span.clone()));
                } else if matches!(text, "如果" | "若") && next.is_some_and(Token::begins_value)
                {
                    let trouble = wrong_sign(text, "if", "“如果”写成 if", "the word is if");
                    found.push((trouble, token.span.clone()));
                }
            }
            _ => {}
        }
    }
}

/// 且 and 或 between values, also where no blank follows them, and 否则 after a block.
fn habit_word(token: &Token, followed: bool, found: &mut Vec<Finding>) {
    let text = token.text.as_str();
    if matches!(text, "否则" | "不然") {
        let trouble = wrong_sign(text, "else", "“否则”写成 else", "the word is else");
        found.push((trouble, token.span.clone()));
        return;
    }
    let whole = AND_OR.iter().find(|(word, _)| *word == text && followed);
    let glued = || {
        let chinese = |word: &&&(&str, &str)| !word.0.is_ascii() && text.starts_with(word.0);
        let longest = |word: &&(&str, &str)| word.0.len();
        AND_OR
            .iter()
            .filter(|word| chinese(&word))
            .max_by_key(longest)
    };
    let Some((word, sign)) = whole.or_else(glued) else {
        return;
    };
    let trouble = Trouble::new(
        "wrong-sign",
        format!("“{word}”写成 {sign}"),
        format!("{word} is written {sign}"),
    )
    .advice(
        format!("把 {word} 改成 {sign}"),
        format!("write {sign} for {word}"),
    );
    // A value may follow without a blank.
    let trouble = match *word == text {
        true => trouble.edit(*sign),
        false => trouble.edit(format!("{sign} ")),
    };
    let span = Span {
        length: word.chars().count(),
        ..token.span.clone()
    };
    found.push((trouble, span));
}

/// `80%` is a number; the unit stands with the field or parameter.
fn percent(before: Option<&Token>, token: &Token, next: Option<&Token>, found: &mut Vec<Finding>) {
    let Some(number) = before.filter(|before| before.kind == Kind::Number) else {
        return;
    };
    let goes_on = next.is_some_and(|next| {
        next.span.line == token.span.line
            && (next.begins_value() && next.kind != Kind::Word || next.is("("))
    });
    let adjacent = number.span.line == token.span.line
        && number.span.column + number.span.length == token.span.column;
    if !adjacent || goes_on {
        return;
    }
    let trouble = Trouble::new(
        "wrong-sign",
        format!("数后面不写 %：{}%", number.text),
        format!("a number is written without %: {}%", number.text),
    )
    .advice(
        format!("写成 {}；单位写在字段或参数的 unit 里", number.text),
        format!(
            "write {}; the unit stands in unit of the field or parameter",
            number.text
        ),
    )
    .edit(number.text.clone());
    let span = Span {
        length: number.span.length + 1,
        ..number.span.clone()
    };
    found.push((trouble, span));
}

/// Brackets, commas and semicolons.
fn structure(tokens: &[Token], found: &mut Vec<Finding>) {
    let mut open: Vec<&Token> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| tokens.get(index));
        let next = tokens.get(index + 1);
        let inside = open.last().map_or("", |token| token.text.as_str());
        let key = token.is_name() && next.is_some_and(|next| next.is(":"));
        if inside == "#{" && key && !before.is_some_and(|b| b.is_one_of(&[",", "#{"])) {
            no_comma(before, found);
        } else if matches!(inside, "(" | "[" | "#{")
            && token.begins_value()
            && before.is_some_and(|before| before.ends_value() && !before.is("}"))
            && found.is_empty()
        {
            let trouble = Trouble::new(
                "syntax",
                format!("{} 前面少了逗号或运算符", token.text),
                format!("a comma or a sign is missing before {}", token.text),
            )
            .advice(
                "两项之间写逗号；两个条件之间写 && 或 ||",
                "write a comma between two items, && or || between two conditions",
            );
            found.push((trouble, token.span.clone()));
        } else if matches!(inside, "" | "{")
            && token.first
            && token.begins_value()
            && before.is_some_and(|before| before.ends_value() && !before.is("}"))
        {
            no_semicolon(before, found);
        }
        if token.is_one_of(&OPERATORS) && next.is_some_and(ends_early) {
            found.push((no_value(&token.text), token.span.clone()));
        }
        match token.text.as_str() {
            "(" | "[" | "#{" if token.kind == Kind::Sign => open.push(token),
            "{" if token.kind == Kind::Sign => {
                let option = next.is_some_and(Token::is_name)
                    && tokens.get(index + 2).is_some_and(|token| token.is(":"));
                if option {
                    found.push((no_hash(), token.span.clone()));
                }
                open.push(token);
            }
            ")" | "]" | "}" if token.kind == Kind::Sign => {
                if let Some(finding) = close(&mut open, token) {
                    found.push(finding);
                    return;
                }
            }
            _ => {}
        }
    }
    // An error before it is often why a bracket seems to be open.
    if found.is_empty()
        && let Some(token) = open.last()
    {
        let closing = closing(&token.text);
        let trouble = Trouble::new(
            "syntax",
            format!("这里的 {} 没有配对的 {closing}", token.text),
            format!("this {} has no {closing}", token.text),
        )
        .advice(
            format!("在这条声明的末尾补上 {closing}"),
            format!("write {closing} where this declaration ends"),
        );
        found.push((trouble, token.span.clone()));
    }
}

/// Signs after which a value comes.
const OPERATORS: [&str; 15] = [
    ":", "=", "+", "-", "*", "/", ">=", ">", "<=", "<", "==", "!=", "&&", "||", "!",
];

fn ends_early(token: &Token) -> bool {
    token.is_one_of(&[",", ";", ")", "]", "}"])
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

fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

/// Closes a bracket; what is wrong if another one is open.
fn close(open: &mut Vec<&Token>, token: &Token) -> Option<Finding> {
    let Some(last) = open.pop() else {
        let trouble = Trouble::new(
            "syntax",
            format!("多了一个 {}", token.text),
            format!("there is one {} too many", token.text),
        )
        .advice("删去它", "delete it");
        return Some((trouble, token.span.clone()));
    };
    let right = closing(&last.text);
    if right == token.text {
        return None;
    }
    let trouble = Trouble::new(
        "syntax",
        format!(
            "第 {} 行的 {} 还没有配对的 {right}，这里却是 {}",
            last.span.line, last.text, token.text
        ),
        format!(
            "{} of line {} has no {right} yet, but here stands {}",
            last.text, last.span.line, token.text
        ),
    )
    .advice(
        format!("在 {} 前面补上 {right}", token.text),
        format!("write {right} before {}", token.text),
    );
    let fits = open
        .last()
        .is_some_and(|open| closing(&open.text) == token.text);
    let trouble = match fits {
        true => trouble.edit([right, &token.text].concat()),
        false => trouble,
    };
    Some((trouble, token.span.clone()))
}

fn no_hash() -> Trouble {
    Trouble::new(
        "syntax",
        "大括号前面少了 #",
        "# is missing before the brace",
    )
    .advice("一组项目写成 #{ 项目: 值 }", "write #{ option: value }")
    .edit("#{")
}

/// No comma after a token, or another sign.
fn no_comma(before: Option<&Token>, found: &mut Vec<Finding>) {
    let Some(before) = before else { return };
    if before.is_one_of(&[";", "."]) {
        let trouble = wrong_sign(
            &before.text,
            ",",
            "各项之间写逗号",
            "a comma stands between options",
        );
        found.push((trouble, before.span.clone()));
    } else if before.ends_value() {
        let text = &before.text;
        let trouble = Trouble::new(
            "syntax",
            format!("{text} 后面少了逗号"),
            format!("a comma is missing after {text}"),
        )
        .advice(format!("写成 {text},"), format!("write {text},"));
        let trouble = match text.contains('\n') {
            true => trouble,
            false => trouble.edit(format!("{text},")),
        };
        found.push((trouble, before.span.clone()));
    } else {
        let trouble = Trouble::new(
            "syntax",
            format!("{} 后面少了值", before.text),
            format!("a value is missing after {}", before.text),
        )
        .advice(
            "每一项写成 项目: 值,",
            "write each option as option: value,",
        );
        found.push((trouble, before.span.clone()));
    }
}

fn no_semicolon(before: Option<&Token>, found: &mut Vec<Finding>) {
    let Some(before) = before else { return };
    let text = &before.text;
    let trouble = Trouble::new(
        "syntax",
        format!("{text} 后面少了分号，下一行是另一句了"),
        format!("a semicolon is missing after {text}: the next line is another statement"),
    )
    .advice(format!("写成 {text};"), format!("write {text};"));
    let trouble = match text.contains('\n') {
        true => trouble,
        false => trouble.edit(format!("{text};")),
    };
    found.push((trouble, before.span.clone()));
}
