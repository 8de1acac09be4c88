//! What only expressions of queries hold: parameters, tuples, sub-queries, aggregates.

use orm_model::{
    ColumnType, Expression, ValueKind, ValueType,
    query::{AggregateFunction, Output, Parameter, ParameterValue, Select},
    typing,
};

use super::{
    names::{Aggregates, Around, QueryNames},
    relation::{self, Called, Named},
    select,
};
use crate::{
    diagnostics::rules::{
        aggregate_place, bad_expression, bad_subquery, bad_tuple, float_comparison, null_in_not_in, unknown_parameter,
    },
    item::{Anchor, Argument, ExpressionItem, ExpressionKind, Name, positional, query::Clause},
    lower::{
        Scope,
        expression::{self, Names, Typed, described, fit, operator},
    },
};

/// An expression of one of the kinds that only queries hold.
pub(crate) fn lower(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    query: &QueryNames<'_>,
    item: &ExpressionItem,
) -> Option<Expression> {
    match &item.kind {
        ExpressionKind::Parameter(name) => parameter(scope, query, name.as_ref()?),
        ExpressionKind::InSet { operand, set, negated } => in_set(scope, names, query, operand, set, *negated),
        ExpressionKind::Query(clauses) => subquery(scope, query, clauses, item.anchor),
        ExpressionKind::Exists(clauses) => {
            let select = select::lower(scope, clauses, item.anchor, &Around::existence(query))?;
            select::refuse_relations(scope, clauses, &select)?;
            Some(Expression::Exists(Box::new(select)))
        }
        ExpressionKind::ExistsRelation(arguments) => {
            let called = relation_call(scope, arguments, item.anchor)?;
            Some(Expression::Exists(Box::new(relation::existing(scope, query, &called)?)))
        }
        ExpressionKind::Subscript { object, index } => {
            let array = expression::lower(scope, names, object)?;
            let index = expression::lower(scope, names, index)?;
            if !matches!(array.kind(), ValueKind::Array | ValueKind::Unknown) || index.kind() != ValueKind::Integer {
                let found = described(&array.value);
                scope.report(bad_expression::wrong_type(scope.at(item.anchor), "an array and a whole number", &found));
                return None;
            }
            let arguments = vec![array.expression, index.expression];
            Some(Expression::Call { function: "array_get".to_owned(), arguments })
        }
        ExpressionKind::Tuple(_) => {
            scope.report(bad_tuple::place(scope.at(item.anchor)));
            None
        }
        _ => None,
    }
}

fn parameter(scope: &mut Scope<'_>, query: &QueryNames<'_>, name: &Name) -> Option<Expression> {
    let Some(found) = query.whole.parameters.iter().find(|it| it.name == *name.text) else {
        let known = query.whole.parameters.iter().map(|it| it.name.as_str());
        scope.report(unknown_parameter::report(scope.at(name.anchor), &name.text, known));
        return None;
    };
    let ParameterValue::Value(column_type) = &found.value else {
        scope.report(unknown_parameter::rows(scope.at(name.anchor), &name.text));
        return None;
    };
    let nullable = found.nullable && !query.is_present(&found.name);
    Some(Expression::Parameter(Parameter { name: found.name.clone(), column_type: column_type.clone(), nullable }))
}

/// `x in { … }`, `x in $values`
fn in_set(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    query: &QueryNames<'_>,
    operand: &ExpressionItem,
    set: &ExpressionItem,
    negated: bool,
) -> Option<Expression> {
    if let ExpressionKind::Query(clauses) = &set.kind {
        let select = select::lower(scope, clauses, set.anchor, &Around::inside(query));
        let operands = match &operand.kind {
            ExpressionKind::Tuple(items) => items.as_slice(),
            _ => std::slice::from_ref(operand),
        };
        let values: Vec<_> = operands.iter().map(|it| expression::lower(scope, names, it)).collect();
        let (select, values) = (select?, values.into_iter().collect::<Option<Vec<_>>>()?);
        select::refuse_relations(scope, clauses, &select)?;
        if values.len() != select.outputs.len() {
            scope.report(bad_subquery::count(scope.at(set.anchor), values.len(), select.outputs.len()));
            return None;
        }
        let mut fitted = Vec::new();
        for ((value, output), item) in values.into_iter().zip(&select.outputs).zip(operands) {
            let found = typed_output(output)?;
            hint_at_nan(scope, &value, item.anchor);
            fitted.push(fit::compared(scope, vec![value, found], &[item.anchor, set.anchor])?.swap_remove(0));
        }
        if let Some(finding) = null_in_not_in::report(scope.at(set.anchor), &select, clauses).filter(|_| negated) {
            scope.report(finding);
        }
        let operand = match fitted.len() {
            1 => fitted.swap_remove(0),
            _ => Expression::Tuple(fitted),
        };
        return Some(Expression::InQuery { operand: Box::new(operand), query: Box::new(select), negated });
    }
    let value = expression::lower(scope, names, operand);
    let array = expression::lower(scope, names, set);
    let (value, array) = (value?, array?);
    let ValueType::Known(ColumnType { scalar, array: true }) = &array.value else {
        scope.report(bad_expression::wrong_type(scope.at(set.anchor), "an array", &described(&array.value)));
        return None;
    };
    operator::refuse_absent(scope, &array, set.anchor);
    hint_at_nan(scope, &value, operand.anchor);
    let element = Typed {
        expression: array.expression.clone(),
        value: ValueType::Known(ColumnType::scalar(scalar.clone())),
        nullable: false,
    };
    let operand = fit::compared(scope, vec![value, element], &[operand.anchor, set.anchor])?.swap_remove(0);
    Some(Expression::InArray { operand: Box::new(operand), array: Box::new(array.expression), negated })
}

/// NaN is in a set of PostgreSQL alone.
fn hint_at_nan(scope: &mut Scope<'_>, value: &Typed, anchor: Anchor) {
    if let Some(finding) = float_comparison::report(scope.at(anchor), &[value.kind()], &scope.targets()) {
        scope.report(finding);
    }
}

fn typed_output(output: &Output) -> Option<Typed> {
    let expression = output.expression()?.clone();
    let typing = typing::infer(&expression, &|_| None);
    Some(Typed { expression, value: typing.value, nullable: typing.nullable })
}

/// `{ from … select x }` as a value.
fn subquery(scope: &mut Scope<'_>, query: &QueryNames<'_>, clauses: &[Clause], anchor: Anchor) -> Option<Expression> {
    let select: Select = select::lower(scope, clauses, anchor, &Around::inside(query))?;
    select::refuse_relations(scope, clauses, &select)?;
    if select.outputs.len() != 1 {
        scope.report(bad_subquery::count(scope.at(anchor), 1, select.outputs.len()));
        return None;
    }
    Some(Expression::Subquery(Box::new(select)))
}

/// A call that only a query understands: an aggregate, `count(posts)`. `None`: it is none of these.
pub(crate) fn call(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    query: &QueryNames<'_>,
    function: &[Name],
    arguments: &[Argument],
    anchor: Anchor,
) -> Option<Option<Expression>> {
    let [name] = function else { return None };
    let (aggregate, distinct) = aggregate(&name.text)?;
    if let Some(first) = positional(arguments).next()
        && let ExpressionKind::Path(path) = &first.value.kind
        && aggregate == AggregateFunction::Count
        && !distinct
        && query.column_type(scope, path).is_none()
        && (query.leads_to_relation(scope, path) || !matches!(relation::find(scope, query, path), Named::None))
    {
        let called = Called { path, arguments: &arguments[1..] };
        return Some(relation::counted(scope, query, &called).map(|it| Expression::Subquery(Box::new(it))));
    }
    Some(lower_aggregate(scope, names, query, aggregate, distinct, arguments, anchor))
}

/// The aggregate with this name, and whether it looks at different values only.
fn aggregate(name: &str) -> Option<(AggregateFunction, bool)> {
    if name == "count_distinct" {
        return Some((AggregateFunction::Count, true));
    }
    AggregateFunction::ALL.into_iter().find(|it| it.name() == name).map(|it| (it, false))
}

fn lower_aggregate(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    query: &QueryNames<'_>,
    function: AggregateFunction,
    distinct: bool,
    arguments: &[Argument],
    anchor: Anchor,
) -> Option<Expression> {
    let name = if distinct { "count_distinct" } else { function.name() };
    let may_be_empty = match query.aggregates.get() {
        Aggregates::Allowed { may_be_empty } => may_be_empty,
        Aggregates::Refused(place) => {
            scope.report(aggregate_place::report(scope.at(anchor), name, place));
            return None;
        }
    };
    let is_count = function == AggregateFunction::Count && !distinct;
    let item = match arguments {
        [] if is_count => return Some(Expression::Aggregate { function, argument: None, distinct, may_be_empty }),
        [Argument { name: None, value, .. }] => value,
        _ => {
            scope.report(aggregate_place::arguments(scope.at(anchor), name, is_count));
            return None;
        }
    };
    let before = query.aggregates.replace(Aggregates::Refused("another aggregate"));
    let typed = expression::lower(scope, names, item);
    query.aggregates.set(before);
    let typed = typed?;
    let kind = typed.kind();
    let fits = match function {
        AggregateFunction::Count => !distinct || kind.is_ordered(),
        AggregateFunction::Sum | AggregateFunction::Avg => kind.is_number() || kind == ValueKind::Unknown,
        AggregateFunction::Min | AggregateFunction::Max => kind.is_ordered(),
    };
    if !fits {
        let wanted = match function {
            AggregateFunction::Sum | AggregateFunction::Avg => "a number",
            _ => "a value that has an order",
        };
        scope.report(bad_expression::wrong_type(scope.at(item.anchor), wanted, &described(&typed.value)));
        return None;
    }
    Some(Expression::Aggregate { function, argument: Some(Box::new(typed.expression)), distinct, may_be_empty })
}

/// What stands in `exists(relation, where: …)`.
fn relation_call<'i>(scope: &mut Scope<'_>, arguments: &'i [Argument], anchor: Anchor) -> Option<Called<'i>> {
    match arguments.split_first() {
        Some((Argument { name: None, value: ExpressionItem { kind: ExpressionKind::Path(path), .. }, .. }, rest)) => {
            Some(Called { path, arguments: rest })
        }
        _ => {
            scope.report(bad_subquery::relation(scope.at(anchor)));
            None
        }
    }
}

/// A comparison of tuples; `None` where neither side is one.
pub(crate) fn compare_tuples(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    sides: &[&ExpressionItem],
    by_order: bool,
) -> Option<Option<Vec<Expression>>> {
    let is_tuple = |it: &&ExpressionItem| matches!(it.kind, ExpressionKind::Tuple(_));
    if !sides.iter().any(is_tuple) {
        return None;
    }
    Some(tuples(scope, names, sides, by_order))
}

fn tuples(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    sides: &[&ExpressionItem],
    by_order: bool,
) -> Option<Vec<Expression>> {
    let mut rows: Vec<&[ExpressionItem]> = Vec::new();
    for side in sides {
        match &side.kind {
            ExpressionKind::Tuple(items) if rows.first().is_none_or(|first| first.len() == items.len()) => {
                rows.push(items);
            }
            _ => {
                scope.report(bad_tuple::sides(scope.at(side.anchor)));
                return None;
            }
        }
    }
    let mut columns = Vec::new();
    for index in 0..rows.first()?.len() {
        let compared: Vec<_> = rows.iter().map(|it| &it[index]).collect();
        columns.push(operator::comparison(scope, names, &compared, by_order));
    }
    let columns = columns.into_iter().collect::<Option<Vec<_>>>()?;
    let tuple = |side: usize| Expression::Tuple(columns.iter().map(|it| it[side].clone()).collect());
    Some((0..sides.len()).map(tuple).collect())
}
