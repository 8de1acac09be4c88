//! What a rename edits, and what it refuses.

use orm_testkit::fixture::Fixture;

use crate::{
    rename::{RenameEdit, RenameReason},
    testing::host,
};

/// The files after a rename, or why it is refused. `migrated`: whether a migration has made the schema.
#[track_caller]
fn renamed(fixture: &str, new: &str, migrated: bool) -> Result<Vec<(String, String)>, String> {
    let fixture = Fixture::parse(fixture);
    let files: Vec<_> = fixture.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut host = host(&files);
    if migrated {
        let made = crate::testing::migration(&host.workspace().schema());
        host.set_migrations(vec![made]);
    }
    let cursor = fixture.cursor();
    let edits = host.analysis().rename(&cursor.path, cursor.offset, new).unwrap().map_err(|it| it.to_string())?;
    for RenameEdit { edit, .. } in edits.iter().rev() {
        host.workspace_mut().edit(&edit.path, edit.range.clone(), &edit.replacement);
    }
    let text = |path: &str| host.workspace().source(path).unwrap().text().to_string();
    // What was right stays right.
    for (path, _) in &fixture.files {
        let errors: Vec<_> = host.workspace().diagnostics(path);
        let errors = errors.into_iter().filter(|it| it.severity == crate::Severity::Error);
        assert_eq!(errors.map(|it| it.message).collect::<Vec<_>>(), Vec::<String>::new(), "{}", text(path));
    }
    Ok(fixture.files.iter().map(|(path, _)| (path.clone(), text(path))).collect())
}

#[track_caller]
fn check(fixture: &str, new: &str, expected: &str) {
    let text = renamed(fixture, new, false).unwrap().into_iter().map(|(_, text)| text).collect::<String>();
    assert_eq!(text, expected);
}

#[track_caller]
fn check_migrated(fixture: &str, new: &str, expected: &str) {
    let text = renamed(fixture, new, true).unwrap().into_iter().map(|(_, text)| text).collect::<String>();
    assert_eq!(text, expected);
}

#[track_caller]
fn refused(fixture: &str, new: &str, why: &str) {
    assert_eq!(renamed(fixture, new, false).unwrap_err(), why);
}

const USERS: &str = "table users {\n  id  uuid  @primary_key\n  email  text  @unique\n}\n";
const POSTS: &str = "table posts {\n  id  uuid  @primary_key\n  user_id  uuid  @references(users.id)\n  title  text\n  \
                     index(user_id)\n}\n";
const QUERY: &str = "query q(email: text) {\n  from posts\n  where user_id = user_id\n  order_by id\n  select id, title, \
                     user { id, email, posts { title } }\n}\n";

fn blog(cursor: &str) -> String {
    let text = format!("{USERS}//- b.orm\n{POSTS}//- c.orm\n{QUERY}");
    let plain = cursor.replace("$0", "");
    assert_eq!(text.matches(&plain).count(), 1, "{plain} stands once");
    format!("//- a.orm\n{}", text.replace(&plain, cursor))
}

#[test]
fn a_column_is_renamed_in_keys_and_queries_and_its_relation_follows() {
    check(
        &blog("  user$0_id  uuid"),
        "author_id",
        &format!("{USERS}{POSTS}{QUERY}").replace("user_id", "author_id").replace("user {", "author {"),
    );
    check(
        &blog("em$0ail  text"),
        "mail",
        &format!("{USERS}{POSTS}{QUERY}")
            .replace("email  text", "mail  text")
            .replace("id, email, posts", "id, mail, posts"),
    );
}

#[test]
fn a_table_is_renamed_with_the_relations_that_are_called_after_it() {
    check(&blog("table us$0ers"), "people", &format!("{USERS}{POSTS}{QUERY}").replace("users", "people"));
    check(&blog("table pos$0ts"), "articles", &format!("{USERS}{POSTS}{QUERY}").replace("posts", "articles"));
}

#[test]
fn a_relation_gets_a_name_of_its_own() {
    check(
        &blog("us$0er {"),
        "author",
        &format!("{USERS}{POSTS}{QUERY}").replace("users.id)", "users.id, as: author)").replace("user {", "author {"),
    );
    check(
        &blog("email, po$0sts {"),
        "articles",
        &format!("{USERS}{POSTS}{QUERY}")
            .replace("users.id)", "users.id, back: articles)")
            .replace("email, posts {", "email, articles {"),
    );
}

#[test]
fn what_a_migration_made_keeps_its_data() {
    check_migrated(
        &blog("em$0ail  text"),
        "mail",
        &format!("{USERS}{POSTS}{QUERY}")
            .replace("email  text  @unique", "mail  text  @unique @was(email)")
            .replace("id, email, posts", "id, mail, posts"),
    );
    check_migrated(
        &blog("table us$0ers"),
        "people",
        &format!("{USERS}{POSTS}{QUERY}")
            .replace("users", "people")
            .replace("table people", "table people @was(users)"),
    );
    check_migrated(
        "enum State { op$0en, done = \"finished\" }\ntable t {\n  id uuid @primary_key\n  state State = open\n}\n",
        "waiting",
        "enum State { waiting @was(open), done = \"finished\" }\ntable t {\n  id uuid @primary_key\n  state State = waiting\n}\n",
    );
    check_migrated(
        "enum State { open, do$0ne = \"finished\" }\ntable t {\n  id uuid @primary_key\n  state State = done\n}\n",
        "over",
        "enum State { open, over = \"finished\" }\ntable t {\n  id uuid @primary_key\n  state State = over\n}\n",
    );
    check_migrated(
        "mixin Base {\n  id uuid @primary_key\n  na$0me text\n}\ntable t {\n  ...Base\n}\n",
        "title",
        "mixin Base {\n  id uuid @primary_key\n  title text @was(name)\n}\ntable t {\n  ...Base\n}\n",
    );
    check_migrated(
        "table t {\n  id uuid @primary_key\n  na$0me text @db(\"n\")\n}\n",
        "title",
        "table t {\n  id uuid @primary_key\n  title text @db(\"n\")\n}\n",
    );
}

#[test]
fn parameters_keep_the_columns_that_are_written_and_columns_keep_the_parameters() {
    let text = "mutation save(id: uuid, email: text) {\n  insert into users\n  values { $id, $email }\n}\n";
    let fixture = |cursor: &str| format!("{USERS}{text}").replace(&cursor.replace("$0", ""), cursor);
    check(
        &fixture("em$0ail: text"),
        "mail",
        &format!("{USERS}{text}").replace("email: text", "mail: text").replace("$email", "email: $mail"),
    );
    check(
        &fixture("em$0ail  text"),
        "mail",
        &format!("{USERS}{text}").replace("email  text", "mail  text").replace("$email", "mail: $email"),
    );
}

#[test]
fn names_of_schemas_stay_and_names_are_quoted_where_they_have_to_be() {
    check(
        "table auth.us$0ers {\n  id uuid @primary_key\n}\ntable t {\n  id uuid @primary_key @references(auth.users.id)\n}\n",
        "people",
        "table auth.people {\n  id uuid @primary_key\n}\ntable t {\n  id uuid @primary_key @references(auth.people.id)\n}\n",
    );
    check(
        "table t {\n  id uuid @primary_key\n  na$0me text @db(\"n\") @check(name != \"\")\n}\n",
        "full-name",
        "table t {\n  id uuid @primary_key\n  `full-name` text @db(\"n\") @check(`full-name` != \"\")\n}\n",
    );
}

#[test]
fn conflicts_are_refused_with_the_reason() {
    refused(&blog("table us$0ers"), "posts", "table `posts` is there already, in b.orm");
    refused(&blog("em$0ail  text"), "id", "table `users` has the column `id` already");
    refused(
        &blog("q(em$0ail: text)"),
        "a b",
        "`a b` is no name: it begins with a letter or `_`, and has letters, digits and `_`",
    );
    refused(
        &blog("q(em$0ail: text)"),
        "gr\u{f6}\u{df}e",
        "`gr\u{f6}\u{df}e` is no name: it begins with a letter or `_`, and has letters, digits and `_`",
    );
    refused(&blog("table us$0ers"), "auth.users", "`auth.users` has a point: a rename leaves a thing in its schema");
    refused("table t {\n  id uu$0id @primary_key\n}\n", "guid", "this is a word of the language");
    refused("enum State { op$0en, done }\n", "done", "the value `done` is there already");
    let query = "table a {\n  id uuid @primary_key\n  name text\n}\ntable b {\n  id uuid @primary_key\n  title text\n}\nquery q \
                 {\n  from a\n  join b on a.id = b.id\n  order_by title\n  select name, tit$0le\n}\n";
    refused(query, "name", "in query `q`, `name` means something else already");
}

#[test]
fn rows_of_a_query_go_into_a_column_under_its_new_name() {
    let schema =
        "table a {\n  id uuid @primary_key\n  na$0me text\n}\ntable b {\n  id uuid @primary_key\n  name text\n}\n";
    let into = |target: &str, source: &str| {
        format!(
            "mutation m(name: text) {{\n  insert into {target}\n  from {source}\n  where {source}.name = $name\n  order_by name\n  \
             select id, name\n  returning name\n}}\n"
        )
    };
    let after = |text: &str| schema.replace("na$0me", "title") + text;
    check(
        &(schema.to_owned() + &into("b", "a")),
        "title",
        &after(
            &into("b", "a")
                .replace("a.name", "a.title")
                .replace("by name", "by title")
                .replace("id, name", "id, name: title"),
        ),
    );
    check(
        &(schema.to_owned() + &into("a", "b")),
        "title",
        &after(&into("a", "b").replace("id, name", "id, title: name").replace("returning name", "returning title")),
    );
    let said = "mutation m {\n  insert into a\n  from b\n  select id, name: upper(b.name)\n}\n";
    check(&(schema.to_owned() + said), "title", &after(&said.replace("name:", "title:")));
}

#[test]
fn a_relation_that_would_be_called_like_another_keeps_its_name() {
    let text = |column: &str, more: &str| {
        format!(
            "table pets {{\n  id uuid @primary_key\n  {column} uuid? @references(pets.id{more})\n}}\nquery q {{\n  from pets\n  \
             select id, parent {{ id }}, pets {{ id }}\n}}\n"
        )
    };
    check(&text("par$0ent_id", ""), "parent", &text("parent", ", as: parent"));
    check(&text("par$0ent_id", ""), "above", &text("above", ", as: parent"));
    check(&text("par$0ent_id", ""), "above_id", &text("above_id", "").replace("parent {", "above {"));
    // A name that is a word of the language stands in backticks there, too.
    let parent = text("case_id", "").replace("parent {", "`case` {");
    check(
        &parent.replace("case_id", "ca$0se_id"),
        "above",
        &parent.replace("case_id", "above").replace("id)", "id, as: `case`)"),
    );
    // The column's own old name is free.
    let text = |column: &str, relation: &str| {
        format!(
            "table users {{\n  id uuid @primary_key\n}}\ntable posts {{\n  id uuid @primary_key\n  {column} uuid @references(users.id)\n}}\n\
             query q {{\n  from posts\n  select id, {relation} {{ id }}\n}}\n"
        )
    };
    check(&text("us$0er", "users"), "user_id", &text("user_id", "user"));
}

#[test]
fn a_value_of_an_enum_is_renamed_wherever_a_query_gives_it() {
    let text = |value: &str| {
        format!(
            "enum State {{ {value}, done }}\ntable t {{\n  id uuid @primary_key\n  state State\n}}\nview v {{\n  from t\n  select id, a: \
             state, b: coalesce(t.state, state), c: case when id is null then state end\n}}\nquery q {{\n  with w {{ from v select x: v.b }}\n  \
             from v\n  join w on w.x = {0}\n  where v.a = {0} and v.c in ({0}, done)\n  select id\n}}\n",
            value.replace("$0", "")
        )
    };
    check(&text("op$0en"), "first", &text("first"));
}

#[test]
fn words_of_the_language_are_names_in_backticks() {
    let text = |column: &str, name: &str, parameter: &str| {
        format!(
            "table t {{\n  id uuid @primary_key\n  {column} integer\n}}\nquery q({parameter}: integer) {{\n  from t\n  where id in {{ from t \
             as s where s.{name} = ${parameter} select s.id }}\n  select id\n}}\n"
        )
    };
    check(&text("si$0ze", "size", "most"), "limit", &text("`limit`", "`limit`", "most"));
    check(&text("size", "size", "mo$0st").replace("$mo$0st", "$most"), "limit", &text("size", "size", "limit"));
}

#[test]
fn what_can_be_renamed_is_told_first() {
    let (analysis, fixture) = crate::testing::analysis("table auth.us$0ers {\n  id uuid @primary_key\n}\n");
    let found = analysis.prepare_rename("schema.orm", fixture.cursor().offset).unwrap().unwrap();
    assert_eq!((&fixture.text("schema.orm")[found.range], found.name.as_str()), ("users", "users"));
    assert!(analysis.prepare_rename("schema.orm", 0).unwrap().is_err());
}

#[test]
fn every_edit_says_why_it_is_made() {
    let fixture = Fixture::parse(&blog("  user$0_id  uuid"));
    let files: Vec<_> = fixture.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let cursor = fixture.cursor();
    let edits = host(&files).analysis().rename(&cursor.path, cursor.offset, "author_id").unwrap().unwrap();
    let reasons: Vec<_> = edits.iter().map(|it| (it.edit.replacement.as_str(), it.reason)).collect();
    let name = ("author_id", RenameReason::Name);
    assert_eq!(reasons, [name, name, name, name, ("author", RenameReason::Relation)]);
}

#[test]
fn keys_of_interleaved_tables_are_called_alike() {
    let tables = |owner: &str, key: &str| {
        format!(
            "table owners {{\n  {owner}  bigint  @primary_key\n}}\ntable cars {{\n  {key}  bigint\n  number  bigint\n  \
             primary_key({key}, number)\n  interleave(owners)\n}}\ntable wheels {{\n  {key}  bigint\n  number  bigint\n  place  \
             bigint\n  primary_key({key}, number, place)\n  interleave(cars)\n}}\n"
        )
    };
    check(&tables("owner$0_id", "owner_id"), "person", &tables("person", "person"));
    // From within, both ways.
    let from_child = tables("owner_id", "owner_id").replacen("cars {\n  owner_id", "cars {\n  own$0er_id", 1);
    check(&from_child, "person", &tables("person", "person"));
    // What is in no other key is renamed in the tables below only.
    let number = tables("owner_id", "owner_id").replacen("number  bigint", "num$0ber  bigint", 1);
    check(&number, "plate", &tables("owner_id", "owner_id").replace("number", "plate"));
}
