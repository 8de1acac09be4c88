//! Enums that are types of the database.

/// An enum as the database has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnumType {
    /// The values in their order.
    pub values: Vec<String>,
    /// The comment.
    pub comment: Option<String>,
}
