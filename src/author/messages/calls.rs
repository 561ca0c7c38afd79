//! Calls and signs that can't be: which item does not fit, how many there should be, and what
//! was probably meant.

use super::{is_data, meant};
use crate::author::State;
use crate::author::problem::Trouble;
use crate::author::source::DECLARATIONS;
use crate::author::words::{Told, WORDS};
use crate::wording::Text;
use rhai::Dynamic;

/// What the items of a declaration should be, as in `Told::items`.
const ITEMS: [(&str, &str); DECLARATIONS.len()] = [
    ("standard", "TM"),
    ("chapter", "TM"),
    ("phase", "TM"),
    ("scheme", "M"),
    ("group", "TM?"),
    ("field", "TM"),
    ("parameter", "TM"),
    ("indicator", "TM"),
    ("data_check", "CTM?"),
    ("example", "TMTM?"),
];

/// A type as Rhai names it, in plain words.
pub fn plain_type(name: &str) -> (&'static str, &'static str) {
    match name {
        "i64" | "decimal" | "Decimal" => ("固定的数", "a fixed number"),
        "array" => ("列表", "a list"),
        "map" => ("#{ … }", "#{ … }"),
        "bool" => ("固定的 true 或 false", "a fixed true or false"),
        "()" => ("空值", "nothing"),
        "Fn" => ("函数", "a function"),
        "char" => ("字符", "a character"),
        name if name.contains("tring") || name.contains("&str") => ("文字", "a text"),
        name if name.contains("ange") => ("范围", "a range"),
        name if is_data(name) => ("数据", "data"),
        name if name.contains("Scoring") => ("计分方法", "a way of scoring"),
        _ => ("别的东西", "something else"),
    }
}

/// The items of a call, each with whether it must be there.
fn items_of(way: &str) -> Vec<(char, bool)> {
    let next = way.chars().skip(1).chain(['.']);
    let pairs = way.chars().zip(next).filter(|(item, _)| *item != '?');
    pairs.map(|(item, next)| (item, next != '?')).collect()
}

/// What an item should be, in words.
const fn should_be(item: char) -> (&'static str, &'static str) {
    match item {
        'N' => (
            "数：字段、参数、算出的值或固定的数",
            "a number: a field, a parameter, what is computed or a fixed number",
        ),
        'W' => ("固定的整数", "a fixed whole number"),
        'C' => (
            "条件，例如 清扫率 >= 90",
            "a condition, for instance rate >= 90",
        ),
        'D' => (
            "日期，例如 date(\"2023-05-31\")",
            "a date, for instance date(\"2023-05-31\")",
        ),
        'F' => ("字段", "a field"),
        'L' => ("方括号里的列表", "a list in brackets"),
        'T' => ("引号里的文字", "a text in quotation marks"),
        'M' => ("#{ 项目: 值 }", "#{ option: value }"),
        _ => ("数、日期、文字或条件", "a number, date, text or condition"),
    }
}

/// Whether a type as Rhai names it can be an item.
fn fits(item: char, given: &str) -> bool {
    let (plain, _) = plain_type(given);
    match item {
        'N' => plain == "固定的数" || is_data(given),
        'W' => given == "i64" || is_data(given),
        'C' => given == "bool" || is_data(given),
        'D' => plain == "文字" || is_data(given),
        'F' => is_data(given),
        'L' => given == "array",
        'T' => plain == "文字",
        'M' => given == "map",
        _ => is_data(given) || matches!(plain, "固定的数" | "文字" | "字符") || given == "bool",
    }
}

/// What is wrong with the items of a call: how many there are, or which does not fit.
fn wrong_item(name: &str, items: &str, given: &[&str]) -> Option<Text> {
    let ways = || items.split('|').map(items_of);
    let counted = |way: &Vec<(char, bool)>| {
        let least = way.iter().filter(|(_, needed)| *needed).count();
        (least..=way.len()).contains(&given.len())
    };
    let Some(way) = ways().find(counted) else {
        let (zh, en) = how_many(&ways().next().unwrap_or_default());
        let count = given.len();
        return Some(Text::new(
            format!("{name} 的括号里{zh}，这里有 {count} 项"),
            format!("{name} takes {en}, here are {count}"),
        ));
    };
    let mut pairs = way.iter().zip(given).enumerate();
    let (index, ((item, _), given)) = pairs.find(|(_, ((item, _), given))| !fits(*item, given))?;
    let ((zh, en), (found, found_en)) = (should_be(*item), plain_type(given));
    let number = index + 1;
    Some(Text::new(
        format!("{name} 的第 {number} 项应为{zh}，这里是{found}"),
        format!("item {number} of {name} should be {en}, not {found_en}"),
    ))
}

/// How many items there should be.
fn how_many(way: &[(char, bool)]) -> (String, String) {
    let least = way.iter().filter(|(_, needed)| *needed).count();
    let most = way.len();
    match (least, most) {
        (_, 0) => ("不写什么".into(), "no items".into()),
        _ if least < most => (
            format!("要写 {least} 到 {most} 项"),
            format!("{least} to {most} items"),
        ),
        (1, _) => ("要写 1 项".into(), "1 item".into()),
        _ => (format!("要写 {least} 项"), format!("{least} items")),
    }
}

/// A call of a word with items that do not fit.
fn wrong_call(told: &Told, given: &[&str]) -> Trouble {
    let name = told.word;
    let wrong = wrong_item(name, told.items, given).unwrap_or_else(|| {
        Text::new(
            format!("{name} 不能这样用"),
            format!("{name} can't be used like this"),
        )
    });
    let ([usage, usage_en], [meaning, meaning_en]) = (told.usage, told.meaning);
    Trouble::new("wrong-call", wrong.zh, wrong.en).advice(
        format!("{usage}：{meaning}"),
        format!("write {usage_en}: {meaning_en}"),
    )
}

/// Whether the items of a word are of the kinds that it takes.
pub fn check_items(word: &str, given: &[Dynamic]) -> Result<(), Trouble> {
    let Some(told) = WORDS.iter().find(|told| told.word == word) else {
        return Ok(());
    };
    let types: Vec<&str> = given.iter().map(Dynamic::type_name).collect();
    match wrong_item(word, told.items, &types) {
        Some(_) => Err(wrong_call(told, &types)),
        None => Ok(()),
    }
}

/// A call that can't be: there is no such word, or what it is given does not fit.
pub fn unknown_word(signature: &str, state: &State) -> Trouble {
    let (name, items) = signature.split_once(" (").unwrap_or((signature, ""));
    let items = items.trim_end_matches(')');
    let given: Vec<&str> = items.split(", ").filter(|item| !item.is_empty()).collect();
    if let Some(told) = WORDS.iter().find(|told| told.word == name) {
        return wrong_call(told, &given);
    }
    if let Some((_, items)) = ITEMS.iter().find(|(word, _)| *word == name) {
        let wrong = wrong_item(name, items, &given).unwrap_or_else(|| {
            Text::new(
                format!("{name} 不能这样用"),
                format!("{name} can't be used like this"),
            )
        });
        let (zh, en) = declared_like(name);
        let trouble = Trouble::new("wrong-call", wrong.zh, wrong.en);
        return trouble.advice(format!("写成 {zh}"), format!("write {en}"));
    }
    if name == "contains" {
        return Trouble::new(
            "wrong-call",
            "in 后面应为方括号里的列表",
            "a list in brackets should follow in",
        )
        .advice(
            "写成 x in [a, b]；字段写成 one_of(字段, [a, b])",
            "write x in [a, b]; for a field write one_of(field, [a, b])",
        );
    }
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        return wrong_operator(name, &given);
    }
    if state.names.contains_key(name) {
        return Trouble::new(
            "wrong-call",
            format!("“{name}”是字段或参数，后面不写括号"),
            format!("“{name}” is a field or parameter, no brackets follow it"),
        )
        .advice(
            format!("直接写 {name}；要相乘时写 {name} * ( … )"),
            format!("write {name}; to multiply write {name} * ( … )"),
        );
    }
    let own = |(own, _): &&(String, usize)| own == name;
    if let Some((_, count)) = state.functions.keys().find(own) {
        let found = given.len();
        return Trouble::new(
            "wrong-call",
            format!("函数 {name} 要 {count} 项，这里有 {found} 项"),
            format!("the function {name} takes {count} items, here are {found}"),
        )
        .advice(
            "照函数声明里的项数写",
            "write as many as the function declares",
        );
    }
    let trouble = Trouble::new(
        "unknown-word",
        format!("没有叫 {name} 的词"),
        format!("there is no word {name}"),
    )
    .marks(name);
    let own = state.functions.keys().map(|(name, _)| name.as_str());
    let known = WORDS.iter().map(|told| told.word).chain(DECLARATIONS);
    match meant(name, known.chain(own)) {
        Some(like) => trouble
            .advice(format!("改成 {like}"), format!("write {like}"))
            .edit(like),
        None => {
            let all: Vec<&str> = WORDS.iter().map(|told| told.word).collect();
            let all = all.join("、");
            trouble
                .exists(format!("可用的词：{all}"), format!("words: {all}"))
                .advice("用上面的词来写", "use one of these words")
        }
    }
}

/// How a declaration is written.
fn declared_like(name: &str) -> (String, String) {
    let (zh, en) = match name {
        "group" => ("(\"标题\");", "(\"title\");"),
        "scheme" => ("(#{ 项目: 值 });", "(#{ option: value });"),
        "data_check" => ("(条件, \"不成立时的提示\");", "(condition, \"message\");"),
        "example" => (
            "(\"名称\", #{ 字段: 值 }, met);",
            "(\"name\", #{ field: value }, met);",
        ),
        _ => (
            "(\"名称\", #{ 项目: 值 });",
            "(\"name\", #{ option: value });",
        ),
    };
    ([name, zh].concat(), [name, en].concat())
}

fn wrong_operator(name: &str, given: &[&str]) -> Trouble {
    let types: Vec<_> = given.iter().map(|name| plain_type(name)).collect();
    let (zh, en) = match types.as_slice() {
        [(a, a_en), (b, b_en)] => (
            format!("{a}和{b}之间不能用 {name}"),
            format!("{name} can't stand between {a_en} and {b_en}"),
        ),
        [(a, a_en)] => (
            format!("{a}前面不能写 {name}"),
            format!("{name} can't stand before {a_en}"),
        ),
        _ => (
            format!("运算符 {name} 不能用在这里"),
            format!("the sign {name} can't be used here"),
        ),
    };
    let trouble = Trouble::new("wrong-call", zh, en);
    match name {
        "**" => trouble.advice("平方写成 a * a", "write a square as a * a"),
        "%" => trouble.advice(
            "百分数不写 %：单位写在字段或参数的 unit 里",
            "shares are written without %: the unit stands in unit of the field",
        ),
        "&" | "|" | "!" => trouble.advice(
            "&&、||、! 的两边写条件，例如 清扫率 >= 90",
            "write conditions there, for instance rate >= 90",
        ),
        _ => trouble.advice(
            "能用的运算符：+ - * / > >= < <= == != && || !",
            "the signs are + - * / > >= < <= == != && || !",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_and_declaration_says_which_item_is_wrong() {
        let declared = DECLARATIONS.map(|word| {
            let (_, items) = ITEMS.iter().find(|(own, _)| *own == word).unwrap();
            (word, *items)
        });
        let words = WORDS.iter().map(|told| (told.word, told.items));
        for (word, items) in words.chain(declared) {
            // A function is nothing that any item can be.
            for way in items.split('|').map(items_of) {
                for (index, (item, _)) in way.iter().enumerate() {
                    let sound = |item: &char| match item {
                        'W' | 'N' => "i64",
                        'L' => "array",
                        'T' => "string",
                        'M' => "map",
                        _ => "数据",
                    };
                    let mut given: Vec<&str> = way.iter().map(|(item, _)| sound(item)).collect();
                    assert_eq!(wrong_item(word, items, &given), None);
                    given[index] = "Fn";
                    let wrong = wrong_item(word, items, &given).unwrap();
                    let number = format!("{word} 的第 {} 项应为{}", index + 1, should_be(*item).0);
                    assert!(wrong.zh.starts_with(&number), "{}", wrong.zh);
                }
            }
            let wrong = wrong_item(word, items, &["i64"; 9]).unwrap();
            assert!(wrong.zh.ends_with("这里有 9 项"), "{}", wrong.zh);
        }
    }
}
