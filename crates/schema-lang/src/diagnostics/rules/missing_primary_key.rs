//! A table without a primary key.

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    item::{Anchor, Item, Member},
};

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
        Member::Item(it) => &*it.name.text == "primary_key",
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
    let finding = finding.help("mark a column with `@primary_key`, or add `primary_key(a, b)`");
    diagnostics.push(finding.fix(fix(context, item)));
}

/// Marks a column that is called `id`, or adds one.
fn fix(context: &RuleContext<'_>, item: &Item) -> Fix {
    if let Some(column) = item.columns().find(|column| &*column.name.text == "id") {
        return Fix::offer("Make `id` the primary key").insert_after(&context.here(column.anchor), "  @primary_key");
    }
    let fix = Fix::offer("Add a column `id`");
    let first = item.members.first().map(|member| match member {
        Member::Column(it) => it.anchor,
        Member::Spread(it) => it.anchor,
        Member::Item(it) => it.anchor,
    });
    match first {
        Some(first) => fix.insert_before(&context.here(first), "id  uuid = uuid()  @primary_key\n  "),
        None => fix.replace_last(&context.here(Anchor::DECLARATION), "}", "\n  id  uuid = uuid()  @primary_key\n}"),
    }
}
