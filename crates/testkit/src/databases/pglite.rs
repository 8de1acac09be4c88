//! An embedded database in a temporary directory.

use orm_driver::{ConnectOptions, DatabaseUrl};

use super::{StartError, TestDatabase};

/// A directory for a database; the first connection fills it.
pub(super) fn database() -> Result<TestDatabase, StartError> {
    let directory = tempfile::tempdir().map_err(|cause| StartError::Failed(cause.to_string()))?;
    let url = DatabaseUrl::pglite(directory.path().join("database"));
    Ok(TestDatabase { url, options: ConnectOptions::default(), _directory: Some(directory) })
}
