//! `orm sql` and `orm run`.

use crate::support::Folder;

const SCHEMA: &str = r#"
table users {
  id     bigint  @primary_key
  email  text    @unique
  name   text?
}

query find_users(ids: bigint[], name: text?, max: integer = 10) {
  from users
  where id in $ids
  where? name = $name
  order_by id
  limit $max
  select id, email, name
}

query user(id: bigint) : one {
  from users
  where id = $id
  select email
}

mutation add_users(rows: users[]) : exec {
  insert into users
  values $rows
}

mutation put_user(id: bigint, email: text) : optional {
  insert into users
  values { $id, $email }
  on_conflict(id) do update set email = excluded.email
  returning id, email
}
"#;

#[test]
fn sql_is_shown_for_each_target() {
    let folder = Folder::with_schema(SCHEMA);
    insta::assert_snapshot!(folder.orm(&["sql", "find_users"]));
    insta::assert_snapshot!(folder.orm(&["sql", "put_user", "--dialect", "spanner"]));
    insta::assert_snapshot!(folder.orm(&["sql", "add_users", "-d", "postgres"]));
    let run = folder.orm(&["sql", "find_users", "-d", "postgres", "--absent", "name"]);
    assert!(run.code == 0 && !run.stdout.contains("\"name\" ="), "{run}");
}

#[test]
fn slips_of_sql_are_answered() {
    let folder = Folder::with_schema(SCHEMA);
    insta::assert_snapshot!(folder.orm(&["sql", "find_user"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: there is no query or mutation `find_user`
    help: did you mean `find_users`?
    ");
    insta::assert_snapshot!(folder.orm(&["sql", "find_users", "--absent", "nam"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `find_users` has no parameter `nam`
    help: did you mean `name`?
    ");
    insta::assert_snapshot!(folder.orm(&["sql", "find_users", "--absent", "ids"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `ids` of `find_users` is never absent
    help: it is bigint[]; one that may be absent is declared with `?`
    ");
}

#[test]
fn queries_run_on_the_embedded_database() {
    let folder = Folder::with_schema(SCHEMA);
    assert_eq!(folder.orm(&["migrate", "create", "first"]).code, 0);
    assert_eq!(folder.orm(&["migrate", "latest"]).code, 0);
    let rows = r#"rows=[{"id": 1, "email": "ada@x", "name": "Ada"}, {"id": 2, "email": "line\nbreak"}]"#;
    insta::assert_snapshot!(folder.orm(&["run", "add_users", "--param", rows]), @r"
    exit 0
    --- stdout
    2 rows changed
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    ");
    insta::assert_snapshot!(folder.orm(&["run", "find_users", "-p", "ids=[1, 2, 3]"]), @r"
    exit 0
    --- stdout
    ┌────┬───────┬──────┐
    │ id ┆ email ┆ name │
    ╞════╪═══════╪══════╡
    │ 1  ┆ ada@x ┆ Ada  │
    │ 2  ┆ line  ┆ NULL │
    │    ┆ break ┆      │
    └────┴───────┴──────┘
    2 rows
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    ");
    insta::assert_snapshot!(folder.orm(&["run", "find_users", "-p", "ids=[1, 2]", "-p", "name=Ada", "--format", "json"]), @r#"
    exit 0
    --- stdout
    {"id":1,"email":"ada@x","name":"Ada"}
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    "#);
    insta::assert_snapshot!(folder.orm(&["run", "put_user", "-p", "id=1", "-p", "email=new"]), @r"
    exit 0
    --- stdout
    ┌────┬───────┐
    │ id ┆ email │
    ╞════╪═══════╡
    │ 1  ┆ new   │
    └────┴───────┘
    1 row
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    1 row changed.
    ");
    insta::assert_snapshot!(folder.orm(&["run", "user", "-p", "id=7"]), @r"
    exit 1
    --- stdout
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    error: `user` gives one row, and found 0
    ");
    insta::assert_snapshot!(folder.orm(&["run", "put_user", "-p", "id=1", "-p", "email=line\nbreak"]), @r#"
    exit 3
    --- stdout
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    error: duplicate key value violates unique constraint "uq_users_email" [23505]
      |
    1 | INSERT INTO "users" AS "users" ("id", "email")
    2 | VALUES ($1::bigint, $2::text)
    3 | ON CONFLICT ("id") DO UPDATE SET "email" = "excluded"."email"
    4 | RETURNING
    5 |   "users"."id" AS "id",
    6 |   "users"."email" AS "email"
      |
      Key (email)=(line
      break) already exists.
    "#);
}

#[test]
fn slips_of_run_are_answered_before_the_database_is_asked() {
    let folder = Folder::with_schema(SCHEMA);
    insta::assert_snapshot!(folder.orm(&["run", "user"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `user` needs `id`, bigint
    help: --param id=VALUE gives it
    ");
    insta::assert_snapshot!(folder.orm(&["run", "user", "-p", "id=one"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `id` is bigint, which `one` is not: write a whole number of at most 64 bits
    ");
    insta::assert_snapshot!(folder.orm(&["run", "user", "-p", "key=1"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `user` has no parameter `key`
    help: it has id
    ");
    insta::assert_snapshot!(folder.orm(&["run", "user", "-p", "id=1", "-p", "id=2"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `id` is given twice
    help: several values are one array: --param 'id=[1, 2]'
    ");
    insta::assert_snapshot!(folder.orm(&["run", "user", "-p", "id"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'id' for '--param <NAME=VALUE>': write it as NAME=VALUE

    For more information, try '--help'.
    ");
    let wrong = r#"rows=[{"id": 1, "mail": "x"}]"#;
    insta::assert_snapshot!(folder.orm(&["run", "add_users", "-p", wrong]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `rows[0]` has `mail`, which is no column of `users` that can be written
    ");
}
