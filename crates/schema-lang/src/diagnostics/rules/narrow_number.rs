//! Numbers of Spanner that do not fit their column.

use orm_model::{ColumnType, Default, Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A `smallint` or `integer` takes its numbers from Spanner.
    ///
    /// Spanner reverses the bits of its counters, so the first number already needs 63 bits: the check that keeps the
    /// range of the type would refuse every row (<https://cloud.google.com/spanner/docs/primary-key-default-value>).
    ///
    /// ```orm,bad
    /// table orders {
    ///   id  integer = identity()  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id  bigint = identity()  @primary_key
    /// }
    /// ```
    NARROW_NUMBER: "SP140", "narrow-number", Error, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for shape in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let is_narrow = matches!(shape.column.column_type.scalar, ScalarType::Smallint | ScalarType::Integer);
        let counts = matches!(shape.column.default, Some(Default::Identity(_) | Default::NextValue(_)));
        if is_narrow && counts && shape.column.physical_type.spanner.is_none() {
            let column_type = &shape.column.column_type;
            let message = format!("Spanner's numbers need 64 bits, and `{}` is `{column_type}`", shape.declared_name());
            let finding = context.at(&NARROW_NUMBER, &shape.origin, shape.written_type, message);
            let bigint = ColumnType { scalar: ScalarType::Bigint, array: column_type.array };
            diagnostics.push(finding.help("make it a `bigint`").fix(context.retype(shape, &bigint)));
        }
    }
}
