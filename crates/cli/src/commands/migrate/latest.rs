//! `orm migrate latest`.

use clap::Args;

use super::run::{self, Work};
use super::{WaitArguments, migrations};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::target::TargetArguments;

const EXAMPLES: &str = "\
Examples:
  orm migrate latest                                     to the project's database
  orm migrate latest --url postgres://me@localhost/app   to this one
  orm migrate latest --database production               to the one of that name in orm.toml
  orm migrate latest --dry-run                           print the SQL that would run

It may be interrupted at any point, or killed: the next run goes on from there. Two runs at once
wait for each other. A migration whose SQL was edited after it was applied is refused.";

/// Apply the migrations that the database has not yet.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LatestArguments {
    #[command(flatten)]
    target: TargetArguments,

    #[command(flatten)]
    wait: WaitArguments,

    /// Print the SQL that would run, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(session: &Session, arguments: &LatestArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let migrations = migrations(&project)?;
    let target = arguments.target.choose(&project, &session.output)?;
    if arguments.dry_run {
        return run::show(&session.output, &target, &migrations, Work::Latest);
    }
    run::run(&session.output, &target, &migrations, arguments.wait.options(), Work::Latest)
}
