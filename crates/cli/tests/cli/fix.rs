//! `orm check --fix`.

use crate::support::Folder;

const BEFORE: &str =
    "// int stays in a comment\ntable users {\n  id    uuid?  @primary_key\n  age   int\n  name  txt\n}\n";

#[test]
fn safe_fixes_are_applied_and_told_and_the_rest_is_left() {
    let folder = Folder::with_schema(BEFORE);
    folder.write("other.orm", "table posts {\n  id  uuid  @primary_key\n  views  int\n}\n");
    insta::assert_snapshot!(folder.orm(&["check", "--fix", "app.orm"]), @r"
    exit 1
    --- stdout
    error[ORM010]: there is no type `txt`
     --> app.orm:5:9
      |
    5 |   name  txt
      |         ^^^
      |
      = help: did you mean `text`?

    --- stderr
    fixed app.orm:3:9: Remove the `?` (ORM062)
    fixed app.orm:4:9: Change `int` to `integer` (ORM010)
    1 file checked: 1 error.
    ");
    assert_eq!(folder.read("app.orm"), BEFORE.replace("uuid?", "uuid").replace("age   int", "age   integer"));
    assert!(folder.read("other.orm").contains("views  int\n"), "only the named file is changed");
}

#[test]
fn a_byte_order_mark_and_line_ends_stay() {
    let folder = Folder::new();
    folder.write("app.orm", "\u{feff}table users {\r\n  id  uuid?  @primary_key\r\n}\r\n");
    assert_eq!(folder.orm(&["check", "--fix"]).code, 0);
    assert_eq!(folder.read("app.orm"), "\u{feff}table users {\r\n  id  uuid  @primary_key\r\n}\r\n");
}

#[test]
fn nothing_to_fix_changes_nothing() {
    let text = "table users {\n  id  uuid  @primary_key\n  name  txt\n}\n";
    let folder = Folder::with_schema(text);
    let run = folder.orm(&["check", "--fix", "--format", "json"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.starts_with("no safe fix to apply."), "{run}");
    assert!(serde_json::from_str::<serde_json::Value>(&run.stdout).is_ok(), "{run}");
    assert_eq!(folder.read("app.orm"), text);
}
