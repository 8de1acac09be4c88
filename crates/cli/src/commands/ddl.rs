//! `orm ddl`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use orm_engine::ddl;
use orm_model::{Dialect, Targets};

use crate::analysis::checked_schema;
use crate::disk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::{Session, short};

const EXAMPLES: &str = "\
Examples:
  orm ddl --dialect postgres                print the statements that make the whole schema
  orm ddl --dialect spanner -o schema.sql   write them to a file
  orm ddl --dialect postgres | psql app     run them in an empty database

The statements stand in an order in which they can run, the same on every machine. Migrations are
`orm migrate create`'s business: they know what a database has already.";

/// Print the SQL that makes the whole schema in an empty database.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DdlArguments {
    /// Whose SQL; may be left out when orm.toml has one target.
    #[arg(long, short, value_name = "DIALECT", value_parser = dialects())]
    dialect: Option<Dialect>,

    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The names of the dialects.
pub(crate) fn dialects() -> impl TypedValueParser<Value = Dialect> {
    PossibleValuesParser::new(Dialect::ALL.map(Dialect::name)).try_map(|name| name.parse::<Dialect>())
}

pub(crate) fn run(session: &Session, arguments: &DdlArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let targets = &project.config.targets;
    let dialect = choose(arguments.dialect, targets)?;
    let schema = checked_schema(session, &project)?;
    let plan = ddl::plan(&schema, targets, dialect);
    if !plan.unsupported.is_empty() {
        let gaps: Vec<String> = plan.unsupported.iter().map(ToString::to_string).collect();
        return Err(Failure::refused(format!(
            "{} cannot have all of the schema\n{}",
            dialect.title(),
            gaps.join("\n")
        )));
    }
    let text = ddl::text(&plan.statements);
    match &arguments.output {
        Some(file) => {
            let path = session.folder()?.join(file);
            disk::replace(&path, &text)?;
            session.output.note(&format!("Wrote {}.", short(&path)));
        }
        None => session.output.result(&text)?,
    }
    Ok(Exit::Fine)
}

fn choose(asked: Option<Dialect>, targets: &Targets) -> Result<Dialect, Failure> {
    let dialects: Vec<Dialect> = targets.dialects().collect();
    match (asked, dialects.as_slice()) {
        (Some(dialect), _) if targets.includes(dialect) => Ok(dialect),
        (Some(dialect), _) => Err(Failure::usage(format!("{} is no target of this project", dialect.title()))
            .with_help(format!("add `{dialect} = true` to `[targets]` in orm.toml"))),
        (None, [only]) => Ok(*only),
        (None, _) => Err(Failure::usage("this project has several targets").with_help("choose one with --dialect")),
    }
}
