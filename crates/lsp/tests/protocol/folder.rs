//! Projects on disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::client::{Client, capabilities};

pub(crate) const USERS: &str = "table users {\n  id  uuid  @primary_key\n}\n";
pub(crate) const POSTS: &str = "table posts {\n  id  uuid  @primary_key  @references(users.id)\n}\n";
pub(crate) const NOTHING: [Value; 0] = [];

/// A folder with these files.
pub(crate) fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// Writes a file and the folders above it.
pub(crate) fn write(folder: &Path, path: &str, text: &str) -> PathBuf {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

/// A client that has the folder open.
pub(crate) async fn client_in(folder: &TempDir) -> Client {
    Client::start(capabilities(), &[folder.path()]).await
}
