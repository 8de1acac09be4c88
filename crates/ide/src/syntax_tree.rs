//! The syntax tree of a file as text, for whoever works on the grammar.

use std::{fmt::Write as _, ops::Range};

use orm_schema_lang::{Database, File};

/// The trees of the declarations that a range of bytes touches: a node a line, as tree-sitter writes it, with its field, the
/// lines and columns where it begins and ends, counted from 0 and in bytes, and the text of a leaf.
pub(crate) fn syntax_tree(db: &Database, file: File, range: &Range<usize>) -> String {
    let source = file.source(db);
    let (text, mut tree) = (source.text(), String::new());
    let starts: Vec<_> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let place = |offset: usize| {
        let line = starts.partition_point(|start| *start <= offset) - 1;
        format!("[{line}, {}]", offset - starts[line])
    };
    for root in source.roots() {
        let mut cursor = root.walk();
        let mut depth = 0;
        loop {
            let node = cursor.node();
            let is_touched = node.start_byte() <= range.end && range.start <= node.end_byte();
            if is_touched && node.is_named() {
                let field = cursor.field_name().map(|it| format!("{it}: ")).unwrap_or_default();
                let kind = if node.is_missing() { format!("MISSING {}", node.kind()) } else { node.kind().to_owned() };
                let (start, end) = (place(node.start_byte()), place(node.end_byte()));
                _ = write!(tree, "{}{field}({kind} {start} - {end}", "  ".repeat(depth));
                if node.named_child_count() == 0 {
                    _ = write!(tree, " {:?}", &text[node.byte_range()]);
                }
                tree.push_str(")\n");
            }
            if is_touched && cursor.goto_first_child() {
                depth += 1;
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    break;
                }
                depth -= 1;
            }
            if depth == 0 {
                break;
            }
        }
    }
    tree
}
