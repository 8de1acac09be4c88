//! `orm run`.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use comfy_table::{Table, presets};
use orm_engine::query::{self, Answer, Argument, ArgumentError, Cell, Record, RunError};
use orm_model::query::{Cardinality, Query};

use crate::analysis::checked;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::run_until_interrupted;
use crate::queries::{find, unknown_parameter};
use crate::session::Session;
use crate::target::TargetArguments;

const EXAMPLES: &str = "\
Examples:
  orm run recent_users --param since=2024-01-01T00:00:00Z --param max=5
  orm run recent_users -p since=2024-01-01T00:00:00Z --format json    a JSON object for each row
  orm run users_in -p 'ids=[1, 2, 3]'                                 arrays and rows are JSON
  orm run rename_user -p id=1 -p name=Ada --database production

A parameter that may be absent, or has a default, may be left out. Bytes are Base64. `orm sql` shows
what is run.

Exit codes: 1 where `one` or `optional` finds another number of rows; what a mutation has changed
stays changed.";

/// Run a query or mutation on a database and show its rows.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RunArguments {
    /// The name of the query or mutation.
    #[arg(value_name = "QUERY")]
    query: String,

    /// A parameter and its value.
    #[arg(long = "param", short, value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,

    #[command(flatten)]
    target: TargetArguments,

    /// A table for people, or a JSON object a line for programs.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.trim_start_matches('$').to_owned(), value.to_owned()))
}

pub(crate) fn run(session: &Session, arguments: &RunArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let (schema, queries) = checked(session, &project)?;
    let query = find(&queries, &arguments.query)?;
    let given = given(&arguments.parameters)?;
    let values = query::argument::read(query, &schema, &given).map_err(|error| argument_failure(query, &error))?;
    let target = arguments.target.choose(&project, &session.output)?;
    run_until_interrupted(&session.output, async {
        let mut connection = target.connect().await?;
        let answer = query::run(connection.as_mut(), query, &schema, &project.config.targets, &values).await;
        let answer = answer.map_err(run_failure)?;
        connection.close().await?;
        session.output.result(&shown(query, &answer, arguments.format)?)?;
        if answer.changed > 0 && query.cardinality != Cardinality::Exec {
            session.output.note(&format!("{} changed.", rows(answer.changed)));
        }
        Ok(Exit::Fine)
    })
}

fn given(pairs: &[(String, String)]) -> Result<BTreeMap<String, Argument>, Failure> {
    let mut given = BTreeMap::new();
    for (name, value) in pairs {
        if given.insert(name.clone(), Argument::Text(value.clone())).is_some() {
            return Err(Failure::usage(format!("`{name}` is given twice"))
                .with_help(format!("several values are one array: --param '{name}=[1, 2]'")));
        }
    }
    Ok(given)
}

fn argument_failure(query: &Query, error: &ArgumentError) -> Failure {
    match error {
        ArgumentError::Unknown { name, .. } => unknown_parameter(query, name),
        ArgumentError::Missing { name, .. } => {
            Failure::usage(error.to_string()).with_help(format!("--param {name}=VALUE gives it"))
        }
        ArgumentError::NoColumn { .. } | ArgumentError::Wrong { .. } => Failure::usage(error.to_string()),
    }
}

fn run_failure(error: RunError) -> Failure {
    match error {
        RunError::Database(error) => error.into(),
        RunError::Render(_) | RunError::Cardinality { .. } => Failure::refused(error.to_string()),
        RunError::Parameter { .. } | RunError::Rows(_) => Failure::usage(error.to_string()),
        RunError::Decode { .. } => Failure::new(Exit::Database, error.to_string())
            .with_help("is the database the one that the schema describes? `orm migrate status` tells"),
    }
}

fn shown(query: &Query, answer: &Answer, format: Format) -> Result<String, Failure> {
    match (query.cardinality, format) {
        (Cardinality::Exec, Format::Table) => Ok(format!("{} changed\n", rows(answer.changed))),
        (Cardinality::Exec, Format::Json) => Ok(format!("{{\"changed\":{}}}\n", answer.changed)),
        (_, Format::Table) => Ok(table(query, &answer.rows)),
        (_, Format::Json) => answer.rows.iter().map(line).collect(),
    }
}

fn line(row: &Record) -> Result<String, Failure> {
    let json = serde_json::to_string(row);
    json.map(|it| it + "\n").map_err(|error| Failure::new(Exit::Internal, format!("cannot write JSON: {error}")))
}

fn table(query: &Query, records: &[Record]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(query.body.row().into_iter().map(|it| it.name));
    for record in records {
        table.add_row(record.0.iter().map(|(_, cell): &(String, Cell)| cell.to_string()));
    }
    format!("{table}\n{}\n", rows(records.len() as u64))
}

fn rows(count: u64) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}
