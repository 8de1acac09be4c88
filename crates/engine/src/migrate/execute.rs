//! One section of one migration against a database.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use orm_driver::{Connection, DdlBatch, DdlError, Error, ErrorKind, Statement};

use super::{
    dialect::{MigrationDialect, Step, migration_dialect},
    error::{MigrateError, StatementError},
    event::Event,
    file::{Direction, Migration, Script, ScriptStatement},
    history::{Entry, Journal, Pending, State},
    lock::{ATTEMPTS, Lock, POLL, Timer},
    options::RunOptions,
};

/// How a section ended without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it took effect.
    Finished,
    /// The stop signal came; the journal says how far it is.
    Stopped,
}

/// Everything that running a section needs.
pub(crate) struct Execution<'a> {
    pub(crate) connection: &'a mut dyn Connection,
    pub(crate) heartbeat: Option<&'a mut (dyn Connection + 'static)>,
    pub(crate) timer: &'a dyn Timer,
    pub(crate) lock: &'a Lock,
    pub(crate) options: &'a RunOptions,
    pub(crate) events: &'a mut (dyn FnMut(Event<'_>) + Send),
    pub(crate) stop: Option<&'a AtomicBool>,
    pub(crate) migration: &'a Migration,
    pub(crate) direction: Direction,
    pub(crate) script: &'a Script,
    /// Whether the statements run step by step, each journaled, instead of in one transaction.
    pub(crate) journaled: bool,
}

impl Execution<'_> {
    /// Runs the section; `entry` is the migration's row of the history, or the one that it shall get.
    pub(crate) async fn run(mut self, mut entry: Entry, late: bool) -> Result<Outcome, MigrateError> {
        (self.events)(Event::Started {
            migration: self.migration.name.as_str(),
            direction: self.direction,
            statements: self.script.statements.len(),
            already_done: entry.journal.done.len(),
            late,
        });
        let outcome =
            if self.journaled { self.run_journaled(&mut entry).await? } else { self.run_whole(&mut entry).await? };
        if outcome == Outcome::Finished {
            (self.events)(Event::Finished {
                migration: self.migration.name.as_str(),
                direction: self.direction,
                duration: Duration::from_millis(entry.duration_ms.unsigned_abs()),
            });
        }
        Ok(outcome)
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|it| it.load(Ordering::Relaxed))
    }

    fn sql(&self) -> &'static dyn MigrationDialect {
        migration_dialect(self.connection.dialect())
    }

    // One transaction.

    /// Runs all statements and writes the history in one transaction.
    async fn run_whole(&mut self, entry: &mut Entry) -> Result<Outcome, MigrateError> {
        self.set_lock_timeout(self.options.lock_timeout).await?;
        let begun = self.connection.begin().await;
        begun.map_err(|error| MigrateError::database("begin a transaction", error))?;
        let result = self.run_in_transaction(entry).await;
        if !matches!(result, Ok(Outcome::Finished)) {
            // The first error is the one to tell; without a connection the server rolls back by itself.
            _ = self.connection.rollback().await;
        }
        result
    }

    async fn run_in_transaction(&mut self, entry: &mut Entry) -> Result<Outcome, MigrateError> {
        let started = Instant::now();
        let script = self.script;
        for (at, statement) in script.statements.iter().enumerate() {
            if self.is_stopped() {
                return Ok(Outcome::Stopped);
            }
            self.tell_running(at, 1);
            let result = self.connection.execute(&statement.text, &[]).await;
            self.tell_notices();
            result.map_err(|error| self.failed(at, 0, error))?;
            self.tell_progress(at + 1);
        }
        self.complete(entry, started);
        let row = self.final_row(entry);
        let written = self.connection.execute(&row.sql, &row.params).await;
        written.map_err(|error| MigrateError::database("write the history of migrations", error))?;
        // What is checked at the end of the transaction only (deferred constraints) fails here.
        let committed = self.connection.commit().await;
        committed.map_err(|error| MigrateError::database("commit the migration", error))?;
        Ok(Outcome::Finished)
    }

    async fn set_lock_timeout(&mut self, timeout: Duration) -> Result<(), MigrateError> {
        for sql in self.sql().lock_timeout(timeout) {
            let set = self.connection.execute(&sql, &[]).await;
            set.map_err(|error| MigrateError::database("set the lock timeout", error))?;
        }
        Ok(())
    }

    // Step by step.

    /// Runs the statements step by step, each journaled, from where an earlier run left off.
    async fn run_journaled(&mut self, entry: &mut Entry) -> Result<Outcome, MigrateError> {
        if !entry.is_recorded() {
            self.write(self.sql().insert_entry(entry)).await?;
        } else if entry.state == State::Applied {
            entry.state = State::while_running(self.direction);
            self.write(self.sql().update_entry(entry)).await?;
        }
        if entry.journal.pending.is_some() {
            self.settle(entry).await?;
        }
        while entry.journal.done.len() < self.script.statements.len() {
            if self.is_stopped() {
                return Ok(Outcome::Stopped);
            }
            self.patient_step(entry).await?;
        }
        self.complete(entry, Instant::now());
        self.write(self.final_row(entry)).await?;
        Ok(Outcome::Finished)
    }

    /// One step; again, under a new name, when something else was in its way.
    async fn patient_step(&mut self, entry: &mut Entry) -> Result<(), MigrateError> {
        for attempt in 1..ATTEMPTS {
            match self.step(entry).await {
                Err(MigrateError::Statement(error)) if self.sql().is_transient(&error.source) => {
                    self.timer.sleep(POLL * attempt).await;
                }
                result => return result,
            }
        }
        self.step(entry).await
    }

    async fn step(&mut self, entry: &mut Entry) -> Result<(), MigrateError> {
        let script = self.script;
        let done = entry.journal.done.len();
        let texts: Vec<_> = script.statements[done..].iter().map(|it| it.text.as_str()).collect();
        let Step { length, transactional } = self.sql().next_step(&texts);
        self.tell_running(done, length);
        if transactional {
            self.set_lock_timeout(self.options.lock_timeout).await?;
            return self.run_with_journal(entry).await;
        }
        let pending = Pending {
            operation: format!("orm_{}", uuid::Uuid::new_v4().simple()),
            statements: script.statements[done..done + length].iter().map(ScriptStatement::hash).collect(),
        };
        entry.journal.pending = Some(pending);
        self.write_journal(entry).await?;
        self.change_schema(entry, length).await
    }

    /// Runs one statement and its journal in one transaction: either both took effect or neither.
    async fn run_with_journal(&mut self, entry: &mut Entry) -> Result<(), MigrateError> {
        let (started, done) = (Instant::now(), entry.journal.done.len());
        let statement = &self.script.statements[done];
        let mut after = entry.clone();
        after.journal.done.push(statement.hash());
        let row = self.sql().update_entry(&after);
        let result = self.lock.write(self.connection, self.timer, &[Statement::new(&statement.text, []), row]).await;
        self.tell_notices();
        result.map_err(|error| self.failed(done, done, error))?;
        after.duration_ms += milliseconds(started);
        *entry = after;
        self.tell_progress(entry.journal.done.len());
        Ok(())
    }

    /// Sends the pending schema changes, which the journal knows already, and journals what became of them.
    async fn change_schema(&mut self, entry: &mut Entry, length: usize) -> Result<(), MigrateError> {
        // Such a statement blocks nobody while it waits, so nothing is gained by giving up.
        self.set_lock_timeout(Duration::ZERO).await?;
        let (started, done) = (Instant::now(), entry.journal.done.len());
        let result = self.send(entry, length).await;
        self.tell_notices();
        entry.duration_ms += milliseconds(started);
        let Err(error) = result else { return self.journal_done(entry, length).await };
        if self.sql().is_outcome_unknown(&error.source) {
            // The journal keeps them as pending: the next run finds out.
            return Err(self.failed(done + error.applied.min(length - 1), done, error.source).with_unknown_outcome());
        }
        let at = done + error.applied.min(length - 1);
        self.clean_up(at).await?;
        self.journal_done(entry, error.applied).await?;
        Err(self.failed(at, entry.journal.done.len(), error.source))
    }

    async fn send(&mut self, entry: &Entry, length: usize) -> Result<(), DdlError> {
        let script = self.script;
        let done = entry.journal.done.len();
        let statements = script.statements[done..done + length].iter().map(|it| it.text.clone()).collect();
        let operation_id = entry.journal.pending.as_ref().map(|it| it.operation.clone());
        let batch = DdlBatch { statements, operation_id };
        let (name, total, events) = (self.migration.name.as_str(), script.statements.len(), &mut *self.events);
        let mut progress = |it: orm_driver::DdlProgress| {
            events(Event::Progress { migration: name, done: done + it.applied, total });
        };
        let work = self.connection.apply_ddl(&batch, &mut progress);
        self.lock.hold(self.heartbeat.as_deref_mut(), self.timer, work).await
    }

    /// Journals that the next `length` statements took effect and that nothing is pending.
    async fn journal_done(&mut self, entry: &mut Entry, length: usize) -> Result<(), MigrateError> {
        let done = entry.journal.done.len();
        entry.journal.done.extend(self.script.statements[done..done + length].iter().map(ScriptStatement::hash));
        entry.journal.pending = None;
        self.write_journal(entry).await?;
        self.tell_progress(done + length);
        Ok(())
    }

    // What an earlier run left in doubt.

    /// Finds out what became of the schema changes that were under way when an earlier run ended.
    async fn settle(&mut self, entry: &mut Entry) -> Result<(), MigrateError> {
        let length = entry.journal.pending.as_ref().map_or(0, |it| it.statements.len());
        if !self.sql().schema_changes_are_named() {
            let done = self.in_effect(entry, length).await?;
            return self.journal_done(entry, done).await;
        }
        // A database that knows the name waits for that work; otherwise it never began, and begins now.
        let before = entry.journal.done.len();
        let Err(error) = self.change_schema(entry, length).await else { return Ok(()) };
        if entry.journal.pending.is_some() || entry.journal.done.len() > before {
            return Err(error);
        }
        // Nothing took effect: perhaps because it did before, and the database has forgotten the name.
        let done = self.in_effect(entry, length).await?;
        match error {
            MigrateError::Statement(error) if done == 0 && !self.sql().is_transient(&error.source) => {
                Err(MigrateError::Statement(error))
            }
            _ => self.journal_done(entry, done).await,
        }
    }

    /// How many of the next `length` statements are in effect; removes what one left half-made.
    async fn in_effect(&mut self, entry: &Entry, length: usize) -> Result<usize, MigrateError> {
        let done = entry.journal.done.len();
        let mut found = 0;
        for offset in 0..length {
            match self.effect(done + offset).await? {
                Effect::Done => found = offset + 1,
                Effect::Unknown => {}
                Effect::NotDone => break,
            }
        }
        Ok(found)
    }

    /// Removes what a failed statement left half-made, such as an invalid index.
    async fn clean_up(&mut self, at: usize) -> Result<(), MigrateError> {
        let effect = self.sql().effect(&self.script.statements[at].text);
        if effect.is_some_and(|it| it.cleanup.is_some()) {
            self.effect(at).await?;
        }
        Ok(())
    }

    async fn effect(&mut self, at: usize) -> Result<Effect, MigrateError> {
        let Some(effect) = self.sql().effect(&self.script.statements[at].text) else { return Ok(Effect::Unknown) };
        let failed = |error| MigrateError::database("find out what an interrupted statement did", error);
        let rows = self.connection.query(&effect.query.sql, &effect.query.params).await.map_err(failed)?;
        let valid = rows.first().map(|it| it.get::<bool>("valid")).transpose().map_err(failed)?;
        if valid == Some(false)
            && let Some(cleanup) = effect.cleanup
        {
            self.connection.execute(&cleanup, &[]).await.map_err(failed)?;
            return Ok(Effect::NotDone);
        }
        Ok(if valid.is_some() == effect.creates { Effect::Done } else { Effect::NotDone })
    }

    // The history.

    fn complete(&self, entry: &mut Entry, started: Instant) {
        entry.duration_ms += milliseconds(started);
        entry.state = State::Applied;
        entry.journal = Journal::default();
        entry.checksum = self.script.checksum();
    }

    /// What the history says at the end: the migration is applied, or gone.
    fn final_row(&self, entry: &Entry) -> Statement {
        match self.direction {
            Direction::Down => self.sql().delete_entry(&entry.name),
            Direction::Up if self.journaled => self.sql().update_entry(entry),
            Direction::Up => self.sql().insert_entry(entry),
        }
    }

    async fn write_journal(&mut self, entry: &Entry) -> Result<(), MigrateError> {
        self.write(self.sql().update_entry(entry)).await
    }

    async fn write(&mut self, row: Statement) -> Result<(), MigrateError> {
        let written = self.lock.write(self.connection, self.timer, &[row]).await;
        written.map_err(|error| MigrateError::database("write the history of migrations", error))
    }

    // Telling.

    fn failed(&self, at: usize, in_effect: usize, error: Error) -> MigrateError {
        if error.message().contains(super::dialect::LEASE_LOST) {
            return MigrateError::LockLost;
        }
        let statement = &self.script.statements[at];
        let (line, column) = match error.position() {
            Some(it) if it.line == 1 => (statement.line, statement.column + it.column - 1),
            Some(it) => (statement.line + it.line - 1, it.column),
            None => (statement.line, statement.column),
        };
        MigrateError::Statement(Box::new(StatementError {
            file: self.migration.name.file_name(),
            dialect: self.connection.dialect(),
            direction: self.direction,
            number: at + 1,
            total: self.script.statements.len(),
            statement: statement.text.clone(),
            line,
            column,
            in_effect,
            outcome_unknown: error.kind() == ErrorKind::Unreachable,
            hint: error.code().and_then(|it| self.sql().hint(it)),
            source: error,
        }))
    }

    fn tell_running(&mut self, at: usize, together: usize) {
        (self.events)(Event::Running {
            migration: self.migration.name.as_str(),
            number: at + 1,
            together,
            total: self.script.statements.len(),
            statement: &self.script.statements[at].text,
        });
    }

    fn tell_progress(&mut self, done: usize) {
        let total = self.script.statements.len();
        (self.events)(Event::Progress { migration: self.migration.name.as_str(), done, total });
    }

    fn tell_notices(&mut self) {
        for notice in self.connection.take_notices() {
            (self.events)(Event::Notice { severity: &notice.severity, message: &notice.message });
        }
    }
}

/// What became of a schema change.
enum Effect {
    Done,
    NotDone,
    /// Running it again is harmless.
    Unknown,
}

fn milliseconds(started: Instant) -> i64 {
    i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX)
}
