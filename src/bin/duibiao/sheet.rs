//! `duibiao sheet`: a standard as a workbook to fill in; with data, filled in and judged.

use crate::check::{Format, Language, date_of};
use crate::{Failure, files};
use duibiao::digest::digest;
use duibiao::entry::Entry;
use duibiao::office::{Options, write_form};
use duibiao::report::report;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "退出状态 (exit status)：0 写好了 (done)；2 没能写 (could not)")]
pub struct Arguments {
    /// 规则文件夹，或 duibiao build 生成的 .wasm (a folder of rules, or a .wasm)
    standard: PathBuf,
    /// 写到哪个文件，.xlsx (where to write it)
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// 文件已有也重写 (write over a file that is there)
    #[arg(long)]
    force: bool,
    /// 只要一个单位填的 (only what one department fills in)
    #[arg(long)]
    department: Option<String>,
    /// 填好这些数据，并写上结论 (filled in with this data, with the verdicts beside it)
    #[arg(long, value_name = "DATA")]
    data: Option<String>,
    /// 按哪天的线 [不写：数据文件中的 as_of，没有则今天，UTC] (the date whose thresholds apply [default: as_of in the file, or today])
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<String>,
    /// 表头和说明的语言 (the language of headings and help)
    #[arg(long, default_value = "zh")]
    lang: Language,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let shown = arguments.output.display();
    if !shown.to_string().to_lowercase().ends_with(".xlsx") {
        return Err(format!(
            "{shown}：写的是 .xlsx，请用这个扩展名\n(the file has to end in .xlsx)"
        ));
    }
    // It may be filled in already.
    if arguments.output.exists() && !arguments.force {
        return Err(format!(
            "{shown} 已经有了，可能填过数据；要重写请加 --force\n(the file is there and may be filled in: --force writes over it)"
        ));
    }
    let standard = files::standard(&arguments.standard, Format::Text)?;
    let (digest, lang) = (digest(&standard.bytes), arguments.lang.lang());
    let data = match &arguments.data {
        Some(data) => Some(files::data(data, &standard.rulebook)?),
        None => None,
    };
    let dated = data.as_ref().and_then(|data| data.dated);
    let (as_of, _) = date_of(arguments.as_of.as_deref(), dated)?;
    let entry = data.map(|data| data.entry);
    let report = match &entry {
        Some(entry) => {
            let report = report(&standard.rulebook, &digest, entry, as_of, lang);
            Some(serde_json::to_value(&report).map_err(|error| error.to_string())?)
        }
        None => None,
    };
    // What is for people stands in data files alone.
    let path = arguments.data.as_deref();
    let path = path.filter(|path| path.to_lowercase().ends_with(".json"));
    let data = path.map(files::report_json).transpose()?;
    let options = Options {
        department: arguments.department.as_deref(),
        lang,
        as_of,
        report: report.as_ref(),
        data: data.as_ref(),
    };
    let entry = entry.unwrap_or_else(Entry::default);
    let bytes = write_form(&standard.rulebook, &digest, &entry, &options)
        .map_err(|told| format!("{}\n({})", told.text_zh, told.text_en))?;
    files::write(&arguments.output, &bytes)?;
    crate::say(&format!(
        "{}：{} 字节\n",
        arguments.output.display(),
        bytes.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}
