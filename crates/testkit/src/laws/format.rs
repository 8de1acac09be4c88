//! Laws of the formatter.

use orm_schema_lang::{Source, Workspace, format, item::Item};

use super::{FILE, workspace};

/// Formatting twice changes nothing more; the meaning, the findings and the comments stay; the edits for an editor, for
/// the whole file or for each half, lead to the same text.
#[track_caller]
pub fn format(text: &str) -> String {
    let source = Source::parse(text);
    let formatted = format::format(&source);
    let twice = format::format_text(&formatted);
    assert!(twice == formatted, "not idempotent: {:?}\n{text}", first_difference(&formatted, &twice));
    assert_eq!(items(&formatted), items(text), "the items changed:\n{text}\n---\n{formatted}");
    assert_eq!(comments(&formatted), comments(text), "comments changed:\n{text}\n---\n{formatted}");
    let edited = applied(text, &format::edits(&source));
    assert!(edited == formatted, "the edits differ: {:?}\n{text}", first_difference(&formatted, &edited));
    let (before, after) = (workspace(text), workspace(&formatted));
    assert_eq!(codes(&after), codes(&before), "findings changed:\n{text}\n---\n{formatted}");
    assert_eq!(after.schema(), before.schema(), "the model changed:\n{text}\n---\n{formatted}");
    ranges(text, &source);
    formatted
}

/// What is formatted for a range keeps the meaning, too, and leaves alone what lies outside the declarations it touches.
#[track_caller]
fn ranges(text: &str, source: &Source) {
    let middle = text.floor_char_boundary(text.len() / 2);
    for range in [0..middle, middle..middle, middle..text.len()] {
        let edits = format::edits_in(source, range.clone());
        let edited = applied(text, &edits);
        assert_eq!(items(&edited), items(text), "the items changed by formatting {range:?}:\n{text}\n---\n{edited}");
        assert_eq!(comments(&edited), comments(text), "comments changed by formatting {range:?}:\n{text}");
    }
}

fn first_difference<'a>(a: &'a str, b: &'a str) -> Option<(&'a str, &'a str)> {
    a.lines().chain([""]).zip(b.lines().chain([""])).find(|(a, b)| a != b)
}

/// What a text declares. Anchors are kept: they number the names in their order.
fn items(text: &str) -> Vec<Item> {
    Source::parse(text).declarations().iter().map(|it| Item::clone(it.item())).collect()
}

/// The comments of a text in their order, as the parser finds them.
fn comments(text: &str) -> Vec<String> {
    let source = Source::parse(text);
    let mut comments = Vec::new();
    for root in source.roots() {
        let mut cursor = root.walk();
        'tree: loop {
            let node = cursor.node();
            if matches!(node.kind(), "comment" | "doc_comment") {
                comments.push(text[node.byte_range()].trim_end().to_owned());
            }
            if cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    break 'tree;
                }
            }
        }
    }
    comments
}

/// The codes in their own order, each once: white space decides which of two findings at one place comes first, and
/// whether two of the same kind stand at one place, where one is enough.
fn codes(workspace: &Workspace) -> Vec<&'static str> {
    let mut codes: Vec<_> = workspace.diagnostics(FILE).iter().map(|it| it.rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn applied(text: &str, edits: &[format::TextEdit]) -> String {
    let mut result = text.to_owned();
    for edit in edits.iter().rev() {
        result.replace_range(edit.range.clone(), &edit.replacement);
    }
    result
}
