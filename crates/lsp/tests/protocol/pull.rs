//! Diagnostics for a client that asks for them.

use std::{fs, path::Path};

use orm_lsp::Ending;
use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, capabilities, range, uri};

const USERS: &str = "table users {\n  id  uuid  @primary_key\n}\n";
const POSTS: &str = "table posts {\n  id  uuid  @primary_key  @references(users.id)\n}\n";

/// A client that asks, and can be told to ask again.
fn pulling() -> Value {
    let mut capabilities = capabilities();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    capabilities
}

async fn document(client: &mut Client, uri: &str, previous: Option<&str>) -> Value {
    let params = json!({ "textDocument": { "uri": uri }, "identifier": "orm", "previousResultId": previous });
    client.request("textDocument/diagnostic", params).await["result"].take()
}

/// Asks for the workspace, and leaves the request open.
async fn workspace(client: &mut Client, previous: Value) -> i64 {
    let params = json!({ "identifier": "orm", "previousResultIds": previous, "partialResultToken": "part" });
    client.ask("workspace/diagnostic", params).await
}

/// The next part of the answer: URIs, and how much is wrong there.
async fn part(client: &mut Client) -> Vec<(String, usize)> {
    let mut found = client.notification("$/progress").await;
    assert_eq!(found["token"], "part");
    counts(&mut found["value"])
}

fn counts(report: &mut Value) -> Vec<(String, usize)> {
    let items = report["items"].as_array().unwrap().iter();
    items.map(|it| (it["uri"].as_str().unwrap().to_owned(), it["items"].as_array().map_or(0, Vec::len))).collect()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    files.iter().for_each(|(path, text)| fs::write(folder.join(path), text).unwrap());
}

#[tokio::test]
async fn a_document_is_asked_for_and_nothing_is_sent() {
    let mut client = Client::start(pulling(), &[]).await;
    let provider = json!({ "identifier": "orm", "interFileDependencies": true, "workspaceDiagnostics": true });
    assert_eq!(client.initialized["capabilities"]["diagnosticProvider"], provider);
    client.open(UNTITLED, "table users {\n  id  uid  @primary_key\n}\n").await;
    let first = document(&mut client, UNTITLED, None).await;
    assert_eq!((&first["kind"], &first["items"][0]["range"]), (&json!("full"), &range((1, 6), (1, 9))));

    let id = first["resultId"].as_str();
    let second = document(&mut client, UNTITLED, id).await;
    assert_eq!(second, json!({ "kind": "unchanged", "resultId": id }));

    client.change(UNTITLED, 2, range((1, 7), (1, 7)), "u").await;
    let third = document(&mut client, UNTITLED, id).await;
    assert_eq!((&third["kind"], &third["items"]), (&json!("full"), &json!([])));
    assert_ne!(third["resultId"].as_str(), id);
    assert!(!client.has_notification("textDocument/publishDiagnostics"));
}

#[tokio::test]
async fn a_client_that_cannot_be_told_to_ask_again_gets_diagnostics_sent() {
    let mut capabilities = pulling();
    capabilities["workspace"]["diagnostics"].take();
    let mut client = Client::start(capabilities, &[]).await;
    assert_eq!(client.initialized["capabilities"]["diagnosticProvider"], Value::Null);
    client.open(UNTITLED, "table users {\n  id  uid  @primary_key\n}\n").await;
    assert_eq!(client.diagnostics(UNTITLED, Some(1)).await.len(), 1);
}

#[tokio::test]
async fn closed_files_are_told_in_parts_as_they_change() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("orm.toml", ""), ("users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = Client::start(pulling(), &[folder.path()]).await;
    let (users, posts) = (uri(&folder.path().join("users.orm")), uri(&folder.path().join("posts.orm")));
    let request = workspace(&mut client, json!([])).await;

    client.open(&users, USERS).await;
    client.change(&users, 2, range((0, 6), (0, 11)), "people").await;
    assert_eq!(part(&mut client).await, [(posts.clone(), 1)]);
    client.change(&users, 3, range((0, 6), (0, 12)), "users").await;
    assert_eq!(part(&mut client).await, [(posts, 0)]);

    client.request("shutdown", Value::Null).await;
    assert_eq!(client.answer(request).await["result"], json!({ "items": [] }));
}

#[tokio::test]
async fn other_open_documents_are_to_be_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("orm.toml", ""), ("users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = Client::start(pulling(), &[folder.path()]).await;
    let (users, posts) = (uri(&folder.path().join("users.orm")), uri(&folder.path().join("posts.orm")));
    client.open(&users, USERS).await;
    client.open(&posts, POSTS).await;
    assert_eq!(document(&mut client, &posts, None).await["items"], json!([]));
    client.change(&users, 2, range((0, 6), (0, 11)), "people").await;
    client.server_request("workspace/diagnostic/refresh").await;
    assert_eq!(document(&mut client, &posts, None).await["items"].as_array().unwrap().len(), 1);

    // Settings, too.
    write(folder.path(), &[("orm.toml", "[lint]\nunknown-table = 'of'\n")]);
    client.file_changed(&folder.path().join("orm.toml"), 2).await;
    client.server_request("workspace/diagnostic/refresh").await;
}

#[tokio::test]
async fn a_client_without_a_token_gets_the_workspace_at_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("orm.toml", ""), ("posts.orm", POSTS)]);
    let posts = uri(&folder.path().join("posts.orm"));
    let mut client = Client::start(pulling(), &[folder.path()]).await;
    let mut first = client.request("workspace/diagnostic", json!({ "previousResultIds": [] })).await;
    let id = first["result"]["items"][0]["resultId"].take();
    assert_eq!(counts(&mut first["result"]), [(posts.clone(), 1)]);

    let gone = uri(&folder.path().join("gone.orm"));
    let previous = json!([{ "uri": posts, "value": id }, { "uri": gone, "value": "old" }]);
    let second = client.request("workspace/diagnostic", json!({ "previousResultIds": previous })).await;
    let items = &second["result"]["items"];
    assert_eq!(items[0], json!({ "kind": "unchanged", "uri": posts, "version": null, "resultId": id }));
    assert_eq!((&items[1]["uri"], &items[1]["items"]), (&json!(gone), &json!([])));
}

#[tokio::test]
async fn a_closed_file_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("orm.toml", ""), ("posts.orm", POSTS)]);
    let mut client = Client::start(pulling(), &[folder.path()]).await;
    let report = document(&mut client, &uri(&folder.path().join("posts.orm")), None).await;
    assert_eq!(report["items"].as_array().unwrap().len(), 1, "{report}");
}

#[tokio::test]
async fn an_open_request_keeps_no_server_alive() {
    let mut client = Client::start(pulling(), &[]).await;
    workspace(&mut client, json!([])).await;
    assert_eq!(client.leave().await, Ending::Abrupt);
}

/// An edit overtakes the diagnostics of the document: the client is told to ask again, and does.
#[tokio::test]
async fn a_question_that_an_edit_overtakes_is_to_be_asked_again() {
    let mut client = Client::start(pulling(), &[]).await;
    let text: String = (0..5_000).map(|it| format!("table t{it} {{\n  id  uid  @primary_key\n}}\n\n")).collect();
    client.open(UNTITLED, &text).await;
    let params = json!({ "textDocument": { "uri": UNTITLED }, "identifier": "orm" });
    let overtaken = client.ask("textDocument/diagnostic", params).await;
    client.change(UNTITLED, 2, Value::Null, "table users {\n  id  uid  @primary_key\n}\n").await;
    let answer = client.answer(overtaken).await;
    assert_eq!(answer["error"]["code"], -32802, "{answer}");
    assert_eq!(answer["error"]["data"], json!({ "retriggerRequest": true }));
    let again = document(&mut client, UNTITLED, None).await;
    assert_eq!(again["items"].as_array().unwrap().len(), 1, "{again}");
}
