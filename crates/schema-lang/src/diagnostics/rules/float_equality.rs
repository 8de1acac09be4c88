//! A comparison for the very same binary fraction.

use orm_model::{BinaryOperator, Expression, Literal, ScalarType};

use super::float_key::exact;
use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A check asks whether a floating-point number is a certain fraction.
    ///
    /// Fractions such as `0.1` have no exact value in it, so that a computed number is next to it and not it.
    ///
    /// ```orm,bad
    /// table rates {
    ///   id    uuid    @primary_key
    ///   rate  double  @check(rate != 0.1)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table rates {
    ///   id    uuid           @primary_key
    ///   rate  numeric(8, 4)  @check(rate != 0.1)
    /// }
    /// ```
    FLOAT_EQUALITY: "ORM210", "float-equality", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        let mut found = None;
        check.expression.walk(&mut |it| found = found.or_else(|| compared_column(context, it)));
        let column = found.and_then(|name| context.column(name));
        if let Some(column) = column.filter(|it| context.is_own_pair(&place.origin, it)) {
            let message = format!("`{}` is `{}`, which is never exact", column.declared_name(), column.column_type);
            let finding = context.at(&FLOAT_EQUALITY, &place.origin, place.anchor, message);
            let fix = context.column_shape(&column.name).map(|it| context.retype(it, &exact()));
            diagnostics.push(finding.help("use `numeric`, or compare with `<` and `>`").fix_if_any(fix));
        }
    }
}

/// The floating-point column that is compared for equality with a fraction.
fn compared_column<'a>(context: &RuleContext<'_>, expression: &'a Expression) -> Option<&'a str> {
    let is_float = |it: &Expression| match it {
        Expression::Column(name) => context
            .table()
            .column(name)
            .is_some_and(|it| matches!(it.column_type.scalar, ScalarType::Real | ScalarType::Double)),
        _ => false,
    };
    let (operand, others): (&Expression, Vec<&Expression>) = match expression {
        Expression::Binary { operator: BinaryOperator::Equal | BinaryOperator::NotEqual, left, right } => {
            if is_float(left) { (left, vec![right]) } else { (right, vec![left]) }
        }
        Expression::In { operand, list, .. } => (operand, list.iter().collect()),
        _ => return None,
    };
    match operand {
        Expression::Column(name) if is_float(operand) && others.into_iter().any(is_inexact) => Some(name),
        _ => None,
    }
}

/// Halves, quarters and so on are exact.
fn is_inexact(expression: &Expression) -> bool {
    let Expression::Literal(Literal::Decimal(text)) = expression else { return false };
    let digits = text.split_once('.').map_or("", |(_, digits)| digits.trim_end_matches('0'));
    !text.contains(['e', 'E']) && !digits.is_empty() && !digits.ends_with('5')
}
