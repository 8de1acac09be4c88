//! `orm fmt`.

use crate::support::Folder;

const UNTIDY: &str = "table users{\nid uuid   @primary_key\n  email text // the address\n}\n";
const TIDY: &str = "table users {\n  id     uuid  @primary_key\n  email  text  // the address\n}\n";

#[test]
fn check_shows_the_difference_and_changes_nothing() {
    let folder = Folder::with_schema(UNTIDY);
    insta::assert_snapshot!(folder.orm(&["fmt", "--check"]), @r"
    exit 1
    --- stdout
    --- app.orm
    +++ app.orm (formatted)
    @@ -1,4 +1,4 @@
    -table users{
    -id uuid   @primary_key
    -  email text // the address
    +table users {
    +  id     uuid  @primary_key
    +  email  text  // the address
     }
    --- stderr
    ");
    assert_eq!(folder.read("app.orm"), UNTIDY);
}

#[test]
fn files_are_brought_into_their_layout_once() {
    let folder = Folder::with_schema(UNTIDY);
    let run = folder.orm(&["fmt"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "formatted app.orm\n"), "{run}");
    assert_eq!(folder.read("app.orm"), TIDY);
    let run = folder.orm(&["fmt"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run}");
    assert_eq!(folder.orm(&["fmt", "--check"]).code, 0);
}

#[test]
fn standard_input_is_formatted_without_a_project() {
    let folder = Folder::new();
    folder.write("input", UNTIDY);
    let run = |arguments: &[&str]| {
        let input = std::fs::File::open(folder.path().join("input")).unwrap();
        folder.run(folder.command(arguments).stdin(input))
    };
    let formatted = run(&["fmt", "-"]);
    assert_eq!((formatted.code, formatted.stdout.as_str()), (0, TIDY), "{formatted}");
    let checked = run(&["fmt", "--check", "-"]);
    assert_eq!(checked.code, 1, "{checked}");
    assert!(checked.stdout.contains("+table users {"), "{checked}");
    folder.write("input", TIDY);
    let checked = run(&["fmt", "--check", "-"]);
    assert_eq!((checked.code, checked.stdout.as_str()), (0, ""), "{checked}");
    folder.write("input", b"\xff\xfe");
    let broken = run(&["fmt", "-"]);
    assert_ne!(broken.code, 0, "{broken}");
    assert!(broken.stderr.contains("standard input"), "{broken}");
}

#[test]
fn only_what_is_named_is_touched() {
    let folder = Folder::with_schema(UNTIDY);
    folder.write("more/posts.orm", UNTIDY);
    folder.write("more/tags.orm", UNTIDY);
    assert_eq!(folder.orm(&["fmt", "more/tags.orm"]).stdout, "formatted more/tags.orm\n");
    assert_eq!(folder.orm(&["fmt", "more"]).stdout, "formatted more/posts.orm\n");
    assert_eq!(folder.read("app.orm"), UNTIDY);
}

#[test]
fn marks_and_line_ends_stay() {
    let folder = Folder::new();
    folder.write("app.orm", format!("\u{feff}{}", UNTIDY.replace('\n', "\r\n")));
    assert_eq!(folder.orm(&["fmt"]).code, 0);
    assert_eq!(folder.read("app.orm"), format!("\u{feff}{}", TIDY.replace('\n', "\r\n")));
}

#[test]
fn a_file_that_is_no_text_stays_and_the_others_are_formatted() {
    let folder = Folder::with_schema(UNTIDY);
    folder.write("a.orm", b"table \xFF {");
    let run = folder.orm(&["fmt"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, "formatted app.orm\n"), "{run}");
    assert!(run.stderr.contains("a.orm: is not UTF-8 text"), "{run}");
    assert_eq!(std::fs::read(folder.path().join("a.orm")).unwrap(), b"table \xFF {");
}

#[test]
fn what_cannot_be_parsed_stays() {
    let broken = "table users {\n  id  uuid  @primary_key\n  ???   !!\n}\n";
    let folder = Folder::with_schema(broken);
    assert_eq!(folder.orm(&["fmt"]).code, 0);
    assert_eq!(folder.read("app.orm"), broken);
}

#[test]
fn a_missing_file_is_named() {
    let run = Folder::new().orm(&["fmt", "none.orm"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("none.orm: cannot be read"), "{run}");
}
