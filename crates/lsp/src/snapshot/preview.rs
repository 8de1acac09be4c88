//! What the requests beside the protocol ask of a document.

use std::{ops::RangeInclusive, sync::Arc};

use lsp_types::{Position, Range};
use orm_ide::{Cancelled, DdlPlace, ProjectDdl};

use super::DocumentSnapshot;
use crate::requests::{LineRange, PreviewDdl};

/// The DDL of a project that is still to be written, and what of it is under the cursor.
pub(crate) struct PendingDdl {
    ddl: Arc<ProjectDdl>,
    place: Option<DdlPlace>,
}

impl DocumentSnapshot {
    /// The DDL of the project, to be written once nothing of the project is held any more, and what is at a position.
    pub(crate) fn project_ddl(&self, position: Option<Position>) -> Result<Option<PendingDdl>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let place = match position {
            Some(position) => self.project.analysis.ddl_place(&self.path, lines.offset(position))?,
            None => None,
        };
        Ok(Some(PendingDdl { ddl: self.project.analysis.project_ddl()?, place }))
    }

    /// The syntax tree of the declarations that a range touches, or of all.
    pub(crate) fn syntax_tree(&self, range: Option<Range>) -> Result<Option<String>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let range = range.map_or(0..usize::MAX, |it| lines.byte_range(it));
        self.project.analysis.syntax_tree(&self.path, range).map(Some)
    }
}

impl PendingDdl {
    /// As `orm/previewDdl` answers it; a text that the client has is left out.
    pub(crate) fn previews(&self, known: &[String]) -> Vec<PreviewDdl> {
        let preview = |it: orm_ide::DdlPreview| PreviewDdl {
            dialect: it.dialect.name(),
            title: it.dialect.title(),
            language_id: "sql",
            text: (!known.contains(&it.id)).then(|| it.text.to_string()),
            result_id: it.id,
            selection: line_ranges(&it.selection),
            changed: it.changed.as_deref().map(line_ranges),
            missing: it.missing,
        };
        self.ddl.previews(self.place.as_ref()).into_iter().map(preview).collect()
    }
}

fn line_ranges(ranges: &[RangeInclusive<usize>]) -> Vec<LineRange> {
    ranges.iter().map(|it| LineRange { start_line: *it.start(), end_line: *it.end() }).collect()
}
