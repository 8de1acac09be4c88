//! An order that an index of PostgreSQL does not have.

use orm_model::{
    Dialect, Expression, Index, ValueKind,
    query::{Select, Source},
    schema::IndexKey,
    typing,
};

use crate::diagnostics::{
    Diagnostic, Fix, Location, index_use,
    query::{QueryContext, own_column},
    rule::rule,
    written_name,
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
    let finding = TEXT_ORDER_INDEX.at(context.place(source), message).help(help);
    Some(finding.fix_if_any(fix(context, source, index)))
}

/// An index for PostgreSQL in its own order, and the same without it for Spanner.
fn fix(context: &QueryContext<'_>, source: &Source, index: &Index) -> Option<Fix> {
    let lowered = context.table(source)?;
    let position = lowered.table.indexes.iter().position(|it| it.name == index.name)?;
    let place = lowered.indexes.get(position)?;
    let arguments = context.arguments_of(place)?;
    let last = arguments.last()?;
    let at = |anchor| Location { declaration: place.origin.declaration, anchor };
    let fix = Fix::offer("Give PostgreSQL an index in the order of the query");
    let fix = fix.insert_after(&at(last.anchor), ", collate: \"C\"");
    if index.only.is_some() || !context.project.targets(context.db).includes(Dialect::Spanner) {
        return Some(fix);
    }
    // What else the index says would have to be said twice.
    let is_simple = arguments.iter().all(|it| it.name.is_none());
    let key = |it: &IndexKey| {
        let name = lowered.table.column(it.column_name()?)?.declared_name();
        (it.nulls.is_none()).then(|| format!("{}{}", written_name(name), if it.descending { " desc" } else { "" }))
    };
    let keys = index.keys.iter().map(key).collect::<Option<Vec<_>>>().filter(|_| is_simple)?;
    let item = format!("index({}) @only({})", keys.join(", "), Dialect::Spanner);
    let behind = format!(" @only({})\n  {item}", Dialect::Postgres);
    Some(fix.insert_after(&at(place.anchor), behind))
}

fn is_text(value: &Expression) -> bool {
    typing::infer(value, &|_| None).value.kind() == ValueKind::Text
}
