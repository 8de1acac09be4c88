//! A key of a type that Spanner does not sort.

use orm_model::{Column, Dialect, ScalarType};

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    lower::shape::Place,
};

rule! {
    /// A key holds a column of a type that Spanner takes for no key.
    ///
    /// Those are JSON, arrays, and `real` (FLOAT32), in primary keys, indexes, unique and foreign keys.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid    @primary_key
    ///   tags  text[]
    ///
    ///   index(tags)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// mixin Named {
    ///   name  text
    ///
    ///   index(name)
    /// }
    ///
    /// table people {
    ///   id    uuid    @primary_key
    ///   ...Named
    ///   name  text[]
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id    uuid    @primary_key
    ///   tags  text[]
    ///   kind  text
    ///
    ///   index(kind)
    /// }
    /// ```
    KEY_TYPE: "SP021", "key-type", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let (table, lowered) = (context.table(), context.lowered);
    let mut report = |what: &str, place: &Place, columns: &[&str]| {
        let column = columns.iter().filter_map(|name| context.column(name)).find(|it| !is_key(it));
        if let Some(column) = column.filter(|it| context.is_own_pair(&place.origin, it)) {
            let message =
                format!("`{}` is `{}`, which Spanner takes for no {what}", column.declared_name(), column.column_type);
            let finding = context.at(&KEY_TYPE, &place.origin, place.anchor, message);
            let finding = finding.help("key on another column, or store what you search for in a column of its own");
            let is_search = what == "index key" && context.targets().includes(Dialect::Postgres);
            let fix = if is_search { context.keep_to(place, Dialect::Postgres) } else { None };
            diagnostics.push(finding.fix_if_any(fix));
        }
    };
    if let (Some(key), Some(place)) = (&table.primary_key, &lowered.primary_key) {
        let columns: Vec<_> = key.columns.iter().map(|it| it.name.as_str()).collect();
        report("primary key", place, &columns);
    }
    for (it, place) in table.uniques.iter().zip(&lowered.uniques) {
        report("unique key", place, &it.columns.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for (it, place) in table.indexes.iter().zip(&lowered.indexes) {
        report("index key", place, &it.key_columns().collect::<Vec<_>>());
    }
    for (it, place) in table.foreign_keys.iter().zip(&lowered.foreign_keys) {
        report("foreign key", place, &it.columns.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// A type that is written by hand is the writer's business.
fn is_key(column: &Column) -> bool {
    let is_json = matches!(column.column_type.scalar, ScalarType::Json | ScalarType::Jsonb | ScalarType::Real);
    column.physical_type.spanner.is_some() || (!column.column_type.array && !is_json)
}
