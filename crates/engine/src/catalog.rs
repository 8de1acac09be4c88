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

use orm_model::{ObjectName, ReferentialAction, Ttl, schema::NullsOrder};

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
    /// Checks by name.
    pub checks: BTreeMap<String, Check>,
    /// The table that Spanner stores the rows in.
    pub interleave: Option<Interleave>,
    /// Spanner's row deletion policy.
    pub ttl: Option<Ttl>,
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
            ttl: None,
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
    /// How the database computes the value, which nobody writes then.
    pub generated: Option<Generated>,
    /// Spanner's `HIDDEN`: `SELECT *` leaves it out. Spanner's emulator does not tell, so it is not compared.
    pub hidden: bool,
    /// Spanner's option `allow_commit_timestamp`.
    pub allow_commit_timestamp: bool,
    /// The comment.
    pub comment: Option<String>,
}

/// How the database computes a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The expression, without parentheses.
    pub expression: String,
    /// Whether the value is stored; otherwise it is computed whenever it is read.
    pub stored: bool,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The condition, without parentheses.
    pub condition: String,
    /// Whether the database checks it.
    pub enforced: bool,
}

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrimaryKey {
    /// The name of its constraint; `None` where the database names it.
    pub name: Option<String>,
    /// Its columns in key order.
    pub columns: Vec<Key>,
}

/// A column of a primary key, with its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The name of the column.
    pub name: String,
    /// Whether it is sorted downwards.
    pub descending: bool,
}

/// What an index sorts by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexValue {
    /// A column, by its name.
    Column(String),
    /// An expression, without parentheses.
    Expression(String),
}

/// One key of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexKey {
    /// The column or expression.
    pub value: IndexValue,
    /// Whether it is sorted downwards.
    pub descending: bool,
    /// Where NULLs stand, if not where the database puts them by itself.
    pub nulls: Option<NullsOrder>,
    /// PostgreSQL's operator class, if not the usual one of the type.
    pub opclass: Option<String>,
    /// PostgreSQL's collation, if not the column's.
    pub collation: Option<String>,
}

impl IndexKey {
    /// A column, in the order that a database gives it by itself.
    pub fn column(name: impl Into<String>, descending: bool) -> Self {
        let value = IndexValue::Column(name.into());
        IndexKey { value, descending, nulls: None, opclass: None, collation: None }
    }

    /// The name of the column, if the key is one.
    pub fn column_name(&self) -> Option<&str> {
        match &self.value {
            IndexValue::Column(name) => Some(name),
            IndexValue::Expression(_) => None,
        }
    }
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
    pub keys: Vec<IndexKey>,
    /// Further columns that it stores, ordered by name.
    pub storing: Vec<String>,
    /// Spanner's `NULL_FILTERED`.
    pub null_filtered: bool,
    /// PostgreSQL's `WHERE`: the condition that its rows meet.
    pub condition: Option<String>,
    /// The access method, if not the usual one.
    pub using: Option<String>,
    /// The table that Spanner stores the index in.
    pub interleave: Option<ObjectName>,
}

impl Index {
    /// The texts of the expressions that it is made of.
    pub fn expressions(&self) -> impl Iterator<Item = &str> {
        let keys = self.keys.iter().filter_map(|key| match &key.value {
            IndexValue::Column(_) => None,
            IndexValue::Expression(text) => Some(text.as_str()),
        });
        keys.chain(self.condition.as_deref())
    }

    /// The columns that no two rows share, if it is unique and holds all rows.
    pub fn unique_columns(&self) -> Option<Vec<&str>> {
        let columns = self.keys.iter().map(IndexKey::column_name).collect::<Option<Vec<_>>>();
        columns.filter(|_| self.unique && self.condition.is_none())
    }
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
    /// PostgreSQL's `DEFERRABLE INITIALLY DEFERRED`.
    pub deferrable: bool,
    /// Whether the database checks it.
    pub enforced: bool,
}

impl ForeignKey {
    /// What a delete does, as far as it is known.
    pub fn delete_action(&self) -> ReferentialAction {
        self.on_delete.unwrap_or_default()
    }
}

/// Spanner's `INTERLEAVE IN PARENT` and `INTERLEAVE IN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interleave {
    /// The parent.
    pub parent: ObjectName,
    /// `Cascade` or `NoAction`.
    pub on_delete: ReferentialAction,
    /// `INTERLEAVE IN`: it says where rows are stored, and they need no parent.
    pub placement_only: bool,
}
