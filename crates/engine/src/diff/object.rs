//! What a schema has beside tables and enums.

use std::{collections::BTreeMap, fmt};

use orm_model::{Extension, ObjectName, Schema, Sequence, View};
use serde::{Deserialize, Serialize};

/// An object of the database that has a name and no parts that change on their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// A sequence.
    Sequence(Sequence),
    /// A view.
    View(View),
    /// An extension.
    Extension(Extension),
}

impl Object {
    /// The name.
    fn name(&self) -> &ObjectName {
        match self {
            Object::Sequence(it) => &it.name,
            Object::View(it) => &it.name,
            Object::Extension(it) => &it.name,
        }
    }

    pub(super) fn schema(&self) -> Option<&str> {
        self.name().schema.as_deref()
    }

    pub(super) fn local_name(&self) -> &str {
        &self.name().name
    }

    /// What it is, for people.
    pub fn kind(&self) -> &'static str {
        match self {
            Object::Sequence(_) => "sequence",
            Object::View(_) => "view",
            Object::Extension(_) => "extension",
        }
    }

    /// Takes `before` out of the schema, which must have it, and puts `after` into it; what is in the way otherwise.
    pub(super) fn replace(schema: &mut Schema, before: Option<&Object>, after: Option<&Object>) -> Result<(), String> {
        if let Some(object) = before {
            match object {
                Object::Sequence(it) => take(&mut schema.sequences, &it.name, it),
                Object::View(it) => take(&mut schema.views, &it.name, it),
                Object::Extension(it) => take(&mut schema.extensions, &it.name, it),
            }
            .map_err(|found| format!("the {} {found}", object.kind()))?;
        }
        if let Some(object) = after {
            match object {
                Object::Sequence(it) => insert(&mut schema.sequences, &it.name, it),
                Object::View(it) => insert(&mut schema.views, &it.name, it),
                Object::Extension(it) => insert(&mut schema.extensions, &it.name, it),
            }
            .map_err(|found| format!("the {} {found}", object.kind()))?;
        }
        Ok(())
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.name())
    }
}

fn take<K: Ord, T: PartialEq>(map: &mut BTreeMap<K, T>, name: &K, expected: &T) -> Result<(), &'static str> {
    match map.get(name) {
        None => Err("does not exist"),
        Some(found) if found != expected => Err("is not as it was when the change was made"),
        Some(_) => {
            map.remove(name);
            Ok(())
        }
    }
}

fn insert<K: Ord + Clone, T: Clone>(map: &mut BTreeMap<K, T>, name: &K, new: &T) -> Result<(), &'static str> {
    if map.contains_key(name) {
        return Err("exists already");
    }
    map.insert(name.clone(), new.clone());
    Ok(())
}
