//! Handshake, end, errors, cancellation.

use orm_lsp::Ending;
use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, capabilities, position};

#[tokio::test]
async fn utf8_positions_are_used_where_the_client_offers_them() {
    assert_eq!(Client::plain().await.initialized["capabilities"]["positionEncoding"], "utf-16");
    let client = Client::start(json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } }), &[]).await;
    assert_eq!(client.initialized["capabilities"]["positionEncoding"], "utf-8");
}

#[tokio::test]
async fn the_server_names_itself_and_what_it_can_do() {
    let client = Client::plain().await;
    assert_eq!(client.initialized["serverInfo"]["name"], "orm");
    let offered = &client.initialized["capabilities"];
    assert_eq!(offered["textDocumentSync"], json!({ "openClose": true, "change": 2 }));
    for provider in [
        "hoverProvider",
        "definitionProvider",
        "documentSymbolProvider",
        "documentFormattingProvider",
        "documentRangeFormattingProvider",
    ] {
        assert_eq!(offered[provider], true, "{provider}");
    }
}

#[tokio::test]
async fn a_client_that_can_is_asked_to_watch_files() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, "").await;
    client.diagnostics(UNTITLED, None).await;
    let request = client.server_request("client/registerCapability").await;
    assert_eq!(client.server_requests, [] as [Value; 0], "and for nothing else");
    let registered = &request["params"]["registrations"][0]["registerOptions"]["watchers"];
    let files = ["**/*.orm", "**/orm.toml", "**/*.sql", "**/.gitignore"].map(|it| json!({ "globPattern": it }));
    assert_eq!(registered.as_array().unwrap()[..4], files);
    // Folders that are deleted.
    assert_eq!(registered[4], json!({ "globPattern": "**", "kind": 4 }));

    let mut client = Client::start(json!({}), &[]).await;
    client.open(UNTITLED, "").await;
    client.diagnostics(UNTITLED, None).await;
    assert_eq!(client.server_requests, [] as [Value; 0]);
}

#[tokio::test]
async fn exit_ends_the_server_while_the_pipe_is_open() {
    let mut client = Client::plain().await;
    let answer = client.request("shutdown", Value::Null).await;
    assert_eq!((&answer["result"], answer.get("error")), (&Value::Null, None));
    client.notify("exit", Value::Null).await;
    assert_eq!(client.ending().await, Ending::Orderly);
}

#[tokio::test]
async fn shutdown_and_exit_may_come_at_once() {
    for _ in 0..20 {
        let mut client = Client::plain().await;
        client.open(UNTITLED, "table users {\n}\n").await;
        let hover = json!({ "textDocument": { "uri": UNTITLED }, "position": position(0, 7) });
        client.ask("textDocument/hover", hover).await;
        let shutdown = client.ask("shutdown", Value::Null).await;
        client.notify("exit", Value::Null).await;
        let answer = client.answer(shutdown).await;
        assert_eq!((&answer["result"], answer.get("error")), (&Value::Null, None));
        assert_eq!(client.ending().await, Ending::Orderly);
    }
}

#[tokio::test]
async fn exit_without_shutdown_is_no_orderly_end() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, "table users {\n}\n").await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.ending().await, Ending::Abrupt);
}

#[tokio::test]
async fn a_client_that_leaves_ends_the_server() {
    assert_eq!(Client::plain().await.leave().await, Ending::Abrupt);
}

#[tokio::test]
async fn what_the_server_does_not_know_costs_nothing_else() {
    let mut client = Client::plain().await;
    let answer = client.request("textDocument/teleport", json!({})).await;
    assert_eq!(answer["error"]["code"], -32601);
    client.notify("$/unknown", json!({})).await;
    client.notify("textDocument/unknown", json!({})).await;
    let answer = client.request("textDocument/hover", json!({ "wrong": true })).await;
    assert_eq!(answer["error"]["code"], -32602);
    assert_eq!(client.at("textDocument/hover", "untitled:never-opened", 0, 0).await, Value::Null);
    client.change("untitled:never-opened", 2, Value::Null, "text").await;
    client.close("untitled:never-opened").await;
    client.open(UNTITLED, "table users {\n}\n").await;
    assert_eq!(client.diagnostics(UNTITLED, Some(1)).await.len(), 1);
}

#[tokio::test]
async fn a_cancelled_request_is_answered_so() {
    let mut client = Client::start(capabilities(), &[]).await;
    // The worker reads this for a while, and the hover waits behind it.
    let text: String = (0..20_000).map(|it| format!("table t{it} {{\n  id  uuid  @primary_key\n}}\n\n")).collect();
    client.open(UNTITLED, &text).await;
    let params = json!({ "textDocument": { "uri": UNTITLED }, "position": { "line": 0, "character": 7 } });
    let hover = client.ask("textDocument/hover", params).await;
    client.notify("$/cancelRequest", json!({ "id": hover })).await;
    assert_eq!(client.answer(hover).await["error"]["code"], -32800);
    assert!(client.at("textDocument/hover", UNTITLED, 0, 7).await.is_object());
}
