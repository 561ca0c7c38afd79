//! Exact quantities for the oracle: fractions of big integers, with units, computed another way
//! than in `duibiao::number` and `duibiao::unit`.

use num_bigint::{BigInt, Sign};
use num_rational::Ratio;

pub type Q = Ratio<BigInt>;

pub fn whole(number: i64) -> Q {
    Q::from_integer(number.into())
}

pub fn is_negative(number: &Q) -> bool {
    number.numer().sign() == Sign::Minus
}

pub fn is_zero(number: &Q) -> bool {
    number.numer().sign() == Sign::NoSign
}

pub fn abs(number: &Q) -> Q {
    if is_negative(number) {
        -number
    } else {
        number.clone()
    }
}

/// A decimal or a fraction, as reports write numbers.
pub fn parse(text: &str) -> Q {
    if let Some((a, b)) = text.split_once('/') {
        return parse(a) / parse(b);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{part}").parse().expect(text);
    Q::new(digits, BigInt::from(10).pow(part.len() as u32))
}

/// Rounded to decimal places, half to even.
pub fn round(number: &Q, digits: u32) -> Q {
    let scale = Q::from_integer(BigInt::from(10).pow(digits));
    let scaled = number * &scale;
    let (down, half) = (scaled.floor(), Q::new(1.into(), 2.into()));
    let rest = &scaled - &down;
    let odd = (down.numer() % BigInt::from(2)).sign() != Sign::NoSign;
    let up = rest > half || (rest == half && odd);
    (if up { down + whole(1) } else { down }) / scale
}

/// Square metres, things, per cent, percentage points, days, years.
const BASES: usize = 6;

#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    scale: Q,
    powers: [i32; BASES],
}

impl Unit {
    fn of(scale: i64, base: Option<usize>) -> Self {
        let mut powers = [0; BASES];
        if let Some(base) = base {
            powers[base] = 1;
        }
        Self {
            scale: whole(scale),
            powers,
        }
    }

    /// The units that random standards use.
    pub fn parse(name: &str) -> Self {
        if let Some((above, below)) = name.split_once('/') {
            let (above, below) = (Self::parse(above), Self::parse(below));
            return above.by(&below, -1);
        }
        match name {
            "" => Self::of(1, None),
            "平方米" => Self::of(1, Some(0)),
            "公顷" | "万平方米" => Self::of(10_000, Some(0)),
            "平方公里" => Self::of(1_000_000, Some(0)),
            "个" => Self::of(1, Some(1)),
            "%" => Self::of(1, Some(2)),
            "百分点" => Self::of(1, Some(3)),
            "天" => Self::of(1, Some(4)),
            "年" => Self::of(1, Some(5)),
            _ => panic!("unit {name}"),
        }
    }

    fn by(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.powers;
        for (power, more) in powers.iter_mut().zip(other.powers) {
            *power += sign * more;
        }
        let scale = if sign > 0 {
            &self.scale * &other.scale
        } else {
            &self.scale / &other.scale
        };
        Self { scale, powers }
    }
}

/// A number in a unit; without one it takes any.
#[derive(Clone, Debug)]
pub struct Quantity {
    pub value: Q,
    pub unit: Option<Unit>,
    /// What a zero means where it is a denominator, if it is a field that says so.
    pub zero: Option<&'static str>,
}

impl Quantity {
    pub fn new(value: Q, unit: Option<Unit>) -> Self {
        Self {
            value,
            unit,
            zero: None,
        }
    }

    pub fn with(&self, value: Q) -> Self {
        Self::new(value, self.unit.clone())
    }

    /// The value in another unit.
    pub fn in_unit(&self, unit: Option<&Unit>) -> Q {
        match (&self.unit, unit) {
            (Some(own), Some(unit)) => {
                assert_eq!(own.powers, unit.powers, "{own:?} {unit:?}");
                &self.value * &own.scale / &unit.scale
            }
            _ => self.value.clone(),
        }
    }

    /// Both in one unit: that of the first that has one.
    pub fn aligned(list: &[Self]) -> (Vec<Q>, Option<Unit>) {
        let unit = list.iter().find_map(|one| one.unit.clone());
        let values = list.iter().map(|one| one.in_unit(unit.as_ref()));
        (values.collect(), unit)
    }

    pub fn add(&self, other: &Self, sign: i64) -> Self {
        let (share, points) = (Unit::parse("%"), Unit::parse("百分点"));
        let own = |one: &Self, unit: &Unit| one.unit.as_ref() == Some(unit);
        if own(self, &share) && (own(other, &points) || own(other, &share) && sign < 0) {
            let unit = if own(other, &points) { share } else { points };
            return Self::new(&self.value + &other.value * whole(sign), Some(unit));
        }
        let (values, unit) = Self::aligned(&[self.clone(), other.clone()]);
        Self::new(&values[0] + &values[1] * whole(sign), unit)
    }

    pub fn times(&self, other: &Self) -> Self {
        let unit = match (&self.unit, &other.unit) {
            (Some(a), Some(b)) => Some(a.by(b, 1)),
            (a, b) => a.clone().or(b.clone()),
        };
        Self::new(&self.value * &other.value, unit)
    }

    /// The divisor is not zero. What has no unit any more is a plain ratio.
    pub fn per(&self, other: &Self) -> Self {
        let one = Unit::parse("");
        let unit = match (&self.unit, &other.unit) {
            (a, Some(b)) => Some(a.as_ref().unwrap_or(&one).by(b, -1)),
            (a, None) => a.clone(),
        };
        let value = &self.value / &other.value;
        match unit {
            Some(unit) if unit.powers == one.powers => Self::new(value * unit.scale, Some(one)),
            unit => Self::new(value, unit),
        }
    }

    pub fn compare(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.in_unit(self.unit.as_ref()))
    }
}
