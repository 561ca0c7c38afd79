//! A rulebook's way into a WebAssembly module: a custom section, which needs no compiler.

/// The contents of a custom section; `None` when the bytes are no module or have no such section.
pub fn section<'a>(module: &'a [u8], name: &str) -> Option<&'a [u8]> {
    sections(module)?
        .into_iter()
        .find_map(|section| match section {
            Section {
                custom: Some((found, contents)),
                ..
            } if found == name.as_bytes() => Some(contents),
            _ => None,
        })
}

/// The module with a custom section added, in place of one of that name.
///
/// Bytes that are no module are given back as they are.
pub fn with_section(module: &[u8], name: &str, contents: &[u8]) -> Vec<u8> {
    let Some(sections) = sections(module) else {
        return module.to_vec();
    };
    let mut out = HEADER.to_vec();
    for section in sections {
        if section
            .custom
            .is_none_or(|(found, _)| found != name.as_bytes())
        {
            out.extend_from_slice(section.whole);
        }
    }
    let mut body = Vec::new();
    write_length(name.len(), &mut body);
    body.extend_from_slice(name.as_bytes());
    body.extend_from_slice(contents);
    out.push(0);
    write_length(body.len(), &mut out);
    out.extend_from_slice(&body);
    out
}

const HEADER: &[u8] = b"\0asm\x01\0\0\0";

struct Section<'a> {
    whole: &'a [u8],
    /// Name and contents, of a custom section.
    custom: Option<(&'a [u8], &'a [u8])>,
}

fn sections(module: &[u8]) -> Option<Vec<Section<'_>>> {
    let mut rest = module.strip_prefix(HEADER)?;
    let mut found = Vec::new();
    while let Some((kind, mut after)) = rest.split_first() {
        let length = read_length(&mut after)?;
        let (body, next) = after.split_at_checked(length)?;
        let custom = match kind {
            0 => {
                let mut body = body;
                let length = read_length(&mut body)?;
                Some(body.split_at_checked(length)?)
            }
            _ => None,
        };
        let whole = rest.get(..rest.len() - next.len())?;
        found.push(Section { whole, custom });
        rest = next;
    }
    Some(found)
}

fn read_length(bytes: &mut &[u8]) -> Option<usize> {
    let mut length = 0usize;
    for place in 0..5 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        length |= usize::from(byte & 127) << (7 * place);
        if byte & 128 == 0 {
            return Some(length);
        }
    }
    None
}

fn write_length(length: usize, out: &mut Vec<u8>) {
    let mut rest = length;
    while rest > 127 {
        out.push(rest as u8 | 128);
        rest >>= 7;
    }
    out.push(rest as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_added_once_and_found_again() {
        let once = with_section(HEADER, "a", b"one");
        let twice = with_section(&with_section(&once, "b", b"two"), "a", &[7; 300]);
        assert_eq!(section(&twice, "a"), Some(&[7; 300][..]));
        assert_eq!(section(&twice, "b"), Some(&b"two"[..]));
        assert_eq!(section(&twice, "c"), None);
        assert_eq!(section(twice.get(..twice.len() - 1).unwrap(), "a"), None);
        assert_eq!(section(b"PK\x03\x04", "a"), None);
    }
}
