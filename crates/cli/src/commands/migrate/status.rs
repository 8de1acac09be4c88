//! `orm migrate status`.

use clap::{Args, ValueEnum};
use orm_engine::migrate::status::{AppliedMigration, HalfRunMigration, PendingMigration};
use orm_engine::migrate::{Direction, Status, status};
use serde::Serialize;

use super::folder::MigrationFolder;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::run_until_interrupted;
use crate::output::{Output, to_json};
use crate::session::Session;
use crate::target::TargetArguments;

const EXAMPLES: &str = "\
Examples:
  orm migrate status                          of the project's database
  orm migrate status --database production    of the one of that name in orm.toml
  orm migrate status --format json            for programs

Exit code 0 says that the database has every migration as its file has it; 1 that some are pending,
half-run, edited after they were applied, or missing in the folder.";

/// Show what a database has of the migrations.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct StatusArguments {
    #[command(flatten)]
    target: TargetArguments,

    /// Text for people, or JSON for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// The JSON form. Its fields may grow in number; `version` changes when one changes its meaning.
#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    up_to_date: bool,
    #[serde(flatten)]
    status: &'a Status,
}

pub(crate) fn run(session: &Session, arguments: &StatusArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let folder = MigrationFolder::read(&project)?;
    let target = arguments.target.choose(&project, &session.output)?;
    run_until_interrupted(&session.output, async {
        let mut connection = target.connect().await?;
        let status = status(connection.as_mut(), &folder.migrations).await.map_err(|error| folder.failure(error))?;
        connection.close().await?;
        match arguments.format {
            Format::Text => print(&session.output, &status)?,
            Format::Json => {
                let report = Report { version: 1, up_to_date: status.is_up_to_date(), status: &status };
                session.output.result(&to_json(&report)?)?;
            }
        }
        Ok(if status.is_up_to_date() { Exit::Fine } else { Exit::Findings })
    })
}

fn print(output: &Output, status: &Status) -> Result<(), Failure> {
    let applied = status.applied.iter().map(|it| applied(it, status));
    let half_run = status.half_run.iter().map(half_run);
    let pending = status.pending.iter().map(pending);
    let mut lines: Vec<String> = applied.chain(half_run).chain(pending).collect();
    if lines.is_empty() {
        lines.push("no migrations\n".to_owned());
    }
    output.result(&lines.concat())?;
    status.notes.iter().for_each(|note| output.note(note));
    Ok(())
}

fn applied(migration: &AppliedMigration, status: &Status) -> String {
    let time = migration.applied_at.map(|it| it.format("  %Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default();
    let remark = match () {
        () if status.edited.contains(&migration.name) => "  its SQL was edited afterwards",
        () if status.missing.contains(&migration.name) => "  its file is missing",
        () => "",
    };
    format!("applied   {}{time}{remark}\n", migration.name)
}

fn half_run(migration: &HalfRunMigration) -> String {
    let total = migration.total.map(|total| format!(" of {total}")).unwrap_or_default();
    let (what, command) = match migration.direction {
        Direction::Up => ("half up  ", "orm migrate latest"),
        Direction::Down => ("half down", "orm migrate down"),
    };
    format!("{what} {}  {}{total} statements; `{command}` goes on\n", migration.name, migration.done)
}

fn pending(migration: &PendingMigration) -> String {
    let late = if migration.late { "  late: newer ones were applied before" } else { "" };
    let gaps: String = migration.unsupported.iter().map(|reason| format!("          to fill in: {reason}\n")).collect();
    format!("pending   {}{late}\n{gaps}", migration.name)
}
