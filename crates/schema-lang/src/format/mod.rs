//! The canonical layout of a file.
//!
//! Everyone's file looks the same, formatting twice changes nothing more, and no comment is lost. What the parser
//! could not read stays byte for byte, so that a half-typed line survives a format on save.
//!
//! # Rules
//!
//! **File.** Declarations begin at column 0, with one blank line between them; single lines (`extension`, `sequence`,
//! short enums) may stand together. Comments stay above what they are above. The file ends with one line end, keeps its
//! byte order mark, and has the line ends that most of its lines have.
//!
//! **Bodies.** A body has a member a line, indented by two spaces, without blank lines at its ends and with no more than
//! one in between. An enum stays on one line if it was and if it fits in [`MAXIMUM_WIDTH`] characters; on several lines
//! its values have no commas.
//!
//! **Columns.** Members without a blank line between them are a group. In a group the types stand in one column, two
//! spaces after the longest name; ` = default` follows its type; the attributes stand in one column, two spaces after
//! the longest type with default. One that is longer than [`MAXIMUM_ALIGNED`] characters does not push the others.
//! Other members have two spaces before their first attribute; those of enum values are aligned among themselves.
//! Further attributes follow after one space.
//!
//! **Lines.** Inside a member, a clause or a header the author breaks lines, the formatter indents them: by two spaces
//! more, in a header by four, so that it differs from the body. What an opening bracket ends a line for, its closing
//! bracket begins a line for. `=`, `:`, `.` and the brace of a body stay on the line of what they belong to. A clause
//! begins a line; a query inside another may stand on one line as a whole.
//!
//! **Tokens.** One space between words and around operators; none inside `( )` and `[ ]`, one inside `{ }`. `==` and
//! `<>` become `=` and `!=`. The comma before a closing bracket on the same line goes. Comments at the end of a line
//! stay there, after two spaces. Strings and raw strings are never touched.
//!
//! **Errors.** A member or clause with a syntax error, or one that is not finished (`name` without a type, `@`), keeps
//! its lines as they are. Where the header or the braces are broken, the declaration does.

mod blocks;
mod body;
mod file;
mod read;
mod shape;
mod token;
mod write;

use std::ops::Range;

use file::{Caution, Formatted, Segment};

use crate::Source;

/// Longest line, in characters, of an enum with its values.
pub const MAXIMUM_WIDTH: usize = 120;

/// Longest type with default, in characters, that attributes of other columns are aligned with.
pub const MAXIMUM_ALIGNED: usize = 40;

/// A replacement in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// Bytes of the text as it is.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub replacement: String,
}

/// The canonical text of a file.
pub fn format(source: &Source) -> String {
    segments(source).into_iter().map(|segment| segment.text).collect()
}

/// The canonical form of a text.
pub fn format_text(text: &str) -> String {
    format(&Source::parse(text))
}

/// The edits that make a file canonical, in the order of the text and without overlaps; none if it is canonical.
///
/// Each replaces whole lines that differ, so that an editor keeps cursor, folds and marks in all others.
pub fn edits(source: &Source) -> Vec<TextEdit> {
    let text = source.text();
    segments(source).into_iter().flat_map(|segment| line_edits(text, segment)).collect()
}

/// The edits for the declarations that `range` touches.
pub fn edits_in(source: &Source, range: Range<usize>) -> Vec<TextEdit> {
    let text = source.text();
    let is_touched = |segment: &Segment| segment.range.start <= range.end && range.start <= segment.range.end;
    segments(source).into_iter().filter(is_touched).flat_map(|segment| line_edits(text, segment)).collect()
}

/// Formats as finely as the file allows.
///
/// Recovery depends on the white space around an error, in ways that only the parser knows. Where a file has errors,
/// the result is therefore parsed again; what would be read differently, or formatted differently the next time, is left
/// as it is, for that file.
fn segments(source: &Source) -> Vec<Segment> {
    match first_kept(source, is_stable) {
        Some(formatted) => formatted.segments,
        None => vec![Segment { range: 0..source.text().len(), text: source.text().to_string() }],
    }
}

/// The first of the ways to format a file that keeps what it is read as and is `accepted`.
fn first_kept(source: &Source, accepted: impl Fn(&Source) -> bool) -> Option<Formatted> {
    [Caution::Members, Caution::Declarations].into_iter().find_map(|caution| {
        let formatted = file::format(source, caution);
        if !formatted.has_verbatim {
            return Some(formatted);
        }
        let text = Source::parse(formatted.text());
        let is_kept = shape::shape(source) == shape::shape(&text);
        (is_kept && accepted(&text)).then_some(formatted)
    })
}

/// Whether a formatted text is its own canonical form.
fn is_stable(formatted: &Source) -> bool {
    first_kept(formatted, |_| true).is_none_or(|again| again.text() == **formatted.text())
}

/// A segment's edits: line by line if it keeps its number of lines, else from its first to its last changed line.
fn line_edits(source: &str, segment: Segment) -> Vec<TextEdit> {
    let before: Vec<_> = source[segment.range.clone()].split_inclusive('\n').collect();
    let after: Vec<_> = segment.text.split_inclusive('\n').collect();
    let is_same = |(a, b): &(&&str, &&str)| a == b;
    if before.len() != after.len() {
        let first = before.iter().zip(&after).take_while(is_same).count();
        let rest = before[first..].iter().rev().zip(after[first..].iter().rev());
        let last = rest.take_while(is_same).count();
        let offset = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
        let start = segment.range.start + offset(&before[..first]);
        let end = segment.range.end - offset(&before[before.len() - last..]);
        return vec![TextEdit { range: start..end, replacement: after[first..after.len() - last].concat() }];
    }
    let mut start = segment.range.start;
    let mut edits = Vec::new();
    for (old, new) in before.into_iter().zip(after) {
        if old != new {
            edits.push(TextEdit { range: start..start + old.len(), replacement: new.to_owned() });
        }
        start += old.len();
    }
    edits
}
