//! Another name for something.

use lsp_types::{ChangeAnnotation, Position, PrepareRenameResponse, WorkspaceEdit};
use orm_ide::{Cancelled, RenameEdit, RenameError, RenameReason};

use super::{DocumentSnapshot, Snapshot};

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
            Ok(edits) => Ok(Some(Ok(self.project.rename_edit(&edits)?))),
            Err(error) => Ok(Some(Err(error))),
        }
    }
}

impl Snapshot {
    /// The edits with what a person looks through them by, where the client shows that.
    fn rename_edit(&self, edits: &[RenameEdit]) -> Result<Option<WorkspaceEdit>, Cancelled> {
        let is_annotated = self.support.annotates_renames;
        let annotated = edits.iter().map(|it| (&it.edit, is_annotated.then(|| annotation_id(it.reason))));
        let Some(mut edit) = self.workspace_edit(annotated)? else { return Ok(None) };
        if is_annotated && !edits.is_empty() {
            let used = edits.iter().map(|it| (annotation_id(it.reason).to_owned(), annotation(it.reason)));
            edit.change_annotations = Some(used.collect());
        }
        Ok(Some(edit))
    }
}

const fn annotation_id(reason: RenameReason) -> &'static str {
    match reason {
        RenameReason::Name => "name",
        RenameReason::Relation => "relation",
        RenameReason::OldName => "old-name",
    }
}

/// None needs to be confirmed: a client leaves such an edit out until somebody ticks it, and without any one of these the
/// schema would be wrong, or the data lost.
fn annotation(reason: RenameReason) -> ChangeAnnotation {
    let (label, description) = match reason {
        RenameReason::Name => ("The name", "where it stands"),
        RenameReason::Relation => ("Relations called after it", "what queries answer is called so, too"),
        RenameReason::OldName => ("The old name for the next migration", "`@was(…)`: the data is kept"),
    };
    ChangeAnnotation {
        label: label.to_owned(),
        needs_confirmation: Some(false),
        description: Some(description.to_owned()),
    }
}
