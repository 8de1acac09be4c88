//! What a database physically holds, in one dialect's own words.
//!
//! A catalog is made in two ways: [`lower`](crate::dialect::SqlDialect::lower) says what a schema becomes,
//! [`inspect`](crate::dialect::SqlDialect::inspect) reads what a database has. After
//! [`normalize`](crate::dialect::SqlDialect::normalize) the two are comparable: *apply, then inspect, equals the schema*
//! is [`differences`] being empty.

mod differences;
mod enum_type;
mod object;
mod sequence;

use std::collections::{BTreeMap, BTreeSet};

use orm_model::{ObjectName, ReferentialAction, schema::NullsOrder};

pub use differences::{Difference, differences};
pub use enum_type::EnumType;
pub use object::{Raw, View};
pub use sequence::{Identity, Sequence};

/// All that a database has of what a schema declares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The tables by name.
    pub tables: BTreeMap<ObjectName, Table>,
    /// The sequences by name, without those of identity columns.
    pub sequences: BTreeMap<ObjectName, Sequence>,
    /// The enums that are types, by name.
    pub enums: BTreeMap<ObjectName, EnumType>,
    /// The views by name.
    pub views: BTreeMap<ObjectName, View>,
    /// The extensions.
    pub extensions: BTreeSet<String>,
    /// The blocks of raw SQL in their order; an inspected catalog has none.
    pub raw: Vec<Raw>,
}

impl Catalog {
    /// The named schemas that something is in, in order.
    pub fn schemas(&self) -> impl Iterator<Item = &str> {
        let names = self.tables.keys().chain(self.sequences.keys()).chain(self.enums.keys()).chain(self.views.keys());
        let schemas: BTreeSet<_> = names.filter_map(|name| name.schema.as_deref()).collect();
        schemas.into_iter()
    }
}

/// A table as the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The name.
    pub name: ObjectName,
    /// The columns in the order of creation.
    pub columns: Vec<Column>,
    /// The primary key.
    pub primary_key: Option<PrimaryKey>,
    /// Unique constraints by name. Spanner has none: there they are unique indexes.
    pub uniques: BTreeMap<String, Unique>,
    /// Indexes by name, without those that a constraint brings.
    pub indexes: BTreeMap<String, Index>,
    /// Foreign keys by name.
    pub foreign_keys: BTreeMap<String, ForeignKey>,
    /// The conditions of checks by name.
    pub checks: BTreeMap<String, String>,
    /// The parent that Spanner stores the rows in.
    pub interleave: Option<Interleave>,
    /// The comment.
    pub comment: Option<String>,
}

impl Table {
    /// A table without anything in it.
    pub fn new(name: ObjectName) -> Self {
        Table {
            name,
            columns: Vec::new(),
            primary_key: None,
            uniques: BTreeMap::new(),
            indexes: BTreeMap::new(),
            foreign_keys: BTreeMap::new(),
            checks: BTreeMap::new(),
            interleave: None,
            comment: None,
        }
    }

    /// The column with this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The names of the columns of the primary key, in key order.
    pub fn key_columns(&self) -> impl Iterator<Item = &str> {
        self.primary_key.iter().flat_map(|key| &key.columns).map(|column| column.name.as_str())
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name.
    pub name: String,
    /// The type as SQL writes it: `VARCHAR(10)`, `ARRAY<STRING(MAX)>`.
    pub sql_type: String,
    /// Whether the column refuses NULL; always true in a primary key.
    pub not_null: bool,
    /// The expression of its default, without `DEFAULT`.
    pub default: Option<String>,
    /// Whether the database numbers it.
    pub identity: Identity,
    /// Spanner's option `allow_commit_timestamp`.
    pub allow_commit_timestamp: bool,
    /// The comment.
    pub comment: Option<String>,
}

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrimaryKey {
    /// The name of its constraint; `None` where the database names it.
    pub name: Option<String>,
    /// Its columns in key order.
    pub columns: Vec<Key>,
}

/// A column of a primary key or index, with its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The name of the column.
    pub name: String,
    /// Whether it is sorted downwards.
    pub descending: bool,
    /// Where NULLs stand, if not where the database puts them by itself.
    pub nulls: Option<NullsOrder>,
}

/// A unique constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unique {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Whether two rows with NULL clash.
    pub nulls_equal: bool,
}

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Whether two rows may not have the same key.
    pub unique: bool,
    /// What it sorts by.
    pub keys: Vec<Key>,
    /// Further columns that it stores, ordered by name.
    pub storing: Vec<String>,
    /// Spanner's `NULL_FILTERED`.
    pub null_filtered: bool,
    /// The columns that are not NULL in its rows: PostgreSQL's `WHERE a IS NOT NULL AND …`, ordered by name.
    pub not_null: Vec<String>,
    /// The access method, if not the usual one.
    pub using: Option<String>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The names of the columns that refer.
    pub columns: Vec<String>,
    /// The table that they refer to.
    pub references: ObjectName,
    /// The names of the columns that they refer to.
    pub referenced_columns: Vec<String>,
    /// What a delete of the row there does; `None` where the database does not tell (Spanner's emulator says
    /// `NO ACTION` of every foreign key).
    pub on_delete: Option<ReferentialAction>,
    /// What a change of the key there does.
    pub on_update: ReferentialAction,
}

impl ForeignKey {
    /// What a delete does, as far as it is known.
    pub fn delete_action(&self) -> ReferentialAction {
        self.on_delete.unwrap_or_default()
    }
}

/// Spanner's `INTERLEAVE IN PARENT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interleave {
    /// The parent.
    pub parent: ObjectName,
    /// `Cascade` or `NoAction`.
    pub on_delete: ReferentialAction,
}
