//! A type that a database has no column for.

use orm_model::{Column, Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A column has a type that one of the target databases cannot store.
    ///
    /// Spanner has no column of type `time` or `interval`; `postgres("…")` and `spanner("…")` are types of one database.
    ///
    /// ```orm,bad
    /// table shops {
    ///   id        uuid  @primary_key
    ///   opens_at  time
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table shops {
    ///   id        uuid  @primary_key
    ///   opens_at  time  @spanner(type: "STRING(8)")
    /// }
    /// ```
    NO_COLUMN_TYPE: "SP020", "no-column-type", Error, oracle(Postgres, Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for it in context.lowered.columns.iter().filter(|it| it.type_is_known && context.is_own(&it.origin)) {
        for dialect in context.dialects() {
            if let Some(help) = complaint(&it.column, dialect) {
                let message = format!("{} has no column of type `{}`", dialect.title(), it.column.column_type);
                diagnostics.push(context.at(&NO_COLUMN_TYPE, &it.origin, it.written_type, message).help(help));
            }
        }
    }
}

fn complaint(column: &Column, dialect: Dialect) -> Option<String> {
    if column.physical_type.get(dialect).is_some() {
        return None;
    }
    let advice = format!("say what it is there: `@{dialect}(type: \"…\")`");
    let capabilities = dialect.capabilities();
    match &column.column_type.scalar {
        ScalarType::Time(_) if !capabilities.time_of_day => {
            Some(format!("store seconds as `integer` or text as `varchar(8)`, or {advice}"))
        }
        ScalarType::Interval if !capabilities.intervals => Some(format!("store seconds as `bigint`, or {advice}")),
        ScalarType::Native(native) if native.get(dialect).is_none() => Some(advice),
        _ => None,
    }
}
