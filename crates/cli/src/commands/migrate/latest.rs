//! `orm migrate latest`.

use chrono::Utc;
use clap::Args;
use orm_engine::migrate::create::{Creation, Request};
use orm_project::Project;
use orm_schema_lang::Severity;

use super::WaitArguments;
use super::folder::MigrationFolder;
use super::run::{self, Work};
use crate::analysis::Analysis;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::findings;
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
    let folder = MigrationFolder::read(&project)?;
    let target = arguments.target.choose(&project, &session.output)?;
    if arguments.dry_run {
        return run::show(&session.output, &target, &folder, Work::Latest);
    }
    let exit = run::run(&session.output, &target, &folder, arguments.wait.options(), Work::Latest)?;
    if exit == Exit::Fine && has_more(&project, &folder) {
        session.output.note("The schema has changes that no migration has: `orm migrate create NAME` writes them.");
    }
    Ok(exit)
}

/// Whether the schema says more than the migrations do. It need not be there or be right for them to run, so whatever
/// is wrong with it is `orm check`'s business.
fn has_more(project: &Project, folder: &MigrationFolder) -> bool {
    let Ok(analysis) = Analysis::of(project) else { return false };
    let is_broken = findings::of(&analysis, |_| true).iter().any(|it| it.severity == Severity::Error);
    let request = Request {
        schema: &analysis.schema(),
        targets: &project.config.targets,
        title: "next",
        accept_data_loss: false,
        empty: false,
        now: Utc::now(),
    };
    !is_broken && matches!(folder.create(&request), Ok(Creation::New(_) | Creation::DataLoss(_)))
}
