//! What a database is the oracle of is asked of that database: a schema that a rule rejects for it is applied anyway.
//!
//! - Every bad example of such a rule is refused by one of the rule's databases, and every good example of every rule is
//!   taken by all of its targets.
//! - Random schemas that are rejected by exactly one finding of such a rule: less than one in a hundred may be taken.
//!   As many as fit into the time: a minute with `CI=true`, else 15 seconds, or `ORM_FALSE_ALARM_SECONDS`
//!   (`cargo xtask false-alarms` sets it).

use std::{
    collections::BTreeMap,
    env, thread,
    time::{Duration, Instant},
};

use orm_engine::plan::plan;
use orm_model::{Dialect, Schema, Targets, targets::PostgresTarget};
use orm_schema_lang::{
    FileDiagnostic, Rule, Severity, Workspace,
    diagnostics::{Oracle, Severities, rules::RULES},
};
use orm_testkit::{
    databases::{self, TestDatabase},
    generator,
};
use proptest::strategy::{Strategy, ValueTree};

use crate::{
    database::{block_on, run},
    properties::{runner, seed},
};

/// Findings that the databases of the tests cannot answer for: the rule, a part of the message, and why.
const DECLARED: &[(&str, &str, &str)] = &[
    ("spanner-name", "", "the emulator takes any character in backquotes, Spanner letters, digits and `_`"),
    ("foreign-key-action", "", "the SQL for Spanner leaves the action out; with it the emulator refuses the statement"),
    ("stored-column", "", "the SQL for Spanner leaves out what is a key; with it the emulator refuses the statement"),
    ("postgres-version", "", "the servers of the tests are newer than what the rule is about"),
    ("virtual-column", "", "the emulator takes it, Spanner by its documents not"),
    ("generated-key", "", "the emulator takes it, Spanner by its documents not"),
    ("generated-check", "", "the emulator takes it, Spanner by its documents not"),
    ("deferrable", "", "the SQL for Spanner leaves it out, which has no word for it"),
    ("index-key-options", "", "the SQL for Spanner leaves them out, which has no words for them"),
    (
        "key-type",
        "is `real`",
        "`real` is not asked for: the emulator takes FLOAT32 as a key, Spanner by its documents not",
    ),
];

fn is_declared(rule: &Rule, message: &str) -> bool {
    DECLARED.iter().any(|(slug, part, _)| *slug == rule.slug && message.contains(part))
}

/// A database that is empty before each schema.
struct Site {
    new: fn() -> Option<TestDatabase>,
    database: Option<TestDatabase>,
}

impl Site {
    fn new(new: fn() -> Option<TestDatabase>) -> Option<Self> {
        Some(Site { new, database: Some(new()?) })
    }

    fn dialect(&self) -> Dialect {
        self.database.as_ref().expect("a site has a database between schemas").dialect()
    }

    /// Applies a schema to the empty database; what it says against it.
    fn apply(&mut self, schema: &Schema, targets: &Targets) -> Result<(), String> {
        let database = self.database.take().or_else(self.new).expect("the server is there");
        let empty = Schema::default();
        let forth = plan(&empty, schema, targets, database.dialect());
        let result = block_on(async {
            let mut connection = database.connect().await.map_err(|error| error.to_string())?;
            let unsupported: Vec<_> = forth.unsupported.iter().map(ToString::to_string).collect();
            if !unsupported.is_empty() {
                return Err(unsupported.join("\n"));
            }
            run(&mut *connection, &forth).await.map_err(|refusal| refusal.message)
        });
        // A new database is quick where DDL cannot be undone, and slow where one schema holds all that was made.
        self.database = match database.dialect().capabilities().transactional_ddl {
            true => block_on(empty_again(&database)).map(|()| database).ok().or_else(self.new),
            false => (self.new)(),
        };
        result
    }
}

async fn empty_again(database: &TestDatabase) -> orm_driver::Result<()> {
    let mut connection = database.connect().await?;
    for statement in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
        connection.execute(statement, &[]).await?;
    }
    Ok(())
}

/// The errors of a schema, and what it becomes nevertheless.
fn check(text: &str, targets: &Targets) -> (Vec<FileDiagnostic>, Schema) {
    let mut workspace = Workspace::new(targets.clone(), Severities::default());
    workspace.open("schema.orm", text);
    let mut errors = workspace.diagnostics("schema.orm");
    errors.retain(|it| it.severity == Severity::Error);
    (errors, workspace.schema())
}

const fn oracles(rule: &Rule) -> &'static [Dialect] {
    match rule.oracle {
        Oracle::Databases(dialects) => dialects,
        Oracle::Language | Oracle::Policy => &[],
    }
}

/// PostgreSQL and Spanner; PGlite is a PostgreSQL.
fn sites() -> Option<[Site; 2]> {
    Some([Site::new(databases::postgres)?, Site::new(databases::spanner)?])
}

#[test]
fn refuses_every_bad_example() {
    let Some(mut sites) = sites() else { return };
    let mut taken = Vec::new();
    for rule in RULES.iter().filter(|rule| !oracles(rule).is_empty() && !is_declared(rule, "")) {
        for example in rule.examples().filter(|it| !it.is_good) {
            let targets = example.targets();
            let (_, schema) = check(&example.text, &targets);
            let mut asked = sites.iter_mut().filter(|site| oracles(rule).contains(&site.dialect()));
            if !asked.any(|site| site.apply(&schema, &targets).is_err()) {
                taken.push(format!("{} {}:\n{}", rule.code, rule.slug, example.text));
            }
        }
    }
    assert!(taken.is_empty(), "{} bad examples are taken by every oracle\n\n{}", taken.len(), taken.join("\n"));
}

/// Whether the database is a target, in the version that the tests run on or an older one.
fn is_asked(site: &Site, targets: &Targets) -> bool {
    let server = PostgresTarget::default().version;
    let is_newer = targets.postgres.as_ref().is_some_and(|it| it.version > server);
    targets.includes(site.dialect()) && !(site.dialect() == Dialect::Postgres && is_newer)
}

#[test]
fn takes_every_good_example() {
    let Some(mut sites) = sites() else { return };
    let mut refused = Vec::new();
    for rule in RULES {
        for example in rule.examples().filter(|it| it.is_good) {
            let targets = example.targets();
            let (errors, schema) = check(&example.text, &targets);
            assert!(errors.is_empty(), "{}: {errors:?}", rule.code);
            for site in sites.iter_mut().filter(|it| is_asked(it, &targets)) {
                if let Err(failure) = site.apply(&schema, &targets) {
                    refused.push(format!(
                        "{} {}, {}: {failure}\n{}",
                        rule.code,
                        rule.slug,
                        site.dialect(),
                        example.text
                    ));
                }
            }
        }
    }
    assert!(refused.is_empty(), "{} good examples are refused\n\n{}", refused.len(), refused.join("\n"));
}

/// How often a rule's findings were tried, and how often no oracle of it refused the schema.
#[derive(Default)]
struct Count {
    tried: usize,
    taken: Vec<(u64, String)>,
}

#[test]
fn random_schemas_that_are_rejected_are_refused() {
    let (time, first) = (time(), seed());
    let counts: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|lane| scope.spawn(move || lane_of(lane, first, time))).collect();
        threads.into_iter().filter_map(|it| it.join().unwrap()).collect()
    });
    let mut all: BTreeMap<&str, Count> = BTreeMap::new();
    for (slug, count) in counts.into_iter().flatten() {
        let sum = all.entry(slug).or_default();
        sum.tried += count.tried;
        sum.taken.extend(count.taken);
    }
    report(&all);
    let tried: usize = all.values().map(|it| it.tried).sum();
    let taken: Vec<_> = all.iter().flat_map(|(slug, it)| it.taken.iter().map(move |it| (slug, it))).collect();
    for (slug, (seed, text)) in &taken {
        eprintln!("{slug} is a false alarm with ORM_PROPERTY_SEED={seed}:\n{text}");
    }
    assert!(taken.len() * 100 <= tried, "{} of {tried} rejected schemas are taken", taken.len());
}

/// The share of each rule, as a table.
fn report(counts: &BTreeMap<&str, Count>) {
    eprintln!("| rule | oracle | rejected by it alone | taken by the oracle | note |");
    eprintln!("|---|---|---|---|---|");
    for rule in RULES.iter().filter(|rule| !oracles(rule).is_empty()) {
        let (tried, taken) = counts.get(rule.slug).map_or((0, 0), |it| (it.tried, it.taken.len()));
        let names: Vec<_> = oracles(rule).iter().map(|it| it.title()).collect();
        let note = DECLARED.iter().find(|(slug, ..)| *slug == rule.slug).map_or("", |it| it.2);
        eprintln!("| {} {} | {} | {tried} | {taken} | {note} |", rule.code, rule.slug, names.join(", "));
    }
}

/// The schemas of every second seed, on databases of their own.
fn lane_of(lane: u64, first: u64, time: Duration) -> Option<BTreeMap<&'static str, Count>> {
    let mut sites = sites()?;
    let start = Instant::now();
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    for seed in (first + lane..).step_by(2) {
        if start.elapsed() > time {
            break;
        }
        let (text, only_postgres) = generator::faulty().new_tree(&mut runner(seed)).unwrap().current();
        let mut targets = Targets::default();
        if only_postgres {
            targets.spanner = None;
        }
        let (errors, schema) = check(&text, &targets);
        // With one finding it is known which rule has to answer for the rejection.
        let [error] = errors.as_slice() else { continue };
        let oracles = oracles(error.rule);
        if oracles.is_empty() || is_declared(error.rule, &error.message) {
            continue;
        }
        let count = counts.entry(error.rule.slug).or_default();
        count.tried += 1;
        let is_asked = |site: &&mut Site| oracles.contains(&site.dialect()) && targets.includes(site.dialect());
        if !sites.iter_mut().filter(is_asked).any(|site| site.apply(&schema, &targets).is_err()) {
            count.taken.push((seed, format!("{}\n{text}", error.message)));
        }
    }
    Some(counts)
}

fn time() -> Duration {
    let seconds = env::var("ORM_FALSE_ALARM_SECONDS").map(|it| it.parse().expect("a number of seconds"));
    let is_ci = env::var("CI").is_ok_and(|it| it == "true");
    Duration::from_secs(seconds.unwrap_or(if is_ci { 60 } else { 15 }))
}
