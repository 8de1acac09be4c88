//! What a query uses: whether every database of it has that, and whether it should still be used.

use super::names::SourceColumn;
use crate::{
    diagnostics::rules::{deprecated_use, only_reference},
    item::Anchor,
    lower::{Scope, shape::Signature},
};

/// A table that a query reads or writes.
pub(super) fn table(scope: &mut Scope<'_>, anchor: Anchor, table: &Signature) {
    let name = table.name.to_string();
    if let Some(finding) = only_reference::in_query(scope, anchor, &name, table.only) {
        scope.report(finding);
    }
    if let Some(why) = &table.deprecated {
        scope.report(deprecated_use::in_query(scope.at(anchor), &name, why));
    }
}

/// A column of a table that the text calls `source`.
pub(crate) fn column(scope: &mut Scope<'_>, anchor: Anchor, source: &str, column: &SourceColumn) {
    let name = format!("{source}.{}", column.declared_name);
    if let Some(finding) = only_reference::in_query(scope, anchor, &name, column.only) {
        scope.report(finding);
    }
    if let Some(why) = &column.deprecated {
        scope.report(deprecated_use::in_query(scope.at(anchor), &name, why));
    }
}
