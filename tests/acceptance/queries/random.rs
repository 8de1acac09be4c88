//! Random queries that `orm check` accepts give the same rows in every database; random mutations give the same rows, say
//! that they changed as many, and leave the same tables.
//!
//! As many queries as `ORM_QUERY_COUNT` says (`cargo xtask queries` sets it), and a third as many mutations; otherwise a
//! fixed number. Each has a seed of its own, which says its schema, too: [`QUERIES`] seeds in a row have one in common. So
//! `ORM_QUERY_SEED` begins with a failed one. With `CI=true` the seeds are always the same.
//!
//! | file | subject |
//! |---|---|
//! | `checker` | a schema, and `orm check` of queries beside it |
//! | `constructs` | what has to be drawn |
//! | `declared` | whether values are what a query declares |
//! | `edge` | queries that are rejected because a database would: whether it does |
//! | `report` | what came of it, as tables |
//! | `site` | the databases, and what they answer |

mod checker;
mod constructs;

mod declared;
mod edge;
mod report;
mod site;

use std::env;

use orm_model::Dialect;
use orm_testkit::generator::query::{self as generator, Drawn, Ground};

use checker::{Checker, Run};
use report::Report;
use site::{Outcome, Sites};

/// How many queries are drawn where nobody says.
const COUNT: u64 = 2400;

/// How many mutations.
const MUTATIONS: u64 = 800;

/// How many seeds have a schema in common.
const QUERIES: u64 = 100;

/// Every so manieth schema is the fixed one.
const FIXED: u64 = 8;

/// Findings after which it is enough.
const FINDINGS: usize = 12;

/// How many smaller queries are tried for a finding.
const SHRINKING: usize = 120;

#[test]
fn random_queries_answer_alike_in_every_database() {
    compare(generator::query, number("ORM_QUERY_COUNT").unwrap_or(COUNT));
}

#[test]
fn random_mutations_write_alike_in_every_database() {
    compare(generator::mutation, number("ORM_QUERY_COUNT").map_or(MUTATIONS, |it| it / 3));
}

/// Draws so many and compares what databases make of them.
fn compare(draw: fn(&Ground, u64) -> Drawn, count: u64) {
    let Some(mut sites) = Sites::new() else { return };
    let mut report = Report::default();
    let seeds: Vec<_> = (seed()..seed() + count).collect();
    for seeds in seeds.chunk_by(|one, two| one / QUERIES == two / QUERIES) {
        let mut checker = Checker::of_seed(seeds[0]);
        report.schemas += 1;
        if let Err(refusal) = sites.prepare(&checker.stage) {
            report.findings.push(format!("--- ORM_QUERY_SEED={}\n{}\n{refusal}", seeds[0], checker.stage.text));
            continue;
        }
        compare_some(seeds, draw, &mut checker, &mut sites, &mut report);
        if report.findings.len() >= FINDINGS {
            break;
        }
    }
    report.print();
    let findings = &report.findings;
    assert!(findings.is_empty(), "{} findings, first of all:\n{}", findings.len(), findings[0]);
    let (drawn, accepted) = (report.drawn, report.accepted);
    assert!(accepted * 10 > drawn * 9, "queries are refused too often: {accepted} of {drawn} accepted");
}

fn compare_some(
    seeds: &[u64],
    draw: fn(&Ground, u64) -> Drawn,
    checker: &mut Checker,
    sites: &mut Sites,
    report: &mut Report,
) {
    let mut asked = Vec::new();
    for &seed in seeds {
        let drawn = draw(&checker.stage.ground, seed);
        let checked = checker.check(&drawn);
        report.add_drawn(&drawn, checked.as_ref().err());
        match checked {
            Ok(run) => asked.push((seed, drawn, run)),
            Err(errors) => {
                if env::var_os("ORM_QUERY_REFUSED").is_some() {
                    eprintln!(
                        "{}\n{}",
                        errors.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("\n"),
                        drawn.text("q")
                    );
                }
                report.add_edge(edge::ask(checker, sites, &drawn, &errors));
            }
        }
    }
    let runs: Vec<_> = asked.iter().map(|(_, _, it)| it).collect();
    for ((seed, drawn, run), outcomes) in asked.iter().zip(sites.outcomes(&checker.stage, &runs)) {
        report.add_run(&outcomes);
        let mut judged = judge(checker, drawn, run, &outcomes);
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

/// What came of a query.
enum Judged {
    Same,
    /// A rule says of the query that the databases differ for some values.
    Declared(&'static str),
    /// One database met a value that it refuses, the other one did not come there: SQL leaves open what is evaluated of
    /// conditions, joins and outputs that a limit throws away.
    Evaluation,
    /// The emulator broke, or lacks what Spanner has.
    Broken,
    Finding(String),
}

fn judge(checker: &Checker, drawn: &Drawn, run: &Run, outcomes: &[Outcome]) -> Judged {
    let is_broken = outcomes.iter().any(Outcome::broke);
    if let Some(wrong) =
        outcomes.iter().find_map(|it| it.wrong((&checker.stage.ground.schema, run))).filter(|_| !is_broken)
    {
        return Judged::Finding(wrong);
    }
    let whole: Vec<_> = outcomes.iter().filter(|it| !it.broke()).collect();
    let precision = drawn.is_approximate().then_some(APPROXIMATE_DIGITS);
    let differs = |it: &&Outcome| whole[0].difference(it, drawn.is_ordered(), precision);
    let Some(difference) = whole.iter().skip(1).find_map(differs) else {
        return if is_broken { Judged::Broken } else { Judged::Same };
    };
    if is_broken {
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

/// Digits of logarithms and powers that databases have in common: the last ones are those of the machine's library.
const APPROXIMATE_DIGITS: usize = 14;

/// The same with as little as it takes. What databases evaluate or not is a finding where a smaller query leaves no choice.
fn smallest(checker: &mut Checker, sites: &mut Sites, seed: u64, drawn: &Drawn, judged: Judged) -> Judged {
    let mut smallest = (drawn.clone(), judged);
    let mut tried = 0;
    'smaller: loop {
        for drawn in smallest.0.smaller() {
            tried += 1;
            if tried > SHRINKING {
                break 'smaller;
            }
            let Ok(run) = checker.check(&drawn) else { continue };
            let outcomes = sites.outcomes(&checker.stage, &[&run]).swap_remove(0);
            let judged = judge(checker, &drawn, &run, &outcomes);
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
    let text = |dialect| super::text(&run.query, &checker.stage.ground.schema, dialect);
    let sql = Dialect::ALL.map(text).concat();
    let values = serde_json::to_string(&run.values).unwrap();
    let schema = if env::var_os("ORM_QUERY_SCHEMA").is_some() { checker.stage.text.as_str() } else { "" };
    Judged::Finding(format!("--- ORM_QUERY_SEED={seed}\n{schema}{}{sql}{values}\n{difference}\n", drawn.text("q")))
}
