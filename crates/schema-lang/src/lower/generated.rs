//! What stands in `@generated(…)`, checked against the type of its column.

use orm_model::{ColumnType, Expression, ScalarType, ValueKind, ValueType, registry::FunctionPlace};

use super::{
    Scope,
    default::holds_uuid,
    expression::{self, Names, is_assignable},
    shape::ColumnShape,
};
use crate::{
    diagnostics::rules::{generated_expression, generated_null},
    item::ExpressionItem,
};

/// The expression of `column`; `None` where a finding says why it gives no value of the column.
pub(crate) fn lower_generated(
    scope: &mut Scope<'_>,
    columns: &[ColumnShape],
    column: &ColumnShape,
    item: &ExpressionItem,
) -> Option<Expression> {
    let names = Names::table(columns, FunctionPlace::Generated);
    let it = expression::lower(scope, names, item)?;
    // Of a type that is not known nothing can be said, and it has a finding of its own.
    let column_type = column.column_type()?;
    if !takes(column_type, &it.value) {
        let found = it.value.known().map_or_else(|| it.value.kind().title().to_owned(), |it| format!("`{it}`"));
        scope.report(generated_expression::wrong_type(
            scope.at(item.anchor),
            column,
            column_type,
            &found,
            it.value.known(),
        ));
        return None;
    }
    if it.nullable && !column.column.nullable {
        scope.report(generated_null::report(scope.at(item.anchor), column));
    }
    Some(it.expression)
}

/// Spanner makes no FLOAT32 of other numbers by itself, and a text column may hold a UUID.
fn takes(column_type: &ColumnType, value: &ValueType) -> bool {
    let is_uuid_text = value.kind() == ValueKind::Uuid && !column_type.array && holds_uuid(&column_type.scalar);
    let is_other_real = column_type.scalar == ScalarType::Real
        && value.kind().is_number()
        && value.known().is_none_or(|it| it.scalar != ScalarType::Real);
    (is_assignable(value, column_type) || is_uuid_text) && !is_other_real
}
