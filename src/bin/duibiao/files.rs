//! Files: standards from folders and modules, data from JSON, CSV and spreadsheets. Everything that
//! the command reads goes through here, with a limit to its size.

use crate::Failure;
use crate::check::Format;
use duibiao::author::{Compiled, Problem, SourceFile, Text, compile};
use duibiao::date::Date;
use duibiao::entry::{Entry, Given};
use duibiao::record::{Recorded, number_text, recorded};
use duibiao::rulebook::{Rulebook, Unreadable};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The most bytes of a data file; a standard's data is some kilobytes.
const MOST_DATA: u64 = 8 << 20;
/// The most bytes of a module or of a rule file.
pub const MOST_MODULE: u64 = 64 << 20;
/// The most files of a standard, and how deep they may lie.
const MOST_FILES: usize = 10_000;
const DEEPEST: usize = 8;
/// The custom section that holds the rulebook.
pub const SECTION: &str = "duibiao.rulebook";

/// A standard that was loaded.
pub struct Standard {
    pub rulebook: Rulebook,
    /// The rulebook's bytes.
    pub bytes: Vec<u8>,
}

/// Reads a folder of rules, or a module made by `build`.
pub fn standard(path: &Path, format: Format) -> Result<Standard, Failure> {
    let shown = path.display();
    let found = std::fs::metadata(path)
        .map_err(|error| format!("读不到标准 {shown}：{error}\n(cannot read the standard)"))?;
    if found.is_dir() {
        let rulebook = compiled(path, format)?.rulebook;
        let bytes = rulebook.to_bytes();
        return Ok(Standard { rulebook, bytes });
    }
    let module = read_limited(path, MOST_MODULE)?;
    let bytes = duibiao::rulebook::section(&module, SECTION).ok_or_else(|| {
        format!("{shown} 不是含有标准的 .wasm 模块，也不是规则文件夹\n(neither a folder of rules nor a module made by `duibiao build`)")
    })?;
    let rulebook = Rulebook::from_bytes(bytes).map_err(|unreadable| match unreadable {
        Unreadable::NotARulebook => format!("{shown}：其中的标准由别的版本生成，请重新 build\n(made by another version; build it again)"),
        Unreadable::Damaged => format!("{shown}：其中的标准已损坏\n(the standard in it is damaged)"),
    })?;
    Ok(Standard {
        rulebook,
        bytes: bytes.to_vec(),
    })
}

/// Compiles a folder of rules, with its examples; a module has none.
pub fn compiled(folder: &Path, format: Format) -> Result<Compiled, Failure> {
    if !folder.is_dir() {
        // What is no standard at all is told as such.
        standard(folder, format)?;
        return Err(format!(
            "{} 是模块；例子和说明留在规则文件中，模块里没有，请写规则文件夹\n(this is a module; examples stay with the rules: name their folder)",
            folder.display()
        ));
    }
    compile(&rule_files(folder)?).map_err(|problems| broken(&problems, folder, format))
}

/// What is wrong with rules, for tools.
#[derive(serde::Serialize)]
struct Broken<'a> {
    problems: &'a [Problem],
}

/// What is wrong with rules, as a failure: for people, or as JSON for tools.
fn broken(problems: &[Problem], folder: &Path, format: Format) -> Failure {
    if let Format::Json = format {
        let problems = Broken { problems };
        return serde_json::to_string_pretty(&problems).unwrap_or_else(|error| error.to_string());
    }
    let mut text = shown(problems, folder);
    let count = problems.iter().filter(|p| !p.trouble.warning).count();
    text.push_str(&format!("共 {count} 个问题，未能编译。({count} problems)"));
    text
}

/// Problems as people read them.
pub fn shown(problems: &[Problem], folder: &Path) -> String {
    let folder = folder.to_string_lossy();
    let show = |problem: &Problem| problem.show(&folder, true) + "\n";
    problems.iter().map(show).collect()
}

/// Writes a file beside its place and renames it, so that a failure leaves no half file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let draft = path.with_file_name(name);
    let written = std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(&draft, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&draft);
        format!(
            "写不了 {}：{error}\n(cannot write the file)",
            path.display()
        )
    })
}

pub fn rule_files(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    let mut files = Vec::new();
    // Each folder with those that it lies in, itself first, whatever links led there.
    let real = |path: &Path| {
        std::fs::canonicalize(path).map_err(|error| format!("读不到 {}：{error}", path.display()))
    };
    let mut open: Vec<(PathBuf, Vec<PathBuf>)> = vec![(folder.to_path_buf(), vec![real(folder)?])];
    while let Some((path, within)) = open.pop() {
        let fail = |error: std::io::Error| format!("读不到 {}：{error}", path.display());
        for item in std::fs::read_dir(&path).map_err(fail)? {
            let item = item.map_err(fail)?.path();
            if item.is_dir() && within.len() <= DEEPEST {
                let own = real(&item)?;
                if within.iter().any(|outer| outer.starts_with(&own)) {
                    return Err(format!(
                        "{} 是绕回上层文件夹的链接，请把它移出规则文件夹\n(this link leads back to a folder that it lies in: move it out of the rules)",
                        item.display()
                    ));
                }
                let mut within = within.clone();
                within.push(own);
                open.push((item, within));
            } else if item
                .extension()
                .is_some_and(|extension| extension == "rhai")
            {
                let name = item.strip_prefix(folder).unwrap_or(&item);
                let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
                let text = text(
                    read_limited(&item, MOST_MODULE)?,
                    &item.display().to_string(),
                )?;
                files.push(SourceFile {
                    path: parts.join("/"),
                    text,
                });
            }
        }
        if files.len() > MOST_FILES {
            return Err(format!(
                "{} 中的规则文件超过 {MOST_FILES} 个",
                folder.display()
            ));
        }
    }
    if files.is_empty() {
        return Err(format!(
            "{} 中没有 .rhai 规则文件\n(no rule files in this folder)",
            folder.display()
        ));
    }
    Ok(files)
}

/// Reads a file up to a size; more is refused, not swallowed.
pub fn read_limited(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let shown = path.display();
    let file = std::fs::File::open(path)
        .map_err(|error| format!("读不到 {shown}：{error}\n(cannot read the file)"))?;
    read_all(file, most, &shown.to_string())
}

fn read_all(source: impl Read, most: u64, shown: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    source
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("读不到 {shown}：{error}"))?;
    if bytes.len() as u64 > most {
        let most = most >> 20;
        return Err(format!(
            "{shown} 超过 {most} MB，不读。请确认是否选错了文件。\n(larger than {most} MB; is this the right file?)"
        ));
    }
    Ok(bytes)
}

/// Writes a generated text to a file, or to standard output where none is named.
pub fn deliver(output: Option<&Path>, text: &str) -> Result<ExitCode, Failure> {
    match output {
        None => crate::say(text)?,
        Some(output) => {
            write(output, text.as_bytes())?;
            crate::say(&format!("{}：{} 字节\n", output.display(), text.len()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// UTF-8, or GB18030 as Chinese spreadsheets write it; nothing else.
pub fn text(bytes: Vec<u8>, shown: &str) -> Result<String, Failure> {
    let binary = || format!("{shown} 不是文本文件\n(not a text file)");
    if bytes.contains(&0) {
        return Err(binary());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_string()),
        Err(error) => {
            let (text, _, damaged) = encoding_rs::GB18030.decode(error.as_bytes());
            if damaged {
                Err(binary())
            } else {
                Ok(text.into_owned())
            }
        }
    }
}

/// What a file of data holds.
#[derive(Default)]
pub struct Data {
    pub entry: Entry,
    /// The date that it says it is of.
    pub dated: Option<Date>,
}

/// Reads data: `.json`, `.csv`, a spreadsheet, or `-` for JSON on standard input.
pub fn data(path: &str, rulebook: &Rulebook) -> Result<Data, Failure> {
    if path == "-" {
        let bytes = read_all(
            std::io::stdin().lock(),
            MOST_DATA,
            "标准输入 (standard input)",
        )?;
        return json(&text(bytes, "标准输入 (standard input)")?, "-", rulebook);
    }
    let most = if is_workbook(path) {
        MOST_MODULE
    } else {
        MOST_DATA
    };
    data_of(read_limited(Path::new(path), most)?, path, rulebook)
}

pub fn is_workbook(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|name| name.to_str());
    extension.is_some_and(|name| {
        ["xlsx", "xlsm", "xls", "et", "ods"].contains(&name.to_ascii_lowercase().as_str())
    })
}

/// The data in a spreadsheet. What could not be taken over is told all at once, and nothing is judged without it; what
/// is doubtful, or was converted, is told beside the result, on standard error: whatever form that has, it stays whole.
fn workbook(bytes: &[u8], path: &str, rulebook: &Rulebook) -> Result<Entry, Failure> {
    let digest = duibiao::digest::digest(&rulebook.to_bytes());
    // Where a damaged file breaks its reader, that is told in our words alone.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let read = duibiao::office::read(rulebook, &digest, path, bytes);
    std::panic::set_hook(hook);
    let read = read.map_err(|told| format!("{path}：{}\n({})", told.text_zh, told.text_en))?;
    let told = |severity: &str| -> String {
        // What has no place goes along under its own name, so that the report tells of it.
        let some = read
            .problems
            .iter()
            .filter(|one| one.severity == severity && one.code != "unknown-id");
        let line = |one: &duibiao::office::Problem| {
            let place = match one.cell.as_str() {
                "" => one.sheet.clone(),
                cell => format!("{}!{cell}", one.sheet),
            };
            format!("{path}：{place}：{}\n({})\n", one.text_zh, one.text_en)
        };
        some.map(line).collect()
    };
    let wrong = told("error");
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if read.kind == "none" {
        return Err(told("note"));
    }
    eprint!("{}{}", told("warning"), told("note"));
    let mut entry = read.entry;
    entry.fields.extend(read.strays.fields);
    entry.parameters.extend(read.strays.parameters);
    entry.not_applicable.extend(read.strays.not_applicable);
    Ok(entry)
}

/// The data in the bytes of a file of this name.
pub fn data_of(bytes: Vec<u8>, path: &str, rulebook: &Rulebook) -> Result<Data, Failure> {
    if is_workbook(path) {
        return Ok(Data {
            entry: workbook(&bytes, path, rulebook)?,
            dated: None,
        });
    }
    let text = text(bytes, path)?;
    match Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str())
    {
        Some("json") => json(&text, path, rulebook),
        Some("csv") => csv(&text, path, rulebook).map(|entry| Data {
            entry,
            ..Data::default()
        }),
        _ => Err(format!(
            "{path}：只读 .json、.csv、.xlsx、.xls、.ods，或用 - 从标准输入读 JSON\n(only .json, .csv, .xlsx, .xls, .ods, or - for JSON on standard input)"
        )),
    }
}

/// Why a text is no JSON, with the place.
fn broken_json(shown: &str, error: &serde_json::Error) -> Failure {
    let place = if error.line() > 0 {
        format!(":{}:{}", error.line(), error.column())
    } else {
        String::new()
    };
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    let reason = in_chinese(said);
    format!("{shown}{place}：JSON 有误：{reason}\n(broken JSON: {said})")
}

/// What serde says of broken JSON.
fn in_chinese(said: &str) -> &'static str {
    let known = [
        ("EOF while parsing", "没有写完就结束了"),
        ("expected value", "这里应是一个值"),
        ("expected `:`", "名称之后应有英文冒号"),
        ("expected `,` or `}`", "一项之后应有英文逗号，或以 } 结束"),
        ("expected `,` or `]`", "一项之后应有英文逗号，或以 ] 结束"),
        ("key must be a string", "名称应写在英文双引号里"),
        ("trailing comma", "最后一项之后不应有逗号"),
        ("trailing characters", "结束之后还有多余的内容"),
        ("expected ident", "这里只能写 true、false 或 null"),
        ("invalid number", "数写得不对"),
        ("number out of range", "数太大"),
        ("control character", "文字里有换行等控制字符"),
        ("invalid escape", "反斜杠之后写得不对"),
        ("invalid unicode", "文字的编码有误"),
        ("lone", "文字的编码有误"),
        ("unexpected end of hex", "文字的编码有误"),
        ("recursion limit", "套得太深"),
    ];
    let found = known.iter().find(|(start, _)| said.starts_with(start));
    found.map_or("写法不对", |(_, reason)| reason)
}

/// Reads JSON that may be a report: a file, or `-` for standard input.
pub fn report_json(path: &str) -> Result<serde_json::Value, Failure> {
    let (bytes, shown) = match path {
        "-" => {
            let shown = "标准输入 (standard input)";
            (
                read_all(std::io::stdin().lock(), MOST_MODULE, shown)?,
                shown,
            )
        }
        _ => (read_limited(Path::new(path), MOST_MODULE)?, path),
    };
    duibiao::record::json(&text(bytes, shown)?).map_err(|error| broken_json(shown, &error))
}

/// Reads a report.
pub fn report(path: &str) -> Result<Recorded, Failure> {
    let told = |why: Text| format!("{path}：{}\n({})", why.zh, why.en);
    recorded(report_json(path)?).map_err(told)
}

/// The parts of a data file that are for people: no checker reads them.
const FOR_PEOPLE: [&str; 3] = ["evidence", "notes", "tasks"];

fn json(text: &str, shown: &str, rulebook: &Rulebook) -> Result<Data, Failure> {
    if text.trim().is_empty() {
        return Err(format!(
            "{shown}：是空的，应为 JSON 数据\n(it is empty: JSON is needed)"
        ));
    }
    let whole: Items = match serde_json::from_str(text) {
        Ok(whole) => whole,
        // A report holds what was entered.
        Err(error) => match duibiao::record::json(text) {
            Ok(report) if duibiao::record::is_report(&report) => {
                let named = |key: &str| report.get("standard")?.get(key)?.as_str();
                same_standard(named("id"), shown, rulebook)?;
                let entry = report.get("entry").map(ToString::to_string);
                let dated = report.get("as_of").and_then(|date| date.as_str());
                return Ok(Data {
                    dated: dated.and_then(Date::parse),
                    ..json(&entry.unwrap_or_default(), shown, rulebook)?
                });
            }
            _ => return Err(broken_json(shown, &error)),
        },
    };
    let parts = ["fields", "parameters", "not_applicable", "waived"];
    let is_part = |(key, value): &(String, Given)| {
        parts.contains(&key.as_str()) && matches!(value, Given::Keyed(_) | Given::Empty)
    };
    let has_fields = whole.0.iter().any(|(key, _)| key == "fields");
    // Without `fields` it is a flat object, unless it holds nothing but the other parts.
    if !has_fields && (whole.0.is_empty() || !whole.0.iter().all(is_part)) {
        return Ok(Data {
            entry: Entry {
                fields: whole.0,
                ..Entry::default()
            },
            ..Data::default()
        });
    }
    let (mut entry, mut dated) = (Entry::default(), None);
    for (key, value) in whole.0 {
        let place = match key.as_str() {
            "fields" => &mut entry.fields,
            "parameters" => &mut entry.parameters,
            "not_applicable" => &mut entry.not_applicable,
            "waived" => &mut entry.waived,
            // A page writes what the data is of; that is not data.
            "standard" => {
                if let Given::Keyed(items) = &value
                    && let Some((_, Given::Text(id))) = items.iter().find(|(key, _)| key == "id")
                {
                    same_standard(Some(id), shown, rulebook)?;
                }
                continue;
            }
            "as_of" => {
                dated = match &value {
                    Given::Empty => None,
                    Given::Text(text) if text.trim().is_empty() => None,
                    Given::Text(text) => Some(Date::parse(text.trim()).ok_or_else(|| {
                        format!("{shown}：as_of“{text}”不是日期，请写成 2023-05-31\n(as_of is not a date)")
                    })?),
                    _ => return Err(format!("{shown}：as_of 应为日期，例如 2023-05-31\n(as_of must be a date)")),
                };
                continue;
            }
            "saved" => continue,
            other => {
                return Err(format!(
                    "{shown}：没有叫“{other}”的部分，可有：{}\n(unknown part “{other}”)",
                    parts.join("、")
                ));
            }
        };
        match value {
            Given::Keyed(items) => *place = items,
            Given::Empty => {}
            _ => {
                return Err(format!(
                    "{shown}：“{key}”应为 {{ … }}\n(“{key}” must be an object)"
                ));
            }
        }
    }
    Ok(Data { entry, dated })
}

/// Data that says of which standard it is was entered for that one.
fn same_standard(id: Option<&str>, shown: &str, rulebook: &Rulebook) -> Result<(), Failure> {
    let own = &rulebook.standard.id;
    match id {
        Some(id) if id != own => Err(format!(
            "{shown}：这是标准“{id}”的数据，这里用的是“{own}”；确要用这份数据，请删去其中的 standard\n(data of another standard, “{id}”; to use it all the same, take “standard” out of it)"
        )),
        _ => Ok(()),
    }
}

/// A JSON object whose keys are each there once.
struct Items(Vec<(String, Given)>);

/// A JSON value, with numbers as the module would get them.
struct Item(Given);

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(ItemVisitor {
            left_out: &FOR_PEOPLE,
        })? {
            Given::Keyed(items) => Ok(Self(items)),
            _ => Err(D::Error::custom("应为 { … } (an object is needed)")),
        }
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(ItemVisitor { left_out: &[] })
            .map(Self)
    }
}

struct ItemVisitor {
    /// Objects under these keys are passed over.
    left_out: &'static [&'static str],
}

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Given;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("数、文字、是否、空或对象 (a number, text, truth, null or object)")
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Empty)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Given, E> {
        Ok(Given::Truth(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Given, E> {
        Ok(Given::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Given, E> {
        Ok(Given::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Given, E> {
        Ok(Given::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Given, A::Error> {
        Err(A::Error::custom("这里不用列表 (no list belongs here)"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        // With exact numbers, serde_json gives a number as a map with one key of its own.
        const NUMBER: &str = "$serde_json::private::Number";
        let mut items: Vec<(String, Given)> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == NUMBER {
                return map
                    .next_value::<String>()
                    .map(|n| Given::Text(number_text(&n)));
            }
            if !known.insert(key.clone()) {
                return Err(A::Error::custom(format!("“{key}”写了两次 (given twice)")));
            }
            if self.left_out.contains(&key.as_str()) {
                // A field of that name in a flat file holds a value.
                let value = map.next_value::<serde_json::Value>()?;
                if !value.is_object() {
                    let item = Item::deserialize(value).map_err(A::Error::custom)?;
                    items.push((key, item.0));
                }
                continue;
            }
            items.push((key, map.next_value::<Item>()?.0));
        }
        Ok(Given::Keyed(items))
    }
}

/// What the first column of a row for each field may be headed.
const HEADINGS: [&str; 8] = [
    "字段",
    "指标",
    "项目",
    "名称",
    "数据项",
    "field",
    "name",
    "id",
];

/// The line of a quotation mark that is never closed.
fn open_quote(text: &str) -> Option<usize> {
    let mut open = None;
    let mut line = 1;
    for c in text.chars() {
        match c {
            '"' if open.is_some() => open = None,
            '"' => open = Some(line),
            '\n' => line += 1,
            _ => {}
        }
    }
    open
}

/// Where rows end. By its own rule the reader ends a row before the second half of `\r\n`, and counts
/// the lines wrongly from there on; what this leaves of it stands at the end of the last cell.
pub const fn terminator(has_newlines: bool) -> csv::Terminator {
    if has_newlines {
        csv::Terminator::Any(b'\n')
    } else {
        csv::Terminator::CRLF
    }
}

/// CSV in one of two shapes: a row for each field (name, value), or a heading of field names and one row.
fn csv(text: &str, shown: &str, rulebook: &Rulebook) -> Result<Entry, Failure> {
    if let Some(line) = open_quote(text) {
        return Err(format!(
            "{shown}:{line}：引号没有配对\n(a quotation mark is never closed)"
        ));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(terminator(text.contains('\n')))
        .from_reader(text.as_bytes());
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("{shown}：CSV 有误：{error}\n(broken CSV)"))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((
                line,
                record.iter().map(|cell| cell.trim().to_string()).collect(),
            ));
        }
    }
    let is_field = |name: &str| {
        let name = name.split('.').next().unwrap_or(name);
        rulebook
            .fields
            .iter()
            .any(|f| f.id == name || f.name == name || f.label == name)
    };
    let empty = || format!("{shown} 是空的\n(no rows)");
    let (first_line, heading) = rows.first().ok_or_else(empty)?;
    let wide = heading.iter().filter(|name| is_field(name)).count();
    if wide >= 2 || (heading.len() == 1 && wide == 1) {
        let [_, (line, row)] = rows.as_slice() else {
            let count = rows.len() - 1;
            return Err(format!(
                "{shown}：标题行下应有一行数据，却有 {count} 行\n(one row of data is needed, there are {count})"
            ));
        };
        if row.len() != heading.len() {
            return Err(format!(
                "{shown}:{line}：这一行有 {} 格，标题有 {} 格\n({} cells, but the heading has {})",
                row.len(),
                heading.len(),
                row.len(),
                heading.len()
            ));
        }
        let mut known: HashSet<&str> = HashSet::new();
        let mut names = heading.iter().filter(|name| !name.is_empty());
        if let Some(name) = names.find(|name| !known.insert(name)) {
            return Err(format!(
                "{shown}:{first_line}：“{name}”写了两次\n(given twice)"
            ));
        }
        let pairs = heading.iter().zip(row).filter(|(name, _)| !name.is_empty());
        let fields = pairs
            .map(|(name, value)| (name.clone(), Given::Text(value.clone())))
            .collect();
        return Ok(Entry {
            fields,
            ..Entry::default()
        });
    }
    let mut known: HashSet<String> = HashSet::new();
    let mut fields: Vec<(String, Given)> = Vec::new();
    for (line, row) in &rows {
        let (Some(name), Some(value)) = (row.first(), row.get(1)) else {
            return Err(format!(
                "{shown}:{line}：每行应为“字段,值”两格\n(each row is a field and a value)"
            ));
        };
        // The heading of the two columns, if there is one.
        if line == first_line && HEADINGS.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        if row.len() > 2 && row.iter().skip(2).any(|cell| !cell.is_empty()) {
            return Err(format!(
                "{shown}:{line}：每行应为“字段,值”两格，却有 {} 格；数值中的逗号请加引号\n({} cells; quote a value that has a comma)",
                row.len(),
                row.len()
            ));
        }
        if !known.insert(name.clone()) {
            return Err(format!("{shown}:{line}：“{name}”写了两次\n(given twice)"));
        }
        fields.push((name.clone(), Given::Text(value.clone())));
    }
    Ok(Entry {
        fields,
        ..Entry::default()
    })
}
