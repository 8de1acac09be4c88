//! `cargo xtask bench`: measures, and writes the table to docs/benchmarks.md.

use std::{env, fmt::Write, fs, process::Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Tables of the schema that `orm check` is measured on as a process.
const PROCESS_TABLES: usize = 1_000;
const PROCESS_RUNS: usize = 10;

/// Runs the benchmarks of `benches/` and a cold `orm check`.
pub(crate) fn bench() -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let stages = workspace::command(&cargo, &["bench", "--package", "orm-benches", "--bench", "pipeline"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run `cargo bench`")?;
    if !stages.status.success() {
        bail!("`cargo bench` failed: {}", stages.status);
    }
    let stages = String::from_utf8_lossy(&stages.stdout).into_owned();
    println!("{stages}");
    // `orm check` needs no database, and without the drivers the build takes minutes less.
    workspace::run(&cargo, &["build", "--release", "--package", "orm-cli", "--no-default-features"])?;
    let process = cold_check()?;
    println!("{process}");

    let mut page = String::from("# Benchmarks\n\nWritten by `cargo xtask bench`; times depend on the machine.\n\n");
    writeln!(page, "## Stages\n\n```text\n{}\n```\n", stages.trim_end())?;
    writeln!(
        page,
        "## `orm check` of {PROCESS_TABLES} tables as a process\n\nA cold start each, built without database drivers.\n\n```text\n{}\n```",
        process.trim_end()
    )?;
    fs::write(workspace::root().join("docs/benchmarks.md"), page)?;
    Ok(())
}

/// The CPU seconds of a cold `orm check`, as the shell measures them.
fn cold_check() -> Result<String> {
    let folder = tempfile::tempdir()?;
    let schema = workspace::output(
        &env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()),
        &["run", "--quiet", "--package", "orm-testkit", "--bin", "large-schema", "--", &PROCESS_TABLES.to_string()],
    )?;
    fs::write(folder.path().join("schema.orm"), schema)?;
    let orm = workspace::root().join("target/release/orm");
    let mut lines = String::new();
    for _ in 0..PROCESS_RUNS {
        let script =
            format!("TIMEFORMAT='user %U s, system %S s, wall %R s'; time '{}' check > /dev/null", orm.display());
        let output = workspace::command("bash", &["-c", &script]).current_dir(folder.path()).output()?;
        lines.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    Ok(lines)
}
