//! `orm migrate create`.

use chrono::Utc;
use clap::Args;
use orm_engine::migrate::create::{Creation, NewMigration, Request};
use orm_engine::migrate::write_new_file;
use orm_model::{Renames, Schema};

use super::folder::MigrationFolder;
use crate::analysis::checked_schema;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::{Session, short};

const EXAMPLES: &str = "\
Examples:
  orm migrate create add-posts                    from what changed in the schema
  orm migrate create drop-old --accept-data-loss  also when that drops tables or columns
  orm migrate create backfill --empty             for SQL by hand

What changed is told by comparing the schema with the migrations that exist; no database is asked.
The file has SQL for every target, up and down: read it, edit it, commit it. When nothing changed,
nothing is written and the exit code is 0.";

/// How many changes are told; all of them stand in the file.
const MAXIMUM_TOLD: usize = 50;

/// Write what changed in the schema as a migration file.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArguments {
    /// What the migration does, in a word or two: it becomes part of the file's name.
    name: String,

    /// Write a file without statements, for SQL by hand.
    #[arg(long, conflicts_with = "accept_data_loss")]
    empty: bool,

    /// Write it although it drops data.
    #[arg(long)]
    accept_data_loss: bool,
}

pub(crate) fn run(session: &Session, arguments: &CreateArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let folder = MigrationFolder::read(&project)?;
    let schema = if arguments.empty { Schema::default() } else { checked_schema(session, &project)? };
    let request = Request {
        schema: &schema,
        targets: &project.config.targets,
        title: &arguments.name,
        accept_data_loss: arguments.accept_data_loss,
        empty: arguments.empty,
        now: Utc::now(),
    };
    let creation = folder.create(&request)?;
    let replayed = folder.migrations.replay().unwrap_or_default();
    for order in Renames::stale(&replayed, &schema) {
        session.output.note(&format!("{order} renames nothing, as no migration made that name: it can be removed"));
    }
    match creation {
        Creation::NothingChanged => {
            session.output.result("nothing changed\n")?;
            Ok(Exit::Fine)
        }
        Creation::DataLoss(losses) => Err(refuse(&losses)),
        Creation::New(migration) => write(session, &folder, &migration),
    }
}

fn refuse(losses: &[String]) -> Failure {
    let lines: String = losses.iter().map(|loss| format!("\n  {loss}")).collect();
    Failure::refused(format!("this migration would lose data:{lines}"))
        .with_help("if you mean it, add --accept-data-loss; a renamed table or column is one dropped and one added, unless `@was(old_name)` says so")
}

fn write(session: &Session, folder: &MigrationFolder, migration: &NewMigration) -> Result<Exit, Failure> {
    let path = write_new_file(&folder.path, &migration.name.file_name(), &migration.text)?;
    for change in migration.changes.iter().take(MAXIMUM_TOLD) {
        session.output.note(&format!("  {change}"));
    }
    if migration.changes.len() > MAXIMUM_TOLD {
        session.output.note(&format!("  and {} more changes", migration.changes.len() - MAXIMUM_TOLD));
    }
    for loss in &migration.data_loss {
        session.output.note(&format!("Loses data: {loss}"));
    }
    for gap in &migration.unsupported {
        session.output.note(&format!("To fill in ({} {}): {}", gap.dialect, gap.direction.name(), gap.reason));
    }
    session.output.result(&format!("created {}\n", short(&path)))?;
    Ok(Exit::Fine)
}
