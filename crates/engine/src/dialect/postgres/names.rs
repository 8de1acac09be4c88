//! Quoting: always, so that no name changes its case and none is a keyword.

/// An identifier.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text. Backslashes mean themselves (`standard_conforming_strings`, on since 9.1).
pub(super) fn string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(quote("col\"umn"), "\"col\"\"umn\"");
        assert_eq!(string("it's a \\"), "'it''s a \\'");
    }
}
