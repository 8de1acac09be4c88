//! What a text was read as, whatever its layout.

use tree_sitter::Node;

use crate::{
    Source,
    syntax::kind::{SyntaxKind, kind},
};

/// The named nodes of a file in their order, each with its depth; comments may hang on either neighbour, so they are
/// left out.
pub(super) fn shape(source: &Source) -> Vec<(u16, u32)> {
    let mut shape = Vec::new();
    source.roots().for_each(|root| add(&mut shape, root));
    shape
}

/// Adds what is below a root. The roots themselves have no say: laid out otherwise, a file may have more segments.
fn add(shape: &mut Vec<(u16, u32)>, root: Node<'_>) {
    let mut cursor = root.walk();
    // Counted here, since the cursor would count all levels again at each node.
    let mut depth = 0;
    loop {
        let node = cursor.node();
        let is_comment = matches!(kind(node), SyntaxKind::Comment | SyntaxKind::DocComment);
        if depth > 0 && node.is_named() && !is_comment {
            shape.push((node.kind_id(), depth));
        }
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            depth -= 1;
        }
    }
}
