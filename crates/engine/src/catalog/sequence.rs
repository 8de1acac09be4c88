//! Sequences and identity columns.

use orm_model::{ColumnName, Counter};

/// A sequence as the database has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sequence {
    /// What it counts.
    pub counter: Counter,
    /// The step from one number to the next, if not 1.
    pub increment: Option<i64>,
    /// How many numbers a session takes at once, if not 1.
    pub cache: Option<i64>,
    /// The column that it goes with.
    pub owned_by: Option<ColumnName>,
    /// The comment.
    pub comment: Option<String>,
}

/// Whether the database numbers a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Identity {
    /// It does not.
    #[default]
    No,
    /// It does, and counts like this.
    Counter(Counter),
    /// The database does not tell (Spanner's emulator says of every column that it is none).
    Untold,
}

impl Identity {
    /// What is counted, if it is known.
    pub fn counter(&self) -> Option<&Counter> {
        match self {
            Identity::Counter(counter) => Some(counter),
            Identity::No | Identity::Untold => None,
        }
    }
}
