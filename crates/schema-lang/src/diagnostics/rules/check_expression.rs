//! A check that a database refuses.

use orm_model::{Dialect, Expression};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A check reads no column of its row.
    ///
    /// It says the same of every row, so it is a mistake; Spanner refuses it.
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid  @primary_key
    ///
    ///   check(1 < 2)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id         uuid         @primary_key
    ///   starts_at  timestamptz
    ///   ends_at    timestamptz  @check(starts_at < ends_at)
    /// }
    /// ```
    CHECK_EXPRESSION: "ORM081", "check-expression", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        if !context.is_own(&place.origin) {
            continue;
        }
        if let Some((message, help)) = complaint(context, &check.expression) {
            let finding = context.at(&CHECK_EXPRESSION, &place.origin, place.anchor, message).help(help);
            diagnostics.push(finding.fix(Fix::offer("Remove the check").remove(&context.here(place.anchor))));
        }
    }
}

fn complaint(context: &RuleContext<'_>, expression: &Expression) -> Option<(String, &'static str)> {
    let mut has_sql = false;
    expression.walk(&mut |it| has_sql |= matches!(it, Expression::Sql(_)));
    let reads_nothing = expression.columns().is_empty() && !has_sql;
    (reads_nothing && context.is_for(Dialect::Spanner))
        .then(|| ("the check reads no column".to_owned(), "name a column of the table, or remove the check"))
}
