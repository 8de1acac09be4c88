//! What a statement is about: which object of the database, which part of it, and what becomes of it.

use orm_model::ObjectName;
use serde::{Deserialize, Serialize};

/// What a statement is about, by the names that the database knows once the plan has run; of what goes, by the old ones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// Which object.
    pub object: DatabaseObject,
    /// Which part of it; `None` for the whole.
    pub part: Option<Part>,
    /// What becomes of it.
    pub action: Action,
}

/// Something that a database has by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseObject {
    /// A named schema.
    Schema(String),
    /// An extension.
    Extension(String),
    /// An enum that is a type.
    Enum(ObjectName),
    /// A sequence.
    Sequence(ObjectName),
    /// A table.
    Table(ObjectName),
    /// A view.
    View(ObjectName),
    /// A block of raw SQL, by its title.
    Raw(String),
}

impl DatabaseObject {
    /// What it is, for people.
    pub const fn kind(&self) -> &'static str {
        match self {
            DatabaseObject::Schema(_) => "schema",
            DatabaseObject::Extension(_) => "extension",
            DatabaseObject::Enum(_) => "type",
            DatabaseObject::Sequence(_) => "sequence",
            DatabaseObject::Table(_) => "table",
            DatabaseObject::View(_) => "view",
            DatabaseObject::Raw(_) => "raw block",
        }
    }

    /// Its name, with the schema that it is in.
    pub fn name(&self) -> String {
        match self {
            DatabaseObject::Schema(it) | DatabaseObject::Extension(it) | DatabaseObject::Raw(it) => it.clone(),
            DatabaseObject::Enum(it)
            | DatabaseObject::Sequence(it)
            | DatabaseObject::Table(it)
            | DatabaseObject::View(it) => it.to_string(),
        }
    }
}

/// A part of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its name; empty for what a table has one of.
    pub name: String,
}

/// What a part of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A column.
    Column,
    /// The primary key.
    PrimaryKey,
    /// An index.
    Index,
    /// A unique constraint.
    Unique,
    /// A check.
    Check,
    /// A foreign key.
    ForeignKey,
    /// Where the rows are stored.
    Interleaving,
    /// When rows go by themselves.
    RowDeletion,
    /// What the database keeps of the documentation.
    Comment,
}

impl PartKind {
    /// What it is, for people.
    pub const fn title(self) -> &'static str {
        match self {
            PartKind::Column => "column",
            PartKind::PrimaryKey => "primary key",
            PartKind::Index => "index",
            PartKind::Unique => "unique constraint",
            PartKind::Check => "check",
            PartKind::ForeignKey => "foreign key",
            PartKind::Interleaving => "interleaving",
            PartKind::RowDeletion => "row deletion",
            PartKind::Comment => "comment",
        }
    }
}

/// What becomes of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It comes.
    Add,
    /// It goes.
    Drop,
    /// It stays and becomes another one.
    Change,
    /// It gets another name.
    Rename,
}

impl Subject {
    /// A whole object.
    pub fn of(object: DatabaseObject, action: Action) -> Self {
        Subject { object, part: None, action }
    }

    /// A whole table.
    pub fn table(table: &ObjectName, action: Action) -> Self {
        Subject::of(DatabaseObject::Table(table.clone()), action)
    }

    /// A part of a table.
    pub fn part(table: &ObjectName, kind: PartKind, name: impl Into<String>, action: Action) -> Self {
        let part = Some(Part { kind, name: name.into() });
        Subject { part, ..Subject::table(table, action) }
    }
}
