//! Bytes: the same for the same rules, and never a panic where they, or the rules, are damaged.
//!
//! Damage is drawn from a generator with a fixed seed, so that a failure comes again.

#![cfg(feature = "author")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::author::{Compiled, SourceFile, compile};
use duibiao::date::Date;
use duibiao::entry::Entry;
use duibiao::report::{Lang, report};
use duibiao::rulebook::{Rulebook, section, with_section};
use probe::files::{rule_files, standards};

const SMALL: &str = "tests/data/standard";
const SECTION: &str = "duibiao.rulebook";

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// Something small done to a list: changed, added, deleted, doubled, moved or cut.
    fn damage<T: Clone>(&mut self, list: &mut Vec<T>, fresh: impl Fn(&mut Self) -> T) {
        let at = self.below(list.len());
        let many = (1 + self.below(8)).min(list.len() - at);
        match self.below(12) {
            0..5 => list[at] = fresh(self),
            5 | 6 => list.insert(at, fresh(self)),
            7 | 8 => drop(list.drain(at..at + many)),
            9 => {
                let part = list[at..at + many].to_vec();
                list.splice(at..at, part);
            }
            10 => {
                let other = self.below(list.len());
                list.swap(at, other);
            }
            _ => list.truncate(at.max(list.len() - many)),
        }
    }
}

fn compiled(standard: &str) -> Compiled {
    compile(&rule_files(standard)).unwrap()
}

/// What the examples enter, all together: whatever a standard can judge is judged.
fn entry(compiled: &Compiled) -> Entry {
    let mut entry = Entry::default();
    for example in &compiled.examples {
        for (all, own) in [
            (&mut entry.fields, &example.entry.fields),
            (&mut entry.parameters, &example.entry.parameters),
        ] {
            for (name, value) in own {
                if !all.iter().any(|(known, _)| known == name) {
                    all.push((name.clone(), value.clone()));
                }
            }
        }
    }
    entry
}

/// Reads and uses a rulebook; whether it was one.
fn is_used(bytes: &[u8], entry: &Entry) -> bool {
    let Ok(rulebook) = Rulebook::from_bytes(bytes) else {
        return false;
    };
    // One way only to write it, so that its digest means something.
    assert_eq!(rulebook.to_bytes(), bytes);
    let as_of = Date::new(2024, 1, 1).unwrap();
    let told = report(&rulebook, "", entry, as_of, Lang::Zh);
    assert_eq!(told.findings.len(), rulebook.indicators.len());
    true
}

#[test]
fn compiling_gives_the_same_bytes_whatever_the_order_of_the_files() {
    let mut random = Random(20_230_301);
    for standard in standards() {
        let bytes = compiled(&standard).rulebook.to_bytes();
        let mut files = rule_files(&standard);
        files.reverse();
        for _ in 0..3 {
            let again = compile(&files).unwrap().rulebook.to_bytes();
            assert!(again == bytes, "{standard}");
            for at in 0..files.len() {
                let other = random.below(files.len());
                files.swap(at, other);
            }
        }
    }
}

#[test]
fn a_damaged_rulebook_is_refused_or_sound() {
    let compiled = compiled(SMALL);
    let (bytes, entry) = (compiled.rulebook.to_bytes(), entry(&compiled));
    let mut random = Random(8_170);
    let mut used = 0;
    for _ in 0..2_000 {
        let mut damaged = bytes.clone();
        for _ in 0..=random.below(3) {
            random.damage(&mut damaged, |random| random.below(256) as u8);
        }
        used += usize::from(is_used(&damaged, &entry));
    }
    // Most damage is found; some makes another standard, for instance another letter in a title.
    assert!((50..1_000).contains(&used), "{used}");
}

#[test]
fn a_damaged_module_is_refused_or_sound() {
    let compiled = compiled(SMALL);
    let (bytes, entry) = (compiled.rulebook.to_bytes(), entry(&compiled));
    // A module with a type, and a section of another name, as tools leave behind.
    let empty = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\0\x06\x04nameX";
    let built = with_section(empty, SECTION, &bytes);
    assert!(section(&built, SECTION) == Some(&bytes[..]));
    let mut random = Random(2_023);
    let (mut found, mut used) = (0, 0);
    for turn in 0..2_000 {
        let mut damaged = built.clone();
        // Every other time where the sections begin.
        let mut head = damaged.split_off(if turn % 2 == 0 { 0 } else { 48 });
        std::mem::swap(&mut head, &mut damaged);
        let part = if turn % 2 == 0 {
            &mut damaged
        } else {
            &mut head
        };
        random.damage(part, |random| random.below(256) as u8);
        head.extend(damaged);
        if let Some(contents) = section(&head, SECTION) {
            found += 1;
            used += usize::from(is_used(contents, &entry));
        }
    }
    assert!(used > 0 && found > used && found < 2_000, "{found} {used}");
}

/// What people type, and what hurts.
const SIGNS: &[char] = &[
    '(', ')', '[', ']', '{', '}', '"', '`', '\'', ',', ';', ':', '#', '|', '&', '=', '<', '>', '!',
    '+', '-', '*', '/', '.', '$', '%', '\\', '\n', ' ', '0', '9', 'a', '甲', '，', '（', '“', '≥',
    '\0', '\u{feff}', '😀',
];

#[test]
fn damaged_rules_are_told_or_compile() {
    let files = rule_files(SMALL);
    let mut random = Random(100);
    let (mut sound, mut most) = (0, 0);
    for _ in 0..600 {
        let mut damaged: Vec<SourceFile> = files.clone();
        let which = random.below(damaged.len());
        let text = &mut damaged[which].text;
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..=random.below(3) {
            random.damage(&mut chars, |random| SIGNS[random.below(SIGNS.len())]);
        }
        *text = chars.into_iter().collect();
        match compile(&damaged) {
            Ok(_) => sound += 1,
            Err(problems) => {
                assert!(!problems.is_empty());
                most = most.max(problems.len());
                for problem in problems {
                    let file = damaged.iter().find(|file| file.path == problem.file);
                    let lines = file.map_or(0, |file| file.text.lines().count());
                    assert!(problem.line <= lines + 1, "{}", problem.show("", false));
                    problem.show("", true);
                }
            }
        }
    }
    assert!((20..500).contains(&sound), "{sound}");
    // One slip does not blame the whole standard.
    assert!(most <= 40, "{most}");
}
