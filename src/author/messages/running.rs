//! What goes wrong while a script runs.

use super::calls::{plain_type, unknown_word};
use super::{condition_on_data, is_data, like_key, unknown_key, unknown_name};
use crate::author::State;
use crate::author::problem::Trouble;
use crate::author::trace::Datum;
use crate::rulebook::Field;
use crate::wording::Text;
use rhai::{Dynamic, EvalAltResult};

fn too_long(zh: &str, en: &str) -> Trouble {
    Trouble::new("too-long", zh, en)
}

fn script(zh: impl AsRef<str>, en: impl AsRef<str>) -> Trouble {
    Trouble::new("script", zh.as_ref(), en.as_ref())
}

/// A run-time error in plain words.
pub fn run_trouble(error: &EvalAltResult, state: &State) -> Trouble {
    use EvalAltResult as E;
    match error {
        E::ErrorFunctionNotFound(signature, _) => unknown_word(signature, state),
        E::ErrorVariableNotFound(name, _) => unknown_name(name, state),
        E::ErrorTooManyOperations(_) => too_long(
            "这段规则运行太久，可能是不会结束的循环",
            "these rules run too long; perhaps a loop never ends",
        )
        .advice(
            "改成 for x in [a, b, c] { … }，它走完列表就结束",
            "write for x in [a, b, c] { … }, which ends with the list",
        ),
        E::ErrorStackOverflow(_) => too_long(
            "函数一层层调用自己，没有尽头",
            "functions call each other too deeply",
        )
        .advice(
            "函数不要调用自己；用数据判断的 if 两支都要走，停不下来",
            "let no function call itself: an if that tests data takes both branches, so it never stops",
        ),
        E::ErrorDataTooLarge(..) | E::ErrorTooManyVariables(_) | E::ErrorTooManyModules(_) => {
            Trouble::new(
                "too-large",
                "文字、列表或名称太多太长",
                "texts, lists or names are too long or too many",
            )
            .advice("看看循环是不是加得太多", "look whether a loop adds too much")
        }
        E::ErrorMismatchDataType(wanted, actual, _)
            if [wanted, actual].iter().any(|name| is_data(name)) =>
        {
            let mut trouble = condition_on_data("while");
            trouble.message = Text::new(
                "这里不能用数据：编译时还不知道填的数",
                "data can't be used here: they are not known yet",
            );
            trouble
        }
        E::ErrorMismatchDataType(wanted, actual, _)
        | E::ErrorMismatchOutputType(wanted, actual, _) => {
            let ((a, a_en), (b, b_en)) = (plain_type(wanted), plain_type(actual));
            script(
                format!("这里应为{a}，却是{b}"),
                format!("here should be {a_en}, not {b_en}"),
            )
            .advice("换成这一类的值", "write a value of that kind")
        }
        E::ErrorFor(_) => Trouble::new(
            "condition-on-data",
            "for 只能逐个取列表或范围中的值，不能用于数据",
            "for goes through a list or a range, not through data",
        )
        .advice(
            "写成 for x in [a, b, c] { … }；字段有几个值时写 for x in 各区 { … }",
            "write for x in [a, b, c] { … }",
        ),
        E::ErrorPropertyNotFound(name, _) | E::ErrorDotExpr(name, _) => {
            let name = name.split('\'').nth(1).unwrap_or(name);
            if let Some(trouble) = key_behind_point(name, state) {
                return trouble;
            }
            script(
                format!("没有叫 {name} 的项"),
                format!("there is nothing called {name}"),
            )
            .advice("看看点号后面的名称", "look at the name after the point")
        }
        E::ErrorIndexNotFound(index, _) => script(
            format!("没有“{index}”这一项"),
            format!("there is no item “{index}”"),
        )
        .advice("看看方括号里的名称", "look at the name in the brackets"),
        E::ErrorArrayBounds(count, index, _) | E::ErrorStringBounds(count, index, _) => {
            let last = count.saturating_sub(1);
            script(
                format!("列表只有 {count} 项，没有第 {index} 项（从 0 数起）"),
                format!("the list has {count} items, there is no item {index} (counted from 0)"),
            )
            .advice(
                format!("序号写 0 到 {last}"),
                format!("write a number from 0 to {last}"),
            )
        }
        E::ErrorIndexingType(..) | E::ErrorBitFieldBounds(..) => script(
            "方括号前面不是列表，取不出其中一项",
            "no list stands before the brackets",
        )
        .advice("列表才能写 [序号]", "only a list takes [number]"),
        E::ErrorAssignmentToConstant(name, _) => script(
            format!("{name} 不能改：它是 const、字段或参数"),
            format!("{name} can't be changed: it is a constant, a field or a parameter"),
        )
        .advice("换一个名称：let 名称 = 值;", "choose another name: let name = value;"),
        E::ErrorNonPureMethodCallOnConstant(word, _) => script(
            format!("{word} 会改变列表，而它是 const 声明的"),
            format!("{word} would change a constant"),
        )
        .advice("把 const 改成 let", "write let for const"),
        E::ErrorDataRace(name, _) => script(
            format!("{name} 正在用，不能同时改"),
            format!("{name} is in use and can't be changed now"),
        )
        .advice("另取一个名称", "use another name"),
        E::ErrorArithmetic(..) => script("这里算不出来：数太大或除数为零", "this can't be computed")
            .advice("看看数的大小", "look at the numbers"),
        E::ErrorRuntime(value, _) => thrown(value),
        E::Return(..) | E::Exit(..) | E::LoopBreak(..) => script(
            "return、break 只写在函数或循环里",
            "return and break belong in a function or a loop",
        )
        .advice("删去它", "delete it"),
        E::ErrorUnboundThis(_) => script("this 在这里没有意思", "this means nothing here")
            .advice("写出字段的名称", "write the name of a field"),
        E::ErrorForbiddenVariable(name, _) | E::ErrorVariableExists(name, _) => script(
            format!("名称 {name} 不能用"),
            format!("the name {name} can't be used"),
        )
        .advice("换一个名称", "choose another name"),
        other => {
            let english = other.to_string();
            let english = english.replace(std::any::type_name::<Datum>(), "data");
            script(
                format!("这一句运行不了（{english}）"),
                format!("this can't be run: {english}"),
            )
        }
    }
}

/// `区.东`, where 区 is a field of several values: one of them is `区.key("东")`.
fn key_behind_point(name: &str, state: &State) -> Option<Trouble> {
    let listed = |field: &&Field| {
        let dotted = [&field.name, ".", name].concat();
        !field.keys.is_empty() && state.statement.contains(&dotted)
    };
    let field = state.rulebook.fields.iter().find(listed)?;
    let trouble = unknown_key(name, &field.keys).marks(name);
    if !field.keys.iter().any(|key| key == name) {
        let like = like_key(name, &field.keys);
        let right = like.map(|like| format!("key(\"{like}\")"));
        return Some(trouble.like(right.as_deref(), false));
    }
    let own = &field.name;
    let right = format!("key(\"{name}\")");
    let trouble = Trouble::new(
        "unknown-key",
        format!("“{own}”分列的值不用点号直接取"),
        format!("one value of “{own}” is not taken by a point alone"),
    )
    .marks(name);
    Some(trouble.like(Some(&right), false))
}

/// What an author throws on purpose.
fn thrown(value: &Dynamic) -> Trouble {
    script(
        format!("规则自己报告：{value}"),
        format!("the rules themselves report: {value}"),
    )
    .advice("照它说的改", "do as it says")
}
