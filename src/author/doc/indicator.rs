//! One indicator on the page: what it asks, its lines with their sources, what is entered,
//! what to do when it fails, and its examples.

use super::html::{Table, anchor, escape, facts, link};
use super::{confidence, limits, period, value};
use crate::author::{Compiled, Example};
use crate::check::Outcome;
use crate::date::Date;
use crate::entry::Given;
use crate::report::Lang;
use crate::rulebook::{Field, Id, Indicator, Kind, Node, Rulebook, Veto, ZeroPolicy};
use crate::wording::{self, formula, kind_in_words, labelled, scoring, with_unit};
use std::fmt::Write as _;

/// An indicator, as an article.
pub fn article(out: &mut String, compiled: &Compiled, index: usize, indicator: &Indicator) {
    let rulebook = &compiled.rulebook;
    let _ = writeln!(
        out,
        "<article>\n<h3 id=\"{}\"><span class=\"id\">{}</span> {}</h3>",
        anchor("indicator", &indicator.id, index),
        escape(&indicator.id),
        escape(&indicator.title)
    );
    if !indicator.quote.is_empty() {
        let _ = writeln!(
            out,
            "<blockquote><p>{}<cite>{}</cite></p></blockquote>",
            escape(&indicator.quote),
            escape(&indicator.clause)
        );
    }
    let _ = writeln!(
        out,
        "<p class=\"formula\"><b>要求</b> {}</p>",
        escape(&formula(rulebook, indicator.meets))
    );
    facts(out, &about(rulebook, indicator));
    lines(out, rulebook, indicator);
    fields(out, rulebook, indicator);
    examples(out, compiled, index, indicator);
    out.push_str("</article>\n");
}

/// What there is to say of an indicator beside its tables, as HTML.
fn about(rulebook: &Rulebook, indicator: &Indicator) -> Vec<(&'static str, String)> {
    let points = &indicator.points;
    let clause = if indicator.quote.is_empty() {
        escape(&indicator.clause)
    } else {
        String::new()
    };
    let score = match (indicator.score, indicator.kind) {
        (Some(score), _) => format!("满分 {points} 分：{}", escape(&scoring(rulebook, score))),
        _ if points.is_zero() => "不计分，只作要求".into(),
        (None, Kind::Penalty) => format!("未达标扣 {points} 分"),
        (None, _) => format!("达标得 {points} 分，未达标不得分"),
    };
    let score = match indicator.kind {
        Kind::Base => score,
        Kind::Bonus => format!("加分项，在总分之外。{score}"),
        Kind::Penalty => format!("扣分项，在总分之外。{score}"),
    };
    let veto = indicator.veto.map(|veto| match veto {
        Veto::Fail => "未达标时一票否决，整体不达标".to_string(),
        Veto::Gate => "未达标时不得申报".into(),
        Veto::Cap(grade) => {
            let grade = rulebook.scheme.grades.get(grade as usize);
            format!(
                "未达标时最高评为“{}”",
                grade.map_or("", |grade| grade.name.as_str())
            )
        }
    });
    let phase = indicator
        .phase
        .and_then(|phase| rulebook.phases.get(phase as usize));
    let phase = phase.map(|phase| {
        format!(
            "{}（{} 至 {}）",
            phase.title,
            phase.from.iso(),
            phase.to.iso()
        )
    });
    let advices = indicator.advices.iter().map(|advice| {
        let condition = formula(rulebook, advice.condition);
        format!(
            "{}（不满足“{}”时）",
            escape(&labelled(rulebook, &advice.text)),
            escape(&condition)
        )
    });
    let advices: Vec<String> = [escape(&labelled(rulebook, &indicator.advice))]
        .into_iter()
        .filter(|advice| !advice.is_empty())
        .chain(advices)
        .collect();
    let applies = indicator.applies.map(|applies| formula(rulebook, applies));
    vec![
        ("条款", clause),
        ("适用", escape(&applies.unwrap_or_default())),
        ("计分", score),
        ("否决", escape(&veto.unwrap_or_default())),
        ("阶段", escape(&phase.unwrap_or_default())),
        (
            "时限",
            indicator.deadline.map(Date::iso).unwrap_or_default(),
        ),
        ("责任部门", escape(&indicator.department)),
        ("分母为零", escape(&zeros(rulebook, indicator).join("；"))),
        ("数据要求", checks(rulebook, indicator).join("<br>")),
        ("佐证材料", escape(&indicator.evidence)),
        ("未达标时", advices.join("<br>")),
        ("说明", escape(&indicator.note)),
    ]
}

/// Every node that an indicator depends on.
fn support(rulebook: &Rulebook, indicator: &Indicator) -> Vec<Id> {
    let roots = [indicator.applies, Some(indicator.meets), indicator.score];
    let roots = roots.into_iter().flatten();
    let mut all: Vec<Id> = roots
        .flat_map(|root| rulebook.graph.support(root))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The parameters that an indicator depends on, by index, and those that only data checks read
/// which are written with its data.
pub fn parameters_of(rulebook: &Rulebook, indicator: &Indicator) -> Vec<usize> {
    let own = slots_of(rulebook, indicator);
    let with_its_data = |root: Id| {
        let slots = rulebook.graph.slots_of(root);
        let last = slots.last().and_then(|slot| rulebook.field_of(*slot));
        last.is_some_and(|(field, _)| field.group == indicator.group)
            && slots.iter().any(|slot| own.contains(slot))
    };
    let checks = rulebook.data_checks.iter().map(|check| check.holds);
    let checks = checks.filter(|root| with_its_data(*root));
    let mut found: Vec<usize> = support(rulebook, indicator)
        .into_iter()
        .chain(checks.flat_map(|root| rulebook.graph.support(root)))
        .filter_map(|id| match rulebook.graph.node(id) {
            Some(Node::Parameter(index)) => Some(*index as usize),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The slots that an indicator reads.
fn slots_of(rulebook: &Rulebook, indicator: &Indicator) -> Vec<u32> {
    let mut found: Vec<u32> = support(rulebook, indicator)
        .into_iter()
        .filter_map(|id| match rulebook.graph.node(id) {
            Some(Node::Slot(slot) | Node::Filled(slot)) => Some(*slot),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// What a zero below the line of a fraction means.
fn zeros(rulebook: &Rulebook, indicator: &Indicator) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for id in support(rulebook, indicator) {
        if let Some(Node::Quotient(_, b, zero) | Node::Percent(_, b, zero)) =
            rulebook.graph.node(id)
        {
            let means = match zero {
                ZeroPolicy::Invalid => "数据有误",
                ZeroPolicy::NotApplicable => "不涉及",
                ZeroPolicy::Met => "视为达标",
                ZeroPolicy::Missing => "视为没有填写",
            };
            let text = format!("{}为 0：{means}", formula(rulebook, *b));
            if !told.contains(&text) {
                told.push(text);
            }
        }
    }
    told
}

/// What must hold between the fields that an indicator reads.
fn checks(rulebook: &Rulebook, indicator: &Indicator) -> Vec<String> {
    let own = slots_of(rulebook, indicator);
    let touches = |root: Id| {
        let slots = rulebook.graph.slots_of(root);
        slots.iter().any(|slot| own.contains(slot))
    };
    rulebook
        .data_checks
        .iter()
        .filter(|check| touches(check.holds))
        .map(|check| {
            let severity = if check.error { "" } else { "（仅提醒）" };
            escape(&(formula(rulebook, check.holds) + severity))
        })
        .collect()
}

fn lines(out: &mut String, rulebook: &Rulebook, indicator: &Indicator) {
    let mut rows = Vec::new();
    for parameter in parameters_of(rulebook, indicator)
        .into_iter()
        .filter_map(|index| rulebook.parameters.get(index))
    {
        let mut name = format!(
            "{} <code>{}</code>",
            escape(&parameter.label),
            escape(&parameter.id)
        );
        if !parameter.note.is_empty() {
            let _ = write!(name, "<small>{}</small>", escape(&parameter.note));
        }
        if parameter.values.is_empty() {
            rows.push(vec![
                name,
                "<b>未设定</b>".into(),
                String::new(),
                "由使用者按细则设定".into(),
                String::new(),
            ]);
            continue;
        }
        for known in &parameter.values {
            let source = link(&known.url, &escape(&known.source));
            rows.push(vec![
                std::mem::replace(&mut name, escape(&parameter.label)),
                format!("<span>{}</span>", escape(&value(parameter, known))),
                format!("<span>{}</span>", period(known)),
                format!("{source} {}", escape(&known.clause)),
                confidence(known.confidence).into(),
            ]);
        }
    }
    if !rows.is_empty() {
        Table {
            of: &[&indicator.id, " "].concat(),
            caption: "数值线",
            heads: &["线", "值", "生效", "出处", "可信度"],
            rows,
        }
        .write(out);
    }
}

fn fields(out: &mut String, rulebook: &Rulebook, indicator: &Indicator) {
    let mut fields: Vec<&Field> = slots_of(rulebook, indicator)
        .into_iter()
        .filter_map(|slot| Some(rulebook.field_of(slot)?.0))
        .collect();
    fields.dedup_by_key(|field| field.slot);
    let rows: Vec<Vec<String>> = fields.into_iter().map(field_row).collect();
    field_table(out, &[&indicator.id, " "].concat(), "要填的数据", rows);
}

/// The data of a chapter that no indicator reads, as a table.
pub fn other_fields(out: &mut String, rulebook: &Rulebook, chapter: usize) {
    let mut read: Vec<u32> = (rulebook.indicators.iter())
        .flat_map(|indicator| slots_of(rulebook, indicator))
        .collect();
    read.sort_unstable();
    let rows = (rulebook.fields.iter())
        .filter(|field| {
            let group = rulebook.groups.get(field.group as usize);
            group.is_some_and(|group| group.chapter as usize == chapter)
        })
        .filter(|field| {
            let end = field.slot + field.width() as u32;
            (field.slot..end).all(|slot| read.binary_search(&slot).is_err())
        })
        .map(field_row)
        .collect();
    field_table(out, "", "只记录、只核对的数据", rows);
}

fn field_row(field: &Field) -> Vec<String> {
    let mut name = escape(&field.label);
    if field.name != field.label {
        let _ = write!(name, "（{}）", escape(&field.name));
    }
    let _ = write!(name, " <code>{}</code>", escape(&field.id));
    let mut how = vec![kind_in_words(field), limits(field)];
    if !field.keys.is_empty() {
        how.push(format!("逐个填写：{}", field.keys.join("、")));
    }
    if field.given {
        how.push("既定事实，不作为改进手段".into());
    }
    if field.record && !field.help.contains("不参与判定") {
        how.push("只记录，不参与判定".into());
    }
    how.push(field.help.clone());
    how.retain(|text| !text.is_empty());
    vec![
        name,
        escape(&field.unit),
        escape(&how.join("。").replace("。。", "。")),
        escape(&field.evidence),
        escape(&field.department),
    ]
}

fn field_table(out: &mut String, of: &str, caption: &str, rows: Vec<Vec<String>>) {
    if !rows.is_empty() {
        Table {
            of,
            caption,
            heads: &["字段", "单位", "怎样填", "佐证材料", "填报部门"],
            rows,
        }
        .write(out);
    }
}

fn examples(out: &mut String, compiled: &Compiled, index: usize, indicator: &Indicator) {
    let own = compiled.examples.iter().filter(|e| e.indicator == index);
    let rows: Vec<Vec<String>> = own
        .map(|example| {
            let outcome = wording::outcome(example.expected, Lang::Zh);
            let points = example.points.as_ref();
            let points = points.map_or_else(String::new, |points| format!(" {points} 分"));
            vec![
                escape(&example.name),
                escape(&data(&compiled.rulebook, example)),
                format!(
                    "<b class=\"{}\">{outcome}</b>{points}",
                    if example.expected == Outcome::Met {
                        "met"
                    } else {
                        "other"
                    }
                ),
            ]
        })
        .collect();
    if !rows.is_empty() {
        Table {
            of: &[&indicator.id, " "].concat(),
            caption: "例子",
            heads: &["例子", "数据", "结果"],
            rows,
        }
        .write(out);
    }
}

/// The data of an example, in words.
pub fn data(rulebook: &Rulebook, example: &Example) -> String {
    let mut said = Vec::new();
    for (name, given) in &example.entry.fields {
        let whole = name.split('.').next().unwrap_or(name);
        let field = rulebook
            .fields
            .iter()
            .find(|f| f.id == whole || f.name == whole || f.label == whole);
        let unit = field.map_or("", |field| field.unit.as_str());
        match given {
            Given::Keyed(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|(key, item)| format!("{key} {}", shown(item, unit)))
                    .collect();
                said.push(format!("{name}：{}", items.join("，")));
            }
            given => said.push(format!("{name} {}", shown(given, unit))),
        }
    }
    for (name, given) in &example.entry.parameters {
        said.push(format!("设“{name}”为 {}", shown(given, "")));
    }
    for (name, given) in &example.entry.not_applicable {
        said.push(format!("{name} 标为不涉及：{}", shown(given, "")));
    }
    if let Some(date) = example.as_of {
        said.push(format!("按 {} 的线", date.iso()));
    }
    if said.is_empty() {
        "什么都没有填".into()
    } else {
        said.join("；")
    }
}

fn shown(given: &Given, unit: &str) -> String {
    match given {
        Given::Empty => "（空）".into(),
        Given::Truth(true) => "是".into(),
        Given::Truth(false) => "否".into(),
        // 0.95 in percent may mean 95%: it stays as it was given.
        Given::Text(text) if unit == "%" && text.starts_with("0.") => text.clone(),
        Given::Text(text) if text.ends_with(|c: char| c.is_ascii_digit()) && !unit.is_empty() => {
            with_unit(text, unit)
        }
        Given::Text(text) => text.clone(),
        Given::Keyed(_) => "…".into(),
    }
}
