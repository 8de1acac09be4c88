//! `orm db drop`.

use clap::Args;
use orm_driver::admin;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::run_until_interrupted;
use crate::session::Session;
use crate::target::TargetArguments;

const EXAMPLES: &str = "\
Examples:
  orm db drop --url postgres://me@localhost/app         says what would be dropped, exits with 1
  orm db drop --url postgres://me@localhost/app --yes   drops it

The database must stand on the command line: what DATABASE_URL or orm.toml would choose is not
dropped. Nothing asks back, so --yes says that you mean it.";

/// Drop a database with all its data.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DropArguments {
    #[command(flatten)]
    target: TargetArguments,

    /// Really drop it.
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(session: &Session, arguments: &DropArguments) -> Result<Exit, Failure> {
    if !arguments.target.is_named() {
        return Err(Failure::usage("`orm db drop` drops only a database that the command line names")
            .with_help("name it with --url URL or --database NAME"));
    }
    let target = arguments.target.choose(&session.project()?, &session.output)?;
    let name = &target.url;
    if !arguments.yes {
        return Err(Failure::refused(format!("{name} and all its data would be dropped"))
            .with_help("if you mean it, add --yes"));
    }
    run_until_interrupted(&session.output, async {
        admin::drop_database(&target.url, &target.options).await?;
        session.output.result(&format!("dropped {name}\n"))?;
        Ok(Exit::Fine)
    })
}
