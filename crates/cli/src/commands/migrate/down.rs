//! `orm migrate down`.

use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::WaitArguments;
use super::folder::MigrationFolder;
use super::run::{self, Work};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::target::TargetArguments;

const EXAMPLES: &str = "\
Examples:
  orm migrate down             take back the migration that was applied last
  orm migrate down --steps 3   take back three
  orm migrate down --dry-run   print the SQL that would run

What a migration made goes, with the data in it. Its file stays.";

/// Take back the migrations that were applied last, with the data in what they made.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DownArguments {
    #[command(flatten)]
    target: TargetArguments,

    #[command(flatten)]
    wait: WaitArguments,

    /// How many.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    steps: usize,

    /// Print the SQL that would run, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(session: &Session, arguments: &DownArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let folder = MigrationFolder::read(&project)?;
    let target = arguments.target.choose(&project, &session.output)?;
    let work = Work::Down { steps: arguments.steps };
    if arguments.dry_run {
        return run::show(&session.output, &target, &folder, work);
    }
    run::run(&session.output, &target, &folder, arguments.wait.options(), work)
}
