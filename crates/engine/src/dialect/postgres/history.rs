//! How migrations run on PostgreSQL: in a transaction together with their history, under a lock of the session.

use std::time::Duration;

use orm_driver::{Error, ErrorKind, Statement, Value};

use super::statements::{PostgresLexer, refusal, runs_outside_transaction};
use crate::migrate::{
    dialect::{EffectQuery, LeaseDialect, MigrationDialect, Step},
    history::{Entry, HISTORY_TABLE},
    lexer::{Lexeme, Lexer, lexemes},
};

/// The answers of PostgreSQL.
pub(crate) struct PostgresMigrations;

impl MigrationDialect for PostgresMigrations {
    fn lexer(&self) -> &'static dyn Lexer {
        &PostgresLexer
    }

    fn refusal(&self, statement: &str) -> Option<&'static str> {
        refusal(statement)
    }

    fn next_step(&self, statements: &[&str]) -> Step {
        Step { length: 1, transactional: !statements.first().is_some_and(|it| runs_outside_transaction(it)) }
    }

    fn needs_no_transaction(&self, statement: &str) -> bool {
        runs_outside_transaction(statement)
    }

    fn schema_changes_are_named(&self) -> bool {
        false
    }

    /// A lock that was waited for in vain is told to the user: others queue up behind every new attempt.
    fn is_transient(&self, _: &Error) -> bool {
        false
    }

    fn is_outcome_unknown(&self, error: &Error) -> bool {
        matches!(error.kind(), ErrorKind::Unreachable | ErrorKind::Internal)
    }

    /// An index that is built or dropped `CONCURRENTLY` is there and valid, there and broken, or not there.
    fn effect(&self, statement: &str) -> Option<EffectQuery> {
        ConcurrentIndex::parse(statement).map(|it| it.effect())
    }

    fn lock_timeout(&self, timeout: Duration) -> Vec<String> {
        vec![format!("SET lock_timeout = '{}ms'", timeout.as_millis())]
    }

    /// Codes: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn hint(&self, code: &str) -> Option<&'static str> {
        match code {
            "55P03" => Some(
                "another session uses the table and did not let go in time, and waiting longer would make everyone else \
                 wait: run again when it is through, or allow more with `--lock-timeout SECONDS`",
            ),
            "25001" => Some(
                "this statement cannot run in a transaction: put `-- orm:no-transaction` below the section's first line",
            ),
            "23502" => Some("rows hold NULL there: fill them in an earlier migration (`orm migrate create --empty`)"),
            "23505" => Some("rows are equal there: mend them in an earlier migration (`orm migrate create --empty`)"),
            "23503" | "23514" => {
                Some("rows break the new constraint: mend them in an earlier migration (`orm migrate create --empty`)")
            }
            "55P04" => {
                Some("a new enum value can be used only after the migration that adds it: use it in the next one")
            }
            _ => None,
        }
    }

    fn find_tables(&self) -> Statement {
        let sql = "SELECT c.relname::text AS name FROM pg_catalog.pg_class c \
                   WHERE c.oid = to_regclass('orm_migrations') AND c.relkind = 'r'";
        Statement::new(sql, [])
    }

    fn create_tables(&self) -> Vec<String> {
        vec![format!(
            "CREATE TABLE IF NOT EXISTS {HISTORY_TABLE} (
  name TEXT PRIMARY KEY,
  number BIGINT NOT NULL,
  checksum TEXT NOT NULL,
  state TEXT NOT NULL,
  journal TEXT NOT NULL,
  started_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ,
  duration_ms BIGINT NOT NULL,
  orm_version TEXT NOT NULL
)"
        )]
    }

    fn select_history(&self) -> Statement {
        let sql = format!(
            "SELECT name, number, checksum, state, journal, started_at, finished_at, duration_ms, orm_version \
             FROM {HISTORY_TABLE}"
        );
        Statement::new(sql, [])
    }

    fn insert_entry(&self, entry: &Entry) -> Statement {
        let sql = format!(
            "INSERT INTO {HISTORY_TABLE} \
             (name, number, orm_version, checksum, state, journal, duration_ms, started_at, finished_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, now(), CASE WHEN $5 = 'applied' THEN clock_timestamp() END)"
        );
        let key: [Value; 3] = [(&entry.name).into(), entry.number.into(), (&entry.orm_version).into()];
        Statement::new(sql, key.into_iter().chain(progress(entry)).collect::<Vec<_>>())
    }

    fn update_entry(&self, entry: &Entry) -> Statement {
        let sql = format!(
            "UPDATE {HISTORY_TABLE} SET checksum = $2, state = $3, journal = $4, duration_ms = $5, \
             finished_at = CASE WHEN $3 = 'applied' THEN clock_timestamp() END WHERE name = $1"
        );
        let key: [Value; 1] = [(&entry.name).into()];
        Statement::new(sql, key.into_iter().chain(progress(entry)).collect::<Vec<_>>())
    }

    fn delete_entry(&self, name: &str) -> Statement {
        Statement::new(format!("DELETE FROM {HISTORY_TABLE} WHERE name = $1"), [name.into()])
    }

    fn lease(&self) -> Option<&'static dyn LeaseDialect> {
        None
    }
}

fn progress(entry: &Entry) -> [Value; 4] {
    [(&entry.checksum).into(), entry.state.name().into(), entry.journal_text().into(), entry.duration_ms.into()]
}

/// `CREATE INDEX CONCURRENTLY name ON table`, `DROP INDEX CONCURRENTLY name`.
struct ConcurrentIndex {
    creates: bool,
    /// The name as written, with a schema or without.
    name: Vec<String>,
    /// The table as written.
    table: Vec<String>,
}

impl ConcurrentIndex {
    fn parse(statement: &str) -> Option<Self> {
        let tokens: Vec<_> = lexemes(&PostgresLexer, statement)
            .filter(|(kind, _)| !matches!(kind, Lexeme::Space | Lexeme::Comment))
            .map(|(_, text)| text)
            .collect();
        let is = |at: usize, word: &str| tokens.get(at).is_some_and(|it| it.eq_ignore_ascii_case(word));
        let creates = is(0, "CREATE");
        let at = tokens.iter().position(|it| it.eq_ignore_ascii_case("CONCURRENTLY"))? + 1;
        if !(creates || is(0, "DROP")) || !is(at - 2, "INDEX") {
            return None;
        }
        let after_if = [3, 2].into_iter().find(|length| is(at, "IF") && is(at + length - 1, "EXISTS")).unwrap_or(0);
        let name = dotted(&tokens[at + after_if..]);
        let on = tokens.iter().position(|it| it.eq_ignore_ascii_case("ON"));
        let after_on = on.map_or(tokens.len(), |on| on + 1 + usize::from(is(on + 1, "ONLY")));
        let table = if creates { dotted(&tokens[after_on..]) } else { Vec::new() };
        (!name.is_empty()).then_some(Self { creates, name, table })
    }

    /// An index has no schema of its own: it stands in that of its table.
    fn effect(self) -> EffectQuery {
        let schema = if self.creates { &self.table } else { &self.name };
        let schema = &schema[..schema.len().saturating_sub(1)];
        let index = self.name.last().cloned().unwrap_or_default();
        let path = schema.iter().cloned().chain([index]).collect::<Vec<_>>().join(".");
        let sql = "SELECT indisvalid AS valid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass($1)";
        EffectQuery {
            query: Statement::new(sql, [(&path).into()]),
            creates: self.creates,
            cleanup: self.creates.then(|| format!("DROP INDEX CONCURRENTLY IF EXISTS {path}")),
        }
    }
}

/// The parts of a dotted name at the beginning of `tokens`.
fn dotted(tokens: &[&str]) -> Vec<String> {
    let mut parts = Vec::new();
    for pair in tokens.chunks(2) {
        parts.extend(pair.first().map(|it| (*it).to_owned()));
        if pair.get(1) != Some(&".") {
            break;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(statement: &str) -> Option<(Value, bool, Option<String>)> {
        PostgresMigrations.effect(statement).map(|it| (it.query.params[0].clone(), it.creates, it.cleanup))
    }

    #[test]
    fn concurrent_indexes_are_looked_up() {
        let create = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"i\" ON app . \"t\" (a)";
        let cleanup = "DROP INDEX CONCURRENTLY IF EXISTS app.\"i\"".to_owned();
        assert_eq!(effect(create), Some(("app.\"i\"".into(), true, Some(cleanup))));
        assert_eq!(effect("DROP INDEX CONCURRENTLY IF EXISTS app.i"), Some(("app.i".into(), false, None)));
        assert_eq!(effect("create index concurrently i on only t (a)").map(|it| it.0), Some("i".into()));
        assert_eq!(effect("VACUUM t"), None);
    }
}
