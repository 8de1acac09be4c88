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
    let found = analysis.completion(&cursor.path, cursor.offset).unwrap();
    (found, fixture.text(&cursor.path).to_owned())
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
    let (found, _) = complete("tab$0");
    assert!(found.items[0].snippet.as_deref().is_some_and(|it| it.starts_with("table ${1:name} {\n")));
}

#[test]
fn items_and_mixins_at_the_beginning_of_a_line() {
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
fn parameters_behind_the_sign() {
    let text = "query q(mail: text, least: integer) {\n  from users\n  where email = $$0\n  select id\n}\n";
    first(text, &["mail", "least"]);
    first("query q(mail: text, least: integer) {\n  from users\n  limit $0\n  select id\n}\n", &["$least"]);
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
    let item = analysis.completion(&cursor.path, cursor.offset).unwrap().items.remove(0);
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
        analysis.completion("schema.orm", offset).unwrap();
    }
    for end in 0..=text.len() {
        let (analysis, _) = crate::testing::analysis(&text[..end]);
        analysis.completion("schema.orm", end).unwrap();
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
