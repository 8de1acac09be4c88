//! A decimal number that Spanner cannot hold.

use orm_model::{Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A `numeric` has more digits than Spanner keeps: 29 before the point and 9 after it.
    ///
    /// ```orm,bad
    /// table coins {
    ///   id      uuid  @primary_key
    ///   amount  numeric(38, 18)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table coins {
    ///   id      uuid  @primary_key
    ///   amount  numeric(38, 9)
    /// }
    /// ```
    NUMERIC_SIZE: "SP040", "numeric-size", Error, policy
}

const MAXIMUM_SCALE: u32 = 9;
const MAXIMUM_BEFORE_POINT: u32 = 29;

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| it.type_is_known && context.is_own(&it.origin)) {
        let ScalarType::Numeric(Some(size)) = it.column.column_type.scalar else { continue };
        let before = size.precision.saturating_sub(size.scale);
        if (size.scale > MAXIMUM_SCALE || before > MAXIMUM_BEFORE_POINT) && it.column.physical_type.spanner.is_none() {
            let message =
                format!("Spanner keeps {MAXIMUM_BEFORE_POINT} digits before the point and {MAXIMUM_SCALE} after it");
            let finding = context.at(&NUMERIC_SIZE, &it.origin, it.written_type, message);
            let finding =
                finding.help("make it smaller, or store it as text in Spanner: `@spanner(type: \"STRING(80)\")`");
            let place = it.location_of(it.default.unwrap_or(it.written_type));
            let place = Some(place).filter(|_| context.attribute(it, "spanner").is_none());
            let text = "  @spanner(type: \"STRING(80)\")";
            diagnostics
                .push(finding.fix_at(place, |it| Fix::offer("Store it as a text in Spanner").insert_after(it, text)));
        }
    }
}
