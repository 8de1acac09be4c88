//! Numbers of the database for a column that holds none.

use orm_model::ColumnType;

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// `identity()` and `nextval(…)` give whole numbers, and the column holds something else.
    ///
    /// The column is a `smallint`, `integer` or `bigint`. An identity column is never NULL: PostgreSQL makes it NOT NULL
    /// whatever the schema says.
    ///
    /// ```orm,bad
    /// table orders {
    ///   id  text = identity()  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id  bigint = identity()  @primary_key
    /// }
    /// ```
    BAD_COUNTER: "ORM122", "bad-counter", Error, language
}

pub(crate) fn wrong_type(location: Location, word: &str, column_type: &ColumnType) -> Diagnostic {
    BAD_COUNTER
        .at(location, format!("`{word}` gives a whole number, and the column is `{column_type}`"))
        .help("make it a `bigint`, or give it another default")
}

pub(crate) fn nullable(location: Location) -> Diagnostic {
    BAD_COUNTER
        .at(location, "an identity column is never NULL, and its type says `?`")
        .help("remove the `?`, or take the numbers from a sequence: `nextval(…)`")
}
