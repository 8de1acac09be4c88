//! `orm explain`.

use crate::support::Folder;

#[test]
fn a_code_is_explained_with_examples() {
    insta::assert_snapshot!(Folder::new().orm(&["explain", "PORT005"]), @r#"
    exit 0
    --- stdout
    PORT005 second-precision (hint)

    `timestamptz(3)` is rounded in PostgreSQL only: Spanner's TIMESTAMP always keeps nanoseconds.

    Wrong:
      table events {
        id  uuid            @primary_key
        at  timestamptz(3)
      }

    Right:
      table events {
        id  uuid         @primary_key
        at  timestamptz
      }

    It is a policy: databases take what it finds, and somebody may regret it.
    To accept one place, write `// orm-allow PORT005: REASON` above the line or at its end.
    To set it for the project, write `second-precision = "off"` in `[lint]` of orm.toml, or "hint", "warning", "error".

    https://github.com/orm-lang/orm/blob/main/docs/diagnostics/PORT005.md
    --- stderr
    "#);
}

#[test]
fn a_name_and_small_letters_do_as_well() {
    let folder = Folder::new();
    let page = folder.orm(&["explain", "ORM010"]);
    assert_eq!(page.code, 0, "{page}");
    assert_eq!(folder.orm(&["explain", "unknown-type"]).stdout, page.stdout);
    assert_eq!(folder.orm(&["explain", "orm010"]).stdout, page.stdout);
    assert!(page.stdout.contains("neither `[lint]` of orm.toml nor a comment silences it"), "{page}");
}

#[test]
fn an_unknown_code_is_answered_with_the_nearest() {
    insta::assert_snapshot!(Folder::new().orm(&["explain", "unknown-tipe"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `unknown-tipe` is no code of a diagnostic
    help: did you mean `unknown-type`?
    ");
    assert_eq!(Folder::new().orm(&["explain"]).code, 2);
}

#[test]
fn the_list_has_one_line_for_each() {
    let folder = Folder::new();
    let list = folder.orm(&["explain", "--list"]).stdout;
    let json = folder.orm(&["explain", "--list", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let entries = json.as_array().unwrap();
    assert!(entries.len() > 50);
    assert_eq!(list.lines().count(), entries.len());
    for (line, entry) in list.lines().zip(entries) {
        let words: Vec<_> = line.split_whitespace().take(3).collect();
        let expected = ["code", "slug", "severity"].map(|it| entry[it].as_str().unwrap());
        assert_eq!(words, expected);
        assert!(line.ends_with(entry["title"].as_str().unwrap()));
    }
}
