//! `duibiao doc`: a standard as a page to read and print, its lines as a table, or the
//! words of the rule language.

use crate::check::Format;
use crate::{Failure, files};
use duibiao::author::doc::{page, parameters, vocabulary};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "退出状态 (exit status)：0 写好了 (done)；2 没能写 (could not)")]
pub struct Arguments {
    /// 规则文件夹 (a folder of rules)
    #[arg(required_unless_present = "vocabulary")]
    standard: Option<PathBuf>,
    /// 写到哪个文件 [不写：标准输出] (where to write it [default: standard output])
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 只写数值线与出处，Markdown (only the thresholds with their sources, in Markdown)
    #[arg(long)]
    parameters: bool,
    /// 规则语言的词汇，Markdown，不需要标准 (the words of the rule language; needs no standard)
    #[arg(long, conflicts_with_all = ["standard", "parameters"])]
    vocabulary: bool,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let text = match &arguments.standard {
        None => vocabulary(),
        Some(standard) => {
            let compiled = files::compiled(standard, Format::Text)?;
            if arguments.parameters {
                parameters(&compiled.rulebook)
            } else {
                page(&compiled)
            }
        }
    };
    files::deliver(arguments.output.as_deref(), &text)
}
