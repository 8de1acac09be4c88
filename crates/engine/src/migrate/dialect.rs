//! What the migration runner must know about each dialect. The answers stand in `dialect/<name>/`.

use std::time::Duration;

use orm_driver::{Error, Statement};
use orm_model::{Dialect, PerDialect};

use super::{history::Entry, lexer::Lexer};
use crate::dialect::{postgres::history::PostgresMigrations, spanner::history::SpannerMigrations};

/// Everything that differs between databases when migrations run.
pub(crate) trait MigrationDialect: Sync {
    /// How its SQL is split.
    fn lexer(&self) -> &'static dyn Lexer;

    /// Why the runner does not send a statement, if so.
    fn refusal(&self, statement: &str) -> Option<&'static str>;

    /// How many of the statements at the beginning of a journaled migration run next, and how. Not empty.
    fn next_step(&self, statements: &[&str]) -> Step;

    /// Whether the database refuses this statement in a transaction, so that the section needs `orm:no-transaction`.
    fn needs_no_transaction(&self, statement: &str) -> bool;

    /// Whether a schema change that has a name is never started twice, so that asking for it again is safe.
    fn schema_changes_are_named(&self) -> bool;

    /// Whether nothing took effect because something else was under way, so that the same call may succeed in a moment.
    fn is_transient(&self, error: &Error) -> bool;

    /// Whether the database may still be working on a schema change that failed like this.
    fn is_outcome_unknown(&self, error: &Error) -> bool;

    /// A query that tells whether a schema change took effect, for one whose outcome was lost: `None` when it is
    /// harmless to run it again.
    fn effect(&self, statement: &str) -> Option<EffectQuery>;

    /// Statements that set how long a statement waits for a lock that another session holds; zero waits forever.
    fn lock_timeout(&self, timeout: Duration) -> Vec<String>;

    /// What to do about an error with this code of the database, where the runner knows.
    fn hint(&self, code: &str) -> Option<&'static str>;

    /// A query with a row for each of the runner's tables that exists, its name in the column `name`.
    fn find_tables(&self) -> Statement;

    /// The schema changes that create the runner's tables where they are missing.
    fn create_tables(&self) -> Vec<String>;

    /// The history, a row for each entry.
    fn select_history(&self) -> Statement;

    /// Adds an entry.
    fn insert_entry(&self, entry: &Entry) -> Statement;

    /// Writes an entry's state, journal and duration.
    fn update_entry(&self, entry: &Entry) -> Statement;

    /// Removes an entry.
    fn delete_entry(&self, name: &str) -> Statement;

    /// The lease of databases without session locks; `None` elsewhere.
    fn lease(&self) -> Option<&'static dyn LeaseDialect>;
}

/// The lock as a row that expires, for databases without session locks.
pub(crate) trait LeaseDialect: Sync {
    /// Makes sure that the row exists.
    fn create_row(&self) -> Statement;

    /// Takes the lease if it is free or expired: changes one row if so.
    fn acquire(&self, owner: &str, duration: Duration) -> Statement;

    /// Renews the lease, or fails with a message that contains [`LEASE_LOST`].
    fn renew(&self, owner: &str, duration: Duration) -> Statement;

    /// Gives the lease back, if it is still held.
    fn release(&self, owner: &str) -> Statement;

    /// A query for who holds it, in the column `owner`; no row when it is free.
    fn holder(&self) -> Statement;
}

/// Part of the database's message when [`LeaseDialect::renew`] finds that another run took the lease.
pub(crate) const LEASE_LOST: &str = "orm_migrations_lease_lost";

/// The next statements of a journaled migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// How many statements.
    pub(crate) length: usize,
    /// Whether they run in one transaction together with their journal, so that their outcome is never in doubt.
    pub(crate) transactional: bool,
}

/// How to find out whether a schema change took effect.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EffectQuery {
    /// A query whose rows, if any, have the boolean column `valid`.
    pub(crate) query: Statement,
    /// Whether the statement makes something (a row is expected) or removes it (no row is).
    pub(crate) creates: bool,
    /// Removes what is there but not valid, so that the statement can run again.
    pub(crate) cleanup: Option<String>,
}

/// The answers of each dialect.
pub(crate) fn migration_dialect(dialect: Dialect) -> &'static dyn MigrationDialect {
    const DIALECTS: PerDialect<&dyn MigrationDialect> =
        PerDialect { postgres: &PostgresMigrations, spanner: &SpannerMigrations };
    *DIALECTS.get(dialect)
}
