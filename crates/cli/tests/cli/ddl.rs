//! `orm ddl`.

use crate::support::Folder;

const USERS: &str = "table users {\n  id  bigint  @primary_key\n  name  text?\n}\n";

#[test]
fn it_prints_the_statements_of_a_dialect() {
    let folder = Folder::with_schema(USERS);
    let run = folder.orm(&["ddl", "--dialect", "postgres"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(run.stdout, "CREATE TABLE \"users\" (\n  \"id\" BIGINT NOT NULL PRIMARY KEY,\n  \"name\" TEXT\n);\n");
    let run = folder.orm(&["ddl", "--dialect", "spanner"]);
    assert_eq!(run.stdout, "CREATE TABLE users (\n  id INT64 NOT NULL,\n  name STRING(MAX)\n) PRIMARY KEY (id);\n");
}

#[test]
fn it_writes_a_file_when_asked_to() {
    let folder = Folder::with_schema(USERS);
    let printed = folder.orm(&["ddl", "-d", "spanner"]).stdout;
    let run = folder.orm(&["ddl", "-d", "spanner", "-o", "out.sql"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.lines().last()), (0, "", Some("Wrote out.sql.")));
    assert_eq!(folder.read("out.sql"), printed);
    let run = folder.orm(&["ddl", "-d", "spanner", "-o", "none/out.sql"]);
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn the_dialect_may_be_left_out_where_there_is_one() {
    let folder = Folder::with_schema(USERS);
    assert_eq!(folder.orm(&["ddl"]).code, 2);
    folder.write("orm.toml", "[targets]\nspanner = true\n");
    assert!(folder.orm(&["ddl"]).stdout.starts_with("CREATE TABLE users ("));
    insta::assert_snapshot!(folder.orm(&["ddl", "--dialect", "postgres"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: PostgreSQL is no target of this project
    help: add `postgres = true` to `[targets]` in orm.toml
    ");
}

#[test]
fn a_schema_with_an_error_has_no_ddl() {
    let folder = Folder::with_schema("table users {\n  id  bgint  @primary_key\n}\n");
    insta::assert_snapshot!(folder.orm(&["ddl", "-d", "postgres"]), @r"
    exit 1
    --- stdout
    --- stderr
    error[ORM010]: there is no type `bgint`
     --> app.orm:2:7
      |
    2 |   id  bgint  @primary_key
      |       ^^^^^
      |
      = help: did you mean `bigint`?

    error: the schema has 1 error
    ");
}
