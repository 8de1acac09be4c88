//! What changes around the documents: files, folders, settings.

use lsp_types::{
    CreateFilesParams, DeleteFilesParams, DidChangeConfigurationParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, FileChangeType, RenameFilesParams, WorkspaceFolder,
};

use super::LanguageServer;
use crate::{options::section, to_protocol::file_path, worker::Message};

impl LanguageServer {
    /// `workspace/didChangeWatchedFiles`
    pub(super) fn watched_files_changed(&self, params: DidChangeWatchedFilesParams) {
        let events = params.changes.into_iter().filter_map(|it| Some((file_path(&it.uri)?, it.typ)));
        self.send(Message::FilesChanged(events.collect()));
    }

    /// `workspace/didCreateFiles`
    pub(super) fn files_created(&self, params: &CreateFilesParams) {
        self.files_changed(params.files.iter().map(|it| (&it.uri, FileChangeType::CREATED)));
    }

    /// `workspace/didRenameFiles`
    pub(super) fn files_renamed(&self, params: &RenameFilesParams) {
        let gone = params.files.iter().map(|it| (&it.old_uri, FileChangeType::DELETED));
        self.files_changed(gone.chain(params.files.iter().map(|it| (&it.new_uri, FileChangeType::CREATED))));
    }

    /// `workspace/didDeleteFiles`
    pub(super) fn files_deleted(&self, params: &DeleteFilesParams) {
        self.files_changed(params.files.iter().map(|it| (&it.uri, FileChangeType::DELETED)));
    }

    /// `workspace/didChangeConfiguration`
    pub(super) fn settings_changed(&self, params: DidChangeConfigurationParams) {
        if self.support.get().is_some_and(|it| it.answers_settings) {
            self.ask_for_settings();
        } else {
            self.send(Message::Settings(section(params.settings)));
        }
    }

    /// `workspace/didChangeWorkspaceFolders`
    pub(super) fn folders_changed(&self, params: &DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[WorkspaceFolder]| folders.iter().filter_map(|it| file_path(&it.uri)).collect();
        self.send(Message::FoldersChanged { added: paths(&params.event.added), removed: paths(&params.event.removed) });
    }

    /// A person created, renamed or deleted files or folders in the editor.
    fn files_changed<'a>(&self, events: impl Iterator<Item = (&'a String, FileChangeType)>) {
        let events = events.filter_map(|(uri, kind)| Some((file_path(&uri.parse().ok()?)?, kind)));
        self.send(Message::FilesChanged(events.collect()));
    }
}
