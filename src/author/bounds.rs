//! What a number may be where points are reckoned with it, told of what is written and of
//! every value of a parameter. What a user sets is told when data is read (`entry`).

use super::State;
use super::problem::Trouble;
use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Constant, Id, Node};

/// What a number may be.
#[derive(Clone, Debug)]
pub enum Bound {
    /// Above zero: what one divides by, or loses.
    AboveZero,
    /// Zero or more.
    FromZero,
    /// A share, in %.
    Share,
    /// Points of so many.
    UpTo(Number),
    /// Points that are less than so many, as otherwise nothing is ever lost.
    Below(Number),
}

impl Bound {
    fn holds(&self, number: &Number) -> bool {
        match self {
            Self::AboveZero => number.signum() > 0,
            _ if number.signum() < 0 => false,
            Self::FromZero => true,
            Self::Share => *number <= Number::from(100),
            Self::UpTo(full) => number <= full,
            Self::Below(full) => number < full || number.is_zero(),
        }
    }

    /// What it should be, in both languages.
    fn words(&self) -> (String, String) {
        match self {
            Self::AboveZero => ("大于 0 的数".into(), "a number above 0".into()),
            Self::FromZero => ("不小于 0 的数".into(), "a number not below 0".into()),
            Self::Share => (" 0 到 100 的数".into(), "a number from 0 to 100".into()),
            Self::UpTo(full) => {
                let full = full.exact();
                let zh = format!(" 0 到满分 {full} 的数");
                (zh, format!("a number from 0 to the full {full}"))
            }
            Self::Below(full) => {
                let full = full.exact();
                let zh = format!("不小于 0、小于满分 {full} 的数");
                (zh, format!("a number from 0 and below the full {full}"))
            }
        }
    }
}

/// A number that an expression is, whatever the data.
#[derive(Clone, Debug)]
pub struct Known {
    pub number: Number,
    /// The parameter that has this value, by index, and from when.
    pub of: Option<(usize, Date)>,
}

/// All numbers that an expression is known to be: what is written, or the values of a parameter.
pub fn known(state: &State, id: Id) -> Vec<Known> {
    let (id, factor) = match state.trace.graph.node(id) {
        Some(Node::Convert(of, factor)) => (*of, factor.clone()),
        _ => (id, Number::ONE),
    };
    let scaled = |number: &Number, of| {
        let number = number.checked_mul(&factor)?;
        Some(Known { number, of })
    };
    match state.trace.graph.node(id) {
        Some(Node::Constant(Constant::Number(number))) => {
            scaled(number, None).into_iter().collect()
        }
        Some(Node::Parameter(index)) => {
            let index = *index as usize;
            let parameter = state.rulebook.parameters.get(index);
            let values = parameter.into_iter().flat_map(|line| &line.values);
            let known = values.filter_map(|value| match &value.value {
                Constant::Number(number) => scaled(number, Some((index, value.from))),
                _ => None,
            });
            known.collect()
        }
        _ => Vec::new(),
    }
}

/// What is said of an option of a word that is not what it may be.
pub fn trouble(state: &State, word: &str, key: &str, id: Id, bound: &Bound) -> Option<Trouble> {
    let mut all = known(state, id).into_iter();
    let wrong = all.find(|known| !bound.holds(&known.number))?;
    let written = wrong.number.exact();
    let (zh, en) = bound.words();
    if let Some((zh_of, en_of)) = whose(state, &wrong) {
        let trouble = Trouble::new(
            "wrong-option",
            format!("{word} 的 {key} 应为{zh}，{zh_of}"),
            format!("{key} of {word} should be {en}; {en_of}"),
        )
        .advice(
            format!("改参数的这个值，或把 {key} 改成{zh}"),
            format!("change that value of the parameter, or let {key} be {en}"),
        );
        return Some(declared_at(state, trouble, &wrong));
    }
    let trouble = Trouble::new(
        "wrong-option",
        format!("{word} 的 {key} 应为{zh}，这里是 {written}"),
        format!("{key} of {word} should be {en}, here is {written}"),
    )
    .advice(format!("把 {key} 改成{zh}"), format!("let {key} be {en}"))
    .marks(written);
    let trouble = match key {
        "target" => trouble.advice(
            "把 target 改成大于 0 的数；下降多少写成 前 - 后，也是正数",
            "let target be above 0; a fall is written before - after, and is above 0, too",
        ),
        _ => trouble,
    };
    // A minus before what is lost says twice that it is lost.
    let lost = matches!(key, "step" | "lose" | "penalty_cap" | "warn_loss");
    let turned = wrong.number.neg();
    let meant = lost && wrong.number.signum() < 0 && bound.holds(&turned);
    Some(trouble.like(meant.then(|| turned.exact()).as_deref(), false))
}

/// Which parameter a number is a value of, in both languages.
pub fn whose(state: &State, known: &Known) -> Option<(String, String)> {
    let (index, from) = known.of?;
    let name = &state.rulebook.parameters.get(index)?.label;
    let (from, number) = (from.iso(), known.number.exact());
    Some((
        format!("“{name}”自 {from} 起是 {number}"),
        format!("“{name}” is {number} from {from} on"),
    ))
}

/// Says where the parameter of a number is declared.
pub fn declared_at(state: &State, trouble: Trouble, known: &Known) -> Trouble {
    let index = known.of.map(|(index, _)| index);
    let parameter = index.and_then(|index| state.rulebook.parameters.get(index));
    match parameter {
        Some(parameter) => state.declared_first(trouble, &parameter.label),
        None => trouble,
    }
}
