//! `orm generate`: code for applications.

use clap::Subcommand;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

mod rust;
mod write;

/// Generate code for applications.
#[derive(Debug, Subcommand)]
pub(crate) enum GenerateCommand {
    Rust(rust::RustArguments),
}

pub(crate) fn run(session: &Session, command: &GenerateCommand) -> Result<Exit, Failure> {
    match command {
        GenerateCommand::Rust(arguments) => rust::run(session, arguments),
    }
}
