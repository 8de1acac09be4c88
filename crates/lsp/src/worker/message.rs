//! What the worker is told.

use std::{collections::BTreeSet, path::PathBuf};

use lsp_types::{FileChangeType, TextDocumentContentChangeEvent, Uri};
use serde_json::Value;

use super::diagnosing::Found;
use crate::{
    projects::ProjectKey,
    pull::WorkspaceRequest,
    snapshot::{DocumentSnapshot, Snapshot},
    support::ClientSupport,
};

/// What the worker is told, in the order in which the client said it.
pub(crate) enum Message {
    /// The client introduced itself.
    Initialize {
        support: ClientSupport,
        folders: Vec<PathBuf>,
        /// What its user wants.
        options: Value,
    },
    /// The settings of the client's user: the section that is ours.
    Settings(Value),
    /// The client is ready for diagnostics.
    Initialized,
    Open {
        uri: Uri,
        version: i32,
        /// What the client calls its language.
        language: String,
        text: String,
    },
    Change {
        uri: Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    Close {
        uri: Uri,
    },
    /// Files or folders changed on disk.
    FilesChanged(Vec<(PathBuf, FileChangeType)>),
    FoldersChanged {
        added: Vec<PathBuf>,
        removed: Vec<PathBuf>,
    },
    /// A question about a document.
    Read {
        uri: Uri,
        /// Whether an edit waits for the answer instead of cancelling it.
        is_short: bool,
        read: Box<dyn FnOnce(Option<DocumentSnapshot>) + Send>,
    },
    /// A question about every project.
    ReadAll {
        read: Box<dyn FnOnce(Vec<Snapshot>) + Send>,
    },
    /// The client wants to know of every file that something is wrong in.
    PullWorkspace(WorkspaceRequest),
    /// The client asked for a document, and got a report with this identifier.
    Answered {
        uri: Uri,
        id: String,
    },
    /// The client has gone away, or is about to.
    ClientGone,
    /// Diagnostics of the documents that were edited.
    Edited(Found),
    /// Diagnostics of all files of some projects.
    Everywhere(Found, BTreeSet<ProjectKey>),
    /// An edit came before the diagnostics of all files of these projects were made.
    Interrupted(BTreeSet<ProjectKey>),
    Stop,
}

impl Message {
    /// What it is about, for the log.
    pub(super) fn subject(&self) -> String {
        match self {
            Message::Initialize { .. } | Message::Initialized => "the start".to_owned(),
            Message::Settings(_) => "the settings".to_owned(),
            Message::Open { uri, .. } | Message::Change { uri, .. } | Message::Close { uri } => {
                format!("an edit of {}", uri.as_str())
            }
            Message::FilesChanged(_) | Message::FoldersChanged { .. } => "a change on disk".to_owned(),
            Message::Read { uri, .. } | Message::Answered { uri, .. } => format!("a question about {}", uri.as_str()),
            Message::ReadAll { .. } | Message::PullWorkspace(_) => "a question about everything".to_owned(),
            Message::Edited(_) | Message::Everywhere(..) | Message::Interrupted(_) => "new diagnostics".to_owned(),
            Message::ClientGone | Message::Stop => "the end".to_owned(),
        }
    }

    /// Whether a text may change.
    pub(super) fn is_edit(&self) -> bool {
        let is_of_document = matches!(self, Message::Open { .. } | Message::Change { .. } | Message::Close { .. });
        is_of_document || matches!(self, Message::FilesChanged(_) | Message::FoldersChanged { .. })
    }
}
