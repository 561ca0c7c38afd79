//! `duibiao diff`: what changed between two versions of a standard, and what that does to data.

use crate::check::{Format, date, date_of, range, shown};
use crate::{Failure, files};
use duibiao::check::Outcome;
use duibiao::diff::{Cause, Change, Compared, Flip, How, Turned, compare, kinds, turned};
use duibiao::digest::digest;
use duibiao::report::{Lang, Score};
use duibiao::rulebook::Rulebook;
use duibiao::wording::outcome;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(
    after_help = "退出状态 (exit status)：0 相同 (the same)；1 不同 (different)；2 没能比较 (could not compare)"
)]
pub struct Arguments {
    /// 旧版：规则文件夹，或 duibiao build 生成的 .wasm (the old version: a folder or a .wasm)
    old: PathBuf,
    /// 新版，同上 (the new version)
    new: PathBuf,
    /// 数据：.json 或 .csv 文件，看哪些结果会变、为什么 (data, to see which verdicts turn, and why)
    data: Vec<String>,
    /// 数据按哪天的线 [不写：数据文件中的 as_of，没有则今天，UTC] (the date whose thresholds apply [default: as_of in the file, or today])
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<String>,
    /// 怎样输出 (how to print it, and what is wrong with the rules)
    #[arg(long, default_value = "text")]
    format: Format,
}

/// The comparison for tools.
#[derive(Serialize)]
struct Whole<'a> {
    old: Version<'a>,
    new: Version<'a>,
    changes: &'a [Change],
    as_of: String,
    data: &'a [Data<'a>],
}

#[derive(Serialize)]
struct Version<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    digest: String,
}

#[derive(Serialize)]
struct Data<'a> {
    file: &'a str,
    /// Its own date, unless one is given.
    as_of: String,
    #[serde(flatten)]
    compared: Compared,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let given = arguments.as_of.as_deref();
    let as_of = date(given)?;
    let old = files::standard(&arguments.old, arguments.format)?;
    let new = files::standard(&arguments.new, arguments.format)?;
    let changes = compare(&old.rulebook, &new.rulebook);
    let mut data = Vec::new();
    for file in &arguments.data {
        // A table may name fields that only the old version has.
        let read = files::data(file, &new.rulebook).or_else(|reason| match file.as_str() {
            "-" => Err(reason),
            _ => files::data(file, &old.rulebook).map_err(|_| reason),
        })?;
        let (as_of, _) = date_of(given, read.dated)?;
        let compared = turned(&old.rulebook, &new.rulebook, &read.entry, as_of);
        data.push(Data {
            file,
            as_of: as_of.iso(),
            compared,
        });
    }
    let version = |standard: &'_ files::Standard| digest(&standard.bytes);
    match arguments.format {
        Format::Json => {
            fn told(rulebook: &Rulebook, digest: String) -> Version<'_> {
                let standard = &rulebook.standard;
                Version {
                    id: &standard.id,
                    title: &standard.title,
                    version: &standard.version,
                    digest,
                }
            }
            crate::say_json(&Whole {
                old: told(&old.rulebook, version(&old)),
                new: told(&new.rulebook, version(&new)),
                changes: &changes,
                as_of: as_of.iso(),
                data: &data,
            })?;
        }
        Format::Text => {
            let named = |rulebook: &Rulebook| {
                format!("{} {}", rulebook.standard.title, rulebook.standard.version)
            };
            let head = format!(
                "旧 old: {}（{}）\n新 new: {}（{}）\n\n",
                named(&old.rulebook),
                arguments.old.display(),
                named(&new.rulebook),
                arguments.new.display()
            );
            crate::say(&(head + text(&changes, &data).as_str()))?;
        }
    }
    let same = changes.is_empty()
        && data
            .iter()
            .all(|data| data.compared.flips.is_empty() && data.compared.standing.is_empty());
    Ok(ExitCode::from(u8::from(!same)))
}

fn text(changes: &[Change], data: &[Data<'_>]) -> String {
    let mut out = String::new();
    if changes.is_empty() {
        out.push_str("两个版本的规则相同 (the same)；注释、次序和写在哪里不算\n");
    }
    for (kind, name) in kinds() {
        let own: Vec<&Change> = changes.iter().filter(|change| change.of == kind).collect();
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{} {}", name.zh, name.en);
        let mut last = None;
        for change in own {
            let title = [change.id.as_str(), change.title.as_str()];
            let title: Vec<&str> = title.into_iter().filter(|text| !text.is_empty()).collect();
            let title = title.join(" ");
            let mark = if change.judges { "★" } else { " " };
            match (change.how, change.what.zh.is_empty()) {
                (How::Added, true) => {
                    let _ = writeln!(out, "{mark} + {title}（新增 added）");
                }
                (How::Removed, true) => {
                    let _ = writeln!(out, "{mark} - {title}（删去 removed）");
                }
                _ => {
                    if last != Some(&change.id) && !title.is_empty() {
                        let _ = writeln!(out, "  ~ {title}");
                    }
                    let _ = writeln!(out, "{mark}     {}", change.shown().zh);
                }
            }
            last = Some(&change.id);
        }
        out.push('\n');
    }
    for one in data {
        let Data {
            file,
            as_of,
            compared,
        } = one;
        let count = compared.flips.len();
        let _ = writeln!(
            out,
            "{file}（{as_of}）：{count} 项结果不同，得分 {} → {}",
            points_of(&compared.from),
            points_of(&compared.to)
        );
        for flip in &compared.flips {
            write_flip(&mut out, flip);
        }
        crate::compare::write_standing(&mut out, &compared.standing);
        out.push('\n');
    }
    if changes.is_empty() {
        return out;
    }
    let judging = changes.iter().filter(|change| change.judges).count();
    let _ = writeln!(
        out,
        "共 {} 处不同，其中 {judging} 处（★）可能改变结果 ({} differences, {judging} can turn a verdict)",
        changes.len(),
        changes.len()
    );
    out
}

fn points_of(score: &Score) -> String {
    let points = range(&score.low, &score.high);
    format!("{points}/{}", shown(&score.full))
}

fn write_flip(out: &mut String, flip: &Flip) {
    let shown = |turned: &Option<Turned>| match turned {
        None => "（没有这一项）".to_string(),
        Some(turned) => {
            let known = Outcome::ALL
                .into_iter()
                .find(|o| o.word() == turned.outcome);
            let word = known.map_or(turned.outcome, |known| outcome(known, Lang::Zh));
            match &turned.points {
                Some(points) => format!("{word} {points} 分"),
                None => word.into(),
            }
        }
    };
    let cause = match flip.cause {
        Cause::Rule => "规则变了 (rule)",
        Cause::Parameter => "线变了 (parameter)",
        Cause::Either => "规则和线都变了，任一即可 (either)",
        Cause::Both => "规则和线一起 (both)",
    };
    let (id, title) = (&flip.indicator, &flip.title);
    let _ = writeln!(
        out,
        "  {id} {title}：{} → {}，{cause}",
        shown(&flip.from),
        shown(&flip.to)
    );
    for line in &flip.parameters {
        let value = |value: &str| match value {
            "" => "未设定".to_string(),
            value if line.unit.is_empty() || line.unit == "%" => [value, &line.unit].concat(),
            value => [value, " ", &line.unit].concat(),
        };
        let (from, to) = (value(&line.from), value(&line.to));
        let _ = writeln!(out, "      线“{}” {from} → {to}", line.label);
    }
    for change in &flip.rules {
        let thing = match change.of {
            "indicator" => "",
            "field" => "字段 ",
            "parameter" => "线 ",
            _ => "数据要求 ",
        };
        let name = if change.title.is_empty() {
            &change.id
        } else {
            &change.title
        };
        let what = match (change.how, change.what.zh.is_empty()) {
            (How::Added, true) => "新增".to_string(),
            (How::Removed, true) => "删去".into(),
            _ => change.shown().zh,
        };
        let name = if thing.is_empty() {
            String::new()
        } else {
            format!("{thing}{name} ")
        };
        let _ = writeln!(out, "      {name}{what}");
    }
}
