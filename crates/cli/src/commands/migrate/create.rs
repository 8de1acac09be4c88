//! `orm migrate create`.

use chrono::Utc;
use clap::Args;
use orm_engine::migrate::create::{Creation, NOTHING_CHANGED, NewMigration, Request, data_loss_message, stale_orders};
use orm_engine::migrate::write_new_file;
use orm_model::Schema;

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
    for order in stale_orders(&folder.migrations, &schema) {
        session.output.note(&order);
    }
    match creation {
        Creation::NothingChanged => {
            session.output.result(&format!("{NOTHING_CHANGED}\n"))?;
            Ok(Exit::Fine)
        }
        Creation::DataLoss(losses) => Err(refuse(&losses)),
        Creation::New(migration) => write(session, &folder, &migration),
    }
}

fn refuse(losses: &[String]) -> Failure {
    Failure::refused(data_loss_message(losses))
        .with_help("if you mean it, add --accept-data-loss; a renamed table or column is one dropped and one added, unless `@was(old_name)` says so")
}

fn write(session: &Session, folder: &MigrationFolder, migration: &NewMigration) -> Result<Exit, Failure> {
    let path = write_new_file(&folder.path, &migration.name.file_name(), &migration.text)?;
    for note in migration.notes() {
        session.output.note(&note);
    }
    session.output.result(&format!("created {}\n", short(&path)))?;
    Ok(Exit::Fine)
}
