//! Declarations: `standard`, `chapter`, `group`, `field`, `parameter`, `indicator`,
//! `data_check` and `example`, from a script's call to an entry of the rulebook.

use super::problem::Trouble;
use super::trace::{Datum, Kind, Trace};
use super::words::{Answer, Scoring, not_a_date, per_step, raise};
use super::{Example, Shared};
use crate::check::Outcome;
use crate::date::Date;
use crate::entry::{Entry, Given};
use crate::number::Number;
use crate::rulebook::{
    Chapter, Confidence, Constant, DataCheck, Field, FieldType, Group, Id, Indicator, Node,
    Parameter, ParameterValue, ZeroPolicy,
};
use crate::unit::Unit;
use rhai::{Array, Dynamic, Engine, FnPtr, Map, NativeCallContext, Position};

/// What a name stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Named {
    /// A field, by index.
    Field(usize),
    /// A parameter, by index.
    Parameter(usize),
}

/// The options of a call, taken one by one; what is left is a problem.
pub struct Options<'a> {
    shared: &'a Shared,
    word: &'a str,
    map: Map,
    at: Position,
    asked: Vec<&'static str>,
}

impl<'a> Options<'a> {
    /// The options of a call of `word`.
    pub fn new(shared: &'a Shared, word: &'a str, map: Map, at: Position) -> Self {
        Self {
            shared,
            word,
            map,
            at,
            asked: Vec::new(),
        }
    }

    /// An option as it is.
    pub fn take(&mut self, key: &'static str) -> Option<Dynamic> {
        self.asked.push(key);
        self.map.remove(key).filter(|value| !value.is_unit())
    }

    fn wrong(&self, key: &str, zh: &str, en: &str) {
        let word = self.word;
        let trouble = Trouble::new(
            "wrong-option",
            format!("{word} 的 {key} 应为{zh}"),
            format!("{key} of {word} should be {en}"),
        );
        self.problem(key, trouble);
    }

    fn problem(&self, key: &str, trouble: Trouble) {
        let mut state = self.shared.borrow_mut();
        let at = state.place_of_key(key, self.at).unwrap_or(self.at);
        state.problem(trouble, at);
    }

    /// A text, empty where there is none.
    pub fn text(&mut self, key: &'static str) -> String {
        let Some(value) = self.take(key) else {
            return String::new();
        };
        value.into_string().unwrap_or_else(|_| {
            self.wrong(key, "文字", "a text");
            String::new()
        })
    }

    /// A text that must be there.
    pub fn needed(&mut self, key: &'static str) -> String {
        let absent = !self.map.contains_key(key);
        let text = self.text(key);
        if absent {
            self.lacks(key);
        }
        text
    }

    /// A name for data files: letters, digits and `_`.
    fn identifier(&mut self, key: &'static str) -> String {
        let given = self.map.get(key).is_some_and(Dynamic::is_string);
        let id = self.needed(key);
        let sign = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if given
            && (id.starts_with(|c: char| c.is_ascii_digit())
                || id.is_empty()
                || !id.chars().all(sign))
        {
            self.wrong(
                key,
                "英文字母、数字和 _，不以数字开头",
                "letters, digits and _, not beginning with a digit",
            );
        }
        id
    }

    fn lacks(&self, key: &str) {
        let word = self.word;
        let trouble = Trouble::new(
            "missing-option",
            format!("{word} 缺少 {key}"),
            format!("{word} lacks {key}"),
        );
        self.problem(key, trouble);
    }

    /// Different texts.
    fn different(&mut self, key: &'static str) -> Vec<String> {
        let words = self.words(key);
        let unlike: std::collections::HashSet<&String> = words.iter().collect();
        if unlike.len() < words.len() {
            self.wrong(key, "各不相同的文字", "texts that differ");
        }
        words
    }

    fn truth(&mut self, key: &'static str) -> bool {
        let Some(value) = self.take(key) else {
            return false;
        };
        value.as_bool().unwrap_or_else(|_| {
            self.wrong(key, " true 或 false", "true or false");
            false
        })
    }

    fn number(&mut self, key: &'static str) -> Option<Number> {
        let value = self.take(key)?;
        let number = super::trace::plain_number(&value);
        if number.is_none() {
            self.wrong(key, "数", "a number");
        }
        number
    }

    fn words(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let words = value.into_typed_array::<rhai::ImmutableString>();
        let Ok(words) = words else {
            self.wrong(key, "文字的列表", "a list of texts");
            return Vec::new();
        };
        words.into_iter().map(|word| word.to_string()).collect()
    }

    fn date(&mut self, key: &'static str) -> Option<Date> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let date = Date::parse(&text);
        if date.is_none() {
            self.problem(key, not_a_date(&text));
        }
        date
    }

    /// One of some words.
    fn one_of<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let found = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let like = crate::wording::most_like(&text, all.iter().copied());
            let mut trouble = Trouble::new(
                "not-a-choice",
                format!("{key} 没有“{text}”这一选项"),
                format!("{key} has no choice “{text}”"),
            )
            .exists(
                format!("可选：{}", all.join("、")),
                format!("choices: {}", all.join(", ")),
            );
            if let Some(like) = like {
                trouble = trouble.advice(format!("改成“{like}”"), format!("write “{like}”"));
            }
            self.problem(key, trouble);
        }
        found
    }

    /// The policy for a zero denominator.
    pub fn zero(&mut self) -> Option<ZeroPolicy> {
        self.one_of(
            "zero",
            &[
                ("invalid", ZeroPolicy::Invalid),
                ("not_applicable", ZeroPolicy::NotApplicable),
                ("met", ZeroPolicy::Met),
                ("missing", ZeroPolicy::Missing),
            ],
        )
    }

    /// Reports the options that nothing asked for.
    pub fn finish(self) {
        for key in self.map.keys() {
            let word = self.word;
            let mut trouble = Trouble::new(
                "unknown-option",
                format!("{word} 没有叫 {key} 的项"),
                format!("{word} has no option {key}"),
            )
            .exists(
                format!("可写：{}", self.asked.join("、")),
                format!("options: {}", self.asked.join(", ")),
            );
            if let Some(like) = crate::wording::most_like(key, self.asked.iter().copied()) {
                trouble = trouble.advice(format!("改成 {like}"), format!("write {like}"));
            }
            self.problem(key, trouble);
        }
    }
}

/// Registers the declarations.
pub fn register(engine: &mut Engine, shared: &Shared) {
    macro_rules! declare {
        ($($word:literal => |$state:ident, $at:ident, $($arg:ident: $type:ty),*| $body:expr;)*) => {$({
            let shared = shared.clone();
            let run = move |ctx: NativeCallContext<'_>, $($arg: $type),*| -> Answer<()> {
                let ($state, $at) = (&shared, ctx.call_position());
                let _ = &ctx;
                $body
            };
            engine.register_fn($word, run);
        })*};
    }
    declare! {
        "standard" => |s, at, id: &str, options: Map| standard(s, at, id, options);
        "chapter" => |s, at, id: &str, options: Map| chapter(s, at, id, options);
        "group" => |s, at, title: &str| group(s, at, title);
        "field" => |s, at, name: &str, options: Map| field(s, at, name, options);
        "parameter" => |s, at, name: &str, options: Map| parameter(s, at, name, options);
        "data_check" => |s, at, holds: Datum, message: &str| data_check(s, at, &holds, message, Map::new());
        "data_check" => |s, at, holds: Datum, message: &str, options: Map| data_check(s, at, &holds, message, options);
        "example" => |s, at, name: &str, data: Map, outcome: &str| example(s, at, name, data, outcome, Map::new());
        "example" => |s, at, name: &str, data: Map, outcome: &str, options: Map| example(s, at, name, data, outcome, options);
    }
    let s = shared.clone();
    engine.register_fn(
        "indicator",
        move |ctx: NativeCallContext<'_>, id: &str, options: Map| indicator(&s, &ctx, id, options),
    );
}

fn standard(shared: &Shared, at: Position, id: &str, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "standard", options, at);
    let standard = crate::rulebook::Standard {
        id: id.into(),
        title: o.needed("title"),
        version: o.needed("version"),
        notice: o.needed("notice"),
        document: o.needed("document"),
        issuer: o.text("issuer"),
    };
    o.finish();
    let mut state = shared.borrow_mut();
    if !state.rulebook.standard.id.is_empty() {
        let trouble = Trouble::new(
            "duplicate",
            "standard 只写一次",
            "standard is declared once",
        );
        state.problem(trouble, at);
    }
    state.rulebook.standard = standard;
    Ok(())
}

fn chapter(shared: &Shared, at: Position, id: &str, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "chapter", options, at);
    let chapter = Chapter {
        id: id.into(),
        title: o.needed("title"),
        clause: o.text("clause"),
    };
    o.finish();
    let mut state = shared.borrow_mut();
    if state.rulebook.chapters.iter().any(|c| c.id == id) {
        return raise_in(state, duplicate("章", "chapter", id), at);
    }
    state.rulebook.chapters.push(chapter);
    Ok(())
}

/// Raises a trouble after letting go of the state.
fn raise_in<T>(
    state: std::cell::RefMut<'_, super::State>,
    trouble: Trouble,
    at: Position,
) -> Answer<T> {
    drop(state);
    raise(trouble, at)
}

fn duplicate(zh: &str, en: &str, id: &str) -> Trouble {
    Trouble::new(
        "duplicate",
        format!("{zh}“{id}”已经有了"),
        format!("{en} “{id}” is declared twice"),
    )
    .advice(
        "换一个名字，或删去其中之一",
        "choose another name, or delete one of them",
    )
}

fn group(shared: &Shared, at: Position, title: &str) -> Answer<()> {
    let mut state = shared.borrow_mut();
    let id = state.file.trim_end_matches(".rhai").to_string();
    let folder = id.split('/').next().unwrap_or("");
    let Some(chapter) = state.rulebook.chapters.iter().position(|c| c.id == folder) else {
        let known: Vec<&str> = state
            .rulebook
            .chapters
            .iter()
            .map(|c| c.id.as_str())
            .collect();
        let known = known.join("、");
        let trouble = Trouble::new(
            "no-chapter",
            format!("文件夹“{folder}”没有对应的章"),
            format!("no chapter is declared for the folder “{folder}”"),
        )
        .exists(format!("已有：{known}"), format!("there are: {known}"))
        .advice(
            format!("在 standard.rhai 中写 chapter(\"{folder}\", #{{ title: … }})"),
            format!("write chapter(\"{folder}\", #{{ title: … }}) in standard.rhai"),
        );
        return raise_in(state, trouble, at);
    };
    state.rulebook.groups.push(Group {
        id,
        title: title.into(),
        chapter: chapter as u32,
    });
    let index = state.rulebook.groups.len() as u32 - 1;
    let file = state.file.clone();
    state.group_of.insert(file, index);
    Ok(())
}

fn current_group(shared: &Shared, at: Position) -> Answer<u32> {
    let known = {
        let state = shared.borrow();
        state.group_of.get(&state.file).copied()
    };
    match known {
        Some(group) => Ok(group),
        None => raise(
            Trouble::new(
                "no-group",
                "这个文件还没有 group",
                "this file has no group yet",
            )
            .advice(
                "在文件开头写 group(\"标题\");",
                "write group(\"title\"); at the head of the file",
            ),
            at,
        ),
    }
}

const TYPES: [(&str, FieldType); 7] = [
    ("number", FieldType::Number),
    ("count", FieldType::Count),
    ("percent", FieldType::Percent),
    ("yes-no", FieldType::YesNo),
    ("choice", FieldType::Choice),
    ("date", FieldType::Date),
    ("text", FieldType::Text),
];

fn field(shared: &Shared, at: Position, name: &str, options: Map) -> Answer<()> {
    let group = current_group(shared, at)?;
    let mut o = Options::new(shared, "field", options, at);
    let kind = o.one_of("type", &TYPES).unwrap_or(FieldType::Number);
    let id = o.identifier("id");
    let mut unit = o.text("unit");
    let label = o.text("label");
    let (mut min, mut max) = (o.number("min"), o.number("max"));
    match kind {
        FieldType::Count => min = min.or(Some(Number::ZERO)),
        FieldType::Percent => {
            if !matches!(unit.as_str(), "" | "%") {
                o.wrong(
                    "unit",
                    " %，因为 type 是 percent",
                    "%, as the type is percent",
                );
            }
            unit = "%".into();
            min = min.or(Some(Number::ZERO));
            max = max.or(Some(Number::from(100)));
        }
        _ => {}
    }
    if min.is_some() && max.is_some() && min > max {
        o.wrong("max", "不小于 min 的数", "a number not less than min");
    }
    let digits = o.number("digits").and_then(|n| {
        let digits = n.to_i64().and_then(|n| u32::try_from(n).ok());
        let digits = digits.filter(|digits| *digits <= 30);
        if digits.is_none() {
            o.wrong("digits", " 0 到 30 的整数", "a whole number from 0 to 30");
        }
        digits
    });
    let zero = o.zero();
    let mut field = Field {
        id,
        name: name.into(),
        label: if label.is_empty() { name.into() } else { label },
        kind,
        unit,
        min,
        max,
        digits: if kind == FieldType::Count {
            0
        } else {
            digits.unwrap_or(2)
        },
        help: o.text("help"),
        group,
        department: o.text("department"),
        evidence: o.text("evidence"),
        keys: o.different("keys"),
        choices: o.different("choices"),
        given: o.truth("given"),
        slot: 0,
    };
    if kind == FieldType::Choice && field.choices.is_empty() {
        o.lacks("choices");
    }
    if Unit::parse(&field.unit).is_none() {
        o.wrong(
            "unit",
            "单位，例如“万平方米”“座/平方公里”",
            "a unit, for instance 万平方米, 座/平方公里",
        );
    }
    o.finish();
    let mut state = shared.borrow_mut();
    field.slot = state.rulebook.slots() as u32;
    for slot in 0..field.width() {
        if let Some(zero) = zero {
            state.trace.zero.insert(field.slot + slot as u32, zero);
        }
    }
    let index = state.rulebook.fields.len();
    let names = [field.id.clone(), field.name.clone(), field.label.clone()];
    state.rulebook.fields.push(field);
    state.declare(&names, Named::Field(index), at)
}

const CONFIDENCE: [(&str, Confidence); 4] = [
    ("plan", Confidence::Plan),
    ("official", Confidence::Official),
    ("published elsewhere", Confidence::Published),
    ("recalled", Confidence::Recalled),
];

fn parameter(shared: &Shared, at: Position, name: &str, options: Map) -> Answer<()> {
    let mut o = Options::new(shared, "parameter", options, at);
    let mut parameter = Parameter {
        id: o.identifier("id"),
        label: name.into(),
        unit: o.text("unit"),
        choices: o.different("choices"),
        note: o.text("note"),
        values: Vec::new(),
    };
    if Unit::parse(&parameter.unit).is_none() {
        o.wrong("unit", "单位，例如“%”", "a unit, for instance %");
    }
    let values = o
        .take("values")
        .map(|values| values.into_typed_array::<Map>());
    match values {
        None => {}
        Some(Err(_)) => o.wrong(
            "values",
            "列表，例如 [#{ from: …, value: … }]",
            "a list, for instance [#{ from: …, value: … }]",
        ),
        Some(Ok(values)) => {
            for map in values {
                parameter
                    .values
                    .extend(parameter_value(shared, at, &parameter, map));
            }
        }
    }
    parameter.values.sort_by_key(|value| value.from);
    let mut pairs = parameter.values.iter().zip(parameter.values.iter().skip(1));
    if pairs.any(|(one, next)| one.from == next.from) {
        o.wrong(
            "values",
            " from 各不相同的列表",
            "a list whose dates from differ",
        );
    }
    o.finish();
    let mut state = shared.borrow_mut();
    let index = state.rulebook.parameters.len();
    let names = [parameter.id.clone(), parameter.label.clone()];
    state.rulebook.parameters.push(parameter);
    state.declare(&names, Named::Parameter(index), at)
}

fn parameter_value(
    shared: &Shared,
    at: Position,
    parameter: &Parameter,
    map: Map,
) -> Option<ParameterValue> {
    let mut o = Options::new(shared, "parameter", map, at);
    if !o.map.contains_key("from") {
        o.needed("from");
    }
    let (from, to) = (o.date("from"), o.date("to"));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        o.wrong("to", "不早于 from 的日期", "a date not before from");
    }
    if !o.map.contains_key("value") {
        o.lacks("value");
    }
    let value = match parameter.choices.is_empty() {
        true => o.number("value").map(Constant::Number),
        false => {
            let words: Vec<(&str, &str)> = parameter
                .choices
                .iter()
                .map(|word| (word.as_str(), word.as_str()))
                .collect();
            o.one_of("value", &words)
                .map(|word| Constant::Text(word.into()))
        }
    };
    let value = ParameterValue {
        from: from?,
        to,
        value: value?,
        source: o.needed("source"),
        clause: o.text("clause"),
        url: o.text("url"),
        confidence: o
            .one_of("confidence", &CONFIDENCE)
            .unwrap_or(Confidence::Recalled),
    };
    o.finish();
    Some(value)
}

fn data_check(
    shared: &Shared,
    at: Position,
    holds: &Datum,
    message: &str,
    options: Map,
) -> Answer<()> {
    let mut o = Options::new(shared, "data_check", options, at);
    let error = o
        .one_of("severity", &[("error", true), ("warning", false)])
        .unwrap_or(true);
    o.finish();
    let mut state = shared.borrow_mut();
    let held = state.trace.condition(holds);
    match held.and_then(|holds| state.trace.depends(holds)) {
        Ok(holds) => {
            state.rulebook.data_checks.push(DataCheck {
                holds,
                message: message.into(),
                error,
            });
            Ok(())
        }
        Err(trouble) => raise_in(state, trouble, at),
    }
}

fn indicator(shared: &Shared, ctx: &NativeCallContext<'_>, id: &str, options: Map) -> Answer<()> {
    let at = ctx.call_position();
    let group = current_group(shared, at)?;
    let place = shared.borrow().place(at);
    let mut o = Options::new(shared, "indicator", options, at);
    let title = o.needed("title");
    let (clause, quote) = (o.text("clause"), o.text("quote"));
    let (department, note) = (o.text("department"), o.text("note"));
    let advice = o.needed("advice");
    let points = o.number("points").unwrap_or(Number::ONE);
    if points.signum() < 0 {
        o.wrong("points", "不小于零的数", "a number not less than zero");
    }
    let parts = ["value", "meets", "score", "applies"].map(|key| (key, o.take(key)));
    o.finish();
    let [(_, value), (_, meets), (_, score), (_, applies)] = parts;
    let with = |f: &mut dyn FnMut(&mut Trace) -> Result<Datum, Trouble>| -> Answer<Datum> {
        let result = f(&mut shared.borrow_mut().trace);
        result.or_else(|trouble| raise(trouble, at))
    };
    let value = match value {
        Some(value) => Some(with(&mut |trace| trace.datum(value.clone(), place))?),
        None => None,
    };
    // A closure is called with the indicator's value.
    let call = |given: Dynamic| -> Answer<Dynamic> {
        match (given.clone().try_cast::<FnPtr>(), &value) {
            (None, _) => Ok(given),
            (Some(f), Some(value)) => f.call_within_context(ctx, (value.clone(),)),
            (Some(_), None) => raise(
                Trouble::new(
                    "missing-option",
                    "写了 |值| … 就要写 value",
                    "a function of the value needs value",
                ),
                at,
            ),
        }
    };
    let condition = |given: Dynamic| -> Answer<Id> {
        let answer = call(given)?;
        let datum = with(&mut |trace| match answer.clone().try_cast::<Array>() {
            Some(list) => {
                let data = trace.data(list.into(), place)?;
                let ids = trace.conditions(&data)?;
                Ok(trace.record(Node::All(ids), Kind::Truth, place))
            }
            None => trace.datum(answer.clone(), place),
        })?;
        let given = with(&mut |trace| {
            let condition = trace.condition(&datum)?;
            trace.depends(condition).map(|_| datum.clone())
        })?;
        Ok(given.id)
    };
    let Some(meets) = meets else {
        return raise(
            Trouble::new(
                "missing-option",
                "indicator 缺少 meets",
                "indicator lacks meets",
            ),
            at,
        );
    };
    let meets = condition(meets)?;
    let applies = applies.map(condition).transpose()?;
    let full = with(&mut |trace| {
        Ok(trace.constant(Constant::Number(points.clone()), Kind::Number(None), place))
    })?;
    let score = match score {
        None => None,
        Some(given) => Some({
            let answer = call(given)?;
            match (answer.clone().try_cast::<Scoring>(), &value) {
                (Some(scoring), Some(value)) => per_step(shared, value, &full, scoring, at)?.id,
                (Some(scoring), None) => {
                    return raise(
                        Trouble::new(
                            "missing-option",
                            "per_step 要有 value",
                            "per_step needs value",
                        ),
                        scoring.at,
                    );
                }
                (None, _) => {
                    let datum = with(&mut |trace| trace.datum(answer.clone(), place))?;
                    with(&mut |trace| trace.unit_of(&datum).map(|_| datum.clone()))?.id
                }
            }
        }),
    };
    let mut state = shared.borrow_mut();
    if state.rulebook.indicators.iter().any(|i| i.id == id) {
        return raise_in(state, duplicate("指标", "indicator", id), at);
    }
    let title = if title.is_empty() {
        id.to_string()
    } else {
        title
    };
    let indicator = Indicator {
        id: id.into(),
        title,
        group,
        clause,
        quote,
        department,
        points,
        meets,
        score,
        applies,
        advice,
        note,
    };
    state.rulebook.indicators.push(indicator);
    let index = state.rulebook.indicators.len() - 1;
    let file = state.file.clone();
    state.without.remove(&file);
    state.latest.insert(file, index);
    Ok(())
}

fn example(
    shared: &Shared,
    at: Position,
    name: &str,
    data: Map,
    outcome: &str,
    options: Map,
) -> Answer<()> {
    let Some(expected) = Outcome::ALL.into_iter().find(|o| o.word() == outcome) else {
        let all: Vec<&str> = Outcome::ALL.iter().map(|o| o.word()).collect();
        let all = all.join("、");
        let trouble = Trouble::new(
            "not-a-choice",
            format!("没有叫 {outcome} 的结果"),
            format!("there is no outcome {outcome}"),
        );
        return raise(
            trouble.exists(format!("可写：{all}"), format!("outcomes: {all}")),
            at,
        );
    };
    let mut o = Options::new(shared, "example", options, at);
    let points = o.number("points");
    let fields = o.words("fields");
    let as_of = o.date("as_of");
    let maps = ["fix", "parameters", "not_applicable"].map(|key| {
        let value = o.take(key)?;
        let map = value.try_cast::<Map>();
        if map.is_none() {
            o.wrong(key, " #{ 名称: 值 }", "#{ name: value }");
        }
        map
    });
    o.finish();
    let [fix, parameters, not_applicable] = maps.map(|map| given(map.unwrap_or_default()));
    let entry = Entry {
        fields: given(data),
        parameters,
        not_applicable,
    };
    let mut state = shared.borrow_mut();
    let used = entry.fields.iter().chain(&fix).map(|(name, _)| name);
    for name in used.chain(&fields) {
        known(&mut state, name, at, true);
    }
    for (name, _) in &entry.parameters {
        known(&mut state, name, at, false);
    }
    if state.without.contains(&state.file) {
        return Ok(());
    }
    let Some(indicator) = state.latest.get(&state.file).copied() else {
        let trouble = Trouble::new(
            "no-indicator",
            "example 前面还没有 indicator",
            "no indicator stands before this example",
        );
        return raise_in(state, trouble, at);
    };
    let place = state.located(at);
    let example = Example {
        name: name.into(),
        indicator,
        entry,
        expected,
        points,
        fields,
        fix,
        as_of,
        place,
    };
    state.examples.push(example);
    Ok(())
}

/// Reports a name in an example that is no field, or no parameter.
fn known(state: &mut super::State, name: &str, at: Position, field: bool) {
    let stands = |name: &str| match state.names.get(name) {
        Some(Named::Field(_)) => field,
        Some(Named::Parameter(_)) => !field,
        None => state.broken.contains(name),
    };
    let whole = name.split_once('.').map_or(name, |(whole, _)| whole);
    if !stands(name) && !stands(whole) {
        let trouble = super::messages::unknown_name(name, state);
        let at = state.place_of_key(name, at).unwrap_or(at);
        state.problem(trouble, at);
    }
}

/// Script values as an entry holds them.
fn given(map: Map) -> Vec<(String, Given)> {
    let value = |value: Dynamic| -> Given {
        if value.is_unit() {
            Given::Empty
        } else if let Ok(truth) = value.as_bool() {
            Given::Truth(truth)
        } else if let Some(number) = super::trace::plain_number(&value) {
            Given::Text(number.to_string())
        } else if value.is_map() {
            Given::Keyed(given(value.cast()))
        } else {
            Given::Text(value.to_string())
        }
    };
    map.into_iter()
        .map(|(key, item)| (key.to_string(), value(item)))
        .collect()
}
