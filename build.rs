//! Puts the checker module into the command, so that `duibiao build` can write finished modules.
//!
//! `DUIBIAO_MODULE` names the module's file. Without it the command is built all the same, with an
//! empty module: `cargo test` and `cargo clippy` need no WebAssembly.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=DUIBIAO_MODULE");
    let module = match env::var_os("DUIBIAO_MODULE") {
        Some(path) if !path.is_empty() => {
            let path = PathBuf::from(path);
            println!("cargo::rerun-if-changed={}", path.display());
            fs::read(&path).map_err(|error| {
                io::Error::new(
                    error.kind(),
                    format!("DUIBIAO_MODULE={}: {error}", path.display()),
                )
            })?
        }
        _ => Vec::new(),
    };
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(PathBuf::from(out).join("checker.wasm"), module)
}
