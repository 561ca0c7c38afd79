//! Drafts as Rhai: text to paste behind an indicator, and the small arts of writing Rhai.

use super::Draft;
use crate::entry::Given;
use crate::number::Number;
use crate::rulebook::{FieldType, Rulebook};

/// Drafts of an indicator as text to paste, with the request to confirm them; empty without drafts.
pub fn written(rulebook: &Rulebook, indicator: usize, drafts: &[Draft]) -> String {
    let Some(judged) = rulebook
        .indicators
        .get(indicator)
        .filter(|_| !drafts.is_empty())
    else {
        return String::new();
    };
    let group = rulebook.groups.get(judged.group as usize);
    let file = group.map_or("", |group| group.id.as_str());
    let (id, title) = (&judged.id, comment(&judged.title));
    let mut out = format!(
        "// 草稿：{id} {title}。贴到 {file}.rhai 中 indicator({}, …) 之后、下一个 indicator 之前。\n\
         // 结果由现有规则算出：请逐条对照文件，确认结果应当如此再保留，并删去这两行。\n",
        quoted(id)
    );
    for draft in drafts {
        out.push_str(&line(rulebook, draft));
        out.push('\n');
    }
    out
}

/// A draft as a call of `example`.
pub fn line(rulebook: &Rulebook, draft: &Draft) -> String {
    let mut options = Vec::new();
    if !draft.fields.is_empty() {
        let fields: Vec<String> = draft.fields.iter().map(|name| quoted(name)).collect();
        options.push(format!("fields: [{}]", fields.join(", ")));
    }
    if !draft.entry.parameters.is_empty() {
        let number = |name: &str| {
            let parameter = rulebook.parameters.iter().find(|p| p.label == name);
            parameter.is_some_and(|parameter| parameter.choices.is_empty())
        };
        let items = draft.entry.parameters.iter();
        let items: Vec<String> = items
            .map(|(name, given)| format!("{}: {}", key(name), value(given, number(name))))
            .collect();
        options.push(format!("parameters: #{{ {} }}", items.join(", ")));
    }
    if let Some(date) = draft.as_of {
        options.push(format!("as_of: \"{}\"", date.iso()));
    }
    let number = |name: &str| {
        let field = rulebook.fields.iter().find(|field| field.name == name);
        field.is_some_and(|field| {
            !matches!(
                field.kind,
                FieldType::Text | FieldType::Choice | FieldType::Date | FieldType::YesNo
            )
        })
    };
    let items: Vec<String> = draft
        .entry
        .fields
        .iter()
        .map(|(name, given)| format!("{}: {}", key(name), value(given, number(name))))
        .collect();
    let data = if items.is_empty() {
        "#{}".into()
    } else {
        format!("#{{ {} }}", items.join(", "))
    };
    let options = if options.is_empty() {
        String::new()
    } else {
        format!(", #{{ {} }}", options.join(", "))
    };
    format!(
        "example({}, {data}, {}{options});",
        quoted(&draft.name),
        draft.outcome.word()
    )
}

fn value(given: &Given, number: bool) -> String {
    match given {
        Given::Empty => "()".into(),
        Given::Truth(truth) => truth.to_string(),
        Given::Text(text) if number && is_literal(text) => text.clone(),
        Given::Text(text) => quoted(text),
        Given::Keyed(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|(name, item)| format!("{}: {}", key(name), value(item, number)))
                .collect();
            format!("#{{ {} }}", items.join(", "))
        }
    }
}

/// Whether a text is a number as Rhai writes it, without loss.
fn is_literal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = match digits.split_once('.') {
        Some((whole, fraction)) => plain(whole) && plain(fraction),
        None => plain(digits),
    };
    parts && digits.len() <= 18 && Number::parse(text).is_some_and(|number| number.exact() == text)
}

/// A text as a literal.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text without line breaks, for a comment.
fn comment(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Words of Rhai that cannot be names.
const KEYWORDS: [&str; 40] = [
    "true", "false", "let", "const", "if", "else", "switch", "do", "while", "until", "loop", "for",
    "in", "continue", "break", "return", "throw", "try", "catch", "fn", "private", "import",
    "export", "as", "global", "this", "is", "var", "static", "shared", "goto", "exit", "match",
    "case", "public", "new", "use", "with", "module", "package",
];

/// A name as a key of a map.
pub fn key(name: &str) -> String {
    let letter = |c: char| c.is_alphabetic() || c == '_';
    let plain = name.starts_with(letter)
        && name.chars().all(|c| letter(c) || c.is_ascii_digit())
        && !KEYWORDS.contains(&name)
        && name.chars().any(|c| c != '_');
    if plain { name.into() } else { quoted(name) }
}
