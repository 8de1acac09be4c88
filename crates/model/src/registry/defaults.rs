//! What a default can be beside values and functions.

use super::{
    ArgumentValue, Place, Positional, WordInfo,
    arguments::{SKIP_RANGE, named},
};

/// Every word of this kind, in the order of the reference.
pub const DEFAULTS: &[WordInfo] = &[
    WordInfo {
        name: "identity",
        places: &[Place::Default],
        positional: Positional::None,
        named: &[named("start", ArgumentValue::Counter, "Where the counter begins; 1 without it."), SKIP_RANGE],
        docs: "The database numbers the rows: an identity column. PostgreSQL counts upwards; Spanner reverses the bits \
               of its counter, so that the numbers are spread and need a `bigint`.",
        example: "id  bigint = identity()  @primary_key",
    },
    WordInfo {
        name: "nextval",
        places: &[Place::Default],
        positional: Positional::Sequence,
        named: &[],
        docs: "The next number of a sequence.",
        example: "number  bigint = nextval(order_numbers)",
    },
    WordInfo {
        name: "app",
        places: &[Place::Default],
        positional: Positional::None,
        named: &[],
        docs: "A function of the application, which computes the value when it inserts; the database knows nothing of it.",
        example: "slug  text = app.slug()",
    },
    WordInfo {
        name: "sql",
        places: &[Place::Default],
        positional: Positional::Text,
        named: &[
            named("postgres", ArgumentValue::Text, "The text for PostgreSQL."),
            named("spanner", ArgumentValue::Text, "The text for Spanner."),
        ],
        docs: "SQL as it is written, one text for both databases or one for each, in a default, any other expression or a \
               view. Nobody looks into it.",
        example: "code  text = sql(postgres: \"md5(random()::text)\", spanner: \"GENERATE_UUID()\")",
    },
];

/// The word with this name.
pub fn find_default(name: &str) -> Option<&'static WordInfo> {
    DEFAULTS.iter().find(|it| it.name == name)
}
