//! Diagnostics for clients that ask for them.
//!
//! A client asks for a document after each of its own edits, and once for the workspace: that request stays open, and its
//! answer comes in parts. What else changes in an open document (by an edit of another one, or of the settings) the client
//! learns by a request to refresh.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use lsp_types::{ProgressToken, Uri, WorkspaceDiagnosticParams};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::Result;

use crate::{
    json::Json,
    outgoing::PartialResult,
    publisher::{FileKey, Shown},
};

/// The identifier of diagnostics: those that are the same have the same one, so nothing has to be kept to tell.
pub(crate) fn result_id(diagnostics: &Json) -> String {
    let mut hasher = DefaultHasher::new();
    diagnostics.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A report with all diagnostics, `FullDocumentDiagnosticReport` of the protocol, and further fields.
pub(crate) fn full(id: &str, diagnostics: &Json, further: &[(&str, &Json)]) -> Result<Json> {
    let (kind, id) = (Json::of("full")?, Json::of(id)?);
    let own: [(&str, &Json); 3] = [("kind", &kind), ("resultId", &id), ("items", diagnostics)];
    Ok(Json::object(&[&own, further].concat()))
}

/// A report that says that nothing is new, `UnchangedDocumentDiagnosticReport`, and further fields.
pub(crate) fn unchanged(id: &str, further: &[(&str, &Json)]) -> Result<Json> {
    let (kind, id) = (Json::of("unchanged")?, Json::of(id)?);
    let own: [(&str, &Json); 2] = [("kind", &kind), ("resultId", &id)];
    Ok(Json::object(&[&own, further].concat()))
}

/// `WorkspaceDiagnosticReport` of the protocol.
fn workspace_report(items: &[Json]) -> Json {
    Json::object(&[("items", &Json::list(items))])
}

/// A `workspace/diagnostic` that was not answered yet.
pub(crate) struct WorkspaceRequest {
    /// The identifiers of what the client has, by URI.
    known: BTreeMap<String, (Uri, String)>,
    /// Under which parts of the answer are sent. A client without it gets the answer at once.
    token: Option<ProgressToken>,
    reply: oneshot::Sender<Json>,
}

impl WorkspaceRequest {
    pub(crate) fn new(params: WorkspaceDiagnosticParams, reply: oneshot::Sender<Json>) -> WorkspaceRequest {
        let known = params.previous_result_ids.into_iter();
        WorkspaceRequest {
            known: known.map(|it| (it.uri.as_str().to_owned(), (it.uri, it.value))).collect(),
            token: params.partial_result_params.partial_result_token,
            reply,
        }
    }

    /// Tells what the client does not have yet. Returns the request if it stays open, and the part to send.
    fn answer(mut self, shown: &BTreeMap<FileKey, Shown>) -> Option<(WorkspaceRequest, Option<PartialResult>)> {
        if self.reply.is_closed() {
            return None;
        }
        let Some(token) = self.token.clone() else {
            let mut items = self.unchanged(shown);
            items.extend(self.news(shown).into_iter().map(|it| it.report));
            if self.reply.send(workspace_report(&items)).is_err() {
                tracing::debug!("the client asks for the workspace no more");
            }
            return None;
        };
        let news = self.news(shown);
        let items: Vec<_> = news.iter().map(|it| it.report.clone()).collect();
        for it in news {
            self.known.insert(it.uri.as_str().to_owned(), (it.uri, it.id));
        }
        let part = (!items.is_empty()).then(|| PartialResult { token, value: workspace_report(&items) });
        Some((self, part))
    }

    /// The reports that differ from what the client has.
    fn news(&self, shown: &BTreeMap<FileKey, Shown>) -> Vec<News> {
        let is_new = |it: &&Shown| self.known.get(it.found.uri.as_str()).is_none_or(|(_, id)| *id != it.id);
        let shown_news = shown.values().filter(is_new);
        let mut news: Vec<_> = shown_news
            .filter_map(|it| News::new(it.found.uri.clone(), it.id.clone(), &it.found.diagnostics, it.version))
            .collect();
        let uris: BTreeSet<_> = shown.values().map(|it| it.found.uri.as_str()).collect();
        let nothing = Json::list([]);
        let none = result_id(&nothing);
        let gone = self.known.iter().filter(|(uri, (_, id))| !uris.contains(uri.as_str()) && *id != none);
        news.extend(gone.filter_map(|(_, (uri, _))| News::new(uri.clone(), none.clone(), &nothing, None)));
        news
    }

    /// The reports of what the client has already.
    fn unchanged(&self, shown: &BTreeMap<FileKey, Shown>) -> Vec<Json> {
        let same = shown.values().filter(|it| {
            let known = self.known.get(it.found.uri.as_str());
            known.is_some_and(|(_, id)| *id == it.id)
        });
        let report = |it: &Shown| {
            let (uri, version) = (Json::of(&it.found.uri)?, Json::of(&it.version)?);
            unchanged(&it.id, &[("uri", &uri), ("version", &version)])
        };
        same.filter_map(|it| report(it).ok()).collect()
    }
}

/// A report that the client does not have yet.
struct News {
    uri: Uri,
    id: String,
    report: Json,
}

impl News {
    fn new(uri: Uri, id: String, diagnostics: &Json, version: Option<i32>) -> Option<News> {
        let (named, version) = (Json::of(&uri).ok()?, Json::of(&version).ok()?);
        let report = full(&id, diagnostics, &[("uri", &named), ("version", &version)]).ok()?;
        Some(News { uri, id, report })
    }
}

/// The requests for the workspace that wait for news.
#[derive(Default)]
pub(crate) struct Waiting {
    requests: Vec<WorkspaceRequest>,
}

impl Waiting {
    pub(crate) fn add(&mut self, request: WorkspaceRequest) {
        self.requests.push(request);
    }

    /// Tells them what is new, and returns the parts to send.
    pub(crate) fn answer(&mut self, shown: &BTreeMap<FileKey, Shown>) -> Vec<PartialResult> {
        let answered = std::mem::take(&mut self.requests).into_iter().filter_map(|it| it.answer(shown));
        let (requests, parts): (Vec<_>, Vec<_>) = answered.unzip();
        self.requests = requests;
        parts.into_iter().flatten().collect()
    }

    /// Whether a client hears of closed files as they change.
    pub(crate) fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }

    /// Nobody listens any more.
    pub(crate) fn end(&mut self) {
        for request in self.requests.drain(..) {
            // Whoever has gone away needs no answer.
            drop(request.reply.send(workspace_report(&[])));
        }
    }
}
