//! `auth.users`: the name of a declaration, with the named schema that it stands in.

use orm_model::ObjectName;

use super::Scope;
use crate::{
    diagnostics::rules::bad_schema_name,
    item::{Item, Name},
};

/// The name as it is in the database; `physical` is the text of `@db("…")`, which names the object within its schema.
pub(crate) fn physical_name(item: &Item, physical: Option<&str>) -> ObjectName {
    let name = written_name(item.name_text());
    ObjectName { name: physical.map_or(name.name, str::to_owned), ..name }
}

/// A name as it is written where it is used: `auth.users`.
pub(crate) fn written_name(text: &str) -> ObjectName {
    match text.split_once('.') {
        Some((schema, name)) => ObjectName { schema: Some(schema.to_owned()), name: name.to_owned() },
        None => ObjectName::unqualified(text),
    }
}

/// The parts of a path as one name.
pub(crate) fn path_text(path: &[Name]) -> String {
    path.iter().map(|it| &*it.text).collect::<Vec<_>>().join(".")
}

/// Reports a schema that no database takes, and more than one.
pub(crate) fn check_schema(scope: &mut Scope<'_>, item: &Item) {
    let Some(name) = &item.name else { return };
    if let Some(finding) = bad_schema_name::check(scope, name) {
        scope.report(finding);
    }
}
