//! A stored column that the index has already.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    lower::{shape::Place, words::column_names},
};

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
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX)) PRIMARY KEY (id);
    /// CREATE INDEX i ON users (name) STORING (id)
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
            let is_twin = index.storing[..position].contains(name);
            let place_of = match () {
                () if context.table().is_key_column(name) => Some("with its primary key"),
                () if index.key_columns().any(|key| key == name) => Some("as its key"),
                () => is_twin.then_some("as the list says"),
            };
            if let Some(place_of) = place_of {
                let message = format!("the index holds `{name}` already, {place_of}");
                let finding = context.at(&STORED_COLUMN, &place.origin, place.anchor, message);
                diagnostics.push(
                    finding.help("take it out of `storing:`").fix_at(stored_name(context, place, position), |it| {
                        Fix::safe(format!("Take `{name}` out of `storing:`")).remove(it)
                    }),
                );
            }
        }
    }
}

/// What has to go: the name, or the whole argument where nothing else stands in it.
fn stored_name(context: &RuleContext<'_>, place: &Place, position: usize) -> Option<Location> {
    let argument = context.argument(place, "storing")?;
    match column_names(&argument.value)?.as_slice() {
        [_] => Some(context.here(argument.anchor)),
        names => Some(context.here(names.get(position)?.anchor)),
    }
}
