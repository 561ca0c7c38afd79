//! `scheme`: how points make a score, and what its numbers may be. What no score reaches is told
//! when all indicators are known (`reach`).

use crate::author::Shared;
use crate::author::analysis::small_share;
use crate::author::bounds::Bound;
use crate::author::options::Options;
use crate::author::problem::Trouble;
use crate::author::trace::plain_number;
use crate::author::words::{Answer, wrong_sum};
use crate::number::Number;
use crate::rulebook::{Absent, Grade, Id, Scheme};
use rhai::{Map, Position};

/// Declares how points make a score.
pub fn scheme(shared: &Shared, at: Position, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "scheme", options, at);
    let absent = o
        .one_of("not_applicable", &Absent::WORDS)
        .unwrap_or_default();
    let mut scheme = Scheme {
        full: line(shared, &mut o, "full", &Bound::AboveZero),
        weights: weights(&mut o),
        absent,
        mean: line(shared, &mut o, "mean", &Bound::Share),
        pass: line(shared, &mut o, "pass", &Bound::FromZero),
        chapter_floor: line(shared, &mut o, "chapter_floor", &Bound::Share),
        bonus_cap: line(shared, &mut o, "bonus_cap", &Bound::FromZero),
        penalty_cap: line(shared, &mut o, "penalty_cap", &Bound::FromZero),
        warn_loss: line(shared, &mut o, "warn_loss", &Bound::Share),
        grades: Vec::new(),
    };
    let pass_at = o.place_of("pass");
    if absent == Absent::Mean && scheme.mean.is_none() {
        o.lacks("mean");
    }
    let mut lines: Vec<(String, Id, Position)> = Vec::new();
    lines.extend(scheme.pass.map(|pass| ("pass".into(), pass, pass_at)));
    let mut grade_at = o.place_of("grades");
    for map in o.maps("grades", "name: \"优秀\", from: 90") {
        let (grade, place) = grade(shared, &mut grade_at, map, &scheme.grades);
        if let Some(grade) = grade {
            lines.push((grade.name.clone(), grade.from, place));
            scheme.grades.push(grade);
        }
    }
    o.finish();
    order_grades(shared, at, &scheme);
    let mut state = shared.borrow_mut();
    let file = state.file.clone();
    let line = |(name, line, at)| (name, line, (file.clone(), at));
    state.scheme_lines = lines.into_iter().map(line).collect();
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

/// A line of the scheme, which is within what it may be.
fn line(shared: &Shared, o: &mut Options<'_>, key: &'static str, bound: &Bound) -> Option<Id> {
    let line = o.line(key, matches!(bound, Bound::Share))?;
    o.bounded(key, line, bound);
    let number = shared.borrow().trace.number_of(line);
    let small = number.filter(|number| number.signum() > 0 && *number < Number::ONE);
    if let (Bound::Share, Some(number)) = (bound, small) {
        o.problem(key, small_share(&number).marks(number.exact()));
    }
    Some(line)
}

/// A grade, and where its line is written; `at` goes on behind it.
fn grade(
    shared: &Shared,
    at: &mut Position,
    map: Map,
    before: &[Grade],
) -> (Option<Grade>, Position) {
    let mut o = Options::new(shared, "scheme", map, *at);
    let name = o.needed("name");
    if before.iter().any(|grade| grade.name == name) {
        let trouble = Trouble::new(
            "duplicate",
            format!("等次“{name}”写了两次"),
            format!("the grade “{name}” is written twice"),
        )
        .marks(format!("\"{name}\""))
        .advice(
            "换一个名称，或删去其中之一",
            "choose another name, or delete one of them",
        );
        o.problem("name", trouble);
    }
    let place = o.place_of("from");
    let from = match o.has("from") {
        true => line(shared, &mut o, "from", &Bound::FromZero),
        false => {
            o.lacks("from");
            o.take("from");
            None
        }
    };
    *at = [o.place_of("name"), place].into_iter().max().unwrap_or(*at);
    *at = Position::new(
        at.line().unwrap_or(1) as u16,
        at.position().unwrap_or(1) as u16 + 1,
    );
    o.finish();
    (from.map(|from| Grade { name, from }), place)
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
        let weight = map.get(chapter.as_str()).and_then(plain_number);
        let Some(weight) = weight.filter(|weight| weight.signum() >= 0) else {
            no_weight(o, chapter, &map);
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

/// Reports the weight of a chapter that is missing, or none that can be.
fn no_weight(o: &Options<'_>, chapter: &str, map: &Map) {
    let given = map.get(chapter).map(|weight| {
        let number = plain_number(weight);
        number.map_or_else(|| weight.to_string(), |number| number.exact())
    });
    let (key, zh, en) = match given {
        Some(given) => (
            format!("\"{chapter}\""),
            format!("“{chapter}”的权重不能是 {given}"),
            format!("the share of “{chapter}” can't be {given}"),
        ),
        None => (
            "weights".into(),
            format!("weights 缺少“{chapter}”的权重"),
            format!("weights lacks the share of “{chapter}”"),
        ),
    };
    let trouble = Trouble::new("weights", zh, en).advice(
        "每一章写一个不小于零的数，合计 100",
        "write a number not less than zero for each chapter, 100 in all",
    );
    o.problem(&key, trouble);
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
