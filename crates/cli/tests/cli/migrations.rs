//! `orm migrate`: from the schema to databases and back.

use std::fs;

use orm_testkit::databases::{self, TestDatabase};

use crate::support::{Folder, Run};

const USERS: &str = "table users {\n  id  uuid = uuid()  @primary_key\n  email  text  @unique\n}\n";
const POSTS: &str = "\ntable posts {\n  id  uuid = uuid()  @primary_key\n  user_id  uuid  @references(users.id)\n}\n";

/// Runs `orm migrate …` on a database.
fn migrate(folder: &Folder, database: &TestDatabase, arguments: &[&str]) -> Run {
    let url = database.url_text();
    let arguments = [&["migrate"], arguments, &["--url", &url]].concat();
    folder.run(folder.command(&arguments).envs(database.environment()))
}

/// A project with one migration.
fn project() -> Folder {
    let folder = Folder::with_schema(USERS);
    let run = folder.orm(&["migrate", "create", "start"]);
    assert_eq!(run.code, 0, "{run}");
    folder
}

/// The names of the migrations, without `.sql`.
fn names(folder: &Folder) -> Vec<String> {
    let files = fs::read_dir(folder.path().join("orm-migrations")).unwrap();
    let mut names: Vec<_> = files.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| name.strip_suffix(".sql").unwrap().to_owned()).collect()
}

#[test]
fn every_database_goes_up_and_down() {
    for database in databases::all() {
        let folder = project();
        folder.write("app.orm", format!("{USERS}{POSTS}"));
        assert_eq!(folder.orm(&["migrate", "create", "posts"]).code, 0);
        let [start, posts] = names(&folder).try_into().unwrap();

        let run = migrate(&folder, &database, &["latest"]);
        assert_eq!((run.code, run.stdout), (0, format!("applied {start}\napplied {posts}\n")), "{}", run.stderr);
        let run = migrate(&folder, &database, &["latest"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, "nothing is pending\n"), "{}", run.stderr);
        assert_eq!(migrate(&folder, &database, &["status"]).code, 0);

        let run = migrate(&folder, &database, &["down"]);
        assert_eq!((run.code, run.stdout), (0, format!("took back {posts}\n")), "{}", run.stderr);
        let run = migrate(&folder, &database, &["status", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!((run.code, &json["up_to_date"]), (1, &false.into()));
        assert_eq!(json["applied"][0]["name"], *start);
        assert_eq!(json["pending"][0]["name"], *posts);

        let run = migrate(&folder, &database, &["down", "--steps", "5"]);
        assert_eq!((run.code, run.stdout), (0, format!("took back {start}\n")), "{}", run.stderr);
        let run = migrate(&folder, &database, &["down"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, "nothing is applied\n"), "{}", run.stderr);
    }
}

#[test]
fn without_a_word_it_is_the_embedded_database() {
    let folder = project();
    let run = folder.orm(&["migrate", "latest"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.starts_with("Database: pglite:.orm/pglite (from the project's embedded database)\n"), "{run}");
    assert!(run.stderr.contains("(2 statements)"), "{run}");
    assert!(folder.has(".orm/pglite"));
}

#[test]
fn changes_that_no_migration_has_are_told() {
    let folder = project();
    assert!(!folder.orm(&["migrate", "latest"]).stderr.contains("orm migrate create"));
    folder.write("app.orm", format!("{USERS}{POSTS}"));
    let run = folder.orm(&["migrate", "latest"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "nothing is pending\n"), "{run}");
    assert!(run.stderr.contains("`orm migrate create NAME` writes them"), "{run}");
    std::fs::remove_file(folder.path().join("app.orm")).unwrap();
    assert_eq!(folder.orm(&["migrate", "latest"]).code, 0, "migrations run without the schema");
}

#[test]
fn a_dry_run_prints_and_changes_nothing() {
    let folder = project();
    let [start] = names(&folder).try_into().unwrap();
    let run = folder.orm(&["migrate", "latest", "--dry-run"]);
    assert!(run.stdout.starts_with(&format!("-- {start}, up\nCREATE TABLE \"users\" (")), "{run}");
    assert_eq!(folder.orm(&["migrate", "status", "--quiet"]).stdout, format!("pending   {start}\n"));
}

#[test]
fn nothing_changed_writes_nothing() {
    let folder = project();
    let before = names(&folder);
    insta::assert_snapshot!(folder.orm(&["migrate", "create", "again"]), @r"
    exit 0
    --- stdout
    nothing changed
    --- stderr
    ");
    assert_eq!(names(&folder), before);
}

#[test]
fn what_loses_data_must_be_asked_for() {
    let folder = project();
    folder.write("app.orm", "table users {\n  id  uuid = uuid()  @primary_key\n}\n");
    insta::assert_snapshot!(folder.orm(&["migrate", "create", "less"]), @r"
    exit 1
    --- stdout
    --- stderr
    error: this migration would lose data:
      drops column email of table users
    help: if you mean it, add --accept-data-loss; a renamed table or column is one dropped and one added, unless `@was(old_name)` says so
    ");
    assert_eq!(names(&folder).len(), 1);
    let run = folder.orm(&["migrate", "create", "less", "--accept-data-loss"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.contains("Loses data: drops column email of table users"), "{run}");
}

#[test]
fn an_empty_migration_is_for_sql_by_hand() {
    let folder = project();
    let run = folder.orm(&["migrate", "create", "backfill", "--empty"]);
    assert_eq!(run.code, 0, "{run}");
    let name = names(&folder).pop().unwrap();
    assert!(name.ends_with("-backfill"), "{name}");
    assert!(!folder.read(&format!("orm-migrations/{name}.sql")).contains("CREATE"));
}

#[test]
fn a_name_without_letters_is_a_usage_error() {
    let run = Folder::with_schema(USERS).orm(&["migrate", "create", "!!!"]);
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn a_statement_that_the_database_refuses_is_shown() {
    let folder = project();
    let [start] = names(&folder).try_into().unwrap();
    let file = format!("orm-migrations/{start}.sql");
    folder.write(
        &file,
        folder.read(&file).replace("ADD CONSTRAINT \"uq_users_email\"", "ADD CONSTRANT \"uq_users_email\""),
    );
    let run = folder.orm(&["migrate", "latest"]);
    assert_eq!(run.code, 3, "{run}");
    insta::with_settings!({filters => vec![(r"\d{14}-", "TIME-")]}, {
        insta::assert_snapshot!(run, @r#"
        exit 3
        --- stdout
        --- stderr
        Database: pglite:.orm/pglite (from the project's embedded database)
        Applying TIME-start (2 statements)
        error: orm-migrations/TIME-start.sql:11:59: statement 2 of 2 failed: syntax error at or near "(" [42601]
          |
        1 | ALTER TABLE "users" ADD CONSTRANT "uq_users_email" UNIQUE ("email")
          |                                                           ^
        help: nothing of this migration is in effect: edit the file, then run `orm migrate latest` again
        "#);
    });
}

#[test]
fn an_edited_migration_is_drift() {
    let folder = project();
    let [start] = names(&folder).try_into().unwrap();
    assert_eq!(folder.orm(&["migrate", "latest"]).code, 0);
    let file = format!("orm-migrations/{start}.sql");
    folder.write(&file, folder.read(&file).replace("\"email\" TEXT NOT NULL", "\"email\" TEXT"));
    for command in ["latest", "status"] {
        assert_eq!(folder.orm(&["migrate", command]).code, 1);
    }
    let run = folder.orm(&["migrate", "latest"]);
    assert!(run.stderr.contains("edited after it was applied to this database"), "{run}");
    assert!(run.stderr.contains("help: undo the edit"), "{run}");
}

#[test]
fn a_missing_migration_file_is_drift() {
    let folder = project();
    let [start] = names(&folder).try_into().unwrap();
    assert_eq!(folder.orm(&["migrate", "latest"]).code, 0);
    fs::remove_file(folder.path().join(format!("orm-migrations/{start}.sql"))).unwrap();
    let run = folder.orm(&["migrate", "latest"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("not in the folder of migrations"), "{run}");
    let run = folder.orm(&["migrate", "status"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stdout.contains("its file is missing"), "{run}");
}

#[test]
fn a_broken_chain_is_reported_with_its_place() {
    let folder = project();
    folder.write("app.orm", format!("{USERS}{POSTS}"));
    assert_eq!(folder.orm(&["migrate", "create", "posts"]).code, 0);
    let [start, _] = names(&folder).try_into().unwrap();
    fs::remove_file(folder.path().join(format!("orm-migrations/{start}.sql"))).unwrap();
    let run = folder.orm(&["migrate", "latest"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains(&format!("its parent `{start}` is not in the folder")), "{run}");
}

#[test]
fn a_file_that_is_no_migration_is_named() {
    let folder = project();
    folder.write("orm-migrations/20200101000000-x.sql", b"\xFF\xFE\0");
    let run = folder.orm(&["migrate", "latest"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("20200101000000-x.sql"), "{run}");
}

#[test]
fn a_wrong_password_is_told_and_not_shown() {
    let Some(database) = databases::postgres() else { return };
    let folder = project();
    let orm_driver::DatabaseUrl::Postgres(url) = database.url() else { panic!("{database:?}") };
    let (host, port) = url.hosts().remove(0);
    let url = format!("postgres://postgres:hunter2@{host}:{}/postgres", port.unwrap());
    let run = folder.orm(&["migrate", "latest", "--url", &url]);
    assert_eq!(run.code, 3, "{run}");
    assert!(run.stderr.contains("password authentication failed"), "{run}");
    assert!(!run.to_string().contains("hunter2"), "{run}");
}

#[test]
fn a_database_that_does_not_exist_is_not_made() {
    for database in databases::all().into_iter().filter(|it| !matches!(it.url(), orm_driver::DatabaseUrl::Pglite(_))) {
        let other = database.url().with_database("orm-no-such-database");
        let other = match &other {
            orm_driver::DatabaseUrl::Postgres(url) => url.to_secret_string(),
            other => other.to_string(),
        };
        let folder = project();
        let run = folder.run(folder.command(&["migrate", "latest", "--url", &other]).envs(database.environment()));
        assert_eq!(run.code, 3, "{run}");
        assert!(run.stderr.contains("orm db create"), "{run}");
    }
}
