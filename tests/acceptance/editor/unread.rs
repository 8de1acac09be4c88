//! A client that does not read what it is told.

use std::{
    io::{self, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
};

use orm_testkit::language_client::framed;
use serde_json::{Value, json};

use super::lsp;

/// A server that tells of many errors, and a client that reads nothing.
struct Unread {
    process: Child,
    input: ChildStdin,
    output: Option<ChildStdout>,
    text: String,
}

impl Unread {
    fn start(command: &mut Command) -> Unread {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take());
        let text = "table users {\n  id  uid\n}\n".repeat(100);
        let mut client = Unread { process, input, output, text };
        client.send("initialize", Some(1), json!({ "capabilities": {} }));
        client.send("initialized", None, json!({}));
        let document = json!({ "uri": "untitled:a", "languageId": "orm", "version": 0, "text": client.text });
        client.send("textDocument/didOpen", None, json!({ "textDocument": document }));
        client
    }

    fn send(&mut self, method: &str, id: Option<u32>, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        if let Some(id) = id {
            message["id"] = json!(id);
        }
        self.input.write_all(&framed(&message)).unwrap();
    }

    fn edit(&mut self, version: u32) {
        let document = json!({ "uri": "untitled:a", "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": self.text }] });
        self.send("textDocument/didChange", None, params);
    }

    fn say_goodbye(&mut self) {
        self.send("shutdown", Some(2), Value::Null);
        self.send("exit", None, Value::Null);
    }
}

/// The pipe is full after a few messages. Edits go on being read, and of the diagnostics only the newest wait.
#[test]
fn a_client_that_does_not_read_blocks_no_edit() {
    let mut client = Unread::start(&mut lsp());
    for version in 1..=2_000 {
        client.edit(version);
    }
    // The edits of five megabytes are through, and the client begins to read.
    let output = client.output.take().unwrap();
    let reading = thread::spawn(move || io::copy(&mut BufReader::new(output), &mut io::sink()));
    client.say_goodbye();
    assert_eq!(client.process.wait().unwrap().code(), Some(0));
    assert!(reading.join().unwrap().unwrap() < 2_000_000, "not every version was told");
}

#[test]
fn a_client_that_never_reads_keeps_no_server_alive() {
    let mut client = Unread::start(&mut lsp());
    client.edit(1);
    client.say_goodbye();
    assert_eq!(client.process.wait().unwrap().code(), Some(0));
}

#[test]
fn a_client_that_closes_its_ear_may_still_say_goodbye() {
    let mut client = Unread::start(&mut lsp());
    client.output = None;
    for version in 1..=100 {
        client.edit(version);
    }
    client.say_goodbye();
    assert_eq!(client.process.wait().unwrap().code(), Some(0));
}

/// Nor does it wait for whoever would read its log.
#[test]
fn a_log_that_nobody_reads_blocks_nothing() {
    let mut client = Unread::start(lsp().env("ORM_LOG", "trace").stderr(Stdio::piped()));
    for version in 1..=2_000 {
        client.input.write_all(b"no message\n").unwrap();
        client.edit(version);
    }
    client.say_goodbye();
    assert_eq!(client.process.wait().unwrap().code(), Some(0));
}
