//! Documentation of a standard, generated from its rules: a page to read and print, and
//! tables for the folder of the standard.
//!
//! The page is one HTML file without scripts; the same rules give the same bytes. How HTML
//! is written is left to `html`, the tables in Markdown to `parameters` and `vocabulary`.

mod declarations;
mod html;
mod indicator;
mod parameters;
mod vocabulary;

pub use declarations::{Choice, DECLARATIONS, Declaration};
pub use parameters::parameters;
pub use vocabulary::vocabulary;

use super::Compiled;
use crate::explain::reason::constant;
use crate::number::Number;
use crate::rulebook::{
    Absent, Confidence, Field, Id, Indicator, Kind, Node, Parameter, ParameterValue, Rulebook,
};
use crate::wording::{formula, with_unit};
use html::{Table, anchor, escape};
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");

/// The standard as a page: chapters and indicators with formulas, lines, fields and examples.
pub fn page(compiled: &Compiled) -> String {
    let rulebook = &compiled.rulebook;
    let standard = &rulebook.standard;
    let title = escape(&standard.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    head(&mut out, rulebook);
    contents(&mut out, rulebook);
    out.push_str("<main>\n");
    for (index, chapter) in rulebook.chapters.iter().enumerate() {
        let clause = match chapter.clause.as_str() {
            "" => String::new(),
            clause => format!(" <small>{}</small>", escape(clause)),
        };
        let _ = writeln!(
            out,
            "<section id=\"{}\">\n<h2>{}{clause}</h2>",
            anchor("chapter", &chapter.id, index),
            escape(&chapter.title)
        );
        for (index, indicator) in indicators_of(rulebook, index) {
            indicator::article(&mut out, compiled, index, indicator);
        }
        indicator::other_fields(&mut out, rulebook, index);
        out.push_str("</section>\n");
    }
    scoring(&mut out, rulebook);
    unset(&mut out, rulebook);
    departments(&mut out, rulebook);
    let _ = write!(
        out,
        "</main>\n<footer>\n<p>由规则文件生成，供对照参考，不代表正式评定。例子用来核对规则，数据多为假设，不是实绩。{title} {}</p>\n</footer>\n</body>\n</html>\n",
        escape(&standard.version)
    );
    out
}

fn head(out: &mut String, rulebook: &Rulebook) {
    let standard = &rulebook.standard;
    let notice = escape(&standard.notice);
    let notice = match notice.strip_prefix("参考") {
        Some(rest) => format!("<strong>参考</strong>{rest}"),
        None => format!("<strong>参考</strong> {notice}"),
    };
    let _ = writeln!(
        out,
        "<header>\n<h1>{}</h1>\n<p class=\"notice\" role=\"note\">{notice}</p>",
        escape(&standard.title)
    );
    let base = rulebook.indicators.iter().filter(|i| i.kind == Kind::Base);
    let points = total(base);
    let counts = format!(
        "{} 章 {} 项指标，满分 {points} 分；{} 个字段，{} 条线",
        rulebook.chapters.len(),
        rulebook.indicators.len(),
        rulebook.fields.len(),
        rulebook.parameters.len()
    );
    html::facts(
        out,
        &[
            ("依据文件", escape(&standard.document)),
            ("发布机关", escape(&standard.issuer)),
            ("规则版本", escape(&standard.version)),
            ("内容", counts),
        ],
    );
    out.push_str("</header>\n");
}

fn contents(out: &mut String, rulebook: &Rulebook) {
    out.push_str("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">目录</h2>\n<ul>\n");
    for (index, chapter) in rulebook.chapters.iter().enumerate() {
        let own: Vec<_> = indicators_of(rulebook, index).collect();
        let points = total(own.iter().map(|(_, indicator)| *indicator));
        let _ = writeln!(
            out,
            "<li><a href=\"#{}\">{}</a>（{} 项，{points} 分）\n<ul>",
            anchor("chapter", &chapter.id, index),
            escape(&chapter.title),
            own.len()
        );
        for (index, indicator) in own {
            let _ = writeln!(out, "<li>{}</li>", link(index, indicator));
        }
        out.push_str("</ul></li>\n");
    }
    out.push_str(
        "<li><a href=\"#scoring\">计分与阶段</a></li>\n<li><a href=\"#unset\">未设定的线</a></li>\n<li><a href=\"#departments\">按责任部门查</a></li>\n</ul>\n</nav>\n",
    );
}

/// How points make a score, and the phases of the work.
fn scoring(out: &mut String, rulebook: &Rulebook) {
    let scheme = &rulebook.scheme;
    out.push_str("<section id=\"scoring\">\n<h2>计分与阶段</h2>\n");
    let line = |line: Option<Id>| line.map_or_else(String::new, |line| line_told(rulebook, line));
    let absent = match scheme.absent {
        Absent::LeaveOut => "得分和满分都不计".into(),
        Absent::Rescale => "其余各项按比例放大到同一满分".into(),
        Absent::Mean => format!("按 {} 的得分率计", line(scheme.mean)),
    };
    let weights = rulebook.chapters.iter().zip(&scheme.weights);
    let weights: Vec<String> = weights
        .map(|(chapter, weight)| format!("{} {weight}%", escape(&chapter.title)))
        .collect();
    let grades = scheme.grades.iter();
    let grades: Vec<String> = grades
        .map(|grade| format!("{}：≥ {}", escape(&grade.name), line(Some(grade.from))))
        .collect();
    let full = match scheme.full {
        Some(full) => line(Some(full)),
        None => "各项分值之和".into(),
    };
    html::facts(
        out,
        &[
            ("总分", full),
            ("各章权重", weights.join("，")),
            ("不涉及的", absent),
            ("达标线", line(scheme.pass)),
            ("每章下限", line(scheme.chapter_floor)),
            ("加分上限", line(scheme.bonus_cap)),
            ("扣分上限", line(scheme.penalty_cap)),
            ("失分预警", line(scheme.warn_loss)),
            ("等次", grades.join("，")),
        ],
    );
    let rows: Vec<Vec<String>> = rulebook
        .phases
        .iter()
        .map(|phase| {
            vec![
                escape(&phase.title),
                format!("<span>{} 至 {}</span>", phase.from.iso(), phase.to.iso()),
                escape(&phase.task),
            ]
        })
        .collect();
    if !rows.is_empty() {
        Table {
            of: "",
            caption: "阶段",
            heads: &["阶段", "起止", "任务"],
            rows,
        }
        .write(out);
    }
    out.push_str("</section>\n");
}

/// A line of the scheme: its name, and the values that are known.
fn line_told(rulebook: &Rulebook, line: Id) -> String {
    let parameter = match rulebook.graph.node(line) {
        Some(Node::Parameter(index)) => rulebook.parameters.get(*index as usize),
        _ => None,
    };
    let Some(parameter) = parameter else {
        return escape(&with_unit(
            &formula(rulebook, line),
            rulebook.graph.unit(line),
        ));
    };
    let values: Vec<String> = (parameter.values.iter())
        .map(|known| format!("{}，{}", value(parameter, known), period(known)))
        .collect();
    let values = if values.is_empty() {
        "未设定".into()
    } else {
        values.join("；")
    };
    escape(&format!("{}（{values}）", parameter.label))
}

/// Lines that no known document gives.
fn unset(out: &mut String, rulebook: &Rulebook) {
    out.push_str("<section id=\"unset\">\n<h2>未设定的线</h2>\n");
    let mut rows = Vec::new();
    for (index, parameter) in rulebook.parameters.iter().enumerate() {
        if parameter.values.is_empty() {
            let mut used: Vec<String> = users(rulebook, index)
                .into_iter()
                .map(|(index, indicator)| link(index, indicator))
                .collect();
            if in_scheme(rulebook, index) {
                used.push("<a href=\"#scoring\">计分</a>".into());
            }
            rows.push(vec![
                format!(
                    "{} <code>{}</code>",
                    escape(&parameter.label),
                    escape(&parameter.id)
                ),
                escape(&parameter.unit),
                used.join("<br>"),
                escape(&parameter.note),
            ]);
        }
    }
    if rows.is_empty() {
        out.push_str("<p>没有：每条线都有值。</p>\n");
    } else {
        out.push_str("<p>已知的文件都没有给出数值，由使用者按细则设定；设定之前，用到它的指标为“待定线”。</p>\n");
        Table {
            of: "",
            caption: "未设定的线",
            heads: &["线", "单位", "用于", "说明"],
            rows,
        }
        .write(out);
    }
    out.push_str("</section>\n");
}

/// Which department answers for which indicators, and enters which fields.
fn departments(out: &mut String, rulebook: &Rulebook) {
    out.push_str("<section id=\"departments\">\n<h2>按责任部门查</h2>\n");
    let mut names: Vec<&str> = Vec::new();
    let of_indicators = rulebook.indicators.iter().map(|i| i.department.as_str());
    let of_fields = rulebook
        .fields
        .iter()
        .map(|field| field.department.as_str());
    for name in of_indicators.chain(of_fields) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let rows: Vec<Vec<String>> = names
        .into_iter()
        .map(|name| {
            let own = rulebook.indicators.iter().enumerate();
            let own: Vec<String> = own
                .filter(|(_, indicator)| indicator.department == name)
                .map(|(index, indicator)| link(index, indicator))
                .collect();
            let fields = rulebook
                .fields
                .iter()
                .filter(|field| field.department == name);
            let fields: Vec<String> = fields.map(|field| escape(&field.label)).collect();
            vec![escape(name), own.join("<br>"), fields.join("、")]
        })
        .collect();
    if rows.is_empty() {
        out.push_str("<p>规则没有写明责任部门。</p>\n");
    } else {
        Table {
            of: "",
            caption: "责任部门、负责的指标和填报的字段",
            heads: &["部门", "指标", "填报的字段"],
            rows,
        }
        .write(out);
    }
    out.push_str("</section>\n");
}

fn indicators_of(rulebook: &Rulebook, chapter: usize) -> impl Iterator<Item = (usize, &Indicator)> {
    let chapter_of = |group: u32| {
        rulebook
            .groups
            .get(group as usize)
            .map(|g| g.chapter as usize)
    };
    let all = rulebook.indicators.iter().enumerate();
    all.filter(move |(_, indicator)| chapter_of(indicator.group) == Some(chapter))
}

/// Points of indicators together.
fn total<'a>(indicators: impl Iterator<Item = &'a Indicator>) -> String {
    let add = |sum: Number, i: &Indicator| sum.checked_add(&i.points).unwrap_or(sum);
    indicators.fold(Number::ZERO, add).to_string()
}

fn link(index: usize, indicator: &Indicator) -> String {
    format!(
        "<a href=\"#{}\">{} {}</a>",
        anchor("indicator", &indicator.id, index),
        escape(&indicator.id),
        escape(&indicator.title)
    )
}

/// The indicators that depend on a parameter.
fn users(rulebook: &Rulebook, parameter: usize) -> Vec<(usize, &Indicator)> {
    let all = rulebook.indicators.iter().enumerate();
    all.filter(|(_, indicator)| indicator::parameters_of(rulebook, indicator).contains(&parameter))
        .collect()
}

/// Whether the scheme depends on a parameter.
fn in_scheme(rulebook: &Rulebook, parameter: usize) -> bool {
    rulebook.scheme.lines().iter().any(|line| {
        let used = rulebook.graph.parameters_of(*line);
        used.iter().any(|index| *index as usize == parameter)
    })
}

fn value(parameter: &Parameter, value: &ParameterValue) -> String {
    with_unit(&constant(&value.value), &parameter.unit)
}

/// From when to when a value holds.
fn period(value: &ParameterValue) -> String {
    match value.to {
        Some(to) => format!("{} 至 {}", value.from.iso(), to.iso()),
        None => format!("{} 起", value.from.iso()),
    }
}

/// How well a source is known, in words.
const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Plan => "方案要求",
        Confidence::Official => "正式文件",
        Confidence::Published => "另有公开发布，参考",
        Confidence::Recalled => "凭记忆，待核",
    }
}

/// The limits of a field, in words.
pub(super) fn limits(field: &Field) -> String {
    let quantity = |number: &Number| with_unit(&number.exact(), &field.unit);
    match (&field.min, &field.max) {
        (Some(min), Some(max)) => format!("{} 到 {}", quantity(min), quantity(max)),
        (Some(min), None) => format!("不小于 {}", quantity(min)),
        (None, Some(max)) => format!("不大于 {}", quantity(max)),
        (None, None) => String::new(),
    }
}
