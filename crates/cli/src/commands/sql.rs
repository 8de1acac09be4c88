//! `orm sql`.

use std::collections::BTreeSet;

use clap::Args;
use orm_engine::query::{Bound, Given, Rendered, Slot, render};
use orm_model::{
    Dialect, Schema, Targets,
    query::{Parameter, ParameterValue, Query},
};

use super::ddl::dialects;
use crate::analysis::checked;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::queries::{cardinality, described, find, unknown_parameter};
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  orm sql recent_users                        its SQL for each target of the project
  orm sql recent_users --dialect spanner      for one of them
  orm sql find_posts --absent state           without the `where?` lines that need $state

Each parameter has a line before the statement. A query that is several statements runs them in one
transaction. `orm run` runs it.";

/// Print the SQL of a query or mutation.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SqlArguments {
    /// The name of the query or mutation.
    #[arg(value_name = "QUERY")]
    query: String,

    /// Whose SQL; each target of the project without it.
    #[arg(long, short, value_name = "DIALECT", value_parser = dialects())]
    dialect: Option<Dialect>,

    /// A parameter that may be absent, and is: lines that begin with `where?` and need it are left out.
    #[arg(long, value_name = "PARAMETER")]
    absent: Vec<String>,
}

pub(crate) fn run(session: &Session, arguments: &SqlArguments) -> Result<Exit, Failure> {
    let project = session.project()?;
    let targets = &project.config.targets;
    let (schema, queries) = checked(session, &project)?;
    let query = find(&queries, &arguments.query)?;
    let given = Given { absent: absent(query, &arguments.absent)?, ..Given::default() };
    let chosen = match arguments.dialect {
        Some(dialect) => vec![dialect],
        None => targets.limited_to(query.only).dialects().collect(),
    };
    let texts = chosen.iter().map(|dialect| {
        let title = if chosen.len() > 1 { format!("-- {}\n", dialect.title()) } else { String::new() };
        Ok(title + &text(query, &schema, targets, *dialect, &given)?)
    });
    let texts = texts.collect::<Result<Vec<_>, Failure>>()?;
    session.output.result(&texts.join("\n"))?;
    Ok(Exit::Fine)
}

/// The parameters that are named, all of which may be absent.
fn absent(query: &Query, names: &[String]) -> Result<BTreeSet<String>, Failure> {
    for name in names {
        match query.parameters.iter().find(|it| it.name == *name) {
            None => return Err(unknown_parameter(query, name)),
            Some(it) if !it.nullable => {
                return Err(Failure::usage(format!("`{name}` of `{}` is never absent", query.name))
                    .with_help(format!("it is {}; one that may be absent is declared with `?`", described(it))));
            }
            Some(_) => {}
        }
    }
    Ok(names.iter().cloned().collect())
}

fn text(query: &Query, schema: &Schema, targets: &Targets, dialect: Dialect, given: &Given) -> Result<String, Failure> {
    let rendered = render(query, schema, targets, dialect).map_err(|error| Failure::refused(error.to_string()))?;
    let sql = orm_engine::dialect::of(dialect);
    let placeholder = |position| orm_engine::query::QueryDialect::placeholder(sql, position);
    let mut text = format!("-- {}: {}\n", query.name, cardinality(query));
    for (bound, each) in rendered.bind(sql, given).iter().zip(each(&rendered)) {
        if let Some(parameter) = each {
            text += &format!("-- once for each row of {parameter}\n");
        }
        for (index, slot) in bound.parameters.iter().enumerate() {
            text += &format!("-- {} {}\n", placeholder(index + 1), slot_text(query, schema, slot));
        }
        text += &statement(bound);
    }
    Ok(text)
}

/// For each statement the parameter for each of whose rows it runs.
fn each(rendered: &Rendered) -> impl Iterator<Item = Option<&String>> {
    rendered.statements.iter().map(|it| it.each.as_ref())
}

fn statement(bound: &Bound) -> String {
    format!("{};\n", bound.sql.trim_end().trim_end_matches(';'))
}

/// What stands for a placeholder.
fn slot_text(query: &Query, schema: &Schema, slot: &Slot) -> String {
    let declared = |name: &str| query.parameters.iter().find(|it| it.name == name);
    match slot {
        Slot::Parameter(name) => match (Parameter::app_function(name), declared(name)) {
            (Some(function), _) => format!("app.{function}(): the client computes it"),
            (None, Some(parameter)) => format!("{name}: {}", described(parameter)),
            (None, None) => name.clone(),
        },
        Slot::Cell { parameter, column, .. } => {
            let table = declared(parameter).and_then(|it| match &it.value {
                ParameterValue::Rows(table) => schema.tables.get(table),
                ParameterValue::Value(_) => None,
            });
            let column_type = table.and_then(|it| it.column(column)).map(|it| format!(": {}", it.column_type));
            format!("{parameter}.{column}{}", column_type.unwrap_or_default())
        }
    }
}
