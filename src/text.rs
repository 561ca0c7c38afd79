//! Cutting texts at single signs of ASCII, and putting them together. What the standard library has for that is made for any
//! pattern, any length and any kind of list, and would be a hundredth of the checker module.

/// The text before and after the first of some signs.
pub fn cut<'a>(text: &'a str, signs: &[u8]) -> Option<(&'a str, &'a str)> {
    let mut at = 0;
    while !is_among(*text.as_bytes().get(at)?, signs) {
        at += 1;
    }
    parts(text, at)
}

/// What stands before and after the sign at a place.
fn parts(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Whether a byte is one of a few: too few for the search by words of the standard library.
pub fn is_among(byte: u8, signs: &[u8]) -> bool {
    for sign in signs {
        if *sign == byte {
            return true;
        }
    }
    false
}

/// Texts one after the other.
pub fn concat(texts: &[&str]) -> String {
    let mut length = 0;
    for text in texts {
        length += text.len();
    }
    let mut all = String::with_capacity(length);
    for text in texts {
        all.push_str(text);
    }
    all
}

/// The text before and after the last point.
pub fn cut_last_point(text: &str) -> Option<(&str, &str)> {
    let mut at = text.len().checked_sub(1)?;
    while *text.as_bytes().get(at)? != b'.' {
        at = at.checked_sub(1)?;
    }
    parts(text, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_the_sign_is() {
        assert_eq!(cut("一{0}二{1}", b"{"), Some(("一", "0}二{1}")));
        assert_eq!(cut("1E5e", b"eE"), Some(("1", "5e")));
        assert_eq!(cut("一", b"{}"), None);
        assert_eq!(cut_last_point("一.二.三"), Some(("一.二", "三")));
        assert_eq!(cut_last_point(""), None);
    }
}
