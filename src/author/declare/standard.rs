//! `standard`, `chapter`, `phase`, `group` and `scheme`: what frames the indicators.

use super::{Defaults, duplicate, raise_in};
use crate::author::Shared;
use crate::author::options::Options;
use crate::author::problem::Trouble;
use crate::author::words::{Answer, wrong_sum};
use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Absent, Chapter, Grade, Group, Id, Phase, Scheme};
use rhai::{Map, Position};

/// Declares the standard itself.
pub fn standard(shared: &Shared, at: Position, id: &str, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "standard", options, at);
    let standard = crate::rulebook::Standard {
        id: id.into(),
        title: o.needed("title"),
        version: o.needed("version"),
        notice: o.needed("notice"),
        document: o.needed("document"),
        issuer: o.text("issuer"),
    };
    o.finish();
    let mut state = shared.borrow_mut();
    if !state.rulebook.standard.id.is_empty() {
        let trouble = Trouble::new(
            "duplicate",
            "standard 只写一次",
            "standard is declared once",
        )
        .advice("删去其中之一", "delete one of them");
        let trouble = state.declared_first(trouble, "standard");
        state.problem(trouble, at);
    }
    state.note_first("standard", at);
    state.rulebook.standard = standard;
    Ok(())
}

/// Declares a chapter: the folder of its rule files, and its title.
pub fn chapter(shared: &Shared, at: Position, id: &str, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "chapter", options, at);
    let chapter = Chapter {
        id: id.into(),
        title: o.needed("title"),
        clause: o.text("clause"),
    };
    o.finish();
    let mut state = shared.borrow_mut();
    if state.rulebook.chapters.iter().any(|c| c.id == id) {
        let trouble = duplicate(&state, "章", "chapter", id);
        return raise_in(state, trouble, at);
    }
    state.note_first(&["chapter", id].join(" "), at);
    state.rulebook.chapters.push(chapter);
    Ok(())
}

/// Declares a phase of the work.
pub fn phase(shared: &Shared, at: Position, id: &str, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "phase", options, at);
    let title = o.needed("title");
    let task = o.text("task");
    let (from, to) = (o.first_day("from"), o.last_day("to"));
    for (key, date) in [("from", from), ("to", to)] {
        if date.is_none() && !o.has(key) {
            o.lacks(key);
        }
    }
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        o.wrong("to", "不早于 from 的日期", "a date not before from");
    }
    o.finish();
    let mut state = shared.borrow_mut();
    if state.rulebook.phases.iter().any(|p| p.id == id) {
        let trouble = duplicate(&state, "阶段", "phase", id);
        return raise_in(state, trouble, at);
    }
    state.note_first(&["phase", id].join(" "), at);
    let day = Date::from_days(0);
    if let (Some(from), Some(to)) = (from.or(day), to.or(day)) {
        state.rulebook.phases.push(Phase {
            id: id.into(),
            title,
            from,
            to,
            task,
        });
    }
    Ok(())
}

/// The phase that an option names.
pub fn phase_option(o: &mut Options<'_>) -> Option<u32> {
    let phases = o.known(|rulebook| {
        let ids = rulebook.phases.iter().map(|phase| phase.id.clone());
        ids.collect::<Vec<String>>()
    });
    let words: Vec<(&str, u32)> = (phases.iter().map(String::as_str)).zip(0..).collect();
    o.one_of("phase", &words)
}

/// Opens the group of a file.
pub fn group(shared: &Shared, at: Position, title: &str, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "group", options, at);
    let defaults = Defaults {
        department: o.text("department"),
        clause: o.text("clause"),
        phase: phase_option(&mut o),
    };
    o.finish();
    let mut state = shared.borrow_mut();
    let id = state.file.trim_end_matches(".rhai").to_string();
    let folder = id.split('/').next().unwrap_or("");
    let Some(chapter) = state.rulebook.chapters.iter().position(|c| c.id == folder) else {
        let known: Vec<&str> = state
            .rulebook
            .chapters
            .iter()
            .map(|c| c.id.as_str())
            .collect();
        let known = known.join("、");
        let trouble = Trouble::new(
            "no-chapter",
            format!("文件夹“{folder}”没有对应的章"),
            format!("no chapter is declared for the folder “{folder}”"),
        )
        .exists(format!("已有：{known}"), format!("there are: {known}"))
        .advice(
            format!("在 standard.rhai 中写 chapter(\"{folder}\", #{{ title: … }})"),
            format!("write chapter(\"{folder}\", #{{ title: … }}) in standard.rhai"),
        );
        return raise_in(state, trouble, at);
    };
    state.rulebook.groups.push(Group {
        id,
        title: title.into(),
        chapter: chapter as u32,
    });
    let index = state.rulebook.groups.len() as u32 - 1;
    let file = state.file.clone();
    state.group_of.insert(file.clone(), index);
    state.defaults.insert(file, defaults);
    Ok(())
}

/// Declares how points make a score.
pub fn scheme(shared: &Shared, at: Position, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "scheme", options, at);
    let absent = o
        .one_of("not_applicable", &Absent::WORDS)
        .unwrap_or_default();
    let mut scheme = Scheme {
        full: o.line("full", ""),
        weights: weights(&mut o),
        absent,
        mean: o.line("mean", "%"),
        pass: o.line("pass", ""),
        chapter_floor: o.line("chapter_floor", "%"),
        bonus_cap: o.line("bonus_cap", ""),
        penalty_cap: o.line("penalty_cap", ""),
        warn_loss: o.line("warn_loss", "%"),
        grades: Vec::new(),
    };
    if absent == Absent::Mean && scheme.mean.is_none() {
        o.lacks("mean");
    }
    for map in o.maps("grades", "…") {
        let mut grade = Options::new(shared, "scheme", map, at);
        let name = grade.needed("name");
        let from = grade.line("from", "");
        if from.is_none() {
            grade.lacks("from");
        }
        grade.finish();
        scheme.grades.extend(from.map(|from| Grade { name, from }));
    }
    o.finish();
    order_grades(shared, at, &scheme);
    let mut state = shared.borrow_mut();
    if state.scheme_declared {
        let trouble = Trouble::new("duplicate", "scheme 只写一次", "scheme is declared once")
            .advice("删去其中之一", "delete one of them");
        let trouble = state.declared_first(trouble, "scheme");
        state.problem(trouble, at);
    }
    state.note_first("scheme", at);
    state.scheme_declared = true;
    state.rulebook.scheme = scheme;
    Ok(())
}

/// The share of each chapter, in the order of the chapters.
fn weights(o: &mut Options<'_>) -> Vec<Number> {
    let Some(map) = o.map("weights") else {
        return Vec::new();
    };
    let chapters = o.known(|rulebook| {
        let ids = rulebook.chapters.iter().map(|chapter| chapter.id.clone());
        ids.collect::<Vec<String>>()
    });
    let mut found = Vec::new();
    let mut total = Number::ZERO;
    for chapter in &chapters {
        let weight = map.get(chapter.as_str());
        let weight = weight.and_then(crate::author::trace::plain_number);
        let weight = weight.filter(|weight| weight.signum() >= 0);
        let Some(weight) = weight else {
            let (zh, en) = (
                format!("weights 缺少“{chapter}”的权重"),
                format!("weights lacks the share of “{chapter}”"),
            );
            o.problem(
                "weights",
                Trouble::new("weights", zh, en).advice(
                    "每一章写一个不小于零的数，合计 100",
                    "write a number not less than zero for each chapter, 100 in all",
                ),
            );
            return Vec::new();
        };
        total = total.checked_add(&weight).unwrap_or(total);
        found.push(weight);
    }
    for key in map
        .keys()
        .filter(|key| !chapters.iter().any(|c| c == key.as_str()))
    {
        let (zh, en) = (
            format!("没有“{key}”这一章"),
            format!("there is no chapter “{key}”"),
        );
        let all = chapters.join("、");
        o.problem(
            "weights",
            Trouble::new("weights", zh, en)
                .exists(format!("已有：{all}"), format!("there are: {all}")),
        );
    }
    if let Some(trouble) = wrong_sum(&total) {
        o.problem("weights", trouble);
    }
    found
}

/// Grades go from the highest to the lowest, as far as their lines are known.
fn order_grades(shared: &Shared, at: Position, scheme: &Scheme) {
    let mut state = shared.borrow_mut();
    let known = |id: Id| state.trace.number_of(id);
    let lines: Vec<Number> = scheme
        .grades
        .iter()
        .filter_map(|grade| known(grade.from))
        .collect();
    if lines
        .iter()
        .zip(lines.iter().skip(1))
        .any(|(high, low)| low >= high)
    {
        let trouble = Trouble::new(
            "bands",
            "等级应从高到低写，分数线依次降低",
            "grades go from the highest to the lowest",
        )
        .advice(
            "按分数线从高到低重新排列",
            "order them from the highest line to the lowest",
        );
        let at = state.place_of_key("grades", at).unwrap_or(at);
        state.problem(trouble, at);
    }
}
