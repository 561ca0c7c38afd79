//! The few pieces of HTML that the page is made of; every text goes through `escape`.

use std::fmt::Write as _;

/// A text, safe between tags and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The id of a part of the page: from its own id where that can stand in an address.
pub fn anchor(kind: &str, id: &str, index: usize) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !id.is_empty() && id.chars().all(plain) {
        format!("{kind}-{id}")
    } else {
        format!("{kind}--{index}")
    }
}

/// A link, if the address is one of the web; else the text alone.
pub fn link(url: &str, text: &str) -> String {
    if url.starts_with("https://") || url.starts_with("http://") {
        format!("<a href=\"{}\">{text}</a>", escape(url))
    } else {
        text.into()
    }
}

/// Names and what they say; what says nothing is left out. The values are HTML.
pub fn facts(out: &mut String, facts: &[(&str, String)]) {
    let mut told = facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .peekable();
    if told.peek().is_none() {
        return;
    }
    out.push_str("<dl>\n");
    for (name, value) in told {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
}

/// A table; the cells are HTML, the first of each row heads it.
pub struct Table<'a> {
    /// What it belongs to, for those who hear the page; may be empty.
    pub of: &'a str,
    pub caption: &'a str,
    pub heads: &'a [&'a str],
    pub rows: Vec<Vec<String>>,
}

impl Table<'_> {
    /// Writes it, in a frame that scrolls where the screen is narrow.
    pub fn write(self, out: &mut String) {
        let caption = escape(self.caption);
        let _ = writeln!(
            out,
            "<div class=\"wide\" role=\"region\" aria-label=\"{}{caption}\" tabindex=\"0\">\n<table>\n<caption>{caption}</caption>",
            escape(self.of)
        );
        out.push_str("<thead><tr>");
        for head in self.heads {
            let _ = write!(out, "<th scope=\"col\">{head}</th>");
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in self.rows {
            out.push_str("<tr>");
            for (index, cell) in row.iter().enumerate() {
                let _ = if index == 0 {
                    write!(out, "<th scope=\"row\">{cell}</th>")
                } else {
                    write!(out, "<td>{cell}</td>")
                };
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(escape("<b a='1'>\"&"), "&lt;b a=&#39;1&#39;&gt;&quot;&amp;");
        assert_eq!(link("javascript:alert(1)", "x"), "x");
        assert_eq!(
            link("https://a/\"b", "x"),
            "<a href=\"https://a/&quot;b\">x</a>"
        );
        assert_eq!(anchor("i", "a\"b", 3), "i--3");
    }
}
