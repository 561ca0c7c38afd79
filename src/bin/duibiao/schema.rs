//! `duibiao schema`: what data and reports look like, as JSON Schema.

use crate::check::Format;
use crate::{Failure, files};
use clap::ValueEnum;
use duibiao::author::schema::{REPORT, data};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "退出状态 (exit status)：0 写好了 (done)；2 没能写 (could not)")]
pub struct Arguments {
    /// 数据的，还是报告的 (of data that is checked, or of a report)
    what: What,
    /// 规则文件夹或 .wasm：写出这个标准的字段 (a folder of rules or a .wasm: with the fields of this standard)
    standard: Option<PathBuf>,
    /// 写到哪个文件 [不写：标准输出] (where to write it [default: standard output])
    #[arg(short, long, value_name = "FILE.json")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    Data,
    Report,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let text = match (arguments.what, &arguments.standard) {
        (What::Report, None) => REPORT.to_string(),
        (What::Report, Some(_)) => {
            return Err("报告的格式对所有标准都一样：duibiao schema report，不写标准\n(a report has the same schema for every standard: name none)".into());
        }
        (What::Data, standard) => {
            let rulebook = match standard {
                Some(path) => Some(files::standard(path, Format::Text)?.rulebook),
                None => None,
            };
            let schema = serde_json::to_string_pretty(&data(rulebook.as_ref()));
            schema.map_err(|error| error.to_string())? + "\n"
        }
    };
    files::deliver(arguments.output.as_deref(), &text)
}
