//! Where things turn: the values of one slot at which a comparison changes its outcome, every
//! other slot staying as it is. Expressions are followed as fractions of linear functions.

use crate::check::{Value, Work, at};
use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Field, FieldType, Graph, Id, Node, ordered};

/// The most pieces of a piecewise function that are followed.
const MOST_PIECES: usize = 16;

/// How far from where a date may turn it is tried: calendars make what is computed about a date inexact.
const NEAR_DAYS: [i32; 9] = [0, -1, 1, -2, 2, -3, 3, -31, 31];

/// Values of a slot at which something may turn.
pub fn candidates(
    graph: &Graph,
    support: &[Id],
    values: &[Value],
    slot: u32,
    field: &Field,
    now: &Value,
    work: &Work,
) -> Vec<Value> {
    let turns = || turning_points(graph, support, values, slot, work);
    match field.kind {
        FieldType::YesNo => vec![Value::Truth(now != &Value::Truth(true))],
        FieldType::Choice => {
            let mut found = Vec::new();
            for choice in &field.choices {
                found.push(Value::Text(choice.as_str().into()));
            }
            found
        }
        FieldType::Date => {
            let mut found = Vec::new();
            for turn in turns() {
                let days = turn.floor(0).and_then(|day| day.to_i64());
                let days = days.and_then(|days| i32::try_from(days).ok());
                for by in NEAR_DAYS {
                    let day = days.and_then(|days| Date::from_days(days.checked_add(by)?));
                    add(&mut found, day.map(Value::Date));
                }
            }
            found
        }
        FieldType::Text => Vec::new(),
        FieldType::Number | FieldType::Count | FieldType::Percent => {
            let mut found = Vec::new();
            for turn in turns() {
                let Some(below) = turn.floor(field.digits) else {
                    continue;
                };
                // The turn itself, or both sides of it, and what lies next to them.
                for by in -1..=2 {
                    add(&mut found, plus_steps(field, &below, by).map(Value::Number));
                }
            }
            found
        }
    }
}

/// A number so many of a field's steps from another one.
pub fn plus_steps(field: &Field, number: &Number, steps: i64) -> Option<Number> {
    number.checked_add(&last_place(field.digits)?.checked_mul(&Number::from(steps))?)
}

/// One unit of the last of some decimal places.
pub fn last_place(digits: u32) -> Option<Number> {
    Number::from_decimal(1, digits)
}

/// A function of one slot: (a·x + b) ÷ (c·x + d).
#[derive(Clone, Debug)]
struct Piece {
    a: Number,
    b: Number,
    c: Number,
    d: Number,
}

impl Piece {
    fn constant(value: &Number) -> Self {
        Self {
            a: Number::ZERO,
            b: value.clone(),
            c: Number::ZERO,
            d: Number::ONE,
        }
    }

    const fn identity() -> Self {
        Self {
            a: Number::ONE,
            b: Number::ZERO,
            c: Number::ZERO,
            d: Number::ONE,
        }
    }

    /// `None` where the result is of a higher degree.
    fn add(&self, other: &Self, sign: i64) -> Option<Self> {
        let sign = Number::from(sign);
        // The same denominator, or one that is a number.
        let (p, q) = if self.c.is_zero() {
            (other, self)
        } else {
            (self, other)
        };
        if !q.c.is_zero() {
            return None;
        }
        let (ps, qs) = if self.c.is_zero() {
            (sign, Number::ONE)
        } else {
            (Number::ONE, sign)
        };
        let linear = |x: &Number, y: &Number| x.checked_mul(y);
        // ps·(pa·x + pb)/(pc·x + pd) + qs·(qa·x + qb)/qd
        if !q.a.is_zero() && !p.c.is_zero() {
            return None;
        }
        let k = qs.checked_div(&q.d)?;
        let a = linear(&ps, &p.a)?.checked_add(&linear(
            &k,
            &linear(&q.b, &p.c)?.checked_add(&linear(&q.a, &p.d)?)?,
        )?)?;
        let b = linear(&ps, &p.b)?.checked_add(&linear(&k, &linear(&q.b, &p.d)?)?)?;
        Some(Self {
            a,
            b,
            c: p.c.clone(),
            d: p.d.clone(),
        })
    }

    fn scale(&self, by: &Number) -> Option<Self> {
        let (a, b) = (self.a.checked_mul(by)?, self.b.checked_mul(by)?);
        Some(Self {
            a,
            b,
            c: self.c.clone(),
            d: self.d.clone(),
        })
    }

    fn value(&self) -> Option<Number> {
        if self.a.is_zero() && self.c.is_zero() {
            self.b.checked_div(&self.d)
        } else {
            None
        }
    }

    fn multiply(&self, other: &Self) -> Option<Self> {
        match (self.value(), other.value()) {
            (Some(k), _) => other.scale(&k),
            (_, Some(k)) => self.scale(&k),
            _ => None,
        }
    }

    fn invert(&self) -> Self {
        Self {
            a: self.c.clone(),
            b: self.d.clone(),
            c: self.a.clone(),
            d: self.b.clone(),
        }
    }

    /// (a·x + b)/d over (a'·x + b')/d'.
    fn divide(&self, other: &Self) -> Option<Self> {
        if let Some(k) = other.value() {
            return self.scale(&Number::ONE.checked_div(&k)?);
        }
        if let Some(k) = self.value() {
            return other.invert().scale(&k);
        }
        if !self.c.is_zero() || !other.c.is_zero() {
            return None;
        }
        let top = self.scale(&other.d)?;
        let below = other.scale(&self.d)?;
        Some(Self {
            a: top.a,
            b: top.b,
            c: below.a,
            d: below.b,
        })
    }

    /// How long it takes to reckon with.
    fn length(&self) -> usize {
        self.a.length() + self.b.length() + self.c.length() + self.d.length()
    }

    /// Where it is zero.
    fn root(&self) -> Option<Number> {
        if self.a.is_zero() {
            None
        } else {
            self.b.neg().checked_div(&self.a)
        }
    }
}

/// The days of 400 years, after which the calendar begins anew.
const DAYS: i64 = 146_097;

/// What it costs to have a function in pieces.
const PIECES: usize = 8;

/// Adds a value, if there is one.
pub(super) fn add(values: &mut Vec<Value>, value: Option<Value>) {
    if let Some(value) = value {
        values.push(value);
    }
}

/// What `f` makes of each piece of one function with each of another one.
fn pairs(
    a: &[Piece],
    b: &[Piece],
    work: &Work,
    f: &dyn Fn(&Piece, &Piece) -> Option<Piece>,
) -> Vec<Piece> {
    let mut all = Vec::new();
    let cost = if a.len() * b.len() > 1 { PIECES } else { 0 };
    for a in a {
        for b in b {
            if all.len() < MOST_PIECES
                && work.bears(cost + a.length() + b.length())
                && let Some(piece) = f(a, b)
            {
                all.push(piece);
            }
        }
    }
    all
}

fn plus(a: &Piece, b: &Piece) -> Option<Piece> {
    a.add(b, 1)
}

fn constants(values: &[Option<Number>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for value in values.iter().flatten() {
        pieces.push(Piece::constant(value));
    }
    pieces
}

fn scaled(pieces: &[Piece], by: Option<Number>, work: &Work) -> Vec<Piece> {
    pairs(pieces, &constants(&[by]), work, &Piece::multiply)
}

/// What is rounded turns within one unit of its last digit.
fn rounded(pieces: &[Piece], unit: Option<Number>, work: &Work) -> Vec<Piece> {
    let mut moved = Vec::new();
    for by in &[0, 1, -1, 2, -2] {
        let by = || Number::ratio(*by, 2)?.checked_mul(unit.as_ref()?);
        moved.push(by());
    }
    pairs(pieces, &constants(&moved), work, &plus)
}

/// The values of a slot at which a comparison turns, every other slot staying as it is; of a date
/// in days, more or less.
pub fn turning_points(
    graph: &Graph,
    support: &[Id],
    values: &[Value],
    slot: u32,
    work: &Work,
) -> Vec<Number> {
    let pairs = |a: &[Piece], b: &[Piece], f: &dyn Fn(&Piece, &Piece) -> Option<Piece>| {
        pairs(a, b, work, f)
    };
    let scaled = |pieces: &[Piece], by: Option<Number>| scaled(pieces, by, work);
    let rounded = |pieces: &[Piece], unit: Option<Number>| rounded(pieces, unit, work);
    let mut pieces: Vec<(bool, Vec<Piece>)> = Vec::with_capacity(support.len());
    let mut found = Vec::new();
    let minus = |a: &Piece, b: &Piece| a.add(b, -1);
    for id in support {
        let place = |id: &Id| pieces.get(support.binary_search(id).ok()?);
        let of = |id: &Id| place(id).map_or(&[][..], |(_, pieces)| pieces.as_slice());
        let depends = |id: Id| place(&id).is_some_and(|(depends, _)| *depends);
        let union = |list: &[Id]| {
            let mut all = Vec::new();
            for id in list {
                all.extend_from_slice(of(id));
            }
            all.truncate(MOST_PIECES);
            all
        };
        let sum = |list: &[Id]| {
            let mut total = constants(&[Some(Number::ZERO)]);
            for id in list {
                total = pairs(&total, of(id), &plus);
            }
            total
        };
        // What does not apply whatever is in the slot takes no part.
        let applying = |list: &[Id]| {
            let mut left = Vec::new();
            for id in list {
                if depends(*id) || at(values, *id).policy().is_none() {
                    left.push(*id);
                }
            }
            left
        };
        let Some(node) = graph.node(*id) else {
            continue;
        };
        let mut turns = matches!(node, Node::Slot(s) if *s == slot);
        node.for_each(&mut |part| turns |= depends(part));
        let own = match node {
            _ if !turns => match at(values, *id) {
                Value::Number(number) => vec![Piece::constant(number)],
                Value::Date(date) => vec![Piece::constant(&Number::from(i64::from(date.days())))],
                _ => Vec::new(),
            },
            Node::Slot(_) => vec![Piece::identity()],
            Node::Sum(list) => sum(list),
            Node::Total(list) => sum(&applying(list)),
            Node::Average(list) => {
                let list = applying(list);
                scaled(&sum(&list), Number::ratio(1, list.len() as i64))
            }
            Node::Weighted(list) => {
                let list = applying(list);
                let weights = sum(&graph.weights(&list));
                pairs(&sum(&list), &weights, &Piece::divide)
            }
            Node::Difference(a, b) => pairs(of(a), of(b), &minus),
            Node::Product(a, b) => pairs(of(a), of(b), &Piece::multiply),
            Node::Quotient(a, b, _) => pairs(of(a), of(b), &Piece::divide),
            Node::Percent(a, b, _) => {
                let shares = pairs(of(a), of(b), &Piece::divide);
                scaled(&shares, Some(Number::from(100)))
            }
            Node::Convert(a, factor) => scaled(of(a), Some(factor.clone())),
            Node::Absolute(a) => {
                let signs = [Some(Number::ONE), Some(Number::from(-1))];
                pairs(of(a), &constants(&signs), &Piece::multiply)
            }
            Node::Least(list) | Node::Greatest(list) => union(list),
            Node::Round(a, digits, _) => rounded(of(a), last_place(*digits)),
            Node::When(condition, a, b) => match at(values, *condition).truth() {
                Some(true) if !depends(*condition) => of(a).to_vec(),
                Some(false) if !depends(*condition) => of(b).to_vec(),
                _ => union(&[*a, *b]),
            },
            Node::DaysBetween(a, b) => pairs(of(b), of(a), &minus),
            Node::YearsBetween(a, b) => {
                let years = scaled(&pairs(of(b), of(a), &minus), Number::ratio(400, DAYS));
                rounded(&years, Some(Number::ONE))
            }
            Node::MonthsAfter(a, months) => {
                let days = scaled(of(months), Number::ratio(DAYS, 4800));
                pairs(of(a), &days, &plus)
            }
            Node::Compare(_, a, b) => {
                let differences = pairs(of(a), of(b), &minus);
                for difference in &differences {
                    if let Some(root) = difference.root() {
                        found.push(root);
                    }
                }
                Vec::new()
            }
            _ => Vec::new(),
        };
        pieces.push((turns, own));
    }
    let mut told: Vec<Number> = Vec::new();
    for at in ordered(found.len(), &|a, b| found.get(a).cmp(&found.get(b))) {
        if let Some(number) = found.get(at).filter(|number| told.last() != Some(*number)) {
            told.push(number.clone());
        }
    }
    told
}
