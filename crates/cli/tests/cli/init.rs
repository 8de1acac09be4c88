//! `orm init`.

use crate::support::Folder;

#[test]
fn it_makes_a_project_and_keeps_it_the_second_time() {
    let folder = Folder::new();
    insta::assert_snapshot!(folder.orm(&["init"]), @r"
    exit 0
    --- stdout
    created  orm.toml
    created  schema/app.orm
    created  .gitignore
    --- stderr
    Next: `orm check`, then `orm migrate create start` and `orm migrate latest`.
    ");
    let files = ["orm.toml", "schema/app.orm", ".gitignore"];
    let before = files.map(|name| folder.read(name));
    insta::assert_snapshot!(folder.orm(&["init"]), @r"
    exit 0
    --- stdout
    kept     orm.toml
    kept     schema/app.orm
    kept     .gitignore
    --- stderr
    Next: `orm check`, then `orm migrate create start` and `orm migrate latest`.
    ");
    assert_eq!(files.map(|name| folder.read(name)), before);
}

#[test]
fn what_it_makes_is_a_project_that_works() {
    let folder = Folder::new();
    assert_eq!(folder.orm(&["init"]).code, 0);
    let run = folder.orm(&["check"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run}");
    assert_eq!(folder.orm(&["migrate", "create", "start"]).code, 0);
    let run = folder.orm(&["migrate", "latest"]);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn it_keeps_what_is_there_and_appends_to_gitignore() {
    let folder = Folder::new();
    folder.write("orm.toml", "[targets]\nspanner = true\n");
    folder.write(".gitignore", "target\n.env");
    let run = folder.orm(&["init", "--quiet"]);
    insta::assert_snapshot!(run, @r"
    exit 0
    --- stdout
    kept     orm.toml
    created  schema/app.orm
    extended .gitignore
    --- stderr
    ");
    assert_eq!(folder.read("orm.toml"), "[targets]\nspanner = true\n");
    assert_eq!(folder.read(".gitignore"), "target\n.env\n/.orm/\n");
}

#[test]
fn a_file_in_the_way_of_a_folder_is_an_error_that_names_it() {
    let folder = Folder::new();
    folder.write("schema", "a file");
    let run = folder.orm(&["init"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("cannot create schema"), "{run}");
    assert_eq!(folder.read("schema"), "a file");
}

#[test]
fn another_folder_is_made() {
    let folder = Folder::new();
    let run = folder.orm(&["-C", "services/api", "init"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(folder.has("services/api/orm.toml"));
}
