//! What a text of a query holds besides SQL while it is written: parameters, parts that may be left out, ends of lines.
//!
//! A mark stands between two U+0000, which no SQL text holds: PostgreSQL has no such character, and a literal of Spanner
//! escapes it. So expressions are plain strings on their way, and [`pieces`](super::text::pieces) takes them apart.

const BORDER: char = '\0';
/// Between names in a mark.
const SEPARATOR: &str = "\u{1f}";

/// The end of a line; the next one is as deep as [`DEEPER`] and [`BACK`] say.
pub(crate) const LINE: &str = "\0n\0";
/// From the next line on everything stands deeper.
pub(crate) const DEEPER: &str = "\0>\0";
/// Takes [`DEEPER`] back.
pub(crate) const BACK: &str = "\0<\0";
/// The end of [`when`], [`each`] and [`or_default`].
const END: &str = "\0/\0";

/// A mark, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mark<'t> {
    Line,
    Deeper,
    Back,
    Parameter(&'t str),
    OrDefault(&'t str),
    When(Vec<&'t str>),
    Each(&'t str),
    End,
}

impl<'t> Mark<'t> {
    /// What stands between the borders.
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let kind = text.chars().next()?;
        let rest = &text[kind.len_utf8()..];
        Some(match kind {
            'n' => Mark::Line,
            '>' => Mark::Deeper,
            '<' => Mark::Back,
            'p' => Mark::Parameter(rest),
            'd' => Mark::OrDefault(rest),
            '?' => Mark::When(rest.split(SEPARATOR).collect()),
            '*' => Mark::Each(rest),
            '/' => Mark::End,
            _ => return None,
        })
    }
}

/// Text and marks in turn, beginning with a text.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(BORDER)
}

/// Whether the text would be taken for one with marks.
pub(super) fn is_ambiguous(text: &str) -> bool {
    text.contains(BORDER)
}

/// A parameter.
pub(crate) fn parameter(name: &str) -> String {
    format!("\0p{name}\0")
}

/// A part in whose place `DEFAULT` stands where the column of a row that it is about is absent.
pub(crate) fn or_default(cell: &str, text: &str) -> String {
    format!("\0d{cell}\0{text}{END}")
}

/// A part that is left out unless all of `parameters` are present.
pub(crate) fn when(parameters: &[String], text: &str) -> String {
    format!("\0?{}\0{text}{END}", parameters.join(SEPARATOR))
}

/// A part that stands once for each row of a parameter.
pub(crate) fn each(parameter: &str, text: &str) -> String {
    format!("\0*{parameter}\0{text}{END}")
}

/// `(`, the text on lines of its own, `)`.
pub(crate) fn block(text: &str) -> String {
    format!("({DEEPER}{LINE}{text}{BACK}{LINE})")
}

/// Items on lines of their own, deeper; a single one stays where it is.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [one] => format!(" {one}"),
        many => format!("{DEEPER}{LINE}{}{BACK}", many.join(&format!(",{LINE}"))),
    }
}

/// A call whose arguments stand on lines of their own, where there are several.
pub(crate) fn call(function: &str, arguments: &[String]) -> String {
    match arguments {
        [one] => format!("{function}({one})"),
        many => format!("{function}({DEEPER}{LINE}{}{BACK}{LINE})", many.join(&format!(",{LINE}"))),
    }
}
