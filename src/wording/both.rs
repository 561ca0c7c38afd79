//! What authors and comparisons say of a standard; the checker does not.

use crate::rulebook::{Field, FieldType};
use serde::Serialize;

/// The same sentence in both languages.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// What a field holds, in words.
pub(crate) fn kind_in_words(field: &Field) -> String {
    let kind = match field.kind {
        FieldType::Number => "数",
        FieldType::Count => "整数",
        FieldType::Percent => "百分数",
        FieldType::YesNo => "是或否",
        FieldType::Choice => "选项",
        FieldType::Date => "日期",
        FieldType::Text => "文字",
    };
    if field.choices.is_empty() {
        kind.into()
    } else {
        format!("{kind}：{}", field.choices.join("、"))
    }
}

/// A number or word with its unit.
pub(crate) fn with_unit(value: &str, unit: &str) -> String {
    match unit {
        "" | "%" => [value, unit].concat(),
        _ => [value, " ", unit].concat(),
    }
}
