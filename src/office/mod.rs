//! Spreadsheets: a standard as a workbook to fill in, filled workbooks and other people's tables back into an entry, and
//! lists as workbooks to hand upward.
//!
//! Functions from bytes to bytes, without files or clock. The checker never sees this: the page loads a module of its own
//! for it when it is needed. What the values mean is left to `entry` and `check`; a cell's text is passed on as it stands.

mod cell;
mod given;
mod papers;
mod read;
mod trouble;
mod write;

pub use given::entry_of;
pub use papers::Paper;
pub use read::{Place, Read, SheetRead, Stated, read};
pub use trouble::{Problem, Told};
pub use write::{Cell, Column, Document, Options, Table, write_form, write_tables};

/// What is shown of every standard and on every list.
const REFERENCE: [&str; 2] = [
    "参考标准，不代表正式评定",
    "For reference; not an official assessment",
];

// What writing and reading agree on.

/// What the first cell of every sheet of ours begins with.
const MARK: &str = "duibiao-form/1";
/// What parts the facts of the first cell.
const BETWEEN: char = '|';
/// What stands where an indicator does not apply.
const EXCLUDED: &str = "不涉及";
const YES: &str = "是";
const NO: &str = "否";
