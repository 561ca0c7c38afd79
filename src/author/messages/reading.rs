//! What Rhai can't read, where looking through the statement found no slip of the pen.

use crate::author::branch::NO_CONDITION;
use crate::author::problem::Trouble;
use crate::author::syntax::UNUSED;
use rhai::{LexError, ParseError, ParseErrorType};

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
        P::UnknownOperator(sign) if sign == "?" => syntax("没有 ? 这个符号", "there is no sign ?")
            .advice(
                "写成 if 条件 { a } else { b }",
                "write if condition { a } else { b }",
            ),
        P::MismatchedType(..) => {
            syntax("这里的值不是这一类", "this is not the kind of value needed").advice(
                "for 逐个取列表中的值：for x in [a, b, c] { … }",
                "for goes through a list: for x in [a, b, c] { … }",
            )
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
