//! Files and folders that the user may not read.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::Command,
};

use orm_testkit::language_client::{Arrival, LanguageClient, capabilities, uri};
use serde_json::json;

use super::lsp;
use crate::cli::program;

/// Who may read nothing that is not everybody's, as every system numbers it.
const NOBODY: u32 = 65_534;

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// A server of a user who may not read everything. `folder`: one that everybody may read.
fn server(folder: &Path, may_read_all: bool) -> LanguageClient {
    if !may_read_all {
        return LanguageClient::start(&mut lsp()).unwrap();
    }
    let as_nobody = |program: &Path| {
        let mut command = Command::new(program);
        command.arg("lsp").uid(NOBODY).gid(NOBODY).current_dir(folder);
        LanguageClient::start(&mut command)
    };
    match as_nobody(&program()) {
        // The program lies in somebody's home.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let copy = folder.join("orm");
            fs::copy(program(), &copy).unwrap();
            as_nobody(&copy).unwrap()
        }
        started => started.unwrap(),
    }
}

#[test]
fn what_the_user_may_not_read_says_so_until_they_may() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, users, inner) =
        (folder.path().join("orm.toml"), folder.path().join("users.orm"), folder.path().join("inner"));
    permit(folder.path(), 0o755);
    fs::write(&settings, "").unwrap();
    fs::write(&users, "table users {\n  id  uuid  @primary_key\n}\n").unwrap();
    fs::create_dir(&inner).unwrap();
    permit(&users, 0);
    let mut client = server(folder.path(), fs::read(&users).is_ok());
    client.initialize(folder.path(), capabilities()).unwrap();
    // An editor tells of whatever somebody changes.
    let tell = |client: &mut LanguageClient| {
        let changes = json!([{ "uri": uri(&users), "type": 1 }]);
        client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).unwrap();
    };
    wait_for(&mut client, &users, "the file cannot be read");
    permit(&users, 0o644);
    tell(&mut client);
    wait_for(&mut client, &users, "");
    permit(&inner, 0);
    tell(&mut client);
    wait_for(&mut client, &settings, "can't be searched for schema files");
    permit(&inner, 0o755);
    tell(&mut client);
    wait_for(&mut client, &settings, "");
}

/// Waits until what is told of a file begins with something that says so, or is nothing.
fn wait_for(client: &mut LanguageClient, path: &Path, text: &str) {
    let is_told = |it: &Arrival| {
        it.diagnostics(&uri(path), None).is_some_and(|found| match found.as_slice() {
            [] => text.is_empty(),
            [found, ..] => !text.is_empty() && found["message"].as_str().is_some_and(|it| it.contains(text)),
        })
    };
    client.wait_for(is_told).unwrap_or_else(|error| panic!("{}: `{text}`: {error}", path.display()));
}
