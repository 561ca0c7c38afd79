//! Running: the engine that reads rule scripts, and the statements one by one. What goes wrong is told
//! in words of the rules, at the place where it is written.

use super::problem::Trouble;
use super::trace::Datum;
use super::{Shared, branch, declare, limits, messages, slips, source, syntax, words};
use rhai::{AST, Engine, EvalAltResult, Position, Scope};

/// The engine that runs rule scripts: no files, no clock, and a limit to everything.
pub fn engine(shared: &Shared) -> Engine {
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
pub struct Run<'a> {
    pub shared: &'a Shared,
    pub engine: &'a Engine,
    /// Functions declared so far.
    pub library: AST,
    pub scope: Scope<'static>,
}

impl Run<'_> {
    /// Runs a statement; what is wrong with it is a problem, and the next is run all the same.
    pub fn statement(&mut self, statement: &source::Statement) {
        let (before, excused) = {
            let mut state = self.shared.borrow_mut();
            state.statement.clone_from(&statement.text);
            let mut names = state.unwritable.iter();
            let excused = names.any(|name| statement.text.contains(name.as_str()));
            (state.problems.len(), excused)
        };
        if !self.attempt(statement) {
            let mut state = self.shared.borrow_mut();
            if excused {
                state.problems.truncate(before);
            }
            state.break_off(statement);
        }
    }

    /// Runs a statement; whether it could be.
    fn attempt(&mut self, statement: &source::Statement) -> bool {
        let mut slips = slips::joined_lines(&statement.text);
        slips.extend(slips::too_precise(&statement.text));
        if !slips.is_empty() {
            let mut state = self.shared.borrow_mut();
            for (trouble, span) in slips {
                state.mark(trouble, span);
            }
            return false;
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
                return false;
            }
        };
        if !syntax::check_names(&ast, self.shared, &self.scope) {
            self.misspelt(statement);
            return false;
        }
        let whole = self.library.merge(&ast);
        let ran = self.engine.run_ast_with_scope(&mut self.scope, &whole);
        if let Err(error) = &ran {
            self.report(error);
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
        ran.is_ok()
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
