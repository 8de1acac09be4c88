//! What can hide a semicolon in GoogleSQL, and how statements are sent to Spanner.
//!
//! Source: <https://cloud.google.com/spanner/docs/reference/standard-sql/lexical>.

use crate::migrate::lexer::{Lexeme, Lexer, backslash, lexemes, line_comment, quoted, space, word, words};

/// The lexical rules of GoogleSQL.
pub(crate) struct SpannerLexer;

impl Lexer for SpannerLexer {
    fn lexeme(&self, text: &str) -> Result<(Lexeme, usize), &'static str> {
        let first = text.chars().next().unwrap_or(' ');
        match first {
            it if it.is_whitespace() => Ok((Lexeme::Space, space(text))),
            ';' => Ok((Lexeme::Semicolon, 1)),
            '#' => Ok((Lexeme::Comment, line_comment(text))),
            '-' if text.starts_with("--") => Ok((Lexeme::Comment, line_comment(text))),
            '/' if text.starts_with("/*") => {
                let length = quoted(text, 2, "*/", |_| None).ok_or("this comment `/*`")?;
                Ok((Lexeme::Comment, length))
            }
            '`' => {
                let length = quoted(text, 1, "`", backslash).ok_or("this identifier in backticks")?;
                Ok((Lexeme::Quoted, length))
            }
            '\'' | '"' => string(text, 0),
            it if it.is_alphanumeric() || it == '_' => {
                let length = word(text, '_');
                if is_string_prefix(&text[..length]) && text[length..].starts_with(['\'', '"']) {
                    return string(text, length);
                }
                Ok((Lexeme::Word, length))
            }
            it => Ok((Lexeme::Symbol, it.len_utf8())),
        }
    }
}

/// `r'…'`, `b'…'` and both.
fn is_string_prefix(word: &str) -> bool {
    ["r", "b", "rb", "br"].iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// A text whose quotes begin after `prefix` bytes. In a raw text, too, a backslash keeps a quote from closing it.
fn string(text: &str, prefix: usize) -> Result<(Lexeme, usize), &'static str> {
    let rest = &text[prefix..];
    let close = ["'''", "\"\"\"", "'", "\""].into_iter().find(|it| rest.starts_with(*it)).unwrap_or("'");
    let length = quoted(text, prefix + close.len(), close, backslash).ok_or("this text in quotes")?;
    Ok((Lexeme::Quoted, length))
}

/// Why the runner does not send a statement, if so.
pub(crate) fn refusal(statement: &str) -> Option<&'static str> {
    match words(&SpannerLexer, statement).first()?.as_str() {
        "SELECT" | "WITH" | "FROM" => Some("a query changes nothing: remove it"),
        "BEGIN" | "COMMIT" | "ROLLBACK" | "START" => {
            Some("schema changes of Spanner take part in no transaction: remove it")
        }
        _ => None,
    }
}

/// Whether the statement changes rows, not the schema. A hint (`@{…}`) may stand before it.
pub(crate) fn is_dml(statement: &str) -> bool {
    words(&SpannerLexer, after_hint(statement))
        .first()
        .is_some_and(|it| ["INSERT", "UPDATE", "DELETE"].contains(&it.as_str()))
}

fn after_hint(statement: &str) -> &str {
    let hint = statement.strip_prefix('@').map(str::trim_start).filter(|it| it.starts_with('{'));
    hint.and_then(|it| it.split_once('}')).map_or(statement, |(_, rest)| rest)
}

/// The words and quoted identifiers of a statement, a dotted name in one piece, without backticks.
pub(crate) fn names(statement: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut joins = false;
    let pieces = lexemes(&SpannerLexer, statement);
    for (kind, text) in pieces.filter(|(kind, _)| !matches!(kind, Lexeme::Space | Lexeme::Comment)) {
        let is_name = kind == Lexeme::Word || (kind == Lexeme::Quoted && text.starts_with('`'));
        match names.last_mut() {
            Some(last) if is_name && joins => last.extend([".", text.trim_matches('`')]),
            _ if is_name => names.push(text.trim_matches('`').to_owned()),
            _ => {}
        }
        joins = kind == Lexeme::Symbol && text == ".";
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::lexer::split;

    fn statements(text: &str) -> Vec<&str> {
        split(&SpannerLexer, text).unwrap().into_iter().map(|it| &text[it.range]).collect()
    }

    #[test]
    fn semicolons_in_quotes_and_comments_split_nothing() {
        let text = "# a;\nINSERT INTO `t;` (a) VALUES ('a;\\'b', \"c;\", '''d'e;''', r\"\"\"f\";\"\"\", rb'g\\';'); -- x;\n/* ; /* */ A;";
        let insert = "INSERT INTO `t;` (a) VALUES ('a;\\'b', \"c;\", '''d'e;''', r\"\"\"f\";\"\"\", rb'g\\';')";
        assert_eq!(statements(text), [insert, "A"]);
    }

    #[test]
    fn what_is_not_closed_is_told() {
        let unclosed = |text: &str| split(&SpannerLexer, text).map_err(|it| (it.offset, it.what));
        assert_eq!(unclosed("A; 'b"), Err((3, "this text in quotes")));
        assert_eq!(unclosed("`a"), Err((0, "this identifier in backticks")));
        assert_eq!(unclosed("/* a"), Err((0, "this comment `/*`")));
    }

    #[test]
    fn rows_and_schema_are_told_apart() {
        assert!(is_dml("-- x\nupdate t set a = 1 where true"));
        assert!(is_dml("@{PDML_MAX_PARALLELISM=2} DELETE FROM t WHERE true"));
        assert!(!is_dml("CREATE TABLE `UPDATE` (a INT64) PRIMARY KEY (a)"));
        assert!(refusal("SELECT 1").is_some());
        assert!(refusal("DROP TABLE t").is_none());
    }

    #[test]
    fn names_are_read_with_their_schema() {
        assert_eq!(names("CREATE INDEX `a`.`i` ON a . t (`c`)"), ["CREATE", "INDEX", "a.i", "ON", "a.t", "c"]);
    }
}
