//! Which diagnostics the client has, so that only what changed is sent.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use lsp_types::{Diagnostic, Uri};

use crate::{outbox::Outbox, projects::ProjectKey};

/// A file of a project.
pub(crate) type FileKey = (ProjectKey, Arc<str>);

/// What is wrong in a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FileDiagnostics {
    pub(crate) uri: Uri,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Sends diagnostics to the client.
pub(crate) struct Publisher {
    client: Outbox,
    /// What the client shows, without the files in which nothing is wrong.
    shown: BTreeMap<FileKey, FileDiagnostics>,
}

impl Publisher {
    pub(crate) fn new(client: Outbox) -> Self {
        Publisher { client, shown: BTreeMap::new() }
    }

    /// Sends what is wrong in an open document, even if it is what the client has: the version is new.
    pub(crate) fn publish(&mut self, file: FileKey, found: FileDiagnostics, version: i32) {
        self.forget_other_spelling(&file, &found.uri);
        self.send(&found, Some(version));
        self.keep(file, found);
    }

    /// Sends what is wrong in a file, unless the client shows just that.
    pub(crate) fn update(&mut self, file: FileKey, found: FileDiagnostics, version: Option<i32>) {
        self.forget_other_spelling(&file, &found.uri);
        let is_shown = match self.shown.get(&file) {
            Some(shown) => *shown == found,
            None => found.diagnostics.is_empty(),
        };
        if !is_shown {
            self.send(&found, version);
            self.keep(file, found);
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
        self.send(&FileDiagnostics { uri, diagnostics: Vec::new() }, None);
    }

    fn clear_where(&mut self, is_gone: impl Fn(&FileKey) -> bool) {
        let gone: Vec<_> = self.shown.keys().filter(|file| is_gone(file)).cloned().collect();
        for file in gone {
            if let Some(shown) = self.shown.remove(&file) {
                self.send(&FileDiagnostics { uri: shown.uri, diagnostics: Vec::new() }, None);
            }
        }
    }

    /// A client may spell the URI of a document otherwise than the server spells that of the closed file.
    fn forget_other_spelling(&mut self, file: &FileKey, uri: &Uri) {
        if self.shown.get(file).is_some_and(|shown| shown.uri != *uri)
            && let Some(shown) = self.shown.remove(file)
        {
            self.send(&FileDiagnostics { uri: shown.uri, diagnostics: Vec::new() }, None);
        }
    }

    fn keep(&mut self, file: FileKey, found: FileDiagnostics) {
        if found.diagnostics.is_empty() {
            self.shown.remove(&file);
        } else {
            self.shown.insert(file, found);
        }
    }

    fn send(&self, found: &FileDiagnostics, version: Option<i32>) {
        self.client.publish(&found.uri, &found.diagnostics, version);
    }
}
