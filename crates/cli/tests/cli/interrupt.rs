//! Ctrl-C while migrations run: the process ends in order, and the next run goes on.
#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::support::Folder;

/// A migration whose second statement takes longer than anybody waits.
const SLOW: &str = "\
-- orm:migration 1
-- orm:parent none
-- orm:content CONTENT

-- orm:postgres up
CREATE TABLE before_it (id int);
SELECT pg_sleep(SECONDS);
CREATE TABLE after_it (id int);
";

fn interrupt(pid: u32) {
    assert!(Command::new("kill").args(["-INT", &pid.to_string()]).status().unwrap().success());
}

/// A project whose only migration takes this many seconds.
fn project(seconds: &str) -> Folder {
    let folder = Folder::with_schema("");
    let run = folder.orm(&["migrate", "create", "slow", "--empty"]);
    assert_eq!(run.code, 0, "{run}");
    let file = std::fs::read_dir(folder.path().join("orm-migrations")).unwrap().next().unwrap().unwrap().path();
    let empty = std::fs::read_to_string(&file).unwrap();
    let content = empty.lines().find_map(|line| line.strip_prefix("-- orm:content ")).unwrap();
    std::fs::write(file, SLOW.replace("CONTENT", content).replace("SECONDS", seconds)).unwrap();
    folder
}

/// Starts `orm migrate latest` and waits until it runs the slow statement; also gives what it says from then on.
fn start(folder: &Folder, url: &str) -> (Child, impl Iterator<Item = String>) {
    let mut command = folder.command(&["--verbose", "migrate", "latest", "--url", url]);
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("pg_sleep")), "the slow statement never began");
    (child, lines)
}

#[test]
fn once_ends_after_the_statement_and_the_next_run_goes_on() {
    let Some(database) = orm_testkit::databases::postgres() else { return };
    let folder = project("3");
    let url = database.url_text();
    let (mut child, mut lines) = start(&folder, &url);
    interrupt(child.id());
    assert!(lines.any(|line| line.contains("Stopping after the statement that runs now")));
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(folder.orm(&["migrate", "status", "--url", &url]).code, 1);
    let run = folder.orm(&["migrate", "latest", "--url", &url]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(folder.orm(&["migrate", "status", "--url", &url]).code, 0);
}

#[test]
fn twice_ends_at_once_and_leaves_nothing_half_done() {
    let Some(database) = orm_testkit::databases::postgres() else { return };
    let folder = project("600");
    let url = database.url_text();
    let (mut child, mut lines) = start(&folder, &url);
    interrupt(child.id());
    assert!(lines.any(|line| line.contains("Ctrl-C again stops at once")));
    interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));

    let run = folder.orm(&["migrate", "status", "--format", "json", "--url", &url]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&json["half_run"], json["pending"].as_array().map(Vec::len)),
        (&serde_json::Value::Null, Some(1)),
        "{run}"
    );
}
