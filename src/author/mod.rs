//! Authoring: rule files in, a rulebook out, or every problem at once.
//!
//! A rule script is run once, by Rhai, when the standard is compiled; what it
//! leaves behind is the rulebook. Files are given as text: reading them is the
//! caller's business. This is the only stage that knows Rhai.

mod analysis;
mod bounds;
mod branch;
mod coverage;
mod declare;
pub mod doc;
mod draft;
mod example;
mod messages;
mod names;
mod options;
mod problem;
mod reach;
mod run;
pub mod scaffold;
pub mod schema;
mod slips;
mod source;
mod state;
mod syntax;
mod template;
mod trace;
mod vocabulary;
mod words;

pub use crate::wording::Text;
pub use coverage::{Coverage, Shown, Tested, Tried, test};
pub use draft::text::{line as draft_line, written as drafts_written};
pub use draft::{Draft, drafts};
pub use example::{Data, Example, Verdict, run};
pub use names::{Name, names};
pub use problem::{Problem, Trouble};
pub use source::SourceFile;
pub use vocabulary::{Choice, Word, vocabulary};

use crate::rulebook::Rulebook;
use rhai::{AST, Position, Scope};
use run::{Run, engine};
use state::State;
use std::cell::RefCell;
use std::rc::Rc;

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
    /// Problems that are told.
    pub const PROBLEMS: usize = 1_000;
    /// Bytes of a line that is shown with a problem.
    pub const SHOWN: usize = 4_000;
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
