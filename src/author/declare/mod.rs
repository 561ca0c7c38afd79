//! Declarations: from a script's call of `field`, `indicator` and so on to an entry of the
//! rulebook. One file for each kind; how options are taken is in `options`.

mod data;
mod example;
mod indicator;
mod name;
mod scheme;
mod standard;

use super::Shared;
use super::problem::Trouble;
use super::trace::Datum;
use super::words::{Answer, raise};
use rhai::{Engine, Map, NativeCallContext, Position};

/// What a name stands for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Named {
    /// A field, by index.
    Field(usize),
    /// A parameter, by index.
    Parameter(usize),
}

/// What the fields and indicators of a file are given where they say nothing else.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Who answers for them.
    pub department: String,
    /// Clause of the governing document.
    pub clause: String,
    /// Phase of the indicators.
    pub phase: Option<u32>,
}

/// Registers the declarations.
pub fn register(engine: &mut Engine, shared: &Shared) {
    macro_rules! declare {
        ($($word:literal => |$state:ident, $at:ident, $($arg:ident: $type:ty),*| $body:expr;)*) => {$({
            let shared = shared.clone();
            let run = move |ctx: NativeCallContext<'_>, $($arg: $type),*| -> Answer<()> {
                let ($state, $at) = (&shared, ctx.call_position());
                let _ = &ctx;
                $body
            };
            engine.register_fn($word, run);
        })*};
    }
    declare! {
        "standard" => |s, at, id: &str, options: Map| standard::standard(s, at, id, options);
        "chapter" => |s, at, id: &str, options: Map| standard::chapter(s, at, id, options);
        "phase" => |s, at, id: &str, options: Map| standard::phase(s, at, id, options);
        "scheme" => |s, at, options: Map| scheme::scheme(s, at, options);
        "group" => |s, at, title: &str| standard::group(s, at, title, Map::new());
        "group" => |s, at, title: &str, options: Map| standard::group(s, at, title, options);
        "field" => |s, at, name: &str, options: Map| data::field(s, at, name, options);
        "parameter" => |s, at, name: &str, options: Map| data::parameter(s, at, name, options);
        "data_check" => |s, at, holds: Datum, message: &str| data::data_check(s, at, &holds, message, Map::new());
        "data_check" => |s, at, holds: Datum, message: &str, options: Map| data::data_check(s, at, &holds, message, options);
        "example" => |s, at, name: &str, data: Map, outcome: &str| example::example(s, at, name, data, outcome, Map::new());
        "example" => |s, at, name: &str, data: Map, outcome: &str, options: Map| example::example(s, at, name, data, outcome, options);
    }
    let s = shared.clone();
    engine.register_fn(
        "indicator",
        move |ctx: NativeCallContext<'_>, id: &str, options: Map| {
            indicator::indicator(&s, &ctx, id, options)
        },
    );
}

/// Raises a trouble after letting go of the state.
fn raise_in<T>(
    state: std::cell::RefMut<'_, super::State>,
    trouble: Trouble,
    at: Position,
) -> Answer<T> {
    drop(state);
    raise(trouble, at)
}

fn duplicate(state: &super::State, zh: &str, en: &str, id: &str) -> Trouble {
    let trouble = Trouble::new(
        "duplicate",
        format!("{zh}“{id}”已经有了"),
        format!("{en} “{id}” is declared twice"),
    )
    .marks(format!("\"{id}\""))
    .advice(
        "换一个名字，或删去其中之一",
        "choose another name, or delete one of them",
    );
    state.declared_first(trouble, &[en, id].join(" "))
}

/// The group of the file that is being run.
fn current_group(shared: &Shared, at: Position) -> Answer<(u32, Defaults)> {
    let (group, defaults) = {
        let state = shared.borrow();
        let group = state.group_of.get(&state.file).copied();
        (group, state.defaults.get(&state.file).cloned())
    };
    match group {
        Some(group) => Ok((group, defaults.unwrap_or_default())),
        None => raise(
            Trouble::new(
                "no-group",
                "这个文件还没有 group",
                "this file has no group yet",
            )
            .advice(
                "在文件开头写 group(\"标题\");",
                "write group(\"title\"); at the head of the file",
            ),
            at,
        ),
    }
}
