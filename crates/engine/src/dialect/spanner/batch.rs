//! Which statements go into one `UpdateDatabaseDdl` call.
//!
//! A call costs tens of seconds on a real Spanner, so there are few; one call takes at most ten statements that read or
//! write the rows that exist (<https://cloud.google.com/spanner/docs/schema-updates#best-practices>). The text is looked
//! at, not the plan, because people edit migration files.

use std::{collections::HashSet, ops::Range};

use super::statements::names;

/// Statements in one call for which Spanner goes over existing rows.
const MOST_VALIDATIONS: usize = 10;

/// Ranges of `statements`, each for one call.
pub(super) fn batches(statements: &[&str]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut batch = Batch::default();
    let mut start = 0;
    for (index, statement) in statements.iter().enumerate() {
        let words = names(statement);
        if batch.validates(&words) && batch.validations == MOST_VALIDATIONS {
            batches.push(start..index);
            batch = Batch::default();
            start = index;
        }
        batch.add(&words);
    }
    if start < statements.len() {
        batches.push(start..statements.len());
    }
    batches
}

#[derive(Default)]
struct Batch {
    validations: usize,
    /// Tables that the batch creates: they are empty, so that nothing on them reads rows.
    new_tables: HashSet<String>,
}

impl Batch {
    fn add(&mut self, words: &[String]) {
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
    use super::*;

    #[test]
    fn ten_validations_fit_into_a_call() {
        let indexes = (0..12).map(|it| format!("CREATE INDEX i{it} ON t (c)")).collect::<Vec<_>>();
        let statements = indexes.iter().map(String::as_str).collect::<Vec<_>>();
        assert_eq!(batches(&statements), [0..10, 10..12]);
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
