//! The command `duibiao`. One file for each command; what they share is here and in `files`.
//!
//! Exit status: 0 when all is well, 1 when something is not, 2 when it could not be
//! found out; then the reason is on standard error and nothing on standard output. With
//! `--format json` what is wrong with the rules is JSON there too.

mod batch;
mod build;
mod check;
mod compare;
mod diff;
mod doc;
mod files;
mod new;
mod recheck;
mod schema;
mod sheet;
mod test;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// 对照标准检查数据，说清为什么、怎样才达标 (checks data against a standard, and says why and what would have to change)
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 对照标准检查数据 (check data against a standard)
    Check(check::Arguments),
    /// 复核一份报告，看它是否成立 (check a report again: whether it holds)
    Recheck(recheck::Arguments),
    /// 比较两份报告或数据，说出得分为什么变 (tell why the score moved from one report to another)
    Compare(compare::Arguments),
    /// 逐行检查一张大表 (judge a table with a submission in each row)
    Batch(batch::Arguments),
    /// 写出填报表，填好后可直接检查 (write a workbook to fill in; `check` reads it)
    Sheet(sheet::Arguments),
    /// 运行规则旁的例子，说出还缺哪些 (run the examples beside the rules, and tell which are lacking)
    Test(test::Arguments),
    /// 生成含有标准的 .wasm 模块 (write a checker module with the standard inside)
    Build(build::Arguments),
    /// 新建标准、章或指标，自带能通过的例子 (start a standard, a chapter or an indicator)
    New(new::Arguments),
    /// 比较标准的两个版本，说出哪些结果会变 (tell what changed between two versions, and which verdicts turn)
    Diff(diff::Arguments),
    /// 把标准写成可读、可打印的网页 (write a standard as a page to read and print)
    Doc(doc::Arguments),
    /// 数据和报告的格式 (the JSON Schema of data or of a report)
    Schema(schema::Arguments),
}

/// Why a command could not do its work; goes to standard error.
type Failure = String;

/// Writes to standard output. A reader that went away has seen enough: that is no fault.
fn say(text: &str) -> Result<(), Failure> {
    use std::io::{ErrorKind, Write as _};
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Writes a value to standard output as JSON.
fn say_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(value).map_err(|error| error.to_string())?;
    say(&(json + "\n"))
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers, not failures.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let result = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Recheck(arguments) => recheck::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Batch(arguments) => batch::run(&arguments),
        Command::Sheet(arguments) => sheet::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Doc(arguments) => doc::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(reason) => {
            eprintln!("{}", reason.trim_end());
            ExitCode::from(2)
        }
    }
}
