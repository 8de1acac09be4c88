//! Byte offsets of a text and positions of the protocol.
//!
//! Lines end with `\n`, `\r\n` or `\r`, and with nothing else, as the protocol says. A position past the end of a line
//! means the end of the line, one inside a character its start.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use lsp_types::Position;
use orm_ide::{Lines, Mark, Source};

/// What a position counts within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PositionEncoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Characters, which are the units of UTF-32.
    Utf32,
    /// Units of UTF-16: what every client understands.
    #[default]
    Utf16,
}

impl PositionEncoding {
    /// How long a text is.
    fn count(self, text: &str) -> usize {
        match self {
            PositionEncoding::Utf8 => text.len(),
            // The quick answer of most texts.
            _ if text.is_ascii() => text.len(),
            PositionEncoding::Utf32 => text.chars().count(),
            PositionEncoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// The lines of a text. A clone is of the same text.
#[derive(Debug, Clone)]
pub(crate) struct LineIndex {
    text: Arc<str>,
    lines: Arc<Lines>,
    encoding: PositionEncoding,
    has_carriage_returns: OnceLock<bool>,
}

impl LineIndex {
    pub(crate) fn new(text: Arc<str>, encoding: PositionEncoding) -> Self {
        let lines = Arc::new(Lines::of(&text));
        LineIndex { text, lines, encoding, has_carriage_returns: OnceLock::new() }
    }

    /// Those of a schema file, which are looked for once: a keystroke asks several times, where it stands, where what is wrong
    /// stands, and then whatever the client shows.
    pub(crate) fn of(source: &Source, encoding: PositionEncoding) -> Self {
        let (text, lines) = (Arc::clone(source.text()), Arc::clone(source.lines()));
        LineIndex { text, lines, encoding, has_carriage_returns: OnceLock::new() }
    }

    /// The position of a byte offset.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.starts().partition_point(|start| *start <= offset) - 1;
        let (from, counted) = self.mark(line, |(mark, _)| mark <= offset);
        let character = counted + self.encoding.count(&self.text[from..offset]);
        Position { line: line as u32, character: character as u32 }
    }

    /// The byte offset of a position.
    pub(crate) fn offset(&self, position: Position) -> usize {
        let number = position.line as usize;
        let Some(line) = self.line(number) else { return self.text.len() };
        let wanted = position.character as usize;
        let (from, counted) = self.mark(number, |(_, character)| character <= wanted);
        // A mark may stand in the end of the line.
        let from = from.min(line.end);
        let (text, wanted) = (&self.text[from..line.end], wanted - counted);
        let within = match self.encoding {
            PositionEncoding::Utf8 => text.floor_char_boundary(wanted),
            PositionEncoding::Utf32 => text.char_indices().nth(wanted).map_or(text.len(), |(offset, _)| offset),
            PositionEncoding::Utf16 => utf16_to_utf8(text, wanted),
        };
        from + within
    }

    /// The last mark of a line that is not behind what is wanted, or its start: the byte, and the character of the line that
    /// it is.
    fn mark(&self, line: usize, is_before: impl Fn((usize, usize)) -> bool) -> (usize, usize) {
        let (starts, marks) = (self.lines.starts(), self.lines.marks());
        let start = starts[line];
        let end = starts.get(line + 1).copied().unwrap_or(usize::MAX);
        let counted = |mark: &Mark| match self.encoding {
            PositionEncoding::Utf8 => mark.offset - start,
            PositionEncoding::Utf32 => mark.characters,
            PositionEncoding::Utf16 => mark.utf16,
        };
        let marks = &marks[marks.partition_point(|mark| mark.offset < start)..];
        let behind = marks.partition_point(|mark| mark.offset < end && is_before((mark.offset, counted(mark))));
        marks[..behind].last().map_or((start, 0), |mark| (mark.offset, counted(mark)))
    }

    pub(crate) fn range(&self, range: Range<usize>) -> lsp_types::Range {
        lsp_types::Range { start: self.position(range.start), end: self.position(range.end) }
    }

    pub(crate) fn byte_range(&self, range: lsp_types::Range) -> Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }

    /// A text to insert, with the line ends that most lines have.
    pub(crate) fn with_line_ends(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n");
        if text.contains('\n') && self.has_carriage_returns() { text.replace('\n', "\r\n") } else { text }
    }

    /// Whether most lines end with `\r\n`.
    fn has_carriage_returns(&self) -> bool {
        *self.has_carriage_returns.get_or_init(|| {
            let ends = self.lines.starts().iter().skip(1).map(|start| &self.text[..*start]);
            let (all, with) = ends.fold((0, 0), |(all, with), it| (all + 1, with + usize::from(it.ends_with("\r\n"))));
            with * 2 > all
        })
    }

    /// The bytes of a line without its end.
    fn line(&self, line: usize) -> Option<Range<usize>> {
        let starts = self.lines.starts();
        let start = *starts.get(line)?;
        let end = starts.get(line + 1).copied().unwrap_or(self.text.len());
        let text = &self.text[start..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        Some(start..start + text.strip_suffix('\r').unwrap_or(text).len())
    }
}

fn utf16_to_utf8(text: &str, wanted: usize) -> usize {
    let mut units = 0;
    for (offset, character) in text.char_indices() {
        units += character.len_utf16();
        if units > wanted {
            return offset;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(text: &str, encoding: PositionEncoding) -> LineIndex {
        LineIndex::new(Arc::from(text), encoding)
    }

    #[test]
    fn every_boundary_comes_back() {
        let text = "ab\r\nä😀x\n\r\u{2028}y\r\r\nz";
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
            let index = index(text, encoding);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                // The middle of `\r\n` is no place that a position can name.
                if text[..offset].ends_with('\r') && text[offset..].starts_with('\n') {
                    continue;
                }
                assert_eq!(index.offset(index.position(offset)), offset, "{encoding:?} {offset}");
            }
        }
    }

    /// Every place of a long line, and of the short ones around it.
    #[test]
    fn places_in_long_lines_come_back() {
        let text = format!("ä\n{}\r\nz\n{}", "aä😀".repeat(2_000), "b".repeat(3 * 4096));
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32] {
            let index = index(&text, encoding);
            assert_eq!(index.lines.marks().len(), 3 + 2, "only long lines have marks");
            let (mut line, mut start) = (0, 0);
            for (offset, letter) in text.char_indices() {
                let character = encoding.count(&text[start..offset]);
                let position = Position::new(line, character as u32);
                assert_eq!(index.position(offset), position, "{encoding:?} {offset}");
                if letter != '\n' {
                    assert_eq!(index.offset(position), offset, "{encoding:?} {offset}");
                } else {
                    (line, start) = (line + 1, offset + 1);
                }
            }
            assert_eq!(index.offset(Position::new(1, u32::MAX)), text.find("\r\n").unwrap());
        }
    }

    #[test]
    fn the_lines_of_a_source_are_looked_for_once() {
        let source = Source::parse("a\nb");
        let [first, second] = [0, 1].map(|_| LineIndex::of(&source, PositionEncoding::Utf16));
        assert!(Arc::ptr_eq(&first.lines, &second.lines));
        let edited = LineIndex::of(&source.edit(1..1, "\n"), PositionEncoding::Utf16);
        assert_eq!(edited.position(3), Position::new(2, 0));
    }

    #[test]
    fn characters_are_counted_as_negotiated() {
        let text = "\nä😀x";
        let offset = text.find('x').unwrap();
        assert_eq!(index(text, PositionEncoding::Utf8).position(offset), Position::new(1, 6));
        assert_eq!(index(text, PositionEncoding::Utf16).position(offset), Position::new(1, 3));
        assert_eq!(index(text, PositionEncoding::Utf16).offset(Position::new(1, 3)), offset);
        assert_eq!(index(text, PositionEncoding::Utf32).position(offset), Position::new(1, 2));
        assert_eq!(index(text, PositionEncoding::Utf32).offset(Position::new(1, 2)), offset);
    }

    #[test]
    fn what_is_inserted_has_the_line_ends_of_the_text() {
        let adapted = |text: &str| index(text, PositionEncoding::Utf8).with_line_ends("a\nb\r\n");
        assert_eq!(adapted("x\r\ny\r\nz\n"), "a\r\nb\r\n");
        assert_eq!(adapted("x\r\ny\nz\n"), "a\nb\n");
        assert_eq!(adapted(""), "a\nb\n");
    }

    #[test]
    fn only_the_line_ends_of_the_protocol_end_lines() {
        let index = index("a\u{2028}b\u{85}c\u{b}d\re\nf", PositionEncoding::Utf16);
        assert_eq!(index.position(index.text.find('e').unwrap()), Position::new(1, 0));
        assert_eq!(index.position(index.text.find('f').unwrap()), Position::new(2, 0));
    }

    #[test]
    fn positions_outside_the_text_are_moved_into_it() {
        let index = index("ab\r\n😀\n", PositionEncoding::Utf16);
        assert_eq!(index.offset(Position::new(0, 99)), 2);
        assert_eq!(index.offset(Position::new(1, 1)), 4);
        assert_eq!(index.offset(Position::new(99, 0)), index.text.len());
        assert_eq!(index.byte_range(lsp_types::Range::new(Position::new(1, 0), Position::new(0, 0))), 4..4);
        assert_eq!(index.position(5), Position::new(1, 0));
    }
}
