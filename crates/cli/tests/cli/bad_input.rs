//! Files that no schema looks like: a diagnostic or an error that names them, never a crash.

use crate::support::{Folder, Run};

/// A run of `orm check` over one file with this content.
fn check(content: impl AsRef<[u8]>) -> Run {
    let folder = Folder::new();
    folder.write("app.orm", content);
    folder.orm(&["check"])
}

#[test]
fn an_empty_file_is_an_empty_schema() {
    assert_eq!(check("").code, 0);
}

#[test]
fn no_file_at_all_is_a_usage_error() {
    insta::assert_snapshot!(Folder::new().orm(&["check"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: there is no schema file in this folder: nothing matches `**/*.orm`
    help: `orm init` makes a first one; `[schema] files` of orm.toml says where they are
    ");
}

#[test]
fn another_encoding_is_named_and_the_other_files_are_checked() {
    let folder = Folder::with_schema("table users {\n  id  uuid = uuid()  @primary_key\n}\n");
    folder.write("latin.orm", b"// Stra\xDFe\n");
    folder.write("utf16.orm", b"\xFF\xFEt\0");
    folder.write("zero.orm", b"table\0");
    insta::assert_snapshot!(folder.orm(&["check"]), @r"
    exit 1
    --- stdout
    error[ORM000]: latin.orm is not UTF-8 text: line 1 holds the byte 0xDF, which can't stand there
     |
     = help: save it in your editor with the encoding UTF-8

    error[ORM000]: utf16.orm is UTF-16 text, not UTF-8
     |
     = help: save it in your editor with the encoding UTF-8

    error[ORM000]: zero.orm holds a NUL byte in line 1
     |
     = help: remove the NUL byte; if the file is no text, leave it out of `[schema] files`

    --- stderr
    4 files checked: 3 errors.
    ");
    let run = folder.orm(&["migrate", "create", "x"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(!folder.has("orm-migrations"), "nothing is made of half a schema");
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_fine() {
    let run = check("\u{feff}table users {\r\n  id  uuid = uuid()  @primary_key\r\n}\r\n");
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn a_line_of_a_megabyte_is_cut_in_the_excerpt() {
    let run = check(format!("table users {{\n  id  uuid  @primary_key\n  x  txt // {}\n}}\n", "x".repeat(1 << 20)));
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("there is no type `txt`"), "{:.500}", run.stdout);
    assert!(run.stdout.len() < 10_000, "{} bytes", run.stdout.len());
}

#[test]
fn ten_thousand_tables_are_a_schema() {
    let tables = (0..10_000).map(|number| format!("table t{number} {{\n  id  uuid = uuid()  @primary_key\n}}\n"));
    let folder = Folder::with_schema(&tables.collect::<String>());
    let run = folder.orm(&["check"]);
    assert_eq!(run.code, 1, "Spanner takes half of them: {:.500}", run.stdout);
    assert!(run.stdout.contains("the schema has 10000 tables, Spanner takes 5000"), "{:.500}", run.stdout);
    folder.write("orm.toml", "[targets]\npostgres = '15'\n");
    assert_eq!(folder.orm(&["check"]).code, 0);
    let run = folder.orm(&["migrate", "create", "all"]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.contains("and 9950 more changes"), "{run}");
}

#[test]
fn deep_nesting_is_a_diagnostic() {
    let depth = 100_000;
    let run = check(format!(
        "table t {{\n  id  uuid  @primary_key\n  check({}true{})\n}}\n",
        "(".repeat(depth),
        ")".repeat(depth)
    ));
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stdout.contains("nested deeper than 256"), "{:.500}", run.stdout);
    assert_eq!(check("{".repeat(depth)).code, 1);
}

#[test]
fn a_file_that_is_larger_than_the_limit_is_named() {
    let folder = Folder::new();
    folder.write("app.orm", "");
    std::fs::File::options().write(true).open(folder.path().join("app.orm")).unwrap().set_len(65 << 20).unwrap();
    let run = folder.orm(&["check"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stdout.contains("divide it into several files"), "{run}");
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_an_error() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let set = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let folder = Folder::with_schema("");
    folder.write("secret/app.orm", "");
    set(folder.path(), 0o755);
    set(&folder.path().join("secret"), 0o000);
    let mut command = folder.command(&["check"]);
    let is_root = std::fs::metadata(folder.path()).unwrap().uid() == 0;
    if is_root {
        // Nothing is unreadable to root, so somebody else runs a copy that he can reach.
        let copy = folder.path().join("orm");
        std::fs::copy(env!("CARGO_BIN_EXE_orm"), &copy).unwrap();
        let mut other = std::process::Command::new(&copy);
        command = std::mem::replace(&mut other, command);
        command.arg("check").current_dir(folder.path()).uid(65_534);
    }
    let run = folder.run(&mut command);
    set(&folder.path().join("secret"), 0o755);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("can't be searched for schema files: [DIR]/secret"), "{run}");
    assert!(run.stderr.contains("make the folder readable"), "{run}");
}
