//! Names, comments and quoted text.

use proptest::prelude::*;

/// A comment of one line, with what comments of databases have to quote.
pub(super) fn doc() -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.2, "[a-zA-Z0-9 '\"\\\\;%$é🙂-]{1,24}")
}

/// A text with every kind of character that SQL or `.orm` treats in its own way.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{0,8}",
        2 => "[a-zA-Z0-9 '\"\\\\\n\r\t;%$_{}é🙂-]{0,12}",
    ]
}

/// A text that fits into 8 characters.
pub(super) fn short() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,8}", "[a-zA-Z '\"\\\\%é-]{1,8}"]
}

/// A string of the language.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
