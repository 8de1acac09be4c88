//! What the migrations have made of a declaration.

use orm_model::{ObjectName, Schema, Table};
use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    item::{Attribute, ExpressionKind, attribute, positional},
    lower::shape::shape,
};

/// The table of the database that a declaration is now.
pub(crate) fn table<'s>(db: &Database, schema: &'s Schema, declaration: Declaration) -> Option<&'s Table> {
    let attributes = &declaration.item(db).attributes;
    let physical = &shape(db, Project::get(db), declaration).name;
    schema.tables.get(physical).or_else(|| schema.tables.get(&object_name(&old_name(attributes)?)))
}

/// The name in `@was(…)`.
pub(crate) fn old_name(attributes: &[Attribute]) -> Option<String> {
    match &positional(&attribute(attributes, "was")?.arguments).next()?.value.kind {
        ExpressionKind::Path(path) => Some(crate::names::joined(path)),
        _ => None,
    }
}

/// A name with its schema before a point.
pub(crate) fn object_name(text: &str) -> ObjectName {
    match text.split_once('.') {
        Some((schema, name)) => ObjectName { schema: Some(schema.to_owned()), name: name.to_owned() },
        None => ObjectName::unqualified(text),
    }
}
