//! Where the lines of a text begin.

use std::ops::Range;

/// In a line that is longer, each so many bytes are counted beforehand: there may be something wrong in each word of it.
pub const STRIDE: usize = 4096;

/// Where the lines of a text begin. They end with `\n`, `\r\n` or `\r`, and with nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
    marks: Vec<Mark>,
}

/// A place in a line that is longer than [`STRIDE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The byte of the text.
    pub offset: usize,
    /// How many characters of the line stand before it.
    pub characters: usize,
    /// How many units of UTF-16 these are.
    pub utf16: usize,
}

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let starts: Vec<_> = std::iter::once(0).chain(starts_in(text, 0..text.len())).collect();
        let marks = marks(text, &starts);
        Lines { starts, marks }
    }

    /// The lines of a text after an edit of the bytes `edited` of the one before, which now end at `end`: a keystroke looks at
    /// its own line.
    pub(super) fn after(&self, text: &str, edited: Range<usize>, end: usize) -> Self {
        if !self.marks.is_empty() {
            return Lines::of(text);
        }
        // Whether a line begins somewhere is said by the byte there and the one before.
        let kept = self.starts.partition_point(|it| *it < edited.start).max(1);
        let from = self.starts[kept - 1];
        let moved = self.starts.partition_point(|it| *it <= edited.end).max(kept);
        let mut starts = Vec::with_capacity(self.starts.len() + 1);
        starts.extend_from_slice(&self.starts[..kept]);
        starts.extend(starts_in(text, from..end));
        starts.extend(self.starts[moved..].iter().map(|it| it - edited.end + end));
        let marks = marks(text, &starts);
        Lines { starts, marks }
    }

    /// The bytes at which lines begin, the first of them 0.
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// The marks of the long lines, in the order of the text.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }
}

/// Where lines begin behind the ends of lines in these bytes.
fn starts_in(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', &bytes[range.clone()]).map(move |it| range.start + it);
    ends.filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n')).map(|end| end + 1)
}

fn marks(text: &str, starts: &[usize]) -> Vec<Mark> {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut marks = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends).filter(|(start, end)| end - start > STRIDE) {
        let mut mark = Mark { offset: start, characters: 0, utf16: 0 };
        while end - mark.offset > STRIDE {
            let offset = text.floor_char_boundary(mark.offset + STRIDE);
            let counted = &text[mark.offset..offset];
            let characters = mark.characters + counted.chars().count();
            let utf16 = mark.utf16 + counted.chars().map(char::len_utf16).sum::<usize>();
            mark = Mark { offset, characters, utf16 };
            marks.push(mark);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every edit of a text with all that ends a line, by texts that begin and end with a part of it.
    #[test]
    fn the_lines_after_an_edit_are_those_of_the_text() {
        let text = "a\n\r\nb\r\rc\r\n\nd";
        for start in 0..=text.len() {
            for end in start..=text.len() {
                for replacement in ["", "x", "\n", "\r", "\r\n", "\nx\r", "x\n\ny", "\n\r"] {
                    let after = [&text[..start], replacement, &text[end..]].concat();
                    let lines = Lines::of(text).after(&after, start..end, start + replacement.len());
                    assert_eq!(lines, Lines::of(&after), "{start}..{end} {replacement:?}");
                }
            }
        }
    }

    #[test]
    fn a_line_that_gets_long_is_counted_and_one_that_is_cut_is_not() {
        let (short, long) = ("a\nä\nb", format!("a\n{}\nb", "ä".repeat(STRIDE)));
        let there = Lines::of(short).after(&long, 2..4, long.len() - 2);
        assert_eq!(there, Lines::of(&long));
        assert!(!there.marks().is_empty());
        assert_eq!(there.after(short, 2..long.len() - 2, 4), Lines::of(short));
    }
}
