//! Natural numbers of any size, for what leaves the range of 64 bits.
//!
//! Small code is preferred to fast code: schoolbook multiplication, division by shifting and subtracting, the binary
//! greatest common divisor. Nothing here bounds the size; [`Number`](super::Number) does, after every operation.

use std::cmp::Ordering;

/// A natural number: limbs of 32 bits, the lowest first, the highest never zero.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Natural(Vec<u32>);

impl From<u128> for Natural {
    fn from(mut value: u128) -> Natural {
        let mut limbs = Vec::new();
        while value != 0 {
            limbs.push(value as u32);
            value >>= 32;
        }
        Natural(limbs)
    }
}

impl From<u64> for Natural {
    fn from(value: u64) -> Natural {
        Natural::from(u128::from(value))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Natural) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Natural) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Natural {
    /// 10 to the power of `exponent`.
    pub(super) fn power_of_ten(exponent: u32) -> Natural {
        let mut power = Natural(vec![1]);
        for _ in 0..exponent {
            power.scale(10, 0);
        }
        power
    }

    /// The number whose limbs, lowest first, are `limbs`; `None` unless the highest is there and not zero.
    pub(super) fn from_limbs(limbs: Vec<u32>) -> Option<Natural> {
        limbs
            .last()
            .is_some_and(|highest| *highest != 0)
            .then_some(Natural(limbs))
    }

    pub(super) fn limbs(&self) -> &[u32] {
        &self.0
    }

    pub(super) fn to_u64(&self) -> Option<u64> {
        (self.0.len() <= 2).then(|| self.limb(0) | self.limb(1) << 32)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_one(&self) -> bool {
        self.0 == [1]
    }

    pub(super) fn is_odd(&self) -> bool {
        self.limb(0) & 1 == 1
    }

    /// The number of binary digits; 0 for zero.
    pub(super) fn bits(&self) -> usize {
        let unused = self.0.last().map_or(0, |highest| highest.leading_zeros());
        self.0.len() * 32 - unused as usize
    }

    /// How often 2 divides it; 0 for zero.
    pub(super) fn trailing_zeros(&self) -> usize {
        let empty = self.0.iter().take_while(|limb| **limb == 0).count();
        let lowest = self.0.get(empty).map_or(0, |limb| limb.trailing_zeros());
        empty * 32 + lowest as usize
    }

    pub(super) fn add(&self, other: &Natural) -> Natural {
        let longest = self.0.len().max(other.0.len());
        let (mut sum, mut carry) = (Vec::new(), 0);
        for i in 0..=longest {
            carry += self.limb(i) + other.limb(i);
            sum.push(carry as u32);
            carry >>= 32;
        }
        Natural(sum).trimmed()
    }

    /// Takes away `other`, which must not be greater.
    pub(super) fn subtract(&mut self, other: &Natural) {
        let mut borrow = false;
        for (i, limb) in self.0.iter_mut().enumerate() {
            let away = other.0.get(i).copied().unwrap_or(0);
            if !borrow && i >= other.0.len() {
                break;
            }
            let (rest, under) = limb.overflowing_sub(away);
            let (rest, under_again) = rest.overflowing_sub(u32::from(borrow));
            *limb = rest;
            borrow = under || under_again;
        }
        self.trim();
    }

    pub(super) fn multiply(&self, other: &Natural) -> Natural {
        let mut product = vec![0; self.0.len() + other.0.len()];
        for (i, factor) in self.0.iter().enumerate() {
            let mut carry = 0;
            let others = other.0.iter().copied().chain([0]);
            for (slot, limb) in product.iter_mut().skip(i).zip(others) {
                carry += u64::from(*slot) + u64::from(*factor) * u64::from(limb);
                *slot = carry as u32;
                carry >>= 32;
            }
        }
        Natural(product).trimmed()
    }

    /// Multiplies by `factor` and adds `plus`, in place.
    pub(super) fn scale(&mut self, factor: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = carry as u32;
            carry >>= 32;
        }
        self.0.push(carry as u32);
        self.trim();
    }

    /// Divides by `divisor` in place and returns the remainder. A zero divisor counts as 1.
    pub(super) fn divide_small(&mut self, divisor: u32) -> u32 {
        let divisor = u64::from(divisor.max(1));
        let mut rest = 0;
        for limb in self.0.iter_mut().rev() {
            let value = rest << 32 | u64::from(*limb);
            *limb = (value / divisor) as u32;
            rest = value % divisor;
        }
        self.trim();
        rest as u32
    }

    /// Quotient and remainder. The divisor must not be zero.
    pub(super) fn divide(mut self, divisor: &Natural) -> (Natural, Natural) {
        if let [small] = divisor.0.as_slice() {
            let rest = self.divide_small(*small);
            return (self, Natural::from(u64::from(rest)));
        }
        let mut quotient = Natural(Vec::new());
        let Some(shift) = self.bits().checked_sub(divisor.bits()) else {
            return (quotient, self);
        };
        let mut shifted = divisor.shifted_up(shift);
        for _ in 0..=shift {
            let fits = self >= shifted;
            if fits {
                self.subtract(&shifted);
            }
            quotient.scale(2, u32::from(fits));
            shifted.shift_down(1);
        }
        (quotient, self)
    }

    /// The greatest common divisor; with zero, the other number.
    pub(super) fn gcd(&self, other: &Natural) -> Natural {
        let (mut a, mut b) = (self.clone(), other.clone());
        if a.is_zero() || b.is_zero() {
            return a.add(&b);
        }
        let (twos_a, twos_b) = (a.trailing_zeros(), b.trailing_zeros());
        a.shift_down(twos_a);
        b.shift_down(twos_b);
        while a != b {
            if a < b {
                std::mem::swap(&mut a, &mut b);
            }
            a.subtract(&b);
            a.shift_down(a.trailing_zeros());
        }
        a.shifted_up(twos_a.min(twos_b))
    }

    /// Divides by 2 to the power of `count`, rounding down, in place.
    pub(super) fn shift_down(&mut self, count: usize) {
        let (limbs, bits) = (count / 32, count % 32);
        for i in 0..self.0.len() {
            let pair = self.limb(i + limbs) | self.limb(i + limbs + 1) << 32;
            if let Some(limb) = self.0.get_mut(i) {
                *limb = (pair >> bits) as u32;
            }
        }
        self.trim();
    }

    fn shifted_up(&self, count: usize) -> Natural {
        let (limbs, bits) = (count / 32, count % 32);
        let below = |i: usize| i.checked_sub(limbs).map_or(0, |i| self.limb(i));
        let mut shifted = Vec::new();
        for i in 0..=self.0.len() + limbs {
            let lower = i.checked_sub(1).map_or(0, below);
            shifted.push(((below(i) << 32 | lower) << bits >> 32) as u32);
        }
        Natural(shifted).trimmed()
    }

    /// Its decimal digits in ASCII, the lowest first; none for zero.
    pub(super) fn into_digits(mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while !self.is_zero() {
            let mut nine = self.divide_small(1_000_000_000);
            for _ in 0..9 {
                digits.push(b'0' + (nine % 10) as u8);
                nine /= 10;
            }
        }
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        digits
    }

    fn limb(&self, i: usize) -> u64 {
        self.0.get(i).copied().unwrap_or(0).into()
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn trimmed(mut self) -> Natural {
        self.trim();
        self
    }
}
