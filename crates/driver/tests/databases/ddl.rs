//! Schema changes.

use orm_driver::{DdlBatch, ErrorKind};

use crate::common::{pick, sessions};

fn create(table: &str, dialect: orm_model::dialect::Dialect) -> String {
    let postgres = format!("CREATE TABLE {table} (id bigint PRIMARY KEY)");
    let spanner = format!("CREATE TABLE {table} (id INT64 NOT NULL) PRIMARY KEY (id)");
    pick(dialect, postgres, spanner)
}

#[tokio::test]
async fn a_batch_reports_each_statement() {
    for mut session in sessions().await {
        let dialect = session.database.dialect();
        let batch = DdlBatch::new(["a", "b", "c"].map(|table| create(table, dialect) + ";"));
        let mut seen = Vec::new();
        session.connection.apply_ddl(&batch, &mut |it| seen.push((it.applied, it.total))).await.unwrap();
        assert_eq!(seen, [(1, 3), (2, 3), (3, 3)]);
        assert_eq!(session.connection.query("SELECT id FROM c", &[]).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_broken_statement_applies_nothing_after_it() {
    for mut session in sessions().await {
        let dialect = session.database.dialect();
        let broken = "CREATE TABLE b (\n  id nonsense nonsense\n)".to_owned();
        let batch = DdlBatch::new([create("a", dialect), broken.clone(), create("c", dialect)]);
        let error = session.connection.apply_ddl(&batch, &mut |_| {}).await.unwrap_err();
        // Spanner reads all statements before it runs the first one.
        assert_eq!(error.applied, pick(dialect, 1, 0), "{error:?}");
        assert_eq!(error.statement.as_ref(), Some(&broken), "{error:?}");
        assert_eq!(error.source.kind(), ErrorKind::Refused);
        assert_eq!(error.source.position().map(|it| it.line), Some(2), "{error:?}");
        assert!(session.connection.query("SELECT id FROM c", &[]).await.is_err());
    }
}

#[tokio::test]
async fn a_statement_that_the_data_contradict_leaves_those_before_it() {
    for mut session in sessions().await {
        let dialect = session.database.dialect();
        session.create_table().await;
        for id in [1, 2] {
            session.connection.execute(&format!("INSERT INTO t (id, name) VALUES ({id}, 'same')"), &[]).await.unwrap();
        }
        let unique = "CREATE UNIQUE INDEX by_name ON t (name)".to_owned();
        let batch = DdlBatch::new([create("a", dialect), unique.clone(), create("c", dialect)]);
        let mut seen = 0;
        let error = session.connection.apply_ddl(&batch, &mut |it| seen = it.applied).await.unwrap_err();
        assert_eq!((error.applied, seen), (1, 1), "{error:?}");
        assert_eq!(error.statement.as_ref(), Some(&unique));
        assert_eq!(error.source.statement(), Some(unique.as_str()));
        assert_eq!(session.connection.query("SELECT id FROM a", &[]).await.unwrap(), []);
        assert!(session.connection.query("SELECT id FROM c", &[]).await.is_err());
    }
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing_where_ddl_is_transactional() {
    for mut session in sessions().await {
        if !session.connection.capabilities().transactional_ddl {
            continue;
        }
        let dialect = session.database.dialect();
        session.connection.begin().await.unwrap();
        let batch = DdlBatch::new([create("a", dialect), "CREATE nonsense".to_owned()]);
        let error = session.connection.apply_ddl(&batch, &mut |_| {}).await.unwrap_err();
        assert_eq!(error.applied, 1);
        assert_eq!(error.source.position().map(|it| it.to_string()).as_deref(), Some("1:8"));
        session.connection.rollback().await.unwrap();
        assert!(session.connection.query("SELECT id FROM a", &[]).await.is_err());
    }
}

#[tokio::test]
async fn a_named_attempt_is_joined_and_not_repeated() {
    let Some(database) = orm_testkit::databases::spanner() else { return };
    let mut connection = database.connect().await.unwrap();
    let batch = DdlBatch::new([create("a", database.dialect())]).named("attempt_1");
    connection.apply_ddl(&batch, &mut |_| {}).await.unwrap();
    // Run again it would fail: the table exists.
    let mut applied = 0;
    connection.apply_ddl(&batch, &mut |it| applied = it.applied).await.unwrap();
    assert_eq!(applied, 1);
    let error = connection.apply_ddl(&batch.named("attempt_2"), &mut |_| {}).await.unwrap_err();
    assert_eq!(error.source.kind(), ErrorKind::Refused, "{error:?}");
}

#[tokio::test]
async fn an_attempt_given_up_halfway_can_be_joined() {
    let Some(database) = orm_testkit::databases::spanner() else { return };
    let mut connection = database.connect().await.unwrap();
    let tables = (0..40).map(|number| create(&format!("t{number}"), database.dialect()));
    let batch = DdlBatch::new(tables).named("interrupted");
    let patience = std::time::Duration::from_millis(3);
    // Whether it was interrupted before, while or after it ran, the second call ends with everything applied.
    _ = tokio::time::timeout(patience, connection.apply_ddl(&batch, &mut |_| {})).await;
    connection.apply_ddl(&batch, &mut |_| {}).await.unwrap();
    assert_eq!(connection.query("SELECT id FROM t39", &[]).await.unwrap(), []);
}
