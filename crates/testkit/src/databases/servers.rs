//! Servers that all test processes of one run share.

use std::env;

use super::{PostgresServer, SpannerServer, StartError};
use super::{postgres, spanner};

/// The servers of a test run; `cargo xtask test` starts them once, since nextest gives every test a process of its own.
///
/// They stop when this value is dropped or its process ends, whichever way.
#[derive(Debug)]
pub struct TestServers {
    postgres: Option<PostgresServer>,
    spanner: Option<SpannerServer>,
    missing: Vec<String>,
}

impl TestServers {
    /// Starts what the machine has and the environment does not name already; the error tells which server is there and does not start.
    pub fn start() -> Result<Self, String> {
        let mut missing = Vec::new();
        let postgres = start_unless(postgres::URL_VARIABLE, "PostgreSQL", PostgresServer::start, &mut missing)?;
        let spanner = start_unless(spanner::HOST_VARIABLE, "Spanner emulator", SpannerServer::start, &mut missing)?;
        Ok(Self { postgres, spanner, missing })
    }

    /// Variables that lead test processes here.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let postgres = self.postgres.iter().map(|it| (postgres::URL_VARIABLE, it.url_text()));
        let spanner = self.spanner.iter().map(|it| (spanner::HOST_VARIABLE, it.host().to_owned()));
        postgres.chain(spanner).collect()
    }

    /// Databases that the machine lacks, `NAME: how to get it`. Their tests are skipped, or fail with `CI=true`.
    pub fn missing(&self) -> &[String] {
        &self.missing
    }
}

fn start_unless<T>(
    variable: &str,
    name: &str,
    start: impl FnOnce() -> Result<T, StartError>,
    missing: &mut Vec<String>,
) -> Result<Option<T>, String> {
    if env::var(variable).is_ok_and(|it| !it.is_empty()) {
        return Ok(None);
    }
    match start() {
        Ok(server) => Ok(Some(server)),
        Err(StartError::Missing(how)) => {
            missing.push(format!("{name}: {how}"));
            Ok(None)
        }
        Err(StartError::Failed(what)) => Err(format!("{name} does not start: {what}")),
    }
}
