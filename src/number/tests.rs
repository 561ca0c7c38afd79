//! The laws of exact numbers, held against big integers computed another way.

use super::*;
use num_bigint::{BigInt, BigUint, Sign};
use proptest::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The oracle.
pub(super) type Exact = num_rational::Ratio<BigInt>;

pub(super) fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

pub(super) fn exact(number: &Number) -> Exact {
    let parts = number.parts();
    let sign = if parts.negative {
        Sign::Minus
    } else {
        Sign::Plus
    };
    Exact::new(
        BigInt::from_biguint(sign, BigUint::new(parts.num.limbs().to_vec())),
        BigUint::new(parts.den.limbs().to_vec()).into(),
    )
}

fn from_exact(value: &Exact) -> Option<Number> {
    let natural = |value: &BigInt| {
        let limbs = value.magnitude().to_u32_digits();
        Natural::from_limbs(limbs).unwrap_or_else(|| Natural::from(0_u64))
    };
    reduced(
        value.numer().sign() == Sign::Minus,
        natural(value.numer()),
        natural(value.denom()),
    )
}

/// Small numbers, the edges of `i64`, and numbers of up to 256 bits, often sharing factors.
pub(super) fn numbers() -> impl Strategy<Value = Number> {
    let integer = prop_oneof![
        -20_i64..20,
        -1_000_000_i64..1_000_000,
        any::<i64>(),
        Just(i64::MIN),
        Just(i64::MAX),
    ];
    let limbs = || prop::collection::vec(prop_oneof![any::<u32>(), Just(0), Just(u32::MAX)], 1..8);
    prop_oneof![
        integer.clone().prop_map(Number::from),
        (integer.clone(), integer).prop_filter_map("zero", |(a, b)| Number::ratio(a, b)),
        (any::<i64>(), 0_u32..20)
            .prop_filter_map("none", |(a, b)| Number::from_decimal(a.into(), b)),
        (any::<bool>(), limbs(), limbs(), 0_usize..200).prop_filter_map(
            "zero",
            |(negative, num, den, shift)| {
                let sign = if negative { Sign::Minus } else { Sign::Plus };
                let den = BigInt::from(BigUint::new(den));
                (den != BigInt::ZERO).then(|| {
                    let num = BigInt::from_biguint(sign, BigUint::new(num));
                    from_exact(&Exact::new(num << shift, den)).unwrap()
                })
            }
        ),
    ]
}

/// Reduced, positive below the line, and small exactly where it can be.
fn is_canonical(number: &Number) -> bool {
    let value = exact(number);
    let fits = i64::try_from(value.numer()).is_ok() && i64::try_from(value.denom()).is_ok();
    let parts = number.parts();
    matches!(number.0, Form::Small { .. }) == fits
        && parts.num.gcd(&parts.den).is_one()
        && !(parts.negative && parts.num.is_zero())
}

fn bytes(number: &Number) -> Vec<u8> {
    let mut out = Vec::new();
    number.write(&mut out);
    out
}

fn hash(number: &Number) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #[test]
    fn arithmetic_is_exact(a in numbers(), b in numbers()) {
        let (x, y) = (exact(&a), exact(&b));
        let mut pairs = vec![
            (a.checked_add(&b), &x + &y),
            (a.checked_sub(&b), &x - &y),
            (a.checked_mul(&b), &x * &y),
            (Some(a.neg()), -&x),
            (Some(a.abs()), if a.signum() < 0 { -&x } else { x.clone() }),
        ];
        if b.is_zero() {
            prop_assert_eq!(a.checked_div(&b), None);
        } else {
            pairs.push((a.checked_div(&b), &x / &y));
        }
        for (ours, theirs) in pairs {
            let ours = ours.unwrap();
            prop_assert!(is_canonical(&ours), "{}", ours);
            prop_assert_eq!(exact(&ours), theirs);
        }
        prop_assert_eq!(a.signum(), x.cmp(&Exact::from(BigInt::ZERO)) as i32);
        prop_assert_eq!(a.is_integer(), x.is_integer());
        let integer = x.is_integer().then(|| i64::try_from(x.numer()).ok()).flatten();
        prop_assert_eq!(a.to_i64(), integer);
    }

    #[test]
    fn what_was_done_can_be_undone(a in numbers(), b in numbers()) {
        let sum = a.checked_add(&b).and_then(|sum| sum.checked_sub(&b)).unwrap();
        prop_assert_eq!(hash(&sum), hash(&a));
        prop_assert_eq!(sum, a.clone());
        if !b.is_zero() {
            let product = a.checked_mul(&b).and_then(|product| product.checked_div(&b));
            prop_assert_eq!(product, Some(a));
        }
    }

    #[test]
    fn order_is_the_order_of_values(a in numbers(), b in numbers()) {
        prop_assert_eq!(a.cmp(&b), exact(&a).cmp(&exact(&b)));
        prop_assert_eq!(a.cmp(&a.clone()), Ordering::Equal);
        let above = a.checked_add(&number("1e-40")).unwrap();
        prop_assert!(a < above);
    }

    #[test]
    fn rounding_takes_the_right_neighbour(a in numbers(), digits in 0_u32..=30) {
        let scale = Exact::from(BigInt::from(10).pow(digits));
        let scaled = exact(&a) * &scale;
        let (floor, ceil) = (scaled.floor(), scaled.ceil());
        let (below, above) = (&scaled - &floor, &ceil - &scaled);
        let even = !floor.numer().bit(0);
        let half_even = if below < above || below == above && even { &floor } else { &ceil };
        for (ours, theirs) in [
            (a.floor(digits), &floor),
            (a.ceil(digits), &ceil),
            (a.round_half_even(digits), half_even),
        ] {
            let ours = ours.unwrap();
            prop_assert!(is_canonical(&ours));
            prop_assert_eq!(exact(&ours), theirs / &scale);
        }
    }

    #[test]
    fn bytes_return(a in numbers(), tail in prop::collection::vec(any::<u8>(), 0..4)) {
        let mut written = bytes(&a);
        written.extend(&tail);
        let mut rest = written.as_slice();
        prop_assert_eq!(Number::read(&mut rest), Some(a.clone()));
        prop_assert_eq!(rest, tail.as_slice());
        let whole = bytes(&a);
        for cut in 0..whole.len() {
            prop_assert_eq!(Number::read(&mut whole.get(..cut).unwrap()), None);
        }
    }

    #[test]
    fn any_bytes_are_refused_or_canonical(
        input in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            (0_u8..3, 0_u8..5, 0_u8..5, prop::collection::vec(prop_oneof![Just(0), any::<u8>()], 0..40))
                .prop_map(|(sign, num, den, limbs)| [vec![sign, 0, num, den], limbs].concat()),
            (numbers(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(number, at, byte)| {
                let mut bytes = bytes(&number);
                let at = at.index(bytes.len());
                *bytes.get_mut(at).unwrap() = byte;
                bytes
            }),
        ]
    ) {
        let mut rest = input.as_slice();
        if let Some(read) = Number::read(&mut rest) {
            prop_assert!(is_canonical(&read));
            let taken = input.len() - rest.len();
            prop_assert_eq!(bytes(&read), input.get(..taken).unwrap().to_vec());
        } else {
            prop_assert_eq!(rest, input.as_slice());
        }
    }
}

#[test]
fn decimals_do_not_drift() {
    let hundred = Number::from(100);
    assert_eq!(number("0.29").checked_mul(&hundred), Some(Number::from(29)));
    let rate = Number::ratio(57, 100)
        .unwrap()
        .checked_mul(&hundred)
        .unwrap();
    assert!(rate >= Number::from(57));
    assert!(number("89.999999") < Number::from(90));
    let tenths = (0..10).try_fold(Number::ZERO, |sum, _| sum.checked_add(&number("0.1")));
    assert_eq!(tenths, Some(Number::ONE));
    let thirds = (0..3).try_fold(Number::ZERO, |sum, _| sum.checked_add(&number("1/3")));
    assert_eq!(thirds, Some(Number::ONE));
}

#[test]
fn the_edges_of_i64_hold() {
    let (min, max) = (Number::from(i64::MIN), Number::from(i64::MAX));
    let beyond = number("9223372036854775808");
    assert_eq!(min.neg(), beyond);
    assert_eq!(beyond.neg(), min);
    assert_eq!(min.abs(), beyond);
    assert_eq!(max.checked_add(&Number::ONE), Some(beyond.clone()));
    assert_eq!(beyond.checked_sub(&Number::ONE), Some(max));
    assert_eq!(beyond.to_i64(), None);
    assert_eq!(Number::ratio(i64::MIN, i64::MIN), Some(Number::ONE));
    assert_eq!(Number::ratio(i64::MIN, -1), Some(beyond.clone()));
    assert_eq!(Number::ratio(0, i64::MIN), Some(Number::ZERO));
    let inverse = Number::ratio(1, i64::MIN).unwrap();
    assert_eq!(Number::ONE.checked_div(&min), Some(inverse.clone()));
    assert_eq!(Number::ONE.checked_div(&inverse), Some(min.clone()));
    assert_eq!(min.checked_mul(&inverse), Some(Number::ONE));
    assert_eq!(min.checked_div(&min), Some(Number::ONE));
    assert_eq!(Number::ratio(1, 0), None);
    for number in [min, beyond, inverse] {
        assert!(is_canonical(&number));
        assert_eq!(Number::read(&mut bytes(&number).as_slice()), Some(number));
    }
}

#[test]
fn decimals_are_made_from_parts() {
    for (mantissa, scale, text) in [
        (905, 1, "90.5"),
        (-29, 2, "-0.29"),
        (0, u32::MAX, "0"),
        (i128::MIN, 0, "-170141183460469231731687303715884105728"),
        (1, 25, "0.0000000000000000000000001"),
    ] {
        let made = Number::from_decimal(mantissa, scale).unwrap();
        assert_eq!(made.exact(), text);
    }
    assert_eq!(Number::from_decimal(1, 4000), None);
    assert_eq!(Number::from_decimal(i128::MAX, u32::MAX), None);
}

#[test]
fn nothing_grows_beyond_the_bound() {
    let mut power = Number::from(2);
    while let Some(square) = power.checked_mul(&power) {
        power = square;
    }
    assert_eq!(exact(&power).numer().bits(), 2049);
    let most = power
        .checked_sub(&Number::ONE)
        .unwrap()
        .checked_mul(&power)
        .unwrap();
    assert_eq!(exact(&most).numer().bits(), MAX_BITS as u64);
    assert_eq!(most.checked_add(&most), None);
    assert_eq!(most.checked_sub(&most), Some(Number::ZERO));
    assert_eq!(
        Number::read(&mut bytes(&most).as_slice()),
        Some(most.clone())
    );
    let least = Number::ONE.checked_div(&most).unwrap();
    assert_eq!(least.checked_mul(&least), None);
    assert_eq!(least.checked_mul(&most), Some(Number::ONE));
    // What cannot be computed can still be compared.
    let more = most.checked_div(&Number::from(3)).unwrap();
    assert!(least < more && more < most && most.neg() < more.neg());
    assert!(least.neg() < Number::ZERO && Number::ZERO < least);
    assert_eq!(most.floor(30), Some(most.clone()));
    let nearly = most.checked_div(&Number::from(7)).unwrap();
    assert_eq!(nearly.floor(30), None);
    assert_eq!(nearly.floor(31), None);
}

#[test]
fn halves_go_to_the_even_neighbour() {
    for (value, digits, rounded) in [
        ("2.5", 0, "2"),
        ("3.5", 0, "4"),
        ("-2.5", 0, "-2"),
        ("-3.5", 0, "-4"),
        ("0.5", 0, "0"),
        ("-0.5", 0, "0"),
        ("0.125", 2, "0.12"),
        ("0.135", 2, "0.14"),
        ("0.1250000000000000000000000000000001", 2, "0.13"),
        ("92.95", 1, "93"),
        ("92.85", 1, "92.8"),
        ("89.999999", 2, "90"),
        ("1/3", 30, "0.333333333333333333333333333333"),
    ] {
        let rounded = number(rounded);
        assert_eq!(
            number(value).round_half_even(digits),
            Some(rounded),
            "{value}"
        );
    }
    assert_eq!(number("-0.1").floor(0), Some(Number::from(-1)));
    assert_eq!(number("-0.1").ceil(0), Some(Number::ZERO));
    assert_eq!(number("0.1").ceil(0), Some(Number::ONE));
    assert_eq!(number("0.29").ceil(2), Some(number("0.29")));
}

#[test]
fn bytes_that_no_number_has_are_refused() {
    assert_eq!(bytes(&Number::from(-3)), [5, 1]);
    assert_eq!(bytes(&number("515/6")), [0x86, 0x08, 6]);
    for refused in [
        &[][..],
        &[2],
        &[4, 2],                               // 2/2
        &[0, 2],                               // 0/2
        &[0x82, 0, 1],                         // 1, but longer than it needs to be
        &[2, 0x81, 0],                         // the same below the line
        &[0, 0, 1, 1, 5, 0, 0, 0, 1, 0, 0, 0], // 5, as if it were big
        &[0, 0, 0, 1, 1, 0, 0, 0],             // no limbs
        &[0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 1],
        &[0xff; 20],
        // 2^64, which is 0 where the carry is lost.
        &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2, 1],
        // i64::MIN, as if it were big; the number 2^64 behind it is.
        &[1, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0x80, 1, 0, 0, 0],
        &[2, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0],
    ] {
        assert_eq!(Number::read(&mut &*refused), None, "{refused:?}");
    }
    // 2^4096, one limb beyond the bound.
    let mut beyond = vec![0, 0, 0x81, 1, 1];
    beyond.resize(5 + 128 * 4, 0);
    beyond.extend([1, 0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(Number::read(&mut beyond.as_slice()), None);
    let two_to_64 = [0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
    let read = Number::read(&mut two_to_64.as_slice());
    assert_eq!(read, Some(number("18446744073709551616")));
}
