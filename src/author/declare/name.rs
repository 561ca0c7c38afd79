//! The names of fields and parameters: they stand in rules as they are, so that only some can.

use crate::author::problem::Trouble;
use crate::author::syntax::UNUSED;
use crate::author::{Shared, State};
use rhai::{Position, Token, is_valid_identifier};

/// Reports a name that no rule can write.
pub fn check(shared: &Shared, at: Position, name: &str) {
    if is_writable(name) {
        return;
    }
    let mut state = shared.borrow_mut();
    let trouble = unwritable(&state, name);
    // Statements that use it can't be read: one problem is enough.
    if !name.is_empty() {
        state.unwritable.push(name.into());
    }
    state.problem(trouble, at);
}

fn is_writable(name: &str) -> bool {
    is_valid_identifier(name)
        && Token::lookup_symbol_from_syntax(name).is_none()
        && !UNUSED.iter().any(|(word, _)| *word == name)
}

fn unwritable(state: &State, name: &str) -> Trouble {
    let trouble = Trouble::new(
        "unwritable-name",
        format!("名称“{name}”在规则里写不出来"),
        format!("the name “{name}” can't be written in rules"),
    )
    .marks(format!("\"{name}\""))
    .exists(
        "名称只用汉字、字母、数字和 _，不以数字开头，也不是规则里的词；全称写在 label 里",
        "names are of letters, digits and _, not beginning with a digit, and no word of the rules; label takes any text",
    )
    .advice(
        "换一个名称；用到它的地方也照着改",
        "choose another name, also where it is used",
    );
    let like = proposal(name).filter(|like| !state.names.contains_key(like));
    match like {
        Some(like) => trouble
            .advice(
                format!("改成 \"{like}\"；用到它的地方也照着改"),
                format!("write \"{like}\", also where it is used"),
            )
            .edit(format!("\"{like}\"")),
        None => trouble,
    }
}

/// The name without the signs that can't be, digits at its beginning behind the rest.
fn proposal(name: &str) -> Option<String> {
    let kept: String = name
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    let rest = kept.trim_start_matches(|c: char| c.is_numeric());
    let digits = kept.strip_suffix(rest)?;
    let like = [rest, digits].concat();
    is_writable(&like).then_some(like)
}
