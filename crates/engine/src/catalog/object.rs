//! Views, extensions and raw SQL.

/// A view as the database has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// The query. PostgreSQL keeps none of its text; there the comment holds a hash of it.
    pub query: String,
    /// The comment.
    pub comment: Option<String>,
}

/// A block of raw SQL. No database tells what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The first line, for people.
    pub title: String,
    /// The statements that make it.
    pub up: Vec<String>,
    /// The statements that take it back.
    pub down: Option<Vec<String>>,
}
