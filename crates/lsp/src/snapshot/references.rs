//! Where something is named: in the project, and in the document.

use lsp_types::{DocumentHighlight, DocumentHighlightKind, LinkedEditingRanges, Location, Position, Range, Uri};
use orm_ide::{Access, Cancelled};

use super::DocumentSnapshot;
use crate::json::{self, Json};

/// What a name may be while somebody types it.
const NAME: &str = "[A-Za-z_][A-Za-z0-9_]*";

impl DocumentSnapshot {
    /// Where what the name at a position means is named: a list of `Location`. A key of every table has ten thousand, so
    /// they are written without a detour.
    pub(crate) fn written_references(
        &self,
        position: Position,
        with_declaration: bool,
    ) -> Result<Option<Json>, Cancelled> {
        let mut json = "[".to_owned();
        let found = self.each_reference(position, with_declaration, |uri, range| {
            json.push_str(if json.len() > 1 { ",{\"uri\":\"" } else { "{\"uri\":\"" });
            // Of what JSON escapes nothing stands in a URI.
            json.push_str(uri.as_str());
            json.push_str("\",\"range\":");
            json::push_range(&mut json, range);
            json.push('}');
        })?;
        json.push(']');
        Ok(found.map(|()| Json::written(json)))
    }

    /// The same for what is made of them.
    pub(crate) fn references(
        &self,
        position: Position,
        with_declaration: bool,
    ) -> Result<Option<Vec<Location>>, Cancelled> {
        let mut locations = Vec::new();
        let found = self.each_reference(position, with_declaration, |uri, range| {
            locations.push(Location { uri: uri.clone(), range });
        })?;
        Ok(found.map(|()| locations))
    }

    /// `None` where there is no document.
    fn each_reference(
        &self,
        position: Position,
        with_declaration: bool,
        mut act: impl FnMut(&Uri, Range),
    ) -> Result<Option<()>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let found = self.project.analysis.references(&self.path, lines.offset(position))?;
        // They are in the order of paths.
        let files = found.chunk_by(|a, b| a.path == b.path);
        for (file, first) in files.filter_map(|it| Some((it, it.first()?))) {
            let (uri, lines) = (self.project.locations.uri(&first.path), self.project.lines(&first.path)?);
            let (Some(uri), Some(lines)) = (uri, lines) else { continue };
            for it in file.iter().filter(|it| with_declaration || !it.is_declaration) {
                act(&uri, lines.range(it.range.clone()));
            }
        }
        Ok(Some(()))
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

#[cfg(test)]
mod tests {
    use lsp_types::Uri;

    #[test]
    fn what_json_escapes_stands_in_no_uri() {
        for character in ['"', '\\', '\n', '\u{1}', '\u{7f}'] {
            assert!(format!("untitled:a{character}b").parse::<Uri>().is_err(), "{character:?}");
        }
    }
}
