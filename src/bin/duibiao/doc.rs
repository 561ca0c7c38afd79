//! `duibiao doc`: a standard as a page to read and print, or its lines as a table.

use crate::check::Format as Problems;
use crate::{Failure, files};
use clap::ValueEnum;
use duibiao::author::doc::{page, parameters, vocabulary};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    /// A folder of rules
    #[arg(required_unless_present = "vocabulary")]
    standard: Option<PathBuf>,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A page to read and print, or Markdown
    #[arg(long, default_value = "html")]
    format: Format,
    /// Only the thresholds with their sources, in Markdown (数值线与出处)
    #[arg(long)]
    parameters: bool,
    /// The words of the rule language, in Markdown; needs no standard (规则语言的词汇)
    #[arg(long, conflicts_with_all = ["standard", "parameters"])]
    vocabulary: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Html,
    Md,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let text = match (&arguments.standard, arguments.format) {
        (Some(standard), format) => {
            let compiled = files::compiled(standard, Problems::Text)?;
            match format {
                Format::Html if !arguments.parameters => page(&compiled),
                _ => parameters(&compiled.rulebook),
            }
        }
        (None, _) => vocabulary(),
    };
    match &arguments.output {
        None => crate::say(&text)?,
        Some(output) => {
            files::write(output, text.as_bytes())?;
            crate::say(&format!("{}：{} 字节\n", output.display(), text.len()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
