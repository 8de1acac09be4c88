//! A primary key that grows.

use orm_model::{Column, Default, Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// The first column of the primary key only ever grows.
    ///
    /// Spanner splits a table by key. New rows with a growing key all go to the last split, and one server does all the
    /// work (<https://cloud.google.com/spanner/docs/schema-design#primary-key-prevent-hotspots>).
    ///
    /// ```orm,bad
    /// table events {
    ///   at    timestamptz
    ///   name  text
    ///
    ///   primary_key(at, name)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   at    timestamptz
    ///   name  text
    ///
    ///   primary_key(name, at)
    /// }
    /// ```
    HOTSPOT_KEY: "PERF001", "hotspot-key", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(key), Some(place)) = (&context.table().primary_key, &context.lowered.primary_key) else { return };
    if !context.is_for(Dialect::Spanner) || !context.is_own(&place.origin) || context.table().interleave.is_some() {
        return;
    }
    let first = key.columns.first().and_then(|it| context.column(&it.name));
    if let Some(column) = first.filter(|it| grows(it)) {
        let message = format!("`{}` only ever grows, and it begins the primary key", column.declared_name());
        let finding = context.at(&HOTSPOT_KEY, &place.origin, place.anchor, message);
        diagnostics.push(finding.help("begin the key with a column that is spread, such as `uuid = uuid()`"));
    }
}

/// Times grow, and so do UUIDs of version 7, which begin with one.
pub(crate) fn grows(column: &Column) -> bool {
    let is_time = matches!(
        column.column_type.scalar,
        ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) | ScalarType::Date
    );
    is_time || column.default == Some(Default::App("uuid_v7".to_owned()))
}
