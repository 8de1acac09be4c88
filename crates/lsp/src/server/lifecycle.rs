//! The handshake, and what the client is asked for after it.

use lsp_types::{ConfigurationItem, InitializeParams, InitializeResult, Registration, ServerInfo, SetTraceParams};

use super::LanguageServer;
use crate::{
    offer::{server_capabilities, watched_files, watched_settings},
    options::SECTION,
    support::{ClientSupport, folders},
    worker::Message,
};

impl LanguageServer {
    /// `initialize`
    pub(super) fn introduce(&self, params: &InitializeParams) -> InitializeResult {
        self.log.introduce(params.trace);
        let support = ClientSupport::new(&params.capabilities, params.initialization_options.as_ref());
        let options = params.initialization_options.clone().unwrap_or_default();
        self.send(Message::Initialize { support, folders: folders(params), options });
        let support = *self.support.get_or_init(|| support);
        let version = env!("CARGO_PKG_VERSION").to_owned();
        InitializeResult {
            capabilities: server_capabilities(support),
            server_info: Some(ServerInfo { name: "orm".to_owned(), version: Some(version) }),
        }
    }

    /// `initialized`
    pub(super) fn ask_client(&self) {
        self.send(Message::Initialized);
        let Some(support) = self.support.get() else { return };
        self.register(support.watches_files.then(watched_files));
        self.register(support.watches_settings.then(watched_settings));
        if support.answers_settings {
            self.ask_for_settings();
        }
    }

    /// `$/setTrace`
    pub(crate) async fn set_trace(&self, params: SetTraceParams) {
        self.log.set_trace(params.value);
    }

    /// Asks the client to tell of something. Nobody waits for its answer: a client that leaves without one would keep the
    /// server alive.
    fn register(&self, wanted: Option<Registration>) {
        let (client, Some(wanted)) = (self.client.clone(), wanted) else { return };
        tokio::spawn(async move {
            let method = wanted.method.clone();
            if let Err(error) = client.register_capability(vec![wanted]).await {
                tracing::warn!("the client sends no {method}: {error}");
            }
        });
    }

    /// Asks the client for our settings. Nobody waits for them either.
    pub(super) fn ask_for_settings(&self) {
        let (client, worker) = (self.client.clone(), self.worker.clone());
        let section = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        tokio::spawn(async move {
            match client.configuration(vec![section]).await.map(|it| it.into_iter().next()) {
                Ok(Some(settings)) => drop(worker.send(Message::Settings(settings))),
                Ok(None) => {}
                Err(error) => tracing::warn!("the client has no settings: {error}"),
            }
        });
    }
}
