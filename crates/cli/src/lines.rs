//! The lines of a text: from byte offsets to what people count.

use std::ops::Range;

/// A text and where its lines begin.
#[derive(Debug)]
pub(crate) struct Lines {
    text: String,
    /// The offset of each line; the first is 0.
    starts: Vec<usize>,
}

/// A place in a text, as people count it: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Lines {
    pub(crate) fn new(text: String) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(offset, _)| offset + 1)).collect();
        Lines { text, starts }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of a byte offset; one beyond the text is its end, one inside a character its beginning.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        Place { line: line + 1, column: self.text[self.starts[line]..offset].chars().count() + 1 }
    }

    /// Whole lines around `range`, and the offset at which they begin: what a reader needs to see.
    pub(crate) fn around(&self, range: &Range<usize>) -> (&str, usize) {
        let (first, last) = (self.line_of(range.start), self.line_of(range.end.max(range.start)));
        let start = self.starts[first];
        let end = self.starts.get(last + 1).copied().unwrap_or(self.text.len());
        (&self.text[start..end], start)
    }

    /// The index of the line that holds an offset.
    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize) -> (usize, usize) {
        let place = Lines::new(text.to_owned()).place(offset);
        (place.line, place.column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(place("ab\nää\n", 0), (1, 1));
        assert_eq!(place("ab\nää\n", 5), (2, 2));
        assert_eq!(place("ab\nää\n", 4), (2, 1), "inside a character");
        assert_eq!(place("ab\nää\n", 8), (3, 1));
        assert_eq!(place("ab", 99), (1, 3));
        assert_eq!(place("", 0), (1, 1));
    }

    #[test]
    fn an_excerpt_is_whole_lines() {
        let lines = Lines::new("one\ntwo\nthree\nfour".to_owned());
        assert_eq!(lines.around(&(5..6)), ("two\n", 4));
        assert_eq!(lines.around(&(5..9)), ("two\nthree\n", 4));
        assert_eq!(lines.around(&(99..99)), ("four", 14));
    }
}
