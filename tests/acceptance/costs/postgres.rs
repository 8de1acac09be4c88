//! Costs held against what PostgreSQL says that it does: its messages for developers name the tables that it rewrites or
//! reads and the indexes that it builds, `pg_locks` the locks that it takes.

use std::collections::BTreeSet;

use orm_driver::Connection;
use orm_engine::plan::{Action, Blocks, Cost, DatabaseObject, Plan, Statement, Work, plan, plan_back};
use orm_model::{Dialect, ObjectName, Schema, Targets};
use orm_testkit::{databases, generator};
use proptest::strategy::{Strategy, ValueTree};

use crate::{
    case,
    database::{block_on, run},
    properties::{check, runner},
};

/// So many random pairs are drawn, from the seeds 1, 2, 3 and so on.
const PAIRS: u64 = 80;

#[test]
fn statements_cost_what_the_plan_says() {
    let Some(database) = databases::postgres() else { return };
    block_on(async {
        let mut observer = Observer::new(database.connect().await.unwrap()).await;
        // What makes a table costs nothing.
        let cases = case::migrations().into_iter().filter(|it| it.before != Schema::default());
        for case in cases.filter(|it| it.targets.includes(Dialect::Postgres)) {
            if case.refusal(&mut *observer.connection).await.is_none() {
                observer.forth_and_back(&case.name, &case.before, &case.after, &case.targets).await;
            }
        }
        observer.end(700).await;
    });
}

#[test]
fn statements_of_random_plans_cost_what_the_plan_says() {
    let Some(database) = databases::postgres() else { return };
    block_on(async {
        let mut observer = Observer::new(database.connect().await.unwrap()).await;
        for seed in 1..=PAIRS {
            let pair = generator::pair().new_tree(&mut runner(seed)).unwrap().current();
            let schemas = [&pair.before, &pair.after].map(|it| check(it, &pair.targets));
            let [Ok(before), Ok(after)] = schemas else { continue };
            if observer.can_have(&pair.targets).await {
                observer.forth_and_back(&format!("seed {seed}"), &before, &after, &pair.targets).await;
            }
        }
        observer.end(1_000).await;
    });
}

/// A session that runs statements one by one, each in a transaction, and what it saw.
struct Observer {
    connection: Box<dyn Connection>,
    wrong: Vec<String>,
    seen: BTreeSet<Work>,
    compared: usize,
}

impl Observer {
    async fn new(mut connection: Box<dyn Connection>) -> Self {
        connection.execute("SET client_min_messages = debug1", &[]).await.unwrap();
        Observer { connection, wrong: Vec::new(), seen: BTreeSet::new(), compared: 0 }
    }

    /// Whether the server is as new as a schema wants it.
    async fn can_have(&mut self, targets: &Targets) -> bool {
        let version = self.connection.server_version().await.unwrap();
        let major: u32 = version.split('.').next().unwrap().trim().parse().unwrap();
        targets.postgres.as_ref().is_some_and(|it| it.version <= major)
    }

    /// Fails with what costs something else, or if too little was compared.
    async fn end(self, enough: usize) {
        let Observer { connection, wrong, seen, compared } = self;
        connection.close().await.unwrap();
        assert!(wrong.is_empty(), "{} of {compared} are wrong\n{}", wrong.len(), wrong.join("\n"));
        assert!(compared >= enough, "{compared} statements");
        // Each kind of work that the server tells of.
        let told = BTreeSet::from([Work::Instant, Work::Scan, Work::BuildIndex, Work::Rewrite]);
        assert_eq!(seen, told);
    }

    /// Leads the database from one schema to the other and back, and empties it.
    async fn forth_and_back(&mut self, name: &str, before: &Schema, after: &Schema, targets: &Targets) {
        let first = plan(&Schema::default(), before, targets, Dialect::Postgres);
        run(&mut *self.connection, &first).await.unwrap();
        let forth = plan(before, after, targets, Dialect::Postgres);
        if self.walk(name, &forth).await {
            self.walk(name, &plan_back(before, after, targets, Dialect::Postgres)).await;
        }
        self.empty().await;
    }

    /// Runs a plan; whether to its end.
    async fn walk(&mut self, name: &str, plan: &Plan) -> bool {
        let new = new_tables(plan);
        for statement in &plan.statements {
            let found = match self.observe(statement).await {
                Ok(found) => found,
                // What was left to a person is missing, or the statement says that it may fail.
                Err(_) if !plan.unsupported.is_empty() || may_fail(statement) => return false,
                Err(refusal) => panic!("{name}: {}\n{refusal:?}", statement.sql),
            };
            let is_new = |it: &ObjectName| {
                statement.about.as_ref().is_some_and(|about| about.object == DatabaseObject::Table(it.clone()))
            };
            if new.iter().any(is_new) || matches!(statement.cost.work, Work::WriteRows | Work::Unknown) {
                continue;
            }
            self.seen.insert(found.work);
            self.compared += 1;
            if found != statement.cost && !is_known_when_run(statement, found) {
                self.wrong.push(format!("{name}: {}\n  said: {}\n  is: {found}", statement.sql, statement.cost));
            }
        }
        plan.unsupported.is_empty()
    }

    /// Runs a statement in a transaction of its own.
    async fn observe(&mut self, statement: &Statement) -> orm_driver::Result<Cost> {
        self.connection.begin().await.unwrap();
        self.connection.take_notices();
        if let Err(refusal) = self.connection.execute(&statement.sql, &[]).await {
            self.connection.rollback().await.unwrap();
            return Err(refusal);
        }
        let messages: Vec<_> = self.connection.take_notices().into_iter().map(|it| it.message).collect();
        // A table that gets its first long values gets a table for them, which is empty.
        let is_told = |words: &str| messages.iter().any(|it| it.starts_with(words) && !it.contains("pg_toast"));
        let work = if is_told("rewriting table") {
            Work::Rewrite
        } else if is_told("building index") {
            Work::BuildIndex
        } else if is_told("verifying table") || is_told("validating foreign key") {
            Work::Scan
        } else {
            Work::Instant
        };
        let locks = self.locks().await;
        self.connection.commit().await.unwrap();
        Ok(Cost::new(work, blocks(work, &locks)))
    }

    /// The locks that this session holds on tables.
    async fn locks(&mut self) -> Vec<String> {
        let sql = "SELECT mode::text AS mode FROM pg_locks JOIN pg_class ON pg_class.oid = relation WHERE pid = \
                   pg_backend_pid() AND granted AND relkind = 'r' AND relnamespace <> 'pg_catalog'::regnamespace";
        let rows = self.connection.query(sql, &[]).await.unwrap();
        rows.iter().map(|row| row.get::<String>("mode").unwrap()).collect()
    }

    /// Drops all that was made: one database for all is much faster than a new one for each.
    async fn empty(&mut self) {
        let schemas = "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> \
                       'information_schema'";
        for row in self.connection.query(schemas, &[]).await.unwrap() {
            let name = row.get::<String>("name").unwrap();
            self.connection.execute(&format!("DROP SCHEMA {name} CASCADE"), &[]).await.unwrap();
        }
        self.connection.execute("CREATE SCHEMA public", &[]).await.unwrap();
    }
}

/// Who waits for a statement that holds these locks.
///
/// Source: <https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES>.
fn blocks(work: Work, locks: &[String]) -> Blocks {
    let is_taken = |mode: &str| locks.iter().any(|it| it == mode);
    if work == Work::Instant {
        Blocks::Nobody
    } else if is_taken("AccessExclusiveLock") {
        Blocks::ReadsAndWrites
    } else if is_taken("ShareLock") || is_taken("ShareRowExclusiveLock") {
        Blocks::Writes
    } else {
        Blocks::Nobody
    }
}

/// Whether only the server could know that a statement costs less: it computes the default of a new column, and reads the
/// rows where that is NULL.
fn is_known_when_run(statement: &Statement, found: Cost) -> bool {
    let may_be_null = statement.note.as_ref().is_some_and(|it| it.contains("the default gives NULL"));
    may_be_null && statement.cost.max(found) == statement.cost && statement.cost.work == Work::Scan
}

fn may_fail(statement: &Statement) -> bool {
    statement.note.as_ref().is_some_and(|it| it.contains("fails "))
}

fn new_tables(plan: &Plan) -> BTreeSet<ObjectName> {
    let subjects = plan.statements.iter().filter_map(|it| it.about.as_ref());
    let new = subjects.filter(|it| it.part.is_none() && it.action == Action::Add);
    let tables = new.filter_map(|it| match &it.object {
        DatabaseObject::Table(name) => Some(name.clone()),
        _ => None,
    });
    tables.collect()
}
