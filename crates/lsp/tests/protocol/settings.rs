//! What a user may set, at the start and later.

use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, capabilities, range, uri};

const USERS: &str = "table users {\n  id  uuid  @primary_key\n}\n";

fn without_types() -> Value {
    json!({ "inlayHints": { "physicalTypes": false } })
}

/// How many hints the document has.
async fn hints(client: &mut Client) -> usize {
    let params = json!({ "textDocument": { "uri": UNTITLED }, "range": range((0, 0), (9, 0)) });
    client.request("textDocument/inlayHint", params).await["result"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn options_hold_from_the_start() {
    let mut client = Client::start_with(capabilities(), &[], without_types()).await;
    client.open(UNTITLED, USERS).await;
    assert_eq!(hints(&mut client).await, 0);
}

#[tokio::test]
async fn settings_are_asked_for_and_may_change() {
    let mut capabilities = capabilities();
    capabilities["workspace"]["configuration"] = json!(true);
    capabilities["workspace"]["didChangeConfiguration"] = json!({ "dynamicRegistration": true });
    capabilities["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    let mut client = Client::start(capabilities, &[]).await;
    client.open(UNTITLED, USERS).await;
    let asked = client.server_request("workspace/configuration").await;
    assert_eq!(asked["params"], json!({ "items": [{ "section": "orm" }] }));
    assert_ne!(hints(&mut client).await, 0);
    // One request for files, one for settings, in any order.
    let mut registered = Vec::new();
    for _ in 0..2 {
        let request = client.server_request("client/registerCapability").await;
        registered.push(request["params"]["registrations"][0]["method"].clone());
    }
    assert!(registered.contains(&json!("workspace/didChangeConfiguration")), "{registered:?}");

    client.settings = without_types();
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    client.server_request("workspace/inlayHint/refresh").await;
    assert_eq!(hints(&mut client).await, 0);

    // What is not set any more is as it was at the start.
    client.settings = Value::Null;
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    client.server_request("workspace/inlayHint/refresh").await;
    assert_ne!(hints(&mut client).await, 0);
}

#[tokio::test]
async fn a_client_without_requests_for_settings_sends_them() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, USERS).await;
    assert_ne!(hints(&mut client).await, 0);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "orm": without_types() } })).await;
    assert_eq!(hints(&mut client).await, 0);
}

#[tokio::test]
async fn other_databases_and_other_lenses_are_shown_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("orm.toml");
    std::fs::write(&settings, "").unwrap();
    let mut capabilities = capabilities();
    capabilities["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    capabilities["workspace"]["codeLens"] = json!({ "refreshSupport": true });
    let mut client = Client::start(capabilities, &[folder.path()]).await;
    client.open(&uri(&settings), "[targets]\nspanner = true\n").await;
    client.server_request("workspace/inlayHint/refresh").await;
    client.server_request("workspace/codeLens/refresh").await;
    let without_references = json!({ "lenses": { "references": false } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "orm": without_references } })).await;
    client.server_request("workspace/codeLens/refresh").await;
    let migration = folder.path().join("orm-migrations/1_first.sql");
    client.file_changed(&migration, 1).await;
    client.server_request("workspace/codeLens/refresh").await;
}
