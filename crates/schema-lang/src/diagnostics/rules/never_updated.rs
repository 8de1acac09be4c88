//! A time of change that never changes.

use orm_model::{Default, Expression, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A column is named for the last change and gets its value only when the row is inserted.
    ///
    /// ```orm,bad
    /// table posts {
    ///   id          uuid                 @primary_key
    ///   updated_at  timestamptz = now()
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table posts {
    ///   id          uuid                 @primary_key
    ///   updated_at  timestamptz = now()  @on_update(now())
    /// }
    /// ```
    NEVER_UPDATED: "ORM201", "never-updated", Hint, policy
}

const NAMES: &[&str] = &["updatedat", "modifiedat", "changedat", "lastmodified", "lastmodifiedat", "lastupdated"];

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let name = it.declared_name().to_ascii_lowercase().replace('_', "");
        let is_time = matches!(
            it.column.column_type.scalar,
            ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) | ScalarType::Date
        );
        let is_now = match &it.column.default {
            Some(Default::Expression(Expression::Call { function, .. })) => function == "now",
            Some(Default::App(name)) => name == "now",
            _ => false,
        };
        let is_kept = it.column.on_update.is_some() || it.column.allow_commit_timestamp;
        if let (true, true, false, Some(default)) =
            (is_time && NAMES.contains(&name.as_str()), is_now, is_kept, it.default)
        {
            let message = format!("`{}` says when the row was inserted, and never changes", it.declared_name());
            let finding = context.at(&NEVER_UPDATED, &it.origin, it.name, message);
            let fix =
                Fix::offer("Add `@on_update(now())`").insert_after(&it.location_of(default), "  @on_update(now())");
            diagnostics
                .push(finding.help("add `@on_update(now())`, so that clients write it on every update").fix(fix));
        }
    }
}
