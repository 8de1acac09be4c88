//! What fixes make of a text.

use orm_model::{Targets, targets::PostgresTarget};
use orm_schema_lang::{
    Severity, Workspace,
    workspace::{FileDiagnostic, FileFix},
};

/// The fixes of the findings of a rule, with the text after each.
#[track_caller]
fn fixes(slug: &str, text: &str) -> Vec<(FileFix, String)> {
    let postgres = Some(PostgresTarget { version: 14, version_is_stated: true });
    let mut workspace = Workspace::new(Targets { postgres, ..Targets::default() }, Default::default());
    workspace.open("a.orm", text);
    let found = workspace.diagnostics("a.orm");
    assert!(found.iter().any(|it| it.rule.slug == slug), "no {slug} in:\n{text}\n{found:#?}");
    let fixes = found.iter().filter(|it| it.rule.slug == slug).flat_map(|it| it.fixes.clone());
    let fixed: Vec<_> = fixes.map(|fix| (fix.clone(), applied(text, fix))).collect();
    for (fix, after) in &fixed {
        workspace.open("a.orm", after.as_str());
        assert_better(slug, &fix.title, &found, &workspace.diagnostics("a.orm"), after);
    }
    fixed
}

/// A finding less, and no new error.
#[track_caller]
fn assert_better(slug: &str, title: &str, before: &[FileDiagnostic], after: &[FileDiagnostic], text: &str) {
    let count = |of: &[FileDiagnostic], slug: &str| of.iter().filter(|it| it.rule.slug == slug).count();
    assert!(count(after, slug) < count(before, slug), "{slug}: {title}: it is still there:\n{text}\n{after:#?}");
    let is_new = |it: &&FileDiagnostic| {
        it.severity == Severity::Error && count(after, it.rule.slug) > count(before, it.rule.slug)
    };
    let new = after.iter().find(is_new);
    assert!(new.is_none(), "{slug}: {title}: a new error: {new:#?}\n{text}");
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
    to("Json", "json");
    to("BigInt", "bigint");
    let offered = |before: &str, after: &str| {
        line("unknown-type", false, &format!("c  {before}"), &format!("c  {after}"));
    };
    offered("time(2) with time zone?", "postgres(\"time(2) with time zone\")?  @only(postgres)");
    offered("serial  @unique", "bigint = identity()  @unique");
    offered("bigserial", "bigint = identity()");
    offered("autoincrement", "bigint = identity()");
    offered("inet? = app.ip()  @unique", "postgres(\"inet\")? = app.ip()  @unique  @only(postgres)");
    offered("inet?", "postgres(\"inet\")?  @only(postgres)");
    offered("vector(3)", "postgres(\"vector(3)\")  @only(postgres)");
    offered("TOKENLIST?", "spanner(\"TOKENLIST\")?  @only(spanner)");
    offered("TIMESTAMP?", "timestamptz?");
    offered("datetime(3)", "timestamptz(3)");
    offered("DateTime?", "timestamptz?");
}

#[test]
fn what_stands_twice_goes() {
    line("misplaced-attribute", true, "c  text  @unique @unique", "c  text  @unique");
    line("misplaced-attribute", false, "c  text  @unique @unique(nulls: equal)", "c  text  @unique");
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

/// What the first fix with a title makes of a schema: the finding is gone, and no error came.
#[track_caller]
fn whole(slug: &str, title: &str, before: &str, after: &str) {
    let all = fixes(slug, before);
    let titles: Vec<_> = all.iter().map(|(fix, _)| fix.title.clone()).collect();
    let (_, text) = all.into_iter().find(|(fix, _)| fix.title == title).unwrap_or_else(|| panic!("{titles:?}"));
    assert_eq!(text, after);
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("a.orm", text.as_str());
    let left = workspace.diagnostics("a.orm");
    let loud = left.iter().find(|it| it.severity == Severity::Error || it.rule.slug == slug);
    assert!(loud.is_none(), "{loud:#?}\n{text}");
}

/// Tables that queries read, before a query.
fn with_tables(query: &str) -> String {
    format!(
        "table users {{\n  id    uuid  @primary_key\n  name  text\n  key   text?  @generated(lower(name))\n}}\n\
         table posts {{\n  id       uuid  @primary_key\n  user_id  uuid  @references(users.id)\n  title    text\n\n  \
         index(user_id)\n}}\n{query}\n"
    )
}

#[track_caller]
fn query(slug: &str, title: &str, before: &str, after: &str) {
    whole(slug, title, &with_tables(before), &with_tables(after));
}

#[test]
fn clauses_become_what_was_meant() {
    let clause = |title: &str, before: &str, after: &str| query("bad-clause", title, before, after);
    clause(
        "Write `join`",
        "query q {\n  from users\n  cross_join posts on posts.user_id = users.id\n  select title\n}",
        "query q {\n  from users\n  join posts on posts.user_id = users.id\n  select title\n}",
    );
    clause(
        "Add `on posts.user_id = users.id`",
        "query q {\n  from users\n  left_join posts\n  select title\n}",
        "query q {\n  from users\n  left_join posts on posts.user_id = users.id\n  select title\n}",
    );
    clause(
        "Add `on u.id = posts.user_id`",
        "query q {\n  from posts\n  join users as u\n  select title\n}",
        "query q {\n  from posts\n  join users as u on u.id = posts.user_id\n  select title\n}",
    );
    clause(
        "Write `where`",
        "query q(name: text) {\n  from users\n  where? name = $name\n  select id\n}",
        "query q(name: text) {\n  from users\n  where name = $name\n  select id\n}",
    );
    clause(
        "Remove `limit`",
        "mutation m(id: uuid) {\n  delete from users\n  where id = $id\n  limit 3\n}",
        "mutation m(id: uuid) {\n  delete from users\n  where id = $id\n}",
    );
    clause(
        "Write `exec`",
        "mutation m(id: uuid) : many {\n  delete from users\n  where id = $id\n}",
        "mutation m(id: uuid) : exec {\n  delete from users\n  where id = $id\n}",
    );
    clause(
        "Write `many`",
        "query q : exec {\n  from users\n  select id\n}",
        "query q : many {\n  from users\n  select id\n}",
    );
    clause(
        "Read all of it",
        "query q {\n  from users\n  select id, posts\n}",
        "query q {\n  from users\n  select id, posts { * }\n}",
    );
    clause(
        "Declare it with `mutation`",
        "query q(id: uuid) {\n  delete from users\n  where id = $id\n}",
        "mutation q(id: uuid) {\n  delete from users\n  where id = $id\n}",
    );
    clause(
        "Remove `for`",
        "view v {\n  from users\n  select id\n  for update\n}",
        "view v {\n  from users\n  select id\n}",
    );
}

#[test]
fn what_connects_two_tables_is_their_foreign_key() {
    query(
        "cartesian-join",
        "Join them on `posts.user_id = users.id`",
        "query q {\n  from users\n  cross_join posts\n  select title\n}",
        "query q {\n  from users\n  join posts on posts.user_id = users.id\n  select title\n}",
    );
}

#[test]
fn what_a_mutation_may_not_write_is_left_out() {
    let out = |title: &str, before: &str, after: &str| query("unwritable-column", title, before, after);
    out(
        "Leave `key` out",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, key: lower($name), $name }\n}",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, $name }\n}",
    );
    out(
        "Leave `name` out",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, name: \"x\", $name }\n}",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, name: \"x\" }\n}",
    );
    out(
        "Leave `name` out",
        "mutation m(id: uuid) {\n  update users\n  set name = \"x\", name = \"y\"\n  where id = $id\n}",
        "mutation m(id: uuid) {\n  update users\n  set name = \"x\"\n  where id = $id\n}",
    );
}

#[test]
fn what_a_mutation_lacks_is_added() {
    query(
        "missing-value",
        "Let the caller give $id, $name",
        "mutation m {\n  insert into users\n  values { }\n}",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, $name }\n}",
    );
    query(
        "missing-value",
        "Let the caller give $name",
        "mutation m(name: text) {\n  insert into users\n  values { id: \"4e5c0f2a-53f0-4a37-8e54-0a6f2f4d1b11\" }\n}",
        "mutation m(name: text) {\n  insert into users\n  values { id: \"4e5c0f2a-53f0-4a37-8e54-0a6f2f4d1b11\", $name }\n}",
    );
    query(
        "conflict-target",
        "Write `on_conflict(id)`",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, $name }\n  on_conflict do nothing\n}",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, $name }\n  on_conflict(id) do nothing\n}",
    );
    query(
        "conflict-target",
        "Write `on_conflict(id)`",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, $name }\n  on_conflict() do nothing\n}",
        "mutation m(id: uuid, name: text) {\n  insert into users\n  values { $id, $name }\n  on_conflict(id) do nothing\n}",
    );
    query(
        "unknown-parameter",
        "Change `$name` to `name: $names`",
        "mutation m(id: uuid, names: text) {\n  insert into users\n  values { $id, $name }\n}",
        "mutation m(id: uuid, names: text) {\n  insert into users\n  values { $id, name: $names }\n}",
    );
    query(
        "unknown-relation",
        "Change `q` to `u`",
        "query q {\n  from users as u\n  select id, q.posts { title }\n}",
        "query q {\n  from users as u\n  select id, u.posts { title }\n}",
    );
    query(
        "null-comparison",
        "Write `is null`",
        "query q {\n  from users\n  where ((key) = null)\n  select id\n}",
        "query q {\n  from users\n  where ((key) is null)\n  select id\n}",
    );
    query(
        "bad-cast",
        "Call `parse_integer`",
        "query q {\n  from users\n  select x: ((name) as bigint)\n}",
        "query q {\n  from users\n  select x: (parse_integer((name)))\n}",
    );
    query(
        "unknown-column",
        "Change `nam` to `name`",
        "mutation m(id: uuid, n: text) {\n  insert into users\n  values { $id, nam: $n }\n}",
        "mutation m(id: uuid, n: text) {\n  insert into users\n  values { $id, name: $n }\n}",
    );
    query(
        "unknown-column",
        "Write it into `name`",
        "mutation m(id: uuid, nam: text) {\n  insert into users\n  values { $id, $nam }\n}",
        "mutation m(id: uuid, nam: text) {\n  insert into users\n  values { $id, name: $nam }\n}",
    );
    query(
        "unknown-column",
        "Write it into `name`",
        "table people {\n  id     uuid  @primary_key\n  names  text\n}\nmutation m {\n  insert into users\n  from people\n  select id, people.names\n}",
        "table people {\n  id     uuid  @primary_key\n  names  text\n}\nmutation m {\n  insert into users\n  from people\n  select id, name: people.names\n}",
    );
    query(
        "bad-parameter",
        "Remove it",
        "query q(name: text @unique) {\n  from users\n  where name = $name\n  select id\n}",
        "query q(name: text) {\n  from users\n  where name = $name\n  select id\n}",
    );
}

#[test]
fn rows_that_are_stored_in_others_are_stored_once() {
    let parent = "table a {\n  id  uuid  @primary_key\n}\ntable b {\n  id  uuid  @primary_key\n}\n";
    let child = |items: &str| format!("{parent}table c {{\n  id  uuid  @primary_key\n\n{items}}}\n");
    whole(
        "bad-interleave",
        "Remove this one",
        &child("  interleave(a)\n  interleave(b)\n"),
        &child("  interleave(a)\n"),
    );
    whole(
        "bad-interleave",
        "Write `cascade`",
        &child("  interleave(a, on_delete: restrict)\n"),
        &child("  interleave(a, on_delete: cascade)\n"),
    );
}

#[test]
fn an_enum_is_stored_as_what_holds_its_texts() {
    let used = "\ntable t {\n  id  uuid  @primary_key\n  s   S\n}\n";
    let both = |title: &str, before: &str, after: &str| {
        whole("bad-enum", title, &format!("{before}{used}"), &format!("{after}{used}"));
    };
    both("Store it as `text`", "enum S : bigint { open }", "enum S : text { open }");
    both("Let the texts have any length", "enum S : char(4) { open, closed }", "enum S : varchar(6) { open, closed }");
}

#[test]
fn a_name_may_be_short_for_another_one() {
    line("unknown-item", false, "uniq(a, b)", "unique(a, b)");
    line("unknown-argument", false, "index(a, stor: [b])", "index(a, storing: [b])");
    line("unknown-attribute", false, "c  text  @uniq", "c  text  @unique");
}

#[test]
fn a_generated_column_is_written_out_where_another_one_reads_it() {
    let with = |short: &str| {
        format!(
            "table people {{\n  id     uuid  @primary_key\n  name   text\n  age    bigint\n  key    text  \
             @generated(lower(name))\n  twice  bigint  @generated(age + age)\n  {short}\n}}\n"
        )
    };
    let written = |before: &str, after: &str| {
        let title = format!("Write out what `{}` reads", before.split(' ').next().unwrap());
        whole("generated-reads-generated", &title, &with(before), &with(after));
    };
    written("short  bigint  @generated(char_length(key))", "short  bigint  @generated(char_length(lower(name)))");
    written(
        "more  bigint  @generated(twice * 2 + abs(twice))",
        "more  bigint  @generated((age + age) * 2 + abs(age + age))",
    );
    written("same  bigint  @generated(twice)", "same  bigint  @generated(age + age)");
    // What is read is to be written out first.
    let chain = with("short  text  @generated(key || \"x\")\n  long  text  @generated(short || key)");
    assert_eq!(fixes("generated-reads-generated", &chain).len(), 1);
}

#[test]
fn a_key_of_spanner_is_stored_and_reads_no_generated_column() {
    let with = |shard: &str| {
        format!(
            "table t {{\n  id  bigint\n  low  bigint  @generated(id % 99)\n  {shard}\n\n  primary_key(shard, id)\n}}\n"
        )
    };
    whole(
        "generated-key",
        "Leave `stored:` out",
        &with("shard  bigint  @generated(id % 16, stored: false)"),
        &with("shard  bigint  @generated(id % 16)"),
    );
    whole(
        "generated-key",
        "Write out what `shard` reads",
        &with("shard  bigint  @generated(low % 16)"),
        &with("shard  bigint  @generated((id % 99) % 16)"),
    );
}

#[test]
fn a_line_below_the_spreads_says_which_column_holds() {
    let mixins =
        "mixin Named {\n  /// As it is shown.\n  name  text  // short\n}\nmixin Labelled {\n  name  varchar(20)\n}\n";
    let table = |lines: &str| format!("{mixins}table t {{\n  id  uuid  @primary_key\n{lines}}}\n");
    let (both, conflict) = (table("  ...Named\n  ...Labelled\n"), "mixin-conflict");
    whole(
        conflict,
        "Declare `name` below, as in `Named`",
        &both,
        &table("  ...Named\n  ...Labelled\n  /// As it is shown.\n  name  text  // short\n"),
    );
    whole(
        conflict,
        "Declare `name` below, as in `Labelled`",
        &both,
        &table("  ...Named\n  ...Labelled\n  name  varchar(20)\n"),
    );
    whole(
        conflict,
        "Move `name` below the spread",
        &table("  // ours\n  name  text?\n  other  text\n  ...Named\n"),
        &table("  other  text\n  ...Named\n  // ours\n  name  text?\n"),
    );
}

#[test]
fn a_native_enum_is_in_order_or_stored_as_texts() {
    let used = "table t {\n  id  uuid  @primary_key\n  s   Size\n\n  index(lower(s))\n}\n";
    let native = " @postgres(native: true)";
    let ordered =
        fixes("enum-order", &format!("enum Size{native} {{\n  small\n  /// Not small.\n  large = \"big\"\n}}\n"));
    let [(order, after), (texts, plain)] = ordered.as_slice() else { panic!("two fixes: {ordered:#?}") };
    assert_eq!(order.title, "Declare the values in the order of their texts");
    assert_eq!(*after, format!("enum Size{native} {{\n  /// Not small.\n  large = \"big\"\n  small\n}}\n"));
    assert_eq!(texts.title, "Store texts: leave `native: true` out");
    assert_eq!(*plain, "enum Size {\n  small\n  /// Not small.\n  large = \"big\"\n}\n");
    whole(
        "native-enum-text",
        "Store texts: leave `native: true` out",
        &format!("enum Size{native} {{ large, small }}\n{used}"),
        &format!("enum Size {{ large, small }}\n{used}"),
    );
}

#[test]
fn a_commit_timestamp_is_of_both_tables_or_of_neither() {
    let option = "  @spanner(allow_commit_timestamp: true)";
    let with = |there: &str, here: &str| {
        format!(
            "table a {{\n  at  timestamptz  @primary_key{there}\n}}\ntable b {{\n  at  timestamptz{here}\n  no  bigint\n\n  \
             primary_key(at, no)\n  interleave(a)\n}}\n"
        )
    };
    let found = fixes("commit-timestamp-key", &with(option, ""));
    assert_eq!(found.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>(), [with(option, option), with("", "")]);
    let found = fixes("commit-timestamp-key", &with("", option));
    assert_eq!(found.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>(), [with(option, option), with("", "")]);
    let child = |option: &str| {
        format!(
            "table a {{\n  at  timestamptz  @primary_key{option}\n}}\ntable b {{\n  id  uuid  @primary_key\n  of  timestamptz  \
             @references(a.at)\n\n  index(of)\n}}\n"
        )
    };
    whole("commit-timestamp-key", "Remove the option of `at`", &child(option), &child(""));
}

#[test]
fn a_table_in_raw_sql_gets_a_name_of_its_own() {
    let with = |sql: &str| {
        format!(
            "table rank {{\n  id    uuid    @primary_key\n  rank  bigint\n}}\nquery q : one(rank: bigint?) = sql({sql})\n"
        )
    };
    whole(
        "raw-row-name",
        "Call the table `r`",
        &with("\"SELECT MAX(${rank.rank}) AS rank FROM ${rank} WHERE ${rank.rank} > 1\""),
        &with("\"SELECT MAX(r.${rank.rank}) AS rank FROM ${rank} AS r WHERE r.${rank.rank} > 1\""),
    );
    whole(
        "raw-row-name",
        "Call the table `r2`",
        &with("\"SELECT MAX(${rank.rank}) AS r FROM ${rank}\""),
        &with("\"SELECT MAX(r2.${rank.rank}) AS r FROM ${rank} AS r2\""),
    );
    // The name that the text gives it by itself would be gone.
    assert_eq!(
        fixes("raw-row-name", &with("\"SELECT MAX(${rank.rank}) AS rank FROM ${rank} WHERE rank.id IS NULL\"")),
        []
    );
    assert_eq!(
        fixes("raw-row-name", &with("\"SELECT MAX(${rank.rank}) AS rank FROM ${rank} WHERE ${rank}.id IS NULL\"")),
        []
    );
}

#[test]
fn what_the_parser_misses_is_added() {
    line("syntax", false, "c  text = \"x", "c  text = \"x\"");
}

#[test]
fn what_a_database_cannot_do_is_left_out() {
    line("bad-ttl", false, "at  timestamptz\n  ttl(at)", "at  timestamptz\n  ttl(at, days: 30)");
    line("bad-default", false, "c  text = app.slug(1)", "c  text = app.slug()");
}

#[test]
fn a_key_that_tables_stored_in_this_one_have_gets_no_name_of_its_own() {
    let with = |item: &str| {
        format!(
            "table a {{\n  _id  uuid  @primary_key\n}}\ntable b {{\n  _id  uuid\n  no   bigint\n\n  primary_key(_id, \
             no)\n{item}}}\n"
        )
    };
    assert_eq!(fixes("spanner-name", &with("")).len(), 2);
    assert_eq!(fixes("spanner-name", &with("  interleave(a)\n")), []);
    assert_eq!(fixes("spanner-name", &with("  interleave_in(a)\n")), []);
}
