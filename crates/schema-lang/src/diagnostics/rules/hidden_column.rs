//! A column with the name of one that Spanner needs besides.

use orm_model::{Dialect, names};

use crate::{
    diagnostics::{
        Diagnostic, Location, RuleContext,
        database_name::{another, rename},
        rule::rule,
    },
    lower::names::{DatabaseName, NameKind},
};

rule! {
    /// A column has the name of the hidden column behind a key of an index.
    ///
    /// Spanner has no keys that are expressions, so the index stands on a hidden column there that is called `INDEX_key1`
    /// by the how-manieth key it is. Case does not tell columns apart in Spanner.
    ///
    /// ```orm,bad
    /// table people {
    ///   id          uuid  @primary_key
    ///   email       text
    ///   by_mail_key1  text
    ///
    ///   index(lower(email), name: "by_mail")
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE people (id STRING(36) NOT NULL, email STRING(MAX), by_mail_key1 STRING(MAX)) PRIMARY KEY (id);
    /// ALTER TABLE people ADD COLUMN by_mail_key1 STRING(MAX) AS (LOWER(email)) STORED HIDDEN
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id     uuid  @primary_key
    ///   email  text
    ///
    ///   index(lower(email), name: "by_mail")
    /// }
    /// ```
    HIDDEN_COLUMN: "SP113", "hidden-column", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let table = context.table();
    for (index, place) in table.indexes.iter().zip(&context.lowered.indexes) {
        let hidden = table.computed_keys(index).into_iter().map(|key| names::computed_key(&index.name, key));
        for name in hidden {
            let is_same = |it: &&crate::lower::shape::ColumnShape| it.column.name.eq_ignore_ascii_case(&name);
            let Some(column) = context.lowered.columns.iter().find(is_same) else { continue };
            if context.is_own_pair(&place.origin, &column.column) {
                let message =
                    format!("Spanner needs a hidden column `{name}`, and `{}` is one", column.declared_name());
                let finding = context.at(&HIDDEN_COLUMN, &place.origin, place.anchor, message);
                let there = Location { declaration: column.origin.declaration, anchor: column.name };
                let finding = finding.help("give the index another name: `name: \"…\"`").related(there, "the column");
                let naming = context.naming();
                let of_index = |it: &&DatabaseName| it.kind == NameKind::Index && it.text == index.name;
                let own = context.names().iter().find(of_index).filter(|_| context.is_own(&place.origin));
                let fix = own.and_then(|it| rename(&naming, it, &another(&naming, it)?));
                diagnostics.push(finding.fix_if_any(fix));
            }
        }
    }
}
