//! `duibiao schema`: what data and reports look like.

use crate::SMALL;
use crate::probe::command::{folder, run};
use serde_json::Value;
use std::fs;

#[test]
fn schemas_are_printed_or_written() {
    let at = folder("schema");
    let report = run(&["schema", "report"]).says(0, &["duibiao-report/2"]);
    assert_eq!(report.json()["additionalProperties"], false);
    let file = at.join("data.schema.json");
    run(&["schema", "data", SMALL, "-o", file.to_str().unwrap()]).says(0, &["data.schema.json"]);
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written, run(&["schema", "data", SMALL]).out);
    let schema: Value = serde_json::from_str(&written).unwrap();
    let swept = &schema["$defs"]["field.swept"];
    assert_eq!(swept["title"], "机械化清扫面积");
    assert!(
        swept["description"]
            .as_str()
            .unwrap()
            .contains("单位：万平方米")
    );
    assert_eq!(swept["minimum"], 0);
    run(&["schema", "data"]).says(0, &["data for Duibiao"]);
    run(&["schema", "report", SMALL]).says(2, &["不写标准"]);
    run(&["schema", "rules"]).says(2, &["data", "report"]);
    run(&["schema"]).says(2, &["<WHAT>"]);
    run(&["schema", "data", "nowhere"]).says(2, &["nowhere"]);
}
