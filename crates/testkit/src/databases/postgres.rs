//! A throwaway PostgreSQL cluster, and databases in it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use orm_driver::url::PostgresUrl;
use orm_driver::{ConnectOptions, DatabaseUrl};

use super::process::{Directory, Server, find_programs, free_port};
use super::{StartError, TestDatabase, block_on, create, unique_name};

/// URL of a server where tests may create and drop databases.
pub(super) const URL_VARIABLE: &str = "ORM_TEST_POSTGRES_URL";

/// Debian's place for the server's programs, a folder per version.
const DEBIAN_PROGRAMS: &str = "/usr/lib/postgresql";

/// The password of the superuser `postgres` over TCP. It protects nothing: the cluster holds no data and dies with the tests.
const PASSWORD: &str = "orm-test-p@ssword";

/// A cluster with a superuser `postgres` who needs a password over TCP and none on the Unix socket.
#[derive(Debug)]
pub struct PostgresServer {
    url: DatabaseUrl,
    socket_directory: PathBuf,
    _server: Server,
}

impl PostgresServer {
    /// Makes and starts a cluster in a temporary directory, on a free port of the loopback interface.
    pub fn start() -> Result<Self, StartError> {
        Self::start_with_files(&[], &[])
    }

    /// The same with further server settings, such as `ssl=on`, and files copied to the cluster's data directory under the given names.
    pub fn start_with_files(settings: &[&str], files: &[(&str, &Path)]) -> Result<Self, StartError> {
        let programs = find_programs(&["initdb", "postgres"], debian_programs()).ok_or_else(|| {
            let how = "install the server (`apt install postgresql`, `brew install postgresql`), so that `initdb` and `postgres` are in PATH";
            StartError::Missing(how.to_owned())
        })?;
        let failed = |cause: std::io::Error| StartError::Failed(cause.to_string());
        let directory = Directory::for_unprivileged().map_err(failed)?;
        init_cluster(&programs, &directory)?;
        for (name, source) in files {
            directory.copy(source, &format!("data/{name}")).map_err(failed)?;
        }
        let port = free_port().map_err(failed)?;
        let socket_directory = directory.path().to_owned();
        let command = server_command(&programs, &directory, port, settings);
        let server = Server::start(directory, "QUIT", &command).map_err(failed)?;
        let url: DatabaseUrl =
            format!("postgres://postgres:{}@127.0.0.1:{port}/postgres", PASSWORD.replace('@', "%40"))
                .parse()
                .map_err(|error: orm_driver::Error| StartError::Failed(error.to_string()))?;
        let options = ConnectOptions::default();
        server.wait_until(|| block_on(orm_driver::admin::database_exists(&url, &options)).map(|_| ()))?;
        Ok(Self { url, socket_directory, _server: server })
    }

    /// The URL of the maintenance database, with its password.
    pub fn url_text(&self) -> String {
        match &self.url {
            DatabaseUrl::Postgres(url) => url.to_secret_string(),
            other => other.to_string(),
        }
    }

    /// Where the Unix socket is; there the superuser needs no password.
    pub fn socket_directory(&self) -> &Path {
        &self.socket_directory
    }
}

fn debian_programs() -> Vec<PathBuf> {
    let versions = fs::read_dir(DEBIAN_PROGRAMS).into_iter().flatten().flatten();
    let mut programs: Vec<_> = versions.map(|it| it.path().join("bin")).collect();
    programs.sort();
    programs
}

fn init_cluster(programs: &Path, directory: &Directory) -> Result<(), StartError> {
    let failed = |cause: std::io::Error| StartError::Failed(cause.to_string());
    let password_file = directory.path().join("password");
    fs::write(&password_file, PASSWORD).map_err(failed)?;
    let mut command = directory.command(programs.join("initdb"));
    command.args(["--pgdata=data", "--username=postgres", "--pwfile=password", "--auth-local=trust"]);
    command.args(["--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]);
    let output = command.output().map_err(failed)?;
    if output.status.success() {
        return Ok(());
    }
    Err(StartError::Failed(format!("initdb: {}", String::from_utf8_lossy(&output.stderr))))
}

/// Durability costs time, and nobody wants these data back after a crash.
fn server_command(programs: &Path, directory: &Directory, port: u16, settings: &[&str]) -> Vec<String> {
    let socket = format!("unix_socket_directories={}", directory.path().display());
    let port = format!("port={port}");
    let fixed = ["listen_addresses=127.0.0.1", "fsync=off", "synchronous_commit=off", "full_page_writes=off"];
    let settings = fixed.into_iter().chain([socket.as_str(), port.as_str()]).chain(settings.iter().copied());
    let mut command = vec![programs.join("postgres").display().to_string(), "-D".to_owned(), "data".to_owned()];
    command.extend(settings.flat_map(|it| ["-c".to_owned(), it.to_owned()]));
    command
}

/// A fresh database of the environment's server, or of this process's own.
pub(super) fn database() -> Result<TestDatabase, StartError> {
    let server: DatabaseUrl = server_url()?
        .parse()
        .map_err(|error: orm_driver::Error| StartError::Failed(format!("{URL_VARIABLE}: {error}")))?;
    create(server.with_database(&unique_name()), ConnectOptions::default())
}

fn server_url() -> Result<String, StartError> {
    static SERVER: OnceLock<Result<PostgresServer, StartError>> = OnceLock::new();
    if let Ok(url) = env::var(URL_VARIABLE) {
        return Ok(url);
    }
    match SERVER.get_or_init(PostgresServer::start) {
        Ok(server) => Ok(server.url_text()),
        Err(StartError::Missing(how)) => Err(StartError::Missing(how.clone())),
        Err(StartError::Failed(what)) => Err(StartError::Failed(what.clone())),
    }
}

/// Drops a database even when a test left a session open.
pub(super) async fn drop_database(url: &PostgresUrl, options: &ConnectOptions) -> orm_driver::Result<()> {
    let maintenance = DatabaseUrl::Postgres(url.clone()).with_database("postgres");
    let mut connection = orm_driver::connect(&maintenance, options).await?;
    let name = url.database().unwrap_or_default();
    connection.execute(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"), &[]).await?;
    connection.close().await
}
