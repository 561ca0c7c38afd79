//! `duibiao new`: what it writes passes, and nothing is overwritten.

use crate::SMALL;
use crate::probe::command::{copy, files, folder, run};
use std::fs;

#[test]
fn what_is_new_compiles_without_a_warning_and_passes() {
    let at = folder("new");
    let path = at.join("deep/fire-safety");
    let standard = path.to_str().unwrap();
    let good = |standard: &str, examples: u64| {
        let report = run(&["test", standard, "--format", "json"])
            .says(0, &[])
            .json();
        assert_eq!(report["warnings"], serde_json::json!([]));
        assert_eq!(report["passed"], examples);
        for covered in report["coverage"].as_array().unwrap() {
            for key in ["met", "unmet", "missing", "at_line"] {
                assert_eq!(covered[key], "shown", "{covered}");
            }
        }
    };
    run(&["new", "standard", standard, "消防\"自查\"（参考）"]).says(0, &["新建", "first.rhai"]);
    good(standard, 5);
    run(&["new", "chapter", standard, "2-exits", "安全出口"]).says(0, &["添加 (added to)"]);
    good(standard, 10);
    // Numbered with a letter of its own.
    let second = fs::read_to_string(path.join("2-exits/first.rhai")).unwrap();
    assert!(second.contains("indicator(\"B-01\""), "{second}");
    // In a file that is there, in a new one, with names that cannot be names of fields, and alike ones.
    for (file, id, title) in [
        ("2-exits/first", "E-1", "防火门\\完好率"),
        ("2-exits/doors.rhai", "3.1", "应急照明"),
        ("2-exits/doors", "消防一", "消火栓"),
        ("2-exits/doors", "E_1", "与 E-1 同名"),
    ] {
        let path = format!("{}.rhai", file.trim_end_matches(".rhai"));
        run(&["new", "indicator", standard, file, id, title]).says(0, &[&path, "duibiao test"]);
    }
    good(standard, 30);
    let all: Vec<String> = files(&path).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        all,
        [
            "1-first/first.rhai",
            "2-exits/doors.rhai",
            "2-exits/first.rhai",
            "standard.rhai"
        ]
    );
    // What it gives is what the other commands take.
    run(&["doc", standard]).says(0, &["消防&quot;自查&quot;（参考）"]);
    run(&["check", standard, "--as-of", "2024-01-01", "-"]).says(2, &["JSON"]);
}

#[test]
fn new_overwrites_nothing_and_says_what_to_do() {
    let at = folder("new-refused");
    let standard = copy(SMALL, &at.join("rules"), |_, text| text);
    let before = files(&at);
    let taken = at.join("taken");
    fs::write(&taken, "a file").unwrap();
    for (arguments, texts) in [
        (
            &["standard", &standard][..],
            &["已经有了，不覆盖", "换一个文件夹"][..],
        ),
        (&["standard", taken.to_str().unwrap()], &["taken", "不覆盖"]),
        (
            &["standard", at.join("empty").to_str().unwrap(), ""],
            &["“”不能作编号或名称"],
        ),
        (
            &["chapter", &standard, "1-clean", "再来"],
            &["“1-clean”已经有了", "1-clean、2-service"],
        ),
        (
            &["chapter", &standard, "../3", "出去"],
            &["不能作文件夹", "英文字母"],
        ),
        (
            &["chapter", &standard, "第三章", "中文"],
            &["不能作文件夹", "2-facilities"],
        ),
        (&["chapter", &standard, "3-new", " "], &["不能作编号或名称"]),
        (&["chapter", "nowhere", "3-new", "x"], &["nowhere"]),
        (
            &["indicator", &standard, "1-clean/sweeping", "A-1", "重复"],
            &["“A-1”已经用过"],
        ),
        (
            &["indicator", &standard, "3-none/a", "A-9", "没有"],
            &["没有“3-none”这一章", "new chapter"],
        ),
        (
            &["indicator", &standard, "sweeping", "A-9", "没有章"],
            &["章/文件", "1-clean/first"],
        ),
        (
            &["indicator", &standard, "1-clean/../a", "A-9", "出去"],
            &["章/文件"],
        ),
        (
            &["indicator", &standard, "1-clean/a", "A\n9", "换行"],
            &["A\\n9"],
        ),
    ] {
        let arguments: Vec<&str> = ["new"].iter().chain(arguments).copied().collect();
        run(&arguments).says(2, texts);
    }
    fs::remove_file(&taken).unwrap();
    assert_eq!(files(&at), before, "nothing was written");
    // A file that is there, though it is none of the rules.
    fs::create_dir_all(at.join("rules/3-new")).unwrap();
    fs::write(at.join("rules/3-new/first.rhai"), "").unwrap();
    run(&["new", "chapter", &standard, "3-new", "新"]).says(2, &["已经有了"]);
    // Rules that are broken are told, not made worse.
    let broken = copy(SMALL, &at.join("broken"), |_, text| {
        text.replace("机扫率下限;", "机扫率上限;")
            .replace("rate >= 机扫率下限", "rate >= 机扫率上限")
    });
    run(&["new", "chapter", &broken, "3-new", "新"]).says(2, &["[unknown-name]", "机扫率上限"]);
    // One whose examples fail already can still be added to.
    let failing = copy(SMALL, &at.join("failing"), |_, text| {
        text.replace("机扫面积: 93 }, met", "机扫面积: 92 }, met")
    });
    run(&["new", "chapter", &failing, "3-new", "新"]).says(0, &["3-new/first.rhai"]);
}
