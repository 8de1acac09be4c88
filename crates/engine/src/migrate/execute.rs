//! Running sections of migrations: each in one transaction where the database can do that, step by step elsewhere.

use std::{
    collections::VecDeque,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use orm_driver::{Connection, Error, ErrorKind, Statement};

use super::{
    dialect::{LEASE_LOST, MigrationDialect, migration_dialect},
    error::{MigrateError, StatementError},
    event::Event,
    file::Direction,
    history::{Entry, Journal, State},
    lock::{Lock, Timer},
    options::RunOptions,
    runner::RunReport,
    section::Section,
};

/// Everything that running sections needs.
pub(crate) struct Execution<'a> {
    pub(crate) connection: &'a mut dyn Connection,
    pub(crate) heartbeat: Option<&'a mut (dyn Connection + 'static)>,
    pub(crate) timer: &'a dyn Timer,
    pub(crate) lock: &'a Lock,
    pub(crate) options: &'a RunOptions,
    pub(crate) events: &'a mut (dyn FnMut(Event<'_>) + Send),
    pub(crate) stop: Option<&'a AtomicBool>,
    pub(crate) direction: Direction,
    /// What is to run; the first one is on its way, and one that is through leaves.
    pub(crate) sections: VecDeque<Section<'a>>,
    /// Whether the first section goes without those after it, because the database refused them together.
    pub(crate) is_alone: bool,
    pub(crate) report: RunReport,
}

/// How a transaction ended without an error.
enum Outcome {
    Committed,
    Stopped,
}

impl Execution<'_> {
    /// Runs all sections, or ends in order between two steps when the stop signal comes.
    pub(crate) async fn run(mut self) -> Result<RunReport, MigrateError> {
        while let Some(section) = self.sections.front() {
            if self.is_stopped() {
                self.report.stopped = true;
                break;
            }
            let is_half_run = section.is_recorded && section.entry.state == State::while_running(self.direction);
            let is_whole = self.connection.capabilities().transactional_ddl && !section.script.no_transaction;
            self.tell_started(0);
            if is_whole && !is_half_run { self.run_whole().await? } else { self.advance().await? }
        }
        Ok(self.report)
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|it| it.load(Ordering::Relaxed))
    }

    pub(super) fn sql(&self) -> &'static dyn MigrationDialect {
        migration_dialect(self.connection.dialect())
    }

    /// Runs the first section and writes the history in one transaction.
    async fn run_whole(&mut self) -> Result<(), MigrateError> {
        self.set_lock_timeout(self.options.lock_timeout).await?;
        let begun = self.connection.begin().await;
        begun.map_err(|error| MigrateError::database("begin a transaction", error))?;
        let result = self.run_in_transaction().await;
        if !matches!(result, Ok(Outcome::Committed)) {
            // The first error is the one to tell; without a connection the server rolls back by itself.
            _ = self.connection.rollback().await;
        }
        result.map(|_| ())
    }

    async fn run_in_transaction(&mut self) -> Result<Outcome, MigrateError> {
        let started = Instant::now();
        let script = self.sections[0].script;
        for (at, statement) in script.statements.iter().enumerate() {
            if self.is_stopped() {
                return Ok(Outcome::Stopped);
            }
            self.tell_running(0, at, 1);
            let result = self.connection.execute(&statement.text, &[]).await;
            self.tell_notices();
            result.map_err(|error| self.failed((0, at), 0, error))?;
            self.tell_progress(0, at + 1);
        }
        let journal = Journal { done: script.hashes(), pending: None };
        let (entry, row) = self.row(0, journal, milliseconds(started));
        let written = self.connection.execute(&row.sql, &row.params).await;
        written.map_err(|error| MigrateError::database("write the history of migrations", error))?;
        // What is checked at the end of the transaction only (deferred constraints) fails here.
        let committed = self.connection.commit().await;
        committed.map_err(|error| MigrateError::database("commit the migration", error))?;
        self.keep(0, entry);
        self.pass_on();
        Ok(Outcome::Committed)
    }

    pub(super) async fn set_lock_timeout(&mut self, timeout: Duration) -> Result<(), MigrateError> {
        for sql in self.sql().lock_timeout(timeout) {
            let set = self.connection.execute(&sql, &[]).await;
            set.map_err(|error| MigrateError::database("set the lock timeout", error))?;
        }
        Ok(())
    }

    // The history.

    /// What the history says of a section with this journal, after `took` more milliseconds: how far it is, or, once
    /// all of it took effect, that it is applied, or gone.
    pub(super) fn row(&self, at: usize, journal: Journal, took: i64) -> (Entry, Statement) {
        let section = &self.sections[at];
        let is_through = journal.pending.is_none() && journal.done.len() == section.total();
        let state = if is_through { State::Applied } else { State::while_running(self.direction) };
        let duration_ms = section.entry.duration_ms + took;
        let entry = Entry { state, journal, duration_ms, ..section.entry.clone() };
        let kept = match is_through {
            true => Entry { journal: Journal::default(), checksum: section.script.checksum(), ..entry.clone() },
            false => entry.clone(),
        };
        let row = match self.direction {
            Direction::Down if is_through => self.sql().delete_entry(&entry.name),
            _ if section.is_recorded => self.sql().update_entry(&kept),
            _ => self.sql().insert_entry(&kept),
        };
        (entry, row)
    }

    /// Remembers what was written to the history.
    pub(super) fn keep(&mut self, at: usize, entry: Entry) {
        let section = &mut self.sections[at];
        section.entry = entry;
        section.is_recorded = true;
    }

    /// Lets go of the sections at the beginning that are through.
    pub(super) fn pass_on(&mut self) {
        while let Some(section) = self.sections.pop_front_if(|it| it.is_recorded && it.rest().is_empty()) {
            let name = section.migration.name.as_str();
            let duration = Duration::from_millis(section.entry.duration_ms.unsigned_abs());
            (self.events)(Event::Finished { migration: name, direction: self.direction, duration });
            self.report.migrations.push(name.to_owned());
            self.is_alone = false;
        }
    }

    // Telling.

    /// The error of a statement: its section and which of it, how many statements of that migration are in effect.
    pub(super) fn failed(&self, (section, at): (usize, usize), in_effect: usize, error: Error) -> MigrateError {
        if error.message().contains(LEASE_LOST) {
            return MigrateError::LockLost;
        }
        let section = &self.sections[section];
        let statement = &section.script.statements[at];
        let (line, column) = match error.position() {
            Some(it) if it.line == 1 => (statement.line, statement.column + it.column - 1),
            Some(it) => (statement.line + it.line - 1, it.column),
            None => (statement.line, statement.column),
        };
        MigrateError::Statement(Box::new(StatementError {
            file: section.migration.name.file_name(),
            dialect: self.connection.dialect(),
            direction: self.direction,
            number: at + 1,
            total: section.total(),
            statement: statement.text.clone(),
            line,
            column,
            in_effect,
            outcome_unknown: error.kind() == ErrorKind::Unreachable,
            hint: error.code().and_then(|it| self.sql().hint(it)),
            source: error,
        }))
    }

    pub(super) fn tell_started(&mut self, at: usize) {
        let section = &mut self.sections[at];
        if std::mem::replace(&mut section.is_told, true) {
            return;
        }
        (self.events)(Event::Started {
            migration: section.migration.name.as_str(),
            direction: self.direction,
            statements: section.total(),
            already_done: section.done(),
            late: section.late,
        });
    }

    pub(super) fn tell_running(&mut self, at: usize, statement: usize, together: usize) {
        let section = &self.sections[at];
        (self.events)(Event::Running {
            migration: section.migration.name.as_str(),
            number: statement + 1,
            together,
            total: section.total(),
            statement: &section.script.statements[statement].text,
        });
    }

    pub(super) fn tell_progress(&mut self, at: usize, done: usize) {
        let section = &self.sections[at];
        (self.events)(Event::Progress { migration: section.migration.name.as_str(), done, total: section.total() });
    }

    pub(super) fn tell_notices(&mut self) {
        for notice in self.connection.take_notices() {
            (self.events)(Event::Notice { severity: &notice.severity, message: &notice.message });
        }
    }
}

pub(super) fn milliseconds(started: Instant) -> i64 {
    i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX)
}
