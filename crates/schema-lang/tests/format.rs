//! The formatter's laws: canonical files are fixed points, formatting twice changes nothing more, the meaning stays,
//! no comment is lost, and what cannot be parsed stays byte for byte.

use std::{fs, path::PathBuf, time::Instant};

use orm_schema_lang::{
    Source,
    format::{edits, edits_in, format, format_text},
    item::{DeclarationKind, Item},
};
use proptest::{prelude::*, sample::Index};

/// The example of the language's design, which shows the canonical layout.
const DESIGN: &str = include_str!("data/design.orm");

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The schema files of the examples and of the grammar's tests.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![repository().join("examples"), repository().join("tree-sitter-orm/test/locality")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "orm") {
                files.push((path.display().to_string(), fs::read_to_string(&path).expect("a schema file")));
            }
        }
    }
    files.sort();
    assert!(files.len() >= 4, "the examples are gone");
    files.push(("design.orm".to_owned(), DESIGN.to_owned()));
    files
}

/// What a text declares. Anchors are kept: they number the names in their order.
fn items(text: &str) -> Vec<Item> {
    Source::parse(text).declarations().iter().map(|it| Item::clone(it.item())).collect()
}

/// The comments of a text in their order, as the parser finds them.
fn comments(text: &str) -> Vec<String> {
    let source = Source::parse(text);
    let mut comments = Vec::new();
    let mut pending = vec![source.tree().root_node()];
    while let Some(node) = pending.pop() {
        if matches!(node.kind(), "comment" | "doc_comment") {
            comments.push(text[node.byte_range()].trim_end().to_owned());
        }
        pending.extend((0..node.child_count() as u32).rev().filter_map(|index| node.child(index)));
    }
    comments
}

/// The laws that hold for every text.
#[track_caller]
fn check_laws(text: &str) -> String {
    let formatted = format_text(text);
    assert_eq!(format_text(&formatted), formatted, "not idempotent:\n{text}\n---\n{formatted}");
    assert_eq!(items(&formatted), items(text), "the meaning changed:\n{text}\n---\n{formatted}");
    assert_eq!(comments(&formatted), comments(text), "comments changed:\n{text}\n---\n{formatted}");
    assert_eq!(apply(text, &edits(&Source::parse(text))), formatted, "the edits differ:\n{text}");
    formatted
}

fn apply(text: &str, edits: &[orm_schema_lang::format::TextEdit]) -> String {
    let mut result = text.to_owned();
    for edit in edits.iter().rev() {
        result.replace_range(edit.range.clone(), &edit.replacement);
    }
    result
}

#[test]
fn the_design_is_canonical() {
    assert_eq!(check_laws(DESIGN), DESIGN);
}

#[test]
fn examples_are_canonical() {
    for (path, text) in files().into_iter().filter(|(path, _)| path.contains("examples")) {
        assert_eq!(check_laws(&text), text, "{path} is not formatted");
    }
}

#[test]
fn laws_hold_for_every_file() {
    for (_, text) in files() {
        check_laws(&text);
        check_laws(&text.replace('\n', "\r\n"));
    }
}
