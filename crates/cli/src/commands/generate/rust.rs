//! `orm generate rust`.

use std::path::PathBuf;

use clap::Args;
use orm_engine::stubs::rust::{MARKER, Options, generate};
use orm_project::Project;

use super::write::changes;
use crate::analysis::checked_schema;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::{Session, short};

const EXAMPLES: &str = "\
Examples:
  orm generate rust --out src/db           types for the rows of every table
  orm generate rust                        into `[generate.rust] out` of orm.toml
  orm generate rust --derive serde::Serialize --derive serde::Deserialize
  orm generate rust --check                for CI: exit with 1 when the files are not up to date

Only files that orm generated are replaced, and removed when their table is gone. A file of yours in
the way is an error, and then nothing is written.";

/// Generate Rust types for the rows of every table.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RustArguments {
    /// Write into this folder, which is made if it is missing.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Derive this trait too, for every struct and enum.
    #[arg(long, value_name = "TRAIT")]
    derive: Vec<String>,

    /// Say what would change, and change nothing.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(session: &Session, arguments: &RustArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let out = folder(session, &project, arguments)?;
    let schema = checked_schema(session, &project)?;
    let options = Options { derives: arguments.derive.clone() };
    let files = generate(&schema, &options).map_err(|error| Failure::refused(error.to_string()))?;
    let changes = changes(&out, &files, MARKER)?;
    for change in &changes {
        if !arguments.check {
            change.make()?;
        }
        session.output.result(&format!("{change}\n"))?;
    }
    if changes.is_empty() {
        session.output.note(&format!("{} is up to date.", short(&out)));
    }
    Ok(if arguments.check && !changes.is_empty() { Exit::Findings } else { Exit::Fine })
}

fn folder(session: &Session, project: &Project, arguments: &RustArguments) -> Result<PathBuf, Failure> {
    match (&arguments.out, &project.config.generate_rust) {
        (Some(out), _) => Ok(session.folder()?.join(out)),
        (None, Some(out)) => Ok(project.root.join(out)),
        (None, None) => Err(Failure::usage("where to write the files is not said")
            .with_help("add --out DIR, or write `[generate.rust]` with `out = \"DIR\"` into orm.toml")),
    }
}
