//! `duibiao batch`: a table with a submission in each row, judged on all cores.
//!
//! One thread reads, one for each core judges, this one writes. Blocks of rows are numbered and
//! written in their order; no more of them are under way than there are permits, so the memory
//! does not grow with the table.

mod journal;
mod scan;

use crate::check::{Format, date, line_set};
use crate::{Failure, files};
use duibiao::author::Text;
use duibiao::batch::{Bad, Column, Columns, Judge, Row};
use duibiao::check::Outcome;
use duibiao::date::Date;
use duibiao::digest::{digest, sha256};
use duibiao::entry::Given;
use duibiao::number::Number;
use duibiao::record::ENGINE;
use duibiao::rulebook::{Kind, Rulebook};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use journal::{Places, Point, Run};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

#[derive(clap::Args)]
#[command(
    after_help = "退出状态 (exit status)：0 每一行都读了、都达标 (all read, all met)；1 不是 (not all)；2 没能做完 (could not finish)"
)]
pub struct Arguments {
    /// 标准：规则文件夹或 .wasm (the standard: a folder of rules or a .wasm)
    standard: PathBuf,
    /// 表：.csv，标题是字段（或 as_of、参数、不涉及.编号），每行一份数据 (a table: a heading of fields, a submission in each row)
    table: PathBuf,
    /// 结果写到哪个文件 (where to write the results)
    #[arg(short, long, value_name = "OUT.csv")]
    output: PathBuf,
    /// 读不了的行写到哪个文件 [不写：OUT.bad.csv] (where rows go that cannot be read)
    #[arg(long, value_name = "FILE.csv")]
    bad: Option<PathBuf>,
    /// 照抄到结果里的列，可写多次；id、编号、序号不必写 (a column to copy through; may be given several times)
    #[arg(long, value_name = "COLUMN")]
    id: Vec<String>,
    /// 没写 as_of 的行按哪天的线 [不写：今天，UTC] (the date for rows without one [default: today])
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<String>,
    /// 为每一行自设一条线，可写多次 (set a threshold for all rows)
    #[arg(long, value_name = "PARAMETER=VALUE")]
    set: Vec<String>,
    /// 接着做中断了的一次 (go on with an interrupted run)
    #[arg(long, conflicts_with = "force")]
    resume: bool,
    /// 从头做，覆盖已有的结果 (begin anew, and overwrite what is there)
    #[arg(long)]
    force: bool,
}

/// The most rows of a block, and the most bytes that it takes before it is closed.
const BLOCK_ROWS: usize = 512;
const BLOCK_BYTES: usize = 1 << 18;

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let bad = match &arguments.bad {
        Some(bad) => bad.clone(),
        None => arguments.output.with_extension("bad.csv"),
    };
    let same = |a: &Path, b: &Path| {
        a == b
            || std::fs::canonicalize(a)
                .is_ok_and(|a| std::fs::canonicalize(b).is_ok_and(|b| a == b))
    };
    for (one, other) in [
        (&arguments.output, &arguments.table),
        (&bad, &arguments.table),
        (&bad, &arguments.output),
    ] {
        if same(one, other) {
            return Err(format!(
                "{}：这个文件另有用处，请换个名字\n(this file is used otherwise: choose another name)",
                one.display()
            ));
        }
    }
    let places = Places::new(&arguments.output, &bad);
    let resuming = arguments.resume && places.interrupted();
    if arguments.resume && !resuming && arguments.output.exists() {
        return Err(format!(
            "{} 已经做完了；重做请加 --force\n(it is complete; --force does it again)",
            arguments.output.display()
        ));
    }
    // An interrupted run that took its own day as the date keeps it.
    let earlier = if resuming { places.date() } else { None };
    let as_of = date(arguments.as_of.as_deref().or(earlier.as_deref()))?;
    let standard = files::standard(&arguments.standard, Format::Text)?;
    let rulebook = &standard.rulebook;
    let mut set = Vec::new();
    for text in &arguments.set {
        set.push(line_set(rulebook, text)?);
    }
    let scan = scan::scan(&arguments.table)?;
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(files::terminator(scan.newlines))
        .from_reader(scan::open(&arguments.table, &scan)?);
    let shown = arguments.table.display().to_string();
    let mut heading = csv::StringRecord::new();
    let broken = |error: csv::Error| format!("{shown}：CSV 有误：{error}\n(broken CSV)");
    if !rows.read_record(&mut heading).map_err(broken)? {
        return Err(format!("{shown} 是空的\n(no rows)"));
    }
    let heading: Vec<String> = heading.iter().map(|name| name.trim().to_string()).collect();
    let columns = Columns::of(rulebook, &heading, &arguments.id).map_err(|wrong| {
        let lines: Vec<String> = wrong
            .iter()
            .map(|why| format!("{shown}：{}\n({})", why.zh, why.en))
            .collect();
        lines.join("\n")
    })?;
    let identity = {
        let options = format!("{:?} {:?} {:?}", columns.holds, heading, set);
        let all = [ENGINE, &digest(&standard.bytes), &scan.digest, &options].join("\n");
        format!("{} {}", as_of.iso(), sha256(all.as_bytes()))
    };
    let resumed = if resuming {
        places.resume(&identity)?
    } else {
        None
    };
    let mut writing = match resumed {
        Some(run) => run,
        None => {
            let mut run = places.begin(&identity, arguments.force || resuming)?;
            let mark = if scan.mark || scan.gb18030 {
                "\u{feff}"
            } else {
                ""
            };
            let out = [mark.as_bytes(), &line(out_heading(rulebook, &columns))].concat();
            let bad = [mark.as_bytes(), &line(bad_heading(&heading))].concat();
            run.write(&out, &bad, Point::default())
                .map_err(|error| unwritten(&arguments.output, &error))?;
            run
        }
    };
    let judging = Judging {
        rulebook,
        columns: &columns,
        set: &set,
        as_of,
        shown: &shown,
        output: &arguments.output,
    };
    judging.all(rows, &mut writing, scan.rows.saturating_sub(1))?;
    let Point {
        count: [judged, unread],
        short,
        ..
    } = writing.point;
    places.finish(writing)?;
    let mut told = format!(
        "{}：{judged} 行，其中 {short} 行未全部达标 ({judged} rows, {short} of them not all met)\n",
        arguments.output.display()
    );
    if unread > 0 {
        told += &format!(
            "{}：{unread} 行读不了，原因写在里面 ({unread} rows could not be read, with the reasons)\n",
            bad.display()
        );
    }
    crate::say(&told)?;
    Ok(ExitCode::from(u8::from(unread > 0 || short > 0)))
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    format!(
        "写不了 {}：{error}。腾出地方后可加 --resume 接着做\n(cannot write; --resume goes on later)",
        path.display()
    )
}

/// A row without what is left of its end in the last cell.
fn without_return(row: &csv::StringRecord) -> csv::StringRecord {
    match row.as_slice().strip_suffix('\r') {
        None => row.clone(),
        Some(_) => {
            let last = row.len().saturating_sub(1);
            let cells = row.iter().enumerate();
            let cut = |(at, cell): (usize, &'_ str)| {
                let end = if at == last {
                    cell.len().saturating_sub(1)
                } else {
                    cell.len()
                };
                cell.get(..end).unwrap_or(cell).to_string()
            };
            cells.map(cut).collect::<Vec<String>>().into()
        }
    }
}

/// A row of CSV.
fn line(cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    // Nothing fails that is written to memory.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

/// The columns that are copied through; the line of the table where there are none.
fn copied(columns: &Columns) -> impl Iterator<Item = usize> + '_ {
    let kept = |column: &Column| matches!(column, Column::Id | Column::AsOf);
    let all = columns.holds.iter().enumerate();
    all.filter(move |(_, column)| kept(column))
        .map(|(index, _)| index)
}

fn has_id(columns: &Columns) -> bool {
    columns.holds.contains(&Column::Id)
}

fn out_heading(rulebook: &Rulebook, columns: &Columns) -> Vec<String> {
    let mut cells = Vec::new();
    if !has_id(columns) {
        cells.push("line".into());
    }
    cells.extend(copied(columns).filter_map(|index| columns.names.get(index).cloned()));
    cells.extend(["score_low".into(), "score_high".into()]);
    for indicator in &rulebook.indicators {
        cells.extend([indicator.id.clone(), format!("{}_points", indicator.id)]);
    }
    cells
}

fn bad_heading(heading: &[String]) -> Vec<String> {
    let own = ["line", "column", "reason"].map(String::from);
    own.into_iter().chain(heading.iter().cloned()).collect()
}

/// A number as a spreadsheet reads it: exact, or six places where no number of places would do. `14/3`
/// would be a day in March.
fn number(number: &Number) -> String {
    match number.decimals() {
        Some(_) => number.exact(),
        None => number.shown(6),
    }
}

/// Rows of the table, each with its line.
struct Block {
    number: u64,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// What came of a block.
struct Judged {
    number: u64,
    out: Vec<u8>,
    bad: Vec<u8>,
    /// What the block adds.
    point: Point,
}

/// What all rows are judged by.
struct Judging<'a> {
    rulebook: &'a Rulebook,
    columns: &'a Columns,
    set: &'a [(usize, Given)],
    as_of: Date,
    shown: &'a str,
    output: &'a Path,
}

impl Judging<'_> {
    /// Judges all rows that are left, and writes what comes of them.
    fn all(&self, rows: csv::Reader<scan::Utf8>, run: &mut Run, count: u64) -> Result<(), Failure> {
        let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let bar = bar(count, run.point.rows);
        let skip = run.point.rows;
        thread::scope(|scope| {
            let (give_permit, permits) = sync_channel::<()>(4 * threads);
            let (give_block, blocks) = sync_channel::<Block>(threads);
            let (give_judged, judged) = sync_channel::<Judged>(threads);
            let reader = scope.spawn(move || self.read(rows, skip, &give_permit, &give_block));
            let blocks = std::sync::Arc::new(Mutex::new(blocks));
            for _ in 0..threads {
                let (blocks, give_judged) = (std::sync::Arc::clone(&blocks), give_judged.clone());
                scope.spawn(move || self.work(&blocks, &give_judged));
            }
            drop((blocks, give_judged));
            let written = self.write(&judged, &permits, run, &bar);
            // Whoever still waits to give something is let go.
            drop((judged, permits));
            let read = reader
                .join()
                .unwrap_or_else(|_| Err("读表中断\n(reading stopped)".into()));
            bar.finish_and_clear();
            written.and(read)
        })
    }

    /// Reads the rows that are left, in blocks.
    fn read(
        &self,
        mut rows: csv::Reader<scan::Utf8>,
        skip: u64,
        permits: &SyncSender<()>,
        blocks: &SyncSender<Block>,
    ) -> Result<(), Failure> {
        let broken = |error: csv::Error| format!("{}：CSV 有误：{error}\n(broken CSV)", self.shown);
        let mut record = csv::StringRecord::new();
        for _ in 0..skip {
            rows.read_record(&mut record).map_err(broken)?;
        }
        for number in 0.. {
            let mut block = Block {
                number,
                rows: Vec::new(),
            };
            let mut bytes = 0;
            while block.rows.len() < BLOCK_ROWS && bytes < BLOCK_BYTES {
                if !rows.read_record(&mut record).map_err(broken)? {
                    break;
                }
                bytes += record.as_slice().len();
                let line = record.position().map_or(0, csv::Position::line);
                block.rows.push((line, without_return(&record)));
            }
            // A writer that went away has told why.
            if block.rows.is_empty() || permits.send(()).is_err() || blocks.send(block).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Judges blocks until there are none.
    fn work(&self, blocks: &Mutex<Receiver<Block>>, judged: &SyncSender<Judged>) {
        let judge = Judge::new(self.rulebook, self.columns, self.set, self.as_of);
        loop {
            let block = match blocks.lock() {
                Ok(blocks) => blocks.recv(),
                Err(_) => break,
            };
            let Ok(block) = block else { break };
            if judged.send(self.block(&judge, &block)).is_err() {
                break;
            }
        }
    }

    fn block(&self, judge: &Judge<'_>, block: &Block) -> Judged {
        let writer = || {
            csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(Vec::new())
        };
        let (mut out, mut bad) = (writer(), writer());
        let mut point = Point::default();
        for (line, row) in &block.rows {
            point.rows += 1;
            if row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let cells: Vec<&str> = row.iter().collect();
            match judge.row(&cells) {
                Ok(judged) => {
                    point.count[0] += 1;
                    point.short += u64::from(!self.is_met(&judged));
                    let _ = out.write_record(self.out_cells(*line, row, &judged));
                }
                Err(why) => {
                    point.count[1] += 1;
                    let _ = bad.write_record(self.bad_cells(*line, row, &why));
                }
            }
        }
        Judged {
            number: block.number,
            out: out.into_inner().unwrap_or_default(),
            bad: bad.into_inner().unwrap_or_default(),
            point,
        }
    }

    /// As for the exit status of `check`: a bonus may be missed.
    fn is_met(&self, row: &Row) -> bool {
        let all = self.rulebook.indicators.iter().zip(&row.verdicts);
        all.filter(|(indicator, _)| indicator.kind != Kind::Bonus)
            .all(|(_, (outcome, _))| *outcome == Outcome::Met || outcome.is_aside())
    }

    fn out_cells(&self, line: u64, row: &csv::StringRecord, judged: &Row) -> Vec<String> {
        let mut cells = Vec::new();
        if !has_id(self.columns) {
            cells.push(line.to_string());
        }
        cells.extend(
            copied(self.columns).map(|index| row.get(index).unwrap_or_default().to_string()),
        );
        cells.extend(judged.score.iter().map(number));
        for (outcome, points) in &judged.verdicts {
            let points = points.as_ref().map_or_else(String::new, number);
            cells.extend([outcome.word().to_string(), points]);
        }
        cells
    }

    fn bad_cells(&self, line: u64, row: &csv::StringRecord, why: &[Bad]) -> Vec<String> {
        let name = |bad: &Bad| {
            bad.column
                .and_then(|index| self.columns.names.get(index))
                .cloned()
        };
        let names: Vec<String> = why.iter().filter_map(name).collect();
        let reason = |bad: &Bad| {
            let Text { zh, en } = &bad.why;
            format!("{zh} ({en})")
        };
        let reasons: Vec<String> = why.iter().map(reason).collect();
        let own = [line.to_string(), names.join("；"), reasons.join("；")];
        own.into_iter()
            .chain(row.iter().map(String::from))
            .collect()
    }

    /// Writes blocks in their order.
    fn write(
        &self,
        judged: &Receiver<Judged>,
        permits: &Receiver<()>,
        run: &mut Run,
        bar: &ProgressBar,
    ) -> Result<(), Failure> {
        let mut next = 0;
        let mut waiting: BTreeMap<u64, Judged> = BTreeMap::new();
        for one in judged {
            waiting.insert(one.number, one);
            while let Some(one) = waiting.remove(&next) {
                let Point {
                    rows,
                    count: [good, bad],
                    short,
                    ..
                } = run.point;
                let more = one.point;
                let point = Point {
                    rows: rows + more.rows,
                    count: [good + more.count[0], bad + more.count[1]],
                    short: short + more.short,
                    ..run.point
                };
                run.write(&one.out, &one.bad, point)
                    .map_err(|error| unwritten(self.output, &error))?;
                bar.set_position(point.rows);
                let _ = permits.try_recv();
                next += 1;
            }
        }
        Ok(())
    }
}

/// A progress bar on a terminal; elsewhere it shows nothing.
fn bar(rows: u64, done: u64) -> ProgressBar {
    let bar = ProgressBar::new(rows);
    let style = ProgressStyle::with_template(
        "{bar:40} {human_pos}/{human_len} 行 rows · {rate} · 还要 {eta}",
    );
    if let Ok(style) = style {
        let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = write!(out, "{:.0}/s", state.per_sec());
        };
        bar.set_style(style.with_key("rate", rate));
    }
    bar.set_position(done);
    bar.reset_eta();
    bar
}
