//! A table without a primary key.

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A table has no primary key.
    ///
    /// Spanner stores rows by their primary key and has no table without one; in PostgreSQL such a table can hold the
    /// same row twice, and no client can tell them apart.
    ///
    /// ```orm,bad
    /// table logs {
    ///   message  text
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table logs {
    ///   id       uuid = uuid()  @primary_key
    ///   message  text
    /// }
    /// ```
    MISSING_PRIMARY_KEY: "ORM060", "missing-primary-key", Error, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let item = context.declaration.item(context.db);
    // A key that could not be understood has a finding of its own.
    let mentions_key = item.members.iter().any(|member| match member {
        crate::item::Member::Item(it) => &*it.name.text == "primary_key",
        _ => false,
    });
    let may_come_from_a_mixin = !context.lowered.is_complete;
    if !context.is_table()
        || may_come_from_a_mixin
        || item.name.is_none()
        || mentions_key
        || context.table().primary_key.is_some()
    {
        return;
    }
    let message = format!("table `{}` has no primary key", item.name_text());
    let finding = MISSING_PRIMARY_KEY.at(context.name_location(), message);
    diagnostics.push(finding.help("mark a column with `@primary_key`, or add `primary_key(a, b)`"));
}
