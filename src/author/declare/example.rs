//! `example`: data that stands beside a rule, and what is expected of it.

use super::{Named, raise_in};
use crate::author::options::Options;
use crate::author::problem::Trouble;
use crate::author::words::{Answer, raise};
use crate::author::{Example, Shared, State, messages, trace};
use crate::check::Outcome;
use crate::entry::{Entry, Given};
use rhai::{Dynamic, Map, Position};

/// Declares an example of the indicator before it.
pub fn example(
    shared: &Shared,
    at: Position,
    name: &str,
    data: Map,
    outcome: &str,
    options: Map,
) -> Answer<()> {
    let Some(expected) = Outcome::ALL.into_iter().find(|o| o.word() == outcome) else {
        let all: Vec<&str> = Outcome::ALL.iter().map(|o| o.word()).collect();
        let all = all.join("、");
        let trouble = Trouble::new(
            "not-a-choice",
            format!("没有叫 {outcome} 的结果"),
            format!("there is no outcome {outcome}"),
        )
        .marks(format!("\"{outcome}\""))
        .exists(format!("可写：{all}"), format!("outcomes: {all}"))
        .advice("从可写的结果里写一个", "write one of the outcomes");
        let like = messages::meant(outcome, Outcome::ALL.iter().map(|o| o.word()));
        return raise(trouble.like(like.as_deref(), false), at);
    };
    let mut o = Options::new(shared, "example", options, at);
    let points = o.number("points");
    let fields = o.words("fields");
    let as_of = o.date("as_of");
    let maps = ["fix", "parameters", "not_applicable", "waived"].map(|key| o.map(key));
    o.finish();
    let [fix, parameters, not_applicable, waived] = maps.map(|map| given(map.unwrap_or_default()));
    let entry = Entry {
        fields: given(data),
        parameters,
        not_applicable,
        waived,
    };
    let mut state = shared.borrow_mut();
    let used = entry.fields.iter().chain(&fix).map(|(name, _)| name);
    for name in used.chain(&fields) {
        known(&mut state, name, at, true);
    }
    for (name, value) in entry.fields.iter().chain(&fix) {
        if let Given::Keyed(items) = value {
            for (key, _) in items {
                known_key(&mut state, name, key, at);
            }
        }
    }
    for (name, _) in &entry.parameters {
        known(&mut state, name, at, false);
    }
    if state.without.contains(&state.file) {
        return Ok(());
    }
    let Some(indicator) = state.latest.get(&state.file).copied() else {
        let trouble = Trouble::new(
            "no-indicator",
            "example 前面还没有 indicator",
            "no indicator stands before this example",
        )
        .advice(
            "把例子移到它要试的 indicator 后面",
            "move it behind the indicator that it tries",
        );
        return raise_in(state, trouble, at);
    };
    let place = state.located(at);
    let example = Example {
        name: name.into(),
        indicator,
        entry,
        expected,
        points,
        fields,
        fix,
        as_of,
        place,
    };
    state.examples.push(example);
    Ok(())
}

/// Reports a name in an example that is no field, or no parameter.
fn known(state: &mut State, name: &str, at: Position, field: bool) {
    let stands = |name: &str| match state.names.get(name) {
        Some(Named::Field(_)) => field,
        Some(Named::Parameter(_)) => !field,
        None => state.broken.contains(name),
    };
    let whole = name.split_once('.').map_or(name, |(whole, _)| whole);
    if !stands(name) && !stands(whole) {
        let trouble = messages::unknown_name(name, state);
        let at = state.place_of_key(name, at).unwrap_or(at);
        state.problem(trouble, at);
    } else if let (true, false, Some((whole, key))) = (field, stands(name), name.split_once('.')) {
        known_key(state, whole, key, at);
    }
}

/// Reports a value for a key that its field does not have.
fn known_key(state: &mut State, name: &str, key: &str, at: Position) {
    let Some(Named::Field(index)) = state.names.get(name).copied() else {
        return;
    };
    let Some(field) = state.rulebook.fields.get(index) else {
        return;
    };
    if field.keys.iter().any(|known| known == key) {
        return;
    }
    let trouble = messages::unknown_key(key, &field.keys);
    let trouble = match field.keys.is_empty() {
        true => trouble.advice(
            "这个字段只有一个值：写成 字段: 值",
            "the field has one value: write field: value",
        ),
        false => trouble,
    };
    // The key stands in a map of its own, or behind the name of its field.
    let dotted = [name, ".", key].concat();
    let whole = [&dotted, key].map(|text| [text, &format!("\"{text}\"")[..]].map(String::from));
    let mut found = None;
    for text in whole.as_flattened() {
        found = found.or_else(|| Some((state.place_of_key(text, at)?, text.clone())));
    }
    let (place, written) = found.unwrap_or((at, key.into()));
    let like = messages::like_key(key, &field.keys);
    let right = like.map(|like| written.replace(key, &like));
    state.problem(trouble.marks(written).like(right.as_deref(), false), place);
}

/// Script values as an entry holds them.
fn given(map: Map) -> Vec<(String, Given)> {
    let value = |value: Dynamic| -> Given {
        if value.is_unit() {
            Given::Empty
        } else if let Ok(truth) = value.as_bool() {
            Given::Truth(truth)
        } else if let Some(number) = trace::plain_number(&value) {
            Given::Text(number.to_string())
        } else if value.is_map() {
            Given::Keyed(given(value.cast()))
        } else {
            Given::Text(value.to_string())
        }
    };
    map.into_iter()
        .map(|(key, item)| (key.to_string(), value(item)))
        .collect()
}
