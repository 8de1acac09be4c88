//! Layout: of the document, of a range, and while somebody types.

use lsp_types::{Position, TextEdit};
use orm_ide::Cancelled;

use super::DocumentSnapshot;
use crate::{line_index::LineIndex, to_protocol};

fn to_edits(edits: Vec<orm_ide::TextEdit>, lines: &LineIndex) -> Option<Vec<TextEdit>> {
    Some(edits.into_iter().map(|edit| to_protocol::text_edit(edit, lines)).collect())
}

impl DocumentSnapshot {
    /// The edits that format the document.
    pub(crate) fn formatting(&self) -> Result<Option<Vec<TextEdit>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        Ok(to_edits(self.project.analysis.format(&self.path)?, &lines))
    }

    /// The edits that format the declarations that a range touches.
    pub(crate) fn range_formatting(&self, range: lsp_types::Range) -> Result<Option<Vec<TextEdit>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        Ok(to_edits(self.project.analysis.format_range(&self.path, lines.byte_range(range))?, &lines))
    }

    /// The edits that put lines in order after something was typed before a position.
    pub(crate) fn on_type_formatting(
        &self,
        position: Position,
        typed: &str,
    ) -> Result<Option<Vec<TextEdit>>, Cancelled> {
        let (Some(lines), Some(typed)) = (self.lines()?, typed.chars().next()) else { return Ok(None) };
        Ok(to_edits(self.project.analysis.on_type_formatting(&self.path, lines.offset(position), typed)?, &lines))
    }
}
