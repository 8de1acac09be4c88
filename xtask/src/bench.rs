//! `cargo xtask bench`: measures, and writes the table to docs/benchmarks.md.

use std::{env, fmt::Write, fs, process::Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Tables of the schemas that whole processes are measured on.
const SIZES: [usize; 4] = [10, 100, 1_000, 5_000];
const PROCESS_RUNS: usize = 11;

/// The peers on the same kind of schema with 1,000 tables, measured once by hand.
const PEERS: &str = "\
| Tool at 1,000 tables | CPU seconds |
|---|---|
| Prisma, validate | 2.9 |
| Prisma, format | 3.0 |
| Drizzle, check | 1.5 |
";

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
    workspace::run(&cargo, &["build", "--release", "--package", "orm-benches", "--bin", "measure"])?;
    let process =
        each_size(|tables| cold_check(tables, false))? + "\n" + &each_size(|tables| cold_check(tables, true))?;
    println!("{process}");
    let memory = each_size(analysis)?;
    println!("{memory}");

    let mut page = String::from("# Benchmarks\n\nWritten by `cargo xtask bench`; times depend on the machine.\n\n");
    writeln!(page, "## Stages\n\n```text\n{}\n```\n", stages.trim_end())?;
    writeln!(
        page,
        "## `orm check` as a process\n\n{PROCESS_RUNS} cold starts each, built without database drivers.\n\n```text\n{process}```\n\n{PEERS}"
    )?;
    writeln!(
        page,
        "## Memory of an analysis\n\nOne file, with its text, trees, model and findings, as an editor holds it.\n\n```text\n{memory}```"
    )?;
    fs::write(workspace::root().join("docs/benchmarks.md"), page)?;
    Ok(())
}

fn each_size(measure: impl Fn(usize) -> Result<String>) -> Result<String> {
    SIZES.into_iter().map(measure).collect()
}

/// CPU time and memory of a cold `orm check`, of tables alone or with as many queries.
fn cold_check(tables: usize, has_queries: bool) -> Result<String> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tables = tables.to_string();
    let folder = tempfile::tempdir()?;
    let mut large = vec!["run", "--quiet", "--package", "orm-testkit", "--bin", "large-schema", "--", &tables];
    large.extend(has_queries.then_some("queries"));
    fs::write(folder.path().join("schema.orm"), workspace::output(&cargo, &large)?)?;
    let orm = workspace::root().join("target/release/orm");
    let folder = folder.path().to_string_lossy().into_owned();
    let measured = measure(&["runs", &PROCESS_RUNS.to_string(), &orm.to_string_lossy(), "-C", &folder, "check"])?;
    let queries = if has_queries { format!(", {tables:>5} queries") } else { String::new() };
    Ok(format!("{tables:>5} tables{queries}: {measured}"))
}

/// Memory of an analysis.
fn analysis(tables: usize) -> Result<String> {
    measure(&["analysis", &tables.to_string()])
}

fn measure(arguments: &[&str]) -> Result<String> {
    workspace::output(&workspace::root().join("target/release/measure").to_string_lossy(), arguments)
}
