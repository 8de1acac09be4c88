//! A collation of what is no text.

use orm_model::{Dialect, IndexKey, ScalarType, ValueKind, ValueType};

use crate::{
    database::resolve,
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    item::DeclarationKind,
    lower::enums::lower_enum,
};

rule! {
    /// A key of an index has a collation, and its type has none.
    ///
    /// Texts have collations, and arrays of texts; numbers, dates and native enums have an order of their own. One `collate:`
    /// without brackets is for the keys that are texts, whichever they are.
    ///
    /// ```orm,bad,only-postgres
    /// table people {
    ///   id    uuid  @primary_key
    ///   born  date
    ///
    ///   index(born, collate: "C")
    /// }
    /// ```
    ///
    /// ```orm,bad,only-postgres
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   born  date
    ///
    ///   index(name, born, collate: ["C", "C"])
    /// }
    /// ```
    ///
    /// ```orm,good,only-postgres
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   born  date
    ///
    ///   index(name, born, collate: "C")
    /// }
    /// ```
    COLLATION: "PG081", "collation", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let key = index.keys.iter().find(|key| key.collation.is_some() && !has_collation(context, key));
        let Some(key) = key else { continue };
        let column = key.column_name().and_then(|name| context.column(name));
        if column.map_or(context.is_own(&place.origin), |it| context.is_own_pair(&place.origin, it)) {
            let message = match column {
                Some(it) => format!("`{}` is `{}`, which has no collation", it.declared_name(), it.column_type),
                None => "the expression is no text, and nothing else has a collation".to_owned(),
            };
            let finding = context.at(&COLLATION, &place.origin, place.anchor, message);
            let finding = finding.help("leave `collate:` out, or write `\"default\"` for this key");
            let argument = context.argument(place, "collate").map(|it| context.here(it.anchor));
            diagnostics.push(finding.fix_at(argument.filter(|_| index.keys.len() == 1), |it| {
                Fix::offer("Leave `collate:` out").remove(it)
            }));
        }
    }
}

/// A type that is written by hand is the writer's business.
fn has_collation(context: &RuleContext<'_>, key: &IndexKey) -> bool {
    if let Some(column) = key.column_name().and_then(|name| context.column(name)) {
        return column.physical_type.postgres.is_some() || is_text(context, &column.column_type.scalar);
    }
    let Some(expression) = key.expression() else { return true };
    match context.value_of(expression) {
        ValueType::Known(it) => is_text(context, &it.scalar),
        other => matches!(other.kind(), ValueKind::Text | ValueKind::Unknown),
    }
}

fn is_text(context: &RuleContext<'_>, scalar: &ScalarType) -> bool {
    match scalar {
        ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Native(_) => true,
        ScalarType::Enum(name) => {
            let found = resolve(context.db, context.project, name, &[DeclarationKind::Enum]);
            found.is_none_or(|it| lower_enum(context.db, context.project, it).definition.native.is_none())
        }
        _ => false,
    }
}
