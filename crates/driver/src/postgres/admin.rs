//! Creating and dropping databases through the maintenance database `postgres`.

use super::{PostgresConnection, connect};
use crate::connect::ConnectOptions;
use crate::connection::Connection;
use crate::error::{Error, ErrorKind, Result};
use crate::url::PostgresUrl;

/// Every server has it; it is where one stands while other databases come and go.
const MAINTENANCE_DATABASE: &str = "postgres";

pub(crate) async fn database_exists(url: &PostgresUrl, options: &ConnectOptions) -> Result<bool> {
    let (mut connection, name) = maintenance(url, options).await?;
    let rows = connection.query("SELECT 1 FROM pg_database WHERE datname = $1", &[name.into()]).await?;
    Ok(!rows.is_empty())
}

pub(crate) async fn create_database(url: &PostgresUrl, options: &ConnectOptions) -> Result<()> {
    let (connection, name) = maintenance(url, options).await?;
    connection.run(&format!("CREATE DATABASE {}", quote(name))).await
}

pub(crate) async fn drop_database(url: &PostgresUrl, options: &ConnectOptions) -> Result<()> {
    let (connection, name) = maintenance(url, options).await?;
    connection.run(&format!("DROP DATABASE {}", quote(name))).await
}

async fn maintenance<'a>(url: &'a PostgresUrl, options: &ConnectOptions) -> Result<(PostgresConnection, &'a str)> {
    let name = url.database().ok_or_else(|| {
        Error::new(ErrorKind::InvalidUrl, format!("{url} names no database"))
            .with_hint("write it behind the host: `postgres://HOST/DATABASE`")
    })?;
    let connection = connect(&url.with_database(MAINTENANCE_DATABASE), options).await?;
    Ok((connection, name))
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
