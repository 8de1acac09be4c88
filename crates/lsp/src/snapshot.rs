//! Reading: the features, in terms of the protocol.

mod code_actions;
mod completion;
mod reading;
mod references;
mod rename;
pub(crate) mod semantic_tokens;

pub(crate) use code_actions::KINDS;
pub(crate) use reading::SHOW_REFERENCES;
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    str::FromStr,
    sync::Arc,
};

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DocumentSymbolResponse, GotoDefinitionResponse, Hover, HoverContents,
    Location, LocationLink, MarkupContent, MarkupKind, OneOf, Position, TextEdit, Uri, WorkspaceSymbol,
};
use orm_ide::{Analysis, Cancelled};

use crate::{line_index::LineIndex, support::ClientSupport, to_protocol};

/// Where the files of a project are, in terms of the client.
#[derive(Debug, Clone, Default)]
pub(crate) struct Locations {
    /// The folder that paths are relative to; a file on its own is its URI.
    pub(crate) root: Option<PathBuf>,
    /// The URIs of open documents, as the client spells them.
    pub(crate) open: BTreeMap<Arc<str>, Uri>,
}

impl Locations {
    pub(crate) fn uri(&self, path: &str) -> Option<Uri> {
        if let Some(uri) = self.open.get(path) {
            return Some(uri.clone());
        }
        match &self.root {
            Some(root) => to_protocol::file_uri(&root.join(path)),
            None => Uri::from_str(path).ok(),
        }
    }
}

/// A state of a project.
pub(crate) struct Snapshot {
    pub(crate) analysis: Analysis,
    pub(crate) locations: Arc<Locations>,
    pub(crate) support: ClientSupport,
}

/// A state of a document.
pub(crate) struct DocumentSnapshot {
    pub(crate) project: Snapshot,
    /// The path of the document in its project.
    pub(crate) path: Arc<str>,
}

impl Snapshot {
    /// The lines of a file; `None` if it is not there.
    fn lines(&self, path: &str) -> Result<Option<LineIndex>, Cancelled> {
        let text = self.analysis.text(path)?;
        Ok(text.map(|text| LineIndex::new(text, self.support.encoding)))
    }

    /// What is declared in the project and called like `query`.
    pub(crate) fn workspace_symbols(&self, query: &str) -> Result<Vec<WorkspaceSymbol>, Cancelled> {
        let mut files = HashMap::new();
        let mut symbols = Vec::new();
        for it in self.analysis.workspace_symbols(query)? {
            if !files.contains_key(&it.path) {
                files.insert(it.path.clone(), (self.lines(&it.path)?, self.locations.uri(&it.path)));
            }
            let Some((Some(lines), Some(uri))) = files.get(&it.path) else { continue };
            symbols.push(WorkspaceSymbol {
                name: it.name,
                kind: to_protocol::symbol_kind(it.kind),
                tags: None,
                container_name: it.container,
                location: OneOf::Left(Location { uri: uri.clone(), range: lines.range(it.name_range) }),
                data: None,
            });
        }
        Ok(symbols)
    }

    /// What is wrong in a file.
    pub(crate) fn diagnostics(&self, path: &str) -> Result<Vec<Diagnostic>, Cancelled> {
        let found = self.analysis.diagnostics(path)?;
        let Some(lines) = self.lines(path)? else { return Ok(Vec::new()) };
        // Many diagnostics of a file may name places in the same other file.
        let mut others = HashMap::new();
        let mut diagnostics = Vec::with_capacity(found.len());
        for diagnostic in &found {
            let mut related = self.support.related_places.then(Vec::new);
            if let Some(related) = &mut related {
                for place in &diagnostic.related {
                    related.extend(self.related_place(place, &mut others)?);
                }
            }
            let documentation = self.support.code_descriptions;
            diagnostics.push(to_protocol::diagnostic(diagnostic, &lines, related, documentation));
        }
        Ok(diagnostics)
    }

    fn related_place(
        &self,
        place: &orm_ide::RelatedPlace,
        indexes: &mut HashMap<Arc<str>, Option<LineIndex>>,
    ) -> Result<Option<DiagnosticRelatedInformation>, Cancelled> {
        if !indexes.contains_key(&place.path) {
            indexes.insert(place.path.clone(), self.lines(&place.path)?);
        }
        let (Some(uri), Some(Some(lines))) = (self.locations.uri(&place.path), indexes.get(&place.path)) else {
            return Ok(None);
        };
        let location = Location { uri, range: lines.range(place.range.clone()) };
        Ok(Some(DiagnosticRelatedInformation { location, message: place.message.clone() }))
    }
}

impl DocumentSnapshot {
    /// What the word at a position is.
    pub(crate) fn hover(&self, position: Position) -> Result<Option<Hover>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let hover = self.project.analysis.hover(&self.path, lines.offset(position))?;
        let kind = if self.project.support.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        Ok(hover.map(|hover| Hover {
            contents: HoverContents::Markup(MarkupContent { kind, value: hover.markdown }),
            range: Some(lines.range(hover.range)),
        }))
    }

    /// Where the name at a position is declared.
    pub(crate) fn definition(&self, position: Position) -> Result<Option<GotoDefinitionResponse>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let Some(target) = self.project.analysis.goto_definition(&self.path, lines.offset(position))? else {
            return Ok(None);
        };
        let Some(target_lines) = self.project.lines(&target.path)? else { return Ok(None) };
        let Some(uri) = self.project.locations.uri(&target.path) else { return Ok(None) };
        let name = target_lines.range(target.name_range);
        Ok(Some(if self.project.support.definition_links {
            GotoDefinitionResponse::Link(vec![LocationLink {
                origin_selection_range: Some(lines.range(target.origin)),
                target_uri: uri,
                target_range: target_lines.range(target.full_range),
                target_selection_range: name,
            }])
        } else {
            GotoDefinitionResponse::Scalar(Location { uri, range: name })
        }))
    }

    /// The declarations of the document.
    pub(crate) fn document_symbols(&self) -> Result<Option<DocumentSymbolResponse>, Cancelled> {
        let (Some(lines), Some(uri)) = (self.lines()?, self.project.locations.uri(&self.path)) else { return Ok(None) };
        let symbols = self.project.analysis.document_symbols(&self.path)?;
        Ok(Some(if self.project.support.nested_symbols {
            let symbols = symbols.into_iter().map(|it| to_protocol::nested_symbol(it, &lines));
            DocumentSymbolResponse::Nested(symbols.collect())
        } else {
            DocumentSymbolResponse::Flat(to_protocol::flat_symbols(symbols, None, &uri, &lines))
        }))
    }

    /// The edits that format the document.
    pub(crate) fn formatting(&self) -> Result<Option<Vec<TextEdit>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let edits = self.project.analysis.format(&self.path)?;
        Ok(Some(edits.into_iter().map(|edit| to_protocol::text_edit(edit, &lines)).collect()))
    }

    /// The edits that format the declarations that a range touches.
    pub(crate) fn range_formatting(&self, range: lsp_types::Range) -> Result<Option<Vec<TextEdit>>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let edits = self.project.analysis.format_range(&self.path, lines.byte_range(range))?;
        Ok(Some(edits.into_iter().map(|edit| to_protocol::text_edit(edit, &lines)).collect()))
    }

    fn lines(&self) -> Result<Option<LineIndex>, Cancelled> {
        self.project.lines(&self.path)
    }
}
