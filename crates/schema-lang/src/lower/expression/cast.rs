//! `x as type`: the conversions that mean the same in both databases.

use orm_model::{ColumnType, Expression, ScalarType, ValueKind, ValueType};

use super::{Names, called, check_function, described, fit, has_no_size, lower as lower_expression};
use crate::{
    diagnostics::rules::bad_cast,
    item::{Anchor, ExpressionItem, TypeExpression},
    lower::{Scope, types::lower_type},
};

pub(super) fn lower(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    operand: &ExpressionItem,
    to: &TypeExpression,
    anchor: Anchor,
) -> Option<Expression> {
    let it = lower_expression(scope, names, operand);
    let written = scope.at(to.anchor);
    let to = lower_type(scope, to)?;
    let it = it?;
    let target = ValueType::Known(to.clone());
    if !has_no_size(&to.scalar) && target.kind() != ValueKind::Unknown {
        scope.report(bad_cast::size(scope.at(anchor), &to, without_size(&to).as_deref(), &written));
        return None;
    }
    if it.value == ValueType::TextLiteral && it.value.common(&target).is_some_and(|common| common == target) {
        let operand = Box::new(fit::literal(scope, it, &target, operand.anchor)?);
        return Some(Expression::Cast { operand, to });
    }
    match conversion(it.kind(), &target) {
        Conversion::Cast => Some(Expression::Cast { operand: Box::new(it.expression), to }),
        Conversion::Call(function) => {
            check_function(scope, names, function, anchor);
            Some(called(function, vec![it.expression]))
        }
        Conversion::Refused(function) => {
            scope.report(bad_cast::differs(scope.at(anchor), &described(&it.value), &to, function, operand.anchor));
            None
        }
    }
}

/// The type to write instead of one with a size, or of a number that is computed with.
fn without_size(to: &ColumnType) -> Option<String> {
    let ValueType::Known(wide) = ValueType::Known(ColumnType::scalar(to.scalar.clone())).widened() else { return None };
    let scalar = match wide.scalar {
        ScalarType::Varchar(_) | ScalarType::Char(_) => ScalarType::Text,
        ScalarType::Bytes(_) => ScalarType::Bytes(None),
        ScalarType::Timestamptz(_) => ScalarType::Timestamptz(None),
        ScalarType::Time(_) => ScalarType::Time(None),
        ScalarType::Json => ScalarType::Jsonb,
        other if has_no_size(&other) => other,
        _ => return None,
    };
    Some(scalar.to_string())
}

enum Conversion {
    Cast,
    /// A function of the registry does it.
    Call(&'static str),
    /// The databases do it differently; a function may do it instead.
    Refused(Option<&'static str>),
}

fn conversion(from: ValueKind, target: &ValueType) -> Conversion {
    use ValueKind::{Boolean, Bytes, Date, Float, Integer, Json, Numeric, Text, Time, Timestamp, Unknown, Uuid};
    let to = target.kind();
    match (from, to) {
        (Unknown, _) | (_, Unknown) => Conversion::Cast,
        _ if from == to => Conversion::Cast,
        (Integer, Numeric | Float | Text | Boolean)
        | (Numeric, Integer | Float | Text)
        | (Float, Integer)
        | (Boolean, Text | Integer)
        | (Date, Timestamp)
        | (Timestamp, Date)
        | (Uuid | Time, Text) => Conversion::Cast,
        (Date, Text) => Conversion::Call("format_date"),
        (Text, Bytes) => Conversion::Call("to_bytes"),
        (Json, Text | Integer | Float | Boolean) => match fit::json_reader(target) {
            Some((function, _)) => Conversion::Call(function),
            None => Conversion::Refused(None),
        },
        (Timestamp, Text) => Conversion::Refused(Some("format_timestamp")),
        (Text, Integer) => Conversion::Refused(Some("parse_integer")),
        (Text, Numeric) => Conversion::Refused(Some("parse_numeric")),
        (Text, Float) => Conversion::Refused(Some("parse_double")),
        (Text, Boolean) => Conversion::Refused(Some("parse_boolean")),
        (Text, Date) => Conversion::Refused(Some("parse_date")),
        (Text, Timestamp) => Conversion::Refused(Some("parse_timestamp")),
        (Text | Integer | Boolean | Date, Json) => Conversion::Refused(Some("to_json")),
        _ => Conversion::Refused(None),
    }
}
