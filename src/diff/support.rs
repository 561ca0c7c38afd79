//! What an indicator depends on: figures, lines, and which changes of rules concern it.

use super::{Change, Part};
use crate::rulebook::{Indicator, Rulebook};

/// What an indicator depends on, by id.
pub struct Support {
    pub fields: Vec<String>,
    pub parameters: Vec<String>,
}

impl Support {
    pub fn of(rulebook: &Rulebook, indicator: &Indicator) -> Self {
        let graph = &rulebook.graph;
        let roots = [indicator.applies, Some(indicator.meets), indicator.score];
        let roots: Vec<_> = roots.into_iter().flatten().collect();
        let slots = |root: &_| graph.slots_of(*root);
        let mut own: Vec<u32> = roots.iter().flat_map(slots).collect();
        // What contradicts its figures makes them invalid.
        let checks: Vec<Vec<u32>> = rulebook
            .data_checks
            .iter()
            .filter(|check| check.error)
            .map(|check| graph.slots_of(check.holds))
            .collect();
        let near = checks
            .iter()
            .filter(|slots| slots.iter().any(|slot| own.contains(slot)));
        own.extend(near.flatten().copied().collect::<Vec<u32>>());
        let mut fields: Vec<String> = own.iter().map(|slot| rulebook.slot_id(*slot)).collect();
        fields.push(indicator.id.clone());
        let parameters = roots.iter().flat_map(|root| graph.parameters_of(*root));
        let parameters = parameters.filter_map(|index| rulebook.parameters.get(index as usize));
        Self {
            fields,
            parameters: parameters.map(|parameter| parameter.id.clone()).collect(),
        }
    }
}

/// The changes of rules that an indicator depends on.
pub fn rules_of(rulebook: &Rulebook, indicator: &Indicator, changes: &[Change]) -> Vec<Change> {
    let graph = &rulebook.graph;
    let roots = [indicator.applies, Some(indicator.meets), indicator.score];
    let roots: Vec<_> = roots.into_iter().flatten().collect();
    let slots: Vec<u32> = roots
        .iter()
        .flat_map(|root| graph.slots_of(*root))
        .collect();
    let parameters: Vec<u32> = roots
        .iter()
        .flat_map(|root| graph.parameters_of(*root))
        .collect();
    let concerns = |change: &&Change| match change.of {
        "indicator" => change.id == indicator.id,
        "field" => slots.iter().any(|slot| {
            let field = rulebook.field_of(*slot).map(|(field, _)| &field.id);
            field == Some(&change.id)
        }),
        "data_check" => rulebook.data_checks.iter().any(|check| {
            let own = graph.slots_of(check.holds);
            change.id.starts_with(&check.message) && own.iter().any(|slot| slots.contains(slot))
        }),
        // A line that came with the rules, or is measured otherwise.
        "parameter" => parameters.iter().any(|index| {
            let parameter = rulebook.parameters.get(*index as usize);
            parameter.is_some_and(|p| p.id == change.id) && change.part == Part::Rules
        }),
        _ => false,
    };
    let judging = changes.iter().filter(|change| change.judges);
    judging.filter(concerns).cloned().collect()
}
