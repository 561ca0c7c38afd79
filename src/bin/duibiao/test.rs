//! `duibiao test`: the examples that stand beside the rules.

use crate::{Failure, files};
use duibiao::author::run as run_example;
use duibiao::date::Date;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    /// A folder of rules
    standard: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let standard = files::standard(&arguments.standard)?;
    if standard.is_module {
        return Err("例子留在规则文件夹中，模块里没有；请对规则文件夹运行 test\n(examples stay with the rules: test the folder)".into());
    }
    // An example that names no date is checked as of a fixed one, so that it passes for ever.
    let as_of = Date::new(2024, 1, 1).ok_or("no date")?;
    let (mut passed, mut failed) = (0, 0);
    let mut out = String::new();
    for example in &standard.examples {
        let indicator = standard.rulebook.indicators.get(example.indicator);
        let Some((indicator, verdict)) =
            indicator.zip(run_example(&standard.rulebook, example, as_of))
        else {
            continue;
        };
        if verdict.differences.is_empty() {
            passed += 1;
            continue;
        }
        failed += 1;
        let (id, title, folder) = (
            &indicator.id,
            &indicator.title,
            arguments.standard.display(),
        );
        let _ = writeln!(out, "未通过 {id} {title} —— {}", example.name);
        let _ = writeln!(out, "  --> {folder}/{}", example.place);
        for difference in &verdict.differences {
            let _ = writeln!(out, "  {}（{}）", difference.zh, difference.en);
        }
        let _ = writeln!(out, "  {}\n", verdict.finding.text);
    }
    let _ = writeln!(out, "{passed} passed, {failed} failed");
    crate::say(&out)?;
    Ok(ExitCode::from(u8::from(failed > 0)))
}
