//! Schemas at the edge of what a database takes: some it refuses, some it just takes.
//!
//! Each part varies what one rule with a database as its oracle looks at, on both sides of its border; nothing here knows
//! which side a draw is on.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Every type that a column can have, with arrays of some.
pub(super) const TYPES: &[&str] = &[
    "boolean",
    "smallint",
    "integer",
    "bigint",
    "real",
    "double",
    "numeric",
    "numeric(10, 2)",
    "text",
    "varchar(36)",
    "varchar(20)",
    "char(2)",
    "bytes",
    "bytes(16)",
    "uuid",
    "date",
    "timestamptz",
    "timestamptz(3)",
    "timestamp_local",
    "json",
    "jsonb",
    "text[]",
    "bigint[]",
    "State",
    "Level",
];

/// Types that only PostgreSQL has.
const FOREIGN_TYPES: &[&str] = &["time", "time(3)", "interval", "time[]"];

pub(super) const ENUMS: &str = "enum State : varchar(10) { open, done }\nenum Level { low, high }\n";

pub(super) const ACTIONS: &[&str] = &[
    "",
    ", on_delete: cascade",
    ", on_delete: no_action",
    ", on_delete: set_null",
    ", on_delete: set_default",
    ", on_delete: restrict",
    ", on_update: cascade",
    ", on_update: no_action",
];

/// Names that meet one another in one database and not in the other.
const NAMES: &[&str] = &[
    "a",
    "A",
    "b",
    "users",
    "Users",
    "users_pkey",
    "uq_users_x",
    "PK_a",
    "pk_b",
    "_a",
    "a b",
    "ck_is_not_null_a",
    "Dir_a",
    "dir_a",
    "PRIMARY_KEY",
    "primary_key",
    "ä",
    "a1",
    "1a",
    "select",
    "ck_users_x",
];

fn any_type() -> impl Strategy<Value = &'static str> {
    select(TYPES)
}

/// A key of any type, in every place that a key can have.
pub(super) fn key_types() -> impl Strategy<Value = String> {
    (any_type(), any_type(), 0..6_usize, any::<bool>()).prop_map(|(first, second, place, is_nullable)| {
        let mark = if is_nullable && place > 1 { "?" } else { "" };
        let (attribute, item) = match place {
            0 => ("", "primary_key(id, x)"),
            1 => ("", "primary_key(x, y)"),
            2 => ("  @unique", ""),
            3 => ("", "index(y, x)"),
            4 => ("", "index(x desc, unique: true)"),
            _ => ("", "unique(x, y)"),
        };
        let key = if place > 1 { "  @primary_key" } else { "" };
        format!("{ENUMS}table t {{\n  id  bigint{key}\n  x   {first}{mark}{attribute}\n  y   {second}\n  {item}\n}}\n")
    })
}

/// Two columns of any two types, one referring to the other, which may be unique.
pub(super) fn references() -> impl Strategy<Value = String> {
    let same = any_type().prop_map(|it| (it, it));
    let types = prop_oneof![same, (any_type(), any_type())];
    let target = select(vec!["  @primary_key", "  @unique", "", "  @unique(nulls: equal)"]);
    (types, target, any::<bool>(), select(ACTIONS)).prop_map(|((ours, theirs), target, is_nullable, action)| {
        let id = if target == "  @primary_key" { "" } else { "  id  bigint  @primary_key\n" };
        let mark = if is_nullable { "?" } else { "" };
        format!(
            "{ENUMS}table parent {{\n{id}  x   {theirs}{target}\n}}\n\
             table child {{\n  id  bigint  @primary_key\n  y   {ours}{mark}  @references(parent.x{action})\n}}\n"
        )
    })
}

/// A key of one to three columns, and a child whose key is like it or nearly so.
pub(super) fn interleaving() -> impl Strategy<Value = String> {
    let key = vec((any_type(), any::<bool>()), 1..4);
    let change = prop::option::weighted(0.7, (any::<prop::sample::Index>(), any_type(), 0..5_u8));
    (key, change, any::<bool>()).prop_map(|(key, change, is_cascade)| {
        let column = |(at, (column_type, descending)): (usize, &(&str, bool))| {
            (format!("k{at}"), (*column_type).to_owned(), *descending)
        };
        let parent: Vec<_> = key.iter().enumerate().map(column).collect();
        let mut child = parent.clone();
        child.push(("own".to_owned(), "bigint".to_owned(), false));
        if let Some((at, column_type, kind)) = change {
            let at = at.index(key.len());
            match kind {
                0 => child[at].1 = column_type.to_owned(),
                1 => child[at].2 = !child[at].2,
                2 => child[at].0.push('x'),
                3 => child.swap(at, at + 1),
                _ => _ = child.remove(at),
            }
        }
        let action = if is_cascade { ", on_delete: cascade" } else { "" };
        format!(
            "{ENUMS}{}{}",
            keyed("parent", &parent, ""),
            keyed("child", &child, &format!("interleave(parent{action})"))
        )
    })
}

fn keyed(name: &str, key: &[(String, String, bool)], item: &str) -> String {
    let columns: String = key.iter().map(|(name, column_type, _)| format!("  {name}  {column_type}\n")).collect();
    let parts = key.iter().map(|(name, _, is_down)| format!("{name}{}", if *is_down { " desc" } else { "" }));
    format!("table {name} {{\n{columns}  primary_key({})\n  {item}\n}}\n", parts.collect::<Vec<_>>().join(", "))
}

/// A chain of interleaved tables.
pub(super) fn depth() -> impl Strategy<Value = String> {
    (5..10_usize).prop_map(|tables| {
        let table = |number: usize| {
            let columns: String = (0..=number).map(|it| format!("  k{it}  bigint\n")).collect();
            let key: Vec<_> = (0..=number).map(|it| format!("k{it}")).collect();
            let parent = number.checked_sub(1).map(|it| format!("  interleave(t{it})\n")).unwrap_or_default();
            format!("table t{number} {{\n{columns}  primary_key({})\n{parent}}}\n", key.join(", "))
        };
        (0..tables).map(table).collect()
    })
}

/// Tables, constraints and indexes with names that may meet.
pub(super) fn names() -> impl Strategy<Value = String> {
    (subsequence(NAMES, 2..6).prop_shuffle(), any::<bool>()).prop_map(|(names, is_second)| {
        let name = |at: usize| format!(", name: \"{}\"", names[at % names.len()]);
        let first = format!(
            "table users {{\n  id  bigint  @primary_key\n  x   bigint\n  y   bigint\n  index(x{})\n  check(x > y{})\n}}\n",
            name(0), name(1)
        );
        let second = format!(
            "table other @db(\"{}\") {{\n  id  bigint  @primary_key\n  x   bigint  @references(users.id{})\n  unique(x{})\n}}\n",
            names[0], name(2), name(3)
        );
        if is_second { first + &second } else { first }
    })
}

/// Columns with names that may meet, or that PostgreSQL has.
pub(super) fn column_names() -> impl Strategy<Value = String> {
    let pool = ["a", "A", "b", "B", "ctid", "CTID", "xmin", "tableoid", "oid", "cmax", "id2", "_x", "ä", "a b"];
    subsequence(pool.to_vec(), 1..3).prop_map(|names| {
        let column = |(at, name): (usize, &&str)| format!("  c{at}  bigint  @db(\"{name}\")\n");
        let columns: String = names.iter().enumerate().map(column).collect();
        format!("table t {{\n  id  bigint  @primary_key\n{columns}}}\n")
    })
}

pub(super) fn column_types() -> impl Strategy<Value = String> {
    let types = prop_oneof![select(FOREIGN_TYPES), any_type()];
    (types, any::<bool>()).prop_map(|(column_type, is_nullable)| {
        let mark = if is_nullable { "?" } else { "" };
        format!("{ENUMS}table t {{\n  id  bigint  @primary_key\n  x   {column_type}{mark}\n}}\n")
    })
}

/// Keys of about as many columns as databases take.
pub(super) fn limits() -> impl Strategy<Value = String> {
    (12..19_usize, 0..4_usize, any::<bool>()).prop_map(|(count, keys, is_primary)| {
        let names: Vec<_> = (0..count).map(|it| format!("c{it}")).collect();
        let columns: String = names.iter().map(|it| format!("  {it}  bigint\n")).collect();
        let ids: Vec<_> = (0..keys.max(1)).map(|it| format!("id{it}")).collect();
        let id_columns: String = ids.iter().map(|it| format!("  {it}  bigint\n")).collect();
        let list = names.join(", ");
        match is_primary {
            true => format!("table t {{\n{columns}  primary_key({list})\n}}\n"),
            false => {
                format!("table t {{\n{id_columns}{columns}  primary_key({})\n  index({list})\n}}\n", ids.join(", "))
            }
        }
    })
}

/// An index that stores any columns of the table.
pub(super) fn stored() -> impl Strategy<Value = String> {
    let columns = || vec!["a", "b", "c", "id", "part"];
    (subsequence(columns(), 1..3), vec(select(columns()), 1..3)).prop_map(|(keys, storing)| {
        let (keys, storing) = (keys.join(", "), storing.join(", "));
        format!(
            "table t {{\n  id    bigint\n  part  bigint\n  a     bigint\n  b     text\n  c     jsonb\n  \
             primary_key(id, part)\n  index({keys}, storing: [{storing}])\n}}\n"
        )
    })
}

/// Checks on the row, on nothing, on the time, too deep, with characters that are none.
pub(super) fn conditions() -> impl Strategy<Value = String> {
    let texts = select(vec!["a\\u{0}", "\\u{0}", "a", "\\u{1}", "\\u{FFFF}"]);
    let condition = prop_oneof![
        (13..24_usize).prop_map(|depth| format!("n{} > 0", " + 1".repeat(depth))),
        (13..24_usize).prop_map(|depth| format!("{}n{} > 0", "abs(".repeat(depth), ")".repeat(depth))),
        (13..24_usize).prop_map(|depth| format!("{}n = 1{}", "not (".repeat(depth), ")".repeat(depth))),
        (13..30_usize).prop_map(|length| (0..length).map(|it| format!("n = {it}")).collect::<Vec<_>>().join(" or ")),
        (2..14_usize).prop_map(|depth| {
            (0..depth).fold("n = 1".to_owned(), |inner, it| format!("(({inner}) or n = {it}) and n != {it}"))
        }),
        texts.prop_map(|text| format!("s != \"{text}\"")),
        select(vec![
            "at < now()",
            "1 = 1",
            "true",
            "n > 0",
            "s != \"x\" or 1 > 2",
            "lower(\"A\") = \"a\"",
            "n is not null"
        ])
        .prop_map(str::to_owned),
    ];
    condition.prop_map(|condition| {
        format!(
            "table t {{\n  id  bigint  @primary_key\n  n   bigint\n  s   text\n  at  timestamptz\n  check({condition})\n}}\n"
        )
    })
}

/// The option of commit timestamps on columns of any type and default.
pub(super) fn commit_timestamps() -> impl Strategy<Value = String> {
    let default = select(vec!["", " = now()", " = \"2027-01-31T12:00:00Z\"", " = app.now()"]);
    (any_type(), default, any::<bool>(), any::<bool>()).prop_map(|(other, default, is_time, is_nullable)| {
        let (column_type, default) = if is_time { ("timestamptz", default) } else { (other, "") };
        let mark = if is_nullable { "?" } else { "" };
        format!(
            "{ENUMS}table t {{\n  id  bigint  @primary_key\n  x   {column_type}{mark}{default}  \
             @spanner(allow_commit_timestamp: true)\n}}\n"
        )
    })
}

/// Indexes of every access method on columns of every type.
pub(super) fn access_methods() -> impl Strategy<Value = String> {
    let method = select(vec!["btree", "hash", "gin", "gist", "spgist", "brin"]);
    let types = || prop_oneof![select(FOREIGN_TYPES), any_type()];
    let shape = select(vec!["x", "x, y", "x desc", "x nulls first", "x, storing: [z]", "x, y, storing: [z]"]);
    (method, types(), types(), shape).prop_map(|(method, first, second, shape)| {
        format!(
            "{ENUMS}table t {{\n  id  bigint  @primary_key\n  x   {first}\n  y   {second}\n  z   bigint\n  \
             index({shape}, using: {method})\n}}\n"
        )
    })
}
