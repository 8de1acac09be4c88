//! Connections that come about and those that do not.

use std::time::{Duration, Instant};

use orm_driver::{ConnectOptions, Connection, DatabaseUrl, DdlBatch, Error, ErrorKind, Statement, connect};
use orm_model::dialect::Dialect;
use orm_testkit::databases::{self, PostgresServer, SpannerServer};

use crate::common::{pick, sessions};

const PASSWORD: &str = "s3cr3t-w0rd";

/// Fails to connect, quickly and without telling the password.
async fn refused(url: &str, options: &ConnectOptions) -> Error {
    let start = Instant::now();
    let error = connect(&url.parse().unwrap(), options).await.err().expect("nobody is there");
    assert!(start.elapsed() < Duration::from_secs(9), "{:?}", start.elapsed());
    let everything = format!("{error} {error:?} {:?} {:?}", error.hint(), error.detail());
    assert!(!everything.contains(PASSWORD), "{everything}");
    error
}

#[tokio::test]
async fn a_connection_knows_what_it_is() {
    for mut session in sessions().await {
        let dialect = session.database.dialect();
        assert_eq!(session.connection.dialect(), dialect);
        assert_eq!(session.connection.target(), session.database.url().to_string());
        let version = session.connection.server_version().await.unwrap();
        let start = version.chars().next().unwrap();
        assert!(pick(dialect, start.is_ascii_digit(), version == "Cloud Spanner emulator"), "{version}");
        session.connection.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_wrong_password_is_an_authentication_error() {
    let Some(database) = databases::postgres() else { return };
    let right = database.url_text();
    let (_, host) = right.split_once('@').unwrap();
    for login in [format!("postgres:{PASSWORD}"), "postgres".to_owned(), format!("nobody:{PASSWORD}")] {
        let error = refused(&format!("postgres://{login}@{host}"), &ConnectOptions::default()).await;
        assert_eq!(error.kind(), ErrorKind::Authentication, "{error:?}");
    }
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    let mut options = ConnectOptions::default();
    options.spanner_emulator_host = Some("127.0.0.1:1".to_owned());
    for url in [format!("postgres://me:{PASSWORD}@127.0.0.1:1/d"), "spanner://p/i/d".to_owned()] {
        let error = refused(&url, &options).await;
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error:?}");
        assert!(error.hint().is_some());
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let mut options = ConnectOptions::default();
    options.timeout = Duration::from_secs(1);
    options.spanner_emulator_host = Some(address.to_string());
    for url in [format!("postgres://me:{PASSWORD}@{address}/d"), "spanner://p/i/d".to_owned()] {
        let error = refused(&url, &options).await;
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{url}: {error:?}");
    }
}

#[tokio::test]
async fn an_unknown_host_is_unreachable() {
    let url = format!("postgres://me:{PASSWORD}@no-such-host.invalid/d");
    let error = refused(&url, &ConnectOptions::default()).await;
    assert_eq!(error.kind(), ErrorKind::Unreachable, "{error:?}");
}

#[tokio::test]
async fn a_missing_database_is_named() {
    for database in [databases::postgres(), databases::spanner()].into_iter().flatten() {
        let missing = database.url().with_database("nowhere");
        let error = connect(&missing, database.options()).await.err().expect("it is not there");
        assert_eq!(error.kind(), ErrorKind::NoSuchDatabase, "{error:?}");
        assert!(error.message().contains("nowhere"), "{error}");
    }
}

#[tokio::test]
async fn a_unix_socket_needs_no_port() {
    let server = match PostgresServer::start() {
        Ok(server) => server,
        // The test above says how to get the server, or fails.
        Err(_) => return,
    };
    let full: DatabaseUrl = server.url_text().parse().unwrap();
    let DatabaseUrl::Postgres(full) = full else { panic!("a PostgreSQL URL") };
    let port = full.hosts()[0].1.unwrap();
    let directory = server.socket_directory().display().to_string();
    let urls = [
        format!("postgres://postgres@/postgres?host={directory}&port={port}&sslmode=require"),
        format!("postgres://postgres@{}:{port}/postgres", directory.replace('/', "%2F")),
    ];
    for url in urls {
        let mut connection = connect(&url.parse().unwrap(), &ConnectOptions::default()).await.unwrap();
        let rows = connection.query("SELECT inet_client_addr() IS NULL AS local", &[]).await.unwrap();
        assert!(rows[0].get::<bool>("local").unwrap());
        assert_eq!(connection.dialect(), Dialect::Postgres);
    }
}

#[tokio::test]
async fn the_server_sees_the_application_and_the_options() {
    let Some(database) = databases::postgres() else { return };
    let url = format!("{}?options=-c%20search_path%3Delsewhere", database.url_text());
    let mut connection = connect(&url.parse().unwrap(), &ConnectOptions::default()).await.unwrap();
    let sql = "SELECT current_setting('application_name') AS name, current_setting('search_path') AS path";
    let rows = connection.query(sql, &[]).await.unwrap();
    assert_eq!(rows[0].get::<String>("name").unwrap(), "orm");
    assert_eq!(rows[0].get::<String>("path").unwrap(), "elsewhere");
}

#[tokio::test]
async fn a_server_that_goes_away_is_unreachable() {
    let Ok(server) = PostgresServer::start() else { return };
    let mut connection = connect(&server.url_text().parse().unwrap(), &ConnectOptions::default()).await.unwrap();
    drop(server);
    // The first statement may still hear the server's farewell, the second one nothing.
    for _ in 0..2 {
        let error = connection.query("SELECT 1", &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error:?}");
    }
}

/// A connection to an emulator of the test's own, so that the test can stop it; `None` when the machine has none.
async fn own_emulator() -> Option<(SpannerServer, Box<dyn Connection>)> {
    // The tests on the shared emulator say how to get one, or fail.
    let server = SpannerServer::start().ok()?;
    let mut options = ConnectOptions::default();
    options.spanner_emulator_host = Some(server.host().to_owned());
    let url = "spanner://orm-test/orm-test/gone".parse().unwrap();
    orm_driver::admin::create_database(&url, &options).await.unwrap();
    let mut connection = connect(&url, &options).await.unwrap();
    let batch = DdlBatch::new(["CREATE TABLE t (id INT64) PRIMARY KEY (id)"]);
    connection.apply_ddl(&batch, &mut |_| {}).await.unwrap();
    Some((server, connection))
}

#[tokio::test]
async fn an_emulator_that_goes_away_is_unreachable_for_schema_changes() {
    let Some((server, mut connection)) = own_emulator().await else { return };
    drop(server);
    let batch = DdlBatch::new(["DROP TABLE t"]);
    let error = connection.apply_ddl(&batch, &mut |_| {}).await.unwrap_err();
    assert_eq!(error.source.kind(), ErrorKind::Unreachable, "{error:?}");
}

#[tokio::test]
async fn an_emulator_that_goes_away_is_unreachable_for_statements() {
    let Some((server, mut connection)) = own_emulator().await else { return };
    let insert = "INSERT INTO t (id) VALUES (1)";
    assert_eq!(connection.execute(insert, &[]).await.unwrap(), 1);
    assert_eq!(connection.query("SELECT id FROM t", &[]).await.unwrap().len(), 1);
    drop(server);
    let start = Instant::now();
    let failed = [
        connection.query("SELECT id FROM t", &[]).await.map(|_| ()),
        connection.execute("DELETE FROM t WHERE true", &[]).await.map(|_| ()),
        connection.run_transaction(&[Statement::new(insert, &[])]).await.map(|_| ()),
    ];
    for outcome in failed {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}
