//! `duibiao check`: data against a standard.

use crate::{Failure, files};
use clap::ValueEnum;
use duibiao::date::Date;
use duibiao::entry::Given;
use duibiao::report::{Finding, Lang, Reason, Report, Term, report};
use duibiao::rulebook::digest;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

#[derive(clap::Args)]
pub struct Arguments {
    /// A folder of rules, or a .wasm made by `duibiao build`
    standard: PathBuf,
    /// Data: a .json or .csv file, or - for JSON on standard input
    data: String,
    /// The date whose thresholds apply [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<String>,
    /// Set a threshold; may be given several times
    #[arg(long, value_name = "PARAMETER=VALUE")]
    set: Vec<String>,
    /// How to print the report, and what is wrong with the rules
    #[arg(long, default_value = "text")]
    format: Format,
    /// The language of the report
    #[arg(long, default_value = "zh")]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Zh,
    En,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let as_of = match &arguments.as_of {
        Some(text) => Date::parse(text)
            .ok_or_else(|| format!("--as-of {text} 不是日期，请写成 2023-05-31\n(not a date)"))?,
        None => today()?,
    };
    let standard = files::standard(&arguments.standard, arguments.format)?;
    let mut entry = files::entry(&arguments.data, &standard.rulebook)?;
    for set in &arguments.set {
        let (name, value) = set
            .split_once('=')
            .ok_or_else(|| format!("--set {set}：请写成 参数=值\n(write PARAMETER=VALUE)"))?;
        let known = standard.rulebook.parameters.iter();
        let parameter = known
            .clone()
            .find(|p| p.id == name.trim() || p.label == name.trim());
        let Some(parameter) = parameter else {
            let all: Vec<&str> = known.map(|p| p.id.as_str()).collect();
            return Err(format!(
                "--set {set}：没有叫“{name}”的参数，可设：{}\n(unknown parameter)",
                all.join("、")
            ));
        };
        let given = Given::Text(value.into());
        if !matches!(
            duibiao::entry::read_parameter(parameter, &given),
            Ok(Some(_))
        ) {
            return Err(format!(
                "--set {set}：“{value}”不能作“{}”的值（单位 {}）\n(not a value of this parameter)",
                parameter.label, parameter.unit
            ));
        }
        entry
            .parameters
            .retain(|(known, _)| *known != parameter.id && *known != parameter.label);
        entry.parameters.push((parameter.id.clone(), given));
    }
    let lang = match arguments.lang {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    };
    let report = report(
        &standard.rulebook,
        &digest(&standard.bytes),
        &entry,
        as_of,
        lang,
    );
    match arguments.format {
        Format::Json => {
            let json = serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?;
            crate::say(&(json + "\n"))?;
        }
        Format::Text => crate::say(&text(&report))?,
    }
    let passed = report
        .findings
        .iter()
        .all(|finding| matches!(finding.outcome, "met" | "not_applicable"));
    Ok(ExitCode::from(u8::from(!passed)))
}

pub fn today() -> Result<Date, Failure> {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let days = i32::try_from(since.as_secs() / 86_400).unwrap_or_default();
    Date::from_days(days)
        .ok_or_else(|| "系统时钟不可用，请写 --as-of\n(no usable clock; give --as-of)".into())
}

/// The words around a report.
struct Words {
    as_of: &'static str,
    score: &'static str,
    data: &'static str,
    source: &'static str,
    advice: &'static str,
    counts: [(&'static str, &'static str); 7],
    confidence: [(&'static str, &'static str); 4],
    user: &'static str,
    points: &'static str,
    from: &'static str,
}

const ZH: Words = Words {
    as_of: "标准日期",
    score: "得分",
    data: "数据问题",
    source: "依据",
    advice: "建议",
    counts: [
        ("unmet", "未达标"),
        ("partial", "部分得分"),
        ("invalid", "数据有误"),
        ("missing", "缺数据"),
        ("pending", "待定线"),
        ("met", "达标"),
        ("not_applicable", "不涉及"),
    ],
    confidence: [
        ("plan", "方案要求"),
        ("official", "正式文件"),
        ("published elsewhere", "另有公开发布，参考"),
        ("recalled", "凭记忆，待核"),
    ],
    user: "用户设定",
    points: "分",
    from: "起",
};

const EN: Words = Words {
    as_of: "as of",
    score: "score",
    data: "data problems",
    source: "source",
    advice: "advice",
    counts: [
        ("unmet", "not met"),
        ("partial", "partly met"),
        ("invalid", "data invalid"),
        ("missing", "data missing"),
        ("pending", "line not set"),
        ("met", "met"),
        ("not_applicable", "not applicable"),
    ],
    confidence: [
        ("plan", "asked by the plan"),
        ("official", "official"),
        ("published elsewhere", "published elsewhere, a reference"),
        ("recalled", "recalled, to be checked"),
    ],
    user: "set by the user",
    points: "points",
    from: "on",
};

/// The report for a terminal: failed first, heaviest first.
fn text(report: &Report) -> String {
    let words = if report.lang == Lang::Zh { &ZH } else { &EN };
    let mut out = String::new();
    let standard = &report.standard;
    let _ = writeln!(
        out,
        "{}（{}）\n{}\n{}: {}",
        standard.title, standard.version, standard.notice, words.as_of, report.as_of
    );
    let score = &report.score;
    let range = if score.low == score.high {
        score.low.clone()
    } else {
        format!("{}–{}", score.low, score.high)
    };
    let _ = writeln!(out, "{}: {range} / {}", words.score, score.full);
    let of = |outcome: &str| {
        report
            .findings
            .iter()
            .filter(|f| f.outcome == outcome)
            .count()
    };
    let counts: Vec<String> = (words.counts.iter())
        .filter(|(outcome, _)| of(outcome) > 0)
        .map(|(outcome, word)| format!("{word} {}", of(outcome)))
        .collect();
    let _ = writeln!(out, "{}\n", counts.join(" · "));
    for (outcome, _) in &words.counts {
        let mut findings: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|f| f.outcome == *outcome)
            .collect();
        let weight = |f: &Finding| duibiao::number::Number::parse(&f.of);
        findings.sort_by_key(|finding| std::cmp::Reverse(weight(finding)));
        for finding in findings {
            write_finding(&mut out, finding, words);
        }
    }
    if !report.data.is_empty() {
        let _ = writeln!(out, "{}:", words.data);
        for problem in &report.data {
            let _ = writeln!(
                out,
                "  [{}] {}：{}",
                problem.code,
                problem.fields.join("、"),
                problem.text
            );
        }
    }
    out
}

fn write_finding(out: &mut String, finding: &Finding, words: &Words) {
    let points = finding.points.as_deref().unwrap_or("–");
    let _ = writeln!(out, "{}  {}", finding.indicator, finding.text);
    let open = !matches!(finding.outcome, "met" | "not_applicable");
    let mut indent = |label: &str, text: &str| {
        let _ = writeln!(out, "      {label}: {text}");
    };
    if open {
        for source in finding.reason.iter().flat_map(sources) {
            let text = match &source.source {
                Some(from) => {
                    let word = words
                        .confidence
                        .iter()
                        .find(|(code, _)| *code == from.confidence);
                    let clause = if from.clause.is_empty() {
                        String::new()
                    } else {
                        format!(" {}", from.clause)
                    };
                    let word = word.map_or("", |(_, word)| word);
                    format!(
                        "{}{clause}，{} {}（{word}）",
                        from.source, from.from, words.from
                    )
                }
                None if source.set_by_user => words.user.to_string(),
                None => continue,
            };
            let label = source.label.as_deref().unwrap_or("");
            let value = source.shown.as_deref().unwrap_or("");
            indent(
                words.source,
                &format!("{label} {value}{} — {text}", source.unit),
            );
        }
        if !finding.advice.is_empty() && finding.outcome != "missing" {
            indent(words.advice, &finding.advice);
        }
        indent(words.points, &format!("{points}/{}", finding.of));
    }
}

/// The thresholds that a reason compares with, each once.
fn sources(reason: &Reason) -> Vec<&Term> {
    let mut found: Vec<&Term> = Vec::new();
    for leaf in duibiao::wording::leaves(reason)
        .into_iter()
        .filter(|leaf| leaf.decisive)
    {
        let mut open: Vec<&Term> = [&leaf.left, &leaf.right].into_iter().flatten().collect();
        while let Some(term) = open.pop() {
            if term.parameter.is_some()
                && !found.iter().any(|known| known.parameter == term.parameter)
            {
                found.push(term);
            }
            open.extend(&term.terms);
        }
    }
    found
}
