//! Scaffolds: a new standard, chapter or indicator to start from, with examples that pass.
//!
//! What is made is files with their whole text; reading the standard and writing the files
//! is the caller's business. The templates lie beside this file, as Rhai.

use super::draft::text::quoted;
use super::{Compiled, SourceFile, Text};

/// A standard with a chapter and an indicator: all its files.
///
/// # Errors
///
/// Why it cannot be: the title is empty or no single line.
pub fn standard(id: &str, title: &str) -> Result<Vec<SourceFile>, Text> {
    told(title)?;
    let head = fill(
        include_str!("standard.rhai"),
        &[
            ("id", quoted(id)),
            ("title", quoted(title)),
            ("title_comment", comment(title)),
        ],
    );
    let (folder, chapter) = ("1-first", "第一章（名称）");
    Ok(vec![
        SourceFile {
            path: "standard.rhai".into(),
            text: [head, chapter_text(folder, chapter)].concat(),
        },
        SourceFile {
            path: format!("{folder}/first.rhai"),
            text: [
                group_text("第一组（名称）"),
                indicator_text(&[], "A-01", "完成率"),
            ]
            .concat(),
        },
    ])
}

/// A chapter: `standard.rhai` with its declaration added, and a file of rules in its folder.
///
/// # Errors
///
/// Why it cannot be: the name is no name of a folder, or is taken.
pub fn chapter(
    compiled: &Compiled,
    files: &[SourceFile],
    id: &str,
    title: &str,
) -> Result<Vec<SourceFile>, Text> {
    folder_name(id)?;
    told(title)?;
    let rulebook = &compiled.rulebook;
    let folder = format!("{id}/");
    let taken = rulebook.chapters.iter().any(|chapter| chapter.id == id)
        || files.iter().any(|file| file.path.starts_with(&folder));
    if taken {
        let all: Vec<&str> = rulebook.chapters.iter().map(|c| c.id.as_str()).collect();
        return Err(Text::new(
            format!("章“{id}”已经有了，请换一个名称；已有：{}", all.join("、")),
            format!("there is a chapter “{id}” already"),
        ));
    }
    let Some(standard) = files.iter().find(|file| file.path == "standard.rhai") else {
        return Err(Text::new(
            "这个文件夹里没有 standard.rhai",
            "there is no standard.rhai in this folder",
        ));
    };
    // The letter of no other chapter; names of fields are made of it.
    let begins = |letter: &char| {
        let mut all = rulebook.indicators.iter();
        all.any(|indicator| indicator.id.to_uppercase().starts_with(*letter))
    };
    let letter = ('A'..='Z').find(|letter| !begins(letter));
    let number = |number: usize| match letter {
        Some(letter) => format!("{letter}-{number:02}"),
        None => format!("{id}-{number:02}"),
    };
    let new = (1..).map(number).find(|id| !has_indicator(compiled, id));
    Ok(vec![
        SourceFile {
            path: format!("{id}/first.rhai"),
            text: [
                group_text(title),
                indicator_text(files, &new.unwrap_or_default(), "完成率（名称）"),
            ]
            .concat(),
        },
        SourceFile {
            path: standard.path.clone(),
            text: [ended(&standard.text), chapter_text(id, title)].concat(),
        },
    ])
}

/// An indicator: the file of rules with it added, or a new file.
///
/// # Errors
///
/// Why it cannot be: the number is taken, or the file lies in no chapter.
pub fn indicator(
    compiled: &Compiled,
    files: &[SourceFile],
    file: &str,
    id: &str,
    title: &str,
) -> Result<SourceFile, Text> {
    told(id)?;
    told(title)?;
    let chapters: Vec<&str> = (compiled.rulebook.chapters.iter())
        .map(|chapter| chapter.id.as_str())
        .collect();
    let named = file.trim_end_matches(".rhai");
    let parts: Vec<&str> = named.split('/').collect();
    let [chapter, name] = parts.as_slice() else {
        return Err(Text::new(
            format!(
                "“{file}”应写成 章/文件，例如 {}/first",
                chapters.first().unwrap_or(&"1-first")
            ),
            format!("“{file}” must be CHAPTER/FILE"),
        ));
    };
    if !chapters.contains(chapter) {
        return Err(Text::new(
            format!(
                "没有“{chapter}”这一章，已有：{}；新的一章先用 duibiao new chapter",
                chapters.join("、")
            ),
            format!("there is no chapter “{chapter}”"),
        ));
    }
    folder_name(name)?;
    if has_indicator(compiled, id) {
        return Err(Text::new(
            format!("编号“{id}”已经用过，请换一个"),
            format!("there is an indicator “{id}” already"),
        ));
    }
    let path = format!("{chapter}/{name}.rhai");
    let known = files.iter().find(|file| file.path == path);
    let before = match known {
        Some(file) => ended(&file.text),
        None => group_text(title),
    };
    Ok(SourceFile {
        path,
        text: [before, indicator_text(files, id, title)].concat(),
    })
}

fn has_indicator(compiled: &Compiled, id: &str) -> bool {
    let mut all = compiled.rulebook.indicators.iter();
    all.any(|indicator| indicator.id == id)
}

/// A name that can be a folder or a file everywhere.
fn folder_name(name: &str) -> Result<(), Text> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.len() <= 60 && name.chars().all(plain) && !name.starts_with('-') {
        return Ok(());
    }
    Err(Text::new(
        format!("“{name}”不能作文件夹或文件的名称：用英文字母、数字、- 和 _，例如 2-facilities"),
        format!("“{name}” is no name of a folder: use letters, digits, - and _"),
    ))
}

/// A text of one line that says something.
fn told(text: &str) -> Result<(), Text> {
    if text.trim().is_empty() || text.chars().any(char::is_control) || text.chars().count() > 120 {
        return Err(Text::new(
            format!(
                "“{}”不能作编号或名称：写一行文字，不超过 120 字",
                text.escape_debug()
            ),
            "a number or title is one line of text, 120 characters at most",
        ));
    }
    Ok(())
}

fn chapter_text(id: &str, title: &str) -> String {
    fill(
        include_str!("chapter.rhai"),
        &[
            ("id", quoted(id)),
            ("title", quoted(title)),
            ("folder", comment(id)),
        ],
    )
}

fn group_text(title: &str) -> String {
    fill(
        include_str!("group.rhai"),
        &[("title", quoted(title)), ("title_comment", comment(title))],
    )
}

fn indicator_text(files: &[SourceFile], id: &str, title: &str) -> String {
    let taken = |text: String| files.iter().any(|file| file.text.contains(&text));
    let unlike = |name: &str, ending: &str| {
        let name = |number: u32| match number {
            1 => name.to_string(),
            number => format!("{name}_{number}"),
        };
        let names = (1..10_000).map(name);
        names
            .into_iter()
            .find(|name| !taken(format!("\"{name}{ending}")))
            .unwrap_or_default()
    };
    let sign = |c: char, keep: bool| if keep { c } else { '_' };
    let mut name: String = id
        .chars()
        .map(|c| sign(c, c.is_alphabetic() || c.is_ascii_digit()))
        .collect();
    if !name.starts_with(char::is_alphabetic) {
        name.insert_str(0, "指标");
    }
    let mut field: String = id
        .chars()
        .map(|c| sign(c.to_ascii_lowercase(), c.is_ascii_alphanumeric()))
        .collect();
    if !field.starts_with(|c: char| c.is_ascii_alphabetic()) {
        field.insert_str(0, "item");
    }
    let label = |what: &str| quoted(&format!("{title}（{id}）：{what}"));
    fill(
        include_str!("indicator.rhai"),
        &[
            ("id", quoted(id)),
            ("id_comment", comment(id)),
            ("title", quoted(title)),
            ("title_comment", comment(title)),
            ("name", unlike(&name, "总数\"")),
            ("field", unlike(&field, "_total\"")),
            ("label_total", label("总数")),
            ("label_done", label("完成数")),
        ],
    )
}

/// A text that ends with a line break, so that more can follow.
fn ended(text: &str) -> String {
    let mut text = text.to_string();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A template with its places `{{name}}` filled.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            break;
        };
        out.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
