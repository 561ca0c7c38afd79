//! Spreadsheets: what is written is read again, other people's tables are understood or questioned, and no file does harm.

#![cfg(feature = "command")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod probe;

use calamine::Reader as _;
use duibiao::author::compile;
use duibiao::date::Date;
use duibiao::digest::digest;
use duibiao::entry::{Entry, Given};
use duibiao::office::{Document, Options, Read, entry_of, read, write_form, write_tables};
use duibiao::report::{Lang, report};
use duibiao::rulebook::{FieldType, Rulebook};
use probe::files::{rule_files, standards};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::LazyLock;

/// A standard with its digest.
struct Own {
    rulebook: Rulebook,
    digest: String,
}

impl Own {
    fn of(rulebook: Rulebook) -> Self {
        let digest = digest(&rulebook.to_bytes());
        Self { rulebook, digest }
    }

    fn form(&self, entry: &Entry) -> Vec<u8> {
        self.form_with(entry, &options()).unwrap()
    }

    fn form_with(&self, entry: &Entry, options: &Options<'_>) -> Result<Vec<u8>, String> {
        write_form(&self.rulebook, &self.digest, entry, options).map_err(|told| told.code.into())
    }

    fn read(&self, name: &str, bytes: &[u8]) -> Read {
        read(&self.rulebook, &self.digest, name, bytes).unwrap_or_else(|told| panic!("{told:?}"))
    }

    /// The code of the reason why a file cannot be read.
    fn refused(&self, name: &str, bytes: &[u8]) -> &'static str {
        match read(&self.rulebook, &self.digest, name, bytes) {
            Ok(read) => panic!("{name} was read: {read:?}"),
            Err(told) => told.code,
        }
    }
}

fn options() -> Options<'static> {
    Options {
        department: None,
        lang: Lang::Zh,
        as_of: Date::parse("2024-06-01").unwrap(),
        report: None,
        data: None,
    }
}

static SHIPPED: LazyLock<Vec<Own>> = LazyLock::new(|| {
    let own = |folder: &String| Own::of(compile(&rule_files(folder)).unwrap().rulebook);
    standards().iter().map(own).collect()
});

/// The standard of the command's tests.
static SMALL: LazyLock<Own> = LazyLock::new(|| {
    Own::of(
        compile(&rule_files("tests/data/standard"))
            .unwrap()
            .rulebook,
    )
});

/// Every value of an entry by its path.
fn flat(entries: &[&Entry]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut put = |path: String, given: &Given| {
        let told = match given {
            Given::Text(text) => text.clone(),
            given => format!("{given:?}"),
        };
        assert!(found.insert(path.clone(), told).is_none(), "{path} twice");
    };
    for entry in entries {
        let parts = [
            ("", &entry.fields),
            ("parameter:", &entry.parameters),
            ("reason:", &entry.not_applicable),
            ("waived:", &entry.waived),
        ];
        for (prefix, items) in parts {
            for (name, given) in items {
                match given {
                    Given::Keyed(items) => {
                        for (key, given) in items {
                            put(format!("{prefix}{name}.{key}"), given);
                        }
                    }
                    given => put(format!("{prefix}{name}"), given),
                }
            }
        }
    }
    found
}

/// Texts of all the kinds that make trouble somewhere on the way.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[0-9]{1,4}(\\.[0-9]{1,3})?",
        2 => "[0-9]{12,22}",
        1 => "0[0-9]{1,5}",
        1 => "-?[0-9]{1,3}\\.[0-9]{14,18}",
        1 => "[０-９．，]{1,6}",
        2 => prop::sample::select(vec![
            "95%", "＞95%", "1.2万", "1,825.95", "3.10", "-0", "1e3", "1E+05", ".5", "5.", "+5", "是", "否", "TRUE", "true",
            "2023-05-31", "2023/5/31", "2023.5", "1900-01-01", "1899-12-31", "1904-02-29", "9999-12-31", "0001-01-01",
            "=1+1", "@A1", "-A1", "+1", "'95", "<r>x</r>", "<r><t>x</t></r>", "_x0041_", "_x000D_", "_", "a\r\nb", "a\rb", "a\nb\n\nc",
            "\ta\t", " a ", "\u{3000}a", "\u{a0}", "#DIV/0!", "#N/A", "&amp;<>\"'", "]]>", "\u{fffe}", "\u{1}\u{1f}", "🙂", "\u{2028}", "\u{85}x",
            "不涉及", "duibiao-form/1", "识别码", "http://a.b/c", "mailto:a@b.c",
        ]).prop_map(String::from),
        2 => "\\PC{1,12}",
        1 => any::<String>(),
    ]
    .prop_filter("blanks are nothing", |text| !text.trim().is_empty())
}

fn given() -> impl Strategy<Value = Given> {
    prop_oneof![9 => text().prop_map(Given::Text), 1 => any::<bool>().prop_map(Given::Truth)]
}

/// An entry: which places, with what, and names that no standard has.
fn entry(rulebook: &'static Rulebook) -> impl Strategy<Value = Entry> {
    let slots = rulebook.slots() as u32;
    let fields = prop::collection::btree_map(0..slots, given(), 0..60);
    let lines = prop::collection::btree_map(0..rulebook.parameters.len(), given(), 0..8);
    let indicators = 0..rulebook.indicators.len();
    let reasons = prop::collection::btree_map(indicators.clone(), given(), 0..6);
    let waivers = prop::collection::btree_map(indicators, (text(), text(), text()), 0..4);
    let strays = prop::collection::btree_map("[a-z一-三]{3,8}", given(), 0..4);
    (fields, lines, reasons, waivers, strays).prop_map(
        move |(fields, lines, reasons, waivers, strays)| {
            let mut entry = Entry::default();
            for (slot, given) in fields {
                entry.fields.push((rulebook.slot_id(slot), given));
            }
            for (index, given) in lines {
                entry
                    .parameters
                    .push((rulebook.parameters[index].id.clone(), given));
            }
            for (index, given) in reasons {
                entry
                    .not_applicable
                    .push((rulebook.indicators[index].id.clone(), given));
            }
            for (index, (reason, by, until)) in waivers {
                let parts = [("reason", reason), ("by", by), ("until", until)];
                let parts = parts.map(|(name, text)| (name.to_string(), Given::Text(text)));
                entry.waived.push((
                    rulebook.indicators[index].id.clone(),
                    Given::Keyed(parts.into()),
                ));
            }
            for (name, given) in strays {
                entry.fields.push((format!("stray_{name}"), given));
            }
            entry
        },
    )
}

/// In a field of 是 and 否 these words are what they mean.
fn meant(rulebook: &Rulebook, entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    for (path, given) in &mut entry.fields {
        let id = path.split('.').next().unwrap();
        let field = rulebook.fields.iter().find(|field| field.id == id);
        if field.is_some_and(|field| field.kind == FieldType::YesNo) {
            match given {
                Given::Text(text) if text == "是" => *given = Given::Truth(true),
                Given::Text(text) if text == "否" => *given = Given::Truth(false),
                _ => {}
            }
        }
    }
    entry
}

#[track_caller]
fn comes_back(own: &Own, entry: &Entry) {
    let bytes = own.form(entry);
    let read = own.read("a.xlsx", &bytes);
    assert_eq!(read.kind, "form");
    let errors: Vec<_> = read
        .problems
        .iter()
        .filter(|one| one.severity == "error")
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(
        flat(&[&read.entry, &read.strays]),
        flat(&[&meant(&own.rulebook, entry)])
    );
    // And again: the same workbook.
    let mut again = read.entry.clone();
    again.fields.extend(read.strays.fields.clone());
    again.parameters.extend(read.strays.parameters.clone());
    again
        .not_applicable
        .extend(read.strays.not_applicable.clone());
    again.waived.extend(read.strays.waived.clone());
    assert!(own.form(&again) == bytes, "the second workbook differs");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_out_comes_back((index, entry) in (0..SHIPPED.len()).prop_flat_map(|index| (Just(index), entry(&SHIPPED[index].rulebook)))) {
        comes_back(&SHIPPED[index], &entry);
    }
}

#[test]
fn what_has_no_place_in_the_standard_is_kept() {
    let value = json!({
        "fields": {
            "swept": "446.4", "机械化清扫面积": "447", "toilets": {"东区": 3, "南区": 5}, "area": {"x": 1},
            "complaints": null, "closed": "", "nobody": true, "nobody.key": "1", "toilets.西区": "007",
        },
        "parameters": {"reuse_line": 40, "no_line": 5},
        "not_applicable": {"A-1": "没有", "Z-9": "没有"},
        "waived": {"B-1": {"reason": "疫情", "by": "市政府", "until": "2024-12-31", "more": "x"}, "Z-8": {"reason": "无"}},
    });
    let entry = entry_of(&value);
    let read = SMALL.read("a.xlsx", &SMALL.form(&entry));
    assert_eq!(
        flat(&[&read.entry]),
        [
            ("swept", "446.4"),
            ("toilets.东区", "3"),
            ("toilets.西区", "007"),
            ("parameter:reuse_line", "40"),
            ("reason:A-1", "没有"),
            ("waived:B-1.reason", "疫情"),
            ("waived:B-1.by", "市政府"),
            ("waived:B-1.until", "2024-12-31"),
        ]
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .into()
    );
    assert_eq!(
        flat(&[&read.strays]).into_keys().collect::<Vec<_>>(),
        [
            "area.x",
            "nobody",
            "nobody.key",
            "parameter:no_line",
            "reason:Z-9",
            "toilets.南区",
            "waived:B-1.more",
            "waived:Z-8.reason",
            "机械化清扫面积"
        ]
    );
}

#[test]
fn a_workbook_holds_the_verdicts_and_reads_the_same_with_them() {
    let own = &SHIPPED[0];
    let text = std::fs::read_to_string("www/public/example-changzhou-2023.json").unwrap();
    let entry = entry_of(&serde_json::from_str(&text).unwrap());
    let as_of = options().as_of;
    let report =
        serde_json::to_value(report(&own.rulebook, &own.digest, &entry, as_of, Lang::Zh)).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let bytes = own
            .form_with(
                &entry,
                &Options {
                    lang,
                    report: Some(&report),
                    ..options()
                },
            )
            .unwrap();
        let read = own.read("a.xlsx", &bytes);
        assert_eq!(read.problems, []);
        assert_eq!(flat(&[&read.entry]), flat(&[&meant(&own.rulebook, &entry)]));
        let cells = cells(&bytes);
        let words: &[&str] = if lang == Lang::Zh {
            &["未达标", "见第", "参考标准，不代表正式评定"]
        } else {
            &["not met", "as in row", "not an official"]
        };
        for word in words {
            assert!(
                cells.iter().any(|(_, _, text)| text.contains(word)),
                "without {word}"
            );
        }
    }
}

/// Every cell with text: sheet, place, text.
fn cells(bytes: &[u8]) -> Vec<(String, (u32, u32), String)> {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let mut found = Vec::new();
    for name in names {
        let range = book.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let used = range.used_cells().map(|(row, column, value)| {
            (
                name.clone(),
                (top + row as u32, left + column as u32),
                value.to_string(),
            )
        });
        found.extend(used);
    }
    found
}

#[test]
fn a_department_gets_what_it_fills_in() {
    let own = &SHIPPED[0];
    let department = "市城市管理局";
    let bytes = own
        .form_with(
            &Entry::default(),
            &Options {
                department: Some(department),
                ..options()
            },
        )
        .unwrap();
    let read = own.read("a.xlsx", &bytes);
    assert_eq!(read.department, department);
    let cells = cells(&bytes);
    let ids: Vec<&str> = cells
        .iter()
        .filter(|(sheet, (row, column), _)| sheet == department && *row > 2 && *column == 0)
        .map(|(_, _, text)| text.as_str())
        .collect();
    let mut expected = Vec::new();
    for field in &own.rulebook.fields {
        if field.department.split('、').any(|one| one == department) {
            expected.extend(
                (0..field.width() as u32).map(|index| own.rulebook.slot_id(field.slot + index)),
            );
        }
    }
    assert!(expected.len() > 20);
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(
        sorted(ids.into_iter().map(String::from).collect()),
        sorted(expected)
    );
    assert_eq!(
        own.form_with(
            &Entry::default(),
            &Options {
                department: Some("市财务局"),
                ..options()
            }
        ),
        Err("unknown-department".into())
    );
}

#[test]
fn every_place_of_a_standard_is_in_its_workbook() {
    for own in SHIPPED.iter() {
        let cells = cells(&own.form(&Entry::default()));
        let has = |path: &str| {
            cells
                .iter()
                .any(|(_, (_, column), text)| *column == 0 && text == path)
        };
        for slot in 0..own.rulebook.slots() as u32 {
            assert!(
                has(&own.rulebook.slot_id(slot)),
                "{}",
                own.rulebook.slot_id(slot)
            );
        }
        for parameter in own
            .rulebook
            .parameters
            .iter()
            .filter(|one| one.values.is_empty())
        {
            assert!(
                has(&format!("parameter:{}", parameter.id)),
                "{}",
                parameter.id
            );
        }
        for indicator in &own.rulebook.indicators {
            assert!(has(&format!("reason:{}", indicator.id)), "{}", indicator.id);
        }
    }
}

#[test]
fn a_cell_too_small_is_told_before_anything_is_lost() {
    let entry = entry_of(&json!({ "fields": { "swept": "9".repeat(32_768) } }));
    assert_eq!(SMALL.form_with(&entry, &options()), Err("too-long".into()));
    let entry = entry_of(&json!({ "fields": { "swept": "九".repeat(32_767) } }));
    comes_back(&SMALL, &entry);
}

/// What is expected of a table: values by path, and problems as `sheet!cell code`.
#[track_caller]
fn expect(read: &Read, values: &[(&str, &str)], problems: &[&str]) {
    let expected: BTreeMap<String, String> = values
        .iter()
        .map(|(path, text)| ((*path).into(), (*text).into()))
        .collect();
    assert_eq!(flat(&[&read.entry]), expected, "{:?}", read.problems);
    let told: Vec<String> = read
        .problems
        .iter()
        .map(|one| format!("{} {}", one.cell, one.code).trim().to_string())
        .collect();
    assert_eq!(told, problems, "{:#?}", read.problems);
}

#[track_caller]
fn table(text: &str, values: &[(&str, &str)], problems: &[&str]) {
    expect(&SMALL.read("表.csv", text.as_bytes()), values, problems);
}

#[test]
#[rustfmt::skip]
fn tables_as_text_are_read_by_their_headings() {
    // Ours, and what the command has always read.
    table("数据项,单位,填报值\n机械化清扫面积,万平方米,446.4\n公厕密度（东区）,,3\n", &[("swept", "446.4"), ("toilets.东区", "3")], &[]);
    table("机扫面积,93\n清扫面积,100\n", &[("area", "100"), ("swept", "93")], &[]);
    table("清扫面积,机扫面积,有应急预案\n100,93,是\n", &[("area", "100"), ("swept", "93"), ("plan", "Truth(true)")], &[]);
    table("\u{feff}数据项;数值\n机扫面积;1,5\n", &[("swept", "1,5")], &[]);
    table("数据项\t完成值\r\n1．机扫面积\t\"1,825\"\r\n", &[("swept", "1,825")], &[]);
    // A title above, numbers before, units behind, a heading in two rows, what is carried down.
    table("常州市环卫数据表,,,\n填报单位：城管局,,,\n序号,指标,数据项,完成情况（2023年）\n1,机械化清扫率,机械化清扫面积（万平方米）,446.4\n2,,道路清扫面积,480\n", &[("area", "480"), ("swept", "446.4")], &[]);
    table("序号,数据项,计量单位,完成情况,\n,,,目标值,完成值\n1,机扫面积,万平方米,500,446.4\n", &[("swept", "446.4")], &[]);
    table("统计表,,,,\n序号,数据项,单位,完成情况,\n,,,目标值,完成值\n1,机扫面积,万平方米,500,446.4\n", &[("swept", "446.4")], &[]);
    table("2023年统计表,,,,\n序号,指标,数据项,完成情况,\n,,,2023年目标,2023年实际\n1,机械化清扫率,机扫面积,500,446.4\n", &[("swept", "446.4")], &[]);
    table("数据项,目标值,,完成值,\n,东区,西区,东区,西区\n公厕密度,9,9,3,4\n", &[("toilets.东区", "3"), ("toilets.西区", "4")], &[]);
    // What was aimed at is never what was reached, whatever else there is.
    table("数据项,目标值\n机扫面积,500\n", &[], &["no-head"]);
    table("数据项,单位,计划数,上年\n机扫面积,万平方米,500,440\n", &[], &["no-head"]);
    // Of several years the newest is read, and told.
    table("数据项,单位,2022年,2023年\n机扫面积,万平方米,440,446.4\n", &[("swept", "446.4")], &["newest-year"]);
    table("统计表,,\n数据项,数值,\n,2023,2022\n机扫面积,446.4,440\n", &[("swept", "446.4")], &["newest-year"]);
    table("数据项,东区,,西区,\n,2022年,2023年,2022年,2023年\n公厕密度,1,3,2,4\n", &[("toilets.东区", "3"), ("toilets.西区", "4")], &["newest-year"]);
    table("数据项,2023年\n机扫面积,446.4\n", &[("swept", "446.4")], &[]);
    table("数据项,2024年目标,2023年,填报值\n机扫面积,500,440,446.4\n", &[("swept", "446.4")], &[]);
    table("数据项,东区,西区\n公厕密度,3,4\n", &[("toilets.东区", "3"), ("toilets.西区", "4")], &[]);
    table("辖市区,公厕密度,清扫面积\n东区,3,\n西区,4,\n合计,,480\n", &[("area", "480"), ("toilets.东区", "3"), ("toilets.西区", "4")], &[]);
    table("数据项,地区,数值\n公厕密度,东区,3\n公厕密度,西区,4\n", &[("toilets.东区", "3"), ("toilets.西区", "4")], &[]);
    table("线,1\n利用率下限,40\n机扫面积,5\n", &[("swept", "5"), ("parameter:reuse_line", "40")], &["B1 no-match"]);
    // Text stays as it was written: the checker asks.
    table("数据项,填报值\n机扫面积,＞95%\n清扫面积,1.2万\n预案日期,2023年5月\n", &[("area", "1.2万"), ("swept", "＞95%"), ("plan_date", "2023年5月")], &[]);
    // A unit stands beside a value, behind its name, in the heading or below it.
    table("数据项,单位,填报值\n机扫面积,（吨）,4460000\n", &[("swept", "4460000吨")], &["C2 unit-differs"]);
    table("数据项,完成值（公顷）\n机扫面积,446.4\n", &[("swept", "446.4公顷")], &["B2 unit-converted"]);
    table("数据项,填报值\n,（平方米）\n机扫面积（公顷）,4464\n清扫面积,4800000\n", &[("area", "4800000平方米"), ("swept", "4464公顷")], &["B3 unit-converted", "B4 unit-converted"]);
    table("清扫面积,机扫面积\n（万平方米）,单位：公顷\n100,93\n", &[("area", "100"), ("swept", "93公顷")], &["B3 unit-converted"]);
    table("辖市区,公厕密度,清扫面积\n,（座/平方公里）,（万平方米）\n东区,3,100\n西区,4,200\n", &[("toilets.东区", "3"), ("toilets.西区", "4")], &["C3 needs-total"]);
    // What is doubtful is told with its cell.
    table("数据项,填报值\n机扫面只,93\n", &[], &["B2 no-match"]);
    table("数据项,填报值\n机扫面积,#DIV/0!\n", &[], &["B2 error-cell"]);
    table("数据项,填报值\n机扫面积,93\n机械化清扫面积,94\n清扫面积,100\n", &[("area", "100")], &["B3 two-values"]);
    table("数据项,填报值\n机扫面积,93\n机械化清扫面积,93\n", &[("swept", "93")], &[]);
    table("指标,完成值\n机械化清扫率,93%\n", &[], &["B2 needs-parts"]);
    table("数据项,填报值\n公厕密度,3\n", &[], &["B2 needs-key"]);
    table("数据项,填报值\n,3\n机扫面积,1\n", &[("swept", "1")], &["B2 no-name"]);
    table("数据项,完成值,完成值\n机扫面积,1,2\n", &[], &["several-values"]);
    table("清扫面积,机扫面积\n100,93\n100,94\n", &[], &["several-rows"]);
    table("城管局通讯录\n张三,83000000\n", &[], &["no-head"]);
    table("数据项,单位,填报值\n机扫面积,平方米,4460000\n", &[("swept", "4460000平方米")], &["C2 unit-converted"]);
}

#[test]
#[rustfmt::skip]
fn the_figure_of_one_district_is_never_the_citys() {
    let area = &[("area", "480")][..];
    // What is the whole's is taken, whatever the districts have; that those are not needed is a note.
    table("数据项,东区,西区,全市\n清扫面积,100,,480\n", area, &["needless"]);
    table("数据项,东区,西区,全市\n清扫面积,100,100,480\n", area, &["needless"]);
    table("数据项,全市,东区,西区\n清扫面积,480,100,380\n", area, &["needless"]);
    for whole in ["全市", "合计", "合 计", "总计", "全市合计", "全市完成值", "2023年全市", "全市（万平方米）"] {
        table(&format!("数据项,东区,西区,{whole}\n清扫面积,,,480\n"), area, &[]);
        table(&format!("数据项,地区,数值\n清扫面积,{},480\n", whole.trim_start_matches("2023年")), area, &[]);
    }
    table("数据项,全市\n清扫面积,480\n", area, &[]);
    table("数据项,完成值,,\n,东区,西区,全市\n清扫面积,1,2,480\n", area, &["needless"]);
    table("数据项,目标值,,完成值,\n,东区,全市,东区,全市\n清扫面积,1,2,3,480\n", area, &["needless"]);
    table("数据项,东区,,全市,\n,2022年,2023年,2022年,2023年\n清扫面积,1,2,470,480\n", area, &["newest-year", "needless"]);
    table("数据项,地区,数值\n清扫面积,东区,100\n清扫面积,西区,200\n清扫面积,合计,480\n", area, &["needless"]);
    // Nothing of a district is taken for the whole.
    table("数据项,东区,西区\n清扫面积,480,480\n", &[], &["B2 needs-total"]);
    table("数据项,东区,西区\n清扫面积,,480\n", &[], &["C2 needs-total"]);
    table("数据项,东区\n清扫面积,480\n", &[], &["B2 needs-total"]);
    table("数据项,东区\n公厕密度,3\n利用率下限,40\n", &[("toilets.东区", "3")], &["B3 needs-total"]);
    table("数据项,地区,数值\n清扫面积,东区,480\n", &[], &["C2 needs-total"]);
    table("数据项,地区,数值\n清扫面积,市本级,480\n", &[], &["C2 needs-total"]);
    table("数据项,填报值\n清扫面积（东区）,480\n公厕密度（东区）,3\n", &[("toilets.东区", "3")], &["B2 needs-total"]);
    table("清扫面积（东区）,机扫面积\n480,93\n", &[("swept", "93")], &["A2 needs-total"]);
    // A district in a row of its own, written once for several rows, or the sheet's name.
    table("数据项,填报值\n东区,\n清扫面积,480\n公厕密度,3\n西区,\n公厕密度,4\n", &[("toilets.东区", "3"), ("toilets.西区", "4")], &["B3 needs-total"]);
    table("数据项,填报值\n东区,\n公厕密度,3\n全市,\n清扫面积,480\n", &[("area", "480"), ("toilets.东区", "3")], &[]);
    table("地区,数据项,填报值\n东区,清扫面积,100\n,公厕密度,3\n西区,公厕密度,4\n合计,清扫面积,480\n,机扫面积,93\n", &[("area", "480"), ("swept", "93"), ("toilets.东区", "3"), ("toilets.西区", "4")], &["needless"]);
    table("数据项,地区,填报值\n公厕密度,东区,3\n清扫面积,,480\n", &[("area", "480"), ("toilets.东区", "3")], &[]);
    for text in ["数据项,填报值\n清扫面积,480\n公厕密度,3\n", "清扫面积,公厕密度\n480,3\n"] {
        let read = SMALL.read("东区", text.as_bytes());
        assert_eq!(flat(&[&read.entry]), [("toilets.东区".to_string(), "3".to_string())].into(), "{text}");
        assert_eq!(read.problems[0].code, "needs-total");
    }
    // Who filled it in is no heading.
    table("名称,东区\n数据项,填报值\n清扫面积,480\n", area, &[]);
    // What is neither is told.
    for other in ["市本级", "全市平均", "小计", "北区"] {
        table(&format!("序号,数据项,东区,西区,{other},备注,分值\n1,公厕密度,3,4,5,6,7\n"), &[("toilets.东区", "3"), ("toilets.西区", "4")], &["E2 unplaced"]);
        table(&format!("数据项,完成值,,\n,东区,西区,{other}\n清扫面积,,,480\n"), &[], &["D3 unplaced"]);
        table(&format!("辖市区,公厕密度,清扫面积\n东区,3,\n{other},4,480\n"), &[("toilets.东区", "3")], &["B3 whose-row"]);
    }
    table("地区,清扫面积,机扫面积\n北区,480,93\n", &[], &["B2 whose-row"]);
    table("地区,清扫面积,机扫面积\n全市,480,93\n", &[("area", "480"), ("swept", "93")], &[]);
    table("清扫面积,机扫面积,公厕密渡\n480,93,5\n", &[("area", "480"), ("swept", "93")], &["C2 unplaced"]);
    // The whole of a list is not needed beside its parts, and no part of it.
    table("数据项,东区,西区,全市\n公厕密度,3,4,7\n", &[("toilets.东区", "3"), ("toilets.西区", "4")], &["needless"]);
    table("数据项,东区,西区,全市\n公厕密度,,,7\n", &[], &["D2 needs-key"]);
    table("辖市区,公厕密度,清扫面积\n东区,3,\n西区,4,\n合计,7,480\n", &[("area", "480"), ("toilets.东区", "3"), ("toilets.西区", "4")], &["needless"]);
}

/// A standard with figures of several quantities.
static MEASURED: LazyLock<Own> = LazyLock::new(|| {
    Own::of(probe::standard(
        r#"const 区 = ["东区", "西区"];"#,
        r#"group("组"); field("半径", #{ id: "r", label: "公厕服务半径", unit: "米" }); field("面积", #{ id: "a", label: "公园绿地面积", unit: "万平方米" });
           field("座数", #{ id: "n", label: "公厕座数", type: "count", unit: "座" }); field("达标率", #{ id: "p", label: "公厕达标率", type: "percent", unit: "%" });
           field("区半径", #{ id: "d", label: "各区服务半径", unit: "米", keys: 区 }); field("预案", #{ id: "y", label: "预案", type: "yes-no" });
           parameter("半径上限", #{ id: "line", unit: "米", values: [] });
           indicator("A-1", #{ title: "题", points: 1, meets: 半径 <= 半径上限 && 面积 > 1 && 座数 > 1 && 达标率 > 1 && 预案, advice: "改" });
           indicator("A-2", #{ title: "区", points: 1, meets: max(区半径) <= 300, advice: "改" });"#,
    ))
});

#[test]
#[rustfmt::skip]
fn a_unit_for_the_whole_table_holds_for_its_figures() {
    let km = &[("r", "0.5公里")][..];
    let read = |text: &str| MEASURED.read("表.csv", text.as_bytes());
    let table = |text: &str, values: &[(&str, &str)], problems: &[&str]| expect(&read(text), values, problems);
    let rows = "数据项,填报值,\n公厕服务半径,0.5,\n";
    // Wherever it is said.
    for said in ["单位：公里", "（单位：公里）", "单位:公里", "单位 公里", "计量单位：公里", "长度单位：公里", "单位为公里", "公厕情况表（单位：公里）", "公厕情况表（公里）", "公里", "（公里）", "以公里为单位",
                 "单位：公里　填报人：张三", "单位：公里、公顷", "Unit: 公里", ",单位：公里", ",,单位：公里", "单位,公里,", "计量单位：,公里,", ",单位：,公里", "环卫表,\n单位：公里"] {
        table(&format!("{said}\n{rows}"), km, &[&format!("B{} unit-converted", 3 + said.matches('\n').count())]);
    }
    table("数据项,填报值,单位：公里\n公厕服务半径,0.5,\n", km, &["B2 unit-converted"]);
    table("数据项,填报值,（单位：公里）\n公厕服务半径,0.5,\n", km, &["B2 unit-converted"]);
    table("数据项,填报值\n单位：公里,\n公厕服务半径,0.5\n", km, &["B3 unit-converted"]);
    table("数据项,填报值\n公里,\n公厕服务半径,0.5\n", km, &["B3 unit-converted"]);
    table("数据项,填报值\n单位,公里\n公厕服务半径,0.5\n", km, &["B3 unit-converted"]);
    table("数据项,填报值\n公厕服务半径,0.5\n注：单位：公里,\n", km, &["B2 unit-converted"]);
    table("数据项,填报值,备注\n公厕服务半径,0.5,单位：公里\n", km, &["B2 unit-converted"]);
    table("数据项,填报值（单位：公里）\n公厕服务半径,0.5\n", km, &["B2 unit-converted"]);
    table("数据项,填报值/公里\n公厕服务半径,0.5\n", km, &["B2 unit-converted"]);
    table("数据项,填报值 单位：公里\n公厕服务半径,0.5\n", km, &["B2 unit-converted"]);
    table("数据项,完成值\n,单位：公里\n公厕服务半径,0.5\n", km, &["B3 unit-converted"]);
    table("数据项,单位（公里）,填报值\n公厕服务半径,,0.5\n", km, &["C2 unit-converted"]);
    table("单位：公里,\n公厕服务半径,0.5\n", km, &["B2 unit-converted"]);
    table("单位：公里,\n公厕服务半径,公厕座数\n0.5,20\n", &[("n", "20"), ("r", "0.5公里")], &["A3 unit-converted", "A1 unit-unfit"]);
    table("公厕服务半径,公厕座数,单位：公里、座\n0.5,20,\n", &[("n", "20"), ("r", "0.5公里")], &["A2 unit-converted"]);
    table("公厕服务半径,公园绿地面积,单位\n0.5,3,公里\n", &[("a", "3"), ("r", "0.5公里")], &["A2 unit-converted", "C2 unit-unfit"]);
    table("公厕服务半径,公园绿地面积\n0.5,3\n单位：公里、公顷,\n", &[("a", "3公顷"), ("r", "0.5公里")], &["A2 unit-converted", "B2 unit-converted"]);
    table("单位：公里,,\n数据项,东区,西区\n各区服务半径,0.2,0.3\n", &[("d.东区", "0.2公里"), ("d.西区", "0.3公里")], &["B3 unit-converted", "C3 unit-converted"]);
    table("单位：公里,,\n辖市区,各区服务半径,\n东区,0.2,\n西区,0.3,\n", &[], &["no-head"]);
    // Which of several fits is plain from the quantity.
    table("单位：公里、公顷、座\n数据项,填报值\n公厕服务半径,0.5\n公园绿地面积,1500\n公厕座数,20\n", &[("a", "1500公顷"), ("n", "20"), ("r", "0.5公里")], &["B3 unit-converted", "B4 unit-converted"]);
    table("单位：公顷\n数据项,填报值\n公园绿地面积,1500\n", &[("a", "1500公顷")], &["B3 unit-converted"]);
    table("单位：公里,\n数据项,填报值\n公厕服务半径,0.5\n单位：米,\n各区服务半径（东区）,200\n单位：公顷,\n公园绿地面积,1500\n", &[("a", "1500公顷"), ("d.东区", "200"), ("r", "0.5公里")], &["B3 unit-converted", "B7 unit-converted"]);
    table("单位：万米,\n数据项,填报值\n公厕服务半径,0.05\n", &[("r", "0.05万米")], &["B3 unit-converted"]);
    table("单位：公里,\n数据项,填报值\n公厕服务半径,1.2万\n", &[("r", "1.2万公里")], &["B3 unit-converted"]);
    table("单位：公里,\n线,数\n半径上限,0.3\n", &[("parameter:line", "0.3公里")], &["B3 unit-converted"]);
    table("单位：公里,\n数据项,填报值\n半径上限,0.3\n", &[("parameter:line", "0.3公里")], &["B3 unit-converted"]);
    table("数据项,单位,填报值\n半径上限,公里,0.3\n", &[("parameter:line", "0.3公里")], &["C2 unit-converted"]);
    // What has a unit of its own keeps it.
    table("单位：公里\n数据项,填报值\n公厕服务半径,500米\n", &[("r", "500米")], &[]);
    table("单位：公里\n数据项,填报值\n公厕服务半径（米）,500\n", &[("r", "500")], &[]);
    table("单位：公里,\n数据项,填报值（米）\n公厕服务半径,500\n", &[("r", "500")], &[]);
    table("单位：公里,,\n数据项,单位,填报值\n公厕服务半径,米,500\n", &[("r", "500")], &[]);
    table("单位：米,\n数据项,填报值\n公厕服务半径,500\n", &[("r", "500")], &[]);
    // What is of another quantity is not converted, and that is told.
    table("单位：人,\n数据项,填报值\n公厕服务半径,500\n", &[("r", "500")], &["A1 unit-unfit"]);
    table("单位：公里,\n数据项,填报值\n公厕达标率,95\n预案,是\n", &[("p", "95"), ("y", "Truth(true)")], &["A1 unit-unfit"]);
    table("单位：万,\n数据项,填报值\n公厕达标率,95\n公厕座数,2\n", &[("n", "2万"), ("p", "95")], &["B4 unit-converted", "A1 unit-unfit"]);
    table("计量单位：华里,\n数据项,填报值\n公厕服务半径,500\n", &[("r", "500")], &["A1 unit-unfit"]);
    // What is not clear is asked.
    table("单位：公里、米,\n数据项,填报值\n公厕服务半径,0.5\n", &[], &["B3 unit-unclear"]);
    table("单位：公里,,\n数据项,单位,填报值\n公厕服务半径,,0.5\n", &[], &["C3 unit-unclear"]);
    // Who filled it in is no unit.
    for said in ["单位：市城市管理局", "填报单位：市园林处", "各单位人数统计表", "2023年公厕情况表（市区）"] {
        table(&format!("{said},\n{rows}"), &[("r", "0.5")], &[]);
    }
    assert!(read("单位：人,\n数据项,填报值\n公厕服务半径,500\n").problems[0].text_zh.contains("公厕服务半径（米）"));
}

#[test]
fn two_fields_that_differ_in_brackets_need_them_or_their_indicator() {
    let own = Own::of(probe::standard(
        "",
        r#"group("组"); field("甲", #{ id: "a", label: "合格数（甲）" }); field("乙", #{ id: "b", label: "合格数（乙）" });
           indicator("A-1", #{ title: "甲率", points: 1, meets: 甲 >= 1, advice: "改" });
           indicator("A-2", #{ title: "乙率", points: 1, meets: 乙 >= 1, advice: "改" });"#,
    ));
    let read = |text: &str| own.read("表.csv", text.as_bytes());
    expect(
        &read("编号,数据项,填报值\nA-2,合格数,5\nA-1,合格数,6\n"),
        &[("a", "6"), ("b", "5")],
        &[],
    );
    expect(
        &read("数据项,填报值\n合格数,5\n"),
        &[],
        &["B2 several-match"],
    );
    // What stands in the brackets tells them apart too.
    expect(
        &read("数据项,填报值\n1、合格数(乙),5\n合格数（甲）,6\n"),
        &[("a", "6"), ("b", "5")],
        &[],
    );
}

#[test]
fn the_encodings_of_chinese_spreadsheets_are_read() {
    let text = "数据项,填报值\n机械化清扫面积,446.4\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(
            text.replace(',', "\t")
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    for bytes in [
        text.as_bytes(),
        &["\u{feff}", text].concat().into_bytes(),
        &gb,
        &utf16,
    ] {
        expect(&SMALL.read("表.csv", bytes), &[("swept", "446.4")], &[]);
    }
}

/// A workbook of somebody's own.
fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("通报").unwrap());
    workbook.save_to_buffer().unwrap()
}

#[test]
fn numbers_are_what_the_spreadsheet_shows() {
    let percent = Format::new().set_num_format("0.0%");
    let quoted = Format::new().set_num_format("0\"%\"");
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let bytes = workbook(|sheet| {
        for (row, (name, value)) in [("清扫面积", 0.1 + 0.2), ("机扫面积", 0.29 * 100.0)]
            .into_iter()
            .enumerate()
        {
            sheet
                .write(row as u32 + 1, 0, name)
                .unwrap()
                .write(row as u32 + 1, 1, value)
                .unwrap();
        }
        sheet
            .write(0, 0, "数据项")
            .unwrap()
            .write(0, 1, "现状值")
            .unwrap();
        sheet
            .write(3, 0, "绿化废弃物利用率")
            .unwrap()
            .write_with_format(3, 1, 0.95, &percent)
            .unwrap();
        sheet
            .write(4, 0, "小区总数")
            .unwrap()
            .write_with_format(4, 1, 95, &quoted)
            .unwrap();
        sheet
            .write(5, 0, "预案日期")
            .unwrap()
            .write_with_format(5, 1, 45077, &date)
            .unwrap();
        sheet
            .write(6, 0, "有应急预案")
            .unwrap()
            .write(6, 1, true)
            .unwrap();
        let formula = Formula::new("=B5+1").set_result("96");
        sheet
            .write(7, 0, "达标小区数")
            .unwrap()
            .write_formula(7, 1, formula)
            .unwrap();
        sheet
            .write(8, 0, "投诉件数")
            .unwrap()
            .write(8, 1, "007")
            .unwrap();
    });
    let values = [
        ("area", "0.3"),
        ("swept", "29"),
        ("reuse", "95%"),
        ("estates", "95"),
        ("plan_date", "2023-05-31"),
        ("plan", "Truth(true)"),
        ("good_estates", "96"),
        ("complaints", "007"),
    ];
    expect(&SMALL.read("a.xlsx", &bytes), &values, &[]);
}

#[test]
fn what_spreadsheets_break_is_told() {
    let date = Format::new().set_num_format("m\"月\"d\"日\"");
    let bytes = workbook(|sheet| {
        sheet
            .write(0, 0, "数据项")
            .unwrap()
            .write(0, 1, "填报值")
            .unwrap();
        let error = Formula::new("=1/0").set_result("#DIV/0!");
        sheet
            .write(1, 0, "机扫面积")
            .unwrap()
            .write_formula(1, 1, error)
            .unwrap();
        sheet
            .write(2, 0, "小区总数")
            .unwrap()
            .write_with_format(2, 1, 45000, &date)
            .unwrap();
        sheet
            .write(3, 0, "预案日期")
            .unwrap()
            .write(3, 1, 45077)
            .unwrap();
        sheet
            .write(4, 0, "清扫面积")
            .unwrap()
            .write(4, 1, 480)
            .unwrap();
        sheet.set_row_hidden(4).unwrap();
    });
    let problems = [
        "B2 error-cell",
        "B3 became-date",
        "B4 serial-date",
        "hidden-rows",
    ];
    expect(
        &SMALL.read("a.xlsx", &bytes),
        &[("area", "480"), ("plan_date", "2023-05-31")],
        &problems,
    );
}

/// A workbook with formulas that nobody computed, as openpyxl writes them: in the part of that name, by cell.
fn uncomputed(bytes: &[u8], part: &str, formulas: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let name = file.name().unwrap().to_string();
        if name == part {
            for (cell, formula) in formulas {
                let begin = text.find(&format!("<c r=\"{cell}\"")).unwrap();
                let rest = &text[begin..];
                let empty = rest.find('>').filter(|end| rest[..*end].ends_with('/'));
                let end = empty.map_or_else(|| rest.find("</c>").unwrap() + 4, |end| end + 1);
                let new = format!("<c r=\"{cell}\"><f>{formula}</f><v /></c>");
                text.replace_range(begin..begin + end, &new);
            }
        }
        parts.push((name, text));
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    packed(&parts)
}

#[test]
fn formulas_that_nobody_computed_are_never_nothing() {
    let data = json!({
        "fields": { "area": "1", "swept": "2", "estates": "3", "good_estates": "4", "complaints": "5" },
        "not_applicable": { "A-1": "没有" },
        "waived": { "B-1": { "reason": "疫情", "by": "市政府", "until": "2024-12-31" } },
        "evidence": { "A-1": [{ "name": "台账", "number": "", "date": "", "pages": "", "digest": "", "file": "" }] },
        "notes": { "A-1": "一", "B-1": "二" },
    });
    let options = Options {
        data: Some(&data),
        ..options()
    };
    let form = SMALL.form_with(&entry_of(&data), &options).unwrap();
    let whole = SMALL.read("a.xlsx", &form);
    assert_eq!(whole.problems, []);
    // Each place of the form, then all of a sheet at once.
    let names = calamine::Xlsx::new(Cursor::new(&form))
        .unwrap()
        .sheet_names();
    let mut by_sheet: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for place in whole.places.values() {
        by_sheet.entry(&place.sheet).or_default().push(&place.cell);
    }
    assert!(by_sheet.len() > 4, "{by_sheet:?}");
    let mut cases: Vec<(&str, Vec<&str>)> = by_sheet.clone().into_iter().collect();
    for (sheet, cells) in &by_sheet {
        cases.extend(cells.iter().map(|cell| (*sheet, vec![*cell])));
    }
    for (sheet, mut cells) in cases {
        let number = names.iter().position(|name| name == sheet).unwrap() + 1;
        let formulas: Vec<_> = cells.iter().map(|cell| (*cell, "40+6")).collect();
        let part = format!("xl/worksheets/sheet{number}.xml");
        let read = SMALL.read("a.xlsx", &uncomputed(&form, &part, &formulas));
        let mut told: Vec<&str> = read.problems.iter().map(|one| one.cell.as_str()).collect();
        told.sort_unstable();
        cells.sort_unstable();
        assert_eq!(told, cells, "{sheet} {:#?}", read.problems);
        for one in &read.problems {
            assert_eq!(
                (one.sheet.as_str(), one.code, one.severity),
                (sheet, "not-computed", "error")
            );
        }
        let mut empty = read.empty.keys();
        assert!(
            empty.all(|path| whole.empty.contains_key(path)),
            "{sheet} {cells:?}: {:?}",
            read.empty
        );
    }
}

#[test]
fn formulas_in_the_tables_of_others_are_told_wherever_they_stand() {
    let bytes = workbook(|sheet| {
        for (row, cells) in [
            ["数据项", "填报值", "备注"],
            ["机扫面积", "446.4", "a"],
            ["清扫面积", "480", "b"],
        ]
        .into_iter()
        .enumerate()
        {
            for (column, text) in cells.into_iter().enumerate() {
                sheet.write(row as u32, column as u16, text).unwrap();
            }
        }
    });
    for (cells, values) in [
        (&["B2"][..], &[("area", "480")][..]),
        (&["B2", "B3"], &[]),
        (&["B2", "C2", "B3", "C3"], &[]),
        (&["C3"], &[("area", "480"), ("swept", "446.4")]),
    ] {
        let formulas: Vec<_> = cells.iter().map(|cell| (*cell, "1+1")).collect();
        let read = SMALL.read(
            "a.xlsx",
            &uncomputed(&bytes, "xl/worksheets/sheet1.xml", &formulas),
        );
        assert_eq!(
            flat(&[&read.entry]),
            values
                .iter()
                .map(|(path, text)| ((*path).into(), (*text).into()))
                .collect()
        );
        let mut told: Vec<&str> = read.problems.iter().map(|one| one.cell.as_str()).collect();
        told.sort_unstable();
        let mut cells = cells.to_vec();
        cells.sort_unstable();
        assert_eq!(told, cells, "{:#?}", read.problems);
    }
}

#[test]
fn merged_cells_and_headings_of_two_rows_are_followed() {
    let format = Format::new();
    let bytes = workbook(|sheet| {
        sheet
            .merge_range(0, 0, 0, 4, "环卫数据通报附表", &format)
            .unwrap();
        for (column, name) in ["编号", "指标", "数据项"].into_iter().enumerate() {
            sheet
                .merge_range(1, column as u16, 2, column as u16, name, &format)
                .unwrap();
        }
        sheet.merge_range(1, 3, 1, 4, "2023年", &format).unwrap();
        sheet
            .write(2, 3, "目标值")
            .unwrap()
            .write(2, 4, "完成值")
            .unwrap();
        sheet.merge_range(3, 0, 4, 0, "A-1", &format).unwrap();
        sheet
            .merge_range(3, 1, 4, 1, "机械化清扫率", &format)
            .unwrap();
        for (row, (name, aim, value)) in [("道路清扫面积", 500, 480), ("机械化清扫面积", 480, 446)]
            .into_iter()
            .enumerate()
        {
            let row = row as u32 + 3;
            sheet
                .write(row, 2, name)
                .unwrap()
                .write(row, 3, aim)
                .unwrap()
                .write(row, 4, value)
                .unwrap();
        }
    });
    let read = SMALL.read("a.xlsx", &bytes);
    expect(&read, &[("area", "480"), ("swept", "446")], &[]);
    assert_eq!(read.places["swept"].cell, "E5");
    assert_eq!(read.places["swept"].sheet, "通报");
}

/// A form with cells changed, by sheet and path; a text of nothing empties the cell.
fn altered(bytes: &[u8], changes: &[(&str, &str)]) -> Vec<u8> {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut out = Workbook::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).unwrap();
        let sheet = out.add_worksheet().set_name(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let text = |row: u32, column: u32| {
            range
                .get_value((row, column))
                .map_or_else(String::new, ToString::to_string)
        };
        let value = (0..20).find(|column| text(0, *column) == "value");
        let rows = range.used_cells().map(|(row, _, _)| top + row as u32);
        for row in rows.collect::<std::collections::BTreeSet<_>>() {
            for column in left..left + range.width() as u32 {
                let change = changes
                    .iter()
                    .find(|(path, _)| value == Some(column) && row > 2 && text(row, 0) == *path);
                let text = change.map_or_else(|| text(row, column), |(_, text)| (*text).into());
                if !text.is_empty() {
                    sheet.write(row, column as u16, text).unwrap();
                }
            }
        }
    }
    out.save_to_buffer().unwrap()
}

#[test]
fn evidence_and_notes_travel_with_the_workbook() {
    let paper = |name: &str| json!({ "name": name, "number": "城管〔2023〕5号", "date": "2023-05-31", "pages": "3-5", "digest": "", "file": "" });
    let mut data = json!({
        "fields": { "swept": "446.4" },
        "evidence": { "A-1": [paper("清扫台账"), { "name": "=1+1", "number": "007", "date": "2023年", "pages": "", "digest": "sha256:00 sm3:11", "file": "台账.pdf" }, paper("a"), paper("b")], "B-1": [] },
        "notes": { "A-1": "口径含高新区\n另附说明", "B-1": " x " },
    });
    let write = |data: &serde_json::Value| {
        let options = Options {
            data: Some(data),
            ..options()
        };
        SMALL.form_with(&entry_of(data), &options).unwrap()
    };
    let bytes = write(&data);
    let read = SMALL.read("a.xlsx", &bytes);
    assert_eq!(read.problems, []);
    data["evidence"].as_object_mut().unwrap().remove("B-1");
    assert_eq!(
        serde_json::to_value(&read.evidence).unwrap(),
        data["evidence"]
    );
    assert_eq!(serde_json::to_value(&read.notes).unwrap(), data["notes"]);
    assert_eq!(read.places["evidence:A-1"].cell, "D4");
    assert!(write(&data) == bytes, "the second workbook differs");
    // What is taken out of a form is told, as with figures.
    let read = SMALL.read("a.xlsx", &altered(&bytes, &[("note:A-1", "")]));
    assert!(read.notes.keys().eq(["B-1"]));
    assert!(read.empty.contains_key("note:A-1"), "{:?}", read.empty);
    data["notes"]["A-1"] = "九".repeat(32_768).into();
    let options = Options {
        data: Some(&data),
        ..options()
    };
    assert_eq!(
        SMALL.form_with(&Entry::default(), &options),
        Err("too-long".into())
    );
}

#[test]
fn what_stands_beside_the_cells_to_fill_in_is_told() {
    let bytes = SMALL.form(&entry_of(&json!({ "fields": { "area": "480" } })));
    let mut book = calamine::Xlsx::new(Cursor::new(&bytes)).unwrap();
    let name = book.sheet_names()[1].clone();
    let range = book.worksheet_range(&name).unwrap();
    let mut out = Workbook::new();
    let sheet = out.add_worksheet().set_name(&name).unwrap();
    let mut rows = BTreeMap::new();
    for (row, column, value) in range.used_cells() {
        sheet
            .write(row as u32, column as u16, value.to_string())
            .unwrap();
        if column == 0 {
            rows.insert(value.to_string(), row as u32);
        }
    }
    let last = *rows.values().max().unwrap();
    for (row, column, text) in [
        (rows["swept"], 6, "120处"),
        (rows["area"], 6, "121处"),
        (rows["area"], 11, "118"),
        (rows["area"], 12, "张三填"),
        (last, 12, "李四填"),
        (last + 2, 5, "446.4"),
    ] {
        sheet.write(row, column, text).unwrap();
    }
    let read = SMALL.read("a.xlsx", &out.save_to_buffer().unwrap());
    let cell = |column: char, row: u32| format!("{column}{}", row + 1);
    let mut expected = [
        (rows["swept"], 'G', "beside"),
        (rows["area"], 'L', "beside"),
        (last + 2, 'F', "beside"),
    ];
    expected.sort();
    let mut told: Vec<String> = (expected.into_iter())
        .map(|(row, column, code)| format!("{} {code}", cell(column, row)))
        .collect();
    told.push(format!("{} not-read", cell('M', rows["area"].min(last))));
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    expect(&read, &[("area", "480")], &told);
    assert!(read.problems.last().unwrap().text_zh.contains("2 格"));
}

#[test]
fn rows_that_somebody_put_into_a_form_move_nothing() {
    let data = json!({
        "fields": { "area": "480", "swept": "446.4", "toilets": { "东区": "3" } },
        "parameters": { "reuse_line": "40" }, "not_applicable": { "A-2": "没有" }, "notes": { "A-1": "一" },
        "waived": { "B-1": { "reason": "疫情", "by": "市政府", "until": "2024-12-31" } },
    });
    for lang in [Lang::Zh, Lang::En] {
        let options = Options {
            data: Some(&data),
            lang,
            ..options()
        };
        let form = SMALL.form_with(&entry_of(&data), &options).unwrap();
        let whole = SMALL.read("a.xlsx", &form);
        let mut book = calamine::Xlsx::new(Cursor::new(&form)).unwrap();
        // Above the row of codes, above the title, above the heads, below them; one or several.
        for (before, count) in [(0, 1), (0, 9), (1, 1), (2, 1), (2, 5), (3, 1), (3, 2)] {
            let mut out = Workbook::new();
            for name in book.sheet_names() {
                let range = book.worksheet_range(&name).unwrap();
                let sheet = out.add_worksheet().set_name(&name).unwrap();
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, value) in range.used_cells() {
                    let row = top + row as u32;
                    let row = row + if row >= before { count } else { 0 };
                    let column = (left + column as u32) as u16;
                    sheet.write(row, column, value.to_string()).unwrap();
                }
                sheet.write(before, 3, "联系人：张三").unwrap();
            }
            let read = SMALL.read("a.xlsx", &out.save_to_buffer().unwrap());
            let told: Vec<_> = read
                .problems
                .iter()
                .filter(|one| one.code != "not-read")
                .collect();
            assert!(told.is_empty(), "{count} before {before}: {told:#?}");
            assert_eq!(flat(&[&read.entry]), flat(&[&whole.entry]));
            assert_eq!(read.notes, whole.notes);
            assert_eq!(flat(&[&read.strays]), BTreeMap::new());
            assert!(read.empty.keys().eq(whole.empty.keys()));
        }
    }
}

#[test]
fn what_a_department_left_empty_is_told() {
    let own = Own::of(probe::standard(
        "",
        r#"
        group("组"); field("甲", #{ id: "a", label: "甲数", department: "甲局" }); field("乙", #{ id: "b", label: "乙数", department: "甲局" });
        field("丙", #{ id: "c", label: "丙数", department: "丙局" }); field("丁", #{ id: "d", label: "丁数", department: "甲局、丙局" });
        indicator("A-1", #{ title: "题", points: 1, department: "甲局", meets: all([甲 >= 1, 乙 >= 1, 丙 >= 1, 丁 >= 1]), advice: "改" });"#,
    ));
    let entry = entry_of(&json!({ "fields": { "a": "1", "b": "2", "c": "3", "d": "4" } }));
    let empty = |department: Option<&'static str>, changes: &[(&str, &str)]| {
        let bytes = own.form_with(
            &entry,
            &Options {
                department,
                ..options()
            },
        );
        let read = own.read("a.xlsx", &altered(&bytes.unwrap(), changes));
        let paths = read.empty.into_keys();
        paths.filter(|path| !path.contains(':')).collect::<Vec<_>>()
    };
    assert!(empty(None, &[]).is_empty());
    assert_eq!(empty(None, &[("a", "")]), ["a"]);
    // One department's part of a form for all: the others said nothing.
    assert_eq!(empty(None, &[("a", ""), ("c", ""), ("d", "")]), ["a", "d"]);
    assert_eq!(empty(None, &[("a", ""), ("b", ""), ("d", "")]), ["d"]);
    assert_eq!(empty(Some("甲局"), &[("a", ""), ("d", "")]), ["a", "d"]);
    // A form that nobody filled in says nothing.
    assert!(empty(Some("丙局"), &[("c", ""), ("d", "")]).is_empty());
}

#[test]
fn a_form_without_its_hidden_column_is_a_table() {
    let bytes = workbook(|sheet| {
        let rows = [
            ["number", "indicator", "label", "unit", "value"],
            ["清洁　参考", "", "", "", ""],
            ["编号", "指标", "数据项", "单位", "填报值"],
            ["A-1", "机械化清扫率", "机械化清扫面积", "万平方米", "446.4"],
        ];
        for (row, cells) in rows.into_iter().enumerate() {
            for (column, text) in cells.into_iter().enumerate() {
                sheet.write(row as u32, column as u16, text).unwrap();
            }
        }
        sheet.set_row_hidden(0).unwrap();
    });
    let read = SMALL.read("a.xlsx", &bytes);
    expect(&read, &[("swept", "446.4")], &[]);
}

#[test]
fn another_version_of_the_standard_loses_nothing() {
    let old = Own::of(probe::standard(
        "",
        r#"
        group("组"); field("甲", #{ id: "a", label: "甲数", unit: "米" }); field("乙", #{ id: "b", label: "乙数" }); field("丙", #{ id: "c", label: "丙数", unit: "平方米" });
        indicator("A-1", #{ title: "题", points: 1, meets: 乙 >= 1, advice: "改" });"#,
    ));
    let new = Own::of(probe::standard(
        "",
        r#"
        group("组"); field("甲", #{ id: "a", label: "甲的总数", unit: "米" }); field("乙二", #{ id: "b2", label: "乙数", unit: "" }); field("丙", #{ id: "c", label: "丙数", unit: "万平方米" });
        indicator("A-1", #{ title: "题", points: 1, meets: 乙二 >= 1, advice: "改" });"#,
    ));
    let bytes = old.form(&entry_of(
        &json!({ "fields": { "a": 1, "b": "2万", "c": 30000 } }),
    ));
    let read = new.read("a.xlsx", &bytes);
    expect(
        &read,
        &[("a", "1"), ("c", "30000平方米")],
        &[
            "A1 other-version",
            "F4 label-changed",
            "F5 unknown-id",
            "F6 unit-converted",
        ],
    );
    assert_eq!(
        flat(&[&read.strays]),
        [("b".to_string(), "2万".to_string())].into()
    );
    assert!(
        read.problems[2].text_zh.contains("乙数"),
        "{:?}",
        read.problems[2]
    );
    // Another standard altogether: nothing is taken, nothing is lost.
    let read = SMALL.read("a.xlsx", &bytes);
    expect(&read, &[], &["A1 other-standard"]);
    assert_eq!(flat(&[&read.strays]).len(), 3);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let form = SMALL.form(&Entry::default());
    for (name, bytes, code) in [
        ("a.xlsx", &b""[..], "empty"),
        ("a.xlsx", &form[..form.len() / 2], "damaged"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "damaged"),
        (
            "a.xls",
            b"<html><table><tr><td>1</td></tr></table></html>",
            "web-page",
        ),
        ("a.json", b"{\"fields\": {}}", "not-a-spreadsheet"),
        ("a.pdf", b"%PDF-1.7\0\0", "not-a-spreadsheet"),
        (
            "a.xlsx",
            &packed(&[("hello.txt", b"hello")]),
            "not-a-spreadsheet",
        ),
        (
            "a.xlsb",
            &packed(&[("xl/workbook.bin", b"")]),
            "other-format",
        ),
        (
            "a.ods",
            &packed(&[
                ("content.xml", b"<a/>"),
                ("META-INF/manifest.xml", b"<manifest:encryption-data/>"),
            ]),
            "encrypted",
        ),
        ("a.xlsx", &container("EncryptedPackage"), "encrypted"),
        ("a.doc", &container("WordDocument"), "not-a-spreadsheet"),
        ("a.csv", &vec![b'1'; (24 << 20) + 1], "too-large"),
    ] {
        assert_eq!(SMALL.refused(name, bytes), code, "{name}");
    }
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn container(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(format!("/{stream}"))
        .unwrap()
        .write_all(b"\0\0\0\0")
        .unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let zeros = vec![b' '; 8 << 20];
    let parts: Vec<(String, &[u8])> = (0..25)
        .map(|index| (format!("xl/{index}.xml"), zeros.as_slice()))
        .collect();
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    assert_eq!(SMALL.refused("a.xlsx", &packed(&parts)), "too-much");
    let row = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let content = format!(
        "<office:document-content><table:table table:name=\"a\">{row}</table:table></office:document-content>"
    );
    assert_eq!(
        SMALL.refused("a.ods", &packed(&[("content.xml", content.as_bytes())])),
        "too-much"
    );
    let cells: String = (0..450_000).map(|_| "1\n").collect();
    assert_eq!(SMALL.refused("a.csv", cells.as_bytes()), "too-much");
}

#[test]
fn damaged_files_are_told_and_do_no_harm() {
    let entry = entry_of(&json!({ "fields": { "swept": "446.4", "toilets": {"东区": "3"} } }));
    let whole = SMALL.form(&entry);
    let mut state = 7_u64;
    let mut next = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let (mut refused, mut taken) = (0, 0);
    for round in 0..400 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => bytes.truncate(next(whole.len())),
            1 => (0..8).for_each(|_| bytes[next(whole.len())] = next(256) as u8),
            _ => {
                let at = next(whole.len());
                bytes.drain(at..(at + next(200)).min(whole.len()));
            }
        }
        match read(&SMALL.rulebook, &SMALL.digest, "a.xlsx", &bytes) {
            Ok(_) => taken += 1,
            Err(told) => {
                refused += 1;
                assert!(!told.text_zh.is_empty());
            }
        }
    }
    std::panic::set_hook(hook);
    assert!(refused > 200, "{refused} refused, {taken} taken");
}

#[test]
fn lists_to_hand_upward_stay_text_and_numbers() {
    let value = json!({
        "title": "自评得分表", "notice": "参考标准，不代表正式评定", "as_of": "2024-06-01",
        "facts": [["填报单位", "市城市管理局"]],
        "tables": [
            {"title": "得分", "columns": [{"title": "指标", "width": 40}, {"title": "得分", "align": "right"}],
             "rows": [["=1+1", {"number": "3.10", "digits": 2}], ["+A1", {"number": "0.3"}], ["@x", "-5"], {"cells": ["合计", {"number": 3.4, "digits": 1}], "total": true}], "note": "说明"},
            {"title": "清单", "columns": [{"title": "问题"}], "rows": [["<r>x</r>"], ["12345678901234567890"]],
             "facts": [["", "交办对象：市公安局"]], "signatures": ["签收人：", "日期："]},
        ],
        "signatures": ["填报单位（盖章）："], "marks": ["程序：x"],
    });
    let bytes = write_tables(&Document::of(&value).unwrap()).unwrap();
    assert!(
        bytes == write_tables(&Document::of(&value).unwrap()).unwrap(),
        "the same bytes"
    );
    let told: Vec<String> = cells(&bytes)
        .into_iter()
        .map(|(sheet, (row, column), text)| format!("{sheet} {row} {column} {text}"))
        .collect();
    for line in [
        "得分 5 0 =1+1",
        "得分 5 1 3.1",
        "得分 6 0 +A1",
        "得分 6 1 0.3",
        "得分 7 1 -5",
        "得分 8 0 合计",
        "清单 3 0 交办对象：市公安局",
        "清单 5 0 <r>x</r>",
        "清单 6 0 12345678901234567890",
        "清单 8 0 签收人：",
        "清单 9 0 日期：",
        "清单 10 0 填报单位（盖章）：",
        "清单 11 0 程序：x",
    ] {
        assert!(
            told.iter().any(|one| one == line),
            "without {line}: {told:#?}"
        );
    }
    assert!(Document::of(&json!({ "tables": 5 })).is_err());
    let mut book = calamine::Xlsx::new(Cursor::new(&bytes)).unwrap();
    let formulas = book.worksheet_formula("得分").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
}
