//! What was formatted stays formatted.

use std::{collections::BTreeMap, sync::Arc};

use orm_schema_lang::{Database, Project, Source, format, workspace::FileEdit};

use crate::line_edits::{applied, line_edits};

/// The edits, ordered by path and place, with the line ends of their files. Where a file was formatted, they leave it so.
pub(super) fn formatted(db: &Database, edits: Vec<FileEdit>) -> Vec<FileEdit> {
    let mut files: BTreeMap<Arc<str>, Vec<FileEdit>> = BTreeMap::new();
    for edit in edits {
        files.entry(edit.path.clone()).or_default().push(edit);
    }
    let mut all = Vec::new();
    for file in Project::get(db).files(db) {
        if let Some(mut edits) = files.remove(file.path(db)) {
            edits.sort_by_key(|it| (it.range.start, it.range.end));
            all.extend(of_file(file.source(db), edits));
        }
    }
    all.sort_by(|a, b| (&a.path, a.range.start).cmp(&(&b.path, b.range.start)));
    all
}

fn of_file(source: &Source, mut edits: Vec<FileEdit>) -> Vec<FileEdit> {
    let before = source.text();
    if before.contains("\r\n") {
        edits.iter_mut().for_each(|it| it.replacement = it.replacement.replace("\r\n", "\n").replace('\n', "\r\n"));
    }
    if !format::edits(source).is_empty() {
        return edits;
    }
    let after = applied(before, &edits);
    let canonical = format::format_text(&after);
    match edits.first().map(|it| it.path.clone()) {
        Some(path) if canonical != after => line_edits(&path, before, &canonical),
        _ => edits,
    }
}
