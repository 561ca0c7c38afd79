//! `duibiao check`: data against a standard.

use crate::{Failure, files};
use clap::ValueEnum;
use duibiao::date::Date;
use duibiao::digest::digest;
use duibiao::entry::Given;
use duibiao::number::Number;
use duibiao::report::{ChapterScore, Finding, Lang, Reason, Report, Score, Term, report};
use duibiao::rulebook::{Chapter, Rulebook};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

#[derive(clap::Args)]
#[command(
    after_help = "退出状态 (exit status)：0 都达标 (all met)；1 不是 (not all)；2 没能检查 (could not check)"
)]
pub struct Arguments {
    /// 规则文件夹，或 duibiao build 生成的 .wasm (a folder of rules, or a .wasm)
    standard: PathBuf,
    /// 数据：.json、.csv、.xlsx、.xls 或 .ods 文件，或用 - 从标准输入读 JSON (data, or - for standard input)
    data: String,
    /// 按哪天的线 [不写：今天，UTC] (the date whose thresholds apply [default: today])
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<String>,
    /// 自设一条线，可写多次 (set a threshold; may be given several times)
    #[arg(long, value_name = "PARAMETER=VALUE")]
    set: Vec<String>,
    /// 报告和规则中的问题怎样输出 (how to print the report, and what is wrong with the rules)
    #[arg(long, default_value = "text")]
    format: Format,
    /// 报告的语言 (the language of the report)
    #[arg(long, default_value = "zh")]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Language {
    Zh,
    En,
}

impl Language {
    pub fn lang(self) -> Lang {
        match self {
            Self::Zh => Lang::Zh,
            Self::En => Lang::En,
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let as_of = date(arguments.as_of.as_deref())?;
    let standard = files::standard(&arguments.standard, arguments.format)?;
    let (mut entry, doubts) = files::entry_with_doubts(&arguments.data, &standard.rulebook)?;
    for set in &arguments.set {
        let (index, given) = line_set(&standard.rulebook, set)?;
        let Some(parameter) = standard.rulebook.parameters.get(index) else {
            continue;
        };
        entry
            .parameters
            .retain(|(known, _)| *known != parameter.id && *known != parameter.label);
        entry.parameters.push((parameter.id.clone(), given));
    }
    let lang = arguments.lang.lang();
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
        Format::Text => {
            crate::say(&(doubts + text(&report, &standard.rulebook.chapters).as_str()))?
        }
    }
    let passed = report
        .findings
        .iter()
        .filter(|finding| finding.kind != Some("bonus"))
        .all(|finding| matches!(finding.outcome, "met" | "not_applicable" | "waived"));
    Ok(ExitCode::from(u8::from(!passed)))
}

/// A line that `--set` sets: the index of its parameter, and the value.
pub fn line_set(rulebook: &Rulebook, set: &str) -> Result<(usize, Given), Failure> {
    let (name, value) = set
        .split_once('=')
        .ok_or_else(|| format!("--set {set}：请写成 参数=值\n(write PARAMETER=VALUE)"))?;
    let known = rulebook.parameters.iter();
    let mut named = known.clone().enumerate();
    let named = named.find(|(_, p)| p.id == name.trim() || p.label == name.trim());
    let Some((index, parameter)) = named else {
        let all: Vec<&str> = known.map(|p| p.id.as_str()).collect();
        return Err(format!(
            "--set {set}：没有叫“{name}”的参数，可设：{}\n(unknown parameter)",
            all.join("、")
        ));
    };
    let given = Given::Text(value.into());
    match duibiao::entry::read_parameter(rulebook, parameter, &given) {
        Ok(Some(_)) => Ok((index, given)),
        _ => Err(format!(
            "--set {set}：“{value}”不能作“{}”的值（单位 {}）\n(not a value of this parameter)",
            parameter.label, parameter.unit
        )),
    }
}

/// The date that was given, or today.
pub fn date(given: Option<&str>) -> Result<Date, Failure> {
    match given {
        Some(text) => Date::parse(text)
            .ok_or_else(|| format!("--as-of {text} 不是日期，请写成 2023-05-31\n(not a date)")),
        None => today(),
    }
}

fn today() -> Result<Date, Failure> {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let days = i32::try_from(since.as_secs() / 86_400).unwrap_or_default();
    Date::from_days(days)
        .ok_or_else(|| "系统时钟不可用，请写 --as-of\n(no usable clock; give --as-of)".into())
}

/// The words around a report.
struct Words {
    colon: &'static str,
    as_of: &'static str,
    score: &'static str,
    data: &'static str,
    source: &'static str,
    advice: &'static str,
    counts: [(&'static str, &'static str); 8],
    confidence: [(&'static str, &'static str); 4],
    user: &'static str,
    points: &'static str,
    from: &'static str,
    bonus: &'static str,
    penalty: &'static str,
    line: &'static str,
    reached: [&'static str; 3],
    grade: &'static str,
    no_grade: &'static str,
    floor: &'static str,
    warned: &'static str,
    /// By the kind of a veto: struck, or open.
    vetoes: [(&'static str, &'static str, &'static str); 3],
    unset: &'static str,
    fill_first: &'static str,
    fix_first: &'static str,
    more: &'static str,
    /// Around what the chapters add up to and the full marks.
    scaled: [&'static str; 3],
    lifts: [(&'static str, &'static str); 6],
}

const ZH: Words = Words {
    colon: "：",
    as_of: "核查日期",
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
        ("waived", "豁免"),
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
    bonus: "加分",
    penalty: "扣分",
    line: "达标线",
    reached: ["已达到", "未达到", "未定"],
    grade: "等级",
    no_grade: "不到最低一等",
    floor: "低于分项线",
    warned: "失分过多，预警",
    vetoes: [
        ("fail", "一票否决", "可能一票否决"),
        ("gate", "未过门槛", "门槛未定"),
        ("cap", "等级受限", "等级可能受限"),
    ],
    unset: "未设定",
    fill_first: "先填",
    fix_first: "先改",
    more: "其余见下",
    scaled: [
        "各方面合计 ",
        "（不涉及的不计），按计分办法折算成满分 ",
        " 分",
    ],
    lifts: [
        ("fail", "不再一票否决"),
        ("gate", "过门槛"),
        ("cap", "等级不再受限"),
        ("floor", "够到分项线"),
        ("pass", "够到达标线"),
        ("grade", "等级提高"),
    ],
};

const EN: Words = Words {
    colon: ": ",
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
        ("waived", "waived"),
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
    bonus: "bonus",
    penalty: "penalty",
    line: "line",
    reached: ["reached", "not reached", "open"],
    grade: "grade",
    no_grade: "below the lowest",
    floor: "below its floor",
    warned: "warning: many points lost",
    vetoes: [
        ("fail", "veto", "possible veto"),
        ("gate", "gate not passed", "gate open"),
        ("cap", "grade capped", "grade may be capped"),
    ],
    unset: "not set",
    fill_first: "fill in first",
    fix_first: "fix first",
    more: "the others: see below",
    scaled: [
        "chapters add up to ",
        " (without what does not apply), scaled by the scheme to full marks of ",
        "",
    ],
    lifts: [
        ("fail", "no veto any more"),
        ("gate", "passes the gate"),
        ("cap", "grade not capped any more"),
        ("floor", "reaches its floor"),
        ("pass", "reaches the line"),
        ("grade", "a better grade"),
    ],
};

/// Points that are exact in a report, as people read them.
pub fn shown(points: &str) -> String {
    duibiao::number::Number::parse(points).map_or_else(|| points.into(), |number| number.shown(2))
}

pub fn range(low: &str, high: &str) -> String {
    if low == high {
        shown(low)
    } else {
        format!("{}–{}", shown(low), shown(high))
    }
}

/// What the chapters add up to, where the score is not their sum: the scheme weighs them, or scales what applies to full marks.
fn chapters_sum(score: &Score) -> Option<String> {
    let sum = |part: &dyn Fn(&ChapterScore) -> &String| {
        let mut points = score.chapters.iter().map(|one| Number::parse(part(one)));
        points.try_fold(Number::ZERO, |all, one| all.checked_add(&one?))
    };
    let (low, high) = (sum(&|one| &one.low)?, sum(&|one| &one.high)?);
    let full = sum(&|one| &one.full)?;
    if score.chapters.is_empty() || Some(&full) == Number::parse(&score.full).as_ref() {
        return None;
    }
    let (low, high) = (low.exact(), high.exact());
    Some(format!("{} / {}", range(&low, &high), shown(&full.exact())))
}

/// What the score decides by the standard's scheme.
fn standing(report: &Report, titles: &[Chapter], words: &Words) -> Vec<String> {
    let score = &report.score;
    let mut lines = Vec::new();
    let extras = [(words.bonus, &score.bonus), (words.penalty, &score.penalty)];
    for (word, points) in extras {
        lines.extend(
            (points.iter()).map(|p| format!("{word}{}{}", words.colon, range(&p.low, &p.high))),
        );
    }
    if let Some(pass) = &score.pass {
        let [yes, no, open] = words.reached;
        let reached = match pass.holds {
            Some(true) => yes,
            Some(false) => no,
            None => open,
        };
        let line = pass
            .line
            .as_deref()
            .map_or_else(|| words.unset.into(), shown);
        lines.push(format!("{}{}{line}，{reached}", words.line, words.colon));
    }
    if let Some(grade) = &score.grade {
        let name = |grade: &Option<String>| grade.clone().unwrap_or_else(|| words.no_grade.into());
        let (low, high) = (name(&grade.low), name(&grade.high));
        let both = if low == high {
            low
        } else {
            format!("{low}–{high}")
        };
        lines.push(format!("{}{}{both}", words.grade, words.colon));
    }
    for veto in &score.vetoes {
        let Some((_, struck, open)) = words.vetoes.iter().find(|(kind, ..)| *kind == veto.kind)
        else {
            continue;
        };
        let word = if veto.triggered == Some(true) {
            struck
        } else {
            open
        };
        let grade = veto
            .grade
            .as_deref()
            .map_or_else(String::new, |grade| format!(" ≤ {grade}"));
        lines.push(format!("{word}{}{}{grade}", words.colon, veto.indicator));
    }
    for chapter in &score.chapters {
        let points = range(&chapter.low, &chapter.high);
        let title = titles.iter().find(|known| known.id == chapter.chapter);
        let title = title.map_or(chapter.chapter.as_str(), |known| known.title.as_str());
        let of = format!("{title}{}{points} / {}", words.colon, shown(&chapter.full));
        if chapter.floor == Some(false) {
            lines.push(format!("{of} {}", words.floor));
        }
        if chapter.warned {
            lines.push(format!("{of} {}", words.warned));
        }
    }
    lines
}

/// The most that is listed of what to fix first.
const MOST_LISTED: usize = 10;

/// What to do first: data to enter with the points that it settles, then what to put right with the points it wins.
fn first(out: &mut String, report: &Report, words: &Words) {
    let score = &report.score;
    if !score.narrowing.is_empty() {
        let _ = writeln!(out, "{}{}", words.fill_first, words.colon.trim_end());
    }
    for one in &score.narrowing {
        let unset = match &one.parameter {
            Some(_) => format!("（{}）", words.unset),
            None => String::new(),
        };
        let (points, word) = (range(&one.low, &one.high), words.points);
        let indicators = one.indicators.join("、");
        let _ = writeln!(
            out,
            "  {}{unset}{}{points} {word} {indicators}",
            one.label, words.colon
        );
    }
    if !score.fix_first.is_empty() {
        let _ = writeln!(out, "{}{}", words.fix_first, words.colon.trim_end());
    }
    for one in score.fix_first.iter().take(MOST_LISTED) {
        let mut findings = report.findings.iter();
        let title = findings.find(|finding| finding.indicator == one.indicator);
        let title = title.map_or("", |finding| finding.title.as_str());
        let (points, word) = (range(&one.low, &one.high), words.points);
        let _ = write!(
            out,
            "  {}  {title}{}+{points} {word}",
            one.indicator, words.colon
        );
        for (_, lifted) in words
            .lifts
            .iter()
            .filter(|(code, _)| one.lifts.contains(code))
        {
            let _ = write!(out, "，{lifted}");
        }
        let _ = writeln!(out);
    }
    if score.fix_first.len() > MOST_LISTED {
        let _ = writeln!(out, "  …… {}", words.more);
    }
    if !score.narrowing.is_empty() || !score.fix_first.is_empty() {
        let _ = writeln!(out);
    }
}

/// The report for a terminal: failed first, heaviest first.
fn text(report: &Report, titles: &[Chapter]) -> String {
    let words = if report.lang == Lang::Zh { &ZH } else { &EN };
    let mut out = String::new();
    let standard = &report.standard;
    let _ = writeln!(
        out,
        "{}（{}）\n{}\n{}{}{}",
        standard.title, standard.version, standard.notice, words.as_of, words.colon, report.as_of
    );
    let score = &report.score;
    let points = range(&score.low, &score.high);
    let full = shown(&score.full);
    let _ = writeln!(out, "{}{}{points} / {full}", words.score, words.colon);
    if let Some(sum) = chapters_sum(score) {
        let [before, after, end] = words.scaled;
        let _ = writeln!(out, "{before}{sum}{after}{full}{end}");
    }
    for line in standing(report, titles, words) {
        let _ = writeln!(out, "{line}");
    }
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
    first(&mut out, report, words);
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
        let _ = writeln!(out, "{}{}", words.data, words.colon.trim_end());
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
    let open = !matches!(finding.outcome, "met" | "not_applicable" | "waived");
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
        if !finding.advice.is_empty() && matches!(finding.outcome, "unmet" | "partial") {
            indent(words.advice, &finding.advice.replace('\n', " "));
        }
        indent(
            words.points,
            &format!("{}/{}", shown(points), shown(&finding.of)),
        );
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
