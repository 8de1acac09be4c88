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
    uri: Uri,
    lines: LineIndex,
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
            if !files.contains_key(&*edit.path) {
                let (Some(lines), Some(uri)) = (self.lines(&edit.path)?, self.locations.uri(&edit.path)) else {
                    return Ok(None);
                };
                files.insert(&edit.path, EditedFile { uri, lines });
            }
            let Some(file) = files.get(&*edit.path) else { continue };
            let edit = (
                edit.path.as_ref(),
                TextEdit { range: file.lines.range(edit.range.clone()), new_text: edit.replacement.clone() },
            );
            self.push(&mut documents, file, edit, annotation);
        }
        Ok(Some(if self.support.document_changes {
            WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(documents)), ..WorkspaceEdit::default() }
        } else {
            WorkspaceEdit { changes: Some(plain(documents)), ..WorkspaceEdit::default() }
        }))
    }

    fn push(
        &self,
        documents: &mut Vec<TextDocumentEdit>,
        file: &EditedFile,
        (path, edit): (&str, TextEdit),
        annotation: Option<&str>,
    ) {
        let index = documents.iter().position(|it| it.text_document.uri == file.uri).unwrap_or_else(|| {
            let version = self.locations.open.get(path).map(|it| it.version);
            let text_document = OptionalVersionedTextDocumentIdentifier { uri: file.uri.clone(), version };
            documents.push(TextDocumentEdit { text_document, edits: Vec::new() });
            documents.len() - 1
        });
        documents[index].edits.push(match annotation {
            Some(id) => OneOf::Right(AnnotatedTextEdit { text_edit: edit, annotation_id: id.to_owned() }),
            None => OneOf::Left(edit),
        });
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
