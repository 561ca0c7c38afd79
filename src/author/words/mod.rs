//! The words and operators of the rule language, as Rhai sees them.
//!
//! Each word records nodes through `trace`; what a declaration such as `field` or
//! `indicator` means is in `declare`.

mod conditions;
mod lists;
mod operators;
mod scoring;
mod told;
mod values;

pub use scoring::{Scoring, points};
pub use told::{Told, WORDS};
pub use values::{not_a_date, wrong_sum};

use super::Shared;
use super::messages;
use super::problem::Trouble;
use super::trace::{Datum, Trace};
use crate::rulebook::Place;
use rhai::{Dynamic, Engine, EvalAltResult, NativeCallContext, Position};

/// What a word returns to the script.
pub type Answer<T> = Result<T, Box<EvalAltResult>>;

type Range = std::ops::Range<i64>;
type WholeRange = std::ops::RangeInclusive<i64>;

/// Registers all operators and words.
pub fn register(engine: &mut Engine, shared: &Shared) {
    operators::register(engine, shared);
    values::register(engine, shared);
    conditions::register(engine, shared);
    lists::register(engine, shared);
    scoring::register(engine);
}

/// The trouble as Rhai carries it.
pub fn raise<T>(trouble: Trouble, at: Position) -> Answer<T> {
    Err(EvalAltResult::ErrorRuntime(Dynamic::from(trouble), at).into())
}

fn place(shared: &Shared, at: Position) -> Place {
    shared.borrow().place(at)
}

/// Runs `f` on the trace, with the place of the call.
fn traced(
    shared: &Shared,
    at: Position,
    f: impl FnOnce(&mut Trace, Place) -> Result<Datum, Trouble>,
) -> Answer<Datum> {
    let place = place(shared, at);
    let result = f(&mut shared.borrow_mut().trace, place);
    result.or_else(|trouble| raise(trouble, at))
}

/// What a word makes of its items, data or plain values alike.
trait Meaning<const N: usize>:
    Fn(&mut Trace, [Dynamic; N], Place) -> Result<Datum, Trouble> + 'static
{
}

impl<const N: usize, F> Meaning<N> for F where
    F: Fn(&mut Trace, [Dynamic; N], Place) -> Result<Datum, Trouble> + 'static
{
}

/// Records what a word makes of its items, each of which may be data or a plain value.
fn called<const N: usize>(
    shared: &Shared,
    word: &str,
    at: Position,
    items: [Dynamic; N],
    meaning: &impl Meaning<N>,
) -> Answer<Datum> {
    traced(shared, at, |trace, place| {
        messages::check_items(word, &items)?;
        meaning(trace, items, place)
    })
}

fn of_one(engine: &mut Engine, shared: &Shared, word: &'static str, meaning: impl Meaning<1>) {
    let s = shared.clone();
    engine.register_fn(word, move |ctx: NativeCallContext<'_>, a: Dynamic| {
        called(&s, word, ctx.call_position(), [a], &meaning)
    });
}

fn of_two(engine: &mut Engine, shared: &Shared, word: &'static str, meaning: impl Meaning<2>) {
    let s = shared.clone();
    engine.register_fn(
        word,
        move |ctx: NativeCallContext<'_>, a: Dynamic, b: Dynamic| {
            called(&s, word, ctx.call_position(), [a, b], &meaning)
        },
    );
}

fn of_three(engine: &mut Engine, shared: &Shared, word: &'static str, meaning: impl Meaning<3>) {
    let s = shared.clone();
    engine.register_fn(
        word,
        move |ctx: NativeCallContext<'_>, a: Dynamic, b: Dynamic, c: Dynamic| {
            called(&s, word, ctx.call_position(), [a, b, c], &meaning)
        },
    );
}
