//! What is wrong, in the words of people who don't program: names and words that stand for
//! nothing, and what Rhai finds when it reads and runs a script.

mod calls;
mod chinese;
mod reading;
mod running;

pub use calls::{check_items, plain_type, unknown_word};
pub use chinese::meant;
pub use reading::{is_unused, parse_trouble};
pub use running::run_trouble;

use super::State;
use super::problem::Trouble;
use super::slips::SIGN_WORDS;
use super::trace::Datum;
use crate::check::Outcome;

/// A name that stands for nothing.
pub fn unknown_name(name: &str, state: &State) -> Trouble {
    let trouble = Trouble::new(
        "unknown-name",
        format!("没有叫“{name}”的字段或参数"),
        format!("there is no field or parameter “{name}”"),
    )
    .marks(name);
    let group = state.group_of.get(&state.file).copied();
    let fields = state.rulebook.fields.iter();
    let near: Vec<&str> = fields
        .filter(|f| Some(f.group) == group)
        .map(|f| f.name.as_str())
        .collect();
    let trouble = match near.is_empty() {
        true => trouble,
        false => {
            let near = near.join("、");
            trouble.exists(
                format!("本文件的字段：{near}"),
                format!("fields of this file: {near}"),
            )
        }
    };
    // A name with other signs in it can't stand in a rule.
    let word = |name: &&str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let mut known: Vec<&str> = state
        .names
        .keys()
        .map(String::as_str)
        .filter(word)
        .collect();
    known.extend(Outcome::ALL.iter().map(|outcome| outcome.word()));
    known.extend(["true", "false", "()"]);
    known.sort_unstable();
    let value = |part: &str| known.contains(&part) || crate::number::Number::parse(part).is_some();
    let joined = SIGN_WORDS.iter().filter(|(word, _)| !word.is_ascii());
    let joined = joined
        .filter_map(|(word, sign)| {
            let (a, b) = name.split_once(word)?;
            let right = format!("{a} {sign} {b}");
            (known.contains(&a) && value(b)).then_some((word.len(), right))
        })
        .max()
        .map(|(_, right)| right);
    match joined.or_else(|| meant(name, known)) {
        Some(like) => trouble
            .advice(format!("改成“{like}”"), format!("write “{like}”"))
            .edit(like),
        None => trouble.advice(
            format!("先声明：field(\"{name}\", #{{ id: … }})"),
            format!("declare it first: field(\"{name}\", #{{ id: … }})"),
        ),
    }
}

/// A key that a field of several values does not have.
pub fn unknown_key(key: &str, keys: &[String]) -> Trouble {
    let trouble = Trouble::new(
        "unknown-key",
        format!("没有“{key}”这一项"),
        format!("there is no value for “{key}”"),
    );
    let all = keys.join("、");
    trouble
        .exists(format!("已有：{all}"), format!("there are: {all}"))
        .advice("从已有的里写一个", "write one of those there are")
}

/// The key that was probably meant.
pub fn like_key(key: &str, keys: &[String]) -> Option<String> {
    let like = crate::wording::most_like(key, keys.iter().map(String::as_str))?;
    // 北区 is no slip of the pen for 东区.
    (key.chars().count() > 2 || like.contains(key)).then_some(like)
}

/// Rhai decides while rules are compiled, when data are not known.
pub fn condition_on_data(word: &str) -> Trouble {
    Trouble::new(
        "condition-on-data",
        format!("{word} 不能判断数据：编译时还不知道填的数"),
        format!("{word} can't test data: they are not known yet"),
    )
    .advice(
        "写成 if 条件 { a } else { b }，或 when(条件, a, b)",
        "write if condition { a } else { b }, or when(condition, a, b)",
    )
}

fn is_data(type_name: &str) -> bool {
    type_name.contains("数据") || type_name == std::any::type_name::<Datum>()
}
