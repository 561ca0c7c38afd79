//! Names: what the rule files declare and where, read from their text, so that an editor
//! can offer names while a rule is half written. What they mean is the compiler's business.

use super::Compiled;
use super::source::{SourceFile, Statement, statements};
use serde::Serialize;

/// Something that a rule file declares.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Name {
    /// The word that declares it: `field`, `parameter`, `indicator`, `example`, `fn`, `const` …
    pub kind: String,
    /// As rules write it.
    pub name: String,
    /// As data files write it; empty where it has none.
    pub id: String,
    /// Name in full: the label, the title, the parameters of a function.
    pub label: String,
    /// Unit of its value.
    pub unit: String,
    /// What the author says about it.
    pub help: String,
    /// The words allowed, where it has some.
    pub choices: Vec<String>,
    /// Path of the file.
    pub file: String,
    /// First line of the statement, from 1; 0 where the text does not show it.
    pub line: usize,
    /// Last line of the statement.
    pub end: usize,
}

/// Words whose first argument is the name of what they declare.
const NAMED: [&str; 8] = [
    "standard",
    "chapter",
    "group",
    "phase",
    "field",
    "parameter",
    "indicator",
    "example",
];

/// The names that the files declare, in the order of files and lines. What only the
/// compiler sees, such as fields declared in a loop, comes from `compiled`.
pub fn names(files: &[SourceFile], compiled: Option<&Compiled>) -> Vec<Name> {
    let mut found: Vec<Name> = files
        .iter()
        .flat_map(|file| {
            statements(&file.text)
                .iter()
                .filter_map(|statement| of_statement(&file.path, statement))
                .collect::<Vec<Name>>()
        })
        .collect();
    if let Some(compiled) = compiled {
        let more = of_rulebook(compiled);
        for name in more {
            if !found.iter().any(|known| {
                known.kind == name.kind && (known.name == name.name || known.id == name.id)
            }) {
                found.push(name);
            }
        }
    }
    found
}

fn of_statement(file: &str, statement: &Statement) -> Option<Name> {
    let text = statement.text.trim_start();
    let mut name = Name {
        kind: statement.word.clone(),
        file: file.into(),
        line: statement.line,
        end: statement.text.lines().count(),
        ..Name::default()
    };
    match statement.word.as_str() {
        "const" | "let" => {
            let (left, right) = text.split_once('=')?;
            name.name = left.split_whitespace().nth(1)?.into();
            name.label = right
                .trim()
                .trim_end_matches(';')
                .chars()
                .take(80)
                .collect();
        }
        "fn" | "private" => {
            let rest = text.trim_start_matches("private").trim_start();
            let rest = rest.strip_prefix("fn")?.trim_start();
            name.kind = "fn".into();
            name.name = rest.split(['(', ' ']).next()?.into();
            name.label = rest.split('{').next()?.trim().into();
        }
        word if NAMED.contains(&word) => {
            name.name = quoted(text.split_once('(')?.1)?;
            name.id = option(text, "id").unwrap_or_default();
            name.label = option(text, "label")
                .or_else(|| option(text, "title"))
                .unwrap_or_default();
            name.unit = option(text, "unit").unwrap_or_default();
            name.help = option(text, "help")
                .or_else(|| option(text, "note"))
                .unwrap_or_default();
            name.choices = option_list(text, "choices");
        }
        _ => return None,
    }
    Some(name)
}

/// The text between the quotation marks that come next.
fn quoted(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix('"')?;
    Some(rest.split('"').next()?.into())
}

/// What follows `key:` in a statement.
fn after_key<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.match_indices(key).find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        text.get(at + key.len()..)?.trim_start().strip_prefix(':')
    })
}

fn option(text: &str, key: &str) -> Option<String> {
    quoted(after_key(text, key)?)
}

fn option_list(text: &str, key: &str) -> Vec<String> {
    let list = after_key(text, key)
        .and_then(|rest| rest.trim_start().strip_prefix('['))
        .and_then(|rest| rest.split(']').next());
    let parts = list.unwrap_or_default().split(',');
    parts.filter_map(quoted).collect()
}

fn of_rulebook(compiled: &Compiled) -> impl Iterator<Item = Name> {
    let rulebook = &compiled.rulebook;
    let file = |group: u32| {
        rulebook
            .groups
            .get(group as usize)
            .map_or_else(String::new, |group| [&group.id, ".rhai"].concat())
    };
    let fields = rulebook.fields.iter().map(move |field| Name {
        kind: "field".into(),
        name: field.name.clone(),
        id: field.id.clone(),
        label: field.label.clone(),
        unit: field.unit.clone(),
        help: field.help.clone(),
        choices: field.choices.clone(),
        file: file(field.group),
        ..Name::default()
    });
    let parameters = rulebook.parameters.iter().map(|parameter| Name {
        kind: "parameter".into(),
        name: parameter.label.clone(),
        id: parameter.id.clone(),
        unit: parameter.unit.clone(),
        help: parameter.note.clone(),
        choices: parameter.choices.clone(),
        ..Name::default()
    });
    fields.chain(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Name> {
        let file = SourceFile {
            path: "a/b.rhai".into(),
            text: text.into(),
        };
        names(&[file], None)
    }

    #[test]
    fn names_are_found_with_their_place_and_help() {
        let found = of(
            "group(\"道路\");\nfield(\"机扫面积\", #{\n  id: \"m\", label: \"机械化清扫面积\", unit: \"万平方米\", help: \"按台账\",\n});\nfn 率(a, b) { percent(a, b) }\nconst 局 = \"市局\";",
        );
        let kinds: Vec<&str> = found.iter().map(|name| name.kind.as_str()).collect();
        assert_eq!(kinds, ["group", "field", "fn", "const"]);
        let field = &found[1];
        assert_eq!((field.name.as_str(), field.id.as_str()), ("机扫面积", "m"));
        assert_eq!(
            (field.unit.as_str(), field.help.as_str()),
            ("万平方米", "按台账")
        );
        assert_eq!((field.line, field.end), (2, 4));
        assert_eq!(found[2].label, "率(a, b)");
        assert_eq!(found[3].label, "\"市局\"");
    }

    #[test]
    fn a_half_written_rule_hides_no_other_name() {
        let found = of(
            "field(\"甲\", #{ id: \"a\" });\nindicator(\"X\", #{ meets: 甲 >\nfield(\"乙\", #{ id: \"b\" });",
        );
        let names: Vec<&str> = found.iter().map(|name| name.name.as_str()).collect();
        assert_eq!(names, ["甲", "X", "乙"]);
    }

    #[test]
    fn choices_are_read() {
        assert_eq!(
            of("parameter(\"档\", #{ id: \"m\", choices: [\"whole\", \"part\"] });")[0].choices,
            ["whole", "part"]
        );
    }
}
