//! Parameters with their types, and statements that give rows and counts.

use crate::row::Row;
use crate::value::Value;

/// As what a value is sent.
///
/// PostgreSQL reads the type from the statement; Spanner guesses where it is not told, which fails for NULL, for an array
/// without elements and for a value that nothing stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterType {
    /// The type of the value, or of each element.
    pub scalar: ParameterScalar,
    /// Whether it is an array.
    pub array: bool,
}

/// The type of one value that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterScalar {
    /// `BOOL`
    Bool,
    /// A whole number of up to 64 bits.
    Int64,
    /// A 32-bit floating-point number.
    Float32,
    /// A 64-bit floating-point number.
    Float64,
    /// An exact number.
    Numeric,
    /// A text, and what is sent as one.
    String,
    /// Bytes.
    Bytes,
    /// A date.
    Date,
    /// An instant.
    Timestamp,
    /// JSON.
    Json,
    /// A UUID.
    Uuid,
}

/// A value and as what it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The value.
    pub value: Value,
    /// As what.
    pub sent: ParameterType,
}

/// A statement whose parameters have types.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedStatement {
    /// The SQL text, with `$1` or `@p1` for the first parameter.
    pub sql: String,
    /// The parameters, in order.
    pub parameters: Vec<Parameter>,
    /// Whether it gives rows.
    pub gives_rows: bool,
}

/// What a statement gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The rows; none of a statement that gives none.
    pub rows: Vec<Row>,
    /// How many rows it changed; 0 of one that only reads.
    pub changed: u64,
}

/// What statements may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// They only read, all of them the same state of the database.
    Read,
    /// They change or lock rows.
    Write,
    /// The same, and all of it is undone unless they give as many rows together. What they gave is told either way.
    WriteIf(RowCount),
}

/// How many rows statements may give together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    /// So many at least.
    pub least: usize,
    /// So many at most.
    pub most: usize,
}

impl RowCount {
    /// Whether so many rows are meant.
    pub const fn holds(self, rows: usize) -> bool {
        self.least <= rows && rows <= self.most
    }
}

impl Access {
    /// Whether what the statements did stays, if they gave so many rows together.
    pub const fn keeps(self, rows: usize) -> bool {
        match self {
            Access::Read | Access::Write => true,
            Access::WriteIf(count) => count.holds(rows),
        }
    }
}
