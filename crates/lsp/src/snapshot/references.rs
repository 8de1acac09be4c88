//! Where something is named: in the project, and in the document.

use std::collections::HashMap;

use lsp_types::{DocumentHighlight, DocumentHighlightKind, LinkedEditingRanges, Location, Position};
use orm_ide::{Access, Cancelled};

use super::DocumentSnapshot;

/// What a name may be while somebody types it.
const NAME: &str = "[A-Za-z_][A-Za-z0-9_]*";

impl DocumentSnapshot {
    /// Where what the name at a position means is named.
    pub(crate) fn references(
        &self,
        position: Position,
        with_declaration: bool,
    ) -> Result<Option<Vec<Location>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let found = self.project.analysis.references(&self.path, lines.offset(position))?;
        let mut files = HashMap::new();
        let mut locations = Vec::with_capacity(found.len());
        for it in found.into_iter().filter(|it| with_declaration || !it.is_declaration) {
            if !files.contains_key(&it.path) {
                let file = (self.project.locations.uri(&it.path), self.project.lines(&it.path)?);
                files.insert(it.path.clone(), file);
            }
            if let Some((Some(uri), Some(lines))) = files.get(&it.path) {
                locations.push(Location { uri: uri.clone(), range: lines.range(it.range) });
            }
        }
        Ok(Some(locations))
    }

    /// The places that change together with the name at a position while it is typed.
    pub(crate) fn linked_editing(&self, position: Position) -> Result<Option<LinkedEditingRanges>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let found = self.project.analysis.linked_editing(&self.path, lines.offset(position))?;
        let ranges: Vec<_> = found.into_iter().map(|it| lines.range(it)).collect();
        Ok((!ranges.is_empty()).then(|| LinkedEditingRanges { ranges, word_pattern: Some(NAME.to_owned()) }))
    }

    /// The same in the document alone.
    pub(crate) fn document_highlights(&self, position: Position) -> Result<Option<Vec<DocumentHighlight>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let found = self.project.analysis.document_highlights(&self.path, lines.offset(position))?;
        let kind = |access| match access {
            Access::Declaration | Access::Write => DocumentHighlightKind::WRITE,
            Access::Read => DocumentHighlightKind::READ,
        };
        let highlight = |it: orm_ide::DocumentHighlight| DocumentHighlight {
            range: lines.range(it.range),
            kind: Some(kind(it.access)),
        };
        Ok(Some(found.into_iter().map(highlight).collect()))
    }
}
