//! Another name for something.

use std::collections::HashMap;

use lsp_types::{Position, PrepareRenameResponse, TextEdit, Uri, WorkspaceEdit};
use orm_ide::{Cancelled, RenameError};

use super::DocumentSnapshot;

impl DocumentSnapshot {
    /// What can be renamed at a position, or why nothing can.
    pub(crate) fn prepare_rename(
        &self,
        position: Position,
    ) -> Result<Option<Result<PrepareRenameResponse, RenameError>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let found = self.project.analysis.prepare_rename(&self.path, lines.offset(position))?;
        Ok(Some(found.map(|it| PrepareRenameResponse::RangeWithPlaceholder {
            range: lines.range(it.range),
            placeholder: it.name,
        })))
    }

    /// The edits of all files, or why the name is refused.
    pub(crate) fn rename(
        &self,
        position: Position,
        name: &str,
    ) -> Result<Option<Result<Option<WorkspaceEdit>, RenameError>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        match self.project.analysis.rename(&self.path, lines.offset(position), name)? {
            Ok(edits) => Ok(Some(Ok(self.workspace_edit(&edits)?))),
            Err(error) => Ok(Some(Err(error))),
        }
    }

    /// Edits of files in terms of the client; `None` where one of the files is gone.
    #[expect(clippy::mutable_key_type, reason = "the protocol's own type; nothing changes a URI here")]
    pub(super) fn workspace_edit(&self, edits: &[orm_ide::FileEdit]) -> Result<Option<WorkspaceEdit>, Cancelled> {
        let mut files = HashMap::new();
        let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for edit in edits {
            if !files.contains_key(&edit.path) {
                let file = (self.project.lines(&edit.path)?, self.project.locations.uri(&edit.path));
                files.insert(edit.path.clone(), file);
            }
            let Some((Some(lines), Some(uri))) = files.get(&edit.path) else { return Ok(None) };
            let edit = TextEdit { range: lines.range(edit.range.clone()), new_text: edit.replacement.clone() };
            changes.entry(uri.clone()).or_default().push(edit);
        }
        Ok(Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }))
    }
}
