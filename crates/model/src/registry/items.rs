//! The items of a table: `index(…)`.

use super::{
    ArgumentValue, Place, Positional, WordInfo,
    arguments::{DEFERRABLE, ENFORCED, NAME, NULLS, ON_DELETE, ON_UPDATE, WHERE, named},
};

/// Every table item, in the order of the reference.
pub const ITEMS: &[WordInfo] = &[
    WordInfo {
        name: "primary_key",
        places: &[Place::Body],
        positional: Positional::Columns { sorted: true },
        named: &[NAME],
        docs: "The primary key.",
        example: "primary_key(tenant_id, id)",
    },
    WordInfo {
        name: "unique",
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[NAME, NULLS, WHERE],
        docs: "No two rows have the same values. NULLs are distinct unless `nulls: equal`.",
        example: "unique(tenant_id, slug)",
    },
    WordInfo {
        name: "index",
        places: &[Place::Body],
        positional: Positional::Keys,
        named: &[
            NAME,
            named("unique", ArgumentValue::Boolean, "No two rows have the same key; NULLs are distinct."),
            named("storing", ArgumentValue::Columns, "Further columns that are read from the index alone."),
            named("null_filtered", ArgumentValue::Boolean, "Leaves out rows with a NULL in the key."),
            named("using", ArgumentValue::Name, "The access method of PostgreSQL: `gin`, `gist`, `hash`, `brin`."),
            WHERE,
            named(
                "opclass",
                ArgumentValue::Names,
                "The operator class of PostgreSQL, or one for each key in brackets; `default` is the usual one.",
            ),
            named(
                "collate",
                ArgumentValue::Texts,
                "The collation of PostgreSQL for keys that are texts, or one for each key in brackets; `\"default\"` is \
                 the column's own.",
            ),
            named(
                "interleave",
                ArgumentValue::Table,
                "Spanner stores the index inside this table, whose key begins the index.",
            ),
        ],
        docs: "An index. Keys are columns or expressions, sorted upwards unless `desc`.",
        example: "index(user_id, lower(title), created_at desc, where: deleted_at is null)",
    },
    WordInfo {
        name: "foreign_key",
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[
            named("references", ArgumentValue::TableWithColumns, "The table and its columns: `orders(tenant_id, id)`."),
            ON_DELETE,
            ON_UPDATE,
            NAME,
            named("as", ArgumentValue::Name, "The name of the relation from this table."),
            named("back", ArgumentValue::Name, "The name of the relation back to this table."),
            ENFORCED,
            DEFERRABLE,
        ],
        docs: "The values are the key of a row of another table.",
        example: "foreign_key(tenant_id, order_id, references: orders(tenant_id, id), on_delete: cascade)",
    },
    WordInfo {
        name: "check",
        places: &[Place::Body],
        positional: Positional::Expression,
        named: &[NAME, ENFORCED],
        docs: "A condition that every row meets. NULL passes.",
        example: "check(starts_on <= ends_on, name: \"ck_period\")",
    },
    WordInfo {
        name: "interleave",
        places: &[Place::Body],
        positional: Positional::Table,
        named: &[named("on_delete", ArgumentValue::Action, "`cascade` or `no_action`.")],
        docs: "Spanner stores the rows inside the rows of the parent, whose key begins this table's key. PostgreSQL gets \
               the same foreign key, so that both databases hold the same rows.",
        example: "interleave(orders, on_delete: cascade)",
    },
    WordInfo {
        name: "interleave_in",
        places: &[Place::Body],
        positional: Positional::Table,
        named: &[],
        docs: "Spanner stores the rows near those of another table whose key begins with the same columns. Rows need no \
               parent, and PostgreSQL takes no notice.",
        example: "interleave_in(orders)",
    },
    WordInfo {
        name: "ttl",
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[named("days", ArgumentValue::Integer, "How many days after the timestamp in the column.")],
        docs: "Rows are deleted some days after a timestamp: Spanner's row deletion policy. PostgreSQL has none, so a \
               warning shows the DELETE to schedule.",
        example: "ttl(created_at, days: 30)",
    },
];

/// The table item with this name.
pub fn find_item(name: &str) -> Option<&'static WordInfo> {
    ITEMS.iter().find(|it| it.name == name)
}
