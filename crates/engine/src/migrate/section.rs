//! A section of a migration on its way through a database.

use super::{
    file::{Migration, Script, ScriptStatement},
    history::Entry,
};

/// A section that runs, or waits for its turn.
pub(crate) struct Section<'a> {
    pub(crate) migration: &'a Migration,
    pub(crate) script: &'a Script,
    /// Its row of the history, or the one that it shall get.
    pub(crate) entry: Entry,
    /// Whether the history has the row.
    pub(crate) is_recorded: bool,
    /// Whether migrations with later names were applied before.
    pub(crate) late: bool,
    /// Whether its beginning was told.
    pub(crate) is_told: bool,
}

impl<'a> Section<'a> {
    /// A section; `entry` is the migration's row of the history, or the one that it shall get.
    pub(crate) fn new(migration: &'a Migration, script: &'a Script, entry: Entry, late: bool) -> Self {
        let is_recorded = entry.started_at.is_some();
        Self { migration, script, entry, is_recorded, late, is_told: false }
    }

    /// How many statements took effect.
    pub(crate) fn done(&self) -> usize {
        self.entry.journal.done.len()
    }

    /// How many statements it has.
    pub(crate) fn total(&self) -> usize {
        self.script.statements.len()
    }

    /// The statements that did not take effect yet.
    pub(crate) fn rest(&self) -> &'a [ScriptStatement] {
        self.script.statements.get(self.done()..).unwrap_or_default()
    }
}
