//! The language around the words: how Rhai's tokens and names are read, and what a
//! statement may not name or use.

use super::messages::unknown_name;
use super::problem::Trouble;
use super::slips::{self, Meant};
use super::source::DECLARATIONS;
use super::words::WORDS;
use super::{Shared, State};
use rhai::{AST, ASTNode, Engine, Position, Scope, Stmt, Token};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// Words of Rhai that rules do without: in Chinese and English why, and what to write.
///
/// `switch` would take a branch silently where data decide, and `try` would hide problems.
pub const UNUSED: [(&str, [&str; 4]); 12] = [
    (
        "switch",
        [
            "switch 不能判断数据，规则里不用",
            "switch can't test data; rules do without it",
            "写成 if 条件 { a } else if 条件 { b } else { c }",
            "write if condition { a } else if condition { b } else { c }",
        ],
    ),
    (
        "try",
        [
            "try 会把问题盖住，规则里不用",
            "try would hide problems; rules do without it",
            "去掉 try { … } catch { … }，留下其中的内容",
            "leave out try { … } catch { … } and keep what is in it",
        ],
    ),
    ("catch", NOTHING),
    (
        "import",
        [
            "import 不用写：一个文件夹里的文件放在一起编译",
            "import is not needed: the files of a folder are compiled together",
            "删去这一句",
            "delete this statement",
        ],
    ),
    ("export", NOTHING),
    ("eval", NOTHING),
    ("print", NOTHING),
    ("debug", NOTHING),
    ("exit", NOTHING),
    ("type_of", NOTHING),
    ("is_def_var", NOTHING),
    ("is_def_fn", NOTHING),
];

const NOTHING: [&str; 4] = [
    "规则里不用这个词",
    "rules do without this word",
    "删去它；不是这个意思时换一个名称",
    "delete it, or choose another name",
];

/// Teaches the engine fields as variables, and `&&` and `||` on data.
pub fn shape(engine: &mut Engine, shared: &Shared) {
    // `&&` and `||` demand plain booleans; `&` and `|` have the same precedence and can be overloaded.
    let after_value = Cell::new(false);
    #[expect(
        deprecated,
        reason = "Rhai marks its volatile interfaces so; the version is pinned"
    )]
    engine.on_parse_token(move |token, _, _| {
        // Where no value stands before it, `||` begins a function without items.
        let between = after_value.replace(ends_value(&token));
        match token {
            Token::And => Token::Ampersand,
            Token::Or if between => Token::Pipe,
            other => other,
        }
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

/// Whether a value may end with a token.
fn ends_value(token: &Token) -> bool {
    matches!(
        token,
        Token::Identifier(_)
            | Token::IntegerConstant(_)
            | Token::DecimalConstant(_)
            | Token::StringConstant(_)
            | Token::CharConstant(_)
            | Token::True
            | Token::False
            | Token::Unit
            | Token::RightParen
            | Token::RightBracket
            | Token::RightBrace
    )
}

/// A name that a script gives to a value.
#[derive(Clone, Debug)]
pub struct Given {
    pub name: String,
    pub file: String,
    pub at: Position,
    /// Between statements, where it stays for those that follow.
    pub lasting: bool,
}

/// The names that a part of a script uses and declares.
#[derive(Default)]
struct Names {
    local: HashSet<String>,
    used: Vec<(String, Position)>,
    given: Vec<(String, Position, bool)>,
}

impl Names {
    fn of(ast: &AST, local: HashSet<String>) -> Self {
        let mut names = Self {
            local,
            ..Self::default()
        };
        ast.walk(&mut |path: &[ASTNode<'_>]| {
            if let Some(node) = path.last() {
                names.see(node, path.len() == 1);
            }
            true
        });
        names
    }

    fn give(&mut self, name: &str, at: Position, lasting: bool) {
        self.local.insert(name.into());
        self.given.push((name.into(), at, lasting));
    }

    fn see(&mut self, node: &ASTNode<'_>, outermost: bool) {
        match node {
            ASTNode::Stmt(Stmt::Var(declared, ..)) => {
                self.give(&declared.0.name, declared.0.pos, outermost);
            }
            ASTNode::Stmt(Stmt::For(parts, _)) => {
                self.give(&parts.0.name, parts.0.pos, false);
                for counter in parts.1.iter() {
                    self.give(&counter.name, counter.pos, false);
                }
            }
            ASTNode::Expr(rhai::Expr::Variable(variable, _, at)) => {
                self.used.push((variable.1.to_string(), *at));
            }
            _ => {}
        }
    }
}

/// Reports every name in a script that stands for nothing; whether the script can be run.
pub fn check_names(ast: &AST, shared: &Shared, scope: &Scope<'_>) -> bool {
    // The values themselves are not needed; `iter` would copy each.
    let global: HashSet<String> = (scope.iter_raw())
        .map(|(name, ..)| name.to_string())
        .collect();
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
        let mut names = Names::of(&alone, local);
        for given in &mut names.given {
            given.2 = false;
        }
        parts.push(names);
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
                let trouble = nameless(name, *at, &state);
                state.problem(trouble, *at);
            }
        }
    }
    for (name, at, lasting) in parts.into_iter().flat_map(|names| names.given) {
        sound &= state.give(name, at, lasting);
    }
    for (trouble, span) in slips::single_equals(&state.statement) {
        sound = false;
        state.mark(trouble, span);
    }
    drop(state);
    check_functions(ast, shared) && sound
}

/// A name that stands for nothing, told by where it stands.
fn nameless(name: &str, at: Position, state: &State) -> Trouble {
    let (line, column) = (at.line().unwrap_or(0), at.position().unwrap_or(0));
    let trouble = unknown_name(name, state);
    match slips::meant(&state.statement, line, column) {
        Some(Meant::Text) => slips::unquoted(name).marks(name),
        Some(Meant::Value) if trouble.edit.is_none() => trouble
            .advice(
                format!("是 value 的值就写成 |{name}| {name}"),
                format!("for what value gives write |{name}| {name}"),
            )
            .edit(format!("|{name}| {name}")),
        _ => trouble,
    }
}

/// Reports functions whose name means something else; whether the script can be run.
fn check_functions(ast: &AST, shared: &Shared) -> bool {
    let mut state = shared.borrow_mut();
    let mut sound = true;
    let functions: Vec<(String, usize)> = ast
        .iter_functions()
        .filter(|function| !function.name.starts_with("anon$"))
        .map(|function| (function.name.to_string(), function.params.len()))
        .collect();
    for (name, count) in functions {
        let at = state.place_of_word(&name, Position::new(1, 1));
        let at = at.unwrap_or(Position::NONE);
        let here = (state.file.clone(), at.line().unwrap_or(0));
        let word = WORDS.iter().any(|told| told.word == name);
        let first = state.functions.get(&(name.clone(), count)).cloned();
        let trouble = if word || DECLARATIONS.contains(&name.as_str()) {
            Trouble::new(
                "name-taken",
                format!("{name} 是规则里已有的词，不能再用作函数名"),
                format!("{name} is a word of the rules already"),
            )
        } else if let Some((file, line)) = first {
            Trouble::new(
                "duplicate",
                format!("函数 {name} 已经有了"),
                format!("the function {name} is declared already"),
            )
            .exists(
                format!("先在 {file}:{line} 声明"),
                format!("first declared at {file}:{line}"),
            )
        } else {
            state.functions.insert((name, count), here);
            continue;
        };
        sound = false;
        let trouble = trouble.advice("换一个函数名", "choose another name for the function");
        state.problem(trouble, at);
    }
    sound
}

impl State {
    /// Notes a name that a script gives to a value; whether it may be used.
    fn give(&mut self, name: String, at: Position, lasting: bool) -> bool {
        let outcome = crate::check::Outcome::ALL
            .iter()
            .any(|outcome| outcome.word() == name);
        if outcome {
            let trouble = Trouble::new(
                "name-taken",
                format!("{name} 是一种结果的名称，不能另作他用"),
                format!("{name} is the name of an outcome"),
            )
            .advice("换一个名称", "choose another name");
            self.problem(trouble, at);
            return false;
        }
        let before = self.given.iter();
        let first = before
            .filter(|_| lasting)
            .find(|given| given.lasting && given.name == name);
        if let Some(first) = first {
            let place = format!("{}:{}", first.file, first.at.line().unwrap_or(0));
            let trouble = Trouble::new(
                "duplicate",
                format!("{name} 已经有了值，再给一次会盖住前一个"),
                format!("{name} has a value already; another one would hide it"),
            )
            .exists(
                format!("先在 {place} 声明"),
                format!("first declared at {place}"),
            )
            .advice(
                "换一个名称，或删去其中一处",
                "choose another name, or delete one of them",
            );
            self.problem(trouble, at);
            return false;
        }
        let file = self.file.clone();
        self.given.push(Given {
            name,
            file,
            at,
            lasting,
        });
        true
    }

    /// Reports the names of fields and parameters that a script gave to something else.
    pub fn check_shadows(&mut self) {
        let given = std::mem::take(&mut self.given);
        for Given { name, file, at, .. } in given {
            if !self.names.contains_key(&name) {
                continue;
            }
            let trouble = Trouble::new(
                "name-taken",
                format!("“{name}”是字段或参数，这里又给了别的值，会把它盖住"),
                format!("“{name}” is a field or parameter; another value would hide it"),
            )
            .advice("换一个名称", "choose another name");
            self.file = file;
            self.problem(trouble, at);
        }
        let functions = self.functions.iter();
        let hidden = functions.filter(|((name, _), _)| self.names.contains_key(name));
        let hidden: Vec<(String, String, usize)> = hidden
            .map(|((name, _), (file, line))| (name.clone(), file.clone(), *line))
            .collect();
        for (name, file, line) in hidden {
            let trouble = Trouble::new(
                "name-taken",
                format!("“{name}”是字段或参数，不能再用作函数名"),
                format!("“{name}” is a field or parameter already"),
            )
            .marks(&name)
            .advice("换一个函数名", "choose another name for the function");
            self.file = file;
            self.problem(trouble, Position::new(line as u16, 1));
        }
    }

    /// Reports units that look like a slip of the pen: one character from a known one, and used once.
    pub fn check_units(&mut self) {
        let units = std::mem::take(&mut self.units);
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for word in units.iter().flat_map(|(unit, ..)| crate::unit::words(unit)) {
            *uses.entry(word).or_default() += 1;
        }
        for (unit, file, at) in &units {
            let words = crate::unit::words(unit).into_iter();
            let words = words.filter(|word| uses.get(word) == Some(&1));
            for (word, like) in words.filter_map(|word| Some((word, crate::unit::meant(word)?))) {
                let right = unit.replacen(word, like, 1);
                let trouble = Trouble::new(
                    "unlikely-unit",
                    format!("没有听说过“{word}”这个单位，别处也没有用到"),
                    format!("the unit “{word}” is not known, and used nowhere else"),
                )
                .marks(format!("\"{unit}\""))
                .like(Some(&right), true)
                .warning();
                self.file = file.clone();
                self.problem(trouble, *at);
            }
        }
    }
}
