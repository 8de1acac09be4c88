//! What a statement of a plan costs, held against what PostgreSQL says that it does: its messages for developers name the
//! tables that it rewrites or reads and the indexes that it builds, `pg_locks` the locks that it takes.
//!
//! Spanner's emulator keeps nothing that would tell; its costs are those of the documentation.

use std::collections::BTreeSet;

use orm_driver::Connection;
use orm_engine::plan::{Action, Blocks, Cost, DatabaseObject, Plan, Statement, Work, plan, plan_back};
use orm_model::{Dialect, ObjectName, Schema};
use orm_testkit::databases;

use crate::{
    case::{self, Case},
    database::{block_on, run},
};

#[test]
fn statements_cost_what_the_plan_says() {
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for case in case::migrations().iter().filter(|it| it.targets.dialects().any(|it| it == Dialect::Postgres)) {
        for is_back in [false, true] {
            let Some(database) = databases::postgres() else { return };
            block_on(async {
                let mut connection = database.connect().await.unwrap();
                if case.refusal(&mut *connection).await.is_none() {
                    wrong.extend(walk(&mut *connection, case, is_back, &mut seen).await);
                }
                connection.close().await.unwrap();
            });
        }
    }
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
    // The cases hold each kind of work that the server tells of.
    let told = BTreeSet::from([Work::Instant, Work::Scan, Work::BuildIndex, Work::Rewrite]);
    assert_eq!(seen, told);
}

/// Leads a database from one schema of a case to the other, and says which statements cost something else.
async fn walk(connection: &mut dyn Connection, case: &Case, is_back: bool, seen: &mut BTreeSet<Work>) -> Vec<String> {
    let Case { name, targets, before, after, .. } = case;
    let (start, plan) = match is_back {
        false => (before, plan(before, after, targets, Dialect::Postgres)),
        true => (after, plan_back(before, after, targets, Dialect::Postgres)),
    };
    let first = orm_engine::plan::plan(&Schema::default(), start, targets, Dialect::Postgres);
    run(connection, &first).await.unwrap();
    connection.execute("SET client_min_messages = debug1", &[]).await.unwrap();
    let new = new_tables(&plan);
    let mut wrong = Vec::new();
    for statement in &plan.statements {
        let Some(found) = observed(connection, statement).await else {
            // What was left to a person is missing.
            assert!(!plan.unsupported.is_empty(), "{name}: {}", statement.sql);
            break;
        };
        let is_new = matches!(&statement.about, Some(it) if new.iter().any(|table| it.object == DatabaseObject::Table(table.clone())));
        if is_new || matches!(statement.cost.work, Work::WriteRows | Work::Unknown) {
            continue;
        }
        seen.insert(found.work);
        if found != statement.cost {
            wrong.push(format!("{name}: {}\n  said: {}\n  is: {found}", statement.sql, statement.cost));
        }
    }
    wrong
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

/// Runs a statement in a transaction of its own; `None` where the server refuses it.
async fn observed(connection: &mut dyn Connection, statement: &Statement) -> Option<Cost> {
    connection.begin().await.unwrap();
    connection.take_notices();
    if connection.execute(&statement.sql, &[]).await.is_err() {
        connection.rollback().await.unwrap();
        return None;
    }
    let messages: Vec<_> = connection.take_notices().into_iter().map(|it| it.message).collect();
    let is_told = |words: &str| messages.iter().any(|it| it.starts_with(words));
    let work = if is_told("rewriting table") {
        Work::Rewrite
    } else if is_told("building index") {
        Work::BuildIndex
    } else if is_told("verifying table") || is_told("validating foreign key") {
        Work::Scan
    } else {
        Work::Instant
    };
    let locks = locks(connection).await;
    connection.commit().await.unwrap();
    let is_taken = |mode: &str| locks.iter().any(|it| it == mode);
    let blocks = if work == Work::Instant {
        Blocks::Nobody
    } else if is_taken("AccessExclusiveLock") {
        Blocks::ReadsAndWrites
    } else if is_taken("ShareLock") || is_taken("ShareRowExclusiveLock") {
        Blocks::Writes
    } else {
        Blocks::Nobody
    };
    Some(Cost::new(work, blocks))
}

/// The locks that this session holds on tables.
async fn locks(connection: &mut dyn Connection) -> Vec<String> {
    let sql = "SELECT mode::text AS mode FROM pg_locks JOIN pg_class ON pg_class.oid = relation \
               WHERE pid = pg_backend_pid() AND granted AND relkind = 'r' AND relnamespace <> 'pg_catalog'::regnamespace";
    let rows = connection.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.get::<String>("mode").unwrap()).collect()
}
