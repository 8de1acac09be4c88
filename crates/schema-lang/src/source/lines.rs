//! Where the lines of a text begin.

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
        let bytes = text.as_bytes();
        // A keystroke asks this of the whole file.
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
        let starts: Vec<_> = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
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
