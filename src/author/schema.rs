//! JSON Schemas (2020-12): of a report, written by hand beside `report.rs`, and of data,
//! for any standard or for one with its fields.

use super::doc::limits;
use crate::number::Number;
use crate::rulebook::{Field, FieldType, Indicator, Parameter, Rulebook};
use crate::wording::kind_in_words;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// The schema of a report.
pub const REPORT: &str = include_str!("../report.schema.json");

/// A value of JSON, with its keys in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => list.serialize(serializer),
            Self::Object(items) => {
                let mut map = serializer.serialize_map(Some(items.len()))?;
                for (key, value) in items {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

fn text(text: impl Into<String>) -> Json {
    Json::Text(text.into())
}

fn object<const N: usize>(items: [(&str, Json); N]) -> Json {
    Json::Object(items.map(|(key, value)| (key.to_string(), value)).into())
}

fn types(words: &[&str]) -> Json {
    Json::List(words.iter().map(|word| text(*word)).collect())
}

fn reference(name: &str) -> Json {
    object([("$ref", text(format!("#/$defs/{}", escaped(name))))])
}

/// A name in a JSON Pointer that stands in a reference.
fn escaped(name: &str) -> String {
    let mut out = String::new();
    for byte in name.replace('~', "~0").replace('/', "~1").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The schema of data: of any standard, or of one with its fields, lines and indicators.
pub fn data(rulebook: Option<&Rulebook>) -> Json {
    let mut names = Names::default();
    let title = match rulebook {
        Some(rulebook) => {
            names.read(rulebook);
            format!("“{}”的数据", rulebook.standard.title)
        }
        None => "对标的数据 (data for Duibiao)".into(),
    };
    let closed = Json::Truth(false);
    let (open_field, open_line) = (reference("value"), reference("line"));
    let known = rulebook.is_some();
    let part = |items: &[(String, Json)], rest: &Json| {
        object([
            ("type", text("object")),
            ("properties", Json::Object(items.to_vec())),
            (
                "additionalProperties",
                if known { closed.clone() } else { rest.clone() },
            ),
        ])
    };
    let fields = part(&names.fields, &open_field);
    let whole = object([
        ("type", text("object")),
        (
            "properties",
            object([
                ("fields", reference("fields")),
                ("parameters", reference("parameters")),
                ("not_applicable", reference("not_applicable")),
                ("waived", reference("waived")),
                (
                    "standard",
                    object([("description", text("写数据的页面所用的标准；不读"))]),
                ),
                (
                    "as_of",
                    object([("description", text("写数据时的标准日期；不读"))]),
                ),
                ("saved", object([("description", text("保存时间；不读"))])),
            ]),
        ),
        ("additionalProperties", closed.clone()),
    ]);
    let mut definitions = vec![
        ("whole".to_string(), whole),
        ("fields".into(), fields),
        ("parameters".into(), part(&names.parameters, &open_line)),
        (
            "not_applicable".into(),
            part(&names.indicators, &reference("reason")),
        ),
        ("waived".into(), part(&names.waivers, &reference("waiver"))),
        (
            "waiver".into(),
            object([
                ("type", text("object")),
                ("required", types(&["reason", "by", "until"])),
                (
                    "properties",
                    object(["reason", "by", "until"].map(|key| {
                        let part = [("type", text("string")), ("minLength", Json::Whole(1))];
                        (key, object(part))
                    })),
                ),
                ("additionalProperties", closed.clone()),
                ("description", text("豁免的理由、谁批准、到哪一天")),
            ]),
        ),
        (
            "reason".into(),
            object([
                ("type", text("string")),
                ("minLength", Json::Whole(1)),
                ("description", text("不涉及的理由")),
            ]),
        ),
        (
            "line".into(),
            object([("type", types(&["number", "string", "null"]))]),
        ),
    ];
    if !known {
        definitions.push(("value".into(), any_value()));
    }
    definitions.extend(names.definitions);
    Json::Object(vec![
        (
            "$schema".into(),
            text("https://json-schema.org/draft/2020-12/schema"),
        ),
        ("title".into(), text(title)),
        (
            "description".into(),
            text(
                "全体 {fields, parameters, not_applicable, waived}，或只写字段。数也可以写成文字，如 95.5%、1.2万；空着表示没有填。",
            ),
        ),
        ("type".into(), text("object")),
        ("if".into(), {
            let parts = ["fields", "parameters", "not_applicable", "waived"];
            let has = |part: &str| object([("type", text("object")), ("required", types(&[part]))]);
            object([(
                "anyOf",
                Json::List(parts.iter().map(|part| has(part)).collect()),
            )])
        }),
        ("then".into(), reference("whole")),
        ("else".into(), reference("fields")),
        ("$defs".into(), Json::Object(definitions)),
    ])
}

/// What a field of some standard may be given.
fn any_value() -> Json {
    let plain = || object([("type", types(&["number", "string", "boolean", "null"]))]);
    let keyed = object([("type", text("object")), ("additionalProperties", plain())]);
    object([("anyOf", Json::List(vec![plain(), keyed]))])
}

/// What is known under which names.
#[derive(Default)]
struct Names {
    fields: Vec<(String, Json)>,
    parameters: Vec<(String, Json)>,
    indicators: Vec<(String, Json)>,
    waivers: Vec<(String, Json)>,
    definitions: Vec<(String, Json)>,
}

impl Names {
    fn read(&mut self, rulebook: &Rulebook) {
        rulebook.fields.iter().for_each(|field| self.field(field));
        for parameter in &rulebook.parameters {
            self.parameter(parameter);
        }
        for indicator in &rulebook.indicators {
            let Indicator { id, title, .. } = indicator;
            let reason = object([("$ref", text("#/$defs/reason")), ("title", text(title))]);
            let waiver = reference("waiver");
            self.indicators.push((id.clone(), reason));
            self.waivers.push((id.clone(), waiver));
        }
    }

    fn field(&mut self, field: &Field) {
        let whole = format!("field.{}", field.id);
        let one = format!("{whole}.each");
        let value = value(field);
        let list = !field.keys.is_empty();
        if list {
            let keys = field.keys.iter().map(|key| (key.clone(), reference(&one)));
            let keyed = vec![
                ("title".to_string(), text(&field.label)),
                ("type".into(), types(&["object", "null"])),
                ("properties".into(), Json::Object(keys.collect())),
                ("additionalProperties".into(), Json::Truth(false)),
            ];
            self.definitions.push((whole.clone(), Json::Object(keyed)));
            self.definitions.push((one.clone(), value));
        } else {
            self.definitions.push((whole.clone(), value));
        }
        for name in unlike([&field.id, &field.name, &field.label]) {
            self.fields.push((name.clone(), reference(&whole)));
            for key in &field.keys {
                self.fields.push((format!("{name}.{key}"), reference(&one)));
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let mut said = vec![parameter.note.clone()];
        if !parameter.unit.is_empty() {
            said.insert(0, format!("单位：{}", parameter.unit));
        }
        let mut items = vec![
            ("title".to_string(), text(&parameter.label)),
            ("description".into(), text(sentences(said))),
        ];
        if parameter.choices.is_empty() {
            items.push(("type".into(), types(&["number", "string", "null"])));
        } else {
            items.push(("enum".into(), choices(&parameter.choices)));
        }
        for name in unlike([&parameter.id, &parameter.label]) {
            self.parameters
                .push((name.clone(), Json::Object(items.clone())));
        }
    }
}

/// Each name once.
fn unlike<const N: usize>(names: [&String; N]) -> Vec<&String> {
    let mut found: Vec<&String> = Vec::new();
    for name in names {
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn choices(words: &[String]) -> Json {
    let mut all: Vec<Json> = words.iter().map(text).collect();
    all.extend([text(""), Json::Null]);
    Json::List(all)
}

fn sentences(mut said: Vec<String>) -> String {
    said.retain(|sentence| !sentence.is_empty());
    said.join("；")
}

/// A value of a field.
fn value(field: &Field) -> Json {
    let unit = match field.unit.as_str() {
        "" => String::new(),
        unit => format!("单位：{unit}"),
    };
    let named = |what: &str, text: &str| match text {
        "" => String::new(),
        text => format!("{what}：{text}"),
    };
    let said = vec![
        kind_in_words(field),
        unit,
        limits(field),
        field.help.clone(),
        named("填报部门", &field.department),
        named("佐证材料", &field.evidence),
    ];
    let mut items = vec![
        ("title".to_string(), text(&field.label)),
        ("description".into(), text(sentences(said))),
    ];
    let mut item = |key: &str, value: Json| items.push((key.into(), value));
    match field.kind {
        FieldType::Number | FieldType::Percent | FieldType::Count => {
            let number = if field.kind == FieldType::Count {
                "integer"
            } else {
                "number"
            };
            item("type", types(&[number, "string", "null"]));
            // A limit that is no whole number is told in the description only.
            for (key, limit) in [("minimum", &field.min), ("maximum", &field.max)] {
                if let Some(limit) = limit.as_ref().and_then(Number::to_i64) {
                    item(key, Json::Whole(limit));
                }
            }
        }
        FieldType::YesNo => item("type", types(&["boolean", "string", "null"])),
        FieldType::Choice => item("enum", choices(&field.choices)),
        FieldType::Date => {
            item("type", types(&["string", "null"]));
            item("examples", types(&["2023-05-31"]));
        }
        FieldType::Text => item("type", types(&["string", "number", "null"])),
    }
    Json::Object(items)
}
