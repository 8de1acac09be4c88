//! A column that is named like its table.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, database_name::rename, rule::rule};

rule! {
    /// A column is named like its table.
    ///
    /// In a query `SELECT status FROM status` Spanner takes the name for the whole row, PostgreSQL for the column. Every
    /// query has to give the table another name first (<https://cloud.google.com/spanner/docs/reference/standard-sql/query-syntax>;
    /// tried on the emulator).
    ///
    /// ```orm,bad
    /// table status {
    ///   id      uuid  @primary_key
    ///   status  text
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table statuses {
    ///   id      uuid  @primary_key
    ///   status  text
    /// }
    /// ```
    COLUMN_LIKE_TABLE: "PORT008", "column-like-table", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) || !context.is_table() {
        return;
    }
    let table = &context.table().name.name;
    let clash = context.lowered.columns.iter().find(|it| it.column.name.eq_ignore_ascii_case(table));
    if let Some(column) = clash {
        let message = format!("Spanner takes `{}` in a query for the whole row", column.column.name);
        let finding = context.at(&COLUMN_LIKE_TABLE, &column.origin, column.name, message);
        let name = context.names().iter().find(|it| it.column(&context.naming()).is_some_and(|it| it == column));
        let fix = name.and_then(|it| rename(&context.naming(), it, &format!("{}_", column.column.name)));
        let finding = finding.help("name one of them otherwise, or with `@db(\"…\")` in the database alone");
        diagnostics.push(finding.fix_if_any(fix));
    }
}
