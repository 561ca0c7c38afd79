//! wasm-bindgen as a library of the build: JavaScript glue for the module, of exactly the version in
//! Cargo.lock. A tool of the Makefile; `cargo install wasm-bindgen-cli` takes three times as long.
//!
//! Usage: bindgen INPUT.wasm OUTPUT_FOLDER NAME

use std::env;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let [input, output, name]: [String; 3] = env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "usage: bindgen INPUT.wasm OUTPUT_FOLDER NAME")?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .input_path(input)
        .web(true)?
        .typescript(true)
        .out_name(&name);
    Ok(bindgen.generate(output)?)
}
