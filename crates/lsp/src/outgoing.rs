//! What the server says by itself. Nobody waits for a client that is slow to read or to answer.

use std::time::Duration;

use lsp_types::{ProgressToken, Uri, WorkDoneProgressCreateParams, request::WorkDoneProgressCreate};
use tokio::{runtime::Handle, sync::oneshot, time::timeout};
use tower_lsp::Client;

use crate::{
    client_log::ClientLog,
    json::Json,
    outbox::{Message, Outbox},
};

/// How long projects are read before a client that shows progress shows that.
const PROGRESS_DELAY: Duration = Duration::from_millis(500);

/// What a client can be told to ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresh {
    Diagnostics,
    InlayHints,
    CodeLenses,
    SemanticTokens,
}

/// A part of an answer, under the token that came with the request.
#[derive(Debug)]
pub(crate) struct PartialResult {
    pub(crate) token: ProgressToken,
    /// Has the type of the answer.
    pub(crate) value: Json,
}

/// The way to the client.
#[derive(Clone)]
pub(crate) struct Outgoing {
    outbox: Outbox,
    client: Client,
    log: ClientLog,
    runtime: Handle,
}

impl Outgoing {
    pub(crate) fn new(outbox: Outbox, client: Client, log: ClientLog, runtime: Handle) -> Self {
        Outgoing { outbox, client, log, runtime }
    }

    /// What the client is told of the server's work.
    pub(crate) fn log(&self) -> &ClientLog {
        &self.log
    }

    /// What is wrong in a file, and in which version of its text.
    pub(crate) fn publish(&self, uri: &Uri, diagnostics: &Json, version: Option<i32>) {
        let Ok(named) = Json::of(uri) else { return };
        let version = version.map(|it| format!(",\"version\":{it}")).unwrap_or_default();
        let start = format!("{{\"uri\":{}{version},\"diagnostics\":", named.as_str());
        self.outbox.publish(uri.as_str(), notification("textDocument/publishDiagnostics", start, diagnostics));
    }

    /// A part of an answer that is not finished.
    pub(crate) fn partial(&self, part: &PartialResult) {
        let Ok(token) = Json::of(&part.token) else { return };
        let start = format!("{{\"token\":{},\"value\":", token.as_str());
        self.outbox.send(notification("$/progress", start, &part.value));
    }

    /// What the client has asked for may be out of date.
    pub(crate) fn refresh(&self, what: Refresh) {
        let client = self.client.clone();
        self.runtime.spawn(async move {
            let result = match what {
                Refresh::Diagnostics => client.workspace_diagnostic_refresh().await,
                Refresh::InlayHints => client.inlay_hint_refresh().await,
                Refresh::CodeLenses => client.code_lens_refresh().await,
                Refresh::SemanticTokens => client.semantic_tokens_refresh().await,
            };
            if let Err(error) = result {
                tracing::warn!("the client does not refresh {what:?}: {error}");
            }
        });
    }

    /// Shows that projects are being read until the sender is dropped, if that takes long enough for somebody to wonder.
    pub(crate) fn loading(&self, mut until: oneshot::Receiver<()>) {
        let client = self.client.clone();
        self.runtime.spawn(async move {
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
        });
    }
}

/// A message whose parameters begin so, and end with `last`, a long one. The method needs no escape.
fn notification(method: &str, start: String, last: &Json) -> Message {
    let start = format!("{{\"jsonrpc\":\"2.0\",\"method\":\"{method}\",\"params\":{start}");
    vec![Json::written(start), last.clone(), Json::written("}}".to_owned())]
}
