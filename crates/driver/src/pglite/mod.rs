//! PostgreSQL embedded in this process through `pglite-oxide`: one directory is one database, opened by one process at a time.

mod server;

use std::fs::{self, File, TryLockError};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

pub use server::PgliteServer;

use crate::connect::ConnectOptions;
use crate::connection::Connection;
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::PostgresConnection;

/// The file that `pglite-oxide` locks while the directory is open.
const LOCK_FILE: &str = ".pglite-oxide.lock";

/// The cluster's mark inside the directory, written by PostgreSQL's `initdb`.
const VERSION_FILE: &str = "tmp/pglite/base/PG_VERSION";

/// Opens the database in a directory, creating both when they are missing.
pub(crate) async fn connect(directory: &Path, options: &ConnectOptions) -> Result<PostgresConnection> {
    server::connect(directory, options).await
}

/// Offers the database in a directory to other programs, such as `psql`, until the server is stopped or dropped.
///
/// `address` is where to listen; port 0 takes a free one. There is no password, so anything but a loopback address is refused.
/// One client is served at a time; the next one waits.
pub async fn serve(directory: &Path, address: SocketAddr) -> Result<PgliteServer> {
    if !address.ip().is_loopback() {
        let message = format!("the embedded database has no passwords, so it can't listen on {address}");
        return Err(Error::new(ErrorKind::Unsupported, message).with_hint("listen on 127.0.0.1 or [::1]"));
    }
    PgliteServer::start(directory, address).await
}

/// A free port of the loopback interface.
pub fn any_loopback_port() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

pub(crate) fn database_exists(directory: &Path) -> bool {
    directory.join(VERSION_FILE).is_file()
}

pub(crate) async fn create_database(directory: &Path, options: &ConnectOptions) -> Result<()> {
    if database_exists(directory) {
        let message = format!("a database exists in `{}`", directory.display());
        return Err(Error::new(ErrorKind::DatabaseExists, message));
    }
    Box::new(connect(directory, options).await?).close().await
}

/// Removes the directory, but only when it holds a database and nobody has it open.
pub(crate) async fn drop_database(directory: &Path) -> Result<()> {
    if !database_exists(directory) {
        let message = format!("there is no database in `{}`", directory.display());
        return Err(Error::new(ErrorKind::NoSuchDatabase, message));
    }
    let failed = |cause| file_error("remove", directory, cause);
    let lock =
        File::options().write(true).create(true).truncate(false).open(directory.join(LOCK_FILE)).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => fs::remove_dir_all(directory).map_err(failed),
        Err(TryLockError::WouldBlock) => Err(in_use(directory)),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

fn in_use(directory: &Path) -> Error {
    Error::new(ErrorKind::InUse, format!("another program has the database in `{}` open", directory.display()))
        .with_hint("an embedded database is open in one program at a time: stop the other one, such as `orm db serve`")
}

fn file_error(verb: &str, directory: &Path, cause: std::io::Error) -> Error {
    let message = format!("can't {verb} the embedded database in `{}`: {cause}", directory.display());
    Error::new(ErrorKind::Unreachable, message).with_source(cause)
}
