//! A time to live that PostgreSQL does not keep.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// PostgreSQL deletes no rows by itself: `ttl` needs a job there.
    ///
    /// Spanner has row deletion policies. For PostgreSQL, schedule the DELETE that the finding shows, with `pg_cron` or a
    /// job of your own, and turn this rule off.
    ///
    /// ```orm,bad
    /// table sessions {
    ///   id    uuid         @primary_key
    ///   seen  timestamptz
    ///
    ///   ttl(seen, days: 30)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table sessions {
    ///   id    uuid         @primary_key
    ///   seen  timestamptz
    /// }
    /// ```
    UNSCHEDULED_TTL: "PG038", "unscheduled-ttl", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(ttl), Some(place)) = (&context.table().ttl, &context.lowered.ttl) else { return };
    if !context.is_for(Dialect::Postgres) || !context.is_table() || ttl.only.is_some() {
        return;
    }
    let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let table = &context.table().name;
    let table = table.schema.iter().chain([&table.name]).map(|it| quote(it)).collect::<Vec<_>>().join(".");
    let column = quote(&ttl.column);
    let help = format!("schedule `DELETE FROM {table} WHERE {column} < now() - INTERVAL '{} days'`", ttl.days);
    let message = "PostgreSQL deletes no rows by itself";
    let finding = context.at(&UNSCHEDULED_TTL, &place.origin, place.anchor, message).help(help);
    diagnostics.push(finding.fix_if_any(context.keep_to(place, Dialect::Spanner)));
}
