//! Edits of several files, as the client takes them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    client::{Client, capabilities, position, range, uri},
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
