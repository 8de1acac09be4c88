//! A default with digits that one database drops.

use orm_model::{Default, Dialect, Expression, Literal, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// The default of a `timestamptz` has more than six digits of the second.
    ///
    /// PostgreSQL rounds to microseconds, Spanner keeps nanoseconds.
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid  @primary_key
    ///   at  timestamptz = "2027-01-31T12:00:00.123456789Z"
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id  uuid  @primary_key
    ///   at  timestamptz = "2027-01-31T12:00:00.123456Z"
    /// }
    /// ```
    DEFAULT_DIGITS: "PORT009", "default-digits", Warning, policy
}

const MICROSECONDS: usize = 6;

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.targets().dialects().ne(Dialect::ALL) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let is_time =
            matches!(it.column.column_type.scalar, ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_));
        let Some(Default::Expression(Expression::Literal(Literal::String(text)))) = &it.column.default else {
            continue;
        };
        let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if let (true, true, Some(default)) = (is_time, digits > MICROSECONDS, it.default) {
            let message = format!("PostgreSQL keeps {MICROSECONDS} digits of the second, Spanner all {digits}");
            let finding = context.at(&DEFAULT_DIGITS, &it.origin, default, message);
            let place = it.location_of(default);
            let (written, kept) = (&fraction[..digits], &fraction[..MICROSECONDS]);
            let fix = Fix::offer(format!("Keep {MICROSECONDS} digits")).replace_last(&place, written, kept);
            diagnostics.push(finding.help(format!("write at most {MICROSECONDS} digits")).fix(fix));
        }
    }
}
