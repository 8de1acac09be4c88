//! What stands beside tables: views, extensions, blocks of raw SQL.

use serde::{Deserialize, Serialize};

use crate::{
    Dialect, ObjectName, PerDialect,
    query::{Cardinality, Query, QueryBody, Select},
};

/// A view: `view active_users { from users … }`, or over raw SQL, `view active_users = sql("…")`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The physical name.
    pub name: ObjectName,
    /// The name in the `.orm` text where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_name: Option<String>,
    /// The text of its `///` comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The raw SQL in each dialect; a database without a text has no such view, unless it has a [`select`](Self::select).
    #[serde(default, skip_serializing_if = "PerDialect::is_default")]
    pub query: PerDialect<Option<String>>,
    /// The clauses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select: Option<Box<Select>>,
    /// `@only(…)` of a view of clauses: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
}

impl View {
    /// The clauses as a query; `None` where it is raw SQL.
    pub fn as_query(&self) -> Option<Query> {
        Some(Query {
            name: self.name.to_string(),
            doc: None,
            deprecated: None,
            parameters: Vec::new(),
            cardinality: Cardinality::Many,
            body: QueryBody::Select(self.select.clone()?),
            only: self.only,
        })
    }
}

/// An extension of PostgreSQL: `extension citext`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The name.
    pub name: ObjectName,
}

/// Statements that the model knows nothing of: `raw postgres """…""" down """…"""`.
///
/// A block has no name: it is its text. One whose text changes is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawBlock {
    /// The database that they are for.
    pub dialect: Dialect,
    /// What makes it.
    pub up: String,
    /// What takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub down: Option<String>,
}

impl RawBlock {
    /// Its first line, for people.
    pub fn title(&self) -> &str {
        self.up.trim().lines().next().unwrap_or_default().trim()
    }
}
