//! wasm-bindgen as a library of the build: JavaScript glue for the module, of exactly the version in
//! Cargo.lock. A tool of the Makefile; `cargo install wasm-bindgen-cli` takes three times as long.
//!
//! Usage: bindgen INPUT.wasm OUTPUT_FOLDER NAME [--reset]
//!
//! `--reset` adds a function that starts the module anew after it broke.

use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let reset = arguments.pop_if(|last| last == "--reset").is_some();
    let [input, output, name]: [String; 3] = arguments
        .try_into()
        .map_err(|_| "usage: bindgen INPUT.wasm OUTPUT_FOLDER NAME [--reset]")?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .input_path(input)
        .web(true)?
        .typescript(true)
        .reset_state_function(reset)
        .out_name(&name);
    Ok(bindgen.generate(output)?)
}
