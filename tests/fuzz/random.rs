//! Chance, from a fixed beginning, and what it does to bytes and to texts.

/// Marsaglia's xorshift.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // No seed is zero, and near seeds begin far apart.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Less than `end`; 0 where that is none.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 11) % end.max(1) as u64) as usize
    }

    pub fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// Mostly small, sometimes enormous.
    pub fn size(&mut self) -> usize {
        match self.below(12) {
            0..7 => 1 + self.below(4),
            7..10 => 1 + self.below(40),
            10 => 1 + self.below(600),
            _ => 1 + self.below(20_000),
        }
    }
}

/// Numbers that are the end of some range.
const EDGES: &[u32] = &[
    0,
    1,
    2,
    127,
    128,
    255,
    1 << 14,
    1 << 22,
    (1 << 22) + 1,
    1 << 31,
    u32::MAX,
];

/// Something done to bytes: bits, numbers of several bytes, parts of this or of another input.
pub fn damage(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = random.below(bytes.len() + 1);
    let many = random.size().min(bytes.len() - at);
    match random.below(12) {
        0..3 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        3 if at < bytes.len() => bytes[at] = random.below(256) as u8,
        4 if at < bytes.len() => {
            bytes[at] = bytes[at].wrapping_add(1 + 254 * random.below(2) as u8)
        }
        5 => bytes.insert(at, random.below(256) as u8),
        6 => drop(bytes.drain(at..at + many)),
        7 => {
            let part = bytes[at..at + many].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, part);
        }
        8 => {
            let from = random.below(other.len() + 1);
            let part = &other[from..from + random.size().min(other.len() - from)];
            bytes.splice(at..at + many, part.iter().copied());
        }
        9 => {
            // A number in seven bits a byte.
            let mut rest = EDGES[random.below(EDGES.len())];
            let mut written = Vec::new();
            while rest > 127 {
                written.push(rest as u8 | 128);
                rest >>= 7;
            }
            written.push(rest as u8);
            let end = (at + random.below(written.len() + 1)).min(bytes.len());
            bytes.splice(at..end, written);
        }
        10 => bytes.truncate(at),
        _ => {
            let two = random.below(bytes.len() + 1);
            if at < bytes.len() && two < bytes.len() {
                bytes.swap(at, two);
            }
        }
    }
}

/// Numbers and other values that hurt.
pub const VALUES: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "0.95",
    "1.0000000000000000000001",
    "9999999999999999999",
    "-9223372036854775808",
    "9223372036854775807",
    "18446744073709551616",
    "1e400",
    "1e-400",
    "1e401",
    "-1e308",
    "1e99999999999999999999",
    "515/6",
    "1/0",
    "1/3",
    "NaN",
    "Infinity",
    "0x10",
    "９５．５％",
    "95%",
    "‰",
    "1.2万",
    "480公顷",
    "1e400亩",
    "2万元",
    "亿",
    "1万亿",
    "1,825.95",
    "1，825",
    "≥95",
    "60%左右",
    "/",
    "—",
    "无",
    "不涉及",
    "是",
    "否",
    "true",
    "2023-02-29",
    "0001-01-01",
    "9999-12-31",
    "2023年5月",
    "２０２３－０５－３１",
    "90(%)",
    "1004件件",
    "?5%",
    " ",
    "\u{3000}",
    "\u{feff}",
    "\u{202e}",
    "😀",
    "a\u{301}",
    "${area}",
    "${",
    "$",
    "甲",
];

/// Something done to a text: pieces exchanged, doubled, nested or replaced by words of the format.
pub fn rewrite(
    random: &mut Random,
    text: &str,
    other: &str,
    words: &[&str],
    nests: &[(&str, &str)],
) -> String {
    let mut pieces: Vec<&str> = pieces(text);
    let own = random.below(pieces.len() + 1);
    let many = random.size().min(pieces.len() - own);
    let made;
    match random.below(14) {
        0..3 => {
            let end = (own + random.below(2)).min(pieces.len());
            pieces.splice(own..end, [random.pick(words)]);
        }
        3..5 => {
            let end = (own + random.below(2)).min(pieces.len());
            pieces.splice(own..end, [random.pick(VALUES)]);
        }
        5 => drop(pieces.drain(own..own + many)),
        6 => {
            let part = pieces[own..own + many].to_vec();
            let to = random.below(pieces.len() + 1);
            pieces.splice(to..to, part);
        }
        7 | 8 => {
            let theirs = self::pieces(other);
            let from = random.below(theirs.len() + 1);
            let length = random.size().min(theirs.len() - from);
            pieces.splice(own..own + many, theirs[from..from + length].iter().copied());
        }
        9 => {
            let two = random.below(pieces.len() + 1);
            if own < pieces.len() && two < pieces.len() {
                pieces.swap(own, two);
            }
        }
        10 => {
            let (open, close) = nests[random.below(nests.len())];
            let deep = random.size();
            made = (
                open.repeat(deep),
                close.repeat(if random.once_in(4) { 0 } else { deep }),
            );
            pieces.insert(own, &made.0);
            let to = own + 1 + random.below(pieces.len() - own);
            pieces.insert(to, &made.1);
        }
        11 => {
            // One piece many times: long names, long numbers, long lists.
            let piece = pieces.get(own).copied().unwrap_or("9");
            let many = random.size().min(40_000 / piece.len().max(1) + 1);
            made = (piece.repeat(many), String::new());
            pieces.insert(own, &made.0);
        }
        12 => pieces.truncate(own),
        _ => {
            let mut chars: Vec<char> = text.chars().collect();
            if !chars.is_empty() {
                let at = random.below(chars.len());
                let signs = [
                    '\0',
                    '"',
                    '\\',
                    '\n',
                    '\r',
                    ',',
                    '{',
                    '}',
                    '\u{1}',
                    '，',
                    '“',
                    '9',
                    '-',
                    '.',
                    'e',
                    '\u{10ffff}',
                ];
                chars[at] = signs[random.below(signs.len())];
            }
            return chars.into_iter().collect();
        }
    }
    pieces.concat()
}

/// A text in pieces: words, numbers, blanks, and every other sign on its own.
fn pieces(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        '_' => 1,
        c if c.is_ascii_digit() => 2,
        c if c.is_alphanumeric() => 1,
        c if c.is_whitespace() => 3,
        _ => 0,
    };
    let mut found = Vec::new();
    let (mut from, mut last) = (0, 0);
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if at > from && (now == 0 || now != last) {
            found.push(&text[from..at]);
            from = at;
        }
        last = now;
    }
    found.push(&text[from..]);
    found
}
