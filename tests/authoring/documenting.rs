//! `duibiao doc`: the page of a standard, and the pages that are generated.

use crate::probe::command::{copy, folder, run};
use crate::probe::compiled;
use crate::{SMALL, standards};
use duibiao::author::Problem;
use std::fs;
use std::path::Path;

#[test]
fn the_generated_pages_are_the_ones_in_the_folder() {
    let mut wanted = vec![(
        "rules/README.md".to_string(),
        vec!["doc".to_string(), "--vocabulary".to_string()],
    )];
    for standard in standards().iter().filter(|path| *path != SMALL) {
        let name = Path::new(standard).file_name().unwrap().to_str().unwrap();
        wanted.push((
            format!("rules/{name}/PARAMETERS.md"),
            vec!["doc".into(), format!("rules/{name}"), "--parameters".into()],
        ));
    }
    for (path, arguments) in wanted {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let generated = run(&arguments).says(0, &[]).out;
        let found = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path));
        assert!(
            found.is_ok_and(|found| found == generated),
            "{path} is not as generated now: duibiao {} -o {path}",
            arguments.join(" ")
        );
    }
}

/// The problems of a small standard with a statement added.
fn problems_of(statement: &str) -> Vec<Problem> {
    let rules = r#"group("a"); field("甲", #{ id: "a" });
        indicator("A", #{ title: "t", meets: 甲 > 1, advice: "a" });"#;
    compiled([rules, statement].join("\n")).unwrap_err()
}

#[test]
fn the_vocabulary_has_every_option_of_every_declaration() {
    for declaration in duibiao::author::doc::DECLARATIONS {
        let word = declaration.word;
        let statement = match word {
            "parameter … values" => {
                "parameter(\"乙\", #{ id: \"b\", values: [#{ from: \"2020-01-01\", value: 1, zzz: 1 }] });".to_string()
            }
            "data_check" => "data_check(甲 > 0, \"m\", #{ zzz: 1 });".into(),
            "example" => "example(\"x\", #{}, missing, #{ zzz: 1 });".into(),
            "scheme" => "scheme(#{ zzz: 1 });".into(),
            word => format!("{word}(\"x\", #{{ zzz: 1 }});"),
        };
        let (mut told, mut lacking) = (Vec::new(), Vec::new());
        for problem in problems_of(&statement) {
            let trouble = problem.trouble;
            if let ("unknown-option", Some(exists)) = (trouble.code, trouble.exists) {
                let list = exists.en.strip_prefix("options: ").unwrap().to_string();
                told = list.split(", ").map(String::from).collect();
            }
            if let ("missing-option", Some((_, name))) =
                (trouble.code, trouble.message.en.split_once(" lacks "))
            {
                lacking.push(name.to_string());
            }
        }
        told.sort();
        lacking.sort();
        let listed = |needed: bool| {
            let options = declaration.options.iter();
            let mut names: Vec<&str> = options
                .filter(|o| !needed || o.needed)
                .map(|o| o.name)
                .collect();
            names.sort_unstable();
            names
        };
        let place = "src/author/doc/declarations.rs";
        assert_eq!(told, listed(false), "options of {word} in {place}");
        if word == "parameter … values" {
            lacking.extend(["from".into(), "value".into()]);
            lacking.sort();
        }
        assert_eq!(lacking, listed(true), "needed options of {word} in {place}");
    }
}

#[test]
fn the_page_has_all_of_the_standard_and_no_markup_of_its_texts() {
    let at = folder("doc");
    let standard = copy(SMALL, &at.join("rules"), |_, text| {
        text.replace("试用标准（参考）", "试用<script>alert(1)</script>标准")
            .replace(
                "试用规划（修订）\"",
                "试用规划 & 修订\", url: \"javascript:alert(1)\"",
            )
            .replace(
                "source: \"试用规划\"",
                "source: \"试用规划\", url: \"https://example.com/?a=1&b=2\"",
            )
    });
    let file = at.join("doc.html");
    let file = file.to_str().unwrap();
    run(&["doc", &standard, "-o", file]).says(0, &["doc.html"]);
    let page = fs::read_to_string(file).unwrap();
    for text in [
        "<html lang=\"zh-CN\">",
        "<strong>参考</strong>",
        "仅供测试，不代表正式评定。",
        "试用&lt;script&gt;alert(1)&lt;/script&gt;标准",
        "A-1</span> 机械化清扫率",
        "机械化清扫面积 ÷ 道路清扫面积 ≥ 机扫率下限",
        "<span>93%</span></td><td><span>2024-01-01 起</span>",
        "试用规划 &amp; 修订",
        "<a href=\"https://example.com/?a=1&amp;b=2\">试用规划</a>",
        "<b>未设定</b>",
        "机械化清扫面积（机扫面积） <code>swept</code>",
        "道路清扫面积为 0：视为没有填写",
        "机械化清扫面积 ≤ 道路清扫面积",
        "逐个填写：东区、西区",
        "增配机扫车辆。",
        "<th scope=\"row\">差一点</th><td>机扫面积 92.99 万平方米；清扫面积 100 万平方米；按 2024-01-01 的线</td>",
        "<th scope=\"col\">可信度</th>",
        "<a href=\"#indicator-A-2\">A-2 绿化废弃物利用率</a>",
    ] {
        assert!(page.contains(text), "without {text}");
    }
    for text in ["<script", "href=\"javascript:", "src=", "@import"] {
        assert!(!page.contains(text), "{text}");
    }
    // Every address within the page leads somewhere, and every id is there once.
    for (_, rest) in page
        .match_indices("href=\"#")
        .map(|(at, m)| (at, &page[at + m.len()..]))
    {
        let id = rest.split('"').next().unwrap();
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    let again = run(&["doc", &standard]).out;
    assert_eq!(again, page, "the same to standard output");
    // What cannot be written leaves nothing behind.
    let nowhere = at.join("nowhere/doc.html");
    run(&["doc", &standard, "-o", nowhere.to_str().unwrap()]).says(2, &["写不了", "nowhere"]);
    run(&["doc", "nowhere"]).says(2, &["nowhere"]);
    run(&["doc"]).says(2, &["STANDARD"]);
}
