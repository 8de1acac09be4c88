//! An expression that is too deep.

use orm_model::{BinaryOperator, Dialect, Expression};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// An expression is nested deeper than Spanner takes.
    ///
    /// The emulator takes 20 levels in a check; a chain of `and` or of `or` is one level.
    ///
    /// ```orm,bad
    /// table sums {
    ///   id  uuid    @primary_key
    ///   n   bigint  @check(n + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + 19 > 0)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table sums {
    ///   id  uuid    @primary_key
    ///   n   bigint  @check(n + 190 > 0)
    /// }
    /// ```
    EXPRESSION_DEPTH: "SP031", "expression-depth", Error, oracle(Spanner)
}

/// Measured on the emulator: 18 additions and a comparison are taken, 19 are not.
const MAXIMUM_DEPTH: usize = 20;

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        let depth = depth(&check.expression);
        let is_judged = context.is_own(&place.origin) && check.only != Some(Dialect::Postgres);
        if is_judged && depth > MAXIMUM_DEPTH {
            let message = format!("the check is {depth} levels deep, Spanner takes {MAXIMUM_DEPTH}");
            let finding = context.at(&EXPRESSION_DEPTH, &place.origin, place.anchor, message);
            diagnostics.push(finding.help("make several checks of it, or compute constants beforehand"));
        }
    }
}

fn depth(expression: &Expression) -> usize {
    1 + operands(expression).into_iter().map(depth).max().unwrap_or_default()
}

/// What stands one level deeper: of `a and b and c` all three.
fn operands(expression: &Expression) -> Vec<&Expression> {
    let Expression::Binary { operator: operator @ (BinaryOperator::And | BinaryOperator::Or), .. } = expression else {
        return expression.children();
    };
    let mut operands = Vec::new();
    for child in expression.children() {
        match child {
            Expression::Binary { operator: inner, .. } if inner == operator => operands.extend(self::operands(child)),
            other => operands.push(other),
        }
    }
    operands
}
