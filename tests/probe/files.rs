//! The shipped standards, as files.

#![allow(dead_code, reason = "each test takes what it needs")]

use duibiao::author::SourceFile;
use std::fs;
use std::path::Path;

/// The folders of the standards in `rules/`, in order.
pub fn standards() -> Vec<String> {
    let folders = fs::read_dir("rules")
        .unwrap()
        .map(|item| item.unwrap().path());
    let mut folders: Vec<String> = folders
        .filter(|path| path.join("standard.rhai").is_file())
        .map(|path| path.to_str().unwrap().into())
        .collect();
    folders.sort();
    folders
}

/// The rule files of a standard, in the order of their paths.
pub fn rule_files(standard: &str) -> Vec<SourceFile> {
    let mut files = Vec::new();
    read(Path::new(standard), Path::new(standard), &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn read(folder: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            read(&path, root, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rhai")
        {
            files.push(SourceFile {
                path: path.strip_prefix(root).unwrap().to_str().unwrap().into(),
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}
