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
    /// Where the numbers in parentheses behind or between them stand.
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
    let read = names.filter_map(|name| Some((name, words(text, first, name)?)));
    let (name, (end, numbers)) = read.max_by_key(|(_, (end, _))| *end)?;
    let mut found = SpacedType { name, words: first..end, numbers, array: false, nullable: false, end };
    found.rest(text);
    Some(found)
}

/// Where the words of `name` end that stand at `start`, and the numbers between them: `timestamp(3) with time zone`.
fn words(text: &str, start: usize, name: &str) -> Option<(usize, Vec<Range<usize>>)> {
    let (mut at, mut found) = (start, Vec::new());
    for (index, word) in name.split(' ').enumerate() {
        if let Some((end, between)) = numbers(text, at).filter(|_| index == 1) {
            (at, found) = (end, between);
        }
        let rest = text.get(at..)?;
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let there = rest.get(spaces..spaces + word.len())?;
        if (index > 0 && spaces == 0) || !there.eq_ignore_ascii_case(word) {
            return None;
        }
        at += spaces + word.len();
    }
    let goes_on = text[at..].starts_with(|it: char| it.is_alphanumeric() || it == '_');
    (!goes_on).then_some((at, found))
}

/// What stands in parentheses behind `start`: where they end, and where the numbers in them are.
fn numbers(text: &str, start: usize) -> Option<(usize, Vec<Range<usize>>)> {
    let rest = &text[start..];
    let open = start + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let (inner, _) = text[open..].strip_prefix('(')?.split_once(')')?;
    let mut found = Vec::new();
    let mut at = open + 1;
    for number in inner.split(',') {
        let trimmed = number.trim_start();
        let start = at + number.len() - trimmed.len();
        found.push(start..start + trimmed.trim_end().len());
        at += number.len() + 1;
    }
    found.retain(|it| text[it.clone()].bytes().all(|it| it.is_ascii_digit()) && !it.is_empty());
    Some((open + inner.len() + 2, found))
}

impl SpacedType {
    /// Reads numbers, `[]` and `?` behind the words.
    fn rest(&mut self, text: &str) {
        if let Some((end, numbers)) = numbers(text, self.end) {
            self.end = end;
            self.numbers.extend(numbers);
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
    fn numbers_stand_between_the_words_too() {
        for text in
            ["timestamp(3) with time zone[]", "timestamp ( 3 ) with time zone[]", "timestamp with time zone (3)[]"]
        {
            let found = spaced_type(text, 0).unwrap();
            assert_eq!((found.name, found.array, found.end), ("timestamp with time zone", true, text.len()), "{text}");
            assert_eq!(found.numbers.iter().map(|it| &text[it.clone()]).collect::<Vec<_>>(), ["3"], "{text}");
        }
        assert_eq!(spaced_type("timestamp(3)", 0), None);
    }

    #[test]
    fn other_words_and_lines_are_none() {
        for text in ["double", "double\nprecision", "double precisions", "doubleprecision", "text", "", "é precision"]
        {
            assert_eq!(spaced_type(text, 0), None, "{text}");
        }
    }
}
