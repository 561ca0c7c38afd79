//! `indicator`: a criterion, with its condition, its points and what its failing means.

use super::{current_group, duplicate, raise_in};
use crate::author::options::Options;
use crate::author::problem::Trouble;
use crate::author::trace::{Datum, Kind, Trace};
use crate::author::words::{Answer, Scoring, points, raise};
use crate::author::{Shared, declare::standard::phase_option};
use crate::number::Number;
use crate::rulebook::{
    Advice, Constant, Id, Indicator, Kind as Counts, Node, Place, Rounding, Veto,
};
use rhai::{Array, Dynamic, FnPtr, Map, NativeCallContext, Position};

/// Declares an indicator.
pub fn indicator(
    shared: &Shared,
    ctx: &NativeCallContext<'_>,
    id: &str,
    options: Map,
) -> Answer<()> {
    let at = ctx.call_position();
    let (group, defaults) = current_group(shared, at)?;
    let mut o = Options::new(shared, "indicator", options, at);
    let mut indicator = Indicator {
        id: id.into(),
        title: o.needed("title"),
        group,
        clause: o.text_or("clause", &defaults.clause),
        quote: o.text("quote"),
        department: o.text_or("department", &defaults.department),
        points: o.number("points").unwrap_or(Number::ONE),
        kind: o.one_of("kind", &Counts::WORDS).unwrap_or_default(),
        veto: veto(&mut o),
        phase: if o.has("phase") {
            phase_option(&mut o)
        } else {
            o.take("phase");
            defaults.phase
        },
        deadline: o.last_day("deadline"),
        evidence: o.text("evidence"),
        given: Vec::new(),
        meets: Id(0),
        score: None,
        applies: None,
        advice: o.text("advice"),
        advices: Vec::new(),
        note: o.text("note"),
    };
    if indicator.title.is_empty() {
        indicator.title = id.into();
    }
    let points = &indicator.points;
    if points.signum() < 0 || points.length() > 0 {
        let (zh, en) = (
            "不小于零、位数不多的数",
            "a short number not less than zero",
        );
        o.wrong("points", zh, en);
    }
    let digits = o.digits();
    let advised_at = o.place_of("advice");
    let parts = ["value", "meets", "score", "applies", "given"].map(|key| o.take(key));
    // What is wrong with a part is told where the part is written.
    let places = ["value", "meets", "score", "applies", "given"].map(|key| o.place_of(key));
    o.finish();
    let [value, meets, score, applies, given] = parts;
    let [value_at, meets_at, score_at, applies_at, given_at] = places;
    let mut judging = Judging {
        shared,
        ctx,
        at,
        place: shared.borrow().place(at),
        value: None,
    };
    if let Some(value) = value {
        judging.at = value_at;
        judging.value = Some(judging.value_of(value, digits)?);
    }
    let Some(meets) = meets else {
        let (zh, en) = ("indicator 缺少 meets", "indicator lacks meets");
        let trouble = Trouble::new("missing-option", zh, en);
        let trouble = match judging.value.is_some() {
            true => trouble.advice(
                "value 之外还要写怎样算达标，例如 meets: |值| 值 >= 90",
                "beside value write what is met, for instance meets: |value| value >= 90",
            ),
            false => trouble.advice(
                "写上 meets: 条件，例如 meets: 某个字段 >= 90",
                "write meets: condition, for instance meets: a_field >= 90",
            ),
        };
        return raise(trouble, at);
    };
    judging.at = meets_at;
    indicator.meets = judging.condition(meets)?;
    judging.at = applies_at;
    indicator.applies = applies
        .map(|applies| judging.condition(applies))
        .transpose()?;
    judging.at = score_at;
    indicator.score = match score {
        Some(score) => Some(judging.points(score, &indicator.points)?),
        None => None,
    };
    if let Some(given) = given {
        judging.at = given_at;
        indicator.given = judging.fields(given)?;
    }
    let mut state = shared.borrow_mut();
    indicator.advice = state.template(&indicator.advice, advised_at);
    indicator.advices = advices(&state, indicator.meets);
    if indicator.advice.is_empty() && !is_advised(&state, &indicator) {
        let trouble = Trouble::new(
            "no-advice",
            format!("指标 {id} 未达标时没有建议"),
            format!("indicator {id} gives no advice when it fails"),
        )
        .advice(
            "写 advice: \"…\"，或给每个条件写 advise(条件, \"…\")",
            "write advice: \"…\", or advise(condition, \"…\") for each part",
        );
        state.problem(trouble, advised_at);
    }
    if !state.indicator_ids.insert(id.into()) {
        let trouble = duplicate(&state, "指标", "indicator", id);
        return raise_in(state, trouble, at);
    }
    state.note_first(&["indicator", id].join(" "), at);
    state.rulebook.indicators.push(indicator);
    let index = state.rulebook.indicators.len() - 1;
    let file = state.file.clone();
    state.indicators_at.push((file.clone(), at));
    state.without.remove(&file);
    state.latest.insert(file, index);
    Ok(())
}

/// What the failing of the indicator means for the whole: a word, or the name of a grade.
fn veto(o: &mut Options<'_>) -> Option<Veto> {
    let grades = o.known(|rulebook| {
        let names = rulebook
            .scheme
            .grades
            .iter()
            .map(|grade| grade.name.clone());
        names.collect::<Vec<String>>()
    });
    let caps = (grades.iter().map(String::as_str)).zip((0..).map(Veto::Cap));
    let words: Vec<(&str, Veto)> = [("fail", Veto::Fail), ("gate", Veto::Gate)]
        .into_iter()
        .chain(caps)
        .collect();
    o.one_of("veto", &words)
}

/// The advice that parts of a condition have of their own.
fn advices(state: &crate::author::State, condition: Id) -> Vec<Advice> {
    let support = state.trace.graph.support(condition);
    let own = support.into_iter().filter_map(|condition| {
        let text = state.advices.get(&condition)?.clone();
        Some(Advice { condition, text })
    });
    own.collect()
}

/// Whether each way of failing has advice of its own.
fn is_advised(state: &crate::author::State, indicator: &Indicator) -> bool {
    let advised = |id: &Id| {
        indicator
            .advices
            .iter()
            .any(|advice| advice.condition == *id)
    };
    advised(&indicator.meets)
        || match state.trace.graph.node(indicator.meets) {
            Some(Node::All(parts)) => parts.iter().all(advised),
            _ => false,
        }
}

/// The parts of an indicator while they are traced.
struct Judging<'a, 'c> {
    shared: &'a Shared,
    ctx: &'a NativeCallContext<'c>,
    at: Position,
    place: Place,
    /// The indicator's value, which its functions are called with.
    value: Option<Datum>,
}

impl Judging<'_, '_> {
    /// Runs `f` on the trace; what is wrong is told at the indicator.
    fn traced<T>(&self, f: impl FnOnce(&mut Trace) -> Result<T, Trouble>) -> Answer<T> {
        let result = f(&mut self.shared.borrow_mut().trace);
        result.or_else(|trouble| raise(trouble, self.at))
    }

    fn value_of(&self, value: Dynamic, digits: Option<u32>) -> Answer<Datum> {
        self.traced(|trace| {
            let datum = trace.datum(value, self.place)?;
            let Some(digits) = digits else {
                return Ok(datum);
            };
            trace.unit_of(&datum)?;
            let node = Node::Round(datum.id, digits, Rounding::HalfEven);
            Ok(trace.record(node, datum.kind, self.place))
        })
    }

    /// Calls a function with the indicator's value; anything else is itself.
    fn call(&self, given: Dynamic) -> Answer<Dynamic> {
        match (given.clone().try_cast::<FnPtr>(), &self.value) {
            (None, _) => Ok(given),
            (Some(f), Some(value)) => f.call_within_context(self.ctx, (value.clone(),)),
            (Some(_), None) => raise(
                Trouble::new(
                    "missing-option",
                    "写了 |值| … 就要写 value",
                    "a function of the value needs value",
                )
                .advice(
                    "写上 value: 算出这个值的式子",
                    "write value: how that value is computed",
                ),
                self.at,
            ),
        }
    }

    fn condition(&self, given: Dynamic) -> Answer<Id> {
        let answer = self.call(given)?;
        self.traced(|trace| {
            let condition = match answer.clone().try_cast::<Array>() {
                Some(list) => {
                    let data = trace.data(list.into(), self.place)?;
                    let ids = trace.conditions(&data)?;
                    trace.record(Node::All(ids), Kind::Truth, self.place).id
                }
                None => {
                    let datum = trace.datum(answer, self.place)?;
                    trace.condition(&datum)?
                }
            };
            trace.depends(condition)
        })
    }

    fn points(&self, given: Dynamic, full: &Number) -> Answer<Id> {
        let answer = self.call(given)?;
        let full = Constant::Number(full.clone());
        let full = self.traced(|trace| Ok(trace.constant(full, Kind::Number(None), self.place)))?;
        match (answer.clone().try_cast::<Scoring>(), &self.value) {
            (Some(scoring), Some(value)) => Ok(points(self.shared, value, &full, scoring)?.id),
            (Some(scoring), None) => {
                let word = scoring.word;
                let trouble = Trouble::new(
                    "missing-option",
                    format!("{word} 要有 value"),
                    format!("{word} needs value"),
                )
                .advice(
                    "写上 value: 按什么值计分",
                    "write value: what the points depend on",
                );
                raise(trouble, scoring.at)
            }
            (None, _) => self.traced(|trace| {
                let datum = trace.datum(answer, self.place)?;
                Ok(trace.points_of(&datum, self.place)?.id)
            }),
        }
    }

    /// The fields of a list, by index.
    fn fields(&self, given: Dynamic) -> Answer<Vec<u32>> {
        let data = self.traced(|trace| trace.data(given, self.place))?;
        let state = self.shared.borrow();
        let mut found = Vec::new();
        for datum in data {
            let slot = match state.trace.graph.node(datum.id) {
                Some(Node::Slot(slot)) => *slot,
                _ => {
                    let (zh, en) = ("given 只写字段", "given takes fields");
                    let trouble = Trouble::new("not-a-field", zh, en)
                        .advice("写成 given: [字段, 字段]", "write given: [field, field]");
                    return raise(trouble, self.at);
                }
            };
            let index = state
                .rulebook
                .fields
                .iter()
                .rposition(|field| field.slot <= slot);
            found.extend(index.map(|index| index as u32));
        }
        found.dedup();
        Ok(found)
    }
}
