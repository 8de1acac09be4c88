//! Edits: of several files, as the client takes them, and many at once, as it sends them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    client::{Client, UNTITLED, capabilities, position, range, uri},
    folder::{POSTS, USERS, project},
};

const QUERY: &str = "query q {\n  from posts\n  select id, users { id }\n}\n";

fn three_files() -> TempDir {
    project(&[("a.orm", USERS), ("b.orm", POSTS), ("c.orm", QUERY)])
}

/// The answer to a rename of `users`, in a document of version 2.
async fn rename(capabilities: Value, folder: &TempDir) -> Value {
    let mut client = Client::start(capabilities, &[folder.path()]).await;
    let users = uri(&folder.path().join("a.orm"));
    client.open(&users, &USERS[1..]).await;
    client.change(&users, 2, range((0, 0), (0, 0)), "t").await;
    let params = json!({ "textDocument": { "uri": users }, "position": position(0, 8), "newName": "people" });
    client.request("textDocument/rename", params).await["result"].take()
}

#[tokio::test]
async fn edits_say_what_versions_they_are_for() {
    let folder = three_files();
    let mut capabilities = capabilities();
    capabilities["workspace"]["workspaceEdit"] = json!({ "documentChanges": true });
    let edit = rename(capabilities, &folder).await;
    assert_eq!((&edit["changes"], &edit["changeAnnotations"]), (&Value::Null, &Value::Null));
    let changes = edit["documentChanges"].as_array().unwrap();
    let documents: Vec<_> = changes.iter().map(|it| &it["textDocument"]).collect();
    let document = |path: &str, version: Value| json!({ "uri": uri(&folder.path().join(path)), "version": version });
    let closed = |path| document(path, Value::Null);
    assert_eq!(documents, [&document("a.orm", json!(2)), &closed("b.orm"), &closed("c.orm")]);
    assert_eq!(changes[0]["edits"], json!([{ "range": range((0, 6), (0, 11)), "newText": "people" }]));
}

#[tokio::test]
async fn the_edits_of_a_rename_say_why_they_are_made() {
    let folder = three_files();
    let mut capabilities = capabilities();
    capabilities["workspace"]["workspaceEdit"] = json!({ "documentChanges": true, "changeAnnotationSupport": {} });
    capabilities["textDocument"]["rename"]["honorsChangeAnnotations"] = json!(true);
    let edit = rename(capabilities, &folder).await;
    let reasons = edit["documentChanges"].as_array().unwrap().iter().map(|it| &it["edits"][0]["annotationId"]);
    assert_eq!(reasons.collect::<Vec<_>>(), ["name", "name", "relation"]);
    let annotations = edit["changeAnnotations"].as_object().unwrap();
    // A map of the protocol has no order.
    assert_eq!(annotations.keys().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(["name", "relation"]));
    // A client would leave out what needs to be confirmed, and the schema would be wrong.
    assert!(annotations.values().all(|it| it["needsConfirmation"] == false), "{annotations:?}");
}

#[tokio::test]
async fn a_client_that_knows_no_versions_gets_plain_edits() {
    let folder = three_files();
    let edit = rename(capabilities(), &folder).await;
    assert_eq!(edit["changes"].as_object().unwrap().len(), 3, "{edit}");
    assert_eq!(edit["documentChanges"], Value::Null);
}

/// Ten thousand cursors. A copy of the text for each would take minutes.
#[tokio::test]
async fn a_large_document_takes_many_edits_in_one_message() {
    let mut client = Client::start(capabilities(), &[]).await;
    let lines = 10_000;
    let text = format!("{}{USERS}", format!("// {}\n", "x".repeat(100)).repeat(lines));
    client.open(UNTITLED, &text).await;
    let edit = |line: usize| json!({ "range": range((line as u32, 3), (line as u32, 4)), "text": "ä" });
    let mut edits: Vec<_> = (0..lines).map(edit).collect();
    edits.push(json!({ "range": range((lines as u32, 6), (lines as u32, 11)), "text": "people" }));
    let document = json!({ "uri": UNTITLED, "version": 2 });
    client.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": edits })).await;
    let document = json!({ "textDocument": { "uri": UNTITLED } });
    let symbols = client.request("textDocument/documentSymbol", document).await["result"].take();
    assert_eq!(symbols[0]["name"], "people");
    // What was written between the two ends of the edits is there, too.
    let line = client.at("textDocument/hover", UNTITLED, lines as u32, 8).await;
    assert_eq!(line["range"], range((lines as u32, 6), (lines as u32, 12)));
}
