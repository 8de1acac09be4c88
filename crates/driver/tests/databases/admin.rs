//! Databases that come and go.

use orm_driver::admin::{create_database, database_exists, drop_database};
use orm_driver::{ConnectOptions, DatabaseUrl, ErrorKind, connect};
use orm_testkit::databases;

/// A database of each kind, not made yet, with what keeps its server or directory.
fn absent() -> Vec<(DatabaseUrl, ConnectOptions, Box<dyn std::any::Any>)> {
    let mut absent: Vec<(_, _, Box<dyn std::any::Any>)> = Vec::new();
    for database in [databases::postgres(), databases::spanner()].into_iter().flatten() {
        let name = format!("made_{}", std::process::id());
        absent.push((database.url().with_database(&name), database.options().clone(), Box::new(database)));
    }
    let directory = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::pglite(directory.path().join("deep/down/database"));
    absent.push((url, ConnectOptions::default(), Box::new(directory)));
    absent
}

#[tokio::test]
async fn a_database_is_created_once_and_dropped_once() {
    for (url, options, _keep) in absent() {
        assert!(!database_exists(&url, &options).await.unwrap(), "{url}");
        create_database(&url, &options).await.unwrap();
        assert!(database_exists(&url, &options).await.unwrap(), "{url}");
        let twice = create_database(&url, &options).await.unwrap_err();
        assert_eq!(twice.kind(), ErrorKind::DatabaseExists, "{twice:?}");
        connect(&url, &options).await.unwrap().close().await.unwrap();
        drop_database(&url, &options).await.unwrap();
        assert!(!database_exists(&url, &options).await.unwrap(), "{url}");
        let twice = drop_database(&url, &options).await.unwrap_err();
        assert_eq!(twice.kind(), ErrorKind::NoSuchDatabase, "{twice:?}");
    }
}

#[tokio::test]
async fn a_name_is_quoted() {
    let Some(database) = databases::postgres() else { return };
    let url = database.url().with_database("odd \"name'; -- é");
    create_database(&url, database.options()).await.unwrap();
    connect(&url, database.options()).await.unwrap().close().await.unwrap();
    drop_database(&url, database.options()).await.unwrap();
}

#[tokio::test]
async fn the_emulators_instance_is_made_as_well() {
    let Some(database) = databases::spanner() else { return };
    let instance = format!("i{}", uuid::Uuid::new_v4().simple());
    let url = format!("spanner://orm-test/{}/fresh", &instance[..20]).parse().unwrap();
    let error = connect(&url, database.options()).await.err().expect("no such instance");
    assert_eq!(error.kind(), ErrorKind::NoSuchDatabase, "{error:?}");
    create_database(&url, database.options()).await.unwrap();
    connect(&url, database.options()).await.unwrap().close().await.unwrap();
}

#[tokio::test]
async fn a_database_in_use_is_not_dropped() {
    let Some(database) = databases::postgres() else { return };
    let _session = database.connect().await.unwrap();
    let error = drop_database(database.url(), database.options()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InUse, "{error:?}");
}
