//! Edits and questions as fast as they go: order and races.

use std::{env, path::Path, process::Command};

use orm_testkit::language_client::storm::Storm;

use super::lsp;
use crate::cli::program;

/// So many edits without `ORM_EDITS`, in each encoding. `cargo xtask bench --only edits` sends a hundred thousand.
const EDITS: u64 = 10_000;

fn storm(seed: u64, counts_bytes: bool, asks: bool) {
    let edits = env::var("ORM_EDITS").map_or(EDITS, |it| it.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let check = |folder: &Path| {
        let mut check = Command::new(program());
        check.arg("-C").arg(folder).args(["check", "--format", "json"]);
        Ok(check.output()?.stdout)
    };
    let mut storm = Storm::start(&mut lsp(), folder.path(), seed, counts_bytes, asks).unwrap();
    for edit in 1..=edits {
        storm.step().unwrap();
        if edit % 1_000 == 0 || edit == edits {
            storm.settle(check).unwrap();
        }
    }
    // About one question in twenty is one that edits wait for.
    assert!(storm.overtaken < storm.questions / 1_000, "{} of {} questions", storm.overtaken, storm.questions);
    eprintln!("{} edits, {} questions, {} of them with a result", storm.edits, storm.questions, storm.answers);
    assert!(storm.end().unwrap().success());
}

#[test]
fn edits_and_questions_in_utf16_at_full_speed_end_in_what_a_fresh_check_finds() {
    storm(1, false, false);
}

#[test]
fn edits_and_questions_in_utf8_at_full_speed_end_in_what_a_fresh_check_finds() {
    storm(2, true, false);
}

#[test]
fn diagnostics_that_are_asked_for_at_full_speed_end_in_what_a_fresh_check_finds() {
    storm(3, false, true);
}
