//! What the server says by itself. A queue keeps the worker from waiting for a client that is slow to read.

use lsp_types::{ProgressToken, PublishDiagnosticsParams, notification::Notification};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;
use tower_lsp::Client;

/// A message to the client that answers none of its own.
pub(crate) enum Outgoing {
    /// What is wrong in a file.
    Diagnostics(PublishDiagnosticsParams),
    /// A part of an answer that is not finished.
    Partial(PartialResult),
    /// What the client has asked for may be out of date.
    Refresh(Refresh),
}

/// What a client can be told to ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresh {
    Diagnostics,
    InlayHints,
}

/// A part of an answer, under the token that came with the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PartialResult {
    pub(crate) token: ProgressToken,
    /// Has the type of the answer.
    pub(crate) value: Value,
}

impl Notification for PartialResult {
    type Params = PartialResult;
    const METHOD: &'static str = "$/progress";
}

/// Sends everything in order. A request waits for its answer beside the queue, which goes on.
pub(crate) async fn send_all(client: Client, mut queue: UnboundedReceiver<Outgoing>) {
    while let Some(message) = queue.recv().await {
        match message {
            Outgoing::Diagnostics(it) => client.publish_diagnostics(it.uri, it.diagnostics, it.version).await,
            Outgoing::Partial(it) => client.send_notification::<PartialResult>(it).await,
            Outgoing::Refresh(what) => {
                tokio::spawn(refresh(client.clone(), what));
            }
        }
    }
}

async fn refresh(client: Client, what: Refresh) {
    let result = match what {
        Refresh::Diagnostics => client.workspace_diagnostic_refresh().await,
        Refresh::InlayHints => client.inlay_hint_refresh().await,
    };
    if let Err(error) = result {
        tracing::warn!("the client does not refresh {what:?}: {error}");
    }
}
