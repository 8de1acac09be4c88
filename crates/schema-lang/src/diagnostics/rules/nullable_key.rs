//! A primary key that may be NULL.

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A column of the primary key may be NULL.
    ///
    /// PostgreSQL makes it NOT NULL in silence, Spanner lets one row have no key.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid?  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    NULLABLE_KEY: "ORM062", "nullable-key", Error, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for it in context.lowered.columns.iter() {
        if it.column.nullable && context.table().is_key_column(&it.column.name) {
            let message = format!("`{}` is part of the primary key and may be NULL", it.declared_name());
            let finding = context.at(&NULLABLE_KEY, &it.origin, it.written_type, message);
            let written_type = it.location_of(it.written_type);
            let fix = Fix::safe("Remove the `?`").replace_last(&written_type, "?", "");
            diagnostics.push(finding.help("remove the `?`").fix(fix));
        }
    }
}
