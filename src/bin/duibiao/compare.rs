//! `duibiao compare`: why the score moved from one report to another.

use crate::check::{Format, date_of, shown};
use crate::recheck::plain;
use crate::{Failure, files};
use duibiao::check::Outcome;
use duibiao::diff::{Change, How, Line, Part, Standing, Turned, Turning};
use duibiao::digest::digest;
use duibiao::number::Number;
use duibiao::record::{
    AtHand, Comparison, Ends, Flip, Moved, Recorded, Untold, compare, is_report, recorded,
};
use duibiao::report::{Lang, report};
use duibiao::wording::outcome;
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(
    after_help = "退出状态 (exit status)：0 得分和结论都相同 (the same)；1 不同 (different)；2 没能比较 (could not compare)"
)]
pub struct Arguments {
    /// 先前的：报告 .json，或数据 .json、.csv (before: a report, or data)
    a: String,
    /// 后来的，同上 (after)
    b: String,
    /// 标准：规则文件夹或 .wasm；数据要它，报告有它才能试出原因；两份用的标准不同时写两次 (the standard: data need it, and causes are tried out with it; twice where they differ)
    #[arg(long, value_name = "STANDARD")]
    standard: Vec<PathBuf>,
    /// 数据按哪天的线 [不写：数据文件中的 as_of，没有则今天，UTC] (the date whose thresholds apply to data [default: as_of in the file, or today])
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<String>,
    /// 怎样输出 (how to print it, and what is wrong with the rules)
    #[arg(long, default_value = "text")]
    format: Format,
}

/// The comparison for tools.
#[derive(Serialize)]
struct Whole<'a> {
    a: Side<'a>,
    b: Side<'a>,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

#[derive(Serialize)]
struct Side<'a> {
    file: &'a str,
    standard: &'a str,
    version: &'a str,
    digest: &'a str,
    entry_digest: &'a str,
    as_of: String,
    engine: &'a str,
}

/// A standard that was named, with its digest.
struct Named {
    standard: files::Standard,
    digest: String,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.standard.len() > 2 {
        return Err("--standard 最多写两次\n(name two standards at most)".into());
    }
    if arguments.a == "-" && arguments.b == "-" {
        return Err(
            "标准输入只能读一次：请至少写一个文件\n(standard input can be read only once)".into(),
        );
    }
    let mut standards: Vec<Named> = Vec::new();
    for path in &arguments.standard {
        let standard = files::standard(path, arguments.format)?;
        let digest = digest(&standard.bytes);
        standards.push(Named { standard, digest });
    }
    let as_of = arguments.as_of.as_deref();
    let old = side(&arguments.a, standards.first(), as_of)?;
    let new = side(&arguments.b, standards.last(), as_of)?;
    for (named, path) in standards.iter().zip(&arguments.standard) {
        let own = [&old, &new]
            .into_iter()
            .any(|r| r.standard.digest == named.digest);
        if !own {
            return Err(format!(
                "--standard {}：两份报告都不是用它做的（报告用的是 {} {} 和 {} {}）\n(neither report was made with this standard)",
                path.display(),
                plain(&old.standard.id),
                plain(&old.standard.version),
                plain(&new.standard.id),
                plain(&new.standard.version)
            ));
        }
    }
    let at_hand: Vec<AtHand<'_>> = standards
        .iter()
        .map(|named| (&named.standard.rulebook, named.digest.as_str()))
        .collect();
    let found = compare(&old, &new, &at_hand)
        .map_err(|why| format!("{}\n({})", plain(&why.zh), plain(&why.en)))?;
    match arguments.format {
        Format::Json => {
            fn told<'a>(file: &'a str, report: &'a Recorded) -> Side<'a> {
                Side {
                    file,
                    standard: &report.standard.id,
                    version: &report.standard.version,
                    digest: &report.standard.digest,
                    entry_digest: &report.entry_digest,
                    as_of: report.as_of.iso(),
                    engine: &report.engine,
                }
            }
            crate::say_json(&Whole {
                a: told(&arguments.a, &old),
                b: told(&arguments.b, &new),
                comparison: &found,
            })?;
        }
        Format::Text => {
            let mut out = String::new();
            for (name, file, report) in [("A", &arguments.a, &old), ("B", &arguments.b, &new)] {
                let _ = writeln!(
                    out,
                    "{name}: {}（{}），{}，{}",
                    plain(&report.standard.title),
                    plain(&report.standard.version),
                    report.as_of,
                    plain(file)
                );
            }
            crate::say(&(out + text(&found, &old, &new).as_str()))?;
        }
    }
    let same = found.turned.is_empty() && found.standing.is_empty() && found.from == found.to;
    Ok(ExitCode::from(u8::from(!same)))
}

/// A report as it is, or the report of data.
fn side(path: &str, standard: Option<&Named>, as_of: Option<&str>) -> Result<Recorded, Failure> {
    let told =
        |why: duibiao::author::Text| format!("{path}：{}\n({})", plain(&why.zh), plain(&why.en));
    let whole = match path.ends_with(".csv") || files::is_workbook(path) {
        true => None,
        false => Some(files::report_json(path)?),
    };
    if let Some(whole) = whole.filter(is_report) {
        return recorded(whole).map_err(told);
    }
    let Some(Named { standard, digest }) = standard else {
        return Err(format!(
            "{path} 不是报告；比较数据请写明标准：--standard <规则文件夹或 .wasm>\n(not a report: to compare data, name the standard with --standard)"
        ));
    };
    if path == "-" {
        return Err("标准输入只读报告；数据请写文件名\n(standard input is for a report: name a file of data)".into());
    }
    let files::Data { entry, dated, .. } = files::data(path, &standard.rulebook)?;
    let as_of = date_of(as_of, dated)?.0;
    let made = report(&standard.rulebook, digest, &entry, as_of, Lang::Zh);
    let made = serde_json::to_value(&made).map_err(|error| error.to_string())?;
    recorded(made).map_err(told)
}

/// How far points moved, with their sign.
fn signed(points: &str) -> String {
    let Some(number) = Number::parse_exact(points) else {
        return plain(points);
    };
    // What is not zero is not shown as zero.
    let text = Number::shown_apart(&number, &Number::ZERO, 2).0;
    if number.signum() > 0 {
        format!("+{text}")
    } else {
        text
    }
}

fn by(low: &str, high: &str) -> String {
    if low == high || signed(low) == signed(high) {
        signed(low)
    } else {
        format!("下限 {}、上限 {}", signed(low), signed(high))
    }
}

fn points(ends: &Ends) -> String {
    crate::check::range(&ends.low, &ends.high)
}

/// The most of a kind that are listed; verdicts that turned are all told.
const MOST: usize = 20;

const PARTS: [(Part, &str); 4] = [
    (Part::Data, "数据 (data)"),
    (Part::Rules, "规则 (rules)"),
    (Part::Parameters, "线 (parameters)"),
    (Part::Date, "日期 (date)"),
];

fn name_of(part: Part) -> &'static str {
    PARTS
        .iter()
        .find(|(known, _)| *known == part)
        .map_or("", |(_, name)| name)
}

fn text(found: &Comparison, old: &Recorded, new: &Recorded) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "得分 score: {} → {}（{}）\n",
        points(&found.from),
        points(&found.to),
        by(&found.moved.low, &found.moved.high)
    );
    if found.parts.is_empty() {
        out.push_str("数据、规则、线和日期都相同 (nothing differs)\n");
        if !found.turned.is_empty() || found.from != found.to {
            out.push_str("结论却不同：至少有一份报告不成立，请用 duibiao recheck 查是哪一份 (yet verdicts do: a report does not hold, recheck them)\n");
        }
    } else {
        let names: Vec<&str> = found.parts.iter().map(|part| name_of(*part)).collect();
        let _ = writeln!(out, "不同的有 what differs: {}", names.join("、"));
    }
    if let Some(untold) = found.untold {
        let _ = match untold {
            Untold::NoStandard if found.parts.len() > 1 => writeln!(
                out,
                "没有标准，分不清是哪一个改变了结论；请加 --standard <规则文件夹或 .wasm>{} (causes can't be told apart without the standard)",
                if old.standard.digest == new.standard.digest {
                    ""
                } else {
                    "，两份的标准不同，写两次"
                }
            ),
            Untold::NoStandard => Ok(()),
            Untold::DoesNotHold => writeln!(
                out,
                "有报告按它的标准重算并不成立，原因没有试；请先 duibiao recheck (a report does not hold: recheck it first)"
            ),
        };
    }
    if found.parts.contains(&Part::Date) {
        let [then, now] = &found.as_of;
        let _ = writeln!(out, "  日期 {then} → {now}");
    }
    for line in found.fields.iter().take(MOST) {
        let _ = writeln!(out, "  数据 {}", told(line));
    }
    for line in found.parameters.iter().take(MOST) {
        let _ = writeln!(out, "  线“{}”{}", plain(&line.label), values(line));
    }
    let more =
        found.fields.len().saturating_sub(MOST) + found.parameters.len().saturating_sub(MOST);
    if more > 0 {
        let _ = writeln!(out, "  …另有 {more} 处 (and more)");
    }
    let judging = found.rules.iter().filter(|change| change.judges).count();
    if judging > 0 {
        let _ = writeln!(
            out,
            "  规则中 {judging} 处可能改变结果，详见 duibiao diff ({judging} changes of rules can turn a verdict)"
        );
    }
    write_standing(&mut out, &found.standing);
    if !found.turned.is_empty() {
        let _ = writeln!(out, "\n结论或分数变了的 turned: {}", found.turned.len());
    }
    let moved: HashMap<&str, &Moved> = found
        .indicators
        .iter()
        .map(|row| (row.id.as_str(), row))
        .collect();
    for flip in &found.turned {
        write_flip(&mut out, flip, moved.get(flip.indicator.as_str()).copied());
    }
    if found.from != found.to || !found.chapters.is_empty() {
        write_points(&mut out, found);
    }
    out
}

/// The points by chapter, and those of indicators that did not turn; they add up to what the score moved.
fn write_points(out: &mut String, found: &Comparison) {
    let turned = |row: &&Moved| !found.turned.iter().any(|flip| flip.indicator == row.id);
    let still: Vec<&Moved> = found.indicators.iter().filter(turned).collect();
    if !still.is_empty() {
        let all: Vec<String> = still
            .iter()
            .take(MOST)
            .map(|row| format!("{} {}", plain(&row.id), by(&row.low, &row.high)))
            .collect();
        let more = if still.len() > MOST { "…" } else { "" };
        let _ = writeln!(
            out,
            "结论没变，折算后的分变了 (not turned, but scaled otherwise): {}{more}",
            all.join("，")
        );
    }
    out.push_str("\n得分变化 points moved\n");
    for row in &found.chapters {
        let _ = writeln!(out, "  {}: {}", plain(&row.id), by(&row.low, &row.high));
    }
    for row in &found.rest {
        let name = match row.id.as_str() {
            "bonus_cap" => "加分封顶 (bonus cap)",
            "penalty_cap" => "扣分封顶 (penalty cap)",
            _ => "权重、不低于零等 (weights, not below zero)",
        };
        let _ = writeln!(out, "  {name}: {}", by(&row.low, &row.high));
    }
    let _ = writeln!(
        out,
        "  合计 total: {}",
        by(&found.moved.low, &found.moved.high)
    );
}

fn with_unit(value: &str, unit: &str) -> String {
    let shown = match value {
        "" => return "（无）".into(),
        "?" => return "（读不懂）".into(),
        "yes" => "是".into(),
        "no" => "否".into(),
        value => plain(&shown(value)),
    };
    match unit {
        "" | "%" => shown + unit,
        unit => format!("{shown} {}", plain(unit)),
    }
}

fn told(line: &Line) -> String {
    format!(
        "{} {} → {}",
        plain(&line.label),
        with_unit(&line.from, &line.unit),
        with_unit(&line.to, &line.unit)
    )
}

/// The values of a line, and who set them.
fn values(line: &Line) -> String {
    let by = |by| match by {
        "user" => "（用户设定 by the user）",
        "standard" => "（标准 by the standard）",
        _ => "",
    };
    let value = |value: &str, who| match (value, who) {
        ("", "standard") => "标准的 (of the standard)".to_string(),
        ("", _) => "未设定".into(),
        (value, who) => with_unit(value, &line.unit) + by(who),
    };
    format!(
        " {} → {}",
        value(&line.from, line.from_by),
        value(&line.to, line.to_by)
    )
}

fn cause(causes: &[Part], turning: Turning) -> String {
    let names: Vec<&str> = causes.iter().map(|part| name_of(*part)).collect();
    match turning {
        Turning::Untold if names.is_empty() => "没有原因 (without a cause)".into(),
        Turning::Alone => format!("因为{}", names.join("")),
        Turning::Either => format!("{}，任一即可 (either)", names.join("、")),
        Turning::Together => format!("{}，一起 (together)", names.join("、")),
        Turning::Untold => format!("{}，分不清 (can't be told apart)", names.join("、")),
    }
}

/// What the score decides, where that turned.
pub fn write_standing(out: &mut String, moved: &[Standing]) {
    if !moved.is_empty() {
        out.push_str("\n总评变了的 the whole turned:\n");
    }
    for one in moved {
        let (name, words) = match one.of {
            "passes" => ("是否达标 (passes)", ["达标", "不达标"]),
            "pass" => ("达标线 (pass line)", ["已达到", "未达到"]),
            "floor" => ("分项线 (floor)", ["已达到", "未达到"]),
            "veto" => ("否决 (veto)", ["已触发", "未触发"]),
            _ => ("等级 (grade)", ["", ""]),
        };
        let [yes, no] = words;
        let told = |value: &str| match (one.of, value) {
            ("grade", "") => "不到最低一等".into(),
            (_, "") => "（无）".into(),
            ("grade", value) => plain(value),
            (_, "yes") => yes.into(),
            (_, "no") => no.into(),
            _ => "未定".to_string(),
        };
        let id = match one.id.as_str() {
            "" => String::new(),
            id => format!(" {}", plain(id)),
        };
        let _ = writeln!(
            out,
            "  {name}{id}：{} → {}；{}",
            told(&one.from),
            told(&one.to),
            cause(&one.causes, one.turning)
        );
    }
}

fn write_flip(out: &mut String, flip: &Flip, moved: Option<&Moved>) {
    let verdict = |turned: &Option<Turned>| match turned {
        None => "（没有这一项）".to_string(),
        Some(turned) => {
            let known = Outcome::ALL
                .into_iter()
                .find(|o| o.word() == turned.outcome);
            let word = known.map_or(turned.outcome, |known| outcome(known, Lang::Zh));
            match &turned.points {
                Some(points) => format!("{word} {} 分", shown(points)),
                None => word.into(),
            }
        }
    };
    let cause = cause(&flip.causes, flip.turning);
    let by = moved.map_or_else(String::new, |row| {
        format!("，得分 {}", by(&row.low, &row.high))
    });
    let _ = writeln!(
        out,
        "  {} {}：{} → {}{by}；{cause}",
        plain(&flip.indicator),
        plain(&flip.title),
        verdict(&flip.from),
        verdict(&flip.to)
    );
    for line in &flip.fields {
        let _ = writeln!(out, "      数据 {}", told(line));
    }
    for line in &flip.parameters {
        let _ = writeln!(out, "      线“{}”{}", plain(&line.label), values(line));
    }
    for change in &flip.rules {
        let _ = writeln!(out, "      规则 {}", rule(change));
    }
}

fn rule(change: &Change) -> String {
    let name = if change.title.is_empty() {
        &change.id
    } else {
        &change.title
    };
    match (change.how, change.what.zh.is_empty()) {
        (How::Added, true) => format!("{name} 新增 (added)"),
        (How::Removed, true) => format!("{name} 删去 (removed)"),
        _ => format!("{name} {}", change.shown().zh),
    }
}
