//! Which diagnostics the client has, so that only what changed is sent.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use lsp_types::Uri;

use crate::{
    json::Json,
    outgoing::{Outgoing, Refresh},
    projects::ProjectKey,
    pull::{Waiting, WorkspaceRequest, result_id},
    to_protocol::DocumentKey,
};

/// A file of a project.
pub(crate) type FileKey = (ProjectKey, Arc<str>);

/// What is wrong in a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FileDiagnostics {
    pub(crate) uri: Uri,
    /// A list of `Diagnostic`.
    pub(crate) diagnostics: Json,
}

/// What the client shows of a file.
pub(crate) struct Shown {
    pub(crate) found: FileDiagnostics,
    /// The version of the open document.
    pub(crate) version: Option<i32>,
    /// The identifier of the report, for a client that asks for it.
    pub(crate) id: String,
}

/// Brings diagnostics to the client.
pub(crate) struct Publisher {
    client: Outgoing,
    /// What the client shows, without the files in which nothing is wrong.
    shown: BTreeMap<FileKey, Shown>,
    /// For a client that asks for diagnostics.
    pulled: Option<Pulled>,
}

/// What a client that asks for diagnostics has to learn.
#[derive(Default)]
struct Pulled {
    waiting: Waiting,
    /// The files of which something else is to be said than before.
    changed: BTreeSet<DocumentKey>,
    /// The identifiers of the last answers about documents.
    answers: BTreeMap<DocumentKey, String>,
    /// Nobody listens any more.
    is_over: bool,
}

impl Publisher {
    /// `pulls`: whether the client asks for diagnostics; then none are sent by themselves.
    pub(crate) fn new(client: Outgoing, pulls: bool) -> Self {
        Publisher { client, shown: BTreeMap::new(), pulled: pulls.then(Pulled::default) }
    }

    /// Whether the client asks for diagnostics.
    pub(crate) fn is_asked(&self) -> bool {
        self.pulled.is_some()
    }

    /// Sends what is wrong in an open document, even if it is what the client has: the version is new.
    pub(crate) fn publish(&mut self, file: FileKey, found: FileDiagnostics, version: i32) {
        self.forget_other_spelling(&file, &found.uri);
        self.send(&found, Some(version));
        self.keep(file, found, Some(version));
    }

    /// Sends what is wrong in a file, unless the client shows just that.
    pub(crate) fn update(&mut self, file: FileKey, found: FileDiagnostics, version: Option<i32>) {
        self.forget_other_spelling(&file, &found.uri);
        let is_shown = match self.shown.get(&file) {
            Some(shown) => shown.found == found,
            None => found.diagnostics.is_empty_list(),
        };
        if !is_shown {
            self.send(&found, version);
            self.keep(file, found, version);
        }
    }

    /// Takes back what the client shows of files of `project` that are not in `files`.
    pub(crate) fn retain(&mut self, project: &ProjectKey, files: &BTreeSet<Arc<str>>) {
        self.clear_where(|(key, path)| key == project && !files.contains(path));
    }

    /// Takes back what the client shows of projects that are not in `projects`.
    pub(crate) fn retain_projects(&mut self, projects: &BTreeSet<ProjectKey>) {
        self.clear_where(|(key, _)| !projects.contains(key));
    }

    /// Takes back what the client shows of a document that is gone.
    pub(crate) fn clear(&mut self, file: &FileKey, uri: Uri) {
        self.shown.remove(file);
        self.send(&FileDiagnostics { uri, diagnostics: Json::list([]) }, None);
    }

    /// A client asks for the workspace. `is_current`: whether all files were looked at since the last change.
    pub(crate) fn ask(&mut self, request: WorkspaceRequest, is_current: bool) {
        let Some(pulled) = &mut self.pulled else { return };
        pulled.waiting.add(request);
        if pulled.is_over {
            pulled.waiting.end();
        } else if is_current {
            self.answer();
        }
    }

    /// A document was asked for, and its report has this identifier.
    pub(crate) fn answered(&mut self, uri: &Uri, id: String) {
        if let Some(pulled) = &mut self.pulled {
            pulled.answers.insert(DocumentKey::from(uri), id);
        }
    }

    /// A document was closed.
    pub(crate) fn closed(&mut self, uri: &Uri) {
        if let Some(pulled) = &mut self.pulled {
            pulled.answers.remove(&DocumentKey::from(uri));
        }
    }

    /// All files were looked at. A client learns of its own edits itself, of those closed files that changed by its request
    /// for the workspace, and of the rest by a request to ask again.
    pub(crate) fn finish(&mut self, is_open: impl Fn(&DocumentKey) -> bool) {
        self.answer();
        let Some(pulled) = &mut self.pulled else { return };
        let changed = std::mem::take(&mut pulled.changed);
        let shown = self.shown.values();
        let ids: BTreeMap<_, _> = shown.map(|it| (DocumentKey::from(&it.found.uri), &it.id)).collect();
        let none = result_id(&Json::list([]));
        let is_news = |file: &DocumentKey| match is_open(file) {
            true => pulled.answers.get(file) != Some(ids.get(file).copied().unwrap_or(&none)),
            false => pulled.waiting.is_empty(),
        };
        if changed.iter().any(is_news) {
            self.client.refresh(Refresh::Diagnostics);
        }
    }

    /// The client has gone away, or is about to.
    pub(crate) fn end(&mut self) {
        if let Some(pulled) = &mut self.pulled {
            pulled.is_over = true;
            pulled.waiting.end();
        }
    }

    fn answer(&mut self) {
        let Some(pulled) = &mut self.pulled else { return };
        let parts = pulled.waiting.answer(&self.shown);
        parts.iter().for_each(|it| self.client.partial(it));
    }

    fn clear_where(&mut self, is_gone: impl Fn(&FileKey) -> bool) {
        let gone: Vec<_> = self.shown.keys().filter(|file| is_gone(file)).cloned().collect();
        for file in gone {
            self.take_back(&file);
        }
    }

    /// A client may spell the URI of a document otherwise than the server spells that of the closed file.
    fn forget_other_spelling(&mut self, file: &FileKey, uri: &Uri) {
        if self.shown.get(file).is_some_and(|shown| shown.found.uri != *uri) {
            self.take_back(file);
        }
    }

    fn take_back(&mut self, file: &FileKey) {
        if let Some(shown) = self.shown.remove(file) {
            self.send(&FileDiagnostics { uri: shown.found.uri, diagnostics: Json::list([]) }, None);
        }
    }

    fn keep(&mut self, file: FileKey, found: FileDiagnostics, version: Option<i32>) {
        if found.diagnostics.is_empty_list() {
            self.shown.remove(&file);
        } else {
            let id = if self.is_asked() { result_id(&found.diagnostics) } else { String::new() };
            self.shown.insert(file, Shown { found, version, id });
        }
    }

    fn send(&mut self, found: &FileDiagnostics, version: Option<i32>) {
        match &mut self.pulled {
            Some(pulled) => {
                pulled.changed.insert(DocumentKey::from(&found.uri));
            }
            None => self.client.publish(&found.uri, &found.diagnostics, version),
        }
    }
}
