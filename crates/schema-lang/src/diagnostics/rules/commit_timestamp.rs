//! A commit timestamp where Spanner does not allow one.

use orm_model::{Column, Default, Dialect, ScalarType, Table};

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    lower::shape::has_database_default,
};

rule! {
    /// `allow_commit_timestamp` stands on a column that cannot have it.
    ///
    /// Such a column is a `timestamptz` without a default, which no check and no foreign key reads: Spanner refuses
    /// others (<https://cloud.google.com/spanner/docs/commit-timestamp>).
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid  @primary_key
    ///   at  date  @spanner(allow_commit_timestamp: true)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id  uuid         @primary_key
    ///   at  timestamptz  @spanner(allow_commit_timestamp: true)
    /// }
    /// ```
    COMMIT_TIMESTAMP: "SP090", "commit-timestamp", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let table = context.table();
    for it in context.lowered.columns.iter().filter(|it| it.column.allow_commit_timestamp && context.is_own(&it.origin))
    {
        let name = &it.column.name;
        let is_timestamp =
            !it.column.column_type.array && matches!(it.column.column_type.scalar, ScalarType::Timestamptz(_));
        let complaint = if !is_timestamp {
            Some(("only a `timestamptz` can hold the commit timestamp", "change the type, or remove the option"))
        } else if has_other_default(&it.column) {
            Some(("a column with the commit timestamp has no other default", "remove the default, or the option"))
        } else if table.checks.iter().any(|check| check.expression.columns().contains(&name.as_str())) {
            Some(("a check cannot read the commit timestamp", "remove the check, or the option"))
        } else if table.foreign_keys.iter().any(|key| key.columns.contains(name)) {
            Some(("a foreign key cannot hold the commit timestamp", "remove the foreign key, or the option"))
        } else if is_computed_of(table, name) {
            Some((
                "nothing can be computed of the commit timestamp",
                "compute it of another column, or remove the option",
            ))
        } else {
            None
        };
        if let Some((message, help)) = complaint {
            diagnostics.push(context.at(&COMMIT_TIMESTAMP, &it.origin, it.name, message).help(help));
        }
    }
}

fn has_other_default(column: &Column) -> bool {
    has_database_default(column) && !column.default.as_ref().is_some_and(Default::is_commit_timestamp)
}

/// Whether a generated column or an index reads the column in an expression.
fn is_computed_of(table: &Table, column: &str) -> bool {
    let generated = table.columns.iter().filter_map(|it| it.generated.as_ref()).map(|it| &it.expression);
    let indexes = table.indexes.iter().flat_map(|it| it.expressions());
    generated.chain(indexes).any(|it| it.columns().contains(&column))
}
