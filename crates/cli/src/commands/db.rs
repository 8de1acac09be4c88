//! `orm db`: whole databases, asked for by name and never as a side effect.

use clap::Subcommand;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

mod create;
mod drop;
mod serve;

/// Create, drop or look into a database.
#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    Create(create::CreateArguments),
    Drop(drop::DropArguments),
    Serve(serve::ServeArguments),
}

pub(crate) fn run(session: &Session, command: &DbCommand) -> Result<Exit, Failure> {
    match command {
        DbCommand::Create(arguments) => create::run(session, arguments),
        DbCommand::Drop(arguments) => drop::run(session, arguments),
        DbCommand::Serve(arguments) => serve::run(session, arguments),
    }
}
