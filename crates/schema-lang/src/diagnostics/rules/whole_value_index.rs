//! A sorted index of JSON or of arrays.

use orm_model::{Dialect, ScalarType};

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    access_path::{AccessPath, PathKind},
    rule::rule,
};

rule! {
    /// A plain index of JSON or of an array.
    ///
    /// It finds rows whose whole value is known, and grows with every value; what is *in* the value it does not find. The
    /// index that does is `gin`. Spanner has neither.
    ///
    /// ```orm,bad,only-postgres
    /// table posts {
    ///   id    uuid    @primary_key
    ///   tags  text[]
    ///
    ///   index(tags)
    /// }
    /// ```
    ///
    /// ```orm,good,only-postgres
    /// table posts {
    ///   id    uuid    @primary_key
    ///   tags  text[]
    ///
    ///   index(tags, using: gin)
    /// }
    /// ```
    WHOLE_VALUE_INDEX: "PERF021", "whole-value-index", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Where Spanner is a target such an index is an error.
    if context.is_for(Dialect::Spanner) {
        return;
    }
    let paths = AccessPath::all(context);
    for index in paths.iter().filter(|it| it.kind == PathKind::Index && it.is_sorted()) {
        let [key] = index.keys.as_slice() else { continue };
        let Some(column) = context.column(key.column) else { continue };
        let is_whole = column.column_type.array || column.column_type.scalar == ScalarType::Jsonb;
        if is_whole && context.is_own_pair(&index.place.origin, column) {
            let message = format!("the index compares `{}` as a whole", column.declared_name());
            let finding = context.at(&WHOLE_VALUE_INDEX, &index.place.origin, index.place.anchor, message);
            let fix = Fix::offer("Make it a `gin` index").replace_last(&index.location(), ")", ", using: gin)");
            diagnostics.push(finding.help("write `using: gin`, which finds what the value holds").fix(fix));
        }
    }
}
