//! How migrations run on Spanner: schema changes in batches with a journal beside them, under a lease.
//!
//! Schema changes take part in no transaction there, so every step writes to the journal what it is about to do and, in
//! a second transaction, that it is done. Each of these transactions renews the lease first and fails when another run
//! took it, so that a run that was away for too long cannot overwrite the journal of its successor.

use std::time::Duration;

use orm_driver::{Error, ErrorKind, Statement, Value};

use super::{
    batch::first_batch,
    statements::{SpannerLexer, is_dml, names, refusal},
};
use crate::migrate::{
    dialect::{EffectQuery, LEASE_LOST, LeaseDialect, MigrationDialect, Step},
    history::{Entry, HISTORY_TABLE, LOCK_TABLE},
    lexer::Lexer,
};

/// The answers of Spanner.
pub(crate) struct SpannerMigrations;

impl MigrationDialect for SpannerMigrations {
    fn lexer(&self) -> &'static dyn Lexer {
        &SpannerLexer
    }

    fn refusal(&self, statement: &str) -> Option<&'static str> {
        refusal(statement)
    }

    fn next_step(&self, statements: &[&str]) -> Step {
        match first_batch(statements.iter().copied().take_while(|it| !is_dml(it))) {
            0 => Step { length: 1, transactional: true },
            length => Step { length, transactional: false },
        }
    }

    /// No statement needs the marker: nothing runs in one transaction anyway.
    fn needs_no_transaction(&self, _: &str) -> bool {
        false
    }

    /// `UpdateDatabaseDdlRequest.operation_id`: a second request of the same name starts nothing.
    fn schema_changes_are_named(&self) -> bool {
        true
    }

    /// Spanner aborts one of two transactions that meet; the emulator refuses a schema change while anything else runs.
    fn is_transient(&self, error: &Error) -> bool {
        error.code() == Some("ABORTED") || error.message().contains("concurrent schema change")
    }

    /// These can come from asking about an operation, which goes on meanwhile; other codes are its own outcome.
    fn is_outcome_unknown(&self, error: &Error) -> bool {
        matches!(error.kind(), ErrorKind::Unreachable | ErrorKind::Internal)
            || matches!(error.code(), Some("DEADLINE_EXCEEDED" | "RESOURCE_EXHAUSTED"))
    }

    fn effect(&self, statement: &str) -> Option<EffectQuery> {
        let names = names(statement);
        let words: Vec<_> = names.iter().map(|it| it.to_ascii_uppercase()).collect();
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let creates = matches!(words.as_slice(), ["CREATE", ..] | ["ALTER", "TABLE", _, "ADD", ..]);
        let index = words.iter().position(|it| *it == "INDEX").unwrap_or_default();
        let (sql, path) = match words.as_slice() {
            ["CREATE" | "DROP", "TABLE", _, ..] => (TABLE, &names[2..3]),
            ["CREATE" | "DROP", ..] if index > 0 && index + 1 < names.len() => (INDEX, &names[index + 1..index + 2]),
            ["ALTER", "TABLE", _, "ADD" | "DROP", "COLUMN", _, ..] => (COLUMN, &names[2..6]),
            ["ALTER", "TABLE", _, "ADD" | "DROP", "CONSTRAINT", _, ..] => (CONSTRAINT, &names[2..6]),
            _ => return None,
        };
        let (schema, name) = path[0].rsplit_once('.').unwrap_or(("", &path[0]));
        let member = path.get(3).map(Value::from);
        let params = [schema.into(), name.into()].into_iter().chain(member).collect::<Vec<_>>();
        Some(EffectQuery { query: Statement::new(sql, params), creates, cleanup: None })
    }

    fn lock_timeout(&self, _: Duration) -> Vec<String> {
        Vec::new()
    }

    /// Codes: <https://cloud.google.com/spanner/docs/reference/rpc/google.rpc#code>.
    fn hint(&self, code: &str) -> Option<&'static str> {
        match code {
            "FAILED_PRECONDITION" => Some(
                "Spanner checks existing rows and what else uses the object: mend rows in an earlier migration \
                 (`orm migrate create --empty`), drop what depends on it first",
            ),
            _ => None,
        }
    }

    fn find_tables(&self) -> Statement {
        let sql = "SELECT table_name AS name FROM information_schema.tables \
                   WHERE table_schema = '' AND table_name IN ('orm_migrations', 'orm_migrations_lock')";
        Statement::new(sql, [])
    }

    fn create_tables(&self) -> Vec<String> {
        let history = format!(
            "CREATE TABLE IF NOT EXISTS {HISTORY_TABLE} (
  name STRING(MAX) NOT NULL,
  number INT64 NOT NULL,
  checksum STRING(MAX) NOT NULL,
  state STRING(MAX) NOT NULL,
  journal STRING(MAX) NOT NULL,
  started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP,
  duration_ms INT64 NOT NULL,
  orm_version STRING(MAX) NOT NULL
) PRIMARY KEY (name)"
        );
        let lock = format!(
            "CREATE TABLE IF NOT EXISTS {LOCK_TABLE} (
  name STRING(MAX) NOT NULL,
  owner STRING(MAX) NOT NULL,
  expires_at TIMESTAMP NOT NULL
) PRIMARY KEY (name)"
        );
        vec![history, lock]
    }

    fn select_history(&self) -> Statement {
        let sql = format!(
            "SELECT name, number, checksum, state, journal, started_at, finished_at, duration_ms, orm_version \
             FROM {HISTORY_TABLE}"
        );
        Statement::new(sql, [])
    }

    /// What is recorded after it ran began as long ago as its statements took.
    fn insert_entry(&self, entry: &Entry) -> Statement {
        let sql = format!(
            "INSERT INTO {HISTORY_TABLE} \
             (name, number, orm_version, checksum, state, journal, duration_ms, started_at, finished_at) \
             VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL @p7 MILLISECOND), \
             IF(@p5 = 'applied', CURRENT_TIMESTAMP(), NULL))"
        );
        let key: [Value; 3] = [(&entry.name).into(), entry.number.into(), (&entry.orm_version).into()];
        Statement::new(sql, key.into_iter().chain(progress(entry)).collect::<Vec<_>>())
    }

    fn update_entry(&self, entry: &Entry) -> Statement {
        let sql = format!(
            "UPDATE {HISTORY_TABLE} SET checksum = @p2, state = @p3, journal = @p4, duration_ms = @p5, \
             finished_at = IF(@p3 = 'applied', CURRENT_TIMESTAMP(), NULL) WHERE name = @p1"
        );
        let key: [Value; 1] = [(&entry.name).into()];
        Statement::new(sql, key.into_iter().chain(progress(entry)).collect::<Vec<_>>())
    }

    fn delete_entry(&self, name: &str) -> Statement {
        Statement::new(format!("DELETE FROM {HISTORY_TABLE} WHERE name = @p1"), [name.into()])
    }

    fn lease(&self) -> Option<&'static dyn LeaseDialect> {
        Some(&Lease)
    }
}

fn progress(entry: &Entry) -> [Value; 4] {
    [(&entry.checksum).into(), entry.state.name().into(), entry.journal_text().into(), entry.duration_ms.into()]
}

const TABLE: &str = "SELECT TRUE AS valid FROM information_schema.tables WHERE table_schema = @p1 AND table_name = @p2";
const INDEX: &str =
    "SELECT TRUE AS valid FROM information_schema.indexes WHERE table_schema = @p1 AND index_name = @p2";
const COLUMN: &str = "SELECT TRUE AS valid FROM information_schema.columns \
                      WHERE table_schema = @p1 AND table_name = @p2 AND column_name = @p3";
const CONSTRAINT: &str = "SELECT TRUE AS valid FROM information_schema.table_constraints \
                          WHERE table_schema = @p1 AND table_name = @p2 AND constraint_name = @p3";

/// The lease: one row, with the database's clock.
struct Lease;

impl LeaseDialect for Lease {
    fn create_row(&self) -> Statement {
        let sql = format!(
            "INSERT OR IGNORE INTO {LOCK_TABLE} (name, owner, expires_at) \
             VALUES ('migrate', '', TIMESTAMP '1970-01-01 00:00:00+00')"
        );
        Statement::new(sql, [])
    }

    fn acquire(&self, owner: &str, duration: Duration) -> Statement {
        let sql = format!(
            "UPDATE {LOCK_TABLE} SET owner = @p1, \
             expires_at = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL @p2 MILLISECOND) \
             WHERE name = 'migrate' AND (owner = @p1 OR expires_at < CURRENT_TIMESTAMP())"
        );
        Statement::new(sql, [owner.into(), milliseconds(duration)])
    }

    fn renew(&self, owner: &str, duration: Duration) -> Statement {
        let sql = format!(
            "UPDATE {LOCK_TABLE} SET expires_at = IF(owner = @p1, \
             TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL @p2 MILLISECOND), ERROR('{LEASE_LOST}')) \
             WHERE name = 'migrate'"
        );
        Statement::new(sql, [owner.into(), milliseconds(duration)])
    }

    fn release(&self, owner: &str) -> Statement {
        let sql = format!(
            "UPDATE {LOCK_TABLE} SET owner = '', expires_at = TIMESTAMP '1970-01-01 00:00:00+00' \
             WHERE name = 'migrate' AND owner = @p1"
        );
        Statement::new(sql, [owner.into()])
    }

    fn holder(&self) -> Statement {
        let sql =
            format!("SELECT owner FROM {LOCK_TABLE} WHERE name = 'migrate' AND expires_at >= CURRENT_TIMESTAMP()");
        Statement::new(sql, [])
    }
}

fn milliseconds(duration: Duration) -> Value {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(statement: &str) -> Option<(bool, Vec<Value>)> {
        SpannerMigrations.effect(statement).map(|it| (it.creates, it.query.params))
    }

    #[test]
    fn the_outcome_of_generated_statements_can_be_asked_for() {
        let values = |texts: &[&str]| texts.iter().map(|it| Value::from(*it)).collect::<Vec<_>>();
        assert_eq!(effect("CREATE TABLE `a`.`t` (x INT64) PRIMARY KEY (x)"), Some((true, values(&["a", "t"]))));
        assert_eq!(effect("DROP TABLE t"), Some((false, values(&["", "t"]))));
        let index = "CREATE UNIQUE NULL_FILTERED INDEX `i` ON `t` (`a`)";
        assert_eq!(effect(index), Some((true, values(&["", "i"]))));
        assert_eq!(effect("DROP INDEX i"), Some((false, values(&["", "i"]))));
        assert_eq!(effect("ALTER TABLE t ADD COLUMN c INT64"), Some((true, values(&["", "t", "c"]))));
        assert_eq!(effect("ALTER TABLE t DROP CONSTRAINT c"), Some((false, values(&["", "t", "c"]))));
        assert_eq!(effect("ALTER TABLE t ALTER COLUMN c INT64"), None);
    }

    #[test]
    fn rows_run_alone_and_schema_changes_together() {
        let step = |statements: &[&str]| SpannerMigrations.next_step(statements);
        assert_eq!(step(&["DROP TABLE a", "DROP TABLE b", "DELETE FROM c WHERE true"]).length, 2);
        assert_eq!(step(&["DELETE FROM c WHERE true", "DROP TABLE a"]), Step { length: 1, transactional: true });
    }
}
