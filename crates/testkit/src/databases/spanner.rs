//! Google's Spanner emulator, and databases in it.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use orm_driver::{ConnectOptions, DatabaseUrl};

use super::process::{Directory, Server, find_programs, free_port};
use super::{StartError, TestDatabase, block_on, create, unique_name};

/// The variable that all of Google's clients understand: `HOST:PORT` of the gRPC port.
pub(super) const HOST_VARIABLE: &str = "SPANNER_EMULATOR_HOST";

/// Google's Debian package.
const PACKAGE: &str = "google-cloud-cli-spanner-emulator";

/// The emulator's program; it speaks gRPC only, as most emulators that users can reach do.
const PROGRAM: &str = "emulator_main";

/// Project and instance that all tests share; the emulator makes them up.
const INSTANCE: &str = "spanner://orm-test/orm-test";

/// A running emulator.
#[derive(Debug)]
pub struct SpannerServer {
    host: String,
    _server: Server,
}

impl SpannerServer {
    /// Starts the emulator on a free port of the loopback interface.
    pub fn start() -> Result<Self, StartError> {
        let program = find_programs(&[PROGRAM], package_directories()).ok_or_else(|| {
            let how = format!(
                "install Google's package `{PACKAGE}`, or set {HOST_VARIABLE} to a running emulator's gRPC port"
            );
            StartError::Missing(how)
        })?;
        let failed = |cause: std::io::Error| StartError::Failed(cause.to_string());
        let host = format!("127.0.0.1:{}", free_port().map_err(failed)?);
        let command = [program.join(PROGRAM).display().to_string(), "--host_port".to_owned(), host.clone()];
        let server = Server::start(Directory::new().map_err(failed)?, "TERM", &command).map_err(failed)?;
        let started = Self { host, _server: server };
        started.wait_until_ready()?;
        Ok(started)
    }

    /// `HOST:PORT` of its gRPC port.
    pub fn host(&self) -> &str {
        &self.host
    }

    fn wait_until_ready(&self) -> Result<(), StartError> {
        let options = options(&self.host);
        let url = database_url("ready")?;
        self._server.wait_until(|| block_on(orm_driver::admin::database_exists(&url, &options)).map(|_| ()))
    }
}

fn options(host: &str) -> ConnectOptions {
    let mut options = ConnectOptions::default();
    options.spanner_emulator_host = Some(host.to_owned());
    options
}

fn database_url(name: &str) -> Result<DatabaseUrl, StartError> {
    format!("{INSTANCE}/{name}").parse().map_err(|error: orm_driver::Error| StartError::Failed(error.to_string()))
}

/// Where the Debian package has put the emulator, which is not in PATH.
fn package_directories() -> Vec<PathBuf> {
    // Without dpkg there is no Debian package either.
    let Ok(listing) = Command::new("dpkg").args(["-L", PACKAGE]).output() else { return Vec::new() };
    let files = String::from_utf8_lossy(&listing.stdout).into_owned();
    let programs = files.lines().map(PathBuf::from).filter(|it| it.ends_with(PROGRAM));
    programs.filter_map(|it| it.parent().map(PathBuf::from)).collect()
}

/// A fresh database of the environment's emulator, or of this process's own.
pub(super) fn database() -> Result<TestDatabase, StartError> {
    create(database_url(&unique_name())?, options(&host()?))
}

fn host() -> Result<String, StartError> {
    static SERVER: OnceLock<Result<SpannerServer, StartError>> = OnceLock::new();
    if let Some(host) = env::var(HOST_VARIABLE).ok().filter(|it| !it.is_empty()) {
        return Ok(host);
    }
    match SERVER.get_or_init(SpannerServer::start) {
        Ok(server) => Ok(server.host.clone()),
        Err(StartError::Missing(how)) => Err(StartError::Missing(how.clone())),
        Err(StartError::Failed(what)) => Err(StartError::Failed(what.clone())),
    }
}
