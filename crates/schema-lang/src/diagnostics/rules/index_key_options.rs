//! What Spanner cannot say of the key of an index.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// Spanner has neither operator classes nor collations of index keys.
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, collate: "C")
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE people (id STRING(36) NOT NULL, name STRING(MAX)) PRIMARY KEY (id);
    /// CREATE INDEX i ON people (name COLLATE "C")
    /// ```
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, opclass: text_pattern_ops)
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE people (id STRING(36) NOT NULL, name STRING(MAX)) PRIMARY KEY (id);
    /// CREATE INDEX i ON people (name text_pattern_ops)
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, opclass: text_pattern_ops) @only(postgres)
    /// }
    /// ```
    INDEX_KEY_OPTIONS: "SP105", "index-key-options", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let (what, option) = match index.keys.iter().find(|key| key.opclass.is_some() || key.collation.is_some()) {
            Some(key) if key.opclass.is_some() => ("operator classes", "opclass"),
            Some(_) => ("collations", "collate"),
            None => continue,
        };
        if context.is_own(&place.origin) {
            let finding =
                context.at(&INDEX_KEY_OPTIONS, &place.origin, place.anchor, format!("Spanner has no {what} of keys"));
            let finding =
                finding.help("leave it out, or keep the index for PostgreSQL alone: `index(…) @only(postgres)`");
            let finding = finding.fix_if_any(context.keep_to(place, Dialect::Postgres));
            diagnostics.push(finding.fix_if_any(context.without_argument(place, option)));
        }
    }
}
