//! What is refused, and with which exit code.

use std::{fs, net::TcpListener};

use orm_testkit::databases;

use super::project::Project;

const SCHEMA: &str = "table users {\n  id  uuid  @primary_key\n}\n";

fn migrated() -> Project {
    let project = Project::new(SCHEMA);
    project.orm(&["migrate", "create", "users"]).ends_with(0);
    project
}

#[test]
fn a_server_that_is_not_there() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let project = migrated();
    let url = format!("postgres://me:secret@127.0.0.1:{port}/app");
    let run = project.orm(&["migrate", "latest", "--url", &url]).ends_with(3);
    assert!(run.stderr.contains(&port.to_string()), "{}", run.stderr);
    assert!(!run.stderr.contains("secret") && !run.stdout.contains("secret"), "{run:?}");
}

#[test]
fn an_emulator_that_is_not_there() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let project = migrated();
    let mut command = project.command(&["migrate", "latest", "--url", "spanner://p/i/d"]);
    let output = command.env("SPANNER_EMULATOR_HOST", format!("127.0.0.1:{port}")).output().unwrap();
    super::project::Run::of(output).ends_with(3);
}

#[test]
fn a_wrong_password() {
    let Some(database) = databases::postgres() else { return };
    let project = migrated();
    let url = database.url_text();
    let (scheme, rest) = url.split_once("://").unwrap();
    let (credentials, rest) = rest.split_once('@').unwrap();
    let user = credentials.split(':').next().unwrap();
    let run = project.orm(&["migrate", "latest", "--url", &format!("{scheme}://{user}:wr0ng@{rest}")]).ends_with(3);
    assert!(run.stderr.contains("password"), "{}", run.stderr);
    assert!(!run.stderr.contains("wr0ng") && !run.stdout.contains("wr0ng"), "{run:?}");
}

#[test]
fn a_missing_migration_file() {
    for database in databases::all() {
        let project = migrated();
        project.orm_on(&database, &["migrate", "latest"]).ends_with(0);
        let file = project.migrations().remove(0);
        fs::remove_file(&file).unwrap();
        let run = project.orm_on(&database, &["migrate", "down"]).ends_with(1);
        assert!(run.stderr.contains(&*file.file_stem().unwrap().to_string_lossy()), "{}", run.stderr);
    }
}

#[test]
fn a_file_that_was_edited_after_it_ran() {
    for database in databases::all() {
        let project = migrated();
        project.orm_on(&database, &["migrate", "latest"]).ends_with(0);
        let file = project.migrations().remove(0);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("CREATE TABLE", "CREATE  TABLE IF NOT EXISTS")).unwrap();
        project.write("app.orm", &SCHEMA.replace('}', "  name  text?\n}"));
        project.orm(&["migrate", "create", "name"]).ends_with(0);
        let run = project.orm_on(&database, &["migrate", "latest"]).ends_with(1);
        assert!(run.stderr.contains("edited"), "{}", run.stderr);
    }
}

#[test]
fn a_rename_that_passes_for_drop_and_add() {
    let project = migrated();
    project.write("app.orm", &SCHEMA.replace("users", "people"));
    let run = project.orm(&["migrate", "create", "people"]).ends_with(1);
    assert!(run.stderr.contains("--accept-data-loss"), "{}", run.stderr);
    assert_eq!(project.migrations().len(), 1);
    project.orm(&["migrate", "create", "people", "--accept-data-loss"]).ends_with(0);
    assert_eq!(project.migrations().len(), 2);
}

#[test]
fn nothing_to_do_writes_no_file() {
    let project = migrated();
    project.orm(&["migrate", "create", "again"]).ends_with(0);
    assert_eq!(project.migrations().len(), 1);
}
