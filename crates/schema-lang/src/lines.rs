//! Lines of a text, and what belongs to a member of a declaration.

use std::ops::Range;

/// What belongs to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// From the first comment right above it to the end of its last line, a comment there included.
    pub range: Range<usize>,
    /// Whether it has its lines for itself.
    pub is_alone: bool,
}

/// The bytes of the line at `offset`, without its end.
pub fn line(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |it| it + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |it| offset + it);
    let end = start + text[start..end].trim_end_matches('\r').len();
    start..end
}

/// What belongs to the member that `span` is.
pub fn block(text: &str, span: Range<usize>) -> Block {
    let (first, last) = (line(text, span.start), line(text, span.end));
    let behind = text[span.end..last.end].trim();
    let is_alone = text[first.start..span.start].trim().is_empty() && (behind.is_empty() || behind.starts_with("//"));
    if !is_alone {
        return Block { range: span, is_alone };
    }
    Block { range: above(text, first.start)..last.end, is_alone }
}

/// Where the comments begin that stand right above the line at `start`.
pub fn above(text: &str, mut start: usize) -> usize {
    while start > 0 {
        let before = line(text, start - 1);
        if !text[before.clone()].trim_start().starts_with("//") {
            break;
        }
        start = before.start;
    }
    start
}

/// Values of a list in another order: the bytes that change, and what stands there then. Values that have lines for
/// themselves take their comments along; `None` where a comment stands among others, as nobody knows whose it is.
pub(crate) fn reordered(text: &str, wanted: &[Range<usize>]) -> Option<(Range<usize>, String)> {
    let with_comma = |it: &Range<usize>| {
        let behind = text[it.end..].trim_start_matches([' ', '\t']);
        it.start..if behind.starts_with(',') { text.len() - behind.len() + 1 } else { it.end }
    };
    let blocks: Vec<_> = wanted.iter().map(|it| block(text, with_comma(it))).collect();
    let is_alone = blocks.iter().all(|it| it.is_alone);
    let moved: Vec<_> = if is_alone { blocks.into_iter().map(|it| it.range).collect() } else { wanted.to_vec() };
    let mut places = moved.clone();
    places.sort_by_key(|it| it.start);
    let whole = places.first()?.start..places.last()?.end;
    if !is_alone && text[whole.clone()].contains("//") {
        return None;
    }
    let mut written = String::new();
    for (at, value) in moved.iter().enumerate() {
        written += &text[value.clone()];
        if let Some(next) = places.get(at + 1) {
            written += &text[places[at].end..next.start];
        }
    }
    Some((whole, written))
}

#[cfg(test)]
mod tests {
    use super::reordered;

    #[track_caller]
    fn check(before: &str, after: &str) {
        let mut wanted: Vec<_> =
            before.match_indices(|it: char| it.is_ascii_digit()).map(|(at, _)| at..at + 1).collect();
        wanted.sort_by_key(|it| &before[it.clone()]);
        let (range, text) = reordered(before, &wanted).unwrap();
        let mut found = before.to_owned();
        found.replace_range(range, &text);
        assert_eq!(found, after);
    }

    #[test]
    fn values_in_order_take_their_comments_along() {
        check("{ 3, 1, 2 }", "{ 1, 2, 3 }");
        check("{\n  /// c\n  3  // C\n  1\n  // b\n  2\n}", "{\n  1\n  // b\n  2\n  /// c\n  3  // C\n}");
        check("{\r\n  2,  // b\r\n  1\r\n}", "{\r\n  1\r\n  2,  // b\r\n}");
        assert_eq!(reordered("{ 2, 1, // b\n 3 }", &[5..6, 2..3, 13..14]), None);
    }
}
