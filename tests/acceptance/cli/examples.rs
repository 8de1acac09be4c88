//! Every project under `examples`, as it stands there, by the program itself: what a newcomer copies must work.

use std::{fs, path::Path};

use orm_testkit::databases::{self, TestDatabase};

use super::project::Project;

/// The folders of the examples, by name.
fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.is_dir())
        .map(|it| it.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn copy_of(example: &str) -> Project {
    Project::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(example))
}

#[test]
fn are_right_and_formatted() {
    for example in examples() {
        let project = copy_of(&example);
        project.orm(&["check", "--deny", "warnings"]).ends_with(0);
        project.orm(&["fmt", "--check"]).ends_with(0);
        project.orm(&["generate", "rust", "--out", "generated"]).ends_with(0);
    }
}

/// Without it an editor that has the whole repository open takes all examples for one schema.
#[test]
fn are_projects_of_their_own() {
    for example in examples() {
        let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(&example).join("orm.toml");
        assert!(settings.exists(), "{example} has no orm.toml");
    }
}

#[test]
fn have_migrations_that_make_the_schema() {
    for example in examples() {
        let project = copy_of(&example);
        let before = project.migrations();
        assert!(!before.is_empty(), "{example} has no migrations");
        let run = project.orm(&["migrate", "create", "nothing"]).ends_with(0);
        assert_eq!(project.migrations(), before, "{example} has changes without a migration: {run:?}");
    }
}

#[test]
fn migrate_on_postgres() {
    forth_and_back(databases::postgres);
}

#[test]
fn migrate_on_pglite() {
    forth_and_back(databases::pglite);
}

#[test]
fn migrate_on_spanner() {
    forth_and_back(databases::spanner);
}

/// The migrations that are committed, not new ones: up, nothing pending, down one by one, and up again.
fn forth_and_back(database: fn() -> Option<TestDatabase>) {
    for example in examples() {
        let Some(database) = database() else { return };
        let project = copy_of(&example);
        let count = project.migrations().len();
        project.orm_on(&database, &["migrate", "latest"]).ends_with(0);
        project.orm_on(&database, &["migrate", "status"]).ends_with(0);
        for _ in 0..count {
            project.orm_on(&database, &["migrate", "down"]).ends_with(0);
        }
        project.orm_on(&database, &["migrate", "status"]).ends_with(1);
        project.orm_on(&database, &["migrate", "latest"]).ends_with(0);
        project.orm_on(&database, &["migrate", "status"]).ends_with(0);
    }
}
