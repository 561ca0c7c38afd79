//! Rulebooks and modules: bytes that are damaged, and sound ones that say what no author would.

use crate::harness::{Target, fuzz, magnitude, mark};
use crate::probe;
use crate::probe::files::rule_files;
use crate::random::{Random, VALUES, damage};
use crate::uses;
use duibiao::author::compile;
use duibiao::date::Date;
use duibiao::number::Number;
use duibiao::rulebook::{
    Absent, Advice, Better, Constant, DataCheck, FieldType, Grade, Id, Kind, Node, Order, Place,
    Rounding, Rulebook, Scale, Steps, Unreadable, Veto, ZeroPolicy, section, with_section,
};

const SECTION: &str = "duibiao.rulebook";

/// Numbers at the ends of what is held, and beyond what is sensible.
fn number(random: &mut Random) -> Number {
    let power = |random: &mut Random| {
        let mut number = Number::from(7 + random.below(90) as i64 * 2);
        for _ in 0..random.below(10) {
            number = number.checked_mul(&number).unwrap_or(number);
        }
        number
    };
    let plain = |text: &str| Number::parse(text).unwrap();
    match random.below(9) {
        0 => Number::ZERO,
        1 => Number::from(-1),
        2 => Number::from([100, 90, 1000, 12][random.below(4)]),
        3 => plain(["1/3", "-1/7", "0.1", "93/100"][random.below(4)]),
        4 => Number::from([i64::MAX, i64::MIN, i64::MAX - 1, i64::from(i32::MIN)][random.below(4)]),
        5 => plain(["1e400", "1e-400", "-1e300"][random.below(3)]),
        6 => power(random),
        7 => {
            let (a, b) = (power(random), power(random));
            a.checked_div(&b).unwrap_or(a)
        }
        _ => Number::ratio(random.next() as i64, random.next() as i64 | 1).unwrap_or(Number::ONE),
    }
}

fn date(random: &mut Random) -> Date {
    Date::from_days(random.below(3_652_059) as i32 - 719_162).unwrap()
}

fn constant(random: &mut Random) -> Constant {
    match random.below(8) {
        0..5 => Constant::Number(number(random)),
        5 => Constant::Truth(random.once_in(2)),
        6 => Constant::Date(date(random)),
        _ => Constant::Text(random.pick(&["优", "whole", "按比例扣", "", "说明"]).into()),
    }
}

/// A node that refers to some of the first `count`.
fn node(random: &mut Random, rulebook: &Rulebook, count: usize) -> Node {
    let near = random.once_in(2);
    let id = |random: &mut Random| {
        // Near ones make deep expressions.
        let back = random.below(if near { count.min(4) } else { count });
        Id((count - 1 - back) as u32)
    };
    let list = |random: &mut Random| -> Vec<Id> {
        let length = match random.below(30) {
            0 => 0,
            1 => random.below(3_000),
            _ => 1 + random.below(4),
        };
        let same = id(random);
        let mixed = random.once_in(2);
        (0..length)
            .map(|_| if mixed { id(random) } else { same })
            .collect()
    };
    let zero = [
        ZeroPolicy::Invalid,
        ZeroPolicy::NotApplicable,
        ZeroPolicy::Met,
        ZeroPolicy::Missing,
    ][random.below(4)];
    let order = [
        Order::AtLeast,
        Order::Above,
        Order::AtMost,
        Order::Below,
        Order::Equal,
        Order::Unequal,
    ][random.below(6)];
    let slots = rulebook.slots().max(1);
    if count == 0 {
        return Node::Constant(constant(random));
    }
    match random.below(32) {
        0 | 1 => Node::Constant(constant(random)),
        2 | 3 => Node::Slot(random.below(slots) as u32),
        4 => Node::Parameter(random.below(rulebook.parameters.len()) as u32),
        5 => Node::Sum(list(random)),
        6 => Node::Difference(id(random), id(random)),
        7 | 8 => Node::Product(id(random), id(random)),
        9 => Node::Quotient(id(random), id(random), zero),
        10 => Node::Percent(id(random), id(random), zero),
        11 => Node::Convert(id(random), number(random)),
        12 => Node::Absolute(id(random)),
        13 => Node::Least(list(random)),
        14 => Node::Greatest(list(random)),
        15 => Node::Average(list(random)),
        16 => {
            let how = [Rounding::HalfEven, Rounding::Up, Rounding::Down][random.below(3)];
            Node::Round(
                id(random),
                [0, 2, 18, 30, 31, u32::MAX][random.below(6)],
                how,
            )
        }
        17 => Node::DaysBetween(id(random), id(random)),
        18 => Node::YearsBetween(id(random), id(random)),
        19 | 20 => Node::Compare(order, id(random), id(random)),
        21 => Node::All(list(random)),
        22 => Node::Any(list(random)),
        23 => Node::None(list(random)),
        24 => Node::AtLeast([0, 1, 2, u32::MAX][random.below(4)], list(random)),
        25 => Node::Not(id(random)),
        26 => Node::When(id(random), id(random), id(random)),
        27 => Node::Filled(random.below(slots) as u32),
        29 => Node::Total(list(random)),
        30 => Node::Weighted(list(random)),
        28 => Node::MonthsAfter(id(random), id(random)),
        _ => Node::Steps(Steps {
            value: id(random),
            line: id(random),
            above: random.once_in(2),
            step: id(random),
            lose: id(random),
            full: id(random),
            mode: id(random),
        }),
    }
}

fn push(rulebook: &mut Rulebook, node: Node) -> Id {
    let graph = &mut rulebook.graph;
    graph.nodes.push(node);
    graph.units.push(0);
    graph.places.push(Place::default());
    Id(graph.nodes.len() as u32 - 1)
}

/// Something done to a rulebook: what it says is another thing, or nonsense, in a sound form.
fn alter(random: &mut Random, rulebook: &mut Rulebook) {
    let count = rulebook.graph.nodes.len();
    let any = |random: &mut Random| Id(random.below(count) as u32);
    let field = random.below(rulebook.fields.len());
    let parameter = random.below(rulebook.parameters.len());
    let indicator = random.below(rulebook.indicators.len());
    let field = rulebook.fields.get_mut(field);
    let parameter = rulebook.parameters.get_mut(parameter);
    let judged = rulebook.indicators.get_mut(indicator);
    match random.below(26) {
        0..6 if count > 0 => {
            let at = random.below(count);
            rulebook.graph.nodes[at] = node(random, rulebook, at);
        }
        6..9 => {
            let mut last = Id(0);
            for _ in 0..random.size().min(500) {
                let node = node(random, rulebook, rulebook.graph.nodes.len());
                last = push(rulebook, node);
            }
            if let Some(judged) = rulebook.indicators.get_mut(indicator) {
                match random.below(3) {
                    0 => judged.meets = last,
                    1 => judged.score = Some(last),
                    _ => judged.applies = Some(last),
                }
            }
        }
        9 => {
            // The same shape over and over: what is shared many times unfolds without end.
            let mut last = any(random);
            let shape = random.below(7);
            let wide = [2, 3, 40, 2_000][random.below(4)];
            for _ in 0..[4, 40, 400][random.below(3)] {
                let list = vec![last; wide];
                last = push(
                    rulebook,
                    match shape {
                        0 => Node::Sum(list),
                        1 => Node::All(list),
                        2 => Node::Product(last, last),
                        3 => Node::Any(list),
                        4 => Node::Absolute(last),
                        5 => Node::When(last, last, last),
                        _ => Node::Quotient(last, any(random), ZeroPolicy::Invalid),
                    },
                );
                if wide > 100 && rulebook.graph.nodes.len() > count + 4 {
                    break;
                }
            }
            let of = push(rulebook, Node::Constant(Constant::Number(number(random))));
            let root = push(rulebook, Node::Compare(Order::AtLeast, last, of));
            if let Some(judged) = rulebook.indicators.get_mut(indicator) {
                judged.meets = if shape == 1 || shape == 3 { last } else { root };
            }
        }
        10 if count > 0 => {
            if let Some(judged) = judged {
                judged.meets = any(random);
                judged.score = random.once_in(2).then(|| any(random));
                judged.applies = random.once_in(4).then(|| any(random));
            }
        }
        11 => {
            if let Some(judged) = judged {
                judged.points = number(random);
                judged.kind = [Kind::Base, Kind::Bonus, Kind::Penalty][random.below(3)];
                judged.veto =
                    [None, Some(Veto::Fail), Some(Veto::Gate), Some(Veto::Cap(0))][random.below(4)];
                judged.deadline = random.once_in(2).then(|| date(random));
            }
        }
        12 => {
            if let Some(judged) = judged {
                let text: String = random.pick(VALUES).repeat(random.size());
                judged.advice.clone_from(&text);
                judged.advices.push(Advice {
                    condition: any(random),
                    text,
                });
                judged.id = random.pick(&["", "A-1", "😀", "constructor"]).into();
            }
        }
        13 => {
            if let Some(field) = field {
                field.kind = FieldType::WORDS[random.below(7)].1;
                field.digits = [0, 2, 12, 31, 4_000, u32::MAX][random.below(6)];
            }
        }
        14 => {
            if let Some(field) = field {
                field.min = random.once_in(2).then(|| number(random));
                field.max = random.once_in(2).then(|| number(random));
                field.better = [None, Some(Better::More), Some(Better::Less)][random.below(3)];
                field.given = random.once_in(2);
            }
        }
        15 => {
            if let Some(field) = field {
                field.choices = (0..random.below(4))
                    .map(|_| random.pick(VALUES).into())
                    .collect();
                field.unit = random.pick(&["", "%", "万", "万元", "‰", "亿"]).into();
                rulebook.scales.push(Scale {
                    unit: field.unit.clone(),
                    name: random.pick(&["", "元", "万", "%", "公顷"]).into(),
                    factor: number(random),
                });
            }
        }
        16 => {
            // More or fewer values: all slots behind move.
            if let Some(field) = field {
                field.keys = (0..random.size() % 3_000)
                    .map(|key| format!("{}", key % 2_900))
                    .collect();
            }
            let mut slot = 0;
            for field in &mut rulebook.fields {
                field.slot = slot;
                slot += field.width() as u32;
            }
        }
        17 => {
            if let Some(field) = field {
                let name = || {
                    random
                        .pick(&["", "area", "a.b", "机扫面积", "x\u{0}y"])
                        .to_string()
                };
                let mut name = name;
                (field.id, field.name, field.label) = (name(), name(), name());
            }
        }
        18 => {
            if let Some(parameter) = parameter {
                for value in &mut parameter.values {
                    value.value = constant(random);
                    (value.from, value.to) =
                        (date(random), random.once_in(2).then(|| date(random)));
                }
                parameter.choices = (0..random.below(3))
                    .map(|_| random.pick(VALUES).into())
                    .collect();
            }
        }
        19 => {
            if let Some(parameter) = parameter {
                parameter.values.truncate(random.below(2));
            }
        }
        20 if count > 0 => rulebook.data_checks.push(DataCheck {
            holds: any(random),
            message: random.pick(VALUES).into(),
            error: random.once_in(2),
        }),
        21 if count > 0 => {
            let scheme = &mut rulebook.scheme;
            let mut line = || random.once_in(2).then(|| any(random));
            (scheme.full, scheme.mean, scheme.pass) = (line(), line(), line());
            (
                scheme.chapter_floor,
                scheme.bonus_cap,
                scheme.penalty_cap,
                scheme.warn_loss,
            ) = (line(), line(), line(), line());
            scheme.absent = [Absent::LeaveOut, Absent::Rescale, Absent::Mean][random.below(3)];
            scheme.grades = (0..random.below(4))
                .map(|_| Grade {
                    name: "优".into(),
                    from: any(random),
                })
                .collect();
            let weighted = random.once_in(2);
            scheme.weights = rulebook
                .chapters
                .iter()
                .filter(|_| weighted)
                .map(|_| number(random))
                .collect();
        }
        22 if count > 1 => {
            let (a, b) = (random.below(count), random.below(count));
            rulebook.graph.nodes.swap(a, b);
        }
        23 => {
            // As many as a stranger likes.
            if let Some(judged) = judged.cloned() {
                for _ in 0..random.size().min(2_000) {
                    rulebook.indicators.push(judged.clone());
                }
            }
        }
        24 => {
            if let Some(chapter) = rulebook.chapters.last().cloned() {
                for _ in 0..random.size().min(2_000) {
                    rulebook.chapters.push(chapter.clone());
                }
                rulebook.scheme.weights.clear();
            }
        }
        _ => {
            if let Some(field) = rulebook.fields.last().cloned() {
                for _ in 0..random.size().min(1_000) {
                    let slot = rulebook.slots() as u32;
                    rulebook.fields.push(duibiao::rulebook::Field {
                        slot,
                        ..field.clone()
                    });
                }
            }
        }
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![crate::data::standard().to_bytes()];
    for standard in ["tests/data/standard", "rules/fire-safety"] {
        let compiled = compile(&rule_files(standard))
            .unwrap_or_else(|problems| panic!("{}", probe::shown(&problems)));
        seeds.push(compiled.rulebook.to_bytes());
    }
    seeds
}

fn read(bytes: &[u8]) -> Vec<u64> {
    match Rulebook::from_bytes(bytes) {
        Err(Unreadable::NotARulebook) => vec![1],
        Err(Unreadable::Damaged) => vec![2, mark(&[&"damaged", &magnitude(bytes.len())])],
        Ok(rulebook) => {
            // One way only to write it, so that its digest means something.
            assert!(
                rulebook.to_bytes() == bytes,
                "another way to write the same"
            );
            let mut traits = vec![mark(&[
                &magnitude(rulebook.graph.nodes.len()),
                &magnitude(rulebook.slots()),
            ])];
            traits.extend(uses::rulebook(
                rulebook,
                &mut Random::new(mark(&[&bytes.len()])),
            ));
            traits
        }
    }
}

struct Rulebooks;

impl Target for Rulebooks {
    const NAME: &'static str = "rulebook";

    fn seeds(&self) -> Vec<Vec<u8>> {
        seeds()
    }

    fn change(&self, random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = old.to_vec();
        match Rulebook::from_bytes(old) {
            Ok(mut rulebook) if !random.once_in(4) => {
                alter(random, &mut rulebook);
                rulebook.to_bytes()
            }
            _ => {
                damage(random, &mut bytes, other);
                bytes
            }
        }
    }

    fn try_it(&self, input: &[u8]) -> Vec<u64> {
        read(input)
    }
}

struct Modules;

impl Target for Modules {
    const NAME: &'static str = "module";

    fn seeds(&self) -> Vec<Vec<u8>> {
        // A type, and a section of another name, as tools leave behind.
        let empty = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\0\x06\x04nameX";
        let seeds = seeds();
        seeds
            .iter()
            .map(|bytes| with_section(empty, SECTION, bytes))
            .collect()
    }

    fn change(&self, random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = old.to_vec();
        if random.once_in(2) {
            // Where the sections begin.
            let rest = bytes.split_off(bytes.len().min(48));
            damage(random, &mut bytes, other);
            bytes.extend(rest);
        } else {
            damage(random, &mut bytes, other);
        }
        bytes
    }

    fn try_it(&self, input: &[u8]) -> Vec<u64> {
        let found = section(input, SECTION);
        // With a section of its own it is a module with that one, or was none.
        let again = with_section(input, SECTION, b"other");
        let other = section(&again, SECTION);
        assert!(other == Some(b"other") || (found.is_none() && again == input));
        match found {
            None => vec![3],
            Some(bytes) => read(bytes),
        }
    }
}

#[test]
fn rulebooks() {
    fuzz(&Rulebooks);
}

#[test]
fn modules() {
    fuzz(&Modules);
}
