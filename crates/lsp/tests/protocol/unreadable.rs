//! Files that nobody can read, and projects that nobody has open any more.

use std::{fs, path::Path};

use serde_json::json;

use crate::{
    client::{Client, capabilities, uri},
    folder::{NOTHING, POSTS, USERS, client_in, project, write},
};

/// No text in any encoding.
const NO_TEXT: &[u8] = b"table users {\n  \xff\xff\n}\n";

const NOT_UTF8: &str = "the file is not UTF-8 text: line 2 holds the byte 0xFF, which can't stand there";

#[tokio::test]
async fn a_file_that_becomes_unreadable_says_so_in_the_place_of_what_was_wrong_in_it() {
    let folder = project(&[("orm.toml", ""), ("posts.orm", POSTS)]);
    let mut client = client_in(&folder).await;
    let path = folder.path().join("posts.orm");
    assert_eq!(client.messages(&uri(&path), None).await, ["there is no table `users`"]);
    fs::write(&path, NO_TEXT).unwrap();
    client.file_changed(&path, 2).await;
    let mut found = client.messages(&uri(&path), None).await;
    // What was wrong in it may be taken back first, if the client reads fast.
    if found.is_empty() {
        found = client.messages(&uri(&path), None).await;
    }
    assert_eq!(found, [NOT_UTF8]);
    // And nothing takes that back, until it can be read again.
    client.request("workspace/symbol", json!({ "query": "posts" })).await;
    assert!(!client.has_notification("textDocument/publishDiagnostics"));
    fs::write(&path, "").unwrap();
    client.file_changed(&path, 2).await;
    assert_eq!(client.diagnostics(&uri(&path), None).await, NOTHING);
}

#[tokio::test]
async fn a_document_that_is_closed_may_not_be_readable_on_disk() {
    let folder = project(&[("orm.toml", ""), ("users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = client_in(&folder).await;
    let (users, posts) = (folder.path().join("users.orm"), uri(&folder.path().join("posts.orm")));
    client.open(&uri(&users), USERS).await;
    assert_eq!(client.diagnostics(&uri(&users), Some(1)).await, NOTHING);
    fs::write(&users, NO_TEXT).unwrap();
    client.close(&uri(&users)).await;
    assert_eq!(client.messages(&uri(&users), None).await, [NOT_UTF8]);
    assert_eq!(client.messages(&posts, None).await, ["there is no table `users`"]);
}

/// Nothing of that is a file: nobody waits for what a pipe may say, or goes in circles.
#[cfg(unix)]
#[tokio::test]
async fn pipes_broken_links_and_circles_are_no_schema_files() {
    use std::os::unix::fs::symlink;

    let folder = project(&[("orm.toml", ""), ("users.orm", USERS), ("folder.orm/posts.orm", POSTS)]);
    let at = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(at("pipe.orm")).status().unwrap();
    assert!(made.success());
    symlink(at("nowhere"), at("dangling.orm")).unwrap();
    symlink(at("b.orm"), at("a.orm")).unwrap();
    symlink(at("a.orm"), at("b.orm")).unwrap();
    symlink(folder.path(), at("circle")).unwrap();
    symlink("/dev/zero", at("device.orm")).unwrap();
    let mut client = client_in(&folder).await;
    let users = uri(&at("users.orm"));
    client.open(&users, USERS).await;
    assert_eq!(client.diagnostics(&users, Some(1)).await, NOTHING);
    let found = client.request("workspace/symbol", json!({ "query": "id" })).await;
    assert_eq!(found["result"].as_array().unwrap().len(), 2, "{found}");
    // A watcher tells of them like of others.
    for name in ["pipe.orm", "dangling.orm", "a.orm", "device.orm", "circle"] {
        for kind in [1, 2, 3] {
            client.file_changed(&at(name), kind).await;
        }
    }
    // What was a file becomes a pipe while it is open.
    client.close(&users).await;
    fs::remove_file(at("users.orm")).unwrap();
    fs::rename(at("pipe.orm"), at("users.orm")).unwrap();
    client.file_changed(&at("users.orm"), 2).await;
    assert_eq!(client.messages(&users, None).await, ["the file is not a regular file"]);
}

/// Whoever may read everything can't try that.
#[cfg(unix)]
#[tokio::test]
async fn what_nobody_may_read_says_so_until_somebody_may() {
    use std::os::unix::fs::PermissionsExt;

    let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let folder = project(&[("orm.toml", ""), ("users.orm", USERS), ("inner/posts.orm", POSTS)]);
    let (settings, users) = (folder.path().join("orm.toml"), folder.path().join("users.orm"));
    permit(&users, 0);
    if fs::read(&users).is_ok() {
        permit(&users, 0o644);
        return;
    }
    let inner = folder.path().join("inner");
    let mut client = client_in(&folder).await;
    let found = client.messages(&uri(&users), None).await;
    assert!(found[0].starts_with("the file cannot be read"), "{found:?}");
    permit(&users, 0o644);
    permit(&inner, 0);
    client.file_changed(&users, 1).await;
    let found = client.messages(&uri(&settings), None).await;
    assert!(found[0].contains("can't be searched for schema files"), "{found:?}");
    permit(&inner, 0o755);
    client.file_changed(&users, 1).await;
    assert_eq!(client.diagnostics(&uri(&settings), None).await, NOTHING);
}

#[tokio::test]
async fn a_folder_that_is_closed_takes_its_diagnostics_with_it() {
    let (folder, other) = (project(&[("orm.toml", ""), ("posts.orm", POSTS)]), project(&[("orm.toml", "")]));
    let mut client = Client::start(capabilities(), &[folder.path(), other.path()]).await;
    let posts = uri(&folder.path().join("posts.orm"));
    assert_eq!(client.messages(&posts, None).await.len(), 1);
    let removed = json!([{ "uri": uri(folder.path()), "name": "folder" }]);
    let event = json!({ "event": { "added": [], "removed": removed } });
    client.notify("workspace/didChangeWorkspaceFolders", event).await;
    assert_eq!(client.diagnostics(&posts, None).await, NOTHING);
    let found = client.request("workspace/symbol", json!({ "query": "posts" })).await;
    assert_eq!(found["result"], json!([]));
}

#[tokio::test]
async fn a_project_outside_of_all_folders_goes_with_its_last_document() {
    let folder = project(&[("orm.toml", ""), ("posts.orm", POSTS)]);
    write(folder.path(), "other.orm", "");
    let mut client = Client::plain().await;
    let (posts, other) = (uri(&folder.path().join("posts.orm")), uri(&folder.path().join("other.orm")));
    client.open(&other, "").await;
    assert_eq!(client.messages(&posts, None).await.len(), 1);
    client.close(&other).await;
    assert_eq!(client.diagnostics(&posts, None).await, NOTHING);
    // And it comes back with the next one.
    client.open(&other, USERS).await;
    assert_eq!(client.diagnostics(&other, Some(1)).await, NOTHING);
    let found = client.request("workspace/symbol", json!({ "query": "posts" })).await;
    assert_eq!(found["result"].as_array().unwrap().len(), 1, "{found}");
}
