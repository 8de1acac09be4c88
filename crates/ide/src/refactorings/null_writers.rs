//! Mutations that write NULL into a column, or leave it out so that it is NULL.

use orm_model::{
    Column, Expression,
    query::{Assignment, ConflictAction, EXCLUDED, Insert, InsertRows, Parameter, QueryBody},
    typing,
};
use orm_schema_lang::{
    database::{Declaration, item_tree},
    item::{
        DeclarationKind, Item,
        query::{ClauseKind, RelationItem},
    },
    lower::{query::lower_query, shape::shape},
};

use super::Context;
use crate::rename::tables_with;

/// What the first of them does, in a sentence for people. Those that could not be understood are left out.
pub(super) fn first(context: &Context<'_>, declaration: Declaration, column: &str) -> Option<String> {
    let (db, project) = (context.db, context.project);
    let tables: Vec<_> = match declaration.kind(db) {
        DeclarationKind::Table => vec![declaration],
        _ => tables_with(db, declaration),
    };
    let files = project.files(db);
    let writing = files.iter().filter(|it| it.source(db).text().contains("mutation "));
    let mutations = writing.flat_map(|it| item_tree(db, *it)).filter(|it| it.kind(db) == DeclarationKind::Mutation);
    { mutations }.find_map(|mutation| {
        let written = written_table(mutation.item(db))?;
        let table = tables.iter().find(|it| **it.name(db) == *written)?;
        let shape = shape(db, project, *table);
        let column = &shape.columns.iter().find(|it| it.declared_name() == column)?.column;
        let what = what_it_does(lower_query(db, project, *mutation).query.as_ref().map(|it| &it.body)?, column)?;
        Some(format!("`{}` {what} `{}`", mutation.name(db), column.declared_name()))
    })
}

/// The table that a mutation inserts into or updates.
fn written_table(item: &Item) -> Option<&str> {
    let clauses = item.query.as_ref()?.clauses.as_ref()?;
    clauses.iter().find_map(|it| match &it.kind {
        ClauseKind::Insert(Some(name)) => Some(&*name.text),
        ClauseKind::Update(Some(source)) => match &source.relation {
            RelationItem::Name(name) => Some(&*name.text),
            _ => None,
        },
        _ => None,
    })
}

fn what_it_does(body: &QueryBody, column: &Column) -> Option<&'static str> {
    match body {
        QueryBody::Insert(insert) => of_insert(insert, column),
        QueryBody::Update(update) => of_assignments(&update.assignments, column, &update.target.name),
        QueryBody::Select(_) | QueryBody::Delete(_) | QueryBody::Sql(_) => None,
    }
}

const LEAVES_OUT: &str = "leaves out";
const WRITES: &str = "may write NULL into";

fn of_insert(insert: &Insert, column: &Column) -> Option<&'static str> {
    let is_default_null = column.default.is_none();
    let Some(place) = insert.columns.iter().position(|it| *it == column.name) else {
        return is_default_null.then_some(LEAVES_OUT);
    };
    let may_be_null = |it: &Expression| may_be_null(it, column, &insert.target.name);
    let found = match &insert.rows {
        InsertRows::Values(rows) => rows.iter().find_map(|row| match row.get(place)? {
            Some(value) => may_be_null(value).then_some(WRITES),
            None => is_default_null.then_some(LEAVES_OUT),
        }),
        InsertRows::Query(query) => {
            let output = query.outputs.get(place).and_then(|it| it.expression());
            output.is_some_and(may_be_null).then_some(WRITES)
        }
        // The type of the rows follows the table.
        InsertRows::Parameter(_) => None,
    };
    if found.is_some() {
        return found;
    }
    match insert.on_conflict.as_ref().map(|it| &it.action) {
        Some(ConflictAction::Update { assignments, .. }) => of_assignments(assignments, column, &insert.target.name),
        Some(ConflictAction::Nothing) | None => None,
    }
}

fn of_assignments(assignments: &[Assignment], column: &Column, target: &str) -> Option<&'static str> {
    let own = assignments.iter().filter(|it| it.column == column.name);
    let writes = |it: &Assignment| match &it.value {
        Some(value) => may_be_null(value, column, target),
        None => column.default.is_none(),
    };
    { own }.any(writes).then_some(WRITES)
}

/// Whether a value may be NULL once the column is not.
fn may_be_null(value: &Expression, column: &Column, target: &str) -> bool {
    let mut value = value.clone();
    value.walk_mut(&mut |it| match it {
        Expression::Field(field)
            if field.column == column.name && (field.source == target || field.source == EXCLUDED) =>
        {
            field.nullable = false;
        }
        // What the client computes follows the type of the column.
        Expression::Parameter(parameter) if Parameter::app_function(&parameter.name).is_some() => {
            parameter.nullable = false;
        }
        _ => {}
    });
    typing::infer(&value, &|_| None).nullable
}
