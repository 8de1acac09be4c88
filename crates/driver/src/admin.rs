//! Creating and dropping whole databases, by name and never as a side effect.

use crate::connect::{ConnectOptions, not_built_in};
use crate::error::Result;
use crate::url::DatabaseUrl;

/// Whether the database exists.
///
/// PostgreSQL is asked through its maintenance database `postgres`, so the user must be allowed to connect there.
pub async fn database_exists(url: &DatabaseUrl, options: &ConnectOptions) -> Result<bool> {
    match url {
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => crate::postgres::admin::database_exists(url, options).await,
        #[cfg(feature = "pglite")]
        DatabaseUrl::Pglite(directory) => Ok(crate::pglite::database_exists(directory)),
        #[cfg(feature = "spanner")]
        DatabaseUrl::Spanner(url) => crate::spanner::database_exists(url, options).await,
        #[allow(unreachable_patterns, reason = "with every feature nothing is left")]
        other => {
            _ = options;
            Err(not_built_in(other))
        }
    }
}

/// Creates the database; [`DatabaseExists`](crate::ErrorKind::DatabaseExists) when it is there.
///
/// On the Spanner emulator the instance is created as well. In Google Cloud an instance costs money, so there it must exist.
pub async fn create_database(url: &DatabaseUrl, options: &ConnectOptions) -> Result<()> {
    match url {
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => crate::postgres::admin::create_database(url, options).await,
        #[cfg(feature = "pglite")]
        DatabaseUrl::Pglite(directory) => crate::pglite::create_database(directory, options).await,
        #[cfg(feature = "spanner")]
        DatabaseUrl::Spanner(url) => crate::spanner::create_database(url, options).await,
        #[allow(unreachable_patterns, reason = "with every feature nothing is left")]
        other => {
            _ = options;
            Err(not_built_in(other))
        }
    }
}

/// Drops the database and all its data; [`NoSuchDatabase`](crate::ErrorKind::NoSuchDatabase) when it is not there.
///
/// PostgreSQL refuses while other sessions use it, and the embedded database while another process has it open ([`InUse`](crate::ErrorKind::InUse)).
pub async fn drop_database(url: &DatabaseUrl, options: &ConnectOptions) -> Result<()> {
    match url {
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => crate::postgres::admin::drop_database(url, options).await,
        #[cfg(feature = "pglite")]
        DatabaseUrl::Pglite(directory) => crate::pglite::drop_database(directory).await,
        #[cfg(feature = "spanner")]
        DatabaseUrl::Spanner(url) => crate::spanner::drop_database(url, options).await,
        #[allow(unreachable_patterns, reason = "with every feature nothing is left")]
        other => {
            _ = options;
            Err(not_built_in(other))
        }
    }
}
