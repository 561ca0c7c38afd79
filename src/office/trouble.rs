//! Trouble: what is wrong with a file, a sheet or a cell, in both languages, with what to do about it.

use crate::rulebook::Field;
use serde::Serialize;

/// Why a file could not be read or written at all.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Told {
    /// Stable.
    pub code: &'static str,
    /// In Chinese.
    pub text_zh: String,
    /// In English.
    pub text_en: String,
}

/// What is wrong with a sheet or a cell.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Problem {
    /// Name of the sheet; empty where the whole file is meant.
    pub sheet: String,
    /// `C12`; empty where the whole sheet is meant.
    pub cell: String,
    /// Stable.
    pub code: &'static str,
    /// `error`: a value was not taken over; `warning`: it was, but look; `note`.
    pub severity: &'static str,
    /// In Chinese, without the place.
    pub text_zh: String,
    /// In English, without the place.
    pub text_en: String,
}

impl Told {
    fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            text_zh: zh.into(),
            text_en: en.into(),
        }
    }

    pub(super) fn too_large(most: usize) -> Self {
        let most = most >> 20;
        Self::new(
            "too-large",
            format!(
                "文件超过 {most} MB，不读。请确认是否选错了文件，或删去其中的图片和无关的表后再试。"
            ),
            format!(
                "the file is larger than {most} MB: is it the right one? Take out pictures and other sheets, then try again"
            ),
        )
    }

    pub(super) fn too_much() -> Self {
        Self::new(
            "too-much",
            "表格展开后过大（行、列或格子太多），不读。请把要读的表复制到新的工作簿里再试。",
            "the workbook is too large once unpacked: copy the sheet to be read into a new workbook, then try again",
        )
    }

    pub(super) fn encrypted() -> Self {
        Self::new(
            "encrypted",
            "文件设了打开密码，读不了。请在 Excel 或 WPS 中打开，去掉密码后另存，再读入。",
            "the file is protected by a password: open it, take the password off, save it, then try again",
        )
    }

    pub(super) fn empty() -> Self {
        Self::new(
            "empty",
            "文件是空的，里面什么也没有。请确认是否选错了文件，或重新索取。",
            "the file is empty: is it the right one?",
        )
    }

    pub(super) fn damaged(why: &str) -> Self {
        // The reader's own words are English.
        let en = if why.is_empty() {
            String::new()
        } else {
            format!(" ({why})")
        };
        Self::new(
            "damaged",
            "文件已损坏或不完整，读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试；打不开的，请重新索取。",
            format!(
                "the file is damaged or incomplete: open it in Excel or WPS, save it as .xlsx and try again; if that fails, ask for it anew{en}"
            ),
        )
    }

    pub(super) fn web_page() -> Self {
        Self::new(
            "web-page",
            "文件实际上是网页（有的系统导出的 .xls 是这样），不是表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。",
            "the file is a web page under the name of a spreadsheet: open it in Excel or WPS, save it as .xlsx, then try again",
        )
    }

    pub(super) fn not_a_table(name: &str) -> Self {
        Self::new(
            "not-a-spreadsheet",
            format!(
                "{name} 不是能读的表格。可读 .xlsx、.xls、.ods、.csv；其他格式请另存为 .xlsx。"
            ),
            format!(
                "{name} is no spreadsheet that can be read: .xlsx, .xls, .ods and .csv are; save it as .xlsx"
            ),
        )
    }

    pub(super) fn binary_workbook() -> Self {
        Self::new(
            "other-format",
            "这是 .xlsb（二进制工作簿），读不了。请另存为 .xlsx 后再试。",
            "this is an .xlsb workbook: save it as .xlsx, then try again",
        )
    }

    pub(super) fn no_such_department(given: &str, known: &[&str]) -> Self {
        Self::new(
            "unknown-department",
            format!("标准中没有叫“{given}”的单位，有：{}", known.join("、")),
            format!(
                "the standard knows no department “{given}”; it knows {}",
                known.join(", ")
            ),
        )
    }

    pub(super) fn too_long(path: &str) -> Self {
        Self::new(
            "too-long",
            format!("“{path}”的内容超过 32767 个字，Excel 的一个格子放不下。请先缩短。"),
            format!(
                "“{path}” is longer than the 32,767 letters that a cell of Excel can hold: shorten it first"
            ),
        )
    }

    pub(super) fn not_written(why: &str) -> Self {
        Self::new(
            "not-written",
            format!("工作簿没能写出：{why}"),
            format!("the workbook could not be written: {why}"),
        )
    }

    /// Why two reports cannot be compared.
    pub fn not_comparable(why: crate::wording::Text) -> Self {
        Self::new("not-comparable", why.zh, why.en)
    }

    /// What is given is not of the shape that is asked for.
    pub fn bad_argument(what: &str) -> Self {
        Self::new(
            "bad-argument",
            format!("参数不对：{what}"),
            format!("bad argument: {what}"),
        )
    }
}

/// What a problem is about, before its place is known.
pub(super) type About = (&'static str, &'static str, String, String);

pub(super) fn other_standard(given: &str, own: &str) -> About {
    (
        "other-standard",
        "error",
        format!("这是另一个标准（{given}）的填报表，现在打开的是 {own}；其中的数据没有读入。"),
        format!(
            "this form is of another standard ({given}), not of {own}; its values were not taken over"
        ),
    )
}

pub(super) fn other_version(given: &str, own: &str) -> About {
    (
        "other-version",
        "warning",
        format!(
            "填报表由标准的另一版本（{given}）生成，现在是 {own}：仍按识别码读入，现在的标准里没有的数据逐项列出，请核对。"
        ),
        format!(
            "this form was made by version {given} of the standard, now it is {own}: read by the codes; what has no place any more is listed; please check"
        ),
    )
}

pub(super) fn unknown_id(id: &str, label: &str, value: &str, like: Option<&str>) -> About {
    let named = if label.is_empty() || label == id {
        format!("“{id}”")
    } else {
        format!("“{label}”（{id}）")
    };
    let [zh, en] = like.map_or([String::new(), String::new()], |like| {
        [format!("，是不是“{like}”？"), format!("; is it “{like}”?")]
    });
    let stop = if like.is_some() { "" } else { "，" };
    (
        "unknown-id",
        "warning",
        format!("现在的标准中没有{named}{zh}{stop}值“{value}”没有读入。"),
        format!("the standard has no {named}{en}; its value “{value}” was not taken over"),
    )
}

pub(super) fn label_changed(now: &str) -> About {
    (
        "label-changed",
        "warning",
        format!("这一项在现在的标准中叫“{now}”，请核对填的是不是同一个数。"),
        format!("the standard calls this “{now}” now: please check that it is the same figure"),
    )
}

pub(super) fn unit_differs(given: &str, own: &str) -> About {
    (
        "unit-differs",
        "warning",
        format!("表中的单位是“{given}”，标准用“{own}”，不能换算，请核对。"),
        format!(
            "the unit here is “{given}”, the standard's is “{own}”, and they can't be converted; please check"
        ),
    )
}

/// A unit stated for the whole table, which some figures are none of.
pub(super) fn unit_unfit(given: &str, items: &[String]) -> About {
    let some: Vec<&str> = items.iter().map(String::as_str).take(5).collect();
    let more = if items.len() > some.len() { "等" } else { "" };
    let count = items.len();
    let some = some.join("、");
    (
        "unit-unfit",
        "warning",
        format!(
            "表上写的单位是“{given}”，对 {count} 项不适用（{some}{more}），这些数按标准的单位读入，请核对。"
        ),
        format!(
            "the table states the unit “{given}”, which does not fit ({count}): {some}; read in the standard's units; please check"
        ),
    )
}

/// Units of which it is not clear whether they hold for a figure.
pub(super) fn unit_unclear(given: &str, own: &str) -> About {
    (
        "unit-unclear",
        "error",
        format!(
            "不知这个数的单位：表上写的是“{given}”，标准用“{own}”，没有读入。请在“单位”一列或数的后面写明单位。"
        ),
        format!(
            "the unit of this figure is not clear: the table states “{given}”, the standard's is “{own}”; it was not taken over. Write the unit in a column 单位 or behind the figure"
        ),
    )
}

pub(super) fn unit_converted(given: &str, own: &str) -> About {
    (
        "unit-converted",
        "note",
        format!("{given} 按 {own} 计。"),
        format!("{given} counts as {own}"),
    )
}

pub(super) fn error_cell(error: &str) -> About {
    (
        "error-cell",
        "error",
        format!("格子里是公式错误 {error}，没有读入。请改正公式，或直接填数。"),
        format!("the cell holds the error {error}: put the formula right, or write the figure"),
    )
}

pub(super) const NOT_COMPUTED: &str = "not-computed";

/// `more`: how many others of the sheet are not named.
pub(super) fn not_computed(more: usize) -> About {
    let [zh, en] = match more {
        0 => [String::new(), String::new()],
        _ => [
            format!("这张表上另有 {more} 格也是这样。"),
            format!("; so it is with {more} more cells of this sheet"),
        ],
    };
    (
        NOT_COMPUTED,
        "error",
        format!("公式没有计算结果，没有读入。请在 Excel 或 WPS 中打开并保存一次，再读入。{zh}"),
        format!(
            "the formula in this cell has no computed value: open the file in Excel or WPS, save it, then read it again{en}"
        ),
    )
}

pub(super) fn became_date(shown: &str) -> About {
    (
        "became-date",
        "error",
        format!(
            "这里应填数，格子里却是日期 {shown}（Excel 会把 1-2 这样的内容改成日期），没有读入，请重填。"
        ),
        format!(
            "a figure belongs here, but the cell holds the date {shown} (spreadsheets turn 1-2 into one): please write it again"
        ),
    )
}

pub(super) fn serial_date(number: &str, date: &str) -> About {
    (
        "serial-date",
        "warning",
        format!("格子里是数 {number}，按 Excel 的日期序号读作 {date}，请核对。"),
        format!("the cell holds the number {number}, read as the date {date}; please check"),
    )
}

pub(super) fn two_values(path_label: &str, value: &str, other: &str, place: &str) -> About {
    (
        "two-values",
        "error",
        format!(
            "“{path_label}”在这里是“{value}”，在 {place} 是“{other}”，不知以哪个为准，都没有读入。"
        ),
        format!(
            "“{path_label}” is “{value}” here and “{other}” in {place}; neither was taken over"
        ),
    )
}

pub(super) fn no_match(name: &str, value: &str, like: Option<&str>) -> About {
    let [zh, en] = like.map_or([String::new(), String::new()], |like| {
        [format!("，是不是“{like}”？"), format!("; is it “{like}”?")]
    });
    let stop = if like.is_some() { "" } else { "，" };
    (
        "no-match",
        "error",
        format!("标准中没有叫“{name}”的数据项{zh}{stop}值“{value}”没有读入。"),
        format!("no field is called “{name}”{en}; its value “{value}” was not taken over"),
    )
}

pub(super) fn several_match(name: &str, fields: &[&Field]) -> About {
    let ids: Vec<&str> = fields.iter().map(|field| field.id.as_str()).collect();
    let ids = ids.join("、");
    (
        "several-match",
        "error",
        format!(
            "叫“{name}”的数据项不止一个（{ids}），没有读入。请加一列“编号”，或改用本标准的填报表。"
        ),
        format!(
            "several fields are called “{name}” ({ids}): add a column with the number of the indicator, or use our form"
        ),
    )
}

pub(super) fn needs_parts(indicator: &str, parts: &str) -> About {
    (
        "needs-parts",
        "error",
        format!("指标“{indicator}”由下列数据算出，不能直接填结果：{parts}。请填这些数据。"),
        format!("“{indicator}” is computed, not entered, from: {parts}. Please give these"),
    )
}

pub(super) fn needs_key(Field { label, keys, .. }: &Field) -> About {
    let keys = keys.join("、");
    (
        "needs-key",
        "error",
        format!("“{label}”要分别填：{keys}。这里只有一个数，没有读入。"),
        format!(
            "“{label}” needs a value for each of {keys}; there is one only, which was not taken over"
        ),
    )
}

pub(super) fn no_name(value: &str) -> About {
    (
        "no-name",
        "error",
        format!("这一行有值“{value}”，却没有数据项的名称，没有读入。"),
        format!("this row has the value “{value}” but no name; it was not taken over"),
    )
}

pub(super) fn no_head() -> About {
    (
        "no-head",
        "note",
        "没有找到表头（要有“数据项”或“指标”一列和“填报值”一列），这张表没有读。".into(),
        "no heading was found (a column with names and one with values are needed); this sheet was not read".into(),
    )
}

pub(super) fn several_values(columns: &str) -> About {
    (
        "several-values",
        "error",
        format!(
            "有几列都像是数值（{columns}），不知读哪一列，没有读。请把要读的一列的表头改成“填报值”。"
        ),
        format!(
            "several columns may hold the values ({columns}); none was read: head the right one “填报值”"
        ),
    )
}

pub(super) fn newest_year(read: &str, left: &str) -> About {
    (
        "newest-year",
        "warning",
        format!(
            "有几个年份的数：读的是 {read}，没有读 {left}。要读别的年份，请把那一列的表头改成“填报值”。"
        ),
        format!(
            "there are figures of several years: {read} was read, {left} was not; to read another, head its column “填报值”"
        ),
    )
}

pub(super) fn needs_total(label: &str) -> About {
    (
        "needs-total",
        "warning",
        format!(
            "“{label}”要填全市的数，表中只有各区（分项）的数，没有读入。请加上“全市”或“合计”一栏。"
        ),
        format!(
            "“{label}” is one figure for all; the table has those of districts (parts) only, which were not taken over: add 全市 or 合计 with the figure of the whole"
        ),
    )
}

/// Beside what was read; nothing is lacking.
pub(super) fn needless(labels: &[String]) -> About {
    let some: Vec<&str> = labels.iter().map(String::as_str).take(5).collect();
    let more = if labels.len() > some.len() { "等" } else { "" };
    (
        "needless",
        "note",
        format!(
            "{} 项（{}{more}）既有全市的数又有各区（分项）的数，标准只用其中一种，另一种没有读入。",
            labels.len(),
            some.join("、")
        ),
        format!(
            "the table has figures both of the whole and of districts (parts) for ({}): {}; the standard uses one of these, the others were not taken over",
            labels.len(),
            some.join(", ")
        ),
    )
}

pub(super) fn unplaced(head: &str, value: &str) -> About {
    (
        "unplaced",
        "warning",
        format!(
            "不知“{head}”一列是什么数，从“{value}”起整列没有读入。全市的数请把表头写成“全市”，各区和数据项的名称请与标准一致。"
        ),
        format!(
            "what the column “{head}” holds is not known; it was not taken over, from “{value}” on: head it 全市 for the whole, or with a name that the standard has"
        ),
    )
}

pub(super) fn whose_row(name: &str) -> About {
    let [zh, en] = if name.is_empty() {
        [
            "这一行没有写是哪个区的数".into(),
            "this row does not say whose figures it holds".into(),
        ]
    } else {
        [
            format!("“{name}”一行既不是标准中的区，也不是全市的数"),
            format!("the row “{name}” is neither of a part that the standard has nor of the whole"),
        ]
    };
    (
        "whose-row",
        "warning",
        format!("{zh}，没有读入。全市的数请写“全市”或“合计”。"),
        format!("{en}; it was not taken over. For the whole write 全市 or 合计"),
    )
}

pub(super) fn several_rows(count: usize) -> About {
    (
        "several-rows",
        "error",
        format!("数据项写在表头的表，下面应只有一行数据，却有 {count} 行，没有读。"),
        format!(
            "with fields as the heading there must be one row of values; there are {count}, none was read"
        ),
    )
}

pub(super) fn hidden_rows(count: usize) -> About {
    (
        "hidden-rows",
        "note",
        format!("有 {count} 行有数据的行是隐藏的，也读了。"),
        format!("{count} rows with data are hidden; they were read too"),
    )
}

pub(super) fn beside(value: &str) -> About {
    (
        "beside",
        "warning",
        format!("“{value}”不在填报格里，没有读入。请填到“填报值”一列。"),
        format!("“{value}” does not stand in the cell to fill in, and was not taken over"),
    )
}

pub(super) fn not_read(text: &str, count: usize) -> About {
    let text: String = text.chars().take(40).collect();
    let [zh, en] = match count {
        1 => [String::new(), String::new()],
        _ => [
            format!("；这张表上共有 {count} 格这样的内容"),
            format!("; so it is with {count} cells of this sheet"),
        ],
    };
    (
        "not-read",
        "note",
        format!("“{text}”不在填报格里，没有读{zh}。"),
        format!("“{text}” stands outside the cells to fill in, and was not read{en}"),
    )
}

pub(super) fn no_reason() -> About {
    (
        "no-reason",
        "error",
        "选了“不涉及”，没有写理由，没有读入。请在右边写明理由。".into(),
        "“does not apply” needs a reason; it was not taken over".into(),
    )
}

pub(super) fn reason_alone(reason: &str) -> About {
    (
        "reason-alone",
        "warning",
        format!("写了理由“{reason}”，却没有选“不涉及”，按涉及处理。"),
        format!(
            "there is a reason (“{reason}”) but “does not apply” was not chosen, so it applies"
        ),
    )
}
