//! What programs read: SARIF and GitHub's workflow commands.

use serde_json::json;

use crate::support::Folder;

const BROKEN: &str = "// ä\ntable posts {\n  id  uuid = uuid()  @primary_key\n  title  txt\n}\n";

#[test]
fn github_gets_one_command_a_line() {
    let folder = Folder::with_schema(BROKEN);
    folder.write("a, b.orm", "table logs {\n  at  timestamptz\n\n  primary_key(at)\n}\n");
    insta::assert_snapshot!(folder.orm(&["check", "--format", "github", "--quiet"]), @r"
    exit 1
    --- stdout
    ::notice file=a%2C b.orm,line=2,endLine=2,col=3,endColumn=5,title=PORT010 reserved-word::`at` is a reserved word of Spanner%0Ahelp: it must be quoted in SQL that is written by hand
    ::warning file=a%2C b.orm,line=4,endLine=4,col=3,endColumn=18,title=PERF001 hotspot-key::`at` only ever grows, and it begins the primary key%0Ahelp: begin the key with a column that is spread, such as `uuid = uuid()`
    ::error file=app.orm,line=4,endLine=4,col=10,endColumn=13,title=ORM010 unknown-type::there is no type `txt`%0Ahelp: did you mean `text`?
    --- stderr
    ");
}

#[test]
fn sarif_names_the_rule_the_place_and_the_fix() {
    let folder = Folder::with_schema(BROKEN);
    let run = folder.orm(&["check", "--format", "sarif", "--quiet"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""), "{run}");
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!((&rule["id"], &rule["name"]), (&json!("ORM010"), &json!("unknown-type")));
    let result = &run["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["ruleIndex"], &result["level"]),
        (&json!("ORM010"), &json!(0), &json!("error"))
    );
    assert_eq!(result["message"]["text"], "there is no type `txt`\nhelp: did you mean `text`?");
    let place = json!({
        "artifactLocation": { "uri": "app.orm" },
        "region": {
            "startLine": 4, "startColumn": 10, "endLine": 4, "endColumn": 13,
            "byteOffset": BROKEN.find("txt").unwrap(), "byteLength": 3,
        },
    });
    assert_eq!(result["locations"][0]["physicalLocation"], place);
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "text");
    assert_eq!(change["replacements"][0]["deletedRegion"], place["region"]);
}

#[test]
fn sarif_of_a_schema_without_faults_has_no_results() {
    let folder = Folder::with_schema("table users {\n  id  uuid  @primary_key\n}\n");
    let run = folder.orm(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &log["runs"][0]["results"]), (0, &json!([])));
}

#[test]
fn a_file_that_cannot_be_read_is_a_result_without_a_region() {
    let folder = Folder::new();
    folder.write("app.orm", b"\xff\xfe");
    let run = folder.orm(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(*place, json!({ "artifactLocation": { "uri": "app.orm" } }));
    let run = folder.orm(&["check", "--format", "github"]);
    assert!(run.stdout.starts_with("::error file=app.orm,line=1,endLine=1,col=1,endColumn=1,title=ORM000"), "{run}");
}
