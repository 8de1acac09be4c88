//! What the server says by itself. Nobody waits for a client that is slow to read or to answer.

use std::time::Duration;

use lsp_types::{ProgressToken, Uri, WorkDoneProgressCreateParams, request::WorkDoneProgressCreate};
use tokio::{runtime::Handle, sync::oneshot, time::timeout};
use tower_lsp::Client;

use crate::{json::Json, outbox::Outbox};

/// How long projects are read before a client that shows progress shows that.
const PROGRESS_DELAY: Duration = Duration::from_millis(500);

/// What a client can be told to ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresh {
    Diagnostics,
    InlayHints,
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
    runtime: Handle,
}

impl Outgoing {
    pub(crate) fn new(outbox: Outbox, client: Client, runtime: Handle) -> Self {
        Outgoing { outbox, client, runtime }
    }

    /// What is wrong in a file, and in which version of its text.
    pub(crate) fn publish(&self, uri: &Uri, diagnostics: &Json, version: Option<i32>) {
        let (Ok(named), Ok(version)) = (Json::of(uri), version.map(|it| Json::of(&it)).transpose()) else { return };
        let mut fields = vec![("uri", &named)];
        fields.extend(version.iter().map(|it| ("version", it)));
        fields.push(("diagnostics", diagnostics));
        if let Some(message) = notification("textDocument/publishDiagnostics", &Json::object(&fields)) {
            self.outbox.publish(uri.as_str(), message.into_bytes());
        }
    }

    /// A part of an answer that is not finished.
    pub(crate) fn partial(&self, part: &PartialResult) {
        let Ok(token) = Json::of(&part.token) else { return };
        if let Some(message) = notification("$/progress", &Json::object(&[("token", &token), ("value", &part.value)])) {
            self.outbox.send(message.into_bytes());
        }
    }

    /// What the client has asked for may be out of date.
    pub(crate) fn refresh(&self, what: Refresh) {
        let client = self.client.clone();
        self.runtime.spawn(async move {
            let result = match what {
                Refresh::Diagnostics => client.workspace_diagnostic_refresh().await,
                Refresh::InlayHints => client.inlay_hint_refresh().await,
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

fn notification(method: &str, params: &Json) -> Option<Json> {
    let (version, method) = (Json::of("2.0").ok()?, Json::of(method).ok()?);
    Some(Json::object(&[("jsonrpc", &version), ("method", &method), ("params", params)]))
}
