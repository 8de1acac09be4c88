//! Random queries that `orm check` accepts give the same rows in every database; random mutations give the same rows, say
//! that they changed as many, and leave the same table.
//!
//! As many queries as `ORM_QUERY_COUNT` says (`cargo xtask queries` sets it), and a tenth as many mutations; otherwise a
//! fixed number. Each has a seed of its own, so `ORM_QUERY_SEED` begins with a failed one. With `CI=true` the seeds are
//! always the same.

mod report;
mod site;

use std::{collections::BTreeMap, env};

use orm_engine::query::{Argument, Arguments, argument};
use orm_model::{Dialect, Schema, Targets, query::Query};
use orm_schema_lang::{Severity, Workspace, diagnostics::Severities};
use orm_testkit::generator::query::{self as generator, Drawn, sample};

use report::Report;
use site::{Outcome, Site};

/// How many queries are drawn where nobody says.
const COUNT: u64 = 1500;

/// How many mutations: before each the table is filled anew.
const MUTATIONS: u64 = 300;

/// How many go to the databases at a time.
const CHUNK: usize = 150;

/// Findings after which it is enough.
const FINDINGS: usize = 12;

/// Rules that say that databases differ for some values, and no SQL makes them equal.
const DECLARED: [&str; 2] = ["PORT020", "PORT021"];

/// How many smaller queries are tried for a finding.
const SHRINKING: usize = 120;

#[test]
fn random_queries_answer_alike_in_every_database() {
    compare(generator::query, number("ORM_QUERY_COUNT").unwrap_or(COUNT));
}

#[test]
fn random_mutations_write_alike_in_every_database() {
    compare(generator::mutation, number("ORM_QUERY_COUNT").map_or(MUTATIONS, |it| it / 10));
}

/// Draws so many and compares what databases make of them.
fn compare(draw: fn(&Schema, u64) -> Drawn, count: u64) {
    let mut checker = Checker::new();
    let Some(mut sites) = Site::all(&checker.schema) else { return };
    let mut report = Report::default();
    let first = seed();
    let seeds: Vec<u64> = (first..first + count).collect();
    for chunk in seeds.chunks(CHUNK) {
        compare_some(chunk, draw, &mut checker, &mut sites, &mut report);
        if report.findings.len() >= FINDINGS {
            break;
        }
    }
    report.print();
    let findings = &report.findings;
    assert!(findings.is_empty(), "{} findings, first of all:\n{}", findings.len(), findings[0]);
    let (drawn, accepted) = (report.drawn, report.accepted);
    assert!(accepted * 2 > drawn, "queries are refused too often: {accepted} of {drawn} accepted");
}

fn compare_some(
    seeds: &[u64],
    draw: fn(&Schema, u64) -> Drawn,
    checker: &mut Checker,
    sites: &mut [Site],
    report: &mut Report,
) {
    let mut asked = Vec::new();
    for &seed in seeds {
        let drawn = draw(&checker.schema, seed);
        let checked = checker.check(&drawn);
        report.add_drawn(&drawn, checked.as_ref().err());
        if let Err(errors) = &checked
            && env::var_os("ORM_QUERY_REFUSED").is_some()
        {
            eprintln!("{}\n{}", errors.join("\n"), drawn.text("q"));
        }
        asked.extend(checked.ok().map(|it| (seed, drawn, it)));
    }
    let runs: Vec<_> = asked.iter().map(|(_, _, it)| it).collect();
    for ((seed, drawn, run), outcomes) in asked.iter().zip(site::outcomes(sites, &checker.schema, &runs)) {
        report.add_run(&outcomes);
        let mut judged = judge(drawn, run, &outcomes);
        if matches!(judged, Judged::Finding(_) | Judged::Evaluation) {
            judged = smallest(checker, sites, *seed, drawn, judged);
        }
        if let Judged::Finding(finding) = &judged {
            eprintln!("{finding}");
        }
        report.add_judged(judged);
    }
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|it| it.parse().expect("a whole number"))
}

fn seed() -> u64 {
    let is_ci = env::var("CI").is_ok_and(|it| it == "true");
    number("ORM_QUERY_SEED").unwrap_or(if is_ci { 1 } else { u64::from(std::process::id()) << 32 })
}

/// A query that was accepted, and what it is given.
struct Run {
    query: Query,
    arguments: Arguments,
    values: BTreeMap<String, serde_json::Value>,
    /// The rules that say where databases differ in it.
    declared: Vec<&'static str>,
    /// What reads the table that mutations write.
    contents: Query,
}

/// What came of a query.
enum Judged {
    Same,
    /// A rule says of the query that the databases differ for some values.
    Declared(&'static str),
    /// One database met a value that it refuses, the other one did not come there: SQL leaves open what is evaluated of
    /// conditions, joins and outputs that a limit throws away.
    Evaluation,
    /// The emulator broke.
    Broken,
    Finding(String),
}

/// `orm check` of a query beside the schema, which stays.
struct Checker {
    workspace: Workspace,
    schema: Schema,
}

impl Checker {
    fn new() -> Self {
        let mut workspace = Workspace::new(Targets::default(), Severities::default());
        workspace.set_closed([("schema.orm".to_owned(), sample::SCHEMA.to_owned())]);
        let schema = workspace.schema();
        Checker { workspace, schema }
    }

    /// The query; the codes and messages of the errors if there are any.
    fn check(&mut self, drawn: &Drawn) -> Result<Run, Vec<String>> {
        let files = [("schema.orm", sample::SCHEMA.to_owned()), ("query.orm", drawn.text("q"))];
        self.workspace.set_closed(files.map(|(path, text)| (path.to_owned(), text)));
        let findings = self.workspace.diagnostics("query.orm");
        let declared = findings.iter().map(|it| it.rule.code).filter(|it| DECLARED.contains(it)).collect();
        let errors: Vec<_> = findings
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .map(|it| format!("{} {}", it.rule.code, it.message))
            .collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let query = self.workspace.queries().get("q").expect("it was accepted").clone();
        let contents = self.workspace.queries().get("contents").expect("it stands beside the schema").clone();
        let values = drawn.values();
        let given = values.iter().map(|(name, it)| (name.clone(), Argument::Json(it.clone()))).collect();
        let arguments = argument::read(&query, &self.schema, &given);
        Ok(Run { query, arguments: arguments.expect("values are of their types"), values, declared, contents })
    }
}

fn judge(drawn: &Drawn, run: &Run, outcomes: &[Outcome]) -> Judged {
    if let Some(wrong) = outcomes.iter().find_map(|it| it.wrong(run)) {
        return Judged::Finding(wrong);
    }
    let others = outcomes.iter().skip(1);
    let Some(difference) = others.into_iter().find_map(|it| outcomes[0].difference(it, drawn.is_ordered())) else {
        return Judged::Same;
    };
    if outcomes.iter().any(Outcome::broke) {
        return Judged::Broken;
    }
    if let Some(code) = run.declared.first() {
        return Judged::Declared(code);
    }
    match outcomes.iter().any(Outcome::met_a_value) && drawn.leaves_evaluation_open() {
        true => Judged::Evaluation,
        false => Judged::Finding(difference),
    }
}

/// The same with as little as it takes. What databases evaluate or not is a finding where a smaller query leaves no choice.
fn smallest(checker: &mut Checker, sites: &mut [Site], seed: u64, drawn: &Drawn, judged: Judged) -> Judged {
    let mut smallest = (drawn.clone(), judged);
    let mut tried = 0;
    'smaller: loop {
        for drawn in smallest.0.smaller() {
            tried += 1;
            if tried > SHRINKING {
                break 'smaller;
            }
            let Ok(run) = checker.check(&drawn) else { continue };
            let outcomes = site::outcomes(sites, &checker.schema, &[&run]).swap_remove(0);
            let judged = judge(&drawn, &run, &outcomes);
            let is_worse = matches!(judged, Judged::Finding(_));
            if is_worse || matches!((&judged, &smallest.1), (Judged::Evaluation, Judged::Evaluation)) {
                smallest = (drawn, judged);
                continue 'smaller;
            }
        }
        break;
    }
    let (drawn, Judged::Finding(difference)) = smallest else { return smallest.1 };
    let run = checker.check(&drawn).expect("it was accepted before");
    let text = |dialect| super::text(&run.query, &checker.schema, dialect);
    let sql = Dialect::ALL.map(text).concat();
    let values = serde_json::to_string(&run.values).unwrap();
    Judged::Finding(format!("--- ORM_QUERY_SEED={seed}\n{}{sql}{values}\n{difference}\n", drawn.text("q")))
}
