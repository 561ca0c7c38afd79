//! What a run has written, so that one that was interrupted can go on.
//!
//! Results are written to files of their own (`….part`) and get their names when all is done, so a
//! result is whole or not there. After each block of rows a line of the journal says how far both
//! files go; what stands behind the last line that holds is cut off before a run goes on. The journal
//! is locked by the run that writes it, so that no two write to one place.

use crate::Failure;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

const FORM: &str = "duibiao-batch/1";

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Point {
    /// Rows of the table that are dealt with, without the heading.
    pub rows: u64,
    /// Bytes of the results, and of the rows that could not be read.
    pub length: [u64; 2],
    /// Rows that were judged, and that could not be read.
    pub count: [u64; 2],
    /// Judged rows in which something is not met.
    pub short: u64,
}

impl Point {
    fn line(&self) -> String {
        let Self {
            rows,
            length: [out, bad],
            count: [judged, unread],
            short,
        } = self;
        format!("{rows} {out} {bad} {judged} {unread} {short}\n")
    }

    fn of(line: &str) -> Option<Self> {
        let numbers = line.split(' ').map(str::parse);
        let numbers: Vec<u64> = numbers.collect::<Result<_, _>>().ok()?;
        let [rows, out, bad, judged, unread, short] = numbers.try_into().ok()?;
        Some(Self {
            rows,
            length: [out, bad],
            count: [judged, unread],
            short,
        })
    }
}

/// Where a run writes.
pub struct Places {
    /// The results, and the rows that could not be read.
    pub files: [PathBuf; 2],
    parts: [PathBuf; 2],
    journal: PathBuf,
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(end);
    name.into()
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path = path.display().to_string();
    move |error| format!("写不了 {path}：{error}\n(cannot write the file)")
}

impl Places {
    pub fn new(out: &Path, bad: &Path) -> Self {
        Self {
            files: [out.into(), bad.into()],
            parts: [with(out, ".part"), with(bad, ".part")],
            journal: with(out, ".journal"),
        }
    }

    /// Whether an interrupted run has left something.
    pub fn interrupted(&self) -> bool {
        self.journal.exists()
    }

    /// The date of the interrupted run, whose default was its own day.
    pub fn date(&self) -> Option<String> {
        let (head, _) = read(&mut File::open(&self.journal).ok()?).ok()?;
        head.split(' ').nth(1).map(String::from)
    }

    /// Begins anew.
    pub fn begin(&self, identity: &str, force: bool) -> Result<Run, Failure> {
        if !force {
            for file in &self.files {
                if file.exists() {
                    return Err(format!(
                        "{} 已经有了；要覆盖请加 --force\n(it is there already; --force overwrites it)",
                        file.display()
                    ));
                }
            }
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(!force);
        let mut journal = match self.locked(options.create(force)) {
            Err(Locking::Failed(error)) if error.kind() == ErrorKind::AlreadyExists => {
                // Who wrote it may still be at work.
                self.locked(OpenOptions::new().write(true))
                    .map_err(|error| self.told(error))?;
                return Err(format!(
                    "{} 是中断了的一次留下的；接着做请加 --resume，从头做请加 --force\n(an interrupted run: --resume goes on with it, --force begins anew)",
                    self.journal.display()
                ));
            }
            locked => locked.map_err(|error| self.told(error))?,
        };
        journal
            .set_len(0)
            .and_then(|()| journal.write_all(format!("{FORM} {identity}\n").as_bytes()))
            .map_err(failed(&self.journal))?;
        let [out, bad] = &self.parts;
        Ok(Run {
            out: File::create(out).map_err(failed(out))?,
            bad: File::create(bad).map_err(failed(bad))?,
            journal,
            point: Point::default(),
        })
    }

    /// The journal, opened and locked.
    fn locked(&self, options: &OpenOptions) -> Result<File, Locking> {
        let journal = options.open(&self.journal).map_err(Locking::Failed)?;
        match journal.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Locking::AtWork),
            // A file system without locks is no reason not to work.
            _ => Ok(journal),
        }
    }

    fn told(&self, error: Locking) -> Failure {
        match error {
            Locking::Failed(error) => failed(&self.journal)(error),
            Locking::AtWork => format!(
                "另一次运行正在写 {}，请等它做完，或用 -o 写到别处\n(another run is at work on it: wait until it is done, or write elsewhere with -o)",
                self.files
                    .first()
                    .map_or(&*self.journal, |file| file)
                    .display()
            ),
        }
    }

    /// Goes on where an interrupted run was; `None` where it had not yet come to write anything.
    pub fn resume(&self, identity: &str) -> Result<Option<Run>, Failure> {
        let mut options = OpenOptions::new();
        let journal = self.locked(options.read(true).write(true));
        let mut journal = journal.map_err(|error| self.told(error))?;
        let (head, points) = read(&mut journal)
            .map_err(|error| format!("读不到 {}：{error}", self.journal.display()))?;
        if points.is_empty() {
            return Ok(None);
        }
        if head != format!("{FORM} {identity}") {
            return Err(format!(
                "{}：中断的那一次用的表、标准、选项或程序版本不同，不能接着做；从头做请加 --force\n(the interrupted run had another table, standard, options or version: --force begins anew)",
                self.journal.display()
            ));
        }
        let [out_part, bad_part] = &self.parts;
        let [out_file, bad_file] = &self.files;
        // It was about to give both files their names.
        for (part, file) in [(bad_part, bad_file), (out_part, out_file)] {
            if !part.exists() && file.exists() {
                fs::rename(file, part).map_err(failed(part))?;
            }
        }
        let open = |path: &Path| {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path);
            file.map_err(failed(path))
        };
        let (out, bad) = (open(out_part)?, open(bad_part)?);
        let length = |file: &File| file.metadata().map_or(0, |data| data.len());
        let lengths = [length(&out), length(&bad)];
        let holds = |(_, point): &&(u64, Point)| {
            point.length[0] <= lengths[0] && point.length[1] <= lengths[1]
        };
        let Some((end, point)) = points.iter().rev().find(holds) else {
            return Ok(None);
        };
        let mut run = Run {
            out,
            bad,
            journal,
            point: *point,
        };
        let [out, bad] = point.length;
        for (file, length) in [
            (&mut run.out, out),
            (&mut run.bad, bad),
            (&mut run.journal, *end),
        ] {
            let cut = file
                .set_len(length)
                .and_then(|()| file.seek(SeekFrom::Start(length)));
            cut.map_err(failed(&self.journal))?;
        }
        Ok(Some(run))
    }

    /// Gives both files their names; a file of bad rows only where there are any.
    pub fn finish(&self, run: Run) -> Result<(), Failure> {
        let [out_part, bad_part] = &self.parts;
        let [out, bad] = &self.files;
        let synced = run.out.sync_all().and_then(|()| run.bad.sync_all());
        synced.map_err(failed(out_part))?;
        let Run {
            out: out_written,
            bad: bad_written,
            journal,
            point,
        } = run;
        drop((out_written, bad_written));
        if point.count[1] > 0 {
            fs::rename(bad_part, bad).map_err(failed(bad))?;
        } else {
            fs::remove_file(bad_part).map_err(failed(bad_part))?;
            if bad.exists() {
                fs::remove_file(bad).map_err(failed(bad))?;
            }
        }
        fs::rename(out_part, out).map_err(failed(out))?;
        let removed = fs::remove_file(&self.journal).map_err(failed(&self.journal));
        // Nobody else begins before all is in its place.
        drop(journal);
        removed
    }
}

/// Why a journal was not locked.
enum Locking {
    Failed(std::io::Error),
    AtWork,
}

/// The first line of a journal, and the points after it.
fn read(journal: &mut File) -> std::io::Result<(String, Vec<(u64, Point)>)> {
    let mut text = String::new();
    journal.read_to_string(&mut text)?;
    let mut points = Vec::new();
    let mut length = 0;
    let mut head = None;
    // The last line may be half of one.
    for line in text.split_inclusive('\n') {
        length += line.len() as u64;
        let Some(line) = line.strip_suffix('\n') else {
            break;
        };
        match (&head, Point::of(line)) {
            (None, _) => head = Some(line.to_string()),
            (Some(_), Some(point)) => points.push((length, point)),
            (Some(_), None) => break,
        }
    }
    Ok((head.unwrap_or_default(), points))
}

/// A run that writes.
pub struct Run {
    out: File,
    bad: File,
    journal: File,
    pub point: Point,
}

impl Run {
    /// Writes what came of some rows, then that it is written.
    pub fn write(&mut self, out: &[u8], bad: &[u8], point: Point) -> std::io::Result<()> {
        self.out.write_all(out)?;
        self.bad.write_all(bad)?;
        let [out_length, bad_length] = self.point.length;
        self.point = Point {
            length: [out_length + out.len() as u64, bad_length + bad.len() as u64],
            ..point
        };
        self.journal.write_all(self.point.line().as_bytes())
    }
}
