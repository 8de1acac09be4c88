//! The items of a table: `index(…)`.

use super::{
    ArgumentValue, Place, Positional, Status, WordInfo,
    arguments::{DEFERRABLE, ENFORCED, NAME, NULLS, ON_DELETE, ON_UPDATE, named, planned},
};

/// Every table item, in the order of the reference.
pub const ITEMS: &[WordInfo] = &[
    WordInfo {
        name: "primary_key",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Columns { sorted: true },
        named: &[NAME],
        docs: "The primary key.",
        example: "primary_key(tenant_id, id)",
    },
    WordInfo {
        name: "unique",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[NAME, NULLS, planned("where", ArgumentValue::Expression, "Only for rows that meet the condition.")],
        docs: "No two rows have the same values. NULLs are distinct unless `nulls: equal`.",
        example: "unique(tenant_id, slug)",
    },
    WordInfo {
        name: "index",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Columns { sorted: true },
        named: &[
            NAME,
            named("unique", ArgumentValue::Boolean, "No two rows have the same key; NULLs are distinct."),
            named("storing", ArgumentValue::Columns, "Further columns that are read from the index alone."),
            named("null_filtered", ArgumentValue::Boolean, "Leaves out rows with a NULL in the key."),
            named("using", ArgumentValue::Name, "The access method of PostgreSQL: `gin`, `gist`, `hash`, `brin`."),
            planned("where", ArgumentValue::Expression, "Only rows that meet the condition."),
            planned("opclass", ArgumentValue::Name, "The operator class of PostgreSQL."),
            planned("collate", ArgumentValue::Text, "The collation of PostgreSQL."),
            planned("interleave", ArgumentValue::Table, "Stores the index inside a table of Spanner."),
        ],
        docs: "An index. Keys are sorted upwards unless `desc`.",
        example: "index(user_id, created_at desc)",
    },
    WordInfo {
        name: "foreign_key",
        status: Status::Supported,
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
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Expression,
        named: &[NAME, ENFORCED],
        docs: "A condition that every row meets. NULL passes.",
        example: "check(starts_on <= ends_on, name: \"ck_period\")",
    },
    WordInfo {
        name: "interleave",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Table,
        named: &[named("on_delete", ArgumentValue::Action, "`cascade` or `no_action`.")],
        docs: "Spanner stores the rows inside the rows of the parent, whose key begins this table's key. PostgreSQL gets \
               the same foreign key, so that both databases hold the same rows.",
        example: "interleave(orders, on_delete: cascade)",
    },
    planned_item("interleave_in", Positional::Table, "Spanner stores the rows near the parent's; no foreign key."),
    planned_item("ttl", Positional::Columns { sorted: false }, "Rows are deleted some days after a timestamp."),
];

const fn planned_item(name: &'static str, positional: Positional, docs: &'static str) -> WordInfo {
    WordInfo { name, status: Status::Planned, places: &[Place::Body], positional, named: &[], docs, example: "" }
}

/// The table item with this name.
pub fn find_item(name: &str) -> Option<&'static WordInfo> {
    ITEMS.iter().find(|it| it.name == name)
}
