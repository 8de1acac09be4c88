//! Queries and mutations: what they give, and their SQL in each database.

use orm_engine::query::{Given, render};
use orm_model::{
    Schema, Targets,
    query::{Cardinality, Query},
};
use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    lower::{query::lower_query, schema::schema_of_query},
};

use super::{orm_block, sql_block};

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
    sections.extend(texts(db, query, &schema_of_query(db, project, lowered)));
    sections
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
