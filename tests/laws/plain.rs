//! The words of the rule language as plain functions of plain values, for Rhai to run directly.
//!
//! Written from `rules/README.md`, not from the checker: there is no graph, and what is not
//! known is simply not there, so that a rule that needs it can't be run.

use crate::expressions::{Rule, Score};
use crate::quantity::{Q, Quantity, Unit, abs, is_negative, is_zero, parse, round, whole};
use crate::random::{Filled, KEYS, Sample};
use duibiao::check::in_force;
use duibiao::rulebook::{Constant, FieldType, ZeroPolicy};
use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Map, Scope};
use rust_decimal::Decimal;
use std::cmp::Ordering;

type Answer<T> = Result<T, Box<EvalAltResult>>;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Day {
    year: i64,
    month: i64,
    day: i64,
}

fn last_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// 2024-05-31; 2024-05 is the last of the month.
    pub fn parse(text: &str) -> Self {
        let parts: Vec<i64> = text
            .split('-')
            .map(|part| part.parse().expect(text))
            .collect();
        Self {
            year: parts[0],
            month: parts[1],
            day: parts.get(2).copied().unwrap_or(last_of(parts[0], parts[1])),
        }
    }

    /// Days since the first day of the year 2000, counted month by month.
    fn count(self) -> i64 {
        let mut days = self.day - 1;
        for month in 1..self.month {
            days += last_of(self.year, month);
        }
        let of_year = |year: i64| (1..=12).map(|month| last_of(year, month)).sum::<i64>();
        if self.year >= 2000 {
            days + (2000..self.year).map(of_year).sum::<i64>()
        } else {
            days - (self.year..2000).map(of_year).sum::<i64>()
        }
    }

    fn months_after(self, months: i64) -> Self {
        let all = self.year * 12 + self.month - 1 + months;
        let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
        Self {
            year,
            month,
            day: self.day.min(last_of(year, month)),
        }
    }

    fn whole_years_until(self, other: Self) -> i64 {
        if other < self {
            return -other.whole_years_until(self);
        }
        let passed = (other.month, other.day) >= (self.month, self.day);
        other.year - self.year - i64::from(!passed)
    }
}

/// What stops a rule from being run: a zero denominator, and what its policy says of it. Words for
/// lists get by without what does not apply, and where nothing was due.
#[derive(Clone, Copy, Debug)]
pub struct Zero(pub &'static str);

fn zero_denominator<T>(policy: &'static str) -> Answer<T> {
    let zero = Dynamic::from(Zero(policy));
    Err(EvalAltResult::ErrorRuntime(zero, rhai::Position::NONE).into())
}

/// The zero denominator that stopped a rule, if it was one.
pub fn zero_of(error: &EvalAltResult) -> Option<Zero> {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => zero_of(inner),
        EvalAltResult::ErrorRuntime(value, _) => value.clone().try_cast::<Zero>(),
        _ => None,
    }
}

fn number(value: &Dynamic) -> Answer<Quantity> {
    if let Ok(number) = value.as_int() {
        return Ok(Quantity::new(whole(number), None));
    }
    if let Ok(decimal) = value.as_decimal() {
        return Ok(Quantity::new(parse(&decimal.to_string()), None));
    }
    if let Some(Zero(policy)) = value.clone().try_cast::<Zero>() {
        return zero_denominator(policy);
    }
    let known = value.clone().try_cast::<Quantity>();
    known.ok_or_else(|| format!("no number: {value:?}").into())
}

/// The items of a list that apply.
fn applying(list: &[Dynamic]) -> Answer<Vec<Dynamic>> {
    let policy = |item: &Dynamic| item.clone().try_cast::<Zero>().map(|zero| zero.0);
    let aside: Vec<&'static str> = list.iter().filter_map(policy).collect();
    let mut left = list.to_vec();
    left.retain(|item| policy(item).is_none());
    let written = |item: &Dynamic| !item.is::<Quantity>();
    match aside.first() {
        // Lines are no parts.
        Some(_) if left.iter().all(written) => zero_denominator(match aside.contains(&"met") {
            true => "met",
            false => "not_applicable",
        }),
        Some(_) => {
            let quantities = left
                .iter()
                .cloned()
                .filter_map(Dynamic::try_cast::<Quantity>);
            // Perhaps a parameter.
            if quantities.clone().all(|quantity| quantity.zero.is_none()) {
                return Err("data or not".into());
            }
            Ok(left)
        }
        None => Ok(left),
    }
}

fn day(value: &Dynamic) -> Answer<Day> {
    if let Ok(text) = value.clone().into_string() {
        return Ok(Day::parse(&text));
    }
    let known = value.clone().try_cast::<Day>();
    known.ok_or_else(|| format!("no date: {value:?}").into())
}

fn numbers(list: &Array) -> Answer<Vec<Quantity>> {
    list.iter().map(number).collect()
}

fn truths(list: &Array) -> Answer<Vec<bool>> {
    let truth = |item: &Dynamic| item.as_bool().map_err(|_| "no condition".into());
    list.iter().map(truth).collect()
}

fn order(a: &Dynamic, b: &Dynamic) -> Answer<Ordering> {
    if a.is::<Day>() || b.is::<Day>() {
        return Ok(day(a)?.cmp(&day(b)?));
    }
    Ok(number(a)?.compare(&number(b)?))
}

fn holds(op: &str, order: Ordering) -> bool {
    match op {
        ">=" => order.is_ge(),
        ">" => order.is_gt(),
        "<=" => order.is_le(),
        "<" => order.is_lt(),
        "==" => order.is_eq(),
        _ => order.is_ne(),
    }
}

fn divide(a: &Quantity, b: &Quantity, policy: Option<&'static str>) -> Answer<Quantity> {
    if is_zero(&b.value) {
        return zero_denominator(policy.or(b.zero).unwrap_or("invalid"));
    }
    Ok(a.per(b))
}

fn share(a: &Dynamic, b: &Dynamic, policy: Option<&'static str>, percent: bool) -> Answer<Dynamic> {
    let (a, b) = (number(a)?, number(b)?);
    if is_zero(&b.value) {
        let policy = policy.or(b.zero).unwrap_or("invalid");
        if matches!(policy, "not_applicable" | "met") {
            return Ok(Dynamic::from(Zero(policy)));
        }
        return zero_denominator(policy);
    }
    let (values, _) = Quantity::aligned(&[a, b]);
    let (times, unit) = if percent { (100, "%") } else { (1, "") };
    let value = &values[0] / &values[1] * whole(times);
    let mut share = Quantity::new(value, Some(Unit::parse(unit)));
    // What it is anyway: it shows that data has a part in it.
    share.zero = Some("invalid");
    Ok(Dynamic::from(share))
}

fn policy(options: &Map) -> Option<&'static str> {
    let given = options.get("zero")?.clone().into_string().ok()?;
    ZeroPolicy::WORDS
        .iter()
        .map(|(word, _)| *word)
        .find(|word| *word == given)
}

fn fold(list: &[Quantity], of: impl Fn(&[Q]) -> Q) -> Quantity {
    let (values, unit) = Quantity::aligned(list);
    Quantity::new(of(&values), unit)
}

fn total(values: &[Q]) -> Q {
    values.iter().fold(whole(0), |sum, value| sum + value)
}

/// A scoring word and its options.
#[derive(Clone, Debug)]
struct Scoring(&'static str, Dynamic);

/// An engine with nothing of ours in it but the words.
pub fn engine(as_of: &str) -> Engine {
    let mut engine = Engine::new();
    engine.set_max_expr_depths(0, 0);
    macro_rules! operators {
        ($($a:ty, $b:ty);*) => {$(
            for op in [">=", ">", "<=", "<", "==", "!="] {
                engine.register_fn(op, move |a: $a, b: $b| -> Answer<bool> {
                    Ok(holds(op, order(&Dynamic::from(a), &Dynamic::from(b))?))
                });
            }
        )*};
    }
    operators!(
        Quantity, Quantity; Quantity, i64; i64, Quantity; Quantity, Decimal; Decimal, Quantity;
        Zero, Zero; Zero, Quantity; Zero, i64; Zero, Decimal; Quantity, Zero; i64, Zero; Decimal, Zero;
        Day, Day; Day, ImmutableString; ImmutableString, Day
    );
    macro_rules! arithmetic {
        ($($a:ty, $b:ty);*) => {$(
            for op in ["+", "-", "*", "/"] {
                engine.register_fn(op, move |a: $a, b: $b| -> Answer<Quantity> {
                    let (a, b) = (number(&Dynamic::from(a))?, number(&Dynamic::from(b))?);
                    match op {
                        "+" => Ok(a.add(&b, 1)),
                        "-" => Ok(a.add(&b, -1)),
                        "*" => Ok(a.times(&b)),
                        _ => divide(&a, &b, None),
                    }
                });
            }
        )*};
    }
    arithmetic!(
        Zero, Zero; Zero, Quantity; Zero, i64; Zero, Decimal; Quantity, Zero; i64, Zero; Decimal, Zero;
        Quantity, Quantity; Quantity, i64; i64, Quantity; Quantity, Decimal; Decimal, Quantity
    );
    engine.register_fn("-", |a: Quantity| a.with(-a.value.clone()));
    engine.register_fn("percent", |a: Dynamic, b: Dynamic| {
        share(&a, &b, None, true)
    });
    engine.register_fn("ratio", |a: Dynamic, b: Dynamic| share(&a, &b, None, false));
    engine.register_fn("percent", |a: Dynamic, b: Dynamic, options: Map| {
        share(&a, &b, policy(&options), true)
    });
    engine.register_fn("ratio", |a: Dynamic, b: Dynamic, options: Map| {
        share(&a, &b, policy(&options), false)
    });
    type Fold = fn(&[Q]) -> Q;
    let folds: [(&str, Fold); 4] = [
        ("sum", total),
        ("average", |values| {
            total(values) / whole(values.len() as i64)
        }),
        ("min", |values| values.iter().min().unwrap().clone()),
        ("max", |values| values.iter().max().unwrap().clone()),
    ];
    for (word, of) in folds {
        engine.register_fn(word, move |list: Array| -> Answer<Quantity> {
            Ok(fold(&numbers(&applying(&list)?)?, of))
        });
        engine.register_fn(word, move |a: Dynamic, b: Dynamic| -> Answer<Quantity> {
            Ok(fold(&numbers(&applying(&[a, b])?)?, of))
        });
    }
    engine.register_fn("abs", |a: Quantity| a.with(abs(&a.value)));
    engine.register_fn("ceil", |a: Quantity| a.with(a.value.ceil()));
    engine.register_fn("floor", |a: Quantity| a.with(a.value.floor()));
    engine.register_fn("round", |a: Quantity, digits: i64| {
        a.with(round(&a.value, digits as u32))
    });
    engine.register_fn("weighted_average", |list: Array| -> Answer<Quantity> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        for pair in list {
            let pair = pair.cast::<Array>();
            if !pair[0].is::<Zero>() {
                weights.push(number(&pair[1])?.value);
            }
            values.push(pair[0].clone());
        }
        let values = numbers(&applying(&values)?)?;
        if is_zero(&total(&weights)) {
            return zero_denominator("not_applicable");
        }
        Ok(fold(&values, |values| {
            let weighed: Vec<Q> = values.iter().zip(&weights).map(|(v, w)| v * w).collect();
            total(&weighed) / total(&weights)
        }))
    });
    engine.register_fn("count", |list: Array| -> Answer<Quantity> {
        let held = truths(&list)?.into_iter().filter(|truth| *truth).count();
        Ok(Quantity::new(whole(held as i64), None))
    });
    engine.register_fn("changes", |list: Array| -> Answer<Array> {
        let list = numbers(&list)?;
        let pairs = list.iter().zip(list.iter().skip(1));
        Ok(pairs
            .map(|(last, next)| Dynamic::from(next.add(last, -1)))
            .collect())
    });
    engine.register_fn("key", |list: Array, key: &str| -> Dynamic {
        let at = KEYS.iter().position(|known| *known == key);
        list[at.unwrap()].clone()
    });
    type Combine = fn(&[bool]) -> bool;
    let combined: [(&str, Combine); 3] = [
        ("all", |list| list.iter().all(|truth| *truth)),
        ("any", |list| list.iter().any(|truth| *truth)),
        ("none", |list| !list.iter().any(|truth| *truth)),
    ];
    for (word, of) in combined {
        engine.register_fn(word, move |list: Array| -> Answer<bool> {
            Ok(of(&truths(&list)?))
        });
    }
    engine.register_fn("at_least", |n: i64, list: Array| -> Answer<bool> {
        Ok(truths(&list)?.into_iter().filter(|truth| *truth).count() as i64 >= n)
    });
    engine.register_fn(
        "between",
        |a: Dynamic, low: Dynamic, high: Dynamic| -> Answer<bool> {
            Ok(order(&a, &low)?.is_ge() && order(&a, &high)?.is_le())
        },
    );
    engine.register_fn("one_of", |a: Dynamic, list: Array| -> Answer<bool> {
        if let Ok(word) = a.clone().into_string() {
            return Ok(list
                .iter()
                .any(|item| item.clone().into_string() == Ok(word.clone())));
        }
        for item in list {
            if order(&a, &item)?.is_eq() {
                return Ok(true);
            }
        }
        Ok(false)
    });
    let series = [
        ("not_decreasing", ">="),
        ("increasing", ">"),
        ("not_increasing", "<="),
        ("decreasing", "<"),
    ];
    for (word, op) in series {
        engine.register_fn(word, move |list: Array| -> Answer<bool> {
            for (last, next) in list.iter().zip(list.iter().skip(1)) {
                if !holds(op, order(next, last)?) {
                    return Ok(false);
                }
            }
            Ok(true)
        });
    }
    engine.register_fn("advise", |condition: bool, _: &str| condition);
    engine.register_fn("filled", |_: Dynamic| true);
    engine.register_fn(
        "when",
        |condition: bool, a: Dynamic, b: Dynamic| -> Answer<Dynamic> {
            let taken = if condition { &a } else { &b };
            if !a.is::<Quantity>() && !b.is::<Quantity>() {
                return Ok(taken.clone());
            }
            let (values, unit) = Quantity::aligned(&[number(&a)?, number(&b)?]);
            let value = values[usize::from(!condition)].clone();
            Ok(Dynamic::from(Quantity::new(value, unit)))
        },
    );
    engine.register_fn("date", Day::parse);
    let today = Day::parse(as_of);
    engine.register_fn("as_of", move || today);
    for (word, months) in [("years_after", 12), ("months_after", 1)] {
        engine.register_fn(word, move |from: Day, count: Dynamic| -> Answer<Day> {
            let months = number(&count)?.value * whole(months);
            Ok(from.months_after(months.to_integer().try_into().unwrap()))
        });
    }
    engine.register_fn("days_between", |a: Day, b: Day| {
        Quantity::new(whole(b.count() - a.count()), Some(Unit::parse("天")))
    });
    engine.register_fn("years_between", |a: Day, b: Day| {
        Quantity::new(whole(a.whole_years_until(b)), Some(Unit::parse("年")))
    });
    for word in ["per_step", "proportional", "per_occurrence"] {
        engine.register_fn(word, move |options: Map| Scoring(word, options.into()));
    }
    engine.register_fn("bands", |bands: Array| Scoring("bands", bands.into()));
    engine
}

/// What was entered, by the names that rules use; what is missing has no name.
pub fn scope(sample: &Sample, filled: &Filled) -> Scope<'static> {
    let mut scope = Scope::new();
    let rulebook = &sample.rulebook;
    for (field, zero) in rulebook.fields.iter().zip(&sample.zeros) {
        let slots = field.slot as usize..field.slot as usize + field.width();
        let values: Option<Array> = filled.values[slots]
            .iter()
            .map(|value| {
                let text = value.as_ref()?;
                Some(match field.kind {
                    FieldType::YesNo => (text == "是").into(),
                    FieldType::Choice | FieldType::Text => text.clone().into(),
                    FieldType::Date => Dynamic::from(Day::parse(text)),
                    FieldType::Number | FieldType::Count | FieldType::Percent => {
                        let unit = Some(Unit::parse(&field.unit));
                        let mut quantity = Quantity::new(parse(text.trim_end_matches('%')), unit);
                        quantity.zero = Some(zero);
                        Dynamic::from(quantity)
                    }
                })
            })
            .collect();
        let Some(mut values) = values else { continue };
        let value = match field.keys.is_empty() {
            true => values.remove(0),
            false => values.into(),
        };
        for name in [&field.id, &field.name] {
            scope.push(name.clone(), value.clone());
        }
    }
    for (index, parameter) in rulebook.parameters.iter().enumerate() {
        let dated = in_force(parameter, filled.as_of).map(|dated| match &dated.value {
            Constant::Number(number) => number.exact(),
            Constant::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        });
        let Some(text) = filled.set[index].clone().or(dated) else {
            continue;
        };
        if parameter.choices.is_empty() {
            let unit = Some(Unit::parse(&parameter.unit));
            scope.push(parameter.label.clone(), Quantity::new(parse(&text), unit));
        } else {
            scope.push(parameter.label.clone(), text);
        }
    }
    scope
}

/// Outcome and points.
pub type Verdict = (&'static str, Option<Q>);

/// What plain Rhai says of an indicator.
///
/// # Errors
///
/// Something that the rule needs is missing, or a denominator is zero: then the word of its policy.
pub fn judge(engine: &Engine, scope: &Scope<'_>, rule: &Rule) -> Answer<Verdict> {
    let mut scope = scope.clone();
    let run = |text: &str, scope: &mut Scope<'_>| -> Answer<Dynamic> {
        engine.eval_with_scope(scope, text)
    };
    if let Some(applies) = &rule.applies
        && !run(applies, &mut scope)?.as_bool().unwrap()
    {
        return Ok(("not_applicable", None));
    }
    let mut value = number(&run(&rule.value, &mut scope)?)?;
    if let Some(digits) = rule.digits {
        value = value.with(round(&value.value, digits));
    }
    scope.push("v", value.clone());
    let met = run(&rule.meets, &mut scope)?.as_bool().unwrap();
    let full = whole(rule.points);
    let points = match &rule.score {
        None if met => full.clone(),
        None => whole(0),
        // Several denominators may be zero in a formula, each with a policy of its own.
        Some(Score::Formula(formula)) => match run(formula, &mut scope) {
            Ok(points) => number(&points)?.value,
            Err(_) => return Err("no points".into()),
        },
        Some(Score::Word(word)) => {
            let scoring = run(word, &mut scope)?.cast::<Scoring>();
            match points(&value, &full, scoring) {
                Ok(points) => points,
                // Without a number of points the policy has the last word.
                Err(error) => match zero_of(&error) {
                    Some(Zero("met")) if met => full.clone(),
                    Some(Zero("met")) => whole(0),
                    Some(Zero(policy)) => return Ok((policy, None)),
                    None => return Err(error),
                },
            }
        }
    };
    let points = points.max(whole(0)).min(full.clone());
    let outcome = match met {
        true => "met",
        false if !is_zero(&points) && points < full => "partial",
        false => "unmet",
    };
    Ok((outcome, Some(points)))
}

fn points(value: &Quantity, full: &Q, Scoring(word, given): Scoring) -> Answer<Q> {
    if let Some(bands) = given.clone().try_cast::<Array>() {
        for band in bands {
            let band = band.cast::<Map>();
            let ends = [("from", ">="), ("above", ">"), ("to", "<="), ("below", "<")];
            let mut within = true;
            for (end, op) in ends {
                if let Some(line) = band.get(end) {
                    within &= holds(op, value.compare(&number(line)?));
                }
            }
            if within {
                return Ok(number(&band["points"])?.value);
            }
        }
        panic!("no band for {value:?}");
    }
    let options = given.cast::<Map>();
    let option = |name: &str| options.get(name).map(number).transpose();
    let lose = option("lose")?.map(|lose| lose.value);
    Ok(match word {
        "per_step" => {
            let line = |line: Quantity| line.in_unit(value.unit.as_ref());
            let short = match (option("below")?, option("above")?) {
                (Some(below), _) => line(below) - &value.value,
                (_, Some(above)) => &value.value - line(above),
                _ => panic!("no line"),
            };
            if is_zero(&short) || is_negative(&short) {
                return Ok(full.clone());
            }
            let steps = short / option("step")?.unwrap().value;
            let mode = options
                .get("mode")
                .map(|mode| mode.clone().into_string().unwrap());
            let steps = match mode.as_deref() {
                Some("满一档才扣" | "whole") => steps.floor(),
                None | Some("不足一档按一档扣" | "part") => steps.ceil(),
                _ => steps,
            };
            full - steps * lose.unwrap()
        }
        "proportional" => {
            let target = option("target")?.unwrap();
            if is_zero(&target.value) {
                return zero_denominator(target.zero.unwrap_or("invalid"));
            }
            full * &value.value / target.in_unit(value.unit.as_ref())
        }
        _ => {
            let least = option("least")?.map_or(whole(0), |least| least.value);
            (full - &value.value * lose.unwrap()).max(least)
        }
    })
}
