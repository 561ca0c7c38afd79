//! Laws that hold for every standard and every entry, tried on thousands of random ones.
//!
//! `PROPTEST_CASES` makes all of them longer: each law takes its share of it, as compiling a
//! standard costs more than checking an entry.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../probe/mod.rs"]
mod probe;

mod agreement;
mod expressions;
mod fast;
mod first;
mod fixes;
mod identity;
mod kleene;
mod monotone;
mod oracle;
mod plain;
mod quantity;
mod random;
mod tape;

use proptest::test_runner::{Config, RngSeed};

/// So many cases, always the same ones; with `PROPTEST_CASES` that share of what it asks for
/// beyond 256, and other ones each time.
fn cases(count: u32) -> Config {
    let asked = Config::default();
    let fixed = std::env::var_os("PROPTEST_CASES").is_none();
    Config {
        cases: count * asked.cases.max(256) / 256,
        failure_persistence: None,
        max_shrink_iters: 400,
        rng_seed: if fixed {
            RngSeed::Fixed(8170)
        } else {
            asked.rng_seed
        },
        ..asked
    }
}
