//! The fast evaluation says what the full one says, a row at a time, one row after the other, and edit by edit.

use crate::cases;
use crate::random::{Filling, standard};
use crate::tape::{Tape, tapes};
use duibiao::check::{Finding, Prepared, Session, check};
use duibiao::entry::read;
use proptest::collection::vec;
use proptest::prelude::*;
use std::rc::Rc;

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn fast_and_full_agree(sample in standard(), tapes in vec(tapes(120), 18)) {
        let rulebook = &sample.rulebook;
        let mut fast = 0;
        for (index, tape) in tapes.iter().enumerate() {
            let filling = if index < 12 { Filling::MIXED } else { Filling::LONG };
            let filled = sample.fill(tape, filling);
            let reading = read(rulebook, &filled.entry);
            let full = check(rulebook, &reading, filled.as_of).findings;
            let prepared = Prepared::new(rulebook, &reading, filled.as_of);
            let mut row = prepared.row(&reading);
            if prepared.judge(rulebook, &mut row) {
                fast += 1;
                let found: Vec<Finding> = row.findings.iter().map(Finding::exact).collect();
                prop_assert_eq!(&found, &full);
            }
            let told = prepared.judge_reading(rulebook, &reading, &mut row);
            prop_assert_eq!(&told, &full);
        }
        // A fast evaluation that always gives up would agree too.
        prop_assert!(fast > 0);
    }

    #[test]
    fn a_row_is_judged_whatever_row_came_before(sample in standard(), tapes in vec(tapes(120), 12)) {
        let rulebook = &sample.rulebook;
        let first = sample.fill(&tapes[0], Filling::MIXED);
        let lines = read(rulebook, &first.entry);
        let prepared = Prepared::new(rulebook, &lines, first.as_of);
        let mut row = prepared.blank();
        for (index, tape) in tapes.iter().enumerate() {
            let filling = if index % 3 == 1 { Filling::LONG } else { Filling::MIXED };
            let mut reading = read(rulebook, &sample.fill(tape, filling).entry);
            reading.parameters.clone_from(&lines.parameters);
            let full = check(rulebook, &reading, first.as_of).findings;
            let next = prepared.row(&reading);
            (row.slots, row.aside) = (next.slots, next.aside);
            if prepared.judge(rulebook, &mut row) {
                let found: Vec<Finding> = row.findings.iter().map(Finding::exact).collect();
                prop_assert_eq!(found, full);
            }
        }
    }

    #[test]
    fn a_session_is_a_check_from_scratch_after_every_edit(sample in standard(), tapes in vec(tapes(120), 3)) {
        let rulebook = Rc::new(sample.rulebook.clone());
        let first = sample.fill(&tapes[0], Filling::MIXED);
        let mut now = read(&rulebook, &first.entry);
        let mut session = Session::new(rulebook.clone(), now.clone(), first.as_of);
        let mut before = check(&rulebook, &now, first.as_of).findings;
        let mut states = Vec::new();
        for (index, tape) in tapes[1..].iter().enumerate() {
            let filling = if index == 0 { Filling::MIXED } else { Filling::LONG };
            let next = read(&rulebook, &sample.fill(tape, filling).entry);
            let choices = &mut Tape::new(tape);
            // Slots in any order, some of them often; now and then an edit is taken back.
            for _ in 0..next.slots.len() {
                if choices.once_in(4)
                    && let Some((slot, value, state)) = states.pop()
                {
                    now.slots[slot] = value;
                    before = state;
                    prop_assert!(session.undo().is_some());
                    prop_assert_eq!(session.findings(), &before);
                }
                let slot = choices.below(next.slots.len());
                let value = &next.slots[slot];
                states.push((slot, now.slots[slot].clone(), before.clone()));
                now.slots[slot] = value.clone();
                let changed = session.set(slot as u32, value.clone());
                let full = check(&rulebook, &now, first.as_of).findings;
                prop_assert_eq!(session.findings(), &full);
                let differs = |index: &u32| before[*index as usize] != full[*index as usize];
                let expected: Vec<u32> = (0..full.len() as u32).filter(differs).collect();
                prop_assert_eq!(changed, expected);
                before = full;
            }
        }
        for (_, _, state) in states.iter().rev() {
            prop_assert!(session.undo().is_some());
            prop_assert_eq!(session.findings(), state);
        }
        prop_assert!(session.undo().is_none());
    }
}
