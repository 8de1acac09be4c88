//! `cargo xtask property` and `cargo xtask false-alarms`: random schemas on every database, for as long as asked.

use std::env;

use anyhow::Result;

use crate::workspace;

/// What the checker accepts: it applies, and migrations go forth and back. All databases at the same time.
pub(crate) fn property(minutes: u64) -> Result<()> {
    run("properties::", "ORM_PROPERTY_SECONDS", minutes)
}

/// What the checker rejects because a database would: it does. The table says for each rule how often it was asked.
pub(crate) fn false_alarms(minutes: u64) -> Result<()> {
    run("oracle::", "ORM_FALSE_ALARM_SECONDS", minutes)
}

/// Runs tests of the acceptance tests for some minutes.
fn run(tests: &str, variable: &str, minutes: u64) -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["test", "-p", "orm-tests", "--all-features", "--", tests, "--nocapture"];
    let status = workspace::command(&cargo, &arguments).env(variable, (minutes * 60).to_string()).status();
    workspace::check(&cargo, &arguments, status)
}
