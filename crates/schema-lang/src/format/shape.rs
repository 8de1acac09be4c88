//! What a text was read as, whatever its layout.

use tree_sitter::Tree;

use crate::syntax::kind::{SyntaxKind, kind};

/// The named nodes of a tree in their order, each with its depth; comments may hang on either neighbour, so they are
/// left out.
pub(super) fn shape(tree: &Tree) -> Vec<(u16, u32)> {
    let mut cursor = tree.walk();
    let mut shape = Vec::new();
    loop {
        let node = cursor.node();
        if node.is_named() && !matches!(kind(node), SyntaxKind::Comment | SyntaxKind::DocComment) {
            shape.push((node.kind_id(), cursor.depth()));
        }
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return shape;
            }
        }
    }
}
