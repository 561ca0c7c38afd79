//! What Rhai finds wrong, in plain words.

use super::State;
use super::branch::NO_CONDITION;
use super::problem::{Text, Trouble};
use super::source::DECLARATIONS;
use super::syntax::UNUSED;
use super::trace::Datum;
use super::words::WORDS;
use crate::check::Outcome;
use crate::wording::most_like;
use rhai::{Dynamic, EvalAltResult, LexError, ParseError, ParseErrorType};

/// Words that people write in Chinese, and what they are called here.
const IN_CHINESE: &[(&str, &str)] = &[
    ("是", "true"),
    ("真", "true"),
    ("有", "true"),
    ("True", "true"),
    ("TRUE", "true"),
    ("yes", "true"),
    ("否", "false"),
    ("假", "false"),
    ("无", "false"),
    ("False", "false"),
    ("FALSE", "false"),
    ("no", "false"),
    ("空", "()"),
    ("null", "()"),
    ("达标", "met"),
    ("满足", "met"),
    ("通过", "met"),
    ("合格", "met"),
    ("部分得分", "partial"),
    ("部分达标", "partial"),
    ("未达标", "unmet"),
    ("不达标", "unmet"),
    ("不满足", "unmet"),
    ("不通过", "unmet"),
    ("不合格", "unmet"),
    ("缺数据", "missing"),
    ("缺少", "missing"),
    ("没填", "missing"),
    ("未填", "missing"),
    ("待定线", "pending"),
    ("待定", "pending"),
    ("数据有误", "invalid"),
    ("有误", "invalid"),
    ("无效", "invalid"),
    ("不涉及", "not_applicable"),
    ("不适用", "not_applicable"),
    // Words.
    ("百分比", "percent"),
    ("百分率", "percent"),
    ("占比", "percent"),
    ("比值", "ratio"),
    ("求和", "sum"),
    ("合计", "sum"),
    ("总和", "sum"),
    ("平均", "average"),
    ("平均值", "average"),
    ("最大", "max"),
    ("最大值", "max"),
    ("最小", "min"),
    ("最小值", "min"),
    ("绝对值", "abs"),
    ("修约", "round"),
    ("四舍五入", "round"),
    ("全部", "all"),
    ("所有", "all"),
    ("任一", "any"),
    ("任意", "any"),
    ("至少", "at_least"),
    ("已填", "filled"),
    ("已填写", "filled"),
    ("日期", "date"),
    ("如果", "if"),
    // Declarations.
    ("标准", "standard"),
    ("章", "chapter"),
    ("组", "group"),
    ("字段", "field"),
    ("参数", "parameter"),
    ("指标", "indicator"),
    ("数据检查", "data_check"),
    ("示例", "example"),
    ("例", "example"),
    // Options.
    ("编号", "id"),
    ("单位", "unit"),
    ("标题", "title"),
    ("名称", "label"),
    ("版本", "version"),
    ("文件", "document"),
    ("声明", "notice"),
    ("条款", "clause"),
    ("原文", "quote"),
    ("部门", "department"),
    ("责任部门", "department"),
    ("分值", "points"),
    ("满分", "points"),
    ("值", "value"),
    ("要求", "meets"),
    ("条件", "meets"),
    ("得分", "score"),
    ("适用", "applies"),
    ("建议", "advice"),
    ("备注", "note"),
    ("说明", "note"),
    ("类型", "type"),
    ("选项", "choices"),
    ("位数", "digits"),
    ("小数位", "digits"),
    ("材料", "evidence"),
    ("佐证材料", "evidence"),
    ("来源", "source"),
    ("可信度", "confidence"),
    ("帮助", "help"),
    ("改法", "fix"),
    // Choices.
    ("数", "number"),
    ("数字", "number"),
    ("数值", "number"),
    ("计数", "count"),
    ("整数", "count"),
    ("个数", "count"),
    ("是否", "yes-no"),
    ("选择", "choice"),
    ("文字", "text"),
    ("文本", "text"),
    ("官方", "official"),
    ("凭记忆", "recalled"),
    ("规划", "plan"),
    ("错误", "error"),
    ("提醒", "warning"),
    ("警告", "warning"),
];

/// What was probably meant: the nearest of some names, or what a Chinese word is called here.
pub fn meant<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let called = |(word, called): &&(&str, &str)| *word == given && known.contains(called);
    let here = IN_CHINESE.iter().find(called);
    here.map(|(_, called)| (*called).into())
        // A single character is like any other.
        .or_else(|| most_like(given, known).filter(|_| given.chars().count() > 1))
}

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
    let mut known: Vec<&str> = state.names.keys().map(String::as_str).collect();
    known.extend(Outcome::ALL.iter().map(|outcome| outcome.word()));
    known.extend(["true", "false", "()"]);
    known.sort_unstable();
    let joined = [("且", "&&"), ("并且", "&&"), ("或", "||"), ("或者", "||")];
    let joined = joined.iter().rev().find_map(|(word, sign)| {
        let (a, b) = name.split_once(word)?;
        (known.contains(&a) && known.contains(&b)).then(|| format!("{a} {sign} {b}"))
    });
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
fn plain_type(name: &str) -> (&'static str, &'static str) {
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

fn is_data(type_name: &str) -> bool {
    type_name.contains("数据") || type_name == std::any::type_name::<Datum>()
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

fn unknown_word(signature: &str, state: &State) -> Trouble {
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

fn syntax(zh: impl AsRef<str>, en: impl AsRef<str>) -> Trouble {
    let (zh, en) = (zh.as_ref(), en.as_ref());
    Trouble::new(
        "syntax",
        format!("写法不对：{zh}"),
        format!("not written as it should be: {en}"),
    )
}

/// A parse error in plain words, where looking through the statement found nothing.
pub fn parse_trouble(error: &ParseError) -> Trouble {
    use ParseErrorType as P;
    match error.err_type() {
        P::BadInput(lex) => lex_trouble(lex),
        P::Reserved(word) => reserved(word),
        P::UnexpectedEOF => syntax("还没写完就结束了", "it ends too early")
            .advice("看看是不是少了 )、] 或 }", "perhaps ), ] or } is missing"),
        P::MissingToken(token, _) if token == "in" => syntax("for 后面少了 in", "in is missing")
            .advice("写成 for x in [a, b] { … }", "write for x in [a, b] { … }"),
        P::MissingToken(token, _) if token == ";" => {
            syntax("这里该是新的一句了", "another statement begins here").advice(
                "在前一句末尾写分号；若是同一句，中间少了运算符",
                "end the statement before with a semicolon, or write the sign that is missing",
            )
        }
        P::MissingToken(token, _) => syntax(
            format!("这里应有 {token}"),
            format!("{token} should stand here"),
        )
        .advice(
            format!("补上 {token}，或看看前面是不是少了逗号、运算符"),
            format!("write {token}, or the comma or sign that is missing before"),
        ),
        P::MissingSymbol(_) => syntax("这里少了符号", "a sign is missing here").advice(
            "看看前后的括号和逗号",
            "look at the brackets and commas around",
        ),
        P::PropertyExpected => syntax("这里应有项目名", "the name of an option should stand here")
            .advice(
                "写成 项目: 值，各项之间写逗号",
                "write option: value, with commas between",
            ),
        P::DuplicatedProperty(name) => syntax(
            format!("{name} 写了两次"),
            format!("{name} is written twice"),
        )
        .advice("删去其中之一", "delete one of them"),
        P::ExprExpected(_) => syntax("这里少了值", "a value is missing here").advice(
            "写上值，或删去多余的符号",
            "write a value, or delete the sign before it",
        ),
        P::VariableExpected => syntax("这里应有名称", "a name should stand here")
            .advice("写成 let 名称 = 值;", "write let name = value;"),
        P::AssignmentToConstant(name) => syntax(
            format!("{name} 是 const 声明的，不能再改"),
            format!("{name} is a constant and can't be changed"),
        )
        .advice("换一个名称", "choose another name"),
        P::AssignmentToInvalidLHS(_) => syntax("等号左边应是名称", "a name should stand left of =")
            .advice("比较是否相等写 ==", "to compare write =="),
        P::LoopBreak => syntax(
            "break、continue 只写在循环里",
            "break and continue belong in a loop",
        )
        .advice("删去它", "delete it"),
        P::FnMissingName | P::FnMissingParams(_) | P::FnMissingBody(_) => {
            syntax("函数没有写完", "the function is not complete").advice(
                "写成 fn 名称(a, b) { a + b }",
                "write fn name(a, b) { a + b }",
            )
        }
        P::FnDuplicatedDefinition(name, _) => syntax(
            format!("函数 {name} 写了两次"),
            format!("the function {name} is written twice"),
        )
        .advice("删去其中之一", "delete one of them"),
        P::FnDuplicatedParam(_, name) | P::DuplicatedVariable(name) => syntax(
            format!("名称 {name} 用了两次"),
            format!("the name {name} is used twice"),
        )
        .advice("换一个名称", "choose another name"),
        P::WrongFnDefinition => {
            syntax("fn 不能写在别的东西里面", "fn can't stand inside something")
                .advice("移到文件开头，单独成句", "move it to the head of the file")
        }
        P::ExprTooDeep => syntax("括号套得太深", "brackets are nested too deeply").advice(
            "拆成几句：let a = …; let b = …;",
            "split it: let a = …; let b = …;",
        ),
        P::TooManyFunctions | P::LiteralTooLarge(..) => {
            Trouble::new("too-large", "这一句太长了", "this statement is too long")
                .advice("拆成几句或几个文件", "split it into statements or files")
        }
        P::UnknownOperator(sign) => syntax(
            format!("没有 {sign} 这个符号"),
            format!("there is no sign {sign}"),
        )
        .advice(
            "能用的运算符：+ - * / > >= < <= == != && || !",
            "the signs are + - * / > >= < <= == != && || !",
        ),
        P::MalformedIndexExpr(_) => {
            syntax("方括号里应是序号", "a number should stand in the brackets").advice(
                "从 0 数起，例如 线[0]",
                "counted from 0, for instance lines[0]",
            )
        }
        _ => syntax("这里读不懂", "this can't be read").advice(
            "看看前后的逗号、括号和引号",
            "look at the commas, brackets and quotation marks around",
        ),
    }
}

fn lex_trouble(error: &LexError) -> Trouble {
    match error {
        LexError::UnterminatedString => syntax("引号没有配对", "a quotation mark is not closed")
            .advice("在文字末尾补一个 \"", "write \" at the end of the text"),
        LexError::UnexpectedInput(text) => syntax(
            format!("这里不该有 {text}"),
            format!("{text} should not stand here"),
        )
        .advice(
            "删去它；文字要写在引号里",
            "delete it; texts stand in quotation marks",
        ),
        LexError::MalformedNumber(text) => {
            syntax(format!("{text} 不是数"), format!("{text} is no number")).advice(
                "数只写数字和小数点，例如 1200.5",
                "write digits and a point, for instance 1200.5",
            )
        }
        LexError::MalformedEscapeSequence(text) => syntax(
            format!("文字里的 {text} 有特别的意思"),
            format!("{text} means something else in a text"),
        )
        .advice("反斜杠要写两个：\\\\", "write a backslash twice: \\\\"),
        LexError::MalformedChar(_) => syntax("文字要用双引号", "texts stand between \" and \"")
            .advice("把 ' 改成 \"", "write \" for '"),
        LexError::StringTooLong(_) => {
            Trouble::new("too-large", "这段文字太长", "this text is too long")
                .advice("写短一些", "make it shorter")
        }
        LexError::ImproperSymbol(_, why) if why == NO_CONDITION => {
            syntax("if 后面没有写条件", "no condition follows if").advice(
                "写成 if 条件 { … } else { … }",
                "write if condition { … } else { … }",
            )
        }
        LexError::ImproperSymbol(word, _) if word.starts_with(char::is_alphabetic) => {
            reserved(word)
        }
        LexError::ImproperSymbol(text, _) => syntax(
            format!("{text} 不是这样写的"),
            format!("{text} is not written like this"),
        )
        .advice(
            "能用的运算符：+ - * / > >= < <= == != && || !",
            "the signs are + - * / > >= < <= == != && || !",
        ),
        _ => syntax("这里读不懂", "this can't be read").advice(
            "看看前后的逗号、括号和引号",
            "look at the commas, brackets and quotation marks around",
        ),
    }
}

/// Whether a word is the reason that rules do without.
pub fn is_unused(error: &ParseError) -> bool {
    matches!(error.err_type(), ParseErrorType::Reserved(word) if UNUSED.iter().any(|(unused, _)| unused == word))
}

/// A word that the language keeps to itself, or that rules do without.
fn reserved(word: &str) -> Trouble {
    let known = UNUSED.iter().find(|(unused, _)| *unused == word);
    match known {
        Some(("switch", [zh, en, advice, advice_en])) => {
            Trouble::new("condition-on-data", *zh, *en).advice(*advice, *advice_en)
        }
        Some((_, [zh, en, advice, advice_en])) => {
            let (zh, en) = match zh.starts_with(word) {
                true => ((*zh).to_string(), (*en).to_string()),
                false => (format!("{word}：{zh}"), format!("{word}: {en}")),
            };
            Trouble::new("unused-word", zh, en).advice(*advice, *advice_en)
        }
        None => Trouble::new(
            "unused-word",
            format!("{word} 是保留的词，规则里不用"),
            format!("{word} is kept for other uses; rules do without it"),
        )
        .advice("换一个名称", "choose another name"),
    }
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

/// What an author throws on purpose.
fn thrown(value: &Dynamic) -> Trouble {
    script(
        format!("规则自己报告：{value}"),
        format!("the rules themselves report: {value}"),
    )
    .advice("照它说的改", "do as it says")
}
