//! Fuzzing: bytes and texts from strangers. Whatever is read, nothing panics, hangs or swallows
//! memory, and what is computed in two ways is the same.
//!
//! A few seconds for each target, always from the same beginning; longer, with a line of progress:
//!
//! ```sh
//! FUZZ_SECONDS=900 cargo test --release --test fuzz -- --nocapture
//! FUZZ_SEED=7 FUZZ_SECONDS=60 cargo test --release --test fuzz csv -- --nocapture
//! FUZZ_INPUT=target/tmp/fuzz/csv-find-0 cargo test --test fuzz csv
//! ```
//!
//! `corpus/` holds what to begin with, a folder for each target; what failed once is kept there. An
//! input that fails is written to `target/tmp/fuzz/`, and so is the one at hand, should the process die.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../probe/mod.rs"]
mod probe;

// How the command reads data, without the rest of it.
#[allow(dead_code, reason = "only data is read here")]
#[path = "../../src/bin/duibiao/files.rs"]
mod files;
/// What `files` needs of the command.
mod check {
    #[allow(dead_code, reason = "only data is read here")]
    #[derive(Clone, Copy)]
    pub enum Format {
        Text,
        Json,
    }
}
type Failure = String;
fn say(_: &str) -> Result<(), Failure> {
    Ok(())
}

mod data;
mod harness;
mod random;
mod reports;
mod rulebooks;
mod rules;
mod uses;
