//! What may be typed at a position.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionItemTag, CompletionList,
    CompletionResponse, CompletionTextEdit, InsertReplaceEdit, InsertTextFormat, Position, TextEdit,
};
use orm_ide::{Cancelled, CompletionKind};
use serde_json::json;

use super::DocumentSnapshot;
use crate::{kinds::Kinds, line_index::LineIndex, to_protocol};

impl DocumentSnapshot {
    /// The items, without their documentation. `typed`: the character for which the client asks by itself.
    pub(crate) fn completion(
        &self,
        position: Position,
        typed: Option<char>,
    ) -> Result<Option<CompletionResponse>, Cancelled> {
        let (Some(lines), Some(uri)) = (self.lines()?, self.project.locations.uri(&self.path)) else { return Ok(None) };
        let found = self.project.analysis.completion(&self.path, lines.offset(position), typed)?;
        if typed.is_some() && found.items.is_empty() {
            return Ok(None);
        }
        let item = |(index, item): (usize, orm_ide::CompletionItem)| {
            let data = item.key.as_ref().map(|key| json!({ "uri": uri.as_str(), "key": key }));
            CompletionItem { data, ..self.completion_item(index, item, &lines) }
        };
        let items = found.items.into_iter().enumerate().map(item).collect();
        Ok(Some(CompletionResponse::List(CompletionList { is_incomplete: found.is_incomplete, items })))
    }

    fn completion_item(&self, index: usize, item: orm_ide::CompletionItem, lines: &LineIndex) -> CompletionItem {
        let support = self.project.support;
        let snippet = item.snippet.filter(|_| support.snippets);
        let format = snippet.is_some().then_some(InsertTextFormat::SNIPPET);
        let new_text = snippet.unwrap_or(item.insert);
        let added = item.index.filter(|_| support.adds_indexes).map(|it| to_protocol::text_edit(it, lines));
        let replace = lines.range(item.replace);
        let edit = if support.insert_replace {
            CompletionTextEdit::InsertAndReplace(InsertReplaceEdit {
                new_text,
                insert: lines.range(item.before),
                replace,
            })
        } else {
            CompletionTextEdit::Edit(TextEdit { range: replace, new_text })
        };
        let behind_label = item.detail.clone().filter(|_| support.completion_label_details);
        CompletionItem {
            kind: Some(kind(item.kind, support.completion_kinds)),
            label_details: behind_label.map(|it| CompletionItemLabelDetails { detail: None, description: Some(it) }),
            detail: item.detail,
            // The order of the list is the order of the items.
            sort_text: Some(format!("{index:04}")),
            filter_text: None,
            insert_text_format: format,
            text_edit: Some(edit),
            additional_text_edits: added.map(|it| vec![it]),
            tags: (item.is_deprecated && support.completion_tags).then(|| vec![CompletionItemTag::DEPRECATED]),
            label: item.label,
            ..CompletionItem::default()
        }
    }

    /// The documentation of an item, by what [`completion`](Self::completion) put into its data.
    pub(crate) fn completion_documentation(&self, key: &str) -> Result<Option<String>, Cancelled> {
        self.project.analysis.completion_documentation(key)
    }
}

fn kind(kind: CompletionKind, known: Kinds) -> CompletionItemKind {
    match kind {
        CompletionKind::Keyword => CompletionItemKind::KEYWORD,
        CompletionKind::Type => known.or(CompletionItemKind::TYPE_PARAMETER, CompletionItemKind::CLASS),
        CompletionKind::Table => known.or(CompletionItemKind::STRUCT, CompletionItemKind::CLASS),
        CompletionKind::View => CompletionItemKind::CLASS,
        CompletionKind::Mixin => CompletionItemKind::INTERFACE,
        CompletionKind::Enum => CompletionItemKind::ENUM,
        CompletionKind::EnumValue => known.or(CompletionItemKind::ENUM_MEMBER, CompletionItemKind::VALUE),
        CompletionKind::Sequence => CompletionItemKind::VALUE,
        CompletionKind::Column => CompletionItemKind::FIELD,
        CompletionKind::Relation => CompletionItemKind::REFERENCE,
        CompletionKind::Parameter => CompletionItemKind::VARIABLE,
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::Attribute | CompletionKind::Argument => CompletionItemKind::PROPERTY,
        CompletionKind::TableItem => CompletionItemKind::METHOD,
        CompletionKind::Snippet => CompletionItemKind::SNIPPET,
        CompletionKind::Value => known.or(CompletionItemKind::CONSTANT, CompletionItemKind::VALUE),
        CompletionKind::Rule => known.or(CompletionItemKind::EVENT, CompletionItemKind::KEYWORD),
    }
}
