//! The command as a user runs it, and folders of a test's own.

use serde_json::Value;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The status of a run that a signal ended.
pub const KILLED: i32 = -1;

/// What a run left behind.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Where it speaks with this status: on standard error where it could not do its work.
    pub fn said(&self) -> &str {
        if matches!(self.status, KILLED | 2) {
            &self.err
        } else {
            &self.out
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// Expects a status and texts.
    #[track_caller]
    pub fn says(self, status: i32, texts: &[&str]) -> Self {
        assert_eq!(self.status, status, "{}{}", self.out, self.err);
        for text in texts {
            assert!(
                self.said().contains(text),
                "without “{text}”: {}",
                self.said()
            );
        }
        self
    }
}

pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duibiao"));
    command.args(arguments);
    command
}

pub fn finish(command: Command, input: &[u8]) -> Ran {
    let ran = finish_telling(command, input);
    if ![KILLED, 2].contains(&ran.status) {
        assert_eq!(
            ran.err, "",
            "nothing on standard error where it could do its work"
        );
    }
    ran
}

/// A run that may have something to say of its data beside the result.
pub fn finish_telling(mut command: Command, input: &[u8]) -> Ran {
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // A command that refuses its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let ran = Ran {
        status: output.status.code().unwrap_or(KILLED),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    if ran.status == KILLED {
        return ran;
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert!(
        [0, 1, 2].contains(&ran.status),
        "{} {}",
        ran.status,
        ran.err
    );
    if ran.status == 2 {
        assert_eq!(
            ran.out, "",
            "nothing on standard output where it could not do its work"
        );
        assert_ne!(ran.err, "", "the reason is on standard error");
    }
    ran
}

pub fn run(arguments: &[&str]) -> Ran {
    finish(command(arguments), b"")
}

/// An empty folder of a test's own.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(env!("CARGO_CRATE_NAME"))
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The files below a folder, by path.
pub fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        for item in fs::read_dir(path).unwrap() {
            let item = item.unwrap().path();
            if item.is_dir() {
                open.push(item);
            } else {
                let name = item.strip_prefix(folder).unwrap().to_str().unwrap();
                found.push((name.to_string(), fs::read_to_string(&item).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A copy of a standard, changed file by file.
pub fn copy(from: &str, to: &Path, change: impl Fn(&str, String) -> String) -> String {
    for (name, text) in files(Path::new(from)) {
        let path = to.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, change(&name, text)).unwrap();
    }
    to.to_str().unwrap().to_string()
}
