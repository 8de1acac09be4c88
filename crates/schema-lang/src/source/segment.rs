//! The tree and the declarations of a segment.

use std::{ops::Range, sync::Arc};

use tree_sitter::{Node, Parser, Tree};

use super::Lowered;
use crate::syntax::{
    kind::{LANGUAGE, SyntaxKind, kind},
    lower::{is_junk, lower_declaration, lower_junk},
};

/// What a segment is read as. Offsets count from its beginning.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) tree: Tree,
    /// The bytes of each declaration, from the first of its `///` lines, and what it declares.
    pub(super) declarations: Vec<(Range<usize>, Arc<Lowered>)>,
}

/// Parses one segment after the other.
pub(super) struct SegmentParser(Parser);

impl SegmentParser {
    pub(super) fn new() -> Self {
        let mut parser = Parser::new();
        parser.set_language(&LANGUAGE).expect("the grammar was generated for this version of tree-sitter");
        SegmentParser(parser)
    }

    pub(super) fn parse(&mut self, text: &str) -> Parsed {
        let tree = self.0.parse(text, None).expect("parsing without a time limit or cancellation always gives a tree");
        let declarations = top_level(&tree).iter().map(|it| (it.range(), Arc::new(it.lower(text)))).collect();
        Parsed { tree, declarations }
    }
}

/// A declaration with the `///` lines above it, or all the junk up to the next declaration: where the parser could read
/// nothing at all, each token is a top-level node.
struct TopLevel<'t> {
    node: Node<'t>,
    docs: Vec<Node<'t>>,
    end: usize,
    is_junk: bool,
}

impl TopLevel<'_> {
    /// Bytes from the first of the `///` lines to the end.
    fn range(&self) -> Range<usize> {
        self.docs.first().map_or(self.node.start_byte(), |doc| doc.start_byte())..self.end
    }

    fn lower(&self, text: &str) -> Lowered {
        let (item, spans) = match self.is_junk {
            true => lower_junk(text, self.range()),
            false => lower_declaration(self.node, text, self.range().start, &self.docs),
        };
        Lowered { item: Arc::new(item), spans }
    }
}

fn top_level(tree: &Tree) -> Vec<TopLevel<'_>> {
    let mut nodes: Vec<TopLevel<'_>> = Vec::new();
    let mut docs = Vec::new();
    let mut cursor = tree.root_node().walk();
    let mut is_there = cursor.goto_first_child();
    while is_there {
        let node = cursor.node();
        match kind(node) {
            SyntaxKind::DocComment => docs.push(node),
            SyntaxKind::Comment => {}
            _ => {
                let (mut docs, is_junk, end) = (std::mem::take(&mut docs), is_junk(node), node.end_byte());
                if is_junk {
                    docs.clear();
                }
                match nodes.last_mut().filter(|last| last.is_junk && is_junk) {
                    Some(last) => last.end = end,
                    None => nodes.push(TopLevel { node, docs, end, is_junk }),
                }
            }
        }
        is_there = cursor.goto_next_sibling();
    }
    nodes
}
