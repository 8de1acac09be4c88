//! A key of a type that PostgreSQL does not compare.

use orm_model::{Column, Dialect, ScalarType};

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    lower::shape::Place,
};

rule! {
    /// A key holds a `json` column, which PostgreSQL cannot compare.
    ///
    /// It compares `jsonb`.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  json  @unique
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  json
    ///   hash  text  @unique
    /// }
    /// ```
    POSTGRES_KEY_TYPE: "PG021", "postgres-key-type", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    let (table, lowered) = (context.table(), context.lowered);
    let mut report = |place: &Place, columns: &[&str]| {
        let column = columns.iter().filter_map(|name| context.column(name)).find(|it| is_json(it));
        if let Some(column) = column.filter(|it| context.is_own_pair(&place.origin, it)) {
            let message = format!("`{}` is `json`, which PostgreSQL cannot compare", column.declared_name());
            let finding = context.at(&POSTGRES_KEY_TYPE, &place.origin, place.anchor, message);
            let shape = lowered.columns.iter().find(|it| it.column.name == column.name);
            let written_type = shape.map(|it| it.location_of(it.written_type));
            diagnostics.push(
                finding.help("use `jsonb`, or key on another column").fix_at(written_type, |written_type| {
                    Fix::offer("Make the column `jsonb`").replace_last(written_type, "json", "jsonb")
                }),
            );
        }
    };
    if let (Some(key), Some(place)) = (&table.primary_key, &lowered.primary_key) {
        report(place, &key.columns.iter().map(|it| it.name.as_str()).collect::<Vec<_>>());
    }
    for (it, place) in table.uniques.iter().zip(&lowered.uniques) {
        report(place, &it.columns.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for (it, place) in table.indexes.iter().zip(&lowered.indexes).filter(|(it, _)| it.using.is_none()) {
        report(place, &it.key_columns().collect::<Vec<_>>());
    }
}

fn is_json(column: &Column) -> bool {
    column.column_type.scalar == ScalarType::Json && column.physical_type.postgres.is_none()
}
