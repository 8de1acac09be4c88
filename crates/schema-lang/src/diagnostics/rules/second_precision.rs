//! Digits of the second that Spanner keeps anyway.

use orm_model::{Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// `timestamptz(3)` is rounded in PostgreSQL only: Spanner's TIMESTAMP always keeps nanoseconds.
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid            @primary_key
    ///   at  timestamptz(3)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id  uuid         @primary_key
    ///   at  timestamptz
    /// }
    /// ```
    SECOND_PRECISION: "PORT005", "second-precision", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.targets().dialects().ne(Dialect::ALL) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let digits = match it.column.column_type.scalar {
            ScalarType::Timestamptz(digits) | ScalarType::TimestampLocal(digits) => digits,
            _ => None,
        };
        if digits.is_some_and(|digits| digits < 6) {
            let message = "Spanner keeps all digits of the second";
            let finding = context.at(&SECOND_PRECISION, &it.origin, it.written_type, message);
            let finding = finding.help("round in the application, or leave the precision out");
            let written_type = it.location_of(it.written_type);
            let precision = Fix::offer("Leave the precision out");
            diagnostics.push(finding.fix(precision.replace_last(
                &written_type,
                format!("({})", digits.unwrap_or_default()),
                "",
            )));
        }
    }
}
