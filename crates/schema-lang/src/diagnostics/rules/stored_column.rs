//! A stored column that the index has already.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// `storing:` names a column that is part of the index or of the primary key, or one twice.
    ///
    /// Spanner refuses it: an index holds its keys and the primary key anyway.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, storing: [id])
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid  @primary_key
    ///   name   text
    ///   email  text
    ///
    ///   index(name, storing: [email])
    /// }
    /// ```
    STORED_COLUMN: "SP070", "stored-column", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) || !context.is_table() {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        for (position, name) in index.storing.iter().enumerate() {
            let is_key = index.keys.iter().any(|key| key.column == *name);
            let is_twin = index.storing[..position].contains(name);
            if is_key || is_twin || context.table().is_key_column(name) {
                let message = format!("the index holds `{name}` already");
                let finding = context.at(&STORED_COLUMN, &place.origin, place.anchor, message);
                diagnostics.push(finding.help("take it out of `storing:`"));
            }
        }
    }
}
