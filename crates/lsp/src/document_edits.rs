//! Edits of a document, as the client sends them.

use std::ops::Range;

use lsp_types::{Position, TextDocumentContentChangeEvent};
use ropey::Rope;

use crate::line_index::PositionEncoding;

/// A text after edits, each of which is of the text that the ones before it made. However many they are, the text is not copied
/// for each.
pub(crate) fn edited(text: &str, edits: &[TextDocumentContentChangeEvent], encoding: PositionEncoding) -> String {
    let mut rope = Rope::from_str(text);
    for edit in edits {
        let Some(range) = edit.range else {
            rope = Rope::from_str(&edit.text);
            continue;
        };
        let start = character(&rope, range.start, encoding);
        let end = character(&rope, range.end, encoding).max(start);
        rope.remove(start..end);
        rope.insert(start, &edit.text);
    }
    rope.into()
}

/// The character of the text at a position. What [`LineIndex`](crate::line_index::LineIndex) says of positions outside of lines
/// and inside of characters holds here, too.
fn character(rope: &Rope, position: Position, encoding: PositionEncoding) -> usize {
    let number = position.line as usize;
    let Some(line) = rope.get_line(number) else { return rope.len_chars() };
    let ends = line.chars_at(line.len_chars()).reversed().take_while(|it| matches!(it, '\n' | '\r'));
    let line = line.slice(..line.len_chars() - ends.count());
    let wanted = position.character as usize;
    let within = match encoding {
        PositionEncoding::Utf8 => line.byte_to_char(wanted.min(line.len_bytes())),
        PositionEncoding::Utf32 => wanted.min(line.len_chars()),
        PositionEncoding::Utf16 => line.utf16_cu_to_char(wanted.min(line.len_utf16_cu())),
    };
    rope.line_to_char(number) + within
}

/// Where two texts differ: the bytes of the first one, and what the second one has there.
pub(crate) fn difference<'a>(before: &str, after: &'a str) -> (Range<usize>, &'a str) {
    let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let start = before.floor_char_boundary(same(&mut before.bytes().zip(after.bytes())));
    let (old, new) = (&before[start..], &after[start..]);
    let end = same(&mut old.bytes().rev().zip(new.bytes().rev()));
    let end = old.len() - old.ceil_char_boundary(old.len() - end);
    (start..before.len() - end, &new[..new.len() - end])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use lsp_types::Range;

    use super::*;
    use crate::line_index::LineIndex;

    const ENCODINGS: [PositionEncoding; 3] = [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    fn edit(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let range = Range::new(Position::new(start.0, start.1), Position::new(end.0, end.1));
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.to_owned() }
    }

    /// Every position of a text with all that lines and characters may be, and those around it.
    #[test]
    fn positions_mean_the_same_in_one_edit_and_in_many() {
        let text = "ab\r\nä😀x\n\r\u{2028}y\r\r\n\u{b}z\u{85}\nend";
        for encoding in ENCODINGS {
            let lines = LineIndex::new(Arc::from(text), encoding);
            for line in 0..9 {
                for start in 0..12 {
                    for end in [0, start, start + 2] {
                        let edit = edit((line, start), (line + 1, end), "ü\r\n");
                        let mut expected = text.to_owned();
                        expected.replace_range(lines.byte_range(edit.range.unwrap()), &edit.text);
                        assert_eq!(edited(text, &[edit], encoding), expected, "{encoding:?} {line} {start} {end}");
                    }
                }
            }
        }
    }

    #[test]
    fn each_edit_is_of_the_text_before_it() {
        let whole = TextDocumentContentChangeEvent { range: None, range_length: None, text: "x\ny".to_owned() };
        let edits = [edit((0, 0), (9, 9), "lost"), whole, edit((1, 0), (1, 1), "a\nb"), edit((2, 1), (2, 1), "c")];
        for encoding in ENCODINGS {
            assert_eq!(edited("old", &edits, encoding), "x\na\nbc");
        }
    }

    #[test]
    fn a_difference_ends_at_characters() {
        let places = |before, after| difference(before, after);
        assert_eq!(places("abc", "abc"), (3..3, ""));
        assert_eq!(places("aXc", "aYYc"), (1..2, "YY"));
        assert_eq!(places("aa", "aaa"), (2..2, "a"));
        assert_eq!(places("", "ä"), (0..0, "ä"));
        // Letters with bytes in common.
        assert_eq!(places("xäy", "xüy"), (1..3, "ü"));
        assert_eq!(places("xäy", "xĤy"), (1..3, "Ĥ"));
    }

    /// Were the text copied for each edit, this would be 40 GB.
    #[test]
    fn a_large_text_takes_many_edits_at_once() {
        let text = "a line of a text\n".repeat(250_000);
        let edits: Vec<_> = (0..10_000).map(|line| edit((25 * line, 2), (25 * line, 6), "ä\n😀")).collect();
        let after = edited(&text, &edits, PositionEncoding::Utf16);
        assert_eq!((after.matches("a ä\n😀 of a text\n").count(), after.lines().count()), (10_000, 260_000));
    }
}
