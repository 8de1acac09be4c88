//! A file's text with its trees, edited incrementally.
//!
//! A file is parsed in [segments](crate::syntax), mostly one for each declaration, so that a keystroke costs one
//! declaration, not the file. What a segment is read as depends on its text alone: whatever was edited, a [`Source`] is
//! what a fresh parse of its text gives. A segment that an edit leaves alone keeps its tree and its [`Item`]s.

mod lines;
mod segment;

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use tree_sitter::{Node, Point, Tree};

use crate::{
    item::{Anchor, Item},
    syntax::{lower::Spans, segments::end_of_segment},
};
pub use lines::{Lines, Mark, STRIDE};
use segment::{Parsed, SegmentParser};

/// A parsed file.
#[derive(Debug)]
pub struct Source {
    text: Arc<str>,
    lines: OnceLock<Arc<Lines>>,
    segments: Vec<Segment>,
    declarations: Vec<SourceDeclaration>,
}

/// A piece of the file that is parsed by itself.
#[derive(Debug, Clone)]
struct Segment {
    /// Bytes of the file.
    range: Range<usize>,
    parsed: Arc<Parsed>,
}

/// A declaration and where it stands.
#[derive(Debug, Clone)]
pub struct SourceDeclaration {
    /// Bytes from the first of its `///` lines to its end.
    range: Range<usize>,
    lowered: Arc<Lowered>,
}

/// What a declaration's node says, wherever it stands.
#[derive(Debug)]
struct Lowered {
    item: Arc<Item>,
    spans: Spans,
}

impl SourceDeclaration {
    /// Bytes from the first of its `///` lines to its end.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What it declares.
    pub fn item(&self) -> &Arc<Item> {
        &self.lowered.item
    }

    /// The bytes of an anchor in the file.
    pub fn span(&self, anchor: Anchor) -> Range<usize> {
        match self.lowered.spans.get(anchor.0 as usize) {
            Some(span) => self.range.start + span.start as usize..self.range.start + span.end as usize,
            None => self.range(),
        }
    }

    /// The smallest anchors that contain `offset`, innermost last.
    pub fn anchors_at(&self, offset: usize) -> Vec<Anchor> {
        let mut anchors: Vec<_> = (0..self.lowered.spans.len() as u32).map(Anchor).collect();
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
        let mut parser = SegmentParser::new();
        let mut segments = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let range = start..end_of_segment(&text, start);
            start = range.end;
            segments.push(Segment { parsed: Arc::new(parser.parse(&text[range.clone()])), range });
        }
        Source::new(text, segments)
    }

    /// Replaces the bytes `range` by `replacement`. A range outside the text or inside a character is moved to fit.
    pub fn edit(&self, range: Range<usize>, replacement: &str) -> Source {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end.max(start));
        let text: Arc<str> = Arc::from([&self.text[..start], replacement, &self.text[end..]].concat());
        let edited_end = start + replacement.len();
        let segments = self.segments_after(&text, start..end, edited_end);
        let lines = self.lines.get().map(|it| Arc::new(it.after(&text, start..end, edited_end)));
        let source = Source::new(text, segments);
        Source { lines: lines.map(OnceLock::from).unwrap_or_default(), ..source }
    }

    /// What stands around an edit, alone, as it would be after it, and where that begins: a text of a few declarations, of
    /// which the edited one is read as it would be in the whole file.
    ///
    /// This is for a question about a text that nobody has typed, which is not worth a copy of a large file.
    pub fn edited_part(&self, range: Range<usize>, replacement: &str) -> (usize, Source) {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end.max(start));
        let first = self.first_edited(start);
        let behind = self.segments.partition_point(|it| it.range.start <= end);
        let from = self.segments.get(first).map_or(0, |it| it.range.start);
        let to = self.segments.get(behind).map_or(self.text.len(), |it| it.range.end);
        let part = Source::parse([&self.text[from..start], replacement, &self.text[end..to]].concat());
        // Where the last one begins, the one before it ends. The last one may go on.
        let is_cut = part.segments.last().is_some_and(|it| it.range.start <= start - from + replacement.len());
        if is_cut && to < self.text.len() { (0, self.edit(range, replacement)) } else { (from, part) }
    }

    /// The first segment that an edit at an offset may change: the header of one decides where that before it ends.
    fn first_edited(&self, offset: usize) -> usize {
        self.segments.partition_point(|it| it.range.start <= offset).saturating_sub(2)
    }

    /// The segments after an edit of the bytes `edited`, which now end at `end`.
    fn segments_after(&self, text: &str, edited: Range<usize>, end: usize) -> Vec<Segment> {
        let old = &self.segments;
        let mut parser = SegmentParser::new();
        let mut segments = old[..self.first_edited(edited.start)].to_vec();
        let mut start = segments.last().map_or(0, |it| it.range.end);
        while start < text.len() {
            // Where a segment behind the edit begins as before, the rest is as before.
            let before = (start >= end).then(|| start - end + edited.end);
            if let Some(Ok(rest)) = before.map(|before| old.binary_search_by_key(&before, |it| it.range.start)) {
                segments.extend(old[rest..].iter().map(|it| it.moved(edited.end, end)));
                break;
            }
            let range = start..end_of_segment(text, start);
            start = range.end;
            let is_kept = |it: &&Segment| self.text.get(it.range.clone()) == text.get(range.clone());
            let parsed = match old.get(segments.len()).filter(is_kept) {
                Some(kept) => kept.parsed.clone(),
                None => Arc::new(parser.parse(&text[range.clone()])),
            };
            segments.push(Segment { range, parsed });
        }
        segments
    }

    fn new(text: Arc<str>, segments: Vec<Segment>) -> Source {
        let declarations = segments.iter().flat_map(Segment::declarations).collect();
        Source { text, lines: OnceLock::new(), segments, declarations }
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Where the lines of the text begin, which is looked for when somebody first asks.
    pub fn lines(&self) -> &Arc<Lines> {
        self.lines.get_or_init(|| Arc::new(Lines::of(&self.text)))
    }

    /// The roots of the trees in the order of the text. Their offsets are those of the text, but not their rows; nodes
    /// that are reached by [`Node::parent`] have neither.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.segments.iter().map(Segment::root)
    }

    /// The root of the tree at a byte offset.
    pub fn root_at(&self, offset: usize) -> Option<Node<'_>> {
        let index = self.segments.partition_point(|it| it.range.end <= offset);
        self.segments.get(index).map(Segment::root)
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

impl Segment {
    fn moved(&self, from: usize, to: usize) -> Segment {
        let moved = |offset: usize| offset - from + to;
        Segment { range: moved(self.range.start)..moved(self.range.end), parsed: self.parsed.clone() }
    }

    fn root(&self) -> Node<'_> {
        let tree: &Tree = &self.parsed.tree;
        tree.root_node_with_offset(self.range.start, Point::default())
    }

    fn declarations(&self) -> impl Iterator<Item = SourceDeclaration> {
        let start = self.range.start;
        self.parsed.declarations.iter().map(move |(range, lowered)| SourceDeclaration {
            range: start + range.start..start + range.end,
            lowered: lowered.clone(),
        })
    }
}
