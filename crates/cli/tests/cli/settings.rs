//! `orm.toml` and `.env` that cannot be followed: exit code 2, with the place and what to do.

use crate::support::{Folder, Run};

/// A run that reads the settings.
fn run(folder: &Folder) -> Run {
    folder.orm(&["db", "drop", "--database", "main"])
}

#[test]
fn an_unknown_key_is_named_with_the_likely_one() {
    let folder = Folder::new();
    folder.write("orm.toml", "[schema]\nfile = ['*.orm']\n");
    insta::assert_snapshot!(run(&folder), @r"
    exit 2
    --- stdout
    --- stderr
    error: orm.toml:2:1: unknown key `file` in `schema`
    help: did you mean `files`?
    ");
}

#[test]
fn broken_toml_has_its_place() {
    let folder = Folder::new();
    folder.write("orm.toml", "[schema\n");
    insta::assert_snapshot!(run(&folder), @r"
    exit 2
    --- stdout
    --- stderr
    error: orm.toml:1:8: unclosed table, expected `]`
    help: orm.toml is written in TOML: https://toml.io
    ");
}

#[test]
fn a_bad_url_is_not_repeated() {
    let folder = Folder::new();
    folder.write("orm.toml", "[database.main]\nurl = 'mysql://me:hunter2@h/d'\n");
    let run = run(&folder);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("orm.toml:2:7"), "{run}");
    assert!(!run.to_string().contains("hunter2"), "{run}");
}

#[test]
fn a_broken_env_file_is_named_without_its_text() {
    let folder = Folder::new();
    folder.write(".env", "A=1\nSECRET hunter2\n");
    let run = run(&folder);
    insta::assert_snapshot!(run, @r"
    exit 2
    --- stdout
    --- stderr
    error: .env:2:1: this is no line of a .env file
    help: write NAME=value, one a line, with quotes around a value that holds blanks or `#`
    ");
}

#[test]
fn an_unset_variable_is_named() {
    let folder = Folder::new();
    folder.write("orm.toml", "[database.main]\nurl = 'env(\"MAIN_URL\")'\n");
    insta::assert_snapshot!(run(&folder), @r"
    exit 2
    --- stdout
    --- stderr
    error: orm.toml:2:7: the database `main` needs the variable MAIN_URL, which is not set
    help: set MAIN_URL in the environment or in .env
    ");
}

#[test]
fn a_missing_folder_is_an_error() {
    insta::assert_snapshot!(Folder::new().orm(&["-C", "nowhere", "db", "create"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: [DIR]/nowhere is not a folder
    help: name the folder of a project, the one that holds orm.toml
    ");
}

#[test]
fn the_project_around_the_folder_is_found() {
    let folder = Folder::new();
    folder.write("orm.toml", "");
    folder.write("deep/er/file", "");
    let mut command = folder.command(&["--verbose", "db", "drop", "--url", "pglite:data"]);
    let run = folder.run(command.current_dir(folder.path().join("deep/er")));
    assert!(run.stderr.contains("project [DIR] (orm.toml)"), "{run}");
}
