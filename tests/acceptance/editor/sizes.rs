//! Texts that nobody writes by hand.

use orm_testkit::language_client::LanguageClient;
use serde_json::json;

use super::{assert_serves, server};

/// Opens a text, edits it, and asks what editors ask of a document that they show.
fn assert_answered(client: &mut LanguageClient, uri: &str, text: &str) {
    client.open(uri, text).unwrap();
    client.wait_for_diagnostics(uri, 1).unwrap();
    let place = json!({ "line": 1, "character": 3 });
    let range = json!({ "start": place, "end": place });
    client.change(uri, 2, json!([{ "range": range, "text": "x" }])).unwrap();
    client.wait_for_diagnostics(uri, 2).unwrap();
    let document = json!({ "uri": uri });
    for (method, further) in [
        ("textDocument/hover", json!({ "position": place })),
        ("textDocument/completion", json!({ "position": place })),
        ("textDocument/semanticTokens/range", json!({ "range": range })),
        ("textDocument/foldingRange", json!({})),
        ("textDocument/selectionRange", json!({ "positions": [place] })),
        ("textDocument/documentSymbol", json!({})),
        ("textDocument/codeAction", json!({ "range": range, "context": { "diagnostics": [] } })),
        ("textDocument/formatting", json!({ "options": { "tabSize": 2, "insertSpaces": true } })),
    ] {
        let mut params = further;
        params["textDocument"] = document.clone();
        let answer = client.request(method, params).unwrap().message;
        assert!(answer.get("error").is_none(), "{method} of {uri}: {answer}");
    }
    client.notify("textDocument/didClose", json!({ "textDocument": document })).unwrap();
}

#[test]
fn a_line_of_a_megabyte() {
    let mut client = server();
    let comment = format!("table users {{\n  id  uuid  @primary_key // {}\n}}\n", "ä".repeat(500_000));
    assert_answered(&mut client, "untitled:comment", &comment);
    let string = format!("table users {{\n  id  text = \"{}\"\n}}\n", "ä".repeat(500_000));
    assert_answered(&mut client, "untitled:string", &string);
    let name = format!("table {} {{\n  id  uuid\n}}\n", "a".repeat(1_000_000));
    assert_answered(&mut client, "untitled:name", &name);
    assert_serves(&mut client);
    assert!(client.shut_down().unwrap().success());
}

#[test]
fn a_file_of_ten_megabytes() {
    let mut client = server();
    assert_answered(&mut client, "untitled:huge", &"// nothing but a comment, and many of it\n".repeat(250_000));
    assert_serves(&mut client);
    assert!(client.shut_down().unwrap().success());
}

#[test]
fn brackets_that_nobody_closes() {
    let mut client = server();
    assert_answered(&mut client, "untitled:mixed", &"( \" { ".repeat(20_000));
    let nested = "(".repeat(20_000);
    assert_answered(&mut client, "untitled:nested", &format!("table users {{\n  id  int  @check({nested}"));
    let closed = format!("{nested}id > 0{}", ")".repeat(20_000));
    assert_answered(&mut client, "untitled:closed", &format!("table users {{\n  id  int  @check({closed})\n}}\n"));
    assert_serves(&mut client);
    assert!(client.shut_down().unwrap().success());
}
