//! Statements, their errors and transactions.

use orm_driver::{Access, ErrorKind, RowCount, Statement, TypedStatement, Value};

use crate::common::{Session, pick, sessions};

#[tokio::test]
async fn rows_go_in_and_come_out() {
    for mut session in sessions().await {
        session.create_table().await;
        let insert = session.sql("INSERT INTO t (id, name) VALUES (?, ?)");
        let params = [Value::from(1_i64), Value::from("Zoë 🦀")];
        assert_eq!(session.connection.execute(&insert, &params).await.unwrap(), 1);
        let select = session.sql("SELECT name, id FROM t WHERE id = ?");
        let rows = session.connection.query(&select, &[1_i64.into()]).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].columns(), ["name", "id"]);
        assert_eq!(rows[0].get::<String>("name").unwrap(), "Zoë 🦀");
        let update = "UPDATE t SET name = NULL WHERE id < 5";
        assert_eq!(session.connection.execute(update, &[]).await.unwrap(), 1);
        assert_eq!(session.connection.query("SELECT 1 FROM t WHERE id > 5", &[]).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_refused_statement_tells_where() {
    for mut session in sessions().await {
        let sql = "SELECT 1,\n       2 FROM nowhere";
        let error = session.connection.query(sql, &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused, "{error:?}");
        assert_eq!(error.statement(), Some(sql));
        assert_eq!(error.position().map(|it| it.to_string()).as_deref(), Some("2:15"), "{error:?}");
        assert_eq!(error.code(), Some(pick(session.database.dialect(), "42P01", "INVALID_ARGUMENT")));
        assert!(error.message().contains("nowhere"), "{error}");
    }
}

#[tokio::test]
async fn a_key_that_is_taken_is_recognized() {
    for mut session in sessions().await {
        session.create_table().await;
        let insert = "INSERT INTO t (id) VALUES (1)";
        session.connection.execute(insert, &[]).await.unwrap();
        let error = session.connection.execute(insert, &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused);
        assert!(error.is_unique_violation(), "{error:?}");
        assert_eq!(error.statement(), Some(insert));
    }
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing() {
    for mut session in sessions().await {
        session.create_table().await;
        let insert = session.sql("INSERT INTO t (id) VALUES (?)");
        let statement = |id: i64| Statement::new(insert.as_str(), [id.into()]);
        let update = Statement::new("UPDATE t SET name = 'x' WHERE true", []);
        let changed = session.connection.run_transaction(&[statement(1), statement(2), update]).await.unwrap();
        assert_eq!(changed, [1, 1, 2]);
        let error = session.connection.run_transaction(&[statement(3), statement(1), statement(4)]).await.unwrap_err();
        assert!(error.is_unique_violation(), "{error:?}");
        assert_eq!(session.ids().await, [1, 2]);
    }
}

#[tokio::test]
async fn explicit_transactions_where_there_are_some() {
    for mut session in sessions().await {
        session.create_table().await;
        if session.connection.capabilities().explicit_transactions {
            commits_and_rolls_back(&mut session).await;
        } else {
            let error = session.connection.begin().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unsupported);
        }
    }
}

async fn commits_and_rolls_back(session: &mut Session) {
    for (id, keep) in [(1, true), (2, false)] {
        session.connection.begin().await.unwrap();
        session.connection.execute("INSERT INTO t (id) VALUES ($1)", &[Value::Int64(id)]).await.unwrap();
        let nested = session.connection.run_transaction(&[]).await.unwrap_err();
        assert_eq!(nested.kind(), ErrorKind::Internal);
        if keep { session.connection.commit().await } else { session.connection.rollback().await }.unwrap();
    }
    assert_eq!(session.ids().await, [1]);
    assert!(session.connection.commit().await.is_err());
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_behind() {
    for mut session in sessions().await {
        session.create_table().await;
        let statements: Vec<_> =
            (0..500).map(|id| Statement::new(format!("INSERT INTO t (id) VALUES ({id})"), [])).collect();
        let patience = std::time::Duration::from_millis(5);
        let outcome = tokio::time::timeout(patience, session.connection.run_transaction(&statements)).await;
        assert!(outcome.is_err(), "500 statements take longer than 5 ms");
        assert_eq!(session.ids().await, [0_i64; 0]);
        session.connection.execute("INSERT INTO t (id) VALUES (7)", &[]).await.unwrap();
        assert_eq!(session.ids().await, [7]);
    }
}

#[tokio::test]
async fn a_lock_is_held_by_one_session() {
    let Some(database) = orm_testkit::databases::postgres() else { return };
    let mut first = Session::open(database).await;
    let mut second = first.database.connect().await.unwrap();
    assert!(first.connection.try_lock(42).await.unwrap());
    assert!(!second.try_lock(42).await.unwrap());
    assert!(second.unlock(42).await.is_err());
    first.connection.unlock(42).await.unwrap();
    assert!(second.try_lock(42).await.unwrap());
    second.close().await.unwrap();
    assert!(first.connection.try_lock(42).await.unwrap());
}

#[tokio::test]
async fn locks_that_a_database_lacks_are_refused() {
    let Some(database) = orm_testkit::databases::spanner() else { return };
    let mut session = Session::open(database).await;
    assert!(!session.connection.capabilities().session_locks);
    assert_eq!(session.connection.try_lock(42).await.unwrap_err().kind(), ErrorKind::Unsupported);
}

#[tokio::test]
async fn notices_are_collected() {
    for database in [orm_testkit::databases::postgres(), orm_testkit::databases::pglite()].into_iter().flatten() {
        let mut session = Session::open(database).await;
        session.ddl(&["DROP TABLE IF EXISTS missing"], &[]).await;
        let notices = session.connection.take_notices();
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert_eq!(notices[0].severity, "NOTICE");
        assert!(notices[0].message.contains("missing"), "{notices:?}");
        assert_eq!(session.connection.take_notices(), []);
    }
}

/// A mutation that gives other rows than it says is undone, and nothing else of the caller's transaction.
#[tokio::test]
async fn in_a_transaction_a_mutation_is_undone_alone() {
    for mut session in sessions().await {
        if !session.connection.capabilities().explicit_transactions {
            continue;
        }
        session.create_table().await;
        let insert = |values: &str| {
            let sql = format!("INSERT INTO t (id) VALUES {values} RETURNING id");
            [TypedStatement { sql, parameters: Vec::new(), gives_rows: true }]
        };
        let one = Access::WriteIf(RowCount { least: 1, most: 1 });
        session.connection.begin().await.unwrap();
        let kept = session.connection.run_statements(&insert("(1)"), one).await.unwrap();
        assert_eq!(kept[0].rows.len(), 1);
        let undone = session.connection.run_statements(&insert("(2), (3)"), one).await.unwrap();
        assert_eq!(undone[0].rows.len(), 2, "what it gave is told");
        let again = session.connection.run_statements(&insert("(4)"), one).await.unwrap();
        assert_eq!(again[0].rows.len(), 1, "the transaction goes on");
        session.connection.commit().await.unwrap();
        assert_eq!(session.ids().await, [1, 4]);
        // Without a transaction of the caller it is one of its own.
        session.connection.run_statements(&insert("(5), (6)"), one).await.unwrap();
        session.connection.run_statements(&insert("(7)"), one).await.unwrap();
        assert_eq!(session.ids().await, [1, 4, 7]);
    }
}
