//! `WITH` of sub-queries, put before the whole query where a database has it nowhere else.

use orm_model::{
    Expression,
    query::{CommonTable, OutputValue, Relation, Select, Source},
};

/// The query with all common tables before it, each behind those that it reads; the name of one that there are two of.
pub(super) fn hoisted(select: &Select) -> Result<Select, String> {
    let mut select = select.clone();
    let mut tables = Vec::new();
    take(&mut select, &mut tables);
    for (index, table) in tables.iter().enumerate() {
        if tables[..index].iter().any(|it| it.name == table.name) {
            return Err(table.name.clone());
        }
    }
    select.common_tables = tables;
    Ok(select)
}

/// Whether a query inside of this one has common tables.
pub(super) fn is_nested(select: &Select) -> bool {
    let mut copy = select.clone();
    let own: Vec<_> = std::mem::take(&mut copy.common_tables);
    let mut nested = Vec::new();
    for mut table in own {
        take(&mut table.query, &mut nested);
    }
    take(&mut copy, &mut nested);
    !nested.is_empty()
}

/// Takes the common tables out of an expression.
fn take_of(expression: &mut Expression, tables: &mut Vec<CommonTable>) {
    match expression {
        Expression::Exists(query) | Expression::Subquery(query) => take(query, tables),
        Expression::InQuery { operand, query, .. } => {
            take_of(operand, tables);
            take(query, tables);
        }
        other => other.children_mut().into_iter().for_each(|it| take_of(it, tables)),
    }
}

fn take(select: &mut Select, tables: &mut Vec<CommonTable>) {
    for mut table in std::mem::take(&mut select.common_tables) {
        take(&mut table.query, tables);
        tables.push(table);
    }
    let sources = select.from.iter_mut().chain(select.joins.iter_mut().map(|it| &mut it.source));
    sources.for_each(|it| take_of_source(it, tables));
    for output in &mut select.outputs {
        match &mut output.value {
            OutputValue::Expression(it) => take_of(it, tables),
            OutputValue::Row { query, .. } | OutputValue::Rows(query) => take(query, tables),
        }
    }
    let conditions = select.joins.iter_mut().filter_map(|it| it.condition.as_mut());
    let conditions = conditions.chain(select.filters.iter_mut().map(|it| &mut it.condition));
    let rest =
        select.group_by.iter_mut().chain(&mut select.having).chain(select.order_by.iter_mut().map(|it| &mut it.value));
    conditions.chain(rest).for_each(|it| take_of(it, tables));
}

fn take_of_source(source: &mut Source, tables: &mut Vec<CommonTable>) {
    match &mut source.relation {
        Relation::Query(query) => take(query, tables),
        Relation::Set { queries, .. } => queries.iter_mut().for_each(|it| take(it, tables)),
        Relation::Table(_) | Relation::CommonTable(_) => {}
    }
}
