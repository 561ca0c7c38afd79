//! `PARAMETERS.md`: every line of a standard with its source, those not set first.

use super::{confidence, in_scheme, indicator, period, value};
use crate::rulebook::{Parameter, Rulebook};
use std::fmt::Write as _;

/// Every parameter of a standard, as a page in Markdown.
pub fn parameters(rulebook: &Rulebook) -> String {
    let standard = &rulebook.standard;
    let mut out = format!(
        "# {}：数值线\n\n{}\n\n由 `duibiao doc --parameters` 从规则文件生成，请勿手改。\
         (Generated from the rules: every threshold with its source, those not set first.)\n",
        plain(&standard.title),
        plain(&standard.notice)
    );
    let (set, unset): (Vec<_>, Vec<_>) = rulebook
        .parameters
        .iter()
        .enumerate()
        .partition(|(_, parameter)| !parameter.values.is_empty());
    let _ = write!(out, "\n## 未设定 (not set)：{}\n\n", unset.len());
    if unset.is_empty() {
        out.push_str("没有。\n");
    } else {
        out.push_str(
            "已知的文件都没有给出数值，由使用者按细则设定；设定之前，用到它的指标为“待定线”。\n\n",
        );
        out.push_str("| 线 | 单位 | 用于 | 说明 |\n|---|---|---|---|\n");
        for (index, parameter) in unset {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                name(parameter),
                plain(&parameter.unit),
                used(rulebook, index),
                plain(&parameter.note)
            );
        }
    }
    let _ = write!(out, "\n## 已设定 (set)：{}\n\n", set.len());
    if set.is_empty() {
        out.push_str("没有。\n");
        return out;
    }
    out.push_str("| 线 | 值 | 生效 | 出处 | 条款 | 可信度 | 用于 | 说明 |\n|---|---|---|---|---|---|---|---|\n");
    for (index, parameter) in set {
        for known in &parameter.values {
            let web = known.url.starts_with("https://") || known.url.starts_with("http://");
            let source = if web && !known.url.contains(['<', '>', '\n', '|']) {
                format!("[{}](<{}>)", plain(&known.source), known.url)
            } else {
                plain(&known.source)
            };
            let _ = writeln!(
                out,
                "| {} | {} | {} | {source} | {} | {} | {} | {} |",
                name(parameter),
                plain(&value(parameter, known)),
                period(known),
                plain(&known.clause),
                confidence(known.confidence),
                used(rulebook, index),
                plain(&parameter.note)
            );
        }
    }
    out
}

fn name(parameter: &Parameter) -> String {
    format!("{} `{}`", plain(&parameter.label), parameter.id)
}

/// Ids of the indicators that depend on a parameter.
fn used(rulebook: &Rulebook, index: usize) -> String {
    let all = rulebook.indicators.iter();
    let used = all.filter(|i| indicator::parameters_of(rulebook, i).contains(&index));
    let mut ids: Vec<String> = used.map(|indicator| plain(&indicator.id)).collect();
    if in_scheme(rulebook, index) {
        ids.push("计分".into());
    }
    if ids.is_empty() {
        ids.push("核对数据".into());
    }
    ids.join("、")
}

/// A text in a cell of a table.
pub fn plain(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ").replace('\\', "\\\\");
    let text = text.replace('|', "\\|").replace('<', "&lt;");
    text.replace('[', "\\[")
        .replace(']', "\\]")
        .replace('*', "\\*")
}
