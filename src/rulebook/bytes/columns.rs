//! The columns of a rulebook's bytes: like lies beside like, which packs well.
//!
//! A rulebook is mostly Chinese text, and travels packed by gzip. So
//!
//! - what is of a kind lies together, in one column of bytes for all records;
//! - a text is written by an alphabet of its own: the commonest characters of the rulebook in one
//!   byte, the others in two, where UTF-8 takes three;
//! - numbers that follow one another are written as the difference to the one before.
//!
//! Each rulebook can be written in one way only, and a reader takes no other. It does not
//! stop at what it can't read: it notes that, goes on with nothing, and is asked at the end.

use crate::date::Date;
use crate::number::Number;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::mem;

/// The most values, nodes or other things of a kind that a rulebook may have.
pub const MOST: usize = 1 << 22;

/// A column, in the order in which they are written.
///
/// Neighbours have words in common. In columns from `Roots` on, numbers are written as differences.
#[derive(Clone, Copy, Debug, Eq, PartialEq, PartialOrd)]
pub enum Column {
    /// The characters of all texts, and before them the lengths of all columns.
    Alphabet,
    Labels,
    Messages,
    ParameterLabels,
    Choices,
    Titles,
    Groups,
    FailingAdvice,
    Advice,
    SourceClauses,
    Clauses,
    Sources,
    Notes,
    ParameterNotes,
    Keys,
    Standard,
    Names,
    Units,
    Urls,
    Ids,
    Departments,
    IndicatorIds,
    Limits,
    Constants,
    Points,
    Confidences,
    FieldTypes,
    Digits,
    Given,
    GivenHere,
    Better,
    Records,
    Kinds,
    Errors,
    Counts,
    Nodes,
    NodeUnits,
    Details,
    Roots,
    Conditions,
    Scores,
    Parents,
    Dates,
    Slots,
    Parameters,
    Files,
    Lines,
    Columns,
    /// References of a node to nodes before it: how far back.
    Operands,
    Branches,
    Lists,
}

const COLUMNS: usize = Column::Lists as usize + 1;

/// What ends a text.
const END: u8 = 0;
/// A text that is the one before in its column.
const SAME: u8 = 1;
/// The first code of a character.
const FIRST: usize = 2;

/// The most characters that have codes. No language has so many; the rarest beyond them are left out.
const MOST_CHARACTERS: usize = (256 - FIRST) * 256;

/// How many characters have a code of one byte, of so many characters in all.
///
/// Each first byte of a longer code takes the place of a short one, and makes room for 256.
fn short_codes(characters: usize) -> usize {
    let room = 256 - FIRST;
    room - characters.saturating_sub(room).div_ceil(255).min(room)
}

/// Of what a column consists until the alphabet is known.
#[derive(Clone, Copy, Debug)]
enum Piece {
    Byte(u8),
    Character(char),
}

/// Writes columns.
#[derive(Debug, Default)]
pub struct Writer {
    columns: HashMap<usize, Vec<Piece>>,
    /// The last text of a column.
    texts: HashMap<usize, String>,
    /// The last number of a column.
    numbers: HashMap<usize, u32>,
    nodes: u32,
}

impl Writer {
    fn put(&mut self, piece: Piece, to: Column) {
        self.columns.entry(to as usize).or_default().push(piece);
    }

    fn plain(&mut self, number: u32, to: Column) {
        for byte in short(number) {
            self.put(Piece::Byte(byte), to);
        }
    }

    /// One of a few cases.
    pub fn tag(&mut self, tag: u8, to: Column) {
        self.nodes += u32::from(to == Column::Nodes);
        self.put(Piece::Byte(tag), to);
    }

    /// How many items follow.
    pub fn count(&mut self, count: usize) {
        self.plain(count as u32, Column::Counts);
    }

    /// A number.
    pub fn number(&mut self, number: u32, to: Column) {
        if to >= Column::Operands {
            self.plain(self.nodes.wrapping_sub(number), to);
        } else if to >= Column::Roots {
            let before = self.numbers.insert(to as usize, number).unwrap_or(0);
            let difference = number.wrapping_sub(before);
            let sign = difference.cast_signed() >> 31;
            self.plain(difference << 1 ^ sign.cast_unsigned(), to);
        } else {
            self.plain(number, to);
        }
    }

    /// An exact number.
    pub fn exact(&mut self, number: &Number, to: Column) {
        let mut bytes = Vec::new();
        number.write(&mut bytes);
        bytes
            .into_iter()
            .for_each(|byte| self.put(Piece::Byte(byte), to));
    }

    /// A text.
    pub fn text(&mut self, text: &str, to: Column) {
        if !text.is_empty()
            && self
                .texts
                .get(&(to as usize))
                .is_some_and(|last| last == text)
        {
            return self.put(Piece::Byte(SAME), to);
        }
        self.texts.insert(to as usize, text.into());
        text.chars().for_each(|c| self.put(Piece::Character(c), to));
        self.put(Piece::Byte(END), to);
    }

    /// All of them as bytes.
    pub fn finish(mut self) -> Vec<u8> {
        let mut uses: HashMap<char, u32> = HashMap::new();
        for piece in self.columns.values().flatten() {
            if let Piece::Character(c) = piece {
                *uses.entry(*c).or_default() += 1;
            }
        }
        let mut alphabet: Vec<char> = uses.keys().copied().collect();
        alphabet.sort_unstable_by_key(|c| (Reverse(uses.get(c).copied()), *c));
        alphabet.truncate(MOST_CHARACTERS);
        let short_codes = short_codes(alphabet.len());
        let common = short_codes.min(alphabet.len());
        let (common, rare) = alphabet.split_at_mut(common);
        common.sort_unstable();
        rare.sort_unstable();
        let mut all: Vec<(char, u32)> = common.iter().map(|c| (*c, 0)).collect();
        all.extend(rare.iter().map(|c| (*c, 1)));
        all.sort_unstable();
        self.plain(all.len() as u32, Column::Alphabet);
        let mut next = 0;
        for (c, rare) in all {
            self.plain((c as u32 - next) << 1 | rare, Column::Alphabet);
            next = c as u32 + 1;
        }
        let codes =
            alphabet
                .iter()
                .enumerate()
                .map(|(index, c)| match index.checked_sub(short_codes) {
                    None => (*c, vec![(FIRST + index) as u8]),
                    Some(rare) => (
                        *c,
                        vec![(FIRST + short_codes + rare / 256) as u8, rare as u8],
                    ),
                });
        let codes: HashMap<char, Vec<u8>> = codes.collect();
        let (mut lengths, mut all) = (Vec::new(), Vec::new());
        for column in 0..COLUMNS {
            let before = all.len();
            for piece in self.columns.get(&column).into_iter().flatten() {
                match piece {
                    Piece::Byte(byte) => all.push(*byte),
                    Piece::Character(c) => all.extend(codes.get(c).into_iter().flatten()),
                }
            }
            lengths.extend(short((all.len() - before) as u32));
        }
        [lengths, all].concat()
    }
}

/// A number in as few bytes as hold it, of seven bits each, the lowest first.
fn short(number: u32) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), number);
    while rest > 127 {
        bytes.push(rest as u8 | 128);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    bytes
}

/// Reads columns.
#[derive(Debug)]
pub struct Reader<'a> {
    columns: [&'a [u8]; COLUMNS],
    /// The last text of a column.
    texts: [String; COLUMNS],
    /// Room for the next text.
    text: String,
    /// The last number of a column.
    numbers: [u32; COLUMNS],
    nodes: u32,
    /// The characters, and how often each was read.
    alphabet: Vec<(char, u32)>,
    short_codes: usize,
    /// Something could not be read.
    bad: bool,
}

impl<'a> Reader<'a> {
    /// A reader of what [`Writer::finish`] wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut from = Self {
            columns: [&[]; COLUMNS],
            texts: [const { String::new() }; COLUMNS],
            text: String::new(),
            numbers: [0; COLUMNS],
            nodes: 0,
            alphabet: Vec::new(),
            short_codes: 0,
            bad: false,
        };
        // The lengths come before the first column.
        let mut columns = [bytes; COLUMNS];
        from.columns = columns;
        let mut lengths = [0; COLUMNS];
        for length in &mut lengths {
            *length = from.plain(Column::Alphabet) as usize;
        }
        let [mut rest, ..] = from.columns;
        for (column, length) in columns.iter_mut().zip(lengths) {
            (*column, rest) = rest.split_at_checked(length).unwrap_or_else(|| {
                from.bad = true;
                (&[], &[])
            });
        }
        from.bad |= !rest.is_empty();
        from.columns = columns;
        from.read_alphabet();
        from
    }

    fn read_alphabet(&mut self) {
        let characters = self.plain(Column::Alphabet) as usize;
        self.short_codes = short_codes(characters);
        let (mut next, mut rare) = (0, Vec::new());
        for _ in 0..characters {
            let number = self.plain(Column::Alphabet);
            let code = next + (number >> 1);
            let Some(c) = char::from_u32(code).filter(|_| !self.bad) else {
                self.bad = true;
                break;
            };
            let part = match number & 1 {
                0 => &mut self.alphabet,
                _ => &mut rare,
            };
            part.push((c, 0));
            next = code + 1;
        }
        self.bad |= self.alphabet.len() != self.short_codes.min(characters);
        self.alphabet.append(&mut rare);
    }

    /// Whether there is one more of so many: a count can promise more than there is.
    pub const fn goes_on(&self, left: &mut usize) -> bool {
        if *left == 0 || self.bad {
            return false;
        }
        *left -= 1;
        true
    }

    /// Whether all has been read, and was as it is written.
    pub fn finish(self) -> bool {
        // The characters with short codes are the commonest, of equally common ones the first.
        let rank = |(c, uses): &(char, u32)| (*uses, Reverse(*c));
        let (common, rare) = self
            .alphabet
            .split_at(self.short_codes.min(self.alphabet.len()));
        !self.bad
            && self.columns.iter().all(|column| column.is_empty())
            && self.alphabet.iter().all(|(_, uses)| *uses > 0)
            && common.iter().map(rank).min() >= rare.iter().map(rank).max()
    }

    fn byte(&mut self, at: Column) -> u8 {
        let column = self.columns.get_mut(at as usize);
        if let Some(byte) = column.and_then(|column| column.split_off_first()) {
            return *byte;
        }
        self.bad = true;
        0
    }

    #[inline(never)]
    fn plain(&mut self, at: Column) -> u32 {
        let mut value = 0;
        for place in 0..5 {
            let byte = self.byte(at);
            let bits = u32::from(byte & 127);
            value |= bits << (7 * place);
            if byte < 128 {
                // One way only to write each value: no padding, nothing shifted out.
                self.bad |= (place > 0 && bits == 0) || (place == 4 && bits > 15);
                return value;
            }
        }
        self.bad = true;
        0
    }

    /// One of so many cases.
    #[inline(never)]
    pub fn tag(&mut self, cases: u8, at: Column) -> u8 {
        self.nodes += u32::from(at == Column::Nodes);
        let tag = self.byte(at);
        self.bad |= tag >= cases;
        tag
    }

    /// How many items follow.
    #[inline(never)]
    pub fn count(&mut self) -> usize {
        let count = self.plain(Column::Counts) as usize;
        self.bad |= count > MOST;
        count
    }

    /// A number.
    #[inline(never)]
    pub fn number(&mut self, at: Column) -> u32 {
        let number = self.plain(at);
        if at >= Column::Operands {
            return self.nodes.wrapping_sub(number);
        }
        match self.numbers.get_mut(at as usize) {
            Some(last) if at >= Column::Roots => {
                let sign = 0u32.wrapping_sub(number & 1);
                *last = last.wrapping_add(number >> 1 ^ sign);
                *last
            }
            _ => number,
        }
    }

    /// An exact number.
    #[inline(never)]
    pub fn exact(&mut self, at: Column) -> Number {
        let number = self.columns.get_mut(at as usize).and_then(Number::read);
        self.bad |= number.is_none();
        number.unwrap_or(Number::ZERO)
    }

    /// A date.
    #[inline(never)]
    pub fn date(&mut self, at: Column) -> Date {
        let date = Date::from_days(self.number(at).cast_signed());
        self.bad |= date.is_none();
        date.unwrap_or_default()
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, at: Column) -> String {
        let last = self.texts.get_mut(at as usize).map(mem::take);
        let last = last.unwrap_or_default();
        let mut text = mem::take(&mut self.text);
        text.clear();
        let same = loop {
            let index = match self.byte(at) {
                END => break false,
                SAME => break true,
                byte => usize::from(byte) - FIRST,
            };
            let index = match index.checked_sub(self.short_codes) {
                None => index,
                Some(rare) => self.short_codes + rare * 256 + usize::from(self.byte(at)),
            };
            let Some((c, uses)) = self.alphabet.get_mut(index) else {
                self.bad = true;
                break false;
            };
            *uses += 1;
            text.push(*c);
        };
        // `SAME` stands for a text that is not empty, and always for one that is the same.
        self.bad |= match same {
            true => last.is_empty() || !text.is_empty(),
            false => last == text && !text.is_empty(),
        };
        if same {
            text.clone_from(&last);
        }
        let whole = text.clone();
        // The buffers change places.
        self.text = last;
        if let Some(last) = self.texts.get_mut(at as usize) {
            *last = text;
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More characters than there are codes of one byte, the first of them the commonest.
    fn texts() -> Vec<String> {
        let all: String = ('一'..).take(2_000).collect();
        let common: String = ('一'..).take(100).collect();
        ["", &all, &common, &common, "", "甲", &common]
            .map(String::from)
            .into()
    }

    fn written() -> Vec<u8> {
        let mut out = Writer::default();
        for text in texts() {
            out.text(&text, Column::Titles);
        }
        for number in [7, 0, u32::MAX, 300] {
            out.number(number, Column::Counts);
            out.number(number, Column::Roots);
            out.tag(3, Column::Nodes);
            out.number(number, Column::Operands);
        }
        out.exact(&Number::ONE, Column::Limits);
        out.finish()
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = written();
        let mut from = Reader::new(&bytes);
        for text in texts() {
            assert_eq!(from.text(Column::Titles), text);
        }
        for number in [7, 0, u32::MAX, 300] {
            assert_eq!(from.number(Column::Counts), number);
            assert_eq!(from.number(Column::Roots), number);
            assert_eq!(from.tag(4, Column::Nodes), 3);
            assert_eq!(from.number(Column::Operands), number);
        }
        assert_eq!(from.exact(Column::Limits), Number::ONE);
        assert!(from.finish());
    }

    #[test]
    fn what_is_left_over_or_lacking_is_noted() {
        let bytes = written();
        assert!(!Reader::new(&bytes).finish());
        let mut from = Reader::new(&bytes);
        from.text(Column::Messages);
        assert!(from.bad);
    }
}
