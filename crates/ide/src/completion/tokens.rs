//! The tokens of a declaration up to the cursor, as far as brackets, lines and words tell where it stands.
//!
//! What stands behind the cursor is looked at by nobody, and neither is a tree: a line that is half typed is read like
//! any other.

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A name or a word, in backticks or not.
    Word(&'t str),
    /// `$name`
    Parameter(&'t str),
    /// A text, a number.
    Literal,
    /// An operator or a comma, point, colon.
    Sign(&'t str),
    /// `(`, `[`, `{`
    Open(char),
    /// `)`, `]`, `}`
    Close,
    /// The end of a line.
    Newline,
}

/// Where the text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End<'t> {
    /// Between tokens.
    Code,
    /// In a comment; what stands there behind the slashes.
    Comment(&'t str),
    /// In a text.
    Text,
}

/// Cuts a text into tokens.
pub(super) fn tokens(text: &str) -> (Vec<Token<'_>>, End<'_>) {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\n' => {
                tokens.push(Token::Newline);
                1
            }
            _ if first.is_whitespace() => first.len_utf8(),
            '/' if rest.starts_with("//") => match rest.find('\n') {
                Some(end) => end,
                None => return (tokens, End::Comment(rest.trim_start_matches('/'))),
            },
            '/' if rest.starts_with("/*") => match rest.find("*/") {
                Some(end) => end + 2,
                None => return (tokens, End::Comment("")),
            },
            '"' | '\'' => match text_length(rest) {
                Some(length) => {
                    tokens.push(Token::Literal);
                    length
                }
                None => return (tokens, End::Text),
            },
            '`' => {
                let end = rest[1..].find(['`', '\n']).map_or(rest.len(), |it| it + 1);
                tokens.push(Token::Word(&rest[1..end]));
                (end + 1).min(rest.len())
            }
            '(' | '[' | '{' => {
                tokens.push(Token::Open(first));
                1
            }
            ')' | ']' | '}' => {
                tokens.push(Token::Close);
                1
            }
            '$' => {
                let length = 1 + word_length(&rest[1..]);
                tokens.push(Token::Parameter(&rest[1..length]));
                length
            }
            _ if first.is_ascii_digit() => {
                tokens.push(Token::Literal);
                let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '.' && it != '_');
                end.unwrap_or(rest.len())
            }
            _ if is_part(first) => {
                let length = word_length(rest);
                tokens.push(Token::Word(&rest[..length]));
                length
            }
            _ => {
                let signs = ["...", "!=", "<=", ">=", "||", "==", "<>"];
                let sign = signs.into_iter().find(|it| rest.starts_with(it)).map_or(first.len_utf8(), str::len);
                tokens.push(Token::Sign(&rest[..sign]));
                sign
            }
        };
        rest = &rest[length..];
    }
    (tokens, End::Code)
}

/// Whether a character belongs to a word.
pub(super) fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn word_length(text: &str) -> usize {
    text.find(|it| !is_part(it)).unwrap_or(text.len())
}

/// The length of the text in quotation marks that stands here; `None` where it has no end.
fn text_length(text: &str) -> Option<usize> {
    if let Some(inside) = text.strip_prefix("\"\"\"") {
        return inside.find("\"\"\"").map(|it| it + 6);
    }
    let mark = text.chars().next()?;
    let mut is_escaped = false;
    for (offset, character) in text.char_indices().skip(1) {
        match character {
            '\n' => return None,
            '\\' if !is_escaped => is_escaped = true,
            _ if character == mark && !is_escaped => return Some(offset + 1),
            _ => is_escaped = false,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_signs_and_brackets() {
        let (found, end) = tokens("index(a, `b c` != $x) \"te\\\"xt\" 1.5\n  ...M");
        use Token::*;
        let expected = [
            Word("index"),
            Open('('),
            Word("a"),
            Sign(","),
            Word("b c"),
            Sign("!="),
            Parameter("x"),
            Close,
            Literal,
            Literal,
            Newline,
            Sign("..."),
            Word("M"),
        ];
        assert_eq!((found.as_slice(), end), (expected.as_slice(), End::Code));
    }

    #[test]
    fn comments_and_texts_may_be_open() {
        assert_eq!(tokens("a // orm-allow OR").1, End::Comment(" orm-allow OR"));
        assert_eq!(tokens("a = \"x").1, End::Text);
        assert_eq!(tokens("sql(\"\"\"a\nb").1, End::Text);
        assert_eq!(tokens("// a\n").1, End::Code);
    }
}
