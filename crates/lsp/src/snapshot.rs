//! Reading: the features, in terms of the protocol.

mod code_actions;
mod completion;
mod diagnostic_report;
mod diagnostics;
mod formatting;
pub(crate) mod migration;
mod navigation;
pub(crate) mod preview;
mod reading;
mod references;
mod rename;
pub(crate) mod semantic_tokens;
mod workspace_edit;
mod written_diagnostics;

pub(crate) use code_actions::{KINDS, KnownKinds};
pub(crate) use reading::SHOW_REFERENCES;
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    str::FromStr,
    sync::Arc,
};
pub(crate) use written_diagnostics::WrittenDiagnostics;

use lsp_types::{
    Diagnostic, DocumentSymbolResponse, Hover, HoverContents, Location, MarkupContent, MarkupKind, OneOf, Position,
    Uri, WorkspaceSymbol,
};
use orm_ide::{Analysis, Cancelled};

use crate::{line_index::LineIndex, support::ClientSupport, to_protocol};

/// Where the files of a project are, in terms of the client.
#[derive(Debug, Clone, Default)]
pub(crate) struct Locations {
    /// The folder that paths are relative to; a file on its own is its URI.
    pub(crate) root: Option<PathBuf>,
    /// The open documents.
    pub(crate) open: BTreeMap<Arc<str>, OpenDocument>,
    /// The text of the settings, if the client has them open.
    pub(crate) settings: Option<Arc<str>>,
}

/// What the client says of a document that it has open.
#[derive(Debug, Clone)]
pub(crate) struct OpenDocument {
    /// The URI, as the client spells it.
    pub(crate) uri: Uri,
    pub(crate) version: i32,
}

impl Locations {
    pub(crate) fn uri(&self, path: &str) -> Option<Uri> {
        if let Some(document) = self.open.get(path) {
            return Some(document.uri.clone());
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
    /// What is wrong with files that the analysis cannot have.
    pub(crate) problems: Arc<Vec<(PathBuf, Diagnostic)>>,
    pub(crate) support: ClientSupport,
    /// What was written of diagnostics before.
    pub(crate) written: Arc<WrittenDiagnostics>,
}

/// A state of a document.
pub(crate) struct DocumentSnapshot {
    pub(crate) project: Snapshot,
    /// The path of the document in its project.
    pub(crate) path: Arc<str>,
    /// The version that the client gave it; `None` for a closed file.
    pub(crate) version: Option<i32>,
}

impl Snapshot {
    /// The lines of a file; `None` if it is not there.
    fn lines(&self, path: &str) -> Result<Option<LineIndex>, Cancelled> {
        Ok(self.analysis.source(path)?.map(|source| LineIndex::of(&source, self.support.encoding)))
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
                kind: to_protocol::symbol_kind(it.kind, self.support.workspace_symbol_kinds),
                tags: None,
                container_name: it.container,
                location: OneOf::Left(Location { uri: uri.clone(), range: lines.range(it.name_range) }),
                data: None,
            });
        }
        Ok(symbols)
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

    /// The declarations of the document.
    pub(crate) fn document_symbols(&self) -> Result<Option<DocumentSymbolResponse>, Cancelled> {
        let (Some(lines), Some(uri)) = (self.lines()?, self.project.locations.uri(&self.path)) else { return Ok(None) };
        let symbols = self.project.analysis.document_symbols(&self.path)?;
        let support = self.project.support;
        let kinds = support.symbol_kinds;
        Ok(Some(if support.nested_symbols {
            let symbols = symbols.into_iter().map(|it| to_protocol::nested_symbol(it, kinds, &lines));
            DocumentSymbolResponse::Nested(symbols.collect())
        } else {
            DocumentSymbolResponse::Flat(to_protocol::flat_symbols(symbols, None, &uri, kinds, &lines))
        }))
    }

    fn lines(&self) -> Result<Option<LineIndex>, Cancelled> {
        self.project.lines(&self.path)
    }
}
