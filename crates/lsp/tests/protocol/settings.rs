//! What a user may set, at the start and later.

use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, capabilities, range};

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
    let registered: Vec<_> =
        client.server_requests.iter().map(|it| &it["params"]["registrations"][0]["method"]).collect();
    assert!(registered.contains(&&json!("workspace/didChangeConfiguration")), "{registered:?}");

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
