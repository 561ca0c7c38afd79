//! `duibiao test`: the examples that stand beside the rules, and what they do not show.

use crate::check::Format;
use crate::{Failure, files};
use duibiao::author::{Coverage, Problem, Shown, Tested, test};
use duibiao::date::Date;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    /// A folder of rules
    standard: PathBuf,
    /// How to print the result, and what is wrong with the rules
    #[arg(long, default_value = "text")]
    format: Format,
}

/// The result for tools.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    tested: &'a Tested,
    warnings: &'a [Problem],
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let compiled = files::compiled(&arguments.standard, arguments.format)?;
    let tested = test(&compiled, day()?);
    let warnings = &compiled.warnings;
    match arguments.format {
        Format::Json => crate::say_json(&Whole {
            tested: &tested,
            warnings,
        })?,
        Format::Text => crate::say(&text(&tested, warnings, &arguments.standard))?,
    }
    Ok(ExitCode::from(u8::from(tested.failed > 0)))
}

/// An example that names no date is checked as of a fixed one, so that it passes for ever.
pub fn day() -> Result<Date, Failure> {
    Date::new(2024, 1, 1).ok_or_else(|| "no date".into())
}

fn text(tested: &Tested, warnings: &[Problem], folder: &Path) -> String {
    let mut out = files::shown(warnings, folder);
    let shown = folder.display();
    let failed = tested.examples.iter();
    for tried in failed.filter(|tried| !tried.differences.is_empty()) {
        let (id, title) = (&tried.indicator, &tried.title);
        let _ = writeln!(out, "未通过 {id} {title} —— {}", tried.name);
        let _ = writeln!(out, "  --> {shown}/{}", tried.at);
        for difference in &tried.differences {
            let _ = writeln!(out, "  {}（{}）", difference.zh, difference.en);
        }
        let _ = writeln!(out, "  {}\n", tried.text);
    }
    coverage(&mut out, &tested.coverage);
    let (passed, failed) = (tested.passed, tested.failed);
    let _ = writeln!(out, "{passed} passed, {failed} failed");
    out
}

/// Which indicators lack an example for what, and how many have one.
fn coverage(out: &mut String, all: &[Coverage]) {
    let lacking: Vec<(&Coverage, String)> = all
        .iter()
        .filter_map(|covered| {
            let names = covered.all().into_iter().zip(Coverage::NAMES);
            let lacks: Vec<&str> = names
                .filter(|(shown, _)| *shown == Shown::Lacking)
                .map(|(_, (zh, _))| zh)
                .collect();
            (!lacks.is_empty()).then(|| (covered, lacks.join("、")))
        })
        .collect();
    if !lacking.is_empty() {
        let _ = writeln!(
            out,
            "还缺例子（duibiao test … --generate 指标 可给出草稿）(examples that are lacking):"
        );
        let wide = lacking.iter().map(|(c, _)| width(&c.indicator)).max();
        for (covered, lacks) in lacking {
            let blank = " ".repeat(wide.unwrap_or(0) - width(&covered.indicator));
            let (id, title) = (&covered.indicator, &covered.title);
            let _ = writeln!(out, "  {id}{blank}  缺 {lacks}  （{title}）");
        }
    }
    let totals: Vec<String> = Coverage::NAMES
        .iter()
        .enumerate()
        .map(|(index, (zh, en))| {
            let of = |wanted: Shown| {
                let shown = all.iter().filter_map(|c| c.all().get(index).copied());
                shown.filter(|shown| *shown == wanted).count()
            };
            let (shown, lacking) = (of(Shown::Shown), of(Shown::Lacking));
            format!("{zh} {en} {shown}/{}", shown + lacking)
        })
        .collect();
    let _ = writeln!(out, "例子覆盖 coverage: {}", totals.join(" · "));
}

/// How wide a text is in a terminal.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
