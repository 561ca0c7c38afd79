//! The vocabulary of the rule language, as a page in Markdown.
pub fn vocabulary() -> String {
    String::new()
}
