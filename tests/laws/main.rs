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
mod fixes;
mod identity;
mod kleene;
mod monotone;
mod oracle;
mod plain;
mod quantity;
mod random;
mod tape;

use proptest::test_runner::Config;

/// So many cases, or that share of what `PROPTEST_CASES` asks for beyond 256.
fn cases(count: u32) -> Config {
    let asked = Config::default().cases;
    Config {
        cases: count * asked.max(256) / 256,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    }
}
