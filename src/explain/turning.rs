//! Where things turn: the values of one slot at which a comparison changes its outcome, every
//! other slot staying as it is. Expressions are followed as fractions of linear functions.

use crate::check::{Value, Work, at};
use crate::number::Number;
use crate::rulebook::{Field, FieldType, Graph, Id, Node};
use std::cmp::Ordering;

/// The most pieces of a piecewise function that are followed.
const MOST_PIECES: usize = 16;

/// The most dates that are tried.
const MOST_DATES: usize = 1_000;

/// Values of a slot at which something may turn.
pub fn candidates(
    graph: &Graph,
    support: &[Id],
    values: &[Value],
    slot: u32,
    field: &Field,
    now: &Value,
    long: &Work,
) -> Vec<Value> {
    match field.kind {
        FieldType::YesNo => vec![Value::Truth(now != &Value::Truth(true))],
        FieldType::Choice => field
            .choices
            .iter()
            .map(|c| Value::Text(c.as_str().into()))
            .collect(),
        FieldType::Date => turning_dates(graph, support, values),
        FieldType::Text => Vec::new(),
        FieldType::Number | FieldType::Count | FieldType::Percent => {
            let mut found = Vec::new();
            let step =
                (0..field.digits).try_fold(Number::ONE, |step, _| step.checked_div(&10.into()));
            for turn in turning_points(graph, support, values, slot, long) {
                for near in [turn.floor(field.digits), turn.ceil(field.digits)]
                    .into_iter()
                    .flatten()
                {
                    let moved = |by: &Number| near.checked_add(by);
                    let down = step.as_ref().and_then(|step| moved(&step.neg()));
                    let up = step.as_ref().and_then(moved);
                    found.extend([Some(near.clone()), down, up].into_iter().flatten());
                }
                found.push(turn);
            }
            // Only values that have the field's decimal places, or are exactly on the line.
            found.retain(|number| {
                number
                    .decimals()
                    .is_some_and(|digits| digits <= field.digits)
            });
            found.sort_unstable();
            found.dedup();
            found.into_iter().map(Value::Number).collect()
        }
    }
}

/// Dates that are compared with something, and their neighbours.
fn turning_dates(graph: &Graph, support: &[Id], values: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    let mut periods = vec![0];
    for id in support {
        if let Some(Node::MonthsAfter(_, months)) = graph.node(*id) {
            let months = at(values, *months).number().and_then(Number::to_i64);
            periods.extend(months.and_then(|months| i32::try_from(months).ok()));
        }
    }
    periods.sort_unstable();
    periods.dedup();
    periods.truncate(MOST_PIECES);
    for id in support {
        let Some(Node::Compare(_, a, b)) = graph.node(*id) else {
            continue;
        };
        for side in [a, b] {
            let Value::Date(date) = at(values, *side) else {
                continue;
            };
            if found.len() > MOST_DATES {
                return found;
            }
            for months in &periods {
                let Some(date) = months.checked_neg().and_then(|by| date.months_after(by)) else {
                    continue;
                };
                // A period that ends on the last of a month may have begun up to three days later.
                let near = (-1..=3).map(|by| crate::date::Date::from_days(date.days() + by));
                found.extend(near.flatten().map(Value::Date));
            }
        }
    }
    found
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

    /// How long it takes to reckon with.
    fn length(&self) -> usize {
        let all = [&self.a, &self.b, &self.c, &self.d];
        all.into_iter().map(Number::length).sum()
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

    /// Where it is zero.
    fn root(&self) -> Option<Number> {
        if self.a.is_zero() {
            None
        } else {
            self.b.neg().checked_div(&self.a)
        }
    }
}

/// The values of a slot at which a comparison turns, every other slot staying as it is.
pub fn turning_points(
    graph: &Graph,
    support: &[Id],
    values: &[Value],
    slot: u32,
    long: &Work,
) -> Vec<Number> {
    let fits = |piece: &Piece| long.bears(piece.length());
    let mut pieces: Vec<Vec<Piece>> = Vec::with_capacity(support.len());
    let mut found = Vec::new();
    for id in support {
        let of = |id: &Id| {
            let place = support.binary_search(id).ok();
            place
                .and_then(|place| pieces.get(place))
                .map_or(&[][..], Vec::as_slice)
        };
        let pairs = |a: &Id, b: &Id, f: &dyn Fn(&Piece, &Piece) -> Option<Piece>| -> Vec<Piece> {
            let all = of(a)
                .iter()
                .flat_map(|a| of(b).iter().filter_map(move |b| f(a, b)))
                .filter(fits);
            all.take(MOST_PIECES).collect()
        };
        let union = |list: &[Id]| -> Vec<Piece> {
            list.iter()
                .flat_map(of)
                .take(MOST_PIECES)
                .cloned()
                .collect()
        };
        let sum = |list: &[Id]| -> Vec<Piece> {
            let mut total = vec![Piece::constant(&Number::ZERO)];
            for item in list {
                let next = total
                    .iter()
                    .flat_map(|a| of(item).iter().filter_map(move |b| a.add(b, 1)))
                    .filter(fits);
                total = next.take(MOST_PIECES).collect();
            }
            total
        };
        let scaled = |pieces: Vec<Piece>, by: &Number| -> Vec<Piece> {
            let scaled = pieces.iter().filter_map(|piece| piece.scale(by));
            scaled.filter(fits).collect()
        };
        let own = match graph.node(*id) {
            Some(Node::Slot(s)) if *s == slot => vec![Piece::identity()],
            Some(Node::Sum(list)) => sum(list),
            Some(Node::Average(list)) => match Number::ratio(1, list.len() as i64) {
                Some(share) => scaled(sum(list), &share),
                None => Vec::new(),
            },
            Some(Node::Difference(a, b)) => pairs(a, b, &|a, b| a.add(b, -1)),
            Some(Node::Product(a, b)) => pairs(a, b, &Piece::multiply),
            Some(Node::Quotient(a, b, _)) => pairs(a, b, &Piece::divide),
            Some(Node::Percent(a, b, _)) => scaled(pairs(a, b, &Piece::divide), &100.into()),
            Some(Node::Convert(a, factor)) => scaled(of(a).to_vec(), factor),
            Some(Node::Absolute(a)) => {
                let mut both = of(a).to_vec();
                both.extend(scaled(of(a).to_vec(), &Number::from(-1)));
                both
            }
            Some(Node::Least(list) | Node::Greatest(list)) => union(list),
            // What is rounded turns within one unit of its last digit.
            Some(Node::Round(a, digits, _)) => {
                let unit =
                    (0..*digits).try_fold(Number::ONE, |unit, _| unit.checked_div(&10.into()));
                let moved = |(by, of): (i64, i64)| {
                    let by = Number::ratio(by, of)?.checked_mul(unit.as_ref()?)?;
                    Some(Piece::constant(&by))
                };
                let moved: Vec<Piece> = [(0, 1), (1, 2), (-1, 2), (1, 1), (-1, 1)]
                    .into_iter()
                    .filter_map(moved)
                    .collect();
                let moved = &moved;
                let all = of(a)
                    .iter()
                    .flat_map(|a| moved.iter().filter_map(move |by| a.add(by, 1)));
                all.take(MOST_PIECES).collect()
            }
            Some(Node::When(_, a, b)) => union(&[*a, *b]),
            Some(Node::Compare(_, a, b)) => {
                let differences = pairs(a, b, &|a, b| a.add(b, -1));
                found.extend(differences.iter().filter_map(Piece::root));
                Vec::new()
            }
            _ => match at(values, *id) {
                Value::Number(number) => vec![Piece::constant(number)],
                _ => Vec::new(),
            },
        };
        pieces.push(own.into_iter().take(MOST_PIECES).collect());
    }
    found.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    found.dedup();
    found
}
