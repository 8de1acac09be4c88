//! An expression that is too deep.

use orm_model::{BinaryOperator, Default, Dialect, Expression};

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    item::Anchor,
    lower::table::Origin,
};

rule! {
    /// An expression is nested deeper than Spanner takes.
    ///
    /// The emulator takes 20 levels in a check, a default, a generated column, and in a key of an index, which is a generated
    /// column there; a chain of `and` or of `or` is one level.
    ///
    /// ```orm,bad
    /// table sums {
    ///   id  uuid    @primary_key
    ///   n   bigint  @check(n + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + 19 > 0)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table sums {
    ///   id  uuid    @primary_key
    ///   n   bigint
    ///
    ///   index(n + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + 19 + 20)
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
    let (table, lowered) = (context.table(), context.lowered);
    let mut report = |what: &str, depth: usize, origin: &Origin, anchor: Anchor| {
        if context.is_own(origin) && depth > MAXIMUM_DEPTH {
            let message = format!("{what} is {depth} levels deep, Spanner takes {MAXIMUM_DEPTH}");
            let finding = context.at(&EXPRESSION_DEPTH, origin, anchor, message);
            diagnostics.push(finding.help("divide it, or compute constants beforehand"));
        }
    };
    for (check, place) in table.checks.iter().zip(&lowered.checks) {
        report("the check", depth(&check.expression), &place.origin, place.anchor);
    }
    for it in lowered.columns.iter() {
        if let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) {
            report("the value", depth(&generated.expression), &it.origin, anchor);
        }
        if let (Some(Default::Expression(default)), Some(anchor)) = (&it.column.default, it.default) {
            report("the default", depth(default), &it.origin, anchor);
        }
    }
    for (index, place) in table.indexes.iter().zip(&lowered.indexes) {
        let last = index.keys.len().saturating_sub(1);
        for at in table.computed_keys(index) {
            let key = index.keys[at].expression().map_or(1, depth);
            // The condition of a unique index is a choice in its last key.
            let kept = index.condition.as_ref().filter(|_| index.unique && at == last).map(|it| 1 + depth(it).max(key));
            report("the key", kept.unwrap_or(key), &place.origin, place.anchor);
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
