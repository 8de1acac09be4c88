//! Two columns that differ only in case.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, Location, RuleContext, database_name::rename, rule::rule};

rule! {
    /// Two columns of a table have the same name in the database, or names that differ only in case.
    ///
    /// Spanner ignores the case of a column's name.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   Name  text
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id         uuid  @primary_key
    ///   name       text
    ///   full_name  text
    /// }
    /// ```
    COLUMN_CASE: "SP003", "column-case", Error, oracle(Postgres, Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let ignores_case = context.is_for(Dialect::Spanner);
    let columns = &context.lowered.columns;
    for (index, it) in columns.iter().enumerate() {
        let is_twin = |other: &&crate::lower::shape::ColumnShape| {
            let (a, b) = (&it.column.name, &other.column.name);
            a == b || (ignores_case && a.eq_ignore_ascii_case(b))
        };
        let Some(first) = columns[..index].iter().find(is_twin) else { continue };
        let message = format!("column `{}` is `{}` already", it.column.name, first.column.name);
        let first_place = Location { declaration: first.origin.declaration, anchor: first.name };
        let finding = context.at(&COLUMN_CASE, &it.origin, it.name, message);
        let finding = finding.help("choose names that differ in more than case").related(first_place, "the first one");
        let naming = context.naming();
        let own = context.names().iter().find(|name| name.column(&naming).is_some_and(|column| column == it));
        let other = format!("{}_2", it.column.name);
        diagnostics.push(finding.fix_if_any(own.and_then(|own| rename(&naming, own, &other))));
    }
}
