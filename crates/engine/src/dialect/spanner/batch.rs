//! Which statements go into one `UpdateDatabaseDdl` call.
//!
//! A call costs tens of seconds on a real Spanner, so there are few; one call takes at most ten statements that read or
//! write the rows that exist (<https://cloud.google.com/spanner/docs/schema-updates#best-practices>). The text is looked
//! at, not the plan, because people edit migration files.

use std::collections::HashSet;

use super::statements::{is_dml, names};
use crate::plan::Batch;

/// Statements in one call for which Spanner goes over existing rows.
const MOST_VALIDATIONS: usize = 10;

/// Bytes of the statements in one call (<https://cloud.google.com/spanner/quotas>, schema limits: 10 MiB for a schema
/// change).
const MOST_BYTES: usize = 10 << 20;

/// Batches of schema changes, each for one call, and statements that change rows, each for itself.
pub(super) fn batches(statements: &[&str]) -> Vec<Batch> {
    let mut batches = Vec::new();
    let mut start = 0;
    while start < statements.len() {
        let schema_changes = statements[start..].iter().copied().take_while(|it| !is_dml(it));
        let length = first_batch(schema_changes);
        let end = start + length.max(1);
        batches.push(Batch { statements: start..end, changes_rows: length == 0 });
        start = end;
    }
    batches
}

/// How many of `statements`, from the first, go into one call; at least one, if there is one.
pub(super) fn first_batch<'a>(statements: impl IntoIterator<Item = &'a str>) -> usize {
    let mut call = Call::default();
    let mut length = 0;
    for statement in statements {
        let words = names(statement);
        if length > 0 && !call.has_room_for(statement, &words) {
            break;
        }
        call.add(statement, &words);
        length += 1;
    }
    length
}

#[derive(Default)]
struct Call {
    validations: usize,
    bytes: usize,
    /// Tables that the call creates: they are empty, so that nothing on them reads rows.
    new_tables: HashSet<String>,
}

impl Call {
    fn has_room_for(&self, statement: &str, words: &[String]) -> bool {
        self.bytes + statement.len() <= MOST_BYTES && (self.validations < MOST_VALIDATIONS || !self.validates(words))
    }

    fn add(&mut self, statement: &str, words: &[String]) {
        self.bytes += statement.len();
        self.validations += usize::from(self.validates(words));
        if let ["CREATE", "TABLE", name, ..] = head(words).as_slice() {
            self.new_tables.insert((*name).to_owned());
        }
    }

    fn validates(&self, words: &[String]) -> bool {
        let has = |word: &str| words.iter().any(|it| it.eq_ignore_ascii_case(word));
        let after = |word: &str| words.iter().skip_while(|it| !it.eq_ignore_ascii_case(word)).nth(1);
        let is_new = |name: Option<&String>| name.is_some_and(|name| self.new_tables.contains(name));
        match head(words).as_slice() {
            ["CREATE", "TABLE", ..] => has("FOREIGN") && !is_new(after("REFERENCES")),
            ["CREATE", ..] => has("INDEX") && !is_new(after("ON")),
            ["ALTER", "TABLE", _, "ADD", "COLUMN", ..] => has("DEFAULT") || has("STORED"),
            ["ALTER", "TABLE", _, "ADD", ..] if has("REFERENCES") => {
                !(is_new(after("TABLE")) && is_new(after("REFERENCES")))
            }
            ["ALTER", "TABLE", _, "ADD", ..] => !is_new(after("TABLE")),
            ["ALTER", "TABLE", _, "ALTER", "COLUMN", _, "DROP", ..] => false,
            ["ALTER", "TABLE", _, "ALTER", "COLUMN", _, "SET", "DEFAULT", ..] => false,
            ["ALTER", "TABLE", _, "ALTER", "COLUMN", ..] => true,
            ["ALTER", "INDEX", ..] => has("ADD"),
            _ => false,
        }
    }
}

/// The first words; keywords in capitals, as they are compared.
fn head(words: &[String]) -> Vec<&str> {
    const KEYWORDS: [&str; 10] = ["CREATE", "TABLE", "ALTER", "ADD", "COLUMN", "INDEX", "DROP", "SET", "DEFAULT", "IF"];
    let capitals = |word| KEYWORDS.into_iter().find(|it| str::eq_ignore_ascii_case(it, word)).unwrap_or(word);
    words.iter().take(9).map(|word| capitals(word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn ranges(statements: &[&str]) -> Vec<Range<usize>> {
        batches(statements).into_iter().map(|it| it.statements).collect()
    }

    #[test]
    fn ten_validations_fit_into_a_call() {
        let indexes = (0..12).map(|it| format!("CREATE INDEX i{it} ON t (c)")).collect::<Vec<_>>();
        let statements = indexes.iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(ranges(&statements), [0..10, 10..12]);
    }

    #[test]
    fn a_call_holds_as_many_bytes_as_it_may() {
        let large = format!("DROP INDEX `{}`", "i".repeat(6 << 20));
        assert_eq!(ranges(&[&large, "DROP INDEX i", &large, &large]), [0..2, 2..3, 3..4]);
    }

    #[test]
    fn what_reads_no_rows_is_free() {
        let mut statements = vec!["CREATE TABLE t (\n  c INT64 NOT NULL\n) PRIMARY KEY (c)"];
        statements.extend(["CREATE INDEX i ON t (c)"; 20]);
        statements.extend(["ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES t (c)"; 20]);
        statements.extend([
            "DROP INDEX x",
            "ALTER TABLE u ADD COLUMN c STRING(10)",
            "ALTER TABLE u ALTER COLUMN c DROP DEFAULT",
        ]);
        assert_eq!(batches(&statements).len(), 1);
        assert!(batches(&[]).is_empty());
    }
}
