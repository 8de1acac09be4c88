//! A key of binary fractions.

use orm_model::{ColumnType, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, access_path::AccessPath, rule::rule};

rule! {
    /// A primary key or unique key holds a floating-point number.
    ///
    /// `0.1 + 0.2` is not `0.3`: a row is found only by the very number that was computed, and two results that should
    /// be one are two keys.
    ///
    /// ```orm,bad
    /// table rates {
    ///   rate   double  @primary_key
    ///   label  text
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table rates {
    ///   rate   numeric(8, 4)  @primary_key
    ///   label  text
    /// }
    /// ```
    FLOAT_KEY: "ORM203", "float-key", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for path in AccessPath::all(context).iter().filter(|it| it.kind.is_unique()) {
        let is_float = |scalar: &ScalarType| matches!(scalar, ScalarType::Real | ScalarType::Double);
        let mut columns = path.columns().filter_map(|name| context.column(name));
        let Some(column) = columns.find(|it| is_float(&it.column_type.scalar) && !it.column_type.array) else {
            continue;
        };
        if context.is_own_pair(&path.place.origin, column) {
            let message = format!("`{}` is `{}`, which is never exact", column.declared_name(), column.column_type);
            let finding = context.at(&FLOAT_KEY, &path.place.origin, path.place.anchor, message);
            let fix = context.column_shape(&column.name).map(|it| context.retype(it, &exact()));
            diagnostics.push(finding.help("use `numeric`, or a whole number of the smallest unit").fix_if_any(fix));
        }
    }
}

/// The type of numbers that are what is written.
pub(super) fn exact() -> ColumnType {
    ColumnType::scalar(ScalarType::Numeric(None))
}
