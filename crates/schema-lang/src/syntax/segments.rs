//! Where a file is cut into the pieces that are parsed one by one.
//!
//! A segment begins where the header of a declaration stands at column 0, `table users {`, with the comments above it. The
//! grammar lets whatever is open end there, too, so a file that is well formed is read the same in pieces as in one. But
//! what tree-sitter makes of an error depends on everything before it, and on the tree that it is given to start from; in
//! pieces an error ends with its segment, and what a segment is read as depends on its text alone.
//!
//! Only a raw string goes over several lines, so a line needs a closer look where a quotation mark stands in it.

/// The words that begin a declaration, as in `DECLARATION_KEYWORDS` of the grammar.
const KEYWORDS: [&str; 9] = ["table", "mixin", "enum", "sequence", "view", "query", "mutation", "extension", "raw"];

/// The end of the segment that begins at `start`.
pub(crate) fn end_of_segment(text: &str, start: usize) -> usize {
    // Behind the last line that is part of the segment: blank lines and comments may belong to the next one.
    let mut end = start;
    let mut is_in_body = false;
    let mut line = start;
    while line < text.len() {
        let rest = &text[line..];
        let next = match rest.trim_start_matches(is_blank) {
            blank if blank.is_empty() || blank.starts_with('\n') => end_of_line(text, line),
            comment if comment.starts_with("//") => {
                let next = end_of_line(text, line);
                if is_in_body && comment.len() < rest.len() {
                    end = next;
                }
                next
            }
            _ if end > start && begins_declaration(rest) => return end,
            code => {
                end = end_of_code(text, line);
                is_in_body = code.len() < rest.len() || text[line..end].trim_end().ends_with('{');
                end
            }
        };
        line = next;
    }
    text.len()
}

/// Whether a line begins with a keyword and what can follow it: a name, or the brace of a declaration without one.
fn begins_declaration(line: &str) -> bool {
    behind_keyword(line).is_some_and(|rest| rest.starts_with(|it| starts_name(it) || it == '"' || it == '{'))
}

/// What follows the keyword that a line begins with, and blanks.
fn behind_keyword(line: &str) -> Option<&str> {
    let length = line.find(|it| !is_name_character(it)).unwrap_or(line.len());
    let (word, rest) = line.split_at(length);
    let name = rest.trim_start_matches(is_blank);
    (KEYWORDS.contains(&word) && name.len() < rest.len()).then_some(name)
}

/// Whether a line inside a raw string is the header of a declaration, `table users {` or `raw postgres """`, so that the
/// string above was left open.
fn ends_raw_string(line: &str) -> bool {
    let line = &line[..line.find('\n').unwrap_or(line.len())];
    begins_declaration(line) && behind_keyword(line).is_some_and(|rest| rest.contains('{') || rest.contains("\"\"\""))
}

/// The end of a line of code, with the raw strings that begin in it.
fn end_of_code(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'"', &bytes[start..]) {
        Some(at) if bytes[start + at] == b'"' => {}
        Some(at) => return start + at + 1,
        None => return text.len(),
    }
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'\n' => return at + 1,
            b'/' if bytes[at..].starts_with(b"//") => at + position(&bytes[at..], |it| it == b'\r' || it == b'\n'),
            b'`' => end_of_quoted_name(bytes, at),
            b'"' if bytes[at..].starts_with(b"\"\"\"") => match end_of_raw_string(text, at) {
                RawStringEnd::Closed(end) => end,
                RawStringEnd::Header(line) => return line,
            },
            b'"' => end_of_string(bytes, at),
            _ => at + 1,
        };
    }
    text.len()
}

enum RawStringEnd {
    /// Behind the closing quotation marks, or at the end of the text.
    Closed(usize),
    /// At the line of the next declaration.
    Header(usize),
}

fn end_of_raw_string(text: &str, start: usize) -> RawStringEnd {
    let inside = start + 3;
    let end = text[inside..].find("\"\"\"").map_or(text.len(), |at| inside + at + 3);
    let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[inside..end]).map(|newline| inside + newline + 1);
    let mut headers = lines.filter(|line| ends_raw_string(&text[*line..]));
    headers.next().map_or(RawStringEnd::Closed(end), RawStringEnd::Header)
}

/// Behind a string; one without a closing quotation mark ends with its line.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\r' | b'\n' => return at,
            b'\\' if !matches!(bytes.get(at + 1), None | Some(b'\r' | b'\n')) => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Behind a name in backticks; an open one ends with its line.
fn end_of_quoted_name(bytes: &[u8], start: usize) -> usize {
    let inside = start + 1;
    let end = inside + position(&bytes[inside..], |it| matches!(it, b'`' | b'\r' | b'\n'));
    if bytes.get(end) == Some(&b'`') { end + 1 } else { end }
}

fn position(bytes: &[u8], is_found: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| is_found(*byte)).unwrap_or(bytes.len())
}

fn end_of_line(text: &str, start: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |newline| start + newline + 1)
}

/// White space of the grammar, but for the newline.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{b}' | '\u{c}' | '\r' | '\u{a0}' | '\u{feff}')
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

fn starts_name(character: char) -> bool {
    is_name_character(character) || character == '`'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(segments: &[&str]) {
        let text = segments.concat();
        let mut found = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let end = end_of_segment(&text, start);
            found.push(&text[start..end]);
            start = end;
        }
        assert_eq!(found, segments);
    }

    #[test]
    fn a_header_at_column_0_begins_a_segment() {
        check(&["table a {\n  b text\n}\n", "enum c { d }\n", "extension e\n", "extension \"f\""]);
        check(&["junk\n", "table a {}\n  table b {}\n", "query {\n", "table `c`{}\n"]);
    }

    #[test]
    fn a_keyword_alone_is_no_header() {
        check(&["table a {}\ntable\nenum\ntable_x y\nrawx z\n"]);
    }

    #[test]
    fn comments_and_blank_lines_stay_with_the_declaration_below() {
        check(&[
            "// file\n\n/// doc\ntable a {\n}\n",
            "\n// note\n\n  /// doc\ntable b {\n}\n",
            "\nenum c { d }\n\n// end\n",
        ]);
    }

    #[test]
    fn an_indented_comment_stays_with_the_open_body_above() {
        check(&["table a {\n  b text\n  // note\n", "\n// note\ntable c {\n}\n"]);
    }

    #[test]
    fn a_raw_string_is_one_piece() {
        check(&["raw postgres \"\"\"\nextension x\n\"\"\"\n", "extension y\n"]);
        check(&[
            "raw postgres \"\"\"\nextension x\ntable\n",
            "table a {\n",
            "raw spanner \"\"\" b\n",
            "raw x \"\"\"\"\"\"\n",
        ]);
    }

    #[test]
    fn quotation_marks_that_begin_no_raw_string() {
        check(&["table a {\n  // \"\"\"\n", "extension b\n"]);
        check(&["table a {\n  b text = \"\\\"\"\"\"\n", "extension b\n"]);
        check(&["table a {\n  `\"\"\"` text \"\n", "extension b\n"]);
    }
}
