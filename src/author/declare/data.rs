//! `field`, `parameter` and `data_check`: what staff enter, and the lines it is held against.

use super::{Named, current_group, name, raise_in};
use crate::author::Shared;
use crate::author::options::Options;
use crate::author::trace::Datum;
use crate::author::words::{Answer, raise};
use crate::number::Number;
use crate::rulebook::{
    Better, Confidence, Constant, DataCheck, Field, FieldType, Parameter, ParameterValue,
};
use crate::unit::Unit;
use rhai::{Map, Position};

/// Declares a field.
pub fn field(shared: &Shared, at: Position, name: &str, options: Map) -> Answer<()> {
    let (group, defaults) = current_group(shared, at)?;
    name::check(shared, at, name);
    let mut o = Options::new(shared, "field", options, at);
    let keyless = o.empty_list("keys");
    let kind = o
        .one_of("type", &FieldType::WORDS)
        .unwrap_or(FieldType::Number);
    let id = o.identifier("id");
    let mut unit = o.unit();
    let label = o.text("label");
    let (mut min, mut max) = (o.number("min"), o.number("max"));
    match kind {
        FieldType::Count => min = min.or(Some(Number::ZERO)),
        FieldType::Percent => {
            if !matches!(unit.as_str(), "" | "%") {
                o.wrong(
                    "unit",
                    " %，因为 type 是 percent",
                    "%, as the type is percent",
                );
            }
            unit = "%".into();
            min = min.or(Some(Number::ZERO));
            max = max.or(Some(Number::from(100)));
        }
        _ => {}
    }
    if min.is_some() && max.is_some() && min > max {
        o.wrong("max", "不小于 min 的数", "a number not less than min");
    }
    let digits = o.digits();
    let zero = o.zero();
    let mut field = Field {
        id,
        name: name.into(),
        label: if label.is_empty() { name.into() } else { label },
        kind,
        unit,
        min,
        max,
        digits: if kind == FieldType::Count {
            0
        } else {
            digits.unwrap_or(2)
        },
        help: o.text("help"),
        group,
        department: o.text_or("department", &defaults.department),
        evidence: o.text("evidence"),
        keys: o.different("keys"),
        choices: o.different("choices"),
        given: o.truth("given"),
        better: o.one_of("better", &[("more", Better::More), ("less", Better::Less)]),
        record: o.truth("record"),
        slot: 0,
    };
    if kind == FieldType::Choice && field.choices.is_empty() {
        o.lacks("choices");
    }
    if Unit::parse(&field.unit).is_none() {
        o.wrong(
            "unit",
            "单位，例如“万平方米”“座/平方公里”",
            "a unit, for instance 万平方米, 座/平方公里",
        );
    }
    o.finish();
    if let Some((trouble, at)) = keyless {
        return raise(trouble, at);
    }
    let mut state = shared.borrow_mut();
    field.slot = state.rulebook.slots() as u32;
    for slot in 0..field.width() {
        if let Some(zero) = zero {
            state.trace.zero.insert(field.slot + slot as u32, zero);
        }
    }
    let index = state.rulebook.fields.len();
    let names = [field.id.clone(), field.name.clone(), field.label.clone()];
    state.rulebook.fields.push(field);
    state.declare(&names, Named::Field(index), at)
}

/// Declares a parameter.
pub fn parameter(shared: &Shared, at: Position, name: &str, options: Map) -> Answer<()> {
    name::check(shared, at, name);
    let mut o = Options::new(shared, "parameter", options, at);
    let mut parameter = Parameter {
        id: o.identifier("id"),
        label: name.into(),
        unit: o.unit(),
        choices: o.different("choices"),
        note: o.text("note"),
        values: Vec::new(),
    };
    if Unit::parse(&parameter.unit).is_none() {
        o.wrong("unit", "单位，例如“%”", "a unit, for instance %");
    }
    for map in o.maps("values", "from: …, value: …") {
        let value = parameter_value(shared, at, &parameter, map);
        parameter.values.extend(value);
    }
    parameter.values.sort_by_key(|value| value.from);
    let mut pairs = parameter.values.iter().zip(parameter.values.iter().skip(1));
    if pairs.any(|(one, next)| one.from == next.from) {
        o.wrong(
            "values",
            " from 各不相同的列表",
            "a list whose dates from differ",
        );
    }
    o.finish();
    let mut state = shared.borrow_mut();
    let index = state.rulebook.parameters.len();
    let names = [parameter.id.clone(), parameter.label.clone()];
    state.rulebook.parameters.push(parameter);
    state.declare(&names, Named::Parameter(index), at)
}

fn parameter_value(
    shared: &Shared,
    at: Position,
    parameter: &Parameter,
    map: Map,
) -> Option<ParameterValue> {
    let mut o = Options::new(shared, "parameter", map, at);
    if !o.has("from") {
        o.needed("from");
    }
    let (from, to) = (o.date("from"), o.date("to"));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        o.wrong("to", "不早于 from 的日期", "a date not before from");
    }
    if !o.has("value") {
        o.lacks("value");
    }
    let value = match parameter.choices.is_empty() {
        true => o.number("value").map(Constant::Number),
        false => {
            let words: Vec<(&str, &str)> = parameter
                .choices
                .iter()
                .map(|word| (word.as_str(), word.as_str()))
                .collect();
            o.one_of("value", &words)
                .map(|word| Constant::Text(word.into()))
        }
    };
    let value = ParameterValue {
        from: from?,
        to,
        value: value?,
        source: o.needed("source"),
        clause: o.text("clause"),
        url: o.text("url"),
        confidence: o
            .one_of("confidence", &Confidence::WORDS)
            .unwrap_or(Confidence::Recalled),
    };
    o.finish();
    Some(value)
}

/// Declares what must hold between fields.
pub fn data_check(
    shared: &Shared,
    at: Position,
    holds: &Datum,
    message: &str,
    options: Map,
) -> Answer<()> {
    let mut o = Options::new(shared, "data_check", options, at);
    let error = o
        .one_of("severity", &[("error", true), ("warning", false)])
        .unwrap_or(true);
    o.finish();
    let mut state = shared.borrow_mut();
    let held = state.trace.condition(holds);
    match held.and_then(|holds| state.trace.depends(holds)) {
        Ok(holds) => {
            let message = state.template(message, at);
            state.rulebook.data_checks.push(DataCheck {
                holds,
                message,
                error,
            });
            Ok(())
        }
        Err(trouble) => raise_in(state, trouble, at),
    }
}
