//! Servers leave nothing behind.

use std::net::TcpStream;

use orm_driver::DatabaseUrl;
use orm_testkit::databases::{PostgresServer, SpannerServer, StartError, TestServers};

#[test]
fn a_cluster_ends_with_its_owner() {
    let server = match PostgresServer::start() {
        Ok(server) => server,
        Err(StartError::Missing(how)) => return eprintln!("skipped: PostgreSQL: {how}"),
        Err(StartError::Failed(what)) => panic!("{what}"),
    };
    let directory = server.socket_directory().to_owned();
    let DatabaseUrl::Postgres(url) = server.url_text().parse().unwrap() else { panic!("a PostgreSQL URL") };
    let address = ("127.0.0.1", url.hosts()[0].1.unwrap());
    assert!(TcpStream::connect(address).is_ok());
    drop(server);
    assert!(TcpStream::connect(address).is_err());
    assert!(!directory.exists());
}

#[test]
fn an_emulator_ends_with_its_owner() {
    let server = match SpannerServer::start() {
        Ok(server) => server,
        Err(StartError::Missing(how)) => return eprintln!("skipped: Spanner emulator: {how}"),
        Err(StartError::Failed(what)) => panic!("{what}"),
    };
    let host = server.host().to_owned();
    assert!(TcpStream::connect(&host).is_ok());
    drop(server);
    assert!(TcpStream::connect(&host).is_err());
}

#[test]
fn shared_servers_are_handed_on_by_variables_or_reported_missing() {
    let servers = TestServers::start().unwrap();
    let names: Vec<_> = servers.environment().iter().map(|(name, _)| *name).collect();
    let given = ["ORM_TEST_POSTGRES_URL", "SPANNER_EMULATOR_HOST"].map(|it| std::env::var(it).is_ok());
    let given = given.into_iter().filter(|it| *it).count();
    assert_eq!(names.len() + servers.missing().len() + given, 2, "{names:?} {:?}", servers.missing());
}
