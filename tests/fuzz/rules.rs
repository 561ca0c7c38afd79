//! Rule scripts: compiled or refused with problems, whatever they say.
//!
//! An input is all files of a standard, each after a line `//@ path`.

use crate::harness::{Target, fuzz, magnitude, mark};
use crate::probe::files::rule_files;
use crate::random::{Random, rewrite};
use crate::uses;
use duibiao::author::{SourceFile, compile, doc, drafts, names, test, vocabulary};
use duibiao::date::Date;
use duibiao::rulebook::Rulebook;

const NESTS: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("#{ a: ", " }"),
    ("!", ""),
    ("-", ""),
    ("|x| ", ""),
    ("if 甲 { ", " } else { 1 }"),
    ("/*", "*/"),
    ("\"", "\""),
    ("`${", "}`"),
    ("all([", "])"),
    ("sum([", "])"),
    ("abs(", ")"),
    ("x + ", ""),
    ("\n", ""),
    ("fn f() { ", " }"),
];
const MORE: &[&str] = &[
    "let x = ",
    "const ",
    "fn f(a) { ",
    "for i in 0..1000 { ",
    "while true { ",
    "loop { ",
    "if ",
    " else ",
    "return ",
    "switch ",
    "x = x + x;",
    "x += x;",
    "x = [x, x];",
    "x = `${x}${x}`;",
    "throw ",
    "import \"a\" as b;",
    "eval(\"1\")",
    "#{",
    "}",
    ")",
    "(",
    "[",
    "]",
    ";",
    ",",
    ":",
    ".",
    "..",
    "..=",
    "=>",
    "|",
    "||",
    "&&",
    "==",
    "!=",
    ">=",
    "<",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "!",
    "\"",
    "`",
    "//",
    "/*",
    "*/",
    "，",
    "（",
    "）",
    "“",
    "”",
    "：",
    "≥",
    "甲",
    "乙",
    "\"id\"",
    "keys: [\"东\", \"西\"]",
    "type: \"count\"",
    "unit: \"%\"",
    "points: 1e30",
    "met",
    "unmet",
    "missing",
    "date(\"2023-05\")",
    "9223372036854775807",
    "0.1",
    "this",
    "Fn(\"f\")",
    "call",
    "curry",
    "type_of",
    "print(1);",
    "\n",
    " ",
];

struct Rules {
    words: Vec<&'static str>,
}

fn joined(files: &[SourceFile]) -> Vec<u8> {
    let one = |file: &SourceFile| format!("//@ {}\n{}", file.path, file.text);
    files.iter().map(one).collect::<String>().into_bytes()
}

fn split(text: &str) -> Vec<SourceFile> {
    let part = |part: &str| {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        SourceFile {
            path: path.trim().into(),
            text: text.into(),
        }
    };
    text.split("//@ ").skip(1).map(part).collect()
}

impl Target for Rules {
    const NAME: &'static str = "rules";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let mut seeds = vec![joined(&rule_files("tests/data/standard"))];
        // Each file of a shipped standard on its own, beside the declaration of the whole.
        let files = rule_files("rules/fire-safety");
        let frame = files
            .iter()
            .position(|file| file.path == "standard.rhai")
            .unwrap();
        for file in files.iter().filter(|file| file.path != "standard.rhai") {
            seeds.push(joined(&[files[frame].clone(), file.clone()]));
        }
        seeds
    }

    fn change(&self, random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8> {
        let (old, other) = (String::from_utf8_lossy(old), String::from_utf8_lossy(other));
        let words = if random.once_in(2) { MORE } else { &self.words };
        rewrite(random, &old, &other, words, NESTS).into_bytes()
    }

    fn try_it(&self, input: &[u8]) -> Vec<u64> {
        let Ok(text) = std::str::from_utf8(input) else {
            return vec![0];
        };
        let files = split(text);
        names(&files, None);
        let compiled = match compile(&files) {
            Ok(compiled) => compiled,
            Err(problems) => {
                assert!(!problems.is_empty());
                let one = |problem: &duibiao::author::Problem| {
                    assert!(!problem.show("", true).is_empty());
                    mark(&[&problem.trouble.code, &magnitude(problem.column)])
                };
                return problems.iter().take(300).map(one).collect();
            }
        };
        let bytes = compiled.rulebook.to_bytes();
        assert!(
            Rulebook::from_bytes(&bytes).as_ref() == Ok(&compiled.rulebook),
            "a rulebook is not read as it was written"
        );
        let as_of = Date::new(2024, 1, 1).unwrap();
        let tested = test(&compiled, as_of);
        doc::page(&compiled);
        let few = compiled.rulebook.indicators.len().min(3);
        let drafted: usize = (0..few)
            .map(|indicator| drafts(&compiled, indicator, as_of).len())
            .sum();
        let mut traits = vec![mark(&[
            &"compiled",
            &magnitude(compiled.rulebook.graph.nodes.len()),
            &magnitude(tested.failed),
            &magnitude(drafted),
        ])];
        for warning in compiled.warnings.iter().take(100) {
            traits.push(mark(&[&"warning", &warning.trouble.code]));
        }
        traits.extend(uses::rulebook(
            compiled.rulebook,
            &mut Random::new(bytes.len() as u64),
        ));
        traits
    }
}

#[test]
fn rules() {
    let words = vocabulary().into_iter();
    let words = words.flat_map(|word| {
        [word.word]
            .into_iter()
            .chain(word.options.into_iter().map(|option| option.word))
    });
    fuzz(&Rules {
        words: words.collect(),
    });
}
