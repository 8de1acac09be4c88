//! A value that is written into a column.

use orm_model::{ColumnType, Expression, Literal, ScalarType, ValueKind, query::Output, typing};

use super::names::{QueryNames, SourceColumn};
use crate::{
    diagnostics::rules::{bad_value, duplicate_json_key, json_number, null_value},
    item::{Anchor, ExpressionItem, ExpressionKind},
    lower::{
        Scope, default, enums,
        expression::{self, Names, described, is_assignable},
        types::enum_of,
    },
};

/// A value for a column; `None` where a finding says why it is none.
pub(super) fn lower(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    column: &SourceColumn,
    item: &ExpressionItem,
) -> Option<Expression> {
    let column_type = column.column_type.as_ref()?;
    if item.kind == ExpressionKind::Null {
        if !column.nullable {
            scope.report(bad_value::null(scope.at(item.anchor), &column.declared_name));
            return None;
        }
        return Some(Expression::Literal(Literal::Null));
    }
    let (expression, nullable) = fitted(scope, names, column_type, item)?;
    if nullable && !column.nullable {
        scope.report(null_value::sometimes(scope.at(item.anchor), &column.declared_name));
    }
    Some(expression)
}

fn fitted(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    column_type: &ColumnType,
    item: &ExpressionItem,
) -> Option<(Expression, bool)> {
    if let (true, ExpressionKind::List(items)) = (column_type.array, &item.kind) {
        let element = ColumnType::scalar(column_type.scalar.clone());
        let items: Vec<_> = items.iter().map(|it| fitted(scope, names, &element, it)).collect();
        let items = items.into_iter().map(|it| it.map(|(it, _)| it)).collect::<Option<_>>()?;
        return Some((Expression::List(items), false));
    }
    if !column_type.array
        && let Some(constant) = constant(scope, column_type, item)?
    {
        return Some((constant, false));
    }
    let values = match &column_type.scalar {
        ScalarType::Enum(name) => enum_of(scope, name),
        _ => None,
    };
    let values = values.map(|it| enums::lower_enum(scope.db, scope.project, it).definition.clone());
    let names = Names { values: values.as_ref(), ..Names::query(names) };
    let it = expression::lower(scope, names, item)?;
    let is_uuid_text = it.kind() == ValueKind::Uuid && default::holds_uuid(&column_type.scalar);
    if !is_assignable(&it.value, column_type) && !is_uuid_text {
        let complaint = format!("this is {}", described(&it.value));
        scope.report(bad_value::report(scope.at(item.anchor), column_type, &complaint));
        return None;
    }
    Some((it.expression, it.nullable))
}

/// A constant of the type; `None` of it where the item is no constant.
fn constant(scope: &mut Scope<'_>, column_type: &ColumnType, item: &ExpressionItem) -> Option<Option<Expression>> {
    if matches!(column_type.scalar, ScalarType::Json | ScalarType::Jsonb) {
        let Some(json) = default::json(item) else {
            if matches!(item.kind, ExpressionKind::Object(_) | ExpressionKind::List(_)) {
                scope.report(bad_value::json(scope.at(item.anchor)));
                return None;
            }
            return Some(None);
        };
        duplicate_json_key::check(scope, item);
        json_number::check(scope, item);
        return Some(Some(Expression::Literal(Literal::Json(json))));
    }
    match default::literal(&column_type.scalar, item) {
        Some(Ok(literal)) => Some(Some(Expression::Literal(literal))),
        Some(Err(complaint)) => {
            scope.report(bad_value::report(scope.at(item.anchor), column_type, &complaint));
            None
        }
        None => Some(None),
    }
}

/// An output that goes into a column; `None` where a finding says why it cannot.
pub(super) fn check_output(
    scope: &mut Scope<'_>,
    column: &SourceColumn,
    output: &Output,
    anchor: Anchor,
) -> Option<()> {
    let column_type = column.column_type.as_ref()?;
    let typing = typing::infer(output.expression()?, &|_| None);
    if !is_assignable(&typing.value, column_type) {
        let complaint = format!("`{}` is {}", output.name, described(&typing.value));
        scope.report(bad_value::report(scope.at(anchor), column_type, &complaint));
        return None;
    }
    if typing.nullable && !column.nullable {
        scope.report(null_value::sometimes(scope.at(anchor), &column.declared_name));
    }
    Some(())
}
