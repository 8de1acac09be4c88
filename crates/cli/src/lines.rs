//! The lines of a text: from byte offsets to what people count.

use std::{
    ops::Range,
    sync::{Mutex, PoisonError},
};

/// Of a longer line only the part around a place is shown: nobody reads the rest, and each finding would have all of it.
const LONGEST_LINE: usize = 2_000;

/// As much of such a line is shown before the place, and behind it, in bytes.
const SHOWN_AROUND: usize = 100;

/// A text and where its lines begin.
#[derive(Debug)]
pub(crate) struct Lines {
    text: String,
    /// The offset of each line; the first is 0.
    starts: Vec<usize>,
    /// The place that was asked for last, with its offset: in a long line the next one is counted from there.
    last: Mutex<(usize, Place)>,
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
        Lines { text, starts, last: Mutex::new((0, Place { line: 1, column: 1 })) }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of a byte offset; one beyond the text is its end, one inside a character its beginning.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        // Nothing that is done under the lock panics halfway.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (from, column) = match *last {
            (before, place) if place.line == line + 1 && before <= offset => (before, place.column),
            _ => (self.starts[line], 1),
        };
        *last = (offset, Place { line: line + 1, column: column + self.text[from..offset].chars().count() });
        last.1
    }

    /// The lines around `range`, whole unless one is long, and the offset at which they begin: what a reader needs to see.
    pub(crate) fn around(&self, range: &Range<usize>) -> (&str, usize) {
        let (first, last) = (self.line_of(range.start), self.line_of(range.end.max(range.start)));
        let start = self.starts[first];
        let end = self.starts.get(last + 1).copied().unwrap_or(self.text.len());
        if end - start <= LONGEST_LINE || first != last {
            return (&self.text[start..end], start);
        }
        let start = self.text.floor_char_boundary(start.max(range.start.saturating_sub(SHOWN_AROUND)));
        let place = range.end.min(range.start + LONGEST_LINE);
        let end = self.text.ceil_char_boundary(end.min(place + SHOWN_AROUND));
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

    #[test]
    fn of_a_long_line_the_part_around_a_place_is_shown() {
        let lines = Lines::new(format!("short\n{}", "ä".repeat(10_000)));
        let (text, start) = lines.around(&(10_006..10_008));
        assert_eq!((text.chars().count(), start), (101, 9_906));
        assert_eq!(lines.around(&(6..20_006)).0.len(), LONGEST_LINE + SHOWN_AROUND);
    }

    #[test]
    fn places_are_the_same_in_any_order() {
        let lines = Lines::new("ääää\nöööö\n".to_owned());
        let column = |offset| (lines.place(offset).line, lines.place(offset).column);
        assert_eq!([4, 2, 13, 11, 9, 6].map(column), [(1, 3), (1, 2), (2, 3), (2, 2), (2, 1), (1, 4)]);
    }
}
