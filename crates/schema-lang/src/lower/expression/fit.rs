//! Values that must have one type: the sides of a comparison, the results of a `case`, the items of a list.

use orm_model::{Expression, Literal, ScalarType, ValueKind, ValueType, typing};

use super::{Typed, called, described};
use crate::{
    diagnostics::rules::bad_expression,
    item::Anchor,
    lower::{Scope, default},
};

/// The expressions, literals fitted to the type that all have in common; `None` where a finding says that there is none.
pub(super) fn one_type(scope: &mut Scope<'_>, values: Vec<Typed>, anchors: &[Anchor]) -> Option<Vec<Expression>> {
    let mut common = ValueType::Null;
    for (index, it) in values.iter().enumerate() {
        let Some(next) = common.common(&it.value) else {
            let (wanted, found) = (described(&common), described(&it.value));
            scope.report(bad_expression::wrong_type(scope.at(anchors[index]), &wanted, &found));
            return None;
        };
        common = next;
    }
    let fitted: Vec<_> =
        values.into_iter().zip(anchors).map(|(it, anchor)| literal(scope, it, &common, *anchor)).collect();
    fitted.into_iter().collect()
}

/// The sides of a comparison. JSON beside a text, a number or a truth value stands for the value of that type in it.
pub(crate) fn compared(scope: &mut Scope<'_>, values: Vec<Typed>, anchors: &[Anchor]) -> Option<Vec<Expression>> {
    let others = values.iter().filter(|it| it.kind() != ValueKind::Json).map(|it| &it.value);
    let reader = json_reader(&typing::common_of(others));
    let read = |it: Typed| match (it.kind(), &reader) {
        (ValueKind::Json, Some((function, value))) => {
            Typed { expression: called(function, vec![it.expression]), value: value.clone().into(), nullable: true }
        }
        _ => it,
    };
    let values: Vec<_> = values.into_iter().map(read).collect();
    let without_order = values.iter().position(|it| !it.kind().is_ordered());
    if let Some(index) = without_order {
        scope.report(bad_expression::not_comparable(scope.at(anchors[index]), values[index].kind().title()));
        return None;
    }
    one_type(scope, values, anchors)
}

/// The function that reads a value of this type out of JSON, and the type that it gives.
pub(super) fn json_reader(value: &ValueType) -> Option<(&'static str, ScalarType)> {
    Some(match value.kind() {
        ValueKind::Text => ("json_text", ScalarType::Text),
        ValueKind::Integer => ("json_integer", ScalarType::Bigint),
        ValueKind::Numeric | ValueKind::Float => ("json_double", ScalarType::Double),
        ValueKind::Boolean => ("json_boolean", ScalarType::Boolean),
        _ => return None,
    })
}

/// A text that stands for a date, an instant or a UUID must be one.
pub(crate) fn literal(scope: &mut Scope<'_>, it: Typed, wanted: &ValueType, anchor: Anchor) -> Option<Expression> {
    let (Expression::Literal(Literal::String(text)), ValueType::Known(column_type)) = (&it.expression, wanted) else {
        return Some(it.expression);
    };
    if matches!(wanted.kind(), ValueKind::Text | ValueKind::Array) {
        return Some(it.expression);
    }
    match default::string(&column_type.scalar, text) {
        Ok(literal) => Some(Expression::Literal(literal)),
        Err(complaint) => {
            scope.report(bad_expression::bad_literal(scope.at(anchor), column_type, &complaint));
            None
        }
    }
}
