//! The syntax tree of a file as text, for whoever works on the grammar.

use std::{fmt::Write as _, ops::Range};

use orm_schema_lang::{Database, File};

/// The trees of the declarations that a range of bytes touches, as `tree-sitter parse` prints them: a named node a line, with
/// its field and where it begins and ends, lines and columns counted from 0 and in bytes; and the text of a leaf.
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
        'nodes: loop {
            let (node, depth) = (cursor.node(), cursor.depth() as usize);
            // In a declaration that is touched every node is wanted.
            let is_wanted = depth > 1 || (node.start_byte() <= range.end && range.start <= node.end_byte());
            if is_wanted && node.is_named() {
                let field = cursor.field_name().map(|it| format!("{it}: ")).unwrap_or_default();
                let missing = if node.is_missing() { "MISSING " } else { "" };
                let (start, end) = (place(node.start_byte()), place(node.end_byte()));
                let line = if tree.is_empty() { "" } else { "\n" };
                _ = write!(tree, "{line}{}{field}({missing}{} {start} - {end}", "  ".repeat(depth), node.kind());
                if node.named_child_count() == 0 {
                    _ = write!(tree, " {:?}", &text[node.byte_range()]);
                }
            }
            if is_wanted && cursor.goto_first_child() {
                continue;
            }
            let mut is_open = is_wanted;
            loop {
                if is_open && cursor.node().is_named() {
                    tree.push(')');
                }
                if cursor.goto_next_sibling() {
                    break;
                }
                if !cursor.goto_parent() {
                    break 'nodes;
                }
                is_open = true;
            }
        }
    }
    if !tree.is_empty() {
        tree.push('\n');
    }
    tree
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn each_named_node_has_a_line_with_its_places() {
        let (analysis, _) = analysis("enum E { a }\n\nextension citext\n");
        let tree = analysis.syntax_tree("schema.orm", 15..15).unwrap();
        let lines: Vec<_> = tree.lines().collect();
        assert_eq!(lines[0], "(source_file [2, 0] - [3, 0]", "{tree}");
        assert_eq!(lines[1], "  (extension_declaration [2, 0] - [2, 16]", "{tree}");
        assert_eq!(lines[2], "    name: (path [2, 10] - [2, 16]", "{tree}");
        assert!(lines[3].ends_with("[2, 10] - [2, 16] \"citext\"))))"), "{tree}");
        assert_eq!(lines.len(), 4, "{tree}");
    }

    #[test]
    fn brackets_close_and_errors_are_shown() {
        let (analysis, _) = analysis("table users {\n  id uuid ] [\n}\nquery q {\n  from users\n  select id\n}\n");
        let tree = analysis.syntax_tree("schema.orm", 0..usize::MAX).unwrap();
        let outside: String = tree.split('"').step_by(2).collect();
        assert_eq!(outside.matches('(').count(), outside.matches(')').count(), "{tree}");
        assert!(tree.contains("(ERROR "), "{tree}");
        assert!(tree.contains("(query_declaration "), "{tree}");
    }
}
