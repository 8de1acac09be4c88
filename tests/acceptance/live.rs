//! Every example and every golden case, forth and back on real databases: what a migration leaves is what the schema says.

use orm_driver::Connection;
use orm_engine::migrate::{Direction, Gap};
use orm_model::{Dialect, Schema};
use orm_testkit::databases::{self, TestDatabase};

use crate::{
    case::{self, Case},
    database::{Folder, block_on, compare},
};

#[test]
fn postgres() {
    every_case(databases::postgres);
}

#[test]
fn pglite() {
    every_case(databases::pglite);
}

#[test]
fn spanner() {
    every_case(databases::spanner);
}

fn every_case(database: fn() -> Option<TestDatabase>) {
    let mut failures = Vec::new();
    for case in case::examples().iter().chain(&case::migrations()) {
        let Some(database) = database() else { return };
        if case.targets.dialects().any(|it| it == database.dialect())
            && let Err(failure) = block_on(forth_and_back(&database, case))
        {
            failures.push(format!("{}: {failure}", case.name));
        }
    }
    assert!(failures.is_empty(), "{} failed\n\n{}", failures.len(), failures.join("\n\n"));
}

async fn forth_and_back(database: &TestDatabase, case: &Case) -> Result<(), String> {
    let mut connection = database.connect().await.unwrap();
    let refusal = case.refusal(&mut *connection).await;
    let walked = walk(&mut *connection, case).await;
    connection.close().await.map_err(|error| error.to_string())?;
    match (walked, refusal) {
        (walked, None) => walked,
        (Err(failure), Some(refusal)) if failure.contains(&refusal) => Ok(()),
        (walked, Some(refusal)) => Err(format!(
            "the server should have said {refusal:?}; if it can do this now, take the file away: {walked:?}"
        )),
    }
}

async fn walk(connection: &mut (dyn Connection + 'static), case: &Case) -> Result<(), String> {
    let mut walk = Walk { connection, case, folder: Folder::default(), applied: Vec::new() };
    let went = walk.forth("before", &case.before).await? && walk.forth("after", &case.after).await?;
    while went && !walk.applied.is_empty() {
        if !walk.back().await? {
            break;
        }
    }
    Ok(())
}

/// A case on its way through a database.
struct Walk<'a> {
    connection: &'a mut (dyn Connection + 'static),
    case: &'a Case,
    folder: Folder,
    /// The schema before each migration that was applied, and what its file leaves open.
    applied: Vec<(Schema, Vec<Gap>)>,
}

impl Walk<'_> {
    /// Migrates to `schema`; `false` where the file leaves something to a person, which the runner must refuse.
    async fn forth(&mut self, title: &str, schema: &Schema) -> Result<bool, String> {
        let targets = &self.case.targets;
        let before = if title == "before" { Schema::default() } else { self.case.before.clone() };
        let Some(gaps) = self.folder.create(title, schema, targets) else { return Ok(true) };
        let result = self.folder.latest(self.connection).await;
        if is_open(&gaps, self.connection.dialect(), Direction::Up) {
            return refused(result.map_err(|error| error.to_string()));
        }
        result.map_err(|error| format!("{title}, up: {error}"))?;
        self.applied.push((before, gaps));
        compare(self.connection, schema, targets).await.map_err(|found| format!("{title}, up:\n{found}"))?;
        Ok(true)
    }

    /// Takes the last migration back; `false` where its file leaves that to a person.
    async fn back(&mut self) -> Result<bool, String> {
        let Some((schema, gaps)) = self.applied.pop() else { return Ok(false) };
        let result = self.folder.down(self.connection).await;
        if is_open(&gaps, self.connection.dialect(), Direction::Down) {
            return refused(result.map_err(|error| error.to_string()));
        }
        result.map_err(|error| format!("down: {error}"))?;
        compare(self.connection, &schema, &self.case.targets).await.map_err(|found| format!("down:\n{found}"))?;
        Ok(true)
    }
}

fn is_open(gaps: &[Gap], dialect: Dialect, direction: Direction) -> bool {
    gaps.iter().any(|it| (it.dialect, it.direction) == (dialect, direction))
}

fn refused(result: Result<(), String>) -> Result<bool, String> {
    match result {
        Err(error) if error.contains("not filled in") => Ok(false),
        Err(error) => Err(format!("a section that is not filled in is refused with: {error}")),
        Ok(()) => Err("a section that is not filled in was run".to_owned()),
    }
}
