//! Folders, closed files, settings, and what changes on disk.

use std::fs;

use serde_json::Value;

use crate::{
    client::{Client, capabilities, range, uri},
    folder::{NOTHING, POSTS, USERS, client_in, project, write},
};

/// A folder with these files.
#[tokio::test]
async fn closed_files_belong_to_the_schema() {
    let folder = project(&[("users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = client_in(&folder).await;
    let posts = uri(&folder.path().join("posts.orm"));
    client.open(&posts, POSTS).await;
    assert_eq!(client.diagnostics(&posts, Some(1)).await, NOTHING);
    let found = client.at("textDocument/definition", &posts, 1, 41).await;
    assert_eq!(found[0]["targetUri"], uri(&folder.path().join("users.orm")));
    assert_eq!(found[0]["targetSelectionRange"], range((0, 6), (0, 11)));
}

#[tokio::test]
async fn an_edit_changes_the_diagnostics_of_closed_files() {
    let folder = project(&[("users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = client_in(&folder).await;
    let (users, posts) = (uri(&folder.path().join("users.orm")), uri(&folder.path().join("posts.orm")));
    client.open(&users, USERS).await;
    client.change(&users, 2, range((0, 6), (0, 11)), "people").await;
    assert_eq!(client.messages(&posts, None).await.len(), 1);
    client.change(&users, 3, range((0, 6), (0, 12)), "users").await;
    assert_eq!(client.diagnostics(&posts, None).await, NOTHING);
}

#[tokio::test]
async fn a_project_with_settings_is_checked_before_a_file_is_open() {
    let folder = project(&[("orm.toml", "[schema]\nfiles = 'schema/*.orm'\n"), ("schema/posts.orm", POSTS)]);
    write(folder.path(), "users.orm", USERS);
    let mut client = client_in(&folder).await;
    let found = client.messages(&uri(&folder.path().join("schema/posts.orm")), None).await;
    assert_eq!(found.len(), 1, "{found:?}");
}

#[tokio::test]
async fn a_file_that_the_settings_leave_out_stands_alone() {
    let folder = project(&[("orm.toml", "[schema]\nfiles = 'schema/*.orm'\n"), ("schema/users.orm", USERS)]);
    let outside = uri(&write(folder.path(), "posts.orm", POSTS));
    let mut client = client_in(&folder).await;
    client.open(&outside, POSTS).await;
    assert_eq!(client.messages(&outside, Some(1)).await.len(), 1);
    let inside = uri(&folder.path().join("schema/new.orm"));
    client.open(&inside, POSTS).await;
    assert_eq!(client.diagnostics(&inside, Some(1)).await, NOTHING);
}

#[tokio::test]
async fn the_project_is_found_without_a_folder() {
    let folder = project(&[("orm.toml", ""), ("a/users.orm", USERS), ("b/posts.orm", POSTS)]);
    let mut client = Client::start(capabilities(), &[]).await;
    let posts = uri(&folder.path().join("b/posts.orm"));
    client.open(&posts, POSTS).await;
    assert_eq!(client.diagnostics(&posts, Some(1)).await, NOTHING);
}

#[tokio::test]
async fn what_changes_on_disk_is_read_again() {
    let folder = project(&[("users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = client_in(&folder).await;
    let posts = uri(&folder.path().join("posts.orm"));
    client.open(&posts, POSTS).await;
    assert_eq!(client.diagnostics(&posts, Some(1)).await, NOTHING);

    let users = write(folder.path(), "users.orm", "table people {\n  id  uuid\n}\n");
    client.file_changed(&users, 2).await;
    assert_eq!(client.messages(&posts, None).await.len(), 1);
    assert_eq!(client.messages(&uri(&users), None).await.len(), 1);

    fs::remove_file(&users).unwrap();
    client.file_changed(&users, 3).await;
    assert_eq!(client.diagnostics(&uri(&users), None).await, NOTHING);

    let users = write(folder.path(), "other.orm", USERS);
    client.file_changed(&users, 1).await;
    assert_eq!(client.diagnostics(&posts, None).await, NOTHING);
}

#[tokio::test]
async fn a_closed_document_is_what_is_on_disk() {
    let folder = project(&[("users.orm", USERS)]);
    let mut client = client_in(&folder).await;
    let users = uri(&folder.path().join("users.orm"));
    client.open(&users, "table users {\n  id  uid\n}\n").await;
    assert_ne!(client.diagnostics(&users, Some(1)).await, NOTHING);
    client.close(&users).await;
    assert_eq!(client.diagnostics(&users, None).await, NOTHING);
}

#[tokio::test]
async fn settings_hold_and_may_change() {
    let nullable_key = "table users {\n  id  uuid?  @primary_key\n  name  text  @unknwon\n}\n";
    let folder = project(&[("orm.toml", "[lint]\nunknown-attribute = 'off'\n"), ("users.orm", nullable_key)]);
    let mut client = client_in(&folder).await;
    let users = uri(&folder.path().join("users.orm"));
    client.open(&users, nullable_key).await;
    let before = client.messages(&users, Some(1)).await;
    assert!(!before.iter().any(|it| it.contains("unknwon")), "{before:?}");

    let settings = write(folder.path(), "orm.toml", "[lint]\nunknown-attribute = 'warning'\n");
    client.file_changed(&settings, 2).await;
    let found = client.diagnostics(&users, None).await;
    let unknown = found.iter().find(|it| it["message"].as_str().is_some_and(|it| it.contains("unknwon")));
    assert_eq!(unknown.map(|it| &it["severity"]), Some(&Value::from(2)), "{found:?}");
}

#[tokio::test]
async fn settings_that_cannot_be_understood_are_shown_where_they_stand() {
    let folder = project(&[("orm.toml", "[lint]\nunknown-type = 'of'\n"), ("users.orm", USERS)]);
    let mut client = client_in(&folder).await;
    let settings = folder.path().join("orm.toml");
    let found = client.diagnostics(&uri(&settings), None).await;
    assert_eq!(found[0]["range"]["start"]["line"], 1, "{found:?}");
    assert!(found[0]["message"].as_str().is_some_and(|it| it.contains("did you mean `off`?")), "{found:?}");

    write(folder.path(), "orm.toml", "");
    client.file_changed(&settings, 2).await;
    assert_eq!(client.diagnostics(&uri(&settings), None).await, NOTHING);
}

#[tokio::test]
async fn a_file_that_is_no_text_is_reported() {
    let folder = project(&[("orm.toml", "")]);
    let path = folder.path().join("latin1.orm");
    fs::write(&path, b"table \xE4 {}").unwrap();
    let mut client = client_in(&folder).await;
    let found = client.messages(&uri(&path), None).await;
    assert!(found[0].contains("is not UTF-8 text"), "{found:?}");
}
