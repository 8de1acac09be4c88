//! A file's text with its tree, edited incrementally.
//!
//! tree-sitter's result depends on the tree that it is given, so parsing stands outside salsa: a [`Source`] is made
//! from a text or from the source before it and an edit, and then set as an input. A declaration that an edit leaves
//! alone keeps its [`Item`] (the same allocation), so that a keystroke costs one declaration, not the file.

use std::{ops::Range, sync::Arc};

use tree_sitter::{InputEdit, Node, Parser, Point, Tree};

use crate::{
    item::{Anchor, Item},
    syntax::{
        kind::{LANGUAGE, SyntaxKind, kind},
        lower::{Spans, is_junk, lower_declaration, lower_junk},
    },
};

/// A parsed file. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Source {
    text: Arc<str>,
    tree: Tree,
    declarations: Vec<SourceDeclaration>,
}

/// A declaration and where it stands.
#[derive(Debug, Clone)]
pub struct SourceDeclaration {
    /// Bytes from the first of its `///` lines to its end.
    range: Range<usize>,
    /// Which subtree of tree-sitter it was read from; 0 where that cannot be told.
    subtree: usize,
    item: Arc<Item>,
    spans: Arc<Spans>,
}

impl SourceDeclaration {
    /// Bytes from the first of its `///` lines to its end.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What it declares.
    pub fn item(&self) -> &Arc<Item> {
        &self.item
    }

    /// The bytes of an anchor in the file.
    pub fn span(&self, anchor: Anchor) -> Range<usize> {
        match self.spans.get(anchor.0 as usize) {
            Some(span) => self.range.start + span.start as usize..self.range.start + span.end as usize,
            None => self.range(),
        }
    }

    /// The smallest anchors that contain `offset`, innermost last.
    pub fn anchors_at(&self, offset: usize) -> Vec<Anchor> {
        let mut anchors: Vec<_> = (0..self.spans.len() as u32).map(Anchor).collect();
        anchors.retain(|anchor| {
            let span = self.span(*anchor);
            span.start <= offset && offset <= span.end
        });
        anchors.sort_by_key(|anchor| std::cmp::Reverse(self.span(*anchor).len()));
        anchors
    }
}

impl Source {
    /// Parses a whole text.
    ///
    /// A byte order mark and carriage returns are white space of the grammar, so offsets are those of `text`.
    pub fn parse(text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let tree = parse(&text, None);
        let declarations = declarations(&text, &tree, None);
        Source { text, tree, declarations }
    }

    /// Replaces the bytes `range` by `replacement`. A range outside the text or inside a character is moved to fit.
    pub fn edit(&self, range: Range<usize>, replacement: &str) -> Source {
        let start = floor_boundary(&self.text, range.start);
        let end = floor_boundary(&self.text, range.end.max(start));
        let mut text = String::with_capacity(self.text.len() + replacement.len());
        text.push_str(&self.text[..start]);
        text.push_str(replacement);
        text.push_str(&self.text[end..]);
        let text: Arc<str> = Arc::from(text);

        let new_end = start + replacement.len();
        let mut tree = self.tree.clone();
        tree.edit(&InputEdit {
            start_byte: start,
            old_end_byte: end,
            new_end_byte: new_end,
            start_position: point(&self.text, start),
            old_end_position: point(&self.text, end),
            new_end_position: point(&text, new_end),
        });
        let tree = parse(&text, Some(&tree));
        let declarations = declarations(&text, &tree, Some(self));
        Source { text, tree, declarations }
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The declarations in the order in which they stand.
    pub fn declarations(&self) -> &[SourceDeclaration] {
        &self.declarations
    }

    /// The declaration at a byte offset.
    pub fn declaration_at(&self, offset: usize) -> Option<(usize, &SourceDeclaration)> {
        let index = self.declarations.partition_point(|it| it.range.end < offset);
        self.declarations.get(index).filter(|it| it.range.start <= offset).map(|it| (index, it))
    }
}

fn parse(text: &str, old: Option<&Tree>) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&LANGUAGE).expect("the grammar was generated for this version of tree-sitter");
    parser.parse(text, old).expect("parsing without a time limit or cancellation always gives a tree")
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

    /// Which subtree it is. tree-sitter shares the subtrees that an edit leaves alone; the place of the first child in
    /// memory tells which one it is, while the tree of the earlier text is still there.
    fn subtree(&self) -> usize {
        self.node.child(0).filter(|_| !self.is_junk).map_or(0, |child| child.id())
    }

    fn lower(&self, text: &str) -> (Item, Spans) {
        match self.is_junk {
            true => lower_junk(text, self.range()),
            false => lower_declaration(self.node, text, self.range().start, &self.docs),
        }
    }

    fn is_unchanged(&self, text: &str, before: &Source, declaration: &SourceDeclaration) -> bool {
        let range = self.range();
        let docs = self.node.start_byte() - range.start;
        let old = declaration.range.start;
        declaration.subtree != 0
            && declaration.subtree == self.subtree()
            && declaration.range.len() == range.len()
            && text.get(range.start..range.start + docs) == before.text.get(old..old + docs)
    }
}

/// Lists the top-level nodes. Those that an edit left alone, at the beginning and at the end, keep their items.
fn declarations(text: &str, tree: &Tree, before: Option<&Source>) -> Vec<SourceDeclaration> {
    let nodes = top_level(tree);
    let old = before.map_or(&[][..], |before| &before.declarations);
    let is_same = |(new, old): &(&TopLevel<'_>, &SourceDeclaration)| {
        before.is_some_and(|before| new.is_unchanged(text, before, old))
    };
    let first = nodes.iter().zip(old).take_while(is_same).count();
    let last = nodes[first..].iter().rev().zip(old[first..].iter().rev()).take_while(is_same).count();
    let (changed, kept) = (nodes.len() - last, old.len() - last);
    let reused = |index: usize| match index {
        _ if index < first => Some(&old[index]),
        _ if index >= changed => Some(&old[index - changed + kept]),
        _ => None,
    };
    let declare = |(index, it): (usize, &TopLevel<'_>)| {
        let (range, subtree) = (it.range(), it.subtree());
        let (item, spans) = match reused(index) {
            Some(old) => (old.item.clone(), old.spans.clone()),
            None => {
                let (item, spans) = it.lower(text);
                (Arc::new(item), Arc::new(spans))
            }
        };
        SourceDeclaration { range, subtree, item, spans }
    };
    nodes.iter().enumerate().map(declare).collect()
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

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// tree-sitter's row and column, both from 0, the column in bytes.
fn point(text: &str, offset: usize) -> Point {
    let before = &text.as_bytes()[..offset];
    let row = memchr::memchr_iter(b'\n', before).count();
    let column = memchr::memrchr(b'\n', before).map_or(offset, |newline| offset - newline - 1);
    Point { row, column }
}
