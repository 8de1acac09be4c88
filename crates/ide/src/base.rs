//! The schema that the migrations make: what the databases have, as far as the project knows.

use std::sync::OnceLock;

pub use orm_engine::migrate::SourceFile as MigrationFile;
use orm_engine::migrate::{FileProblems, Migrations};
use orm_model::Schema;

/// The migrations of a project. They are replayed when somebody first asks what they make.
#[derive(Debug, Default)]
pub struct BaseSchema {
    files: Vec<MigrationFile>,
    /// Why the files cannot be read.
    unreadable: Option<String>,
    replayed: OnceLock<Result<Schema, FileProblems>>,
}

impl BaseSchema {
    /// The migrations in these files, in any order.
    pub fn new(files: Vec<MigrationFile>) -> Self {
        BaseSchema { files, ..BaseSchema::default() }
    }

    /// Migrations that cannot be read, and why.
    pub fn unreadable(problem: String) -> Self {
        BaseSchema { unreadable: Some(problem), ..BaseSchema::default() }
    }

    /// Whether it is made of the same files.
    pub fn is_same(&self, other: &BaseSchema) -> bool {
        self.files == other.files && self.unreadable == other.unreadable
    }

    /// Why nobody knows what they make.
    pub(crate) fn problem(&self) -> Option<String> {
        let first = |problems: &FileProblems| problems.0.first().map(ToString::to_string).unwrap_or_default();
        self.unreadable.clone().or_else(|| self.replayed().as_ref().err().map(first))
    }

    /// Whether there is a migration.
    pub(crate) fn has_migrations(&self) -> bool {
        !self.files.is_empty()
    }

    /// What they make; `None` where one of them can't be understood.
    pub(crate) fn schema(&self) -> Option<&Schema> {
        self.replayed().as_ref().ok().filter(|_| self.unreadable.is_none())
    }

    /// What they make, or what is wrong with them.
    fn replayed(&self) -> &Result<Schema, FileProblems> {
        let replay = || Ok(Migrations::read(&self.files)?.replay()?);
        self.replayed.get_or_init(replay)
    }
}
