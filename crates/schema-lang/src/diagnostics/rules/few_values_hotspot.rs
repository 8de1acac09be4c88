//! A growing key behind a handful of values.

use orm_model::{Dialect, ScalarType};

use super::hotspot_key::grows;
use crate::diagnostics::{Diagnostic, RuleContext, access_path::AccessPath, rule::rule};

rule! {
    /// A key begins with a boolean or an enum, and a growing column follows.
    ///
    /// Spanner splits by key: all new rows of one value go to one place, as many places as there are values
    /// (<https://cloud.google.com/spanner/docs/schema-design#primary-key-prevent-hotspots>).
    ///
    /// ```orm,bad
    /// enum State { open, done }
    ///
    /// table tasks {
    ///   id          uuid         @primary_key
    ///   state       State
    ///   created_at  timestamptz
    ///
    ///   index(state, created_at)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// enum State { open, done }
    ///
    /// table tasks {
    ///   id          uuid         @primary_key
    ///   owner_id    uuid
    ///   state       State
    ///   created_at  timestamptz
    ///
    ///   index(owner_id, state, created_at)
    /// }
    /// ```
    FEW_VALUES_HOTSPOT: "PERF009", "few-values-hotspot", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) || context.table().interleave.is_some() {
        return;
    }
    for path in AccessPath::all(context).iter().filter(|it| context.is_own(&it.place.origin)) {
        let mut columns = path.columns().filter_map(|name| context.column(name));
        let (Some(first), Some(second)) = (columns.next(), columns.next()) else { continue };
        let is_few = matches!(first.column_type.scalar, ScalarType::Boolean | ScalarType::Enum(_));
        if is_few && !first.column_type.array && grows(second) && path.only != Some(Dialect::Postgres) {
            let (first, second) = (first.declared_name(), second.declared_name());
            let message = format!("`{first}` has few values, and `{second}` behind it only ever grows");
            let finding = context.at(&FEW_VALUES_HOTSPOT, &path.place.origin, path.place.anchor, message);
            diagnostics.push(finding.help("begin the key with a column that is spread, such as the owner of the rows"));
        }
    }
}
