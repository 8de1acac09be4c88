//! The protocol's methods, by subject. Each sends its message to the worker before it waits for anything.
//!
//! | module | subject |
//! |---|---|
//! | `methods` | all of them, as the library wants them: the place to start |
//! | `lifecycle` | the handshake |
//! | `documents` | open, edited and closed documents |
//! | `workspace` | files, folders, settings |
//! | `reading` | how a question is asked |
//! | `hover`, `resolving`, `semantic_tokens`, `diagnostics` | questions that take more than one step |
//! | `commands` | what changes files |
//! | `extensions` | requests beside the protocol |
//! | `errors` | errors that the protocol has a code for |

mod commands;
mod diagnostics;
mod documents;
mod errors;
mod extensions;
mod hover;
mod lifecycle;
mod methods;
mod reading;
mod resolving;
mod semantic_tokens;
mod workspace;

use std::sync::{OnceLock, mpsc::Sender};

use tokio::{runtime::Handle, sync::Semaphore};
use tower_lsp::Client;

use self::semantic_tokens::TokenAnswers;
use crate::{
    ASIDES, client_log::ClientLog, outbox::Outbox, outgoing::Outgoing, support::ClientSupport, worker::Message,
};

/// Answers one client.
pub(crate) struct LanguageServer {
    client: Client,
    worker: Sender<Message>,
    support: OnceLock<ClientSupport>,
    tokens: TokenAnswers,
    log: ClientLog,
    /// Places for long works that read nothing of a project.
    asides: Semaphore,
}

impl LanguageServer {
    pub(crate) fn new(client: Client, worker: Sender<Message>, log: ClientLog) -> Self {
        let (support, tokens, asides) = (OnceLock::new(), TokenAnswers::default(), Semaphore::new(ASIDES));
        LanguageServer { client, worker, support, tokens, log, asides }
    }

    /// What the server says by itself, and the client that it says it to.
    pub(crate) fn outgoing(&self, outbox: Outbox) -> Outgoing {
        Outgoing::new(outbox, self.client.clone(), self.log.clone(), Handle::current())
    }

    fn send(&self, message: Message) {
        if self.worker.send(message).is_err() {
            tracing::error!("the worker has ended");
        }
    }
}
