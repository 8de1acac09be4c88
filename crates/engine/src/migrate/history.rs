//! What a database remembers of its migrations: the table `orm_migrations`.
//!
//! | column | |
//! |---|---|
//! | `name` | the migration, the primary key |
//! | `number` | the order in which migrations were applied, from 1; `down` goes backwards by it |
//! | `checksum` | of the SQL that ran, see [`checksum`](super::checksum) |
//! | `state` | `applied`, `applying` (half-applied), `reverting` (half taken back) |
//! | `journal` | JSON: which statements of a half-run migration took effect, and those under way, also of migrations after it |
//! | `started_at`, `finished_at` | the database's clock |
//! | `duration_ms` | milliseconds of all its statements |
//! | `orm_version` | the version of `orm` that ran it |

use chrono::{DateTime, Utc};
use orm_driver::{Connection, DdlError, Row};
use serde::{Deserialize, Serialize};

use super::{
    dialect::migration_dialect,
    error::MigrateError,
    file::{Direction, Migration, Script, ScriptStatement},
    lock::{ATTEMPTS, POLL, Timer},
};

pub use orm_model::names::{HISTORY_TABLE, LOCK_TABLE};

/// A row of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The migration.
    pub name: String,
    /// The order in which migrations were applied.
    pub number: i64,
    /// Of the SQL that ran.
    pub checksum: String,
    /// How far it is.
    pub state: State,
    /// Which statements of a half-run migration took effect.
    pub journal: Journal,
    /// When it began; the database's clock.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was applied; the database's clock.
    pub finished_at: Option<DateTime<Utc>>,
    /// Milliseconds of all its statements.
    pub duration_ms: i64,
    /// The version of `orm` that ran it.
    pub orm_version: String,
}

/// How far a migration is in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All of it took effect.
    Applied,
    /// Its `up` section ran in part.
    Applying,
    /// Its `down` section ran in part.
    Reverting,
}

impl State {
    const ALL: [State; 3] = [State::Applied, State::Applying, State::Reverting];

    /// As the table spells it.
    pub const fn name(self) -> &'static str {
        match self {
            State::Applied => "applied",
            State::Applying => "applying",
            State::Reverting => "reverting",
        }
    }

    /// What a migration is in while its section runs.
    pub(crate) const fn while_running(direction: Direction) -> Self {
        match direction {
            Direction::Up => State::Applying,
            Direction::Down => State::Reverting,
        }
    }
}

/// How far the statements of a section are; written before and after each step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The hash of each statement that took effect, in order.
    pub done: Vec<String>,
    /// Schema changes that were sent and whose outcome is not known yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
}

/// Schema changes under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The name of the operation in the database.
    pub operation: String,
    /// The hash of each statement.
    pub statements: Vec<String>,
    /// What stands in the same call of the migrations after this one, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<Joined>,
}

/// The part that a migration has in a call that began with an earlier one. It has no row of its own for it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The migration.
    pub migration: String,
    /// The hash of each of its first statements.
    pub statements: Vec<String>,
}

impl Journal {
    /// The statement, from 0, that differs from what the journal says ran or is under way.
    pub(crate) fn edited(&self, statements: &[ScriptStatement]) -> Option<usize> {
        let pending = self.pending.iter().flat_map(|it| &it.statements);
        first_difference(self.done.iter().chain(pending), statements)
    }

    /// What is under way of migrations after this one.
    pub(crate) fn joined(&self) -> &[Joined] {
        self.pending.as_ref().map_or(&[], |it| &it.joined)
    }
}

impl Joined {
    /// The statement, from 0, that differs from what the journal says is under way.
    pub(crate) fn edited(&self, statements: &[ScriptStatement]) -> Option<usize> {
        first_difference(self.statements.iter(), statements)
    }
}

fn first_difference<'a>(hashes: impl Iterator<Item = &'a String>, statements: &[ScriptStatement]) -> Option<usize> {
    let same = |at: usize, hash: &str| statements.get(at).is_some_and(|it| it.hash() == hash);
    hashes.enumerate().find(|(at, hash)| !same(*at, hash)).map(|(at, _)| at)
}

impl Entry {
    /// A migration whose `up` section begins now.
    pub(crate) fn new(migration: &Migration, script: &Script, number: i64) -> Self {
        Self {
            name: migration.name.to_string(),
            number,
            checksum: script.checksum(),
            state: State::Applying,
            journal: Journal::default(),
            started_at: None,
            finished_at: None,
            duration_ms: 0,
            orm_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// The journal as the table keeps it; empty for what did not run in part.
    pub(crate) fn journal_text(&self) -> String {
        if self.journal == Journal::default() {
            return String::new();
        }
        serde_json::json!(self.journal).to_string()
    }

    fn from_row(row: &Row) -> Result<Self, MigrateError> {
        let column = |error| MigrateError::database("read the history of migrations", error);
        let name: String = row.get("name").map_err(column)?;
        let state: String = row.get("state").map_err(column)?;
        let journal: String = row.get("journal").map_err(column)?;
        let unknown = |what: &str| MigrateError::UnknownHistory { name: name.clone(), what: what.to_owned() };
        Ok(Self {
            number: row.get("number").map_err(column)?,
            checksum: row.get("checksum").map_err(column)?,
            state: State::ALL.into_iter().find(|it| it.name() == state).ok_or_else(|| unknown(&state))?,
            journal: parse_journal(&journal).map_err(|_| unknown(&journal))?,
            started_at: row.get("started_at").map_err(column)?,
            finished_at: row.get("finished_at").map_err(column)?,
            duration_ms: row.get("duration_ms").map_err(column)?,
            orm_version: row.get("orm_version").map_err(column)?,
            name,
        })
    }
}

fn parse_journal(text: &str) -> serde_json::Result<Journal> {
    if text.is_empty() { Ok(Journal::default()) } else { serde_json::from_str(text) }
}

/// The history of a database, ordered by [`Entry::number`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// The rows.
    pub entries: Vec<Entry>,
}

impl History {
    /// Reads the history without making anything; a database without the table has none.
    pub async fn read(connection: &mut dyn Connection) -> Result<Self, MigrateError> {
        if !tables(connection).await?.iter().any(|it| it == HISTORY_TABLE) {
            return Ok(Self::default());
        }
        let select = migration_dialect(connection.dialect()).select_history();
        let rows = connection
            .query(&select.sql, &select.params)
            .await
            .map_err(|error| MigrateError::database("read the history of migrations", error))?;
        let mut entries = rows.iter().map(Entry::from_row).collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(|it| it.number);
        Ok(Self { entries })
    }

    /// The entry of a migration.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|it| it.name == name)
    }

    /// The migration that ran in part: at most one, because nothing else runs before it is through.
    pub fn half_run(&self) -> Option<&Entry> {
        self.entries.iter().find(|it| it.state != State::Applied)
    }

    /// The number for the next entry.
    pub(crate) fn next_number(&self) -> i64 {
        self.entries.last().map_or(1, |it| it.number + 1)
    }
}

/// The runner's tables that exist.
async fn tables(connection: &mut dyn Connection) -> Result<Vec<String>, MigrateError> {
    let failed = |error| MigrateError::database("look for the history of migrations", error);
    let find = migration_dialect(connection.dialect()).find_tables();
    let rows = connection.query(&find.sql, &find.params).await.map_err(failed)?;
    rows.iter().map(|it| it.get("name").map_err(failed)).collect()
}

/// Creates the runner's tables where they are missing; another run may do the same at the same time.
pub(crate) async fn create_tables(connection: &mut dyn Connection, timer: &dyn Timer) -> Result<(), MigrateError> {
    let sql = migration_dialect(connection.dialect());
    let batch = orm_driver::DdlBatch::new(sql.create_tables());
    for attempt in 1.. {
        if tables(connection).await?.len() >= batch.statements.len() {
            break;
        }
        match connection.apply_ddl(&batch, &mut |_| {}).await {
            Err(error) if attempt < ATTEMPTS && sql.is_transient(&error.source) => timer.sleep(POLL * attempt).await,
            result => {
                let failed = |error: DdlError| MigrateError::database("create the table of migrations", error.source);
                return result.map_err(failed);
            }
        }
    }
    Ok(())
}
