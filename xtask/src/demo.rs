//! `cargo xtask demo`: the main job, on the embedded database.

use std::env;

use anyhow::Result;

use crate::workspace;

const PROJECT: &str = "examples/uploads";

/// Builds `orm`, and takes the example through `check` and `migrate latest`.
pub(crate) fn demo() -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    workspace::run(&cargo, &["build", "--package", "orm-cli"])?;
    let orm = workspace::built("orm")?;
    let orm = orm.to_string_lossy();
    for arguments in [vec!["check"], vec!["migrate", "latest"], vec!["migrate", "status"]] {
        println!("\n$ orm -C {PROJECT} {}", arguments.join(" "));
        let all: Vec<_> = ["-C", PROJECT].into_iter().chain(arguments).collect();
        workspace::run(&orm, &all)?;
    }
    Ok(())
}
