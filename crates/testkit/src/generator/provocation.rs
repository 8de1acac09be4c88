//! Schemas that provoke one rule: what the rule looks at is varied on both sides of its border, and nothing here knows
//! which side a draw is on.
//!
//! Some stand alone, others below a schema that has nothing to do with them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::fault;

/// Schemas around what the rule with this name finds; `None` of a rule that nothing here provokes.
pub fn provoking(slug: &str) -> Option<BoxedStrategy<String>> {
    let alone = match slug {
        "check-expression" | "null-character" => fault::conditions().boxed(),
        "expression-depth" => prop_oneof![1 => fault::conditions(), 1 => depths()].boxed(),
        "foreign-key-columns" => prop_oneof![3 => fault::references(), 1 => wide_references()].boxed(),
        "bad-interleave" => fault::interleaving().boxed(),
        "interleave-depth" => prop_oneof![1 => fault::depth(), 1 => circles()].boxed(),
        "relation-name-clash" | "shared-namespace" | "spanner-name" => {
            prop_oneof![2 => fault::names(), 1 => fault::column_names()].boxed()
        }
        "system-column" | "column-case" => fault::column_names().boxed(),
        "key-type" | "postgres-key-type" => prop_oneof![2 => fault::key_types(), 1 => fault::references()].boxed(),
        "no-column-type" => fault::column_types().boxed(),
        "limits" => prop_oneof![2 => fault::limits(), 1 => stored_limits()].boxed(),
        "stored-column" => fault::stored().boxed(),
        "access-method" => fault::access_methods().boxed(),
        "commit-timestamp" => prop_oneof![1 => fault::commit_timestamps(), 1 => commit_readers()].boxed(),
        "commit-timestamp-key" => commit_references().boxed(),
        "ttl-blocked" => kept_rows().boxed(),
        "index-interleave" => interleaved_indexes().boxed(),
        "numeric-literal" => numbers().boxed(),
        "collation" => collations().boxed(),
        "operator-class" => operator_classes().boxed(),
        "generated-reads-generated" | "generated-expression" => generated().boxed(),
        "generated-foreign-key-action" => generated_references().boxed(),
        "enum-label" => labels().boxed(),
        "native-enum-text" => enum_texts().boxed(),
        "native-enum-reference" => enum_references().boxed(),
        "sequence-owner" => owners().boxed(),
        "bad-schema-name" => schemas().boxed(),
        "not-enforced" => unenforced().boxed(),
        _ => return None,
    };
    let context = prop::option::weighted(0.3, super::schema());
    Some((alone, context).prop_map(|(text, context)| text + &context.unwrap_or_default()).boxed())
}

fn any_type() -> impl Strategy<Value = &'static str> {
    select(fault::TYPES)
}

/// What indexes, checks and generated columns read of an enum, which may be a type of PostgreSQL.
fn enum_texts() -> impl Strategy<Value = String> {
    let reader = select(vec![
        "index(state)",
        "index(lower(state))",
        "index(length(state), id)",
        "index(id, where: state != done)",
        "index(id, where: done = state)",
        "index(id, where: state in (done, open))",
        "index(id, where: state not in (done, \"waiting\"))",
        "index(id, where: state > done)",
        "index(id, where: state = other)",
        "unique(state)",
        "check(length(state) > 0)",
        "label  text  @generated(\"state: \" || state)",
        "label  text  @generated(case when state = open then \"x\" else \"y\" end)",
        "label  text  @generated(coalesce(other, state))",
        "is_open  boolean  @generated(state = open)",
    ]);
    (any::<bool>(), reader).prop_map(|(is_native, reader)| {
        let native = if is_native { " @postgres(native: true)" } else { "" };
        format!(
            "enum Progress{native} {{ done, open }}\ntable t {{\n  id     bigint  @primary_key\n  state  Progress\n  \
             other  Progress?\n  {reader}\n}}\n"
        )
    })
}

/// Values of about as many levels as Spanner takes.
fn depths() -> impl Strategy<Value = String> {
    let shape = select(vec![
        "g  bigint  @generated(n@)",
        "g  bigint = 1@",
        "index(n@)",
        "index(n, n@)",
        "index(n, unique: true, where: n@ > 0)",
        "index(n@, unique: true, where: n > 0)",
        "index(n, where: n@ > 0)",
    ]);
    (16..24_usize, shape).prop_map(|(depth, shape)| {
        let item = shape.replace('@', &" + 1".repeat(depth));
        format!("table t {{\n  id  bigint  @primary_key\n  n   bigint\n  {item}\n}}\n")
    })
}

/// Foreign keys of two columns, which may stand twice and in any order.
fn wide_references() -> impl Strategy<Value = String> {
    let columns = |names: [&'static str; 2]| vec(select(names.to_vec()), 2);
    (columns(["x", "y"]), columns(["a", "b"])).prop_map(|(own, other)| {
        format!(
            "table parent {{\n  a  bigint\n  b  bigint\n  primary_key(a, b)\n}}\ntable child {{\n  \
             id  bigint  @primary_key\n  x   bigint\n  y   bigint\n  foreign_key({}, references: parent({}))\n}}\n",
            own.join(", "),
            other.join(", ")
        )
    })
}

/// Tables that are interleaved in one another, whatever they are called in the database.
fn circles() -> impl Strategy<Value = String> {
    (vec((any::<prop::sample::Index>(), any::<bool>()), 1..4)).prop_map(|parents| {
        let count = parents.len();
        let table = |(at, (parent, is_renamed)): (usize, &(prop::sample::Index, bool))| {
            let name = if *is_renamed { format!("  @db(\"Table{at}\")") } else { String::new() };
            let parent = parent.index(count);
            let item = if parent == at { String::new() } else { format!("  interleave(t{parent})\n") };
            format!("table t{at}{name} {{\n  id  bigint  @primary_key\n{item}}}\n")
        };
        parents.iter().enumerate().map(table).collect()
    })
}

/// Indexes that store about as many columns as databases take.
fn stored_limits() -> impl Strategy<Value = String> {
    (28..34_usize, 1..3_usize).prop_map(|(count, keys)| {
        let names: Vec<_> = (0..count).map(|it| format!("c{it}")).collect();
        let columns: String = names.iter().map(|it| format!("  {it}  bigint\n")).collect();
        let key = if keys == 1 { "k" } else { "k, l" };
        format!(
            "table t {{\n  id  bigint  @primary_key\n  k   bigint\n  l   bigint\n{columns}  index({key}, storing: [{}])\n}}\n",
            names.join(", ")
        )
    })
}

/// What reads a column that may hold the commit timestamp, or its neighbour.
fn commit_readers() -> impl Strategy<Value = String> {
    let reader = select(vec![
        "check(at > since)",
        "check(since > \"2020-01-01T00:00:00Z\")",
        "check(n > 0)",
        "y  bigint  @generated(year(at))",
        "y  bigint  @generated(year(since))",
        "index(year(at))",
        "index(at)",
        "unique(at)",
        "foreign_key(at, references: other(at))",
        "foreign_key(since, references: other(at))",
        "ttl(at, days: 3)",
    ]);
    vec(reader, 1..3).prop_map(|mut readers| {
        readers.dedup();
        format!(
            "table other {{\n  at  timestamptz  @primary_key\n}}\ntable t {{\n  id     bigint  @primary_key\n  n      \
             bigint\n  since  timestamptz\n  at     timestamptz  @spanner(allow_commit_timestamp: true)\n  {}\n}}\n",
            readers.join("\n  ")
        )
    })
}

/// Tables that share a column which may hold the commit timestamp in one, both or none of them.
fn commit_references() -> impl Strategy<Value = String> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(theirs, ours, is_child, is_key)| {
        let option = |is_set: bool| if is_set { "  @spanner(allow_commit_timestamp: true)" } else { "" };
        let (theirs, ours) = (option(theirs), option(ours));
        let unique = if is_key { "" } else { "\n  id  bigint  @primary_key" };
        let key = if is_key { "  @primary_key" } else { "  @unique" };
        let child = match is_child && is_key {
            true => format!("  at  timestamptz{ours}\n  n   bigint\n  primary_key(at, n)\n  interleave(parent)"),
            false => format!("  id  bigint  @primary_key\n  at  timestamptz{ours}  @references(parent.at)"),
        };
        format!("table parent {{{unique}\n  at  timestamptz{key}{theirs}\n}}\ntable child {{\n{child}\n}}\n")
    })
}

/// A table whose rows go by themselves, and what is below it and refers to it.
fn kept_rows() -> impl Strategy<Value = String> {
    let action = || select(vec!["", ", on_delete: cascade", ", on_delete: no_action"]);
    let who = || 0..3_usize;
    (who(), action(), action(), prop::option::weighted(0.6, (who(), action()))).prop_map(
        |(owner, first, second, reference)| {
            let ttl = |at: usize| if at == owner { "\n  ttl(at, days: 30)" } else { "" };
            let reference = reference.map(|(table, action)| {
                let keys = ["a", "a, b", "a, b, c"][table];
                let columns = ["x", "x, y", "x, y, z"][table];
                format!(
                    "table other {{\n  id  bigint  @primary_key\n  x   bigint?\n  y   bigint?\n  z   bigint?\n  \
                     foreign_key({columns}, references: t{table}({keys}){action})\n}}\n"
                )
            });
            let column = "  at  timestamptz";
            format!(
                "table t0 {{\n  a   bigint  @primary_key\n{column}{}\n}}\n\
                 table t1 {{\n  a   bigint\n  b   bigint\n{column}\n  primary_key(a, b)\n  interleave(t0{first}){}\n}}\n\
                 table t2 {{\n  a   bigint\n  b   bigint\n  c   bigint\n{column}\n  primary_key(a, b, c)\n  \
                 interleave(t1{second}){}\n}}\n{}",
                ttl(0),
                ttl(1),
                ttl(2),
                reference.unwrap_or_default()
            )
        },
    )
}

/// Indexes that are interleaved in any table.
fn interleaved_indexes() -> impl Strategy<Value = String> {
    let keys = subsequence(vec!["a", "b", "x", "s"], 1..4).prop_shuffle();
    let marks = vec(select(vec!["", "", " desc"]), 4);
    let parent = select(vec!["t0", "t1", "other"]);
    let key_type = select(vec!["bigint", "text", "varchar(10)", "numeric"]);
    (keys, marks, parent, key_type, any::<bool>(), any::<bool>()).prop_map(
        |(keys, marks, parent, key_type, is_child, is_down)| {
            let keys: Vec<_> = keys.iter().zip(&marks).map(|(key, mark)| format!("{key}{mark}")).collect();
            let item = if is_child { "\n  interleave(t0)" } else { "" };
            let down = if is_down { " desc" } else { "" };
            format!(
                "table t0 {{\n  a  {key_type}\n  primary_key(a{down})\n}}\ntable other {{\n  a  bigint  @primary_key\n}}\n\
                 table t1 {{\n  a  {key_type}\n  b  bigint\n  x  bigint?\n  s  text\n  primary_key(a{down}, b){item}\n  \
                 index({}, interleave: {parent})\n}}\n",
                keys.join(", ")
            )
        },
    )
}

/// Decimal numbers of about as many digits as Spanner keeps, beside exact and floating-point ones.
fn numbers() -> impl Strategy<Value = String> {
    let number = ("[1-9]{26,32}", "[0-9]{0,11}", any::<bool>()).prop_map(|(before, after, is_small)| {
        let before = if is_small { "0".to_owned() } else { before };
        if after.is_empty() { before } else { format!("{before}.{after}") }
    });
    let shape = select(vec![
        "check(n > @)",
        "check(d > @)",
        "check(n + @ > 0)",
        "check(d > n + @)",
        "check(d > 0.5 + @)",
        "check(n in (1, @))",
        "check(d in (1, @))",
        "check(n between 0 and @)",
        "check(d between 0 and @)",
        "check(coalesce(n, @) > 0)",
        "check(coalesce(d, @) > 0)",
        "check(greatest(n, @) > 0)",
        "check(case when n > 0 then n else @ end > 0)",
        "check(case when n > 0 then d else @ end > 0)",
        "check(sqrt(@) < d)",
        "check(abs(@) > n)",
        "check(-@ < n)",
        "check(nullif(n, @) is null)",
        "g  numeric  @generated(n * @)",
        "index(n + @)",
        "index(n, where: n > @)",
        "index(n, unique: true, where: n > @)",
    ]);
    (number, shape).prop_map(|(number, shape)| {
        let item = shape.replace('@', &number);
        format!("table t {{\n  id  bigint  @primary_key\n  n   numeric\n  d   double\n  {item}\n}}\n")
    })
}

/// Collations of keys of any types.
fn collations() -> impl Strategy<Value = String> {
    let expression = select(vec!["x", "lower(s)", "char_length(s)", "x, y", "s, x", "n"]);
    let collation =
        select(vec!["\"C\"", "\"POSIX\"", "[\"C\"]", "[\"C\", \"C\"]", "[\"default\", \"C\"]", "\"default\""]);
    (any_type(), any_type(), expression, collation).prop_map(|(first, second, keys, collation)| {
        format!(
            "{}enum Native @postgres(native: true) {{ a, b }}\ntable t {{\n  id  bigint  @primary_key\n  x   {first}\n  y   \
             {second}\n  s   text\n  n   Native\n  index({keys}, collate: {collation})\n}}\n",
            fault::ENUMS
        )
    })
}

/// Operator classes on keys of any type and access method.
fn operator_classes() -> impl Strategy<Value = String> {
    let class = select(vec![
        "text_pattern_ops",
        "varchar_pattern_ops",
        "bpchar_pattern_ops",
        "jsonb_path_ops",
        "jsonb_ops",
        "array_ops",
        "text_ops",
        "int8_ops",
        "int4_ops",
        "uuid_ops",
        "default",
    ]);
    let method = select(vec!["", "", ", using: hash", ", using: gin", ", using: brin", ", using: spgist"]);
    (any_type(), class, method, any::<bool>()).prop_map(|(column_type, class, method, is_native)| {
        let column_type = if is_native { "Native" } else { column_type };
        format!(
            "{}enum Native @postgres(native: true) {{ a, b }}\ntable t {{\n  id  bigint  @primary_key\n  x   \
             {column_type}\n  index(x, opclass: {class}{method})\n}}\n",
            fault::ENUMS
        )
    })
}

/// Columns that are computed of one another.
fn generated() -> impl Strategy<Value = String> {
    let input = || select(vec!["n", "a", "b", "c"]);
    // PostgreSQL refuses every generated column that reads one, so that a circle is only told by itself in Spanner.
    let only = select(vec!["", " @only(spanner)"]);
    (vec((input(), input(), any::<bool>()), 1..4), only).prop_map(|(columns, only)| {
        let column = |(at, (first, second, is_plain)): (usize, &(&str, &str, bool))| {
            let name = ["a", "b", "c"][at];
            let generated = if *is_plain { String::new() } else { format!("  @generated({first} + {second})") };
            format!("  {name}   bigint{generated}\n")
        };
        let declared: String = columns.iter().enumerate().map(column).collect();
        let missing: String = ["a", "b", "c"][columns.len()..].iter().map(|it| format!("  {it}   bigint\n")).collect();
        format!("table t{only} {{\n  id  bigint  @primary_key\n  n   bigint\n{declared}{missing}}}\n")
    })
}

/// Foreign keys on a generated column, with every action.
fn generated_references() -> impl Strategy<Value = String> {
    let spanner = select(vec!["", "  @spanner(on_delete: no_action)"]);
    (select(fault::ACTIONS), spanner, any::<bool>(), any::<bool>()).prop_map(|(action, spanner, computed, nullable)| {
        let mark = if nullable { "?" } else { "" };
        let generated = if computed { "  @generated(id % 16)" } else { "" };
        format!(
            "table parent {{\n  id  bigint  @primary_key\n}}\ntable child {{\n  id  bigint  @primary_key\n  x   \
             bigint{mark}{generated}  @references(parent.id{action}){spanner}\n}}\n"
        )
    })
}

/// Values of native enums of about as many bytes as a label takes.
fn labels() -> impl Strategy<Value = String> {
    (60..67_usize, select(vec!["a", "ä", "日"]), any::<bool>()).prop_map(|(length, letter, is_native)| {
        let text = letter.repeat(length / letter.len()) + &"a".repeat(length % letter.len());
        let native = if is_native { " @postgres(native: true)" } else { "" };
        format!("enum Named{native} {{ a = \"{text}\", b }}\ntable t {{\n  id  bigint  @primary_key\n  x   Named\n}}\n")
    })
}

/// Foreign keys between columns of enums and texts.
fn enum_references() -> impl Strategy<Value = String> {
    let column_type = || select(vec!["One", "Two", "text", "varchar(20)", "Plain"]);
    (column_type(), column_type(), any::<bool>()).prop_map(|(ours, theirs, is_unique)| {
        let key = if is_unique { "\n  id  bigint  @primary_key\n  x   " } else { "\n  x   " };
        let mark = if is_unique { "  @unique" } else { "  @primary_key" };
        format!(
            "enum One @postgres(native: true) {{ a, b }}\nenum Two @postgres(native: true) {{ a, b }}\n\
             enum Plain {{ a, b }}\ntable parent {{{key}{theirs}{mark}\n}}\ntable child {{\n  id  bigint  @primary_key\n  \
             y   {ours}  @references(parent.x)\n}}\n"
        )
    })
}

/// Sequences and tables in any schema.
fn owners() -> impl Strategy<Value = String> {
    let schema = || select(vec!["", "shop.", "stock."]);
    (schema(), schema()).prop_map(|(sequence, table)| {
        format!(
            "sequence {sequence}numbers(owned_by: {table}orders.number)\ntable {table}orders {{\n  \
             id      bigint  @primary_key\n  number  bigint = nextval({sequence}numbers)\n}}\n"
        )
    })
}

/// Tables in schemas of any name.
fn schemas() -> impl Strategy<Value = String> {
    let taken = select(vec![
        "public",
        "pg_catalog",
        "pg_temp",
        "pg_x",
        "PG_x",
        "information_schema",
        "INFORMATION_SCHEMA",
        "net",
        "NET",
        "safe",
        "keys",
        "hll_count",
        "ml",
        "default",
        "spanner",
        "spanner_sys",
        "spannerx",
        "shop",
        "Public",
        "pgx",
        "aead",
        "kll_quantiles",
    ]);
    taken.prop_map(|schema| format!("table {schema}.things {{\n  id  bigint  @primary_key\n}}\n"))
}

/// Constraints that are not enforced.
fn unenforced() -> impl Strategy<Value = String> {
    let action = select(vec!["", ", on_delete: cascade", ", on_delete: no_action"]);
    let enforced = || select(vec!["", ", enforced: false", ", enforced: true"]);
    (action, enforced(), enforced()).prop_map(|(action, key, check)| {
        format!(
            "table t {{\n  id  bigint  @primary_key\n  x   bigint?\n  foreign_key(x, references: t(id){action}{key})\n  \
             check(id > 0{check})\n}}\n"
        )
    })
}
