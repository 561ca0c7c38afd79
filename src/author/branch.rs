//! `if` / `else if` / `else`: with a plain condition as Rhai has it; where data decide, both
//! branches are traced and the choice between them is recorded.
//!
//! While rules are compiled both branches of such a choice are run, so what only one of them
//! should do (return, assign, declare) is refused there.

use super::Shared;
use super::problem::Trouble;
use super::source::DECLARATIONS;
use super::trace::{Datum, Kind, Trace};
use super::words::{Answer, raise};
use crate::rulebook::{Constant, Node, Place};
use rhai::{
    ASTFlags, ASTNode, Dynamic, Engine, EvalContext, Expr, Expression, FnPtr, LexError, Position,
    Stmt,
};
use std::collections::HashSet;
use std::fmt::Write as _;

/// Replaces Rhai's own `if`.
pub fn register(engine: &mut Engine, shared: &Shared) {
    engine.disable_symbol("if");
    let shared = shared.clone();
    engine.register_custom_syntax_with_state_raw(
        "if",
        |read, next, _| {
            let last = read.last().map_or("", |symbol| symbol.as_str());
            let before = read
                .iter()
                .rev()
                .nth(1)
                .map_or("", |symbol| symbol.as_str());
            Ok(match (last, next) {
                ("if", "{") => {
                    let missing = LexError::ImproperSymbol("if".into(), NO_CONDITION.into());
                    return Err(missing.into_err(Position::NONE));
                }
                ("if", _) => Some("$expr$".into()),
                ("$expr$", _) | ("else", "{") => Some("$block$".into()),
                ("else", "if") => Some("if".into()),
                ("else", _) => Some("{".into()),
                ("$block$", "else") if before != "else" => Some("else".into()),
                _ => None,
            })
        },
        false,
        move |context, parts, _| decide(&shared, context, parts),
    );
}

/// What the parser says of an `if` without a condition.
pub const NO_CONDITION: &str = "if without a condition";

type Context<'a, 's, 'ps, 'g, 'c, 't> = EvalContext<'a, 's, 'ps, 'g, 'c, 't>;

/// How deep `if` may stand in `if`, also through functions that call each other.
const DEEPEST: usize = 24;

/// Keeps count of how deep `if` stands in `if`.
fn decide(
    shared: &Shared,
    context: &mut Context<'_, '_, '_, '_, '_, '_>,
    parts: &[Expression<'_>],
) -> Answer<Dynamic> {
    let at = parts
        .first()
        .map_or(Position::NONE, |test| test.start_position());
    if shared.borrow().depth >= DEEPEST {
        return raise(too_deep(), at);
    }
    shared.borrow_mut().depth += 1;
    let answer = walk(shared, context, parts);
    shared.borrow_mut().depth -= 1;
    answer
}

/// Where an expression begins; Rhai places an operator at its sign.
fn start(expression: &Expr) -> Position {
    match expression {
        Expr::FnCall(call, at) if call.op_token.is_some() => call.args.first().map_or(*at, start),
        other => other.start_position(),
    }
}

fn too_deep() -> Trouble {
    Trouble::new(
        "too-long",
        "if 套得太深，可能是函数一层层调用自己",
        "if stands too deep in if; perhaps a function calls itself",
    )
    .advice(
        "函数不要调用自己：用数据判断的 if 两支都要走，停不下来",
        "let no function call itself: an if that tests data takes both branches, so it never stops",
    )
}

/// A value that data choose, with its condition and place.
struct Choice {
    condition: Datum,
    value: Datum,
    at: Position,
}

/// Conditions and blocks in turn; a last block without a condition is the `else`.
fn walk(
    shared: &Shared,
    context: &mut Context<'_, '_, '_, '_, '_, '_>,
    parts: &[Expression<'_>],
) -> Answer<Dynamic> {
    let mut choices: Vec<Choice> = Vec::new();
    for pair in parts.chunks(2) {
        let (block, tested) = match pair {
            [test, block] => {
                let at = start(test);
                let tested = test.eval_with_context(context)?;
                match told(shared, tested, at)? {
                    Told::No => continue,
                    Told::Yes => (block, None),
                    Told::ByData(condition) => (block, Some((condition, at))),
                }
            }
            [block] => (block, None),
            _ => continue,
        };
        let at = block.position();
        let value = match (choices.is_empty(), &tested) {
            (true, None) => return block.eval_with_context(context),
            _ => branch(shared, context, block)?,
        };
        let place = shared.borrow().place(at);
        let value = given(shared, value, place, at)?;
        match tested {
            Some((condition, at)) => choices.push(Choice {
                condition,
                value,
                at,
            }),
            None => return chosen(shared, choices, value),
        }
    }
    match choices.pop() {
        Some(last) => raise(no_else(), last.at),
        None => Ok(Dynamic::UNIT),
    }
}

/// What a condition says while rules are compiled.
enum Told {
    Yes,
    No,
    ByData(Datum),
}

fn told(shared: &Shared, value: Dynamic, at: Position) -> Answer<Told> {
    if let Ok(truth) = value.as_bool() {
        return Ok(if truth { Told::Yes } else { Told::No });
    }
    let place = shared.borrow().place(at);
    let trace = &mut shared.borrow_mut().trace;
    let condition = trace.datum(value, place).and_then(|datum| {
        trace.condition(&datum)?;
        Ok(datum)
    });
    match condition {
        Ok(condition) => Ok(match trace.graph.node(condition.id) {
            Some(Node::Constant(Constant::Truth(true))) => Told::Yes,
            Some(Node::Constant(Constant::Truth(false))) => Told::No,
            _ => Told::ByData(condition),
        }),
        Err(trouble) => raise(trouble, at),
    }
}

/// Records the choices of a chain, from its end.
fn chosen(shared: &Shared, choices: Vec<Choice>, otherwise: Datum) -> Answer<Dynamic> {
    let mut value = otherwise;
    for choice in choices.into_iter().rev() {
        let place = shared.borrow().place(choice.at);
        let trace = &mut shared.borrow_mut().trace;
        let found = choose(trace, &choice.condition, &choice.value, &value, place);
        value = found.or_else(|trouble| raise(trouble, choice.at))?;
    }
    Ok(Dynamic::from(value))
}

fn no_else() -> Trouble {
    Trouble::new(
        "no-else",
        "用数据判断的 if 没有写 else，条件不成立时不知道取什么",
        "an if that tests data has no else: nothing says what holds otherwise",
    )
    .advice(
        "写成 if 条件 { … } else { … }；不作要求时写 else { true }",
        "write if condition { … } else { … }; else { true } where nothing is asked for",
    )
}

/// The value of a branch.
fn given(shared: &Shared, value: Dynamic, place: Place, at: Position) -> Answer<Datum> {
    if value.is_unit() {
        let trouble = Trouble::new(
            "not-a-value",
            "这一支没有给出值",
            "this branch gives no value",
        )
        .advice(
            "大括号里最后写要取的值，后面不加分号，例如 { 机扫率 >= 90 }",
            "write the value last between the braces, without a semicolon, for instance { rate >= 90 }",
        );
        return raise(trouble, at);
    }
    let list = value.is_array();
    let datum = shared.borrow_mut().trace.datum(value, place);
    datum.or_else(|trouble| {
        let trouble = match list {
            true => trouble.advice(
                "几个条件写成 all([…]) 或 any([…])",
                "write several conditions as all([…]) or any([…])",
            ),
            false => trouble,
        };
        raise(trouble, at)
    })
}

/// What a condition chooses between two values.
pub fn choose(
    trace: &mut Trace,
    condition: &Datum,
    a: &Datum,
    b: &Datum,
    place: Place,
) -> Result<Datum, Trouble> {
    let test = trace.condition(condition)?;
    let (a, b) = (trace.as_date(a, b, place), trace.as_date(b, a, place));
    let kind = match (&a.kind, &b.kind) {
        (Kind::Number(_), Kind::Number(_)) => {
            let (ids, kind) = trace.aligned(&[a.clone(), b.clone()], place)?;
            let [a, b] = ids.try_into().unwrap_or([a.id, b.id]);
            return Ok(trace.record(Node::When(test, a, b), kind, place));
        }
        (Kind::Truth, Kind::Truth) => {
            let truth = |datum: &Datum| match trace.graph.node(datum.id) {
                Some(Node::Constant(Constant::Truth(truth))) => Some(*truth),
                _ => None,
            };
            match (truth(&a), truth(&b)) {
                (Some(true), Some(false)) => return Ok(condition.clone()),
                (Some(false), Some(true)) => {
                    return Ok(trace.record(Node::Not(test), Kind::Truth, place));
                }
                _ => Kind::Truth,
            }
        }
        (Kind::Date, Kind::Date) => Kind::Date,
        (Kind::Text(_), Kind::Text(_)) => {
            let words = [&a, &b].map(|datum| words(trace, datum));
            match words.iter().any(Vec::is_empty) {
                true => Kind::Text([].into()),
                false => Kind::Text(words.concat().into()),
            }
        }
        (a, b) => {
            let ((a, a_en), (b, b_en)) = (a.name(), b.name());
            return Err(Trouble::new(
                "branch-kinds",
                format!("条件成立时取{a}，否则取{b}，两者不是一类"),
                format!("one branch gives {a_en}, the other {b_en}"),
            )
            .advice(
                "两支写同一类的值：都是数，或都是条件",
                "let both branches give the same kind: two numbers, or two conditions",
            ));
        }
    };
    Ok(trace.record(Node::When(test, a.id, b.id), kind, place))
}

/// The words that a text can be; none where it can be any.
fn words(trace: &Trace, datum: &Datum) -> Vec<String> {
    match (&datum.kind, trace.graph.node(datum.id)) {
        (_, Some(Node::Constant(Constant::Text(text)))) => vec![text.clone()],
        (Kind::Text(words), _) => words.to_vec(),
        _ => Vec::new(),
    }
}

/// Runs a branch that data decide on, where nothing may be done but to give a value.
fn branch(
    shared: &Shared,
    context: &mut Context<'_, '_, '_, '_, '_, '_>,
    block: &Expression<'_>,
) -> Answer<Dynamic> {
    let seen = Seen::of(block);
    if let Some((trouble, at)) = seen.refused {
        return raise(trouble, at);
    }
    let outer = |context: &Context<'_, '_, '_, '_, '_, '_>| -> Vec<String> {
        let scope = context.scope();
        let values = seen.used.iter().map(|(name, _)| scope.get(name));
        values
            .map(|value| value.map(written).unwrap_or_default())
            .collect()
    };
    let (before, declared) = (outer(context), shared.borrow().declared());
    let value = block.eval_with_context(context)?;
    if shared.borrow().declared() != declared {
        let (trouble, at) = (declaration(""), block.position());
        return raise(trouble, at);
    }
    let changed = before.iter().zip(outer(context)).position(|(a, b)| *a != b);
    if let Some((name, at)) = changed.and_then(|index| seen.used.get(index)) {
        return raise(change(name), *at);
    }
    Ok(value)
}

/// What a block does, as it is written.
#[derive(Default)]
struct Seen {
    /// Names from around the block, each where it is used first.
    used: Vec<(String, Position)>,
    local: HashSet<String>,
    refused: Option<(Trouble, Position)>,
}

impl Seen {
    fn of(block: &Expr) -> Self {
        let mut seen = Self::default();
        block.walk(&mut Vec::new(), &mut |path| {
            seen.see(path);
            true
        });
        seen
    }

    fn see(&mut self, path: &[ASTNode<'_>]) {
        let mut refuse = |trouble: Trouble, at: &Position| {
            self.refused.get_or_insert((trouble, *at));
        };
        match path.last() {
            Some(ASTNode::Stmt(Stmt::Return(_, how, at))) => {
                let thrown = how.contains(ASTFlags::BREAK);
                refuse(leaving(if thrown { "throw" } else { "return" }), at);
            }
            Some(ASTNode::Stmt(Stmt::BreakLoop(_, _, at))) => {
                let around = path.iter().any(|node| {
                    matches!(
                        node,
                        ASTNode::Stmt(Stmt::For(..) | Stmt::While(..) | Stmt::Do(..))
                    )
                });
                if !around {
                    refuse(leaving("break"), at);
                }
            }
            Some(ASTNode::Stmt(Stmt::Assignment(parts))) => {
                if let Some((name, at)) = root(&parts.1.lhs)
                    && !self.local.contains(name)
                {
                    refuse(change(name), &at);
                }
            }
            Some(ASTNode::Stmt(Stmt::FnCall(call, at)) | ASTNode::Expr(Expr::FnCall(call, at)))
                if DECLARATIONS.contains(&call.name.as_str()) =>
            {
                refuse(declaration(&call.name), at);
            }
            Some(ASTNode::Stmt(Stmt::Var(parts, ..))) => {
                self.local.insert(parts.0.name.to_string());
            }
            Some(ASTNode::Stmt(Stmt::For(parts, _))) => {
                let counter = parts.1.iter().map(|name| name.name.to_string());
                self.local.extend(counter);
                self.local.insert(parts.0.name.to_string());
            }
            Some(ASTNode::Expr(Expr::Variable(variable, _, at))) => {
                let name = variable.1.as_str();
                if !self.local.contains(name) && !self.used.iter().any(|(used, _)| used == name) {
                    self.used.push((name.into(), *at));
                }
            }
            _ => {}
        }
    }
}

/// The variable that is assigned to, also in `list[1] = …` and `map.a = …`.
fn root(target: &Expr) -> Option<(&str, Position)> {
    match target {
        Expr::Variable(variable, _, at) => Some((variable.1.as_str(), *at)),
        Expr::Dot(parts, ..) | Expr::Index(parts, ..) => root(&parts.lhs),
        _ => None,
    }
}

fn leaving(word: &str) -> Trouble {
    Trouble::new(
        "return-in-branch",
        format!("{word} 不能写在用数据判断的 if 里：编译时两支都要走"),
        format!("{word} can't stand in an if that tests data: both branches are taken"),
    )
    .advice(
        "写成 if 条件 { 一个值 } else { 另一个值 }，两支都只写值",
        "write if condition { one value } else { another value }, nothing but values",
    )
}

fn change(name: &str) -> Trouble {
    Trouble::new(
        "change-in-branch",
        format!("{name} 不能在用数据判断的 if 里改：编译时两支都要走"),
        format!("{name} can't be changed in an if that tests data: both branches are taken"),
    )
    .advice(
        format!("写成 let {name} = if 条件 {{ 一个值 }} else {{ 另一个值 }};"),
        format!("write let {name} = if condition {{ one value }} else {{ another value }};"),
    )
}

fn declaration(word: &str) -> Trouble {
    let (word, word_en) = match word {
        "" => ("声明".to_string(), "a declaration ".to_string()),
        word => (format!("{word} "), format!("{word} ")),
    };
    Trouble::new(
        "declaration-in-branch",
        format!("{word}不能写在用数据判断的 if 里：标准有什么，不能由填的数决定"),
        format!("{word_en}can't stand in an if that tests data: what a standard holds is fixed"),
    )
    .advice(
        "移到 if 外面；只在某种情况下才适用的指标写 applies: 条件",
        "move it out of the if; for an indicator that applies to some only, write applies: condition",
    )
}

/// A value with all that is in it, in a form that two values share only if they are the same.
fn written(value: &Dynamic) -> String {
    let mut out = String::new();
    write_down(value, &mut out);
    out
}

fn write_down(value: &Dynamic, out: &mut String) {
    if let Some(list) = value.read_lock::<rhai::Array>() {
        out.push('[');
        for item in list.iter() {
            write_down(item, out);
            out.push(',');
        }
        out.push(']');
    } else if let Some(map) = value.read_lock::<rhai::Map>() {
        out.push('{');
        for (key, item) in map.iter() {
            let _ = write!(out, "{key:?}:");
            write_down(item, out);
            out.push(',');
        }
        out.push('}');
    } else if let Some(datum) = value.read_lock::<Datum>() {
        let _ = write!(out, "#{}", datum.id.0);
    } else if let Some(f) = value.read_lock::<FnPtr>() {
        let _ = write!(out, "{}(", f.fn_name());
        for item in f.iter_curry() {
            write_down(item, out);
            out.push(',');
        }
        out.push(')');
    } else {
        let _ = write!(out, "{}:{value:?}", value.type_name());
    }
}
