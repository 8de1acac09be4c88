//! A key on a column that PostgreSQL does not store.

use orm_model::{Column, Dialect};

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    lower::shape::Place,
};

rule! {
    /// A key, index or foreign key holds a virtual generated column, which PostgreSQL does not index.
    ///
    /// ```orm,bad,postgres-18
    /// table people {
    ///   id    uuid   @primary_key
    ///   name  text
    ///   key   text?  @generated(lower(name), stored: false)
    ///
    ///   index(key)
    /// }
    /// ```
    ///
    /// ```orm,good,postgres-18
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text  @generated(lower(name))
    ///
    ///   index(key)
    /// }
    /// ```
    VIRTUAL_COLUMN_KEY: "PG032", "virtual-column-key", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    let (table, lowered) = (context.table(), context.lowered);
    let mut report = |place: &Place, columns: &[&str]| {
        let column = columns.iter().filter_map(|name| context.column(name)).find(|it| is_virtual(it));
        if let Some(column) = column.filter(|it| context.is_own_pair(&place.origin, it)) {
            let message = format!("`{}` is not stored, so that PostgreSQL cannot index it", column.declared_name());
            let finding = context.at(&VIRTUAL_COLUMN_KEY, &place.origin, place.anchor, message);
            let fix = context.column_shape(&column.name).and_then(|it| context.store(it));
            diagnostics.push(finding.help("take `stored: false` out of the column").fix_if_any(fix));
        }
    };
    if let (Some(key), Some(place)) = (&table.primary_key, &lowered.primary_key) {
        report(place, &key.columns.iter().map(|it| it.name.as_str()).collect::<Vec<_>>());
    }
    for (it, place) in table.uniques.iter().zip(&lowered.uniques) {
        report(place, &it.columns.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for (it, place) in table.indexes.iter().zip(&lowered.indexes) {
        let expressions = it.expressions().flat_map(orm_model::Expression::columns);
        let stored = it.storing.iter().map(String::as_str);
        report(place, &it.key_columns().chain(stored).chain(expressions).collect::<Vec<_>>());
    }
    for (it, place) in table.foreign_keys.iter().zip(&lowered.foreign_keys) {
        report(place, &it.columns.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

fn is_virtual(column: &Column) -> bool {
    column.generated.as_ref().is_some_and(|it| !it.stored)
}
