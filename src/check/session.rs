//! A session: an entry that is edited one value at a time.
//!
//! An edit evaluates again only what depends on the value and tells which findings changed; it is
//! always the same as a check from scratch. What the fast evaluation can't hold, the full one decides.

use super::evaluate::at;
use super::prepared::{Prepared, plain};
use super::small::Plain;
use super::value::{Cause, Value};
use super::{Finding, aside, check, judge};
use crate::date::Date;
use crate::entry::Reading;
use crate::rulebook::{Id, Node, Rulebook, in_order};
use std::rc::Rc;

/// An entry that is edited.
#[derive(Clone, Debug)]
pub struct Session {
    rulebook: Rc<Rulebook>,
    prepared: Prepared,
    /// The entry as it stands.
    reading: Reading,
    /// Its values, and what the conditions that refuse data are worth with them.
    entered: Vec<Plain>,
    entered_values: Vec<Plain>,
    /// The values that the rules see, what is refused being `INVALID`; and those of all nodes.
    slots: Vec<Plain>,
    values: Vec<Plain>,
    findings: Vec<Finding>,
    /// The indices of the refusals that are about each slot.
    refusals: Vec<Vec<usize>>,
    /// What depends on each slot, found out at its first edit.
    dependents: Vec<Option<Rc<Dependents>>>,
    /// What each edit replaced, the latest last.
    undo: Vec<(u32, Value)>,
}

/// What depends on a slot.
#[derive(Debug)]
struct Dependents {
    /// Nodes, in the order of evaluation.
    nodes: Vec<Id>,
    /// Indices of indicators.
    indicators: Vec<u32>,
}

impl Session {
    /// Begins with an entry that was read.
    pub fn new(rulebook: Rc<Rulebook>, reading: Reading, as_of: Date) -> Self {
        let prepared = Prepared::new(&rulebook, &reading, as_of);
        let entered = prepared.row(&reading).slots;
        let mut row = prepared.blank();
        let findings = prepared.judge_reading(&rulebook, &reading, &mut row);
        let mut refusals: Vec<Vec<usize>> = Vec::new();
        refusals.resize_with(reading.slots.len(), Vec::new);
        for (index, refusal) in prepared.refusals.iter().enumerate() {
            for slot in &refusal.slots {
                if let Some(about) = refusals.get_mut(*slot as usize) {
                    about.push(index);
                }
            }
        }
        let mut dependents = Vec::new();
        dependents.resize_with(reading.slots.len(), || None);
        let mut session = Self {
            entered_values: prepared.start.clone(),
            slots: entered.clone(),
            entered,
            values: prepared.start.clone(),
            dependents,
            undo: Vec::new(),
            rulebook,
            prepared,
            reading,
            findings,
            refusals,
        };
        session.begin();
        session
    }

    /// The entry as it stands.
    pub const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// One for each indicator.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Edits the value of a slot; the indices of the findings that changed.
    pub fn set(&mut self, slot: u32, value: Value) -> Vec<u32> {
        let Some(before) = self.reading.slots.get(slot as usize) else {
            return Vec::new();
        };
        self.undo.push((slot, before.clone()));
        self.put(slot, value)
    }

    /// Takes the latest edit back: its slot, and the indices of the findings that changed.
    pub fn undo(&mut self) -> Option<(u32, Vec<u32>)> {
        let (slot, value) = self.undo.pop()?;
        Some((slot, self.put(slot, value)))
    }

    /// Evaluates everything once.
    fn begin(&mut self) {
        for index in 0..self.prepared.refusals.len() {
            self.doubt(index);
        }
        for slot in 0..self.slots.len() as u32 {
            self.see(slot);
        }
        let mut row = self.prepared.blank();
        row.slots = self.slots.clone();
        self.prepared.run(&self.rulebook.graph, &mut row);
        self.prepared.complete(&mut row);
        self.values = row.values;
    }

    fn put(&mut self, slot: u32, value: Value) -> Vec<u32> {
        if let Some(place) = self.entered.get_mut(slot as usize) {
            *place = plain(&value, &self.prepared.words);
        }
        if let Some(place) = self.reading.slots.get_mut(slot as usize) {
            *place = value;
        }
        // A contradiction that begins or ends reaches every value that it is about.
        let mut slots = vec![slot];
        let mut count = 0;
        while let Some(refusal) = self.refusals_of(slot).get(count) {
            slots.extend(self.doubt(*refusal));
            count += 1;
        }
        in_order(&mut slots);
        let mut seen = Vec::new();
        for slot in slots {
            if self.see(slot) {
                seen.push(slot);
            }
        }
        let mut indicators = Vec::new();
        for slot in seen {
            let dependents = self.dependents(slot);
            let (nodes, values) = (&dependents.nodes, &mut self.values);
            self.prepared
                .evaluate(&self.rulebook.graph, nodes, &self.slots, values);
            indicators.extend(&dependents.indicators);
        }
        in_order(&mut indicators);
        self.judge(&indicators)
    }

    /// The indices of the refusals that are about a slot.
    fn refusals_of(&self, slot: u32) -> &[usize] {
        self.refusals.get(slot as usize).map_or(&[], Vec::as_slice)
    }

    /// Asks a refusal anew what it says of the entry; the slots that it is about.
    fn doubt(&mut self, index: usize) -> &[u32] {
        let Some(refusal) = self.prepared.refusals.get(index) else {
            return &[];
        };
        let (support, values) = (&refusal.support, &mut self.entered_values);
        self.prepared
            .evaluate(&self.rulebook.graph, support, &self.entered, values);
        &refusal.slots
    }

    /// Shows the rules what was entered in a slot, unless it is refused; whether that changed what they see.
    fn see(&mut self, slot: u32) -> bool {
        let mut seen = self.entered.get(slot as usize).copied();
        for index in self.refusals_of(slot) {
            let Some(refusal) = self.prepared.refusals.get(*index) else {
                continue;
            };
            match at(&self.entered_values, refusal.holds) {
                Value::Truth(false) => seen = Some(Value::INVALID),
                Value::Unknown(Cause::Beyond) => {
                    // Whether it is refused, only the full evaluation knows.
                    seen = Some(Value::Unknown(Cause::Beyond));
                    break;
                }
                _ => {}
            }
        }
        match (self.slots.get_mut(slot as usize), seen) {
            // Two values beyond the fast evaluation need not be the same.
            (Some(place), Some(seen)) => {
                std::mem::replace(place, seen) != seen || seen.cause() == Some(Cause::Beyond)
            }
            _ => false,
        }
    }

    /// Judges some indicators anew; the indices of the findings that changed.
    fn judge(&mut self, indicators: &[u32]) -> Vec<u32> {
        let mut judged = Vec::with_capacity(indicators.len());
        for index in indicators {
            match self.judge_one(*index as usize) {
                Some(finding) => judged.push((*index, finding)),
                // Beyond the fast evaluation.
                None => {
                    let checked = check(&self.rulebook, &self.reading, self.prepared.as_of);
                    judged.clear();
                    for finding in checked.findings {
                        judged.push((judged.len() as u32, finding));
                    }
                    break;
                }
            }
        }
        let mut changed = Vec::new();
        for (index, finding) in judged {
            if let Some(place) = self.findings.get_mut(index as usize)
                && *place != finding
            {
                *place = finding;
                changed.push(index);
            }
        }
        changed
    }

    /// Judges an indicator; `None` where only the full evaluation can.
    fn judge_one(&self, index: usize) -> Option<Finding> {
        if self.prepared.long {
            return None;
        }
        let (criterion, full) = self.prepared.criteria.get(index)?;
        match aside(&self.reading, index, self.prepared.as_of) {
            Some(outcome) => Some(outcome.into()),
            None => Some(judge(*criterion, full.as_ref()?, &self.values)?.exact()),
        }
    }

    fn dependents(&mut self, slot: u32) -> Rc<Dependents> {
        if let Some(Some(known)) = self.dependents.get(slot as usize) {
            return known.clone();
        }
        let found = Rc::new(dependents(&self.rulebook, &self.prepared, slot));
        if let Some(place) = self.dependents.get_mut(slot as usize) {
            *place = Some(found.clone());
        }
        found
    }
}

fn dependents(rulebook: &Rulebook, prepared: &Prepared, slot: u32) -> Dependents {
    let mut moved = vec![false; rulebook.graph.nodes.len()];
    let moves = |moved: &[bool], id: Id| moved.get(id.0 as usize) == Some(&true);
    let mut nodes = Vec::new();
    let mut visit = |id: Id| {
        let Some(node) = rulebook.graph.node(id) else {
            return;
        };
        let mut depends = matches!(node, Node::Slot(s) | Node::Filled(s) if *s == slot);
        node.for_each(&mut |part| depends |= moves(&moved, part));
        if depends && let Some(place) = moved.get_mut(id.0 as usize) {
            *place = true;
            nodes.push(id);
        }
    };
    for (id, of) in &prepared.entered {
        if *of == slot {
            visit(*id);
        }
    }
    for id in &prepared.live {
        visit(*id);
    }
    let mut indicators = Vec::new();
    for (index, (criterion, _)) in prepared.criteria.iter().enumerate() {
        let roots = criterion.roots();
        if roots
            .iter()
            .any(|root| root.is_some_and(|id| moves(&moved, id)))
        {
            indicators.push(index as u32);
        }
    }
    Dependents { nodes, indicators }
}
