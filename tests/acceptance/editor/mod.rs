//! The language server as a process: order, races, endings, and input that no client should send.

mod ending;
mod messages;
#[cfg(unix)]
mod permissions;
mod races;
mod sizes;
mod unread;

use std::process::Command;

use orm_testkit::language_client::{LanguageClient, capabilities};

use crate::cli::program;

/// The command that serves an editor.
fn lsp() -> Command {
    let mut command = Command::new(program());
    command.arg("lsp");
    command
}

/// A server that knows its client, with a folder without files.
fn server() -> LanguageClient {
    let folder = tempfile::tempdir().unwrap();
    let mut client = LanguageClient::start(&mut lsp()).unwrap();
    client.initialize(folder.path(), capabilities()).unwrap();
    client
}

/// Whether the server still does what it is for.
fn assert_serves(client: &mut LanguageClient) {
    client.open("untitled:still", "table users {\n  id  uid  @primary_key\n}\n").unwrap();
    let found = client.wait_for_diagnostics("untitled:still", 1).unwrap();
    assert_eq!(found.message["params"]["diagnostics"][0]["code"], "ORM010");
}
