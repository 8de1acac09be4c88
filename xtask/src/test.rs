//! `cargo xtask test`: every test, with the databases and editors that it needs.

use std::env;

use anyhow::Result;

use crate::workspace;

/// Runs the tests. `filter` picks tests by name; then the editors are left out.
pub(crate) fn test(filter: Option<&str>, editors: bool) -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    // Everything in one build: the same features for all, so that no crate is compiled twice.
    workspace::run(&cargo, &["build", "--workspace", "--all-features", "--all-targets"])?;
    let servers = workspace::built("with-test-servers")?;
    let servers = servers.to_string_lossy();
    let mut arguments = vec![cargo.as_str(), "test", "--workspace", "--all-features", "--no-fail-fast"];
    arguments.extend(filter);
    let mut tests = workspace::command(&servers, &arguments);
    if workspace::is_ci() {
        // The same commit has the same result; elsewhere every run looks at other random cases.
        tests.env("PROPTEST_RNG_SEED", "1");
    }
    workspace::check(&servers, &arguments, tests.status())?;
    if editors && filter.is_none() {
        let orm = workspace::built("orm")?;
        let runner = ["tests/editors/run.py"];
        let status = workspace::command("python3", &runner).env("ORM_BIN", orm).status();
        workspace::check("python3", &runner, status)?;
    }
    Ok(())
}
