//! Declarations that take arguments.

use super::{
    ArgumentValue, Place, Positional, Status, WordInfo,
    arguments::{SKIP_RANGE, named},
};

/// Every declaration of this kind, in the order of the reference.
pub const DECLARATIONS: &[WordInfo] = &[WordInfo {
    name: "sequence",
    status: Status::Supported,
    places: &[Place::Sequence],
    positional: Positional::None,
    named: &[
        named(
            "start",
            ArgumentValue::Counter,
            "The first number of PostgreSQL, the first counter of Spanner; 1 without it.",
        ),
        named(
            "increment",
            ArgumentValue::Counter,
            "The step from one number to the next; Spanner's are spread anyway.",
        ),
        named("cache", ArgumentValue::Counter, "How many numbers a session of PostgreSQL takes at once."),
        SKIP_RANGE,
        named(
            "owned_by",
            ArgumentValue::ColumnOfTable,
            "The column that the sequence goes with, as with PostgreSQL's `serial` columns.",
        ),
    ],
    docs: "Numbers that the database hands out. PostgreSQL counts; Spanner reverses the bits of its counter, so that the \
           numbers are positive and spread.",
    example: "sequence order_numbers(start: 1000)",
}];

/// The declaration with this keyword.
pub fn find_declaration(keyword: &str) -> Option<&'static WordInfo> {
    DECLARATIONS.iter().find(|it| it.name == keyword)
}
