//! An order that nobody gets.

use crate::{
    diagnostics::{Diagnostic, Fix, query::QueryContext, rule::rule},
    item::query::ClauseKind,
};

rule! {
    /// A view has an `order_by`, and gives all of its rows.
    ///
    /// A view is read like a table: the rows of a query over it have the order that this query says, or none. The
    /// database may sort for nothing. Beside `limit` the order says which rows the view has.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    /// }
    /// view addresses {
    ///   from users
    ///   order_by email
    ///   select email
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    /// }
    /// view addresses {
    ///   from users
    ///   select email
    /// }
    /// query all_addresses() {
    ///   from addresses
    ///   order_by email
    ///   select email
    /// }
    /// ```
    VIEW_ORDER: "QRY080", "view-order", Warning, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let is_whole = context.query.body.outermost().is_some_and(|it| it.limit.is_none() && it.offset.is_none());
    let order = context.clauses().iter().find(|it| matches!(it.kind, ClauseKind::OrderBy(_)));
    if let Some(order) = order.filter(|_| is_whole) {
        let finding = VIEW_ORDER.at(context.here(order.anchor), "who reads the view gets its rows in any order");
        let fix = Fix::offer("Remove the order").remove(&context.here(order.anchor));
        diagnostics.push(finding.help("say the order in the queries that read it").fix(fix));
    }
}
