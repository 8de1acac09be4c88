//! Requests beside the protocol, `orm/*`.

use tower_lsp::jsonrpc::Result;

use super::LanguageServer;
use crate::{
    requests::{
        ExplainParams, Explanation, PreviewDdl, PreviewDdlParams, PreviewMigration, PreviewMigrationParams,
        SyntaxTreeParams,
    },
    snapshot::migration::previews,
};

impl LanguageServer {
    /// `orm/previewDdl`
    pub(crate) async fn preview_ddl(&self, params: PreviewDdlParams) -> Result<Option<Vec<PreviewDdl>>> {
        let PreviewDdlParams { text_document, position, previous_result_ids } = params;
        let found = self.read(text_document.uri, move |document| document.project_ddl(position)).await?;
        self.aside(move || found.map(|it| it.previews(&previous_result_ids))).await
    }

    /// `orm/previewMigration`
    pub(crate) async fn preview_migration(
        &self,
        params: PreviewMigrationParams,
    ) -> Result<Option<Vec<PreviewMigration>>> {
        let PreviewMigrationParams { text_document, position } = params;
        let found = self.read(text_document.uri, move |document| document.migration(position)).await?;
        self.aside(move || found.as_ref().map(previews)).await
    }

    /// `orm/syntaxTree`
    pub(crate) async fn syntax_tree(&self, params: SyntaxTreeParams) -> Result<Option<String>> {
        self.read(params.text_document.uri, move |document| document.syntax_tree(params.range)).await
    }

    /// `orm/explain`
    pub(crate) async fn explain(&self, params: ExplainParams) -> Result<Option<Explanation>> {
        let found = orm_ide::explain(&params.code);
        Ok(found.map(|orm_ide::Explanation { code, title, url, markdown }| Explanation { code, title, url, markdown }))
    }
}
