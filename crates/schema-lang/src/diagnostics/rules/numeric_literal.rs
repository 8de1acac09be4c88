//! A number that Spanner cannot write.

use orm_model::{
    Dialect, Expression, Literal, ScalarType, ValueKind,
    registry::{self, ParameterType},
};

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    item::Anchor,
    lower::table::Origin,
};

rule! {
    /// A number has more digits than Spanner's NUMERIC: 29 before the point and 9 after it.
    ///
    /// It may stand in a check, a generated column, or a key or condition of an index
    /// (<https://cloud.google.com/spanner/docs/reference/standard-sql/data-types#decimal_types>). PostgreSQL would compare
    /// with all of its digits, and Spanner refuses them.
    ///
    /// ```orm,bad
    /// table rates {
    ///   id    uuid     @primary_key
    ///   rate  numeric  @check(rate > 0.0000000001)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table rates {
    ///   id    uuid     @primary_key
    ///   rate  numeric  @check(rate > 0.000000001)
    /// }
    /// ```
    NUMERIC_LITERAL: "SP114", "numeric-literal", Error, oracle(Spanner)
}

const BEFORE_POINT: usize = 29;
const AFTER_POINT: usize = 9;

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let (table, lowered) = (context.table(), context.lowered);
    let mut report = |expression: &Expression, origin: &Origin, anchor: Anchor| {
        let text = context.is_own(origin).then(|| too_long(context, expression, false)).flatten();
        diagnostics.extend(text.map(|text| {
            let message = format!("{text} has more digits than Spanner's NUMERIC");
            let finding = context.at(&NUMERIC_LITERAL, origin, anchor, message);
            finding.help(format!("write at most {BEFORE_POINT} digits before the point and {AFTER_POINT} after it"))
        }));
    };
    for (it, place) in table.checks.iter().zip(&lowered.checks) {
        report(&it.expression, &place.origin, place.anchor);
    }
    for it in lowered.columns.iter() {
        if let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) {
            report(&generated.expression, &it.origin, anchor);
        }
    }
    for (it, place) in table.indexes.iter().zip(&lowered.indexes) {
        // The condition of an index that is not unique says nothing to Spanner.
        let expressions = it.keys.iter().filter_map(|key| key.expression());
        expressions.chain(it.condition.as_ref().filter(|_| it.unique)).for_each(|expression| {
            report(expression, &place.origin, place.anchor);
        });
    }
}

/// The first number that is written as a NUMERIC and is none. A number beside a floating-point one is one itself.
fn too_long<'a>(context: &RuleContext<'_>, expression: &'a Expression, is_float: bool) -> Option<&'a str> {
    if let Expression::Literal(Literal::Decimal(text)) = expression {
        return Some(text.as_str()).filter(|text| !is_float && !fits(text));
    }
    let children = expression.children();
    let kinds: Vec<_> = children.iter().map(|it| context.value_of(it)).collect();
    let is_written = kinds.iter().all(|it| it.known().is_none());
    let beside_float = kinds.iter().any(|it| it.known().is_some() && it.kind() == ValueKind::Float);
    let passes_on = !matches!(expression, Expression::Call { .. }) && is_written && is_float;
    let is_float_argument = |at: usize| match expression {
        Expression::Call { function, .. } => registry::find_function(function)
            .and_then(|it| it.parameter(at))
            .is_some_and(|it| it.value == ParameterType::Double),
        Expression::Cast { to, .. } => matches!(to.scalar, ScalarType::Real | ScalarType::Double),
        _ => false,
    };
    let mut children = children.into_iter().enumerate();
    children.find_map(|(at, it)| too_long(context, it, beside_float || passes_on || is_float_argument(at)))
}

/// Whether a number has no more digits than Spanner keeps; an exponent moves the point.
fn fits(text: &str) -> bool {
    let text = text.trim_start_matches('-');
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let Ok(exponent) = exponent.parse::<i32>() else { return false };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{before}{after}");
    let Some(first) = all.find(|it| it != '0') else { return true };
    let last = all.trim_end_matches('0').len();
    // Where the point stands among all digits.
    let point = before.len() as i64 + i64::from(exponent);
    point - first as i64 <= BEFORE_POINT as i64 && last as i64 - point <= AFTER_POINT as i64
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn digits_are_counted_around_the_point() {
        for text in
            ["0", "1.5", "0.123456789", "99999999999999999999999999999", "0.0000000010000", "1e28", "-1.5e-8", "0e99"]
        {
            assert!(fits(text), "{text}");
        }
        for text in ["0.1234567891", "100000000000000000000000000000", "1e29", "1e-10", "1.5e-9"] {
            assert!(!fits(text), "{text}");
        }
    }
}
