//! Uniqueness that the primary key promises already.

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    access_path::{AccessPath, PathKind},
    reference_graph,
    rule::rule,
};

rule! {
    /// A unique constraint or unique index holds all columns of the primary key.
    ///
    /// Two rows can never have the same values in them. It is of use only where a foreign key refers to these columns,
    /// which PostgreSQL wants to be unique; then nothing is said.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text
    ///
    ///   unique(id, email)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id         uuid  @primary_key
    ///   tenant_id  uuid
    ///
    ///   unique(tenant_id, id)
    /// }
    /// table invoices {
    ///   id         uuid  @primary_key
    ///   tenant_id  uuid
    ///   order_id   uuid
    ///
    ///   foreign_key(tenant_id, order_id, references: orders(tenant_id, id))
    ///   index(tenant_id, order_id)
    /// }
    /// ```
    UNIQUE_HOLDS_KEY: "PERF008", "unique-holds-key", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let paths = AccessPath::all(context);
    let Some(key) = paths.iter().find(|it| it.kind == PathKind::PrimaryKey) else { return };
    let is_unique = |it: &&AccessPath<'_>| matches!(it.kind, PathKind::Unique | PathKind::UniqueIndex);
    for it in paths.iter().filter(is_unique) {
        let holds_key = key.columns().all(|column| it.columns().any(|other| other == column));
        if !holds_key || !context.is_own_together(it.place, key.place) {
            continue;
        }
        let columns: Vec<_> = it.columns().collect();
        if context.is_table() && reference_graph::is_referenced(context, &columns) {
            continue;
        }
        let names = context.declared_names(key.columns());
        let message = format!("the primary key keeps `{names}` unique already");
        let finding = context.at(&UNIQUE_HOLDS_KEY, &it.place.origin, it.place.anchor, message);
        let finding = finding.help("remove it, or take a column of the primary key out");
        diagnostics.push(finding.fix(Fix::offer(format!("Remove the {}", it.kind.title())).remove(&it.location())));
    }
}
