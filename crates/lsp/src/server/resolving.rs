//! What is told of an item when somebody looks at it.

use lsp_types::{CodeAction, CodeLens, CompletionItem};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};

use super::LanguageServer;
use crate::{snapshot::DocumentSnapshot, to_protocol::documentation};

impl LanguageServer {
    /// `completionItem/resolve`
    pub(super) async fn resolve_completion(&self, mut item: CompletionItem) -> Result<CompletionItem> {
        let data = item.data.as_ref();
        let text = |name: &str| data.and_then(|it| it.get(name)).and_then(Value::as_str);
        let (Some(uri), Some(key)) = (text("uri").and_then(|it| it.parse().ok()), text("key").map(str::to_owned))
        else {
            return Ok(item);
        };
        let read = move |document: &DocumentSnapshot| document.completion_documentation(&key);
        let found = self.read_before_edits(uri, read).await?;
        let markdown = self.support.get().is_some_and(|it| it.completion_markdown);
        item.documentation = found.map(|value| documentation(value, markdown));
        Ok(item)
    }

    /// `codeLens/resolve`
    pub(super) async fn resolve_lens(&self, mut lens: CodeLens) -> Result<CodeLens> {
        let uri = lens.data.as_ref().and_then(|it| it.get("uri")?.as_str()?.parse().ok());
        let Some(uri) = uri else { return Ok(lens) };
        let position = lens.range.start;
        lens.command = match lens.data.as_ref().and_then(|it| it.get("migration")).cloned() {
            Some(part) => {
                let pending = self.read(uri, move |document| document.pending_lens(position, &part)).await?;
                self.aside(move || pending.map(|it| it.command())).await?
            }
            None => self.read(uri, move |document| document.code_lens_command(position)).await?,
        };
        Ok(lens)
    }

    /// `codeAction/resolve`
    pub(super) async fn resolve_code_action(&self, mut action: CodeAction) -> Result<CodeAction> {
        let Some(data) = action.data.as_ref() else { return Ok(action) };
        let uri = data.get("uri").and_then(|it| it.as_str()?.parse().ok());
        let range = data.get("range").and_then(|it| serde_json::from_value(it.clone()).ok());
        let id = data.get("id").and_then(|it| Some(it.as_str()?.to_owned()));
        let (Some(uri), Some(range), Some(id)) = (uri, range, id) else { return Ok(action) };
        let edit = self.read(uri, move |document| document.refactoring_edit(range, &id)).await?;
        // The text is another one than the menu was made for.
        action.edit = Some(edit.ok_or_else(Error::content_modified)?);
        Ok(action)
    }
}
