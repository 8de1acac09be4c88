//! An incremental parse gives the tree that a fresh parse gives, whatever was edited before.

mod support;

use proptest::prelude::*;
use proptest::sample::Index;
use support::{locality_files, parse, parser};
use tree_sitter::{InputEdit, Point, Tree, TreeCursor};

/// What a person or a completion types; brackets and quotes above all, since they shift what everything after means.
const SNIPPETS: [&str; 24] = [
    "x",
    " ",
    "\n",
    "\n  ",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "\"\"\"",
    "@",
    ",",
    ".",
    "...",
    "=",
    "`",
    "//",
    "///",
    "\ntable extra {\n  id uuid\n}\n",
    "\n}\n",
    "select ",
    " and ",
];

/// Some bytes replaced by a snippet.
#[derive(Clone, Debug)]
struct Edit {
    position: Index,
    removed: usize,
    inserted: &'static str,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let removed = prop_oneof![3 => Just(0_usize), 2 => 1_usize..4, 1 => 4_usize..80];
    let inserted = prop_oneof![1 => Just(""), 4 => proptest::sample::select(&SNIPPETS[..])];
    let edit = (any::<Index>(), removed, inserted).prop_map(|(position, removed, inserted)| Edit {
        position,
        removed,
        inserted,
    });
    proptest::collection::vec(edit, 1..8)
}

/// Applies an edit to the text, and tells the tree about it.
fn apply(edit: &Edit, text: &mut String, tree: &mut Tree) {
    let start = text.floor_char_boundary(edit.position.index(text.len() + 1));
    let old_end = text.floor_char_boundary((start + edit.removed).min(text.len()));
    let start_position = point(text, start);
    let old_end_position = point(text, old_end);
    text.replace_range(start..old_end, edit.inserted);
    let new_end = start + edit.inserted.len();
    tree.edit(&InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position,
        old_end_position,
        new_end_position: point(text, new_end),
    });
}

fn point(text: &str, offset: usize) -> Point {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |it| it + 1);
    Point::new(before.matches('\n').count(), offset - line_start)
}

/// The first node in which two trees differ, as the two lines that describe it.
fn first_difference(left: &Tree, right: &Tree) -> Option<(String, String)> {
    let (mut left, mut right) = (left.walk(), right.walk());
    loop {
        if !is_same(&left, &right) {
            return Some((describe(&left), describe(&right)));
        }
        let moved = (advance(&mut left), advance(&mut right));
        match moved {
            (false, false) => return None,
            (true, true) => {}
            _ => return Some(("more nodes or fewer".to_owned(), describe(&right))),
        }
    }
}

fn is_same(left: &TreeCursor<'_>, right: &TreeCursor<'_>) -> bool {
    let (a, b) = (left.node(), right.node());
    a.kind_id() == b.kind_id()
        && a.range() == b.range()
        && a.is_missing() == b.is_missing()
        && left.field_id() == right.field_id()
}

fn describe(cursor: &TreeCursor<'_>) -> String {
    let node = cursor.node();
    let missing = if node.is_missing() { "MISSING " } else { "" };
    format!("{:?} {missing}{} {:?}", cursor.field_name(), node.kind(), node.range())
}

/// To the next node in document order.
fn advance(cursor: &mut TreeCursor<'_>) -> bool {
    if cursor.goto_first_child() {
        return true;
    }
    while !cursor.goto_next_sibling() {
        if !cursor.goto_parent() {
            return false;
        }
    }
    true
}

proptest! {
    // `PROPTEST_CASES=10000` runs more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn incremental_parse_equals_fresh_parse(file in any::<Index>(), edits in edits()) {
        let (name, mut text) = file.get(&locality_files()).clone();
        let mut parser = parser();
        let mut tree = parse(&text);
        for edit in &edits {
            apply(edit, &mut text, &mut tree);
            tree = parser.parse(&text, Some(&tree)).expect("a parse without a time limit ends with a tree");
            let difference = first_difference(&tree, &parse(&text));
            prop_assert!(difference.is_none(), "{name}: {difference:?}");
        }
    }
}
