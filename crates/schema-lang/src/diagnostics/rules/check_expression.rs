//! A check that a database refuses.

use orm_model::{Dialect, Expression, registry};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A check depends on more than its row, or on nothing of it.
    ///
    /// Both databases check a row when it is written, and never again: a condition on the time of day would stop being
    /// true. Spanner wants at least one column in it.
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid         @primary_key
    ///   at  timestamptz  @check(at < now())
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
            diagnostics.push(context.at(&CHECK_EXPRESSION, &place.origin, place.anchor, message).help(help));
        }
    }
}

fn is_volatile(function: &str) -> bool {
    registry::find_function(function).is_some_and(|info| !info.deterministic)
}

fn complaint(context: &RuleContext<'_>, expression: &Expression) -> Option<(String, &'static str)> {
    let mut volatile = None;
    let mut has_sql = false;
    expression.walk(&mut |it| match it {
        Expression::Call { function, .. } if is_volatile(function) => volatile = Some(function.clone()),
        Expression::Sql(_) => has_sql = true,
        _ => {}
    });
    if let Some(function) = volatile {
        return Some((format!("a check cannot call `{function}`"), "compare columns of the row with constants"));
    }
    let reads_nothing = expression.columns().is_empty() && !has_sql;
    (reads_nothing && context.is_for(Dialect::Spanner))
        .then(|| ("the check reads no column".to_owned(), "name a column of the table, or remove the check"))
}
