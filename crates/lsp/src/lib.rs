//! The language server: the features of `orm-ide` over the Language Server Protocol.
//!
//! ```text
//! client ─messages→ server ─in order→ worker (owns every project) ─snapshots→ readers
//! client ←──────────────────────────── diagnostics, answers ───────────────────┘
//! ```
//!
//! Handlers run side by side, but each sends its message to the worker before it waits for anything, so the worker sees
//! edits and questions in the order in which the client sent them. The worker changes texts at once and leaves reading
//! to threads with a snapshot; a later edit cancels them, but for what is shown while somebody types, which it waits for.
//!
//! | module | subject |
//! |---|---|
//! | `server` | the protocol's methods |
//! | `transport` | messages in, messages out: what is done when |
//! | `message_reader` | bytes in, messages out |
//! | `interruption` | reads that nobody waits for any more |
//! | `json` | JSON that is written once |
//! | `outbox` | what waits to be written to the client |
//! | `support` | what the client can do |
//! | `offer` | what the server offers |
//! | `kinds` | kinds that clients know |
//! | `misspelled` | what clients write otherwise than the types read it |
//! | `options` | what a user may set |
//! | `worker` | the one thread that changes texts; what it is told, and when diagnostics are made |
//! | `projects` | folders, projects and open documents |
//! | `loaded_project` | one project: its files on disk and in the editor |
//! | `short_reads` | reads that an edit waits for |
//! | `settings_document` | an `orm.toml` in the editor |
//! | `migrations` | the files of its migrations |
//! | `requests` | requests beside the protocol |
//! | `create_migration` | the command that writes a migration |
//! | `snapshot` | reading: the features, in terms of the protocol |
//! | `publisher` | which diagnostics the client has |
//! | `pull` | diagnostics for clients that ask for them |
//! | `outgoing` | what the server says by itself |
//! | `client_log` | what the client is told of the server's work: log and trace |
//! | `process_log` | where a process logs to |
//! | `document_edits` | edits of a document |
//! | `line_index` | byte offsets and positions |
//! | `to_protocol` | plain data of `orm-ide` to protocol types |

mod client_log;
mod create_migration;
mod document_edits;
mod interruption;
mod json;
mod kinds;
mod line_index;
mod loaded_project;
mod message_reader;
mod migrations;
mod misspelled;
mod offer;
mod options;
mod outbox;
mod outgoing;
mod process_log;
mod projects;
mod publisher;
mod pull;
mod requests;
mod server;
mod settings_document;
mod short_reads;
mod snapshot;
mod support;
mod to_protocol;
mod transport;
mod worker;

use std::{io, num::NonZero, sync::mpsc, thread};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    runtime::Runtime,
};
use tower_lsp::LspService;

use crate::{
    client_log::ClientLog,
    misspelled::Respelled,
    outbox::Outbox,
    server::LanguageServer,
    worker::{Message, Worker},
};

/// The variable that says what the server logs to standard error, such as `debug` or `orm_lsp=trace`; warnings without it.
pub const LOG_VARIABLE: &str = "ORM_LOG";

/// At least so many questions are answered side by side. Each thread keeps some memory.
const FEWEST_READERS: usize = 4;

/// As many long works that read nothing of a project are done side by side. They have threads of their own: a question that
/// waits for one holds a snapshot, which the next edit waits for.
const ASIDES: usize = 2;

/// How a client ended the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// By `shutdown` and then `exit`, as the protocol wants it: the process ends with 0.
    Orderly,
    /// By `exit` alone, or by closing the input: the process ends with 1.
    Abrupt,
}

/// Serves one client over standard input and output until it ends the server.
///
/// # Errors
/// If the system refuses threads.
pub fn run_stdio() -> io::Result<Ending> {
    let outbox = Outbox::default();
    let log = ClientLog::new(outbox.clone());
    let _log = process_log::start(log.clone());
    let runtime = runtime()?;
    let ending = runtime.block_on(serve_logged(tokio::io::stdin(), tokio::io::stdout(), outbox, log));
    // A thread may still wait for input of a client that keeps its end open.
    runtime.shutdown_background();
    ending
}

fn runtime() -> io::Result<Runtime> {
    let readers = thread::available_parallelism().map_or(1, NonZero::get).max(FEWEST_READERS);
    // One more for each of input and output.
    let threads = readers + ASIDES + 2;
    tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(threads).build()
}

/// Serves one client over a pair of streams until it ends the server or the input closes.
///
/// # Errors
/// If the system refuses a thread.
pub async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite) -> io::Result<Ending> {
    let outbox = Outbox::default();
    let log = ClientLog::new(outbox.clone());
    serve_logged(input, output, outbox, log).await
}

async fn serve_logged(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite,
    outbox: Outbox,
    log: ClientLog,
) -> io::Result<Ending> {
    let (sender, receiver) = mpsc::channel();
    let (service, socket) = LspService::build(|client| LanguageServer::new(client, sender.clone(), log.clone()))
        .custom_method("$/setTrace", LanguageServer::set_trace)
        .custom_method(requests::PREVIEW_DDL, LanguageServer::preview_ddl)
        .custom_method(requests::PREVIEW_MIGRATION, LanguageServer::preview_migration)
        .custom_method(requests::SYNTAX_TREE, LanguageServer::syntax_tree)
        .custom_method(requests::EXPLAIN, LanguageServer::explain)
        .finish();
    let outgoing = service.inner().outgoing(outbox.clone());
    let worker = Worker::new(sender.clone(), receiver, outgoing, tokio::runtime::Handle::current());
    let worker = thread::Builder::new().name("orm-lsp-worker".to_owned()).spawn(move || worker.run())?;

    let end = || {
        if sender.send(Message::ClientGone).is_err() {
            tracing::debug!("the worker has ended before the client");
        }
    };
    let ending = transport::serve(input, output, &outbox, &log, Respelled(service), socket, end).await;

    // An error means that the worker has ended already.
    if sender.send(Message::Stop).is_ok() && worker.join().is_err() {
        tracing::error!("the worker panicked");
    }
    Ok(ending)
}
