//! Types of SQL that are several words, such as `double precision`. The language has none, so the parser takes them for
//! something else; their text tells what is meant.

use std::ops::Range;

use orm_model::registry::OTHER_TYPE_NAMES;

/// A type of several words as it stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SpacedType {
    /// What it is called, with one space between the words.
    pub(super) name: &'static str,
    /// Where the words stand.
    pub(super) words: Range<usize>,
    /// Where the numbers in parentheses behind them stand.
    pub(super) numbers: Vec<Range<usize>>,
    /// Whether `[]` follows.
    pub(super) array: bool,
    /// Whether `?` follows.
    pub(super) nullable: bool,
    /// Where all that ends.
    pub(super) end: usize,
}

/// The type of several words that stands at `start`, spaces before it.
pub(super) fn spaced_type(text: &str, start: usize) -> Option<SpacedType> {
    let line = text.get(start..)?.lines().next()?;
    let first = start + line.len() - line.trim_start().len();
    let names = OTHER_TYPE_NAMES.iter().map(|it| it.name).filter(|name| name.contains(' '));
    let (name, end) = names.filter_map(|name| Some((name, words(text, first, name)?))).max_by_key(|(_, end)| *end)?;
    let mut found = SpacedType { name, words: first..end, numbers: Vec::new(), array: false, nullable: false, end };
    found.rest(text);
    Some(found)
}

/// Where the words of `name` end that stand at `start`.
fn words(text: &str, start: usize, name: &str) -> Option<usize> {
    let mut at = start;
    for (index, word) in name.split(' ').enumerate() {
        let rest = text.get(at..)?;
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let there = rest.get(spaces..spaces + word.len())?;
        if (index > 0 && spaces == 0) || !there.eq_ignore_ascii_case(word) {
            return None;
        }
        at += spaces + word.len();
    }
    let goes_on = text[at..].starts_with(|it: char| it.is_alphanumeric() || it == '_');
    (!goes_on).then_some(at)
}

impl SpacedType {
    /// Reads numbers, `[]` and `?` behind the words.
    fn rest(&mut self, text: &str) {
        if let Some(inner) =
            text[self.end..].strip_prefix('(').and_then(|it| it.split_once(')')).map(|(inner, _)| inner)
        {
            let mut at = self.end + 1;
            for number in inner.split(',') {
                let trimmed = number.trim_start();
                let start = at + number.len() - trimmed.len();
                self.numbers.push(start..start + trimmed.trim_end().len());
                at += number.len() + 1;
            }
            self.numbers.retain(|it| text[it.clone()].bytes().all(|it| it.is_ascii_digit()) && !it.is_empty());
            self.end += inner.len() + 2;
        }
        self.array = self.takes(text, "[]");
        self.nullable = self.takes(text, "?");
    }

    fn takes(&mut self, text: &str, sign: &str) -> bool {
        let is_there = text[self.end..].starts_with(sign);
        self.end += if is_there { sign.len() } else { 0 };
        is_there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_taken_with_what_follows_it() {
        let text = "z  Character \tVarying(20, x)[]? = 3";
        let found = spaced_type(text, 1).unwrap();
        assert_eq!((found.name, &text[found.words.clone()]), ("character varying", "Character \tVarying"));
        assert_eq!(found.numbers.iter().map(|it| &text[it.clone()]).collect::<Vec<_>>(), ["20"]);
        assert_eq!((found.array, found.nullable, &text[found.end..]), (true, true, " = 3"));
        assert_eq!(spaced_type("timestamp with time zone", 0).unwrap().name, "timestamp with time zone");
    }

    #[test]
    fn other_words_and_lines_are_none() {
        for text in ["double", "double\nprecision", "double precisions", "doubleprecision", "text", "", "é precision"]
        {
            assert_eq!(spaced_type(text, 0), None, "{text}");
        }
    }
}
