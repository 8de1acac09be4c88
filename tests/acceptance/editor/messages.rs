//! What is no message, or half of one, or not where its header says. Each costs itself alone.

use std::{thread::sleep, time::Duration};

use orm_testkit::language_client::{LanguageClient, capabilities, framed};
use serde_json::{Value, json};

use super::{assert_serves, lsp, server};

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const UNKNOWN_METHOD: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const NOT_INITIALIZED: i64 = -32002;

/// Waits for an error with this code, and returns the number of the request that it answers.
fn error(client: &mut LanguageClient, code: i64) -> Value {
    client.wait_for(|it| it.message["error"]["code"] == code).unwrap().message["id"].take()
}

#[test]
fn what_comes_before_the_handshake_is_refused() {
    let mut client = LanguageClient::start(&mut lsp()).unwrap();
    client.send_bytes(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let early = client.request("textDocument/hover", json!({})).unwrap();
    assert_eq!(early.message["error"]["code"], NOT_INITIALIZED);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:a" } })).unwrap();
    let folder = tempfile::tempdir().unwrap();
    client.initialize(folder.path(), capabilities()).unwrap();
    let again = client.request("initialize", json!({ "capabilities": {} })).unwrap();
    assert_eq!(again.message["error"]["code"], INVALID_REQUEST);
    assert_serves(&mut client);
    assert_eq!(client.shut_down().unwrap().code(), Some(0));
}

#[test]
fn garbage_is_skipped() {
    let mut client = server();
    client.send_bytes(b"hello\r\n\r\n\0\xff\xfe: \r\nContent-Length: soon\r\n\r\nContent-Length: -3\r\n\r\n").unwrap();
    client.send_bytes(&b"x".repeat(10_000_000)).unwrap();
    client.send_bytes(&b"no message\n".repeat(1_000_000)).unwrap();
    assert_serves(&mut client);
    assert_eq!(client.shut_down().unwrap().code(), Some(0));
}

#[test]
fn json_that_is_no_request_is_told_so() {
    let mut client = server();
    let bodies: [(&[u8], i64, Value); 8] = [
        (b"{\"id\": 1,", PARSE_ERROR, Value::Null),
        (b"\0\0\0\0", PARSE_ERROR, Value::Null),
        (b"\"\xff\"", PARSE_ERROR, Value::Null),
        (b"", PARSE_ERROR, Value::Null),
        (b"[]", INVALID_REQUEST, Value::Null),
        (b"{\"jsonrpc\": \"2.0\", \"id\": 70}", INVALID_REQUEST, json!(70)),
        (b"{\"jsonrpc\": \"2.0\", \"id\": \"a\", \"method\": \"textDocument/teleport\"}", UNKNOWN_METHOD, json!("a")),
        (b"{\"jsonrpc\":\"2.0\",\"id\":71,\"method\":\"textDocument/hover\",\"params\":7}", INVALID_PARAMS, json!(71)),
    ];
    for (body, code, id) in bodies {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).unwrap();
        client.send_bytes(body).unwrap();
        assert_eq!(error(&mut client, code), id, "{}", String::from_utf8_lossy(body));
    }
    // Parameters that are an array in arrays, as deep as they are long.
    let deep =
        format!("{{\"jsonrpc\":\"2.0\",\"id\":72,\"method\":\"orm/explain\",\"params\":{}", "[".repeat(1_000_000));
    client.send_bytes(format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).as_bytes()).unwrap();
    assert_eq!(error(&mut client, PARSE_ERROR), Value::Null);
    assert_serves(&mut client);
    assert_eq!(client.shut_down().unwrap().code(), Some(0));
}

/// A length that is too short or too long takes one or two messages with it. The next one is found again.
#[test]
fn a_wrong_length_costs_what_it_covers() {
    let hover = json!({ "jsonrpc": "2.0", "id": 80, "method": "textDocument/hover", "params": {} }).to_string();
    for length in [1, hover.len() - 1, hover.len() + 1, hover.len() + 40] {
        let mut client = server();
        client.send_bytes(format!("Content-Length: {length}\r\n\r\n{hover}").as_bytes()).unwrap();
        client.notify("$/lost", json!({})).unwrap();
        assert_eq!(error(&mut client, PARSE_ERROR), Value::Null, "a length of {length}");
        assert_serves(&mut client);
        assert_eq!(client.shut_down().unwrap().code(), Some(0));
    }
}

#[test]
fn a_message_may_come_in_pieces() {
    let mut client = server();
    let shows = json!({ "jsonrpc": "2.0", "id": 90, "method": "orm/explain", "params": { "code": "ORM010" } });
    for bytes in framed(&shows).chunks(7) {
        client.send_bytes(bytes).unwrap();
        sleep(Duration::from_millis(1));
    }
    let answer = client.wait_for(|it| it.answers(90)).unwrap();
    assert_eq!(answer.message["result"]["code"], "ORM010");
    // Two in one piece, and half of a third.
    let (first, second, third) = (request(91), request(92), request(93));
    let (start, rest) = third.split_at(third.len() / 2);
    client.send_bytes(&[first, second, start.to_vec()].concat()).unwrap();
    client.wait_for(|it| it.answers(92)).unwrap();
    client.send_bytes(rest).unwrap();
    client.wait_for(|it| it.answers(91)).unwrap();
    client.wait_for(|it| it.answers(93)).unwrap();
    assert_eq!(client.shut_down().unwrap().code(), Some(0));
}

fn request(id: i64) -> Vec<u8> {
    framed(&json!({ "jsonrpc": "2.0", "id": id, "method": "orm/explain", "params": { "code": "ORM010" } }))
}
