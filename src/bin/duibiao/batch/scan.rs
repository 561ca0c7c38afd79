//! A table before it is judged: one pass over its bytes, so that nothing is written for a file that
//! cannot be read to its end. And its rows, in whichever encoding it is.

use crate::Failure;
use duibiao::digest::sha256;
use encoding_rs::{Decoder, DecoderResult, GB18030};
use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;

/// The most bytes of a row; a quotation mark that is never closed makes all the rest one row.
const MOST_ROW: u64 = 1 << 20;
const BLOCK: usize = 1 << 16;
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What one pass tells of a table.
pub struct Scan {
    /// The rows that are not blank lines, with the heading.
    pub rows: u64,
    /// Names the bytes of it.
    pub digest: String,
    /// As Chinese spreadsheets write it; otherwise UTF-8.
    pub gb18030: bool,
    /// A byte order mark comes first.
    pub mark: bool,
    /// Whether rows end with `\n`; otherwise with `\r` alone.
    pub newlines: bool,
}

/// Where a byte stands in a row.
enum At {
    Start,
    Plain,
    Quoted,
    /// After a quotation mark within quotation marks: the end of them, or the first of two.
    Mark,
}

/// Reads a table through.
pub fn scan(path: &Path) -> Result<Scan, Failure> {
    let shown = path.display();
    let fail = |error: std::io::Error| format!("读不到 {shown}：{error}\n(cannot read the file)");
    let mut file = File::open(path).map_err(fail)?;
    if !file.metadata().map_err(fail)?.is_file() {
        return Err(format!(
            "{shown} 不是文件；要读两遍，不能是管道\n(a file is needed: it is read twice)"
        ));
    }
    let mut block = vec![0; BLOCK];
    // A digest of the digests of blocks needs no more memory than one of them.
    let mut digests = String::new();
    let (mut line, mut rows) = (1u64, 0);
    let (mut row_line, mut row_length) = (1, 0);
    let mut at = At::Start;
    // The bytes of a character that the block before has begun.
    let mut begun: Vec<u8> = Vec::new();
    let mut not_utf8 = None;
    let mut mark = false;
    let mut first = true;
    loop {
        let length = fill(&mut file, &mut block).map_err(fail)?;
        let Some(mut bytes) = block.get(..length).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        digests = sha256([digests.as_bytes(), bytes].concat().as_slice());
        if std::mem::take(&mut first) {
            mark = bytes.starts_with(MARK);
            bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
        }
        if bytes.contains(&0) {
            return Err(format!("{shown} 不是文本文件\n(not a text file)"));
        }
        if not_utf8.is_none() {
            begun.extend_from_slice(bytes);
            match std::str::from_utf8(&begun) {
                Ok(_) => begun.clear(),
                Err(error) if error.error_len().is_none() => {
                    drop(begun.drain(..error.valid_up_to()))
                }
                Err(error) => {
                    let before = begun.get(..error.valid_up_to()).unwrap_or(&[]);
                    not_utf8 = Some(line + newlines(before));
                }
            }
        }
        for byte in bytes {
            let ends = match (&at, byte) {
                (At::Quoted, b'"') => {
                    at = At::Mark;
                    false
                }
                (At::Quoted, _) => false,
                (At::Start | At::Mark, b'"') => {
                    at = At::Quoted;
                    false
                }
                (_, b'\n' | b'\r') => true,
                (_, b',') => {
                    at = At::Start;
                    false
                }
                _ => {
                    at = At::Plain;
                    false
                }
            };
            line += u64::from(*byte == b'\n');
            if ends {
                rows += u64::from(row_length > 0);
                (at, row_line, row_length) = (At::Start, line, 0);
                continue;
            }
            row_length += 1;
            if row_length > MOST_ROW {
                return Err(format!(
                    "{shown}:{row_line}：这一行超过 1 MB，是不是引号没有配对？\n(a row of more than 1 MB: is a quotation mark never closed?)"
                ));
            }
        }
    }
    if let At::Quoted = at {
        return Err(format!(
            "{shown}:{row_line}：这一行的引号没有配对\n(a quotation mark is never closed)"
        ));
    }
    if not_utf8.is_none() && !begun.is_empty() {
        not_utf8 = Some(line);
    }
    rows += u64::from(row_length > 0);
    if let Some(line) = not_utf8 {
        if mark {
            return Err(format!("{shown}:{line}：不是 UTF-8 文字\n(not UTF-8)"));
        }
        is_gb18030(&mut file, path, line)?;
    }
    Ok(Scan {
        rows,
        digest: digests,
        gb18030: not_utf8.is_some(),
        mark,
        newlines: line > 1,
    })
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Fills a block as far as the file goes.
fn fill(file: &mut File, block: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while let Some(rest) = block.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// What is no UTF-8 from some line on has to be GB18030 from the first to the last byte.
fn is_gb18030(file: &mut File, path: &Path, line: u64) -> Result<(), Failure> {
    let fail = |error: std::io::Error| format!("读不到 {}：{error}", path.display());
    file.seek(SeekFrom::Start(0)).map_err(fail)?;
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let (mut block, mut text) = (vec![0; BLOCK], vec![0; 4 * BLOCK]);
    loop {
        let length = fill(file, &mut block).map_err(fail)?;
        let bytes = block.get(..length).unwrap_or(&[]);
        let last = length < BLOCK;
        let (result, ..) = decoder.decode_to_utf8_without_replacement(bytes, &mut text, last);
        if let DecoderResult::Malformed(..) = result {
            return Err(format!(
                "{}:{line}：既不是 UTF-8，也不是 GB18030 文字\n(neither UTF-8 nor GB18030)",
                path.display()
            ));
        }
        if last {
            return Ok(());
        }
    }
}

/// A table's text in UTF-8, without its mark.
pub struct Utf8 {
    file: BufReader<File>,
    decoder: Option<Decoder>,
    /// Decoded and not yet read.
    text: Vec<u8>,
    read: usize,
    ended: bool,
}

/// Opens a table that was scanned.
pub fn open(path: &Path, scan: &Scan) -> Result<Utf8, Failure> {
    let fail = |error: std::io::Error| format!("读不到 {}：{error}", path.display());
    let mut file = File::open(path).map_err(fail)?;
    if scan.mark {
        file.seek(SeekFrom::Start(MARK.len() as u64))
            .map_err(fail)?;
    }
    Ok(Utf8 {
        file: BufReader::with_capacity(BLOCK, file),
        decoder: scan
            .gb18030
            .then(|| GB18030.new_decoder_without_bom_handling()),
        text: Vec::new(),
        read: 0,
        ended: false,
    })
}

impl Read for Utf8 {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let Some(decoder) = &mut self.decoder else {
            return self.file.read(to);
        };
        while self.read == self.text.len() && !self.ended {
            let mut block = vec![0; BLOCK];
            let length = self.file.read(&mut block)?;
            self.ended = length == 0;
            self.text = vec![0; 4 * BLOCK];
            let bytes = block.get(..length).unwrap_or(&[]);
            let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut self.text, self.ended);
            self.text.truncate(written);
            self.read = 0;
        }
        let rest = self.text.get(self.read..).unwrap_or(&[]);
        let length = rest.len().min(to.len());
        if let (Some(to), Some(from)) = (to.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        self.read += length;
        Ok(length)
    }
}
