//! The repository's own laws.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what should not be"
)]

use std::fs;
use std::path::Path;

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((
                path.to_str().unwrap().into(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

fn lines_with(word: &str, allowed: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 20, "the sources are read");
    let mut found = Vec::new();
    for (path, text) in files {
        if allowed.iter().any(|place| path.starts_with(place)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            // What `env!` reads is known when it is built.
            let code = line.replace("env!(", "(");
            let code = code.split("//").next().unwrap_or("");
            let is_word = |part: &str| part == word;
            if code
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(is_word)
            {
                found.push(format!("{path}:{}: {line}", number + 1));
            }
        }
    }
    found
}

#[test]
fn each_engine_is_named_in_one_place_only() {
    assert_eq!(lines_with("rhai", &["src/author/", "src/bin/"]), [""; 0]);
    assert_eq!(
        lines_with("wasm_bindgen", &["src/wasm.rs", "src/wasm/"]),
        [""; 0]
    );
    assert_eq!(lines_with("js_sys", &["src/wasm.rs", "src/wasm/"]), [""; 0]);
}

#[test]
fn no_binary_floating_point_takes_part() {
    // Every serializer has to name them; the others are the border where they come in and go out.
    let border = [
        "src/json.rs",
        "src/office/cell.rs",
        "src/check/gate.rs",
        "src/explain/branches.rs",
        "src/wasm.rs",
    ];
    for word in ["f32", "f64"] {
        assert_eq!(lines_with(word, &border), [""; 0]);
    }
}

#[test]
fn the_core_does_no_input_or_output_and_reads_no_clock() {
    for word in [
        "fs",
        "SystemTime",
        "Instant",
        "stdin",
        "println",
        "eprintln",
        "env",
    ] {
        assert_eq!(lines_with(word, &["src/bin/"]), [""; 0]);
    }
}

#[test]
fn every_source_says_first_what_it_is_for() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for (path, text) in files {
        assert!(text.starts_with("//! "), "{path} has no head");
    }
}
