//! The language around the words: how Rhai's tokens and names are read, and its
//! errors in plain words.

use super::problem::Trouble;
use super::source::{DECLARATIONS, Statement};
use super::words::WORDS;
use super::{Shared, State};
use rhai::{
    AST, ASTNode, Engine, EvalAltResult, Expr, LexError, ParseError, ParseErrorType, Position,
    Scope, Stmt, Token,
};
use std::collections::HashSet;

/// Teaches the engine fields as variables, and `&&` and `||` on data.
pub fn shape(engine: &mut Engine, shared: &Shared) {
    // `&&` and `||` demand plain booleans; `&` and `|` have the same precedence and can be overloaded.
    #[expect(
        deprecated,
        reason = "Rhai marks its volatile interfaces so; the version is pinned"
    )]
    engine.on_parse_token(|token, _, _| match token {
        Token::And => Token::Ampersand,
        Token::Or => Token::Pipe,
        other => other,
    });
    let shared = shared.clone();
    #[expect(
        deprecated,
        reason = "Rhai marks its volatile interfaces so; the version is pinned"
    )]
    engine.on_var(move |name, _, context| {
        if context.scope().contains(name) {
            return Ok(None);
        }
        Ok(shared.borrow_mut().value_of(name))
    });
}

/// The names that a part of a script uses and declares.
#[derive(Default)]
struct Names {
    local: HashSet<String>,
    used: Vec<(String, Position)>,
    /// Names that `switch` looks at.
    switched: Vec<(String, Position)>,
}

impl Names {
    fn of(ast: &AST, local: HashSet<String>) -> Self {
        let mut names = Self {
            local,
            ..Self::default()
        };
        ast.walk(&mut |path: &[ASTNode<'_>]| {
            path.last().into_iter().for_each(|node| names.see(node));
            true
        });
        names
    }

    fn see(&mut self, node: &ASTNode<'_>) {
        match node {
            ASTNode::Stmt(Stmt::Var(declared, ..)) => {
                self.local.insert(declared.0.name.to_string());
            }
            ASTNode::Stmt(Stmt::For(parts, _)) => {
                self.local.insert(parts.0.name.to_string());
                let counter = parts.1.iter().map(|counter| counter.name.to_string());
                self.local.extend(counter);
            }
            ASTNode::Stmt(Stmt::TryCatch(_, _)) => {
                self.local.insert("err".into());
            }
            ASTNode::Stmt(Stmt::Switch(parts, at)) if !matches!(parts.0, Expr::Dot(..)) => {
                let switched = &mut self.switched;
                parts.0.walk(&mut Vec::new(), &mut |path: &[ASTNode<'_>]| {
                    if let Some(ASTNode::Expr(Expr::Variable(variable, _, _))) = path.last() {
                        switched.push((variable.1.to_string(), *at));
                    }
                    true
                });
            }
            ASTNode::Expr(Expr::Variable(variable, _, at)) => {
                self.used.push((variable.1.to_string(), *at));
            }
            _ => {}
        }
    }
}

/// Reports every name in a script that stands for nothing; whether the script can be run.
pub fn check_names(ast: &AST, shared: &Shared, scope: &Scope<'_>) -> bool {
    let global: HashSet<String> = scope.iter().map(|(name, ..)| name.to_string()).collect();
    // What an anonymous function takes from around it is among its parameters, and among the
    // names that are used around it.
    let mut parts = vec![Names::of(&ast.clone_statements_only(), global.clone())];
    for function in ast.iter_functions() {
        let mut local = global.clone();
        local.extend(function.params.iter().map(ToString::to_string));
        let mut alone = ast.clone();
        alone.clear_statements();
        alone.retain_functions(|_, _, name, count| {
            name == function.name && count == function.params.len()
        });
        parts.push(Names::of(&alone, local));
    }
    let mut state = shared.borrow_mut();
    let mut sound = true;
    for names in &parts {
        for (name, at) in &names.used {
            if names.local.contains(name) || state.value_of(name).is_some() {
                continue;
            }
            sound = false;
            if !state.broken.contains(name) {
                let trouble = unknown_name(name, &state);
                state.problem(trouble, *at);
            }
        }
        for (name, at) in &names.switched {
            if !names.local.contains(name) && state.names.contains_key(name) {
                sound = false;
                state.problem(condition_on_data("switch"), *at);
            }
        }
    }
    sound
}

/// Rhai decides while rules are compiled, when data are not known.
pub fn condition_on_data(word: &str) -> Trouble {
    Trouble::new(
        "condition-on-data",
        format!("{word} 不能判断数据"),
        format!("{word} can't test data"),
    )
    .advice("写成 when(条件, a, b)", "write when(condition, a, b)")
}

pub fn unknown_name(name: &str, state: &State) -> Trouble {
    let mut trouble = Trouble::new(
        "unknown-name",
        format!("没有叫“{name}”的字段或参数"),
        format!("there is no field or parameter “{name}”"),
    );
    let group = state.group_of.get(&state.file).copied();
    let mut near: Vec<&str> = Vec::new();
    near.extend(
        state
            .rulebook
            .fields
            .iter()
            .filter(|f| Some(f.group) == group)
            .map(|f| f.name.as_str()),
    );
    if !near.is_empty() {
        let near = near.join("、");
        trouble = trouble.exists(
            format!("本文件的字段：{near}"),
            format!("fields of this file: {near}"),
        );
    }
    let mut known: Vec<&str> = state.names.keys().map(String::as_str).collect();
    known.sort_unstable();
    match crate::wording::most_like(name, known) {
        Some(like) => trouble.advice(format!("改成“{like}”"), format!("write “{like}”")),
        None => trouble.advice(
            format!("先声明：field(\"{name}\", #{{ id: … }})"),
            format!("declare it first: field(\"{name}\", #{{ id: … }})"),
        ),
    }
}

fn unknown_word(signature: &str) -> Trouble {
    let name = signature.split([' ', '(']).next().unwrap_or("");
    if let Some((_, usage, meaning)) = WORDS.iter().find(|(word, ..)| *word == name) {
        return Trouble::new(
            "wrong-call",
            format!("{name} 不能这样用"),
            format!("{name} can't be used like this"),
        )
        .advice(format!("{usage}：{meaning}"), (*usage).to_string());
    }
    if DECLARATIONS.contains(&name) {
        return Trouble::new(
            "wrong-call",
            format!("{name} 不能这样用"),
            format!("{name} can't be used like this"),
        )
        .advice(
            format!("{name}(\"名称\", #{{ … }});"),
            format!("{name}(\"name\", #{{ … }});"),
        );
    }
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        return Trouble::new(
            "wrong-call",
            format!("运算符 {name} 不能用在这里"),
            format!("the operator {name} can't be used here"),
        );
    }
    let trouble = Trouble::new(
        "unknown-word",
        format!("没有叫 {name} 的词"),
        format!("there is no word {name}"),
    );
    let known = WORDS.iter().map(|(word, ..)| *word).chain(DECLARATIONS);
    match crate::wording::most_like(name, known) {
        Some(like) => trouble.advice(format!("改成 {like}"), format!("write {like}")),
        None => {
            let all: Vec<&str> = WORDS.iter().map(|(word, ..)| *word).collect();
            let all = all.join("、");
            trouble.exists(format!("可用的词：{all}"), format!("words: {all}"))
        }
    }
}

/// The plain-width form of a full-width sign, where code needs one.
fn narrow(c: char) -> Option<char> {
    Some(match c {
        '“' | '”' => '"',
        '。' => '.',
        '、' => ',',
        '【' => '[',
        '】' => ']',
        '《' => '<',
        '》' => '>',
        '×' => '*',
        '÷' => '/',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0)?,
        _ => return None,
    })
}

/// A parse error in plain words.
pub fn parse_trouble(error: &ParseError, statement: &Statement) -> Trouble {
    let at = error.position();
    let line = statement
        .text
        .lines()
        .nth(at.line().unwrap_or(1) - 1)
        .unwrap_or("");
    let here = line
        .chars()
        .nth(at.position().unwrap_or(1).saturating_sub(1));
    if let (Some(wide), Some(plain)) = (here, here.and_then(narrow)) {
        return Trouble::new(
            "full-width",
            format!("这里用了全角符号 {wide}"),
            format!("a full-width sign {wide} stands here"),
        )
        .advice(format!("改成半角 {plain}"), format!("write {plain}"));
    }
    let english = error.err_type().to_string();
    let chinese = match error.err_type() {
        ParseErrorType::UnexpectedEOF => "还没写完就结束了，可能少了 ) 或 }".into(),
        ParseErrorType::BadInput(LexError::UnterminatedString) => "引号没有配对".into(),
        ParseErrorType::BadInput(LexError::UnexpectedInput(text)) => format!("这里不该有 {text}"),
        ParseErrorType::BadInput(LexError::MalformedNumber(text)) => format!("{text} 不是数"),
        ParseErrorType::MissingToken(token, _) => format!("这里少了 {token}"),
        ParseErrorType::MissingSymbol(_) => "这里少了符号".into(),
        ParseErrorType::PropertyExpected => "这里少了项目名".into(),
        ParseErrorType::DuplicatedProperty(name) => format!("项目 {name} 写了两次"),
        ParseErrorType::Reserved(word) => format!("{word} 是保留的词，规则里不用"),
        ParseErrorType::ExprExpected(_) => "这里少了表达式".into(),
        ParseErrorType::VariableExpected => "这里少了名称".into(),
        _ => format!("写法不对（{english}）"),
    };
    Trouble::new(
        "syntax",
        format!("语法错误：{chinese}"),
        format!("syntax error: {english}"),
    )
}

/// A run-time error in plain words.
pub fn run_trouble(error: &EvalAltResult, state: &State) -> Trouble {
    match error {
        EvalAltResult::ErrorFunctionNotFound(signature, _) => unknown_word(signature),
        EvalAltResult::ErrorVariableNotFound(name, _) => unknown_name(name, state),
        EvalAltResult::ErrorTooManyOperations(_) => Trouble::new(
            "too-long",
            "这段规则运行太久，可能是不会结束的循环",
            "these rules run too long; perhaps a loop never ends",
        )
        .advice(
            "检查 loop、while 的结束条件",
            "look at how loop and while end",
        ),
        EvalAltResult::ErrorStackOverflow(_) => Trouble::new(
            "too-long",
            "函数互相调用太深",
            "functions call each other too deeply",
        ),
        EvalAltResult::ErrorDataTooLarge(what, _) => Trouble::new(
            "too-large",
            format!("过大：{what}"),
            format!("too large: {what}"),
        ),
        EvalAltResult::ErrorMismatchDataType(wanted, actual, _)
            if [wanted, actual].iter().any(|name| is_data(name)) =>
        {
            Trouble::new(
                "condition-on-data",
                "if、while 不能判断数据",
                "if and while can't test data",
            )
            .advice("写成 when(条件, a, b)", "write when(condition, a, b)")
        }
        EvalAltResult::ErrorFor(_) => Trouble::new(
            "condition-on-data",
            "for 只能逐个取列表或范围中的值，不能用于数据",
            "for goes through a list or a range, not through data",
        ),
        other => {
            let english = other.to_string();
            let english = english.replace(std::any::type_name::<super::trace::Datum>(), "data");
            Trouble::new(
                "script",
                format!("脚本出错：{english}"),
                format!("error in the script: {english}"),
            )
        }
    }
}

fn is_data(type_name: &str) -> bool {
    type_name.contains("数据") || type_name == std::any::type_name::<super::trace::Datum>()
}
