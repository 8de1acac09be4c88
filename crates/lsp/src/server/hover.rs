//! Hovers, with what the next migration does to what they are about.

use lsp_types::{Hover, HoverContents, HoverParams};
use orm_ide::MigrationView;
use tower_lsp::jsonrpc::Result;

use super::LanguageServer;
use crate::snapshot::DocumentSnapshot;

impl LanguageServer {
    /// `textDocument/hover`
    pub(super) async fn hover_with_migration(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let read = move |document: &DocumentSnapshot| {
            Ok((document.hover(place.position)?, document.migration_of_name(place.position)?))
        };
        let found = self.read(place.text_document.uri, read).await?;
        self.aside(move || with_migration(found)).await
    }
}

/// A hover with what the next migration does to what it is about.
fn with_migration((hover, migration): (Option<Hover>, Option<MigrationView>)) -> Option<Hover> {
    let mut hover = hover?;
    if let (HoverContents::Markup(content), Some(migration)) = (&mut hover.contents, migration) {
        content.value = format!("{}\n\n{}", content.value, migration.markdown());
    }
    Some(hover)
}
