//! The commands for rule authors, as an author runs them.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod beginning;
mod comparing;
mod documenting;
#[path = "../probe/mod.rs"]
mod probe;
mod schemas;
mod testing;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/standard");

/// Every standard that is here.
fn standards() -> Vec<String> {
    let mut found = probe::files::standards();
    found.push(SMALL.into());
    found
}
