//! Diagnostics on every edit.

use serde_json::{Value, json};

use crate::client::{Client, UNTITLED, range};

const USERS: &str = "table users {\n  id  uid  @primary_key\n}\n";

#[tokio::test]
async fn an_edit_brings_and_takes_diagnostics() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, USERS).await;
    let found = client.diagnostics(UNTITLED, Some(1)).await;
    let [unknown] = found.as_slice() else { panic!("one finding: {found:?}") };
    assert_eq!(unknown["range"], range((1, 6), (1, 9)));
    assert_eq!((&unknown["severity"], &unknown["source"]), (&json!(1), &json!("orm")));
    assert!(unknown["code"].as_str().is_some_and(|code| code.starts_with("ORM")), "{unknown}");
    assert!(unknown["message"].as_str().is_some_and(|it| it.contains("`uid`") && it.contains("\nhelp: ")), "{unknown}");

    let link = unknown["codeDescription"]["href"].as_str().unwrap_or_default();
    assert!(link.ends_with("/docs/diagnostics/ORM010.md"), "{unknown}");

    client.change(UNTITLED, 2, range((1, 7), (1, 7)), "u").await;
    assert_eq!(client.diagnostics(UNTITLED, Some(2)).await, [] as [Value; 0]);
    client.change(UNTITLED, 3, Value::Null, USERS).await;
    assert_eq!(client.diagnostics(UNTITLED, Some(3)).await.len(), 1);
}

#[tokio::test]
async fn a_burst_of_edits_ends_in_the_right_state() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, "").await;
    let text = "table users {\n  id  uuid  @primary_key\n  name  text\n}\n";
    let (mut line, mut column) = (0, 0);
    for (index, character) in text.chars().enumerate() {
        let version = 2 + index as i32;
        client.change(UNTITLED, version, range((line, column), (line, column)), &character.to_string()).await;
        (line, column) = if character == '\n' { (line + 1, 0) } else { (line, column + 1) };
    }
    let last = 1 + text.chars().count() as i32;
    assert_eq!(client.messages(UNTITLED, Some(last)).await, [] as [String; 0]);
    let hover = client.at("textDocument/hover", UNTITLED, 0, 8).await;
    let shown = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(shown.contains("\"id\" UUID NOT NULL PRIMARY KEY,\n  \"name\" TEXT NOT NULL\n"), "{shown}");
}

#[tokio::test]
async fn positions_count_utf16_after_an_emoji() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, "table t {\n  id  uuid  @primary_key\n  a  text = \"😀ä\"  @unknwon\n}\n").await;
    let found = client.diagnostics(UNTITLED, Some(1)).await;
    assert_eq!(found[0]["range"], range((2, 20), (2, 27)), "{found:?}");
    client.change(UNTITLED, 2, range((2, 19), (2, 27)), "@db(\"b\")").await;
    assert_eq!(client.messages(UNTITLED, Some(2)).await, [] as [String; 0]);
}

#[tokio::test]
async fn positions_count_bytes_where_that_was_agreed() {
    let mut client = Client::start(json!({ "general": { "positionEncodings": ["utf-8"] } }), &[]).await;
    client.open(UNTITLED, "table t {\n  id  uuid  @primary_key\n  a  text = \"😀ä\"  @unknwon\n}\n").await;
    let found = client.diagnostics(UNTITLED, Some(1)).await;
    assert_eq!(found[0]["range"], range((2, 23), (2, 30)), "{found:?}");
}

#[tokio::test]
async fn a_document_that_belongs_to_no_project_stands_alone() {
    let mut client = Client::plain().await;
    client.open("untitled:a", "table users {\n  id  uuid  @primary_key\n}\n").await;
    client.open("untitled:b", "table posts {\n  id  uuid  @primary_key  @references(users.id)\n}\n").await;
    assert_eq!(client.diagnostics("untitled:a", Some(1)).await, [] as [Value; 0]);
    assert_eq!(client.diagnostics("untitled:b", Some(1)).await.len(), 1);
}

#[tokio::test]
async fn closing_a_document_without_a_file_clears_it() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, USERS).await;
    assert_eq!(client.diagnostics(UNTITLED, Some(1)).await.len(), 1);
    client.close(UNTITLED).await;
    assert_eq!(client.diagnostics(UNTITLED, None).await, [] as [Value; 0]);
}

#[tokio::test]
async fn an_edit_that_is_older_than_the_text_is_left_out() {
    let mut client = Client::plain().await;
    client.open(UNTITLED, USERS).await;
    client.change(UNTITLED, 5, range((1, 7), (1, 7)), "u").await;
    assert_eq!(client.diagnostics(UNTITLED, Some(5)).await, [] as [Value; 0]);
    client.change(UNTITLED, 4, range((1, 6), (1, 10)), "nonsense").await;
    client.change(UNTITLED, 6, range((0, 0), (0, 0)), "\n").await;
    assert_eq!(client.messages(UNTITLED, Some(6)).await, [] as [String; 0]);
}
