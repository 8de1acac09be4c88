//! Random schemas that `orm check` accepts go forth and back on every database without an error.
//!
//! As many as fit into the time: two minutes with `CI=true`, else 20 seconds, or `ORM_PROPERTY_SECONDS`
//! (`cargo xtask property` sets it). Every schema has a seed of its own, so `ORM_PROPERTY_SEED` begins with a failed one.

use std::{
    env, thread,
    time::{Duration, Instant},
};

use orm_driver::Connection;
use orm_engine::plan::{Plan, plan, plan_back};
use orm_model::{Schema, Targets};
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
    rows::{Contents, Kept, Side, fill, is_announced},
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
    /// Migrations whose rows a statement refused, as its note says.
    refused: usize,
    rows: usize,
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
        site.seed = seed;
        match site.judge(&tree.current()) {
            Verdict::Refused => {}
            Verdict::Passed(walk) => {
                count.accepted += 1;
                count.migrated += usize::from(walk.migrated);
                count.refused += usize::from(walk.refused);
                count.rows += walk.rows;
            }
            Verdict::Failed(_) => fail(site, tree, seed),
        }
    }
    let Count { drawn, accepted, migrated, refused, rows } = count;
    eprintln!(
        "{}: {drawn} pairs drawn from seed {first}, {accepted} schemas accepted and applied, {migrated} migrated \
         forth and back with {rows} rows, which {refused} refused as announced",
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
pub(crate) fn seed() -> u64 {
    let given = env::var("ORM_PROPERTY_SEED").map(|it| it.parse().expect("a whole number"));
    given.unwrap_or_else(|_| if is_ci() { 1 } else { u64::from(std::process::id()) << 32 })
}

fn is_ci() -> bool {
    env::var("CI").is_ok_and(|it| it == "true")
}

/// The random numbers of a seed.
pub(crate) fn runner(seed: u64) -> TestRunner {
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
    /// Everything was as the schemas say.
    Passed(Walk),
    Failed(String),
}

/// How far a pair went.
#[derive(Default)]
struct Walk {
    /// From one schema to the other and back.
    migrated: bool,
    /// A statement refused the rows, as its note says.
    refused: bool,
    rows: usize,
    /// The database is not empty, because what was refused left it half-way.
    left: bool,
}

/// A database that is empty before and after each pair; a failure gets the next pair a new one.
struct Site {
    new: fn() -> Option<TestDatabase>,
    database: TestDatabase,
    /// Of the rows.
    seed: u64,
}

impl Site {
    fn new(new: fn() -> Option<TestDatabase>) -> Option<Self> {
        Some(Site { new, database: new()?, seed: 0 })
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
        match block_on(forth_and_back(&self.database, &before, &after, self.seed)) {
            Ok(walk) => {
                if walk.left {
                    self.database = (self.new)().expect("the server is there");
                }
                Verdict::Passed(walk)
            }
            Err(failure) => {
                self.database = (self.new)().expect("the server is there");
                Verdict::Failed(failure)
            }
        }
    }
}

/// Nothing → before → after → before → nothing; the middle, with rows, only where the planner can go both ways.
async fn forth_and_back(database: &TestDatabase, before: &Schema, after: &Schema, seed: u64) -> Result<Walk, String> {
    let mut connection = database.connect().await.map_err(|error| error.to_string())?;
    let walk = walk(&mut *connection, before, after, seed).await?;
    connection.close().await.map_err(|error| error.to_string())?;
    Ok(walk)
}

async fn walk(connection: &mut dyn Connection, before: &Schema, after: &Schema, seed: u64) -> Result<Walk, String> {
    let (targets, dialect, empty) = (Targets::default(), connection.dialect(), Schema::default());
    let mut walk = Walk::default();
    let create = plan(&empty, before, &targets, dialect);
    step(connection, "empty to before", &create, before).await?;
    let (up, down) = (plan(before, after, &targets, dialect), plan_back(before, after, &targets, dialect));
    if up.unsupported.is_empty() && down.unsupported.is_empty() {
        walk.rows = fill(connection, before, seed).await;
        let there = Kept::between(before, after, &up.data_loss.iter().collect::<Vec<_>>(), dialect);
        let losses: Vec<_> = up.data_loss.iter().chain(&down.data_loss).collect();
        let and_back = Kept::between(before, after, &losses, dialect);
        let was = (there.read(connection, Side::Before).await?, and_back.read(connection, Side::Before).await?);
        let went = step(connection, "before to after", &up, after).await?;
        survive(connection, "before to after", went, (&there, &was.0), [Side::Before, Side::After]).await?;
        walk.migrated = went && step(connection, "after to before", &down, before).await?;
        if went {
            let sides = [Side::After, Side::Before];
            survive(connection, "after to before", walk.migrated, (&and_back, &was.1), sides).await?;
        }
        walk.refused = !walk.migrated;
        if walk.refused {
            // What is undone as a whole left the database where it was.
            walk.left = went || !connection.capabilities().transactional_ddl;
        }
    }
    if walk.left && connection.capabilities().transactional_ddl {
        step(connection, "after to empty", &plan(after, &empty, &targets, dialect), &empty).await?;
        walk.left = false;
    } else if !walk.left {
        step(connection, "before to empty", &plan(before, &empty, &targets, dialect), &empty).await?;
    }
    Ok(walk)
}

/// Runs a plan and looks at what the database has then; `false` if a statement refused the rows as its note says.
async fn step(connection: &mut dyn Connection, name: &str, plan: &Plan, to: &Schema) -> Result<bool, String> {
    let dialect = connection.dialect();
    let unsupported: Vec<_> = plan.unsupported.iter().map(ToString::to_string).collect();
    if !unsupported.is_empty() {
        return Err(format!("{name}: {}", unsupported.join("\n")));
    }
    match run(connection, plan).await {
        Ok(()) => {}
        Err(refusal) if is_announced(plan, &refusal.statement) => return Ok(false),
        Err(refusal) => return Err(format!("{name}, {dialect}: {}", refusal.message)),
    }
    let found = compare(connection, to, &Targets::default()).await;
    found.map(|()| true).map_err(|found| format!("{name}, {dialect}:\n{found}"))
}

/// What was to be kept is there, on the side that the database is at now.
async fn survive(
    connection: &mut dyn Connection,
    name: &str,
    went: bool,
    (kept, was): (&Kept, &Contents),
    [from, to]: [Side; 2],
) -> Result<(), String> {
    let now = if went { kept.read(connection, to).await? } else { kept.read_halfway(connection, from).await? };
    was.compare(&now).map_err(|found| format!("{name}, {}, rows:\n{found}", connection.dialect()))
}
