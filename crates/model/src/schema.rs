//! Tables, columns, keys, indexes, enums.
//!
//! Every name is the *physical* one, as it is in the database. Where the `.orm` text calls a thing differently
//! (`@db("…")`), `declared_name` keeps that name for stubs and messages; it plays no part in a migration.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{ColumnType, Counter, Dialect, Expression, Extension, PerDialect, RawBlock, ScalarType, Sequence, View};

/// A whole database schema, without order: two schemas with the same objects are equal.
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default, Serialize, Deserialize)]
pub struct Schema {
    /// The tables by name.
    pub tables: BTreeMap<ObjectName, Table>,
    /// The enums by the name in the `.orm` text.
    pub enums: BTreeMap<String, Enum>,
    /// The sequences by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sequences: BTreeMap<ObjectName, Sequence>,
    /// The views by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub views: BTreeMap<ObjectName, View>,
    /// The extensions by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<ObjectName, Extension>,
    /// The blocks of raw SQL in the order of files and of their places in them, which is the order in which they run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raw: Vec<RawBlock>,
}

/// The name of a table, sequence or index: `users` or `auth.users`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// The named schema; `None` is the default one of the database.
    pub schema: Option<String>,
    /// The name in it.
    pub name: String,
}

impl ObjectName {
    /// A name in the default schema.
    pub fn unqualified(name: impl Into<String>) -> Self {
        ObjectName { schema: None, name: name.into() }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

// A name is one string in files: `auth.users`; a point inside a name is written `\.`.
impl Serialize for ObjectName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let escape = |part: &str| part.replace('\\', "\\\\").replace('.', "\\.");
        match &self.schema {
            Some(schema) => serializer.collect_str(&format_args!("{}.{}", escape(schema), escape(&self.name))),
            None => serializer.serialize_str(&escape(&self.name)),
        }
    }
}

impl<'de> Deserialize<'de> for ObjectName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut parts = vec![String::new()];
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            match character {
                '.' => parts.push(String::new()),
                '\\' => parts.last_mut().into_iter().for_each(|part| part.extend(characters.next())),
                other => parts.last_mut().into_iter().for_each(|part| part.push(other)),
            }
        }
        match <[String; 2]>::try_from(parts) {
            Ok([schema, name]) => Ok(ObjectName { schema: Some(schema), name }),
            Err(mut parts) if parts.len() == 1 => Ok(ObjectName::unqualified(parts.remove(0))),
            Err(_) => Err(serde::de::Error::custom(format!("`{text}` is no name of a table"))),
        }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The physical name.
    pub name: ObjectName,
    /// The name in the `.orm` text where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_name: Option<String>,
    /// The text of its `///` comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The columns in the order in which they are declared, mixins spread where they stand.
    pub columns: Vec<Column>,
    /// The primary key; every table of a checked schema has one.
    pub primary_key: Option<PrimaryKey>,
    /// Unique constraints, ordered by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uniques: Vec<Unique>,
    /// Indexes, ordered by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// Foreign keys, ordered by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub foreign_keys: Vec<ForeignKey>,
    /// Checks that the schema states, ordered by name. Those that a type implies (range, length, enum) are the
    /// dialect's business.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The table whose rows these rows are stored with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interleave: Option<Interleave>,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
    /// `@was(…)`: the name before a rename. It is an order to the next migration, no part of the schema's state: files
    /// do not keep it.
    #[serde(skip)]
    pub was: Option<String>,
    /// `@deprecated("…")`: why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// When rows go by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Ttl>,
}

impl Table {
    /// The column with this physical name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a column is part of the primary key, and so never NULL.
    pub fn is_key_column(&self, name: &str) -> bool {
        self.primary_key.as_ref().is_some_and(|key| key.columns.iter().any(|column| column.name == name))
    }

    /// Whether two rows with NULL in a unique key of these columns clash: `nulls: equal`.
    pub fn has_equal_nulls(&self, columns: &[String]) -> bool {
        let is_key = |it: &&Unique| it.columns.len() == columns.len() && it.columns.iter().all(|c| columns.contains(c));
        self.uniques.iter().filter(is_key).any(|it| it.nulls_equal)
    }

    /// Whether the condition of an index says no more than that keys are not NULL: of every key that can be, or, where the
    /// index is unique, of any, because NULLs are distinct there anyway.
    pub fn leaves_out_nulls_alone(&self, index: &Index) -> bool {
        let Some(filled) = index.condition.as_ref().and_then(Expression::filled_columns) else { return false };
        let is_left_out = |key: &IndexKey| match key.column_name() {
            Some(name) => filled.contains(&name) || self.column(name).is_some_and(|column| !column.nullable),
            None => false,
        };
        filled.iter().all(|name| index.key_columns().any(|key| key == *name))
            && (index.unique || index.keys.iter().all(is_left_out))
    }

    /// Which keys of an index, counted from 0, Spanner has to compute into hidden columns: those that are expressions, and
    /// the last one where the condition of a unique index has to be kept.
    pub fn computed_keys(&self, index: &Index) -> Vec<usize> {
        let keeps_condition = index.unique && index.condition.is_some() && !self.leaves_out_nulls_alone(index);
        let last = index.keys.len().saturating_sub(1);
        let is_computed = |(at, key): (usize, &IndexKey)| key.expression().is_some() || (keeps_condition && at == last);
        (0..).zip(&index.keys).filter(|it| is_computed(*it)).map(|(at, _)| at).collect()
    }

    /// The expressions over columns of the table: of checks, generated columns, and keys and conditions of indexes.
    pub fn expressions_mut(&mut self) -> impl Iterator<Item = &mut Expression> {
        let checks = self.checks.iter_mut().map(|it| &mut it.expression);
        let generated = self.columns.iter_mut().filter_map(|it| Some(&mut it.generated.as_mut()?.expression));
        checks.chain(generated).chain(self.indexes.iter_mut().flat_map(Index::expressions_mut))
    }

    /// Puts uniques, indexes, foreign keys and checks into the order that the model promises.
    pub fn sort_members(&mut self) {
        self.uniques.sort_by(|a, b| a.name.cmp(&b.name));
        self.indexes.sort_by(|a, b| a.name.cmp(&b.name));
        self.foreign_keys.sort_by(|a, b| a.name.cmp(&b.name));
        self.checks.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The physical name.
    pub name: String,
    /// The name in the `.orm` text where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_name: Option<String>,
    /// The text of its `///` comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The portable type.
    #[serde(rename = "type")]
    pub column_type: ColumnType,
    /// The type as a dialect writes it, where `@postgres(type: "…")` or `@spanner(type: "…")` says so.
    #[serde(default, skip_serializing_if = "PerDialect::is_default")]
    pub physical_type: PerDialect<Option<String>>,
    /// Whether the column may be NULL.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// What a row gets that does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Default>,
    /// What the client writes on every update that does not say: `@on_update(now())`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_update: Option<Default>,
    /// `@spanner(allow_commit_timestamp: true)`, or `commit_timestamp()` as the default or on update.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allow_commit_timestamp: bool,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
    /// `@was(…)`: the name before a rename. It is an order to the next migration, no part of the schema's state: files
    /// do not keep it.
    #[serde(skip)]
    pub was: Option<String>,
    /// `@deprecated("…")`: why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// `@type(…)`: its type in stubs.
    #[serde(default, skip_serializing_if = "StubType::is_default")]
    pub stub_type: StubType,
    /// `@generated(…)`: the database computes the value, nobody writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
}

/// The types that stubs give to the values of a column, where `@type(…)` says so.
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default, Serialize, Deserialize)]
pub struct StubType {
    /// A path of Rust: `crate::Email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rust: Option<String>,
    /// A type of TypeScript: `Settings`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typescript: Option<String>,
}

impl StubType {
    /// Whether no language has a type of its own.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How the database computes a column: `@generated(lower(email))`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The value, of other columns of the row.
    pub expression: Expression,
    /// Whether the value is stored; otherwise it is computed whenever it is read.
    pub stored: bool,
}

impl Column {
    /// The name in the `.orm` text.
    pub fn declared_name(&self) -> &str {
        self.declared_name.as_deref().unwrap_or(&self.name)
    }

    /// Whether the type promises what the SQL type of some dialect does not keep: a range, a length, the values of an
    /// enum. There a CHECK keeps it, and the name `ck_TABLE_COLUMN` is taken in every dialect. Of the elements of an
    /// array only membership can be checked.
    pub fn implies_check(&self) -> bool {
        match self.column_type.scalar {
            ScalarType::Enum(_) => true,
            ScalarType::Smallint | ScalarType::Integer | ScalarType::Char(_) | ScalarType::Bytes(Some(_)) => {
                !self.column_type.array
            }
            _ => false,
        }
    }
}

/// Where the value of a column comes from when a statement does not give it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Default {
    /// The database computes it: a constant, `now()`, `uuid()`, `sql("…")`.
    Expression(Expression),
    /// The client computes it: `app.NAME()`. The database knows nothing of it.
    App(String),
    /// The database counts: `identity()`.
    Identity(Counter),
    /// The next number of a sequence: `nextval(order_numbers)`.
    NextValue(ObjectName),
}

impl Default {
    /// Whether the database fills the column by itself.
    pub const fn is_the_databases(&self) -> bool {
        !matches!(self, Default::App(_))
    }
}

impl Default {
    /// Whether it is `commit_timestamp()`.
    pub fn is_commit_timestamp(&self) -> bool {
        matches!(self, Default::Expression(Expression::Call { function, .. }) if function == "commit_timestamp")
    }
}

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryKey {
    /// The name that the schema gives; without one PostgreSQL's own name (`TABLE_pkey`) stands. Spanner has no names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The columns in key order.
    pub columns: Vec<KeyColumn>,
}

/// A column of a primary key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyColumn {
    /// The physical name of the column.
    pub name: String,
    /// Whether the database sorts it downwards. PostgreSQL's primary keys cannot.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub descending: bool,
}

/// A unique constraint: `@unique`, `unique(a, b)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// The physical name.
    pub name: String,
    /// The physical names of its columns.
    pub columns: Vec<String>,
    /// `nulls: equal`: two rows with NULL clash. Otherwise NULLs are distinct, in both databases.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_equal: bool,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
}

/// An index: `index(a, b desc)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The physical name.
    pub name: String,
    /// Whether two rows may not have the same key. NULLs are distinct, in both databases.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// What it sorts by.
    pub keys: Vec<IndexKey>,
    /// Further columns that are stored with the key (`INCLUDE`, `STORING`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub storing: Vec<String>,
    /// `null_filtered: true`: rows with a NULL in the key are left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub null_filtered: bool,
    /// The access method of PostgreSQL (`gin`, `hash`, …); B-tree without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
    /// `where: …`: only rows that meet the condition.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expression>,
    /// `interleave: parent`: Spanner stores the index inside this table, an ancestor of the index's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interleave: Option<ObjectName>,
}

/// What an index sorts by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexValue {
    /// A column, by its physical name.
    Column(String),
    /// What an expression gives: `lower(email)`.
    Expression(Expression),
}

/// One key of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexKey {
    /// The column or expression.
    #[serde(flatten)]
    pub value: IndexValue,
    /// Whether it is sorted downwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub descending: bool,
    /// `nulls first`, `nulls last`, where the schema says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls: Option<NullsOrder>,
    /// The operator class of PostgreSQL, if not the usual one of the type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opclass: Option<String>,
    /// The collation of PostgreSQL, if not the column's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
}

impl IndexKey {
    /// A column, sorted upwards.
    pub fn column(name: impl Into<String>) -> Self {
        let value = IndexValue::Column(name.into());
        IndexKey { value, descending: false, nulls: None, opclass: None, collation: None }
    }

    /// The physical name of the column, if the key is one.
    pub fn column_name(&self) -> Option<&str> {
        match &self.value {
            IndexValue::Column(name) => Some(name),
            IndexValue::Expression(_) => None,
        }
    }

    /// The expression, if the key is one.
    pub fn expression(&self) -> Option<&Expression> {
        match &self.value {
            IndexValue::Column(_) => None,
            IndexValue::Expression(expression) => Some(expression),
        }
    }

    /// The physical names of the columns that the key is made of.
    pub fn columns(&self) -> Vec<&str> {
        match &self.value {
            IndexValue::Column(name) => vec![name],
            IndexValue::Expression(expression) => expression.columns(),
        }
    }
}

impl Index {
    /// The physical names of the columns that are keys themselves, in key order.
    pub fn key_columns(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().filter_map(IndexKey::column_name)
    }

    /// The expressions that the database computes for the index: keys and condition.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.keys.iter().filter_map(IndexKey::expression).chain(&self.condition)
    }

    /// The same as [`expressions`](Self::expressions), to change them.
    pub fn expressions_mut(&mut self) -> impl Iterator<Item = &mut Expression> {
        let keys = self.keys.iter_mut().filter_map(|it| match &mut it.value {
            IndexValue::Column(_) => None,
            IndexValue::Expression(expression) => Some(expression),
        });
        keys.chain(&mut self.condition)
    }

    /// The physical names of the columns that make every key, where the index holds all rows: two rows never share them.
    pub fn unique_columns(&self) -> Option<Vec<&str>> {
        let columns = self.keys.iter().map(IndexKey::column_name).collect::<Option<Vec<_>>>();
        columns.filter(|_| self.unique && self.condition.is_none())
    }
}

/// Where NULLs stand in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NullsOrder {
    /// Before every value.
    First,
    /// After every value.
    Last,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The physical name.
    pub name: String,
    /// The physical names of the columns that refer.
    pub columns: Vec<String>,
    /// The table that they refer to.
    pub references: ObjectName,
    /// The physical names of the columns that they refer to, as many.
    pub referenced_columns: Vec<String>,
    /// What happens to the row when the row that it refers to is deleted.
    #[serde(default, skip_serializing_if = "is_no_action")]
    pub on_delete: ReferentialAction,
    /// What happens to the row when the key that it refers to changes.
    #[serde(default, skip_serializing_if = "is_no_action")]
    pub on_update: ReferentialAction,
    /// `@spanner(on_delete: …)`: another action in one dialect.
    #[serde(default, skip_serializing_if = "PerDialect::is_default")]
    pub on_delete_override: PerDialect<Option<ReferentialAction>>,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
    /// `deferrable: true`: checked at the end of the transaction, unless it says otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deferrable: bool,
    /// `enforced: false`: the database is told and does not check.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_enforced: bool,
}

impl ForeignKey {
    /// What happens on delete in `dialect`.
    pub fn on_delete_in(&self, dialect: Dialect) -> ReferentialAction {
        self.on_delete_override.get(dialect).unwrap_or(self.on_delete)
    }
}

fn is_no_action(action: &ReferentialAction) -> bool {
    *action == ReferentialAction::NoAction
}

/// What a foreign key does when the other side goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, std::default::Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferentialAction {
    /// Refuse, at the end of the statement.
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Do the same to this row.
    Cascade,
    /// Set the columns to NULL.
    SetNull,
    /// Set the columns to their defaults.
    SetDefault,
}

impl ReferentialAction {
    /// Every action.
    pub const ALL: [ReferentialAction; 5] = [
        ReferentialAction::NoAction,
        ReferentialAction::Restrict,
        ReferentialAction::Cascade,
        ReferentialAction::SetNull,
        ReferentialAction::SetDefault,
    ];

    /// As the language writes it.
    pub const fn name(self) -> &'static str {
        match self {
            ReferentialAction::NoAction => "no_action",
            ReferentialAction::Restrict => "restrict",
            ReferentialAction::Cascade => "cascade",
            ReferentialAction::SetNull => "set_null",
            ReferentialAction::SetDefault => "set_default",
        }
    }

    /// As SQL writes it.
    pub const fn sql(self) -> &'static str {
        match self {
            ReferentialAction::NoAction => "NO ACTION",
            ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull => "SET NULL",
            ReferentialAction::SetDefault => "SET DEFAULT",
        }
    }
}

/// A condition that every row meets, or is unknown for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The physical name.
    pub name: String,
    /// The condition.
    pub expression: Expression,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
    /// `enforced: false`: the database is told and does not check.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_enforced: bool,
}

/// `interleave(parent, on_delete: …)`: Spanner stores the rows inside the parent's; PostgreSQL gets the same foreign
/// key, so that both databases hold the same rows. `interleave_in(parent)` says where Spanner stores the rows, and
/// nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interleave {
    /// The table that holds the rows. Its key is the beginning of this table's key.
    pub parent: ObjectName,
    /// `Cascade` or `NoAction`.
    #[serde(default, skip_serializing_if = "is_no_action")]
    pub on_delete: ReferentialAction,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
    /// `interleave_in`: rows need no parent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub placement_only: bool,
}

/// `ttl(column, days: …)`: rows go some time after the timestamp in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ttl {
    /// The physical name of the column.
    pub column: String,
    /// Days after the timestamp.
    pub days: u32,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
}

/// A fixed set of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    /// The name in the `.orm` text.
    pub name: String,
    /// The text of its `///` comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The type of the column that holds it: `text`, `varchar(n)` or `char(n)`.
    pub storage: ScalarType,
    /// The values in the order in which they are declared.
    pub values: Vec<EnumValue>,
    /// `@postgres(native: true)`: the type that databases with enums of their own give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native: Option<ObjectName>,
    /// `@was(…)`: the name before a rename. It is an order to the next migration, no part of the schema's state: files
    /// do not keep it.
    #[serde(skip)]
    pub was: Option<String>,
    /// `@deprecated("…")`: why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumValue {
    /// The name in the `.orm` text and in stubs.
    pub name: String,
    /// The text in the database; the name, unless the schema says otherwise.
    pub stored: String,
    /// The text of its `///` comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// `@was(…)`: the name before a rename. It is an order to the next migration, no part of the schema's state: files
    /// do not keep it.
    #[serde(skip)]
    pub was: Option<String>,
    /// `@deprecated("…")`: why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}
