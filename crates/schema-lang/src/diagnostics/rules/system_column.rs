//! A column that PostgreSQL has in every table.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A column is named like one that PostgreSQL gives to every table.
    ///
    /// Those are `ctid`, `cmin`, `cmax`, `xmin`, `xmax` and `tableoid`
    /// (<https://www.postgresql.org/docs/current/ddl-system-columns.html>).
    ///
    /// ```orm,bad
    /// table spans {
    ///   id    uuid    @primary_key
    ///   xmin  bigint
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table spans {
    ///   id    uuid    @primary_key
    ///   xmin  bigint  @db("x_min")
    /// }
    /// ```
    SYSTEM_COLUMN: "PG003", "system-column", Error, oracle(Postgres)
}

const NAMES: &[&str] = &["ctid", "cmin", "cmax", "xmin", "xmax", "tableoid"];

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let name = it.column.name.as_str();
        if NAMES.contains(&name) && it.column.only != Some(Dialect::Spanner) {
            let message = format!("PostgreSQL has a `{name}` of its own in every table");
            let finding = context.at(&SYSTEM_COLUMN, &it.origin, it.name, message);
            let finding = finding.help(format!("give it another name in the database: `@db(\"{name}_\")`"));
            let place = it.location_of(it.default.unwrap_or(it.written_type));
            let fix = Fix::offer(format!("Call it `{name}_` in the database"));
            // Where `@db` says so already, somebody has to look at it.
            let place = Some(place).filter(|_| it.column.declared_name.is_none());
            diagnostics.push(finding.fix_at(place, |it| fix.insert_after(it, format!("  @db(\"{name}_\")"))));
        }
    }
}
