//! What `orm` can do, one file for each verb.

use crate::args::Command;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod db;
pub(crate) mod ddl;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod generate;
pub(crate) mod init;
pub(crate) mod lsp;
pub(crate) mod migrate;
pub(crate) mod run;
pub(crate) mod sql;

pub(crate) fn run(session: &Session, command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Init(arguments) => init::run(session, arguments),
        Command::Check(arguments) => check::run(session, arguments),
        Command::Explain(arguments) => explain::run(session, arguments),
        Command::Fmt(arguments) => fmt::run(session, arguments),
        Command::Ddl(arguments) => ddl::run(session, arguments),
        Command::Sql(arguments) => sql::run(session, arguments),
        Command::Run(arguments) => run::run(session, arguments),
        Command::Migrate(command) => migrate::run(session, command),
        Command::Db(command) => db::run(session, command),
        Command::Generate(command) => generate::run(session, command),
        Command::Lsp(arguments) => lsp::run(session, arguments),
        Command::Completions(arguments) => completions::run(session, arguments),
    }
}
