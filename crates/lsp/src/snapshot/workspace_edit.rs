//! Edits of several files, in terms of the client.

use std::collections::HashMap;

use lsp_types::{
    AnnotatedTextEdit, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    Uri, WorkspaceEdit,
};
use orm_ide::{Cancelled, FileEdit};

use super::Snapshot;
use crate::line_index::LineIndex;

/// What is known of a file that is edited.
struct EditedFile {
    lines: LineIndex,
    /// The how-manieth of the answer it is.
    index: usize,
}

impl Snapshot {
    /// Edits with their annotations, those of a file one after the other; `None` where one of the files is gone. They have
    /// versions where the client looks at them, so that it applies none to a text that they were not made for.
    pub(crate) fn workspace_edit<'a>(
        &self,
        edits: impl IntoIterator<Item = (&'a FileEdit, Option<&'static str>)>,
    ) -> Result<Option<WorkspaceEdit>, Cancelled> {
        let mut files: HashMap<&str, EditedFile> = HashMap::new();
        let mut documents: Vec<TextDocumentEdit> = Vec::new();
        for (edit, annotation) in edits {
            let path = &*edit.path;
            if !files.contains_key(path) {
                let (Some(lines), Some(uri)) = (self.lines(path)?, self.locations.uri(path)) else { return Ok(None) };
                let version = self.locations.open.get(path).map(|it| it.version);
                let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
                files.insert(path, EditedFile { lines, index: documents.len() });
                documents.push(TextDocumentEdit { text_document, edits: Vec::new() });
            }
            let Some(file) = files.get(path) else { continue };
            let edit = TextEdit { range: file.lines.range(edit.range.clone()), new_text: edit.replacement.clone() };
            documents[file.index].edits.push(match annotation {
                Some(id) => OneOf::Right(AnnotatedTextEdit { text_edit: edit, annotation_id: id.to_owned() }),
                None => OneOf::Left(edit),
            });
        }
        Ok(Some(if self.support.document_changes {
            WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(documents)), ..WorkspaceEdit::default() }
        } else {
            WorkspaceEdit { changes: Some(plain(documents)), ..WorkspaceEdit::default() }
        }))
    }
}

#[expect(clippy::mutable_key_type, reason = "the protocol's own type; nothing changes a URI here")]
fn plain(documents: Vec<TextDocumentEdit>) -> HashMap<Uri, Vec<TextEdit>> {
    let edits = |it: TextDocumentEdit| {
        let edits = it.edits.into_iter().map(|edit| match edit {
            OneOf::Left(edit) => edit,
            OneOf::Right(annotated) => annotated.text_edit,
        });
        (it.text_document.uri, edits.collect())
    };
    documents.into_iter().map(edits).collect()
}
