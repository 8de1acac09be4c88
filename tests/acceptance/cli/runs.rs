//! Runs beside each other, runs that are killed, and what the status says.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use orm_model::{Schema, Targets};
use orm_testkit::databases::{self, TestDatabase};

use super::project::{Project, Run};
use crate::{
    database::{block_on, compare},
    schema,
};

/// Four migrations of tables that refer to one another: some twenty statements.
const STEPS: usize = 4;

/// How often a run is killed on each database.
const KILLS: u32 = 12;

fn schema_text(step: usize) -> String {
    let tables = (0..=step * 2).map(|number| {
        let parent = number.checked_sub(1).map_or_else(String::new, |parent| {
            format!("  parent_id  uuid?  @references(t{parent}.id)\n\n  index(parent_id)\n")
        });
        format!("table t{number} {{\n  id    uuid  @primary_key\n  name  text  @unique\n{parent}}}\n")
    });
    tables.collect()
}

/// A project with all migrations, and the schema that they make.
fn project() -> (Project, Schema) {
    let project = Project::new("");
    for step in 0..STEPS {
        project.write("app.orm", &schema_text(step));
        project.orm(&["migrate", "create", &format!("step {step}")]).ends_with(0);
    }
    let text = schema_text(STEPS - 1);
    let schema = schema::check(vec![("app.orm".to_owned(), text)], &Targets::default()).unwrap();
    (project, schema)
}

#[track_caller]
fn assert_is(database: &TestDatabase, schema: &Schema) {
    block_on(async {
        let mut connection = database.connect().await.unwrap();
        let result = compare(&mut *connection, schema, &Targets::default()).await;
        connection.close().await.unwrap();
        assert_eq!(result, Ok(()));
    });
}

#[test]
fn two_runners_at_once() {
    for database in [databases::postgres(), databases::spanner()].into_iter().flatten() {
        let (project, schema) = project();
        let start = || project.command_on(&database, &["migrate", "latest"]).spawn().unwrap();
        let runs = [start(), start()].map(|it| Run::of(it.wait_with_output().unwrap()).ends_with(0));
        assert_is(&database, &schema);
        let applied = |run: &Run| (run.stdout.clone() + &run.stderr).matches("-step-").count();
        assert!(runs.iter().any(|run| applied(run) >= STEPS), "{runs:?}");
        assert_eq!(counts(&project, &database), (STEPS, 0));
    }
}

#[test]
fn a_killed_run_on_postgres() {
    killed(databases::postgres, 1);
}

/// A run after a killed one waits for its lease to end, so several wait at the same time.
#[test]
fn a_killed_run_on_spanner() {
    killed(databases::spanner, 4);
}

/// Kills runs at moments spread over the time that a whole run takes, `workers` at the same time.
fn killed(database: fn() -> Option<TestDatabase>, workers: u32) {
    let (project, schema) = project();
    let Some(first) = database() else { return };
    let start = Instant::now();
    project.orm_on(&first, &["migrate", "latest"]).ends_with(0);
    let whole = start.elapsed();
    let died = AtomicU32::new(0);
    thread::scope(|scope| {
        for worker in 0..workers {
            let (project, schema, died) = (&project, &schema, &died);
            scope.spawn(move || {
                for kill in (1 + worker..=KILLS).step_by(workers as usize) {
                    let database = database().expect("the server is there");
                    let was_alive = kill_after(whole * kill / (KILLS + 1), project, &database, schema);
                    died.fetch_add(u32::from(was_alive), Ordering::Relaxed);
                }
            });
        }
    });
    let died = died.into_inner();
    assert!(died > KILLS / 2, "only {died} of {KILLS} runs were alive when they were killed");
    eprintln!("{}: {died} runs killed within {whole:?}", first.url());
}

/// Kills a run after some time; the next run ends what it began. Tells whether the run was alive until then.
fn kill_after(time: Duration, project: &Project, database: &TestDatabase, schema: &Schema) -> bool {
    let mut run = project.command_on(database, &["migrate", "latest"]).spawn().unwrap();
    thread::sleep(time);
    run.kill().unwrap();
    let was_alive = !run.wait().unwrap().success();
    project.orm_on(database, &["migrate", "latest"]).ends_with(0);
    assert_is(database, schema);
    assert_eq!(counts(project, database), (STEPS, 0), "killed after {time:?}");
    was_alive
}

/// What `migrate status --format json` counts: applied, pending.
fn counts(project: &Project, database: &TestDatabase) -> (usize, usize) {
    let run = project.orm_on(database, &["migrate", "status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let count = |key: &str| status[key].as_array().unwrap_or_else(|| panic!("{status}")).len();
    assert!(status["half_run"].is_null(), "{status}");
    assert_eq!(status["up_to_date"].as_bool(), Some(run.code == Some(0)));
    (count("applied"), count("pending"))
}

#[test]
fn status_before_and_after() {
    for database in databases::all() {
        let (project, _) = project();
        assert_eq!(counts(&project, &database), (0, STEPS));
        project.orm_on(&database, &["migrate", "latest"]).ends_with(0);
        assert_eq!(counts(&project, &database), (STEPS, 0));
        project.orm_on(&database, &["migrate", "down"]).ends_with(0);
        assert_eq!(counts(&project, &database), (STEPS - 1, 1));
    }
}
