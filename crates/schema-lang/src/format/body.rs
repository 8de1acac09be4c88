//! Lays out a body: its lines, and the columns of its groups.

use super::{
    MAXIMUM_ALIGNED, MAXIMUM_WIDTH,
    blocks::{Block, blocks, span},
    read::Unit,
    token::Token,
    write::{MEMBER, Writer},
};
use crate::syntax::kind::SyntaxKind;

/// A body to lay out.
pub(super) struct Body<'a, 't> {
    pub(super) text: &'t str,
    pub(super) header: &'a Unit<'t>,
    pub(super) units: &'a [Unit<'t>],
    /// Where its declaration ends.
    pub(super) end: usize,
}

/// A line of the body, or several.
struct Row<'a, 't> {
    is_blank_before: bool,
    content: Content<'a, 't>,
    /// The comment at its end.
    trailing: Option<&'a Unit<'t>>,
}

enum Content<'a, 't> {
    Member {
        unit: &'a Unit<'t>,
        /// Whether the comma behind it stays although its line ends.
        has_comma: bool,
    },
    Verbatim {
        text: &'t str,
        units: &'a [Unit<'t>],
    },
}

/// Widths that the members of a group share, in characters.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    name: usize,
    /// Type and default.
    definition: usize,
    /// Name and text of enum values that have attributes.
    value: usize,
}

impl<'a, 't> Body<'a, 't> {
    /// Writes everything after the opening brace. `None` if a broken member shares a line with one of the braces.
    pub(super) fn write(&self, writer: &mut Writer<'_>) -> Option<()> {
        let blocks = blocks(self.text, self.units.iter().map(span));
        let first = blocks.first().filter(|block| block.is_verbatim);
        let last = blocks.last().filter(|block| block.is_verbatim);
        if first.is_some_and(|it| it.range.start < self.header.end) || last.is_some_and(|it| it.range.end >= self.end) {
            return None;
        }
        if self.write_on_one_line(writer, &blocks) {
            return Some(());
        }
        let (opening, rows) = self.rows(&blocks);
        if let Some(comment) = opening {
            write_trailing(writer, comment);
        }
        let mut written = 0;
        while written < rows.len() {
            let rest = &rows[written..];
            let length = 1 + rest[1..].iter().take_while(|row| !row.is_blank_before).count();
            write_group(writer, &rest[..length], written > 0);
            written += length;
        }
        if !rows.is_empty() || opening.is_some() {
            writer.newlines(1);
        }
        writer.push("}");
        Some(())
    }

    fn write_on_one_line(&self, writer: &mut Writer<'_>, blocks: &[Block]) -> bool {
        let is_on_one_line = !self.text[self.header.end..self.end].contains('\n');
        let is_plain = |unit: &Unit<'_>| !unit.is_comment() && !unit.is_broken;
        let is_enum = self.header.kind == SyntaxKind::Enum && !self.units.is_empty();
        if !is_enum || !is_on_one_line || blocks.iter().any(|it| it.is_verbatim) || !self.units.iter().all(is_plain) {
            return false;
        }
        let length = writer.text.len();
        for (index, unit) in self.units.iter().filter(|unit| !is_comma(unit)).enumerate() {
            writer.push(if index == 0 { " " } else { ", " });
            writer.tokens(&unit.tokens, MEMBER, |_| None);
        }
        writer.push(" }");
        let line_start = writer.text.rfind('\n').map_or(0, |newline| newline + 1);
        let fits = writer.text[line_start..].chars().count() <= MAXIMUM_WIDTH;
        if !fits {
            writer.text.truncate(length);
        }
        fits
    }

    /// The comment behind the opening brace, and the lines.
    fn rows(&self, blocks: &[Block]) -> (Option<&'a Unit<'t>>, Vec<Row<'a, 't>>) {
        let mut opening = None;
        let mut rows: Vec<Row<'a, 't>> = Vec::new();
        for block in blocks {
            let units = &self.units[block.units.clone()];
            let Some(unit) = units.first() else { continue };
            if block.is_verbatim {
                let content = Content::Verbatim { text: &self.text[block.range.clone()], units };
                rows.push(Row { is_blank_before: unit.newlines() > 1, content, trailing: None });
            } else if is_comma(unit) {
                let next = self.units.get(block.units.end);
                let is_needed = next.is_some_and(|next| next.tokens.first().is_some_and(reads_as_operator));
                if let Some(Row { content: Content::Member { has_comma, .. }, .. }) = rows.last_mut() {
                    *has_comma = is_needed;
                }
            } else if unit.is_comment() && unit.newlines() == 0 {
                match rows.last_mut() {
                    Some(row) => row.trailing = Some(unit),
                    None => opening = Some(unit),
                }
            } else {
                let content = Content::Member { unit, has_comma: false };
                rows.push(Row { is_blank_before: unit.newlines() > 1, content, trailing: None });
            }
        }
        (opening, rows)
    }
}

/// `and` and `or` go on with the line above, so that an enum value of that name needs the comma before it.
fn reads_as_operator(token: &Token<'_>) -> bool {
    matches!(token.text, "and" | "or")
}

fn is_comma(unit: &Unit<'_>) -> bool {
    unit.tokens.first().is_some_and(|token| token.is(","))
}

fn write_trailing(writer: &mut Writer<'_>, comment: &Unit<'_>) {
    writer.spaces(2);
    writer.tokens(&comment.tokens, MEMBER, |_| None);
}

fn write_group(writer: &mut Writer<'_>, rows: &[Row<'_, '_>], is_blank_before: bool) {
    let columns = rows.iter().fold(Columns::default(), |columns, row| columns.widened(&row.content));
    for (index, row) in rows.iter().enumerate() {
        let is_blank_before = is_blank_before && index == 0;
        match &row.content {
            Content::Verbatim { text, .. } => {
                writer.newlines(1 + usize::from(is_blank_before));
                writer.push(text);
            }
            Content::Member { unit, has_comma } => {
                writer.line(is_blank_before, MEMBER.first);
                columns.write(writer, unit);
                writer.push(if *has_comma { "," } else { "" });
            }
        }
        if let Some(comment) = row.trailing {
            write_trailing(writer, comment);
        }
    }
}

impl Columns {
    fn widened(mut self, content: &Content<'_, '_>) -> Columns {
        match content {
            Content::Verbatim { units, .. } => units.iter().for_each(|unit| self.widen(unit)),
            Content::Member { unit, .. } => self.widen(unit),
        }
        self
    }

    /// A broken column counts with its name: the others must not move while it is typed.
    fn widen(&mut self, unit: &Unit<'_>) {
        let attributes = attributes_start(unit);
        match unit.kind {
            SyntaxKind::Column => {
                self.name = self.name.max(unit.tokens.first().map_or(0, |name| width(name.text)));
                if !unit.is_broken {
                    let definition = width_on_one_line(unit.tokens.get(1..attributes).unwrap_or_default());
                    self.definition = self.definition.max(definition.unwrap_or(0));
                }
            }
            SyntaxKind::EnumValue if attributes < unit.tokens.len() && !unit.is_broken => {
                self.value = self.value.max(width_on_one_line(&unit.tokens[..attributes]).unwrap_or(0));
            }
            _ => {}
        }
    }

    fn write(&self, writer: &mut Writer<'_>, unit: &Unit<'_>) {
        let attributes = attributes_start(unit);
        let (aligned, own) = match unit.kind {
            SyntaxKind::Column => (self.definition, unit.tokens.get(1..attributes).unwrap_or_default()),
            SyntaxKind::EnumValue => (self.value, &unit.tokens[..attributes]),
            _ => (0, [].as_slice()),
        };
        let before_attributes = match width_on_one_line(own) {
            Some(width) => 2 + aligned.saturating_sub(width),
            None => 2,
        };
        let name = unit.tokens.first().map_or(0, |name| width(name.text));
        writer.tokens(&unit.tokens, MEMBER, |index| match index {
            1 if unit.kind == SyntaxKind::Column => Some(2 + self.name - name),
            _ if index == attributes && unit.kind != SyntaxKind::Comment => Some(before_attributes),
            _ => None,
        });
    }
}

/// The index of a member's first attribute, or the number of its tokens.
fn attributes_start(unit: &Unit<'_>) -> usize {
    unit.tokens.iter().position(|token| token.is("@")).unwrap_or(unit.tokens.len())
}

/// The width of tokens that others are aligned with; `None` if they take several lines or are too long.
fn width_on_one_line(tokens: &[Token<'_>]) -> Option<usize> {
    let mut writer = Writer::new("\n");
    writer.tokens(tokens, MEMBER, |_| None);
    let width = width(&writer.text);
    (width <= MAXIMUM_ALIGNED && !writer.text.contains('\n')).then_some(width)
}

fn width(text: &str) -> usize {
    text.chars().count()
}
