//! Migrations on real databases: what runs, what is refused, and that a run which dies anywhere is finished by the next.

#![allow(clippy::unwrap_used, reason = "a test ends where something unexpected happens")]

mod joining;
mod support;

use std::{sync::atomic::AtomicBool, time::Duration};

use orm_driver::{Connection, Statement};
use orm_engine::migrate::{Direction, Event, MigrateError, RunOptions, Runner, dry_run, dry_run_down, status};
use orm_model::Dialect;
use orm_testkit::databases::{self, TestDatabase};
use support::{Crash, Folder, Sleep, Slow, apply, exists, fingerprint, on, on_every_database, options, revert};

/// A script that works on both: two tables, an index and rows between them.
fn blog() -> Folder {
    let mut folder = Folder::default();
    let postgres = "CREATE TABLE a (id BIGINT PRIMARY KEY, x BIGINT);\nINSERT INTO a VALUES (1, 10);\nCREATE TABLE b (id BIGINT PRIMARY KEY);";
    let spanner = "CREATE TABLE a (id INT64 NOT NULL, x INT64) PRIMARY KEY (id);\nINSERT INTO a (id, x) VALUES (1, 10);\nCREATE TABLE b (id INT64 NOT NULL) PRIMARY KEY (id);";
    folder.by_hand("one", [postgres, "DROP TABLE b; DROP TABLE a;"], [spanner, "DROP TABLE b; DROP TABLE a;"]);
    let up = "CREATE INDEX a_x ON a (x);\nUPDATE a SET x = x + 1 WHERE true;\nINSERT INTO b (id) VALUES (7);\nUPDATE a SET x = x * 2 WHERE true;";
    folder.by_hand(
        "two",
        [up, "DROP INDEX a_x; DELETE FROM b WHERE true;"],
        [up, "DROP INDEX a_x; DELETE FROM b WHERE true;"],
    );
    folder
}

#[test]
fn up_down_and_up_again() {
    on_every_database(async |database| {
        let mut connection = database.connect().await.unwrap();
        let folder = blog();
        let before = status(&mut *connection, &folder.migrations()).await.unwrap();
        assert_eq!((before.pending.len(), before.applied.len()), (2, 0));
        assert!(!exists(&mut *connection, "orm_migrations").await, "a status creates nothing");
        assert!(!before.is_up_to_date());

        let planned = dry_run(&mut *connection, &folder.migrations()).await.unwrap();
        assert_eq!(planned.iter().map(|it| it.statements.len()).collect::<Vec<_>>(), [3, 4]);
        assert!(!exists(&mut *connection, "a").await, "a dry run changes nothing");

        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["one", "two"]);
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), [""; 0], "nothing is pending");
        let after = status(&mut *connection, &folder.migrations()).await.unwrap();
        assert!(after.is_up_to_date(), "{after:?}");
        assert!(after.applied.iter().all(|it| it.applied_at.is_some() && it.orm_version == "0.1.0"));
        assert_eq!(x_of_a(&mut *connection).await, 22);

        let planned = dry_run_down(&mut *connection, &folder.migrations(), 1).await.unwrap();
        assert_eq!(planned[0].statements, ["DROP INDEX a_x", "DELETE FROM b WHERE true"]);
        assert_eq!(revert(&mut *connection, &folder, 1).await.unwrap(), ["two"]);
        assert!(exists(&mut *connection, "a").await);
        assert_eq!(revert(&mut *connection, &folder, 5).await.unwrap(), ["one"]);
        assert!(!exists(&mut *connection, "a").await);
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["one", "two"], "up works again after down");
        assert_eq!(x_of_a(&mut *connection).await, 22);
    });
}

async fn x_of_a(connection: &mut dyn Connection) -> i64 {
    connection.query("SELECT x FROM a", &[]).await.unwrap()[0].get("x").unwrap()
}

/// A run dies at its first, second, third, … call of the database, before or after the call took effect.
async fn dies_anywhere(database: &TestDatabase) {
    let folder = blog();
    let mut connection = database.connect().await.unwrap();
    apply(&mut *connection, &folder).await.unwrap();
    let wanted = fingerprint(&mut *connection).await;
    for answered in [false, true] {
        let mut died = 0;
        for call in 1.. {
            revert(&mut *connection, &folder, 2).await.unwrap();
            let empty = fingerprint(&mut *connection).await;

            let mut crash = Crash::new(connection, call, answered);
            let first = apply(&mut crash, &folder).await;
            connection = crash.restart().await;
            let finished = apply(&mut *connection, &folder).await;
            finished.unwrap_or_else(|error| panic!("up, call {call}, {answered}: {error}"));
            assert_eq!(fingerprint(&mut *connection).await, wanted, "up, call {call}, {answered}");

            let mut crash = Crash::new(connection, call, answered);
            let second = revert(&mut crash, &folder, 2).await;
            connection = crash.restart().await;
            let finished = revert(&mut *connection, &folder, 2).await;
            finished.unwrap_or_else(|error| panic!("down, call {call}, {answered}: {error}"));
            assert_eq!(fingerprint(&mut *connection).await, empty, "down, call {call}, {answered}");
            apply(&mut *connection, &folder).await.unwrap();

            if first.is_ok() && second.is_ok() {
                break;
            }
            died += 1;
        }
        assert!(died > 10, "only {died} calls were interrupted");
    }
}

#[test]
fn a_run_that_dies_anywhere_is_finished_by_the_next_on_postgres() {
    on(databases::postgres(), dies_anywhere);
}

#[test]
fn a_run_that_dies_anywhere_is_finished_by_the_next_on_pglite() {
    on(databases::pglite(), dies_anywhere);
}

#[test]
fn a_run_that_dies_anywhere_is_finished_by_the_next_on_spanner() {
    on(databases::spanner(), dies_anywhere);
}

/// Ctrl-C drops the run's future wherever it is, and its connection with it.
#[test]
fn a_run_that_is_dropped_anywhere_is_finished_by_the_next() {
    for database in [databases::postgres(), databases::spanner()] {
        on(database, async |database| {
            let folder = blog();
            let mut connection = database.connect().await.unwrap();
            apply(&mut *connection, &folder).await.unwrap();
            let wanted = fingerprint(&mut *connection).await;
            let mut dropped = 0;
            for milliseconds in [1, 2, 4, 7, 11, 16, 24, 36, 54, 80] {
                revert(&mut *connection, &folder, 2).await.unwrap();
                let mut doomed = database.connect().await.unwrap();
                let time = Duration::from_millis(milliseconds);
                dropped += usize::from(tokio::time::timeout(time, apply(&mut *doomed, &folder)).await.is_err());
                drop(doomed);
                apply(&mut *connection, &folder).await.unwrap_or_else(|error| panic!("{milliseconds} ms: {error}"));
                assert_eq!(fingerprint(&mut *connection).await, wanted, "{milliseconds} ms");
            }
            assert!(dropped > 2, "only {dropped} runs were dropped");
        });
    }
}

/// The database did the work, the answer got lost, and then the database forgot the name of the work.
#[test]
fn work_whose_name_was_forgotten_is_recognised_by_what_it_did() {
    on(databases::spanner(), async |database| {
        let mut folder = Folder::default();
        let up = "CREATE TABLE a (id INT64 NOT NULL) PRIMARY KEY (id);\nALTER TABLE a ADD COLUMN x INT64;\n\
                  ALTER TABLE a ALTER COLUMN x INT64;\nCREATE INDEX a_x ON a (x);";
        folder.by_hand("one", ["", ""], [up, ""]);
        let mut connection = database.connect().await.unwrap();
        // The first schema change makes the tables of the runner.
        let mut crash = Crash::at_schema_change(connection, 2);
        apply(&mut crash, &folder).await.unwrap_err();
        connection = crash.restart().await;
        assert!(exists(&mut *connection, "a_x").await);
        let half = status(&mut *connection, &folder.migrations()).await.unwrap().half_run.unwrap();
        assert_eq!((half.done, half.under_way), (0, true));

        let mut edited = folder.clone();
        edited.edit_all("one", "CREATE INDEX a_x", "CREATE UNIQUE INDEX a_x");
        let error = apply(&mut *connection, &edited).await.unwrap_err();
        assert!(matches!(error, MigrateError::HalfRunEdited { number: 4, pending: true, .. }), "{error}");
        let error = revert(&mut *connection, &folder, 1).await.unwrap_err();
        assert!(matches!(error, MigrateError::HalfRun { direction: Direction::Up, .. }), "{error}");

        let forget = "UPDATE orm_migrations SET journal = REPLACE(journal, '\"orm_', '\"orm_other_') WHERE true";
        connection.run_transaction(&[Statement::new(forget, [])]).await.unwrap();
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["one"]);
        assert!(status(&mut *connection, &folder.migrations()).await.unwrap().is_up_to_date());
    });
}

#[test]
fn without_a_transaction_each_statement_is_journaled() {
    on_every_database(async |database| {
        if database.dialect() != Dialect::Postgres {
            return;
        }
        let mut folder = Folder::default();
        let up = "CREATE TABLE a (id BIGINT PRIMARY KEY, x BIGINT);\nINSERT INTO a VALUES (1, 10);\n\
                  CREATE INDEX CONCURRENTLY a_x ON a (x);\nUPDATE a SET x = 11;";
        let down = "DROP INDEX CONCURRENTLY a_x;\nDROP TABLE a;";
        folder.by_hand("one", [up, down], ["", ""]);
        let mut connection = database.connect().await.unwrap();
        let error = apply(&mut *connection, &folder).await.unwrap_err();
        assert!(error.to_string().contains("cannot run in a transaction"), "{error}");
        assert!(error.hint().unwrap().contains("-- orm:no-transaction"));
        assert!(!exists(&mut *connection, "a").await);

        folder.edit("one", "-- orm:postgres up", "-- orm:postgres up\n-- orm:no-transaction");
        folder.edit("one", "-- orm:postgres down", "-- orm:postgres down\n-- orm:no-transaction");
        for answered in [false, true] {
            for call in 1.. {
                let mut crash = Crash::new(connection, call, answered);
                let first = apply(&mut crash, &folder).await;
                connection = crash.restart().await;
                apply(&mut *connection, &folder).await.unwrap_or_else(|error| panic!("up, call {call}: {error}"));
                assert_eq!(x_of_a(&mut *connection).await, 11);
                let valid = "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 'a_x'::regclass";
                assert!(connection.query(valid, &[]).await.unwrap()[0].get::<bool>("valid").unwrap());

                let mut crash = Crash::new(connection, call, answered);
                let second = revert(&mut crash, &folder, 1).await;
                connection = crash.restart().await;
                revert(&mut *connection, &folder, 2).await.unwrap();
                assert!(!exists(&mut *connection, "a").await);
                if first.is_ok() && second.is_ok() {
                    break;
                }
            }
        }
    });
}

/// A unique index that is built concurrently and meets equal rows stays behind, invalid: it must not hide the failure.
#[test]
fn an_invalid_index_does_not_stay() {
    on_every_database(async |database| {
        if database.dialect() != Dialect::Postgres {
            return;
        }
        let mut folder = Folder::default();
        let up = "CREATE TABLE a (x BIGINT);\nINSERT INTO a VALUES (1), (1);\nCREATE UNIQUE INDEX CONCURRENTLY a_x ON a (x);";
        folder.by_hand("one", [up, ""], ["", ""]);
        folder.edit("one", "-- orm:postgres up", "-- orm:postgres up\n-- orm:no-transaction");
        let mut connection = database.connect().await.unwrap();
        for _ in 0..2 {
            let error = apply(&mut *connection, &folder).await.unwrap_err();
            let MigrateError::Statement(error) = error else { panic!("{error}") };
            assert_eq!((error.number, error.in_effect, error.source.code()), (3, 2, Some("23505")));
            assert!(!exists(&mut *connection, "a_x").await, "the invalid index is gone");
        }
        folder.edit("one", "CREATE UNIQUE INDEX", "DELETE FROM a;\nCREATE UNIQUE INDEX");
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["one"], "what did not run may be edited");
        assert!(exists(&mut *connection, "a_x").await);
    });
}

#[test]
fn a_failing_statement_tells_where_it_stands() {
    on_every_database(async |database| {
        let mut folder = Folder::default();
        let table = |dialect| match dialect {
            Dialect::Postgres => "CREATE TABLE a (id BIGINT PRIMARY KEY);",
            Dialect::Spanner => "CREATE TABLE a (id INT64 NOT NULL) PRIMARY KEY (id);",
        };
        let up = |dialect| {
            format!("{}\n\n  -- a comment\n  INSERT INTO a (id)\n    VALUES (nonsense);\nDROP TABLE a;", table(dialect))
        };
        folder.by_hand("one", [&up(Dialect::Postgres), ""], [&up(Dialect::Spanner), ""]);
        let mut connection = database.connect().await.unwrap();
        let error = apply(&mut *connection, &folder).await.unwrap_err();
        let MigrateError::Statement(error) = error else { panic!("{error}") };
        assert_eq!((error.number, error.total), (2, 3));
        assert_eq!(error.statement, "INSERT INTO a (id)\n    VALUES (nonsense)");
        let line = folder.line("one", error.line);
        assert_eq!(&line[error.column - 1..], "nonsense);", "{}:{}", error.line, error.column);
        let transactional = connection.capabilities().transactional_ddl;
        assert_eq!(error.in_effect, usize::from(!transactional));
        assert_eq!(exists(&mut *connection, "a").await, !transactional);
        let half = status(&mut *connection, &folder.migrations()).await.unwrap().half_run;
        assert_eq!(half.map(|it| (it.done, it.total)), (!transactional).then_some((1, Some(3))));

        folder.edit_all("one", "nonsense", "1");
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["one"], "the mended file goes on");
        assert!(!exists(&mut *connection, "a").await);
    });
}

#[test]
fn an_edit_of_what_ran_is_refused() {
    on_every_database(async |database| {
        let mut folder = blog();
        let mut connection = database.connect().await.unwrap();
        apply(&mut *connection, &folder).await.unwrap();
        folder.edit_all("one", "INSERT INTO", "-- a remark\nINSERT  INTO");
        assert!(apply(&mut *connection, &folder).await.unwrap().is_empty(), "comments and blanks are free");

        folder.edit_all("one", "(1, 10)", "(1, 11)");
        let error = apply(&mut *connection, &folder).await.unwrap_err();
        let MigrateError::Edited(names) = &error else { panic!("{error}") };
        assert_eq!(names, &[folder.name("one")]);
        assert!(error.hint().unwrap().contains("orm migrate create"));
        assert_eq!(revert(&mut *connection, &folder, 1).await.unwrap(), ["two"], "others can be taken back");
        assert!(matches!(revert(&mut *connection, &folder, 1).await, Err(MigrateError::Edited(_))));
        let status = status(&mut *connection, &folder.migrations()).await.unwrap();
        assert_eq!((status.edited.len(), status.is_consistent()), (1, false));
    });
}

#[test]
fn a_missing_file_is_refused_and_a_late_one_is_applied() {
    on_every_database(async |database| {
        let folder = blog();
        let mut connection = database.connect().await.unwrap();
        let up = "CREATE TABLE c (id BIGINT PRIMARY KEY);";
        let spanner = "CREATE TABLE c (id INT64 NOT NULL) PRIMARY KEY (id);";
        let mut other = Folder::default();
        other.at("20270101000000-later", [up, "DROP TABLE c;"], [spanner, "DROP TABLE c;"]);
        apply(&mut *connection, &other).await.unwrap();

        let error = apply(&mut *connection, &folder).await.unwrap_err();
        assert!(matches!(&error, MigrateError::Missing(names) if names == &["20270101000000-later"]), "{error}");

        let mut merged = folder.clone();
        merged.at("20270101000000-later", [up, "DROP TABLE c;"], [spanner, "DROP TABLE c;"]);
        let status = status(&mut *connection, &merged.migrations()).await.unwrap();
        assert!(status.pending.iter().all(|it| it.late) && status.pending.len() == 2, "{status:?}");
        let mut lates = Vec::new();
        let on_event = |event: Event<'_>| {
            if let Event::Started { late, .. } = event {
                lates.push(late);
            }
        };
        let migrations = merged.migrations();
        Runner::new(&mut *connection, &Sleep).on_event(on_event).latest(&migrations).await.unwrap();
        assert_eq!(lates, [true, true]);
        assert_eq!(revert(&mut *connection, &merged, 1).await.unwrap(), ["two"], "the last one applied goes first");
    });
}

#[test]
fn what_is_not_filled_in_is_refused_before_anything_runs() {
    on_every_database(async |database| {
        let mut folder = blog();
        let sections = ["-- orm:postgres up", "-- orm:spanner up"];
        for section in sections {
            folder.edit("two", section, &format!("{section}\n-- orm:unsupported cannot do this: because"));
        }
        let mut connection = database.connect().await.unwrap();
        let error = apply(&mut *connection, &folder).await.unwrap_err();
        assert!(error.to_string().contains("two.sql:"), "{error}");
        assert!(error.to_string().contains("not filled in: cannot do this: because"), "{error}");
        assert!(error.hint().unwrap().contains("delete the line"), "{error}");
        assert!(!exists(&mut *connection, "a").await, "the first migration did not run either");
        assert!(!exists(&mut *connection, "orm_migrations").await);

        folder.edit_all("two", "-- orm:unsupported cannot do this: because\n", "");
        folder.edit_all("two", "UPDATE a", "COMMIT; UPDATE a");
        let error = apply(&mut *connection, &folder).await.unwrap_err();
        assert!(error.to_string().contains("`COMMIT …` is not sent"), "{error}");
        folder.remove_section("two", database.dialect(), Direction::Up);
        let error = apply(&mut *connection, &folder).await.unwrap_err();
        assert!(error.hint().unwrap().contains("was no target"), "{error}");
    });
}

#[test]
fn two_runs_at_once_do_everything_once() {
    on_every_database(async |database| {
        let (folder, options) = (blog(), support::patient());
        let migrations = folder.migrations();
        let Some((mut first, mut second)) = two_connections(database).await else { return };
        for _ in 0..5 {
            let mut one = Runner::new(&mut *first, &Sleep).options(options.clone());
            let mut two = Runner::new(&mut *second, &Sleep).options(options.clone());
            let (did_one, did_two) = tokio::join!(one.latest(&migrations), two.latest(&migrations));
            drop((one, two));
            let done = [did_one.unwrap().migrations, did_two.unwrap().migrations].concat();
            assert_eq!(done.len(), 2, "{done:?}");
            assert_eq!(x_of_a(&mut *first).await, 22);
            revert(&mut *first, &folder, 2).await.unwrap();
        }
    });
}

#[test]
fn a_run_waits_for_another_and_tells_who() {
    on_every_database(async |database| {
        let folder = blog();
        let Some((mut first, mut second)) = two_connections(database).await else { return };
        revert(&mut *second, &folder, 1).await.unwrap();
        let mut one = Folder::default();
        one.by_hand("nothing", ["SELECT 1;", ""], ["", ""]);
        apply(&mut *first, &one).await.unwrap();
        support::take_lock(&mut *first).await;

        one.by_hand("more", ["SELECT 1;", ""], ["", ""]);
        let migrations = one.migrations();
        let mut waits = Vec::new();
        let on_event = |event: Event<'_>| {
            if let Event::WaitingForLock { holder, .. } = event {
                waits.push(holder.map(str::to_owned));
            }
        };
        let short = RunOptions { lock_wait: Duration::from_millis(300), ..options() };
        let mut runner = Runner::new(&mut *second, &Sleep).options(short).on_event(on_event);
        let error = runner.latest(&migrations).await.unwrap_err();
        drop(runner);
        assert!(matches!(error, MigrateError::Locked { .. }), "{error}");
        assert!(error.hint().unwrap().contains("--lock-wait"));
        // A lease knows its holder, a lock of a session does not.
        let holder = (!second.capabilities().session_locks).then(|| "ann".to_owned());
        assert_eq!(waits, [holder]);

        support::give_lock_back(&mut *first).await;
        assert_eq!(apply(&mut *second, &one).await.unwrap(), ["more"]);
    });
}

async fn two_connections(database: &TestDatabase) -> Option<(Box<dyn Connection>, Box<dyn Connection>)> {
    let first = database.connect().await.unwrap();
    // PGlite has one session only: a second process waits at its directory, which the driver's tests show.
    let second = database.connect().await;
    match second {
        Ok(second) => Some((first, second)),
        Err(error) => {
            assert_eq!(error.kind(), orm_driver::ErrorKind::InUse, "{error}");
            None
        }
    }
}

/// A schema change takes longer than the lease lasts: a second connection renews it meanwhile.
#[test]
fn a_heartbeat_keeps_the_lease_during_a_long_schema_change() {
    on(databases::spanner(), async |database| {
        let (folder, migrations) = (blog(), blog().migrations());
        let [slow, mut heartbeat, mut other] = three_connections(database).await;
        apply(&mut *other, &folder).await.unwrap();
        revert(&mut *other, &folder, 2).await.unwrap();
        let options = RunOptions { lease: Duration::from_millis(400), ..options() };
        let mut slow = Slow::new(slow);
        let mut runner = Runner::new(&mut slow, &Sleep).heartbeat(&mut *heartbeat).options(options.clone());
        let no_wait = RunOptions { lock_wait: Duration::ZERO, ..options };
        let late = async {
            tokio::time::sleep(Slow::DELAY - Duration::from_millis(200)).await;
            Runner::new(&mut *other, &Sleep).options(no_wait).latest(&migrations).await
        };
        let (first, second) = tokio::join!(runner.latest(&migrations), late);
        assert_eq!(first.unwrap().migrations.len(), 2);
        assert!(matches!(second, Err(MigrateError::Locked { .. })), "{second:?}");
    });
}

/// Without a heartbeat another run takes over, and the first one notices before it writes anything.
#[test]
fn a_lost_lease_harms_nothing() {
    on(databases::spanner(), async |database| {
        let (folder, migrations) = (blog(), blog().migrations());
        let [slow, mut other, mut third] = three_connections(database).await;
        apply(&mut *other, &folder).await.unwrap();
        let wanted = fingerprint(&mut *third).await;
        revert(&mut *other, &folder, 2).await.unwrap();
        let mut slow = Slow::new(slow);
        let mut runner = Runner::new(&mut slow, &Sleep).options(options());
        let late = async {
            tokio::time::sleep(Slow::DELAY / 2).await;
            Runner::new(&mut *other, &Sleep).options(support::patient()).latest(&migrations).await
        };
        let (first, second) = tokio::join!(runner.latest(&migrations), late);
        assert!(matches!(first, Err(MigrateError::LockLost)), "{first:?}");
        assert_eq!(second.unwrap().migrations.len(), 2);
        assert_eq!(fingerprint(&mut *third).await, wanted);
    });
}

async fn three_connections(database: &TestDatabase) -> [Box<dyn Connection>; 3] {
    let connect = async || database.connect().await.unwrap();
    [connect().await, connect().await, connect().await]
}

#[test]
fn a_stop_signal_ends_the_run_in_order() {
    on_every_database(async |database| {
        let folder = blog();
        let migrations = folder.migrations();
        let mut connection = database.connect().await.unwrap();
        let stop = AtomicBool::new(false);
        let on_event = |event: Event<'_>| {
            if matches!(event, Event::Progress { done: 2, total: 4, .. }) {
                stop.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        };
        let mut runner = Runner::new(&mut *connection, &Sleep).stop_signal(&stop).on_event(on_event);
        let report = runner.latest(&migrations).await.unwrap();
        drop(runner);
        assert!(report.stopped);
        assert_eq!(report.migrations, [folder.name("one")]);
        let half = status(&mut *connection, &migrations).await.unwrap().half_run;
        let transactional = connection.capabilities().transactional_ddl;
        assert_eq!(half.map(|it| it.done), (!transactional).then_some(2));
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["two"]);
        assert_eq!(x_of_a(&mut *connection).await, 22);
    });
}

/// Another session reads the table: the schema change gives up instead of making everyone queue behind it.
#[test]
fn a_schema_change_does_not_wait_forever_for_a_table() {
    let Some(database) = databases::postgres() else { return };
    support::block_on(async {
        let mut folder = blog();
        let mut connection = database.connect().await.unwrap();
        apply(&mut *connection, &folder).await.unwrap();
        let mut reader = database.connect().await.unwrap();
        reader.begin().await.unwrap();
        reader.query("SELECT * FROM a", &[]).await.unwrap();
        folder.by_hand("three", ["ALTER TABLE a ADD COLUMN y BIGINT;", ""], ["", ""]);
        let migrations = folder.migrations();
        let options = RunOptions { lock_timeout: Duration::from_millis(300), ..options() };
        let error = Runner::new(&mut *connection, &Sleep).options(options).latest(&migrations).await.unwrap_err();
        assert!(error.hint().unwrap().contains("--lock-timeout"), "{error}");
        reader.rollback().await.unwrap();
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["three"]);
    });
}
