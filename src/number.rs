//! Exact values: rational numbers, how they are rounded, shown and stored.
//!
//! Every decision and every point of a score is computed on [`Number`], without binary floating point: `0.29 * 100` is
//! 29, and `89.999999 >= 90` does not hold. A result too long to be honest data is `None`, never a wrong number.
//! Reading what staff type (full-width digits, `%`, `万`) belongs to `entry`, units to `unit`.

mod big;
mod text;

use big::Natural;
use std::cmp::Ordering;
pub use text::figures;

/// The most binary digits a numerator or a denominator may have.
pub const MAX_BITS: usize = 4096;

/// The most decimal places a value can be rounded to.
const MAX_ROUNDED: u32 = 30;

/// An exact rational number.
///
/// Equal values are equal in every respect: `==`, hash, text and bytes.
///
/// ```
/// use duibiao::number::Number;
///
/// let rate = Number::parse("0.29").and_then(|n| n.checked_mul(&Number::from(100)));
/// assert_eq!(rate, Some(Number::from(29)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Form);

/// Always reduced, and `Small` whenever it fits, so that derived equality is equality of values.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    /// `den` is at least 1 and at most `i64::MAX`.
    Small {
        num: i64,
        den: u64,
    },
    Big(Box<Parts>),
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Parts {
    negative: bool,
    num: Natural,
    den: Natural,
}

#[derive(Clone, Copy)]
enum Rounding {
    HalfEven,
    Floor,
    Ceil,
}

/// A power of ten, where it fits.
fn power_of_ten(exponent: u32) -> Option<u64> {
    let mut power = 1_u64;
    for _ in 0..exponent {
        power = power.checked_mul(10)?;
    }
    Some(power)
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(Form::Small { num: value, den: 1 })
    }
}

impl Number {
    /// 0.
    pub const ZERO: Number = Number(Form::Small { num: 0, den: 1 });
    /// 1.
    pub const ONE: Number = Number(Form::Small { num: 1, den: 1 });

    /// `num / den`; `None` if `den` is zero.
    pub fn ratio(num: i64, den: i64) -> Option<Number> {
        if den == 0 {
            return None;
        }
        let negative = (num < 0) != (den < 0);
        let (num, den) = (num.unsigned_abs(), den.unsigned_abs());
        let common = gcd(num, den);
        let (num, den) = (num / common, den / common);
        Some(small(negative, num, den).unwrap_or_else(|| fit(negative, num.into(), den.into())))
    }

    /// `mantissa / 10^scale`; `None` beyond [`MAX_BITS`].
    pub fn from_decimal(mantissa: i128, scale: u32) -> Option<Number> {
        if let Ok(num) = i64::try_from(mantissa)
            && let Some(den) = power_of_ten(scale)
            && let Ok(den) = i64::try_from(den)
        {
            return Number::ratio(num, den);
        }
        shifted(
            mantissa < 0,
            mantissa.unsigned_abs().into(),
            i32::try_from(scale).map_or(i32::MIN, |scale| -scale),
        )
    }

    /// `self + other`; `None` beyond [`MAX_BITS`].
    pub fn checked_add(&self, other: &Number) -> Option<Number> {
        if let (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) =
            (&self.0, &other.0)
        {
            if *b == 1
                && *d == 1
                && let Some(sum) = a.checked_add(*c)
            {
                return Some(Number::from(sum));
            }
            let common = gcd(*b, *d);
            let (b_rest, d_rest) = (b / common, d / common);
            // Each product is below 2^126 in size: no overflow.
            let sum = i128::from(*a) * i128::from(d_rest) + i128::from(*c) * i128::from(b_rest);
            if let Ok(num) = u64::try_from(sum.unsigned_abs()) {
                let common = gcd(num, common);
                if let Some(den) = b_rest.checked_mul(d / common)
                    && let Some(number) = small(sum < 0, num / common, den)
                {
                    return Some(number);
                }
            }
        }
        let (a, b) = (self.parts(), other.parts());
        let (mut left, mut right) = (a.num.multiply(&b.den), b.num.multiply(&a.den));
        let mut negative = a.negative;
        let num = if a.negative == b.negative {
            left.add(&right)
        } else {
            if left < right {
                std::mem::swap(&mut left, &mut right);
                negative = b.negative;
            }
            left.subtract(&right);
            left
        };
        reduced(negative, num, a.den.multiply(&b.den))
    }

    /// `self - other`; `None` beyond [`MAX_BITS`].
    pub fn checked_sub(&self, other: &Number) -> Option<Number> {
        self.checked_add(&other.neg())
    }

    /// `self * other`; `None` beyond [`MAX_BITS`].
    pub fn checked_mul(&self, other: &Number) -> Option<Number> {
        if let (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) =
            (&self.0, &other.0)
        {
            let negative = (*a < 0) != (*c < 0);
            let (a, c) = (a.unsigned_abs(), c.unsigned_abs());
            let (left, right) = (gcd(a, *d), gcd(c, *b));
            if let Some(num) = (a / left).checked_mul(c / right)
                && let Some(den) = (b / right).checked_mul(d / left)
                && let Some(number) = small(negative, num, den)
            {
                return Some(number);
            }
        }
        let (a, b) = (self.parts(), other.parts());
        reduced(
            a.negative != b.negative,
            a.num.multiply(&b.num),
            a.den.multiply(&b.den),
        )
    }

    /// `self / other`; `None` if `other` is zero (ask [`is_zero`](Self::is_zero) first) or beyond [`MAX_BITS`].
    pub fn checked_div(&self, other: &Number) -> Option<Number> {
        if let Form::Small { num, den } = other.0
            && let Some(inverse) = small(num < 0, den, num.unsigned_abs())
        {
            return (num != 0).then(|| self.checked_mul(&inverse))?;
        }
        let Parts { negative, num, den } = other.parts();
        self.checked_mul(&fit(negative, den, num))
    }

    /// `-self`.
    pub fn neg(&self) -> Number {
        self.with_sign(self.signum() > 0)
    }

    /// The absolute value.
    pub fn abs(&self) -> Number {
        self.with_sign(false)
    }

    /// -1, 0 or 1, as the number is below, at or above zero.
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Form::Small { num, .. } => num.signum() as i32,
            Form::Big(parts) if parts.negative => -1,
            Form::Big(_) => 1,
        }
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// Whether it is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Small { den, .. } => *den == 1,
            Form::Big(parts) => parts.den.is_one(),
        }
    }

    /// The value as an integer; `None` if it is not whole or out of range.
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Form::Small { num, den: 1 } => Some(num),
            _ => None,
        }
    }

    /// Numerator and denominator, reduced, where both fit; the denominator is above zero.
    pub fn small(&self) -> Option<(i64, i64)> {
        match self.0 {
            Form::Small { num, den } => Some((num, i64::try_from(den).ok()?)),
            Form::Big(_) => None,
        }
    }

    /// How long it takes to reckon with it: 0 where it fits in machine words, else the limbs of 32 bits that it has.
    pub fn length(&self) -> usize {
        match &self.0 {
            Form::Small { .. } => 0,
            Form::Big(parts) => parts.num.limbs().len() + parts.den.limbs().len(),
        }
    }

    /// Rounds to `digits` decimal places, a half to the even neighbour, as GB/T 8170 does.
    ///
    /// `None` if `digits` is above 30, or if the result is beyond [`MAX_BITS`] (only where `self` nearly is).
    pub fn round_half_even(&self, digits: u32) -> Option<Number> {
        self.rounded(digits, Rounding::HalfEven)
    }

    /// Rounds towards minus infinity, to `digits` decimal places; `None` as in [`round_half_even`](Self::round_half_even).
    pub fn floor(&self, digits: u32) -> Option<Number> {
        self.rounded(digits, Rounding::Floor)
    }

    /// Rounds towards plus infinity, to `digits` decimal places; `None` as in [`round_half_even`](Self::round_half_even).
    pub fn ceil(&self, digits: u32) -> Option<Number> {
        self.rounded(digits, Rounding::Ceil)
    }

    /// Appends the bytes of the number: two LEB128 varints, the zigzag numerator and the denominator.
    ///
    /// What does not fit in 64 bits has the sign (0 or 1) and a zero in their place, then the lengths of numerator and
    /// denominator in limbs of 32 bits, then these limbs, little-endian.
    pub fn write(&self, out: &mut Vec<u8>) {
        match &self.0 {
            Form::Small { num, den } => {
                write_varint(out, (num << 1 ^ num >> 63) as u64);
                write_varint(out, *den);
            }
            Form::Big(parts) => {
                let (num, den) = (parts.num.limbs(), parts.den.limbs());
                out.extend([u8::from(parts.negative), 0]);
                write_varint(out, num.len() as u64);
                write_varint(out, den.len() as u64);
                out.extend(num.iter().chain(den).flat_map(|limb| limb.to_le_bytes()));
            }
        }
    }

    /// Reads what [`write`](Self::write) wrote and moves `bytes` past it.
    ///
    /// `None`, with `bytes` as they were, for anything `write` would not have written.
    pub fn read(bytes: &mut &[u8]) -> Option<Number> {
        let mut rest = *bytes;
        let (first, den) = (read_varint(&mut rest)?, read_varint(&mut rest)?);
        let number = if den == 0 {
            let (num, den) = (read_varint(&mut rest)?, read_varint(&mut rest)?);
            let (num, den) = (read_natural(&mut rest, num)?, read_natural(&mut rest, den)?);
            let number =
                (first <= 1 && num.gcd(&den).is_one()).then(|| fit(first == 1, num, den))?;
            matches!(number.0, Form::Big(_)).then_some(number)?
        } else {
            let num = (first >> 1) as i64 ^ -((first & 1) as i64);
            (gcd(num.unsigned_abs(), den) == 1)
                .then(|| small(num < 0, num.unsigned_abs(), den))??
        };
        *bytes = rest;
        Some(number)
    }

    fn parts(&self) -> Parts {
        match &self.0 {
            Form::Small { num, den } => Parts {
                negative: *num < 0,
                num: num.unsigned_abs().into(),
                den: (*den).into(),
            },
            Form::Big(parts) => (**parts).clone(),
        }
    }

    fn with_sign(&self, negative: bool) -> Number {
        if let Form::Small { num, den } = self.0
            && let Some(number) = small(negative, num.unsigned_abs(), den)
        {
            return number;
        }
        let Parts { num, den, .. } = self.parts();
        fit(negative, num, den)
    }

    fn rounded(&self, digits: u32, how: Rounding) -> Option<Number> {
        if digits > MAX_ROUNDED {
            return None;
        }
        if self.is_integer() {
            return Some(self.clone());
        }
        if let Some((quotient, scale)) = self.scaled_small(digits, how) {
            let common = gcd(quotient, scale);
            if let Some(number) = small(self.signum() < 0, quotient / common, scale / common) {
                return Some(number);
            }
        }
        reduced(
            self.signum() < 0,
            self.scaled(digits, how),
            Natural::power_of_ten(digits),
        )
    }

    /// The absolute value times `10^digits`, rounded to a whole number as `how` rounds the signed value.
    fn scaled(&self, digits: u32, how: Rounding) -> Natural {
        if let Some((quotient, _)) = self.scaled_small(digits, how) {
            return quotient.into();
        }
        let Parts { negative, num, den } = self.parts();
        let (mut quotient, rest) = num.multiply(&Natural::power_of_ten(digits)).divide(&den);
        let mut gap = den;
        gap.subtract(&rest);
        if how.goes_up(negative, rest.is_zero(), rest.cmp(&gap), quotient.is_odd()) {
            quotient = quotient.add(&Natural::from(1_u64));
        }
        quotient
    }

    /// The same with `10^digits`, where 64 bits hold them.
    fn scaled_small(&self, digits: u32, how: Rounding) -> Option<(u64, u64)> {
        let Form::Small { num, den } = self.0 else {
            return None;
        };
        let scale = power_of_ten(digits)?;
        let scaled = num.unsigned_abs().checked_mul(scale)?;
        let den = den.max(1);
        let (quotient, rest) = (scaled / den, scaled % den);
        let half = rest.cmp(&(den - rest));
        let up = how.goes_up(num < 0, rest == 0, half, quotient & 1 == 1);
        Some((quotient + u64::from(up), scale))
    }
}

impl Rounding {
    /// Whether the absolute value goes up to the next step, `half` being its rest compared with the gap to that step.
    fn goes_up(self, negative: bool, exact: bool, half: Ordering, odd: bool) -> bool {
        match self {
            Rounding::HalfEven => half == Ordering::Greater || half == Ordering::Equal && odd,
            Rounding::Floor => negative && !exact,
            Rounding::Ceil => !negative && !exact,
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        if let (Form::Small { num: a, den: b }, Form::Small { num: c, den: d }) =
            (&self.0, &other.0)
        {
            return if b == d {
                a.cmp(c)
            } else {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            };
        }
        let (a, b) = (self.parts(), other.parts());
        let by_size = || a.num.multiply(&b.den).cmp(&b.num.multiply(&a.den));
        match (a.negative, b.negative) {
            (false, false) => by_size(),
            (true, true) => by_size().reverse(),
            (negative, other) => other.cmp(&negative),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The greatest common divisor; 1 for two zeros.
fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b > 1 {
        (a, b) = (b, a % b);
    }
    if b == 1 { 1 } else { a.max(1) }
}

/// The reduced `num / den` if it fits the small form.
fn small(negative: bool, num: u64, den: u64) -> Option<Number> {
    let num = if negative {
        0_i64.checked_sub_unsigned(num)?
    } else {
        i64::try_from(num).ok()?
    };
    i64::try_from(den).ok()?;
    Some(Number(Form::Small { num, den }))
}

/// The reduced `num / den` in the form it has to have.
fn fit(negative: bool, num: Natural, den: Natural) -> Number {
    if let (Some(num), Some(den)) = (num.to_u64(), den.to_u64())
        && let Some(number) = small(negative, num, den)
    {
        return number;
    }
    Number(Form::Big(Box::new(Parts { negative, num, den })))
}

/// `num / den`, with `den` not zero; `None` beyond [`MAX_BITS`].
fn reduced(negative: bool, mut num: Natural, mut den: Natural) -> Option<Number> {
    let common = num.gcd(&den);
    if !common.is_one() {
        (num, _) = num.divide(&common);
        (den, _) = den.divide(&common);
    }
    (num.bits() <= MAX_BITS && den.bits() <= MAX_BITS).then(|| fit(negative, num, den))
}

/// `num * 10^exponent`; `None` beyond [`MAX_BITS`].
fn shifted(negative: bool, num: Natural, exponent: i32) -> Option<Number> {
    if num.is_zero() {
        return Some(Number::ZERO);
    }
    // No numerator that gets here could bring a longer power back within the bound.
    if exponent.unsigned_abs() as usize > MAX_BITS {
        return None;
    }
    let power = Natural::power_of_ten(exponent.unsigned_abs());
    if exponent < 0 {
        reduced(negative, num, power)
    } else {
        reduced(negative, num.multiply(&power), Natural::from(1_u64))
    }
}

fn write_varint(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Refuses what is cut off, too large, or longer than it needs to be.
fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let part = u64::from(byte & 0x7f);
        if part << shift >> shift != part || (*byte == 0 && shift > 0) {
            return None;
        }
        value |= part << shift;
        if *byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn read_natural(bytes: &mut &[u8], limbs: u64) -> Option<Natural> {
    let limbs = usize::try_from(limbs)
        .ok()
        .filter(|limbs| *limbs <= MAX_BITS / 32)?;
    let (taken, rest) = bytes.split_at_checked(limbs * 4)?;
    *bytes = rest;
    let mut limbs = Vec::new();
    for limb in taken.as_chunks().0 {
        limbs.push(u32::from_le_bytes(*limb));
    }
    Natural::from_limbs(limbs)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]
mod tests;
