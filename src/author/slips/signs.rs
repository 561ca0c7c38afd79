//! Signs and words as people write them by habit: `≥`, `=` for `==`, `80%`, 且 and 或.

use super::Finding;
use super::tokens::{Kind, Token};
use crate::author::problem::Trouble;
use crate::author::source::Span;

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

/// A sign that is written another way.
pub fn wrong_sign(written: &str, right: &str, zh: &str, en: &str) -> Trouble {
    Trouble::new("wrong-sign", zh, en)
        .advice(
            format!("把 {written} 改成 {right}"),
            format!("write {right} for {written}"),
        )
        .edit(right)
}

/// Signs and words that mean another sign.
pub fn wrong_signs(tokens: &[Token], found: &mut Vec<Finding>) {
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
