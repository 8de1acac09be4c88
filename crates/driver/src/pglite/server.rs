//! The embedded server's life: its directory, its thread, its end.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread;

use pglite_oxide::PgliteServer as Embedded;
use tokio::sync::oneshot;
use tokio_postgres::{Client, Config, NoTls};

use super::{any_loopback_port, file_error, in_use};
use crate::connect::ConnectOptions;
use crate::error::{Error, ErrorKind, Result};
use crate::postgres::{Notices, PostgresConnection, Worker, connect_error};
use crate::url::DatabaseUrl;

/// The superuser and the database that every PGlite directory has.
const USER: &str = "postgres";
const DATABASE: &str = "postgres";

/// An embedded database that other programs can connect to.
#[derive(Debug)]
pub struct PgliteServer {
    embedded: Option<Embedded>,
    directory: PathBuf,
    address: SocketAddr,
}

impl PgliteServer {
    pub(super) async fn start(directory: &Path, address: SocketAddr) -> Result<Self> {
        let directory = directory.to_owned();
        let starting = tokio::task::spawn_blocking(move || {
            let embedded = start(&directory, address)?;
            let address = listening(&embedded, &directory)?;
            Ok(Self { embedded: Some(embedded), directory, address })
        });
        starting.await.map_err(|cause| start_error(&PathBuf::new(), &cause))?
    }

    /// The URL for PostgreSQL clients; it holds no secret.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@{}/{DATABASE}?sslmode=disable", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shuts down in order, after the present client has gone.
    pub async fn stop(mut self) -> Result<()> {
        let Some(embedded) = self.embedded.take() else { return Ok(()) };
        let directory = std::mem::take(&mut self.directory);
        let stopping = tokio::task::spawn_blocking(move || stop(embedded, &directory));
        stopping.await.map_err(|cause| start_error(&self.directory, &cause))?
    }
}

/// Opens the directory and connects to it, all on a thread of its own:
/// dropping the session waits for the server's end, and that must not block the runtime that would have to let it go.
pub(super) async fn connect(directory: &Path, options: &ConnectOptions) -> Result<PostgresConnection> {
    let (sender, receiver) = oneshot::channel();
    let notices = Notices::default();
    let session = Session { directory: directory.to_owned(), options: options.clone(), notices: notices.clone() };
    let thread = thread::Builder::new().name("pglite".to_owned()).spawn(move || session.run(sender));
    let thread = thread.map_err(|cause| start_error(directory, &cause))?;
    // Without an answer the thread panicked before it had one.
    let client = receiver.await.map_err(|cause| start_error(directory, &cause))??;
    let target = DatabaseUrl::pglite(directory).to_string();
    Ok(PostgresConnection::new(client, notices, target, Worker::Thread(Some(thread))))
}

/// What the thread of one session needs.
struct Session {
    directory: PathBuf,
    options: ConnectOptions,
    notices: Notices,
}

impl Session {
    /// Answers with the client or with what prevented it, then serves the client to its end.
    fn run(self, answer: oneshot::Sender<Result<Client>>) -> Result<()> {
        let embedded = match start(&self.directory, any_loopback_port()) {
            Ok(embedded) => embedded,
            Err(error) => return refuse(answer, error),
        };
        let served = self.serve(&embedded, answer);
        let stopped = stop(embedded, &self.directory);
        served.and(stopped)
    }

    fn serve(&self, embedded: &Embedded, answer: oneshot::Sender<Result<Client>>) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(cause) => return refuse(answer, start_error(&self.directory, &cause)),
        };
        runtime.block_on(async {
            match self.log_in(embedded).await {
                Ok((client, protocol)) => {
                    // A caller that lost interest has dropped its end; then the client goes with it.
                    _ = answer.send(Ok(client));
                    self.notices.clone().collect(protocol).await
                }
                Err(error) => refuse(answer, error),
            }
        })
    }

    async fn log_in(
        &self,
        embedded: &Embedded,
    ) -> Result<(Client, tokio_postgres::Connection<tokio_postgres::Socket, tokio_postgres::tls::NoTlsStream>)> {
        let address = listening(embedded, &self.directory)?;
        let mut config = Config::new();
        config.host(address.ip().to_string()).port(address.port()).user(USER).dbname(DATABASE);
        config.application_name(&self.options.application_name);
        let target = DatabaseUrl::pglite(&self.directory).to_string();
        config.connect(NoTls).await.map_err(|cause| connect_error(cause, &target))
    }
}

/// The waiting caller gets the error; the thread itself has nothing more to report.
fn refuse(answer: oneshot::Sender<Result<Client>>, error: Error) -> Result<()> {
    match answer.send(Err(error)) {
        Ok(()) => Ok(()),
        Err(unheard) => unheard.map(drop),
    }
}

fn start(directory: &Path, address: SocketAddr) -> Result<Embedded> {
    fs::create_dir_all(directory).map_err(|cause| file_error("create", directory, cause))?;
    Embedded::builder().path(directory).tcp(address).start().map_err(|cause| {
        let text = format!("{cause:#}");
        // The crate reports a locked directory in words only.
        if text.contains("already in use:") { in_use(directory) } else { start_error(directory, &text) }
    })
}

fn listening(embedded: &Embedded, directory: &Path) -> Result<SocketAddr> {
    embedded.tcp_addr().ok_or_else(|| start_error(directory, &"it does not listen"))
}

fn stop(embedded: Embedded, directory: &Path) -> Result<()> {
    embedded.shutdown().map_err(|cause| {
        let message =
            format!("the embedded database in `{}` did not shut down in order: {cause:#}", directory.display());
        Error::new(ErrorKind::Internal, message)
    })
}

fn start_error(directory: &Path, cause: &dyn std::fmt::Display) -> Error {
    let message = format!("the embedded database in `{}` does not start: {cause}", directory.display());
    Error::new(ErrorKind::Unreachable, message)
}
