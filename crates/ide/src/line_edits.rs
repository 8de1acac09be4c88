//! Edits from one text to another, by lines.

use std::sync::Arc;

use orm_schema_lang::workspace::FileEdit;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A text after edits that are in its order.
pub(crate) fn applied(text: &str, edits: &[FileEdit]) -> String {
    let mut text = text.to_owned();
    edits.iter().rev().for_each(|it| text.replace_range(it.range.clone(), &it.replacement));
    text
}

/// The lines that differ.
pub(crate) fn line_edits(path: &Arc<str>, before: &str, after: &str) -> Vec<FileEdit> {
    let old: Vec<_> = before.split_inclusive('\n').collect();
    let new: Vec<_> = after.split_inclusive('\n').collect();
    let mut starts = vec![0];
    starts.extend(old.iter().scan(0, |at, line| {
        *at += line.len();
        Some(*at)
    }));
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let changed = operations.iter().filter(|it| !matches!(it, DiffOp::Equal { .. }));
    let edit = |it: &DiffOp| FileEdit {
        path: path.clone(),
        range: starts[it.old_range().start]..starts[it.old_range().end],
        replacement: new[it.new_range()].concat(),
    };
    changed.map(edit).collect()
}
