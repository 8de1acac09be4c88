//! Enums to the model.

use std::collections::{HashMap, HashSet};

use orm_model::{Dialect, Enum, EnumValue, ScalarType};

use super::{
    Scope,
    expand::Origin,
    object_name::{check_schema, written_name},
    types::lower_type,
    words::{flag_argument, text, was},
};
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{
        Diagnostic,
        rules::{self, native_enum},
    },
    item::{EnumValueItem, ExpressionKind, TypeExpression, attribute},
};

/// What an enum became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoweredEnum {
    /// The enum, as far as it could be made.
    pub definition: Enum,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// An enum to the model.
#[salsa::tracked(returns(ref))]
pub fn lower_enum(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> LoweredEnum {
    let item = declaration.item(db);
    let origin = Origin::of(declaration);
    let mut diagnostics = Vec::new();
    let mut scope = Scope::of(db, project, &origin, None, &mut diagnostics);
    super::words::check_attributes(&mut scope, &item.attributes, orm_model::registry::Place::Enum);

    let storage = match &item.storage {
        None => ScalarType::Text,
        Some(written) => match lower_type(&mut scope, written) {
            Some(it) if !it.array && is_text(&it.scalar) && !written.nullable => it.scalar,
            Some(_) => {
                scope.report(rules::bad_enum::storage(scope.at(written.anchor)));
                ScalarType::Text
            }
            None => ScalarType::Text,
        },
    };
    let (mut values, mut earlier): (Vec<EnumValue>, _) = (Vec::new(), Earlier::default());
    for value in &item.values {
        super::words::check_attributes(&mut scope, &value.attributes, orm_model::registry::Place::EnumValue);
        if let Some(stored) = stored_text(&mut scope, value, (&storage, item.storage.as_ref()), &mut earlier) {
            values.push(EnumValue {
                name: value.name.text.to_string(),
                stored,
                doc: value.doc.clone(),
                was: was(&value.attributes),
                deprecated: text(&value.attributes, "deprecated").map(str::to_owned),
            });
        }
    }
    check_schema(&mut scope, item);
    let is_native = attribute(&item.attributes, "postgres").is_some_and(|it| flag_argument(&it.arguments, "native"));
    let native = is_native.then(|| written_name(item.name_text()));
    if is_native {
        native_enum::check(&mut scope, item, &values);
    }
    if item.values.is_empty() {
        let anchor = item.name.as_ref().map_or(crate::item::Anchor::DECLARATION, |name| name.anchor);
        scope.report(rules::bad_enum::empty(scope.at(anchor)));
    }
    let definition = Enum {
        name: item.name_text().to_owned(),
        doc: item.doc.clone(),
        storage,
        native,
        values,
        was: was(&item.attributes),
        deprecated: text(&item.attributes, "deprecated").map(str::to_owned),
    };
    LoweredEnum { definition, diagnostics }
}

fn is_text(scalar: &ScalarType) -> bool {
    matches!(scalar, ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_))
}

/// The values that stand before one.
#[derive(Default)]
struct Earlier<'a> {
    names: HashSet<&'a str>,
    /// The name of each value by the text that it is stored as.
    stored: HashMap<String, &'a str>,
}

/// The text that a value is stored as; `None` where it can be no value of this enum.
fn stored_text<'a>(
    scope: &mut Scope<'_>,
    value: &'a EnumValueItem,
    (storage, written_storage): (&ScalarType, Option<&TypeExpression>),
    earlier: &mut Earlier<'a>,
) -> Option<String> {
    let stored = match &value.value {
        None => value.name.text.to_string(),
        Some(written) => match &written.kind {
            ExpressionKind::String(text) => text.clone(),
            ExpressionKind::Missing => return None,
            _ => {
                scope.report(rules::bad_enum::stored(scope.at(written.anchor)));
                return None;
            }
        },
    };
    let place = scope.at(value.name.anchor);
    if earlier.names.contains(&*value.name.text) {
        let is_bare = value.value.is_none() && value.attributes.is_empty() && value.doc.is_none();
        scope.report(rules::duplicate_enum_value::name(place, &value.name.text, is_bare));
        return None;
    }
    if let Some(other) = earlier.stored.get(&stored) {
        scope.report(rules::duplicate_enum_value::stored(place, &stored, other));
        return None;
    }
    earlier.names.insert(&value.name.text);
    earlier.stored.insert(stored.clone(), &value.name.text);
    if stored.contains('\0') && scope.targets().includes(Dialect::Postgres) {
        scope.report(rules::null_character::stored(place));
    }
    let length = stored.chars().count();
    let written_storage = written_storage.map(|it| scope.at(it.anchor));
    match storage {
        ScalarType::Varchar(Some(limit)) if length > *limit as usize => {
            scope.report(rules::bad_enum::too_long(place, &stored, *limit, written_storage));
        }
        ScalarType::Char(limit) if length != *limit as usize => {
            scope.report(rules::bad_enum::wrong_length(place, &stored, *limit, written_storage));
        }
        _ => {}
    }
    Some(stored)
}
