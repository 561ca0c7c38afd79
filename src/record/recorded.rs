//! A report that somebody wrote down, read back. It may come from anywhere: what is no report, or
//! says the impossible, is told with its place.

use super::number_text;
use crate::check::Outcome;
use crate::date::Date;
use crate::entry::{Entry, Given};
use crate::number::Number;
use crate::wording::Lang;
use crate::wording::Text;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::HashSet;
use std::fmt;

/// The form of report that this version writes and reads.
pub const SCHEMA: &str = "duibiao-report/2";

/// A report as it was written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// All of it.
    pub whole: Value,
    /// The program that made it.
    pub engine: String,
    /// Id, title, version and digest of its standard.
    pub standard: Standard,
    /// The date whose lines apply.
    pub as_of: Date,
    /// The language of its sentences.
    pub lang: Lang,
    /// What was entered.
    pub entry: Entry,
    /// The digest of that.
    pub entry_digest: String,
    /// Its verdicts, in its order.
    pub findings: Vec<Verdict>,
    /// Its score.
    pub score: Score,
}

/// Which standard a report names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Standard {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version.
    pub version: String,
    /// Digest of the rulebook.
    pub digest: String,
}

/// What a report says of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Id of the indicator.
    pub indicator: String,
    /// Its title.
    pub title: String,
    /// Id of its chapter.
    pub chapter: String,
    /// What is known.
    pub outcome: Outcome,
    /// Points, where they are decided.
    pub points: Option<Number>,
    /// They may yet be others, as something is not filled in.
    pub open: bool,
    /// Full points.
    pub of: Number,
    /// `bonus` or `penalty`, where its points are not among the full marks.
    pub kind: Option<String>,
}

/// Points, at least and at most.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// At least.
    pub low: Number,
    /// At most.
    pub high: Number,
}

/// The score of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The score.
    pub whole: Range,
    /// Full marks.
    pub full: Number,
    /// By id: each chapter's points and full points, before they are weighed.
    pub chapters: Vec<(String, Range, Number)>,
    /// Points on top.
    pub bonus: Option<Range>,
    /// Points taken away.
    pub penalty: Option<Range>,
}

/// JSON, each name of an object once.
///
/// # Errors
///
/// What is no JSON, or says a thing twice.
pub fn json(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str::<Strict>(text).map(|strict| strict.0)
}

/// Whether this calls itself a report, of whatever version.
pub fn is_report(value: &Value) -> bool {
    let schema = value.get("schema").and_then(Value::as_str);
    schema.is_some_and(|schema| schema.starts_with("duibiao-report/"))
}

/// Reads a report.
///
/// # Errors
///
/// Why it is none.
pub fn recorded(whole: Value) -> Result<Recorded, Text> {
    let part = Part {
        value: &whole,
        path: String::new(),
    };
    if !is_report(&whole) {
        return Err(Text::new(
            format!("不是对标报告：schema 应为 {SCHEMA}"),
            format!("not a report: schema must be {SCHEMA}"),
        ));
    }
    if part.text("schema")? != SCHEMA {
        let schema = part.text("schema")?;
        return Err(Text::new(
            format!("这是 {schema}，本版本只读 {SCHEMA}；请用当时的数据重新 check"),
            format!("this version reads {SCHEMA} only: check the data again"),
        ));
    }
    let standard = part.get("standard")?;
    let entry = part.get("entry")?;
    let lang = part.get("lang")?;
    let findings = part.get("findings")?;
    Ok(Recorded {
        engine: part.text("engine")?,
        standard: Standard {
            id: standard.text("id")?,
            title: standard.text("title")?,
            version: standard.text("version")?,
            digest: standard.text("digest")?,
        },
        as_of: part.get("as_of")?.date()?,
        lang: Lang::of(&lang.as_text()?).ok_or_else(|| lang.not("zh 或 en", "zh or en"))?,
        entry: Entry {
            fields: entry.get("fields")?.items()?,
            parameters: entry.get("parameters")?.items()?,
            not_applicable: entry.get("not_applicable")?.items()?,
            waived: entry.get("waived")?.items()?,
        },
        entry_digest: part.text("entry_digest")?,
        findings: findings.each(Part::verdict)?,
        score: part.get("score")?.score()?,
        whole,
    })
}

/// A part of a report, and where it is.
struct Part<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Part<'a> {
    fn not(&self, zh: &str, en: &str) -> Text {
        let path = match self.path.as_str() {
            "" => "/",
            path => path,
        };
        Text::new(
            format!("报告的 {path} 应为{zh}"),
            format!("{path} of the report must be {en}"),
        )
    }

    fn find(&self, name: &str) -> Option<Part<'a>> {
        Some(Part {
            value: self.value.get(name)?,
            path: format!("{}/{name}", self.path),
        })
    }

    fn get(&self, name: &str) -> Result<Part<'a>, Text> {
        self.find(name).ok_or_else(|| {
            let path = format!("{}/{name}", self.path);
            Text::new(
                format!("报告缺少 {path}"),
                format!("{path} is missing in the report"),
            )
        })
    }

    fn as_text(&self) -> Result<String, Text> {
        let text = self.value.as_str().map(String::from);
        text.ok_or_else(|| self.not("文字", "text"))
    }

    fn text(&self, name: &str) -> Result<String, Text> {
        self.get(name)?.as_text()
    }

    fn date(&self) -> Result<Date, Text> {
        let date = self.value.as_str().and_then(Date::parse);
        date.ok_or_else(|| self.not("日期，例如 2024-01-01", "a date"))
    }

    fn number(&self, name: &str) -> Result<Number, Text> {
        let part = self.get(name)?;
        let number = part.value.as_str().and_then(Number::parse_exact);
        number.ok_or_else(|| part.not("文字写的数", "a number as text"))
    }

    fn each<T>(&self, read: impl Fn(&Part<'a>) -> Result<T, Text>) -> Result<Vec<T>, Text> {
        let Value::Array(list) = self.value else {
            return Err(self.not("列表", "a list"));
        };
        let part = |(index, value)| {
            read(&Part {
                value,
                path: format!("{}/{index}", self.path),
            })
        };
        list.iter().enumerate().map(part).collect()
    }

    fn items(&self) -> Result<Vec<(String, Given)>, Text> {
        let Value::Object(map) = self.value else {
            return Err(self.not(" { … }", "an object"));
        };
        let item = |(name, value): (&String, &'a Value)| {
            let part = Part {
                value,
                path: format!("{}/{name}", self.path),
            };
            let given = match value {
                Value::Null => Given::Empty,
                Value::Bool(truth) => Given::Truth(*truth),
                Value::String(text) => Given::Text(text.clone()),
                Value::Number(number) => Given::Text(number_text(&number.to_string())),
                Value::Object(_) => Given::Keyed(part.items()?),
                Value::Array(_) => return Err(part.not("一个值，不是列表", "a value, not a list")),
            };
            Ok((name.clone(), given))
        };
        map.iter().map(item).collect()
    }

    fn verdict(&self) -> Result<Verdict, Text> {
        let outcome = self.get("outcome")?;
        let word = outcome.as_text()?;
        let known = Outcome::ALL.into_iter().find(|known| known.word() == word);
        Ok(Verdict {
            indicator: self.text("indicator")?,
            title: self.text("title")?,
            chapter: self.text("chapter")?,
            outcome: known.ok_or_else(|| outcome.not("结论之一，例如 met", "an outcome"))?,
            points: match self.find("points") {
                Some(_) => Some(self.number("points")?),
                None => None,
            },
            open: match self.find("open") {
                Some(open) => {
                    let truth = open.value.as_bool();
                    truth.ok_or_else(|| open.not(" true 或 false", "true or false"))?
                }
                None => false,
            },
            of: self.number("of")?,
            kind: match self.find("kind") {
                Some(kind) => Some(kind.as_text()?),
                None => None,
            },
        })
    }

    fn range(&self) -> Result<Range, Text> {
        Ok(Range {
            low: self.number("low")?,
            high: self.number("high")?,
        })
    }

    fn score(&self) -> Result<Score, Text> {
        let extra = |name| self.find(name).map(|part| part.range()).transpose();
        Ok(Score {
            whole: self.range()?,
            full: self.number("full")?,
            chapters: self.get("chapters")?.each(|chapter| {
                Ok((
                    chapter.text("chapter")?,
                    chapter.range()?,
                    chapter.number("full")?,
                ))
            })?,
            bonus: extra("bonus")?,
            penalty: extra("penalty")?,
        })
    }
}

/// A JSON value whose objects have each name once: of two, readers would choose differently.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(value)) = seq.next_element()? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        // With exact numbers, serde_json gives a number as a map with one key of its own.
        const NUMBER: &str = "$serde_json::private::Number";
        let mut object = serde_json::Map::new();
        let mut known: HashSet<String> = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == NUMBER {
                let number = map.next_value::<String>()?;
                let number = number.parse::<serde_json::Number>();
                return number.map(Value::Number).map_err(A::Error::custom);
            }
            if !known.insert(key.clone()) {
                return Err(A::Error::custom(format!("“{key}”写了两次 (given twice)")));
            }
            object.insert(key, map.next_value::<Strict>()?.0);
        }
        Ok(Value::Object(object))
    }
}
