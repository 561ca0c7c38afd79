//! `rules/README.md`: the vocabulary of the rule language, from the words themselves.

use super::confidence;
use super::declarations::DECLARATIONS;
use super::parameters::plain;
use crate::author::words::{Told, WORDS};
use crate::check::Outcome;
use crate::report::Lang;
use crate::rulebook::Confidence;
use crate::wording;
use std::fmt::Write as _;

const TYPES: [(&str, &str); 7] = [
    ("number", "数，例如 412.5"),
    ("count", "个数，不小于零的整数"),
    ("percent", "百分数，0 到 100，单位就是 %"),
    ("yes-no", "是或否，在条件中直接写它的名称"),
    ("choice", "choices 中的一个"),
    ("date", "日期"),
    ("text", "文字"),
];

const ZEROS: [(&str, &str); 4] = [
    ("invalid", "数据有误"),
    ("missing", "当作没有填写"),
    (
        "not_applicable",
        "不涉及：没有可判的；与别的合在一起判断或计算时（all、any、none、at_least，min、max、sum、average、weighted_average、count）不计入，全都不涉及，合起来才是不涉及；线和固定的数不算一项，a + b 等算式少一项就没有数",
    ),
    (
        "met",
        "达标：本来就没有要做的；min、max、sum、average、weighted_average 中还有别的数时不计入",
    ),
];

const OPERATORS: [(&str, &str); 6] = [
    (
        "a + b　a - b　a * b　a / b",
        "加减乘除，精确计算；单位要相合，结果带单位",
    ),
    (
        "a >= b　a > b　a <= b　a < b",
        "比较；“不低于”是 >=，“高于”是 >",
    ),
    ("a == b　a != b", "相同、不同；数、日期、选项、是否都可以"),
    ("条件 && 条件　条件 || 条件", "都成立、任一成立"),
    ("!条件", "不成立"),
    (
        "列表.map(|项| …)　filter　for　fn　const",
        "编译时的循环和函数，例如逐个辖市区写同样的条件",
    ),
];

/// How to begin, for somebody who has never written a rule.
const FIRST: &str = "\
## 第一条规则

最省事的是规则工作室（`make serve` 后打开 `/studio.html`）：边写边检查，“从空白开始”给出样子，改成自己的就行。
用命令时（`make command` 建好的 `target/release/duibiao`），步骤是：

1. `duibiao new standard 文件夹 \"名称\"` 建一个标准，`duibiao new chapter`、`duibiao new indicator` 加章和指标。
   生成的都能运行，带（）的地方换成文件里的话。自带的第一章用不到时，删去它的文件夹和 `standard.rhai` 里的那一句。
2. 改完运行 `duibiao test 文件夹`：写错的地方连同改法都会列出来，例子逐个运行，还缺哪些例子也会说。
3. `duibiao test 文件夹 --generate 指标编号` 给出还缺的例子，逐条对照文件，确认后贴在这个指标后面。
4. `duibiao doc 文件夹 -o 说明.html` 写成可打印的说明，`duibiao build 文件夹 -o 标准.wasm` 写成网页能用的文件。

一个规则文件的样子：

```rhai
{rule}```

最容易写错的：

- 标点都用半角（英文输入法）：`,` `:` `;` `\"` `(` `)`；项目之间有逗号，一句末尾有分号，花括号前有 `#`。
- 文字写在引号里：`unit: \"册\"`；字段、参数、数和 `met` 这样的结果不写引号。
- 数后面不写 % 和单位：线的 `unit` 是 `\"%\"` 时 80% 写 `80`，不是 `0.8`。
- “不低于”写 `>=`，“高于”写 `>`，相等写 `==`，“且”写 `&&`，“或”写 `||`；是否的字段直接写名称，`!名称` 是“否”。
- `id` 是数据文件里的名称，用英文字母、数字和 _，每个都不同。
- 例子按 2024-01-01 的线检查；线从以后才生效的，例子最后写 `#{ as_of: \"2025-01-01\" }`。
";

/// The words of the rule language: declarations with their options, and words for conditions and values.
pub fn vocabulary() -> String {
    let mut out = String::from(
        "# 规则语言的词汇\n\n\
         由 `duibiao doc --vocabulary` 生成，请勿手改。(The vocabulary of the rule language, generated.)\n\n\
         一个标准是一个文件夹：`standard.rhai` 写标准和各章，每章一个文件夹，里面每个 `.rhai` 文件是共用数据的一组指标。\
         选项写在 `#{ 名称: 值, … }` 中，多写或写错的名称会被指出。\n\n",
    );
    out.push_str(&FIRST.replace("{rule}", include_str!("first.rhai")));
    out.push_str("\n## 声明\n");
    for declaration in DECLARATIONS {
        let _ = write!(
            out,
            "\n### {}\n\n    {}\n\n{}。\n",
            declaration.word, declaration.usage, declaration.meaning
        );
        if declaration.options.is_empty() {
            continue;
        }
        out.push_str("\n| 项 | | 写法 | 含义 |\n|---|---|---|---|\n");
        for option in declaration.options {
            let must = if option.needed { "必填" } else { "" };
            let _ = writeln!(
                out,
                "| `{}` | {must} | {} | {} |",
                option.name,
                plain(option.how),
                plain(option.meaning)
            );
        }
    }
    table(
        &mut out,
        "字段类型",
        &TYPES.map(|(word, meaning)| (word, meaning.into())),
    );
    table(
        &mut out,
        "零的约定",
        &ZEROS.map(|(word, meaning)| (word, meaning.into())),
    );
    let known = [
        Confidence::Plan,
        Confidence::Official,
        Confidence::Published,
        Confidence::Recalled,
    ];
    table(
        &mut out,
        "可信度",
        &known.map(|known| (known.word(), confidence(known).into())),
    );
    let outcomes = Outcome::ALL.map(|outcome| {
        let meaning = wording::outcome(outcome, Lang::Zh);
        (outcome.word(), meaning.into())
    });
    table(&mut out, "结果", &outcomes);
    out.push_str("\n## 条件和数值\n\n| 写法 | 含义 |\n|---|---|\n");
    for Told { usage, meaning, .. } in WORDS {
        let _ = writeln!(out, "| {} | {} |", code(usage[0]), plain(meaning[0]));
    }
    out.push_str("\n## 运算\n\n| 写法 | 含义 |\n|---|---|\n");
    for (usage, meaning) in OPERATORS {
        let usages: Vec<String> = usage.split('　').map(code).collect();
        let _ = writeln!(out, "| {} | {} |", usages.join(" "), plain(meaning));
    }
    out.push_str(
        "\n## 文字里的数值\n\n\
         `data_check` 的提示和 `advice`、`advise` 的建议里，`${名称}` 是字段或参数的值，报告会填上所填的数和单位，没有值时写？：\
         `\"当前 ${机扫面积}，应不大于 ${清扫面积}\"`。名称是编号、规则中的名称或全称；按辖区等分列的字段写 `${各区公厕.天宁区}`。\
         用普通引号，名称写错会被指出；单独的 `$` 只是文字。\n",
    );
    out.push_str(
        "\n## 单位\n\n\
         单位是值的一部分：加减和比较的两边要相合，同一量的不同单位会精确换算（1 公顷 = 10000 平方米）。\
         用 `·` 连接相乘的单位，`/` 后面的都在分母：`吨/月·平方公里`。前面可加百、千、万、亿。\
         长度、面积、体积、质量、时间和金额的单位都认识，其他的词（个、座、辆）各是各的单位；`%` 与 `百分点` 不同。\n",
    );
    out
}

fn table(out: &mut String, title: &str, rows: &[(&str, String)]) {
    let _ = write!(out, "\n## {title}\n\n| 写法 | 含义 |\n|---|---|\n");
    for (word, meaning) in rows {
        let _ = writeln!(out, "| `{word}` | {} |", plain(meaning));
    }
}

/// A usage as code in a cell of a table.
fn code(usage: &str) -> String {
    format!("`{}`", usage.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use crate::author::{SourceFile, compile, test};
    use crate::date::Date;

    #[test]
    fn the_first_rule_has_no_problem_and_its_examples_pass() {
        let file = |path: &str, text: &str| SourceFile {
            path: path.into(),
            text: text.into(),
        };
        let compiled = compile(&[
            file("standard.rhai", "standard(\"x\", #{ title: \"图书角（参考）\", version: \"1\", document: \"无\", notice: \"参考\" });\nchapter(\"1-a\", #{ title: \"一\" });"),
            file("1-a/first.rhai", include_str!("first.rhai")),
        ])
        .unwrap();
        assert_eq!(compiled.warnings, []);
        let tested = test(&compiled, Date::new(2024, 1, 1).unwrap());
        assert_eq!((tested.passed, tested.failed), (6, 0));
    }
}
