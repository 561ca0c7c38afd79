//! Data files: JSON and CSV, as the command reads them.

use crate::files::data_of;
use crate::harness::{Target, fuzz, magnitude, mark};
use crate::probe;
use crate::random::{Random, damage, rewrite};
use crate::uses::{holds_again, of_report, told};
use duibiao::date::Date;
use duibiao::report::Lang;
use duibiao::rulebook::Rulebook;

/// A standard with a field of every type.
pub fn standard() -> Rulebook {
    let frame = r#"scheme(#{ full: 100, pass: 60 });"#;
    probe::standard(
        frame,
        r#"group("组");
        field("面积", #{ id: "area", label: "道路面积", unit: "万平方米", min: 0, zero: "missing" });
        field("机扫", #{ id: "swept", label: "机扫面积", unit: "万平方米", min: 0 });
        field("率", #{ id: "rate", type: "percent" });
        field("件", #{ id: "cases", type: "count", unit: "件", min: 0, max: 1000 });
        field("预案", #{ id: "plan", type: "yes-no" });
        field("等级", #{ id: "level", type: "choice", choices: ["优", "良", "差"] });
        field("日期", #{ id: "day", type: "date" });
        field("说明", #{ id: "words", type: "text", record: true });
        field("降尘", #{ id: "dust", unit: "吨", keys: ["天宁区", "钟楼区", "金坛区"] });
        data_check(机扫 <= 面积, "机扫 ${swept} 大于 ${area}");
        parameter("线", #{ id: "line", unit: "%" });
        indicator("A-1", #{ title: "甲", advice: "改 ${swept}", points: 3, value: percent(机扫, 面积), meets: |r| r >= 90,
            score: |r| per_step(#{ below: 90, step: 1, lose: 0.5 }) });
        indicator("A-2", #{ title: "乙", advice: "改", meets: 率 >= 线 });
        indicator("A-3", #{ title: "丙", advice: "改", meets: 件 <= 3 || (预案 && 等级 != "差") });
        indicator("A-4", #{ title: "丁", advice: "改", meets: as_of() <= years_after(日期, 3) });
        indicator("A-5", #{ title: "戊", advice: "改", meets: sum(降尘) / 3 <= 4 && not_decreasing(降尘) });"#,
    )
}

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "null",
    "true",
    "false",
    "\\u0000",
    "\\ud800",
    "\\u202e",
    "\"fields\"",
    "\"parameters\"",
    "\"not_applicable\"",
    "\"waived\"",
    "\"reason\"",
    "\"by\"",
    "\"until\"",
    "\"standard\"",
    "\"as_of\"",
    "\"$serde_json::private::Number\"",
    "area",
    "swept",
    "rate",
    "cases",
    "plan",
    "level",
    "day",
    "dust",
    "dust.天宁区",
    "机扫面积",
    "机扫",
    "天宁区",
    "A-1",
    "线",
    "字段",
    "值",
    "\r\n",
    "\n",
    "\t",
    ";",
    "\"\"",
    "\u{feff}",
    "优",
    ".",
    "e",
    "-",
];
const NESTS: &[(&str, &str)] = &[
    ("{\"area\":", "}"),
    ("[", "]"),
    ("\"", "\""),
    ("{\"fields\":", "}"),
    ("\"\"", ""),
    ("\n", ""),
    ("面", ""),
];

struct Data {
    standard: Rulebook,
    path: &'static str,
}

fn try_it(data: &Data, input: &[u8]) -> Vec<u64> {
    let entry = match data_of(input.to_vec(), data.path, &data.standard) {
        Ok(read) => read.entry,
        Err(why) => {
            // Refused with a reason, which is not as long as the file.
            assert!(!why.is_empty());
            return vec![mark(&[&kind(&why).as_str()])];
        }
    };
    let as_of = Date::new(2024, 1, 1).unwrap();
    let report = told(&data.standard, &entry, as_of, Lang::En);
    let mut traits = of_report(&report);
    traits.push(mark(&[
        &magnitude(entry.fields.len()),
        &entry.waived.len().min(3),
        &entry.parameters.len().min(3),
    ]));
    if input.len() < 4_000 {
        holds_again(&data.standard, &entry, as_of);
    }
    traits
}

/// What is wrong, without what the file says.
fn kind(why: &str) -> String {
    let mut kind = String::new();
    let mut quoted = false;
    for c in why.chars() {
        quoted = c == '“' || (quoted && c != '”');
        if !quoted && !c.is_ascii_digit() && kind.len() < 120 {
            kind.push(c);
        }
    }
    kind
}

fn change(random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8> {
    if random.once_in(4) {
        let mut bytes = old.to_vec();
        damage(random, &mut bytes, other);
        return bytes;
    }
    let (old, other) = (String::from_utf8_lossy(old), String::from_utf8_lossy(other));
    let text = rewrite(random, &old, &other, WORDS, NESTS);
    if random.once_in(10) {
        return encoding_rs::GB18030.encode(&text).0.into_owned();
    }
    text.into_bytes()
}

struct Json(Data);

impl Target for Json {
    const NAME: &'static str = "json";

    fn seeds(&self) -> Vec<Vec<u8>> {
        [
            r#"{"fields": {"area": 480, "swept": 412.5, "rate": "95％", "cases": 3, "plan": true, "level": "良", "day": "2023-05-31",
                "dust": {"天宁区": 2.5, "金坛区": "３"}}, "parameters": {"line": 80}, "not_applicable": {"A-2": "没有"},
                "waived": {"A-5": {"reason": "修路", "by": "市创建办", "until": "2024-06"}}}"#,
            r#"{"道路面积": 1e2, "机扫": 0.93e2, "dust.钟楼区": null}"#,
            r#"{"fields": {}, "standard": "x", "as_of": "2024-01-01", "saved": ""}"#,
        ]
        .map(|text| text.as_bytes().to_vec())
        .into()
    }

    fn change(&self, random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8> {
        change(random, old, other)
    }

    fn try_it(&self, input: &[u8]) -> Vec<u64> {
        try_it(&self.0, input)
    }
}

struct Csv(Data);

impl Target for Csv {
    const NAME: &'static str = "csv";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let texts = [
            "字段,值\n面积,\"1,825.95\"\n机扫,４１２\n率,95.5%\n件,3\n预案,是\n等级,优\n日期,2023年5月31日\ndust.天宁区,2.5\n",
            "area,swept,rate\r\n480,412,\"95\"\r\n",
            "\u{feff}area,1\n\"swept\",\"2\"\n",
            "area\n480\n",
        ];
        let mut seeds: Vec<Vec<u8>> = texts.map(|text| text.as_bytes().to_vec()).into();
        seeds.push(encoding_rs::GB18030.encode(texts[0]).0.into_owned());
        seeds
    }

    fn change(&self, random: &mut Random, old: &[u8], other: &[u8]) -> Vec<u8> {
        change(random, old, other)
    }

    fn try_it(&self, input: &[u8]) -> Vec<u64> {
        try_it(&self.0, input)
    }
}

#[test]
fn json() {
    fuzz(&Json(Data {
        standard: standard(),
        path: "data.json",
    }));
}

#[test]
fn csv() {
    fuzz(&Csv(Data {
        standard: standard(),
        path: "data.csv",
    }));
}
