//! What is offered where, and what comes first.

use super::*;
use crate::testing::analysis;

const SCHEMA: &str = "enum State { draft, published }\nmixin Times {\n  created_at timestamptz = now()\n}\ntable users {\n  \
                      id uuid @primary_key\n  email text @unique\n  age integer?\n}\ntable posts {\n  id bigint \
                      @primary_key\n  user_id uuid @references(users.id, as: author)\n  state State = draft\n  title \
                      text\n  views bigint = 0\n}\n";

#[track_caller]
fn complete(text: &str) -> (Completion, String) {
    let (analysis, fixture) = analysis(&format!("//- a.orm\n{SCHEMA}//- b.orm\n{text}"));
    let cursor = fixture.cursor();
    let found = analysis.completion(&cursor.path, cursor.offset, None).unwrap();
    (found, fixture.text(&cursor.path).to_owned())
}

/// What comes by itself behind a space.
#[track_caller]
fn behind_space(text: &str) -> Vec<String> {
    let (analysis, fixture) = analysis(&format!("//- a.orm\n{SCHEMA}//- b.orm\n{text}"));
    let cursor = fixture.cursor();
    let found = analysis.completion(&cursor.path, cursor.offset, Some(' ')).unwrap();
    found.items.into_iter().map(|it| it.label).collect()
}

#[track_caller]
fn labels(text: &str) -> Vec<String> {
    complete(text).0.items.into_iter().map(|it| it.label).collect()
}

/// Checks that these are offered first, in this order.
#[track_caller]
fn first(text: &str, expected: &[&str]) {
    let found = labels(text);
    assert_eq!(found.iter().take(expected.len()).map(String::as_str).collect::<Vec<_>>(), expected, "{found:?}");
}

#[track_caller]
fn has(text: &str, wanted: &[&str], unwanted: &[&str]) {
    let found = labels(text);
    let is_there = |it: &&&str| found.iter().any(|label| label == **it);
    let missing: Vec<_> = wanted.iter().filter(|it| !is_there(it)).collect();
    let surplus: Vec<_> = unwanted.iter().filter(is_there).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:?}, too much {surplus:?}: {found:?}");
}

#[test]
fn declarations_at_the_top_level() {
    first("$0", &["table", "mixin", "enum"]);
    first("qu$0\n", &["query"]);
    first("table a {\n}\nta$0\n\ntable b {\n}\n", &["table"]);
    // What has no body ends with its line.
    first("sequence numbers\n\nen$0\n", &["enum"]);
    first("query q : one(n: bigint) = sql(\"SELECT 1 AS n\")\n\nmu$0\n", &["mutation"]);
    let (found, _) = complete("tab$0");
    assert!(found.items[0].snippet.as_deref().is_some_and(|it| it.starts_with("table ${1:name} {\n")));
}

#[test]
fn items_and_mixins_at_the_beginning_of_a_line() {
    has("table t {\n  ...Times\n  $0\n}\n", &["primary_key", "id"], &[]);
    has("mixin Id {\n  id uuid @primary_key\n}\ntable t {\n  ...Id\n  $0\n}\n", &["index"], &["primary_key", "id"]);
    first("table t {\n  $0\n}\n", &["id", "...Times", "primary_key"]);
    has(
        "table t {\n  id uuid @primary_key\n  $0\n}\n",
        &["index", "check", "...Times"],
        &["id", "primary_key", "uuid"],
    );
    first("table t {\n  id uuid @primary_key\n  in$0\n}\n", &["index", "interleave"]);
    first("table t {\n  ...T$0\n}\n", &["Times"]);
}

#[test]
fn types_behind_a_name() {
    first("table t {\n  user_id $0\n}\n", &["uuid", "State"]);
    first("table t {\n  seen_at $0\n}\n", &["timestamptz"]);
    first("table t {\n  a te$0\n  b text\n}\n", &["text"]);
    let (found, _) = complete("table t {\n  a bigi$0\n}\n");
    assert_eq!(found.items[0].detail.as_deref(), Some("BIGINT · INT64"));
    let (found, _) = complete("table t {\n  a varc$0\n}\n");
    assert_eq!(found.items[0].snippet.as_deref(), Some("varchar(${1:255})$0"));
}

#[test]
fn attributes_and_their_arguments() {
    first("table t {\n  id uuid @$0\n}\n", &["primary_key"]);
    first("table t {\n  user_id uuid @$0\n}\n", &["references"]);
    first("table t {\n  id uuid $0\n}\n", &["@primary_key"]);
    has("table t {\n  id uuid @primary_key @$0\n}\n", &["unique"], &["primary_key"]);
    has("table t @$0 {\n}\n", &["db", "was"], &["primary_key"]);
    has("table t {\n  a text @references(users.id, $0)\n}\n", &["on_delete:", "as:"], &["users.id"]);
    first("table t {\n  a text @references(users.id, on_delete: $0)\n}\n", &["cascade"]);
    first("table t {\n  a text @only($0)\n}\n", &["postgres", "spanner"]);
}

#[test]
fn references_of_the_fitting_type_come_first() {
    first("table t {\n  user_id uuid @references($0)\n}\n", &["users.id"]);
    first("table t {\n  owner uuid @references($0)\n}\n", &["users.id"]);
    first("table t {\n  owner bigint @references($0)\n}\n", &["posts.id"]);
    first("table t {\n  owner text @references($0)\n}\n", &["users.email"]);
    first("table t {\n  owner uuid @references(users.$0)\n}\n", &["id"]);
}

#[test]
fn defaults_fit_the_type() {
    first("table t {\n  a State = $0\n}\n", &["draft", "published"]);
    first("table t {\n  a boolean = $0\n}\n", &["true", "false"]);
    first("table t {\n  a timestamptz = $0\n}\n", &["now"]);
    first("table t {\n  a uuid = $0 @primary_key\n}\n", &["uuid"]);
    has("sequence numbers\ntable t {\n  a bigint = nextval($0)\n}\n", &["numbers"], &["users"]);
}

#[test]
fn columns_of_the_table_in_its_items() {
    first("table t {\n  aa uuid\n  bb text\n  index($0)\n}\n", &["aa", "bb"]);
    first("table t {\n  aa uuid\n  bb text\n  ...Times\n  index(aa, cr$0)\n}\n", &["created_at"]);
    first("table t {\n  aa uuid\n  bb text\n  index(aa, storing: [$0])\n}\n", &["aa", "bb"]);
    first("table t {\n  aa uuid\n  bb State\n  check(bb = $0)\n}\n", &["draft", "published"]);
    first("table t {\n  aa uuid\n  index(aa $0)\n}\n", &["desc"]);
    has("table t {\n  aa text\n  index(aa, $0)\n}\n", &["where:", "storing:"], &["references:"]);
}

#[test]
fn clauses_of_a_query() {
    first("query q {\n  $0\n}\n", &["from"]);
    first("query q {\n  from users\n  $0\n}\n", &["where", "join", "select"]);
    first("query q {\n  from users\n  wh$0\n  select id\n}\n", &["where"]);
    first("mutation m {\n  $0\n}\n", &["insert", "update", "delete"]);
    first("mutation m {\n  update users\n  $0\n}\n", &["set"]);
    first("query q {\n  from us$0\n}\n", &["users"]);
    first("query q : $0 {\n}\n", &["many", "one", "optional", "exec"]);
}

#[test]
fn columns_relations_and_functions_in_scope() {
    first("query q {\n  from posts\n  select $0\n}\n", &["id", "user_id", "state", "title", "views", "author"]);
    first("query q {\n  from posts\n  where st$0\n  select id\n}\n", &["state", "starts_with"]);
    first("query q {\n  from posts\n  where state = $0\n  select id\n}\n", &["draft", "published"]);
    first("query q {\n  from posts as p\n  where p.$0\n  select id\n}\n", &["id"]);
    first("query q {\n  from posts\n  select id, author { $0 }\n}\n", &["id", "email", "age", "posts"]);
    first("query q {\n  from posts\n  order_by vi$0\n  select id\n}\n", &["views"]);
    first("query q {\n  from posts\n  order_by views $0\n  select id\n}\n", &["desc", "asc"]);
    first("query q {\n  from posts\n  join users on $0\n  select title\n}\n", &["id"]);
    first(
        "query q {\n  from posts\n  where user_id in { from users select $0 }\n  select title\n}\n",
        &["id", "email"],
    );
    first("query q {\n  from posts\n  select id, shown: low$0\n}\n", &["lower"]);
    first("query q {\n  from posts\n  where id = 1 $0\n  select id\n}\n", &["and", "or"]);
    first("query q {\n  with busy { from posts select many: views }\n  from bu$0\n  select many\n}\n", &["busy"]);
    first("query q {\n  with busy { from posts select many: views }\n  from busy\n  select $0\n}\n", &["many"]);
}

#[test]
fn what_a_relation_leads_to_in_what_is_said_of_its_rows() {
    first("query q {\n  from users\n  select id, posts(where: ti$0) { id }\n}\n", &["title"]);
    has("query q {\n  from users\n  select id, posts($0) { id }\n}\n", &["where:", "order_by:", "limit:"], &[]);
}

#[test]
fn parameters_that_a_body_takes_or_could_take() {
    let text = "query q(state: State, $0) {\n  from posts\n  where title = $title and state = $state and id < $least\n  select \
                id\n}\n";
    first(text, &["title", "least", "id", "user_id", "views"]);
    let (found, _) = complete(text);
    let inserts = found.items.iter().map(|it| it.insert.as_str()).take(3).collect::<Vec<_>>();
    assert_eq!(inserts, ["title: text", "least: ", "id: bigint"]);
    let (found, _) = complete("mutation m(a$0) {\n  insert into users\n  values { $age }\n}\n");
    assert_eq!(found.items[0].insert, "age: integer?");
    assert_eq!(labels("query q($0)"), Vec::<String>::new());
    // What is written in backticks has no place behind `$`.
    let schema = "table t {\n  id uuid @primary_key\n  `gr\u{f6}\u{df}e` text\n}\n";
    has(&format!("{schema}query q($0) {{\n  from t\n  select id\n}}\n"), &["id"], &["gr\u{f6}\u{df}e"]);
    // The type stands there already.
    let (found, _) = complete("query q(ti$0: text) {\n  from posts\n  select id\n}\n");
    assert_eq!(found.items[0].insert, "title");
    let (found, _) = complete("mutation m {\n  insert into users\n  values { em$0: \"a\" }\n}\n");
    assert_eq!(found.items[0].insert, "email");
}

#[test]
fn a_source_is_called_by_its_name() {
    first("query q {\n  from posts\n  where pos$0\n  select id\n}\n", &["posts"]);
    first("query q {\n  from posts as p\n  where p$0\n  select id\n}\n", &["p"]);
}

#[test]
fn no_value_where_one_may_be_missing() {
    first("mutation m {\n  update users\n  set age = nu$0\n  where id = $id\n}\n", &["null"]);
    has("mutation m(id: uuid) {\n  update users\n  set email = $0\n  where id = $id\n}\n", &["$id"], &["null"]);
    has("mutation m {\n  insert into users\n  values { age: $0 }\n}\n", &["null"], &[]);
    has("query q {\n  from users\n  where age = $0\n  select id\n}\n", &["age"], &["null"]);
}

#[test]
fn a_list_goes_on_in_the_next_line() {
    has("query q {\n  from posts\n  select id,\n    $0\n}\n", &["title", "author"], &["where", "limit"]);
    has("query q {\n  from posts\n  select\n    $0\n}\n", &["title", "author"], &[]);
    has("query q {\n  from posts\n  where id = 1\n  $0\n}\n", &["select", "where"], &["title"]);
}

#[test]
fn rows_are_read_from_the_sources_of_an_insert_alone() {
    let text = "mutation m {\n  insert into posts\n  from users\n  where $0\n  select id\n}\n";
    has(text, &["email", "users"], &["title", "views"]);
    let text = "mutation m {\n  insert into posts\n  from users\n  select title: email, $0\n}\n";
    has(text, &["email", "views:", "state:"], &["title:", "views"]);
    let text = "mutation m {\n  insert into posts\n  from users\n  select title: email\n  returning $0\n}\n";
    has(text, &["title", "views"], &["email"]);
}

#[test]
fn parameters_behind_the_sign() {
    let text = "query q(mail: text, least: integer) {\n  from users\n  where email = $$0\n  select id\n}\n";
    first(text, &["mail", "least"]);
    first("query q(mail: text, least: integer) {\n  from users\n  limit $0\n  select id\n}\n", &["$least"]);
    assert_eq!(labels("query q(mail: text) {\n  from users\n  limit $0\n  select id\n}\n"), Vec::<String>::new());
    first("query q(id: uuid, email: text) {\n  from users\n  where email = $0\n  select id\n}\n", &["$email", "$id"]);
    first("query q(id: uuid) {\n  from users\n  where $0\n  select id\n}\n", &["id", "email"]);
    first("query q(mail: te$0) {\n}\n", &["text"]);
    has("mutation m(rows: $0) {\n}\n", &["users", "uuid"], &[]);
}

#[test]
fn columns_that_a_mutation_writes() {
    first("mutation m {\n  insert into users\n  values { $0 }\n}\n", &["id", "email", "age"]);
    let (found, _) = complete("mutation m {\n  insert into users\n  values { em$0 }\n}\n");
    assert_eq!(found.items[0].insert, "email: ");
    first("mutation m {\n  insert into posts\n  values { state: $0 }\n}\n", &["draft", "published"]);
    first("mutation m {\n  update posts\n  set $0\n  where true\n}\n", &["id", "user_id"]);
    first("mutation m {\n  update posts\n  set state = $0\n  where true\n}\n", &["draft"]);
    first(
        "mutation m {\n  insert into users\n  values { id: uuid() }\n  on_conflict($0) do nothing\n}\n",
        &["id", "email"],
    );
}

#[test]
fn codes_in_comments() {
    first("table t { // $0\n}\n", &["orm-allow"]);
    let found = labels("table t { // orm-allow PERF$0\n}\n");
    assert!(found.iter().any(|it| it == "PERF003") && !found.iter().any(|it| it == "ORM010"), "{found:?}");
    assert_eq!(labels("table t { // orm-allow PERF003: bec$0\n}\n"), Vec::<String>::new());
}

#[test]
fn nothing_in_texts_names_and_numbers() {
    assert_eq!(labels("table t {\n  a text = \"te$0xt\"\n}\n"), Vec::<String>::new());
    assert_eq!(labels("table $0 {\n}\n"), Vec::<String>::new());
    assert_eq!(labels("table t {\n  a integer = 1$0\n}\n"), Vec::<String>::new());
}

#[test]
fn the_word_is_replaced_and_its_end_can_be_kept() {
    let (found, text) = complete("table t {\n  a te$0xt\n}\n");
    let item = found.items.iter().find(|it| it.label == "text").unwrap();
    assert_eq!((&text[item.replace.clone()], &text[item.before.clone()]), ("text", "te"));
}

#[test]
fn documentation_is_that_of_the_hover() {
    let (analysis, fixture) =
        analysis(&format!("//- a.orm\n{SCHEMA}//- b.orm\nquery q {{\n  from users\n  select em$0\n}}\n"));
    let cursor = fixture.cursor();
    let item = analysis.completion(&cursor.path, cursor.offset, None).unwrap().items.remove(0);
    let shown = analysis.completion_documentation(item.key.as_deref().unwrap()).unwrap().unwrap();
    assert!(shown.starts_with("```orm\nusers.email  text\n```"), "{shown}");
    for key in [
        "type:uuid",
        "attribute:unique",
        "function:now",
        "rule:PERF003",
        "argument:references.on_delete",
        "enum:State",
        "value:State.draft",
    ] {
        assert!(analysis.completion_documentation(key).unwrap().is_some(), "{key}");
    }
    assert_eq!(analysis.completion_documentation("table:none").unwrap(), None);
}

#[test]
fn every_place_of_a_text_has_an_answer() {
    let query = "query q(a: text = \"x\") : many {\n  with w { from users select id }\n  from posts as p\n  left_join users on \
                 users.id = p.user_id and p.state in (draft)\n  where? p.title = $a or exists { from users where id = \
                 p.user_id select id }\n  select p.id, author { email, posts(limit: 3) { id } }\n}\n";
    let text = format!("{SCHEMA}{query}");
    let (analysis, _) = analysis(&text);
    for offset in 0..=text.len() {
        analysis.completion("schema.orm", offset, None).unwrap();
    }
    for end in 0..=text.len() {
        let (analysis, _) = crate::testing::analysis(&text[..end]);
        analysis.completion("schema.orm", end, None).unwrap();
    }
}

#[test]
fn a_reference_brings_the_index_that_its_column_lacks() {
    let index = |text: &str| {
        let (found, text) = complete(text);
        let edit = found.items.into_iter().find(|it| it.label == "users.id").expect("the key").index;
        edit.map(|it| (text[it.range.start..].starts_with('}'), it.replacement))
    };
    let users = "table users {\n  id  uuid  @primary_key\n}\n";
    let with =
        |line: &str, item: &str| format!("{users}table posts {{\n  id  uuid  @primary_key\n  {line}\n{item}}}\n");
    let bare = with("user_id  uuid  @references($0)", "");
    assert_eq!(index(&bare), Some((true, "\n  index(user_id)\n".to_owned())));
    let half = with("user_id  uuid  @references(us$0", "\n  index(id)\n");
    assert_eq!(index(&half), Some((true, "  index(user_id)\n".to_owned())));
    assert_eq!(index(&with("user_id  uuid  @references($0)", "\n  index(user_id, id)\n")), None);
    assert_eq!(index(&with("user_id  uuid  @unique  @references($0)", "")), None);
}

/// A line in the place where lines of this kind stand.
fn in_table(line: &str) -> String {
    format!("table t {{\n  id uuid @primary_key\n  amount bigint\n  {line}\n}}\n")
}

fn in_query(line: &str) -> String {
    format!("query q(mail: text, most: integer) {{\n  from users\n  {line}\n}}\n")
}

fn in_mutation(line: &str) -> String {
    format!("mutation m(mail: text) {{\n  {line}\n}}\n")
}

#[test]
fn a_list_comes_behind_a_space_where_something_must_follow() {
    let cases = [
        (in_table("email $0"), "text"),
        (in_table("email $0// of the owner"), "text"),
        (in_table("größe $0"), "integer"),
        (in_table("state State = $0"), "draft"),
        (in_table("size bigint @generated(amount + $0)"), "amount"),
        (in_table("user_id uuid @references(users.id, $0"), "on_delete:"),
        (in_table("user_id uuid @references(users.id, on_delete: $0)"), "cascade"),
        (in_table("index(id, $0)"), "amount"),
        (in_table("index(id, where: $0)"), "amount"),
        (in_table("index(id, storing: [id, $0])"), "amount"),
        (in_table("check(amount = $0"), "amount"),
        (in_table("check(amount > 0 and $0)"), "amount"),
        (in_table("check(amount in (1, $0"), "amount"),
        (in_table("... $0"), "Times"),
        ("raw $0".to_owned(), "postgres"),
        ("enum E : $0".to_owned(), "text"),
        ("view v = $0".to_owned(), "sql"),
        ("query q(mail: $0)".to_owned(), "text"),
        ("query q(mail: text, state: State = $0)".to_owned(), "draft"),
        ("query q : $0".to_owned(), "many"),
        ("query q {\n  from $0\n}\n".to_owned(), "users"),
        ("query q {\r\n  from $0\r\n}\r\n".to_owned(), "users"),
        (in_query("select $0"), "email"),
        (in_query("select id, $0"), "email"),
        (in_query("select distinct $0"), "email"),
        (in_query("select id, shown: $0"), "email"),
        (in_query("select id, posts { $0 }"), "title"),
        (in_query("select id, posts { id, $0 }"), "title"),
        (in_query("select id, posts(where: $0) { id }"), "title"),
        (in_query("select id, posts(where: $0)"), "title"),
        (in_query("select age * $0"), "age"),
        (in_query("select n: count(posts, $0"), "where:"),
        (in_query("join $0"), "posts"),
        (in_query("join posts $0"), "on"),
        (in_query("join posts as p $0"), "on"),
        (in_query("join posts on $0"), "email"),
        (in_query("cross_join $0"), "posts"),
        (in_query("where $0"), "email"),
        (in_query("where? $0"), "email"),
        (in_query("where email = $0"), "$mail"),
        (in_query("where age = 1 and $0"), "email"),
        (in_query("where not $0"), "email"),
        (in_query("where id in { from posts select $0"), "user_id"),
        (in_query("where id in { $0 }"), "from"),
        (in_query("where (age > 1 or $0)"), "email"),
        (in_query("having $0"), "email"),
        (in_query("group_by email, $0"), "age"),
        (in_query("order_by $0"), "email"),
        (in_query("order_by email desc, $0"), "age"),
        (in_query("order_by email nulls $0"), "first"),
        (in_query("limit $0"), "$most"),
        (in_query("for $0"), "update"),
        (in_query("select id, n: age as $0"), "bigint"),
        (in_query("where age is $0"), "null"),
        (in_query("where age is not $0"), "null"),
        (in_query("where age not $0"), "in"),
        (in_mutation("insert $0"), "into"),
        (in_mutation("insert into $0"), "users"),
        (in_mutation("update $0"), "users"),
        (in_mutation("update users\n  set $0"), "email"),
        (in_mutation("update users\n  set email = $0"), "$mail"),
        (in_mutation("update users\n  set email = $$mail, $0"), "age"),
        (in_mutation("delete $0"), "from"),
        (in_mutation("delete from $0"), "users"),
        (in_mutation("insert into users\n  values { $0 }"), "email"),
        (in_mutation("insert into users\n  values { id: uuid(), $0"), "email"),
        (in_mutation("insert into posts\n  values { state: $0"), "draft"),
        (in_mutation("insert into users\n  values { id: uuid() }\n  on_conflict(id) $0"), "do nothing"),
        (in_mutation("insert into users\n  values { id: uuid() }\n  on_conflict(id) do $0"), "nothing"),
        (in_mutation("insert into users\n  values { id: uuid() }\n  on_conflict(id) do update $0"), "set"),
        (in_mutation("insert into users\n  values { id: uuid() }\n  on_conflict(id) do update set $0"), "email"),
        (in_mutation("insert into users\n  values { id: uuid() }\n  returning $0"), "email"),
    ];
    let missing = cases.iter().map(|(text, wanted)| (text, wanted, behind_space(text)));
    let missing: Vec<_> = missing.filter(|(_, wanted, found)| !found.iter().any(|it| it == **wanted)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_list_comes_behind_a_space_where_the_line_may_end() {
    let cases = [
        " $0".to_owned(),
        "table $0".to_owned(),
        "table t $0".to_owned(),
        "table t { $0".to_owned(),
        "enum E { $0".to_owned(),
        "enum E { a, $0 }".to_owned(),
        "query q $0".to_owned(),
        "query q($0".to_owned(),
        "query q(a: text $0".to_owned(),
        "query q(a: text, $0)".to_owned(),
        "query q { $0".to_owned(),
        "raw postgres $0".to_owned(),
        in_table("$0"),
        in_table("email $0 text"),
        in_table("email text $0"),
        in_table("email text? $0"),
        in_table("email text[] $0"),
        in_table("email text = \"a\" $0"),
        in_table("email text = lower( $0"),
        in_table("email text @ $0"),
        in_table("email text @unique $0"),
        in_table("...Times $0"),
        in_table("index(id $0"),
        in_table("index(id) $0"),
        in_table("index(\n    $0\n  )"),
        in_table("check(amount $0"),
        in_table("// email $0"),
        in_table("/// email $0"),
        in_table("email text = \"a $0\""),
        in_query("$0"),
        in_query("where email = $0 $$mail"),
        in_query("where email = $$mail $0"),
        in_query("where email = 'a $0"),
        in_query("select * $0"),
        in_query("select users.* $0"),
        in_query("select id $0"),
        in_query("select id, posts $0"),
        in_query("order_by id $0"),
        in_query("limit 10 $0"),
        in_query("for update $0"),
        in_query("with $0"),
        in_query("cross_join posts $0"),
        in_query("join posts as $0"),
        in_query("join posts on id = user_id $0"),
        "query q {\n  from users $0\n}\n".to_owned(),
        "query q {\n  from users as $0\n}\n".to_owned(),
        in_mutation("update users $0"),
        in_mutation("insert into users $0"),
        in_mutation("insert into users\n  values $0"),
        in_mutation("insert into users\n  on_conflict(id) do nothing $0"),
    ];
    let surplus: Vec<_> = cases.iter().map(|text| (text, behind_space(text))).filter(|it| !it.1.is_empty()).collect();
    assert!(surplus.is_empty(), "{surplus:#?}");
}

#[test]
fn words_that_go_on_with_an_expression() {
    let of = |text: &str| labels(&in_query(text));
    assert_eq!(of("where age is $0"), ["null", "not null"]);
    assert_eq!(of("where age is not $0"), ["null"]);
    assert_eq!(of("where age not $0"), ["in", "like", "ilike", "between"]);
    first(&in_query("where case $0"), &["id", "email"]);
    first(&in_query("where case when age > 1 $0"), &["then", "and"]);
    first(&in_query("where case when age > 1 then true $0"), &["when", "else", "end"]);
    first(&in_query("where case when age > 1 then true else (case when true then 1 end) $0"), &["end"]);
    first(&in_query("where case when age > 1 then true end $0"), &["and"]);
    first(&in_query("select adult: age > 1 and $0"), &["id", "email", "age"]);
    first(&in_query("select id, posts { long: title like $0 }"), &["id", "user_id"]);
    assert_eq!(of("order_by age desc $0"), ["nulls first", "nulls last"]);
    assert_eq!(of("order_by age nulls $0"), ["first", "last"]);
    assert_eq!(of("order_by age nulls first $0"), Vec::<String>::new());
    assert_eq!(of("join posts as p $0"), ["on"]);
    assert_eq!(of("for update $0"), ["skip_locked", "nowait"]);
}

#[test]
fn a_mutation_writes_tables_and_whole_rows() {
    let view = "view busy {\n  from users\n  select id\n}\n";
    for line in ["insert into $0", "update $0"] {
        has(&format!("{view}{}", in_mutation(line)), &["users", "posts"], &["busy"]);
    }
    let rows = "mutation m(mail: text, rows: users[]) {\n  insert into users\n  values $0\n}\n";
    assert_eq!(labels(rows), ["$rows"]);
    first(
        "mutation m(age: integer, email: text) {\n  insert into users\n  values { email: $0 }\n}\n",
        &["$email", "$age"],
    );
}

#[test]
fn values_are_converted_to_types_without_a_size() {
    let offered = labels(&in_query("select x: age as $0"));
    assert_eq!(offered.len(), 11, "{offered:?}");
    for name in offered {
        let text = format!("table t {{\n  id uuid @primary_key\n  check((id as {name}) is null)\n}}\n");
        let (analysis, _) = analysis(&text);
        let found = analysis.diagnostics("schema.orm").unwrap();
        assert!(found.iter().all(|it| !it.message().contains("cuts or refuses")), "{name}");
    }
}

#[test]
fn attributes_of_values_of_an_enum() {
    first("enum E {\n  a $0\n  b\n}\n", &["@was", "@deprecated"]);
    assert_eq!(labels("enum E { $0 }\n"), Vec::<String>::new());
}

#[test]
fn a_name_in_backticks_is_completed_in_them() {
    let column = |item: &str| {
        let text = format!("table t {{\n  id  uuid  @primary_key\n  `größe`  text\n  {item}\n}}\n");
        let (found, text) = complete(&text);
        let item = found.items.first().expect("an item").clone();
        let mut after = text.clone();
        after.replace_range(item.replace, &item.insert);
        after.lines().rev().nth(1).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(column("index(`grö$0`)"), "index(`größe`)");
    assert_eq!(column("index(`grö$0)"), "index(`größe`)");
    assert_eq!(column("index(`$0`)"), "index(`id`)");
    assert_eq!(column("check(`größe` = `grö$0`)"), "check(`größe` = `größe`)");
    assert_eq!(column("check(grö$0)"), "check(`größe`)");
    assert_eq!(labels("query q {\n  from `us$0`\n}\n"), ["users"]);
}

#[test]
fn aggregates_where_many_rows_make_one_value() {
    let query = |clauses: &str| format!("query q {{\n  from posts\n  {clauses}\n}}\n");
    first(&query("select n: cou$0"), &["count", "count_distinct"]);
    has(&query("group_by state\n  having $0\n  select state"), &["count", "sum", "avg", "min", "max"], &[]);
    has(&query("where $0\n  select id"), &[], &["count", "sum"]);
    has(&query("select n: sum($0)"), &["views"], &["where:"]);
    first("query q {\n  from users\n  select n: count(posts, $0)\n}\n", &["where:"]);
    has("query q {\n  from users\n  select n: count(posts, $0)\n}\n", &[], &["limit:"]);
    let (found, _) = complete(&query("select n: cou$0"));
    let key = found.items[0].key.as_deref();
    assert_eq!(key, Some("aggregate:count"));
    let (analysis, _) = analysis("table t {\n}\n");
    for (key, shown) in [
        ("aggregate:count", "`COUNT`"),
        ("clause:on_conflict", "`ON CONFLICT"),
        ("rule:ORM071", "# ORM071 default-null\n"),
        ("argument:relation.limit", "At most"),
    ] {
        let documentation = analysis.completion_documentation(key).unwrap().unwrap_or_default();
        assert!(documentation.contains(shown), "{key}: {documentation}");
    }
}

#[test]
fn values_on_an_update_are_those_of_a_default() {
    first("table t {\n  at  timestamptz = now()  @on_update(n$0)\n}\n", &["now"]);
    first("table t {\n  state  State  @on_update($0)\n}\n", &["draft", "published"]);
    has("table t {\n  name  text\n  code  text = upper($0)\n}\n", &["lower"], &["name", "code"]);
    has("table t {\n  name  text  @check(upper($0))\n}\n", &["lower", "name"], &[]);
}
