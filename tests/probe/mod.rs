//! Small standards for tests, and data for them in one line.

#![allow(dead_code, reason = "each test takes what it needs")]

#[cfg(feature = "command")]
pub mod command;
pub mod files;

use duibiao::author::{Compiled, Problem, SourceFile, compile};
use duibiao::date::Date;
use duibiao::entry::{Entry, Given};
use duibiao::report::{Lang, Report, report};
use duibiao::rulebook::Rulebook;

/// A standard with one chapter and nothing in it.
pub const STANDARD: &str = r#"
standard("probe", #{ title: "试", version: "1", document: "无", notice: "参考" });
chapter("1-a", #{ title: "第一章" });
"#;

/// A rule file.
pub fn source(path: &str, text: impl Into<String>) -> SourceFile {
    SourceFile {
        path: path.into(),
        text: text.into(),
    }
}

/// What becomes of the rules of one file.
pub fn compiled(rules: impl Into<String>) -> Result<Compiled, Vec<Problem>> {
    compile(&[
        source("standard.rhai", STANDARD),
        source("1-a/rules.rhai", rules),
    ])
}

/// The rulebook of the rules of one file, which has no problems.
#[track_caller]
pub fn rulebook_of(rules: impl Into<String>) -> Rulebook {
    compiled(rules).map_or_else(|problems| panic!("{}", shown(&problems)), |c| c.rulebook)
}

/// Problems, as authors read them.
pub fn shown(problems: &[Problem]) -> String {
    let shown: Vec<String> = problems.iter().map(|p| p.show("", true)).collect();
    shown.join("\n")
}

/// The rulebook of some rules; `frame` stands in `standard.rhai`, what follows `//@ 2-b` in the second chapter.
pub fn standard(frame: &str, rules: &str) -> Rulebook {
    let frame = format!(
        r#"standard("probe", #{{ title: "试", version: "1", document: "无", notice: "参考" }});
           chapter("1-a", #{{ title: "甲章" }});
           chapter("2-b", #{{ title: "乙章" }});
           {frame}"#
    );
    let (first, second) = rules.split_once("//@ 2-b").unwrap_or((rules, ""));
    let mut files = vec![source("standard.rhai", frame), source("1-a/x.rhai", first)];
    if !second.is_empty() {
        files.push(source("2-b/x.rhai", format!("group(\"组\");{second}")));
    }
    match compile(&files) {
        Ok(compiled) => compiled.rulebook,
        Err(problems) => panic!("{}", shown(&problems)),
    }
}

/// The report of some data as of 2024-01-01: `name=value …`; `!A-1` marks an indicator as not applicable.
pub fn checked(rulebook: &Rulebook, data: &str) -> Report {
    checked_as_of(rulebook, data, "2024-01-01")
}

/// The report of some data as of a date.
pub fn checked_as_of(rulebook: &Rulebook, data: &str, as_of: &str) -> Report {
    let mut entry = Entry::default();
    for item in data.split_whitespace() {
        match (item.strip_prefix('!'), item.split_once('=')) {
            (Some(indicator), _) => {
                let reason = Given::Text("没有".into());
                entry.not_applicable.push((indicator.into(), reason));
            }
            (None, Some((name, value))) => {
                let value = Given::Text(value.into());
                let parameter = rulebook.parameters.iter().any(|p| p.label == name);
                if parameter {
                    entry.parameters.push((name.into(), value));
                } else {
                    entry.fields.push((name.into(), value));
                }
            }
            _ => panic!("{item}"),
        }
    }
    let as_of = Date::parse(as_of).unwrap();
    report(rulebook, "", &entry, as_of, Lang::Zh)
}
