//! Long texts: nobody reads a megabyte in a hover, and an editor is busy with it for seconds.

use std::borrow::Cow;

use super::limits::grouped;

/// As many bytes of a text are shown.
const MOST: usize = 10_000;

/// The beginning of a text, and how many bytes are left out.
fn cut(text: &str) -> Option<(&str, usize)> {
    // A little more is shown, too: to say that it is left out would take as much.
    if text.len() <= MOST + MOST / 10 {
        return None;
    }
    let start = &text[..text.floor_char_boundary(MOST)];
    let start = match start.rfind('\n') {
        Some(line) if line > MOST / 2 => &start[..line],
        _ => start,
    };
    Some((start, text.len() - start.len()))
}

fn left_out(bytes: usize) -> String {
    format!("… and {} more bytes", grouped(bytes as u64))
}

/// A block of text in `language`.
pub(crate) fn block(language: &str, text: &str) -> String {
    let text = text.trim_end();
    match cut(text) {
        Some((start, rest)) => format!("```{language}\n{start}\n```\n{}", left_out(rest)),
        None => format!("```{language}\n{text}\n```"),
    }
}

/// A paragraph or list. What has blocks is as short as they are.
pub(crate) fn section(text: &str) -> Cow<'_, str> {
    match cut(text).filter(|_| !text.contains("```")) {
        Some((start, rest)) => Cow::Owned(format!("{start}\n\n{}", left_out(rest))),
        None => Cow::Borrowed(text),
    }
}
