//! `duibiao check`: data against a standard.

use crate::{Failure, files};
use clap::ValueEnum;
use duibiao::date::Date;
use duibiao::digest::digest;
use duibiao::entry::{Given, Problem, Trouble, limits, read_parameter};
use duibiao::number::Number;
use duibiao::report::{ChapterScore, Finding, Lang, Reason, Report, Score, Term, report};
use duibiao::rulebook::{Chapter, Rulebook};
use duibiao::wording::data_problem;
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
    /// 按哪天的线 [不写：数据文件中的 as_of，没有则今天，UTC] (the date whose thresholds apply [default: as_of in the file, or today])
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
    let standard = files::standard(&arguments.standard, arguments.format)?;
    let files::Data { mut entry, dated } = files::data(&arguments.data, &standard.rulebook)?;
    let (as_of, from) = date_of(arguments.as_of.as_deref(), dated)?;
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
        Format::Text => crate::say(&text(&report, &standard.rulebook.chapters, from))?,
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
    let limit = limits(rulebook).get(index).copied().unwrap_or_default();
    match read_parameter(rulebook, parameter, limit, &given) {
        Ok(Some(_)) => Ok((index, given)),
        Err(trouble @ (Trouble::BelowLimit | Trouble::AboveLimit | Trouble::NotAboveZero)) => {
            let problem = Problem {
                trouble,
                name: parameter.id.clone(),
                given: value.into(),
                like: None,
            };
            let told = |lang| data_problem(rulebook, &problem, lang);
            Err(format!(
                "--set {set}：{}\n({})",
                told(Lang::Zh),
                told(Lang::En)
            ))
        }
        _ => Err(format!(
            "--set {set}：“{value}”不能作“{}”的值（单位 {}）\n(not a value of this parameter)",
            parameter.label, parameter.unit
        )),
    }
}

/// Where the date of a check comes from.
#[derive(Clone, Copy)]
pub enum DateFrom {
    Option,
    File,
    Clock,
}

/// The date that was given, or that of the data, or today.
pub fn date_of(given: Option<&str>, dated: Option<Date>) -> Result<(Date, DateFrom), Failure> {
    match (given, dated) {
        (Some(_), _) => Ok((date(given)?, DateFrom::Option)),
        (None, Some(dated)) => Ok((dated, DateFrom::File)),
        (None, None) => Ok((date(None)?, DateFrom::Clock)),
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
    comma: &'static str,
    list: &'static str,
    brackets: [&'static str; 2],
    as_of: &'static str,
    /// Behind the date, by where it comes from.
    dated: [&'static str; 3],
    score: &'static str,
    data: &'static str,
    source: &'static str,
    advice: &'static str,
    counts: [(&'static str, &'static str); 8],
    confidence: [(&'static str, &'static str); 4],
    user: &'static str,
    points: &'static str,
    /// Around the first day of a line.
    from: [&'static str; 2],
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
    refused: &'static str,
    /// Before the last day of values that ended, and before the first of those to come.
    ended: &'static str,
    begins: &'static str,
    scheme: &'static str,
    fill_first: &'static str,
    fix_first: &'static str,
    more: &'static str,
    /// Around what the chapters add up to and the full marks.
    scaled: [&'static str; 3],
    /// Around the chapters with their weights, and between them.
    weighed: [&'static str; 2],
    /// Around what bonus or penalty add up to, and their cap.
    capped: [&'static str; 2],
    /// Around the line that holds for the whole full marks.
    in_proportion: [&'static str; 2],
    close: &'static str,
    lifts: [(&'static str, &'static str); 6],
}

const ZH: Words = Words {
    colon: "：",
    comma: "，",
    list: "、",
    brackets: ["（", "）"],
    as_of: "核查日期",
    dated: ["", "（数据文件的日期）", "（今天，UTC）"],
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
    from: ["", " 起"],
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
    refused: "有误",
    ended: "只到 ",
    begins: "自 ",
    scheme: "计分办法",
    fill_first: "先填",
    fix_first: "先改",
    more: "其余见下",
    scaled: [
        "各方面合计 ",
        "（不涉及的不计），按计分办法折算成满分 ",
        " 分",
    ],
    weighed: [
        "各方面按权重：",
        "；权重合计 100%，有不涉及的按计分办法处理，满分 ",
    ],
    capped: ["（合计 ", "，封顶 "],
    in_proportion: ["（不涉及的不计，由 ", " 折算）"],
    close: "）",
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
    comma: ", ",
    list: ", ",
    brackets: [" (", ")"],
    as_of: "as of",
    dated: ["", " (the date of the data)", " (today, UTC)"],
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
    from: ["from ", ""],
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
    refused: "invalid",
    ended: "until ",
    begins: "from ",
    scheme: "the scheme",
    fill_first: "fill in first",
    fix_first: "fix first",
    more: "the others: see below",
    scaled: [
        "chapters add up to ",
        " (without what does not apply), scaled by the scheme to full marks of ",
        "",
    ],
    weighed: [
        "chapters by weight: ",
        "; 100% in all, what does not apply is dealt with by the scheme; full marks ",
    ],
    capped: [" (sum ", ", capped at "],
    in_proportion: [" (in proportion to what applies, from ", ")"],
    close: ")",
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
    Number::parse_exact(points).map_or_else(|| points.into(), |number| number.shown(2))
}

/// The same, in so many places that all of them look different where they differ: a score never looks like the line that
/// it misses.
fn shown_apart<const N: usize>(points: [Option<&str>; N]) -> [String; N] {
    let exact = points.map(|points| points.and_then(Number::parse_exact));
    let mut texts = points.map(|points| points.unwrap_or_default().to_string());
    for digits in 2..=12 {
        let mut apart = true;
        for (one, text) in exact.iter().zip(&mut texts) {
            if let Some(number) = one {
                *text = number.shown(digits);
            }
        }
        for (index, one) in exact.iter().enumerate() {
            let mut others = exact.iter().zip(&texts).skip(index + 1);
            apart &= others.all(|(other, text)| {
                one.is_none() || other.is_none() || one == other || texts.get(index) != Some(text)
            });
        }
        if apart {
            break;
        }
    }
    texts
}

/// The low and the high end of points, apart from the line that they are compared with; and the line.
fn range_and_line(low: &str, high: &str, line: Option<&str>) -> (String, String) {
    let [low, high, line] = shown_apart([Some(low), Some(high), line]);
    (joined(low, high), line)
}

pub fn range(low: &str, high: &str) -> String {
    joined(shown(low), shown(high))
}

fn joined(low: String, high: String) -> String {
    if low == high {
        low
    } else {
        format!("{low}–{high}")
    }
}

/// What the chapters add up to, where the score is not their sum: the scheme weighs them, or scales what applies to full marks.
fn chapters_sum(score: &Score) -> Option<String> {
    let sum = |part: &dyn Fn(&ChapterScore) -> &String| {
        let mut points = score
            .chapters
            .iter()
            .map(|one| Number::parse_exact(part(one)));
        points.try_fold(Number::ZERO, |all, one| all.checked_add(&one?))
    };
    let (low, high) = (sum(&|one| &one.low)?, sum(&|one| &one.high)?);
    let full = sum(&|one| &one.full)?;
    if score.chapters.is_empty() || Some(&full) == Number::parse_exact(&score.full).as_ref() {
        return None;
    }
    let (low, high) = (low.exact(), high.exact());
    Some(format!("{} / {}", range(&low, &high), shown(&full.exact())))
}

/// The chapters with their weights, where the scheme has some.
fn weighed(score: &Score, titles: &[Chapter], words: &Words) -> Option<String> {
    let mut all = Vec::new();
    for chapter in &score.chapters {
        let weight = chapter.weight.as_deref()?;
        let title = titles.iter().find(|known| known.id == chapter.chapter);
        let title = title.map_or(chapter.chapter.as_str(), |known| known.title.as_str());
        let points = range(&chapter.low, &chapter.high);
        let (full, weight) = (shown(&chapter.full), shown(weight));
        all.push(format!("{title} {points} / {full} × {weight}%"));
    }
    let [before, after] = words.weighed;
    let full = shown(&score.full);
    (!all.is_empty()).then(|| format!("{before}{}{after}{full}", all.join(words.list)))
}

/// What the score decides by the standard's scheme.
fn standing(report: &Report, titles: &[Chapter], words: &Words) -> Vec<String> {
    let score = &report.score;
    let mut lines = Vec::new();
    let extras = [(words.bonus, &score.bonus), (words.penalty, &score.penalty)];
    for (word, points) in extras {
        let Some(extra) = points else { continue };
        let mut line = format!("{word}{}{}", words.colon, range(&extra.low, &extra.high));
        if let Some(sum) = &extra.sum {
            let [before, after] = words.capped;
            let cap = extra.cap.as_deref();
            let cap = cap.map_or_else(|| words.unset.into(), shown);
            let _ = write!(
                line,
                "{before}{}{after}{cap}{}",
                range(&sum.low, &sum.high),
                words.close
            );
        }
        lines.push(line);
    }
    if let Some(pass) = &score.pass {
        let [yes, no, open] = words.reached;
        let reached = match pass.holds {
            Some(true) => yes,
            Some(false) => no,
            None => open,
        };
        let line = match pass.line.as_deref() {
            None => words.unset.into(),
            line => range_and_line(&score.low, &score.high, line).1,
        };
        let set = pass.set.as_deref().map_or_else(String::new, |set| {
            let [before, after] = words.in_proportion;
            format!("{before}{}{after}", shown(set))
        });
        let (word, colon, comma) = (words.line, words.colon, words.comma);
        lines.push(format!("{word}{colon}{line}{set}{comma}{reached}"));
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
        let line = chapter.floor_line.as_deref();
        let (points, line) = range_and_line(&chapter.low, &chapter.high, line);
        let title = titles.iter().find(|known| known.id == chapter.chapter);
        let title = title.map_or(chapter.chapter.as_str(), |known| known.title.as_str());
        let of = format!("{title}{}{points} / {}", words.colon, shown(&chapter.full));
        if chapter.floor == Some(false) {
            lines.push(format!("{of} {} {line}", words.floor));
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
        let unset = (one.parameter.as_ref()).map_or_else(String::new, |line| {
            let [open, close] = words.brackets;
            [open, &state(report, line, &one.label, words), close].concat()
        });
        let (points, word) = (range(&one.low, &one.high), words.points);
        // Without indicators it is the scheme that waits for it.
        let indicators = match one.indicators.as_slice() {
            [] => words.scheme.into(),
            some => some.join(words.list),
        };
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
            let _ = write!(out, "{}{lifted}", words.comma);
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

/// What is the matter with a line that the score waits for.
fn state(report: &Report, id: &str, label: &str, words: &Words) -> String {
    let mut set = report.entry.parameters.iter();
    if set.any(|(name, _)| name == id || name == label) {
        return words.refused.into();
    }
    let mut told = vec![words.unset.to_string()];
    let mut lines = report.out_of_force.iter();
    if let Some(line) = lines.find(|line| line.parameter == id) {
        told.extend(line.until.iter().map(|day| format!("{}{day}", words.ended)));
        told.extend(line.from.iter().map(|day| format!("{}{day}", words.begins)));
    }
    told.join(words.comma)
}

/// The report for a terminal: failed first, heaviest first.
fn text(report: &Report, titles: &[Chapter], from: DateFrom) -> String {
    let words = if report.lang == Lang::Zh { &ZH } else { &EN };
    let mut out = String::new();
    let standard = &report.standard;
    let _ = writeln!(
        out,
        "{}{}{}{}\n{}\n{}{}{}{}",
        standard.title,
        words.brackets[0],
        standard.version,
        words.brackets[1],
        standard.notice,
        words.as_of,
        words.colon,
        report.as_of,
        words.dated.get(from as usize).unwrap_or(&"")
    );
    let score = &report.score;
    let line = score.pass.as_ref().and_then(|pass| pass.line.as_deref());
    let (points, _) = range_and_line(&score.low, &score.high, line);
    let full = shown(&score.full);
    let _ = writeln!(out, "{}{}{points} / {full}", words.score, words.colon);
    if let Some(weighed) = weighed(score, titles, words) {
        let _ = writeln!(out, "{weighed}");
    } else if let Some(sum) = chapters_sum(score) {
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
        let weight = |f: &Finding| Number::parse_exact(&f.of);
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
                "  [{}] {}{}{}",
                problem.code,
                problem.fields.join(words.list),
                words.colon,
                problem.text
            );
        }
    }
    out
}

fn write_finding(out: &mut String, finding: &Finding, words: &Words) {
    let points = finding.points.as_deref().unwrap_or("–");
    let told = finding.points_are_told();
    let _ = writeln!(out, "{}  {}", finding.indicator, finding.text);
    let open = !matches!(finding.outcome, "met" | "not_applicable" | "waived");
    let mut indent = |label: &str, text: &str| {
        let _ = writeln!(out, "      {label}{}{text}", words.colon);
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
                    let [open, close] = words.brackets;
                    let [before, after] = words.from;
                    format!(
                        "{}{clause}{}{before}{}{after}{open}{word}{close}",
                        from.source, words.comma, from.from
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
    }
    if open || told {
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
