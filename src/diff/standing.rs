//! What the whole decides, before and after: passing, the pass line, floors, the grade, vetoes.

use super::attribute::{Attribution, Part, Turning};
use crate::score::score;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Something of the whole that turned.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Standing {
    /// `passes` (line, floors and vetoes together), `pass` (the line), `floor`, `grade` or `veto`.
    pub of: &'static str,
    /// Id of the chapter of a floor, or of the indicator with a veto; empty otherwise.
    pub id: String,
    /// Before: `yes`, `no` or `open`, of a veto whether it has struck; a grade, or both of its ends with `–` between
    /// them. Empty where there is none.
    pub from: String,
    /// After.
    pub to: String,
    /// The parts that turned it, or may have.
    pub causes: Vec<Part>,
    /// How.
    pub turning: Turning,
}

/// By what it is about and the id of that.
type Standings = BTreeMap<(&'static str, String), String>;

/// What a score decides.
fn standings(score: &Value) -> Standings {
    let mut all = BTreeMap::new();
    let word = |holds: Option<&Value>| match holds.and_then(Value::as_bool) {
        Some(true) => "yes",
        Some(false) => "no",
        None => "open",
    };
    let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).map(String::from);
    let list = |key: &str| {
        score
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    if let Some(pass) = score.get("pass") {
        all.insert(("passes", String::new()), word(score.get("passes")).into());
        all.insert(("pass", String::new()), word(pass.get("holds")).into());
    }
    if let Some(grade) = score.get("grade") {
        let [low, high] = ["low", "high"].map(|end| text(grade, end).unwrap_or_default());
        let both = if low == high {
            low
        } else {
            [low, high].join("–")
        };
        all.insert(("grade", String::new()), both);
    }
    for chapter in list("chapters") {
        // Reports of earlier versions do not tell its line.
        let floor = chapter.get("floor_line").or(chapter.get("floor"));
        if let (Some(id), Some(_)) = (text(chapter, "chapter"), floor) {
            all.insert(("floor", id), word(chapter.get("floor")).into());
        }
    }
    for veto in list("vetoes") {
        if let Some(id) = text(veto, "indicator") {
            all.insert(("veto", id), word(veto.get("triggered")).into());
        }
    }
    all
}

/// What two scores, as JSON, decide otherwise: in the order of what weighs most.
pub fn standing(old: &Value, new: &Value) -> Vec<Standing> {
    let (was, is) = (standings(old), standings(new));
    let keys: BTreeSet<_> = was.keys().chain(is.keys()).collect();
    let mut moved = Vec::new();
    for kind in ["passes", "pass", "grade", "floor", "veto"] {
        for key in keys.iter().filter(|(of, _)| *of == kind) {
            let [from, to] = [&was, &is].map(|all| all.get(*key).cloned().unwrap_or_default());
            if from != to {
                moved.push(Standing {
                    of: kind,
                    id: key.1.clone(),
                    from,
                    to,
                    causes: Vec::new(),
                    turning: Turning::Untold,
                });
            }
        }
    }
    moved
}

impl Attribution<'_> {
    /// Tells what turned something of the whole.
    pub fn standing(&self, moved: &mut [Standing]) {
        let scored = |(rules, checked)| {
            standings(&serde_json::to_value(score(rules, checked)).unwrap_or_default())
        };
        let mut tried = Vec::new();
        for (part, with, without) in self.tried() {
            tried.push((part, scored(with), scored(without)));
        }
        for moved in moved {
            let is_there = |all: &Standings| {
                let value = all.get(&(moved.of, moved.id.clone()));
                value.map_or("", String::as_str) == moved.to
            };
            let alone = tried.iter().filter(|(_, with, _)| is_there(with));
            let alone: Vec<Part> = alone.map(|(part, ..)| *part).collect();
            let needed = tried.iter().filter(|(.., without)| !is_there(without));
            let needed: Vec<Part> = needed.map(|(part, ..)| *part).collect();
            (moved.causes, moved.turning) = self.caused(alone, needed);
        }
    }
}
