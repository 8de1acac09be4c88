//! Rows of several queries put together: `union_all { … }`.

use orm_model::{
    Dialect, Expression, ValueType,
    query::{Output, OutputValue, Relation, Select, SetOperator, Source},
    typing,
};

use super::{
    clauses::Clauses,
    names::{Around, QueryNames, SourceNames, columns_of},
    select,
};
use crate::{
    diagnostics::rules::{bad_set, lock_place, nested_relation, unordered_value},
    item::Anchor,
    lower::{
        Scope,
        expression::{Typed, fit},
    },
};

/// A query with `union` and the like. Its order and limits are those of all rows.
pub(super) fn lower(
    scope: &mut Scope<'_>,
    clauses: &Clauses<'_>,
    anchor: Anchor,
    names: &mut QueryNames<'_>,
) -> Option<Select> {
    let mut first_names = QueryNames::new(&Around::inside(names));
    let first = select::body(scope, clauses, anchor, &mut first_names);
    let mut others = Vec::new();
    for (operator, written, at) in &clauses.set {
        let around = Around::inside(names);
        let it = select::lower(scope, written, *at, &around);
        let is_locked = it.as_ref().is_some_and(|query| query.lock.is_some());
        if is_locked && scope.targets().includes(Dialect::Postgres) {
            scope.report(lock_place::in_union(scope.at(*at)));
        }
        others.push(it.map(|query| (*operator, query, *at)));
    }
    let mut whole = first?;
    if let Some(output) = whole.outputs.iter().find(|it| it.query().is_some()) {
        scope.report(nested_relation::report(scope.at(anchor), &output.name));
        return None;
    }
    let mut relation: Option<(SetOperator, Vec<Select>)> = None;
    for other in others {
        let (operator, mut query, at) = other?;
        let is_one = matches!(&relation, Some((last, _)) if *last == operator);
        if let Some((last, queries)) = relation.take() {
            match is_one {
                true => relation = Some((last, queries)),
                // Of different operators the one that is written first is carried out first.
                false => whole = rows(names, last, queries)?.0,
            }
        }
        let mut queries = match relation.take() {
            Some((_, queries)) => queries,
            None => vec![whole.clone()],
        };
        agree(scope, &mut queries, &mut query, operator, at)?;
        queries.push(query);
        relation = Some((operator, queries));
    }
    let (operator, queries) = relation?;
    let (mut select, source) = rows(names, operator, queries)?;
    names.sources.push(source);
    select::order(scope, clauses, names, &mut select)?;
    Some(select)
}

/// A query of all rows, and the names that its order may use.
fn rows(names: &QueryNames<'_>, operator: SetOperator, queries: Vec<Select>) -> Option<(Select, SourceNames)> {
    let name = names.whole.source_name("rows");
    let mut columns = columns_of(queries.first()?);
    for query in &queries[1..] {
        for (column, other) in columns.iter_mut().zip(columns_of(query)) {
            column.nullable = match operator {
                SetOperator::Union | SetOperator::UnionAll => column.nullable || other.nullable,
                SetOperator::Intersect => column.nullable && other.nullable,
                SetOperator::Except => column.nullable,
            };
        }
    }
    let source = SourceNames {
        written: name.clone(),
        qualified: None,
        name: name.clone(),
        columns,
        is_complete: true,
        is_optional: false,
        table: None,
    };
    let output = |it: &super::names::SourceColumn| {
        Some(Output { name: it.name.clone(), value: OutputValue::Expression(source.field(it)?) })
    };
    let outputs = source.columns.iter().map(output).collect::<Option<Vec<_>>>()?;
    let from = Source { name, relation: Relation::Set { operator, queries } };
    Some((Select { from: Some(from), outputs, ..Select::default() }, source))
}

/// Gives the outputs of all queries one type each.
fn agree(
    scope: &mut Scope<'_>,
    queries: &mut [Select],
    other: &mut Select,
    operator: SetOperator,
    at: Anchor,
) -> Option<()> {
    let count = queries.first()?.outputs.len();
    if other.outputs.len() != count {
        scope.report(bad_set::count(scope.at(at), count, other.outputs.len()));
        return None;
    }
    for index in 0..count {
        let value = |query: &Select| {
            let it = query.outputs.get(index).and_then(Output::expression)?;
            Some(typing::infer(it, &|_| None).value)
        };
        let (Some(one), Some(two)) = (value(queries.first()?), value(other)) else {
            let name = &queries.first()?.outputs[index].name;
            scope.report(nested_relation::report(scope.at(at), name));
            return None;
        };
        let name = queries.first()?.outputs[index].name.clone();
        let Some(common) = one.common(&two).map(ValueType::settled) else {
            let (one, two) = (one.kind().title(), two.kind().title());
            scope.report(bad_set::types(scope.at(at), &name, one, two));
            return None;
        };
        if operator != SetOperator::UnionAll && !common.kind().is_ordered() {
            scope.report(unordered_value::report(scope.at(at), "a union of different rows", common.kind().title()));
            return None;
        }
        for query in queries.iter_mut().chain([&mut *other]) {
            convert(scope, &mut query.outputs[index], &common, at)?;
        }
    }
    Some(())
}

/// What is of another type than the rest, is converted; a text that stands for a value of the type must be one.
fn convert(scope: &mut Scope<'_>, output: &mut Output, common: &ValueType, at: Anchor) -> Option<()> {
    let (OutputValue::Expression(value), ValueType::Known(to)) = (&mut output.value, common) else { return Some(()) };
    let typing = typing::infer(value, &|_| None);
    if typing.value != *common {
        let it = Typed { expression: value.clone(), value: typing.value, nullable: typing.nullable };
        let operand = Box::new(fit::literal(scope, it, common, at)?);
        *value = Expression::Cast { operand, to: to.clone() };
    }
    Some(())
}
