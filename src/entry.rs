//! Entered data: text as staff write it, coerced to the declared fields.
//!
//! What can't be read with certainty is never guessed: it becomes `INVALID`,
//! with a problem that names the field and says what to write instead.
//! What the values mean for the indicators is left to `check`.

use crate::check::{Cause, Value};
use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Field, FieldType, Id, Node, Parameter, Rulebook, Scale, ordered};
use crate::text::{concat, cut_last_point, is_among};

/// What is entered: by field, by parameter, and which indicators do not apply.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// By id, name or label; `id.key` for one value of a list.
    pub fields: Vec<(String, Given)>,
    /// Lines that the user sets, by id or label.
    pub parameters: Vec<(String, Given)>,
    /// Indicators that do not concern this user, with the reason.
    pub not_applicable: Vec<(String, Given)>,
    /// Indicators that the coordinator lets off for a time, each with `reason`, `by` and `until`.
    pub waived: Vec<(String, Given)>,
}

/// An indicator let off for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    /// Why.
    pub reason: String,
    /// Who decided so.
    pub by: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// A value as it was given.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// Nothing.
    Empty,
    /// Text, or a number as text.
    Text(String),
    /// Yes or no.
    Truth(bool),
    /// Values by key.
    Keyed(Vec<(String, Given)>),
}

impl Given {
    fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Truth(true) => "true".into(),
            Self::Truth(false) => "false".into(),
            Self::Keyed(_) => "{…}".into(),
        }
    }
}

/// What is wrong with a given value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trouble {
    /// There is no such field; perhaps the one named was meant.
    UnknownField,
    /// There is no such parameter.
    UnknownParameter,
    /// There is no such indicator.
    UnknownIndicator,
    /// The text is no value of the field's type.
    Unreadable,
    /// 0.95 in a percent field: 0.95 % or 95 %?
    AmbiguousPercent,
    /// 1.2万 where the unit already counts in 万.
    AmbiguousUnit,
    /// ≥95, 60%左右: not one value.
    AmbiguousBound,
    /// 无, /, —: nothing, zero, or not applicable?
    AmbiguousNothing,
    /// A count must be a whole number.
    NotWhole,
    /// Below the field's lower limit.
    BelowLimit,
    /// Above the field's upper limit.
    AboveLimit,
    /// None of the words allowed.
    NotAChoice,
    /// 不涉及 needs a reason.
    NoReason,
    /// 豁免 needs a reason, who decided, and a last day.
    NoWaiver,
    /// The same field twice, under different names.
    Duplicate,
    /// A line that must be above zero.
    NotAboveZero,
    /// A number with a unit of another quantity behind it.
    OtherUnit,
}

/// What a line may be, by what the standard uses it for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Limit {
    /// Anything.
    #[default]
    None,
    /// Points, or what points are lost for: nothing at least.
    Points,
    /// A share, in %.
    Share,
    /// Full marks, or the length of a step: more than nothing.
    AboveZero,
}

/// The most that points or full marks can be.
const MOST_POINTS: i64 = 1_000_000_000;

impl Limit {
    /// The most that is allowed.
    pub fn max(self) -> Option<Number> {
        match self {
            Self::None => None,
            Self::Share => Some(Number::from(100)),
            Self::Points | Self::AboveZero => Some(Number::from(MOST_POINTS)),
        }
    }

    fn check(self, number: &Number) -> Result<(), Trouble> {
        match (self, number.signum()) {
            (Self::None, _) => return Ok(()),
            (Self::AboveZero, ..=0) => return Err(Trouble::NotAboveZero),
            (_, ..0) => return Err(Trouble::BelowLimit),
            _ => {}
        }
        match self.max() {
            Some(max) if *number > max => Err(Trouble::AboveLimit),
            _ => Ok(()),
        }
    }
}

/// What each parameter may be, by where the scheme and the steps of points read it.
pub fn limits(rulebook: &Rulebook) -> Vec<Limit> {
    let graph = &rulebook.graph;
    let mut limits = Vec::new();
    for _ in &rulebook.parameters {
        limits.push(Limit::None);
    }
    let mut limit = |line: Id, limit: Limit| {
        // The same line in another unit has the same sign.
        let node = match graph.node(line) {
            Some(Node::Convert(of, _)) if limit != Limit::Share => graph.node(*of),
            node => node,
        };
        if let Some(Node::Parameter(index)) = node
            && let Some(place) = limits.get_mut(*index as usize)
        {
            *place = limit;
        }
    };
    for node in &graph.nodes {
        if let Node::Steps(steps) = node {
            limit(steps.lose, Limit::Points);
            limit(steps.step, Limit::AboveZero);
        }
    }
    let scheme = &rulebook.scheme;
    for grade in &scheme.grades {
        limit(grade.from, Limit::Points);
    }
    for (line, kind) in [
        (scheme.pass, Limit::Points),
        (scheme.bonus_cap, Limit::Points),
        (scheme.penalty_cap, Limit::Points),
        (scheme.mean, Limit::Share),
        (scheme.chapter_floor, Limit::Share),
        (scheme.warn_loss, Limit::Share),
        (scheme.full, Limit::AboveZero),
    ] {
        if let Some(line) = line {
            limit(line, kind);
        }
    }
    limits
}

/// A problem with what was entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub trouble: Trouble,
    /// Id of the field, parameter or indicator; the name as given where it is unknown.
    pub name: String,
    /// The value as given.
    pub given: String,
    /// For an unknown name: the known one that is most like it.
    pub like: Option<String>,
}

/// An entry, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// One for each slot.
    pub slots: Vec<Value>,
    /// What the user set, one for each parameter.
    pub parameters: Vec<Option<Value>>,
    /// Why an indicator does not apply, one for each indicator.
    pub not_applicable: Vec<Option<String>>,
    /// The waiver of an indicator, one for each indicator.
    pub waived: Vec<Option<Waiver>>,
    /// What is wrong, in the order of the entry.
    pub problems: Vec<Problem>,
}

/// Reads an entry against a rulebook's fields.
pub fn read(rulebook: &Rulebook, entry: &Entry) -> Reading {
    let mut reading = Reading {
        slots: missing(rulebook),
        parameters: nothing(rulebook.parameters.len()),
        not_applicable: nothing(rulebook.indicators.len()),
        waived: nothing(rulebook.indicators.len()),
        problems: Vec::new(),
    };
    let fields = field_names(rulebook);
    for (name, given) in &entry.fields {
        reading.field(rulebook, &fields, name, given);
    }
    let mut parameters = Names(Vec::new());
    for (index, parameter) in rulebook.parameters.iter().enumerate() {
        parameters.add(&[&parameter.id, &parameter.label], index);
    }
    parameters.sort();
    let limits = limits(rulebook);
    for (name, given) in &entry.parameters {
        reading.parameter(rulebook, &limits, &parameters, name, given);
    }
    let mut indicators = Names(Vec::new());
    for (index, indicator) in rulebook.indicators.iter().enumerate() {
        indicators.add(&[&indicator.id], index);
    }
    indicators.sort();
    for (name, given) in &entry.not_applicable {
        reading.exclude(&indicators, name, given);
    }
    for (name, given) in &entry.waived {
        reading.waive(&indicators, name, given);
    }
    reading
}

/// By what fields may be called in data.
pub fn field_names(rulebook: &Rulebook) -> Names<'_> {
    let mut names = Names(Vec::new());
    for (index, field) in rulebook.fields.iter().enumerate() {
        names.add(&[&field.id, &field.name, &field.label], index);
    }
    names.sort();
    names
}

/// The slots of a rulebook, with nothing entered.
pub fn missing(rulebook: &Rulebook) -> Vec<Value> {
    let mut slots = Vec::new();
    slots.resize_with(rulebook.slots(), || Value::Unknown(Cause::Missing));
    slots
}

/// So many times nothing; without the code that copies what would be there.
fn nothing<T>(count: usize) -> Vec<Option<T>> {
    let mut list = Vec::new();
    list.resize_with(count, || None);
    list
}

/// The most problems before no more names are proposed.
const MOST_PROPOSED: usize = 100;

/// Names in order, each with the index of what it stands for.
#[derive(Debug)]
pub struct Names<'a>(Vec<(&'a str, usize)>);

impl<'a> Names<'a> {
    fn add(&mut self, names: &[&'a String], index: usize) {
        for name in names {
            self.0.push((name, index));
        }
    }

    fn sort(&mut self) {
        let mut all = Vec::new();
        for at in ordered(self.0.len(), &|a, b| self.0.get(a).cmp(&self.0.get(b))) {
            if let Some(name) = self.0.get(at) {
                all.push(*name);
            }
        }
        self.0 = all;
    }

    fn index(&self, name: &str) -> Option<usize> {
        let at = self.0.partition_point(|(known, _)| *known < name);
        self.0
            .get(at)
            .filter(|(known, _)| *known == name)
            .map(|(_, index)| *index)
    }

    /// The name that was perhaps meant.
    fn like(&self, name: &str, problems: &[Problem]) -> Option<String> {
        // Whoever has so many wrong has another file; comparing all names with all would take minutes.
        let some = problems.len() < MOST_PROPOSED;
        let known = self.0.iter().map(|(known, _)| *known);
        some.then(|| crate::wording::most_like(name, known))
            .flatten()
    }
}

impl Reading {
    fn problem(&mut self, trouble: Trouble, name: &str, given: &Given, like: Option<String>) {
        self.problems.push(Problem {
            trouble,
            name: name.into(),
            given: given.text(),
            like,
        });
    }

    fn unknown(&mut self, trouble: Trouble, names: &Names<'_>, name: &str, given: &Given) {
        self.problem(trouble, name, given, names.like(name, &self.problems));
    }

    /// The index of a name, or the trouble that there is none such.
    fn known(
        &mut self,
        trouble: Trouble,
        names: &Names<'_>,
        name: &str,
        given: &Given,
    ) -> Option<usize> {
        let index = names.index(name);
        if index.is_none() {
            self.unknown(trouble, names, name, given);
        }
        index
    }

    fn field(&mut self, rulebook: &Rulebook, names: &Names<'_>, name: &str, given: &Given) {
        let called = |name: &str| rulebook.fields.get(names.index(name)?);
        let Some((field, key)) = find_field(name, &called) else {
            self.unknown(Trouble::UnknownField, names, name.trim(), given);
            return;
        };
        match (given, key) {
            (Given::Keyed(items), None) if !field.keys.is_empty() => {
                for (key, item) in items {
                    match field.keys.iter().position(|k| k == key.trim()) {
                        Some(index) => self.value(rulebook, field, Some(index), item),
                        None => {
                            let mut keys = Names(Vec::new());
                            for key in &field.keys {
                                keys.add(&[key], 0);
                            }
                            let like = keys.like(key.trim(), &self.problems);
                            let like = like.map(|key| concat(&[&field.id, ".", &key]));
                            let name = concat(&[&field.id, ".", key.trim()]);
                            self.problem(Trouble::UnknownField, &name, item, like);
                        }
                    }
                }
            }
            (Given::Empty, None) => {}
            (_, None) if !field.keys.is_empty() => {
                self.problem(Trouble::Unreadable, &field.id, given, None);
                for index in 0..field.keys.len() {
                    self.set(field, index, Value::INVALID);
                }
            }
            (given, key) => self.value(rulebook, field, key, given),
        }
    }

    fn value(&mut self, rulebook: &Rulebook, field: &Field, key: Option<usize>, given: &Given) {
        let index = key.unwrap_or(0);
        let id = match field.keys.get(index) {
            Some(key) => concat(&[&field.id, ".", key]),
            None => field.id.clone(),
        };
        let slot = field.slot as usize + index;
        match read_value(rulebook, field, given) {
            Ok(None) => {}
            Ok(Some(value)) => match self.slots.get(slot) {
                Some(Value::Unknown(Cause::Missing)) => self.set(field, index, value),
                Some(before) if *before == value => {}
                _ => {
                    self.problem(Trouble::Duplicate, &id, given, None);
                    self.set(field, index, Value::INVALID);
                }
            },
            Err(trouble) => {
                self.problem(trouble, &id, given, None);
                self.set(field, index, Value::INVALID);
            }
        }
    }

    fn set(&mut self, field: &Field, index: usize, value: Value) {
        if let Some(place) = self.slots.get_mut(field.slot as usize + index) {
            *place = value;
        }
    }

    fn parameter(
        &mut self,
        rulebook: &Rulebook,
        limits: &[Limit],
        names: &Names<'_>,
        name: &str,
        given: &Given,
    ) {
        let name = name.trim();
        let Some(index) = self.known(Trouble::UnknownParameter, names, name, given) else {
            return;
        };
        let (Some(parameter), Some(place)) = (
            rulebook.parameters.get(index),
            self.parameters.get_mut(index),
        ) else {
            return;
        };
        let limit = limits.get(index).copied().unwrap_or_default();
        match read_parameter(rulebook, parameter, limit, given) {
            Ok(None) => {}
            Ok(value) if place.is_none() || *place == value => *place = value,
            Ok(_) => {
                *place = Some(Value::INVALID);
                self.problem(Trouble::Duplicate, &parameter.id, given, None);
            }
            Err(trouble) => {
                *place = Some(Value::INVALID);
                self.problem(trouble, &parameter.id, given, None);
            }
        }
    }

    fn waive(&mut self, names: &Names<'_>, name: &str, given: &Given) {
        let name = name.trim();
        let Some(index) = self.known(Trouble::UnknownIndicator, names, name, given) else {
            return;
        };
        let part = |key: &str| -> &str {
            let items: &[(String, Given)] = match given {
                Given::Keyed(items) => items,
                _ => &[],
            };
            match items.iter().find(|(name, _)| name == key) {
                Some((_, Given::Text(text))) => text.trim(),
                _ => "",
            }
        };
        let (why, by) = (part("reason"), part("by"));
        match Date::parse_deadline(part("until")) {
            Some(until) if !why.is_empty() && !by.is_empty() => {
                if let Some(place) = self.waived.get_mut(index) {
                    *place = Some(Waiver {
                        reason: why.into(),
                        by: by.into(),
                        until,
                    });
                }
            }
            _ => self.problem(Trouble::NoWaiver, name, given, None),
        }
    }

    fn exclude(&mut self, names: &Names<'_>, name: &str, given: &Given) {
        let name = name.trim();
        let Some(index) = self.known(Trouble::UnknownIndicator, names, name, given) else {
            return;
        };
        let reason = if let Given::Text(text) = given {
            reason(text)
        } else {
            None
        };
        if reason.is_none() {
            self.problem(Trouble::NoReason, name, given, None);
        } else if let Some(place) = self.not_applicable.get_mut(index) {
            *place = reason.map(Into::into);
        }
    }
}

/// A text as a reason. 否, 无 and / are none, whatever the cell is for: under 不涉及 they may well say that it applies.
pub fn reason(text: &str) -> Option<&str> {
    let text = text.trim();
    let says = text != "涉及" && text.chars().nth(1).is_some();
    says.then_some(text)
}

/// The slot of a field with one value, by its name in data; `Some(None)` where it is a list. `names` are only for speed.
pub fn slot_of(rulebook: &Rulebook, names: Option<&Names<'_>>, name: &str) -> Option<Option<u32>> {
    let (field, key) = find_field(name, &|name| match names {
        Some(names) => rulebook.fields.get(names.index(name)?),
        None => {
            let mut all = rulebook.fields.iter();
            all.find(|field| field.id == name || field.name == name || field.label == name)
        }
    })?;
    Some(match key {
        Some(index) => Some(field.slot + index as u32),
        None => field.keys.is_empty().then_some(field.slot),
    })
}

/// The field of a name, and the place of its key where the name says one; `called` knows fields by whole names.
fn find_field<'a>(
    name: &str,
    called: &dyn Fn(&str) -> Option<&'a Field>,
) -> Option<(&'a Field, Option<usize>)> {
    let name = name.trim();
    if let Some(field) = called(name) {
        return Some((field, None));
    }
    let (name, key) = cut_last_point(name)?;
    let field = called(name.trim())?;
    Some((
        field,
        Some(field.keys.iter().position(|k| k == key.trim())?),
    ))
}

/// Text with full-width letters, digits and signs made half-width, without outer blanks.
pub fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        '−' | '–' => '-',
        _ => c,
    };
    let mut all = String::new();
    for c in text.chars() {
        all.push(narrow(c));
    }
    all.trim().into()
}

/// What was given, as text; `None` where nothing was.
fn given_text(given: &Given) -> Result<Option<String>, Trouble> {
    match given {
        Given::Empty => Ok(None),
        Given::Text(text) => Ok(Some(half_width(text)).filter(|text| !text.is_empty())),
        Given::Truth(_) | Given::Keyed(_) => Err(Trouble::Unreadable),
    }
}

/// The value of a field from what was given; `None` where nothing was.
///
/// # Errors
///
/// What keeps the text from being a value of this field.
pub fn read_value(
    rulebook: &Rulebook,
    field: &Field,
    given: &Given,
) -> Result<Option<Value>, Trouble> {
    if let (Given::Truth(truth), FieldType::YesNo) = (given, field.kind) {
        return Ok(Some(Value::Truth(*truth)));
    }
    let Some(text) = given_text(given)? else {
        return Ok(None);
    };
    Ok(Some(match field.kind {
        FieldType::YesNo => Value::Truth(read_truth(&text).ok_or(Trouble::Unreadable)?),
        FieldType::Choice => {
            if !field.choices.contains(&text) {
                return Err(Trouble::NotAChoice);
            }
            Value::Text(text.as_str().into())
        }
        FieldType::Text => Value::Text(text.as_str().into()),
        FieldType::Date => Value::Date(Date::parse(&text).ok_or(Trouble::Unreadable)?),
        FieldType::Number | FieldType::Count | FieldType::Percent => {
            let percent = field.kind == FieldType::Percent;
            let number = read_number(&rulebook.scales, &text, &field.unit, percent)?;
            if field.kind == FieldType::Count && !number.is_integer() {
                return Err(Trouble::NotWhole);
            }
            check_limits(field, &number)?;
            Value::Number(number)
        }
    }))
}

/// Whether a number is within a field's limits.
///
/// # Errors
///
/// The limit that it is beyond.
pub fn check_limits(field: &Field, number: &Number) -> Result<(), Trouble> {
    if field.min.as_ref().is_some_and(|min| number < min) {
        return Err(Trouble::BelowLimit);
    }
    if field.max.as_ref().is_some_and(|max| number > max) {
        return Err(Trouble::AboveLimit);
    }
    Ok(())
}

/// The value of a parameter from what the user set, within its limit; `None` where nothing was.
///
/// # Errors
///
/// What keeps the text from being a value of this parameter.
pub fn read_parameter(
    rulebook: &Rulebook,
    parameter: &Parameter,
    limit: Limit,
    given: &Given,
) -> Result<Option<Value>, Trouble> {
    let Some(text) = given_text(given)? else {
        return Ok(None);
    };
    if parameter.choices.is_empty() {
        let percent = parameter.unit == "%";
        let number = read_number(&rulebook.scales, &text, &parameter.unit, percent)?;
        limit.check(&number)?;
        Ok(Some(Value::Number(number)))
    } else if parameter.choices.contains(&text) {
        Ok(Some(Value::Text(text.as_str().into())))
    } else {
        Err(Trouble::NotAChoice)
    }
}

fn read_truth(text: &str) -> Option<bool> {
    const YES: [&str; 6] = ["是", "有", "true", "yes", "√", "✓"];
    const NO: [&str; 6] = ["否", "无", "false", "no", "×", "✗"];
    let text = text.to_ascii_lowercase();
    match (YES.contains(&text.as_str()), NO.contains(&text.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// A number as staff write it, in `unit`; with another scale of it behind, converted.
fn read_number(scales: &[Scale], text: &str, unit: &str, percent: bool) -> Result<Number, Trouble> {
    const NOTHING: [&str; 6] = ["无", "/", "-", "—", "——", "--"];
    const BEFORE: [&str; 10] = [
        "≥",
        "≤",
        ">",
        "<",
        "约",
        "超过",
        "不低于",
        "不超过",
        "不少于",
        "近",
    ];
    const AFTER: [&str; 5] = ["左右", "以上", "以下", "余", "多"];
    if NOTHING.contains(&text) {
        return Err(Trouble::AmbiguousNothing);
    }
    if BEFORE.iter().any(|mark| text.starts_with(mark))
        || AFTER.iter().any(|mark| text.ends_with(mark))
    {
        return Err(Trouble::AmbiguousBound);
    }
    let is = |at: usize, signs: &[u8]| {
        let byte = text.as_bytes().get(at);
        byte.is_some_and(|byte| is_among(*byte, signs))
    };
    let after = |from: usize, signs: &[u8]| {
        let mut end = from;
        while is(end, signs) {
            end += 1;
        }
        end
    };
    let mut end = after(0, b"0123456789.,+- ");
    // An exponent, as spreadsheets export large numbers; never a fraction.
    if is(end, b"eE") {
        let digits = end + 1 + usize::from(is(end + 1, b"+-"));
        let exponent = after(digits, b"0123456789");
        if exponent > digits {
            end = exponent;
        }
    }
    let (number, suffix) = text.split_at_checked(end).ok_or(Trouble::Unreadable)?;
    let number = without_separators(number.trim_ascii_end()).and_then(|n| Number::parse(&n));
    let number = number.ok_or(Trouble::Unreadable)?;
    let mut suffix = suffix.trim();
    if suffix.is_empty() {
        let doubtful = percent && number.signum() > 0 && number <= Number::ONE;
        return if doubtful {
            Err(Trouble::AmbiguousPercent)
        } else {
            Ok(number)
        };
    }
    if suffix == unit {
        return Ok(number);
    }
    let mut name = String::new();
    for c in suffix.chars() {
        if c != ' ' {
            name.push(c);
        }
    }
    suffix = &name;
    let mut rest = suffix.chars();
    let first = rest.next().unwrap_or(' ');
    let times = match first {
        '万' if suffix != unit => 10_000,
        '亿' if suffix != unit => 100_000_000,
        _ => 1,
    };
    if times > 1 {
        suffix = rest.as_str();
        if (suffix.is_empty() || suffix == unit)
            && matches!(unit.chars().next(), Some('万' | '亿' | '%'))
        {
            return Err(Trouble::AmbiguousUnit);
        }
    }
    let known = scales.iter();
    let mut known = known.filter(|scale| scale.unit == unit && scale.name == suffix);
    let factor = match known.next() {
        Some(scale) => scale.factor.clone(),
        None if suffix == unit || (times > 1 && suffix.is_empty()) => Number::ONE,
        None if suffix == "‰" && unit == "%" => Number::ratio(1, 10).unwrap_or(Number::ONE),
        // What begins like a word is a unit, though not one of this quantity.
        None if !unit.is_empty()
            && (first >= '\u{2e80}' || matches!(first, '%' | '‰' | 'a'..='z')) =>
        {
            return Err(Trouble::OtherUnit);
        }
        None => return Err(Trouble::Unreadable),
    };
    let factor = factor.checked_mul(&Number::from(times));
    factor
        .and_then(|factor| number.checked_mul(&factor))
        .ok_or(Trouble::Unreadable)
}

/// Digits without thousand separators, which must stand before each three digits.
fn without_separators(number: &str) -> Option<String> {
    let mut plain = String::new();
    let (mut length, mut grouped, mut fraction) = (0, false, false);
    for c in number.chars() {
        match c {
            ',' | ' ' if fraction || length == 0 || length > 3 || (grouped && length != 3) => {
                return None;
            }
            // 0,950 may mean 0.95.
            ',' | ' ' if plain.trim_start_matches(['+', '-']).starts_with('0') => return None,
            ',' | ' ' => (length, grouped) = (0, true),
            '.' if grouped && !fraction && length != 3 => return None,
            '.' => fraction = true,
            '+' | '-' => {}
            _ => length += 1,
        }
        if !matches!(c, ',' | ' ') {
            plain.push(c);
        }
    }
    (fraction || !grouped || length == 3).then_some(plain)
}
