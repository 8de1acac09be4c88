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
            let joined = entry.journal.joined().iter().map(|it| &it.migration);
            found.missing.extend(joined.filter(|name| migrations.get(name).is_none()).cloned());
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

/// The migrations to apply: the half-applied one and what is under way with it, then the pending ones in the order of
/// their names.
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
    let under_way: Vec<_> = half.into_iter().flat_map(under_way).filter_map(|name| migrations.get(name)).collect();
    let is_new = |it: &&Migration| {
        history.get(it.name.as_str()).is_none() && under_way.iter().all(|other| other.name != it.name)
    };
    let work: Vec<_> = under_way.iter().copied().chain(migrations.iter().filter(is_new)).collect();
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
    // What is under way cannot be left at a part of it.
    let begun = history.half_run().map_or(0, |it| under_way(it).count());
    let last: Vec<_> = history.entries.iter().rev().take(steps.max(begun)).collect();
    let concerned = History { entries: last.iter().map(|it| (*it).clone()).collect() };
    Disagreement::find(migrations, &concerned, dialect).check()?;
    let work: Vec<_> = last.into_iter().filter_map(|entry| migrations.get(&entry.name).map(|it| (it, entry))).collect();
    check_runnable(&work.iter().map(|it| it.0).collect::<Vec<_>>(), history, dialect, Direction::Down)?;
    Ok(work)
}

/// The migration that ran in part, and those that are in the call under way.
fn under_way(entry: &Entry) -> impl Iterator<Item = &str> {
    std::iter::once(entry.name.as_str()).chain(entry.journal.joined().iter().map(|it| it.migration.as_str()))
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
            let pending = |at| at >= entry.journal.done.len();
            check_unedited(migration, script, entry.journal.edited(&script.statements), pending)?;
        }
    }
    check_joined(work, history, dialect, direction)
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

/// What is under way of migrations that have no row of their own for it yet must still stand in their files, too.
fn check_joined(
    work: &[&Migration],
    history: &History,
    dialect: Dialect,
    direction: Direction,
) -> Result<(), MigrateError> {
    for joined in history.half_run().into_iter().flat_map(|it| it.journal.joined()) {
        let Some(migration) = work.iter().find(|it| it.name.as_str() == joined.migration) else { continue };
        let script = script(migration, dialect, direction)?;
        check_unedited(migration, script, joined.edited(&script.statements), |_| true)?;
    }
    Ok(())
}

/// What ran of a half-run migration must still stand in the file; `edited` is the first statement that does not.
fn check_unedited(
    migration: &Migration,
    script: &Script,
    edited: Option<usize>,
    pending: impl Fn(usize) -> bool,
) -> Result<(), MigrateError> {
    let Some(at) = edited else { return Ok(()) };
    let line = script.statements.get(at).map_or(script.line, |it| it.line);
    Err(MigrateError::HalfRunEdited { file: migration.name.file_name(), line, number: at + 1, pending: pending(at) })
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
