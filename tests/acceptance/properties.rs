//! Random schemas that `orm check` accepts go forth and back on every database without an error.
//!
//! As many as fit into the time: two minutes with `CI=true`, else 20 seconds, or `ORM_PROPERTY_SECONDS`
//! (`cargo xtask property` sets it). Every schema has a seed of its own, so `ORM_PROPERTY_SEED` begins with a failed one.

use std::{
    env, thread,
    time::{Duration, Instant},
};

use orm_driver::Connection;
use orm_engine::plan::plan;
use orm_model::{Dialect, Schema, Targets};
use orm_testkit::{
    databases::{self, TestDatabase},
    generator,
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::{
    database::{block_on, compare, run},
    schema,
};

/// How long a failed pair may take to get smaller.
const SHRINKING: Duration = Duration::from_secs(60);

/// All databases at the same time, which the test harness does not promise of three tests.
#[test]
fn random_schemas() {
    thread::scope(|scope| {
        for database in [databases::postgres, databases::pglite, databases::spanner] {
            scope.spawn(move || every_pair(database));
        }
    });
}

/// What came of the pairs that were drawn.
#[derive(Default)]
struct Count {
    drawn: usize,
    accepted: usize,
    migrated: usize,
}

fn every_pair(database: fn() -> Option<TestDatabase>) {
    let Some(mut site) = Site::new(database) else { return };
    let (time, first) = (time(), seed());
    let (start, mut count) = (Instant::now(), Count::default());
    for seed in first.. {
        if start.elapsed() > time {
            break;
        }
        let tree = generator::pair().new_tree(&mut runner(seed)).unwrap();
        count.drawn += 1;
        match site.judge(&tree.current()) {
            Verdict::Refused => {}
            Verdict::Passed { migrated } => {
                count.accepted += 1;
                count.migrated += usize::from(migrated);
            }
            Verdict::Failed(_) => fail(site, tree, seed),
        }
    }
    let Count { drawn, accepted, migrated } = count;
    eprintln!(
        "{}: {drawn} pairs drawn from seed {first}, {accepted} schemas accepted and applied, {migrated} migrated forth and back",
        site.database.url()
    );
    // A few in a row may be refused.
    assert!(accepted * 4 + 20 > drawn, "the generator's schemas are refused too often: {accepted} of {drawn} accepted");
}

fn time() -> Duration {
    let seconds = env::var("ORM_PROPERTY_SECONDS").map(|it| it.parse().expect("a number of seconds"));
    Duration::from_secs(seconds.unwrap_or(if is_ci() { 120 } else { 20 }))
}

/// The first seed: given, or another one at every run; with `CI=true` always the same, so that the same commit has the
/// same result. `cargo xtask property` is for looking further.
fn seed() -> u64 {
    let given = env::var("ORM_PROPERTY_SEED").map(|it| it.parse().expect("a whole number"));
    given.unwrap_or_else(|_| if is_ci() { 1 } else { u64::from(std::process::id()) << 32 })
}

fn is_ci() -> bool {
    env::var("CI").is_ok_and(|it| it == "true")
}

fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Makes a failed pair as small as time allows and shows it.
fn fail(mut site: Site, mut tree: impl ValueTree<Value = (String, String)>, seed: u64) -> ! {
    let start = Instant::now();
    let mut smallest = (tree.current(), site.judge(&tree.current()));
    let mut is_smaller = tree.simplify();
    while is_smaller && start.elapsed() < SHRINKING {
        let verdict = site.judge(&tree.current());
        is_smaller = match verdict {
            Verdict::Failed(_) => {
                smallest = (tree.current(), verdict);
                tree.simplify()
            }
            _ => tree.complicate(),
        };
    }
    let ((before, after), verdict) = smallest;
    let Verdict::Failed(failure) = verdict else { panic!("seed {seed} fails only now and then:\n{before}") };
    panic!("ORM_PROPERTY_SEED={seed}\n--- before.orm\n{before}\n--- after.orm\n{after}\n--- failure\n{failure}");
}

enum Verdict {
    /// `orm check` takes not both schemas.
    Refused,
    /// Everything was as the schemas say; `migrated`: from one to the other, too.
    Passed {
        migrated: bool,
    },
    Failed(String),
}

/// A database that is empty before and after each pair; a failure gets the next pair a new one.
struct Site {
    new: fn() -> Option<TestDatabase>,
    database: TestDatabase,
}

impl Site {
    fn new(new: fn() -> Option<TestDatabase>) -> Option<Self> {
        Some(Site { new, database: new()? })
    }

    fn judge(&mut self, (before, after): &(String, String)) -> Verdict {
        let check = |text: &String| schema::check(vec![("schema.orm".to_owned(), text.clone())], &Targets::default());
        let (before, after) = match (check(before), check(after)) {
            (Ok(before), Ok(after)) => (before, after),
            (Err(errors), _) | (_, Err(errors)) => {
                if env::var_os("ORM_PROPERTY_REFUSED").is_some() {
                    eprintln!("{errors}");
                }
                return Verdict::Refused;
            }
        };
        match block_on(forth_and_back(&self.database, &before, &after)) {
            Ok(migrated) => Verdict::Passed { migrated },
            Err(failure) => {
                self.database = (self.new)().expect("the server is there");
                Verdict::Failed(failure)
            }
        }
    }
}

/// Nothing → before → after → before → nothing; the middle only where the planner can go both ways.
async fn forth_and_back(database: &TestDatabase, before: &Schema, after: &Schema) -> Result<bool, String> {
    let mut connection = database.connect().await.map_err(|error| error.to_string())?;
    let (dialect, empty) = (database.dialect(), Schema::default());
    step(&mut *connection, "empty to before", &empty, before).await?;
    let migrates = is_possible(before, after, dialect) && is_possible(after, before, dialect);
    if migrates {
        step(&mut *connection, "before to after", before, after).await?;
        step(&mut *connection, "after to before", after, before).await?;
    }
    step(&mut *connection, "before to empty", before, &empty).await?;
    connection.close().await.map_err(|error| error.to_string())?;
    Ok(migrates)
}

fn is_possible(from: &Schema, to: &Schema, dialect: Dialect) -> bool {
    plan(from, to, &Targets::default(), dialect).unsupported.is_empty()
}

async fn step(connection: &mut dyn Connection, name: &str, from: &Schema, to: &Schema) -> Result<(), String> {
    let (dialect, targets) = (connection.dialect(), Targets::default());
    let plan = plan(from, to, &targets, dialect);
    let unsupported: Vec<_> = plan.unsupported.iter().map(ToString::to_string).collect();
    if !unsupported.is_empty() {
        return Err(format!("{name}: {}", unsupported.join("\n")));
    }
    run(connection, &plan).await.map_err(|error| format!("{name}, {dialect}: {error}"))?;
    compare(connection, to, &targets).await.map_err(|found| format!("{name}, {dialect}:\n{found}"))
}
