//! The options of a declaration: `#{ … }`, taken one by one, each of its type; what is
//! left over is a problem.

use super::Shared;
use super::bounds::{self, Bound};
use super::doc::{DECLARATIONS, Declaration};
use super::messages;
use super::problem::Trouble;
use super::trace::Trace;
use super::words::not_a_date;
use crate::date::Date;
use crate::number::Number;
use crate::rulebook::{Id, Rulebook, ZeroPolicy};
use crate::unit::Unit;
use rhai::{Dynamic, Map, Position};

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

    pub fn wrong(&self, key: &str, zh: &str, en: &str) {
        self.problem(key, self.not(key, zh, en));
    }

    /// What is said of an option that is not what it should be.
    fn not(&self, key: &str, zh: &str, en: &str) -> Trouble {
        let word = self.word;
        Trouble::new(
            "wrong-option",
            format!("{word} 的 {key} 应为{zh}"),
            format!("{key} of {word} should be {en}"),
        )
        .advice(format!("把 {key} 改成{zh}"), format!("let {key} be {en}"))
    }

    /// A date as it is written.
    fn date_text(&mut self, key: &'static str) -> String {
        let written = self.map.get(key);
        if written.is_some_and(|value| !value.is_string() && !value.is_unit()) {
            self.take(key);
            self.wrong(
                key,
                "引号里的日期，例如 \"2023-01-01\"",
                "a date in quotation marks, for instance \"2023-01-01\"",
            );
            return String::new();
        }
        self.text(key)
    }

    pub fn problem(&self, key: &str, trouble: Trouble) {
        let mut state = self.shared.borrow_mut();
        let at = state.place_of_key(key, self.at).unwrap_or(self.at);
        state.problem(trouble, at);
    }

    /// A text, empty where there is none.
    pub fn text(&mut self, key: &'static str) -> String {
        let Some(value) = self.take(key) else {
            return String::new();
        };
        let shown = value.to_string();
        let plain = value.is_int() || value.is_decimal();
        value.into_string().unwrap_or_else(|_| {
            let mut trouble = self.not(key, "引号里的文字", "a text in quotation marks");
            if plain {
                trouble = trouble.marks(&shown).like(Some(&shown), true);
            }
            self.problem(key, trouble);
            String::new()
        })
    }

    /// A unit; it is remembered, to tell later what looks like none.
    pub fn unit(&mut self) -> String {
        let unit = self.text("unit");
        let mut state = self.shared.borrow_mut();
        let file = state.file.clone();
        state.units.push((unit.clone(), file, self.at));
        drop(state);
        unit
    }

    /// A text, or another where there is none.
    pub fn text_or(&mut self, key: &'static str, other: &str) -> String {
        if self.has(key) {
            self.text(key)
        } else {
            self.asked.push(key);
            other.into()
        }
    }

    /// A text that must be there.
    pub fn needed(&mut self, key: &'static str) -> String {
        let given = self.map.get(key);
        let absent = given.is_none();
        let blank =
            given.is_some_and(|given| given.to_string().trim().is_empty() && given.is_string());
        let text = self.text(key);
        if absent {
            self.lacks(key);
        }
        if blank {
            let trouble = self.not(key, "不空的文字", "a text that is not empty");
            self.problem(key, trouble.marks(format!("\"{text}\"")));
        }
        text
    }

    /// A name for data files: letters, digits and `_`.
    pub fn identifier(&mut self, key: &'static str) -> String {
        let given = self.map.get(key).is_some_and(Dynamic::is_string);
        let id = self.needed(key);
        let sign = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if given
            && !id.trim().is_empty()
            && (id.starts_with(|c: char| c.is_ascii_digit()) || !id.chars().all(sign))
        {
            self.wrong(
                key,
                "英文字母、数字和 _，不以数字开头",
                "letters, digits and _, not beginning with a digit",
            );
        }
        id
    }

    pub fn lacks(&self, key: &str) {
        let word = self.word;
        let trouble = Trouble::new(
            "missing-option",
            format!("{word} 缺少 {key}"),
            format!("{word} lacks {key}"),
        )
        .advice(
            format!("在 #{{ … }} 里写上 {key}: {}", self.sample(key)),
            format!("write {key}: …, between the braces"),
        );
        self.problem(key, trouble);
    }

    /// How an option is written, as the list of all options tells it.
    fn sample(&self, key: &str) -> String {
        let own = |told: &&Declaration| told.word.split(' ').next() == Some(self.word);
        let mut options = DECLARATIONS
            .iter()
            .filter(own)
            .flat_map(|told| told.options);
        match options.find(|option| option.name == key).map(|o| o.how) {
            Some(how) if how.starts_with("英文") => format!("\"…\"，用{how}"),
            Some("文字" | "日期") => "\"…\"".into(),
            _ => "…".into(),
        }
    }

    /// What is said of a list with nothing in it, and where it is written.
    pub fn empty_list(&self, key: &str) -> Option<(Trouble, Position)> {
        let list = self.map.get(key)?.read_lock::<rhai::Array>()?;
        let trouble = self.not(key, "不空的列表", "a list with something in it");
        list.is_empty().then(|| (trouble, self.place_of(key)))
    }

    /// Different texts.
    pub fn different(&mut self, key: &'static str) -> Vec<String> {
        let words = self.words(key);
        let unlike: std::collections::HashSet<&String> = words.iter().collect();
        if unlike.len() < words.len() {
            self.wrong(key, "各不相同的文字", "texts that differ");
        }
        words
    }

    pub fn truth(&mut self, key: &'static str) -> bool {
        let Some(value) = self.take(key) else {
            return false;
        };
        let text = value.clone().into_string().unwrap_or_default();
        value.as_bool().unwrap_or_else(|_| {
            let like = messages::meant(&text, ["true", "false"]);
            let trouble = self.not(key, " true 或 false", "true or false");
            let trouble = trouble.marks(format!("\"{text}\""));
            self.problem(key, trouble.like(like.as_deref(), false));
            false
        })
    }

    pub fn number(&mut self, key: &'static str) -> Option<Number> {
        let value = self.take(key)?;
        let number = self.shared.borrow().trace.plain(&value);
        if number.is_none() {
            let text = value.into_string().unwrap_or_default();
            let digits = text.trim_end_matches('%');
            let sound = !digits.is_empty()
                && !digits.starts_with('.')
                && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
            let trouble = self.not(key, "数，不写引号", "a number without quotation marks");
            let trouble = trouble.marks(format!("\"{text}\""));
            self.problem(key, trouble.like(sound.then_some(digits), false));
        }
        number
    }

    pub fn words(&mut self, key: &'static str) -> Vec<String> {
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

    /// Where an option is written; the call itself where it is not.
    pub fn place_of(&self, key: &str) -> Position {
        let state = self.shared.borrow();
        state.place_of_key(key, self.at).unwrap_or(self.at)
    }

    /// A number of decimal places.
    pub fn digits(&mut self) -> Option<u32> {
        let number = self.number("digits")?;
        let digits = number.to_i64().and_then(|n| u32::try_from(n).ok());
        let digits = digits.filter(|digits| *digits <= 30);
        if digits.is_none() {
            self.wrong("digits", " 0 到 30 的整数", "a whole number from 0 to 30");
        }
        digits
    }

    /// Whether an option is written at all.
    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// What the rulebook knows so far.
    pub fn known<T>(&self, f: impl FnOnce(&Rulebook) -> T) -> T {
        f(&self.shared.borrow().rulebook)
    }

    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        self.day(key, Date::parse)
    }

    /// A first day; a month alone means its first.
    pub fn first_day(&mut self, key: &'static str) -> Option<Date> {
        self.day(key, |text| {
            Date::parse(text).or_else(|| Date::parse(&[text, "-01"].concat()))
        })
    }

    /// A last day; a month alone means its last.
    pub fn last_day(&mut self, key: &'static str) -> Option<Date> {
        self.day(key, Date::parse_deadline)
    }

    fn day(&mut self, key: &'static str, read: fn(&str) -> Option<Date>) -> Option<Date> {
        let text = self.date_text(key);
        if text.is_empty() {
            return None;
        }
        let date = read(&text);
        if date.is_none() {
            self.problem(key, not_a_date(&text));
        }
        date
    }

    /// Options within an option.
    pub fn map(&mut self, key: &'static str) -> Option<Map> {
        let map = self.take(key)?.try_cast::<Map>();
        if map.is_none() {
            self.wrong(key, " #{ 名称: 值 }", "#{ name: value }");
        }
        map
    }

    /// A list of options; `inside` is what each holds, to show how it is written.
    pub fn maps(&mut self, key: &'static str, inside: &str) -> Vec<Map> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        value.into_typed_array::<Map>().unwrap_or_else(|_| {
            self.wrong(
                key,
                &format!("列表，例如 [#{{ {inside} }}]"),
                &format!("a list, for instance [#{{ {inside} }}]"),
            );
            Vec::new()
        })
    }

    /// A line: a number or a parameter, of points or, for a share, in %.
    pub fn line(&mut self, key: &'static str, share: bool) -> Option<Id> {
        let value = self.take(key)?;
        let place = self.shared.borrow().place(self.at);
        let no_line = || {
            self.not(
                key,
                "数或线，不能是填报的数据",
                "a number or a line, not data",
            )
        };
        let fit = |trace: &mut Trace| {
            let datum = trace.datum(value, place)?;
            if trace.holds_data(datum.id) {
                return Err(no_line());
            }
            match share {
                true => trace.convert(&datum, Unit::parse("%").as_ref(), place),
                false => trace.points_of(&datum, place),
            }
        };
        let found = fit(&mut self.shared.borrow_mut().trace);
        match found {
            Ok(datum) => Some(datum.id),
            Err(trouble) => {
                self.problem(key, trouble);
                None
            }
        }
    }

    /// Reports a line that is not what it may be.
    pub fn bounded(&self, key: &str, line: Id, bound: &Bound) {
        let trouble = bounds::trouble(&self.shared.borrow(), self.word, key, line, bound);
        if let Some(trouble) = trouble {
            self.problem(key, trouble);
        }
    }

    /// One of some words.
    pub fn one_of<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
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
            let like = messages::meant(&text, all.iter().copied());
            let trouble = Trouble::new(
                "not-a-choice",
                format!("{key} 没有“{text}”这一选项"),
                format!("{key} has no choice “{text}”"),
            )
            .marks(format!("\"{text}\""))
            .exists(
                format!("可选：{}", all.join("、")),
                format!("choices: {}", all.join(", ")),
            )
            .advice("从可选的词里写一个", "write one of the choices");
            self.problem(key, trouble.like(like.as_deref(), true));
        }
        found
    }

    /// The policy for a zero denominator.
    pub fn zero(&mut self) -> Option<ZeroPolicy> {
        self.one_of("zero", &ZeroPolicy::WORDS)
    }

    /// Reports the options that nothing asked for.
    pub fn finish(self) {
        for key in self.map.keys() {
            let word = self.word;
            let trouble = Trouble::new(
                "unknown-option",
                format!("{word} 没有叫 {key} 的项"),
                format!("{word} has no option {key}"),
            )
            .exists(
                format!("可写：{}", self.asked.join("、")),
                format!("options: {}", self.asked.join(", ")),
            )
            .advice(
                "删去它，或换成可写的一项",
                "delete it, or write one of the options",
            );
            let like = messages::meant(key, self.asked.iter().copied());
            self.problem(
                key,
                trouble.marks(key.as_str()).like(like.as_deref(), false),
            );
        }
    }
}
