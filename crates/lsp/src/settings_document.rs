//! An `orm.toml` that the client has open: what is typed there counts before it is saved.

use std::path::PathBuf;

use lsp_types::{TextDocumentContentChangeEvent, Uri};
use orm_project::CONFIG_FILE;

use crate::{document_edits::edited, line_index::PositionEncoding, to_protocol::file_path};

/// The settings of a project, in an editor.
pub(crate) struct SettingsDocument {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) text: String,
}

impl SettingsDocument {
    /// The folder of the project whose settings a URI names.
    pub(crate) fn root(uri: &Uri) -> Option<PathBuf> {
        let file = file_path(uri)?;
        (file.file_name()? == CONFIG_FILE).then(|| file.parent().map(PathBuf::from))?
    }

    pub(crate) fn change(&mut self, changes: &[TextDocumentContentChangeEvent], encoding: PositionEncoding) {
        self.text = edited(&self.text, changes, encoding);
    }
}
