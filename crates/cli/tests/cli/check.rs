//! `orm check`.

use crate::support::Folder;

const USERS: &str = "table users {\n  id  uuid = uuid()  @primary_key\n}\n";
const BROKEN: &str = "table posts {\n  id  uuid = uuid()  @primary_key\n  title  txt\n}\n";

#[test]
fn a_schema_without_faults_says_so() {
    insta::assert_snapshot!(Folder::with_schema(USERS).orm(&["check"]), @r"
    exit 0
    --- stdout
    --- stderr
    1 file checked, nothing to say.
    ");
}

#[test]
fn a_fault_is_shown_with_its_line() {
    insta::assert_snapshot!(Folder::with_schema(BROKEN).orm(&["check"]), @r"
    exit 1
    --- stdout
    error[ORM010]: there is no type `txt`
     --> app.orm:3:10
      |
    3 |   title  txt
      |          ^^^
      |
      = help: did you mean `text`?

    --- stderr
    1 file checked: 1 error.
    ");
}

#[test]
fn a_fault_with_two_places_shows_both() {
    let folder = Folder::with_schema(USERS);
    folder.write("more.orm", format!("\n{USERS}"));
    insta::assert_snapshot!(folder.orm(&["check"]), @r"
    exit 1
    --- stdout
    error[ORM002]: `users` is already declared as a table
     --> more.orm:2:7
      |
    2 | table users {
      |       ^^^^^
      |
     ::: app.orm:1:7
      |
    1 | table users {
      |       ----- first declared here
      |
      = help: give one of them another name

    --- stderr
    2 files checked: 1 error.
    ");
}

#[test]
fn named_files_are_reported_and_the_rest_is_read() {
    let folder = Folder::with_schema(BROKEN);
    folder.write(
        "schema/links.orm",
        "table links {\n  id  uuid = uuid()  @primary_key\n  post_id  uuid  @references(posts.id)\n}\n",
    );
    let run = folder.orm(&["check", "schema/links.orm"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "`posts` of the other file is known: {run}");
    let run = folder.orm(&["check", "schema"]);
    assert!(run.stderr.contains("1 file checked"), "{run}");
    let run = folder.orm(&["-C", "schema", "check", "../app.orm"]);
    assert_eq!(run.code, 2, "another project's file: {run}");
}

#[test]
fn a_file_that_is_not_part_of_the_project_is_a_usage_error() {
    let folder = Folder::with_schema(USERS);
    folder.write("notes.txt", "");
    insta::assert_snapshot!(folder.orm(&["check", "notes.txt"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: notes.txt is no schema file of this project
    help: its files match `**/*.orm`; what .gitignore leaves out and folders with their own orm.toml are not part of it
    ");
    insta::assert_snapshot!(folder.orm(&["check", "none.orm"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: cannot read none.orm: No such file or directory (os error 2)
    ");
}

#[test]
fn json_is_for_programs() {
    let folder = Folder::with_schema(USERS);
    folder.write("more.orm", format!("// ä\r\n{USERS}"));
    insta::assert_snapshot!(folder.orm(&["check", "--format", "json", "--quiet"]), @r#"
    exit 1
    --- stdout
    {
      "version": 1,
      "files": 2,
      "errors": 1,
      "warnings": 0,
      "hints": 0,
      "diagnostics": [
        {
          "code": "ORM002",
          "slug": "duplicate-declaration",
          "severity": "error",
          "message": "`users` is already declared as a table",
          "help": "give one of them another name",
          "file": "more.orm",
          "start": {
            "offset": 13,
            "line": 2,
            "column": 7
          },
          "end": {
            "offset": 18,
            "line": 2,
            "column": 12
          },
          "related": [
            {
              "message": "first declared here",
              "file": "app.orm",
              "start": {
                "offset": 6,
                "line": 1,
                "column": 7
              },
              "end": {
                "offset": 11,
                "line": 1,
                "column": 12
              }
            }
          ],
          "fixes": [
            {
              "title": "Remove this copy",
              "safe": false,
              "edits": [
                {
                  "file": "more.orm",
                  "start": {
                    "offset": 7,
                    "line": 2,
                    "column": 1
                  },
                  "end": {
                    "offset": 57,
                    "line": 5,
                    "column": 1
                  },
                  "text": ""
                }
              ]
            }
          ]
        }
      ],
      "unchecked": []
    }
    --- stderr
    "#);
}

#[test]
fn json_offsets_are_those_of_the_file() {
    let folder = Folder::new();
    let text = format!("\u{feff}{BROKEN}");
    folder.write("app.orm", &text);
    let run = folder.orm(&["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let place = &json["diagnostics"][0];
    let offset = |name: &str| usize::try_from(place[name]["offset"].as_u64().unwrap()).unwrap();
    assert_eq!(&text[offset("start")..offset("end")], "txt");
    assert_eq!((&place["start"]["line"], &place["start"]["column"]), (&3.into(), &10.into()));
}

#[test]
fn severities_can_be_set_and_denied() {
    let folder = Folder::with_schema("table users {\n  id  uuid = uuid()  @primary_key\n  seen  timestamp_local\n}\n");
    let code = |run: &crate::support::Run| {
        let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let diagnostic = &json["diagnostics"][0];
        (
            run.code,
            diagnostic["code"].as_str().unwrap_or("").to_owned(),
            diagnostic["severity"].as_str().unwrap_or("").to_owned(),
        )
    };
    let (exit, warning, severity) = code(&folder.orm(&["check", "--format", "json"]));
    assert_eq!((exit, severity.as_str()), (0, "warning"), "{warning}");
    let denied = folder.orm(&["check", "--format", "json", "--deny", "warnings"]);
    assert_eq!(code(&denied), (1, warning.clone(), "error".to_owned()));
    let denied = folder.orm(&["check", "--format", "json", "--deny", &warning]);
    assert_eq!(code(&denied), (1, warning.clone(), "error".to_owned()));
    folder.write("orm.toml", format!("[lint]\n{warning} = 'off'\n"));
    assert_eq!(code(&folder.orm(&["check", "--format", "json"])), (0, String::new(), String::new()));
    folder.write("orm.toml", format!("[lint]\n{warning} = 'error'\n"));
    assert_eq!(code(&folder.orm(&["check", "--format", "json"])).0, 1);
}

#[test]
fn unknown_codes_and_softened_errors_are_refused() {
    let folder = Folder::with_schema(USERS);
    insta::assert_snapshot!(folder.orm(&["check", "--deny", "unkown-type"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `unkown-type` is no code of a diagnostic
    help: did you mean `unknown-type`?
    ");
    folder.write("orm.toml", "[lint]\nORM999 = 'off'\n");
    insta::assert_snapshot!(folder.orm(&["check"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: orm.toml:2:1: `ORM999` is no code of a diagnostic
    help: write a code that `orm check` shows, such as `ORM060`, or its name
    ");
    folder.write("orm.toml", "[lint]\nunknown-type = 'warning'\n");
    insta::assert_snapshot!(folder.orm(&["check"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: orm.toml:2:1: `ORM010` (unknown-type) is always an error: a database would refuse it, or it has no meaning
    help: remove the line
    ");
}

#[test]
fn the_version_that_is_assumed_is_told_on_request() {
    let folder = Folder::with_schema(USERS);
    let said = |arguments: &[&str]| folder.orm(arguments).stderr.contains("PostgreSQL 15 is assumed");
    assert!(said(&["check", "--verbose"]) && !said(&["check"]));
    folder.write("orm.toml", "[targets]\npostgres = '16'\n");
    assert!(!said(&["check", "--verbose"]), "a stated version is none to assume");
    folder.write("orm.toml", "[targets]\npostgres = '12'\n");
    let run = folder.orm(&["check"]);
    assert!(run.stdout.contains("error[PG080]: PostgreSQL 12 has no gen_random_uuid(); version 13 has"), "{run}");
}

#[test]
fn colours_reach_the_source_lines() {
    let folder = Folder::with_schema(BROKEN);
    assert!(folder.orm(&["check", "--color", "always"]).stdout.contains("\u{1b}["));
    assert!(!folder.orm(&["check"]).stdout.contains('\u{1b}'));
}

#[test]
fn a_nested_project_is_its_own() {
    let folder = Folder::with_schema(USERS);
    folder.write("other/orm.toml", "");
    folder.write("other/app.orm", BROKEN);
    assert_eq!(folder.orm(&["check"]).code, 0);
    assert_eq!(folder.orm(&["-C", "other", "check"]).code, 1);
}

#[test]
fn what_is_not_looked_into_is_listed() {
    let raw = "raw postgres \"\"\"\n  CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n\"\"\" down \
               \"\"\"DROP FUNCTION f()\"\"\"\n";
    let view = "view ids = sql(\"SELECT u.id FROM users AS u\")\n";
    let folder = Folder::with_schema(&format!("{USERS}\n{raw}\n{view}"));
    insta::assert_snapshot!(folder.orm(&["check"]), @r"
    exit 0
    --- stdout
    --- stderr
    1 file checked, nothing to say.
    Not looked into: 1 raw block (app.orm:5), 1 view (app.orm:9).
    ");
    let run = folder.orm(&["check", "--format", "json", "--quiet"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let unchecked = report["unchecked"].as_array().unwrap();
    assert_eq!(unchecked.len(), 2, "{run}");
    assert_eq!(unchecked[0]["kind"], "raw");
    assert_eq!(unchecked[0]["title"], "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';");
    assert_eq!((&unchecked[1]["kind"], &unchecked[1]["title"]), (&"view".into(), &"ids".into()));
    assert_eq!(unchecked[1]["start"]["line"], 9);
}
