//! Random schemas that `orm check` accepts go forth and back on every database without an error.
//!
//! As many as fit into 20 seconds or `ORM_PROPERTY_SECONDS`; with `CI=true` a number of seeds for each database that takes
//! about two minutes, so that the same commit has the same result on any machine; or until there
//! were so many schemas and pairs on all databases together, `ORM_PROPERTY_SCHEMAS` and `ORM_PROPERTY_PAIRS`
//! (`cargo xtask property` sets them). Every schema has a seed of its own, so `ORM_PROPERTY_SEED` begins with a failed one.

mod constructs;
mod report;

use std::{
    env,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use orm_driver::{Connection, DatabaseUrl};
use orm_engine::plan::{Plan, plan, plan_back};
use orm_model::{Dialect, Schema, Targets};
pub(crate) use orm_testkit::random::seed;
use orm_testkit::{
    databases::{self, TestDatabase},
    generator::{self, Pair},
    random::is_ci,
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
use report::Count;

/// How long a failed pair may take to get smaller.
const SHRINKING: Duration = Duration::from_secs(12);

/// Failures of one database after which it is given up.
const FAILURES: usize = 6;

/// How often a database tells how far it is.
const PROGRESS: Duration = Duration::from_secs(30);

/// All databases at the same time, which the test harness does not promise of three tests.
#[test]
fn random_schemas() {
    let goal = Goal::new();
    let counts: Vec<_> = thread::scope(|scope| {
        let databases = [
            ("PostgreSQL", databases::postgres as fn() -> _, 300),
            ("PGlite", databases::pglite, 140),
            ("Spanner", databases::spanner, 100),
        ];
        let goal = &goal;
        let lanes =
            databases.map(|(name, database, draws)| (name, scope.spawn(move || every_pair(database, goal, draws))));
        let counts = lanes.into_iter().filter_map(|(name, lane)| Some((name, lane.join().expect("a lane ends")?)));
        counts.collect()
    });
    report::print(&counts);
    let failures: Vec<_> = counts.iter().flat_map(|(_, it)| &it.failures).collect();
    assert!(failures.is_empty(), "{} pairs failed, first of all:\n{}", failures.len(), failures[0]);
    for (name, count) in &counts {
        let Count { asked, accepted, .. } = count;
        // A few in a row may be refused.
        assert!(accepted * 2 + 20 > *asked, "{name}: schemas are refused too often: {accepted} of {asked} accepted");
    }
}

/// No word of the language and no function is left out of the schemas that `orm check` accepts.
#[test]
fn random_schemas_have_every_construct() {
    let mut missing = constructs::needed();
    for seed in 1..=SEEDS {
        let pair = generator::pair().new_tree(&mut runner(seed)).unwrap().current();
        for text in [&pair.before, &pair.after] {
            let found = constructs::constructs(text);
            if found.iter().any(|it| missing.contains(it)) && check(text, &pair.targets).is_ok() {
                missing.retain(|it| !found.contains(it));
            }
        }
        if missing.is_empty() {
            return;
        }
    }
    panic!("never in {SEEDS} pairs: {missing:#?}");
}

/// After how many seeds a construct that was not drawn will not be drawn.
const SEEDS: u64 = 6000;

/// When it is enough.
struct Goal {
    start: Instant,
    /// How long; `None` in CI.
    time: Option<Duration>,
    /// So many schemas and pairs, whatever time they take.
    totals: Option<(usize, usize)>,
    schemas: AtomicUsize,
    pairs: AtomicUsize,
}

impl Goal {
    fn new() -> Self {
        let number = |name| env::var(name).ok().map(|it| it.parse().expect("a whole number"));
        let (schemas, pairs) = (number("ORM_PROPERTY_SCHEMAS"), number("ORM_PROPERTY_PAIRS"));
        let totals = (schemas.is_some() || pairs.is_some()).then(|| (schemas.unwrap_or(0), pairs.unwrap_or(0)));
        let (start, time) = (Instant::now(), time());
        Goal { start, time, totals, schemas: AtomicUsize::new(0), pairs: AtomicUsize::new(0) }
    }

    /// `drawn` is how many pairs were drawn for a database, `draws` how many are drawn for it in CI.
    fn is_reached(&self, drawn: usize, draws: usize) -> bool {
        match (self.totals, self.time) {
            (Some((schemas, pairs)), _) => {
                self.schemas.load(Ordering::Relaxed) >= schemas && self.pairs.load(Ordering::Relaxed) >= pairs
            }
            (None, Some(time)) => self.start.elapsed() > time,
            (None, None) => drawn >= draws,
        }
    }

    fn add(&self, walk: &Walk) {
        self.schemas.fetch_add(walk.schemas, Ordering::Relaxed);
        self.pairs.fetch_add(usize::from(walk.migrated), Ordering::Relaxed);
    }
}

fn every_pair(database: fn() -> Option<TestDatabase>, goal: &Goal, draws: usize) -> Option<Count> {
    let mut site = Site::new(database)?;
    let (first, mut count, mut told) = (seed(), Count::default(), Instant::now());
    for seed in first.. {
        if goal.is_reached(count.drawn, draws) || count.failures.len() >= FAILURES {
            break;
        }
        let tree = generator::pair().new_tree(&mut runner(seed)).unwrap();
        let pair = tree.current();
        site.seed = seed;
        count.drawn += 1;
        if !site.is_asked(&pair.targets) {
            continue;
        }
        count.asked += 1;
        match site.judge(&pair) {
            Verdict::Refused => {}
            Verdict::Excluded(why) => *count.excluded.entry(why).or_default() += 1,
            Verdict::Passed(walk) => {
                goal.add(&walk);
                count.add(&walk, &pair);
            }
            Verdict::Failed(_) => {
                let failure = smallest(&mut site, tree, seed);
                eprintln!("{failure}");
                count.failures.push(failure);
            }
        }
        if told.elapsed() > PROGRESS {
            told = Instant::now();
            eprintln!("{}: {} schemas and {} pairs", site.database.url(), count.schemas, count.migrated);
        }
    }
    Some(count)
}

pub(crate) fn check(text: &str, targets: &Targets) -> Result<Schema, String> {
    schema::check(vec![("schema.orm".to_owned(), text.to_owned())], targets)
}

/// What the databases of the tests lack, and those that they stand for have: such schemas are not tried there.
fn beyond(database: &DatabaseUrl, schema: &Schema) -> Option<&'static str> {
    match database {
        DatabaseUrl::Postgres(_) => None,
        DatabaseUrl::Pglite(_) => (!schema.extensions.is_empty()).then_some("extensions (PGlite)"),
        DatabaseUrl::Spanner(_) => beyond_the_emulator(schema),
    }
}

/// Where the emulator's own source found its state wrong, which it tells by file and line: a fault of the emulator alone,
/// since Spanner refuses a statement or runs it. So it does at `UPDATE` of some tables with indexes.
fn broken_check(failure: &str) -> Option<String> {
    let (_, place) = failure.split_once("ZETASQL_RET_CHECK failure (")?;
    let (path, _) = place.split_once(':')?;
    let file = path.rsplit('/').next()?;
    Some(format!("the emulator breaks in {file}"))
}

fn beyond_the_emulator(schema: &Schema) -> Option<&'static str> {
    let tables = schema.tables.values();
    if tables.clone().any(|it| it.interleave.as_ref().is_some_and(|it| it.placement_only)) {
        return Some("INTERLEAVE IN without PARENT");
    }
    let mut keys = tables.flat_map(|it| &it.foreign_keys);
    keys.any(|it| it.not_enforced).then_some("NOT ENFORCED")
}

fn time() -> Option<Duration> {
    let seconds = env::var("ORM_PROPERTY_SECONDS").map(|it| it.parse().expect("a number of seconds"));
    seconds.ok().or((!is_ci()).then_some(20)).map(Duration::from_secs)
}

/// The random numbers of a seed.
pub(crate) fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// A failed pair as small as time allows, as text.
fn smallest(site: &mut Site, mut tree: impl ValueTree<Value = Pair>, seed: u64) -> String {
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
    let (Pair { before, after, targets }, verdict) = smallest;
    let Verdict::Failed(failure) = verdict else { return format!("seed {seed} fails only now and then:\n{before}") };
    format!(
        "ORM_PROPERTY_SEED={seed}, {targets:?}\n--- before.orm\n{before}\n--- after.orm\n{after}\n--- failure\n{failure}"
    )
}

enum Verdict {
    /// `orm check` takes not both schemas.
    Refused,
    /// The database of the tests lacks something.
    Excluded(String),
    /// Everything was as the schemas say.
    Passed(Walk),
    Failed(String),
}

impl Verdict {
    fn of(failure: String) -> Self {
        broken_check(&failure).map_or(Verdict::Failed(failure), Verdict::Excluded)
    }
}

/// How far a pair went.
#[derive(Default)]
struct Walk {
    /// How many schemas the database had.
    schemas: usize,
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
    /// The major version of PostgreSQL.
    version: u32,
    /// Of the rows.
    seed: u64,
}

impl Site {
    fn new(new: fn() -> Option<TestDatabase>) -> Option<Self> {
        let database = new()?;
        let version = block_on(async { database.connect().await?.server_version().await }).expect("a version");
        let version = version.split('.').next().and_then(|it| it.parse().ok()).unwrap_or_default();
        Some(Site { new, database, version, seed: 0 })
    }

    /// Whether the database is a target, in its version.
    fn is_asked(&self, targets: &Targets) -> bool {
        let dialect = self.database.dialect();
        let is_older = targets.postgres.as_ref().is_some_and(|it| it.version > self.version);
        targets.includes(dialect) && (dialect == Dialect::Spanner || !is_older)
    }

    fn judge(&mut self, Pair { before, after, targets }: &Pair) -> Verdict {
        // A pair that gets smaller may be for another database.
        if !self.is_asked(targets) {
            return Verdict::Refused;
        }
        let (before, after) = match (check(before, targets), check(after, targets)) {
            (Ok(before), Ok(after)) => (before, after),
            (Err(errors), _) | (_, Err(errors)) => {
                if env::var_os("ORM_PROPERTY_REFUSED").is_some() {
                    eprintln!("{errors}");
                }
                return Verdict::Refused;
            }
        };
        let url = self.database.url();
        if let Some(why) = beyond(url, &before).or_else(|| beyond(url, &after)) {
            return Verdict::Excluded(why.to_owned());
        }
        let mut walk = match self.walk(&before, &after, targets, Some(self.seed)) {
            Ok(walk) => walk,
            Err(failure) => return Verdict::of(failure),
        };
        if walk.refused {
            // The rows were in the way: once more without them.
            match self.walk(&before, &after, targets, None) {
                Ok(without) => (walk.migrated, walk.schemas) = (without.migrated, without.schemas),
                Err(failure) => return Verdict::of(format!("without rows: {failure}")),
            }
        }
        Verdict::Passed(walk)
    }

    /// Goes forth and back, with rows of this seed.
    fn walk(&mut self, before: &Schema, after: &Schema, targets: &Targets, rows: Option<u64>) -> Result<Walk, String> {
        let walk = block_on(forth_and_back(&self.database, before, after, targets, rows));
        if walk.as_ref().map_or(true, |it| it.left) {
            self.database = (self.new)().expect("the server is there");
        }
        walk
    }
}

/// Nothing → before → after → before → nothing; the middle, with rows, only where the planner can go both ways.
async fn forth_and_back(
    database: &TestDatabase,
    before: &Schema,
    after: &Schema,
    targets: &Targets,
    rows: Option<u64>,
) -> Result<Walk, String> {
    let mut connection = database.connect().await.map_err(|error| error.to_string())?;
    let walk = walk(&mut *connection, before, after, targets, rows).await?;
    connection.close().await.map_err(|error| error.to_string())?;
    Ok(walk)
}

async fn walk(
    connection: &mut dyn Connection,
    before: &Schema,
    after: &Schema,
    targets: &Targets,
    rows: Option<u64>,
) -> Result<Walk, String> {
    let (dialect, empty) = (connection.dialect(), Schema::default());
    let mut walk = Walk::default();
    let create = plan(&empty, before, targets, dialect);
    step(connection, "empty to before", &create, before, targets).await?;
    walk.schemas = 1;
    let (up, down) = (plan(before, after, targets, dialect), plan_back(before, after, targets, dialect));
    if up.unsupported.is_empty() && down.unsupported.is_empty() {
        if let Some(seed) = rows {
            walk.rows = fill(connection, before, seed).await;
        }
        let there = Kept::between(before, after, &up.data_loss.iter().collect::<Vec<_>>(), dialect);
        let losses: Vec<_> = up.data_loss.iter().chain(&down.data_loss).collect();
        let and_back = Kept::between(before, after, &losses, dialect);
        let was = (there.read(connection, Side::Before).await?, and_back.read(connection, Side::Before).await?);
        let went = step(connection, "before to after", &up, after, targets).await?;
        survive(connection, "before to after", went, (&there, &was.0), [Side::Before, Side::After]).await?;
        walk.schemas += usize::from(went);
        walk.migrated = went && step(connection, "after to before", &down, before, targets).await?;
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
        step(connection, "after to empty", &plan(after, &empty, targets, dialect), &empty, targets).await?;
        walk.left = false;
    } else if !walk.left {
        step(connection, "before to empty", &plan(before, &empty, targets, dialect), &empty, targets).await?;
    }
    if walk.schemas == 1 && !walk.left && !walk.refused {
        // There is no way between the two, and each of them stands on its own.
        step(connection, "empty to after", &plan(&empty, after, targets, dialect), after, targets).await?;
        step(connection, "after to empty", &plan(after, &empty, targets, dialect), &empty, targets).await?;
        walk.schemas = 2;
    }
    Ok(walk)
}

/// Runs a plan and looks at what the database has then; `false` if a statement refused the rows as its note says.
async fn step(
    connection: &mut dyn Connection,
    name: &str,
    plan: &Plan,
    to: &Schema,
    targets: &Targets,
) -> Result<bool, String> {
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
    let found = compare(connection, to, targets).await;
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
