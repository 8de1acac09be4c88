//! The schema that the migrations make: what the databases have, as far as the project knows.

use std::sync::OnceLock;

use orm_engine::migrate::Migrations;
pub use orm_engine::migrate::SourceFile as MigrationFile;
use orm_model::Schema;

/// The migrations of a project. They are replayed when somebody first asks what they make.
#[derive(Debug, Default)]
pub struct BaseSchema {
    files: Vec<MigrationFile>,
    replayed: OnceLock<Option<Schema>>,
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

    /// What they make; `None` where one of them can't be understood.
    pub(crate) fn schema(&self) -> Option<&Schema> {
        let replay = || Migrations::read(&self.files).ok()?.replay().ok();
        self.replayed.get_or_init(replay).as_ref()
    }
}
