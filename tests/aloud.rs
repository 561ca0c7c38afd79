//! Read aloud: what the shipped standards say of each indicator, in both languages, one text for each
//! outcome that its examples show. Whoever changes a sentence sees here what becomes of all of them:
//!
//! ```sh
//! RENEW=1 cargo test --test aloud && git diff tests/golden
//! ```

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::author::{Compiled, compile};
use duibiao::check::Outcome;
use duibiao::date::Date;
use duibiao::report::{Lang, report};
use probe::files::{rule_files, standards};
use std::fmt::Write as _;

/// What is said of each indicator.
fn aloud(compiled: &Compiled, lang: Lang) -> String {
    let mut text = String::new();
    let title = &compiled.rulebook.standard.title;
    writeln!(text, "# {title}").unwrap();
    for (index, indicator) in compiled.rulebook.indicators.iter().enumerate() {
        writeln!(text, "\n{} {}", indicator.id, indicator.title).unwrap();
        // On its own, as the others have no data here.
        let mut rulebook = compiled.rulebook.clone();
        rulebook.indicators = vec![indicator.clone()];
        let mut shown: Vec<Outcome> = Vec::new();
        for example in compiled
            .examples
            .iter()
            .filter(|example| example.indicator == index)
        {
            if shown.contains(&example.expected) {
                continue;
            }
            shown.push(example.expected);
            let as_of = example.as_of.unwrap_or(Date::new(2024, 1, 1).unwrap());
            let told = report(&rulebook, "", &example.entry, as_of, lang);
            writeln!(text, "- {}", told.findings[0].text).unwrap();
            for problem in &told.data {
                writeln!(text, "  ! {}", problem.text).unwrap();
            }
        }
        let failing = [Outcome::Unmet, Outcome::Partial];
        assert!(shown.contains(&Outcome::Met), "{}", indicator.id);
        assert!(shown.contains(&Outcome::Missing), "{}", indicator.id);
        assert!(
            shown.iter().any(|outcome| failing.contains(outcome)),
            "{}",
            indicator.id
        );
    }
    text
}

#[test]
fn every_indicator_reads_well_in_both_languages() {
    let compiled: Vec<Compiled> = standards()
        .iter()
        .map(|standard| compile(&rule_files(standard)).unwrap())
        .collect();
    for (lang, path) in [
        (Lang::Zh, "tests/golden/aloud-zh.txt"),
        (Lang::En, "tests/golden/aloud-en.txt"),
    ] {
        let texts: Vec<String> = compiled
            .iter()
            .map(|compiled| aloud(compiled, lang))
            .collect();
        let text = texts.join("\n");
        if std::env::var("RENEW").is_ok() {
            std::fs::write(path, &text).unwrap();
        }
        let golden = std::fs::read_to_string(path).unwrap_or_default();
        let differs = text
            .lines()
            .zip(golden.lines())
            .position(|(now, before)| now != before);
        if let Some(line) = differs {
            let (now, before) = (
                text.lines().nth(line).unwrap(),
                golden.lines().nth(line).unwrap(),
            );
            panic!(
                "{path}:{}\n  was: {before}\n  now: {now}\nIf it reads well, renew: RENEW=1 cargo test --test aloud",
                line + 1
            );
        }
        assert!(
            text == golden,
            "{path} is of another length; renew: RENEW=1 cargo test --test aloud"
        );
    }
}
