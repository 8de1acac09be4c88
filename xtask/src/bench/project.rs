//! The project that the editor is measured in.

use std::fs;

use anyhow::Result;
use orm_testkit::{language_client::uri, large};
use serde_json::{Value, json};
use tempfile::TempDir;

/// As many tables are in one file.
const TABLES_PER_FILE: usize = 1_000;
/// There is a query for each so many tables.
const TABLES_PER_QUERY: usize = 10;

/// A project on disk, and its two documents that are edited.
pub(super) struct Project {
    pub(super) folder: TempDir,
    pub(super) tables: usize,
    /// The first file of tables, with the mixins that all spread.
    pub(super) schema: Document,
    pub(super) queries: Document,
}

impl Project {
    pub(super) fn new(tables: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let document = |name: &str, text: String| -> Result<Document> {
            let path = folder.path().join(name);
            fs::write(&path, &text)?;
            Ok(Document { uri: uri(&path), text, version: 1 })
        };
        fs::write(folder.path().join("orm.toml"), "")?;
        let mut schema = None;
        for (number, text) in large::parts(tables, TABLES_PER_FILE).into_iter().enumerate() {
            let document = document(&format!("schema_{number}.orm"), text)?;
            schema = schema.or(Some(document));
        }
        let schema = schema.unwrap_or_default();
        let queries = document("queries.orm", large::queries(tables.div_ceil(TABLES_PER_QUERY)))?;
        Ok(Project { folder, tables, schema, queries })
    }

    /// A table in the middle of the first file.
    pub(super) fn middle(&self) -> usize {
        self.tables.min(TABLES_PER_FILE) / 2
    }
}

/// An open document. It is ASCII, so that every encoding counts alike.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) uri: String,
    pub(super) text: String,
    pub(super) version: i64,
}

impl Document {
    /// The offset behind `word`, in the first line that has it at or after the first line that has `header`.
    pub(super) fn behind(&self, header: &str, word: &str) -> usize {
        let start = self.text.find(header).unwrap_or_default();
        self.text[start..].find(word).map_or(start, |at| start + at + word.len())
    }

    /// Changes the text, and returns the change in terms of the protocol.
    pub(super) fn edit(&mut self, offset: usize, deleted: usize, inserted: &str) -> Value {
        let range = json!({ "start": self.position(offset), "end": self.position(offset + deleted) });
        self.text.replace_range(offset..offset + deleted, inserted);
        self.version += 1;
        json!([{ "range": range, "text": inserted }])
    }

    pub(super) fn position(&self, offset: usize) -> Value {
        let before = &self.text[..offset];
        let line = before.bytes().filter(|it| *it == b'\n').count();
        let start = before.rfind('\n').map_or(0, |it| it + 1);
        json!({ "line": line, "character": offset - start })
    }

    /// What a request about a place is asked with.
    pub(super) fn at(&self, offset: usize) -> Value {
        json!({ "textDocument": { "uri": self.uri }, "position": self.position(offset) })
    }

    /// What a request about the sixty lines from a place on is asked with: what an editor shows at once.
    pub(super) fn screen(&self, offset: usize) -> Value {
        let start = self.position(offset);
        let end = json!({ "line": start["line"].as_u64().unwrap_or(0) + 60, "character": 0 });
        json!({ "textDocument": { "uri": self.uri }, "range": { "start": start, "end": end } })
    }
}
