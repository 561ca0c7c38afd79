//! `standard`, `chapter`, `phase` and `group`: what frames the indicators.

use super::{Defaults, duplicate, raise_in};
use crate::author::Shared;
use crate::author::options::Options;
use crate::author::problem::Trouble;
use crate::author::words::Answer;
use crate::date::Date;
use crate::rulebook::{Chapter, Group, Phase};
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
    let file = state.file.clone();
    state.chapters_at.push((file, at));
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
