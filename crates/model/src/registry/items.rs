//! The items of a table: `index(…)`.

use super::{
    ArgumentValue, Place, Positional, WordInfo,
    arguments::{DEFERRABLE, ENFORCED, NAME, NULLS, ON_DELETE, ON_UPDATE, WHERE, named},
    effect::{Effect, each, same},
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
        databases: each(Effect::does("`PRIMARY KEY`, always upwards"), Effect::does("`PRIMARY KEY`, by which the rows are stored, downwards with `desc`")),
    },
    WordInfo {
        name: "unique",
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[NAME, NULLS, WHERE],
        docs: "No two rows have the same values. NULLs are distinct unless `nulls: equal`.",
        example: "unique(tenant_id, slug)",
        databases: each(Effect::does("a `UNIQUE` constraint; a `UNIQUE INDEX` with `where:`"), Effect::does("a `UNIQUE INDEX`; `NULL_FILTERED` where a column may be NULL")),
    },
    WordInfo {
        name: "index",
        places: &[Place::Body],
        positional: Positional::Keys,
        named: &[
            NAME,
            named("unique", ArgumentValue::Boolean, "No two rows have the same key; NULLs are distinct."),
            named("storing", ArgumentValue::Columns, "Further columns that are read from the index alone.").on(Effect::partly("`INCLUDE (…)`", "PG004"), Effect::partly("`STORING (…)`", "SP070")),
            named("null_filtered", ArgumentValue::Boolean, "Leaves out rows with a NULL in the key.").on(Effect::does("`WHERE … IS NOT NULL`"), Effect::does("`NULL_FILTERED`")),
            named("using", ArgumentValue::Name, "The access method of PostgreSQL: `gin`, `gist`, `hash`, `brin`.").on(Effect::partly("`USING …`", "PG004"), Effect::partly("only `btree`, which is what it has", "SP071")),
            WHERE,
            named(
                "opclass",
                ArgumentValue::Names,
                "The operator class of PostgreSQL, or one for each key in brackets; `default` is the usual one.",
            ).on(Effect::partly("the operator class of each key", "PG035"), Effect::refused("SP105")),
            named(
                "collate",
                ArgumentValue::Texts,
                "The collation of PostgreSQL for keys that are texts, or one for each key in brackets; `\"default\"` is \
                 the column's own.",
            ).on(Effect::partly("`COLLATE …` of each key", "PG081"), Effect::refused("SP105")),
            named(
                "interleave",
                ArgumentValue::Table,
                "Spanner stores the index inside this table, whose key begins the index.",
            ).on(Effect::does("nothing"), Effect::partly("`, INTERLEAVE IN …`", "SP111")),
        ],
        docs: "An index. Keys are columns or expressions, sorted upwards unless `desc`.",
        example: "index(user_id, lower(title), created_at desc, where: deleted_at is null)",
        databases: each(Effect::does("`CREATE INDEX`; keys may be expressions"), Effect::does("`CREATE INDEX`; a hidden generated column stands for an expression")),
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
        databases: each(Effect::partly("`FOREIGN KEY`, without an index of its own", "PERF003"), Effect::does("`FOREIGN KEY`, with an index of its own")),
    },
    WordInfo {
        name: "check",
        places: &[Place::Body],
        positional: Positional::Expression,
        named: &[NAME, ENFORCED],
        docs: "A condition that every row meets. NULL passes.",
        example: "check(starts_on <= ends_on, name: \"ck_period\")",
        databases: same("`CHECK`"),
    },
    WordInfo {
        name: "interleave",
        places: &[Place::Body],
        positional: Positional::Table,
        named: &[named("on_delete", ArgumentValue::Action, "`cascade` or `no_action`.")],
        docs: "Spanner stores the rows inside the rows of the parent, whose key begins this table's key. PostgreSQL gets \
               the same foreign key, so that both databases hold the same rows.",
        example: "interleave(orders, on_delete: cascade)",
        databases: each(Effect::does("`FOREIGN KEY` to the parent"), Effect::partly("`INTERLEAVE IN PARENT`, seven tables deep", "SP030")),
    },
    WordInfo {
        name: "interleave_in",
        places: &[Place::Body],
        positional: Positional::Table,
        named: &[],
        docs: "Spanner stores the rows near those of another table whose key begins with the same columns. Rows need no \
               parent, and PostgreSQL takes no notice.",
        example: "interleave_in(orders)",
        databases: each(Effect::does("nothing"), Effect::does("`INTERLEAVE IN`")),
    },
    WordInfo {
        name: "ttl",
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[named("days", ArgumentValue::Integer, "How many days after the timestamp in the column.")],
        docs: "Rows are deleted some days after a timestamp: Spanner's row deletion policy. PostgreSQL has none, so a \
               warning shows the DELETE to schedule.",
        example: "ttl(created_at, days: 30)",
        databases: each(Effect::partly("nothing", "PG038"), Effect::does("`ROW DELETION POLICY`")),
    },
];

/// The table item with this name.
pub fn find_item(name: &str) -> Option<&'static WordInfo> {
    ITEMS.iter().find(|it| it.name == name)
}
