//! `cargo xtask property`, `queries` and `false-alarms`: random schemas and queries on every database, for as long, or until as many, as asked.

use std::{env, fs};

use anyhow::Result;

use crate::workspace;

/// What the checker accepts: it applies, and migrations go forth and back. All databases at the same time. The tables at
/// the end say what was tried and which words of the language it had.
pub(crate) fn property(minutes: u64, schemas: Option<u64>, pairs: Option<u64>) -> Result<()> {
    let totals = [("ORM_PROPERTY_SCHEMAS", schemas), ("ORM_PROPERTY_PAIRS", pairs)];
    let totals = totals.into_iter().filter_map(|(variable, number)| Some((variable, number?.to_string())));
    let seconds = ("ORM_PROPERTY_SECONDS", (minutes * 60).to_string());
    run("properties::random_schemas", totals.chain([seconds]))
}

/// What the checker accepts gives the same rows on every database. The tables at the end say what was tried.
pub(crate) fn queries(count: u64, seed: Option<u64>) -> Result<()> {
    let seed = seed.map(|it| ("ORM_QUERY_SEED", it.to_string()));
    run("queries::random::", seed.into_iter().chain([("ORM_QUERY_COUNT", count.to_string())]))
}

/// What the checker rejects because a database would: it does. The table says for each rule how often it was asked; it is
/// written to docs/false-alarms.md. Once the tests are built it takes as long as is asked, on any machine; lines say how far
/// it is.
pub(crate) fn false_alarms(seconds: u64) -> Result<()> {
    let page = workspace::root().join("docs/false-alarms.md");
    let report = env::temp_dir().join(format!("orm-false-alarms-{}.md", std::process::id()));
    let report_file = report.to_string_lossy().into_owned();
    let variables = [("ORM_FALSE_ALARM_SECONDS", seconds.to_string()), ("ORM_FALSE_ALARM_REPORT", report_file)];
    let result = run("oracle::random_schemas_that_are_rejected", variables);
    if let Ok(table) = fs::read_to_string(&report) {
        fs::write(page, format!("{INTRODUCTION}Written after {seconds} seconds.\n\n{table}"))?;
        fs::remove_file(&report)?;
    }
    result
}

const INTRODUCTION: &str = "# False alarms

Written by `cargo xtask false-alarms`. What a rule rejects because a database would is put to that database: random schemas \
around what each rule looks at, where a finding of that rule is the only error, are applied all the same. Less than one in a \
hundred may be taken. The examples of each rule, and the SQL on its page, are put to the databases in every run of the \
tests. Where a database of the tests cannot answer, the table says why.

";

/// Runs tests of the acceptance tests, while the databases run, with variables that say how long.
fn run(tests: &str, variables: impl IntoIterator<Item = (&'static str, String)>) -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    // As all tests are built, so that nothing is compiled for this alone.
    let arguments = ["test", "--workspace", "--all-features", "--tests", "--", tests, "--nocapture"];
    let status = workspace::command(&cargo, &arguments).envs(variables).status();
    workspace::check(&cargo, &arguments, status)
}
