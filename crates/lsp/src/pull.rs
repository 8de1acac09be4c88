//! Diagnostics for clients that ask for them.
//!
//! A client asks for a document after each of its own edits, and once for the workspace: that request stays open, and its
//! answer comes in parts. What else changes in an open document (by an edit of another one, or of the settings) the client
//! learns by a request to refresh.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hasher},
    io,
};

use lsp_types::{
    Diagnostic, FullDocumentDiagnosticReport, ProgressToken, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceUnchangedDocumentDiagnosticReport,
};
use tokio::sync::oneshot;

use crate::{
    outgoing::PartialResult,
    publisher::{FileDiagnostics, FileKey, Shown},
};

/// The identifier of diagnostics: those that are the same have the same one, so nothing has to be kept to tell.
pub(crate) fn result_id(diagnostics: &[Diagnostic]) -> String {
    struct Hashing(DefaultHasher);
    impl io::Write for Hashing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut hashing = Hashing(DefaultHasher::new());
    match serde_json::to_writer(&mut hashing, diagnostics) {
        Ok(()) => format!("{:016x}", hashing.0.finish()),
        // An identifier that no other one equals: the report is sent again.
        Err(_) => String::new(),
    }
}

/// A `workspace/diagnostic` that was not answered yet.
pub(crate) struct WorkspaceRequest {
    /// The identifiers of what the client has, by URI.
    known: BTreeMap<String, (Uri, String)>,
    /// Under which parts of the answer are sent. A client without it gets the answer at once.
    token: Option<ProgressToken>,
    reply: oneshot::Sender<WorkspaceDiagnosticReport>,
}

impl WorkspaceRequest {
    pub(crate) fn new(
        params: WorkspaceDiagnosticParams,
        reply: oneshot::Sender<WorkspaceDiagnosticReport>,
    ) -> WorkspaceRequest {
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
            let items = self.unchanged(shown).chain(self.news(shown)).collect();
            if self.reply.send(WorkspaceDiagnosticReport { items }).is_err() {
                tracing::debug!("the client asks for the workspace no more");
            }
            return None;
        };
        let items = self.news(shown);
        self.remember(&items);
        let part =
            (!items.is_empty()).then(|| serde_json::to_value(WorkspaceDiagnosticReport { items }).ok()).flatten();
        Some((self, part.map(|value| PartialResult { token, value })))
    }

    /// The reports that differ from what the client has.
    fn news(&self, shown: &BTreeMap<FileKey, Shown>) -> Vec<WorkspaceDocumentDiagnosticReport> {
        let is_new = |it: &&Shown| self.known.get(it.found.uri.as_str()).is_none_or(|(_, id)| *id != it.id);
        let mut items: Vec<_> =
            shown.values().filter(is_new).map(|it| full(&it.found, it.version, it.id.clone())).collect();
        let uris: BTreeSet<_> = shown.values().map(|it| it.found.uri.as_str()).collect();
        let none = result_id(&[]);
        let gone = self.known.iter().filter(|(uri, (_, id))| !uris.contains(uri.as_str()) && *id != none);
        items.extend(gone.map(|(_, (uri, _))| {
            full(&FileDiagnostics { uri: uri.clone(), diagnostics: Vec::new() }, None, none.clone())
        }));
        items
    }

    /// The reports that the client has already.
    fn unchanged<'a>(
        &'a self,
        shown: &'a BTreeMap<FileKey, Shown>,
    ) -> impl Iterator<Item = WorkspaceDocumentDiagnosticReport> + 'a {
        let same = shown.values().filter(|it| {
            let known = self.known.get(it.found.uri.as_str());
            known.is_some_and(|(_, id)| *id == it.id)
        });
        same.map(|it| {
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri: it.found.uri.clone(),
                version: it.version.map(i64::from),
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: it.id.clone() },
            })
        })
    }

    fn remember(&mut self, items: &[WorkspaceDocumentDiagnosticReport]) {
        for item in items {
            let WorkspaceDocumentDiagnosticReport::Full(it) = item else { continue };
            let id = it.full_document_diagnostic_report.result_id.clone().unwrap_or_default();
            self.known.insert(it.uri.as_str().to_owned(), (it.uri.clone(), id));
        }
    }
}

fn full(found: &FileDiagnostics, version: Option<i32>, id: String) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri: found.uri.clone(),
        version: version.map(i64::from),
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(id),
            items: found.diagnostics.clone(),
        },
    })
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
            drop(request.reply.send(WorkspaceDiagnosticReport::default()));
        }
    }
}
