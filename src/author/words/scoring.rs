//! Words for points: what an indicator's value wins, out of its full points.
//!
//! A scoring word is written without its value: the indicator that it stands in gives it.

use super::{Answer, place, raise};
use crate::author::Shared;
use crate::author::bounds::{self, Bound};
use crate::author::options::Options;
use crate::author::problem::Trouble;
use crate::author::trace::{Datum, Kind, Operation, Trace};
use crate::number::Number;
use crate::rulebook::{Constant, Id, Node, Order, Place, StepMode, Steps};
use rhai::{Array, Dynamic, Engine, Map, NativeCallContext, Position};

/// A scoring word, and what is written with it.
#[derive(Clone, Debug)]
pub struct Scoring {
    /// For instance `per_step`.
    pub word: &'static str,
    given: Dynamic,
    /// Where it is written.
    pub at: Position,
}

/// Registers the words.
pub fn register(engine: &mut Engine) {
    for word in ["per_step", "proportional", "per_occurrence"] {
        engine.register_fn(word, move |ctx: NativeCallContext<'_>, options: Map| {
            Scoring {
                word,
                given: options.into(),
                at: ctx.call_position(),
            }
        });
    }
    engine.register_fn("bands", |ctx: NativeCallContext<'_>, bands: Array| {
        Scoring {
            word: "bands",
            given: bands.into(),
            at: ctx.call_position(),
        }
    });
}

/// The points of a value, by a scoring word.
pub fn points(shared: &Shared, value: &Datum, full: &Datum, scoring: Scoring) -> Answer<Datum> {
    let at = scoring.at;
    let place = place(shared, at);
    if let Some(bands) = scoring.given.clone().try_cast::<Array>() {
        let mut read = Vec::new();
        for band in bands {
            match band.try_cast::<Map>() {
                Some(map) => read.push(Band::read(shared, map, at)),
                None => return raise(not_a_band(), at),
            }
        }
        for band in &read {
            check_band(shared, full, band, at);
        }
        let found = by_bands(&mut shared.borrow_mut().trace, value, full, read, place);
        return found.or_else(|trouble| raise(trouble, at));
    }
    let options = scoring.given.try_cast::<Map>().unwrap_or_default();
    let mut o = Options::new(shared, scoring.word, options, at);
    let keys: &[&'static str] = match scoring.word {
        "per_step" => &["below", "above", "step", "lose", "mode"],
        "proportional" => &["target"],
        _ => &["lose", "least"],
    };
    let given: Vec<Option<Dynamic>> = keys.iter().map(|key| o.take(key)).collect();
    o.finish();
    for (key, number) in keys.iter().zip(&given) {
        let Some(number) = number else { continue };
        if let Some(bound) = bound(scoring.word, key, full, shared) {
            check(shared, scoring.word, key, number, &bound, at);
        }
        if matches!(*key, "lose" | "least") {
            check_points(shared, key, number, at);
        }
    }
    let trace = &mut shared.borrow_mut().trace;
    let found = match (scoring.word, given.as_slice()) {
        ("per_step", [below, above, step, lose, mode]) => {
            by_steps(trace, value, full, [below, above, step, lose, mode], place)
        }
        ("proportional", [target]) => in_proportion(trace, value, full, target, place),
        (_, [lose, least]) => by_occurrence(trace, value, full, [lose, least], place),
        _ => Err(not_a_band()),
    };
    found.or_else(|trouble| raise(trouble, at))
}

/// What an option of a word may be: beyond it, failing would lose nothing.
fn bound(word: &str, key: &str, full: &Datum, shared: &Shared) -> Option<Bound> {
    match (word, key) {
        (_, "step" | "lose" | "target") => Some(Bound::AboveZero),
        ("per_occurrence", "least") => {
            let full = shared.borrow().trace.number_of(full.id);
            full.map(Bound::Below)
        }
        _ => None,
    }
}

/// Reports an option of a word that is not what it may be, where it is written.
fn check(shared: &Shared, word: &str, key: &str, value: &Dynamic, bound: &Bound, at: Position) {
    let place = place(shared, at);
    let mut state = shared.borrow_mut();
    // What is no number is told by the word itself.
    let Ok(datum) = state.trace.datum(value.clone(), place) else {
        return;
    };
    if let Some(trouble) = bounds::trouble(&state, word, key, datum.id, bound) {
        // Each band has points of its own: which are meant is told by the parameter.
        let own = (word != "bands").then(|| state.place_of_key(key, at));
        state.problem(trouble, own.flatten().unwrap_or(at));
    }
}

/// Reports points that have a unit; what is lost may be in 分 for each: 分/次.
fn check_points(shared: &Shared, key: &str, points: &Dynamic, at: Position) {
    let place = place(shared, at);
    let mut state = shared.borrow_mut();
    let trace = &mut state.trace;
    let found = trace.datum(points.clone(), place).and_then(|points| {
        let unit = trace.unit_of(&points)?;
        let each = unit.is_some_and(|unit| unit.name.starts_with("分/"));
        match key == "lose" && each {
            true => Ok(points),
            false => trace.points_of(&points, place),
        }
    });
    if let Err(trouble) = found {
        let at = state.place_of_key(key, at).unwrap_or(at);
        state.problem(trouble, at);
    }
}

/// Reports points of a band that a parameter may put beyond the full ones.
fn check_band(shared: &Shared, full: &Datum, band: &Band, at: Position) {
    let Some(points) = &band.points else { return };
    let (full, line) = {
        let trace = &shared.borrow().trace;
        (trace.number_of(full.id), trace.plain(points).is_none())
    };
    if let (Some(full), true) = (full, line) {
        check(shared, "bands", "points", points, &Bound::UpTo(full), at);
    }
}

fn missing(word: &str, name: &str) -> Trouble {
    Trouble::new(
        "missing-option",
        format!("{word} 缺少 {name}"),
        format!("{word} lacks {name}"),
    )
    .advice(
        format!("在 #{{ … }} 里写上 {name}: …"),
        format!("write {name}: … between the braces"),
    )
}

fn by_steps(
    trace: &mut Trace,
    value: &Datum,
    full: &Datum,
    [below, above, step, lose, mode]: [&Option<Dynamic>; 5],
    place: Place,
) -> Result<Datum, Trouble> {
    let (line, above) = match (below, above) {
        (Some(line), None) => (line, false),
        (None, Some(line)) => (line, true),
        _ => {
            return Err(Trouble::new(
                "missing-option",
                "per_step 要写 below 或 above 之一",
                "per_step needs either below or above",
            )
            .advice(
                "低于线扣分写 below: 线，高于线扣分写 above: 线",
                "write below: line where less is worse, above: line where more is",
            ));
        }
    };
    let need =
        |given: &Option<Dynamic>, name| given.clone().ok_or_else(|| missing("per_step", name));
    let unit = trace.unit_of(value)?;
    let line = trace.datum(line.clone(), place)?;
    let line = trace.convert(&line, unit.as_ref(), place)?;
    let step = trace.datum(need(step, "step")?, place)?;
    let lose = trace.datum(need(lose, "lose")?, place)?;
    let words = StepMode::WORDS.map(|(word, _)| String::from(word));
    let mode = mode.clone().unwrap_or_else(|| "不足一档按一档扣".into());
    let mode = trace.datum(mode, place)?;
    trace.check_word(&words, &mode)?;
    let steps = Steps {
        value: value.id,
        line: line.id,
        above,
        step: step.id,
        lose: lose.id,
        full: full.id,
        mode: mode.id,
    };
    Ok(trace.record(Node::Steps(steps), Kind::Number(None), place))
}

/// Full points × value ÷ target, from nothing to the full points.
fn in_proportion(
    trace: &mut Trace,
    value: &Datum,
    full: &Datum,
    target: &Option<Dynamic>,
    place: Place,
) -> Result<Datum, Trouble> {
    let target = target
        .clone()
        .ok_or_else(|| missing("proportional", "target"))?;
    let unit = trace.unit_of(value)?;
    let target = trace.datum(target, place)?;
    // Asked before the target is converted: its field says it.
    let zero = trace.zero_policy(&target);
    let target = trace.convert(&target, unit.as_ref(), place)?;
    let bare = Kind::Number(None);
    let share = trace.record(
        Node::Quotient(value.id, target.id, zero),
        bare.clone(),
        place,
    );
    let one = trace.constant(Constant::Number(Number::ONE), bare.clone(), place);
    let share = trace.record(Node::Least(vec![one.id, share.id]), bare.clone(), place);
    Ok(trace.record(Node::Product(full.id, share.id), bare, place))
}

/// Full points less so many for each occurrence, down to the least.
fn by_occurrence(
    trace: &mut Trace,
    value: &Datum,
    full: &Datum,
    [lose, least]: [&Option<Dynamic>; 2],
    place: Place,
) -> Result<Datum, Trouble> {
    let lose = lose
        .clone()
        .ok_or_else(|| missing("per_occurrence", "lose"))?;
    let lose = trace.datum(lose, place)?;
    let least = least.clone().unwrap_or_else(|| 0_i64.into());
    let least = trace.datum(least, place)?;
    trace.unit_of(value)?;
    let bare = Kind::Number(None);
    let lost = trace.record(Node::Product(value.id, lose.id), bare.clone(), place);
    let left = trace.arithmetic(Operation::Subtract, full, &lost, place)?;
    Ok(trace.record(Node::Greatest(vec![least.id, left.id]), bare, place))
}

/// The end of a band: its line, and whether the line belongs to it.
type End = Option<(Dynamic, bool)>;

/// A band as it is written.
struct Band {
    low: End,
    high: End,
    points: Option<Dynamic>,
}

impl Band {
    fn read(shared: &Shared, map: Map, at: Position) -> Self {
        let mut o = Options::new(shared, "bands", map, at);
        let mut end = |within, beyond| -> End {
            let (within, beyond) = (o.take(within), o.take(beyond));
            within
                .map(|line| (line, true))
                .or(beyond.map(|line| (line, false)))
        };
        let (low, high) = (end("from", "above"), end("to", "below"));
        let points = o.take("points");
        o.finish();
        Self { low, high, points }
    }
}

fn not_a_band() -> Trouble {
    Trouble::new(
        "wrong-option",
        "bands 要写 [#{ from: 线, points: 分 }, …]",
        "bands takes [#{ from: line, points: points }, …]",
    )
    .advice(
        "例如 bands([#{ from: 90, points: 1 }, #{ below: 90, points: 0 }])",
        "for instance bands([#{ from: 90, points: 1 }, #{ below: 90, points: 0 }])",
    )
}

/// An end of a band that was read.
type Line = Option<(Id, bool)>;

/// A choice of points by the value, from the highest band down.
fn by_bands(
    trace: &mut Trace,
    value: &Datum,
    full: &Datum,
    mut bands: Vec<Band>,
    place: Place,
) -> Result<Datum, Trouble> {
    if bands
        .first()
        .is_some_and(|band| band.low.is_none() && band.high.is_some())
    {
        bands.reverse();
    }
    let unit = trace.unit_of(value)?;
    let mut read: Vec<(Line, Line, Datum)> = Vec::new();
    for band in bands {
        let mut end = |end: End| -> Result<Line, Trouble> {
            let Some((line, within)) = end else {
                return Ok(None);
            };
            let line = trace.datum(line, place)?;
            let line = trace.convert(&line, unit.as_ref(), place)?;
            trace.unit_of(&line)?;
            Ok(Some((line.id, within)))
        };
        let (low, high) = (end(band.low)?, end(band.high)?);
        let points = band.points.ok_or_else(|| missing("bands", "points"))?;
        let points = trace.datum(points, place)?;
        let points = trace.points_of(&points, place)?;
        if let (Some(won), Some(most)) = (trace.number_of(points.id), trace.number_of(full.id))
            && (won > most || won.signum() < 0)
        {
            let (won, most) = (won.exact(), most.exact());
            return Err(Trouble::new(
                "bands",
                format!("一档得 {won} 分，不在 0 与满分 {most} 之间"),
                format!("a band wins {won} points, not between 0 and the full {most}"),
            )
            .advice(
                "改这一档的 points，或改指标的满分 points",
                "change the band's points, or those of the indicator",
            ));
        }
        read.push((low, high, points));
    }
    check_ends(trace, &read)?;
    let bare = Kind::Number(None);
    let mut read = read.into_iter().rev();
    let (_, _, mut won) = read.next().ok_or_else(not_a_band)?;
    for (low, _, points) in read {
        let (line, within) = low.ok_or_else(not_a_band)?;
        let order = if within { Order::AtLeast } else { Order::Above };
        let reached = trace.record(Node::Compare(order, value.id, line), Kind::Truth, place);
        won = trace.record(
            Node::When(reached.id, points.id, won.id),
            bare.clone(),
            place,
        );
    }
    Ok(won)
}

/// Bands go from the highest to the lowest; each begins where the one below it ends.
fn check_ends(trace: &Trace, bands: &[(Line, Line, Datum)]) -> Result<(), Trouble> {
    let problem = |zh: String, en: String| {
        Err(Trouble::new("bands", zh, en).advice(
            "上一档写 from: 90，下一档写 below: 90：界线相同，只有一档包含它",
            "write from: 90 for one and below: 90 for the next: the same line, which only one includes",
        ))
    };
    let show = |id: Id| {
        trace
            .number_of(id)
            .map_or_else(|| "参数".into(), |n| n.exact())
    };
    let last = bands.len().saturating_sub(1);
    if bands.first().is_some_and(|band| band.1.is_some())
        || bands.get(last).is_some_and(|band| band.0.is_some())
    {
        return problem(
            "最高一档不写上限，最低一档不写下限（例如最后写 #{ below: 60, points: 0 }），否则有的值不在任何一档".into(),
            "the highest band has no upper end and the lowest no lower (such as #{ below: 60, points: 0 }), or some value is in none"
                .into(),
        );
    }
    for (upper, lower) in bands.iter().zip(bands.iter().skip(1)) {
        let Some((line, within)) = upper.0 else {
            return problem(
                "除最低一档外，每一档都要写下限 from 或 above".into(),
                "every band but the lowest needs its lower end, from or above".into(),
            );
        };
        if let Some((next, _)) = lower.0
            && let (Some(high), Some(low)) = (trace.number_of(line), trace.number_of(next))
            && low >= high
        {
            return problem(
                format!("各档应从高到低，{} 之后是 {}", high.exact(), low.exact()),
                format!(
                    "bands go from high to low; {} comes after {}",
                    low.exact(),
                    high.exact()
                ),
            );
        }
        // An upper end that is not written is where the band above begins.
        let Some((end, included)) = lower.1 else {
            continue;
        };
        let order = (trace.number_of(end))
            .zip(trace.number_of(line))
            .map(|(end, line)| end.cmp(&line));
        let (from, to) = (show(line), show(end));
        match order {
            _ if end == line && included != within => {}
            Some(std::cmp::Ordering::Equal) if included != within => {}
            Some(std::cmp::Ordering::Equal) | None if end == line || order.is_some() => {
                let (zh, en) = if within {
                    (
                        format!("{from} 在两档里都有"),
                        format!("{from} is in two bands"),
                    )
                } else {
                    (
                        format!("{from} 不在任何一档"),
                        format!("{from} is in no band"),
                    )
                };
                return problem(zh, en);
            }
            Some(std::cmp::Ordering::Less) => {
                return problem(
                    format!("{to} 与 {from} 之间不在任何一档"),
                    format!("what lies between {to} and {from} is in no band"),
                );
            }
            Some(std::cmp::Ordering::Greater) => {
                return problem(
                    format!("{from} 与 {to} 之间在两档里都有"),
                    format!("what lies between {from} and {to} is in two bands"),
                );
            }
            _ => {
                return problem(
                    "两档的界线是不同的参数，可能有重有漏".into(),
                    "two bands meet at different parameters; there may be a gap or an overlap"
                        .into(),
                );
            }
        }
    }
    Ok(())
}
