//! `orm lsp`: that the server answers and ends. What it answers is tested in its own crate and in editors.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use crate::support::Folder;

/// Sends a message to the server.
fn send(input: &mut impl Write, body: &str) {
    write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
}

/// Waits for the server's next message.
fn receive(output: &mut impl BufRead) -> serde_json::Value {
    let (mut header, mut blank) = (String::new(), String::new());
    output.read_line(&mut header).unwrap();
    output.read_line(&mut blank).unwrap();
    let length = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
    let mut body = vec![0; length];
    output.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[test]
fn it_greets_and_leaves() {
    let folder = Folder::new();
    let mut command = folder.command(&["lsp", "--stdio"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    send(&mut input, r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#);
    let answer = receive(&mut output);
    assert_eq!(answer["result"]["capabilities"]["hoverProvider"], true, "{answer}");
    send(&mut input, r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#);
    assert_eq!(receive(&mut output)["id"], 2);
    send(&mut input, r#"{"jsonrpc":"2.0","method":"exit"}"#);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn input_that_ends_early_is_told_by_the_exit_code() {
    assert_eq!(Folder::new().orm(&["lsp"]).code, 1);
}
