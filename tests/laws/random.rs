//! Random standards, and random entries for them.
//!
//! All standards have the same kinds of fields, so that expressions find something of every
//! dimension; units, limits, decimal places and what a zero means differ.

use crate::expressions::{Rule, Writer};
use crate::probe::{shown, source};
use crate::tape::{Tape, tapes};
use duibiao::author::{SourceFile, compile};
use duibiao::date::Date;
use duibiao::entry::{Entry, Given};
use duibiao::rulebook::{FieldType, Rulebook};
use proptest::prelude::*;
use std::fmt;

/// A random standard.
#[derive(Clone)]
pub struct Sample {
    pub files: Vec<SourceFile>,
    pub rulebook: Rulebook,
    /// In the order of the rulebook's indicators.
    pub rules: Vec<Rule>,
    /// In the order of the rulebook's data checks.
    pub checks: Vec<String>,
    /// By field, what its zero means as a denominator.
    pub zeros: Vec<&'static str>,
}

impl fmt::Debug for Sample {
    /// As it is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files
            .iter()
            .try_for_each(|file| write!(f, "\n{}", file.text))
    }
}

/// What is wanted of a standard.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub rules: usize,
    /// Whether `filled` may be used.
    pub filled: bool,
    /// Whether there are a scheme, vetoes, bonus and penalty.
    pub scheme: bool,
    /// Narrow limits, so that every value can be tried.
    pub narrow: bool,
}

/// Standards with everything in them.
pub fn standard() -> impl Strategy<Value = Sample> {
    standards(Wanted {
        rules: 6,
        filled: true,
        scheme: true,
        narrow: false,
    })
}

pub fn standards(wanted: Wanted) -> impl Strategy<Value = Sample> {
    tapes(260 + 160 * wanted.rules).prop_map(move |tape| Sample::new(&tape, wanted))
}

/// How an entry is filled in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filling {
    /// One value in so many is not there; none where zero.
    pub missing: usize,
    /// One value in so many is unreadable, out of limits, or not of its type.
    pub wrong: usize,
    /// One indicator in so many is set aside.
    pub aside: usize,
    /// Whether every parameter is set that has no value of its own.
    pub set: bool,
    /// One number in so many is where machine words end.
    pub long: usize,
    /// Fields go by their ids, as in what is suggested.
    pub ids: bool,
}

impl Filling {
    pub const WHOLE: Self = Self {
        missing: 0,
        wrong: 0,
        aside: 0,
        set: true,
        long: 0,
        ids: false,
    };
    pub const MIXED: Self = Self {
        missing: 5,
        wrong: 12,
        aside: 10,
        set: false,
        long: 0,
        ids: false,
    };
    /// What the fast evaluation can't hold, or only just.
    pub const LONG: Self = Self {
        long: 2,
        ..Self::MIXED
    };
}

/// An entry, and what was meant by it.
#[derive(Clone, Debug)]
pub struct Filled {
    pub entry: Entry,
    pub as_of: Date,
    /// By slot; `None` where there is no readable value.
    pub values: Vec<Option<String>>,
    /// By parameter, what the user set.
    pub set: Vec<Option<String>>,
}

/// Where 32 and 64 bits end, and their roots; the last ones by their decimal places.
const LONG: [&str; 14] = [
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967295",
    "4294967297",
    "46341",
    "65537",
    "3037000499",
    "3037000500.5",
    "9223372036854775807",
    "9223372036854775808",
    "922337203685.4775807",
    "0.000000001",
    "1.0000001",
];

pub const KEYS: [&str; 3] = ["东", "西", "南"];

const FIELDS: [(&str, &str, &str); 18] = [
    ("件一", "f_things_1", "count"),
    ("件二", "f_things_2", "count"),
    ("各件", "f_things_by", "count"),
    ("率一", "f_share_1", "percent"),
    ("率二", "f_share_2", "share"),
    ("各率", "f_share_by", "share"),
    ("面一", "f_area_1", "area"),
    ("面二", "f_area_2", "area"),
    ("面三", "f_area_3", "area"),
    ("数一", "f_bare_1", "number"),
    ("数二", "f_bare_2", "number"),
    ("有一", "f_yes_1", "yes-no"),
    ("有二", "f_yes_2", "yes-no"),
    ("等", "f_grade", "choice"),
    ("日一", "f_day_1", "date"),
    ("日二", "f_day_2", "date"),
    ("日三", "f_day_3", "date"),
    ("注", "f_note", "text"),
];

/// A field's declaration, and what its zero means.
fn field(tape: &mut Tape<'_>, at: usize, narrow: bool) -> (String, &'static str) {
    let (name, id, kind) = FIELDS[at];
    let mut options = vec![format!("id: \"{id}\"")];
    let mut zero = "invalid";
    match kind {
        "yes-no" | "date" | "text" => options.push(format!("type: \"{kind}\"")),
        "choice" => {
            options.push("type: \"choice\", choices: [\"甲等\", \"乙等\", \"丙等\"]".into());
        }
        _ => {
            if matches!(kind, "count" | "percent") {
                options.push(format!("type: \"{kind}\""));
            }
            match kind {
                "area" => {
                    let unit = tape.pick(&["万平方米", "公顷", "平方公里", "平方米"]);
                    options.push(format!("unit: \"{unit}\""));
                }
                "share" => options.push("unit: \"%\"".into()),
                "count" => options.push("unit: \"个\"".into()),
                _ => {}
            }
            if narrow {
                let share = matches!(kind, "percent" | "share");
                let max = if share { 100 } else { 12 };
                let digits = if share || kind == "count" {
                    0
                } else {
                    tape.below(2)
                };
                options.push(format!("min: 0, max: {max}, digits: {digits}"));
            } else if tape.once_in(3) {
                options.push("min: 0".into());
            }
            if !narrow && tape.once_in(4) {
                options.push("max: 100".into());
            }
            if tape.below(2) == 1 {
                zero = tape.pick(&["met", "missing", "not_applicable", "invalid"]);
                options.push(format!("zero: \"{zero}\""));
            }
            if tape.once_in(6) {
                let better = tape.pick(&["more", "less"]);
                options.push(format!("better: \"{better}\""));
            }
        }
    }
    if name.starts_with('各') {
        let keys = KEYS[..2 + tape.below(2)].join("\", \"");
        options.push(format!("keys: [\"{keys}\"]"));
    }
    if tape.once_in(8) {
        options.push("given: true".into());
    }
    let text = format!("field(\"{name}\", #{{ {} }});", options.join(", "));
    (text, zero)
}

/// Parameters, with values from some dates on, or none.
fn parameters(tape: &mut Tape<'_>) -> Vec<String> {
    let numbers = ["5", "60", "2.5", "90", "1", "10"];
    let all: [(&str, &str, &str, &[&str]); 8] = [
        ("线率", "p_share", "unit: \"%\"", &numbers),
        ("线面", "p_area", "unit: \"公顷\"", &numbers),
        ("线数", "p_things", "unit: \"个\"", &numbers),
        ("线密", "p_density", "unit: \"个/平方公里\"", &numbers),
        // What the scheme reads has no unit, and no line is above the full marks.
        (
            "线分",
            "p_points",
            "note: \"分数线\"",
            &["5", "60", "2.5", "1", "10"],
        ),
        ("线满", "p_full", "note: \"满分\"", &["60", "90", "100"]),
        (
            "线等",
            "p_grade",
            "choices: [\"甲等\", \"乙等\", \"丙等\"]",
            &["甲等", "乙等"],
        ),
        (
            "扣法",
            "p_mode",
            "choices: [\"满一档才扣\", \"不足一档按一档扣\", \"按比例扣\"]",
            &["满一档才扣", "按比例扣"],
        ),
    ];
    let mut found = Vec::new();
    for (name, id, options, values) in all {
        let mut text = format!("parameter(\"{name}\", #{{ id: \"{id}\", {options}");
        let dated = [
            &[][..],
            &["from: \"2021-01-01\""],
            &["from: \"2021-01-01\"", "from: \"2023-07-01\""],
            &[
                "from: \"2021-01-01\", to: \"2022-12-31\"",
                "from: \"2023-07-01\", to: \"2024-05-31\"",
            ],
        ][tape.below(4)];
        if !dated.is_empty() {
            let dated = dated.iter().map(|from| {
                let value = tape.pick(values);
                let value = match id {
                    "p_grade" | "p_mode" => format!("\"{value}\""),
                    _ => value.into(),
                };
                format!("#{{ {from}, value: {value}, source: \"试\" }}")
            });
            let dated: Vec<String> = dated.collect();
            text += &format!(", values: [{}]", dated.join(", "));
        }
        found.push(text + " });");
    }
    found
}

/// One of each list, as options: none where it is empty.
pub fn picked(tape: &mut Tape<'_>, all: &[&[&str]]) -> String {
    let options = all.iter().map(|of| tape.pick(of));
    let options: Vec<&str> = options.filter(|text| !text.is_empty()).collect();
    options.join(", ")
}

/// How points make a score.
fn scheme(tape: &mut Tape<'_>) -> String {
    let options = picked(
        tape,
        &[
            &["", "full: 100", "", "full: 线满"],
            &["", "weights: #{ \"1-a\": 60, \"2-b\": 40 }", ""],
            &[
                "",
                "not_applicable: \"leave_out\"",
                "not_applicable: \"rescale\"",
                "not_applicable: \"mean\", mean: 线率",
                "not_applicable: \"mean\", mean: 80",
                "not_applicable: \"mean\", mean: 线率 * 2",
            ],
            &["", "pass: 10", "pass: 60", "pass: 线分"],
            &["", "chapter_floor: 50", "chapter_floor: 线率"],
            &["", "bonus_cap: 3", "bonus_cap: 线分", "bonus_cap: 线分 - 5"],
            &["", "penalty_cap: 3", "penalty_cap: 线分"],
            &["", "warn_loss: 30", "warn_loss: 线率"],
            &[
                "",
                "grades: [#{ name: \"优秀\", from: 20 }, #{ name: \"良好\", from: 10 }, #{ name: \"合格\", from: 5 }]",
                "grades: [#{ name: \"优秀\", from: 线分 }, #{ name: \"良好\", from: 2 }]",
            ],
        ],
    );
    format!("scheme(#{{ {options} }});")
}

impl Sample {
    pub fn new(choices: &[u32], wanted: Wanted) -> Self {
        let tape = &mut Tape::new(choices);
        let mut frame = vec![
            "standard(\"law\", #{ title: \"试\", version: \"1\", document: \"无\", notice: \"参考\" });"
                .to_string(),
            "chapter(\"1-a\", #{ title: \"甲章\" });".into(),
            "chapter(\"2-b\", #{ title: \"乙章\" });".into(),
        ];
        let mut grades = false;
        if wanted.scheme {
            let scheme = scheme(tape);
            grades = scheme.contains("grades");
            frame.push(scheme);
        }
        let mut declared = vec!["group(\"组\");".to_string()];
        let mut zeros = Vec::new();
        for at in 0..FIELDS.len() {
            let (text, zero) = field(tape, at, wanted.narrow);
            declared.push(text);
            zeros.push(zero);
        }
        declared.extend(parameters(tape));
        let mut writer = Writer {
            tape,
            value: None,
            filled: wanted.filled,
        };
        let mut checks = Vec::new();
        for _ in 0..writer.tape.below(4) {
            checks.push(match writer.tape.below(4) {
                0 => "件一 <= 件二".to_string(),
                1 => "面一 + 面二 == f_area_3".into(),
                2 => "日一 <= 日二".into(),
                _ => writer.condition(1),
            });
        }
        let mut rules: Vec<Rule> = (0..wanted.rules)
            .map(|index| writer.rule(format!("A-{index}")))
            .collect();
        if wanted.scheme {
            for rule in &mut rules {
                let kinds = ["", "", "", ", kind: \"bonus\"", ", kind: \"penalty\""];
                rule.options += writer.tape.pick(&kinds);
                let vetoes = [
                    "",
                    "",
                    "",
                    ", veto: \"fail\"",
                    ", veto: \"gate\"",
                    ", veto: \"良好\"",
                ];
                let veto = writer.tape.pick(&vetoes);
                if grades || !veto.contains("良好") {
                    rule.options += veto;
                }
            }
        }
        let severities: Vec<&str> = checks
            .iter()
            .map(|_| writer.tape.pick(&["error", "error", "warning"]))
            .collect();
        let mut checks: Vec<(String, &str)> = checks.into_iter().zip(severities).collect();
        loop {
            let first = rules.len().div_ceil(2);
            let mut lines = declared.clone();
            lines.extend(checks.iter().map(|(text, severity)| {
                format!("data_check({text}, \"不对\", #{{ severity: \"{severity}\" }});")
            }));
            lines.extend(rules[..first].iter().map(Rule::text));
            let mut second = vec!["group(\"组\");".to_string()];
            second.extend(rules[first..].iter().map(Rule::text));
            let files = vec![
                source("standard.rhai", frame.join("\n")),
                source("1-a/x.rhai", lines.join("\n")),
                source("2-b/x.rhai", second.join("\n")),
            ];
            let problems = match compile(&files) {
                Ok(compiled) => {
                    return Self {
                        files,
                        rulebook: compiled.rulebook,
                        rules,
                        checks: checks.into_iter().map(|(text, _)| text).collect(),
                        zeros,
                    };
                }
                Err(problems) => problems,
            };
            // What can't hold, or holds whatever is entered, is rightly refused; it is left out.
            for problem in problems
                .iter()
                .rev()
                .filter(|problem| !problem.trouble.warning)
            {
                let told = shown(std::slice::from_ref(problem));
                let code = problem.trouble.code;
                assert!(
                    matches!(code, "always-false" | "constant-condition"),
                    "{told}\n{}",
                    lines.join("\n")
                );
            }
            let spoilt = |file: &str, line: usize| {
                let mut errors = problems.iter().filter(|problem| !problem.trouble.warning);
                errors.any(|problem| problem.file == file && problem.line == line)
            };
            let (head, count) = (declared.len(), checks.len());
            let mut line = head;
            checks.retain(|_| {
                line += 1;
                !spoilt("1-a/x.rhai", line)
            });
            let mut index = 0;
            rules.retain(|_| {
                index += 1;
                match index <= first {
                    true => !spoilt("1-a/x.rhai", head + count + index),
                    false => !spoilt("2-b/x.rhai", index - first + 1),
                }
            });
        }
    }

    /// What may be entered for a slot.
    pub fn domain(&self, slot: usize) -> Vec<String> {
        let (field, _) = self.rulebook.field_of(slot as u32).unwrap();
        let all: &[&str] = match field.kind {
            FieldType::YesNo => &["是", "否"],
            FieldType::Choice => &["甲等", "乙等", "丙等"],
            FieldType::Date => &[
                "2024-01-15",
                "2023-06-30",
                "2021-02-28",
                "2024-02-29",
                "2025-01-01",
            ],
            FieldType::Text => &["好", "差"],
            FieldType::Count => &["5", "0", "1", "10", "3"],
            FieldType::Percent => &["90", "50", "0", "33.3", "100"],
            FieldType::Number => &["5", "0", "1", "2.5", "10", "-3", "0.25", "99.99"],
        };
        let allowed = |text: &&&str| {
            let number = duibiao::number::Number::parse(text);
            number.is_none_or(|number| duibiao::entry::check_limits(field, &number).is_ok())
        };
        let percent = |text: &&str| match *text {
            // Alone it would be asked about.
            "1" | "0.25" if field.unit == "%" => format!("{text}%"),
            text => text.into(),
        };
        all.iter().filter(allowed).map(percent).collect()
    }

    /// What a parameter may be set to.
    pub fn settings(&self, parameter: usize) -> Vec<String> {
        let parameter = &self.rulebook.parameters[parameter];
        if parameter.choices.is_empty() {
            ["5", "60", "2", "90"].map(String::from).to_vec()
        } else {
            parameter.choices.clone()
        }
    }

    /// Entries with a share of missing, unreadable and out-of-limit values.
    pub fn entries(&self) -> impl Strategy<Value = Entry> + use<> {
        let sample = self.clone();
        tapes(120).prop_map(move |tape| sample.fill(&tape, Filling::MIXED).entry)
    }

    pub fn fill(&self, choices: &[u32], filling: Filling) -> Filled {
        let tape = &mut Tape::new(choices);
        let so_often = |tape: &mut Tape<'_>, many: usize| many > 0 && tape.once_in(many);
        let as_of = tape.pick(&["2024-01-01", "2024-06-01", "2023-03-01", "2020-01-01"]);
        let mut filled = Filled {
            entry: Entry::default(),
            as_of: Date::parse(as_of).unwrap(),
            values: vec![None; self.rulebook.slots()],
            set: vec![None; self.rulebook.parameters.len()],
        };
        for slot in 0..self.rulebook.slots() {
            if so_often(tape, filling.missing) {
                continue;
            }
            let (field, key) = self.rulebook.field_of(slot as u32).unwrap();
            let name = tape.pick(&[&field.id, &field.name]);
            let name = if filling.ids { &field.id } else { name };
            let name = key.map_or(name.clone(), |key| format!("{name}.{key}"));
            let mut value = tape.pick(&self.domain(slot));
            if so_often(tape, filling.long) {
                let long = tape.pick(&LONG);
                let number = duibiao::number::Number::parse(long).unwrap();
                let holds = matches!(
                    field.kind,
                    FieldType::Number | FieldType::Count | FieldType::Percent
                );
                if holds && duibiao::entry::check_limits(field, &number).is_ok() {
                    value = long.into();
                }
            }
            let text = if so_often(tape, filling.wrong) {
                tape.pick(&["约5", "1,2", "—", "-99999", "是否", "2024-02-30"])
                    .into()
            } else {
                filled.values[slot] = Some(value.clone());
                as_staff_write(tape, &value, field.kind, &field.unit)
            };
            // A text field takes every text.
            if field.kind == FieldType::Text {
                filled.values[slot] = Some(text.clone());
            }
            filled.entry.fields.push((name, Given::Text(text)));
        }
        for (index, parameter) in self.rulebook.parameters.iter().enumerate() {
            let known = duibiao::check::in_force(parameter, filled.as_of).is_some();
            if (filling.set && !known) || tape.once_in(6) {
                let value = tape.pick(&self.settings(index));
                filled.set[index] = Some(value.clone());
                filled
                    .entry
                    .parameters
                    .push((parameter.id.clone(), Given::Text(value)));
            }
        }
        for indicator in &self.rulebook.indicators {
            if so_often(tape, filling.aside) {
                let reason = Given::Text("没有".into());
                if tape.below(2) == 0 {
                    filled
                        .entry
                        .not_applicable
                        .push((indicator.id.clone(), reason));
                } else {
                    let until = tape.pick(&["2030-01-01", "2023-06-30"]);
                    let items = [("reason", "修路"), ("by", "办公室"), ("until", until)];
                    let items = items.map(|(key, text)| (key.into(), Given::Text(text.into())));
                    let waived = (indicator.id.clone(), Given::Keyed(items.into()));
                    filled.entry.waived.push(waived);
                }
            }
        }
        filled
    }
}

/// A value as staff write it, one way or another.
fn as_staff_write(tape: &mut Tape<'_>, value: &str, kind: FieldType, unit: &str) -> String {
    let number = matches!(
        kind,
        FieldType::Number | FieldType::Count | FieldType::Percent
    );
    match tape.below(5) {
        _ if value.ends_with('%') => value.into(),
        1 if number && !unit.is_empty() => format!("{value} {unit}"),
        2 if number => value
            .chars()
            .map(|c| match c {
                '-' | '.' => c,
                digit => char::from_u32(digit as u32 + 0xfee0).unwrap(),
            })
            .collect(),
        _ => value.into(),
    }
}
