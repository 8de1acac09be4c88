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

use crate::connect::ConnectOptions;
use crate::error::Result;
use crate::url::PostgresUrl;

/// Connects to a server's database. Encryption follows the URL's `sslmode`.
pub(crate) async fn connect(url: &PostgresUrl, options: &ConnectOptions) -> Result<PostgresConnection> {
    let config = config::from_url(url, options)?;
    let mut failure = None;
    for attempt in tls::attempts(url)? {
        let mut config = config.clone();
        config.ssl_mode(attempt.mode);
        match config.connect(attempt.connector).await {
            Ok((client, connection)) => return Ok(PostgresConnection::spawn(client, connection, url.to_string())),
            // The first failure explains most: the later attempts are fallbacks.
            Err(error) => _ = failure.get_or_insert(error),
        }
    }
    let cause = failure.ok_or_else(|| connect_error_without_attempt(url))?;
    Err(connect_error(cause, &url.to_string()))
}

fn connect_error_without_attempt(url: &PostgresUrl) -> crate::Error {
    crate::Error::new(crate::ErrorKind::Internal, format!("no way to connect to {url} was tried"))
}
