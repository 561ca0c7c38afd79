//! Workbooks that are written: a standard to fill in, and lists to hand upward.

mod aside;
mod document;
pub mod form;
pub mod layout;
mod look;
mod papers;
mod part;
mod value;
mod verdicts;
pub mod words;

pub use document::{Cell, Column, Document, Table, write_tables};
pub use form::{Options, write_form};
