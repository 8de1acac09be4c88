//! An order that an index of PostgreSQL does not have.

use orm_model::{Dialect, Expression, Index, ValueKind, query::Select, typing};

use crate::diagnostics::{
    Diagnostic, index_use,
    query::{QueryContext, own_column},
    rule::rule,
};

rule! {
    /// PostgreSQL sorts all texts for the first of them, since the index on them has another order.
    ///
    /// A query orders texts by code point (`COLLATE "C"`), so that both databases give the same order; an index has
    /// the order of the database unless it says otherwise. With `collate: "C"`, which PostgreSQL alone has, it
    /// serves the query. In a database whose own collation is C there is nothing to do.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name)
    /// }
    /// query first_names {
    ///   from users
    ///   select name
    ///   order_by name, id
    ///   limit 10
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, collate: "C") @only(postgres)
    ///   index(name) @only(spanner)
    /// }
    /// query first_names {
    ///   from users
    ///   select name
    ///   order_by name, id
    ///   limit 10
    /// }
    /// ```
    TEXT_ORDER_INDEX: "PERF043", "text-order-index", Hint, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for nested in context.query.body.selects() {
        diagnostics.extend(check_one(context, nested.select));
    }
}

fn check_one(context: &QueryContext<'_>, select: &Select) -> Option<Diagnostic> {
    let (Some(source), Some(_), Some(first)) = (&select.from, &select.limit, select.order_by.first()) else {
        return None;
    };
    let column = own_column(&first.value, source).filter(|_| select.joins.is_empty() && !select.is_grouped())?;
    if !is_text(&first.value) {
        return None;
    }
    let table = &context.table(source)?.table;
    let begins = |it: &&Index| it.keys.first().and_then(|key| key.column_name()) == Some(column);
    let mut indexes = index_use::indexes(table, Dialect::Postgres).filter(begins);
    let has_order = |it: &Index| it.keys.first().is_some_and(|key| key.collation.as_deref() == Some("C"));
    let index = indexes.next()?;
    if has_order(index) || indexes.any(has_order) {
        return None;
    }
    let name = table.column(column)?.declared_name();
    let message =
        format!("PostgreSQL sorts every `{name}` here: `{}` has the order of the database's collation", index.name);
    let help = "give PostgreSQL an index with `collate: \"C\"` and `@only(postgres)`";
    Some(TEXT_ORDER_INDEX.at(context.place(source), message).help(help))
}

fn is_text(value: &Expression) -> bool {
    typing::infer(value, &|_| None).value.kind() == ValueKind::Text
}
