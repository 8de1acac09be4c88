//! A primary key that is sorted downwards.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A column of the primary key is sorted downwards, which PostgreSQL has not.
    ///
    /// The rows are the same; PostgreSQL reads its index backwards. Where a query mixes the orders of a composite key,
    /// it needs an index of its own there.
    ///
    /// ```orm,bad
    /// table events {
    ///   user_id  uuid
    ///   at       timestamptz
    ///
    ///   primary_key(user_id, at desc)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   user_id  uuid
    ///   at       timestamptz
    ///
    ///   primary_key(user_id, at)
    /// }
    /// ```
    DESCENDING_KEY: "PORT004", "descending-key", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(key), Some(place)) = (&context.table().primary_key, &context.lowered.primary_key) else { return };
    if context.is_for(Dialect::Postgres) && context.is_own(&place.origin) && key.columns.iter().any(|it| it.descending)
    {
        let message = "PostgreSQL sorts a primary key upwards only";
        let finding = context.at(&DESCENDING_KEY, &place.origin, place.anchor, message);
        let finding = finding.help("add an index if a query needs the mixed order in PostgreSQL");
        let arguments = context.arguments(place).into_iter().flatten().filter(|it| it.descending == Some(true));
        let fix = Fix::offer("Sort the key upwards");
        diagnostics
            .push(finding.fix(arguments.fold(fix, |fix, it| fix.replace_last(&context.here(it.anchor), " desc", ""))));
    }
}
