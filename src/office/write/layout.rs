//! Layout: what stands on which sheet of the workbook to fill in, before anything is written.

use crate::check::in_force;
use crate::date::Date;
use crate::rulebook::{Field, Indicator, Node, Parameter, Rulebook};
use std::collections::{BTreeMap, BTreeSet};

/// A value to fill in.
pub struct Row<'a> {
    pub path: String,
    pub field: &'a Field,
    pub label: String,
    /// The indicators that read it.
    pub indicators: Vec<&'a Indicator>,
}

/// The sheet of a chapter, or of a department.
pub struct Part<'a> {
    pub title: String,
    pub rows: Vec<Row<'a>>,
}

/// Everything that is filled in.
pub struct Layout<'a> {
    pub parts: Vec<Part<'a>>,
    /// Lines that the standard does not set, or that the user set.
    pub lines: Vec<&'a Parameter>,
    /// The indicators concerned.
    pub indicators: Vec<&'a Indicator>,
}

/// The departments in a text: 市水利局、市住房和城乡建设局.
pub fn departments(text: &str) -> impl Iterator<Item = &str> {
    let apart = text.split(['、', '，', ',', '；', ';', '/']);
    apart.map(str::trim).filter(|one| !one.is_empty())
}

/// All departments that fill something in, in the order of the standard.
pub fn all_departments(rulebook: &Rulebook) -> Vec<&str> {
    let mut known = BTreeSet::new();
    let fields = rulebook.fields.iter();
    fields
        .flat_map(|field| departments(&field.department))
        .filter(|one| known.insert(*one))
        .collect()
}

/// What an indicator is computed from.
fn nodes<'a>(rulebook: &'a Rulebook, indicator: &Indicator) -> impl Iterator<Item = &'a Node> {
    let graph = &rulebook.graph;
    let roots = [Some(indicator.meets), indicator.score, indicator.applies];
    let support = roots
        .into_iter()
        .flatten()
        .flat_map(|root| graph.support(root));
    support.filter_map(|id| graph.node(id))
}

/// The indicators that read each field, in the order of the fields.
pub fn readers(rulebook: &Rulebook) -> Vec<Vec<&Indicator>> {
    let mut found: Vec<Vec<&Indicator>> = vec![Vec::new(); rulebook.fields.len()];
    for indicator in &rulebook.indicators {
        for node in nodes(rulebook, indicator) {
            let (Node::Slot(slot) | Node::Filled(slot)) = node else {
                continue;
            };
            let after = rulebook.fields.partition_point(|field| field.slot <= *slot);
            if let Some(list) = found.get_mut(after.wrapping_sub(1))
                && list.last().is_none_or(|last| last.id != indicator.id)
            {
                list.push(indicator);
            }
        }
    }
    found
}

/// The indicators that read each parameter, by its id.
pub fn line_readers(rulebook: &Rulebook) -> BTreeMap<&str, Vec<&Indicator>> {
    let mut found: BTreeMap<&str, Vec<&Indicator>> = BTreeMap::new();
    for indicator in &rulebook.indicators {
        for node in nodes(rulebook, indicator) {
            let Node::Parameter(index) = node else {
                continue;
            };
            if let Some(parameter) = rulebook.parameters.get(*index as usize) {
                let list = found.entry(&parameter.id).or_default();
                if list.last().is_none_or(|last| last.id != indicator.id) {
                    list.push(indicator);
                }
            }
        }
    }
    found
}

/// What a department fills in, or all of it.
pub fn layout<'a>(
    rulebook: &'a Rulebook,
    department: Option<&str>,
    as_of: Option<Date>,
    set: impl Fn(&str) -> bool,
) -> Layout<'a> {
    let readers = readers(rulebook);
    let readers = &readers;
    let concerns =
        |text: &str| department.is_none_or(|one| departments(text).any(|known| known == one));
    let rows_of = |group: u32| {
        let fields = rulebook.fields.iter();
        let own = fields
            .zip(readers)
            .filter(move |(f, _)| f.group == group && concerns(&f.department));
        own.flat_map(move |(field, readers)| {
            (0..field.width()).map(move |index| {
                let slot = field.slot + index as u32;
                Row {
                    path: rulebook.slot_id(slot),
                    label: rulebook.slot_label(slot),
                    indicators: readers.clone(),
                    field,
                }
            })
        })
    };
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (chapter, one) in rulebook.chapters.iter().enumerate() {
        let groups = rulebook.groups.iter().enumerate();
        let groups = groups.filter(|(_, group)| group.chapter as usize == chapter);
        let rows: Vec<Row<'a>> = groups
            .flat_map(|(group, _)| rows_of(group as u32))
            .collect();
        match (department, parts.last_mut()) {
            (Some(_), Some(part)) => part.rows.extend(rows),
            (Some(department), None) => parts.push(Part {
                title: department.into(),
                rows,
            }),
            (None, _) => parts.push(Part {
                title: one.title.clone(),
                rows,
            }),
        }
    }
    parts.retain(|part| !part.rows.is_empty());
    let paths: BTreeSet<&str> = parts
        .iter()
        .flat_map(|part| &part.rows)
        .flat_map(|row| &row.indicators)
        .map(|indicator| indicator.id.as_str())
        .collect();
    let unset = |p: &&Parameter| {
        p.values.is_empty() || as_of.is_some_and(|day| in_force(p, day).is_none()) || set(&p.id)
    };
    let lines = rulebook.parameters.iter().filter(unset);
    let indicators = rulebook.indicators.iter();
    Layout {
        lines: lines.filter(|_| department.is_none()).collect(),
        indicators: indicators
            .filter(|i| {
                department.is_none() || concerns(&i.department) || paths.contains(i.id.as_str())
            })
            .collect(),
        parts,
    }
}
