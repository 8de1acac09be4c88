//! `on_conflict` of several rows reads the table that it writes.

use orm_model::{Dialect, query::QueryBody};

use crate::{
    database::Declaration,
    diagnostics::{Diagnostic, query::QueryContext, rule::rule},
    item::DeclarationKind,
    lower::{objects::lower_view, query::names::SourcePlace},
};

rule! {
    /// `on_conflict` of several rows reads the table that it writes.
    ///
    /// PostgreSQL reads what was there before the statement. Spanner changes the rows that are there and then inserts those
    /// that are not, in statements of one transaction, and the later one reads what the earlier one has written.
    ///
    /// ```orm,bad
    /// table settings {
    ///   name   text  @primary_key
    ///   value  text
    /// }
    /// mutation copy {
    ///   insert into settings
    ///   from settings as old
    ///   select name: concat(old.name, "_copy"), value: old.value
    ///   on_conflict(name) do update set value = excluded.value
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table settings {
    ///   name   text  @primary_key
    ///   value  text
    /// }
    /// mutation copy {
    ///   insert into settings
    ///   from settings as old
    ///   select name: concat(old.name, "_copy"), value: old.value
    ///   on_conflict(name) do nothing
    /// }
    /// ```
    CONFLICT_READ: "QRY047", "conflict-read", Error, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let QueryBody::Insert(insert) = &context.query.body else { return };
    if !context.is_for(Dialect::Spanner) || !insert.writes_before_reading() {
        return;
    }
    let (written, others): (Vec<_>, Vec<_>) = context.places().iter().partition(|it| it.name == insert.target.name);
    let Some(table) = written.first().and_then(|it| it.table) else { return };
    let Some(read) = others.into_iter().find(|it| reads(context, it, table)) else { return };
    let name = table.name(context.db);
    let message = format!("Spanner has written rows of `{name}` before all of this is read");
    let help = "read the rows first and give them as `$rows`, or do without `do update`";
    diagnostics.push(CONFLICT_READ.at(context.here(read.anchor), message).help(help));
}

fn reads(context: &QueryContext<'_>, place: &SourcePlace, table: Declaration) -> bool {
    place.table.is_some_and(|it| {
        let view = || &lower_view(context.db, context.project, it).places;
        let is_view = it.kind(context.db) == DeclarationKind::View;
        it == table || (is_view && view().iter().any(|inner| reads(context, inner, table)))
    })
}
