//! Step by step: each step is journaled before and after, so that a run that ends anywhere is gone on with.
//!
//! Where schema changes are named, a step takes as many statements as the database's rules allow in one call, those of
//! the migrations after it as well. Such a call stands in the journal of its first migration, part by part, until its
//! outcome is known; then each migration gets its own row.

use std::time::{Duration, Instant};

use orm_driver::{DdlBatch, DdlError, Error, Statement};

use super::{
    call::Call,
    dialect::Step,
    error::MigrateError,
    event::Event,
    execute::{Execution, milliseconds},
    file::ScriptStatement,
    history::Journal,
    lock::{ATTEMPTS, POLL},
};

/// A call that failed.
struct CallFailure {
    error: MigrateError,
    /// How many of its statements took effect.
    applied: usize,
    /// Whether the database may still be working on it: the journal keeps it.
    is_unknown: bool,
}

/// What became of a schema change.
enum Effect {
    Done,
    NotDone,
    /// Running it again is harmless.
    Unknown,
}

impl Execution<'_> {
    /// One step of the first section: what an earlier run left in doubt, or what comes next.
    pub(super) async fn advance(&mut self) -> Result<(), MigrateError> {
        if let Some(call) = Call::under_way(&self.sections) {
            return self.settle(&call).await;
        }
        if self.sections[0].rest().is_empty() {
            let journal = self.sections[0].entry.journal.clone();
            let (entry, row) = self.row(0, journal, 0);
            self.write(vec![row]).await?;
            self.keep(0, entry);
            self.pass_on();
            return Ok(());
        }
        self.patient_step().await
    }

    /// One step; again, under a new name, when something else was in its way.
    async fn patient_step(&mut self) -> Result<(), MigrateError> {
        for attempt in 1..ATTEMPTS {
            match self.step().await {
                Err(MigrateError::Statement(error)) if self.sql().is_transient(&error.source) => {
                    self.timer.sleep(POLL * attempt).await;
                }
                result => return result,
            }
        }
        self.step().await
    }

    async fn step(&mut self) -> Result<(), MigrateError> {
        // Only a call that is found again by its name can be shared: its outcome concerns several rows of the history.
        let is_shared = self.sql().schema_changes_are_named() && !self.is_alone;
        let sections = self.sections.iter().take(if is_shared { self.sections.len() } else { 1 });
        let texts: Vec<_> = sections.flat_map(|it| it.rest()).map(|it| it.text.as_str()).collect();
        let Step { length, transactional } = self.sql().next_step(&texts);
        if transactional {
            return self.run_with_journal().await;
        }
        let call = Call::next(&self.sections, length);
        self.tell_call(&call);
        let pending = call.pending(&self.sections, format!("orm_{}", uuid::Uuid::new_v4().simple()));
        let journal = Journal { pending: Some(pending), ..self.sections[0].entry.journal.clone() };
        let (entry, row) = self.row(0, journal, 0);
        self.write(vec![row]).await?;
        self.keep(0, entry);
        match self.change_schema(&call).await {
            // Spanner looks at all statements of a call before it begins: a later migration must not hold up this one.
            Err(it) if call.is_joint() && it.is_refusal(self) => self.is_alone = true,
            result => result.map_err(|it| it.error)?,
        }
        Ok(())
    }

    fn tell_call(&mut self, call: &Call) {
        for (section, part) in call.parts() {
            self.tell_started(section);
            if !part.is_empty() {
                self.tell_running(section, part.start, part.len());
            }
        }
    }

    /// Runs one statement and its journal in one transaction: either both took effect or neither.
    async fn run_with_journal(&mut self) -> Result<(), MigrateError> {
        self.set_lock_timeout(self.options.lock_timeout).await?;
        let (started, section) = (Instant::now(), &self.sections[0]);
        let done = section.done();
        let statement = &section.script.statements[done];
        let mut journal = section.entry.journal.clone();
        journal.done.push(statement.hash());
        self.tell_running(0, done, 1);
        let (mut entry, row) = self.row(0, journal, 0);
        let result = self.lock.write(self.connection, self.timer, &[Statement::new(&statement.text, []), row]).await;
        self.tell_notices();
        result.map_err(|error| self.failed((0, done), done, error))?;
        entry.duration_ms += milliseconds(started);
        self.keep(0, entry);
        self.tell_progress(0, done + 1);
        self.pass_on();
        Ok(())
    }

    /// Sends schema changes, which the journal knows already, and journals what became of them.
    async fn change_schema(&mut self, call: &Call) -> Result<(), CallFailure> {
        let unsent = |error| CallFailure { error, applied: 0, is_unknown: true };
        // Such a statement blocks nobody while it waits, so nothing is gained by giving up.
        self.set_lock_timeout(Duration::ZERO).await.map_err(unsent)?;
        let started = Instant::now();
        let result = self.send(call).await;
        self.tell_notices();
        let took = milliseconds(started);
        let Err(error) = result else { return self.journal_done(call, call.len(), took).await.map_err(unsent) };
        let (applied, is_unknown) = (error.applied.min(call.len() - 1), self.sql().is_outcome_unknown(&error.source));
        let place = self.failed_statement(call, &error);
        let failure = self.failed(place, self.in_effect_of(call, applied, place.0), error.source);
        if is_unknown {
            // The journal keeps them as pending: the next run finds out.
            return Err(CallFailure { error: failure.with_unknown_outcome(), applied, is_unknown });
        }
        self.clean_up(place).await.map_err(unsent)?;
        self.journal_done(call, applied, took).await.map_err(unsent)?;
        Err(CallFailure { error: failure, applied, is_unknown })
    }

    /// The statement after those that took effect, unless the database names another one.
    fn failed_statement(&self, call: &Call, error: &DdlError) -> (usize, usize) {
        let texts = call.texts(&self.sections);
        let named = error.statement.as_ref().and_then(|named| texts.iter().position(|it| it == named));
        call.place(named.filter(|it| *it >= error.applied).unwrap_or(error.applied))
    }

    /// How many statements of a section are in effect after the first `applied` of a call are.
    fn in_effect_of(&self, call: &Call, applied: usize, section: usize) -> usize {
        self.sections[section].done() + call.effects(applied).get(section).copied().unwrap_or_default()
    }

    async fn send(&mut self, call: &Call) -> Result<(), DdlError> {
        let statements = call.texts(&self.sections).into_iter().map(str::to_owned).collect();
        let operation_id = self.sections[0].entry.journal.pending.as_ref().map(|it| it.operation.clone());
        let batch = DdlBatch { statements, operation_id };
        let (sections, events) = (&self.sections, &mut *self.events);
        let mut progress = |it: orm_driver::DdlProgress| {
            let (section, statement) = call.place(it.applied.saturating_sub(1));
            let section = &sections[section];
            let (migration, total) = (section.migration.name.as_str(), section.total());
            events(Event::Progress { migration, done: statement + 1, total });
        };
        let work = self.connection.apply_ddl(&batch, &mut progress);
        self.lock.hold(self.heartbeat.as_deref_mut(), self.timer, work).await
    }

    /// Journals that the first `applied` statements of a call took effect and that nothing is pending: all in one
    /// transaction, a row for each migration.
    async fn journal_done(&mut self, call: &Call, applied: usize, took: i64) -> Result<(), MigrateError> {
        let (mut entries, mut rows) = (Vec::new(), Vec::new());
        for (section, count) in call.effects(applied).into_iter().enumerate() {
            let hashes = self.sections[section].rest()[..count].iter().map(ScriptStatement::hash);
            let done = self.sections[section].entry.journal.done.iter().cloned().chain(hashes).collect();
            let share = took * i64::try_from(count).unwrap_or_default() / i64::try_from(applied.max(1)).unwrap_or(1);
            let (entry, row) = self.row(section, Journal { done, pending: None }, share);
            entries.push(entry);
            rows.push(row);
        }
        self.write(rows).await?;
        for (section, entry) in entries.into_iter().enumerate() {
            self.tell_progress(section, entry.journal.done.len());
            self.keep(section, entry);
        }
        self.pass_on();
        Ok(())
    }

    // What an earlier run left in doubt.

    /// Finds out what became of the schema changes that were under way when an earlier run ended.
    async fn settle(&mut self, call: &Call) -> Result<(), MigrateError> {
        self.tell_call(call);
        if !self.sql().schema_changes_are_named() {
            let done = self.in_effect(call).await?;
            return self.journal_done(call, done, 0).await;
        }
        // A database that knows the name waits for that work; otherwise it never began, and begins now.
        let Err(failure) = self.change_schema(call).await else { return Ok(()) };
        if failure.is_unknown || failure.applied > 0 {
            return Err(failure.error);
        }
        // Nothing took effect: perhaps because it did before, and the database has forgotten the name.
        let done = self.in_effect(call).await?;
        match done {
            0 if call.is_joint() && failure.is_refusal(self) => self.is_alone = true,
            0 if failure.is_refusal(self) => return Err(failure.error),
            _ => self.journal_done(call, done, 0).await?,
        }
        Ok(())
    }

    /// How many statements of a call are in effect; removes what one left half-made.
    async fn in_effect(&mut self, call: &Call) -> Result<usize, MigrateError> {
        let mut found = 0;
        for offset in 0..call.len() {
            match self.effect(call.place(offset)).await? {
                Effect::Done => found = offset + 1,
                Effect::Unknown => {}
                Effect::NotDone => break,
            }
        }
        Ok(found)
    }

    /// Removes what a failed statement left half-made, such as an invalid index.
    async fn clean_up(&mut self, place: (usize, usize)) -> Result<(), MigrateError> {
        let effect = self.sql().effect(&self.statement(place).text);
        if effect.is_some_and(|it| it.cleanup.is_some()) {
            self.effect(place).await?;
        }
        Ok(())
    }

    async fn effect(&mut self, place: (usize, usize)) -> Result<Effect, MigrateError> {
        let Some(effect) = self.sql().effect(&self.statement(place).text) else { return Ok(Effect::Unknown) };
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

    fn statement(&self, (section, at): (usize, usize)) -> &ScriptStatement {
        &self.sections[section].script.statements[at]
    }

    async fn write(&mut self, rows: Vec<Statement>) -> Result<(), MigrateError> {
        let written = self.lock.write(self.connection, self.timer, &rows).await;
        written.map_err(|error| MigrateError::database("write the history of migrations", error))
    }
}

impl CallFailure {
    /// Whether the database answered that it does nothing of the call, and will not later either.
    fn is_refusal(&self, execution: &Execution<'_>) -> bool {
        let is_transient = |error: &Error| execution.sql().is_transient(error);
        self.applied == 0
            && !self.is_unknown
            && matches!(&self.error, MigrateError::Statement(error) if !is_transient(&error.source))
    }
}
