//! A generated column that is written, too.

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A column is computed by the database, and has a default or is written on update.
    ///
    /// Nobody can write a generated column, so nothing else gives it a value: neither database takes both, and `@on_update`
    /// would be refused at every update.
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text = "x"  @generated(lower(name))
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE people (id uuid PRIMARY KEY, name text, key text DEFAULT 'x' GENERATED ALWAYS AS (lower(name)) STORED)
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE people (
    ///   id STRING(36) NOT NULL, name STRING(MAX), key STRING(MAX) DEFAULT ("x") AS (LOWER(name)) STORED
    /// ) PRIMARY KEY (id)
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text  @generated(lower(name))
    /// }
    /// ```
    GENERATED_VALUE: "ORM101", "generated-value", Error, oracle(Postgres, Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let columns = context.lowered.columns.iter().filter(|it| it.generated.is_some() && context.is_own(&it.origin));
    for it in columns {
        let what = match (&it.column.default, &it.column.on_update) {
            (Some(_), _) => "a default",
            (None, Some(_)) => "`@on_update`",
            (None, None) if it.column.allow_commit_timestamp => "the commit timestamp",
            (None, None) => continue,
        };
        let anchor = it.default.or(it.generated).unwrap_or(it.name);
        let message = format!("`{}` is computed by the database and has {what}", it.declared_name());
        let finding = context.at(&GENERATED_VALUE, &it.origin, anchor, message).help("keep one of the two");
        let other = it.default.map(|default| it.location_of(default)).or_else(|| context.attribute(it, "on_update"));
        let finding = finding
            .fix_at(other, |place| Fix::offer(format!("Remove {}", what.replacen("a ", "the ", 1))).remove(place));
        let computed = it.generated.map(|anchor| it.location_of(anchor));
        diagnostics.push(finding.fix_at(computed, |place| Fix::offer("Remove `@generated(…)`").remove(place)));
    }
}
