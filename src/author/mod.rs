//! Authoring: rule files in, a rulebook out, or every problem at once.
//!
//! A rule script is run once, by Rhai, when the standard is compiled; what it
//! leaves behind is the rulebook. Files are given as text: reading them is the
//! caller's business. This is the only stage that knows Rhai.

mod analysis;
mod branch;
mod coverage;
mod declare;
pub mod diff;
pub mod doc;
mod draft;
mod example;
mod messages;
mod names;
mod options;
mod problem;
pub mod scaffold;
pub mod schema;
mod slips;
mod source;
mod syntax;
mod template;
mod trace;
mod vocabulary;
mod words;

pub use coverage::{Coverage, Shown, Tested, Tried, test};
pub use draft::text::{line as draft_line, written as drafts_written};
pub use draft::{Draft, drafts};
pub use example::{Data, Example, Verdict, run};
pub use names::{Name, names};
pub use problem::{Problem, Text, Trouble};
pub use source::SourceFile;
pub use vocabulary::{Choice, Word, vocabulary};

use crate::rulebook::{Id, Place, Rulebook};
use declare::{Defaults, Named};
use rhai::{AST, Dynamic, Engine, EvalAltResult, Position, Scope};
use source::Span;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use trace::{Datum, Kind, Trace};

/// A standard, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// What portals embed.
    pub rulebook: Rulebook,
    /// The examples that stand beside the rules.
    pub examples: Vec<Example>,
    /// What is doubtful in the rules, in the order of files and lines.
    pub warnings: Vec<Problem>,
}

/// The most that a standard may hold; beyond it is a problem, not a hang.
mod limits {
    /// Bytes of a rule file.
    pub const FILE: usize = 4 << 20;
    /// Lines of a rule file; Rhai counts no further.
    pub const LINES: usize = 65_000;
    /// Steps of one statement.
    pub const OPERATIONS: u64 = 2_000_000;
    /// Nodes of the graph.
    pub const NODES: usize = 4_000_000;
}

/// Compiles the rule files of a standard.
///
/// Files are taken in the order of their paths, `standard.rhai` first; statements that
/// judge (`data_check`, `indicator`, `example`) come after all that declare.
///
/// # Errors
///
/// All problems found, in the order of files and lines.
pub fn compile(files: &[SourceFile]) -> Result<Compiled, Vec<Problem>> {
    let shared: Shared = Rc::new(RefCell::new(State::default()));
    let engine = engine(&shared);
    let mut run = Run {
        shared: &shared,
        engine: &engine,
        library: AST::empty(),
        scope: Scope::new(),
    };
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by_key(|file| (file.path != "standard.rhai", file.path.clone()));
    let mut later = Vec::new();
    for file in files {
        shared.borrow_mut().open(file);
        if file.text.len() > limits::FILE || file.text.lines().count() > limits::LINES {
            let trouble = Trouble::new("too-large", "文件过大", "the file is too large")
                .advice("拆成几个文件", "split it into several files");
            shared.borrow_mut().problem(trouble, Position::NONE);
            continue;
        }
        if let Some(span) = source::open_comment(&file.text) {
            let trouble = Trouble::new(
                "syntax",
                "/* 没有配对的 */：后面的都成了注释",
                "/* has no */: all that follows is a comment",
            )
            .advice(
                "在注释末尾补上 */，或改用 //",
                "write */ where the comment ends, or begin it with //",
            );
            shared.borrow_mut().mark(trouble, span);
        }
        for statement in source::statements(&file.text) {
            if source::judges(&statement) {
                later.push((file, statement));
            } else {
                run.statement(&statement);
            }
        }
    }
    for (file, statement) in later {
        shared.borrow_mut().enter(&file.path);
        run.statement(&statement);
    }
    shared.borrow_mut().check_shadows();
    shared.borrow_mut().check_units();
    drop(run);
    drop(engine);
    let state = Rc::try_unwrap(shared).map(RefCell::into_inner);
    let Ok(state) = state else {
        let trouble = Trouble::new(
            "internal",
            "编译器内部错误",
            "internal error of the compiler",
        );
        return Err(vec![Problem::of_standard(trouble)]);
    };
    state.finish()
}

/// What all words of a script share while it runs.
type Shared = Rc<RefCell<State>>;

/// The standard while it is being compiled.
#[derive(Debug, Default)]
struct State {
    trace: Trace,
    rulebook: Rulebook,
    examples: Vec<Example>,
    problems: Vec<Problem>,
    names: HashMap<String, Named>,
    /// Text of the files, by path.
    texts: HashMap<String, String>,
    /// The file that is being run.
    file: String,
    /// The statement that is being run, as it was padded.
    statement: String,
    group_of: HashMap<String, u32>,
    /// What the groups of the files give their fields and indicators.
    defaults: HashMap<String, Defaults>,
    /// Advice that parts of conditions have of their own.
    advices: HashMap<Id, String>,
    scheme_declared: bool,
    /// Where the names were declared.
    named_at: HashMap<Named, (String, Position)>,
    indicator_ids: HashSet<String>,
    /// Where the indicators were declared.
    indicators_at: Vec<(String, Position)>,
    /// The indicator declared last in a file, which its examples are for.
    latest: HashMap<String, usize>,
    /// Files whose indicator declared last is broken: their examples are passed over.
    without: HashSet<String>,
    /// Names whose declaration is broken: what uses them is not blamed.
    broken: HashSet<String>,
    /// Where each name was declared: `file:line`.
    first: HashMap<String, String>,
    /// Functions of the scripts, by name and number of items: file and line.
    functions: HashMap<(String, usize), (String, usize)>,
    /// How deep `if` stands in `if`.
    depth: usize,
    /// Units as they were written, with their places.
    units: Vec<(String, String, Position)>,
    /// Names that scripts gave to values.
    given: Vec<syntax::Given>,
}

impl State {
    fn open(&mut self, file: &SourceFile) {
        self.texts.insert(file.path.clone(), file.text.clone());
        self.enter(&file.path);
    }

    fn enter(&mut self, path: &str) {
        self.file = path.into();
        self.trace.name(path);
    }

    /// How much has been declared so far.
    fn declared(&self) -> [usize; 10] {
        let rulebook = &self.rulebook;
        [
            rulebook.standard.id.len(),
            rulebook.chapters.len(),
            rulebook.phases.len(),
            usize::from(self.scheme_declared),
            rulebook.groups.len(),
            rulebook.fields.len(),
            rulebook.parameters.len(),
            rulebook.indicators.len(),
            rulebook.data_checks.len(),
            self.examples.len(),
        ]
    }

    /// The place of a position, for the rulebook.
    fn place(&self, at: Position) -> Place {
        Place {
            file: self.trace.file(&self.file),
            line: at.line().unwrap_or(0) as u32,
            column: at.position().unwrap_or(0) as u32,
        }
    }

    /// The place of a position, for people.
    fn located(&self, at: Position) -> String {
        format!(
            "{}:{}:{}",
            self.file,
            at.line().unwrap_or(0),
            at.position().unwrap_or(0)
        )
    }

    /// Where a key of an option is written in the statement, after a position.
    fn place_of_key(&self, key: &str, after: Position) -> Option<Position> {
        let from = after.line().unwrap_or(1);
        for (index, line) in self.statement.lines().enumerate().skip(from - 1) {
            for (at, _) in line.match_indices(key) {
                let rest = line.get(at + key.len()..)?.trim_start();
                let before = line.get(..at)?.chars().next_back();
                if rest.starts_with(':') && !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                {
                    let column = line.get(..at)?.chars().count() + 1;
                    return Some(Position::new(index as u16 + 1, column as u16));
                }
            }
        }
        None
    }

    /// Where a word stands in the statement, at or after a position.
    fn place_of_word(&self, word: &str, after: Position) -> Option<Position> {
        let first = self.statement.chars().take_while(|c| *c == '\n').count() + 1;
        let (line, column) = (after.line().unwrap_or(1), after.position().unwrap_or(1));
        let span = source::find(&self.statement, word, line.max(first), column)?;
        Some(Position::new(span.line as u16, span.column as u16))
    }

    fn problem(&mut self, mut trouble: Trouble, at: Position) {
        let (line, column) = (at.line().unwrap_or(0), at.position().unwrap_or(1).max(1));
        let text = self.texts.get(&self.file).map_or("", String::as_str);
        let source = text.lines().nth(line.wrapping_sub(1)).unwrap_or("");
        let length = source::span(source, column);
        let span = trouble.settle(
            text,
            Span {
                line,
                column,
                length,
            },
        );
        self.mark(trouble, span);
    }

    /// A problem with the characters that are wrong.
    fn mark(&mut self, trouble: Trouble, span: Span) {
        let text = self.texts.get(&self.file);
        let source = text.and_then(|text| text.lines().nth(span.line.checked_sub(1)?));
        let problem = Problem {
            trouble,
            file: self.file.clone(),
            line: span.line,
            column: span.column,
            length: span.length,
            source: source.unwrap_or("").into(),
        };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Remembers what a statement would have declared, had it not failed.
    fn break_off(&mut self, statement: &source::Statement) {
        self.broken.extend(source::declared(statement));
        if source::meant(statement) == Some("group") {
            self.group_of.entry(self.file.clone()).or_insert(0);
        }
        if source::declares_indicator(statement) {
            self.latest.remove(&self.file);
            self.without.insert(self.file.clone());
        }
    }

    /// Notes where something was declared.
    fn note_first(&mut self, name: &str, at: Position) {
        let place = format!("{}:{}", self.file, at.line().unwrap_or(0));
        self.first.entry(name.into()).or_insert(place);
    }

    /// Says where something of that name was declared first.
    fn declared_first(&self, trouble: Trouble, name: &str) -> Trouble {
        match self.first.get(name) {
            Some(place) => trouble.exists(
                format!("先在 {place} 声明"),
                format!("first declared at {place}"),
            ),
            None => trouble,
        }
    }

    /// Gives a thing its names.
    fn declare(&mut self, names: &[String], named: Named, at: Position) -> words::Answer<()> {
        self.named_at.insert(named, (self.file.clone(), at));
        for name in names.iter().filter(|name| !name.is_empty()) {
            if crate::check::Outcome::ALL.iter().any(|o| o.word() == name) {
                let trouble = Trouble::new(
                    "duplicate",
                    format!("“{name}”已经是一种结果的名称"),
                    format!("“{name}” is the name of an outcome"),
                )
                .advice("换一个名称", "choose another name");
                self.problem(trouble, at);
                continue;
            }
            match self.names.get(name) {
                Some(known) if *known != named => {
                    let trouble = Trouble::new(
                        "duplicate",
                        format!("名称“{name}”已经用过"),
                        format!("the name “{name}” is already taken"),
                    )
                    .marks(format!("\"{name}\""))
                    .advice("换一个名称", "choose another name");
                    let trouble = self.declared_first(trouble, name);
                    self.problem(trouble, at);
                }
                _ => {
                    self.names.insert(name.clone(), named);
                    self.note_first(name, at);
                }
            }
        }
        Ok(())
    }

    /// What a name stands for in a script.
    fn value_of(&mut self, name: &str) -> Option<Dynamic> {
        if crate::check::Outcome::ALL
            .iter()
            .any(|outcome| outcome.word() == name)
        {
            return Some(name.into());
        }
        let place = Place {
            file: self.trace.file(&self.file),
            ..Place::default()
        };
        match *self.names.get(name)? {
            Named::Field(index) => {
                let field = self.rulebook.fields.get(index)?;
                let kind = Kind::of_field(field);
                let slots = field.slot..field.slot + field.width() as u32;
                let list = !field.keys.is_empty();
                let mut data: Vec<Datum> = slots
                    .map(|slot| self.trace.slot(slot, kind.clone(), place))
                    .collect();
                if list {
                    return Some(
                        data.into_iter()
                            .map(Dynamic::from)
                            .collect::<rhai::Array>()
                            .into(),
                    );
                }
                let datum = data.pop()?;
                self.trace.called.insert(datum.id, name.into());
                Some(Dynamic::from(datum))
            }
            Named::Parameter(index) => {
                let kind = Kind::of_parameter(self.rulebook.parameters.get(index)?);
                let datum = self.trace.parameter(index as u32, kind, place);
                self.trace.called.insert(datum.id, name.into());
                Some(Dynamic::from(datum))
            }
        }
    }

    /// Every expression that something of the rulebook stands on.
    fn roots(&self) -> Vec<Id> {
        let indicators = self.rulebook.indicators.iter();
        let indicators = indicators.flat_map(|i| [Some(i.meets), i.score, i.applies]);
        let checks = self
            .rulebook
            .data_checks
            .iter()
            .map(|check| Some(check.holds));
        let lines = self.rulebook.scheme.lines().map(Some);
        indicators.chain(checks).chain(lines).flatten().collect()
    }

    fn finish(mut self) -> Result<Compiled, Vec<Problem>> {
        if self.rulebook.standard.id.is_empty() && self.problems.is_empty() {
            let trouble = Trouble::new("no-standard", "没有 standard(…) 声明", "there is no standard(…)")
                .advice(
                    "在 standard.rhai 中写 standard(\"id\", #{ title: …, version: …, document: …, notice: … });",
                    "write standard(\"id\", #{ title: …, version: …, document: …, notice: … }); in standard.rhai",
                );
            self.problems.push(Problem::of_standard(trouble));
        }
        if self.problems.iter().all(|p| p.trouble.warning) {
            analysis::analyse(&mut self);
        }
        self.problems
            .sort_by_key(|p| (p.file != "standard.rhai", p.file.clone(), p.line, p.column));
        if self.problems.iter().any(|p| !p.trouble.warning) {
            return Err(self.problems);
        }
        let roots = self.roots();
        let rulebook = &mut self.rulebook;
        let (graph, now) = self.trace.finish(roots);
        let renew = |id: &mut Id| *id = now.get(id).copied().unwrap_or(*id);
        for indicator in &mut rulebook.indicators {
            renew(&mut indicator.meets);
            indicator.score.as_mut().map(renew);
            indicator.applies.as_mut().map(renew);
            for advice in &mut indicator.advices {
                renew(&mut advice.condition);
            }
        }
        rulebook.scheme.for_each_mut(&mut |id| renew(id));
        rulebook
            .data_checks
            .iter_mut()
            .for_each(|check| renew(&mut check.holds));
        rulebook.graph = graph;
        Ok(Compiled {
            rulebook: self.rulebook,
            examples: self.examples,
            warnings: self.problems,
        })
    }
}

/// The engine that runs rule scripts: no files, no clock, and a limit to everything.
fn engine(shared: &Shared) -> Engine {
    use rhai::packages::Package as _;
    let mut engine = Engine::new_raw();
    engine.register_global_module(rhai::packages::CorePackage::new().as_shared_module());
    engine.register_global_module(rhai::packages::BasicArrayPackage::new().as_shared_module());
    engine.register_global_module(rhai::packages::BasicMapPackage::new().as_shared_module());
    engine.register_global_module(rhai::packages::MoreStringPackage::new().as_shared_module());
    // The optimizer would fold conditions and delete branches before they are traced.
    engine.set_optimization_level(rhai::OptimizationLevel::None);
    // Built-in operators would divide whole numbers without their remainder.
    engine.set_fast_operators(false);
    engine.set_max_operations(limits::OPERATIONS);
    engine.set_max_call_levels(48);
    engine.set_max_expr_depths(128, 64);
    engine.set_max_string_size(1 << 20);
    engine.set_max_array_size(100_000);
    engine.set_max_map_size(10_000);
    engine.set_max_variables(1_000);
    engine.set_max_functions(1_000);
    for (word, ..) in syntax::UNUSED {
        engine.disable_symbol(word);
    }
    engine.register_type_with_name::<Datum>("数据");
    syntax::shape(&mut engine, shared);
    branch::register(&mut engine, shared);
    words::register(&mut engine, shared);
    declare::register(&mut engine, shared);
    engine
}

/// Runs statements one by one.
struct Run<'a> {
    shared: &'a Shared,
    engine: &'a Engine,
    /// Functions declared so far.
    library: AST,
    scope: Scope<'static>,
}

impl Run<'_> {
    fn statement(&mut self, statement: &source::Statement) {
        self.shared
            .borrow_mut()
            .statement
            .clone_from(&statement.text);
        let joined = slips::joined_lines(&statement.text);
        if !joined.is_empty() {
            let mut state = self.shared.borrow_mut();
            for (trouble, span) in joined {
                state.mark(trouble, span);
            }
            state.break_off(statement);
            return;
        }
        let ast = match self.engine.compile(&statement.text) {
            Ok(ast) => ast,
            Err(error) => {
                let found = match messages::is_unused(&error) {
                    true => Vec::new(),
                    false => slips::look_through(&statement.text),
                };
                let mut state = self.shared.borrow_mut();
                if found.is_empty() {
                    state.problem(messages::parse_trouble(&error), error.position());
                }
                for (trouble, span) in found {
                    state.mark(trouble, span);
                }
                state.break_off(statement);
                return;
            }
        };
        if !syntax::check_names(&ast, self.shared, &self.scope) {
            self.misspelt(statement);
            self.shared.borrow_mut().break_off(statement);
            return;
        }
        let whole = self.library.merge(&ast);
        if let Err(error) = self.engine.run_ast_with_scope(&mut self.scope, &whole) {
            self.report(&error);
            self.shared.borrow_mut().break_off(statement);
        }
        if ast.has_functions() {
            // A function without a name is gone with its statement, unless a variable holds it.
            let held = matches!(statement.word.as_str(), "let" | "const");
            let mut named = ast.clone();
            named.clear_statements();
            named.retain_functions(|_, _, name, _| held || !name.starts_with("anon$"));
            self.library = self.library.merge(&named);
        }
        let mut state = self.shared.borrow_mut();
        if state.trace.graph.nodes.len() > limits::NODES {
            let trouble = Trouble::new("too-large", "规则过多", "there are too many rules");
            state.problem(trouble, Position::NONE);
        }
    }

    /// Reports a misspelt declaration that is not run, as names in it are not known.
    fn misspelt(&self, statement: &source::Statement) {
        let word = statement.word.as_str();
        let mut state = self.shared.borrow_mut();
        let own = state.functions.keys().any(|(name, _)| name == word);
        if own || source::meant(statement).is_none_or(|meant| meant == word) {
            return;
        }
        let trouble = messages::unknown_word(word, &state);
        let at = state.place_of_word(word, Position::new(1, 1));
        state.problem(trouble, at.unwrap_or(Position::NONE));
    }

    fn report(&self, error: &EvalAltResult) {
        let mut state = self.shared.borrow_mut();
        // An error inside a function is reported where it happened.
        let here = state.file.clone();
        let mut inner = error;
        let mut called = None;
        while let EvalAltResult::ErrorInFunctionCall(name, _, next, at) = inner {
            let mut functions = state.functions.iter();
            let written = functions.find(|((function, _), _)| function == name);
            if let Some((_, (file, _))) = written.filter(|_| !next.position().is_none()) {
                called.get_or_insert((format!("{here}:{}", at.line().unwrap_or(0)), *at));
                state.file = file.clone();
            }
            inner = next;
        }
        let broken = match inner {
            EvalAltResult::ErrorFunctionNotFound(signature, _) => state
                .broken
                .contains(signature.split([' ', '(']).next().unwrap_or("")),
            EvalAltResult::ErrorVariableNotFound(name, _) => state.broken.contains(name),
            _ => false,
        };
        if !broken {
            let trouble = match inner {
                EvalAltResult::ErrorRuntime(value, _) if value.is::<Trouble>() => {
                    value.clone().cast::<Trouble>()
                }
                other => messages::run_trouble(other, &state),
            };
            let trouble = match called {
                Some((place, _)) if trouble.exists.is_none() => {
                    trouble.exists(format!("在 {place} 用到"), format!("used at {place}"))
                }
                _ => trouble,
            };
            let at = inner.position();
            let at = if at.is_none() { error.position() } else { at };
            state.problem(trouble, at);
        }
        state.file = here;
    }
}
