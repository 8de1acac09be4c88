//! `// orm-allow`.

use chrono::NaiveDate;
use orm_model::Targets;
use orm_schema_lang::Workspace;

/// What is found in a text on the second of July 2026: slugs in the order of the text.
fn found(text: &str) -> Vec<&'static str> {
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.set_today(NaiveDate::from_ymd_opt(2026, 7, 2));
    workspace.open("a.orm", text);
    workspace.diagnostics("a.orm").iter().map(|it| it.rule.slug).collect()
}

/// A table with a column that has two findings, `json-text` and `reserved-word`.
fn column(before: &str, behind: &str) -> String {
    format!("table t {{\n  id  uuid  @primary_key\n{before}  order  json{behind}\n}}\n")
}

#[test]
fn a_comment_at_the_end_of_the_line_accepts_what_it_names() {
    assert_eq!(found(&column("", "")), ["reserved-word", "json-text"]);
    assert_eq!(found(&column("", "  // orm-allow json-text: signed")), ["reserved-word"]);
    assert_eq!(found(&column("", "  // orm-allow PORT002, PORT010: signed")), [] as [&str; 0]);
    assert_eq!(found(&column("", "  //orm-allow port002 reserved-word: signed")), [] as [&str; 0]);
}

#[test]
fn a_comment_alone_speaks_of_the_next_line_that_is_more_than_a_comment() {
    let all = "  // orm-allow json-text, reserved-word: signed\n";
    assert_eq!(found(&column(all, "")), [] as [&str; 0]);
    assert_eq!(found(&column(&format!("{all}\n  // Signed.\n  /// The body.\n"), "")), [] as [&str; 0]);
    assert_eq!(found(&column(&format!("{all}  other  text\n"), "")).len(), 4, "of the column between, nothing");
}

#[test]
fn other_comments_and_texts_are_none() {
    assert_eq!(found(&column("", "  // see orm-allow json-text: signed")).len(), 2);
    assert_eq!(found(&column("", "  // orm-allowed json-text: signed")).len(), 2);
    let text = "table t {\n  id  uuid  @primary_key\n  a   text = \"// orm-allow json-text: x\"\n}\n";
    assert_eq!(found(text), [] as [&str; 0]);
}

#[test]
fn a_day_that_is_over_accepts_nothing() {
    let until = |day: &str| column("", &format!("  // orm-allow json-text, reserved-word until {day}: signed"));
    assert_eq!(found(&until("2026-07-02")), [] as [&str; 0], "the last day itself counts");
    assert_eq!(found(&until("2026-07-01")), ["reserved-word", "json-text", "expired-suppression"]);
    assert_eq!(found(&until("2026-02-30")), ["bad-suppression"]);
    assert_eq!(found(&column("", "  // orm-allow json-text, reserved-word until: signed")), ["bad-suppression"]);
}

#[test]
fn what_is_wrong_with_a_suppression_is_found() {
    assert_eq!(found(&column("", "  // orm-allow json-text, reserved-word")), ["unreasoned-suppression"]);
    assert_eq!(found(&column("", "  // orm-allow: signed")), ["reserved-word", "json-text", "bad-suppression"]);
    let unused = column("", "  // orm-allow json-text, reserved-word, hotspot-key: signed");
    assert_eq!(found(&unused), ["unused-suppression"]);
    let error = "table t {\n  id  uuid  @primary_key\n  a   time  // orm-allow no-column-type: signed\n}\n";
    assert_eq!(found(error), ["no-column-type", "bad-suppression"]);
}

#[test]
fn the_fix_of_an_unused_one_takes_the_comment_or_the_code() {
    let fixed = |text: &str| {
        let mut workspace = Workspace::new(Targets::default(), Default::default());
        workspace.open("a.orm", text);
        let found = workspace.diagnostics("a.orm");
        let edit = &found.iter().find(|it| it.rule.slug == "unused-suppression").expect("unused").fixes[0].edits[0];
        let mut text = text.to_owned();
        text.replace_range(edit.range.clone(), &edit.replacement);
        text
    };
    let enumeration = "enum State {\n  open,  // orm-allow json-text: x\n  done\n}\n";
    assert_eq!(fixed(enumeration), "enum State {\n  open,\n  done\n}\n");
    let alone = "// orm-allow json-text: x\r\nenum State { open }\r\n";
    assert_eq!(fixed(alone), "enum State { open }\r\n");
    let several = column("", "  // orm-allow json-text, hotspot-key, reserved-word: signed");
    assert_eq!(fixed(&several), several.replace(", hotspot-key", ""));
    let first = column("", "  // orm-allow hotspot-key, json-text, reserved-word: signed");
    assert_eq!(fixed(&first), first.replace("hotspot-key, ", ""));
}
