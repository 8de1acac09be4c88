//! `orm lsp`: that the server answers and ends. What it answers is tested in its own crate and in editors.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::support::Folder;

fn message(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

#[test]
fn it_greets_and_leaves() {
    let folder = Folder::new();
    let mut command = folder.command(&["lsp", "--stdio"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let hello = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#;
    input.write_all(message(hello).as_bytes()).unwrap();
    let mut header = String::new();
    output.read_line(&mut header).unwrap();
    let length: usize = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
    output.read_line(&mut header).unwrap();
    let mut body = vec![0; length];
    output.read_exact(&mut body).unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(answer["result"]["capabilities"]["hoverProvider"], true, "{answer}");

    let bye = [r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#, r#"{"jsonrpc":"2.0","method":"exit"}"#];
    bye.iter().for_each(|it| input.write_all(message(it).as_bytes()).unwrap());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn input_that_ends_early_is_told_by_the_exit_code() {
    assert_eq!(Folder::new().orm(&["lsp"]).code, 1);
}
