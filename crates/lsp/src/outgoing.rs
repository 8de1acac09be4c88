//! What the server says by itself. A queue keeps the worker from waiting for a client that is slow to read.

use std::time::Duration;

use lsp_types::{
    ProgressToken, PublishDiagnosticsParams, WorkDoneProgressCreateParams, notification::Notification,
    request::WorkDoneProgressCreate,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::{
    sync::{mpsc::UnboundedReceiver, oneshot},
    time::timeout,
};
use tower_lsp::Client;

/// How long projects are read before a client that shows progress shows that.
const PROGRESS_DELAY: Duration = Duration::from_millis(500);

/// A message to the client that answers none of its own.
pub(crate) enum Outgoing {
    /// What is wrong in a file.
    Diagnostics(PublishDiagnosticsParams),
    /// A part of an answer that is not finished.
    Partial(PartialResult),
    /// Projects are being read, until the sender is dropped.
    Loading(oneshot::Receiver<()>),
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
            Outgoing::Loading(until) => {
                tokio::spawn(show_loading(client.clone(), until));
            }
            Outgoing::Refresh(what) => {
                tokio::spawn(refresh(client.clone(), what));
            }
        }
    }
}

/// Shows that projects are being read, if that takes long enough for somebody to wonder.
async fn show_loading(client: Client, mut until: oneshot::Receiver<()>) {
    if timeout(PROGRESS_DELAY, &mut until).await.is_ok() {
        return;
    }
    let token = ProgressToken::String("orm-loading".to_owned());
    let create = WorkDoneProgressCreateParams { token: token.clone() };
    if let Err(error) = client.send_request::<WorkDoneProgressCreate>(create).await {
        tracing::warn!("the client shows no progress: {error}");
        return;
    }
    let progress = client.progress(token, "orm: reading the schema").begin().await;
    // The sender says nothing and goes.
    drop(until.await);
    progress.finish().await;
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
