//! What a database has of the migrations, without changing anything.

use chrono::{DateTime, Utc};
use orm_driver::Connection;
use orm_model::Dialect;
use serde::Serialize;

use super::{
    error::MigrateError,
    file::{Direction, Migration},
    history::{Entry, History, State},
    preflight::{self, Disagreement},
    runner::is_late,
    set::Migrations,
};

/// How a database and the folder of migrations stand to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The dialect of the database.
    pub dialect: Dialect,
    /// The database, without secrets.
    pub target: String,
    /// What was applied, in that order.
    pub applied: Vec<AppliedMigration>,
    /// What `latest` would apply, in that order, after the half-run one.
    pub pending: Vec<PendingMigration>,
    /// The migration that ran in part.
    pub half_run: Option<HalfRunMigration>,
    /// Applied migrations whose SQL was edited afterwards.
    pub edited: Vec<String>,
    /// Applied migrations that have no file.
    pub missing: Vec<String>,
    /// What is no error but good to know, such as branches that were merged.
    pub notes: Vec<String>,
}

/// A migration that the database has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppliedMigration {
    /// Its name.
    pub name: String,
    /// When it was through; the database's clock.
    pub applied_at: Option<DateTime<Utc>>,
    /// Milliseconds that its statements took.
    pub duration_ms: i64,
    /// The version of `orm` that applied it.
    pub orm_version: String,
}

/// A migration that the database has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PendingMigration {
    /// Its name.
    pub name: String,
    /// Whether migrations with later names were applied already.
    pub late: bool,
    /// What a person must still fill in before it can run.
    pub unsupported: Vec<String>,
}

/// A migration that ran in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HalfRunMigration {
    /// Its name.
    pub name: String,
    /// In which direction it ran.
    pub direction: Direction,
    /// Statements that took effect.
    pub done: usize,
    /// Statements of the section; `None` when the file is missing.
    pub total: Option<usize>,
    /// Whether the outcome of the next statement is not known; the next run finds out.
    pub under_way: bool,
}

impl Status {
    /// Whether the database has everything and nothing is wrong.
    pub fn is_up_to_date(&self) -> bool {
        self.pending.is_empty() && self.half_run.is_none() && self.is_consistent()
    }

    /// Whether no file was edited or went missing.
    pub fn is_consistent(&self) -> bool {
        self.edited.is_empty() && self.missing.is_empty()
    }
}

/// Compares a database with the folder of migrations.
pub async fn status(connection: &mut dyn Connection, migrations: &Migrations) -> Result<Status, MigrateError> {
    let history = History::read(connection).await?;
    let dialect = connection.dialect();
    let Disagreement { edited, missing } = Disagreement::find(migrations, &history, dialect);
    let applied = history.entries.iter().filter(|it| it.state == State::Applied).map(applied).collect();
    let pending = migrations.iter().filter(|it| history.get(it.name.as_str()).is_none());
    Ok(Status {
        dialect,
        target: connection.target().to_owned(),
        applied,
        pending: pending.map(|it| pending_migration(it, &history, dialect)).collect(),
        half_run: history.half_run().map(|it| half_run(it, migrations, dialect)),
        edited,
        missing,
        notes: migrations.notes(),
    })
}

fn applied(entry: &Entry) -> AppliedMigration {
    AppliedMigration {
        name: entry.name.clone(),
        applied_at: entry.finished_at,
        duration_ms: entry.duration_ms,
        orm_version: entry.orm_version.clone(),
    }
}

fn pending_migration(migration: &Migration, history: &History, dialect: Dialect) -> PendingMigration {
    let script = migration.script(dialect, Direction::Up);
    let unsupported = script.map(|it| it.unsupported.iter().map(|it| it.reason.clone()).collect());
    PendingMigration {
        name: migration.name.to_string(),
        late: is_late(migration, history),
        unsupported: unsupported.unwrap_or_default(),
    }
}

fn half_run(entry: &Entry, migrations: &Migrations, dialect: Dialect) -> HalfRunMigration {
    let direction = if entry.state == State::Reverting { Direction::Down } else { Direction::Up };
    let script = migrations.get(&entry.name).and_then(|it| it.script(dialect, direction));
    HalfRunMigration {
        name: entry.name.clone(),
        direction,
        done: entry.journal.done.len(),
        total: script.map(|it| it.statements.len()),
        under_way: entry.journal.pending.is_some(),
    }
}

/// What `latest` would send, without sending it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedMigration {
    /// The migration.
    pub name: String,
    /// The statements that would still run, in order, without semicolons.
    pub statements: Vec<String>,
    /// What it loses, as the file says.
    pub data_loss: Vec<String>,
}

/// What `latest` would do: the same checks, nothing is changed.
pub async fn dry_run(
    connection: &mut dyn Connection,
    migrations: &Migrations,
) -> Result<Vec<PlannedMigration>, MigrateError> {
    let history = History::read(connection).await?;
    let dialect = connection.dialect();
    let work = preflight::to_apply(migrations, &history, dialect)?;
    work.into_iter().map(|it| planned(it, &history, dialect, Direction::Up)).collect()
}

/// What `down` would do: the same checks, nothing is changed.
pub async fn dry_run_down(
    connection: &mut dyn Connection,
    migrations: &Migrations,
    steps: usize,
) -> Result<Vec<PlannedMigration>, MigrateError> {
    let history = History::read(connection).await?;
    let dialect = connection.dialect();
    let work = preflight::to_revert(migrations, &history, dialect, steps)?;
    work.into_iter().map(|(it, _)| planned(it, &history, dialect, Direction::Down)).collect()
}

fn planned(
    migration: &Migration,
    history: &History,
    dialect: Dialect,
    direction: Direction,
) -> Result<PlannedMigration, MigrateError> {
    let script = preflight::script(migration, dialect, direction)?;
    let entry = history.get(migration.name.as_str()).filter(|it| it.state != State::Applied);
    let done = entry.map_or(0, |it| it.journal.done.len());
    Ok(PlannedMigration {
        name: migration.name.to_string(),
        statements: script.statements.iter().skip(done).map(|it| it.text.clone()).collect(),
        data_loss: migration.data_loss.clone(),
    })
}
