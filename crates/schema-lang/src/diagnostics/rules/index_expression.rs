//! An expression that no index can have as its key or condition.

use orm_model::ValueKind;

use super::generated_expression;
use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    lower::expression::Typed,
};

rule! {
    /// A key or condition of an index cannot be computed of the row alone, or gives nothing that sorts.
    ///
    /// An index holds what was computed when the row was written: it must depend on columns of the row, and on nothing
    /// that changes by itself, such as the time of day. JSON and arrays have no order in both databases.
    ///
    /// ```orm,bad
    /// table events {
    ///   id   uuid  @primary_key
    ///   who  text
    ///
    ///   index(who, where: true)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  jsonb
    ///   old   jsonb?
    ///
    ///   index(coalesce(old, body))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id    uuid     @primary_key
    ///   who   text
    ///   open  boolean
    ///
    ///   index(lower(who), where: open)
    /// }
    /// ```
    INDEX_EXPRESSION: "ORM102", "index-expression", Error, language
}

/// What is wrong with a key, as far as its own type tells.
pub(crate) fn complaint(key: &Typed) -> Option<(String, &'static str)> {
    match key.value.kind() {
        kind @ (ValueKind::Json | ValueKind::Array) => {
            let message = format!("{} has no order in both databases", kind.title());
            Some((message, "take a part of it that has one, or compute a column of its own: `@generated(…)`"))
        }
        ValueKind::Unknown => {
            let message = "the type of this key is not known".to_owned();
            Some((message, "say what it is: `sql(\"…\") as text`"))
        }
        _ => None,
    }
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        if !context.is_own(&place.origin) {
            continue;
        }
        for expression in index.expressions() {
            if let Some((message, _)) = generated_expression::complaint(expression) {
                let finding = context.at(&INDEX_EXPRESSION, &place.origin, place.anchor, message);
                diagnostics.push(finding.help("name columns of the row, and nothing that changes by itself"));
            }
        }
    }
}
