//! An index on a time.

use orm_model::Dialect;

use super::hotspot_key::grows;
use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// The first key of an index only ever grows, so that all new entries go to one server of Spanner.
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid         @primary_key
    ///   at  timestamptz
    ///
    ///   index(at)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id       uuid         @primary_key
    ///   user_id  uuid
    ///   at       timestamptz
    ///
    ///   index(user_id, at)
    /// }
    /// ```
    HOTSPOT_INDEX: "PERF002", "hotspot-index", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let first = index.keys.first().and_then(|key| context.column(key.column_name()?));
        if let Some(column) = first.filter(|it| grows(it) && context.is_own(&place.origin)) {
            let message = format!("`{}` only ever grows, and it begins the index", column.declared_name());
            let finding = context.at(&HOTSPOT_INDEX, &place.origin, place.anchor, message);
            diagnostics.push(finding.help("put a column that queries filter by before it"));
        }
    }
}
