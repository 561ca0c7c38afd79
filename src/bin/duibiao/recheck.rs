//! `duibiao recheck`: whether a report holds, by running it again.

use crate::check::Format;
use crate::{Failure, files};
use duibiao::check::Outcome;
use duibiao::digest::digest;
use duibiao::record::{Cause, Difference, ENGINE, Part, Recheck, Recorded, entry_agrees, recheck};
use duibiao::report::Lang;
use duibiao::wording::outcome;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(
    after_help = "退出状态 (exit status)：0 成立 (holds)；1 不成立 (does not)；2 没能复核 (could not tell)"
)]
pub struct Arguments {
    /// 报告：duibiao check --format json 或页面导出的 .json，或用 - 从标准输入读 (a report, or - for standard input)
    report: String,
    /// 它的标准：规则文件夹或 .wasm；不写只核对数据摘要 (its standard: a folder of rules or a .wasm)
    standard: Option<PathBuf>,
    /// 怎样输出 (how to print it, and what is wrong with the rules)
    #[arg(long, default_value = "text")]
    format: Format,
}

/// The result for tools.
#[derive(Serialize)]
struct Whole<'a> {
    holds: bool,
    standard: Version<'a>,
    as_of: String,
    /// The program that made the report, and the one that checked it again.
    engine: [&'a str; 2],
    causes: &'a [Cause],
    differences: &'a [Difference],
}

#[derive(Serialize)]
struct Version<'a> {
    id: &'a str,
    version: &'a str,
    /// That of the report, and that of the standard given.
    digest: [&'a str; 2],
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let report = files::report(&arguments.report)?;
    let standard = match &arguments.standard {
        Some(path) => Some(files::standard(path, arguments.format)?),
        None => None,
    };
    let (digest, found) = match &standard {
        Some(standard) => {
            let digest = digest(&standard.bytes);
            let found = recheck(&report, &standard.rulebook, &digest);
            (digest, found)
        }
        // That an entry is another one can be told without the standard.
        None if !entry_agrees(&report) => {
            let found = Recheck {
                holds: false,
                causes: vec![Cause::Entry],
                differences: Vec::new(),
            };
            (String::new(), found)
        }
        None => return Err(without_standard(&arguments.report, &report)),
    };
    match arguments.format {
        Format::Json => crate::say_json(&Whole {
            holds: found.holds,
            standard: Version {
                id: &report.standard.id,
                version: &report.standard.version,
                digest: [&report.standard.digest, &digest],
            },
            as_of: report.as_of.iso(),
            engine: [&report.engine, ENGINE],
            causes: &found.causes,
            differences: &found.differences,
        })?,
        Format::Text => crate::say(&text(&report, &found, standard.is_some()))?,
    }
    Ok(ExitCode::from(u8::from(!found.holds)))
}

fn without_standard(path: &str, report: &Recorded) -> Failure {
    let named = &report.standard;
    format!(
        "{}：数据与摘要相符；要复核结论，还需要它的标准：\n  duibiao recheck {path} <规则文件夹或 .wasm>\n\
         报告用的是 {} {}，摘要 {}\n\
         (the entry agrees with its digest; to check the verdicts, name the standard as well)",
        plain(path),
        plain(&named.id),
        plain(&named.version),
        plain(&named.digest)
    )
}

/// A text that somebody else wrote, without what a terminal would obey.
pub fn plain(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut out = String::new();
    for c in text.chars() {
        if hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// An outcome by its name, if it is one.
fn verdict(value: Option<&Value>) -> String {
    let word = value.and_then(Value::as_str);
    let known = Outcome::ALL.into_iter().find(|o| Some(o.word()) == word);
    known.map_or_else(|| shown(value), |known| outcome(known, Lang::Zh).into())
}

/// A value in a line of its own.
fn shown(value: Option<&Value>) -> String {
    let text = match value {
        None => return "（没有 none）".into(),
        Some(Value::String(text)) => plain(text),
        Some(value) => plain(&value.to_string()),
    };
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

const PARTS: [(Part, &str); 9] = [
    (Part::Verdict, "结论 (verdicts)"),
    (Part::Points, "分数 (points)"),
    (Part::Score, "得分 (score)"),
    (Part::Data, "数据问题 (data problems)"),
    (Part::Entry, "数据 (entry)"),
    (Part::Standard, "标准 (standard)"),
    (Part::Explanation, "理由与改法 (reasons and fixes)"),
    (Part::Text, "文字 (texts)"),
    (Part::Form, "其他 (other)"),
];

/// The most differences that are told of a part.
const MOST: usize = 20;

fn text(report: &Recorded, found: &Recheck, with_standard: bool) -> String {
    let mut out = String::new();
    let named = &report.standard;
    let _ = writeln!(
        out,
        "{}（{}）\n核查日期 {}，{}",
        plain(&named.title),
        plain(&named.version),
        report.as_of,
        plain(&report.engine)
    );
    if found.holds {
        out.push_str("成立 (holds)：用它的数据和规则重算，结果相同\n");
    } else {
        out.push_str("不成立 (does not hold)\n");
    }
    for cause in &found.causes {
        let _ = match cause {
            Cause::Rulebook => writeln!(
                out,
                "  规则不同：给的标准不是报告所用的那一个，不同之处可能由此而来 (other rulebook)"
            ),
            Cause::Entry => writeln!(
                out,
                "  数据被改过：报告里的数据与它的摘要不符 (altered entry)"
            ),
            Cause::Engine => writeln!(
                out,
                "  程序版本不同：报告出自 {}，这里是 {ENGINE} (other engine version)",
                plain(&report.engine)
            ),
            Cause::Report => writeln!(
                out,
                "  报告被改过：规则、数据、版本都相符，内容却不同 (altered report)"
            ),
        };
    }
    if !with_standard {
        out.push_str("  没有给标准，结论没有重算：duibiao recheck 报告 <规则文件夹或 .wasm> (verdicts not checked without the standard)\n");
    }
    for (part, name) in PARTS {
        let own: Vec<&Difference> = found
            .differences
            .iter()
            .filter(|d| d.part == part)
            .collect();
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{name}：{}", own.len());
        for difference in own.iter().take(MOST) {
            let place = match (&difference.indicator, part) {
                (Some(indicator), Part::Verdict) => plain(indicator),
                (Some(indicator), _) => {
                    let at = difference.at.splitn(3, '/').nth(2).unwrap_or("");
                    format!("{} {}", plain(indicator), plain(at))
                }
                (None, _) => plain(&difference.at),
            };
            let show = if part == Part::Verdict {
                verdict
            } else {
                shown
            };
            let _ = writeln!(
                out,
                "  {place}：报告 {}，重算 {}",
                show(difference.recorded.as_ref()),
                show(difference.found.as_ref())
            );
        }
        if own.len() > MOST {
            let _ = writeln!(out, "  …另有 {} 处 (and more)", own.len() - MOST);
        }
    }
    out
}
