//! Broken rules: each problem is told by its code, its place and the words that are wrong.
//!
//! `broken/<code>.rhai` is a tiny standard that has the problem; what is expected stands in it:
//! `//~ code column `words`` at the end of the offending line, `//~^ …` under it, `//~ code -` for
//! a problem of the standard as a whole. A line `//@ path` begins a file of the standard; without
//! one the text is `1-a/broken.rhai`, and `standard.rhai` is added where it is not among them.
//!
//! A problem that carries no edit is mended as its advice says: `//= …` under the line stands for it
//! in the mended standard, `//= delete` leaves it out. The mended standard compiles.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../probe/mod.rs"]
mod probe;
mod silent;
mod slips;

use duibiao::author::{Problem, SourceFile, compile};
use probe::{STANDARD, source};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// No rule file leads there.
const UNREACHABLE: [&str; 1] = ["internal"];

/// File, line, column, code, and the words that are marked.
type Place = (String, usize, usize, String, String);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Name and text of every file of a folder with an extension, in order, with those of the folders in it.
fn files(folder: &Path, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            let name = path.file_stem().unwrap().to_str().unwrap().to_string();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// The files of a standard that a text describes, and the problems that it expects, in order.
fn read(text: &str) -> (Vec<SourceFile>, Vec<Place>) {
    let mut sources: Vec<SourceFile> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("//@ ") {
            Some(path) => sources.push(source(path, "")),
            None => {
                if sources.is_empty() {
                    sources.push(source("1-a/broken.rhai", ""));
                }
                let last = sources.last_mut().unwrap();
                last.text.push_str(line);
                last.text.push('\n');
            }
        }
    }
    if !sources.iter().any(|file| file.path == "standard.rhai") {
        sources.push(source("standard.rhai", STANDARD));
    }
    let mut in_order: Vec<&SourceFile> = sources.iter().collect();
    in_order.sort_by_key(|file| (file.path != "standard.rhai", &file.path));
    let expected = in_order.into_iter().flat_map(expected).collect();
    (sources, expected)
}

fn expected(file: &SourceFile) -> Vec<Place> {
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for mark in line.split("//~").skip(1) {
            let above = mark.starts_with('^');
            let mark = mark.trim_start_matches('^').trim();
            let (code, place) = mark.split_once(' ').expect("code and column");
            if place == "-" {
                found.push((String::new(), 0, 0, code.into(), String::new()));
                continue;
            }
            let (column, words) = place.split_once(' ').expect("column and words");
            let words = words.strip_prefix('`').unwrap().strip_suffix('`').unwrap();
            let line = index + 1 - usize::from(above);
            let column = column.parse().expect("a column");
            found.push((file.path.clone(), line, column, code.into(), words.into()));
        }
    }
    found
}

fn found(problem: &Problem) -> Place {
    let marked = problem.source.chars();
    let marked = marked.skip(problem.column.saturating_sub(1));
    (
        problem.file.clone(),
        problem.line,
        problem.column,
        problem.trouble.code.into(),
        marked.take(problem.length).collect(),
    )
}

/// In a terminal a Chinese character is as wide as two of ASCII; ≥ and × are not.
fn width(text: &str) -> usize {
    let wide = |c: char| c >= '\u{2e80}' || ('‘'..='”').contains(&c);
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

fn problems(sources: &[SourceFile]) -> Vec<Problem> {
    match compile(sources) {
        Ok(compiled) => compiled.warnings,
        Err(problems) => problems,
    }
}

/// The files with the edits of some problems, and where those stood.
fn edited(sources: &[SourceFile], problems: &[Problem]) -> Vec<SourceFile> {
    let mut edits: Vec<&Problem> = problems.iter().collect();
    edits.retain(|problem| problem.trouble.edit.is_some());
    edits.sort_by_key(|problem| (problem.line, problem.column));
    let mut sources = sources.to_vec();
    for problem in edits.into_iter().rev() {
        let file = sources.iter_mut().find(|file| file.path == problem.file);
        let file = file.expect("the file of the problem");
        let mut lines: Vec<String> = file.text.lines().map(String::from).collect();
        let line = &mut lines[problem.line - 1];
        let chars: Vec<char> = line.chars().collect();
        let (from, to) = (problem.column - 1, problem.column - 1 + problem.length);
        let text = problem.trouble.edit.as_deref().unwrap_or("");
        let (before, after) = (chars[..from].iter(), chars[to..].iter());
        *line = before
            .chain(&text.chars().collect::<Vec<_>>())
            .chain(after)
            .collect();
        file.text = lines.join("\n") + "\n";
    }
    sources
}

/// The files with the lines that `//=` gives.
fn mended(sources: &[SourceFile]) -> Vec<SourceFile> {
    let mend = |file: &SourceFile| {
        let mut lines: Vec<String> = Vec::new();
        let mut fresh = false;
        for line in file.text.lines() {
            let Some(right) = line.strip_prefix("//= ") else {
                fresh = false;
                lines.push(line.into());
                continue;
            };
            if !fresh {
                while lines.pop().is_some_and(|line| line.starts_with("//~^")) {}
            }
            fresh = true;
            if right != "delete" {
                lines.push(right.into());
            }
        }
        source(&file.path, lines.join("\n") + "\n")
    };
    sources.iter().map(mend).collect()
}

/// `//=` lines leave the lines of the original where they are.
fn is_mended(file: &SourceFile, line: usize) -> bool {
    let mut below = file.text.lines().skip(line);
    below
        .find(|line| !line.starts_with("//~^"))
        .is_some_and(|line| line.starts_with("//= "))
}

#[test]
fn each_broken_standard_has_exactly_the_problems_it_names() {
    let mut differences = Vec::new();
    for (name, text) in files(&root().join("tests/broken"), "rhai") {
        let (sources, expected) = read(&text);
        assert!(!expected.is_empty(), "{name} expects nothing");
        let found: Vec<Place> = problems(&sources).iter().map(found).collect();
        if found != expected {
            differences.push(format!(
                "{name}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn the_edits_of_a_broken_standard_mend_what_they_mark() {
    let mut left = Vec::new();
    for (name, text) in files(&root().join("tests/broken"), "rhai") {
        let (sources, _) = read(&text);
        let before = problems(&sources);
        let after = problems(&edited(&sources, &before));
        for problem in before.iter().filter(|p| p.trouble.edit.is_some()) {
            let same = |other: &&Problem| {
                (&other.file, other.line) == (&problem.file, problem.line)
                    && other.trouble.code == problem.trouble.code
            };
            let others = before
                .iter()
                .filter(same)
                .filter(|p| p.trouble.edit.is_none());
            if after.iter().filter(same).count() > others.count() {
                left.push(format!("{name}:\n{}", problem.show("", true)));
            }
        }
    }
    assert!(left.is_empty(), "\n{}", left.join("\n"));
}

#[test]
fn every_problem_is_mended_by_its_edit_or_as_its_advice_says() {
    let mut left = Vec::new();
    for (name, text) in files(&root().join("tests/broken"), "rhai") {
        let (sources, _) = read(&text);
        let file = |path: &str| sources.iter().find(|file| file.path == path);
        let mut edits = problems(&sources);
        edits.retain(|p| !file(&p.file).is_some_and(|file| is_mended(file, p.line)));
        let mended = mended(&edited(&sources, &edits));
        for problem in problems(&mended) {
            if !problem.trouble.warning {
                left.push(format!("{name}:\n{}", problem.show("", true)));
            }
        }
    }
    assert!(left.is_empty(), "\n{}", left.join("\n"));
}

#[test]
#[ignore = "prints every message, to be read aloud"]
fn read_aloud() {
    for (name, text) in files(&root().join("tests/broken"), "rhai") {
        println!("―― {name}");
        for problem in problems(&read(&text).0) {
            println!("{}{}", problem.show("", true), problem.show("", false));
            println!("  edit: {:?}\n", problem.trouble.edit);
        }
    }
}

#[test]
fn every_problem_code_of_the_author_stage_has_a_broken_standard() {
    let mut codes = BTreeSet::new();
    for (file, text) in files(&root().join("src/author"), "rs") {
        for after in text.split("Trouble::new(").skip(1) {
            let code = after.trim_start().strip_prefix('"');
            let code = code.unwrap_or_else(|| panic!("{file}: a code that is no literal"));
            codes.insert(code.split('"').next().unwrap().to_string());
        }
    }
    assert!(codes.len() > 20, "{codes:?}");
    let broken = files(&root().join("tests/broken"), "rhai");
    let without: Vec<&String> = codes
        .iter()
        .filter(|code| !UNREACHABLE.contains(&code.as_str()))
        .filter(|code| {
            let text = broken.iter().find(|(name, _)| name == *code);
            !text.is_some_and(|(_, text)| read(text).1.iter().any(|place| place.3 == **code))
        })
        .collect();
    assert!(
        without.is_empty(),
        "no tests/broken/<code>.rhai for {without:?}"
    );
}

#[test]
fn every_problem_is_told_in_both_languages() {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (name, text) in files(&root().join("tests/broken"), "rhai") {
        for problem in problems(&read(&text).0) {
            let trouble = &problem.trouble;
            for text in [
                Some(&trouble.message),
                trouble.exists.as_ref(),
                trouble.advice.as_ref(),
            ]
            .into_iter()
            .flatten()
            {
                assert!(chinese(&text.zh), "{name}: {}", text.zh);
                assert!(
                    text.en.contains(|c: char| c.is_ascii_alphabetic()),
                    "{name}"
                );
                for text in [&text.zh, &text.en] {
                    // The names of the program's own types mean nothing to an author.
                    assert!(!text.contains("::"), "{name}: {text}");
                }
            }
            assert_ne!(trouble.message.zh, trouble.message.en, "{name}");
            assert!(trouble.advice.is_some(), "{name}: {}", trouble.message.zh);
        }
    }
}

#[test]
fn a_shown_problem_marks_the_words_under_the_line() {
    for (name, text) in files(&root().join("tests/broken"), "rhai") {
        for problem in problems(&read(&text).0) {
            let (file, line, column, code, words) = found(&problem);
            for (chinese, error, warning) in [(true, "错误", "提醒"), (false, "error", "warning")]
            {
                let head = if problem.trouble.warning {
                    warning
                } else {
                    error
                };
                let shown = problem.show("rules/x", chinese);
                let lines: Vec<&str> = shown.lines().collect();
                assert!(lines[0].starts_with(&format!("{head}[{code}] ")), "{shown}");
                if line == 0 {
                    assert_eq!(lines[1], format!("  --> rules/x/{file}"), "{name}");
                    continue;
                }
                assert_eq!(lines[1], format!("  --> rules/x/{file}:{line}:{column}"));
                assert_eq!(lines[2], format!("{line} | {}", problem.source));
                let before = lines[3].find('^').unwrap();
                let marks = lines[3].chars().filter(|c| *c == '^').count();
                let start: String = problem.source.chars().take(column - 1).collect();
                let margin = format!("{line} | ").len();
                assert_eq!(before, margin + width(&start), "{name}\n{shown}");
                assert_eq!(marks, width(&words), "{name}\n{shown}");
            }
        }
    }
}

#[test]
fn a_problem_looks_like_this() {
    let text = "group(\"清扫\");\nfield(\"机扫面积\", #{ id: \"swept\" });\n\
                indicator(\"A\", #{ title: \"机扫率\", advice: \"改\",\n\tmeets: 机扫面只 >= 93 });\n";
    let sources = [
        source("standard.rhai", STANDARD),
        source("1-a/x.rhai", text),
    ];
    let shown: Vec<String> = problems(&sources)
        .iter()
        .map(|p| p.show("rules/", true))
        .collect();
    assert_eq!(
        shown,
        ["\
错误[unknown-name] 没有叫“机扫面只”的字段或参数
  --> rules/1-a/x.rhai:4:9
4 | \tmeets: 机扫面只 >= 93 });
  | \t       ^^^^^^^^ 本文件的字段：机扫面积
  = 建议：改成“机扫面积”
"]
    );
}
