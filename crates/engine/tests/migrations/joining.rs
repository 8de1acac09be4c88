//! Schema changes of several pending migrations in one call, on Spanner.

use orm_driver::{Connection, Statement};
use orm_engine::migrate::{Direction, Event, History, MigrateError, Runner, status};
use orm_testkit::databases;

use crate::support::{Crash, Folder, Sleep, apply, exists, fingerprint, on, options, revert};

/// Five migrations: a table with an index, a column, nothing at all, a table with a row, another column.
fn shop() -> Folder {
    let mut folder = Folder::default();
    let mut add = |title, up, down| folder.by_hand(title, ["", ""], [up, down]);
    let table = "CREATE TABLE a (id INT64 NOT NULL, x INT64) PRIMARY KEY (id);\nCREATE INDEX a_x ON a (x);";
    add("one", table, "DROP INDEX a_x;\nDROP TABLE a;");
    add("two", "ALTER TABLE a ADD COLUMN y INT64;", "ALTER TABLE a DROP COLUMN y;");
    add("three", "", "");
    let rows = "CREATE TABLE b (id INT64 NOT NULL) PRIMARY KEY (id);\nINSERT INTO b (id) VALUES (1);";
    add("four", rows, "DELETE FROM b WHERE true;\nDROP TABLE b;");
    add("five", "ALTER TABLE b ADD COLUMN z INT64;", "ALTER TABLE b DROP COLUMN z;");
    folder
}

/// Applies what is pending and tells how many calls changed the schema.
async fn schema_changes(connection: Box<dyn Connection>, folder: &Folder) -> (Box<dyn Connection>, usize) {
    let mut counted = Crash::new(connection, usize::MAX, true);
    apply(&mut counted, folder).await.unwrap();
    let count = counted.schema_changes();
    (counted.restart().await, count)
}

#[test]
fn pending_migrations_share_calls() {
    on(databases::spanner(), async |database| {
        let connection = database.connect().await.unwrap();
        let (connection, first) = schema_changes(connection, &Folder::default()).await;
        assert_eq!(first, 0, "nothing to do needs no table of the history");
        let mut folder = Folder::default();
        folder.by_hand("nothing", ["", ""], ["", ""]);
        let (connection, history) = schema_changes(connection, &folder).await;
        assert_eq!(history, 1, "the tables of the runner");

        for number in 0..12 {
            let up = format!(
                "CREATE TABLE t{number} (id INT64 NOT NULL, x INT64) PRIMARY KEY (id);\n\
                 CREATE INDEX t{number}_x ON t{number} (x);"
            );
            folder.by_hand(&format!("table{number}"), ["", ""], [&up, ""]);
        }
        let (connection, tables) = schema_changes(connection, &folder).await;
        assert_eq!(tables, 1, "12 migrations that read no rows are one call");

        for number in 0..12 {
            let up = format!("CREATE INDEX t{number}_id ON t{number} (x, id DESC);");
            folder.by_hand(&format!("index{number}"), ["", ""], [&up, ""]);
        }
        let (mut connection, indexes) = schema_changes(connection, &folder).await;
        assert_eq!(indexes, 2, "ten indexes on tables that are there are as many as a call takes");
        let history = History::read(&mut *connection).await.unwrap();
        assert_eq!(history.entries.iter().map(|it| it.number).collect::<Vec<_>>(), (1..=25).collect::<Vec<_>>());
        assert!(history.entries.iter().all(|it| it.started_at <= it.finished_at && it.finished_at.is_some()));
        assert!(status(&mut *connection, &folder.migrations()).await.unwrap().is_up_to_date());
    });
}

/// A run dies at its first, second, third, … call of the database, before or after the call took effect.
#[test]
fn a_run_that_dies_anywhere_in_a_shared_call_is_finished_by_the_next() {
    on(databases::spanner(), async |database| {
        let folder = shop();
        let mut connection = database.connect().await.unwrap();
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["one", "two", "three", "four", "five"]);
        let wanted = fingerprint(&mut *connection).await;
        for answered in [false, true] {
            for call in 1.. {
                revert(&mut *connection, &folder, 5).await.unwrap();
                let empty = fingerprint(&mut *connection).await;
                let mut crash = Crash::new(connection, call, answered);
                let first = apply(&mut crash, &folder).await;
                connection = crash.restart().await;
                let finished = apply(&mut *connection, &folder).await;
                finished.unwrap_or_else(|error| panic!("up, call {call}, {answered}: {error}"));
                assert_eq!(fingerprint(&mut *connection).await, wanted, "up, call {call}, {answered}");

                let mut crash = Crash::new(connection, call, answered);
                let second = revert(&mut crash, &folder, 5).await;
                connection = crash.restart().await;
                let applied = History::read(&mut *connection).await.unwrap().entries.len();
                if applied > 0 {
                    let finished = revert(&mut *connection, &folder, applied).await;
                    finished.unwrap_or_else(|error| panic!("down, call {call}, {answered}: {error}"));
                }
                assert_eq!(fingerprint(&mut *connection).await, empty, "down, call {call}, {answered}");
                apply(&mut *connection, &folder).await.unwrap();
                if first.is_ok() && second.is_ok() {
                    break;
                }
            }
        }
    });
}

/// Spanner looks at all statements before it begins; the one that it refuses belongs to a later migration.
#[test]
fn a_refused_migration_holds_up_none_before_it() {
    on(databases::spanner(), async |database| {
        let mut folder = shop();
        folder.edit("two", "ALTER TABLE a ADD", "ALTER TABLE nothing ADD");
        let mut connection = database.connect().await.unwrap();
        let error = apply(&mut *connection, &folder).await.unwrap_err();
        let MigrateError::Statement(error) = error else { panic!("{error}") };
        assert_eq!((error.file, error.number, error.in_effect), (format!("{}.sql", folder.name("two")), 1, 0));
        let state = status(&mut *connection, &folder.migrations()).await.unwrap();
        assert_eq!(state.applied.iter().map(|it| it.name.clone()).collect::<Vec<_>>(), [folder.name("one")]);

        folder.edit("two", "ALTER TABLE nothing ADD", "ALTER TABLE a ADD");
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["two", "three", "four", "five"]);
    });
}

/// What only the rows can tell fails in the middle of a call; what stands before it stays.
#[test]
fn a_failing_statement_of_a_shared_call_names_its_migration() {
    on(databases::spanner(), async |database| {
        let mut folder = Folder::default();
        let rows = "CREATE TABLE a (id INT64 NOT NULL, x INT64) PRIMARY KEY (id);\n\
                    INSERT INTO a (id, x) VALUES (1, 10), (2, 10);";
        folder.by_hand("rows", ["", ""], [rows, ""]);
        let mut connection = database.connect().await.unwrap();
        apply(&mut *connection, &folder).await.unwrap();

        folder.by_hand("two", ["", ""], ["ALTER TABLE a ADD COLUMN y INT64;", ""]);
        let fails = "CREATE TABLE b (id INT64 NOT NULL) PRIMARY KEY (id);\nCREATE UNIQUE INDEX a_x ON a (x);";
        folder.by_hand("three", ["", ""], [fails, ""]);
        folder.by_hand("four", ["", ""], ["ALTER TABLE a ADD COLUMN z INT64;", ""]);
        let mut finished = Vec::new();
        let on_event = |event: Event<'_>| {
            if let Event::Finished { migration, .. } = event {
                finished.push(migration.to_owned());
            }
        };
        let mut runner = Runner::new(&mut *connection, &Sleep).options(options()).on_event(on_event);
        let error = runner.latest(&folder.migrations()).await.unwrap_err();
        drop(runner);
        let MigrateError::Statement(error) = error else { panic!("{error}") };
        assert_eq!((error.number, error.total, error.in_effect), (2, 2, 1), "{error}");
        assert_eq!(error.file, format!("{}.sql", folder.name("three")));
        assert_eq!(folder.line("three", error.line), "CREATE UNIQUE INDEX a_x ON a (x);");
        assert_eq!(finished, [folder.name("two")]);
        let state = status(&mut *connection, &folder.migrations()).await.unwrap();
        assert_eq!(state.half_run.map(|it| (it.name, it.done)), Some((folder.name("three"), 1)));
        assert_eq!(state.pending.iter().map(|it| it.name.clone()).collect::<Vec<_>>(), [folder.name("four")]);

        folder.edit("three", "CREATE UNIQUE INDEX", "CREATE INDEX");
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["three", "four"]);
    });
}

/// The database did the work, the answer got lost, and then the database forgot the name of the work.
#[test]
fn a_shared_call_whose_name_was_forgotten_is_recognised_by_what_it_did() {
    on(databases::spanner(), async |database| {
        let folder = shop();
        let mut connection = database.connect().await.unwrap();
        // The first schema change makes the tables of the runner.
        let mut crash = Crash::at_schema_change(connection, 2);
        apply(&mut crash, &folder).await.unwrap_err();
        connection = crash.restart().await;
        assert!(exists(&mut *connection, "b").await);
        let history = History::read(&mut *connection).await.unwrap();
        let pending = history.half_run().unwrap().journal.pending.clone().unwrap();
        assert_eq!(pending.joined.len(), 3, "{pending:?}");

        let mut edited = folder.clone();
        edited.edit_all("two", "COLUMN y", "COLUMN yy");
        let error = apply(&mut *connection, &edited).await.unwrap_err();
        let MigrateError::HalfRunEdited { file, number: 1, pending: true, .. } = &error else { panic!("{error}") };
        assert_eq!(*file, format!("{}.sql", folder.name("two")));
        let error = revert(&mut *connection, &folder, 1).await.unwrap_err();
        assert!(matches!(error, MigrateError::HalfRun { direction: Direction::Up, .. }), "{error}");

        let forget = "UPDATE orm_migrations SET journal = REPLACE(journal, '\"orm_', '\"orm_other_') WHERE true";
        connection.run_transaction(&[Statement::new(forget, [])]).await.unwrap();
        assert_eq!(apply(&mut *connection, &folder).await.unwrap(), ["one", "two", "three", "four", "five"]);
        assert!(status(&mut *connection, &folder.migrations()).await.unwrap().is_up_to_date());
    });
}
