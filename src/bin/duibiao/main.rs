//! The command `duibiao`. One file for each command; what they share is here and in `files`.
//!
//! Exit status: 0 when all is well, 1 when something is not, 2 when it could not be
//! found out; then the reason is on standard error and nothing on standard output.

mod build;
mod check;
mod doc;
mod files;
mod new;
mod test;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Checks data against a standard, and says exactly why and what would have to change.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check data against a standard (对照检查)
    Check(check::Arguments),
    /// Run the examples that stand beside the rules (运行规则旁的例子)
    Test(test::Arguments),
    /// Write a checker module with the standard inside (生成 .wasm)
    Build(build::Arguments),
    /// Start a standard, a chapter or an indicator, with examples that pass (新建)
    New(new::Arguments),
    /// Write a standard as a page to read and print (生成说明页)
    Doc(doc::Arguments),
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
        Command::Test(arguments) => test::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Doc(arguments) => doc::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(reason) => {
            eprintln!("{}", reason.trim_end());
            ExitCode::from(2)
        }
    }
}
