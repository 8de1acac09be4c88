//! A type that a database has no column for.

use orm_model::{Column, Dialect, ScalarType};

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    lower::shape::ColumnShape,
};

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
                let finding = context.at(&NO_COLUMN_TYPE, &it.origin, it.written_type, message).help(help);
                diagnostics.push(finding.fix_if_any(as_text(context, it, dialect)));
            }
        }
    }
}

/// Stores the column as a text in the database that has no such type. What a native type is there only the writer knows.
fn as_text(context: &RuleContext<'_>, column: &ColumnShape, dialect: Dialect) -> Option<Fix> {
    let is_written = context.attribute(column, dialect.name()).is_some();
    let is_native = matches!(column.column.column_type.scalar, ScalarType::Native(_));
    let text = dialect.capabilities().text_type;
    let fix = Fix::offer(format!("Store it as a text in {}", dialect.title()));
    let place = column.location_of(column.default.unwrap_or(column.written_type));
    (!is_written && !is_native).then(|| fix.insert_after(&place, format!("  @{dialect}(type: \"{text}\")")))
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
