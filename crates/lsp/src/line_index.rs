//! Byte offsets of a text and positions of the protocol.
//!
//! Lines end with `\n`, `\r\n` or `\r`, and with nothing else, as the protocol says. A position past the end of a line
//! means the end of the line, one inside a character its start.

use std::{ops::Range, sync::Arc};

use lsp_types::Position;

/// What a position counts within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PositionEncoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16: what every client understands.
    #[default]
    Utf16,
}

/// Where the lines of a text begin.
pub(crate) struct LineIndex {
    text: Arc<str>,
    starts: Vec<usize>,
    encoding: PositionEncoding,
}

impl LineIndex {
    pub(crate) fn new(text: Arc<str>, encoding: PositionEncoding) -> Self {
        let bytes = text.as_bytes();
        // A keystroke asks this of the whole file.
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        LineIndex { text, starts, encoding }
    }

    /// The position of a byte offset.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        let character = match self.encoding {
            PositionEncoding::Utf8 => before.len(),
            // The quick answer matters for a long line with something wrong in every word.
            PositionEncoding::Utf16 if before.is_ascii() => before.len(),
            PositionEncoding::Utf16 => before.chars().map(char::len_utf16).sum(),
        };
        Position { line: line as u32, character: character as u32 }
    }

    /// The byte offset of a position.
    pub(crate) fn offset(&self, position: Position) -> usize {
        let Some(line) = self.line(position.line as usize) else { return self.text.len() };
        let text = &self.text[line.clone()];
        let wanted = position.character as usize;
        let within = match self.encoding {
            PositionEncoding::Utf8 => text.floor_char_boundary(wanted),
            PositionEncoding::Utf16 => utf16_to_utf8(text, wanted),
        };
        line.start + within
    }

    pub(crate) fn range(&self, range: Range<usize>) -> lsp_types::Range {
        lsp_types::Range { start: self.position(range.start), end: self.position(range.end) }
    }

    pub(crate) fn byte_range(&self, range: lsp_types::Range) -> Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }

    /// The bytes of a line without its end.
    fn line(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
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
        for encoding in [PositionEncoding::Utf8, PositionEncoding::Utf16] {
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

    #[test]
    fn characters_are_counted_as_negotiated() {
        let text = "\nä😀x";
        let offset = text.find('x').unwrap();
        assert_eq!(index(text, PositionEncoding::Utf8).position(offset), Position::new(1, 6));
        assert_eq!(index(text, PositionEncoding::Utf16).position(offset), Position::new(1, 3));
        assert_eq!(index(text, PositionEncoding::Utf16).offset(Position::new(1, 3)), offset);
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
