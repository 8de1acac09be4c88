//! Quoting: only where a name would be read as something else.

use orm_model::{Dialect, reserved::is_reserved};

/// An identifier. Backticks have no escape for a backtick; no valid name has one.
pub(super) fn quote(name: &str) -> String {
    let mut characters = name.chars();
    let starts_well = characters.next().is_some_and(|it| it.is_ascii_alphabetic() || it == '_');
    let is_plain = starts_well && characters.all(|it| it.is_ascii_alphanumeric() || it == '_');
    if is_plain && !is_reserved(Dialect::Spanner, name) {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "\\`"))
    }
}

/// A text.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::from("'");
    for character in text.chars() {
        match character {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            control if control.is_control() => literal.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => literal.push(other),
        }
    }
    literal + "'"
}

/// Bytes.
pub(super) fn bytes(bytes: &[u8]) -> String {
    let escape = |byte: &u8| match byte {
        b'\'' | b'\\' => format!("\\x{byte:02x}"),
        0x20..=0x7e => char::from(*byte).to_string(),
        other => format!("\\x{other:02x}"),
    };
    format!("b'{}'", bytes.iter().map(escape).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_it_is_quoted() {
        assert_eq!(quote("Users"), "Users");
        assert_eq!(quote("order"), "`order`");
        assert_eq!(quote("check"), "`check`");
        assert_eq!(quote("table with spaces"), "`table with spaces`");
        assert_eq!(quote("col-with-hyphen"), "`col-with-hyphen`");
        assert_eq!(quote("1st"), "`1st`");
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(string("it's \\ a\nline"), "'it\\'s \\\\ a\\nline'");
        assert_eq!(string("\u{1}"), "'\\u0001'");
        assert_eq!(bytes(b"a'\x00"), "b'a\\x27\\x00'");
    }
}
