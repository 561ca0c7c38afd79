//! Reports that somebody else wrote: read, checked again, and compared with a sound one.

use crate::data::standard;
use crate::harness::{Target, fuzz, magnitude, mark};
use crate::random::{Random, damage, rewrite};
use crate::uses;
use duibiao::date::Date;
use duibiao::digest::digest;
use duibiao::record::{Recorded, compare, json, recheck, recorded};
use duibiao::report::{Lang, report};
use duibiao::rulebook::Rulebook;

const WORDS: &[&str] = &[
    "null",
    "true",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    "\"schema\"",
    "\"duibiao-report/2\"",
    "\"duibiao-report/3\"",
    "\"findings\"",
    "\"score\"",
    "\"chapters\"",
    "\"points\"",
    "\"of\"",
    "\"outcome\"",
    "\"met\"",
    "\"unmet\"",
    "\"missing\"",
    "\"low\"",
    "\"high\"",
    "\"full\"",
    "\"entry\"",
    "\"fields\"",
    "\"kind\"",
    "\"bonus\"",
    "\"penalty\"",
    "\"A-1\"",
    "\"1-a\"",
    "\"indicator\"",
    "\"en\"",
    "\"zh\"",
    "\"lang\"",
    "\\u001b[2J",
];
const NESTS: &[(&str, &str)] = &[
    ("{\"a\":", "}"),
    ("[", "]"),
    ("\"", "\""),
    ("{\"findings\":[", "]}"),
];

struct Reports {
    standard: Rulebook,
    digest: String,
    sound: Recorded,
}

impl Target for Reports {
    const NAME: &'static str = "report";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let mut random = Random::new(1);
        let mut seeds: Vec<Vec<u8>> = Vec::new();
        for lang in [Lang::Zh, Lang::En] {
            let entry = uses::entry(&mut random, &self.standard);
            let as_of = Date::new(2024, 1, 1).unwrap();
            let told = report(&self.standard, &self.digest, &entry, as_of, lang);
            seeds.push(serde_json::to_vec(&told).unwrap());
        }
        seeds
    }

    fn change(&self, random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8> {
        if random.once_in(6) {
            let mut bytes = old.to_vec();
            damage(random, &mut bytes, other);
            return bytes;
        }
        let (old, other) = (String::from_utf8_lossy(old), String::from_utf8_lossy(other));
        rewrite(random, &old, &other, WORDS, NESTS).into_bytes()
    }

    fn try_it(&self, input: &[u8]) -> Vec<u64> {
        let Ok(text) = std::str::from_utf8(input) else {
            return vec![0];
        };
        let whole = match json(text) {
            Ok(whole) => whole,
            Err(why) => return vec![mark(&[&format!("{:?}", why.classify()).as_str()])],
        };
        let report = match recorded(whole) {
            Ok(report) => report,
            Err(why) => {
                let plain: String = why
                    .en
                    .chars()
                    .filter(|c| !c.is_ascii_digit())
                    .take(60)
                    .collect();
                return vec![mark(&[&plain.as_str()])];
            }
        };
        let found = recheck(&report, &self.standard, &self.digest);
        assert_eq!(found.holds, found.differences.is_empty());
        let mut traits = vec![mark(&[&format!("{:?}", found.causes).as_str()])];
        for one in found.differences.iter().take(50) {
            traits.push(mark(&[
                &format!("{:?}", one.part).as_str(),
                &magnitude(one.at.len()),
            ]));
        }
        let at_hand = [(&self.standard, self.digest.as_str())];
        for (old, new) in [(&report, &self.sound), (&self.sound, &report)] {
            match compare(old, new, &at_hand) {
                Ok(compared) => {
                    serde_json::to_string(&compared).unwrap();
                    let kinds = [compared.turned.len(), compared.indicators.len()].map(magnitude);
                    traits.push(mark(&[
                        &kinds[0],
                        &kinds[1],
                        &format!("{:?}", compared.untold).as_str(),
                    ]));
                }
                Err(why) => traits.push(mark(&[&why.en.as_str()])),
            }
        }
        traits
    }
}

#[test]
fn reports() {
    let (standard, digest) = (standard(), digest(b"standard"));
    let entry = uses::entry(&mut Random::new(3), &standard);
    let as_of = Date::new(2024, 1, 1).unwrap();
    let told = report(&standard, &digest, &entry, as_of, Lang::Zh);
    let sound = recorded(serde_json::to_value(&told).unwrap());
    let sound = sound.unwrap_or_else(|why| panic!("{}", why.en));
    fuzz(&Reports {
        standard,
        digest,
        sound,
    });
}
