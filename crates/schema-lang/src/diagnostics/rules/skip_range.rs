//! A range that PostgreSQL does not skip.

use orm_model::{Counter, Default, Dialect};

use crate::diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule};

rule! {
    /// `skip_range:` says nothing to PostgreSQL, and the counter begins in or below the range.
    ///
    /// Only Spanner leaves numbers out. PostgreSQL hands them out when it gets there, and a row that has one already makes
    /// the insert fail.
    ///
    /// ```orm,bad
    /// table orders {
    ///   id  bigint = identity(skip_range: [1, 1000])  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id  bigint = identity(start: 1001, skip_range: [1, 1000])  @primary_key
    /// }
    /// ```
    SKIP_RANGE: "PG060", "skip-range", Warning, policy
}

/// The end of the range, where PostgreSQL runs into it.
pub(crate) fn runs_into(counter: &Counter) -> Option<i64> {
    let range = counter.skip_range?;
    (counter.start.unwrap_or(1) <= range.last).then_some(range.last)
}

pub(crate) fn help(last: i64) -> String {
    format!("begin above it: `start: {}`", last.saturating_add(1))
}

pub(crate) const MESSAGE: &str = "PostgreSQL skips no range, and begins in or below this one";

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for shape in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        if let Some(Default::Identity(counter)) = &shape.column.default
            && let Some(last) = runs_into(counter)
            && let Some(anchor) = shape.default
        {
            let finding = context.at(&SKIP_RANGE, &shape.origin, anchor, MESSAGE).help(help(last));
            let place = Some(shape.location_of(anchor)).filter(|_| counter.start.is_none());
            diagnostics.push(finding.fix_at(place, |it| begin_above(it, last)));
        }
    }
}

/// `place` is the call, or the header of the sequence, that says nothing of its start.
pub(crate) fn begin_above(place: &Location, last: i64) -> Fix {
    let start = format!("start: {}", last.saturating_add(1));
    Fix::offer(format!("Add `{start}`")).add_argument(place, start)
}
