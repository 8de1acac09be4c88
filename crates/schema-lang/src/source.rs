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
        lower::{Spans, lower_declaration},
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
        let declarations = declarations(&text, &tree, &[], |_| None);
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
        let new_tree = parse(&text, Some(&tree));
        let mut changed: Vec<_> = tree.changed_ranges(&new_tree).map(|it| it.start_byte..it.end_byte).collect();
        changed.push(start..new_end);

        let shift = new_end as isize - end as isize;
        let old = &self.declarations;
        let declarations = declarations(&text, &new_tree, &changed, |range| {
            let old_start = if range.start >= new_end { range.start.checked_add_signed(-shift)? } else { range.start };
            let index = old.binary_search_by_key(&old_start, |it| it.range.start).ok()?;
            (old[index].range.len() == range.len()).then(|| &old[index])
        });
        Source { text, tree: new_tree, declarations }
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

/// Lists the top-level nodes, taking over from `reuse` those that no changed range touches.
fn declarations<'a>(
    text: &str,
    tree: &Tree,
    changed: &[Range<usize>],
    reuse: impl Fn(&Range<usize>) -> Option<&'a SourceDeclaration>,
) -> Vec<SourceDeclaration> {
    let mut result = Vec::new();
    let mut docs: Vec<Node<'_>> = Vec::new();
    let mut cursor = tree.root_node().walk();
    if !cursor.goto_first_child() {
        return result;
    }
    loop {
        let node = cursor.node();
        match kind(node) {
            SyntaxKind::DocComment => docs.push(node),
            SyntaxKind::Comment => {}
            _ => {
                let start = docs.first().map_or(node.start_byte(), |doc| doc.start_byte());
                let range = start..node.end_byte();
                // A neighbour that touches the change may have been read differently for it.
                let is_touched = changed.iter().any(|it| it.start <= range.end && range.start <= it.end);
                let reused = if is_touched { None } else { reuse(&range) };
                result.push(match reused {
                    Some(old) => SourceDeclaration { range, item: old.item.clone(), spans: old.spans.clone() },
                    None => {
                        let (item, spans) = lower_declaration(node, text, start, &docs);
                        SourceDeclaration { range, item: Arc::new(item), spans: Arc::new(spans) }
                    }
                });
                docs.clear();
            }
        }
        if !cursor.goto_next_sibling() {
            return result;
        }
    }
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
    let row = before.iter().filter(|byte| **byte == b'\n').count();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    Point { row, column }
}
