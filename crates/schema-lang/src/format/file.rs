//! Lays out a file: its declarations, and what stands between them.

use std::ops::Range;

use super::{
    blocks::{Block, blocks},
    body::Body,
    read::{Declaration, Reader, children},
    write::{HEADER, LINE, Writer},
};
use crate::Source;

/// What is left as it is where something is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caution {
    /// The member, if the declaration's header and braces are whole.
    Members,
    /// The declaration.
    Declarations,
}

/// A part of the file and its canonical text. The segments of a file cover it without gaps.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// A formatted file.
pub(super) struct Formatted {
    pub(super) segments: Vec<Segment>,
    /// Whether something was left as it was because it is broken.
    pub(super) has_verbatim: bool,
}

impl Formatted {
    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.segments.iter().map(|segment| segment.text.as_str()).collect()
    }
}

/// A top-level node with its text, or `None` if it is broken.
struct Entry<'t> {
    declaration: Declaration<'t>,
    text: Option<String>,
}

pub(super) fn format(source: &Source, caution: Caution) -> Formatted {
    let text: &str = source.text();
    let newline = dominant_newline(text);
    let mut has_verbatim = false;
    let mut reader = Reader::new(text);
    let entries: Vec<_> = source
        .roots()
        .flat_map(children)
        .map(|node| {
            let declaration = reader.declaration(node);
            let is_broken = has_broken_part(&declaration);
            has_verbatim |= is_broken;
            let is_left = declaration.header.is_broken || is_broken && caution == Caution::Declarations;
            let text = if is_left { None } else { declaration_text(text, newline, &declaration) };
            Entry { declaration, text }
        })
        .collect();
    let spans =
        entries.iter().map(|entry| (entry.declaration.header.start..entry.declaration.end, entry.text.is_none()));
    let blocks = blocks(text, spans);
    let mut segments = segments(text, newline, &entries, &blocks);
    let end = segments.last().map_or(0, |segment| segment.range.end);
    let needs_line_end = blocks.last().is_some_and(|block| !text[..block.range.end].ends_with('\n'));
    let last = if needs_line_end && !reader.ends_in_open_text { newline } else { "" };
    segments.push(Segment { range: end..text.len(), text: last.to_owned() });
    Formatted { segments, has_verbatim }
}

fn has_broken_part(declaration: &Declaration<'_>) -> bool {
    declaration.header.is_broken || declaration.body.iter().flatten().any(|unit| unit.is_broken)
}

fn declaration_text(text: &str, newline: &str, declaration: &Declaration<'_>) -> Option<String> {
    let mut writer = Writer::new(newline);
    let header = &declaration.header;
    let indentation = if declaration.body.is_some() { HEADER } else { LINE };
    writer.tokens(&header.tokens, indentation, |_| None);
    if let Some(units) = &declaration.body {
        Body { text, header, units, end: declaration.end }.write(&mut writer)?;
    }
    Some(writer.text)
}

fn segments(text: &str, newline: &str, entries: &[Entry<'_>], blocks: &[Block]) -> Vec<Segment> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut segments = vec![Segment { range: 0..mark, text: text[..mark].to_owned() }];
    let mut before: Option<&Block> = None;
    for block in blocks {
        let start = before.map_or(mark, |block| block.range.end);
        let mut writer = Writer::new(newline);
        write_gap(&mut writer, text, entries, before, block);
        match &entries[block.units.start].text {
            Some(formatted) if !block.is_verbatim => writer.push(formatted),
            _ => writer.push(&text[block.range.start.max(mark)..block.range.end]),
        }
        segments.push(Segment { range: start..block.range.end, text: writer.text });
        before = Some(block);
    }
    segments
}

/// What stands between two blocks, or before the first one.
fn write_gap(writer: &mut Writer<'_>, text: &str, entries: &[Entry<'_>], before: Option<&Block>, block: &Block) {
    let entry = &entries[block.units.start];
    let newlines = match before {
        Some(before) => text[before.range.end..block.range.start].matches('\n').count(),
        None => text[..block.range.start].matches('\n').count(),
    };
    let Some(before) = before else {
        writer.newlines(if block.is_verbatim { newlines } else { 0 });
        return;
    };
    let previous = &entries[before.units.end - 1];
    let is_line = |entry: &Entry<'_>| entry.text.as_ref().is_some_and(|text| !text.contains('\n'));
    if before.is_verbatim || block.is_verbatim {
        let has_line_end = text[..before.range.end].ends_with('\n');
        writer.newlines(newlines.max(usize::from(!has_line_end)));
    } else if is_trailing(entry) {
        writer.spaces(2);
    } else if previous.declaration.header.is_comment() && (before.units.start == 0 || !is_trailing(previous)) {
        writer.newlines(newlines.clamp(1, 2));
    } else {
        let is_together =
            newlines == 1 && is_line(previous) && is_line(entry) && !entry.declaration.header.is_comment();
        writer.newlines(if is_together { 1 } else { 2 });
    }
}

/// Whether it is a comment that stands behind something else.
fn is_trailing(entry: &Entry<'_>) -> bool {
    entry.declaration.header.is_comment() && entry.declaration.header.newlines() == 0
}

/// The line end that most lines have; `\n` if there is no majority. Blank lines have no say: they come and go.
fn dominant_newline(text: &str) -> &'static str {
    let lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n') && !line.trim().is_empty());
    let (mut all, mut carriage_returns) = (0, 0);
    for line in lines {
        all += 1;
        carriage_returns += usize::from(line.ends_with("\r\n"));
    }
    if carriage_returns * 2 > all { "\r\n" } else { "\n" }
}
