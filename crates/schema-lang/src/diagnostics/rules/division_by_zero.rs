//! A division by nothing.

use orm_model::{BinaryOperator, Expression};

use crate::diagnostics::{
    Diagnostic, RuleContext,
    condition::{Value, evaluate},
    rule::rule,
};

rule! {
    /// A check divides by zero.
    ///
    /// Both databases take it and then refuse every row: tried on PostgreSQL and on the emulator.
    ///
    /// ```orm,bad
    /// table items {
    ///   id     uuid    @primary_key
    ///   count  bigint  @check(count % 0 = 0)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table items {
    ///   id     uuid    @primary_key
    ///   count  bigint  @check(count % 10 = 0)
    /// }
    /// ```
    DIVISION_BY_ZERO: "ORM209", "division-by-zero", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        let mut is_bad = false;
        check.expression.walk(&mut |it| is_bad |= divides_by_zero(it));
        if is_bad && context.is_own(&place.origin) {
            let finding = context.at(&DIVISION_BY_ZERO, &place.origin, place.anchor, "the check divides by zero");
            diagnostics.push(finding.help("divide by another number"));
        }
    }
}

fn divides_by_zero(expression: &Expression) -> bool {
    match expression {
        Expression::Binary { operator: BinaryOperator::Divide | BinaryOperator::Remainder, right, .. } => {
            evaluate(right, &|_| None) == Some(Value::Number(0))
        }
        _ => false,
    }
}
