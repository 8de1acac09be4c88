//! An operator class of another type or access method.

use orm_model::{Column, Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// An operator class is for another type or access method.
    ///
    /// Only those that come with PostgreSQL and its own extensions are known; others are taken as they are.
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   born  date
    ///
    ///   index(born, opclass: text_pattern_ops)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid  @primary_key
    ///   born  date
    ///
    ///   index(born)
    /// }
    /// ```
    OPERATOR_CLASS: "PG035", "operator-class", Error, oracle(Postgres)
}

/// Operator classes, their access methods and what they index.
const KNOWN: &[(&str, &[&str], Family)] = &[
    ("text_pattern_ops", &["btree", "hash"], Family::Text),
    ("varchar_pattern_ops", &["btree", "hash"], Family::Text),
    ("bpchar_pattern_ops", &["btree", "hash"], Family::Text),
    ("gin_trgm_ops", &["gin"], Family::Text),
    ("gist_trgm_ops", &["gist"], Family::Text),
    ("jsonb_path_ops", &["gin"], Family::Jsonb),
    ("jsonb_ops", &["btree", "hash", "gin"], Family::Jsonb),
    ("array_ops", &["btree", "hash", "gin"], Family::Array),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Text,
    Jsonb,
    Array,
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let method = index.using.as_deref().unwrap_or("btree");
        for key in &index.keys {
            let known = key.opclass.as_ref().and_then(|name| KNOWN.iter().find(|it| it.0 == name));
            let Some((name, methods, family)) = known else { continue };
            let column = key.column_name().and_then(|name| context.column(name));
            let complaint = match column {
                _ if !methods.contains(&method) => {
                    Some(format!("`{name}` is an operator class of `{}`, not of `{method}`", methods.join("`, `")))
                }
                Some(column) if !fits(column, *family) => Some(format!(
                    "`{name}` does not index `{}`, which is `{}`",
                    column.declared_name(),
                    column.column_type
                )),
                _ => None,
            };
            if let Some(message) = complaint.filter(|_| context.is_own(&place.origin)) {
                let finding = context.at(&OPERATOR_CLASS, &place.origin, place.anchor, message);
                let finding = finding.help("leave `opclass:` out, or name one of this type and access method");
                diagnostics.push(finding.fix_if_any(context.without_argument(place, "opclass")));
            }
        }
    }
}

/// A type that is written by hand is the writer's business.
fn fits(column: &Column, family: Family) -> bool {
    let (scalar, array) = (&column.column_type.scalar, column.column_type.array);
    if column.physical_type.postgres.is_some() || matches!(scalar, ScalarType::Native(_)) {
        return true;
    }
    match family {
        Family::Array => array,
        Family::Jsonb => !array && *scalar == ScalarType::Jsonb,
        Family::Text => {
            !array
                && matches!(
                    scalar,
                    ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_)
                )
        }
    }
}
