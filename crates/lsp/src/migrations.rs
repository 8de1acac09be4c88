//! The files of a project's migrations.

use std::path::Path;

use orm_engine::migrate::{FolderError, read_folder};
use orm_ide::BaseSchema;

/// The migrations in a folder; with what keeps them from being read, where something does.
pub(crate) fn read(folder: &Path) -> (BaseSchema, Option<FolderError>) {
    match read_folder(folder) {
        Ok(files) => (BaseSchema::new(files), None),
        Err(error) => (BaseSchema::unreadable(error.to_string()), Some(error)),
    }
}
