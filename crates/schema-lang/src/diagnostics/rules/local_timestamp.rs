//! A time without a zone in Spanner.

use orm_model::{Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// `timestamp_local` is taken as UTC in Spanner, which has no type for a time without a zone.
    ///
    /// ```orm,bad
    /// table shifts {
    ///   id         uuid             @primary_key
    ///   starts_at  timestamp_local
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table shifts {
    ///   id         uuid         @primary_key
    ///   starts_at  timestamptz
    /// }
    /// ```
    LOCAL_TIMESTAMP: "PORT001", "local-timestamp", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let is_local = matches!(it.column.column_type.scalar, ScalarType::TimestampLocal(_));
        if is_local && it.column.physical_type.spanner.is_none() {
            let finding =
                context.at(&LOCAL_TIMESTAMP, &it.origin, it.written_type, "Spanner takes a local time as UTC");
            diagnostics.push(
                finding
                    .help("use `timestamptz` for an instant, or say what Spanner stores: `@spanner(type: \"…\")`")
                    .fix(Fix::offer("Make it an instant: `timestamptz`").replace_last(
                        &it.location_of(it.written_type),
                        "timestamp_local",
                        "timestamptz",
                    )),
            );
        }
    }
}
