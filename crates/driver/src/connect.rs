//! From a URL to an open connection.

use std::time::Duration;

use crate::connection::Connection;
use crate::error::{Error, ErrorKind, Result};
use crate::url::DatabaseUrl;

/// How to connect.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ConnectOptions {
    /// How long to wait for a server before it counts as unreachable. A `connect_timeout` in a PostgreSQL URL wins.
    pub timeout: Duration,
    /// What a PostgreSQL server shows as this session's name.
    pub application_name: String,
    /// `HOST:PORT` of a Spanner emulator's gRPC port; without it the variable `SPANNER_EMULATOR_HOST` decides.
    pub spanner_emulator_host: Option<String>,
}

impl Default for ConnectOptions {
    /// Ten seconds, `orm`, and the environment's emulator.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), application_name: "orm".to_owned(), spanner_emulator_host: None }
    }
}

/// Connects to an existing database; only the embedded one is created when its directory is missing.
pub async fn connect(url: &DatabaseUrl, options: &ConnectOptions) -> Result<Box<dyn Connection>> {
    match url {
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => Ok(Box::new(crate::postgres::connect(url, options).await?)),
        #[cfg(feature = "pglite")]
        DatabaseUrl::Pglite(directory) => Ok(Box::new(crate::pglite::connect(directory, options).await?)),
        #[cfg(feature = "spanner")]
        DatabaseUrl::Spanner(url) => Ok(Box::new(crate::spanner::connect(url, options).await?)),
        #[allow(unreachable_patterns, reason = "with every feature nothing is left")]
        other => {
            _ = options;
            Err(not_built_in(other))
        }
    }
}

/// The error for a database whose driver this build leaves out.
pub(crate) fn not_built_in(url: &DatabaseUrl) -> Error {
    let feature = match url {
        DatabaseUrl::Postgres(_) => "postgres",
        DatabaseUrl::Pglite(_) => "pglite",
        DatabaseUrl::Spanner(_) => "spanner",
    };
    Error::new(ErrorKind::Unsupported, format!("this build has no driver for {url}"))
        .with_hint(format!("build it with the feature `{feature}`"))
}
