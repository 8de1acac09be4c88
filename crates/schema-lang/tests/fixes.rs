//! What fixes make of a text.

use orm_model::{Targets, targets::PostgresTarget};
use orm_schema_lang::{Workspace, workspace::FileFix};

/// The fixes of the findings of a rule, with the text after each.
#[track_caller]
fn fixes(slug: &str, text: &str) -> Vec<(FileFix, String)> {
    let postgres = Some(PostgresTarget { version: 14, version_is_stated: true });
    let mut workspace = Workspace::new(Targets { postgres, ..Targets::default() }, Default::default());
    workspace.open("a.orm", text);
    let found = workspace.diagnostics("a.orm");
    assert!(found.iter().any(|it| it.rule.slug == slug), "no {slug} in:\n{text}\n{found:#?}");
    let fixes = found.into_iter().filter(|it| it.rule.slug == slug).flat_map(|it| it.fixes);
    fixes.map(|fix| (fix.clone(), applied(text, fix))).collect()
}

fn applied(text: &str, mut fix: FileFix) -> String {
    let mut text = text.to_owned();
    fix.edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    fix.edits.into_iter().for_each(|edit| text.replace_range(edit.range, &edit.replacement));
    text
}

/// A line of the table `t`, which has an `id`, and what the first fix of it makes of that line.
#[track_caller]
fn line(slug: &str, is_safe: bool, before: &str, after: &str) {
    let around = |line: &str| {
        format!(
            "enum State {{ open, done }}\ntable users {{\n  id  bigint  @primary_key\n}}\n\
             table t {{\n  id  uuid  @primary_key\n  a   text\n  b   text?\n  {line}\n}}\n"
        )
    };
    let (fix, text) = fixes(slug, &around(before)).into_iter().next().expect("a fix");
    assert_eq!(text, around(after), "{}", fix.title);
    assert_eq!(fix.is_safe, is_safe, "{}", fix.title);
}

#[test]
fn names_that_are_none_become_the_likely_one() {
    line("unknown-type", false, "c  txt", "c  text");
    line("unknown-type", true, "c  Text[]?", "c  text[]?");
    line("unknown-type", true, "c  int", "c  integer");
    line("unknown-type", false, "c  timestamp", "c  timestamptz");
    line("unknown-attribute", false, "c  text  @uniqe", "c  text  @unique");
    line("unknown-attribute", true, "c  text  @Unique", "c  text  @unique");
    line("unknown-item", false, "idex(a)", "index(a)");
    line("unknown-argument", false, "index(a, unqiue: true)", "index(a, unique: true)");
    line("unknown-table", false, "c  bigint  @references(user.id)", "c  bigint  @references(users.id)");
    line("unknown-column", true, "index(A)", "index(a)");
    line("unknown-function", true, "c  text  @check(len(c) > 1)", "c  text  @check(char_length(c) > 1)");
    line("bad-default", false, "c  State = opn", "c  State = open");
}

#[test]
fn types_of_other_tools_become_ours() {
    let to = |before: &str, after: &str| line("unknown-type", true, &format!("c  {before}"), &format!("c  {after}"));
    to("STRING(36)?", "varchar(36)?");
    to("STRING(MAX)", "text");
    to("INT64[]?", "bigint[]?");
    to("double precision", "double");
    to("DOUBLE  PRECISION[]? = [1.5]", "double[]? = [1.5]");
    to("timestamp(3) with time zone = now()", "timestamptz(3) = now()");
    to("character varying(20)? = \"x\"  @unique", "varchar(20)? = \"x\"  @unique");
    to("timestamp with time zone = now()", "timestamptz = now()");
    to("timestamp without time zone?  @unique", "timestamp_local?  @unique");
    to("BYTES(MAX)", "bytes");
    to("Decimal(10, 2)", "numeric(10, 2)");
    to("int(11)", "integer");
    to("datetime(3)", "timestamptz(3)");
    to("DateTime?", "timestamptz?");
    to("Json", "json");
    to("BigInt", "bigint");
    let offered = |before: &str, after: &str| {
        line("unknown-type", false, &format!("c  {before}"), &format!("c  {after}"));
    };
    offered("time(2) with time zone?", "postgres(\"time(2) with time zone\")?");
    offered("serial  @unique", "bigint = identity()  @unique");
    offered("bigserial", "bigint = identity()");
    offered("autoincrement", "bigint = identity()");
    offered("inet?", "postgres(\"inet\")?");
    offered("vector(3)", "postgres(\"vector(3)\")");
    offered("TOKENLIST?", "spanner(\"TOKENLIST\")?");
    offered("TIMESTAMP?", "timestamptz?");
}

#[test]
fn what_stands_twice_goes() {
    line("misplaced-attribute", false, "c  text  @unique @unique", "c  text  @unique");
    line("misplaced-attribute", false, "index(a) @primary_key", "index(a)");
    line("bad-argument", false, "index(a, unique: true, unique: true)", "index(a, unique: true)");
    line("bad-argument", true, "index(a, b, a)", "index(a, b)");
    line("stored-column", true, "index(a, storing: [b, id])", "index(a, storing: [b])");
    line("stored-column", true, "index(a, storing: [id])", "index(a)");
    let twice = "table t {\n  id  uuid  @primary_key\n  a   text\n  a   bigint\n}\n";
    assert_eq!(fixes("duplicate-column", twice)[0].1, "table t {\n  id  uuid  @primary_key\n  a   text\n}\n");
    let keys = "table t {\n  id  uuid  @primary_key\n  a   text\n\n  primary_key(a)\n}\n";
    assert_eq!(fixes("two-primary-keys", keys)[0].1, "table t {\n  id  uuid  @primary_key\n  a   text\n\n}\n");
    let values = "enum State { open, done, open }\n";
    assert_eq!(fixes("duplicate-enum-value", values)[0].1, "enum State { open, done }\n");
}

#[test]
fn a_key_and_a_reference_get_what_they_lack() {
    let bare = "table t {\n  a  text\n}\n";
    assert_eq!(fixes("missing-primary-key", bare)[0].1, "table t {\n  id  uuid = uuid()  @primary_key\n  a  text\n}\n");
    let unmarked = "table t {\n  id  uuid = uuid()\n}\n";
    assert_eq!(fixes("missing-primary-key", unmarked)[0].1, "table t {\n  id  uuid = uuid()  @primary_key\n}\n");
    let empty = "table t {}\n";
    assert_eq!(fixes("missing-primary-key", empty)[0].1, "table t {\n  id  uuid = uuid()  @primary_key\n}\n");
    let nullable = "table t {\n  id  uuid?  @primary_key\n}\n";
    assert_eq!(fixes("nullable-key", nullable)[0].1, "table t {\n  id  uuid  @primary_key\n}\n");
    line("foreign-key-columns", false, "c  uuid?  @references(users.id)", "c  bigint?  @references(users.id)");
    line(
        "impossible-action",
        false,
        "c  bigint  @references(users.id, on_delete: set_null)",
        "c  bigint?  @references(users.id, on_delete: set_null)",
    );
    line(
        "ttl-blocked",
        false,
        "ttl(at, days: 3)\n  at  timestamptz\n  c   uuid?  @references(t.id)",
        "ttl(at, days: 3)\n  at  timestamptz\n  c   uuid?  @references(t.id, on_delete: cascade)",
    );
    line(
        "ttl-blocked",
        false,
        "ttl(at, days: 3)\n  at  timestamptz\n  c   uuid?  @references(t.id, on_delete: no_action)",
        "ttl(at, days: 3)\n  at  timestamptz\n  c   uuid?  @references(t.id, on_delete: cascade)",
    );
    line(
        "foreign-key-action",
        false,
        "c  bigint?  @references(users.id, on_delete: set_null)",
        "c  bigint?  @references(users.id, on_delete: no_action)",
    );
    line(
        "restrict-action",
        false,
        "c  bigint  @references(users.id, on_delete: restrict)",
        "c  bigint  @references(users.id, on_delete: no_action)",
    );
}

#[test]
fn types_and_options_become_what_both_databases_have() {
    line("json-text", false, "c  json[]?", "c  jsonb[]?");
    line("local-timestamp", false, "c  timestamp_local(3)?", "c  timestamptz(3)?");
    line("second-precision", false, "c  timestamptz(3)?", "c  timestamptz?");
    line("postgres-version", false, "unique(a, b, nulls: equal)", "unique(a, b)");
    line("index-options", false, "index(a, using: hash)", "index(a)");
    line("bad-argument", true, "c  text  @db(Name)", "c  text  @db(\"Name\")");
    line("bad-default", false, "c  text? = null  @unique", "c  text?  @unique");
    let key = "table t {\n  a  uuid\n  b  uuid\n\n  primary_key(a desc, b desc)\n}\n";
    assert!(fixes("descending-key", key)[0].1.contains("primary_key(a, b)"));
    let mixin = "mixin m {\n  a  text\n\n  index(a, name: \"by_a\")\n}\n";
    assert!(fixes("mixin-constraint-name", mixin)[0].1.contains("name: \"{table}_by_a\""));
}

#[test]
fn a_fix_of_a_mixin_is_made_in_the_mixin() {
    let text = "mixin m {\n  id  uuid?\n}\ntable t {\n  ...m\n  a  text\n\n  primary_key(id)\n}\n";
    assert!(fixes("nullable-key", text)[0].1.starts_with("mixin m {\n  id  uuid\n}\n"));
}

#[test]
fn a_type_of_several_words_is_one_finding() {
    for name in ["double precision", "character varying(20)", "timestamp(3) with time zone", "bit varying(3)"] {
        let text = format!("table users {{\n  id   uuid  @primary_key\n  own  {name}?  @unique\n}}\n");
        let mut workspace = Workspace::new(Targets::default(), Default::default());
        workspace.open("a.orm", text.as_str());
        let found = workspace.diagnostics("a.orm");
        let slugs: Vec<_> = found.iter().map(|it| it.rule.slug).collect();
        assert_eq!(slugs, ["unknown-type"], "{name}: {found:#?}");
    }
}
