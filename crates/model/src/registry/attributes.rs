//! The words after `@`.

use super::{
    ArgumentValue, Place, Positional, WordInfo,
    arguments::{DEFERRABLE, ENFORCED, NAME, NULLS, ON_DELETE, ON_UPDATE, named},
    effect::{Effect, NOTHING, each, same},
};

/// Every attribute, in the order of the reference.
pub const ATTRIBUTES: &[WordInfo] = &[
    WordInfo {
        name: "primary_key",
        places: &[Place::Column],
        positional: Positional::None,
        named: &[],
        docs: "The column is the primary key, or a part of it in the order of declaration.",
        example: "id  uuid = uuid()  @primary_key",
        databases: each(Effect::does("`PRIMARY KEY`"), Effect::does("`PRIMARY KEY`, by which the rows are stored")),
    },
    WordInfo {
        name: "unique",
        places: &[Place::Column],
        positional: Positional::None,
        named: &[NAME, NULLS],
        docs: "No two rows have the same value. NULLs are distinct unless `nulls: equal`.",
        example: "email  text  @unique",
        databases: each(
            Effect::does("a `UNIQUE` constraint"),
            Effect::does("a `UNIQUE INDEX`; `NULL_FILTERED` where a column may be NULL"),
        ),
    },
    WordInfo {
        name: "references",
        places: &[Place::Column],
        positional: Positional::ColumnOfTable,
        named: &[
            ON_DELETE,
            ON_UPDATE,
            NAME,
            named(
                "as",
                ArgumentValue::Name,
                "The name of the relation from this table; the column less `_id` without it.",
            ),
            named(
                "back",
                ArgumentValue::Name,
                "The name of the relation back to this table; the table's name without it.",
            ),
            ENFORCED,
            DEFERRABLE,
        ],
        docs: "The value is the key of a row of another table: a foreign key.",
        example: "user_id  uuid  @references(users.id, on_delete: cascade)",
        databases: each(
            Effect::partly("`FOREIGN KEY`, without an index of its own", "PERF003"),
            Effect::does("`FOREIGN KEY`, with an index of its own"),
        ),
    },
    WordInfo {
        name: "check",
        places: &[Place::Column],
        positional: Positional::Expression,
        named: &[NAME],
        docs: "A condition that every row meets. NULL passes.",
        example: "size  integer  @check(size >= 0)",
        databases: same("`CHECK`"),
    },
    WordInfo {
        name: "db",
        places: &[Place::Table, Place::Column, Place::Sequence, Place::View],
        positional: Positional::Text,
        named: &[],
        docs: "The name in the database, where it is not the one here.",
        example: "table users @db(\"Users\") {",
        databases: each(
            Effect::partly("the name, 63 bytes of it", "PG001"),
            Effect::partly("the name: letters, digits and `_`, 128 of them", "SP002"),
        ),
    },
    WordInfo {
        name: "on_update",
        places: &[Place::Column],
        positional: Positional::Expression,
        named: &[],
        docs: "What the client writes on every update that does not set the column.",
        example: "updated_at  timestamptz = now()  @on_update(now())",
        databases: NOTHING,
    },
    WordInfo {
        name: "postgres",
        places: &[Place::Column, Place::Enum],
        positional: Positional::None,
        named: &[
            named("type", ArgumentValue::Text, "The type in PostgreSQL, as it is written there."),
            named("native", ArgumentValue::Boolean, "The enum is a type of the database: `CREATE TYPE … AS ENUM`.")
                .on(Effect::does("`CREATE TYPE … AS ENUM`"), Effect::does("the text with a `CHECK` of the values")),
        ],
        docs: "What holds in PostgreSQL only.",
        example: "email  text  @postgres(type: \"citext\")",
        databases: each(Effect::does("what it says"), Effect::does("nothing")),
    },
    WordInfo {
        name: "spanner",
        places: &[Place::Column],
        positional: Positional::None,
        named: &[
            named("type", ArgumentValue::Text, "The type in Spanner, as it is written there."),
            named("allow_commit_timestamp", ArgumentValue::Boolean, "The column may hold the commit timestamp.")
                .on(Effect::does("nothing"), Effect::partly("`OPTIONS (allow_commit_timestamp = true)`", "SP090")),
            named("on_delete", ArgumentValue::Action, "The action in Spanner, which knows `no_action` and `cascade`."),
        ],
        docs: "What holds in Spanner only.",
        example: "changed_at  timestamptz  @spanner(allow_commit_timestamp: true)",
        databases: each(Effect::does("nothing"), Effect::does("what it says")),
    },
    WordInfo {
        name: "was",
        places: &[Place::Table, Place::Column, Place::Enum, Place::EnumValue],
        positional: Positional::Name,
        named: &[],
        docs: "The name before a rename: the next migration keeps the data. Once it is made, the attribute can go.",
        example: "email  text  @was(mail)",
        databases: each(
            Effect::does("`RENAME`"),
            Effect::does("`RENAME TO` of a table; a column is added, filled from the old one, which is dropped"),
        ),
    },
    WordInfo {
        name: "generated",
        places: &[Place::Column],
        positional: Positional::Expression,
        named: &[named(
            "stored",
            ArgumentValue::Boolean,
            "`false`: the value is computed whenever it is read (Spanner, PostgreSQL 18 and later). Stored without it.",
        )
        .on(
            Effect::partly("`VIRTUAL`, since version 18", "PG080"),
            Effect::partly("`AS (…)`, computed when it is read", "SP100"),
        )],
        docs: "The database computes the column from others of the row; nobody writes it.",
        example: "email_key  text  @generated(lower(email))",
        databases: each(Effect::does("`GENERATED ALWAYS AS (…) STORED`"), Effect::does("`AS (…) STORED`")),
    },
    WordInfo {
        name: "type",
        places: &[Place::Column],
        positional: Positional::None,
        named: &[
            named("rust", ArgumentValue::Text, "A path of a Rust type: `crate::Email`."),
            named("typescript", ArgumentValue::Text, "A type of TypeScript: `Settings`."),
        ],
        docs: "The type of the value in stubs, instead of the one that the column's type gives.",
        example: "settings  jsonb  @type(rust: \"crate::Settings\", typescript: \"Settings\")",
        databases: NOTHING,
    },
    WordInfo {
        name: "deprecated",
        places: &[Place::Table, Place::Column, Place::Enum, Place::EnumValue, Place::Query],
        positional: Positional::Text,
        named: &[],
        docs: "Says not to use it any more, and why; stubs and editors pass it on.",
        example: "nickname  text?  @deprecated(\"use name\")",
        databases: NOTHING,
    },
    WordInfo {
        name: "only",
        places: &[Place::Table, Place::Column, Place::Item, Place::Sequence, Place::View, Place::Query],
        positional: Positional::Dialect,
        named: &[],
        docs: "One database alone has it: `postgres` or `spanner`.",
        example: "index(search) @only(postgres)",
        databases: each(Effect::does("has it with `postgres`"), Effect::does("has it with `spanner`")),
    },
];

/// The attribute with this name.
pub fn find_attribute(name: &str) -> Option<&'static WordInfo> {
    ATTRIBUTES.iter().find(|it| it.name == name)
}
