//! An index of truth values.

use orm_model::ScalarType;

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    access_path::{AccessPath, PathKind},
    rule::rule,
};

rule! {
    /// An index has a boolean as its only key.
    ///
    /// Half of the rows is too many for an index to help: the database reads the table instead. As the beginning of a
    /// longer key it can be useful.
    ///
    /// ```orm,bad
    /// table tasks {
    ///   id       uuid     @primary_key
    ///   is_done  boolean
    ///
    ///   index(is_done)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table tasks {
    ///   id       uuid     @primary_key
    ///   is_done  boolean
    ///   name     text
    ///
    ///   index(is_done, name)
    /// }
    /// ```
    BOOLEAN_INDEX: "PERF006", "boolean-index", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for index in AccessPath::all(context) {
        let [key] = index.keys.as_slice() else { continue };
        let Some(column) = context.column(key.column) else { continue };
        let is_boolean = column.column_type.scalar == ScalarType::Boolean && !column.column_type.array;
        let is_plain = index.kind == PathKind::Index && index.storing.is_empty() && index.is_sorted();
        if is_boolean && is_plain && context.is_own_pair(&index.place.origin, column) {
            let message = format!("`{}` is true or false: an index of it alone finds too much", column.declared_name());
            let finding = context.at(&BOOLEAN_INDEX, &index.place.origin, index.place.anchor, message);
            let finding = finding.help("add the columns that the rows are searched by, or remove the index");
            diagnostics.push(finding.fix(Fix::offer("Remove the index").remove(&index.location())));
        }
    }
}
