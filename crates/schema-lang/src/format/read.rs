//! From the tree to tokens, in the units that are laid out one by one.

use tree_sitter::Node;

use super::token::Token;
use crate::syntax::{
    kind::{FIELDS, SyntaxKind, kind},
    lower::{closed, single_quoted_text},
};

/// A direct part of a file or of a body: a declaration, a member, a clause, a value, a comma or a comment.
#[derive(Debug)]
pub(super) struct Unit<'t> {
    pub(super) kind: SyntaxKind,
    pub(super) tokens: Vec<Token<'t>>,
    /// Whether it has a syntax error, or is not finished.
    pub(super) is_broken: bool,
    /// Bytes of the file.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Unit<'_> {
    pub(super) fn is_comment(&self) -> bool {
        matches!(self.kind, SyntaxKind::Comment | SyntaxKind::DocComment)
    }

    /// Line ends between it and what stands before it.
    pub(super) fn newlines(&self) -> usize {
        self.tokens.first().map_or(0, |token| token.newlines)
    }
}

/// A top-level node.
#[derive(Debug)]
pub(super) struct Declaration<'t> {
    /// Everything up to the opening brace, or the whole of a declaration without body, or a comment.
    pub(super) header: Unit<'t>,
    /// What stands between the braces.
    pub(super) body: Option<Vec<Unit<'t>>>,
    /// Where it ends, in bytes of the file.
    pub(super) end: usize,
}

/// Reads a file from its beginning to its end.
pub(super) struct Reader<'t> {
    text: &'t str,
    /// Where the last token ended.
    position: usize,
    /// Whether the file ends in a raw string that nothing closes, so that more text would become part of it.
    pub(super) ends_in_open_text: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Reader<'t> {
        Reader { text, position: 0, ends_in_open_text: false }
    }

    /// Reads a child of the root.
    pub(super) fn declaration(&mut self, node: Node<'_>) -> Declaration<'t> {
        let mut header = self.empty_unit(node);
        let mut body = None;
        if is_recovery(node) || node.child_count() == 0 {
            self.read(node, SyntaxKind::Other, &mut header);
        } else {
            for child in children(node) {
                match kind(child) {
                    SyntaxKind::TableBody | SyntaxKind::EnumBody | SyntaxKind::QueryBody => {
                        body = Some(self.body(child, &mut header));
                    }
                    _ => self.read(child, header.kind, &mut header),
                }
            }
        }
        let end = header.end.max(self.position);
        Declaration { header, body, end }
    }

    /// Reads a body; its opening brace is part of the header, its closing one goes without saying.
    fn body(&mut self, node: Node<'_>, header: &mut Unit<'t>) -> Vec<Unit<'t>> {
        let mut units = Vec::new();
        for child in children(node) {
            let is_brace = !child.is_named() && matches!(child.kind(), "{" | "}");
            if is_brace || matches!(kind(child), SyntaxKind::Unopened | SyntaxKind::Unclosed) {
                let mut brace = self.empty_unit(child);
                self.read(child, kind(node), &mut brace);
                header.is_broken |= brace.is_broken;
                if child.kind() == "{" {
                    header.tokens.append(&mut brace.tokens);
                    header.end = brace.end;
                }
                continue;
            }
            let mut unit = self.empty_unit(child);
            self.read(child, kind(node), &mut unit);
            if kind(node) == SyntaxKind::QueryBody
                && let Some(first) = unit.tokens.first_mut()
            {
                first.starts_clause = true;
            }
            units.push(unit);
        }
        units
    }

    fn empty_unit(&self, node: Node<'_>) -> Unit<'t> {
        let start = node.start_byte();
        Unit { kind: kind(node), tokens: Vec::new(), is_broken: false, start, end: start }
    }

    /// Adds the tokens of a node to a unit. A loop, since expressions nest as deep as their author likes.
    fn read(&mut self, node: Node<'_>, parent: SyntaxKind, unit: &mut Unit<'t>) {
        let mut cursor = node.walk();
        let mut parents = vec![parent];
        let mut starts_clause = false;
        loop {
            let node = cursor.node();
            let parent = parents.last().copied().unwrap_or(parent);
            unit.is_broken |= is_recovery(node) || is_unfinished(node);
            starts_clause |= parent == SyntaxKind::Subquery && node.is_named() && !is_comment(node);
            // What recovery skipped has no inner structure to rely on.
            if !is_recovery(node) && cursor.goto_first_child() {
                parents.push(kind(node));
                continue;
            }
            self.token(node, parent, starts_clause, unit);
            starts_clause = false;
            let mut is_last = false;
            while parents.len() == 1 || !cursor.goto_next_sibling() {
                if !is_last && parents.len() > 1 && is_announcing(node) {
                    unit.is_broken = true;
                }
                is_last = true;
                if parents.len() == 1 {
                    return;
                }
                cursor.goto_parent();
                parents.pop();
            }
        }
    }

    fn token(&mut self, node: Node<'_>, parent: SyntaxKind, starts_clause: bool, unit: &mut Unit<'t>) {
        let range = node.start_byte()..trimmed_end(self.text, node);
        if range.is_empty() {
            return;
        }
        let text = &self.text[range.clone()];
        let gap = self.text.get(self.position..range.start).unwrap_or_default();
        let is_unclosed = is_unclosed(kind(node), text);
        unit.is_broken |= is_unclosed || !is_plain_white_space(gap);
        self.ends_in_open_text = is_unclosed && kind(node) == SyntaxKind::RawString && range.end == self.text.len();
        unit.end = range.end;
        self.position = range.end;
        unit.tokens.push(Token {
            text,
            parent,
            is_named: node.is_named(),
            is_comment: is_comment(node),
            newlines: gap.matches('\n').count(),
            starts_clause,
        });
    }
}

/// What recovery leaves in the tree.
fn is_recovery(node: Node<'_>) -> bool {
    let is_recovery_kind = matches!(
        kind(node),
        SyntaxKind::Missing | SyntaxKind::Unclosed | SyntaxKind::Unopened | SyntaxKind::Stray | SyntaxKind::Junk
    );
    is_recovery_kind || node.is_error() || node.is_missing()
}

/// What the grammar accepts because it is still being typed.
fn is_unfinished(node: Node<'_>) -> bool {
    kind(node) == SyntaxKind::Column && node.child_by_field_id(FIELDS.kind_type).is_none()
}

/// A token that something must follow. As the last one of its node, it shows that nothing does.
fn is_announcing(node: Node<'_>) -> bool {
    !node.is_named() && matches!(node.kind(), "." | ":" | "@" | "..." | "=")
}

/// A token that reaches to the end of its line, or of the file, because nothing closes it.
fn is_unclosed(kind: SyntaxKind, text: &str) -> bool {
    match kind {
        SyntaxKind::String if text.starts_with('\'') => single_quoted_text(text).is_err(),
        SyntaxKind::String => !text.strip_prefix('"').and_then(closed).is_some_and(|(_, is_closed)| is_closed),
        SyntaxKind::RawString => text.len() < 6 || !text.ends_with("\"\"\""),
        SyntaxKind::QuotedIdentifier => text.len() < 2 || !text.ends_with('`'),
        SyntaxKind::ParameterReference => text == "$",
        _ => false,
    }
}

/// Whether a gap holds nothing but white space, and no carriage return that ends a line by itself: the parser and
/// editors disagree on what that means.
fn is_plain_white_space(gap: &str) -> bool {
    let is_blank = gap.chars().all(|character| character.is_whitespace() || character == '\u{feff}');
    is_blank && gap.matches('\r').count() == gap.matches("\r\n").count()
}

fn is_comment(node: Node<'_>) -> bool {
    matches!(kind(node), SyntaxKind::Comment | SyntaxKind::DocComment)
}

/// Where a node ends without the line ends that recovery gave it.
fn trimmed_end(text: &str, node: Node<'_>) -> usize {
    match kind(node) {
        SyntaxKind::RawString => node.end_byte(),
        _ => node.start_byte() + text[node.byte_range()].trim_end().len(),
    }
}

pub(super) fn children<'a>(node: Node<'a>) -> Vec<Node<'a>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).collect()
}
