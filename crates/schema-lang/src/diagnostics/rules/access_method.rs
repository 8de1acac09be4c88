//! An index that its access method cannot be.

use orm_model::{Column, Dialect, Index, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// An index wants something of its access method that PostgreSQL has not.
    ///
    /// `hash` and `spgist` take one key; only `btree` sorts; `hash`, `gin` and `brin` store no further columns; and each
    /// knows the operators of some types alone: `gin` those of arrays and `jsonb`, `brin` those that have an order,
    /// `spgist` those of texts, `gist` none of the types of the language. An operator class of an extension adds some.
    /// Every combination was tried on PostgreSQL 15.
    ///
    /// ```orm,bad,only-postgres
    /// table posts {
    ///   id    uuid    @primary_key
    ///   slug  text
    ///
    ///   index(slug, using: gin)
    /// }
    /// ```
    ///
    /// ```orm,bad,only-postgres
    /// table posts {
    ///   id    uuid    @primary_key
    ///   slug  text
    ///   lang  text
    ///
    ///   index(slug, lang, using: hash)
    /// }
    /// ```
    ///
    /// ```orm,good,only-postgres
    /// table posts {
    ///   id    uuid    @primary_key
    ///   slug  text
    ///   tags  text[]
    ///
    ///   index(slug, using: hash)
    ///   index(tags, using: gin)
    /// }
    /// ```
    ACCESS_METHOD: "PG004", "access-method", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let Some(method) = index.using.as_deref().filter(|it| *it != "btree") else { continue };
        let columns = index.keys.iter().filter_map(|key| context.table().column(&key.column));
        let foreign = columns.clone().find(|it| !has_operators(method, it));
        if let Some(column) = foreign.filter(|it| context.is_own_pair(&place.origin, it)) {
            let message = format!("`{method}` has no operators for `{}`", column.column_type);
            let finding = context.at(&ACCESS_METHOD, &place.origin, place.anchor, message);
            diagnostics.push(finding.help("leave `using:` out, or index another column"));
        } else if let Some((message, help)) = lack(method, index).filter(|_| context.is_own(&place.origin)) {
            diagnostics.push(context.at(&ACCESS_METHOD, &place.origin, place.anchor, message).help(help));
        }
    }
}

fn lack(method: &str, index: &Index) -> Option<(String, &'static str)> {
    let has_one_key = matches!(method, "hash" | "spgist");
    let stores = !matches!(method, "hash" | "gin" | "brin");
    if has_one_key && index.keys.len() > 1 {
        Some((format!("a `{method}` index has one key"), "make an index of each column, or leave `using:` out"))
    } else if index.keys.iter().any(|key| key.descending || key.nulls.is_some()) {
        Some((format!("a `{method}` index is not sorted"), "leave `desc` and `nulls` out"))
    } else if !stores && !index.storing.is_empty() {
        Some((format!("a `{method}` index stores no further columns"), "leave `storing:` out"))
    } else {
        None
    }
}

/// Whether PostgreSQL has an operator class of the access method that is the default of the type.
fn has_operators(method: &str, column: &Column) -> bool {
    let (scalar, is_array) = (&column.column_type.scalar, column.column_type.array);
    // What is written by hand is the writer's business.
    if column.physical_type.postgres.is_some() || matches!(scalar, ScalarType::Native(_)) {
        return true;
    }
    let is_text =
        matches!(scalar, ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_));
    match method {
        "hash" => *scalar != ScalarType::Json,
        "gin" => (is_array && *scalar != ScalarType::Json) || *scalar == ScalarType::Jsonb,
        "brin" => !is_array && !matches!(scalar, ScalarType::Boolean | ScalarType::Json | ScalarType::Jsonb),
        "spgist" => !is_array && is_text,
        "gist" => false,
        _ => true,
    }
}
