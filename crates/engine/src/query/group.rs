//! Groups and distinct rows as sub-queries.
//!
//! What a group may be asked for differs: PostgreSQL looks for the text of the key again, Spanner does not know it behind
//! `GROUP BY`. So keys that are computed, and all aggregates, are outputs of an inner query, and everything else reads
//! those. In the same way `DISTINCT` stands in an inner query where its rows are ordered, counted or made JSON.

use orm_model::{
    ColumnType, Expression, PerDialect, ScalarType,
    query::{Field, Filter, Output, OutputValue, Relation, ResultValue, Select, Source},
};

use super::select::Shape;
use crate::dialect::expression::Scope;

/// Whether every key is a column.
pub(super) fn has_plain_keys(select: &Select) -> bool {
    select.group_by.iter().all(|it| matches!(it, Expression::Field(_)))
}

/// The query as one over a sub-query; `None` where it can stand as it is.
pub(super) fn rewritten(scope: Scope<'_>, select: &Select, shape: Shape<'_>) -> Result<Option<Select>, &'static str> {
    let is_cut = !select.order_by.is_empty() || !select.has_every_row();
    if select.distinct && (is_cut || matches!(shape, Shape::Json | Shape::Tuple)) {
        return distinct(scope, select).map(Some);
    }
    if select.group_by.is_empty() || has_plain_keys(select) || gives_groups(select) {
        return Ok(None);
    }
    Ok(Some(grouped(scope, select)))
}

/// Whether the outputs are the keys and aggregates, and nothing else asks for either.
fn gives_groups(select: &Select) -> bool {
    let outputs: Vec<_> = select.outputs.iter().map(Output::expression).collect();
    let count = select.group_by.len();
    let are_keys = outputs.len() >= count && outputs.iter().zip(&select.group_by).all(|(it, key)| *it == Some(key));
    let is_aggregate = |it: &Option<&Expression>| matches!(it, Some(Expression::Aggregate { .. }));
    are_keys && outputs[count..].iter().all(is_aggregate) && select.having.is_empty() && select.order_by.is_empty()
}

fn distinct(scope: Scope<'_>, select: &Select) -> Result<Select, &'static str> {
    let name = fresh(scope, "distinct_rows");
    let mut values = Vec::new();
    let mut outputs = Vec::new();
    for output in &select.outputs {
        let OutputValue::Expression(value) = &output.value else {
            return Err("`distinct` compares values, and a relation is none");
        };
        let field = field(scope, &name, &output.name, value);
        outputs.push(Output { name: output.name.clone(), value: OutputValue::Expression(field.clone()) });
        values.push((value.clone(), field));
    }
    let mut outer = Select {
        common_tables: select.common_tables.clone(),
        outputs,
        order_by: select.order_by.clone(),
        limit: select.limit.clone(),
        offset: select.offset.clone(),
        ..Select::default()
    };
    for key in &mut outer.order_by {
        replace(&mut key.value, &values, &[]);
        let mut is_known = true;
        key.value.walk(&mut |it| is_known &= !matches!(it, Expression::Field(field) if field.source != name));
        if !is_known {
            return Err("distinct rows are ordered by what is selected");
        }
    }
    let inner = Select {
        common_tables: Vec::new(),
        order_by: Vec::new(),
        limit: None,
        offset: None,
        lock: None,
        distinct: true,
        ..select.clone()
    };
    outer.from = Some(Source { name, relation: Relation::Query(Box::new(inner)) });
    Ok(outer)
}

fn grouped(scope: Scope<'_>, select: &Select) -> Select {
    let name = fresh(scope, "grouped");
    let mut inner = Select {
        from: select.from.clone(),
        joins: select.joins.clone(),
        filters: select.filters.clone(),
        group_by: select.group_by.clone(),
        ..Select::default()
    };
    let mut name_all = |prefix: &str, expressions: Vec<Expression>| -> Vec<(Expression, Expression)> {
        let named = expressions.into_iter().enumerate().map(|(index, expression)| {
            let column = format!("{prefix}{}", index + 1);
            let value = OutputValue::Expression(expression.clone());
            inner.outputs.push(Output { name: column.clone(), value });
            let field = field(scope, &name, &column, &expression);
            (expression, field)
        });
        named.collect()
    };
    let keys = name_all("key_", select.group_by.clone());
    let aggregates = name_all("value_", aggregates(select));
    let mut outer = Select {
        common_tables: select.common_tables.clone(),
        filters: select.having.iter().map(|it| Filter { condition: it.clone(), when: Vec::new() }).collect(),
        distinct: select.distinct,
        outputs: select.outputs.clone(),
        order_by: select.order_by.clone(),
        limit: select.limit.clone(),
        offset: select.offset.clone(),
        lock: select.lock,
        ..Select::default()
    };
    for expression in outer.filters.iter_mut().map(|it| &mut it.condition) {
        replace(expression, &keys, &aggregates);
    }
    for expression in outer.order_by.iter_mut().map(|it| &mut it.value) {
        replace(expression, &keys, &aggregates);
    }
    for output in &mut outer.outputs {
        match &mut output.value {
            OutputValue::Expression(it) => replace(it, &keys, &aggregates),
            OutputValue::Row { query, .. } | OutputValue::Rows(query) => {
                query.expressions_mut().into_iter().for_each(|it| replace(it, &keys, &[]));
            }
        }
    }
    outer.from = Some(Source { name, relation: Relation::Query(Box::new(inner)) });
    outer
}

/// The aggregates of a query, each once, those of its sub-queries not among them.
fn aggregates(select: &Select) -> Vec<Expression> {
    let mut found = Vec::new();
    let outputs = select.outputs.iter().filter_map(Output::expression);
    for expression in outputs.chain(&select.having).chain(select.order_by.iter().map(|it| &it.value)) {
        collect(expression, &mut found);
    }
    found
}

fn collect(expression: &Expression, found: &mut Vec<Expression>) {
    match expression {
        Expression::Aggregate { .. } => {
            if !found.contains(expression) {
                found.push(expression.clone());
            }
        }
        Expression::Exists(_) | Expression::Subquery(_) => {}
        Expression::InQuery { operand, .. } => collect(operand, found),
        other => other.children().into_iter().for_each(|it| collect(it, found)),
    }
}

/// Puts fields in the place of `keys`, and of `aggregates` unless those are of a sub-query.
fn replace(expression: &mut Expression, keys: &[(Expression, Expression)], aggregates: &[(Expression, Expression)]) {
    let mut known = aggregates.iter().chain(keys);
    if let Some((_, field)) = known.find(|(it, _)| it == expression) {
        *expression = field.clone();
        return;
    }
    match expression {
        Expression::Exists(query) | Expression::Subquery(query) => {
            query.expressions_mut().into_iter().for_each(|it| replace(it, keys, &[]));
        }
        Expression::InQuery { operand, query, .. } => {
            replace(operand, keys, aggregates);
            query.expressions_mut().into_iter().for_each(|it| replace(it, keys, &[]));
        }
        other => other.children_mut().into_iter().for_each(|it| replace(it, keys, aggregates)),
    }
}

/// What an output of a sub-query is outside of it.
fn field(scope: Scope<'_>, source: &str, column: &str, value: &Expression) -> Expression {
    let typing = scope.typing(value);
    let column_type = typing.value.settled().known().cloned();
    Expression::Field(Field {
        source: source.to_owned(),
        column: column.to_owned(),
        column_type: column_type.unwrap_or_else(unknown),
        nullable: typing.nullable,
    })
}

/// A type of which nothing is known.
pub(super) fn unknown() -> ColumnType {
    ScalarType::Native(PerDialect::default()).into()
}

/// The type of a value of a result; of a row, the JSON that it is.
pub(crate) fn value_type(value: &ResultValue) -> ColumnType {
    match value {
        ResultValue::Value(Some(it)) => it.clone(),
        ResultValue::Value(None) => unknown(),
        ResultValue::Row(_) | ResultValue::Rows(_) => ScalarType::Jsonb.into(),
    }
}

fn fresh(scope: Scope<'_>, wish: &str) -> String {
    scope.query().map_or_else(|| wish.to_owned(), |it| it.fresh(wish))
}
