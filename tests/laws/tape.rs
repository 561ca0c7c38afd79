//! Choices: numbers drawn at random, from which standards and entries are built.
//!
//! A failing case is made smaller by making the tape smaller: where it has ended, and for
//! every zero on it, the simplest choice is taken.

use proptest::collection::vec;
use proptest::prelude::*;

/// Numbers to build one thing from.
pub fn tapes(length: usize) -> impl Strategy<Value = Vec<u32>> {
    vec(any::<u32>(), length / 2..=length)
}

/// A tape that is read from its beginning.
pub struct Tape<'a> {
    rest: std::slice::Iter<'a, u32>,
}

impl<'a> Tape<'a> {
    pub fn new(choices: &'a [u32]) -> Self {
        Self {
            rest: choices.iter(),
        }
    }

    /// Less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.rest.next().map_or(0, |choice| *choice as usize % end)
    }

    /// One of some, the first being the simplest.
    pub fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// Once in so many times.
    pub fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == many - 1
    }
}
