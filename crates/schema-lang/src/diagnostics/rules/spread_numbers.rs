//! Numbers that grow in one database and not in the other.

use orm_model::{Default, Dialect};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A column takes its numbers from the database, and they are no order of time in Spanner.
    ///
    /// PostgreSQL's numbers grow. Spanner's are positive, unique and spread over 63 bits, so that inserts do not meet on
    /// one server: a query that sorts by them, or looks for the largest, gets another answer there.
    ///
    /// ```orm,bad
    /// table orders {
    ///   id  bigint = identity()  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id          uuid = uuid()        @primary_key
    ///   created_at  timestamptz = now()
    /// }
    /// ```
    SPREAD_NUMBERS: "SP142", "spread-numbers", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) || !context.is_for(Dialect::Spanner) {
        return;
    }
    for shape in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let counts = matches!(shape.column.default, Some(Default::Identity(_) | Default::NextValue(_)));
        if let Some(anchor) = shape.default.filter(|_| counts) {
            let message = "these numbers grow in PostgreSQL, and are spread in Spanner";
            let finding = context.at(&SPREAD_NUMBERS, &shape.origin, anchor, message);
            diagnostics.push(finding.help("sort by a timestamp where the order of the rows matters"));
        }
    }
}
