//! The schema that the migrations make: what the databases have, as far as the project knows.

use std::sync::OnceLock;

pub use orm_engine::migrate::SourceFile as MigrationFile;
use orm_engine::migrate::{FileProblems, Migrations};
use orm_model::Schema;

/// The migrations of a project. They are replayed when somebody first asks what they make.
#[derive(Debug, Default)]
pub struct BaseSchema {
    files: Vec<MigrationFile>,
    replayed: OnceLock<Result<Schema, FileProblems>>,
}

impl BaseSchema {
    /// The migrations in these files, in any order.
    pub fn new(files: Vec<MigrationFile>) -> Self {
        BaseSchema { files, replayed: OnceLock::new() }
    }

    /// Whether it is made of these files.
    pub fn is_of(&self, files: &[MigrationFile]) -> bool {
        self.files == files
    }

    /// Whether there is a migration.
    pub(crate) fn has_migrations(&self) -> bool {
        !self.files.is_empty()
    }

    /// What they make; `None` where one of them can't be understood.
    pub(crate) fn schema(&self) -> Option<&Schema> {
        self.replayed().as_ref().ok()
    }

    /// What they make, or what is wrong with them.
    pub(crate) fn replayed(&self) -> &Result<Schema, FileProblems> {
        let replay = || Ok(Migrations::read(&self.files)?.replay()?);
        self.replayed.get_or_init(replay)
    }
}
