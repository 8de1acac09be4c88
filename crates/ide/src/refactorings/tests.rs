//! What each refactoring makes of a text: `$0` is the cursor, two of them are the ends of a selection.

use std::ops::Range;

use orm_schema_lang::{Severity, format::format_text};
use orm_testkit::fixture::Fixture;

use crate::{Analysis, AnalysisHost, line_edits::applied, testing::host};

/// The files, which of them the selection is in, and what is selected.
fn selection(text: &str) -> (Fixture, Range<usize>) {
    let length = match text.match_indices("$0").collect::<Vec<_>>().as_slice() {
        [(start, _), (end, _)] => end - start - "$0".len(),
        _ => 0,
    };
    let (before, behind) = text.split_once("$0").expect("a cursor");
    let fixture = Fixture::parse(&format!("{before}$0{}", behind.replace("$0", "")));
    let start = fixture.cursor().offset;
    (fixture, start..start + length)
}

fn open(fixture: &Fixture) -> AnalysisHost {
    let files: Vec<_> = fixture.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    host(&files)
}

fn errors(analysis: &Analysis) -> Vec<String> {
    let mut errors = Vec::new();
    for path in analysis.paths().unwrap() {
        let found = analysis.diagnostics(&path).unwrap();
        errors.extend(found.iter().filter(|it| it.severity == Severity::Error).map(|it| it.message().to_owned()));
    }
    errors
}

/// The files after a refactoring, in the form of a fixture. It makes no errors, and leaves formatted what was.
#[track_caller]
fn refactored_in(host: &AnalysisHost, fixture: &Fixture, range: Range<usize>, id: &str) -> String {
    let analysis = host.analysis();
    let path = &fixture.cursor().path;
    let offered = analysis.refactorings(path, range.clone()).unwrap();
    let edits = analysis.refactoring_edits(path, range, id).unwrap();
    let edits = edits.unwrap_or_else(|| panic!("{id} is not offered, but {offered:#?}"));
    let mut after = Vec::new();
    for (path, text) in &fixture.files {
        let own: Vec<_> = edits.iter().filter(|it| *it.path == **path).cloned().collect();
        let changed = applied(text, &own);
        if format_text(text) == *text {
            assert_eq!(format_text(&changed), changed, "{path} was formatted");
        }
        after.push((path.clone(), changed));
    }
    let files: Vec<_> = after.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (before, found) = (errors(&analysis), errors(&crate::testing::host(&files).analysis()));
    let new: Vec<_> = found.iter().filter(|it| !before.contains(it)).collect();
    assert!(new.is_empty(), "new errors: {new:#?}\n{after:#?}");
    match after.as_slice() {
        [(_, text)] => text.clone(),
        several => several.iter().map(|(path, text)| format!("//- {path}\n{text}")).collect(),
    }
}

#[track_caller]
fn refactored(text: &str, id: &str) -> String {
    let (fixture, range) = selection(text);
    refactored_in(&open(&fixture), &fixture, range, id)
}

/// The titles of what is offered.
#[track_caller]
fn titles(text: &str) -> Vec<String> {
    let (fixture, range) = selection(text);
    let found = open(&fixture).analysis().refactorings(&fixture.cursor().path, range).unwrap();
    assert!(found.iter().all(|it| it.title.starts_with(char::is_uppercase)), "{found:#?}");
    found.into_iter().map(|it| it.title).collect()
}

#[track_caller]
fn is_offered(text: &str, id: &str) -> bool {
    let (fixture, range) = selection(text);
    let found = open(&fixture).analysis().refactorings(&fixture.cursor().path, range).unwrap();
    found.iter().any(|it| it.id == id)
}

#[test]
fn columns_become_a_mixin_with_their_comments() {
    let before = "\
/// Who signs in.
table users {
  id          uuid                 @primary_key
  // when
  cre$0ated_at  timestamptz = now()
  /// Last change.
  updated_at  timestamptz = now()  @on_update(now())  // by hand$0
  email       text
}
";
    let after = "\
mixin Timestamps {
  // when
  created_at  timestamptz = now()
  /// Last change.
  updated_at  timestamptz = now()  @on_update(now())  // by hand
}

/// Who signs in.
table users {
  id     uuid  @primary_key
  ...Timestamps
  email  text
}
";
    assert_eq!(refactored(before, "extract_mixin"), after);
}

#[test]
fn a_mixin_is_made_of_all_tables_that_have_the_same_columns() {
    let before = "\
//- a.orm
table users {
  id    uuid   @primary_key
  $0city  text
  zip   text?$0
}
//- b.orm
table shops {
  id    uuid   @primary_key
  city  text
  zip   text?

  index(city)
}

table other {
  id    uuid  @primary_key
  city  text
  zip   text
}
";
    let after = "\
//- a.orm
mixin UsersColumns {
  city  text
  zip   text?
}

table users {
  id  uuid  @primary_key
  ...UsersColumns
}
//- b.orm
table shops {
  id  uuid  @primary_key
  ...UsersColumns

  index(city)
}

table other {
  id    uuid  @primary_key
  city  text
  zip   text
}
";
    assert_eq!(refactored(before, "extract_mixin.2"), after);
}

#[test]
fn the_name_of_a_constraint_says_the_table_in_a_mixin() {
    let before = "table users {\n  id    uuid  @primary_key\n  $0mail  text  @unique(name: \"uq_users\")$0\n}\n";
    assert!(refactored(before, "extract_mixin").contains("@unique(name: \"uq_{table}\")"));
    let other = before.replace("uq_users", "uq_mail");
    assert!(!is_offered(&other, "extract_mixin"));
}

#[test]
fn a_column_that_replaces_one_of_a_mixin_stays_where_it_is() {
    let text = "mixin m {\n  a  text\n}\ntable t {\n  id  uuid  @primary_key\n  ...m\n  $0a  text?$0\n}\n";
    assert!(!is_offered(text, "extract_mixin"));
}

const MIXINS: &str = "\
mixin Base {
  id  uuid = uuid()  @primary_key
}

/// Who owns it.
mixin Owned {
  ...Base
  // never changes
  owner  text  @unique(name: \"uq_{table}_owner\")

  index(id, owner)
}

table files {
  ...Ow$0ned
  name  text
}

table folders {
  note  text
  ...Owned  // as files
}
";

#[test]
fn one_spread_becomes_what_the_mixin_says() {
    let after = refactored(MIXINS, "inline_mixin");
    let expected = "\
table files {
  ...Base
  // never changes
  owner  text  @unique(name: \"uq_files_owner\")

  index(id, owner)
  name  text
}
";
    assert!(after.contains(expected), "{after}");
    assert!(after.contains("mixin Owned {"), "{after}");
}

#[test]
fn a_mixin_is_inlined_everywhere_and_removed() {
    let before = MIXINS.replace("$0", "").replace("mixin Owned", "mixin Ow$0ned");
    let after = refactored(&before, "inline_mixin");
    assert!(!after.contains("Owned"), "{after}");
    assert!(after.contains("uq_folders_owner") && after.contains("// as files"), "{after}");
    assert!(after.contains("}\n\ntable files {"), "{after}");
}

#[test]
fn a_column_below_the_spread_takes_the_place_of_the_mixins() {
    let before = "\
mixin m {
  a  text
  b  text
}

table t {
  id  uuid         @primary_key
  ...$0m
  c   text
  // wider
  a   varchar(9)?
}
";
    let after = "\
table t {
  id  uuid         @primary_key
  // wider
  a   varchar(9)?
  b   text
  c   text
}
";
    assert!(refactored(before, "inline_mixin").ends_with(after), "{}", refactored(before, "inline_mixin"));
}

#[test]
fn a_column_that_decides_between_two_mixins_stays_below_both() {
    let before = "\
mixin m {
  a  text
  // first
  at  timestamptz
}

mixin n {
  at  date
  b   text
}

table t {
  id  uuid  @primary_key
  ...$0m
  ...n
  at  date
}
";
    let after = "\
table t {
  id  uuid  @primary_key
  a  text
  ...n
  at  date
}
";
    assert!(refactored(before, "inline_mixin").ends_with(after), "{}", refactored(before, "inline_mixin"));
}

#[test]
fn a_column_becomes_nullable_and_back() {
    let text = "table t {\n  id  uuid  @primary_key\n  n$0   text = \"x\"\n}\n";
    let nullable = "table t {\n  id  uuid  @primary_key\n  n   text? = \"x\"\n}\n";
    assert_eq!(refactored(text, "make_nullable"), nullable);
    assert_eq!(refactored(&nullable.replace("n   ", "n$0   "), "make_not_null"), text.replace("$0", ""));
    assert!(!is_offered("table t {\n  i$0d  uuid  @primary_key\n}\n", "make_nullable"));
    assert!(!is_offered("table t {\n  i$0d  uuid\n\n  primary_key(id)\n}\n", "make_nullable"));
    let refers = "table t {\n  id  uuid  @primary_key\n  o$0   uuid?  @references(t.id, on_delete: set_null)\n}\n";
    assert!(!is_offered(refers, "make_not_null"));
}

/// Why `n` of this table cannot be made not null beside a mutation; `None` where it can.
#[track_caller]
fn refused_beside(mutation: &str) -> Option<String> {
    let table = "table t {\n  id  uuid  @primary_key\n  n$0   text?\n  m   text\n}\n";
    let (fixture, range) = selection(&format!("{table}mutation m(id: uuid, n: text, o: text?) {{\n{mutation}\n}}\n"));
    let host = open(&fixture);
    assert_eq!(errors(&host.analysis()), Vec::<String>::new());
    let found = host.analysis().refactorings("schema.orm", range.clone()).unwrap();
    let found = found.into_iter().find(|it| it.id == "make_not_null").expect("it is there");
    if found.disabled.is_none() {
        refactored_in(&host, &fixture, range, "make_not_null");
    } else {
        assert_eq!(host.analysis().refactoring_edits("schema.orm", range, "make_not_null").unwrap(), None);
    }
    found.disabled
}

#[test]
fn a_column_that_mutations_leave_null_says_which() {
    let (leaves_out, writes) = (Some("`m` leaves out `n`".to_owned()), Some("`m` may write NULL into `n`".to_owned()));
    assert_eq!(refused_beside("  insert into t\n  values { $id, m: $n }"), leaves_out);
    assert_eq!(refused_beside("  insert into t\n  values { $id, $n, m: \"x\" }, { id: uuid(), m: \"x\" }"), leaves_out);
    assert_eq!(refused_beside("  insert into t\n  values { $id, $n, m: coalesce($o, \"x\") }"), None);
    assert_eq!(refused_beside("  insert into t\n  values { $id, n: null, m: \"x\" }"), writes);
    assert_eq!(refused_beside("  insert into t\n  values { $id, n: $o, m: $n }"), writes);
    assert_eq!(
        refused_beside("  insert into t\n  from t as o\n  where o.id != $id\n  select id: uuid(), n: o.m, m: o.m"),
        None
    );
    assert_eq!(
        refused_beside("  insert into t\n  values { $id, n: \"x\", m: $n }\n  on_conflict(id) do update set n = null"),
        writes
    );
    assert_eq!(
        refused_beside(
            "  insert into t\n  values { $id, n: \"x\", m: $n }\n  on_conflict(id) do update set n = excluded.n"
        ),
        None
    );
    assert_eq!(refused_beside("  update t\n  set n = $o\n  where id = $id"), writes);
    assert_eq!(refused_beside("  update t\n  set n = upper(n), m = $n\n  where id = $id"), None);
    assert_eq!(refused_beside("  update t\n  set m = $n\n  where id = $id"), None);
}

#[test]
fn a_column_that_is_computed_when_it_is_read_stays_nullable() {
    let text = "table t {\n  id  uuid  @primary_key\n  n$0   text?  @generated(id || \"\", stored: false)\n}\n";
    assert!(!is_offered(text, "make_not_null"));
}

/// A project whose migrations made `schema`.
fn migrated(fixture: &Fixture, schema: &str) -> AnalysisHost {
    let mut host = open(fixture);
    let made = crate::testing::host(&[("schema.orm", schema)]);
    host.set_migrations(vec![crate::testing::migration(&made.workspace().schema())]);
    host
}

#[test]
fn what_a_migration_will_need_is_said() {
    let made = "table t {\n  id  uuid  @primary_key\n  n   text?\n  old  text\n}\n";
    let (fixture, range) = selection("table t {\n  id  uuid  @primary_key\n  n$0   text?\n  new  text\n}\n");
    let host = migrated(&fixture, made);
    let found = host.analysis().refactorings("schema.orm", range).unwrap();
    let title = "Make `n` not null (its migration fails while a row has NULL: fill them in it)";
    assert!(found.iter().any(|it| it.title == title), "{found:#?}");
}

#[test]
fn a_new_column_may_have_been_an_old_one() {
    let made = "table t {\n  id  uuid  @primary_key\n  first  bigint\n  old  text\n}\n";
    let (fixture, range) = selection("table t {\n  id   uuid  @primary_key\n  n$0ew  text\n}\n");
    let host = migrated(&fixture, made);
    let found = host.analysis().refactorings("schema.orm", range.clone()).unwrap();
    let titles: Vec<_> = found.iter().filter(|it| it.id.starts_with("add_old_name")).map(|it| &it.title).collect();
    assert_eq!(
        titles,
        ["Keep the data of `old` in `new`: `@was(old)`", "Keep the data of `first` in `new`: `@was(first)`"]
    );
    assert_eq!(
        refactored_in(&host, &fixture, range, "add_old_name"),
        "table t {\n  id   uuid  @primary_key\n  new  text  @was(old)\n}\n"
    );
    let (fixture, range) = selection("table pe$0ople {\n  id  uuid  @primary_key\n}\n");
    let host = migrated(&fixture, made);
    let after = refactored_in(&host, &fixture, range, "add_old_name");
    assert!(after.starts_with("table people @was(t) {"), "{after}");
}

#[test]
fn members_are_sorted_with_their_comments() {
    let before = "\
table t {
  // by name
  index(name)

  unique(id, name)  // both
  id    uuid
  name  $0text

  // the key
  primary_key(id)

  // a remark at the end
}
";
    let after = "\
table t {
  id    uuid
  name  text

  // the key
  primary_key(id)

  unique(id, name)  // both
  // by name
  index(name)

  // a remark at the end
}
";
    assert_eq!(refactored(before, "sort_members"), after);
    assert!(!is_offered("table t {\n  id  uuid$0\n\n  primary_key(id)\n  index(id)\n}\n", "sort_members"));
}

#[test]
fn relations_that_share_a_name_get_their_own() {
    let before = "\
table users {
  id  uuid  @primary_key
}

table mails {
  id           uuid  @primary_key
  sender_id    uuid  @refer$0ences(users.id)
  receiver_id  uuid  @references(users.id)
}
";
    let after = refactored(before, "name_relation");
    assert!(after.contains("@references(users.id, back: mails_by_sender)"), "{after}");
    assert!(!is_offered(&after.replace("sender_id ", "sen$0der_id "), "name_relation"));
}

#[test]
fn a_comment_for_several_codes_becomes_one_for_each() {
    let before =
        "table t {\n  id  uuid  @primary_key\n  // orm-allow PERF$0020 ORM204 until 2030-01-01: old\n  a   text\n}\n";
    let after = "table t {\n  id  uuid  @primary_key\n  // orm-allow PERF020 until 2030-01-01: old\n  // orm-allow ORM204 until 2030-01-01: old\n  a   text\n}\n";
    assert_eq!(refactored(before, "split_suppression"), after);
    let behind = "table t {\n  id  uuid  @primary_key  // orm-allow PERF$0020, ORM204: old\n}\n";
    let after = "table t {\n  // orm-allow PERF020: old\n  id  uuid  @primary_key  // orm-allow ORM204: old\n}\n";
    assert_eq!(refactored(behind, "split_suppression"), after);
}

#[test]
fn a_text_with_a_list_of_values_becomes_an_enum() {
    let before = "\
table orders {
  id     uuid                  @primary_key
  state  varc$0har(9)? = \"open\"  @check(state in (\"open\", \"in-work\"))
}
";
    let after = "\
enum OrdersState : varchar(9) { open, in_work = \"in-work\" }

table orders {
  id     uuid                 @primary_key
  state  OrdersState? = open
}
";
    assert_eq!(refactored(before, "text_to_enum"), after);
    let item = "table t {\n  id  uuid  @primary_key\n  s$0   text\n\n  check(s in (\"a\"))\n}\n";
    let after = "enum TS { a }\n\ntable t {\n  id  uuid  @primary_key\n  s   TS\n}\n";
    assert_eq!(refactored(item, "text_to_enum"), after);
}

#[test]
fn queries_of_a_table_are_written() {
    let table = "\
table us$0ers {
  id     uuid = uuid()    @primary_key
  email  text
  name   text?
  at     timestamptz = now()
}
";
    assert_eq!(
        titles(table)[..4],
        [
            "Generate a query by key for `users`",
            "Generate an insert for `users`",
            "Generate an update by key for `users`",
            "Generate a delete by key for `users`"
        ]
    );
    let after = |id| refactored(table, id).split_once("}\n\n").unwrap().1.to_owned();
    assert_eq!(
        after("generate_query"),
        "query users_by_id(id: uuid) : optional {\n  from users\n  where id = $id\n  select id, email, name, at\n}\n"
    );
    assert_eq!(
        after("generate_query.2"),
        "mutation insert_users(email: text, name: text?) {\n  insert into users\n  values { $email, $name }\n}\n"
    );
    assert_eq!(
        after("generate_query.3"),
        "mutation update_users(id: uuid, email: text, name: text?, at: timestamptz) {\n  update users\n  set email = \
         $email, name = $name, at = $at\n  where id = $id\n}\n"
    );
    assert_eq!(
        after("generate_query.4"),
        "mutation delete_users(id: uuid) {\n  delete from users\n  where id = $id\n}\n"
    );
}

#[test]
fn a_name_in_backticks_is_taken_like_any_other() {
    let text = "table `$0größen` {\n  id  uuid  @primary_key\n}\n\nquery `größen_by_id`(id: uuid) : optional {\n  from \
                `größen`\n  where id = $id\n  select id\n}\n";
    assert!(refactored(text, "generate_query").contains("query `größen_by_id2`(id: uuid)"));
}

#[test]
fn queries_are_written_of_columns_that_are_called_like_words() {
    let text = |name: &str| format!("table $0t {{\n  id  uuid  @primary_key\n  {name}  text\n}}\n");
    // No parameter is called so.
    assert!(!is_offered(&text("`gr\u{f6}\u{df}e`"), "generate_query"));
    let words = [
        "case", "exists", "null", "from", "select", "where", "order_by", "default", "set", "distinct", "end", "as",
        "and", "in", "like",
    ];
    for name in words {
        let text = text(&format!("`{name}`"));
        for number in ["query by key", "insert", "update by key", "delete by key"] {
            let title = format!("{number} for `t`");
            assert!(titles(&text).iter().any(|it| it.ends_with(&title)), "{name}: {title}");
        }
        // The four of them; each makes no errors.
        for number in ["", ".2", ".3", ".4"] {
            refactored(&text, &format!("generate_query{number}"));
        }
    }
}

#[test]
fn what_is_named_and_not_there_is_declared() {
    let text = "table t {\n  id  uuid  @primary_key\n  s   Sta$0te = open\n}\n";
    assert!(refactored(text, "declare_unknown").ends_with("}\n\nenum State { open }\n"));
    let text = "table t {\n  id  uuid  @primary_key\n  ...Ti$0mes\n}\n";
    assert!(refactored(text, "declare_unknown").ends_with("}\n\nmixin Times {}\n"));
    let text = "table t {\n  id  uuid     @primary_key\n  o   bigint?  @references(oth$0ers.number)\n}\n";
    assert!(refactored(text, "declare_unknown").ends_with("}\n\ntable others {\n  number  bigint  @primary_key\n}\n"));
    assert!(!is_offered("table t {\n  i$0d  uuid  @primary_key\n}\n", "declare_unknown"));
}

#[test]
fn a_parameter_that_is_used_is_declared_with_its_type() {
    let declared = |query: &str| {
        let text = format!(
            "table users {{\n  id     bigint        @primary_key\n  email  varchar(80)\n  age    integer?\n}}\n\n{query}\n"
        );
        let text = refactored(&text, "declare_parameter");
        text.lines().find(|it| it.starts_with("query") || it.starts_with("mutation")).unwrap_or_default().to_owned()
    };
    let query = |head: &str, clauses: &str| format!("query {head} {{\n  from users\n  {clauses}\n  select id\n}}");
    let of_query = |head, clauses| declared(&query(head, clauses));
    assert_eq!(of_query("q", "where email = $ma$0il"), "query q(mail: varchar(80)) {");
    assert_eq!(of_query("q(id: bigint)", "where id = $id and users.age > $$0x"), "query q(id: bigint, x: integer) {");
    assert_eq!(of_query("q", "where? id in $$0wanted"), "query q(wanted: bigint[]?) {");
    assert_eq!(of_query("q : many", "where contains(email, $$0part)"), "query q(part: text) : many {");
    assert_eq!(of_query("q", "where contains(email, $$0email)"), "query q(email: varchar(80)) {");
    assert_eq!(of_query("q", "limit $$0max"), "query q(max: bigint) {");
    let insert = "mutation m(id: bigint) {\n  insert into users\n  values { $id, email: $$0mail, age: 1 }\n}";
    assert_eq!(declared(insert), "mutation m(id: bigint, mail: varchar(80)) {");
    let insert = "mutation m(id: bigint) {\n  insert into users\n  values { $id, $$0email }\n}";
    assert_eq!(declared(insert), "mutation m(id: bigint, email: varchar(80)) {");
    let update = "mutation m(id: bigint) {\n  update users\n  set age = $$0years\n  where id = $id\n}";
    assert_eq!(declared(update), "mutation m(id: bigint, years: integer) {");
}

#[test]
fn a_query_gets_its_index() {
    let text = "\
table visits {
  id       uuid   @primary_key
  country  text
  at       timestamptz
  page     text  // which
}

query recent(country: text) {
  from visi$0ts
  where country = $country
  order_by at desc
  limit 10
  select id, page
}
";
    let after = refactored(text, "index_for_query");
    assert!(after.contains("  page     text  // which\n\n  index(country, at desc, storing: [page])\n}"), "{after}");
}

#[test]
fn raw_sql_becomes_clauses_where_it_means_the_same() {
    let text = |sql: &str, row: &str| {
        format!(
            "table users {{\n  id    uuid      @primary_key\n  age   bigint?\n  name  text\n  ok    boolean\n}}\n\n\
             query found(name: text) : many({row}) = s$0ql(\"{sql}\")\n"
        )
    };
    let sql = "SELECT id, name AS title FROM ${users} WHERE name = $name AND ok = TRUE AND age IS NOT NULL ORDER BY age DESC \
               NULLS LAST LIMIT 5";
    let after = refactored(&text(sql, "id: uuid, title: text"), "raw_to_clauses");
    let expected = "\
query found(name: text) : many {
  from users
  where name = $name
  where ok = true
  where age is not null
  order_by age desc nulls last
  limit 5
  select id, title: name
}
";
    assert!(after.ends_with(expected), "{after}");
    for refused in [
        "SELECT id FROM ${users} WHERE name < $name",
        "SELECT id FROM ${users} WHERE name = $name ORDER BY name",
        "SELECT id FROM ${users} WHERE name = $name ORDER BY age",
        "SELECT id FROM ${users} WHERE name = $name OR ok = TRUE",
        "SELECT DISTINCT id FROM ${users} WHERE name = $name",
        "SELECT id FROM ${users} u WHERE name = $name",
        "SELECT id FROM ${users} WHERE lower(name) = $name",
        "SELECT id FROM ${users} WHERE name = $name -- why",
        "SELECT ID FROM ${users} WHERE name = $name",
    ] {
        assert!(!is_offered(&text(refused, "id: uuid"), "raw_to_clauses"), "{refused}");
    }
    assert!(!is_offered(&text("SELECT age FROM ${users} WHERE name = $name", "age: bigint"), "raw_to_clauses"));
}

#[test]
fn clauses_become_the_sql_that_they_run_as() {
    let text = "\
table users {
  id    uuid  @primary_key
  name  text
}

query fo$0und(id: uuid) : optional {
  from users
  where id = $id
  select id, name
}
";
    let after = refactored(text, "query_to_raw");
    assert!(after.contains("query found(id: uuid) : optional(id: uuid, name: text) = sql(postgres: \"\"\""), "{after}");
    assert!(after.contains("= $id"), "{after}");
    assert!(!is_offered(&text.replace("from users", "from users // all"), "query_to_raw"));
    assert!(is_offered(text, "query_to_raw"));
    let sorted = refactored(&text.replace("  select", "  order_by name\n  select"), "query_to_raw");
    assert!(sorted.contains("COLLATE \"C\"\n\"\"\", spanner"), "a text may end in a quotation mark: {sorted}");
}

#[test]
fn line_ends_are_those_of_the_file() {
    let text = "table t {\n  id  uuid  @primary_key\n  $0a   text$0\n}\n".replace('\n', "\r\n");
    let after = refactored(&text, "extract_mixin");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{after:?}");
}
