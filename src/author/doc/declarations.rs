//! The declarations of the rule language and their options, as authors read them.
//!
//! The options are those that `declare` asks for; a test holds the two together.

/// A declaration.
#[derive(Clone, Copy, Debug)]
pub struct Declaration {
    /// The word.
    pub word: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// What it is for.
    pub meaning: &'static str,
    /// Its options.
    pub options: &'static [Choice],
}

/// An option of a declaration.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// How its value is written.
    pub how: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

const fn needed(name: &'static str, how: &'static str, meaning: &'static str) -> Choice {
    Choice {
        name,
        needed: true,
        how,
        meaning,
    }
}

const fn may(name: &'static str, how: &'static str, meaning: &'static str) -> Choice {
    Choice {
        name,
        needed: false,
        how,
        meaning,
    }
}

/// Every declaration, in the order in which a standard uses them.
pub const DECLARATIONS: &[Declaration] = &[
    Declaration {
        word: "standard",
        usage: "standard(\"编号\", #{ … });",
        meaning: "标准是什么，写在 standard.rhai 中，只写一次",
        options: &[
            needed(
                "title",
                "文字",
                "名称；自查用的参考标准应在名称里写明“参考”",
            ),
            needed("version", "文字", "规则的版本，例如 \"0.1.0\""),
            needed("document", "文字", "依据的文件名和文号"),
            needed(
                "notice",
                "文字",
                "每个页面和报告都会显示：它是什么、不是什么",
            ),
            may("issuer", "文字", "文件的发布机关"),
        ],
    },
    Declaration {
        word: "chapter",
        usage: "chapter(\"文件夹名\", #{ … });",
        meaning: "一章，写在 standard.rhai 中；同名文件夹里的规则文件属于这一章",
        options: &[
            needed("title", "文字", "名称"),
            may("clause", "文字", "在依据文件中的条款"),
        ],
    },
    Declaration {
        word: "phase",
        usage: "phase(\"编号\", #{ … });",
        meaning: "工作的一个阶段，写在 standard.rhai 中",
        options: &[
            needed("title", "文字", "名称"),
            needed(
                "from",
                "日期，或月份 \"2023-03\"",
                "第一天；只写月份是当月第一天",
            ),
            needed("to", "日期，或月份", "最后一天；只写月份是当月最后一天"),
            may("task", "文字", "要做什么"),
        ],
    },
    Declaration {
        word: "scheme",
        usage: "scheme(#{ … });",
        meaning: "计分办法，写在 standard.rhai 中；每个数都可以是一条线，未设定时相关结果待定",
        options: &[
            may("full", "数或线", "总分；不写就是各项分值之和"),
            may("weights", "#{ \"章\": 权重, … }", "各章的权重，合计 100"),
            may(
                "not_applicable",
                "\"leave_out\"、\"rescale\" 或 \"mean\"",
                "不涉及的分：分子分母都不计（达标线、等级线按比例随满分减少）、其余按比例放大，或按给定得分率计",
            ),
            may("mean", "数或线，%", "mean 时不涉及的得分率"),
            may("pass", "数或线", "达标的总分"),
            may("chapter_floor", "数或线，%", "每章至少要得的比例"),
            may("bonus_cap", "数或线", "加分最多多少"),
            may("penalty_cap", "数或线", "扣分最多多少"),
            may("warn_loss", "数或线，%", "一章失分超过这个比例就提醒"),
            may(
                "grades",
                "列表：[#{ name: \"优秀\", from: 90 }, …]",
                "等次，从高到低",
            ),
        ],
    },
    Declaration {
        word: "group",
        usage: "group(\"标题\", #{ … });",
        meaning: "共用数据的一组指标，写在规则文件开头；选项是本文件字段和指标的默认值",
        options: &[
            may("department", "文字", "责任部门和填报部门"),
            may("clause", "文字", "依据文件的条款"),
            may("phase", "阶段的编号", "在哪个阶段完成"),
        ],
    },
    Declaration {
        word: "field",
        usage: "field(\"规则中的名称\", #{ … });",
        meaning: "要填报的一项数据",
        options: &[
            needed("id", "英文字母、数字和 _", "数据文件中的名称，定了就不再改"),
            may("type", "见“字段类型”", "填什么，不写是 number"),
            may("label", "文字", "表单上的全称，不写就是规则中的名称"),
            may("unit", "单位", "例如 \"万平方米\"、\"座/平方公里\""),
            may("min", "数", "最小值"),
            may("max", "数", "最大值"),
            may(
                "digits",
                "0 到 30",
                "改法给出的小数位数，不写是 2，count 是 0",
            ),
            may(
                "zero",
                "见“零的约定”",
                "它作分母而为零时怎样看，不写是 invalid",
            ),
            may("help", "文字", "怎样填"),
            may("department", "文字", "填报部门"),
            may("evidence", "文字", "佐证材料"),
            may("keys", "文字的列表", "逐个填写，例如各辖市区，每个一个值"),
            may("choices", "文字的列表", "choice 的选项"),
            may("given", "true 或 false", "既定事实：不作为改进手段"),
            may(
                "better",
                "\"more\" 或 \"less\"",
                "越多越好还是越少越好；写了就不会建议往反方向改",
            ),
            may("record", "true 或 false", "只记录，不参与判定"),
        ],
    },
    Declaration {
        word: "parameter",
        usage: "parameter(\"名称\", #{ … });",
        meaning: "一条线，值和出处写在规则之外；不写 values 就是待定线，由使用者设定",
        options: &[
            needed("id", "英文字母、数字和 _", "数据文件中的名称，定了就不再改"),
            may("unit", "单位", "值的单位"),
            may("choices", "文字的列表", "值不是数而是词时，可用的词"),
            may("note", "文字", "除了值和出处还要知道的"),
            may("values", "列表，每项见下", "按生效日期的值"),
        ],
    },
    Declaration {
        word: "parameter … values",
        usage: "values: [#{ … }, …]",
        meaning: "线的一个值，从哪天起生效，出自哪里",
        options: &[
            needed("from", "日期", "第一天"),
            may("to", "日期", "最后一天；不写就一直有效"),
            needed("value", "数或 choices 中的词", "值"),
            needed("source", "文字", "出自哪个文件"),
            may("clause", "文字", "文件的条款"),
            may("url", "网址", "在哪里读到"),
            may("confidence", "见“可信度”", "出处有多可靠，不写是 recalled"),
        ],
    },
    Declaration {
        word: "data_check",
        usage: "data_check(条件, \"不成立时说什么\", #{ … });",
        meaning: "字段之间必须成立的关系，例如部分不大于总数",
        options: &[may(
            "severity",
            "\"error\" 或 \"warning\"",
            "error 使相关指标“数据有误”，warning 只提醒；不写是 error",
        )],
    },
    Declaration {
        word: "indicator",
        usage: "indicator(\"编号\", #{ … });",
        meaning: "一项指标",
        options: &[
            needed("title", "文字", "名称"),
            needed(
                "meets",
                "条件，条件的列表，或 |值| 条件",
                "怎样算达标；列表要全部成立",
            ),
            may(
                "advice",
                "文字",
                "未达标时该做什么；每个条件都用 advise 写了建议时可以不写",
            ),
            may("value", "数", "指标的值，meets 和 score 中的 |值| 就是它"),
            may("points", "数", "满分，不写是 1"),
            may("score", "得分，或计分的词", "不是全得或全失时怎样得分"),
            may(
                "digits",
                "0 到 30",
                "value 先修约到几位小数再判（GB/T 8170 修约值比较法）；不写按全数值比较",
            ),
            may(
                "kind",
                "\"base\"、\"bonus\" 或 \"penalty\"",
                "计入总分，或在总分之外加分、扣分",
            ),
            may(
                "veto",
                "\"fail\"、\"gate\" 或等次的名称，写在引号里",
                "未达标时：一票否决、不得申报，或最高只能评到这一等次",
            ),
            may("phase", "阶段的编号", "在哪个阶段完成"),
            may("deadline", "日期或月份", "完成时限；只写月份是当月最后一天"),
            may("given", "字段的列表", "在这一指标里不作为改进手段的字段"),
            may("evidence", "文字", "佐证材料"),
            may("applies", "条件", "什么情况下适用，不成立就是“不涉及”"),
            may("clause", "文字", "依据文件的条款"),
            may("quote", "文字", "条款的原文"),
            may("department", "文字", "责任部门"),
            may("note", "文字", "看结果时还要知道的"),
        ],
    },
    Declaration {
        word: "example",
        usage: "example(\"说明什么\", #{ 字段: 值, … }, 结果, #{ … });",
        meaning: "上面最近一个指标的例子，duibiao test 会逐个运行；结果见“结果”",
        options: &[
            may("points", "数", "应得几分"),
            may("fields", "字段名的列表", "应缺哪些字段"),
            may("fix", "#{ 字段: 值 }", "怎样达标中应有的改法"),
            may("parameters", "#{ 线: 值 }", "自设的线"),
            may(
                "not_applicable",
                "#{ \"指标编号\": \"理由\" }",
                "标为不涉及",
            ),
            may(
                "waived",
                "#{ \"指标编号\": #{ reason: …, by: …, until: … } }",
                "标为豁免：理由、谁批准、到哪一天",
            ),
            may("as_of", "日期", "按哪天的线，不写是 2024-01-01"),
        ],
    },
];
