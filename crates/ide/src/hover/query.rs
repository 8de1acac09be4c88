//! Queries and mutations: what they give, and their SQL in each database.

use orm_engine::query::{Given, render};
use orm_model::{
    Targets,
    query::{Cardinality, Query},
};
use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    item::query::ParameterItem,
    lower::{query::lower_query, schema::schema},
};

use super::{orm_block, sql_block};
use crate::symbol::{LocalKind, LocalSymbol, source_of};

/// The signature, what a row is, and the text that `orm sql` prints.
pub(super) fn describe(db: &Database, declaration: Declaration, heading: &str) -> Vec<String> {
    let project = Project::get(db);
    let doc = declaration.item(db).doc.clone();
    let Some(query) = &lower_query(db, project, declaration).query else {
        return std::iter::once(orm_block(heading)).chain(doc).collect();
    };
    let mut sections = vec![orm_block(&format!("{heading} : {}", word(query.cardinality)))];
    sections.extend(doc);
    sections.extend(query.deprecated.as_ref().map(|why| format!("**Deprecated**: {why}")));
    let columns: Vec<_> = query.body.row().iter().map(|it| format!("- `{it}`")).collect();
    if !columns.is_empty() {
        sections.push(columns.join("\n"));
    }
    sections.extend(texts(db, query));
    sections
}

/// A parameter as it is written.
pub(super) fn describe_parameter(db: &Database, declaration: Declaration, item: &ParameterItem) -> Vec<String> {
    let written = source_of(db, declaration).map(|it| it.span(item.anchor));
    let text = declaration.file(db).source(db).text();
    written.and_then(|it| text.get(it)).map(|it| vec![orm_block(it)]).unwrap_or_default()
}

/// What a query gives a name to: the table behind an alias, and otherwise the text that has the name.
pub(super) fn describe_local(db: &Database, local: LocalSymbol) -> Vec<String> {
    if let Some(table) = local.of {
        return super::declaration::describe(db, table);
    }
    let (Some(source), text) = (source_of(db, local.declaration), local.declaration.file(db).source(db).text()) else {
        return Vec::new();
    };
    let name = text.get(source.span(local.anchor)).unwrap_or_default();
    let what = match local.kind {
        LocalKind::CommonTable => "with",
        LocalKind::Alias => "as",
        LocalKind::Output => "select",
    };
    vec![orm_block(&format!("{what} {name}"))]
}

fn texts(db: &Database, query: &Query) -> Vec<String> {
    let project = Project::get(db);
    let targets: &Targets = project.targets(db);
    let schema = schema(db, project);
    let mut sections = Vec::new();
    for dialect in targets.dialects().filter(|it| query.only.is_none_or(|only| only == *it)) {
        match render(query, &schema, targets, dialect) {
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
