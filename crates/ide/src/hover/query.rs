//! Queries and mutations: what they give, and their SQL in each database.

use orm_engine::query::{Given, render};
use orm_model::{
    Schema, Targets,
    query::{Cardinality, Query},
};
use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    diagnostics::{FoundBy, TableAccess, table_accesses},
    item::query::{ClauseKind, ParameterItem, SelectionItem},
    lower::{query::lower_query, schema::schema_of_query},
};

use super::{orm_block, sql_block};
use crate::symbol::{LocalKind, LocalSymbol, source_of};

/// The signature, what a row is, and the text that `orm sql` prints.
pub(super) fn describe(db: &Database, declaration: Declaration, heading: &str) -> Vec<String> {
    let project = Project::get(db);
    let doc = declaration.item(db).doc.clone();
    let lowered = lower_query(db, project, declaration);
    let Some(query) = &lowered.query else {
        return std::iter::once(orm_block(heading)).chain(doc).collect();
    };
    let mut sections = vec![orm_block(&format!("{heading} : {}", word(query.cardinality)))];
    sections.extend(doc);
    sections.extend(query.deprecated.as_ref().map(|why| format!("**Deprecated**: {why}")));
    let columns: Vec<_> = query.body.row().iter().map(|it| format!("- `{it}`")).collect();
    if !columns.is_empty() {
        sections.push(columns.join("\n"));
    }
    sections.extend(accesses(db, declaration));
    sections.extend(texts(db, query, &schema_of_query(db, project, lowered)));
    sections
}

/// What finds the rows of each table, a line each.
fn accesses(db: &Database, declaration: Declaration) -> Option<String> {
    let line = |it: &TableAccess| {
        let ways: Vec<_> = it.found_by.iter().map(|(dialect, way)| (dialect.title(), way_text(way.as_ref()))).collect();
        let ways = match ways.as_slice() {
            [(_, way), rest @ ..] if rest.iter().all(|(_, other)| other == way) => way.clone(),
            several => several.iter().map(|(title, way)| format!("{way} in {title}")).collect::<Vec<_>>().join(", "),
        };
        format!("- `{}`: {ways}", it.table)
    };
    let lines: Vec<_> = table_accesses(db, Project::get(db), declaration).iter().map(line).collect();
    (!lines.is_empty()).then(|| format!("Rows are found by\n{}", lines.join("\n")))
}

fn way_text(way: Option<&FoundBy>) -> String {
    match way {
        Some(FoundBy::PrimaryKey) => "the primary key".to_owned(),
        Some(FoundBy::Index(name)) => format!("index `{name}`"),
        Some(FoundBy::ForeignKey(name)) => format!("the index of foreign key `{name}`"),
        None => "reading every row".to_owned(),
    }
}

/// A parameter as it is written.
pub(super) fn describe_parameter(db: &Database, declaration: Declaration, item: &ParameterItem) -> Vec<String> {
    let written = source_of(db, declaration).map(|it| it.span(item.anchor));
    let text = declaration.file(db).source(db).text();
    written.and_then(|it| text.get(it)).map(|it| vec![orm_block(it)]).unwrap_or_default()
}

/// What a query gives a name to: the table behind an alias, and otherwise the text that has the name.
pub(super) fn describe_local(db: &Database, local: LocalSymbol) -> Vec<String> {
    if let Some(table) = local.of.filter(|_| local.kind != LocalKind::Output) {
        return super::declaration::describe(db, table);
    }
    let (Some(source), text) = (source_of(db, local.declaration), local.declaration.file(db).source(db).text()) else {
        return Vec::new();
    };
    let name = text.get(source.span(local.anchor)).unwrap_or_default();
    if let Some(output) = output(db, local, name) {
        return vec![orm_block(&output)];
    }
    let what = match local.kind {
        LocalKind::CommonTable => "with",
        LocalKind::Alias => "as",
        LocalKind::Output => "select",
    };
    vec![orm_block(&format!("{what} {name}"))]
}

/// What the query gives under a name, with its type; of an inner query nothing is known.
fn output(db: &Database, local: LocalSymbol, name: &str) -> Option<String> {
    let clauses = local.declaration.item(db).query.as_ref()?.clauses.as_ref()?;
    let mut selected = clauses.iter().flat_map(|it| match &it.kind {
        ClauseKind::Select { selection, .. } | ClauseKind::Returning(selection) => selection.as_slice(),
        _ => &[],
    });
    let is_it = |it: &SelectionItem| match it {
        SelectionItem::Value { alias: Some(alias), .. } => alias.anchor == local.anchor,
        _ => false,
    };
    selected.find(|it| is_it(it))?;
    let query = lower_query(db, Project::get(db), local.declaration).query.as_ref()?;
    query.body.row().iter().find(|it| it.name == name).map(ToString::to_string)
}

fn texts(db: &Database, query: &Query, schema: &Schema) -> Vec<String> {
    let targets: &Targets = Project::get(db).targets(db);
    let mut sections = Vec::new();
    for dialect in targets.dialects().filter(|it| query.only.is_none_or(|only| only == *it)) {
        match render(query, schema, targets, dialect) {
            Ok(rendered) => {
                let sql = orm_engine::dialect::of(dialect);
                let statements = rendered.bind(sql, &Given::default());
                let text = statements.iter().map(|it| format!("{};", it.sql)).collect::<Vec<_>>().join("\n\n");
                sections.push(sql_block(dialect.title(), &text));
            }
            Err(error) => sections.push(error.to_string()),
        }
    }
    sections
}

const fn word(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::Many => "many",
        Cardinality::One => "one",
        Cardinality::Optional => "optional",
        Cardinality::Exec => "exec",
    }
}
