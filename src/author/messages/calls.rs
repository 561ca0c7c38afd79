//! Calls and signs that can't be: which item does not fit, how many there should be, and what
//! was probably meant.

use super::{is_data, meant};
use crate::author::State;
use crate::author::problem::Trouble;
use crate::author::source::DECLARATIONS;
use crate::author::words::WORDS;

/// What the items of a call should be: `*` any value, `D` a value from data, `C` a condition,
/// `L` a list, `N` a whole number, `T` a text, `M` options, `F` a field; `?` it may be left out.
const ITEMS: &[(&str, &str)] = &[
    ("percent", "**M?"),
    ("ratio", "**M?"),
    ("sum", "L"),
    ("average", "L"),
    ("min", "L"),
    ("max", "L"),
    ("abs", "D"),
    ("round", "DN"),
    ("ceil", "D"),
    ("floor", "D"),
    ("all", "L"),
    ("any", "L"),
    ("none", "L"),
    ("at_least", "NL"),
    ("when", "C**"),
    ("one_of", "DL"),
    ("filled", "F"),
    ("date", "T"),
    ("days_between", "DD"),
    ("years_between", "DD"),
    ("per_step", "M"),
    ("standard", "TM"),
    ("chapter", "TM"),
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

/// What is wrong with the items of a call: how many there are, or which does not fit.
fn wrong_item(name: &str, given: &[&str]) -> Option<(String, String)> {
    let (_, items) = ITEMS.iter().find(|(word, _)| *word == name)?;
    let needed: Vec<char> = items.replace("M?", "").chars().collect();
    let most = needed.len() + usize::from(items.ends_with('?'));
    if given.len() < needed.len() || given.len() > most {
        let (count, needed) = (given.len(), needed.len());
        return Some((
            format!("{name} 的括号里要写 {needed} 项，这里有 {count} 项"),
            format!("{name} takes {needed} items, here are {count}"),
        ));
    }
    let needed = needed.into_iter().chain(['M']);
    let fits = |(needed, given): &(char, &&str)| match needed {
        'D' | 'C' | 'F' => is_data(given),
        'L' => **given == "array",
        'N' => **given == "i64",
        'T' => plain_type(given).0 == "文字",
        'M' => **given == "map",
        _ => true,
    };
    let mut pairs = needed.zip(given);
    let index = pairs.clone().position(|pair| !fits(&pair))?;
    let (needed, given) = pairs.nth(index)?;
    let (zh, en) = match needed {
        'C' => ("用数据写的条件", "a condition on data"),
        'F' => ("字段", "a field"),
        'L' => ("方括号里的列表", "a list in brackets"),
        'N' => ("整数", "a whole number"),
        'T' => ("引号里的文字", "a text in quotation marks"),
        'M' => ("#{ 项目: 值 }", "#{ option: value }"),
        _ => ("字段或由字段算出的值", "a field, or a value from fields"),
    };
    let (found, found_en) = plain_type(given);
    let number = index + 1;
    Some((
        format!("{name} 的第 {number} 项应为{zh}，这里是{found}"),
        format!("item {number} of {name} should be {en}, not {found_en}"),
    ))
}

/// A call that can't be: there is no such word, or what it is given does not fit.
pub fn unknown_word(signature: &str, state: &State) -> Trouble {
    let (name, items) = signature.split_once(" (").unwrap_or((signature, ""));
    let items = items.trim_end_matches(')');
    let given: Vec<&str> = items.split(", ").filter(|item| !item.is_empty()).collect();
    let usage = WORDS.iter().find(|(word, ..)| *word == name);
    let declaration = DECLARATIONS.contains(&name);
    if usage.is_some() || declaration {
        let (zh, en) = wrong_item(name, &given).unwrap_or((
            format!("{name} 不能这样用"),
            format!("{name} can't be used like this"),
        ));
        let trouble = Trouble::new("wrong-call", zh, en);
        return match usage {
            Some((_, usage, meaning)) => {
                trouble.advice(format!("{usage}：{meaning}"), format!("write {usage}"))
            }
            None => {
                let (zh, en) = declared_like(name);
                trouble.advice(format!("写成 {zh}"), format!("write {en}"))
            }
        };
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
    let known = WORDS.iter().map(|(word, ..)| *word).chain(DECLARATIONS);
    match meant(name, known.chain(own)) {
        Some(like) => trouble
            .advice(format!("改成 {like}"), format!("write {like}"))
            .edit(like),
        None => {
            let all: Vec<&str> = WORDS.iter().map(|(word, ..)| *word).collect();
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
