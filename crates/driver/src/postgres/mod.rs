//! PostgreSQL through `tokio-postgres`, with TLS by rustls.

pub(crate) mod admin;
mod config;
mod connection;
mod error;
mod numeric;
mod tls;
mod value;

pub(crate) use connection::{Notices, PostgresConnection, Worker};
pub(crate) use error::connect_error;

use error::unreachable;
use tokio_postgres::Config;

use crate::connect::ConnectOptions;
use crate::error::Result;
use crate::url::PostgresUrl;

/// Connects to a server's database. Encryption follows the URL's `sslmode`.
pub(crate) async fn connect(url: &PostgresUrl, options: &ConnectOptions) -> Result<PostgresConnection> {
    let config = config::from_url(url, options)?;
    // The client's own timeout ends with the TCP handshake, and counts for each host and address.
    let patience = config.get_connect_timeout().copied().unwrap_or(options.timeout) * hosts(&config);
    let connected = tokio::time::timeout(patience, try_all(url, &config)).await;
    connected.map_err(|_| unreachable(&url.to_string(), "it does not answer"))?
}

fn hosts(config: &Config) -> u32 {
    u32::try_from(config.get_hosts().len()).unwrap_or(1).max(1)
}

async fn try_all(url: &PostgresUrl, config: &Config) -> Result<PostgresConnection> {
    let mut failure = None;
    for attempt in tls::attempts(url)? {
        let mut config = config.clone();
        config.ssl_mode(attempt.mode);
        match config.connect(attempt.connector).await {
            Ok((client, connection)) => return Ok(PostgresConnection::spawn(client, connection, url.to_string())),
            // The first failure explains most: the later attempts are fallbacks.
            Err(cause) => _ = failure.get_or_insert(cause),
        }
    }
    let target = url.to_string();
    Err(failure.map_or_else(|| unreachable(&target, "no way was tried"), |cause| connect_error(cause, &target)))
}
