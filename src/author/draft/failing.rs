//! Data that fails where no line makes the difference: a yes that would have to be a no.

use super::{Case, Study, is_number};
use crate::check::Outcome;
use crate::entry::Given;
use crate::rulebook::FieldType;

impl Study<'_> {
    /// Data that fails, where no line showed any: another answer, another choice, another number.
    pub fn failing(&mut self, cases: &[Case], base: &Case) {
        let fails = Outcome::falls_short;
        let shown = self.found.iter().any(|draft| fails(draft.outcome));
        if shown || cases.iter().any(|case| fails(self.outcome(case))) {
            return;
        }
        for slot in self.slots.clone() {
            for (shown, value) in self.others(base, slot) {
                let case = base.with(slot, value);
                if fails(self.outcome(&case)) {
                    self.propose(format!("{}为{shown}", self.slot_name(slot)), &case);
                    return;
                }
            }
        }
    }

    /// Other values of a slot, and what they are called.
    fn others(&self, base: &Case, slot: u32) -> Vec<(String, Given)> {
        let Some((field, _)) = self.rulebook.field_of(slot) else {
            return Vec::new();
        };
        let text = |text: &str| (text.to_string(), Given::Text(text.into()));
        match (field.kind, base.slots.get(&slot)) {
            (FieldType::YesNo, Some(Given::Truth(truth))) => {
                let other = if *truth { "否" } else { "是" };
                vec![(other.into(), Given::Truth(!truth))]
            }
            (FieldType::Choice, _) => field.choices.iter().map(|choice| text(choice)).collect(),
            _ if is_number(field) => ["0", "1", "100"].map(text).to_vec(),
            _ => Vec::new(),
        }
    }
}
