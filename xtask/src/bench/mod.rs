//! `cargo xtask bench`: measures, and writes the table to docs/benchmarks.md.

mod editor;
mod edits;
mod page;
mod project;
mod server;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail};

use orm_testkit::large;

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

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Subject {
    /// The stages from text to DDL.
    Stages,
    /// `orm check` as a process.
    Check,
    /// Memory of an analysis.
    Memory,
    /// The language server, through its standard input and output.
    Editor,
    /// Memory of the language server over many edits.
    Edits,
}

/// Measures one subject, or all, and writes what was measured into docs/benchmarks.md.
pub(crate) fn bench(only: Option<Subject>) -> Result<()> {
    let subjects = [Subject::Stages, Subject::Check, Subject::Memory, Subject::Editor, Subject::Edits];
    for subject in subjects.into_iter().filter(|it| only.is_none_or(|only| only == *it)) {
        let (title, body) = match subject {
            Subject::Stages => ("Stages", stages()?),
            Subject::Check => ("`orm check` as a process", check()?),
            Subject::Memory => ("Memory of an analysis", memory()?),
            Subject::Editor => ("The editor", editor::editor(&SIZES)?),
            Subject::Edits => ("Memory of the editor", edits::edits()?),
        };
        println!("## {title}\n\n{body}\n");
        page::replace(title, &body)?;
    }
    Ok(())
}

/// Measures the editor at one size, and shows what was measured.
pub(crate) fn editor_of(tables: usize) -> Result<()> {
    println!("{}", editor::editor(&[tables])?);
    Ok(())
}

/// The benchmarks of `benches/`.
fn stages() -> Result<String> {
    let stages = workspace::command(&cargo(), &["bench", "--package", "orm-benches", "--bench", "pipeline"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run `cargo bench`")?;
    if !stages.status.success() {
        bail!("`cargo bench` failed: {}", stages.status);
    }
    Ok(format!("```text\n{}\n```", String::from_utf8_lossy(&stages.stdout).trim()))
}

/// Cold starts of `orm check`.
fn check() -> Result<String> {
    let orm = release_build()?;
    build_measure()?;
    let process = each_size(|tables| cold_check(&orm, tables, false))?
        + "\n"
        + &each_size(|tables| cold_check(&orm, tables, true))?;
    Ok(format!(
        "{PROCESS_RUNS} cold starts each, built without database drivers.\n\n```text\n{process}```\n\n{}",
        PEERS.trim_end()
    ))
}

/// What an analysis takes of memory.
fn memory() -> Result<String> {
    build_measure()?;
    let memory = each_size(analysis)?;
    Ok(format!("One file, with its text, trees, model and findings, as an editor holds it.\n\n```text\n{memory}```"))
}

fn cargo() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// The release build of `orm`. What is measured needs no database, and without the drivers the build takes minutes less.
fn release_build() -> Result<PathBuf> {
    workspace::run(&cargo(), &["build", "--release", "--package", "orm-cli", "--no-default-features"])?;
    Ok(workspace::root().join("target/release/orm"))
}

fn build_measure() -> Result<()> {
    workspace::run(&cargo(), &["build", "--release", "--package", "orm-benches", "--bin", "measure"])
}

fn each_size(measure: impl Fn(usize) -> Result<String>) -> Result<String> {
    SIZES.into_iter().map(measure).collect()
}

/// CPU time and memory of a cold `orm check`, of tables alone or with as many queries.
fn cold_check(orm: &Path, tables: usize, has_queries: bool) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let queries = if has_queries { large::queries(tables) } else { String::new() };
    fs::write(folder.path().join("schema.orm"), large::schema(tables) + &queries)?;
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
