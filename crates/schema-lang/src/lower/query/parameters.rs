//! What a caller gives to a query.

use orm_model::{
    Default, Expression,
    query::{ParameterValue, QueryParameter},
    registry,
};

use crate::{
    database::{Declaration, resolve},
    diagnostics::rules::{bad_parameter, duplicate_parameter},
    item::{DeclarationKind, query::ParameterItem},
    lower::{Scope, default::lower_default, object_name::physical_name, types::lower_type, words::text},
};

/// The parameters; `None` where one of them cannot be understood.
pub(super) fn lower(scope: &mut Scope<'_>, items: &[ParameterItem]) -> Option<Vec<QueryParameter>> {
    let mut parameters: Vec<QueryParameter> = Vec::new();
    let mut is_complete = true;
    for item in items {
        if parameters.iter().any(|it| it.name == *item.name.text) {
            let whole = scope.at(item.anchor);
            scope.report(duplicate_parameter::report(scope.at(item.name.anchor), &item.name.text, &whole));
            continue;
        }
        match parameter(scope, item) {
            Some(it) => parameters.push(it),
            None => is_complete = false,
        }
    }
    is_complete.then_some(parameters)
}

fn parameter(scope: &mut Scope<'_>, item: &ParameterItem) -> Option<QueryParameter> {
    let written = item.value_type.as_ref()?;
    if let Some(attribute) = item.attributes.first() {
        scope.report(bad_parameter::attribute(scope.at(attribute.anchor)));
    }
    let name = item.name.text.to_string();
    if let Some(table) = table_of(scope, &written.name.text) {
        if !written.array || written.nullable || item.default.is_some() {
            scope.report(bad_parameter::rows(scope.at(written.anchor), &written.name.text, item.default.is_some()));
            return None;
        }
        let table = table.item(scope.db);
        let table = physical_name(table, text(&table.attributes, "db"));
        return Some(QueryParameter { name, value: ParameterValue::Rows(table), nullable: false, default: None });
    }
    let column_type = lower_type(scope, written)?;
    let default = match &item.default {
        None => None,
        Some(default) => match lower_default(scope, Some(&column_type), written.nullable, default)? {
            Default::Expression(it) if is_constant(&it) => Some(it),
            _ => {
                scope.report(bad_parameter::default(scope.at(default.anchor)));
                return None;
            }
        },
    };
    Some(QueryParameter { name, value: ParameterValue::Value(column_type), nullable: written.nullable, default })
}

/// The table whose rows a parameter holds. A type's own word means the type, as for a column, whatever a table is called.
fn table_of(scope: &Scope<'_>, name: &str) -> Option<Declaration> {
    // Most parameters are of such a type: whoever looked it up in vain would depend on every new name.
    if registry::find_type(name).is_some() {
        return None;
    }
    resolve(scope.db, scope.project, name, &[DeclarationKind::Table])
}

/// The caller computes it, so it must be written out.
fn is_constant(expression: &Expression) -> bool {
    match expression {
        Expression::Literal(_) => true,
        Expression::List(items) => items.iter().all(is_constant),
        _ => false,
    }
}
