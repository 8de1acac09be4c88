//! `WITH` of sub-queries, where a database has it only before the whole query: it is put there, or into the places
//! that read it.

use std::collections::BTreeSet;

use orm_model::{
    Expression,
    query::{Assignment, CommonTable, ConflictAction, Filter, InsertRows, OutputValue, QueryBody, Relation, Select},
};

/// The query with all common tables before it, each behind those that it reads. One that reads the query around it cannot
/// stand there: it takes the place of its name.
pub(super) fn hoisted(select: &Select) -> Select {
    let mut select = select.clone();
    let mut taken = Vec::new();
    take(&mut select, &mut taken);
    let mut tables = Vec::new();
    let mut inlined = Vec::new();
    for mut table in taken {
        put(&mut table.query, &inlined);
        if is_correlated(&table.query) { inlined.push(table) } else { tables.push(table) }
    }
    put(&mut select, &inlined);
    select.common_tables = tables;
    select
}

/// The mutation without common tables: each takes the place of its name. A statement that writes has none.
pub(super) fn without_tables(body: &QueryBody) -> QueryBody {
    let mut body = body.clone();
    match &mut body {
        QueryBody::Select(_) | QueryBody::Sql(_) => {}
        QueryBody::Insert(it) => {
            match &mut it.rows {
                InsertRows::Values(rows) => rows.iter_mut().flatten().flatten().for_each(flatten_of),
                InsertRows::Query(query) => flatten(query),
                InsertRows::Parameter(_) => {}
            }
            if let Some(ConflictAction::Update { assignments, filters }) =
                it.on_conflict.as_mut().map(|it| &mut it.action)
            {
                flatten_all(assignments, filters);
            }
        }
        QueryBody::Update(it) => flatten_all(&mut it.assignments, &mut it.filters),
        QueryBody::Delete(it) => flatten_all(&mut [], &mut it.filters),
    }
    body
}

fn flatten_all(assignments: &mut [Assignment], filters: &mut [Filter]) {
    assignments.iter_mut().filter_map(|it| it.value.as_mut()).for_each(flatten_of);
    filters.iter_mut().for_each(|it| flatten_of(&mut it.condition));
}

fn flatten(select: &mut Select) {
    let mut tables = Vec::new();
    take(select, &mut tables);
    let tables = chained(tables);
    put(select, &tables);
}

fn flatten_of(expression: &mut Expression) {
    let mut tables = Vec::new();
    visit_of(expression, &mut |it| take_own(it, &mut tables));
    let tables = chained(tables);
    visit_of(expression, &mut |it| put_own(it, &tables));
}

/// Each table with those before it in their places.
fn chained(tables: Vec<CommonTable>) -> Vec<CommonTable> {
    let mut whole: Vec<CommonTable> = Vec::new();
    for mut table in tables {
        put(&mut table.query, &whole);
        whole.push(table);
    }
    whole
}

/// Puts tables in the places of their names.
fn put(select: &mut Select, tables: &[CommonTable]) {
    visit(select, &mut |it| put_own(it, tables));
}

fn put_own(select: &mut Select, tables: &[CommonTable]) {
    for source in select.from.iter_mut().chain(select.joins.iter_mut().map(|it| &mut it.source)) {
        if let Relation::CommonTable(name) = &source.relation
            && let Some(table) = tables.iter().find(|it| it.name == *name)
        {
            source.relation = Relation::Query(Box::new(table.query.clone()));
        }
    }
}

/// Whether a query reads a source of a query around it.
fn is_correlated(select: &Select) -> bool {
    let mut select = select.clone();
    let mut own = BTreeSet::new();
    visit(&mut select, &mut |it| own.extend(it.sources().map(|it| it.name.clone())));
    let mut found = false;
    for expression in select.expressions() {
        expression.walk(&mut |it| found |= matches!(it, Expression::Field(field) if !own.contains(&field.source)));
    }
    found
}

/// Whether a query inside of this one has common tables.
pub(super) fn is_nested(select: &Select) -> bool {
    let has_tables = |it: &Select| !it.common_tables.is_empty() || is_nested(it);
    let mut found = select.queries().into_iter().any(has_tables);
    for expression in select.expressions() {
        expression.walk(&mut |it| {
            if let Expression::Exists(query) | Expression::Subquery(query) | Expression::InQuery { query, .. } = it {
                found |= has_tables(query);
            }
        });
    }
    found
}

/// Takes the common tables out of a query, each behind those that it reads.
fn take(select: &mut Select, tables: &mut Vec<CommonTable>) {
    visit(select, &mut |it| take_own(it, tables));
}

fn take_own(select: &mut Select, tables: &mut Vec<CommonTable>) {
    for mut table in std::mem::take(&mut select.common_tables) {
        take(&mut table.query, tables);
        tables.push(table);
    }
}

/// Calls `change` with a query and every query inside it, outermost first.
fn visit(select: &mut Select, change: &mut dyn FnMut(&mut Select)) {
    change(select);
    select.common_tables.iter_mut().for_each(|it| visit(&mut it.query, change));
    for source in select.from.iter_mut().chain(select.joins.iter_mut().map(|it| &mut it.source)) {
        match &mut source.relation {
            Relation::Query(query) => visit(query, change),
            Relation::Set { queries, .. } => queries.iter_mut().for_each(|it| visit(it, change)),
            Relation::Table(_) | Relation::CommonTable(_) => {}
        }
    }
    for output in &mut select.outputs {
        match &mut output.value {
            OutputValue::Expression(it) => visit_of(it, change),
            OutputValue::Row { query, .. } | OutputValue::Rows(query) => visit(query, change),
        }
    }
    let conditions = select.joins.iter_mut().filter_map(|it| it.condition.as_mut());
    let conditions = conditions.chain(select.filters.iter_mut().map(|it| &mut it.condition));
    let keys = select.order_by.iter_mut().map(|it| &mut it.value);
    let rest = select.group_by.iter_mut().chain(&mut select.having).chain(keys);
    conditions.chain(rest).for_each(|it| visit_of(it, change));
}

/// The same with every query inside an expression.
fn visit_of(expression: &mut Expression, change: &mut dyn FnMut(&mut Select)) {
    match expression {
        Expression::Exists(query) | Expression::Subquery(query) => visit(query, change),
        Expression::InQuery { operand, query, .. } => {
            visit_of(operand, change);
            visit(query, change);
        }
        other => other.children_mut().into_iter().for_each(|it| visit_of(it, change)),
    }
}
