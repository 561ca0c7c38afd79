//! `duibiao test`: the examples that stand beside the rules, and what they do not show.

use crate::check::Format;
use crate::{Failure, files};
use duibiao::author::{
    Compiled, Coverage, Problem, Shown, Tested, draft_line, drafts, drafts_written, test,
};
use duibiao::date::Date;
use duibiao::wording::most_like;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(
    after_help = "退出状态 (exit status)：0 例子都通过 (all pass)；1 有的没有 (some fail)；2 没能运行 (could not run)"
)]
pub struct Arguments {
    /// 规则文件夹 (a folder of rules)
    standard: PathBuf,
    /// 结果和规则中的问题怎样输出 (how to print the result, and what is wrong with the rules)
    #[arg(long, default_value = "text")]
    format: Format,
    /// 给出还没有的例子，确认后粘贴；不写指标就是全部 (propose examples to paste, of one indicator or all)
    #[arg(long, value_name = "INDICATOR", num_args = 0..=1)]
    generate: Option<Option<String>>,
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
    if let Some(wanted) = &arguments.generate {
        return generate(&compiled, wanted.as_deref(), arguments.format);
    }
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

/// A proposed example, for tools.
#[derive(Serialize)]
struct Proposed<'a> {
    indicator: &'a str,
    name: &'a str,
    outcome: &'static str,
    rhai: String,
}

/// Proposes examples: nothing is changed, the author pastes what is right.
fn generate(
    compiled: &Compiled,
    wanted: Option<&str>,
    format: Format,
) -> Result<ExitCode, Failure> {
    let rulebook = &compiled.rulebook;
    let all = || rulebook.indicators.iter();
    if let Some(wanted) = wanted
        && !all().any(|indicator| indicator.id == wanted)
    {
        let like = most_like(wanted, all().map(|indicator| indicator.id.as_str()));
        let like = like.map_or_else(String::new, |like| format!("，是不是“{like}”？"));
        let ids: Vec<&str> = all().map(|indicator| indicator.id.as_str()).collect();
        return Err(format!(
            "--generate {wanted}：没有编号为“{wanted}”的指标{like}\n可写：{}\n(unknown indicator)",
            ids.join("、")
        ));
    }
    let day = day()?;
    let (mut text, mut proposed, mut count) = (Vec::new(), Vec::new(), 0);
    let drafts: Vec<_> = all()
        .enumerate()
        .filter(|(_, indicator)| wanted.is_none_or(|wanted| indicator.id == wanted))
        .map(|(index, indicator)| (index, indicator, drafts(compiled, index, day)))
        .collect();
    for (index, indicator, drafts) in &drafts {
        count += drafts.len();
        text.extend(Some(drafts_written(rulebook, *index, drafts)).filter(|text| !text.is_empty()));
        proposed.extend(drafts.iter().map(|draft| Proposed {
            indicator: &indicator.id,
            name: &draft.name,
            outcome: draft.outcome.word(),
            rhai: draft_line(rulebook, draft),
        }));
    }
    match format {
        Format::Json => crate::say_json(&proposed)?,
        Format::Text if count == 0 => crate::say("// 没有可补的例子 (nothing to add)\n")?,
        Format::Text => crate::say(&text.join("\n"))?,
    }
    Ok(ExitCode::SUCCESS)
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
