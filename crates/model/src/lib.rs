//! The schema as plain data.
//!
//! This crate is the leaf of the workspace: it depends on no other crate of ours, does no input or output, and knows
//! no SQL. A [`Schema`] holds *physical* names and resolved references, so that two schemas that mean the same database
//! are equal, whatever the text looked like that they were made from.
//!
//! - [`schema`]: tables, columns, keys, indexes, enums.
//! - [`object`]: views, extensions, blocks of raw SQL.
//! - [`sequence`]: sequences and identity columns.
//! - [`types`]: the portable column types.
//! - [`typing`]: the type of an expression.
//! - [`expression`]: expressions of tables and queries.
//! - [`query`]: queries and mutations.
//! - [`dialect`]: the databases and what each can do.
//! - [`targets`]: which databases a project is held to, and with which options.
//! - [`rename`]: what `@was(…)` orders.
//! - [`only`]: what one database alone has.
//! - [`features`]: what PostgreSQL has from a version on.
//! - [`names`]: names that the schema does not spell out.
//! - [`registry`]: types, attributes, table items and functions of the language, with their documentation.
//! - [`reserved`]: words that a database reads as syntax.

pub mod dialect;
pub mod expression;
pub mod features;
pub mod names;
pub mod object;
pub mod only;
pub mod query;
pub mod registry;
pub mod rename;
pub mod reserved;
pub mod schema;
pub mod sequence;
mod stored_text;
pub mod targets;
pub mod types;
pub mod typing;

pub use dialect::{Dialect, PerDialect};
pub use expression::{BinaryOperator, Expression, Literal, UnaryOperator};
pub use features::PostgresFeature;
pub use object::{Extension, RawBlock, View};
pub use only::Only;
pub use rename::{Rename, Renames};
pub use schema::{
    Check, Column, Default, Enum, EnumValue, ForeignKey, Generated, Index, IndexKey, IndexValue, Interleave, KeyColumn,
    ObjectName, PrimaryKey, ReferentialAction, Schema, StubType, Table, Ttl, Unique,
};
pub use sequence::{ColumnName, Counter, Sequence, SkipRange};
pub use targets::Targets;
pub use types::{ColumnType, ScalarType};
pub use typing::{Typing, ValueKind, ValueType};
