//! What can hide a semicolon in PostgreSQL's SQL, and which statements need care in a migration.
//!
//! Source: <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>.

use crate::migrate::lexer::{Lexeme, Lexer, backslash, line_comment, quoted, space, word, words};

/// The lexical rules of PostgreSQL.
pub(crate) struct PostgresLexer;

impl Lexer for PostgresLexer {
    fn lexeme(&self, text: &str) -> Result<(Lexeme, usize), &'static str> {
        let first = text.chars().next().unwrap_or(' ');
        match first {
            it if it.is_whitespace() => Ok((Lexeme::Space, space(text))),
            ';' => Ok((Lexeme::Semicolon, 1)),
            '-' if text.starts_with("--") => Ok((Lexeme::Comment, line_comment(text))),
            '/' if text.starts_with("/*") => {
                block_comment(text).map(|length| (Lexeme::Comment, length)).ok_or("this comment `/*`")
            }
            '\'' => quote(text, "'", 1).ok_or("this text in single quotes"),
            '"' => quote(text, "\"", 1).ok_or("this identifier in double quotes"),
            '$' => dollar_quote(text),
            'e' | 'E' if text[1..].starts_with('\'') => {
                let skip = |rest: &str| backslash(rest).or_else(|| rest.starts_with("''").then_some(2));
                let length = quoted(text, 2, "'", skip).ok_or("this text in single quotes")?;
                Ok((Lexeme::Quoted, length))
            }
            it if it.is_alphanumeric() || it == '_' => Ok((Lexeme::Word, word(text, '$'))),
            it => Ok((Lexeme::Symbol, it.len_utf8())),
        }
    }

    /// The statements of a rule stand in parentheses, those of a SQL-standard function body between `BEGIN ATOMIC` and
    /// `END`, in which `CASE` ends with `END` as well.
    fn nesting(&self, head: &[String], depth: usize, piece: &str) -> i32 {
        let routine = head.first().is_some_and(|it| it == "CREATE")
            && head.iter().any(|it| it == "FUNCTION" || it == "PROCEDURE");
        match piece {
            "(" => 1,
            ")" => -1,
            "BEGIN" if routine => 1,
            "CASE" if routine && depth > 0 => 1,
            "END" if routine && depth > 0 => -1,
            _ => 0,
        }
    }
}

fn quote(text: &str, quote: &'static str, open: usize) -> Option<(Lexeme, usize)> {
    let doubled = |rest: &str| {
        let second = rest.strip_prefix(quote)?;
        second.starts_with(quote).then_some(2)
    };
    quoted(text, open, quote, doubled).map(|length| (Lexeme::Quoted, length))
}

/// Block comments nest.
fn block_comment(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        let next = text[at..].find(['*', '/'])? + at;
        let (step, length) = match text.get(next..next + 2) {
            Some("*/") => (-1, 2),
            Some("/*") => (1, 2),
            _ => (0, 1),
        };
        depth += step;
        at = next + length;
    }
    Some(at)
}

/// `$$ … $$` or `$tag$ … $tag$`; a `$` that opens neither stands for itself (`$1`).
fn dollar_quote(text: &str) -> Result<(Lexeme, usize), &'static str> {
    let tag = text[1..].find(|it: char| !(it.is_alphanumeric() || it == '_'));
    let Some(end) = tag.map(|it| it + 1).filter(|end| text[*end..].starts_with('$')) else {
        return Ok((Lexeme::Symbol, 1));
    };
    if text[1..].starts_with(|it: char| it.is_ascii_digit()) {
        return Ok((Lexeme::Symbol, 1));
    }
    let open = &text[..=end];
    let length = quoted(text, open.len(), open, |_| None).ok_or("this text in dollar quotes")?;
    Ok((Lexeme::Quoted, length))
}

/// Why the runner does not send a statement, if so.
pub(crate) fn refusal(statement: &str) -> Option<&'static str> {
    let words = words(&PostgresLexer, statement);
    let first = words.first().map(String::as_str)?;
    let second = words.get(1).map_or("", String::as_str);
    match (first, second) {
        ("BEGIN" | "COMMIT" | "END" | "ABORT", _) | ("START" | "PREPARE", "TRANSACTION") => {
            Some("it would end the transaction that `orm` opens around the migration: remove it")
        }
        ("ROLLBACK", _) if !words.iter().any(|it| it == "TO") => {
            Some("it would end the transaction that `orm` opens around the migration: remove it")
        }
        ("COPY", _) if words.iter().any(|it| it == "STDIN" || it == "STDOUT") => {
            Some("COPY needs a client that sends the data: use INSERT")
        }
        _ => None,
    }
}

/// Whether PostgreSQL refuses the statement inside a transaction.
pub(crate) fn runs_outside_transaction(statement: &str) -> bool {
    let words = words(&PostgresLexer, statement);
    let is = |at: usize, word: &str| words.get(at).is_some_and(|it| it == word);
    let concurrently = words.iter().any(|it| it == "CONCURRENTLY");
    is(0, "VACUUM")
        || (is(0, "ALTER") && is(1, "SYSTEM"))
        || ((is(0, "CREATE") || is(0, "DROP")) && (is(1, "DATABASE") || is(1, "TABLESPACE")))
        || (is(0, "REINDEX") && (concurrently || is(1, "DATABASE") || is(1, "SYSTEM") || is(1, "SCHEMA")))
        // REFRESH MATERIALIZED VIEW CONCURRENTLY does run inside a transaction.
        || (concurrently && (is(0, "CREATE") || is(0, "DROP") || is(0, "ALTER")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::lexer::split;

    fn statements(text: &str) -> Vec<&str> {
        split(&PostgresLexer, text).unwrap().into_iter().map(|it| &text[it.range]).collect()
    }

    #[test]
    fn semicolons_in_quotes_and_comments_split_nothing() {
        let text = "-- a; b\nSELECT 'a;''b', \"c;\"\"d\", e'x\\';y' /* ; /* ; */ ; */ ;;\n SELECT $1";
        assert_eq!(statements(text), ["SELECT 'a;''b', \"c;\"\"d\", e'x\\';y'", "SELECT $1"]);
    }

    #[test]
    fn dollar_quotes_hold_whole_bodies() {
        let text = "DO $$ BEGIN a; b; END $$; CREATE FUNCTION f() AS $x_1$ $$;$$ $x_1$ LANGUAGE sql; SELECT a$b;";
        let body = "CREATE FUNCTION f() AS $x_1$ $$;$$ $x_1$ LANGUAGE sql";
        assert_eq!(statements(text), ["DO $$ BEGIN a; b; END $$", body, "SELECT a$b"]);
    }

    #[test]
    fn sql_bodies_and_rules_hold_semicolons() {
        let function =
            "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END";
        let rule = "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)";
        assert_eq!(statements(&format!("{function};\n{rule};")), [function, rule]);
    }

    #[test]
    fn what_is_not_closed_is_told() {
        let unclosed = |text: &str| split(&PostgresLexer, text).map_err(|it| (it.offset, it.what));
        assert_eq!(unclosed("SELECT 'a"), Err((7, "this text in single quotes")));
        assert_eq!(unclosed("a; /* /* */"), Err((3, "this comment `/*`")));
        assert_eq!(unclosed("DO $a$ $$"), Err((3, "this text in dollar quotes")));
        assert_eq!(unclosed("\"ä"), Err((0, "this identifier in double quotes")));
    }

    #[test]
    fn the_normal_form_knows_no_comments_and_blanks() {
        let text = "SELECT  1 -- one\n , 'a  --b'";
        assert_eq!(split(&PostgresLexer, text).unwrap()[0].normal, "SELECT 1 , 'a  --b'");
    }

    #[test]
    fn statements_that_need_care() {
        assert!(refusal("/* x */ commit").is_some());
        assert!(refusal("ROLLBACK TO SAVEPOINT a").is_none());
        assert!(refusal("COPY t FROM STDIN").is_some());
        assert!(refusal("SELECT 1").is_none());
        assert!(runs_outside_transaction("create unique index concurrently i on t (a)"));
        assert!(runs_outside_transaction("VACUUM t"));
        assert!(!runs_outside_transaction("REFRESH MATERIALIZED VIEW CONCURRENTLY v"));
        assert!(!runs_outside_transaction("CREATE INDEX \"CONCURRENTLY\" ON t (a)"));
    }
}
