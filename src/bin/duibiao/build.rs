//! `duibiao build`: a checker module with a standard inside.

use crate::check::Format;
use crate::{Failure, files};
use duibiao::digest::digest;
use duibiao::rulebook::with_section;
use std::path::PathBuf;
use std::process::ExitCode;

/// The checker module, without a standard; empty when this command was built without it.
const CHECKER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/checker.wasm"));

#[derive(clap::Args)]
pub struct Arguments {
    /// 规则文件夹，或已有的 .wasm (a folder of rules, or a .wasm)
    standard: PathBuf,
    /// 写到哪个文件 (where to write the module)
    #[arg(short, long, value_name = "FILE.wasm")]
    output: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if CHECKER.is_empty() {
        return Err("这个 duibiao 在编译时没有带上检查模块，请用 make 编译\n(built without the checker module: build it with make)".into());
    }
    let standard = files::standard(&arguments.standard, Format::Text)?;
    let module = with_section(CHECKER, files::SECTION, &standard.bytes);
    let shown = arguments.output.display();
    files::write(&arguments.output, &module)?;
    let rulebook = &standard.rulebook;
    crate::say(&format!(
        "{shown}：{} 字节，其中标准 {} 字节；{} 个指标，{} 个字段，{} 个参数；{}\n",
        module.len(),
        standard.bytes.len(),
        rulebook.indicators.len(),
        rulebook.fields.len(),
        rulebook.parameters.len(),
        digest(&standard.bytes)
    ))?;
    Ok(ExitCode::SUCCESS)
}
