//! How the process ends: with 0 after `shutdown`, with 1 otherwise, as the protocol says.

use orm_testkit::language_client::LanguageClient;
use serde_json::{Value, json};

use super::{assert_serves, lsp, server};

#[test]
fn shutdown_and_exit_end_it_with_0() {
    assert_eq!(server().shut_down().unwrap().code(), Some(0));
}

#[test]
fn exit_without_shutdown_ends_it_with_1_while_the_input_is_open() {
    let mut client = server();
    client.notify("exit", Value::Null).unwrap();
    assert_eq!(client.wait().unwrap().code(), Some(1));
}

#[test]
fn exit_before_initialize_ends_it_with_1() {
    let mut client = LanguageClient::start(&mut lsp()).unwrap();
    client.notify("exit", Value::Null).unwrap();
    assert_eq!(client.wait().unwrap().code(), Some(1));
}

/// The client has said goodbye, and its end of the pipe is the last thing that it leaves.
#[test]
fn shutdown_without_exit_ends_it_with_0_when_the_input_closes() {
    let mut client = server();
    let answer = client.request("shutdown", Value::Null).unwrap().message;
    assert_eq!((answer.get("error"), &answer["result"]), (None, &Value::Null));
    let late = client.request("textDocument/hover", json!({})).unwrap();
    assert_eq!(late.message["error"]["code"], -32600, "no request after shutdown");
    assert!(client.is_running().unwrap(), "shutdown alone ends nothing");
    assert_eq!(client.end().unwrap().code(), Some(0));
}

#[test]
fn the_end_of_the_input_ends_it_with_1() {
    assert_eq!(server().end().unwrap().code(), Some(1));
    assert_eq!(LanguageClient::start(&mut lsp()).unwrap().end().unwrap().code(), Some(1));
}

#[test]
fn an_input_that_ends_within_a_message_ends_it_with_1() {
    let pieces: [&[u8]; 4] =
        [b"Content-Le", b"Content-Length: 90", b"Content-Length: 90\r\n\r\n", b"Content-Length: 90\r\n\r\n{\"id\":"];
    for piece in pieces {
        let mut client = server();
        assert_serves(&mut client);
        client.send_bytes(piece).unwrap();
        assert_eq!(client.end().unwrap().code(), Some(1), "{}", String::from_utf8_lossy(piece));
    }
}

/// Questions that are open, one of them for as long as the client lives, keep no server alive.
#[test]
fn open_questions_keep_it_from_no_end() {
    let text = "table users {\n  id  uuid  @primary_key\n}\n".repeat(5_000);
    for (shuts_down, code) in [(false, 1), (true, 0)] {
        let mut client = server();
        client.open("untitled:a", &text).unwrap();
        for _ in 0..20 {
            client.ask("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": "untitled:a" } })).unwrap();
            client.ask("workspace/diagnostic", json!({ "previousResultIds": [], "partialResultToken": 1 })).unwrap();
        }
        let end = if shuts_down { client.shut_down() } else { client.end() };
        assert_eq!(end.unwrap().code(), Some(code));
    }
}
