//! The vocabulary: every word of the rule language with its usage and meaning, as data for
//! editors and manuals. What the words do is in `words` and in the declarations.

use super::words::WORDS;
use serde::Serialize;

/// A word of the rule language.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// Whether it declares something, or makes a value or a condition.
    pub declares: bool,
    /// How it is written.
    pub usage: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What may stand between its `#{` and `}`.
    pub options: Vec<Choice>,
}

/// Something that may be written in a place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Choice {
    /// As it is written.
    pub word: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// The texts that it may have as its value, separated by `|`; empty where any will do.
    pub values: &'static str,
}

type Declaration = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

/// Every word that declares: how it is written, what it means, and its options with the values they may have.
pub const DECLARATIONS: &[Declaration] = &[
    (
        "standard",
        "standard(\"id\", #{ title: …, version: …, document: …, notice: … });",
        "标准本身；只写一次，在 standard.rhai 中",
        &[
            ("title", "标题", ""),
            ("version", "规则的版本", ""),
            ("document", "依据文件及文号", ""),
            ("issuer", "发文机关", ""),
            ("notice", "凡显示标准处都写的话：它是什么、不是什么", ""),
        ],
    ),
    (
        "chapter",
        "chapter(\"文件夹名\", #{ title: … });",
        "一章；规则文件放在同名文件夹中",
        &[("title", "标题", ""), ("clause", "依据文件的条款", "")],
    ),
    (
        "group",
        "group(\"标题\");",
        "一个文件中共用数据的一组指标；写在文件开头",
        &[],
    ),
    (
        "field",
        "field(\"短名\", #{ id: \"…\", label: \"…\", unit: \"…\" });",
        "一项要填的数据",
        &[
            ("id", "数据文件用的名字：英文字母、数字和 _", ""),
            ("label", "表单上显示的全名", ""),
            (
                "type",
                "填什么；不写是 number",
                "number|count|percent|yes-no|choice|date|text",
            ),
            ("unit", "单位，例如“万平方米”", ""),
            ("min", "最小值", ""),
            ("max", "最大值", ""),
            ("digits", "改法保留几位小数", ""),
            ("help", "怎样填", ""),
            ("department", "责任单位", ""),
            ("evidence", "佐证材料", ""),
            ("keys", "一地（或一年）一个值：[\"天宁区\", …]", ""),
            ("choices", "可选的词，用于 type: \"choice\"", ""),
            ("given", "既定事实，不作为达标的改法", "true|false"),
            (
                "zero",
                "作分母而为零时怎么算",
                "invalid|not_applicable|met|missing",
            ),
        ],
    ),
    (
        "parameter",
        "parameter(\"名称\", #{ id: \"…\", unit: \"…\", values: [#{ from: \"…\", value: …, source: \"…\" }] });",
        "一条线（阈值）：按生效日期取值，写明出处；不写 values 就是待定线",
        &[
            ("id", "数据文件用的名字", ""),
            ("unit", "单位", ""),
            ("values", "按日期的值：[#{ from, value, source }]", ""),
            ("choices", "不是数而是词时，可选的词", ""),
            ("note", "说明", ""),
            ("from", "自何日起（values 中）", ""),
            ("to", "至何日止（values 中）", ""),
            ("value", "值（values 中）", ""),
            ("source", "出处：文件名（values 中）", ""),
            ("clause", "出处的条款（values 中）", ""),
            ("url", "在哪里读到（values 中）", ""),
            (
                "confidence",
                "可信程度（values 中）",
                "plan|official|published elsewhere|recalled",
            ),
        ],
    ),
    (
        "indicator",
        "indicator(\"编号\", #{ title: …, points: …, value: …, meets: |值| …, advice: … });",
        "一项指标：怎样算、怎样才达标、不达标怎么办",
        &[
            ("title", "标题", ""),
            ("clause", "依据文件的条款", ""),
            ("quote", "条款原文", ""),
            ("department", "责任单位", ""),
            ("points", "满分；不写是 1", ""),
            ("value", "指标的值，例如 percent(甲, 乙)", ""),
            ("meets", "达标条件；|值| 值 >= 线，或一列条件", ""),
            ("score", "得分，例如 per_step(…)；不写就是达标得满分", ""),
            ("applies", "在什么条件下才涉及", ""),
            ("advice", "不达标时的建议", ""),
            ("note", "说明", ""),
        ],
    ),
    (
        "data_check",
        "data_check(条件, \"不成立时的话\");",
        "数据之间必须成立的关系，例如部分不大于总数",
        &[(
            "severity",
            "error：有关指标算数据有误；warning：只提醒",
            "error|warning",
        )],
    ),
    (
        "example",
        "example(\"名称\", #{ 字段: 值 }, met);",
        "上一个指标的例子：数据和应有的结果",
        &[
            ("points", "应得的分", ""),
            ("fields", "应缺的字段", ""),
            ("fix", "改法中应有的改动：#{ 字段: 值 }", ""),
            ("parameters", "设定的线：#{ 参数: 值 }", ""),
            (
                "not_applicable",
                "标为不涉及的指标：#{ \"编号\": \"理由\" }",
                "",
            ),
            ("as_of", "核查日期", ""),
        ],
    ),
];

/// All words: what declares first, then values and conditions.
pub fn vocabulary() -> Vec<Word> {
    let declarations = DECLARATIONS.iter().map(|(word, usage, meaning, options)| {
        let options = options.iter().map(|&(word, meaning, values)| Choice {
            word,
            meaning,
            values,
        });
        Word {
            word,
            declares: true,
            usage,
            meaning,
            options: options.collect(),
        }
    });
    let words = WORDS.iter().map(|&(word, usage, meaning)| Word {
        word,
        declares: false,
        usage,
        meaning,
        options: Vec::new(),
    });
    declarations.chain(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::{SourceFile, compile};

    /// The options that the compiler itself names when it meets one that it does not know.
    fn known(statement: &str) -> Vec<String> {
        let file = |path: &str, text: &str| SourceFile {
            path: path.into(),
            text: text.into(),
        };
        let files = [
            file("standard.rhai", "chapter(\"1\", #{ title: \"甲\" });"),
            file(
                "1/a.rhai",
                &format!(
                    "group(\"组\");\nfield(\"某\", #{{ id: \"some\", type: \"yes-no\" }});\nindicator(\"I\", #{{ title: \"标\", meets: 某, advice: \"做\" }});\n{statement}"
                ),
            ),
        ];
        let problems = compile(&files).unwrap_err();
        let unknown = problems
            .iter()
            .find(|problem| problem.trouble.code == "unknown-option")
            .unwrap();
        let exists = unknown.trouble.exists.as_ref().unwrap();
        let list = exists.zh.split_once('：').unwrap().1;
        list.split('、').map(String::from).collect()
    }

    #[test]
    fn the_options_are_those_that_the_compiler_takes() {
        for (word, statement) in [
            ("standard", "standard(\"s\", #{ 无此项: 1 });"),
            ("chapter", "chapter(\"2\", #{ 无此项: 1 });"),
            ("field", "field(\"乙\", #{ id: \"b\", 无此项: 1 });"),
            ("parameter", "parameter(\"丙\", #{ id: \"c\", 无此项: 1 });"),
            (
                "parameter",
                "parameter(\"丁\", #{ id: \"d\", values: [#{ from: \"2020-01-01\", value: 1, source: \"甲\", 无此项: 1 }] });",
            ),
            ("indicator", "indicator(\"J\", #{ 无此项: 1 });"),
            ("data_check", "data_check(某, \"某\", #{ 无此项: 1 });"),
            ("example", "example(\"例\", #{}, missing, #{ 无此项: 1 });"),
        ] {
            let declaration = DECLARATIONS.iter().find(|d| d.0 == word).unwrap();
            let ours: Vec<&str> = declaration.3.iter().map(|option| option.0).collect();
            let compilers = known(statement);
            for option in &compilers {
                assert!(
                    ours.contains(&option.as_str()),
                    "{word}: {option} is not in the vocabulary"
                );
            }
            if word != "parameter" {
                for option in ours {
                    assert!(
                        compilers.iter().any(|o| o == option),
                        "{word} has no option {option}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_word_is_told_once() {
        let mut words: Vec<&str> = vocabulary().iter().map(|word| word.word).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
