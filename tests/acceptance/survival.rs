//! Every example and every golden case on tables that hold rows, forth, back and forth again: what the plan does not list
//! as lost stays. A statement may refuse rows as its note says; then nothing may be lost either.

use orm_driver::Connection;
use orm_engine::{
    migrate::{Direction, Gap, MigrateError},
    plan::{Plan, plan, plan_back},
};
use orm_model::Schema;
use orm_testkit::databases::{self, TestDatabase};

use crate::{
    case::{self, Case},
    database::{Folder, block_on},
    rows::{Contents, Kept, Side, fill, is_announced},
};

/// The rows of a case are the same at every run.
const SEED: u64 = 20_261_122;

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

/// What became of one case.
#[derive(Default)]
struct Outcome {
    rows: usize,
    refused: usize,
}

fn every_case(database: fn() -> Option<TestDatabase>) {
    let (mut failures, mut outcomes) = (Vec::new(), Vec::new());
    for case in case::examples().iter().chain(&case::migrations()) {
        let Some(database) = database() else { return };
        if !case.targets.dialects().any(|it| it == database.dialect()) {
            continue;
        }
        match block_on(survive(&database, case)) {
            Ok(outcome) => outcomes.extend(outcome),
            Err(failure) => failures.push(format!("{}: {failure}", case.name)),
        }
    }
    let filled = outcomes.iter().filter(|it| it.rows > 0).count();
    let (rows, refused) = outcomes.iter().fold((0, 0), |sum, it| (sum.0 + it.rows, sum.1 + it.refused));
    eprintln!("{filled} of {} cases held {rows} rows, {refused} statements refused them as announced", outcomes.len());
    assert!(failures.is_empty(), "{} failed\n\n{}", failures.len(), failures.join("\n\n"));
    assert!(filled * 10 >= outcomes.len() * 9, "only {filled} of {} cases could be filled", outcomes.len());
}

/// `None` where the server lacks what the case needs; [`crate::live`] holds it to that.
async fn survive(database: &TestDatabase, case: &Case) -> Result<Option<Outcome>, String> {
    let mut connection = database.connect().await.unwrap();
    if case.refusal(&mut *connection).await.is_some() {
        return connection.close().await.map(|()| None).map_err(|error| error.to_string());
    }
    let mut survival =
        Survival { connection: &mut *connection, case, folder: Folder::default(), outcome: Outcome::default() };
    let walked = if case.before == Schema::default() { survival.create().await } else { survival.migrate().await };
    let outcome = survival.outcome;
    connection.close().await.map_err(|error| error.to_string())?;
    walked.map(|()| Some(outcome))
}

struct Survival<'a> {
    connection: &'a mut (dyn Connection + 'static),
    case: &'a Case,
    folder: Folder,
    outcome: Outcome,
}

impl Survival<'_> {
    /// A case that begins with nothing: its tables take rows, and go with them.
    async fn create(&mut self) -> Result<(), String> {
        if self.begin("after", &self.case.after).await? {
            self.folder.down(self.connection).await.map_err(|error| format!("down: {error}"))?;
        }
        Ok(())
    }

    async fn migrate(&mut self) -> Result<(), String> {
        let Case { before, after, targets, .. } = self.case;
        if !self.begin("before", before).await? {
            return Ok(());
        }
        let Some(gaps) = self.folder.create("after", after, targets) else { return Ok(()) };
        if self.is_open(&gaps, Direction::Up) {
            return Ok(());
        }
        let dialect = self.connection.dialect();
        let (up, down) = (plan(before, after, targets, dialect), plan_back(before, after, targets, dialect));
        let there = Kept::between(before, after, &up.data_loss.iter().collect::<Vec<_>>(), dialect);
        let losses: Vec<_> = up.data_loss.iter().chain(&down.data_loss).collect();
        let and_back = Kept::between(before, after, &losses, dialect);
        let was =
            (there.read(self.connection, Side::Before).await?, and_back.read(self.connection, Side::Before).await?);

        let result = self.folder.latest(self.connection).await;
        if !self.arrived("up", &up, result, (&there, &was.0), [Side::Before, Side::After]).await? {
            return Ok(());
        }
        if self.is_open(&gaps, Direction::Down) {
            return Ok(());
        }
        let result = self.folder.down(self.connection).await;
        if !self.arrived("down", &down, result, (&and_back, &was.1), [Side::After, Side::Before]).await? {
            return Ok(());
        }
        let result = self.folder.latest(self.connection).await;
        self.arrived("up again", &up, result, (&and_back, &was.1), [Side::Before, Side::After]).await?;
        Ok(())
    }

    /// Makes the tables and fills them; `false` where the file leaves something to a person.
    async fn begin(&mut self, title: &str, schema: &Schema) -> Result<bool, String> {
        let Some(gaps) = self.folder.create(title, schema, &self.case.targets) else { return Ok(false) };
        if self.is_open(&gaps, Direction::Up) || self.is_open(&gaps, Direction::Down) {
            return Ok(false);
        }
        self.folder.latest(self.connection).await.map_err(|error| format!("{title}: {error}"))?;
        self.outcome.rows = fill(self.connection, schema, SEED).await;
        Ok(true)
    }

    /// Compares the rows after a migration; `false` where a statement refused them, which its note must have said.
    async fn arrived(
        &mut self,
        name: &str,
        plan: &Plan,
        result: Result<(), MigrateError>,
        (kept, was): (&Kept, &Contents),
        [from, to]: [Side; 2],
    ) -> Result<bool, String> {
        let now = match &result {
            Ok(()) => kept.read(self.connection, to).await,
            Err(MigrateError::Statement(error)) if is_announced(plan, &error.statement) => {
                self.outcome.refused += 1;
                kept.read_halfway(self.connection, from).await
            }
            Err(error) => return Err(format!("{name}: {error}")),
        };
        let now = now.map_err(|error| format!("{name}: {error}"))?;
        was.compare(&now).map_err(|found| format!("{name}, rows:\n{found}"))?;
        Ok(result.is_ok())
    }

    fn is_open(&self, gaps: &[Gap], direction: Direction) -> bool {
        gaps.iter().any(|it| (it.dialect, it.direction) == (self.connection.dialect(), direction))
    }
}
