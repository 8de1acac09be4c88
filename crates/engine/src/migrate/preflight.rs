//! Which migrations a run would take, and what speaks against them: all of it is known before the first statement runs.

use orm_model::Dialect;

use super::{
    dialect::migration_dialect,
    error::MigrateError,
    file::{Direction, Migration, Script, ScriptStatement},
    history::{Entry, History, State},
    set::Migrations,
};

/// Where the files and the history do not agree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Disagreement {
    /// Migrations whose SQL was edited after it was applied.
    pub(crate) edited: Vec<String>,
    /// Migrations that were applied and have no file.
    pub(crate) missing: Vec<String>,
}

impl Disagreement {
    /// Compares the applied migrations with their files.
    pub(crate) fn find(migrations: &Migrations, history: &History, dialect: Dialect) -> Self {
        let mut found = Self::default();
        for entry in &history.entries {
            let Some(migration) = migrations.get(&entry.name) else {
                found.missing.push(entry.name.clone());
                continue;
            };
            let checksum = migration.script(dialect, Direction::Up).map(Script::checksum);
            // The rest of a half-applied migration may be edited: its journal says what may not.
            if entry.state != State::Applying && checksum.as_ref() != Some(&entry.checksum) {
                found.edited.push(entry.name.clone());
            }
        }
        found
    }

    fn check(self) -> Result<(), MigrateError> {
        if !self.missing.is_empty() {
            return Err(MigrateError::Missing(self.missing));
        }
        if !self.edited.is_empty() {
            return Err(MigrateError::Edited(self.edited));
        }
        Ok(())
    }
}

/// The migrations to apply: the half-applied one, then the pending ones in the order of their names.
pub(crate) fn to_apply<'a>(
    migrations: &'a Migrations,
    history: &History,
    dialect: Dialect,
) -> Result<Vec<&'a Migration>, MigrateError> {
    Disagreement::find(migrations, history, dialect).check()?;
    let half = history.half_run();
    if let Some(entry) = half.filter(|it| it.state == State::Reverting) {
        return Err(half_run(migrations, entry, dialect, Direction::Down));
    }
    let half = half.and_then(|it| migrations.get(&it.name));
    let pending = migrations.iter().filter(|it| history.get(it.name.as_str()).is_none());
    let work: Vec<_> = half.into_iter().chain(pending).collect();
    check_runnable(&work, history, dialect, Direction::Up)?;
    Ok(work)
}

/// The migrations to take back, the one that was applied last first, with their entries.
pub(crate) fn to_revert<'a, 'h>(
    migrations: &'a Migrations,
    history: &'h History,
    dialect: Dialect,
    steps: usize,
) -> Result<Vec<(&'a Migration, &'h Entry)>, MigrateError> {
    if let Some(entry) = history.half_run().filter(|it| it.state == State::Applying) {
        return Err(half_run(migrations, entry, dialect, Direction::Up));
    }
    let last: Vec<_> = history.entries.iter().rev().take(steps).collect();
    let concerned = History { entries: last.iter().map(|it| (*it).clone()).collect() };
    Disagreement::find(migrations, &concerned, dialect).check()?;
    let work: Vec<_> = last.into_iter().filter_map(|entry| migrations.get(&entry.name).map(|it| (it, entry))).collect();
    check_runnable(&work.iter().map(|it| it.0).collect::<Vec<_>>(), history, dialect, Direction::Down)?;
    Ok(work)
}

/// The section to run, or why there is none.
pub(crate) fn script(migration: &Migration, dialect: Dialect, direction: Direction) -> Result<&Script, MigrateError> {
    migration.script(dialect, direction).ok_or_else(|| {
        let section = format!("-- orm:{dialect} {}", direction.name());
        not_runnable(
            migration,
            1,
            format!("it has no section `{section}`"),
            format!(
                "{} was no target when it was created: add the section with the SQL for it, above the `orm:change` lines",
                dialect.title()
            ),
        )
    })
}

fn check_runnable(
    work: &[&Migration],
    history: &History,
    dialect: Dialect,
    direction: Direction,
) -> Result<(), MigrateError> {
    for migration in work {
        let script = script(migration, dialect, direction)?;
        check_filled(migration, script, dialect, direction)?;
        for statement in &script.statements {
            check_statement(migration, script, statement, dialect)?;
        }
        if let Some(entry) = history.get(migration.name.as_str()) {
            check_journal(migration, script, entry)?;
        }
    }
    Ok(())
}

fn check_filled(
    migration: &Migration,
    script: &Script,
    dialect: Dialect,
    direction: Direction,
) -> Result<(), MigrateError> {
    let Some(unsupported) = script.unsupported.first() else { return Ok(()) };
    let help = format!(
        "`orm` cannot write this for {}: put the SQL for it into the section `{dialect} {}` and delete the line \
         `-- orm:unsupported`, or delete the line alone when nothing is to be done",
        dialect.title(),
        direction.name()
    );
    Err(not_runnable(migration, unsupported.line, format!("not filled in: {}", unsupported.reason), help))
}

fn check_statement(
    migration: &Migration,
    script: &Script,
    statement: &ScriptStatement,
    dialect: Dialect,
) -> Result<(), MigrateError> {
    let sql = migration_dialect(dialect);
    let first_words: Vec<_> = statement.normal.split(' ').take(4).collect();
    let first_words = first_words.join(" ");
    if let Some(reason) = sql.refusal(&statement.text) {
        let message = format!("the statement `{first_words} …` is not sent");
        return Err(not_runnable(migration, statement.line, message, reason.to_owned()));
    }
    if !script.no_transaction && sql.needs_no_transaction(&statement.text) {
        let message = format!("the statement `{first_words} …` cannot run in a transaction");
        let help = format!(
            "put the line `-- orm:no-transaction` below line {}; then the statements of this section run one by one, \
             each journaled",
            script.line
        );
        return Err(not_runnable(migration, statement.line, message, help));
    }
    Ok(())
}

/// What ran of a half-run migration must still stand in the file.
fn check_journal(migration: &Migration, script: &Script, entry: &Entry) -> Result<(), MigrateError> {
    let Some(at) = entry.journal.edited(&script.statements) else { return Ok(()) };
    let line = script.statements.get(at).map_or(script.line, |it| it.line);
    let pending = at >= entry.journal.done.len();
    Err(MigrateError::HalfRunEdited { file: migration.name.file_name(), line, number: at + 1, pending })
}

fn half_run(migrations: &Migrations, entry: &Entry, dialect: Dialect, direction: Direction) -> MigrateError {
    let script = migrations.get(&entry.name).and_then(|it| it.script(dialect, direction));
    MigrateError::HalfRun {
        name: entry.name.clone(),
        direction,
        done: entry.journal.done.len(),
        total: script.map_or(entry.journal.done.len(), |it| it.statements.len()),
    }
}

fn not_runnable(migration: &Migration, line: usize, message: String, help: String) -> MigrateError {
    MigrateError::NotRunnable { file: migration.name.file_name(), line, message, help }
}
