//! What only a default can be: numbers that the database counts.

use super::{
    ArgumentValue, Place, Positional, Status, WordInfo,
    arguments::{SKIP_RANGE, named},
};

/// Every word of this kind, in the order of the reference.
pub const DEFAULTS: &[WordInfo] = &[
    WordInfo {
        name: "identity",
        status: Status::Supported,
        places: &[Place::Default],
        positional: Positional::None,
        named: &[named("start", ArgumentValue::Counter, "Where the counter begins; 1 without it."), SKIP_RANGE],
        docs: "The database numbers the rows: an identity column. PostgreSQL counts upwards; Spanner reverses the bits \
               of its counter, so that the numbers are spread and need a `bigint`.",
        example: "id  bigint = identity()  @primary_key",
    },
    WordInfo {
        name: "nextval",
        status: Status::Supported,
        places: &[Place::Default],
        positional: Positional::Sequence,
        named: &[],
        docs: "The next number of a sequence.",
        example: "number  bigint = nextval(order_numbers)",
    },
];

/// The word with this name.
pub fn find_default(name: &str) -> Option<&'static WordInfo> {
    DEFAULTS.iter().find(|it| it.name == name)
}
