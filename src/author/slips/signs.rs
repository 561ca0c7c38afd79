//! Signs and words as people write them by habit: `≥`, `=` for `==`, `80%`, 且 and 不低于.

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
pub const SIGN_WORDS: [(&str, &str); 29] = [
    ("and", "&&"),
    ("AND", "&&"),
    ("且", "&&"),
    ("并且", "&&"),
    ("而且", "&&"),
    ("or", "||"),
    ("OR", "||"),
    ("或", "||"),
    ("或者", "||"),
    ("不低于", ">="),
    ("不少于", ">="),
    ("不小于", ">="),
    ("大于等于", ">="),
    ("大于或等于", ">="),
    ("达到", ">="),
    ("不高于", "<="),
    ("不超过", "<="),
    ("不大于", "<="),
    ("不多于", "<="),
    ("小于等于", "<="),
    ("小于或等于", "<="),
    ("高于", ">"),
    ("大于", ">"),
    ("超过", ">"),
    ("低于", "<"),
    ("小于", "<"),
    ("少于", "<"),
    ("不等于", "!="),
    ("等于", "=="),
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
            (Kind::Sign, "=") if split_sign(before, token).is_some() => {
                found.extend(split_sign(before, token));
            }
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
            (Kind::Number, text) if text.matches('.').count() > 1 => {
                found.push((no_number(text), token.span.clone()));
            }
            (Kind::Sign, "%") => percent(before, token, next, found),
            (Kind::Sign, ",") if open.last() != Some(&"(") && open.last() != Some(&"[") => {
                found.extend(thousands(before, token, next));
            }
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
                    let count = found.len();
                    habit_word(token, followed, found);
                    let key = next.is_some_and(|next| next.is(":"));
                    if found.len() == count && !key {
                        found.extend(before.and_then(|number| measured(number, token)));
                    }
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

/// 且 and 不低于 between values, also where no blank follows them, and 否则 after a block.
fn habit_word(token: &Token, followed: bool, found: &mut Vec<Finding>) {
    let text = token.text.as_str();
    if matches!(text, "否则" | "不然") {
        let trouble = wrong_sign(text, "else", "“否则”写成 else", "the word is else");
        found.push((trouble, token.span.clone()));
        return;
    }
    let whole = SIGN_WORDS
        .iter()
        .find(|(word, _)| *word == text && followed);
    let glued = || {
        let chinese = |word: &&&(&str, &str)| !word.0.is_ascii() && text.starts_with(word.0);
        let longest = |word: &&(&str, &str)| word.0.len();
        SIGN_WORDS
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

/// `> =` is one sign.
fn split_sign(before: Option<&Token>, token: &Token) -> Option<Finding> {
    let before = before.filter(|before| before.is_one_of(&[">", "<", "!", "="]))?;
    if before.span.line != token.span.line {
        return None;
    }
    let right = [&before.text, "="].concat();
    let trouble = Trouble::new(
        "wrong-sign",
        format!("{right} 中间不能有空格"),
        format!("no blank stands within {right}"),
    )
    .advice(format!("写成 {right}"), format!("write {right}"))
    .edit(right);
    let span = Span {
        length: token.span.column + 1 - before.span.column,
        ..before.span.clone()
    };
    Some((trouble, span))
}

/// `2023.5.31` is a date, or nothing.
fn no_number(text: &str) -> Trouble {
    let trouble = Trouble::new(
        "wrong-sign",
        format!("{text} 不是数"),
        format!("{text} is no number"),
    )
    .advice(
        "数只有一个小数点；日期写在引号里，例如 \"2023-05-31\"",
        "a number has one point; dates stand in quotation marks, for instance \"2023-05-31\"",
    );
    match crate::date::Date::parse(text) {
        Some(date) => trouble.edit(format!("\"{date}\"")),
        None => trouble,
    }
}

/// `1,000` is one number.
fn thousands(before: Option<&Token>, token: &Token, next: Option<&Token>) -> Option<Finding> {
    let (before, next) = (before?, next?);
    let adjacent = |a: &Token, b: &Token| {
        a.span.line == b.span.line && a.span.column + a.span.length == b.span.column
    };
    let numbers = before.kind == Kind::Number && next.kind == Kind::Number;
    if !numbers || !adjacent(before, token) || !adjacent(token, next) {
        return None;
    }
    let whole = [&before.text, &token.text, &next.text]
        .map(String::as_str)
        .concat();
    let span = Span {
        length: whole.chars().count(),
        ..before.span.clone()
    };
    let digits = next.text.chars().take_while(char::is_ascii_digit).count();
    if digits != 3 {
        return None;
    }
    let right = [before.text.as_str(), &next.text].concat();
    let trouble = Trouble::new(
        "wrong-sign",
        format!("数里不写逗号：{whole}"),
        format!("no comma stands within a number: {whole}"),
    )
    .advice(format!("写成 {right}"), format!("write {right}"))
    .edit(right);
    Some((trouble, span))
}

/// `90 分` and `1.2万`: a number with its unit.
fn measured(number: &Token, word: &Token) -> Option<Finding> {
    const MULTIPLES: [(&str, usize); 6] = [
        ("十", 1),
        ("百", 2),
        ("千", 3),
        ("万", 4),
        ("百万", 6),
        ("亿", 8),
    ];
    if number.kind != Kind::Number || number.span.line != word.span.line {
        return None;
    }
    let (digits, text) = (number.text.as_str(), word.text.as_str());
    let trouble = Trouble::new(
        "wrong-sign",
        format!("数后面不写“{text}”"),
        format!("“{text}” can't follow a number"),
    );
    let multiple = MULTIPLES.iter().find(|(name, _)| *name == text);
    let trouble = if let Some((_, zeros)) = multiple {
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let zeros = zeros.checked_sub(part.len())?;
        let right = [whole, part, &"0".repeat(zeros)].concat();
        let right = right.trim_start_matches('0').to_string();
        trouble
            .advice(format!("写成 {right}"), format!("write {right}"))
            .edit(right)
    } else if crate::unit::is_known(text) && !matches!(text, "年" | "月" | "日") {
        trouble
            .advice(
                format!("写成 {digits}；单位写在字段或参数的 unit 里"),
                format!("write {digits}; the unit stands in unit of the field or parameter"),
            )
            .edit(digits)
    } else if matches!(text, "年" | "月" | "日") {
        trouble.advice(
            "日期写在引号里，例如 \"2023-05-31\"；年数、天数只写数",
            "dates stand in quotation marks, for instance \"2023-05-31\"",
        )
    } else {
        return None;
    };
    let last = word.span.column + word.span.length;
    let span = Span {
        length: last - number.span.column,
        ..number.span.clone()
    };
    Some((trouble, span))
}
