//! An index that its access method does not build.

use orm_model::{Column, Dialect, Index, IndexKey, ScalarType};

use super::native_enum_text;
use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// An access method of PostgreSQL does not index these keys, or not in this way.
    ///
    /// `gin` indexes `jsonb` and arrays, `brin` what has an order, `hash` and `spgist` a single key; `gist`, and `gin` on
    /// other types, need an operator class, which mostly comes with an extension. Only `btree` sorts, and only `btree` and
    /// `gist` store further columns (<https://www.postgresql.org/docs/current/indexes-types.html>).
    ///
    /// ```orm,bad,only-postgres
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  text
    ///
    ///   index(body, using: gin)
    /// }
    /// ```
    ///
    /// ```orm,bad,only-postgres
    /// table documents {
    ///   id    uuid    @primary_key
    ///   a     bigint
    ///   b     bigint
    ///
    ///   index(a, b desc, using: hash)
    /// }
    /// ```
    ///
    /// ```orm,bad,only-postgres
    /// enum State @postgres(native: true) { done, open }
    /// table tasks {
    ///   id     uuid   @primary_key
    ///   state  State
    ///
    ///   index(state, using: brin)
    /// }
    /// ```
    ///
    /// ```orm,good,only-postgres
    /// table documents {
    ///   id  uuid    @primary_key
    ///   a   bigint
    ///   b   bigint
    ///
    ///   index(a, b desc)
    /// }
    /// ```
    ACCESS_METHOD: "PG004", "access-method", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let Some(method) = index.using.as_deref().filter(|method| *method != "btree") else { continue };
        if !context.is_own(&place.origin) {
            continue;
        }
        if let Some((message, help)) = complaint(context, index, method) {
            let finding = context.at(&ACCESS_METHOD, &place.origin, place.anchor, message).help(help);
            diagnostics.push(finding.fix_if_any(context.without_argument(place, "using")));
        }
    }
}

fn complaint(context: &RuleContext<'_>, index: &Index, method: &str) -> Option<(String, &'static str)> {
    if matches!(method, "hash" | "spgist") && index.keys.len() > 1 {
        return Some((format!("a `{method}` index has a single key"), "make an index of each key, or use `btree`"));
    }
    if index.keys.iter().any(|key| key.descending || key.nulls.is_some()) {
        return Some((format!("a `{method}` index does not sort"), "leave `desc` and `nulls` out, or use `btree`"));
    }
    if !index.storing.is_empty() && !matches!(method, "gist" | "spgist") {
        return Some((format!("a `{method}` index stores no further columns"), "leave `storing:` out, or use `btree`"));
    }
    let unfit = index.keys.iter().filter(|key| key.opclass.is_none()).find_map(|key| unfit(context, key, method))?;
    let message = format!("{unfit} has no usual operator class for `{method}`");
    Some((message, "name one: `opclass: gin_trgm_ops`, or use another access method"))
}

/// What the method does not index by itself, in words. A type that is written by hand is the writer's business.
fn unfit(context: &RuleContext<'_>, key: &IndexKey, method: &str) -> Option<String> {
    let Some(column) = key.column_name().and_then(|name| context.column(name)) else {
        // The expressions that can be keys are scalars.
        return matches!(method, "gin" | "gist").then(|| "an expression of this type".to_owned());
    };
    let is_written = column.physical_type.postgres.is_some();
    let is_enum = native_enum_text::is_native(context, &column.name) && method != "hash";
    (!is_written && (is_enum || !fits(column, method)))
        .then(|| format!("`{}`, which is `{}`,", column.declared_name(), column.column_type))
}

fn fits(column: &Column, method: &str) -> bool {
    let (scalar, array) = (&column.column_type.scalar, column.column_type.array);
    if matches!(scalar, ScalarType::Native(_)) {
        return true;
    }
    match method {
        "gin" => array || *scalar == ScalarType::Jsonb,
        "gist" => false,
        "spgist" => {
            !array
                && matches!(
                    scalar,
                    ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_)
                )
        }
        "brin" => !array && !matches!(scalar, ScalarType::Boolean | ScalarType::Json | ScalarType::Jsonb),
        _ => *scalar != ScalarType::Json,
    }
}
