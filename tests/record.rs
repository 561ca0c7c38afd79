//! Reports as records: checked again, and compared.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use duibiao::rulebook::Rulebook;
use duibiao::{digest, record};
use probe::command::{Ran, command, copy, finish, folder, run};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/standard");

/// Everything met on 2024-06-01, with nothing to spare.
const ALL_MET: &str = r#"{"fields": {"area": 480, "swept": 446.4, "reuse": "40%", "estates": 100,
    "good_estates": 96, "complaints": 0, "closed": 0, "plan": true, "plan_date": "2023-05-31",
    "toilets": {"东区": 3, "西区": 4}}, "parameters": {"reuse_line": 40}}"#;

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

/// The report of some data, as the command prints it.
fn report(standard: &str, data: &str, more: &[&str]) -> String {
    let mut arguments = vec!["check", standard, "-", "--format", "json"];
    if !more.contains(&"--as-of") {
        arguments.extend(["--as-of", "2024-06-01"]);
    }
    arguments.extend(more);
    let ran = finish(command(&arguments), data.as_bytes());
    assert!(ran.status < 2, "{}", ran.err);
    ran.out
}

/// A report with a change in it.
fn altered(report: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(report).unwrap();
    change(&mut value);
    value.to_string()
}

mod rechecking {
    use super::*;

    fn recheck(report: &str, standard: &str) -> Ran {
        finish(command(&["recheck", "-", standard]), report.as_bytes())
    }

    #[test]
    fn a_report_that_was_not_touched_holds() {
        run(&[
            "recheck",
            "tests/golden/report.json",
            "rules/changzhou-2023",
        ])
        .says(0, &["成立 (holds)", "2024-01-01", "duibiao 0.1.0"]);
        for (data, more) in [
            (ALL_MET, &[][..]),
            (ALL_MET, &["--lang", "en", "--as-of", "2020-01-01"]),
            ("{}", &[]),
            (
                r#"{"fields": {"nosuch": 1, "机扫面积": "很多", "toilets": 3, "swept": 1.50}, "waived": {"Q": 1, "A-1": {"reason": "x", "by": "y", "until": "2024-01-01"}}}"#,
                &["--set", "reuse_line=33"],
            ),
        ] {
            let report = report(SMALL, data, more);
            recheck(&report, SMALL).says(0, &["成立 (holds)"]);
            // Blanks and the order of names are no part of what it says.
            recheck(&altered(&report, |_| {}), SMALL).says(0, &["成立 (holds)"]);
        }
    }

    #[test]
    fn what_was_altered_is_named() {
        let first = report(SMALL, &ALL_MET.replace("446.4", "412"), &[]);
        for (name, change, texts) in [
            (
                "a verdict",
                (|r| r["findings"][0]["outcome"] = "met".into()) as fn(&mut Value),
                &[
                    "报告被改过",
                    "结论 (verdicts)：1",
                    "A-1：报告 达标，重算 未达标",
                ][..],
            ),
            (
                "points",
                |r| r["findings"][0]["points"] = "3".into(),
                &["分数 (points)：1", "A-1 points：报告 3，重算 0"],
            ),
            (
                "the score",
                |r| r["score"]["low"] = "9".into(),
                &["得分 (score)：1", "score/low：报告 9，重算 6"],
            ),
            (
                "a text",
                |r| r["findings"][0]["text"] = "很好".into(),
                &["文字 (texts)：1", "A-1 text：报告 很好，重算 机械化清扫率"],
            ),
            (
                "a threshold",
                |r| r["findings"][0]["reason"]["right"]["value"] = "80".into(),
                &["理由与改法", "A-1 reason/right/value：报告 80，重算 93"],
            ),
            (
                "data, with its digest left",
                |r| r["entry"]["fields"]["swept"] = "446.4".into(),
                &[
                    "数据被改过",
                    "A-1：报告 未达标，重算 达标",
                    "数据 (entry)",
                    "entry_digest",
                ],
            ),
            (
                "the digest",
                |r| r["entry_digest"] = "sha256:00 sm3:00".into(),
                &["数据被改过", "entry_digest：报告 sha256:00 sm3:00"],
            ),
            (
                "one of both digests",
                |r| {
                    let digest = r["entry_digest"].as_str().unwrap();
                    let other = if digest.ends_with('0') { "1" } else { "0" };
                    r["entry_digest"] = (digest[..digest.len() - 1].to_string() + other).into();
                },
                &["数据被改过"],
            ),
            (
                "the version of the rules",
                |r| r["standard"]["version"] = "9".into(),
                &["标准 (standard)：1", "standard/version：报告 9，重算 0.1.0"],
            ),
            (
                "the date",
                |r| r["as_of"] = "2023-06-01".into(),
                &["报告被改过", "A-1 reason/right/value：报告 93，重算 90"],
            ),
            (
                "an indicator left out",
                |r| drop(r["findings"].as_array_mut().unwrap().remove(0)),
                &["A-1：报告 （没有 none），重算 未达标"],
            ),
            (
                "an indicator too many",
                |r| {
                    let more = r["findings"][1].clone();
                    r["findings"].as_array_mut().unwrap().push(more);
                },
                &["A-2：报告 达标，重算 （没有 none）"],
            ),
            (
                "another order",
                |r| r["findings"].as_array_mut().unwrap().swap(0, 1),
                &["其他 (other)：1", "findings"],
            ),
            (
                "something more",
                |r| r["approved"] = true.into(),
                &["其他 (other)：1", "approved：报告 true，重算 （没有 none）"],
            ),
            (
                "another engine, and another text",
                |r| {
                    r["engine"] = "duibiao 0.0.9".into();
                    r["findings"][0]["text"] = "旧文字".into();
                },
                &["程序版本不同：报告出自 duibiao 0.0.9", "文字 (texts)：1"],
            ),
            (
                "what a terminal would obey",
                |r| r["findings"][0]["outcome"] = "met\u{1b}[2J".into(),
                &["/findings/0/outcome", "应为结论之一"],
            ),
        ] {
            let ran = recheck(&altered(&first, change), SMALL);
            let status = if name.contains("terminal") { 2 } else { 1 };
            println!("{name}");
            ran.says(status, texts);
        }
        // Another engine that says the same: it holds, and that is told.
        let ran = recheck(
            &altered(&first, |r| r["engine"] = "duibiao 0.0.9".into()),
            SMALL,
        );
        ran.says(0, &["成立 (holds)", "程序版本不同：报告出自 duibiao 0.0.9"]);
        let ran = recheck(
            &altered(&first, |r| {
                r["standard"]["title"] = "\u{1b}[2J\u{202e}".into()
            }),
            SMALL,
        );
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{:?}", ran.out);
    }

    #[test]
    fn another_rulebook_is_named() {
        let at = folder("other-rules");
        let first = report(SMALL, ALL_MET, &[]);
        let stricter = copy(SMALL, &at.join("stricter"), |_, text| {
            text.replace("value: 93", "value: 95")
        });
        recheck(&first, &stricter).says(
            1,
            &["规则不同", "A-1：报告 达标，重算 未达标", "standard/digest"],
        );
        // The same verdicts by other rules are not the same report either.
        let worded = copy(SMALL, &at.join("worded"), |_, text| {
            text.replace("增配机扫车辆。", "增车。")
        });
        let ran = recheck(&first, &worded).says(1, &["规则不同", "standard/digest"]);
        assert!(!ran.out.contains("结论"), "{}", ran.out);
        recheck(&first, "rules/fire-safety").says(
            1,
            &["规则不同", "standard/id：报告 small，重算 fire-safety"],
        );
    }

    #[test]
    fn without_its_standard_only_the_entry_is_checked() {
        let first = report(SMALL, ALL_MET, &[]);
        let ask = |report: &str| finish(command(&["recheck", "-"]), report.as_bytes());
        ask(&first).says(
            2,
            &[
                "数据与摘要相符",
                "duibiao recheck - <规则文件夹或 .wasm>",
                "small 0.1.0",
                "sha256:",
            ],
        );
        let other = altered(&first, |r| r["entry"]["fields"]["swept"] = "480".into());
        ask(&other).says(1, &["不成立", "数据被改过", "没有给标准"]);
    }

    #[test]
    fn the_result_is_json_when_asked() {
        let first = report(SMALL, ALL_MET, &[]);
        let at = folder("recheck-json");
        let told = |report: &str, status: i32| {
            let path = write(&at, "report.json", report);
            run(&["recheck", &path, SMALL, "--format", "json"])
                .says(status, &[])
                .json()
        };
        let held = told(&first, 0);
        assert_eq!(
            (&held["holds"], &held["causes"], &held["differences"]),
            (&true.into(), &json!([]), &json!([]))
        );
        assert_eq!(held["standard"]["digest"][0], held["standard"]["digest"][1]);
        let not = told(
            &altered(&first, |r| r["findings"][0]["outcome"] = "unmet".into()),
            1,
        );
        assert_eq!(not["holds"], false);
        assert_eq!(not["causes"], json!(["report"]));
        assert_eq!(
            not["differences"],
            json!([{"part": "verdict", "indicator": "A-1", "at": "findings/0/outcome", "recorded": "unmet", "found": "met"}])
        );
    }

    #[test]
    #[rustfmt::skip]
    fn what_is_no_report_is_told_with_its_place() {
        let first = report(SMALL, ALL_MET, &[]);
        let broken = |change: fn(&mut Value)| altered(&first, change);
        for (text, texts) in [
            (String::new(), &["JSON 有误"][..]),
            ("{\"schema\": ".into(), &[":1:11：JSON 有误"]),
            ("[]".into(), &["不是对标报告", "duibiao-report/2"]),
            ("{}".into(), &["不是对标报告"]),
            (ALL_MET.into(), &["不是对标报告"]),
            ("{\"schema\": \"duibiao-report/1\"}".into(), &["duibiao-report/1", "重新 check"]),
            ("{\"schema\": \"duibiao-report/2\"}".into(), &["缺少 /", "missing"]),
            (first.replacen("\"lang\"", "\"as_of\": \"2020-01-01\", \"lang\"", 1), &["“as_of”写了两次"]),
            (broken(|r| r["as_of"] = "tomorrow".into()), &["/as_of", "应为日期"]),
            (broken(|r| r["lang"] = "fr".into()), &["/lang", "zh"]),
            (broken(|r| r["findings"] = 7.into()), &["/findings", "列表"]),
            (broken(|r| r["findings"][2]["of"] = 3.into()), &["/findings/2/of", "文字写的数"]),
            (broken(|r| r["findings"][2]["points"] = "1e999999".into()), &["/findings/2/points"]),
            (broken(|r| r["entry"]["fields"]["area"] = json!([1])), &["/entry/fields/area"]),
            (broken(|r| r["entry"]["fields"] = json!([])), &["/entry/fields"]),
            (broken(|r| drop(r.as_object_mut().unwrap().remove("entry"))), &["缺少 /entry"]),
            (broken(|r| r["score"]["chapters"][0] = Value::Null), &["/score/chapters/0/chapter"]),
            ("{\"schema\":".repeat(100_000), &["JSON 有误"]),
            ("[".repeat(100_000), &["JSON 有误"]),
        ] {
            recheck(&text, SMALL).says(2, texts);
        }
        recheck(&first, "nowhere").says(2, &["nowhere"]);
        run(&["recheck", "nowhere.json", SMALL]).says(2, &["nowhere.json"]);
        run(&["recheck", SMALL, SMALL]).says(2, &["standard"]);
        run(&["recheck"]).says(2, &["--help"]);
    }

    /// A number from 0 on, without any order, the same each time.
    struct Random(u64);

    impl Random {
        fn below(&mut self, most: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % most as u64) as usize
        }
    }

    /// Whether a text is read as a report; it is checked again then.
    fn holds(text: &str, rulebook: &Rulebook, digest: &str) -> Option<bool> {
        let report = record::recorded(record::json(text).ok()?).ok()?;
        Some(record::recheck(&report, rulebook, digest).holds)
    }

    #[test]
    fn damage_at_random_is_told_or_found() {
        let rulebook = duibiao::author::compile(&probe::files::rule_files(SMALL))
            .unwrap()
            .rulebook;
        let digest = digest::digest(&rulebook.to_bytes());
        let first = report(SMALL, &ALL_MET.replace("446.4", "412"), &[]);
        assert_eq!(holds(&first, &rulebook, &digest), Some(true));
        let whole: Value = serde_json::from_str(&first).unwrap();
        let mut random = Random(20_240_601);
        let (mut told, mut found) = (0, 0);
        for _ in 0..3_000 {
            // A byte of it is another one.
            let mut bytes = first.clone().into_bytes();
            let at = random.below(bytes.len());
            bytes[at] = b"09\"{}[]:, \\ntx/-"[random.below(16)];
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            match holds(&text, &rulebook, &digest) {
                None => told += 1,
                Some(false) => found += 1,
                // Only what is no part of what it says: blanks, and the engine's name.
                Some(true) => {
                    let mut other = record::json(&text).unwrap();
                    other["engine"] = whole["engine"].clone();
                    assert_eq!(other, whole);
                }
            }
        }
        assert!(told > 500 && found > 500, "{told} told, {found} found");
        // A value of it is something else.
        let mut paths = Vec::new();
        pointers(&whole, String::new(), &mut paths);
        let strange = [
            Value::Null,
            true.into(),
            7.into(),
            "".into(),
            "-1".into(),
            "1/0".into(),
            json!([]),
            json!({}),
            json!({"a": {"b": {"c": 1}}}),
            "9".repeat(500).into(),
            "\0\u{202e}".into(),
            whole.clone(),
        ];
        for path in paths {
            let other = &strange[random.below(strange.len())];
            let mut value = whole.clone();
            *value.pointer_mut(&path).unwrap() = other.clone();
            let held = holds(&value.to_string(), &rulebook, &digest);
            assert!(
                held != Some(true) || path == "/engine" || value == whole,
                "{path}"
            );
        }
    }

    fn pointers(value: &Value, path: String, out: &mut Vec<String>) {
        match value {
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    pointers(value, format!("{path}/{index}"), out);
                }
            }
            Value::Object(map) => {
                for (name, value) in map {
                    pointers(value, format!("{path}/{name}"), out);
                }
            }
            _ => {}
        }
        out.push(path);
    }
}

mod comparing {
    use super::*;
    use duibiao::number::Number;
    use duibiao::record::{Moved, Recorded, compare, recorded};

    /// Two files of data, compared on a day.
    fn data(a: &str, b: &str, more: &[&str]) -> Ran {
        let at = folder("compare-data");
        let (a, b) = (write(&at, "a.json", a), write(&at, "b.json", b));
        let mut arguments = vec!["compare", &a, &b, "--standard", SMALL];
        if !more.contains(&"--as-of") {
            arguments.extend(["--as-of", "2024-06-01"]);
        }
        arguments.extend(more);
        run(&arguments)
    }

    #[test]
    fn what_turned_of_the_whole_is_told_with_its_cause() {
        let at = folder("compare-whole");
        let frame = r#"parameter("过线", #{ id: "passl", values: [#{ from: "2020-01-01", value: 5, source: "x" }] });
            parameter("扣封", #{ id: "pcap" });
            scheme(#{ pass: 过线, chapter_floor: 40, penalty_cap: 扣封, grades: [#{ name: "优秀", from: 7 }, #{ name: "合格", from: 4 }] });"#;
        let copied = copy(SMALL, &at.join("standard"), |path, text| match path {
            "standard.rhai" => text.replace(
                "chapter(\"1-clean\"",
                &format!("{frame}\nchapter(\"1-clean\""),
            ),
            _ => text.to_string(),
        });
        let short = ALL_MET.replace("446.4", "412");
        let more = ["--set", "passl=11", "--set", "pcap=1"];
        let [one, two, three] = [(ALL_MET, &[][..]), (&short, &[][..]), (ALL_MET, &more[..])]
            .map(|(data, more)| report(&copied, data, more));
        let write = |name: &str, text: &str| write(&at, name, text);
        let [one, two, three] = [write("1", &one), write("2", &two), write("3", &three)];
        let told = run(&[
            "compare",
            &one,
            &two,
            "--standard",
            &copied,
            "--format",
            "json",
        ])
        .json();
        let whole: Vec<String> = (told["standing"].as_array().unwrap().iter())
            .map(|one| {
                format!(
                    "{} {} {}→{} {}",
                    one["of"], one["id"], one["from"], one["to"], one["causes"]
                )
                .replace('"', "")
            })
            .collect();
        assert!(
            whole
                .iter()
                .any(|one| one.starts_with("grade  优秀→合格 [data]")),
            "{whole:?}"
        );
        // 没有标准，两份报告各自记着的线也都说出来，哪怕没有一项指标用它。
        run(&["compare", &one, &three]).says(
            1,
            &[
                "线“passl” 标准的 (of the standard) → 11（用户设定",
                "线“pcap” 标准的 (of the standard) → 1（用户设定",
                "达标线 (pass line)：已达到 → 未达到；因为线",
            ],
        );
    }

    #[test]
    fn each_cause_is_told_apart() {
        // As data: what turned by figures, and what by a line that the user set.
        let b = ALL_MET
            .replace("446.4", "432")
            .replace("\"reuse_line\": 40", "\"reuse_line\": 41");
        data(ALL_MET, &b, &[]).says(
            1,
            &[
                "得分 score: 9 → 5（-4）",
                "不同的有 what differs: 数据 (data)、线 (parameters)\n",
                "A-1 机械化清扫率：达标 3 分 → 未达标 0 分，得分 -3；因为数据 (data)\n      数据 机械化清扫面积 446.4 万平方米 → 432 万平方米\n",
                "A-2 绿化废弃物利用率：达标 1 分 → 未达标 0 分，得分 -1；因为线 (parameters)\n      线“利用率下限” 40%（用户设定 by the user） → 41%（用户设定 by the user）\n",
                "  1-clean: -4\n  合计 total: -4\n",
            ],
        );
        data(ALL_MET, ALL_MET, &[])
            .says(0, &["得分 score: 9 → 9（0）", "都相同 (nothing differs)"]);
        // Set aside.
        let aside = ALL_MET.replacen(
            "\"parameters\"",
            "\"not_applicable\": {\"B-4\": \"没有\"}, \"parameters\"",
            1,
        );
        data(ALL_MET, &aside, &[]).says(
            1,
            &[
                "B-4",
                "达标 2 分 → 不涉及，得分 -2；因为数据 (data)",
                "（无） → 不涉及：没有",
            ],
        );
    }

    #[test]
    fn a_report_is_compared_with_its_standard() {
        let at = folder("compare-reports");
        let low = ALL_MET.replace("446.4", "432");
        let then = write(
            &at,
            "then.json",
            report(SMALL, ALL_MET, &["--as-of", "2023-06-01"]),
        );
        let now = write(&at, "now.json", report(SMALL, ALL_MET, &[]));
        let low_then = write(
            &at,
            "low-then.json",
            report(SMALL, &low, &["--as-of", "2023-06-01"]),
        );
        let low_now = write(&at, "low-now.json", report(SMALL, &low, &[]));
        // The line rose from 90 % to 93 % with the year.
        let by_date = run(&["compare", &low_then, &low_now, "--standard", SMALL]);
        by_date.says(
            1,
            &[
                "日期 2023-06-01 → 2024-06-01",
                "A-1 机械化清扫率：达标 3 分 → 未达标 0 分，得分 -3；因为日期 (date)",
                "线“机扫率下限” 90%（标准 by the standard） → 93%（标准 by the standard）",
            ],
        );
        // Neither the figure nor the date alone.
        let both = run(&[
            "compare",
            &then,
            &low_now,
            "--standard",
            SMALL,
            "--format",
            "json",
        ])
        .says(1, &[])
        .json();
        let flip = &both["turned"][0];
        assert_eq!(
            (&flip["causes"], &flip["turning"]),
            (&json!(["data", "date"]), &"together".into())
        );
        assert_eq!(flip["fields"][0]["id"], "swept");
        assert_eq!(
            (
                &flip["parameters"][0]["id"],
                &flip["parameters"][0]["from_by"]
            ),
            (&"swept_line".into(), &"standard".into())
        );
        assert_eq!(both["moved"], json!({"low": "-3", "high": "-3"}));
        // Either would have.
        let worse = write(
            &at,
            "worse.json",
            report(
                SMALL,
                &ALL_MET.replace("446.4", "400"),
                &["--set", "swept_line=99"],
            ),
        );
        let either = run(&["compare", &now, &worse, "--standard", SMALL]);
        either.says(
            1,
            &[
                "A-1",
                "数据 (data)、线 (parameters)，任一即可 (either)",
                "93%（标准 by the standard） → 99%（用户设定 by the user）",
            ],
        );
        // One thing only differs: that was it, with or without the standard.
        run(&["compare", &now, &low_now]).says(
            1,
            &[
                "因为数据 (data)",
                "机械化清扫面积 446.4 万平方米 → 432 万平方米",
            ],
        );
        // Without the standard several can't be told apart.
        let ran = run(&["compare", &then, &low_now]).says(
            1,
            &[
                "请加 --standard",
                "数据 (data)、日期 (date)，分不清 (can't be told apart)",
                "数据 swept 446.4 → 432",
            ],
        );
        assert!(!ran.out.contains("因为"), "{}", ran.out);
        run(&["compare", &now, &now]).says(0, &["都相同 (nothing differs)"]);
    }

    #[test]
    fn other_rules_are_a_cause_and_are_named() {
        let at = folder("compare-rules");
        let stricter = copy(SMALL, &at.join("stricter"), |_, text| {
            text.replace("value: 93", "value: 95")
                .replace("points: 2,", "points: 4,")
        });
        let old = write(&at, "old.json", report(SMALL, ALL_MET, &[]));
        let new = write(&at, "new.json", report(&stricter, ALL_MET, &[]));
        let ran = run(&[
            "compare",
            &old,
            &new,
            "--standard",
            SMALL,
            "--standard",
            &stricter,
        ]);
        let ran = ran.says(
            1,
            &[
                "不同的有 what differs: 规则 (rules)、线 (parameters)\n",
                "A-1 机械化清扫率：达标 3 分 → 未达标 0 分，得分 -3；因为线 (parameters)",
                "因为规则 (rules)",
                "分值：2 → 4",
            ],
        );
        // In either order of the standards.
        let again = run(&[
            "compare",
            &old,
            &new,
            "--standard",
            &stricter,
            "--standard",
            SMALL,
        ]);
        assert_eq!(again.out, ran.out);
        run(&["compare", &old, &new, "--standard", SMALL]).says(
            1,
            &[
                "规则 (rules)、线 (parameters)，分不清",
                "两份的标准不同，写两次",
            ],
        );
        run(&["compare", &old, &old, "--standard", &stricter])
            .says(2, &["neither report was made with this standard"]);
        // Data by two versions.
        let data = write(&at, "data.json", ALL_MET);
        let by_data = run(&[
            "compare",
            &data,
            &data,
            "--standard",
            SMALL,
            "--standard",
            &stricter,
            "--as-of",
            "2024-06-01",
        ]);
        by_data.says(1, &["因为线 (parameters)", "因为规则 (rules)"]);
        // Where a value stands in its source is no value.
        let cited = copy(SMALL, &at.join("cited"), |_, text| {
            text.replace("value: 93,", "value: 93, clause: \"10.1.5\",")
        });
        let by_clause = run(&[
            "compare",
            &data,
            &data,
            "--standard",
            SMALL,
            "--standard",
            &cited,
            "--as-of",
            "2024-06-01",
        ]);
        by_clause.says(0, &["不同的有 what differs: 规则 (rules)\n"]);
    }

    #[test]
    fn what_cannot_be_compared_is_told() {
        let at = folder("compare-bad");
        let now = write(&at, "now.json", report(SMALL, ALL_MET, &[]));
        let data = write(&at, "data.json", ALL_MET);
        let not = write(
            &at,
            "not.json",
            altered(&fs::read_to_string(&now).unwrap(), |r| {
                r["score"] = 3.into()
            }),
        );
        let twice = write(
            &at,
            "twice.json",
            altered(&fs::read_to_string(&now).unwrap(), |r| {
                let one = r["findings"][0].clone();
                r["findings"].as_array_mut().unwrap().push(one);
            }),
        );
        let lied = write(
            &at,
            "lied.json",
            altered(&fs::read_to_string(&now).unwrap(), |r| {
                r["findings"][0]["outcome"] = "unmet".into();
                r["findings"][0]["points"] = "0".into();
            }),
        );
        run(&["compare", &now, &data]).says(2, &["data.json", "--standard"]);
        run(&["compare", &now, "nowhere.json"]).says(2, &["nowhere.json"]);
        run(&["compare", &now, &not]).says(2, &["not.json", "/score/low"]);
        run(&["compare", &now, &twice]).says(2, &["A-1", "写了两次"]);
        run(&["compare", "-", "-"]).says(2, &["standard input"]);
        run(&["compare", &now]).says(2, &["--help"]);
        run(&[
            "compare",
            &now,
            &now,
            "--standard",
            SMALL,
            "--standard",
            SMALL,
            "--standard",
            SMALL,
        ])
        .says(2, &["--standard"]);
        // A report that does not hold is compared as it says, but its causes are not tried.
        let ran = run(&["compare", &now, &lied, "--standard", SMALL]).says(
            1,
            &[
                "并不成立",
                "duibiao recheck",
                "A-1",
                "权重、不低于零等 (weights, not below zero): +3",
            ],
        );
        assert!(ran.out.contains("合计 total: 0"), "{}", ran.out);
    }

    /// A standard with all that a scheme can do.
    const FRAMES: [&str; 4] = [
        "",
        r#"scheme(#{ full: 100, weights: #{ "1-a": 60, "2-b": 40 }, bonus_cap: 3, penalty_cap: 4 });"#,
        r#"scheme(#{ full: 100, not_applicable: "rescale", bonus_cap: 3 });"#,
        r#"parameter("平均", #{ id: "mean", unit: "%" }); scheme(#{ not_applicable: "mean", mean: 平均 });"#,
    ];
    const RULES: &str = r#"group("组");
field("甲", #{ id: "a", unit: "%", min: 0 });
field("乙", #{ id: "b", unit: "%", min: 0 });
field("次数", #{ id: "times", type: "count", unit: "次" });
indicator("A-1", #{ title: "一", advice: "改", points: 3, value: 甲, meets: |v| v >= 80 });
indicator("A-2", #{ title: "二", advice: "改", points: 7, value: 乙, meets: |v| v >= 90, score: |v| proportional(#{ target: 90 }) });
indicator("P-1", #{ title: "罚", advice: "改", points: 5, kind: "penalty", value: 次数, meets: |n| n <= 0 });
indicator("P-2", #{ title: "罚", advice: "改", points: 2, kind: "penalty", value: 甲, meets: |v| v >= 10 });
//@ 2-b
field("丙", #{ id: "c", unit: "%", min: 0 });
indicator("B-1", #{ title: "三", advice: "改", points: 11, value: 丙, meets: |v| v >= 50 });
indicator("B-2", #{ title: "四", advice: "改", points: 2, value: 丙, meets: |v| v >= 60 });
indicator("X-1", #{ title: "奖", advice: "改", points: 2, kind: "bonus", value: 丙, meets: |v| v >= 95 });
indicator("X-2", #{ title: "奖", advice: "改", points: 2, kind: "bonus", value: 丙, meets: |v| v >= 90 });
"#;

    fn total<'a>(rows: impl Iterator<Item = &'a Moved>) -> (Number, Number) {
        rows.fold((Number::ZERO, Number::ZERO), |(low, high), row| {
            let add =
                |sum: Number, text: &str| sum.checked_add(&Number::parse(text).unwrap()).unwrap();
            (add(low, &row.low), add(high, &row.high))
        })
    }

    #[test]
    fn the_points_add_up_exactly_whatever_the_scheme() {
        let mut tried = 0;
        let mut random = 7u32;
        let mut below = |most: u32| {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            random % most
        };
        for frame in FRAMES {
            let rulebook = probe::standard(frame, RULES);
            let digest = digest::digest(&rulebook.to_bytes());
            let mut made: Vec<Recorded> = Vec::new();
            for _ in 0..40 {
                let mut data = String::new();
                for (name, most) in [("甲", 120), ("乙", 120), ("丙", 120), ("次数", 3)] {
                    match below(5) {
                        0 => {}
                        1 => data += &format!("{name}=坏 "),
                        _ => data += &format!("{name}={} ", below(most)),
                    }
                }
                for id in ["A-1", "A-2", "B-1", "B-2", "P-1", "X-1"] {
                    if below(6) == 0 {
                        data += &format!("!{id} ");
                    }
                }
                if frame.contains("mean") && below(2) == 0 {
                    data += "平均=70 ";
                }
                let mut report = probe::checked(&rulebook, &data);
                report.standard.digest.clone_from(&digest);
                made.push(recorded(serde_json::to_value(&report).unwrap()).unwrap());
            }
            for pair in made.windows(2) {
                for standards in [&[(&rulebook, digest.as_str())][..], &[]] {
                    let found = compare(&pair[0], &pair[1], standards).unwrap();
                    let of = |report: &Recorded| {
                        (
                            report.score.whole.low.clone(),
                            report.score.whole.high.clone(),
                        )
                    };
                    let (from, to) = (of(&pair[0]), of(&pair[1]));
                    let moved = (
                        to.0.checked_sub(&from.0).unwrap(),
                        to.1.checked_sub(&from.1).unwrap(),
                    );
                    assert_eq!(
                        total(found.indicators.iter().chain(&found.rest)),
                        moved,
                        "{frame}"
                    );
                    assert_eq!(
                        total(found.chapters.iter().chain(&found.rest)),
                        moved,
                        "{frame}"
                    );
                    let scheme = found.rest.iter().any(|row| row.id == "scheme");
                    let zero = [&from, &to]
                        .iter()
                        .any(|score| score.0.is_zero() || score.1.is_zero());
                    assert!(
                        !scheme || zero || standards.is_empty(),
                        "{frame}: {:?}",
                        found.rest
                    );
                    assert_eq!(found.untold.is_some(), standards.is_empty());
                    tried += 1;
                }
            }
        }
        assert!(tried > 300);
    }
}
