//! What happens while migrations run, for a progress display.

use std::time::Duration;

use super::file::Direction;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another run holds the lock; comes again while waiting.
    WaitingForLock {
        /// Who holds it, when the database knows.
        holder: Option<&'a str>,
        /// How long this run has been waiting.
        waited: Duration,
    },
    /// A section begins.
    Started {
        /// The migration.
        migration: &'a str,
        /// Which section.
        direction: Direction,
        /// Its statements.
        statements: usize,
        /// How many of them took effect in an earlier run that did not come to the end.
        already_done: usize,
        /// Whether migrations with later names were applied before (a branch was merged late).
        late: bool,
    },
    /// Statements are sent.
    Running {
        /// The migration.
        migration: &'a str,
        /// The first of them, from 1.
        number: usize,
        /// How many are sent together.
        together: usize,
        /// Statements of the section.
        total: usize,
        /// The first statement.
        statement: &'a str,
    },
    /// Statements took effect.
    Progress {
        /// The migration.
        migration: &'a str,
        /// Statements in effect.
        done: usize,
        /// Statements of the section.
        total: usize,
    },
    /// A section is through.
    Finished {
        /// The migration.
        migration: &'a str,
        /// Which section.
        direction: Direction,
        /// The time of its statements, those of earlier runs included.
        duration: Duration,
    },
    /// The database remarked something.
    Notice {
        /// The database's word for its weight.
        severity: &'a str,
        /// The remark.
        message: &'a str,
    },
}
