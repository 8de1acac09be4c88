//! What is particular to the embedded database.

use std::fs;

use orm_driver::admin::drop_database;
use orm_driver::pglite::{any_loopback_port, serve};
use orm_driver::{ConnectOptions, DatabaseUrl, ErrorKind, connect};
use orm_testkit::databases;

#[tokio::test]
async fn data_stay_in_the_directory() {
    let Some(database) = databases::pglite() else { return };
    let mut first = database.connect().await.unwrap();
    first.execute("CREATE TABLE t (id int)", &[]).await.unwrap();
    first.execute("INSERT INTO t VALUES (7)", &[]).await.unwrap();
    first.close().await.unwrap();
    let mut second = database.connect().await.unwrap();
    let rows = second.query("SELECT id FROM t", &[]).await.unwrap();
    assert_eq!(rows[0].get::<i64>("id").unwrap(), 7);
}

#[tokio::test]
async fn a_dropped_session_frees_the_directory() {
    let Some(database) = databases::pglite() else { return };
    for _ in 0..3 {
        let mut connection = database.connect().await.unwrap();
        connection.begin().await.unwrap();
        connection.execute("CREATE TABLE t (id int)", &[]).await.unwrap();
    }
}

#[tokio::test]
async fn a_directory_is_open_once() {
    let Some(database) = databases::pglite() else { return };
    let first = database.connect().await.unwrap();
    let second = database.connect().await.err().expect("the directory is locked");
    assert_eq!(second.kind(), ErrorKind::InUse, "{second:?}");
    assert!(second.hint().unwrap().contains("orm db serve"));
    let dropped = drop_database(database.url(), database.options()).await.unwrap_err();
    assert_eq!(dropped.kind(), ErrorKind::InUse, "{dropped:?}");
    first.close().await.unwrap();
    database.connect().await.unwrap().close().await.unwrap();
}

#[tokio::test]
async fn other_programs_can_look_at_it() {
    let Some(database) = databases::pglite() else { return };
    let DatabaseUrl::Pglite(directory) = database.url() else { panic!("an embedded database") };
    let mut connection = database.connect().await.unwrap();
    connection.execute("CREATE TABLE t AS SELECT 7 AS id", &[]).await.unwrap();
    connection.close().await.unwrap();
    let server = serve(directory, any_loopback_port()).await.unwrap();
    for _ in 0..2 {
        let mut client = connect(&server.url().parse().unwrap(), &ConnectOptions::default()).await.unwrap();
        let rows = client.query("SELECT id FROM t", &[]).await.unwrap();
        assert_eq!(rows[0].get::<i64>("id").unwrap(), 7);
        client.close().await.unwrap();
    }
    assert_eq!(database.connect().await.err().unwrap().kind(), ErrorKind::InUse);
    server.stop().await.unwrap();
    database.connect().await.unwrap().close().await.unwrap();
}

#[tokio::test]
async fn it_listens_on_this_machine_only() {
    let error = serve("unused".as_ref(), "0.0.0.0:0".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

#[tokio::test]
async fn a_directory_without_a_database_is_never_removed() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("precious"), "").unwrap();
    let error = drop_database(&DatabaseUrl::pglite(directory.path()), &ConnectOptions::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoSuchDatabase);
    assert!(directory.path().join("precious").exists());
}

#[tokio::test]
async fn a_place_that_can_not_be_a_directory_is_explained() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let url = DatabaseUrl::pglite(file.join("database"));
    let error = connect(&url, &ConnectOptions::default()).await.err().expect("a file is in the way");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(error.message().contains("can't create the embedded database in"), "{error}");
}
