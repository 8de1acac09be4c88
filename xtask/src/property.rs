//! `cargo xtask property`: random schemas on every database, for as long as asked.

use std::env;

use anyhow::Result;

use crate::workspace;

/// Runs the property tests of the acceptance tests for some minutes, all databases at the same time.
pub(crate) fn property(minutes: u64) -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["test", "-p", "orm-tests", "--all-features", "--", "properties::", "--nocapture"];
    let status =
        workspace::command(&cargo, &arguments).env("ORM_PROPERTY_SECONDS", (minutes * 60).to_string()).status();
    workspace::check(&cargo, &arguments, status)
}
