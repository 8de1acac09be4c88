//! Why migrations did not run, for people.

use orm_driver::ErrorKind;
use orm_model::Dialect;

use super::{file::Direction, problem::FileProblems};

/// Why migrations did not run. [`hint`](Self::hint) says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// The files are not in order.
    #[error("{0}")]
    Files(#[from] FileProblems),
    /// Files whose SQL was edited after it ran in this database.
    #[error("edited after {} applied to this database: {}", were(.0), list(.0))]
    Edited(Vec<String>),
    /// Migrations that this database has and the folder has not.
    #[error("applied to this database, but not in the folder of migrations: {}", list(.0))]
    Missing(Vec<String>),
    /// A file that has no section for this database, a section to fill in, or a statement that cannot be sent.
    #[error("{file}:{line}: {message}")]
    NotRunnable {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// A statement that the database refused.
    #[error("{0}")]
    Statement(Box<StatementError>),
    /// A migration that ran in part, in the other direction than asked for.
    #[error("`{name}` is half {}: {done} of {total} statements took effect", match .direction { Direction::Up => "applied", Direction::Down => "taken back" })]
    HalfRun {
        /// The migration.
        name: String,
        /// In which direction it ran.
        direction: Direction,
        /// Statements that took effect.
        done: usize,
        /// Statements of the section.
        total: usize,
    },
    /// A statement of a half-run migration that was edited after it was sent.
    #[error(
        "{file}:{line}: this statement was edited, or one before it was added or removed, after it was sent to the database"
    )]
    HalfRunEdited {
        /// The file's name.
        file: String,
        /// The line, from 1, where the file begins to differ.
        line: usize,
        /// Which statement, from 1.
        number: usize,
        /// Whether it is not known yet that it took effect.
        pending: bool,
    },
    /// Somebody else migrates the same database.
    #[error("another run migrates this database{}; waited {waited_seconds} s for it", .holder.as_ref().map(|it| format!(" ({it})")).unwrap_or_default())]
    Locked {
        /// Who, when the database knows.
        holder: Option<String>,
        /// How long was waited.
        waited_seconds: u64,
    },
    /// Another run took the lock, because this one did not renew it in time.
    #[error("another run took over the migration of this database, because this one did not answer in time")]
    LockLost,
    /// The history holds what this version does not know.
    #[error("the history of migrations holds `{what}` for `{name}`, which this version of `orm` does not know")]
    UnknownHistory {
        /// The migration.
        name: String,
        /// What is not known.
        what: String,
    },
    /// The database failed outside a migration's statement.
    #[error("cannot {action}: {source}")]
    Database {
        /// What was tried.
        action: &'static str,
        /// What the database said.
        source: orm_driver::Error,
    },
}

/// A statement that failed, and where it stands.
#[derive(Debug)]
pub struct StatementError {
    /// The file's name.
    pub file: String,
    /// The dialect of the section.
    pub dialect: Dialect,
    /// The direction of the section.
    pub direction: Direction,
    /// Which statement of the section, from 1.
    pub number: usize,
    /// How many the section has.
    pub total: usize,
    /// The statement.
    pub statement: String,
    /// Where in the *file* the database stumbled, from 1; the beginning of the statement when it does not say.
    pub line: usize,
    /// See [`line`](Self::line); counted in characters.
    pub column: usize,
    /// How many statements of this migration are in effect now; 0 when it was rolled back as a whole.
    pub in_effect: usize,
    /// Whether the statement, too, may be in effect, because the answer of the database got lost.
    pub outcome_unknown: bool,
    /// What the runner knows about this code of the database.
    pub hint: Option<&'static str>,
    /// What the database said.
    pub source: orm_driver::Error,
}

impl std::fmt::Display for StatementError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, line, column, number, total, source, .. } = self;
        write!(f, "{file}:{line}:{column}: statement {number} of {total} failed: {source}")
    }
}

impl std::error::Error for StatementError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl MigrateError {
    pub(crate) fn database(action: &'static str, source: orm_driver::Error) -> Self {
        if source.message().contains(super::dialect::LEASE_LOST) {
            return Self::LockLost;
        }
        Self::Database { action, source }
    }

    pub(crate) fn with_unknown_outcome(mut self) -> Self {
        if let Self::Statement(error) = &mut self {
            error.outcome_unknown = true;
        }
        self
    }

    /// The database's error behind it, if any.
    pub fn driver_error(&self) -> Option<&orm_driver::Error> {
        match self {
            Self::Statement(error) => Some(&error.source),
            Self::Database { source, .. } => Some(source),
            _ => None,
        }
    }

    /// Whether the database could not be reached, in contrast to one that refused something.
    pub fn is_unreachable(&self) -> bool {
        self.driver_error().is_some_and(|it| it.kind() == ErrorKind::Unreachable)
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Files(_) => return None,
            Self::Edited(names) => format!(
                "undo the edit (`git checkout` of {}) and put the change into a new migration: `orm migrate create`, or \
                 with `--empty` for SQL by hand. Comments, blanks and the other sections may be edited freely",
                plural(names, "the file", "the files")
            ),
            Self::Missing(names) => format!(
                "bring {} back from version control. If another branch applied {}, run `orm migrate down` there first",
                plural(names, "the file", "the files"),
                plural(names, "it", "them")
            ),
            Self::NotRunnable { help, .. } => help.clone(),
            Self::Statement(error) => error.advice(),
            Self::HalfRun { direction: Direction::Up, .. } => {
                "finish it first: run `orm migrate latest`; if its rest cannot run, delete that from its `up` section before"
                    .to_owned()
            }
            Self::HalfRun { direction: Direction::Down, .. } => "finish it first: run `orm migrate down`".to_owned(),
            Self::HalfRunEdited { pending: true, .. } => {
                "its outcome is not known yet: undo the edit and run the same command again, which finds out; the \
                 statements after it may be edited"
                    .to_owned()
            }
            Self::HalfRunEdited { .. } => {
                "it took effect: undo the edit; only the statements after those that took effect may be edited"
                    .to_owned()
            }
            Self::Locked { .. } => "run again when it is through, or wait longer with `--lock-wait SECONDS`".to_owned(),
            Self::LockLost => "nothing is lost: run again, which continues from the journal".to_owned(),
            Self::UnknownHistory { .. } => "a newer `orm` wrote it: update `orm`".to_owned(),
            Self::Database { source, .. } => return source.hint().map(str::to_owned),
        })
    }
}

impl StatementError {
    fn advice(&self) -> String {
        let command = match self.direction {
            Direction::Up => "`orm migrate latest`",
            Direction::Down => "`orm migrate down`",
        };
        let state = match self.in_effect {
            _ if self.outcome_unknown => {
                format!(
                    "the answer of the database got lost: run {command} again, which finds out and goes on from there"
                )
            }
            0 => format!("nothing of this migration is in effect: edit the file, then run {command} again"),
            1 => format!(
                "the statement before it is in effect and stays: edit this one or what follows, then run {command} \
                 again, which goes on here"
            ),
            count => format!(
                "the {count} statements before it are in effect and stay: edit this one or what follows, then run \
                 {command} again, which goes on here"
            ),
        };
        let hints = [self.hint.map(str::to_owned), self.source.hint().map(str::to_owned), Some(state)];
        hints.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

fn list(names: &[String]) -> String {
    names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

fn were(names: &[String]) -> &'static str {
    plural(names, "it was", "they were")
}

fn plural(names: &[String], one: &'static str, many: &'static str) -> &'static str {
    if names.len() == 1 { one } else { many }
}
