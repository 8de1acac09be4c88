//! Numbers that a database hands out: sequences, and what identity columns have in common with them.

use serde::{Deserialize, Serialize};

use crate::{Dialect, ObjectName};

/// A sequence: `sequence order_numbers(start: 1000)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// The physical name.
    pub name: ObjectName,
    /// The name in the `.orm` text where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_name: Option<String>,
    /// The text of its `///` comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// What it counts.
    #[serde(flatten)]
    pub counter: Counter,
    /// The step from one number to the next; Spanner has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<i64>,
    /// How many numbers a session of PostgreSQL takes at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<i64>,
    /// The column that it goes with: PostgreSQL drops it with the column, as those of `serial` columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<ColumnName>,
    /// `@only(…)`: the one database that has it; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
}

/// What a sequence and an identity column count.
///
/// PostgreSQL hands out the counter itself. Spanner reverses its bits, so that the numbers are positive and spread over
/// the whole range of 63 bits (<https://cloud.google.com/spanner/docs/primary-key-default-value#bit-reversed-sequence>).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counter {
    /// Where it begins; 1 without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// Numbers that Spanner leaves out, because rows have them already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_range: Option<SkipRange>,
}

/// Numbers that are not handed out, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SkipRange {
    /// The smallest.
    pub first: i64,
    /// The largest.
    pub last: i64,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnName {
    /// The table.
    pub table: ObjectName,
    /// The physical name of the column.
    pub column: String,
}
