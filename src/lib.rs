//! Duibiao (对标) tells which criteria of a standard are met, which are not, exactly
//! why, and what would have to change.
//!
//! A standard is written in Rhai and compiled once into a [`rulebook::Rulebook`], a finite
//! graph without anything to run. Checking takes a rulebook, an [`entry::Entry`] and a
//! date, and gives a [`report::Report`]: a pure function, with the same bytes in a browser,
//! in Node and in a terminal.
//!
//! ```text
//! rule files ─ author ─▶ rulebook ─ bytes ─▶ check ─▶ explain ─▶ report
//! ```
//!
//! No binary floating point takes part in any decision; values are exact rationals.

#![cfg_attr(target_arch = "wasm32", feature(optimize_attribute))]

pub mod check;
pub mod date;
#[cfg(feature = "compare")]
pub mod diff;
pub mod digest;
pub mod entry;
pub mod explain;
pub mod form;
mod json;
pub mod number;
pub mod record;
pub mod report;
pub mod rulebook;
pub mod score;
mod text;
pub mod wording;

#[cfg(feature = "author")]
pub mod author;
#[cfg(feature = "command")]
pub mod batch;
#[cfg(feature = "office")]
pub mod office;
#[cfg(feature = "author")]
pub mod unit;

#[cfg(all(target_arch = "wasm32", not(feature = "office")))]
mod wasm;
// Spreadsheets are a module of their own, without the checker.
#[cfg(all(target_arch = "wasm32", feature = "office"))]
#[path = "wasm/office.rs"]
mod wasm;
